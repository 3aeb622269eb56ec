"""The words that limit numbers and the things that numbers count."""

from __future__ import annotations

from functools import cache

import msgspec

from trucebook.lexicons import load
from trucebook.reading.model import Bound  # noqa: TC001  msgspec reads the annotation


class WordList(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A table of the lexicon that holds nothing but words."""

    words: tuple[str, ...]


class Measure(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How the news says that so many people were killed, injured, ...

    Attributes:
        verbs: lemmas whose object, or passive subject, is counted.
        intransitive: lemmas whose subject is counted.
        adjectives: words said of the counted.
        nouns: lemmas that are the measure by themselves ("three deaths").
        tolls: phrases whose number it is ("the death toll rose to 12").
        persons: whether the verbs need a noun of people, since they take other objects too.
    """

    verbs: frozenset[str]
    intransitive: frozenset[str]
    adjectives: frozenset[str]
    nouns: frozenset[str]
    tolls: tuple[str, ...]
    persons: bool


class Measures(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The data of `measures.toml`; its comments say what each table holds."""

    bounds: dict[str, Bound]
    trailing: dict[str, Bound]
    currency_signs: dict[str, str]
    currency_words: dict[str, str]
    percent: WordList
    nouns: dict[str, str]
    uncounted: WordList
    idioms: WordList
    numbered: WordList
    persons: WordList
    things: WordList
    linking: WordList
    participles: WordList
    measures: dict[str, Measure]


@cache
def measures() -> Measures:
    """Return the words of the lexicon."""
    words: Measures = load("measures.toml", Measures)
    return words


@cache
def by_word(kind: str) -> dict[str, str]:
    """Return the measure each word of one kind (`verbs`, `intransitive`, `adjectives`, `nouns`, `tolls`) stands for."""
    return {word: name for name, measure in measures().measures.items() for word in getattr(measure, kind)}


@cache
def persons() -> frozenset[str]:
    """Return the lemmas of nouns for people."""
    return frozenset(measures().persons.words)
