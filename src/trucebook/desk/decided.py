"""The judgements of a case as they are this moment, which the book of the case may not know yet."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from trucebook.desk.review_views import OF_A_REPORT, ItemView, JudgementView
from trucebook.desk.views import Spot, Wording
from trucebook.dossier.judging import in_force
from trucebook.record.trail import decided_since
from trucebook.render.shown import line
from trucebook.review.doubt import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from trucebook.desk.book import OpenBook
    from trucebook.desk.review_views import HeldView
    from trucebook.dossier.judgement import Judgement
    from trucebook.record.case import Case
    from trucebook.record.trail import Decided

# Characters of the words that a judgement is shown with.
_SHORT = 160
# What somebody thought worth a judgement is worth another look before most of what nobody looked at, as in `review`.
_RETURNED = 0.8
_PLACES = 12


class Decisions:
    """The judgements of a case; what came since the last look is fetched.

    Args:
        case: the case.
    """

    def __init__(self, case: Case) -> None:
        self._case, self._lock = case, threading.Lock()
        self._now = Now(())

    def now(self) -> Now:
        """Return them as they are.

        Raises:
            CaseError: the case cannot be read.
        """
        with self._lock:
            new = decided_since(self._case, self._now.seq)
            if new:
                self._now = Now((*self._now.every, *new))
            return self._now


class Now:
    """The judgements of a case at one moment.

    Args:
        every: all of them, undos too, in their order.
    """

    def __init__(self, every: Sequence[Decided]) -> None:
        self.every = every
        self.seq = every[-1].seq if every else 0
        made = [d.judgement for d in every]
        self.in_force = {j.id: j for j in in_force(made)}
        self._seq = {d.judgement.id: d.seq for d in every}
        self._of: dict[tuple[str, str], list[Judgement]] = {}
        for one in made:
            self._of.setdefault((one.subject.kind, one.subject.id), []).append(one)
        # An undo that was itself undone takes nothing back.
        self.undone: set[str] = set()
        for one in reversed(made):
            if one.act == "undo" and one.id not in self.undone:
                self.undone.add(one.value)

    def of(self, kind: str, ident: str, held: Mapping[str, HeldView]) -> list[Judgement]:
        """Return the judgements of a thing, the latest first, those of what it was when they were made too.

        Args:
            kind: what it is.
            ident: its id.
            held: how judgements stand to what is found.
        """
        return self._made((kind, ident), self._before(held).get((kind, ident), ()))

    def latest(self, items: Iterable[ItemView], held: Mapping[str, HeldView]) -> dict[tuple[str, str], str]:
        """Return the id of the latest judgement or undo of each of some things; empty for none.

        Args:
            items: the things.
            held: how judgements stand to what is found.
        """
        before = self._before(held)
        made = {(i.kind, i.id): self._made((i.kind, i.id), before.get((i.kind, i.id), ())) for i in items}
        return {place: found[0].id if found else "" for place, found in made.items()}

    def _before(self, held: Mapping[str, HeldView]) -> dict[tuple[str, str], list[tuple[str, str]]]:
        """What things were when they were judged, where they have other ids now."""
        found: dict[tuple[str, str], list[tuple[str, str]]] = {}
        for ident, one in held.items():
            made = self.in_force.get(ident)
            if made is not None and one.target is not None and one.target != made.subject.id:
                found.setdefault((one.kind, one.target), []).append((made.subject.kind, made.subject.id))
        return found

    def _made(self, place: tuple[str, str], before: Iterable[tuple[str, str]]) -> list[Judgement]:
        found = [j for at in {place, *before} for j in self._of.get(at, ())]
        return sorted(found, key=lambda j: -self._seq[j.id])

    def settled(self, after: int) -> set[tuple[str, str]]:
        """Return what was judged after an entry of the log and not taken back since."""
        return {
            (d.judgement.subject.kind, d.judgement.subject.id)
            for d in self.every
            if d.seq > after and d.judgement.id in self.in_force and d.judgement.act != "note"
        }

    def shown(self, judgements: Iterable[Judgement], book: OpenBook) -> tuple[JudgementView, ...]:
        """Return judgements as pages show them.

        Args:
            judgements: which.
            book: which knows how they stand to what is found.
        """
        return tuple(self._shown(j, book) for j in judgements)

    def _shown(self, one: Judgement, book: OpenBook) -> JudgementView:
        subject, held = one.subject, book.book.review.held.get(one.id)
        report = book.by_report_name.get(line(subject.anchors[0].report)) if subject.anchors else None
        words = line(" … ".join(dict.fromkeys(a.words for a in subject.anchors[:2]))) or line(subject.id)
        return JudgementView(
            id=one.id,
            kind=subject.kind,
            target=(held.target if held else None) or subject.id,
            report=report.number if report and subject.kind in OF_A_REPORT else None,
            says=one_line(words, _SHORT),
            found=line(subject.found),
            act=one.act,
            value=one.value,
            names=one.names,
            part=one.part,
            user=one.user,
            at=one.at,
            reason=one.reason,
            in_force=one.id in self.in_force,
            undone=one.id in self.undone,
            hold=held.hold if held and one.id in self.in_force else None,
        )


def waiting(book: OpenBook, now: Now) -> list[ItemView]:
    """Return what waits: the book's queue without what was judged since, and with what was taken back since.

    Args:
        book: the book.
        now: the judgements.
    """
    review, settled = book.book.review, now.settled(book.end.seq)
    holding = {(one.kind, one.target) for ident, one in review.held.items() if ident in now.in_force}
    back = [item for item in review.settled if (item.kind, item.id) not in holding]
    known = {(item.kind, item.id) for item in (*review.queue, *back)}
    back += [item for item in _returned(book, now) if (item.kind, item.id) not in known | holding]
    waits = review.queue
    if back:
        waits = tuple(sorted((*waits, *back), key=lambda i: -round(i.importance * i.uncertainty, 4)))
    return [item for item in waits if (item.kind, item.id) not in settled]


def _returned(book: OpenBook, now: Now) -> Iterator[ItemView]:
    """What a judgement kept the program from finding when it made the book, and that was taken back since.

    A move that was rejected is in no state of play: only the next book knows whether anything about it is in doubt.
    Until then it waits, in the words it was judged by.
    """
    made = {d.judgement.id: d for d in now.every}
    undone: dict[tuple[str, str], Decided] = {}
    for d in now.every:
        if d.seq > book.end.seq and d.judgement.act == "undo" and d.judgement.value in now.undone:
            one = made[d.judgement.value]
            undone[one.judgement.subject.kind, one.judgement.subject.id] = one
    for one in undone.values():
        if one.seq > book.end.seq:
            continue  # the book knew the thing as if nobody had judged it
        if one.judgement.act not in {"note", "undo"}:
            held = book.book.review.held.get(one.judgement.id)
            yield _from_words(one.judgement, (held.target if held else None) or one.judgement.subject.id, book)


def _from_words(one: Judgement, ident: str, book: OpenBook) -> ItemView:
    subject = one.subject
    places: dict[str, list[Spot]] = {}
    for anchor in subject.anchors:
        report = book.by_report_name.get(line(anchor.report))
        if report is not None:
            places.setdefault(line(anchor.words), []).append(Spot(report=report.number, span=anchor.span))
    wordings = tuple(Wording(text=words, spots=tuple(spots)) for words, spots in places.items())
    of_report = subject.kind in OF_A_REPORT and wordings
    return ItemView(
        kind=subject.kind,  # type: ignore[arg-type]
        id=ident,
        report=wordings[0].spots[0].report if of_report else None,
        says=one_line(line(" … ".join(dict.fromkeys(a.words for a in subject.anchors[:3]))) or subject.id),
        found=line(subject.found),
        why=(f"a judgement was taken back ({one.act} by {line(one.user)}); the book is being made anew",),
        importance=_RETURNED,
        uncertainty=1.0,
        wordings=wordings[:_PLACES],
    )
