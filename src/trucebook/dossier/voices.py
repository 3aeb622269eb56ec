"""For whom somebody speaks: a minister and his ministry are one party, and an agency that relays is none.

What two parties say is never joined lightly, for each may say it of himself. But a state, its offices, its officials
and its state media speak for one party; and an outlet to which a report gives words tells them as the report does.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from trucebook.dossier.outlets import Outlets, state_media
from trucebook.reading.bodies import GOVERNMENTS
from trucebook.reading.gazetteer import state_adjective, state_behind
from trucebook.reading.titles import is_body

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from trucebook.reading.model import Reading

_PRESENT = frozenset({"now", "acting"})


class Voices:
    """Who speaks for whom in the reports of a case.

    Args:
        readings: one a report.
        canonical: (report id, the actor's name there) to the actor's canonical name.
    """

    def __init__(self, readings: Sequence[Reading], canonical: Mapping[tuple[str, str], str]) -> None:
        self._outlets = Outlets(r.report for r in readings)
        self._states: dict[str, set[str]] = defaultdict(set)
        self._families: dict[str, set[str]] = defaultdict(set)
        self._known: dict[str, str | None] = {}
        for reading in readings:
            for actor in reading.actors:
                if actor.type == "person":
                    name = canonical.get((reading.report.id, actor.name), actor.name)
                    self._states[name] |= {s for o in actor.offices if o.when in _PRESENT for s in o.states}
                    self._families[name.rsplit(maxsplit=1)[-1]].add(name)

    def side(self, name: str) -> str | None:
        """Return the state for which an actor speaks, else the actor; None for an outlet that speaks for nobody.

        Args:
            name: the actor's canonical name.
        """
        if name not in self._known:
            self._known[name] = self._side(name)
        return self._known[name]

    def _side(self, name: str) -> str | None:
        outlet = self._outlets.known(name)
        if outlet is not None:
            return state_media(outlet)
        own = self._one_state(name) or state_behind(name)
        if own is None and " " in name:
            first, last = name.split(maxsplit=1)[0], name.rsplit(maxsplit=1)[-1]
            heads = self._families.get(first, set()) if last in GOVERNMENTS else set()
            if len(heads) == 1:
                own = self._one_state(next(iter(heads)))
            elif name not in self._states and is_body(last):
                own = state_adjective(first)
        return own or name

    def _one_state(self, person: str) -> str | None:
        states = self._states.get(person, set())
        return next(iter(states)) if len(states) == 1 else None
