"""Who in a dossier is a private person: named, and by nothing that the reports tell a public actor.

A person is public who holds, held or will hold an office or a title in some report, who acts for a state or a body,
who is named as the one that an office belongs to ("Marlow's envoy"), after whom a government is called, whom the user's
file of actors has, or who signed a report. All others are private; in doubt a person is private.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from trucebook.lexicons import load
from trucebook.reading.titles import titles

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from trucebook.dossier.model import Actor, Dossier

_WORD = re.compile(r"[^\W\d_](?:[\w’'-]*\w)?")
# What follows these in an office is not what its bearer is ("secretary of state", "envoy to the talks").
_ENDS = frozenset({"of", "to", "for", "in", "at", "on", "from", "and", "with", "under", "who", "whose"})
_CALLED_AFTER = frozenset({"administration", "government", "cabinet", "presidency", "campaign"})
_OWNER = ("’s", "'s", "’", "'")


class Private(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file `redaction.toml`.

    Attributes:
        private: what a report may call a private person.
    """

    private: tuple[str, ...]


@cache
def private_words() -> frozenset[str]:
    """Return what a report may call a private person."""
    return frozenset(load("redaction.toml", Private).private)


def private_persons(dossier: Dossier) -> tuple[Actor, ...]:
    """Return the private persons of a dossier, in its order.

    Args:
        dossier: the dossier.
    """
    known = _known_otherwise(dossier)
    persons = [a for a in dossier.actors if a.type == "person"]
    return tuple(a for a in persons if not _is_public(a) and not ({a.name, *a.aliases} & known))


def _is_public(actor: Actor) -> bool:
    told = [*actor.roles, *(office.words for office in actor.offices)]
    return actor.given is not None or actor.state is not None or any(map(is_office, told))


def is_office(words: str) -> bool:
    """Return whether an office or description makes its bearer a public actor ("former judge", not "whose son")."""
    head: list[str] = []
    for word in words.lower().replace(".", "").split():
        if word in _ENDS and head:
            break
        head.append(word.strip(",;:").removeprefix("co-"))
    return any(
        " ".join(head[at:]) in titles().titles | titles().offices | titles().plurals for at in range(len(head))
    ) and not any(" ".join(head[at:]) in private_words() for at in range(len(head)))


def _known_otherwise(dossier: Dossier) -> frozenset[str]:
    """Names of those whose offices others hold, after whom a body is called, and who sign, or are, outlets."""
    found: set[str] = set()
    for actor in dossier.actors:
        if actor.type != "person":
            found.update(w for form in (actor.name, *actor.aliases) for w in _head_of(form))
        for office in actor.offices:
            found.update(office.of)
    for reading in dossier.readings:
        found.update(_signed(reading.report.outlet), _signed(reading.report.author))
        # Who acts for a state or a body in the negotiation is no private person.
        found.update(name for move in reading.moves if move.parties for name in move.actors)
    return frozenset(found)


def _signed(told: str | None) -> Iterator[str]:
    for name in re.split(r",|;| and ", told or ""):
        yield from filter(None, (name.strip(), name.strip().removeprefix("By ")))


def _head_of(form: str) -> Iterable[str]:
    """The one after whom a government is called ("the Marlow administration")."""
    return name_words(form) if form.lower().split()[-1:] and form.lower().split()[-1] in _CALLED_AFTER else ()


def name_words(form: str) -> Iterator[str]:
    """Yield the words of a name that are written with a capital, without forms of address, titles and possessives."""
    for match in _WORD.finditer(form):
        word = match.group()
        for ending in _OWNER:
            word = word.removesuffix(ending)
        low = word.lower()
        if word[:1].isupper() and low not in titles().honorifics and low not in titles().titles:
            yield word
