"""A brief for the terminal, in any width from 40 columns up."""

from __future__ import annotations

import io
import shutil
import string
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from rich import box
from rich.console import Console, Group
from rich.constrain import Constrain
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from trucebook.render.brief import INDEPENDENCE
from trucebook.render.cards_terminal import play_items
from trucebook.render.coverage import coverage_table
from trucebook.render.outline import outline
from trucebook.render.shown import clip, count, elide, line
from trucebook.render.when import day, spoken

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rich.console import RenderableType

    from trucebook.agreement.held import Filed
    from trucebook.dossier.model import Change, Dossier, Evidence
    from trucebook.render.brief import Dated, Fact, Outline, Saying, Side, Statement, Version, Voice, Words

T = TypeVar("T")

_NARROWEST = 40
# A dispute stands side by side where each side has room for a few words a line, else one side below the other.
_SIDE = 32
_PLACES = 4
# The first screen names the other reports alone; their places stand in the section of the fact.
_OTHERS = 9
# Of longer texts the terminal shows both ends, of longer names the beginning; the other formats show all.
_WORDS, _CELLS = 40, 640
_NAME, _TITLE = 60, 120
# Longer lines of prose are hard to read; tables may be wider.
_READABLE = 112


def render_terminal(  # noqa: PLR0913  one an option
    dossier: Dossier,
    *,
    width: int | None = None,
    color: bool = False,
    limit: int | None = 8,
    lookalikes: bool = False,
    filed: Filed | None = None,
    scores: bool = False,
) -> str:
    """Return a brief for the terminal.

    Args:
        dossier: what the brief is of.
        width: columns; the terminal's own where None. Under 40, lines are as long as 40 columns.
        color: whether to use ANSI colours. No meaning hangs on them.
        limit: items a list shows before it says how many more there are; None for all.
        lookalikes: whether to show what looks like a dispute and is none.
        filed: the case with an agreement file laid beside it.
        scores: whether to show what makes each finding central.
    """
    columns = max(_NARROWEST, width if width is not None else shutil.get_terminal_size((100, 24)).columns)
    target = io.StringIO()
    # The environment is left out of it, so that the same dossier gives the same brief.
    console = Console(
        file=target, width=columns, force_terminal=color, color_system="standard" if color else None,
        no_color=not color, markup=False, emoji=False, highlight=False, legacy_windows=False, _environ={},
    )  # fmt: skip
    brief = _Brief(outline(dossier, filed=filed), limit, columns, scores=scores)
    for section in brief.sections(lookalikes=lookalikes):
        console.print(section)
    return "".join(f"{row.rstrip()}\n" for row in target.getvalue().split("\n")).rstrip("\n") + "\n"


