"""What changed between two briefs, laid out: terminal, Markdown, HTML and JSON. It decides nothing."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

import msgspec
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from trucebook.render.html import templates
from trucebook.render.markdown import escape
from trucebook.render.shown import clip, count, line
from trucebook.render.standings import ANSWERS, COMMITMENTS, PROPOSALS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from trucebook.comparison.model import Comparison, Difference, Told
    from trucebook.comparison.snapshot import Report

#: In which order what changed is shown, and under which heading.
SECTIONS: Final = {
    "turn": "Whose move",
    "proposal": "Proposals",
    "answer": "Answers",
    "commitment": "Commitments",
    "move": "Moves",
    "finding": "What the reports agree on and dispute",
    "quotation": "Quotations",
}
_CAUSES: Final = {
    "new report": "told by a report that only the second has",
    "report not there": "its report is not in the second",
    "text changed": "the report is there and its text is another",
    "same text": "the text is the same, and is read or compared otherwise",
}
_SIGNS: Final = {"came": "+", "went": "−", "changed": "→", "reworded": "~"}
_KINDS: Final = {"came": "new", "went": "no longer told", "changed": "changed", "reworded": "in other words"}
#: Places that a difference shows before it says how many more there are, and cells of their words.
_PLACES: Final = 3
_WORDS: Final = 240


def render_comparison(of: Comparison, *, width: int = 80, color: bool = False) -> str:
    """Return what changed for the terminal.

    Args:
        of: what changed.
        width: columns, at least 40.
        color: whether to use ANSI colours. No meaning hangs on them.
    """
    target = io.StringIO()
    console = Console(
        file=target, width=max(40, width), force_terminal=color, color_system="standard" if color else None,
        no_color=not color, markup=False, emoji=False, highlight=False, legacy_windows=False, _environ={},
    )  # fmt: skip
    for head in _head(of):
        console.print(Text(head))
    for title, found in sections(of):
        console.print(Text(f"\n{title}", style="bold underline"))
        for difference in found:
            console.print(Padding(Text(summary(difference), style="bold"), (0, 0, 0, 2)))
            for row in rows(difference):
                console.print(Padding(Text(row), (0, 0, 0, 6)))
    return "".join(f"{row.rstrip()}\n" for row in target.getvalue().split("\n")).rstrip("\n") + "\n"


def comparison_markdown(of: Comparison) -> str:
    """Return what changed as Markdown."""
    lines = ["# What changed", "", *(f"- {escape(head)}" for head in _head(of))]
    for title, found in sections(of):
        lines += ["", f"## {title}", ""]
        for difference in found:
            lines.append(f"- {escape(summary(difference))}")
            lines += [f"  - {escape(row)}" for row in rows(difference)]
    return "\n".join(lines) + "\n"


def comparison_html(of: Comparison) -> str:
    """Return what changed as one self-contained HTML file."""
    found = [(title, [(d, summary(d), list(rows(d))) for d in every]) for title, every in sections(of)]
    return templates().get_template("comparison.html.j2").render(head=list(_head(of)), sections=found)


def comparison_object(of: Comparison) -> object:
    """Return what changed as a JSON object."""
    differences = [_object(difference) for difference in of.differences]
    return {**msgspec.to_builtins(of), "schema": 1, "differences": differences}


def _object(of: Difference) -> object:
    return {**msgspec.to_builtins(of), "retracted": of.retracted}


def sections(of: Comparison) -> Iterator[tuple[str, list[Difference]]]:
    """Yield what changed by what it is about, in the order in which it is shown."""
    for subject, title in SECTIONS.items():
        found = [
            difference for difference in of.differences if difference.subject == subject and not _folded(difference)
        ]
        # What went and what was reworded is easily overlooked, so it stands first.
        order = ("went", "reworded", "changed", "came")
        if found:
            yield title, sorted(found, key=lambda difference: order.index(difference.kind))


def _folded(of: Difference) -> bool:
    # What a missing report told is missing with it; one line says so, and the JSON has all of it.
    return of.missing and of.subject in {"move", "quotation"}


def summary(of: Difference) -> str:
    """Return a difference in one line: its sign, whose it is, what it is about, and that it was taken back."""
    who = " and ".join(of.who) or ("nobody named" if of.subject in {"move", "quotation"} else "")
    about = {
        "turn": who,
        "move": f"{who}: {of.about.replace('_', ' ')}",
        "quotation": f"{who}: “{line(of.about)}”",
    }.get(of.subject, f"{who}: {line(of.about)}" if who else f"“{line(of.about)}”")
    kind = "retracted" if of.retracted else _KINDS[of.kind]
    if of.subject == "finding" and of.kind == "went" and not of.retracted:
        # One report may tell it still.
        kind = "no longer disputed" if of.before.startswith("disputed") else "no longer told by several"
    return f"{_SIGNS[of.kind]} {clip(about, _WORDS)} ({kind})"


def rows(of: Difference) -> Iterator[str]:
    """Yield what it was and is, why, and the words."""
    if of.subject != "quotation" and (of.before or of.after):
        states = [_said(of, value) for value in (of.before, of.after)]
        yield f"{states[0]} → {states[1]}" if of.kind == "changed" else states[0] or states[1]
    elif of.kind == "changed":
        yield f"{of.before} → {of.after}"
    if of.causes:
        yield "why: " + "; ".join(_CAUSES[cause] for cause in of.causes)
    if of.subject == "finding" and of.before.split(",")[0] == of.after.split(",")[0]:
        return  # more or fewer reports tell the same
    for side, name in (("old", "before"), ("new", "now")):
        told = [told for told in of.told if told.side == side]
        yield from _places(name, told, only=of.subject == "quotation" and of.kind != "reworded")


def _places(name: str, told: list[Told], *, only: bool) -> Iterator[str]:
    if not told:
        return
    if only:
        yield f"{name}: {', '.join(dict.fromkeys(line(t.place.report) for t in told))}"
        return
    shown = list({t.place.report: t for t in reversed(told)}.values())[::-1]
    for one in shown[:_PLACES]:
        words = f": “{clip(line(one.place.words), _WORDS)}”" if one.place.words else ""
        yield f"{name}, {line(one.place.report)}{words}"
    if len(shown) > _PLACES:
        yield f"{name}: and {count(len(shown) - _PLACES, 'more report')}"


def _said(of: Difference, value: str) -> str:
    """A value in words that take no side, its own words behind it as they are."""
    if not value:
        return ""
    words = {"proposal": PROPOSALS, "answer": ANSWERS, "commitment": COMMITMENTS}.get(of.subject, {})
    name = value.split(":", maxsplit=1)[0].split(",", maxsplit=1)[0]
    return line(words[name] + value[len(name) :] if name in words else value)


def _head(of: Comparison) -> Iterator[str]:
    yield f"What changed from {_named(of.old)} to {_named(of.new)}"
    for title, reports in (("Only in the second", of.added), ("Only in the first", of.missing),
                           ("In both, with another text", of.revised)):  # fmt: skip
        if reports:
            yield f"{title}: {_reports(reports)}"
    if of.repeated:
        yield f"New reports tell {count(of.repeated, 'move')} that others told before; these are not listed."
    for subject, name in (("move", "move"), ("quotation", "quotation")):
        gone = [difference for difference in of.differences if _folded(difference) and difference.subject == subject]
        if gone:
            yield f"Missing with their reports, and not listed: {count(len(gone), name)}."
    yield from (f"Not compared: {line(reason)}" for reason in of.not_compared)
    if not of.differences:
        yield "Nothing else changed." if (of.added or of.missing or of.revised) else "Nothing changed."


def _named(side: tuple[str, str | None]) -> str:
    return line(side[0]) + (f" (as of {side[1]})" if side[1] and side[1] not in side[0] else "")


def _reports(reports: Iterable[Report]) -> str:
    return ", ".join(
        line(
            " ".join(
                filter(
                    None,
                    (r.id, f"({', '.join(filter(None, (r.outlet, r.published)))})" if r.outlet or r.published else ""),
                )
            )
        )
        for r in reports
    )
