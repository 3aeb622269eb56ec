"""The words that limit numbers and the things that numbers count."""

from __future__ import annotations

from functools import cache

import msgspec

from trucebook.lexicons import load
from trucebook.reading.model import Bound, QuantityKind  # noqa: TC001  msgspec reads the annotation


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
        acts: nouns of the act, which do not tell whether it was done ("the release of 33 hostages").
        persons: whether the verbs need a noun of people, since they take other objects too.
    """

    verbs: frozenset[str]
    intransitive: frozenset[str]
    adjectives: frozenset[str]
    nouns: frozenset[str]
    tolls: tuple[str, ...]
    acts: tuple[str, ...]
    persons: bool


class Happening(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What else befalls people and things, which their number does not count by itself.

    Attributes:
        verbs: lemmas whose object, or passive subject, it befalls; with a particle where they have one ("shoot down").
        nouns: lemmas that are followed by "of" and those whom it befalls ("a barrage of 40 rockets").
        intransitive: lemmas whose subject it befalls.
    """

    verbs: tuple[str, ...]
    nouns: tuple[str, ...]
    intransitive: tuple[str, ...] = ()


class Kinds(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Lemmas of nouns that say what kind of quantity a number is."""

    duration: frozenset[str]
    money: frozenset[str]
    measure: frozenset[str]


class Rates(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The words behind a number that make it a rate, and the nouns of what it is per."""

    leads: tuple[str, ...]
    units: tuple[str, ...]


class Measures(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The data of `measures.toml`; its comments say what each table holds."""

    bounds: dict[str, Bound]
    with_over: WordList
    trailing: dict[str, Bound]
    currency_signs: dict[str, str]
    currency_words: dict[str, str]
    percent: WordList
    glued: WordList
    nouns: dict[str, str]
    uncounted: WordList
    idioms: WordList
    numbered: WordList
    persons: WordList
    things: WordList
    linking: WordList
    participles: WordList
    kinds: Kinds
    rates: Rates
    definite: WordList
    parties: WordList
    nobody: WordList
    partly: WordList
    bounding: WordList
    events: WordList
    elsewhere: WordList
    locative: WordList
    accusing: WordList
    losing: WordList
    causing: WordList
    settled: WordList
    managing: WordList
    measures: dict[str, Measure]
    happenings: dict[str, Happening]


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
def happening_by_word(kind: str) -> dict[str, str]:
    """Return the happening each word of one kind (`verbs`, `intransitive`, `nouns`) stands for."""
    return {word: name for name, thing in measures().happenings.items() for word in getattr(thing, kind)}


@cache
def kind_of(noun: str) -> QuantityKind:
    """Return what kind of quantity a number of the noun with this lemma is."""
    kinds: Kinds = measures().kinds
    if noun in kinds.duration:
        return "duration"
    if noun in kinds.money:
        return "money"
    return "measure" if noun in kinds.measure else "count"


@cache
def persons() -> frozenset[str]:
    """Return the lemmas of nouns for people."""
    return frozenset(measures().persons.words)
