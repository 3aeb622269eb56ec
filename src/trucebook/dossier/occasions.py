"""When and where what a statement tells takes place: two statements of other days or places do not tell one fact.

A false parting costs a line of agreement, a false joining shows two meetings as one. So places part two statements only
where each is in a place that is no state, and no report names the one right beside the other ("in Kiruna, in the
north"); days of the week only where their dates are known and lie two days or more apart: midnight is not everywhere
at once.
"""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from trucebook.span import SpanIndex

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from trucebook.reading.model import Clause, Mention, Reading

_DAY_NAME = re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b", re.IGNORECASE)
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
# "In Geneva", "at the port of Bodo".
_THERE = re.compile(r"\b(?:in|at|near|outside|inside)\s+(?:the\s+)?(?:[\w-]+\s+){0,2}$", re.IGNORECASE)
_BEFORE = 40
# What stands between the names of two places of which one lies in the other or beside it.
_KIN = re.compile(r",?\s*(?:(?:in|on|near|outside|at|of)\s+(?:the\s+)?(?:[\w-]+\s+){0,2})?\(?", re.IGNORECASE)
_KIN_WITHIN = 30
# "Until Friday" and "on Monday" are two ends of one thing, perhaps.
_EDGE = re.compile(
    r"\b(?:until|till|through|by|before|to|from|since|after|starting|beginning)\s+(?:\w+\s+)?$", re.IGNORECASE
)
_APART = 2


class Occasion(NamedTuple):
    """When and where a statement's matter takes place.

    Attributes:
        places: names of the places that it is in, with those that lie in or around these.
        weekdays: dates, in ISO 8601, of the days of the week that it names.
    """

    places: frozenset[str] = frozenset()
    weekdays: frozenset[str] = frozenset()


class Occasions:
    """Finds the occasions of clauses.

    Args:
        readings: of all reports that are compared: where one says what lies where, it holds for all.
        canonical: (report id, a place's name there) to its canonical name.
    """

    def __init__(self, readings: Iterable[Reading], canonical: Mapping[tuple[str, str], str]) -> None:
        self._canonical = canonical
        self._kin: dict[str, set[str]] = defaultdict(set)
        self._places: dict[str, SpanIndex[Mention]] = {}
        self._days: dict[str, SpanIndex[str]] = {}
        for reading in readings:
            self._take_in(reading)

    def of(self, clause: Clause, reading: Reading) -> Occasion:
        """Return when and where what a clause tells takes place.

        Args:
            clause: of the reading.
            reading: one of those that were given.
        """
        rid, text = reading.report.id, reading.report.text
        inside = [m for m in self._places[rid].touching(clause.span) if clause.span.covers(m.span)]
        named = {self._name(rid, m) for m in inside if m.type == "place" and _is_there(text, m)}
        return Occasion(
            places=frozenset(named.union(*(self._kin[n] for n in named))),
            weekdays=frozenset(self._days[rid].touching(clause.span)),
        )

    def _take_in(self, reading: Reading) -> None:
        rid, text = reading.report.id, reading.report.text
        places = [m for m in reading.mentions if m.type in {"place", "state"}]
        self._places[rid] = SpanIndex((m.span, m) for m in places)
        spoken = SpanIndex((q.span, q) for q in reading.quotations)
        # A day inside quotation marks is the speaker's, and without a day of publication a name of a day has no date.
        self._days[rid] = SpanIndex(
            (t.span, t.value)
            for t in reading.times
            if reading.report.published and t.value and _DAY.fullmatch(t.value) and _DAY_NAME.search(t.span.of(text))
            if not _EDGE.search(text[max(0, t.span.start - _BEFORE) : t.span.start])
            if not any(q.span.covers(t.span) for q in spoken.touching(t.span))
        )
        ordered = sorted(places, key=lambda m: m.span)
        for one, other in pairwise(ordered):
            between = text[one.span.end : other.span.start]
            if len(between) <= _KIN_WITHIN and _KIN.fullmatch(between):
                first, second = self._name(rid, one), self._name(rid, other)
                self._kin[first].add(second)
                self._kin[second].add(first)

    def _name(self, rid: str, mention: Mention) -> str:
        return self._canonical.get((rid, mention.actor), mention.actor)


def _is_there(text: str, place: Mention) -> bool:
    return bool(_THERE.search(text[max(0, place.span.start - _BEFORE) : place.span.start]))


NOWHERE = Occasion()
"""Of a statement that names no place and no day of the week."""


def elsewhere(a: Occasion, b: Occasion) -> bool:
    """Return whether each is in a place, and no place of the one is, holds or lies in a place of the other."""
    return bool(a.places and b.places) and not a.places & b.places


def on_other_days(a: Occasion, b: Occasion) -> bool:
    """Return whether each names days of the week, and all of the one lie two days or more from all of the other."""
    days = [[datetime.date.fromisoformat(v) for v in o.weekdays] for o in (a, b)]
    return bool(days[0] and days[1]) and all(_are_apart(x, y) for x in days[0] for y in days[1])


def _are_apart(a: datetime.date, b: datetime.date) -> bool:
    # One day of the week in two weeks ("Friday", "Friday in the week ahead") may be one day, read wrongly.
    return abs((a - b).days) >= _APART and a.weekday() != b.weekday()
