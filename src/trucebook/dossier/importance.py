"""How central a finding is: what the first screen of a brief holds.

The score is a weighted sum of six parts, each from 0 to 1, so that it can be taken apart:

    origins   independent origins behind it, of those behind the reports of its event
    reports   reports that tell it, of the reports of its event that copy no other
    place     how early its reports tell it: 1 in the first sentence, 0 at the end
    actors    how much of what the event's reports name is its actors
    moves     whether it tells an act of the negotiation, and how much hangs on that act
    dispute   whether reports or parties contradict each other over it, and how surely

The findings of an event that few reports tell weigh less than those of one that many do.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import msgspec

from trucebook.dossier.model import Importance
from trucebook.span import SpanIndex

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from trucebook.dossier.model import Dossier, Evidence, Finding
    from trucebook.reading.model import Mention, Move, Reading

# What the parts weigh; together 1. Origins and reports come first, for a brief is of what reports tell together.
WEIGHTS = {"origins": 0.25, "reports": 0.2, "place": 0.2, "actors": 0.1, "moves": 0.15, "dispute": 0.1}
# Acts by which a negotiation stands or falls; the others tell of it (`reading.model.Act`).
_DECISIVE = frozenset(
    {"propose", "counter", "accept", "accept_if", "refuse", "agree", "sign", "suspend", "resume", "withdraw", "promise",
     "set_deadline", "postpone", "demand"}
)  # fmt: skip
_OTHER_ACT, _UNDONE, _CONDITION = 0.5, 0.8, 0.7
# Another wording is less of a dispute than another fact, and parties differ more often than reports do.
_WORDING, _PARTIES = 0.3, 0.8


@dataclass(frozen=True)
class _Event:
    """What the findings of one event are measured against."""

    reports: int
    named: Counter[str]
    weight: float


@dataclass
class Scale:
    """What findings are measured against.

    Args:
        groups: the readings, those of one event together.
        copies: id of the report that a report copies, by the copy's id.
        canonical: (report id, the actor's name there) to the actor's canonical name.
    """

    groups: Sequence[Sequence[Reading]]
    copies: Mapping[str, str]
    canonical: Mapping[tuple[str, str], str]
    _events: dict[str, _Event] = field(init=False, default_factory=dict)
    _readings: dict[str, Reading] = field(init=False, default_factory=dict)
    _mentions: dict[str, SpanIndex[Mention]] = field(init=False, default_factory=dict)
    _moves: dict[str, SpanIndex[Move]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Count what each event is made of."""
        largest = max(map(len, self.groups), default=1)
        for group in self.groups:
            event = _Event(
                reports=len({self.copies.get(r.report.id, r.report.id) for r in group}),
                named=Counter(self._name(r.report.id, m) for r in group for m in r.mentions if m.type != "place"),
                weight=math.log1p(len(group)) / math.log1p(largest),
            )
            for reading in group:
                self._events[reading.report.id] = event
                self._readings[reading.report.id] = reading

    def weigh(self, finding: Finding) -> Finding:
        """Return a finding with its strength and the parts of it."""
        places = [e for p in finding.positions for e in p.evidence]
        event = self._events[places[0].report]
        told = {self.copies.get(e.report, e.report) for e in places}
        parts = {
            "origins": finding.origins / event.reports,
            "reports": len(told) / event.reports,
            "place": self._place(places),
            "actors": self._actors(places, event),
            # What hangs on a condition is an act of the negotiation too, whatever its words.
            "moves": max(self._acts(places), _CONDITION if finding.conditions else 0.0),
            "dispute": _dispute(finding),
        }
        found = Importance(**{name: round(min(1.0, part), 4) for name, part in parts.items()})
        total = sum(WEIGHTS[name] * min(1.0, part) for name, part in parts.items())
        return msgspec.structs.replace(finding, strength=round(total * event.weight, 4), importance=found)

    def _name(self, report: str, mention: Mention) -> str:
        return self.canonical.get((report, mention.actor), mention.actor)

    def _place(self, places: Iterable[Evidence]) -> float:
        """The mean over the reports of how early each tells it first."""
        first: dict[str, float] = {}
        for place in places:
            order = place.span.start / max(1, self._readings[place.report].report.length)
            first[place.report] = min(order, first.get(place.report, 1.0))
        return 1 - sum(first.values()) / len(first)

    def _actors(self, places: Iterable[Evidence], event: _Event) -> float:
        names = {self._name(e.report, m) for e in places for m in self._named(e) if m.type != "place"}
        return sum(event.named[n] for n in names) / max(1, event.named.total())

    def _named(self, place: Evidence) -> Iterable[Mention]:
        if place.report not in self._mentions:
            every = self._readings[place.report].mentions
            self._mentions[place.report] = SpanIndex((m.span, m) for m in every)
        return self._mentions[place.report].touching(place.span)

    def _acts(self, places: Iterable[Evidence]) -> float:
        return max((_weight(m) for e in places for m in self._told(e)), default=0.0)

    def _told(self, place: Evidence) -> Iterable[Move]:
        if place.report not in self._moves:
            every = self._readings[place.report].moves
            self._moves[place.report] = SpanIndex((m.trigger, m) for m in every)
        return self._moves[place.report].touching(place.span)


def central(dossier: Dossier, strength: float = 0.0, origins: int = 1) -> Dossier:
    """Return a dossier without the findings that are less central, or have fewer origins, than asked.

    Args:
        dossier: with all its findings.
        strength: that a finding has at least, 0 to 1.
        origins: that it has at least.
    """
    kept = tuple(f for f in dossier.findings if f.strength >= strength and f.origins >= origins)
    ids = {f.id for f in kept}
    rows = tuple(row for row in dossier.coverage if row.finding in ids)
    return msgspec.structs.replace(dossier, findings=kept, coverage=rows)


def _weight(move: Move) -> float:
    """What an act weighs: less where it is not one that decides, and where it is not done, or hangs on something."""
    decisive = 1.0 if move.act in _DECISIVE else _OTHER_ACT
    return decisive * (1.0 if move.status in {"done", "conditional"} else _UNDONE)


def _dispute(finding: Finding) -> float:
    if finding.standing != "disputed":
        return 0.0
    sure = 1.0 if finding.confidence is None else finding.confidence
    over = _WORDING if finding.kind == "wording" else 1.0
    return sure * over * (_PARTIES if finding.level == "parties" else 1.0)
