"""Parties that a report names by a common noun alone ("the rebels"), where they act together with one voice."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from trucebook.lexicons import load
from trucebook.reading.parse import span_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Doc, Token

    from trucebook.span import Span

# One act may be told of anybody: a party is who acts again, or whom the report keeps speaking of.
_ACTS_OFTEN = 2
_SPOKEN_OF = 3
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})


class Groups(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file `groups.toml`.

    Attributes:
        collectives: nouns that name a party by themselves; lemmas.
        anaphors: nouns that take up an organisation which was named before.
        members: nouns for those who make up an armed group, whose plural takes it up; lemmas.
        armed: words in the names of armed groups, which their members take up.
        unions: words in the names of unions that are not called so.
        shared: words that so many bodies have in their names that none is shortened to one of them.
        organs: nouns for what a state has one of.
        pairs: nouns for the members of a pair, by what they are ("state", "person", "party", "organisation"); lemmas.
    """

    collectives: frozenset[str]
    anaphors: frozenset[str]
    members: frozenset[str]
    armed: frozenset[str]
    unions: frozenset[str]
    shared: frozenset[str]
    organs: frozenset[str]
    pairs: dict[str, frozenset[str]]


@cache
def groups() -> Groups:
    """Return the nouns of groups."""
    file: Groups = load("groups.toml", Groups)
    return file


def find_collectives(doc: Doc) -> Iterator[tuple[Span, str, str]]:
    """Yield where the report speaks of a party by a common noun: the words, the party's name, the form.

    A noun whose bearers have a proper name anywhere in the report ("Marlow rebels") names nobody new, and one that is
    named once in passing may be anybody.

    Args:
        doc: the parsed prose.
    """
    uses: dict[str, list[Token]] = defaultdict(list)
    for token in doc:
        if token.pos_ == "NOUN" and token.text.islower() and token.lemma_.lower() in groups().collectives:
            uses[token.lemma_.lower()].append(token)
    for tokens in uses.values():
        heads = [t for t in tokens if not _is_modifier(t)]
        definite = [t for t in heads if _definite(t)]
        acting = [t for t in definite if t.dep_ in _SUBJECTS]
        if (len(acting) >= _ACTS_OFTEN or len(definite) >= _SPOKEN_OF) and not any(_named(t) for t in tokens):
            name = _name(heads, definite)
            for token in definite:
                words = doc[_start(token) : token.i + 1]
                yield span_of(words), name, words.text


def _is_modifier(token: Token) -> bool:
    """Whether the noun stands before another one ("the rebel leader")."""
    return token.dep_ in {"compound", "nmod", "amod", "poss"} and token.head.i > token.i


def _definite(token: Token) -> bool:
    start = _start(token)
    return start > 0 and token.doc[start - 1].lower_ == "the"


def _start(token: Token) -> int:
    """Index of the first word that describes the group, nouns before it alone ("migrant caravan")."""
    at = token.i
    while at and token.doc[at - 1].dep_ == "compound" and token.doc[at - 1].text.islower():
        at -= 1
    return at


def _named(token: Token) -> bool:
    """Whether a proper name stands before the noun, or behind it in apposition."""
    before = token.nbor(-1) if token.i else token
    return (before.pos_ == "PROPN" and before.dep_ == "compound") or any(
        c.dep_ == "appos" and c.pos_ == "PROPN" for c in token.children
    )


def _name(heads: Sequence[Token], definite: Sequence[Token]) -> str:
    """The described form where the report has one description alone, else the bare noun."""
    forms = Counter(t.doc[_start(t) : t.i + 1].text for t in heads)
    described = [f for f in forms if " " in f]
    return described[0] if len(described) == 1 else definite[0].text
