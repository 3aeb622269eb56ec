"""Statements as they are compared: words by their concept, actors by their canonical name, rare words weighing most."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from trucebook.lexicons import load
from trucebook.reading.bounds import compatible
from trucebook.reading.gazetteer import state_adjective, state_behind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from trucebook.reading.model import Clause, Quantity, Reading


class Concepts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file `concepts.toml`.

    Attributes:
        concepts: words that reports use for one another; the first stands for all.
        opposites: pairs of concepts of which a fact can be the one or the other.
        contrasts: words that part two statements of which each holds the other one.
        times: words that tell when; times are compared apart.
        titles: words of address and office that stand before names.
        numbers: number words from zero on.
    """

    concepts: tuple[tuple[str, ...], ...]
    opposites: tuple[tuple[str, str], ...]
    contrasts: tuple[tuple[str, str], ...]
    times: tuple[str, ...]
    titles: tuple[str, ...]
    numbers: tuple[str, ...]


@dataclass(frozen=True)
class Statement:
    """A clause of a report, ready to be compared.

    Attributes:
        report: the report's id.
        index: of the clause in its reading.
        clause: the clause.
        words: its words as compared, actors with `@`.
        predicate: concept of its head.
        doers: canonical names of who does it, by type.
        order: where in the report it stands, 0 (first) to 1.
        quantities: what it counts.
    """

    report: str
    index: int
    clause: Clause
    words: frozenset[str]
    predicate: str
    doers: frozenset[tuple[str, str]]
    order: float
    quantities: tuple[Quantity, ...] = ()


@cache
def _lexicon() -> Concepts:
    found: Concepts = load("concepts.toml", Concepts)
    return found


@cache
def _concept_of() -> Mapping[str, str]:
    numbers = {word: str(i) for i, word in enumerate(_lexicon().numbers)}
    return numbers | {word: line[0] for line in _lexicon().concepts for word in line}


@cache
def _passed_over() -> frozenset[str]:
    return frozenset({*_lexicon().times, *_lexicon().titles})


def statements(readings: Sequence[Reading], canonical: Mapping[tuple[str, str], str]) -> list[Statement]:
    """Return the statements of all readings that can be compared, in the order of the readings.

    Args:
        readings: one a report.
        canonical: (report id, the actor's name there) to the actor's canonical name.
    """
    found = []
    for reading in readings:
        rid, length = reading.report.id, max(1, reading.report.length)
        types = {a.name: a.type for a in reading.actors}
        for i, clause in enumerate(reading.clauses):
            doers = ((types.get(d, "organisation"), _actor(d, rid, canonical)) for d in clause.doers)
            found.append(
                Statement(
                    report=rid,
                    index=i,
                    clause=clause,
                    words=frozenset(_features(clause.words, rid, canonical)),
                    predicate=concept(clause.predicate),
                    doers=frozenset((_side(t, n), n) for t, n in doers),
                    order=clause.span.start / length,
                    quantities=tuple(q for q in reading.quantities if q.of and clause.span.covers(q.span)),
                )
            )
    return found


def concept(lemma: str) -> str:
    """Return the word that stands for a lemma and those that reports use for it."""
    return _concept_of().get(lemma, lemma)


@cache
def opposite_concepts() -> frozenset[tuple[str, str]]:
    """Return the pairs of concepts that exclude each other, both ways round."""
    pairs = _lexicon().opposites
    return frozenset({*pairs, *((b, a) for a, b in pairs)})


def contrast(a: frozenset[str], b: frozenset[str]) -> bool:
    """Return whether one set of words speaks of what is temporary where the other speaks of what is permanent."""
    both = {*_lexicon().contrasts, *((y, x) for x, y in _lexicon().contrasts)}
    return any(x in a and y in b and x not in b and y not in a for x, y in both)


def _actor(name: str, report: str, canonical: Mapping[tuple[str, str], str]) -> str:
    found = canonical.get((report, name), name)
    return _government(found) or found


def _side(kind: str, name: str) -> str:
    """`person` for people and `party` for states and what acts for them: a minister may do what his state does."""
    return "person" if kind == "person" and not _government(name) else "party"


def _features(words: Iterable[str], report: str, canonical: Mapping[tuple[str, str], str]) -> Iterable[str]:
    for word in words:
        if word.startswith("@"):
            yield "@" + _actor(word[1:], report, canonical)
        elif word not in _passed_over():
            state = _state(word)
            yield "@" + state if state else concept(word)


@cache
def _state(word: str) -> str | None:
    return state_adjective(word.capitalize())


@cache
def _government(name: str) -> str | None:
    """The state whose office an organisation is: reports name the one or the other for the same act."""
    return state_behind(name)


def other_number(a: Statement, b: Statement) -> tuple[Quantity, Quantity] | None:
    """Return numbers of the same thing in two statements of which none can be true beside any of the other's.

    Two numbers that both hold ("50 for 150") speak for one fact whose words the reports chose differently.
    """
    if len({q.low for q in a.quantities} & {q.low for q in b.quantities}) > 1:
        return None
    for measure in sorted({q.of for q in a.quantities if q.of} & {q.of for q in b.quantities if q.of}):
        one, other = ([q for q in x.quantities if q.of == measure] for x in (a, b))
        if not any(compatible(x, y) for x in one for y in other):
            return one[0], other[0]
    return None


class Weights:
    """How much each word tells: the rarer among the statements, the more (inverse document frequency).

    Args:
        every: all statements of the case.
    """

    def __init__(self, every: Sequence[Statement]) -> None:
        reports: dict[str, set[str]] = defaultdict(set)
        for statement in every:
            for word in statement.words:
                reports[word].add(statement.report)
        self.count = Counter(word for s in every for word in s.words)
        self._all = max(1, len(every))
        self._shared = {word for word, ids in reports.items() if len(ids) > 1}

    def of(self, word: str) -> float:
        """Weight of one word, 0 and up."""
        return math.log(1 + self._all / (1 + self.count[word]))

    def total(self, words: Iterable[str]) -> float:
        """Weight of several words together."""
        return sum(self.of(w) for w in sorted(words))

    def shared(self, word: str) -> bool:
        """Whether more than one report uses the word."""
        return word in self._shared
