"""What the reports, and the user, tell of an actor beside its names: offices over time, state, affiliation, side."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import msgspec

from trucebook.dossier.model import Belonging, Evidence, Given, Held
from trucebook.reading.gazetteer import state_adjective, state_behind
from trucebook.reading.titles import is_body, same_office

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Mapping, Sequence

    from trucebook.dossier.model import Actor
    from trucebook.reading.known import KnownActor
    from trucebook.reading.model import LocalActor, Office, Tenure

    Locals = Sequence[tuple[str, LocalActor]]
    Days = Mapping[str, datetime.date | None]
    Canonical = Mapping[tuple[str, str], str]

# An office of these times says for whom its holder acts now.
_PRESENT = frozenset({"now", "acting"})


def given(known: KnownActor | None) -> Given | None:
    """Return what the user's file tells of an actor."""
    if known is None:
        return None
    return Given(role=known.role, state=known.state, side=known.side, identifiers=dict(known.identifiers))


def held(told: Locals, days: Days, canonical: Canonical) -> tuple[Held, ...]:
    """Return the offices of a person, each once a state and time, with the places that tell of it.

    Args:
        told: the person as the reports know it, with the reports' ids.
        days: days of publication by report id.
        canonical: canonical name by report id and the actor's name there.
    """
    groups: dict[tuple[str, tuple[str, ...], Tenure], list[tuple[str, Office]]] = defaultdict(list)
    for report, office in _offices(told):
        groups[same_office(office.words), office.states, office.when].append((report, office))
    found = (_held(group, days, canonical) for group in groups.values())
    return tuple(sorted(found, key=lambda h: (-len(h.evidence), h.words, h.when)))


def _offices(told: Locals) -> Iterable[tuple[str, Office]]:
    return ((report, office) for report, actor in sorted(told, key=lambda x: x[0]) for office in actor.offices)


def _held(group: Sequence[tuple[str, Office]], days: Days, canonical: Canonical) -> Held:
    first = group[0][1]
    told = sorted(day for report, _ in group if (day := days.get(report)) is not None)
    return Held(
        words=first.words,
        when=first.when,
        states=first.states,
        of=tuple(dict.fromkeys(canonical.get((report, name), name) for report, o in group for name in o.of)),
        first_told=told[0] if told else None,
        last_told=told[-1] if told else None,
        evidence=tuple(Evidence(report=report, span=o.span) for report, o in group),
    )


def state(offices: Iterable[Held], names: Mapping[str, Evidence]) -> Belonging | None:
    """Return the one state that an actor acts for, or None where it is not told, or more than one is.

    A person acts for the state that every present office with a state names; an organisation for the state whose
    office it is, or whose adjective begins its name.

    Args:
        offices: of the actor.
        names: of an organisation, each with a place where it stands; empty for a person.
    """
    found: dict[str, list[Evidence]] = defaultdict(list)
    for office in offices:
        for name in office.states if office.when in _PRESENT else ():
            found[name] += office.evidence
    for name, place in names.items():
        own = state_behind(name) or _by_adjective(name)
        if own is not None:
            found[own].append(place)
    (value, places), *others = found.items() or [("", [])]
    return None if others or not value else Belonging(value=value, evidence=tuple(dict.fromkeys(places)))


def _by_adjective(name: str) -> str | None:
    first, _, rest = name.partition(" ")
    return state_adjective(first) if rest and is_body(rest.rsplit(maxsplit=1)[-1]) else None


def affiliations(offices: Iterable[Held]) -> tuple[Belonging, ...]:
    """Return the organisations and persons that a person's present offices belong to."""
    found: dict[str, list[Evidence]] = defaultdict(list)
    for office in offices:
        for name in office.of if office.when in _PRESENT else ():
            found[name] += office.evidence
    return tuple(Belonging(value=name, evidence=tuple(places)) for name, places in sorted(found.items()))


def through(actors: Iterable[Actor]) -> list[Actor]:
    """Give whoever acts for no state that is told the state of the one actor to whom the office belongs.

    "Marlow's chief of staff" acts for the state that Marlow acts for; the evidence is that of the office.
    """
    every = list(actors)
    states = {a.name: a.state.value for a in every if a.state is not None}
    found = []
    for actor in every:
        owners = [b for b in actor.affiliations if b.value in states]
        if actor.state is None and len(owners) == 1 == len(actor.affiliations):
            own = Belonging(value=states[owners[0].value], evidence=owners[0].evidence)
            found.append(msgspec.structs.replace(actor, state=own, side=actor.side or own))
        else:
            found.append(actor)
    return found


def side(known: KnownActor | None, own: Belonging | None) -> Belonging | None:
    """Return whose side an actor is on: the user's word, else the state that it acts for."""
    if known is not None and known.side is not None:
        return Belonging(value=known.side, given=True)
    return own
