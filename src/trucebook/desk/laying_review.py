"""From what waits for a person to what the pages of review show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trucebook.agreement.gather import terms, terms_judged
from trucebook.desk.review_views import OF_A_REPORT, HeldView, ItemView, Reviewed
from trucebook.render.shown import line
from trucebook.review import queue

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from trucebook.agreement.state import StateOfPlay
    from trucebook.desk.views import Wording
    from trucebook.dossier.model import Dossier, Evidence
    from trucebook.review import Item

MOST = 2000
"""Things that wait which a book holds: the weightiest. The rest come up when these are done."""


def review(
    dossier: Dossier,
    play: StateOfPlay,
    numbers: Mapping[str, int],
    wordings: Callable[[Iterable[Evidence]], tuple[Wording, ...]],
) -> Reviewed:
    """Return what a book holds for review.

    Args:
        dossier: the case.
        play: where its negotiation stands.
        numbers: of the reports, by name.
        wordings: makes places into words with what stands around them.
    """
    judged = (*dossier.judged, *terms_judged(dossier))
    items = queue(dossier, play, judged)
    there = {(item.kind, item.id) for item in items}
    settled = [item for item in queue(dossier, play, ()) if (item.kind, item.id) not in there] if judged else []
    return Reviewed(
        queue=tuple(_item(item, numbers, wordings) for item in items[:MOST]),
        beyond=max(0, len(items) - MOST),
        settled=tuple(_item(item, numbers, wordings) for item in settled[:MOST]),
        held={j.judgement.id: HeldView(kind=j.judgement.subject.kind, target=j.target, hold=j.hold) for j in judged},
        terms=terms(dossier),
    )


def _item(
    item: Item, numbers: Mapping[str, int], wordings: Callable[[Iterable[Evidence]], tuple[Wording, ...]]
) -> ItemView:
    first = item.evidence[0].report if item.kind in OF_A_REPORT and item.evidence else None
    return ItemView(
        kind=item.kind,  # type: ignore[arg-type]
        id=item.id,
        report=numbers[first] if first is not None else None,
        says=line(item.says),
        found=line(item.found),
        why=tuple(map(line, item.why)),
        importance=item.importance,
        uncertainty=item.uncertainty,
        wordings=wordings(item.evidence),
        asks=item.asks,
        there=item.there,
    )
