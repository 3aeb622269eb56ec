"""Terms by which two offers about one subject are told apart: how long, over what, and by whom."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from trucebook.agreement.gather.topics import domains, narrowing
from trucebook.span import SpanIndex

if TYPE_CHECKING:
    from collections.abc import Mapping

    from trucebook.agreement.gather.told import Told
    from trucebook.reading.model import Reading, Time
    from trucebook.span import Span

_WORD = re.compile(r"[^\W\d_]+")
_DURATION = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?")
# Characters before a duration in which the word stands that tells what it is of.
_BACK = 12
# "After six weeks of fighting", "within 10 days", "for several months' extension".
_NOT_LENGTHS = frozenset({"after", "during", "following", "in", "over", "since", "within", "by", "despite", "before"})
_RATE = re.compile(r"(?:an?|per|each|every)\s\w+$", re.IGNORECASE)
_OF_LENGTHS = frozenset({"for", "last", "lasts", "lasting", "of"})
_DAYS = (365.0, 30.0, 7.0, 1.0, 1 / 24, 1 / 1440)
# "A month" and "30 days", "a year" and "12 months" are one length.
_ALIKE = 0.05


class Terms(NamedTuple):
    """What the words of a move say of an offer.

    Attributes:
        days: how long it is to last, in days; 0 where they do not say.
        scope: what it covers where that is not all ("air", "sea").
        narrow: whether they say that it is less than another.
    """

    days: float = 0.0
    scope: frozenset[str] = frozenset()
    narrow: bool = False

    @property
    def told(self) -> bool:
        """Whether there is any."""
        return bool(self.days or self.scope or self.narrow)


class Durations:
    """Finds the durations of a case's reports.

    Args:
        readings: by report.
    """

    def __init__(self, readings: Mapping[str, Reading]) -> None:
        self._readings = readings
        self._by_report: dict[str, SpanIndex[Time]] = {}

    def inside(self, told: Told) -> list[str]:
        """Return the durations that the object of a move holds, as TIMEX3 values."""
        if told.move.object is None:
            return []
        if told.report not in self._by_report:
            times = self._readings[told.report].times
            self._by_report[told.report] = SpanIndex(
                (t.span, t) for t in times if t.type == "DURATION" and in_days(t.value or "")
            )
        found = self._by_report[told.report].touching(told.move.object)
        return [t.value for t in found if t.value and told.move.object.covers(t.span) and self._is_length(told, t.span)]

    def _is_length(self, told: Told, span: Span) -> bool:
        """Whether a duration is told as that of a thing, not as how long something went before or is put off."""
        text = self._readings[told.report].report.text
        before = _WORD.findall(text[max(0, span.start - _BACK) : span.start])
        if _RATE.match(span.of(text)) and before and before[-1].casefold() not in _OF_LENGTHS:
            # "400,000 cars a year" says how many.
            return False
        return not before or before[-1].casefold() not in _NOT_LENGTHS


def terms_of(told: Told, durations: Durations) -> Terms:
    """Return the terms in the words of a move's object."""
    words = {w.casefold() for w in _WORD.findall(told.object)}
    lengths = [d for v in durations.inside(told) if (d := in_days(v))]
    covered = frozenset(domains()[w] for w in words if w in domains())
    # What holds on the ground too holds everywhere.
    scope = frozenset() if "land" in covered else covered
    return Terms(lengths[0] if len(set(lengths)) == 1 else 0.0, scope, bool(words & narrowing()))


def in_days(duration: str) -> float:
    """Return about how many days a duration (ISO 8601) is; 0 where it does not say."""
    found = _DURATION.fullmatch(duration)
    return sum(int(n) * d for n, d in zip(found.groups(), _DAYS, strict=True) if n) if found else 0.0


def same_length(one: float, other: float) -> bool:
    """Return whether two lengths in days are told as one."""
    return abs(one - other) <= _ALIKE * max(one, other)