class _Brief:
    """The sections of one brief.

    Args:
        of: what the brief says.
        limit: items a list shows.
        width: columns of the terminal.
        scores: whether what makes each finding central is shown.
    """

    def __init__(self, of: Outline, limit: int | None, width: int, *, scores: bool = False) -> None:
        self.of, self.limit, self.width, self.scores = of, limit, width, scores

    def sections(self, *, lookalikes: bool = False) -> Iterator[RenderableType]:
        """Yield the sections in the order in which they are read."""
        yield self.head()
        yield from self.section("Where things stand", self.standing())
        yield from self.section("State of play", self.play())
        yield from self.section("Who said what", self.said())
        yield from self.section("What the reports agree on", self.agreed())
        yield from self.section("What they dispute", self.disputed(self.of.disputed, "disputes"))
        if lookalikes:
            alike = self.disputed(self.of.lookalikes, "of these")
            yield from self.section("What looks like a dispute and is none", alike)
        yield from self.section("Told by one report only", self.single())
        yield from self.section("Timeline", self.timeline())
        yield from self.section("Coverage", self.coverage())
        if self.of.retellings:
            yield from self.section("Who tells after whom", self.retellings())
        yield from self.section("Sources", self.sources())

    def section(self, title: str, body: Iterable[RenderableType]) -> Iterator[RenderableType]:
        """Yield a heading and what stands under it, or that nothing does."""
        yield Text()
        yield Rule(Text(title.upper(), style="bold"), align="left", style="dim")
        found = list(body)
        yield Group(*found) if found else Padding(Text("Nothing found.", style="dim"), (0, 0, 0, 2))

    # -- the head

    def head(self) -> RenderableType:
        """Return what the brief is of, what it is as of, and what is missing from it."""
        of, copies = self.of, len(self.of.sources) - self.of.origins
        title = Text("Trucebook brief", style="bold").append(f" · as of {of.as_of}" if of.as_of else " · undated")
        known = list(dict.fromkeys(clip(s.outlet, _NAME) for s in of.sources.values() if s.report.outlet))
        unknown = sum(1 for s in of.sources.values() if not s.report.outlet)
        outlets = [*known[:8], *([f"{len(known) - 8} more"] if len(known) > 8 else [])]
        outlets += [count(unknown, "unknown outlet")] if unknown else []
        size = count(len(of.sources), "report")
        size += f" ({count(copies, 'is a copy', 'are copies')} of another)" if copies else ""
        told = Text(f"{size} · {', '.join(outlets)}" if outlets else size)
        return Group(title, told, Text(INDEPENDENCE, style="dim"), *self.refused())

    def refused(self) -> Iterator[RenderableType]:
        """Yield the inputs that are not in the brief, loudly."""
        refusals = self.of.refusals
        if not refusals:
            return
        verb = "was" if len(refusals) == 1 else "were"
        yield Text(f"! {count(len(refusals), 'input')} {verb} refused and not read:", style="bold red")
        for refusal in refusals:
            yield _item(
                "  !", Text(f"{clip(line(refusal.path), _TITLE)}: {line(refusal.reason)}; {line(refusal.remedy)}")
            )

    # -- where things stand

    def standing(self) -> Iterator[RenderableType]:
        """Yield the most central facts, the open disputes, what was done last and what is to come."""
        central = 5 if self.limit is None else min(5, self.limit)
        for fact in self.of.agreed[:central]:
            yield _item("●", self.fact_line(fact), *self.conditions(fact))
        if len(self.of.agreed) > central:
            yield _item("", Text(f"… and {len(self.of.agreed) - central} more on which the reports agree", style="dim"))
        if self.of.disputed:
            yield _item("≠", self.open_disputes())
        for name, entries in (("Latest", self.of.latest), ("To come", self.of.coming)):
            for entry in entries[:2]:
                yield _item("▸", Text(f"{name}: ", style="bold").append_text(self.dated_line(entry)))

    def play(self) -> Iterator[RenderableType]:
        """Yield whose move it is, the proposals with their answers, the commitments and what is to come."""
        for mark, lines in play_items(self.of.play, self.cite, self.limit):
            yield _item(mark, *lines)

    def open_disputes(self) -> Text:
        """Return the disputes in one line each, with both sides."""
        text = Text(f"Disputed: {count(len(self.of.disputed), 'point')}", style="bold")
        for fact in self.limited(self.of.disputed):
            about = f", {clip(fact.about, _TITLE)}" if fact.about else ""
            text.append(f"\n{fact.mark} ", style="bold").append(f"{fact.differs}{about}: ", style="not bold")
            for number, side in enumerate(fact.sides):
                text.append(" ≠ " if number else "", style="not bold").append(clip(side.value, _NAME), style="not bold")
                text.append(" [" + ", ".join(map(self.of.label, side.reports[:_PLACES])), style="not bold cyan")
                text.append(_and_more(side.reports, _PLACES) + "]", style="not bold cyan")
        return text

    def fact_line(self, fact: Fact) -> Text:
        """Return a fact with how many tell it and where."""
        text = self.statement(fact.statement).append(" ").append_text(self.cite(fact.places[:1]))
        others = [self.of.label(report) for report in fact.reports if report != fact.places[0].report]
        also = f", also {', '.join(others[:_OTHERS])}{_and_more(others, _OTHERS)}" if others else ""
        return text.append(f" · {fact.mark} · {fact.told}{also}", style="dim not bold")

    def conditions(self, fact: Fact) -> Iterator[Text]:
        """Yield what people judged of a fact, and its conditions, so that a `yes, if` never reads as a yes."""
        yield from (Text(f"Judged: {verdict}", style="bold magenta") for verdict in fact.verdicts)
        if self.scores and fact.score:
            yield Text(fact.score, style="dim")
        if fact.conditions:
            text = Text(f"CONDITIONAL in {fact.conditional}: ", style="bold yellow")
            for number, words in enumerate(self.limited(fact.conditions)):
                text.append(" · " if number else "").append_text(self.quote(words))
            yield text
            yield from self.rest(fact.conditions, "conditions")

    # -- who said what

    def said(self) -> Iterator[RenderableType]:
        """Yield the speakers with what is quoted of them."""
        for voice in self.limited(self.of.voices):
            yield Text()
            yield self.speaker(voice)
            for saying in self.limited(voice.sayings):
                yield _item(saying.mark, *self.saying(saying), size=3)
            yield from self.more(voice.sayings, "quotations", size=3)
        yield from self.more(self.of.voices, "speakers")
        if any(s.reworded for v in self.of.voices for s in v.sayings):
            yield Text()
            legend = "against the longest version: [-words left out-] {+words added+} [-words-]{+put otherwise+}"
            yield _item("", Text(legend, style="dim"), size=3)

    def speaker(self, voice: Voice) -> Text:
        """Return the name of a speaker with the offices that the reports give."""
        text = Text(clip(voice.name or "Speaker not named", _NAME), style="bold")
        return text.append(
            f" · {clip(', '.join(voice.roles[:2]), _TITLE)}" if voice.roles else "", style="not bold dim"
        )

    def saying(self, saying: Saying) -> Iterator[Text]:
        """Yield the longest version, then who has the same words and who has others."""
        yield self.quote(saying.longest.words).append(self.stance(saying.longest), style="dim")
        same = [p for version in saying.same for p in version.words.places]
        if same:
            yield Text("the same words: ", style="dim").append_text(self.cite(same))
        yield from (self.noted(v) for v in saying.same if v.speaker or v.cue)
        for found in saying.reworded:
            how = "in part: " if found.partial else "other words: "
            text = Text(how, style="dim").append_text(_compared(found.changes)).append(" ")
            text.append_text(self.cite(found.places))
            yield text.append("".join(map(self.stance, found.versions)), style="dim")

    def noted(self, version: Version) -> Text:
        """Return in which way a version with the same words differs in its speaker or cue."""
        return self.cite(version.words.places).append(self.stance(version), style="dim")

    def stance(self, version: Version) -> str:
        """Return whom a version names and how its cue stands to the words, where that is not plain."""
        speaker = f" · attributed to {clip(version.speaker, _NAME)}" if version.speaker else ""
        return speaker + (f" · {version.stance}: “{self.short(version.cue.text)}”" if version.cue else "")

    # -- facts

    def agreed(self) -> Iterator[RenderableType]:
        """Yield the facts that two or more origins tell, in the words of every report."""
        for fact in self.limited(self.of.agreed):
            first = self.statement(fact.statement).append(" ").append_text(self.cite(fact.alike))
            others = self.other_words(fact)
            yield _item(fact.mark, first, Text(fact.told, style="dim"), *self.conditions(fact), *others)
        yield from self.more(self.of.agreed, "facts")

    def other_words(self, fact: Fact) -> Iterator[Text]:
        """Yield the words of the other places of a fact."""
        for words in self.limited(fact.others):
            yield self.quote(words)
        yield from self.rest(fact.others, "wordings")

    def disputed(self, facts: Sequence[Fact], what: str) -> Iterator[RenderableType]:
        """Yield disputes, or what looks like them, their sides beside each other where there is room."""
        for fact in self.limited(facts):
            yield Text()
            about = f" · {self.short(fact.about)}" if fact.about else ""
            yield Text(f"{fact.mark} {fact.differs}", style="bold").append(about, style="not bold")
            beside = len(fact.sides) * (_SIDE + 3) <= self.width - 2
            yield Padding(self.beside(fact.sides) if beside else self.stacked(fact.sides), (0, 0, 0, 2))
            yield from (_item("", condition) for condition in self.conditions(fact))
        yield from self.more(facts, what)

    def beside(self, sides: Sequence[Side]) -> RenderableType:
        """Return the sides as columns."""
        table = Table(box=box.SQUARE, expand=True, padding=(0, 1), header_style="bold", border_style="dim")
        for letter, side in zip(_letters(), sides, strict=False):
            table.add_column(self.heading(f"{letter}  ", side), ratio=1, overflow="fold")
        table.add_row(*(Group(*self.side(side)) for side in sides))
        return table

    def stacked(self, sides: Sequence[Side]) -> RenderableType:
        """Return the sides one below the other."""
        lettered = zip(_letters(), sides, strict=False)
        return Group(*(_item(letter, self.heading("", side), *self.side(side)) for letter, side in lettered))

    def heading(self, letter: str, side: Side) -> Text:
        """Return what a side says in a few words, and how many reports say it."""
        told = f" ({count(len(side.reports), 'report')})"
        return Text(f"{letter}{clip(side.value, _NAME)}", style="bold", overflow="fold").append(
            told, style="not bold dim"
        )

    def side(self, side: Side) -> Iterator[Text]:
        """Yield the words of one side, inside their sentence where they are few."""
        for words in self.limited(side.words):
            before, after = (words.before, words.after) if len(words.text.split()) <= 6 else ("", "")
            before, after = _last(before), _first(after)
            text = Text(before, style="dim").append(f"“{self.short(words.text)}”", style="not dim").append(after)
            yield (
                text.append_text(_told_by(words.teller_beside(before + after)))
                .append(" ")
                .append_text(self.cite(words.places))
            )
        yield from self.rest(side.words, "wordings")

    def single(self) -> Iterator[RenderableType]:
        """Yield the facts that one origin alone tells."""
        for fact in self.limited(self.of.single):
            text = self.statement(fact.statement).append(" ").append_text(self.cite(fact.places))
            yield _item(fact.mark, text, *self.conditions(fact))
        yield from self.more(self.of.single, "facts")

    # -- timeline, coverage, sources

    def timeline(self) -> Iterator[RenderableType]:
        """Yield what is dated, the latest last; of a long list the latest and what is to come."""
        shown = self.of.timeline if self.limit is None else self.of.timeline[-2 * self.limit :]
        if len(shown) < len(self.of.timeline):
            yield _item("", Text(f"… {len(self.of.timeline) - len(shown)} earlier, see --format html", style="dim"))
        table = Table.grid(padding=(0, 2, 0, 0))
        table.add_column(no_wrap=True, width=min(24, max((len(spoken(e.when)) for e in shown), default=0)))
        table.add_column(ratio=1, overflow="fold")
        for entry in shown:
            label = "conditional: " if entry.conditional else "planned: " if entry.planned else ""
            planned = Text(label, style="bold")
            words = planned.append_text(self.statement(entry.statement, "not bold")).append(" ")
            table.add_row(Text(clip(spoken(entry.when), 24)), words.append_text(self.cite(entry.statement.places)))
        if shown:
            yield Constrain(Padding(table, (0, 0, 0, 2)), _READABLE)

    def dated_line(self, entry: Dated) -> Text:
        """Return a line of the timeline."""
        text = Text(f"{spoken(entry.when)}: ", style="not bold").append_text(
            self.statement(entry.statement, "not bold")
        )
        return text.append(" ").append_text(self.cite(entry.statement.places))

    def coverage(self) -> Iterator[RenderableType]:
        """Yield which report tells which fact."""
        if self.of.coverage:
            yield coverage_table(self.of, self.limited(self.of.coverage), self.width)
            yield from self.more(self.of.coverage, "facts")

    def retellings(self) -> Iterator[RenderableType]:
        """Yield which report tells after which outlet, and how far."""
        size = max(len(self.of.label(r.report)) for r in self.of.retellings)
        for found in self.limited(self.of.retellings):
            where = f"report {self.of.label(found.origin)}" if found.origin else "not among the reports"
            text = Text("after ").append(clip(found.outlet, _NAME), style="bold").append(f" ({where}): {found.how}")
            words = [Text(" · ").append_text(self.quote(found.words))] if found.words else []
            yield _item(self.of.label(found.report), Text.assemble(text, *words), size=size)
        yield from self.more(self.of.retellings, "of these", size=size)

    def sources(self) -> Iterator[RenderableType]:
        """Yield the reports by the names that the brief gives them."""
        size = max((len(s.label) for s in self.of.sources.values()), default=3)
        for source in self.of.sources.values():
            report = source.report
            date = day(report.published) if report.published else "undated"
            title = f" · “{clip(line(report.title), _TITLE)}”" if report.title else ""
            copied = f" · copies {self.of.label(source.copies)}" if source.copies else ""
            text = Text(f"{clip(source.outlet, _NAME)} · {date}{title}").append(copied, style="bold")
            warnings = [Text(f"! {warning}", style="bold") for warning in source.warnings]
            yield _item(source.label, text, Text(line(report.path), style="dim"), *warnings, size=size)

    # -- the pieces of a line

    def statement(self, statement: Statement, style: str = "bold") -> Text:
        """Return a statement in quotation marks; one that is no report's own words is followed by such words."""
        text = Text(f"“{self.short(statement.text)}”" if statement.exact else self.short(statement.text), style=style)
        if statement.words and not statement.exact:
            text.append(f": “{self.short(statement.words)}”", style="not bold")
        return text.append_text(_told_by(statement.teller))

    def quote(self, words: Words) -> Text:
        """Return exact words with their places."""
        said = Text(f"“{self.short(words.text)}”").append_text(_told_by(words.teller))
        return said.append(" ").append_text(self.cite(words.places))

    def short(self, words: str) -> str:
        """Return words with an ellipsis for the middle where they are many; whole where lists are."""
        return words if self.limit is None else clip(elide(words, _WORDS), _CELLS)

    def cite(self, places: Sequence[Evidence]) -> Text:
        """Return where something is said, e.g. `[000:1597-1614]`."""
        shown = (f"[{self.of.label(p.report)}:{p.span.start}-{p.span.end}]" for p in places[:_PLACES])
        return Text(" ".join(shown) + _and_more(places, _PLACES), style="not bold not dim cyan")

    def limited(self, items: Sequence[T]) -> list[T]:
        """Return as many items as the list shows."""
        return list(islice(items, self.limit))

    def rest(self, items: Sequence[object], what: str) -> Iterator[Text]:
        """Yield how many items are not shown, where there are such."""
        if self.limit is not None and len(items) > self.limit:
            yield Text(f"… and {len(items) - self.limit} more {what}, see --format html", style="dim")

    def more(self, items: Sequence[object], what: str, size: int = 2) -> Iterator[RenderableType]:
        """Yield how many items are not shown, as an item of the list."""
        yield from (_item("", text, size=size) for text in self.rest(items, what))


