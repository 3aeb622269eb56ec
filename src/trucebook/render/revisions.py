"""What an outlet changed in a report: as JSON, and as lines for a terminal."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from trucebook.render.shown import count, elide, line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from trucebook.dossier.revision.model import Change, Edit, Edition, Passage, Revised
    from trucebook.span import Span

Json = dict[str, object]

_WIDTH = 80
# Words of a stretch that stayed which are shown at either end of it.
_AROUND = 6
_SAID = {"reworded": "reworded", "added": "added", "removed": "taken out", "moved": "moved", "marks": "marks alone"}


def revised_object(found: Revised) -> Json:
    """Return the differences of two versions as a JSON object; spans are places in the text of either version."""
    told = found.revision
    return {
        "report": found.report,
        "before": _edition(found.before),
        "after": _edition(found.after),
        "silent": told.silent,
        "comparable": told.comparable,
        "changes": [
            {
                "kind": c.kind, "how": c.how, "says": c.says, "stands_out": c.stands_out,
                "old": _place(c.old, found.before), "new": _place(c.new, found.after),
            }
            for c in told.changes
        ],
        "about": [{"field": a.field, "before": a.before, "after": a.after} for a in told.about],
        "notices": [_place(span, found.after) for span in told.notices],
        "passages": [
            {
                "kind": p.kind, "old": _place(p.old, found.before), "new": _place(p.new, found.after),
                "edits": [
                    {"op": e.op, "old": _place(e.old, found.before), "new": _place(e.new, found.after)} for e in p.edits
                ],
            }
            for p in told.passages
        ],
    }  # fmt: skip


def _edition(found: Edition) -> Json:
    report = found.reading.report
    return {
        "version": found.number,
        "recorded": found.recorded.isoformat(),
        "published": report.published.isoformat() if report.published else None,
        "sha256": report.sha256,
    }


def _place(span: Span | None, of: Edition) -> Json | None:
    return None if span is None else {"span": list(span), "words": span.of(of.reading.report.text)}


def revisions_text(found: Sequence[Revised], *, whole: bool) -> str:
    """Return the differences of versions as lines of 80 columns.

    Args:
        found: pairs of versions.
        whole: whether to show every passage, and not only what stands out.
    """
    if not found:
        return "no report has more than one version\n" if not whole else "there is one version\n"
    return "\n".join("\n".join(_lines(one, whole=whole)) + "\n" for one in found)


def _lines(found: Revised, *, whole: bool) -> Iterator[str]:
    told = found.revision
    recorded = found.after.recorded.strftime("%Y-%m-%d %H:%M UTC")
    yield from _wrapped(
        f"{line(found.report)}: version {found.before.number} -> {found.after.number}, recorded {recorded}", ""
    )
    if told.silent:
        yield "  edited without saying so"
    yield from (row for notice in told.notices for row in _wrapped(f"says so: {_words(notice, found.after)}", "  "))
    shown = [c for c in told.changes if c.stands_out or whole]
    for change in shown:
        yield from _change(change)
    if not whole:
        left = f"{count(len(told.changes) - len(shown), 'other change')}, {count(len(told.passages), 'passage')}"
        yield f"  {left} in all: trucebook versions CASE {line(found.report)}"
        return
    for about in told.about:
        yield from _wrapped(f"{about.field}: {line(about.before or 'none')} -> {line(about.after or 'none')}", "  ")
    for passage in told.passages:
        yield ""
        yield from _passage(passage, found)
    if not told.comparable:
        yield from _wrapped("read by different versions of the program: what each tells may differ for that", "  ")


def _change(change: Change) -> Iterator[str]:
    places = " -> ".join(f"{s.start}-{s.end}" if s else "none" for s in (change.old, change.new))
    yield from _wrapped(f"{'!' if change.stands_out else ' '} {line(change.says)} [{places}]", "  ")


def _passage(passage: Passage, found: Revised) -> Iterator[str]:
    spans = " -> ".join(f"{s.start}-{s.end}" for s in (passage.old, passage.new) if s)
    yield f"  {_SAID[passage.kind]} {spans}"
    if passage.kind == "reworded":
        told = " ".join(part for edit in passage.edits for part in _edit(edit, found))
    elif passage.kind == "removed":
        told = f"[-{_words(passage.old, found.before)}-]"
    elif passage.kind == "added":
        told = f"{{+{_words(passage.new, found.after)}+}}"
    else:
        told = _words(passage.new, found.after)
    yield from _wrapped(told, "    ")


def _edit(edit: Edit, found: Revised) -> Iterator[str]:
    if edit.op == "same":
        yield elide(_words(edit.new, found.after), _AROUND)
        return
    if edit.old:
        yield f"[-{_words(edit.old, found.before)}-]"
    if edit.new:
        yield f"{{+{_words(edit.new, found.after)}+}}"


def _words(span: Span | None, of: Edition) -> str:
    return line(span.of(of.reading.report.text)) if span else ""


def _wrapped(told: str, indent: str) -> list[str]:
    return textwrap.wrap(told, _WIDTH, initial_indent=indent, subsequent_indent=indent + "  ") or [indent]
