"""The actors as the page shows them: names, offices with their places, and why names were taken for one actor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from trucebook.render.shown import line

if TYPE_CHECKING:
    from trucebook.dossier.model import Actor, Belonging, Dossier, Evidence, Held

KINDS = {"person": "person", "organisation": "organisation", "state": "state"}
_TIMES = {"now": "", "acting": "acting", "then": "at that time", "former": "no longer", "future": "not yet"}


@dataclass(frozen=True, kw_only=True)
class Duty:
    """An office as it is shown.

    Attributes:
        words: the reports' words.
        time: when it is held; empty for now.
        places: where it is told.
    """

    words: str
    time: str
    places: tuple[Evidence, ...]


@dataclass(frozen=True, kw_only=True)
class Join:
    """Two names that were taken for one actor's.

    Attributes:
        names: the two names.
        reason: why, in words.
        score: likeness of the names, 0 to 100.
    """

    names: tuple[str, str]
    reason: str
    score: int


@dataclass(frozen=True, kw_only=True)
class Figure:
    """An actor as it is shown.

    Attributes:
        mark: its name in the brief ("W3").
        name: what it is called.
        kind: person, organisation or state.
        others: the other names that reports use.
        reports: how many reports name it.
        duties: its offices.
        side: whose side it is on, with a word on who says so.
        joins: why its names were taken for one actor's.
        identifiers: its names in other data.
    """

    mark: str
    name: str
    kind: str
    others: tuple[str, ...]
    reports: int
    duties: tuple[Duty, ...]
    side: str
    joins: tuple[Join, ...]
    identifiers: tuple[str, ...]


def figures(dossier: Dossier) -> tuple[Figure, ...]:
    """Return the actors of a dossier that are no places, the most often named first."""
    shown = [a for a in dossier.actors if a.type in KINDS]
    return tuple(_figure(actor, f"W{number}") for number, actor in enumerate(shown, 1))


def _figure(actor: Actor, mark: str) -> Figure:
    given = actor.given.identifiers if actor.given is not None else {}
    return Figure(
        mark=mark,
        name=line(actor.name),
        kind=KINDS[actor.type],
        others=tuple(line(alias) for alias in actor.aliases if alias != actor.name),
        reports=len(actor.reports),
        duties=tuple(map(_duty, actor.offices)),
        side=_side(actor.side),
        joins=tuple(
            Join(names=(line(m.names[0]), line(m.names[1])), reason=m.reason, score=round(m.score))
            for m in actor.merges
        ),
        identifiers=tuple(line(f"{key} {value}") for key, value in given.items()),
    )


def _duty(office: Held) -> Duty:
    return Duty(words=line(office.words), time=_TIMES[office.when], places=office.evidence)


def _side(side: Belonging | None) -> str:
    if side is None:
        return ""
    return f"side of {line(side.value)}, as given" if side.given else f"acts for {line(side.value)}"
