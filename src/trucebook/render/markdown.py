"""A brief as Markdown (CommonMark with the tables and footnotes of GitHub), with a footnote for every place.

Reports' words are escaped, so that no text of a report becomes a heading, a link, an image, a table cell or HTML.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from trucebook.render.brief import INDEPENDENCE
from trucebook.render.coverage import MEANINGS, SIGNS, sign
from trucebook.render.outline import outline
from trucebook.render.shown import count, line
from trucebook.render.when import day, spoken

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from trucebook.agreement.held import Filed
    from trucebook.dossier.model import Cell, Change, Dossier, Evidence
    from trucebook.render.brief import Dated, Fact, Outline, Retelling, Saying, Source, Statement, Version, Voice, Words
    from trucebook.render.cards import Card

# What opens something inside a line (CommonMark 0.31, GitHub's tables and strikethrough, mathematics, mentions); marks
# that count at the start of a line alone are harmless, because no line begins with a report's words.
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|~&$^@]|:(?=[\w/+-])|(?<=\bwww)\.)")

_BLANK = re.compile(r"\n{3,}")


def render_markdown(dossier: Dossier, filed: Filed | None = None) -> str:
    """Return a brief as Markdown; its footnotes name report, outlet, date, characters and the exact words."""
    brief = _Brief(outline(dossier, filed=filed), {r.report.id: r.report.text for r in dossier.readings})
    # Blank lines part blocks; a part that begins with one may follow a part that ends with one.
    return _BLANK.sub("\n\n", "\n".join(brief.lines())).strip("\n") + "\n"


def escape(text: str) -> str:
    """Return `text` on one line, such that Markdown shows it as it is."""
    return _SPECIAL.sub(r"\\\1", line(text))


class _Brief:
    """The lines of one brief; footnotes are numbered in the order in which they are first cited.

    Args:
        of: what the brief says.
        texts: the reports' texts, by id.
    """

    def __init__(self, of: Outline, texts: dict[str, str]) -> None:
        self.of, self.texts = of, texts
        self.notes: dict[Evidence, int] = {}

    def lines(self) -> Iterator[str]:
        """Yield the lines of the brief, the footnotes last."""
        yield from self.head()
        yield from _section("Where things stand", self.standing())
        yield from _section("State of play", self.play())
        yield from _section("Who said what", (row for voice in self.of.voices for row in self.voice(voice)))
        yield from _section("What the reports agree on", (row for fact in self.of.agreed for row in self.fact(fact)))
        yield from _section("What they dispute", (row for fact in self.of.disputed for row in self.dispute(fact)))
        if self.of.lookalikes:
            alike = (row for fact in self.of.lookalikes for row in self.dispute(fact))
            yield from _section("What looks like a dispute and is none", alike)
        yield from _section("Told by one report only", (row for fact in self.of.single for row in self.fact(fact)))
        yield from _section("Timeline", map(self.dated, self.of.timeline))
        yield from _section("Coverage", self.coverage())
        if self.of.retellings:
            yield from _section("Who tells after whom", map(self.retelling, self.of.retellings))
        yield from _section("Sources", map(self.source, self.of.sources.values()))
        yield from ("", *(self.note(place, number) for place, number in self.notes.items()))

    def head(self) -> Iterator[str]:
        """Yield the title, what the brief is of, and what is missing from it."""
        yield f"# Trucebook brief, {'as of ' + self.of.as_of if self.of.as_of else 'undated'}"
        copies = len(self.of.sources) - self.of.origins
        copied = f" ({count(copies, 'is a copy', 'are copies')} of another)" if copies else ""
        yield f"\n{count(len(self.of.sources), 'report')}{copied}. {INDEPENDENCE}"
        if self.of.refusals:
            yield f"\n**{count(len(self.of.refusals), 'input')} refused and not read:**\n"
        for refusal in self.of.refusals:
            yield f"- **refused**: {escape(refusal.path)}: {escape(refusal.reason)}; {escape(refusal.remedy)}"

    def standing(self) -> Iterator[str]:
        """Yield the most central facts, the open disputes, what was done last and what is to come."""
        for fact in self.of.agreed[:5]:
            yield f"- {self.statement(fact.statement)} ({fact.mark}: {fact.told}){self.cite(fact.first_places)}"
            yield from self.conditions(fact)
        if self.of.disputed:
            yield f"- **Disputed: {count(len(self.of.disputed), 'point')}**"
        for fact in self.of.disputed:
            sides = (f"{escape(s.value)}{self.cite(p for w in s.words for p in w.places)}" for s in fact.sides)
            yield f"  - {fact.mark} {fact.differs}{_about(fact, ', ')}: {' ≠ '.join(sides)}"
        for name, entries in (("Latest", self.of.latest), ("To come", self.of.coming)):
            for entry in entries[:2]:
                yield f"- **{name}:** {self.dated(entry)[2:]}"

    def play(self) -> Iterator[str]:
        """Yield whose move it is, the proposals with their answers, the commitments and what is to come."""
        for title, found in self.of.play.sections:
            yield f"- **{title}**"
            yield from (f"  {row}" for card in found for row in self.card(card))

    def card(self, card: Card) -> Iterator[str]:
        """Yield a card, a line a row."""
        yield f"- **{card.mark}** {escape(card.title)}{f' ({card.state})' if card.state else ''}"
        for row in card.rows:
            text = f"“{escape(row.text)}”" if row.exact else escape(row.text)
            label = f"{escape(row.label)}: " if row.label and row.text else escape(row.label)
            yield f"  - {label}{text}{self.cite(row.places)}"

    def conditions(self, fact: Fact) -> Iterator[str]:
        """Yield what people judged of a fact, and its conditions, so that a `yes, if` never reads as a yes."""
        yield from (f"  - **Judged:** {escape(verdict)}" for verdict in fact.verdicts)
        if fact.conditions:
            stated = " · ".join(map(self.quote, fact.conditions))
            yield f"  - **Conditional in {fact.conditional}:** {stated}"

    def voice(self, voice: Voice) -> Iterator[str]:
        """Yield a speaker with all that is quoted."""
        yield f"\n### Speaker: {escape(voice.name)}" if voice.name else "\n### Speaker not named"
        yield f"\nDescribed as {', '.join(map(escape, voice.roles))}.\n" if voice.roles else ""
        for saying in voice.sayings:
            yield from self.saying(saying)

    def saying(self, saying: Saying) -> Iterator[str]:
        """Yield the longest version, then the others, compared with it."""
        yield f"- {saying.mark} {self.quote(saying.longest.words)}{_stance(saying.longest)}"
        for version in saying.same:
            yield f"  - the same words{self.cite(version.words.places)}{_stance(version)}"
        for found in saying.reworded:
            how = "in part" if found.partial else "other words"
            stances = "".join(map(_stance, found.versions))
            yield f"  - {how}: {_compared(found.changes)}{self.cite(found.places)}{stances}"

    def fact(self, fact: Fact) -> Iterator[str]:
        """Yield a fact in the words of every report that tells it."""
        yield f"- **{fact.mark}** {self.statement(fact.statement)}{self.cite(fact.alike)} ({fact.told})"
        yield from self.conditions(fact)
        yield from (f"  - {self.quote(words)}" for words in fact.others)

    def dispute(self, fact: Fact) -> Iterator[str]:
        """Yield a dispute as a table with a column a side."""
        yield f"\n### {fact.mark} {fact.differs}{_about(fact, ': ')}\n"
        yield _row(f"{escape(s.value)} ({count(len(s.reports), 'report')})" for s in fact.sides)
        yield _row("---" for _ in fact.sides)
        yield _row("<br>".join(map(self.in_sentence, side.words)) for side in fact.sides)
        yield from ("", *(row[2:] for row in self.conditions(fact)))

    def in_sentence(self, words: Words) -> str:
        """Return words inside their sentence where they are few."""
        if len(words.text.split()) > 6:
            return self.quote(words)
        before = escape(words.before) + " " * words.before[-1:].isspace()
        after = " " * words.after[:1].isspace() + escape(words.after)
        teller = _told_by(words.teller_beside(words.before + words.after))
        return f"{before}**“{escape(words.text)}”**{after}{teller}{self.cite(words.places)}"

    def dated(self, entry: Dated) -> str:
        """Return a line of the timeline."""
        planned = "conditional: " if entry.conditional else "planned: " if entry.planned else ""
        said = f"{self.statement(entry.statement)}{self.cite(entry.statement.places)}"
        return f"- **{escape(spoken(entry.when))}** {planned}{said}"

    def coverage(self) -> Iterator[str]:
        """Yield the table of facts by reports."""
        if not self.of.coverage:
            return
        labels = [escape(source.label) for source in self.of.sources.values()]
        yield _row(["Fact", *labels])
        yield _row(["---", *(":-:" for _ in labels)])
        for fact, cells in self.of.coverage:
            yield _row([f"{fact.mark} {escape(fact.about)}", *self.signs(fact, cells)])
        yield "\n" + ", ".join(f"{SIGNS[cell]} {MEANINGS[cell]}" for cell in SIGNS) + "."

    def signs(self, fact: Fact, cells: Sequence[Cell]) -> Iterator[str]:
        """Yield the sign of each report."""
        return (sign(fact, report, cell) for report, cell in zip(self.of.sources, cells, strict=True))

    def retelling(self, found: Retelling) -> str:
        """Return after whom a report tells, and how far."""
        where = f"report {escape(self.of.label(found.origin))}" if found.origin else "not among the reports"
        words = f": {self.quote(found.words)}" if found.words else ""
        told = f"after **{escape(found.outlet)}** ({where}), {found.how}{words}"
        return f"- **{escape(self.of.label(found.report))}** {told}"

    def source(self, source: Source) -> str:
        """Return a report by the name that the brief gives it."""
        report = source.report
        date = day(report.published) if report.published else "undated"
        title = f", “{escape(report.title)}”" if report.title else ""
        copied = f", **copies {escape(self.of.label(source.copies))}**" if source.copies else ""
        address = f" <{source.address}>" if source.address else ""
        where = f"{escape(source.outlet)}, {date}{title}{copied}: {escape(report.path)}{address}"
        where += "".join(f"; **note:** {escape(warning)}" for warning in source.warnings)
        return f"- **{escape(source.label)}** {where}"

    def note(self, place: Evidence, number: int) -> str:
        """Return a footnote: where something is said, and the exact words."""
        source = self.of.sources[place.report]
        where = f"{escape(source.label)} ({escape(source.outlet)}, {source.published})"
        words = escape(place.span.of(self.texts[place.report]))
        return f"[^{number}]: {where}, characters {place.span.start}-{place.span.end}: “{words}”"

    def statement(self, statement: Statement) -> str:
        """Return a statement in quotation marks; one that is no report's own words is followed by such words."""
        told = _told_by(statement.teller)
        if statement.exact or not statement.words:
            return _plain(statement) + told
        return f"{_plain(statement)}{': ' if statement.text else ''}“{escape(statement.words)}”{told}"

    def quote(self, words: Words) -> str:
        """Return exact words with their places."""
        return f"“{escape(words.text)}”{_told_by(words.teller)}{self.cite(words.places)}"

    def cite(self, places: Iterable[Evidence]) -> str:
        """Return the footnote marks of places."""
        return "".join(f"[^{self.notes.setdefault(place, len(self.notes) + 1)}]" for place in places)


def _told_by(teller: str) -> str:
    return f", {escape(teller)}" if teller else ""


def _section(title: str, rows: Iterable[str]) -> Iterator[str]:
    found = list(rows)
    yield f"\n## {title}\n"
    yield from found or ["Nothing found."]


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _plain(statement: Statement) -> str:
    return f"“{escape(statement.text)}”" if statement.exact else escape(statement.text)


def _about(fact: Fact, mark: str) -> str:
    return f"{mark}{escape(fact.about)}" if fact.about else ""


def _stance(version: Version) -> str:
    speaker = f" (attributed to {escape(version.speaker)})" if version.speaker else ""
    return speaker + (f" ({version.stance}: “{escape(version.cue.text)}”)" if version.cue else "")


def _compared(changes: Sequence[Change]) -> str:
    pieces = []
    for change in changes:
        if change.op == "same":
            pieces.append(escape(change.here))
        if change.op in {"dropped", "changed"}:
            pieces.append(f"[left out: ~~{escape(change.longest)}~~]")
        if change.op in {"added", "changed"}:
            pieces.append(f"[added: **{escape(change.here)}**]")
    return f"“{' '.join(piece for piece in pieces if piece)}”"
