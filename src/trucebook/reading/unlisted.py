"""States that no gazetteer has, by what the report itself gives them: a foreign minister, an army, an embassy.

What is taken for a place becomes a state where the report names an office or a force that only states have by its
adjective or its owner ("the Velonian foreign minister", "Velonia's army"), and where it acts, or such words are more
than one. A region, a city or a firm has none of these; what has only a government or officials stays what it is.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import msgspec

from trucebook.lexicons import load

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Set

    from spacy.tokens import Doc, Token

_VOWELS = frozenset("aeiouy")
_ENDINGS = ("n", "an", "ian", "ean", "ese", "ish", "i")
# Shorter names give adjectives that may be any word.
_SHORTEST = 4
_ENOUGH = 2


class Sovereign(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file `sovereign.toml`.

    Attributes:
        forces: nouns of what only states have.
        offices: nouns that a word before them makes such an office.
        of_state: those words.
        bodies: nouns of what states have, and others too.
    """

    forces: frozenset[str]
    offices: frozenset[str]
    of_state: frozenset[str]
    bodies: frozenset[str]


@cache
def sovereign() -> Sovereign:
    """Return the words for what states have."""
    file: Sovereign = load("sovereign.toml", Sovereign)
    return file


def is_adjective_of(word: str, name: str) -> bool:
    """Return whether a word is formed from a name as adjectives of states are ("Velonian", "Velonia")."""
    made, base = word.lower(), name.lower()
    if len(base) < _SHORTEST or not made.startswith(base[:_SHORTEST]) or made == base or not word[:1].isupper():
        return False
    stems = [base]
    while len(stems[-1]) > _SHORTEST and stems[-1][-1] in _VOWELS and len(stems) <= _ENOUGH:
        stems.append(stems[-1][:-1])
    return any(made == stem + ending for stem in stems for ending in _ENDINGS)


def find_unlisted(doc: Doc, names: Iterable[str], states: Set[str]) -> frozenset[str]:
    """Return those of some names that the report speaks of as of states.

    Args:
        doc: the parsed prose.
        names: single words that the report uses as names of places.
        states: words by which it names states that a gazetteer has.
    """
    wanted = {n for n in names if n.isalpha() and len(n) >= _SHORTEST}
    if not wanted:
        return frozenset()
    owned = list(_owned(doc, wanted))
    acting = {t.text for t in doc if t.text in wanted and t.dep_ == "nsubj"}
    found: set[str] = set()
    for name in wanted:
        firm = sum(n == name and strong for n, strong in owned)
        if firm and (name in acting or sum(n == name for n, _ in owned) >= _ENOUGH):
            found.add(name)
    partly = {n for n, _ in owned} & acting
    return frozenset(found | {n for n in partly - found if _is_beside_a_state(doc, n, found | states)})


def _owned(doc: Doc, names: Set[str]) -> Iterator[tuple[str, bool]]:
    """What the report gives to each name, with whether only states have it."""
    for token in doc:
        strong = _is_of_states(token)
        if strong or token.lemma_.lower() in sovereign().bodies:
            yield from ((n, strong) for n in _owners(token, names))


def _is_of_states(noun: Token) -> bool:
    lemma = noun.lemma_.lower()
    if lemma in sovereign().offices:
        return noun.i > 0 and noun.nbor(-1).lower_ in sovereign().of_state
    return lemma in sovereign().forces


def _owners(noun: Token, names: Set[str]) -> Iterator[str]:
    """The names right before a noun, as its owner or by their adjective; "foreign" and the like stand between."""
    at = noun.i - 1
    while at > 0 and noun.doc[at].lower_ in sovereign().of_state:
        at -= 1
    if at < 0:
        return
    word = noun.doc[at]
    if word.lower_ in {"'s", "’s"} and at > 0 and noun.doc[at - 1].text in names:
        yield noun.doc[at - 1].text
    yield from (n for n in names if is_adjective_of(word.text, n))


def _is_beside_a_state(doc: Doc, name: str, states: Set[str]) -> bool:
    """`Velonia and Norway`, `between Norway and Velonia`."""
    near = [(t, t.head) for t in doc if t.dep_ == "conj" and name in {t.text, t.head.text}]
    return any({one.text, other.text} & (states - {name}) for one, other in near)
