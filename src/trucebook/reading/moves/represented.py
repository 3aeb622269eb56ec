"""For whom persons and bodies act: the state or body whose office a report gives them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trucebook.reading.gazetteer import state_adjective, state_behind
from trucebook.reading.moves.lexicon import lexicon, words
from trucebook.reading.roles import read_role
from trucebook.reading.unlisted import is_adjective_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from trucebook.reading.model import LocalActor

ADMINISTRATIONS = frozenset({"administration", "government", "cabinet", "office"})
"""Nouns for a body that bears the name of whoever leads it."""


def unlisted(actors: Sequence[LocalActor]) -> tuple[str, ...]:
    """Return the states of a report that no gazetteer has."""
    return tuple(a.name for a in actors if a.type == "state" and state_adjective(a.name) is None)


def parties_of(actors: Sequence[LocalActor]) -> dict[str, str]:
    """Return the state or body for which each person of a report acts, and the state behind each office of one."""
    found = {a.name: s for a in actors if (s := state_behind(a.name)) is not None}
    for actor in actors:
        first, _, last = actor.name.partition(" ")
        state = state_adjective(first)
        if actor.type == "organisation" and state is not None and last and _is_organ(last):
            found[actor.name] = state
    named = _by_alias(actors)
    # "The Zubran president" of what the report takes for a place acts for it.
    states = {*unlisted(actors), *(a.name for a in actors if a.type == "place" and state_adjective(a.name) is None)}
    own = {a.name: a for a in actors if a.name in states}
    offices = {w for a in actors for role in a.roles for w in role.split()} if own else set()
    named = {w: own[n] for w in offices for n in own if is_adjective_of(w, n)} | named
    people = [a for a in actors if a.type == "person"]
    for _ in range(2):  # an aide's party is known once that of whom they serve is
        for actor in people:
            served = {p for role in actor.roles if (p := _served(role, actor.name, named, found)) is not None}
            if len(served) == 1:
                found[actor.name] = next(iter(served))
    for actor in actors:
        first, _, last = actor.name.rpartition(" ")
        owner = named.get(first.removesuffix("'s")) if last in ADMINISTRATIONS else None
        if owner is not None and owner.name in found:
            found[actor.name] = found[owner.name]
    return found


def _is_organ(name: str) -> bool:
    """Whether a body speaks for the state with whose name it begins ("the Danish Foreign Ministry")."""
    return name.rsplit(maxsplit=1)[-1].lower() in words("organs")


def _by_alias(actors: Sequence[LocalActor]) -> dict[str, LocalActor]:
    """Actors by each of their names, and persons by the last of them where it is one person's alone."""
    found: dict[str, LocalActor] = {}
    last: dict[str, list[LocalActor]] = {}
    for actor in actors:
        if actor.type != "place":
            # "Leader" is what somebody is called, not a name.
            found |= dict.fromkeys((n for n in (*actor.aliases, actor.name) if not n.islower()), actor)
        if actor.type == "person":
            last.setdefault(actor.name.split()[-1], []).append(actor)
    return {name: those[0] for name, those in last.items() if len(those) == 1} | found


def _served(role: str, holder: str, named: Mapping[str, LocalActor], found: Mapping[str, str]) -> str | None:
    """For whom the holder of an office acts: the one state that it names, or the one actor."""
    read = read_role(role)
    if read.past or read.office is None or not any(read.office.endswith(o) for o in words("offices")):
        return None
    if len(read.states) == 1:
        return next(iter(read.states))
    those = {a.name: a for a in _named_in(role, named) if a.name != holder}
    if not those and not read.modifiers:
        return dict(lexicon().words.unmarked).get(read.office)
    served = {found.get(n, n) for n in those}
    one = next(iter(served)) if len(served) == 1 else None
    return None if one in those and those[one].type == "person" else one


def _named_in(role: str, named: Mapping[str, LocalActor]) -> Iterator[LocalActor]:
    """The actors whom the words of an office name."""
    bare = role.replace("'s ", " ").replace("’s ", " ").replace("’ ", " ").split()
    for start in range(len(bare)):
        for end in range(start + 1, min(len(bare), start + 6) + 1):
            actor = named.get(" ".join(bare[start:end]))
            if actor is not None:
                yield actor
