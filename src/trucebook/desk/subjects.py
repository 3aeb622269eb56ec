"""From a thing that a page shows to what a judgement is of: the thing with the exact words it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trucebook.dossier.judgement import Anchor, Subject
from trucebook.dossier.judging import REPORTS, named, spoken, text_hash
from trucebook.dossier.model import Actor
from trucebook.dossier.moves import told

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from trucebook.desk.book import OpenBook
    from trucebook.desk.shelf import Shelf
    from trucebook.desk.views import ActorView, Spot
    from trucebook.reading.model import Reading


class Things:
    """The things of a book, as they can be judged.

    Args:
        shelf: which has the texts.
        book: the book.
    """

    def __init__(self, shelf: Shelf, book: OpenBook) -> None:
        self._shelf, self._book = shelf, book

    def subject(self, kind: str, ident: str, report: int | None = None, names: Sequence[str] = ()) -> Subject | None:
        """Return a thing; None where the book has no such thing.

        Args:
            kind: what it is.
            ident: its id; for an actor its name.
            report: number of the report, for a speaker or a move.
            names: other actors that the judgement is of too.

        Raises:
            CaseError: the case cannot be read.
        """
        match kind:
            case "finding":
                return self._finding(ident)
            case "quote":
                return self._quote(ident)
            case "actor":
                return self._actor(ident, names)
            case "speaker" | "move":
                return self._in_report(kind, ident, report)
            case _:
                terms = self._book.book.review.terms
                return next((s for s in terms if (s.kind, s.id) == (kind, ident)), None)

    def reading(self, report: int | None) -> Reading | None:
        """Return the reading of a report; None where the book has no such report.

        Raises:
            CaseError: the case cannot be read.
        """
        of = self._book.reports.get(report or 0)
        return None if of is None else self._shelf.reading(of.reading)

    def _finding(self, ident: str) -> Subject | None:
        found = self._book.findings.get(ident)
        if found is None or found.standing == "lookalike":
            return None
        spots = [spot for side in found.sides for words in side.wordings for spot in words.spots]
        return Subject(
            kind="finding", id=ident, anchors=self._anchors(spots), found=f"{found.standing} {found.kind or ''}".strip()
        )

    def _quote(self, ident: str) -> Subject | None:
        found = self._book.quotes.get(ident)
        if found is None:
            return None
        anchors = self._anchors([v.spot for v in found.versions])
        return Subject(kind="quote", id=ident, anchors=anchors, found=found.speaker or "")

    def _in_report(self, kind: str, ident: str, report: int | None) -> Subject | None:
        reading = self.reading(report)
        if reading is None:
            return None
        return next((s for s in (spoken([reading]) if kind == "speaker" else told([reading])) if s.id == ident), None)

    def _actor(self, name: str, names: Sequence[str]) -> Subject | None:
        found = self._actor_of(name)
        if found is None:
            return None
        others = [a for a in map(self._actor_of, names) if a is not None and a.name != name]
        read = {n: r for a in (found, *others) for n in a.reports[:REPORTS] if (r := self.reading(n)) is not None}
        actors = [_as_actor(a, read) for a in (found, *others)]
        subjects = named({r.report.id: r for r in read.values()}, actors)
        anchors = dict.fromkeys(a for s in subjects for a in s.anchors)
        return Subject(kind="actor", id=name, anchors=tuple(anchors), found=found.type)

    def _actor_of(self, name: str) -> ActorView | None:
        return self._book.actors.get(self._book.by_name.get(name, ""))

    def _anchors(self, spots: Iterable[Spot]) -> tuple[Anchor, ...]:
        """The words at some places, with the hash of the text that holds them."""
        every = tuple(dict.fromkeys(spots))
        of = {s.report: self._book.reports[s.report] for s in every}
        texts = self._shelf.texts(report.text for report in of.values())
        hashes = {key: text_hash(text) for key, text in texts.items()}
        return tuple(
            Anchor(report=of[s.report].name, text=hashes[key], span=s.span, words=s.span.of(texts[key]))
            for s in every
            if (key := of[s.report].text) in texts
        )


def _as_actor(view: ActorView, read: Mapping[int, Reading]) -> Actor:
    reports = tuple(read[n].report.id for n in view.reports[:REPORTS] if n in read)
    return Actor(
        name=view.name, type=view.type, aliases=(view.name, *view.aliases), mentions=view.mentions, reports=reports
    )
