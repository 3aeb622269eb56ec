"""Everything that waits for a person, ordered by how much hangs on it times how unsure it is.

A pure function of the dossier, its state of play and the judgements made: what was judged and holds has left the queue,
and comes back when the judgement is taken back or asks again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from trucebook.dossier.judgement import KINDS
from trucebook.dossier.model import Evidence
from trucebook.review.doubt import Doubted, one_line
from trucebook.review.played import of_commitments, of_moves, of_proposals
from trucebook.review.told import of_actors, of_findings, of_quotes, of_speakers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from trucebook.agreement.state import StateOfPlay
    from trucebook.dossier.judgement import Judged
    from trucebook.dossier.model import Dossier

# What somebody thought worth a judgement is worth another look before most of what nobody looked at.
_ASKS_AGAIN = 0.8
# Places that are shown of a thing; the rest is on its own page.
_PLACES = 12


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that waits for a person.

    Attributes:
        kind: what it is, of what can be judged.
        id: its id; for an actor its name.
        says: it in words of the reports.
        found: what the program made of them.
        why: why it waits, in words, the weightiest reason first.
        importance: how much hangs on it, 0 to 1.
        uncertainty: how unsure it is, 0 to 1.
        evidence: where to look.
        asks: ids of judgements of it that ask again.
        there: whether the program still finds it.
    """

    kind: str
    id: str
    says: str
    found: str
    why: tuple[str, ...]
    importance: float
    uncertainty: float
    evidence: tuple[Evidence, ...] = ()
    asks: tuple[str, ...] = ()
    there: bool = True

    @property
    def weight(self) -> float:
        """What the queue is ordered by."""
        return round(self.importance * self.uncertainty, 4)


def queue(dossier: Dossier, play: StateOfPlay, judged: Iterable[Judged] | None = None) -> tuple[Item, ...]:
    """Return what waits for a person, what most needs one first.

    Args:
        dossier: the case.
        play: where its negotiation stands.
        judged: people's judgements with what they are of now; None: the dossier's own, which lack those of proposals
            and commitments.
    """
    every = tuple(dossier.judged if judged is None else judged)
    settled = {(j.judgement.subject.kind, j.target) for j in every if j.hold == "holds" and j.judgement.act != "note"}
    asking = _asking(j for j in every if j.hold == "stale" and j.judgement.act != "note")
    items = {(d.kind, d.id): _item(d) for d in _doubts(dossier, play) if (d.kind, d.id) not in settled}
    for place, some in asking.items():
        if place not in settled:
            items[place] = _asked(items.get(place), some, dossier)
    return tuple(sorted(items.values(), key=lambda i: (-i.weight, KINDS.index(i.kind), i.id)))


def _doubts(dossier: Dossier, play: StateOfPlay) -> Iterator[Doubted]:
    yield from of_findings(dossier)
    yield from of_quotes(dossier)
    yield from of_speakers(dossier)
    yield from of_actors(dossier)
    yield from of_moves(dossier, play)
    yield from of_proposals(play)
    yield from of_commitments(play)


def _item(doubted: Doubted) -> Item:
    return Item(
        kind=doubted.kind,
        id=doubted.id,
        says=doubted.says,
        found=doubted.found,
        why=tuple(r.words for r in sorted(doubted.reasons, key=lambda r: (-r.doubt, r.words))),
        importance=round(doubted.importance, 4),
        uncertainty=round(doubted.uncertainty, 4),
        evidence=doubted.evidence[:_PLACES],
    )


def _asking(judged: Iterable[Judged]) -> dict[tuple[str, str], list[Judged]]:
    """Judgements that ask again, by the thing they are of now, or were of where it is not found any more."""
    found: dict[tuple[str, str], list[Judged]] = {}
    for one in judged:
        subject = one.judgement.subject
        if subject.kind in KINDS:
            found.setdefault((subject.kind, one.target or subject.id), []).append(one)
    return found


def _asked(item: Item | None, judged: list[Judged], dossier: Dossier) -> Item:
    last = judged[-1].judgement
    changed = "the report and what is found in it have both changed"
    why = tuple(f"a judgement asks again: {j.judgement.act} by {j.judgement.user}; {changed}" for j in judged)
    base = item or _from_subject(judged[-1], dossier)
    return msgspec.structs.replace(
        base,
        why=(*dict.fromkeys(why), *base.why),
        importance=max(base.importance, _ASKS_AGAIN),
        uncertainty=1.0,
        asks=tuple(j.judgement.id for j in judged),
        found=base.found or last.subject.found,
    )


def _from_subject(judged: Judged, dossier: Dossier) -> Item:
    """What asks again and is not in doubt otherwise, or is not there: told by the words it was judged by."""
    subject = judged.judgement.subject
    texts = {r.report.id: r.report.text for r in dossier.readings}
    there = [a for a in subject.anchors if a.span.of(texts.get(a.report, "")) == a.words]
    return Item(
        kind=subject.kind,
        id=judged.target or subject.id,
        says=one_line(" … ".join(dict.fromkeys(a.words for a in subject.anchors[:3]))) or subject.id,
        found=subject.found,
        why=() if judged.target else ("the program does not find it any more",),
        importance=_ASKS_AGAIN,
        uncertainty=1.0,
        evidence=tuple(Evidence(report=a.report, span=a.span) for a in there[:_PLACES]),
        there=judged.target is not None,
    )
