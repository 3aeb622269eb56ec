"""One thing that can be judged, as its page shows it: with its words, what was judged of it, and what is in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from trucebook.desk.review_views import ItemView, ThingView
from trucebook.desk.subjects import Things
from trucebook.desk.views import Spot, Wording
from trucebook.dossier.model import Evidence
from trucebook.dossier.moves import identified, in_words
from trucebook.render.shown import line
from trucebook.render.texts import Texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from trucebook.desk.desk import Desk
    from trucebook.desk.review_views import Kind
    from trucebook.dossier.judgement import Anchor, Subject
    from trucebook.reading.model import Attribution, Move, Reading
    from trucebook.span import Span

# Reports whose readings are looked into for one page.
_READINGS = 6


def thing(desk: Desk, kind: Kind, ident: str, report: int | None = None) -> ThingView | None:
    """Return a thing; None where neither the book nor any judgement knows it.

    Args:
        desk: the desk.
        kind: what it is.
        ident: its id; for an actor its name.
        report: number of the report, for a speaker or a move.

    Raises:
        CaseError: the case cannot be read.
    """
    return _Page(desk, kind, ident, report).view()


class _Page:
    def __init__(self, desk: Desk, kind: Kind, ident: str, report: int | None) -> None:
        self.book = desk.book
        self.things = Things(desk.shelf, self.book)
        self.kind, self.ident, self.report = kind, ident, report
        self.now = desk.decisions.now()
        self.held = self.book.book.review.held
        queue = self.book.book.review.queue
        self.waiting = next((i for i in queue if (i.kind, i.id) == (kind, ident)), None)

    def view(self) -> ThingView | None:
        """The page."""
        subject = self.things.subject(self.kind, self.ident, self.report)
        made = self.now.of(self.kind, self.ident, self.held)
        if subject is None and not made:
            return None
        gone = subject is None
        subject = subject or next(j.subject for j in made)
        readings = [] if gone else self._readings(subject)
        return ThingView(
            item=self._item(subject, readings, gone=gone),
            judgements=self.now.shown(made, self.book),
            latest=made[0].id if made else "",
            names=self._names(),
            parts=tuple(part for reading in readings for part in self._parts(subject, reading)),
        )

    def _item(self, subject: Subject, readings: Sequence[Reading], *, gone: bool) -> ItemView:
        wordings = self.waiting.wordings if self.waiting else self._wordings(subject, readings)
        base = self.waiting or ItemView(
            kind=self.kind,
            id=self.ident,
            report=self.report,
            says=self._says(subject),
            found=line(subject.found) or "no speaker",
            why=(),
            importance=0.0,
            uncertainty=0.0,
        )
        return msgspec.structs.replace(base, wordings=wordings, there=not gone)

    def _says(self, subject: Subject) -> str:
        if self.kind == "finding" and self.ident in self.book.findings:
            return self.book.findings[self.ident].statement
        if self.kind in {"actor", "commitment", "proposal"} or not subject.anchors:
            return line(self.ident)
        return line(subject.anchors[0].words)

    def _names(self) -> tuple[str, ...]:
        found = self.book.actors.get(self.book.by_name.get(self.ident, "")) if self.kind == "actor" else None
        return found.aliases if found else ()

    def _readings(self, subject: Subject) -> list[Reading]:
        names = list(dict.fromkeys(a.report for a in subject.anchors))[:_READINGS]
        found = (self.things.reading(self._number(name)) for name in names if self.kind != "actor")
        return [r for r in found if r is not None]

    def _number(self, name: str) -> int:
        """The number of a report; 0 for none."""
        found = self.book.by_report_name.get(line(name))
        return found.number if found else 0

    def _wordings(self, subject: Subject, readings: Sequence[Reading]) -> tuple[Wording, ...]:
        if not readings:
            return ()
        texts = Texts(readings)
        places = [Evidence(report=a.report, span=a.span) for a in subject.anchors if a.report in texts.by_id]
        return tuple(
            Wording(
                text=words.text,
                before=words.before,
                after=words.after,
                teller=words.teller,
                spots=tuple(Spot(report=self._number(p.report), span=p.span) for p in words.places),
            )
            for words in texts.grouped(places)
        )

    def _parts(self, subject: Subject, reading: Reading) -> Iterator[ItemView]:
        """The speakers and moves that a thing rests on, which are judged by themselves."""
        anchors = [a for a in subject.anchors if a.report == reading.report.id]
        number = self._number(reading.report.id)
        # What somebody did is no speech of his: the move tells of it.
        within = {a.id for a in reading.attributions if a.manner != "act" and _touches(a.content, anchors)}
        for said in reading.attributions if self.kind != "speaker" else ():
            if said.id in within:
                yield _speaker(said, reading, number)
        for ident, move in identified(reading):
            inside = move.attribution == self.ident if self.kind == "speaker" else _touches([move.span], anchors)
            if inside and ident != self.ident:
                yield _move(ident, move, reading, number)


def _touches(spans: Iterable[Span], anchors: Iterable[Anchor]) -> bool:
    every = list(anchors)
    return any(a.span.touches(s) for s in spans for a in every)


def _speaker(said: Attribution, reading: Reading, number: int) -> ItemView:
    words = " … ".join(s.of(reading.report.text) for s in said.content)
    return _part("speaker", said.id, number, words, said.speaker or "no speaker")


def _move(ident: str, move: Move, reading: Reading, number: int) -> ItemView:
    return _part("move", ident, number, move.span.of(reading.report.text), in_words(move))


def _part(kind: Kind, ident: str, number: int, words: str, found: str) -> ItemView:
    return ItemView(
        kind=kind, id=ident, report=number, says=line(words), found=line(found), why=(), importance=0.0, uncertainty=0.0
    )
