"""Disputes over ranks: two who are told to be the first or the largest of one kind, or one at two places of a row."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

from trucebook.dossier.model import Evidence, Finding, Position
from trucebook.dossier.ranks import claims, lexicon
from trucebook.dossier.wording import content_stems, keys

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Mapping, Sequence

    from trucebook.dossier.model import FindingKind
    from trucebook.dossier.ranks import Claim, Kind
    from trucebook.reading.model import Reading

# Who is the largest today may not be next year.
_DAYS_APART = 31


def rank_findings(
    readings: Sequence[Reading], canonical: Mapping[tuple[str, str], str], copies: Mapping[str, str]
) -> tuple[Finding, ...]:
    """Return the disputes over who has a rank, and over which rank one has.

    Args:
        readings: of one event.
        canonical: canonical name of an actor, by report id and the name that the report knows it by.
        copies: which report each copy copies.
    """
    by_kind: dict[tuple[Kind, str], list[Claim]] = defaultdict(list)
    days = {}
    for reading in sorted(readings, key=lambda r: r.report.id):
        days[reading.report.id] = reading.report.published
        for claim in claims(reading, canonical):
            by_kind[claim.kind, claim.type].append(claim)
    found = []
    for key in sorted(by_kind, key=lambda k: (k[0].rank, k[0].role, sorted(k[0].scope), k[1])):
        group = by_kind[key]
        for rank in sorted({c.place for c in group}):
            sides = _sides([(c.actor, c) for c in group if c.place == rank], copies, days)
            if sides and not _are_nested(sides):
                found.append(_finding("actor", sides, f"there is but one {_told(group[0].kind, rank)}"))
        for actor in sorted({c.actor for c in group}):
            sides = _sides([(_told(c.kind, c.place), c) for c in group if c.actor == actor], copies, days)
            if sides:
                found.append(_finding("value", sides, "one actor, told to have two places in one row"))
    return tuple(found)


def _told(kind: Kind, place: int) -> str:
    if place == 1:
        return kind.rank
    words = next(word for word, at in lexicon().places.items() if at == place)
    return words if kind.rank == "first" else f"{words}-{kind.rank}"


def _sides(
    told: Iterable[tuple[str, Claim]], copies: Mapping[str, str], days: Mapping[str, datetime.date | None]
) -> dict[str, list[Claim]]:
    """What is told, by value, where two origins tell it differently; empty where they do not.

    A report that tells both by itself speaks of two things, or corrects itself; it stands on no side.
    """
    every = list(told)
    values: dict[str, set[str]] = defaultdict(set)
    for value, claim in every:
        values[claim.report].add(value)
    sides: dict[str, list[Claim]] = defaultdict(list)
    for value, claim in every:
        if len(values[claim.report]) == 1:
            sides[value].append(claim)
    pairs = combinations([c for some in sides.values() for c in some[:1]], 2)
    apart = all(_are_of_one_time(a, b, days) for a, b in pairs)
    origins = {copies.get(c.report, c.report) for some in sides.values() for c in some}
    return dict(sides) if len(sides) > 1 and len(origins) > 1 and apart else {}


def _are_of_one_time(a: Claim, b: Claim, days: Mapping[str, datetime.date | None]) -> bool:
    one, other = days.get(a.report), days.get(b.report)
    near = one is None or other is None or abs((one - other).days) <= _DAYS_APART
    return near and a.when == b.when and (a.tense is None or b.tense is None or a.tense == b.tense)


def _are_nested(sides: Iterable[str]) -> bool:
    """Whether one of several names may be another one's, or of a part of it: they share a word."""
    return any(content_stems(keys(a)) & content_stems(keys(b)) for a, b in combinations(sides, 2))


def _finding(kind: FindingKind, sides: Mapping[str, Sequence[Claim]], why: str) -> Finding:
    positions = tuple(
        Position(value=value, evidence=tuple(sorted({Evidence(report=c.report, span=c.span) for c in sides[value]})))
        for value in sorted(sides)
    )
    every = [c for some in sides.values() for c in some]
    voices = [{c.speaker for c in some} for some in sides.values()]
    apart = all(v and None not in v for v in voices) and not set.intersection(*voices)
    rows = [f"{p.value}:{e.report}:{e.span.start}-{e.span.end}" for p in positions for e in p.evidence]
    first = min(every, key=lambda c: (c.report, c.span))
    return Finding(
        id="r" + hashlib.blake2s("\x1f".join([kind, *rows]).encode(), digest_size=8).hexdigest(),
        standing="disputed",
        kind=kind,
        statement=first.words,
        origins=len({c.report for c in every}),
        positions=positions,
        why=why,
        level="parties" if apart else "reports",
    )