def _letters() -> Iterator[str]:
    # a to z, then aa, ab, …: a finding has a side for every value that is told
    alphabet = string.ascii_lowercase
    yield from alphabet
    yield from (first + second for first in alphabet for second in alphabet)


def _item(mark: str, *lines: Text, size: int = 2) -> RenderableType:
    table = Table.grid(padding=(0, 1, 0, 0))
    table.add_column(no_wrap=True, width=max(size, len(mark)), style="bold")
    table.add_column(ratio=1, overflow="fold")
    for number, text in enumerate(lines):
        table.add_row(Text("" if number else mark), text)
    return Constrain(Padding(table, (0, 0, 0, 2)), _READABLE)


def _told_by(teller: str) -> Text:
    """Who is told to have said something, behind its words; nothing where the report itself says it."""
    return Text(f", {clip(teller, _NAME)}" if teller else "", style="not bold italic")


def _and_more(items: Sequence[object], shown: int) -> str:
    return f" +{len(items) - shown}" if len(items) > shown else ""


def _last(words: str) -> str:
    kept = words.split()[-8:]
    tail = " ".join(kept) + " " * words[-1:].isspace()
    return ("… " if len(kept) < len(words.split()) else "") + tail


def _first(words: str) -> str:
    kept = words.split()[:8]
    head = " " * words[:1].isspace() + " ".join(kept)
    return head + (" …" if len(kept) < len(words.split()) else "")


def _compared(changes: Sequence[Change]) -> Text:
    text = Text("“")
    for number, change in enumerate(changes):
        text.append(" " if number else "")
        longest, here = elide(line(change.longest), 8), elide(line(change.here), 8)
        if change.op == "same":
            text.append(elide(line(change.here), 4))
            continue
        if change.op in {"dropped", "changed"}:
            text.append(f"[-{longest}-]", style="red")
        if change.op in {"added", "changed"}:
            text.append(f"{{+{here}+}}", style="green")
    return text.append("”")
