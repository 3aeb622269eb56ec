"""Whether words that can name a place stand for the place or for those who act from there.

A rule reads the grammar around the name: a subject of an active verb, a party in "between A and B" and the owner of a
stance act; the object of "in", of a strike or of a journey is a place. What no rule settles is a place: a state that
is not seen is a smaller error than a state made of a street address.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import msgspec

from trucebook.lexicons import load

if TYPE_CHECKING:
    from spacy.tokens import Token

_SUBJECTS = frozenset({"nsubj", "csubj"})
_OBJECTS = frozenset({"dobj", "dative", "obj", "iobj"})
_COMPOUND = frozenset({"compound", "nmod", "amod"})


class PlaceWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file `places.toml`; its comments say what each list holds."""

    party_prepositions: frozenset[str]
    binding: frozenset[str]
    motion: frozenset[str]
    done_to_places: frozenset[str]
    parts: frozenset[str]
    places: frozenset[str]


@cache
def place_words() -> PlaceWords:
    """Return the words that tell places from those who act there."""
    file: PlaceWords = load("places.toml", PlaceWords)
    return file


def acts(name: Token) -> bool:
    """Whether a capital, or a seat, stands for its government here.

    Args:
        name: the syntactic head of the name.
    """
    head = _first_conjunct(name)
    if _in_address(name) or head.dep_ in {"appos", "npadvmod"}:
        return False
    if head.dep_ in _SUBJECTS:
        return True
    if head.dep_ == "nsubjpass":
        return head.head.lemma_.lower() not in place_words().done_to_places
    if head.dep_ in _OBJECTS:
        return head.head.lemma_.lower() not in place_words().done_to_places | place_words().motion
    if head.dep_ == "poss":
        return not _is_part(head.head)
    return head.dep_ in {"pobj", "pcomp"} and _party(head)


def located(name: Token) -> bool:
    """Whether the words around a name say that it is a place ("in Leeds", "the town of Leeds", "the Leeds region")."""
    words = place_words()
    head = _first_conjunct(name)
    if head.dep_ == "pobj" and head.head.lower_ in {"in", "at", "near", "outside", "across"}:
        return True
    if head.dep_ == "pobj" and head.head.lower_ == "of" and head.head.head.lemma_.lower() in words.places:
        return True
    return head.dep_ in _COMPOUND and head.head.lemma_.lower() in words.places


def _first_conjunct(token: Token) -> Token:
    while token.dep_ == "conj" and token.head.i < token.i:
        token = token.head
    return token


def _in_address(name: Token) -> bool:
    """Whether the name stands in an address ("Lisbon, Portugal")."""
    doc, last = name.doc, name.i
    if (
        last + 2 < len(doc)
        and doc[last + 1].text == ","
        and doc[last + 2].ent_type_ == "GPE"
        and name.dep_ not in {"conj"}
    ):
        return not any(t.dep_ == "cc" for t in doc[last + 2].children) and doc[last + 2].dep_ in {"appos", "npadvmod"}
    return False


def _is_part(noun: Token) -> bool:
    return noun.lemma_.lower() in place_words().parts | place_words().places


def _party(head: Token) -> bool:
    preposition, words = head.head, place_words()
    governor = preposition.head.lemma_.lower()
    if preposition.lower_ == "on":
        # "Put pressure on Oslo": the noun that binds may hang on the verb beside the preposition.
        beside = {c.lemma_.lower() for c in preposition.head.children if c.dep_ in _OBJECTS}
        return bool({governor, *beside} & words.binding)
    if preposition.lower_ not in words.party_prepositions:
        return False
    return not (preposition.lower_ in {"to", "from", "by"} and _moves(preposition.head))


def _moves(governor: Token) -> bool:
    """Whether a journey governs the preposition, directly or through a particle ("flew back to")."""
    motion = place_words().motion
    return governor.lemma_.lower() in motion or (
        governor.dep_ in {"advmod", "prep", "prt"} and governor.head.lemma_.lower() in motion
    )
