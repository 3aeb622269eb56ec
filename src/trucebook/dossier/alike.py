"""What looks like a dispute and is none: numbers of another precision, time, place or day, and utterances alike."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

from trucebook.dossier.findings import finding_id
from trucebook.dossier.model import Evidence, Lookalike, Position
from trucebook.dossier.one_number import is_outcome, same_news, same_time, tell_alike, worth
from trucebook.dossier.units import dimension, in_common_units
from trucebook.dossier.values import shown
from trucebook.dossier.wording import content_stems, keys
from trucebook.reading.bounds import compatible

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from trucebook.dossier.model import LookalikeReason, Quote, Variant
    from trucebook.dossier.values import Number
    from trucebook.reading.model import Reading

# So many groups of one measure are compared with each other, the largest first: the cost is the square of their number.
_GROUPS = 40
# Uncommon words around two numbers that make them be about one matter, and the share of the fewer.
_SHARED, _SHARE = 3, 0.5
# How far apart two measures may be where one is the other in rounded figures.
_ROUNDED = 0.06
# Words of matter that two utterances share, and their share of the fewer; so many of one speaker's are compared.
_SAID, _SAID_SHARE, _OF_ONE = 4, 0.5, 60


def number_lookalikes(groups: Sequence[Sequence[Number]], copies: Mapping[str, str]) -> tuple[Lookalike, ...]:
    """Return the numbers that differ without contradicting each other, and why they do not.

    Args:
        groups: numbers of one thing each.
        copies: which report each copy copies.
    """
    found = [x for group in groups if (x := _rounded(group, copies))]
    by_measure: dict[str, list[Sequence[Number]]] = defaultdict(list)
    for group in groups:
        by_measure[group[0].quantity.of or ""].append(group)
    for of in sorted(by_measure):
        largest = sorted(by_measure[of], key=lambda g: -len({n.report for n in g}))[:_GROUPS]
        found += [x for a, b in combinations(largest, 2) if (x := _apart(a[0], b[0], copies))]
    return (*found, *_units(groups, copies))


def _units(groups: Sequence[Sequence[Number]], copies: Mapping[str, str]) -> Iterator[Lookalike]:
    """One thing measured in miles by the one and in kilometers by the other."""
    by_dimension: dict[str, list[Number]] = defaultdict(list)
    for group in sorted(groups, key=lambda g: -len({n.report for n in g})):
        if (kind := dimension(group[0].quantity.of or "")) is not None and len(by_dimension[kind]) < _GROUPS:
            by_dimension[kind].append(group[0])
    for kind in sorted(by_dimension):
        for a, b in combinations(by_dimension[kind], 2):
            one, other = in_common_units(a), in_common_units(b)
            if a.quantity.of == b.quantity.of or not one or not other or not _in_one_matter(a, b, copies):
                continue
            if abs(one - other) <= _ROUNDED * max(one, other):
                why = f"{_with_unit(a)} and {_with_unit(b)} are about the same {kind}"
                yield _lookalike([[a], [b]], "unit or name", why)


def _with_unit(number: Number) -> str:
    return f"{shown(number.quantity)} {number.quantity.of}"


def _in_one_matter(a: Number, b: Number, copies: Mapping[str, str]) -> bool:
    """Whether two origins give numbers in the same matter: the words around them are mostly shared."""
    shared = len(a.around & b.around)
    enough = shared >= _SHARED and shared >= _SHARE * min(len(a.around), len(b.around))
    return enough and copies.get(a.report, a.report) != copies.get(b.report, b.report)


def _rounded(group: Sequence[Number], copies: Mapping[str, str]) -> Lookalike | None:
    """One thing counted more and less exactly."""
    by_value: dict[str, list[Number]] = defaultdict(list)
    for number in group:
        by_value[shown(number.quantity)].append(number)
    fit = all(compatible(a.quantity, b.quantity) for a, b in combinations(group, 2))
    origins = {copies.get(n.report, n.report) for n in group}
    if len(by_value) == 1 or len(origins) == 1 or not fit:
        return None
    values = " and ".join(by_value)
    return _lookalike(list(by_value.values()), "precision", f"{values} can all be true: they differ in precision alone")


def _apart(a: Number, b: Number, copies: Mapping[str, str]) -> Lookalike | None:
    """Numbers of one measure in one matter that hold at different times or places, or are news of different days."""
    if compatible(a.quantity, b.quantity) or not tell_alike(a.quantity, b.quantity) or not _in_one_matter(a, b, copies):
        return None
    reason = next(_reasons(a, b), None)
    return _lookalike([[a], [b]], *reason) if reason else None


def _reasons(a: Number, b: Number) -> Iterator[tuple[LookalikeReason, str]]:
    values = f"{shown(a.quantity)} and {shown(b.quantity)}"
    if a.scope != b.scope:
        return
    if a.published and b.published and not same_news(a, b):
        yield "later update", f"{values} are told on {a.published} and {b.published}"
    if not same_time(a, b):
        yield "window", f"{values} are of different times ({_days(a)}; {_days(b)})"
    if a.place and b.place and not (a.place <= b.place or b.place <= a.place) and is_outcome(a.quantity):
        yield "window", f"{values} are of different places ({a.place_name}; {b.place_name})"


def _days(number: Number) -> str:
    return ", ".join(sorted(number.when))


def _lookalike(sides: Sequence[Sequence[Number]], reason: LookalikeReason, why: str) -> Lookalike:
    ordered = sorted(sides, key=lambda side: (worth(side[0])[0] or 0, shown(side[0].quantity)))
    named = (_with_unit(side[0]) if reason == "unit or name" else shown(side[0].quantity) for side in ordered)
    places = (tuple(sorted({n.evidence for n in side})) for side in ordered)
    positions = tuple(Position(value=value, evidence=evidence) for value, evidence in zip(named, places, strict=True))
    return Lookalike(
        id=finding_id("single", "value", positions).replace("f", "l", 1),
        kind="value",
        reason=reason,
        statement=max((n for side in sides for n in side), key=lambda n: (len(n.near), n.report)).statement,
        positions=positions,
        why=why,
    )


def utterance_lookalikes(
    quotes: Sequence[Quote], readings: Mapping[str, Reading], copies: Mapping[str, str]
) -> tuple[Lookalike, ...]:
    """Return utterances of one speaker, printed by different reports, that resemble each other and are two.

    Args:
        quotes: with all their versions.
        readings: by report id.
        copies: id of the report that a report copies, by the copy's id.
    """
    by_speaker: dict[str, list[Quote]] = defaultdict(list)
    for quote in quotes:
        if quote.speaker:
            by_speaker[quote.speaker].append(quote)
    found = []
    for speaker in sorted(by_speaker):
        some = by_speaker[speaker][:_OF_ONE]
        words = [content_stems(keys(_printed(q.variants[0], readings))) for q in some]
        for i, j in combinations(range(len(some)), 2):
            shared = len(words[i] & words[j])
            near = shared >= _SAID and shared >= _SAID_SHARE * min(len(words[i]), len(words[j]))
            if near and _apart_in_print(some[i], some[j], copies):
                found.append(_two_utterances(speaker, (some[i], some[j]), readings))
    return tuple(found)


def _printed(variant: Variant, readings: Mapping[str, Reading]) -> str:
    return variant.span.of(readings[variant.report].report.text)


def _apart_in_print(a: Quote, b: Quote, copies: Mapping[str, str]) -> bool:
    """Whether no report prints both: one that does tells its readers that there are two."""
    one, other = ({copies.get(v.report, v.report) for v in q.variants} for q in (a, b))
    return not one & other


def _two_utterances(speaker: str, quotes: tuple[Quote, Quote], readings: Mapping[str, Reading]) -> Lookalike:
    positions = tuple(
        Position(value=speaker, evidence=tuple(sorted({Evidence(report=v.report, span=v.span) for v in q.variants})))
        for q in quotes
    )
    return Lookalike(
        id=finding_id("single", "wording", positions).replace("f", "l", 1),
        kind="wording",
        reason="another utterance",
        statement=" ".join(_printed(quotes[0].variants[0], readings).split()),
        positions=positions,
        why=f"two utterances of {speaker} that resemble each other, and not one in two wordings",
    )
