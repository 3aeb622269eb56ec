"""What a move is about: the words of its object that carry a subject, as concepts."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from trucebook.dossier.features import concept, times_and_titles
from trucebook.dossier.wording import is_content
from trucebook.lexicons import load
from trucebook.reading.gazetteer import state_adjective

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
# "Three-day" says how long.
_LENGTH = re.compile(r"[-‑](?:hour|day|week|month|year)s?$")
_LONG = 3
# A move and a proposal share their subject where they share its head, or this share of the shorter one's words.
_ALIKE = 0.5


class Topics(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file `topics.toml`.

    Attributes:
        vehicles: nouns for an offer or an understanding as such.
        settled: those of them for what is agreed.
        refusals: stems of words that refuse without saying what.
        qualities: words that say of something how it is, not what.
        pronouns: words that mean what was spoken of before.
        assents: stems of words for agreeing to an offer, as a condition asks for it.
        approving: stems of words for the yes of those for whom a deal was made.
        bodies: words for who they are.
        ending: words for ending.
        fighting: words for what is ended by a truce.
        narrowing: words that say of an offer that it is less than another.
        domains: words for what a truce can be limited to, by the domain; "land" is everywhere.
    """

    vehicles: tuple[str, ...]
    settled: tuple[str, ...]
    refusals: tuple[str, ...]
    qualities: tuple[str, ...]
    pronouns: tuple[str, ...]
    assents: tuple[str, ...]
    approving: tuple[str, ...]
    bodies: tuple[str, ...]
    ending: frozenset[str]
    fighting: frozenset[str]
    narrowing: tuple[str, ...]
    domains: dict[str, tuple[str, ...]]


@cache
def _passed_over() -> frozenset[str]:
    topics: Topics = load("topics.toml", Topics)
    words = (topics.vehicles, topics.qualities, topics.pronouns, topics.narrowing, times_and_titles())
    return frozenset(w for listed in words for w in listed)


@cache
def _vehicles() -> frozenset[str]:
    found: Topics = load("topics.toml", Topics)
    return frozenset(found.vehicles)


@cache
def assents() -> frozenset[str]:
    """Return the stems of words for agreeing to an offer."""
    found: Topics = load("topics.toml", Topics)
    return frozenset(found.assents)


def is_approving(words: str) -> bool:
    """Return whether words begin with one for the yes of those for whom a deal was made ("ratified")."""
    topics: Topics = load("topics.toml", Topics)
    return words.casefold().startswith(topics.approving)


def body(words: str) -> str:
    """Return the word for the body whose approval words speak of ("cabinet"); empty where they name none."""
    topics: Topics = load("topics.toml", Topics)
    return next((w for w in map(str.casefold, _WORD.findall(words)) if w in topics.bodies), "")


@cache
def narrowing() -> frozenset[str]:
    """Return the words that say of an offer that it is less than another."""
    found: Topics = load("topics.toml", Topics)
    return frozenset(found.narrowing)


@cache
def domains() -> dict[str, str]:
    """Return the domain of each word for what a truce can be limited to."""
    found: Topics = load("topics.toml", Topics)
    return {word: name for name, listed in found.domains.items() for word in listed}


@cache
def refusals() -> tuple[str, ...]:
    """Return the stems of words that refuse without saying what."""
    found: Topics = load("topics.toml", Topics)
    return found.refusals


@cache
def _settled() -> frozenset[str]:
    found: Topics = load("topics.toml", Topics)
    return frozenset(found.settled)


def topic(words: str, names: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the concepts that words are about, in order, each once.

    Args:
        words: of a report.
        names: of actors, whose words are no subject.
    """
    named = {part.casefold() for name in names for part in _WORD.findall(name)}
    truce = ends_fighting(words)
    found = [concept("truce")] if truce else []
    for word in _WORD.findall(words):
        folded = word.casefold().removesuffix("’s").removesuffix("'s")
        if word.isupper() or folded in named or state_adjective(word) is not None or _LENGTH.search(folded):
            continue
        form = _single(folded)
        if truce and folded in _of_truces():
            continue
        if len(form) >= _LONG and not {folded, form} & _passed_over() and is_content(folded) and is_content(form):
            found.append(concept(form))
    return tuple(dict.fromkeys(found))


def ends_fighting(words: str) -> bool:
    """Return whether words tell of a truce without naming it ("to halt the fighting")."""
    topics: Topics = load("topics.toml", Topics)
    told = {w.casefold() for w in _WORD.findall(words)}
    return bool(told & topics.ending and told & topics.fighting)


@cache
def _of_truces() -> frozenset[str]:
    topics: Topics = load("topics.toml", Topics)
    return topics.ending | topics.fighting


def has_vehicle(words: str) -> bool:
    """Whether words name an offer or an understanding ("the proposal")."""
    return any({w.casefold(), _single(w.casefold())} & _vehicles() for w in _WORD.findall(words))


def is_settled(words: str) -> bool:
    """Whether words name what is agreed ("the deal"), not what is offered."""
    return any({w.casefold(), _single(w.casefold())} & _settled() for w in _WORD.findall(words))


def _single(word: str) -> str:
    """Return a noun without its plural's ending."""
    if word.endswith("ies") and len(word) > _LONG + 2:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > _LONG else word


def commonest(topics: Iterable[Sequence[str]]) -> dict[str, int]:
    """Return how many topics hold each concept."""
    return dict(Counter(c for t in topics for c in set(t)))


def alike(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two topics are of one subject: enough of the shorter one's concepts are the other's."""
    shared = set(one) & set(other)
    return bool(shared) and len(shared) >= _ALIKE * min(len(set(one)), len(set(other)))
