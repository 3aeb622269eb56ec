"""How two statements of different reports go together, as numbers, and what a trained model makes of them.

The model is a logistic regression over the numbers below (`training/pairs`), so that each decision can be taken apart
into what spoke for it. It answers one question: do the two tell of one and the same thing, whatever they say of it?
"""

from __future__ import annotations

import math
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, NamedTuple

import msgspec
import numpy as np

from trucebook.dossier.features import contrast, opposite_concepts, other_number
from trucebook.reading.weights import checked

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from trucebook.dossier.candidates import Near
    from trucebook.dossier.features import Statement, Weights

    Floats = NDArray[np.float32]

# Two words go together the more, the higher their cosine is between these two: below the first are unrelated words.
_UNRELATED, _ALIKE = 0.35, 0.8
# Fewer statements than this in a report say no more: the model learnt from reports, not from single sentences.
_FEW = 12


class Coverage(NamedTuple):
    """How far the words of one statement are matched by words of another, near in meaning or the same.

    Attributes:
        near: mean of each word's greatest cosine, heavier words counting more.
        matched: share of the words' weight that is matched.
        heaviest: weight of the heaviest word that is not, over the weight of the heaviest.
        left: weight of all that is not, in words of common weight.
    """

    near: float
    matched: float
    heaviest: float
    left: float


class Signals(NamedTuple):
    """What speaks for and against two statements being of one thing; yes and no are 1 and 0.

    Attributes:
        clauses: cosine of the clauses.
        clauses_lift: how far it lifts above the crowd (`candidates.Side`).
        clauses_margin: how far it is ahead of the next best.
        clauses_firsts: for how many of the two the other is the nearest of its report.
        across: the greater cosine of a clause and the other's sentence.
        across_lift: as above.
        across_margin: as above.
        across_firsts: as above.
        sentences: cosine of the sentences.
        sentences_lift: as above.
        sentences_margin: as above.
        sentences_firsts: as above.
        words: weight of the words that both have, over the geometric mean of theirs.
        contained: weight of the words that both have, over that of the lighter one.
        plain: how many words they share that are no actors, up to 5, in fifths.
        actors: shared actors over all actors, 0.5 where one names none.
        strangers: each names actors and none is shared.
        same_doer: somebody does both.
        other_doer: two parties, or two persons, of whom each does one.
        same_head: one concept is the head of both.
        known_head: the head of one stands somewhere in the other.
        opposed: their heads, or words in them, exclude each other.
        negation: one is negated.
        worlds: one is told as done and the other as planned, possible or conditional.
        question: one is asked.
        same_number: they share a number.
        other_number: they give numbers of one thing that cannot both be true.
        other_days: each names days and none is shared.
        short: how short the shorter one is: 1 over its number of words.
        lengths: number of words of the shorter over the longer.
        other_speaker: each is somebody's words, and not those of one person or party.
        one_quoted: one is somebody's words and the other the outlet's.
        near_less: how near the words of the one come to those of the other, the lesser of both ways.
        near_more: the greater of both ways.
        matched_less: share of the words that are matched, the lesser of both ways.
        matched_more: the greater of both ways.
        heaviest_less: heaviest word without a match, the lesser of both ways.
        heaviest_more: the greater of both ways.
        left_less: weight of the words without a match, the lesser of both ways.
        left_more: the greater of both ways.
        heads: cosine of the heads.
        head_within_less: greatest cosine of the one's head and a word of the other, the lesser of both ways.
        head_within_more: the greater of both ways.
        room: log of how many pairs of statements the two reports have; where there are few, a near one is the one.
    """

    clauses: float
    clauses_lift: float
    clauses_margin: float
    clauses_firsts: float
    across: float
    across_lift: float
    across_margin: float
    across_firsts: float
    sentences: float
    sentences_lift: float
    sentences_margin: float
    sentences_firsts: float
    words: float
    contained: float
    plain: float
    actors: float
    strangers: float
    same_doer: float
    other_doer: float
    same_head: float
    known_head: float
    opposed: float
    negation: float
    worlds: float
    question: float
    same_number: float
    other_number: float
    other_days: float
    short: float
    lengths: float
    other_speaker: float
    one_quoted: float
    near_less: float
    near_more: float
    matched_less: float
    matched_more: float
    heaviest_less: float
    heaviest_more: float
    left_less: float
    left_more: float
    heads: float
    head_within_less: float
    head_within_more: float
    room: float


class Second(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a first chance and what `joint` makes of two statements go together: a logistic regression over both.

    Attributes:
        first: weight of the log of the odds by the first look.
        joint: weight of those by the second.
        intercept: what is added.
    """

    first: float
    joint: float
    intercept: float

    def chance(self, first: float, joint: float) -> float:
        """Return how likely two statements are of one thing, from 0 to 1.

        Args:
            first: how likely by the first look, from 0 to 1.
            joint: log of the odds by the second.
        """
        odds = math.log(max(1e-4, first) / max(1e-4, 1 - first))
        return _likely(self.intercept + self.first * odds + self.joint * joint)


def _likely(odds: float) -> float:
    """The chance of which these are the odds' logarithm."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))


class Model(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file `pairs.json`: a logistic regression.

    Attributes:
        signals: names of the signals, in order.
        means: of each signal where it was learnt.
        scales: its standard deviation there.
        weights: what a standard deviation more of it adds.
        intercept: what is added to all.
        second: what is made of the second look at a pair.
    """

    signals: tuple[str, ...]
    means: tuple[float, ...]
    scales: tuple[float, ...]
    weights: tuple[float, ...]
    intercept: float
    second: Second

    def chance(self, found: Signals) -> float:
        """Return how likely two statements are of one thing, from 0 to 1."""
        parts = zip(found, self.means, self.scales, self.weights, strict=True)
        return _likely(self.intercept + sum((x - mean) / scale * weight for x, mean, scale, weight in parts))


@cache
def shipped() -> Model:
    """Return the model that comes with the package.

    Raises:
        SettingsError: the installation is damaged.
    """
    folder = resources.files("trucebook") / "models" / "pairs"
    return msgspec.json.decode(checked(folder, "pairs.json"), type=Model)


class WordVectors(NamedTuple):
    """Vectors of words as they are compared, actors with `@`.

    Attributes:
        rows: the row of each word.
        matrix: (words, size), each row of length one.
    """

    rows: Mapping[str, int]
    matrix: Floats


class Weighed(NamedTuple):
    """The words of a statement, ready to be matched.

    Attributes:
        rows: where the vectors of its head and of its words stand.
        weights: of its words.
        total: of all of them.
        heaviest: the greatest.
        actors: those of its words that are actors.
        numbers: what it counts, as far as another can count the same.
    """

    rows: NDArray[np.int64]
    weights: NDArray[np.float64]
    total: float
    heaviest: float
    actors: frozenset[str]
    numbers: frozenset[tuple[str | None, float | None, float | None]]


class Vocabulary:
    """The words of statements with their weights and their vectors.

    Args:
        weights: of the words.
        vectors: of the words.
    """

    def __init__(self, weights: Weights, vectors: WordVectors) -> None:
        self.weights = weights
        self._rows, self._matrix = vectors
        self._known: dict[tuple[str, int], Weighed] = {}
        self._heaviest = weights.heaviest

    def of(self, statement: Statement) -> Weighed:
        """Return the words of a statement, looked up once for all pairs that it is in."""
        key = (statement.report, statement.index)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._weighed(statement)
        return known

    def _weighed(self, statement: Statement) -> Weighed:
        words = sorted(statement.words)
        weights = np.array([self.weights.of(w) for w in words])
        return Weighed(
            rows=np.array([self._rows[w] for w in (statement.predicate, *words)]),
            weights=weights,
            total=float(weights.sum()),
            heaviest=float(weights.max(initial=0.0)),
            actors=frozenset(w for w in words if w.startswith("@")),
            numbers=frozenset((q.of, q.low, q.high) for q in statement.quantities),
        )

    def cosines(self, one: Weighed, other: Weighed) -> Floats:
        """Return the cosines of words, the head first, (1 + words of the one, 1 + words of the other)."""
        found: Floats = self._matrix.take(one.rows, axis=0) @ self._matrix.take(other.rows, axis=0).T
        return found

    def coverage(self, words: Weighed, best: Floats) -> Coverage:
        """Return how far words are matched.

        Args:
            words: the words.
            best: the greatest cosine of each with a word of another statement.
        """
        # A sum or a maximum of a few numbers takes less time by the function itself than by the array's method.
        matched = np.minimum(np.maximum((best - _UNRELATED) / (_ALIKE - _UNRELATED), 0), 1)
        total, rest = max(words.total, 1e-9), words.weights * (1 - matched)
        return Coverage(
            near=float(words.weights @ best) / total,
            matched=float(words.weights @ matched) / total,
            heaviest=float(np.maximum.reduce(rest)) / max(words.heaviest, 1e-9),
            left=float(np.add.reduce(rest)) / self._heaviest,
        )


_NOTHING = Coverage(0.0, 0.0, 1.0, 1.0)


def _coverages(one: Weighed, other: Weighed, words: Vocabulary) -> tuple[Coverage, Coverage, float, float, float]:
    if not len(one.weights) or not len(other.weights):
        return _NOTHING, _NOTHING, 0.0, 0.0, 0.0
    cosines = words.cosines(one, other)
    inner, greatest = cosines[1:, 1:], np.maximum.reduce
    there, back = words.coverage(one, greatest(inner, axis=1)), words.coverage(other, greatest(inner, axis=0))
    return there, back, float(cosines[0, 0]), float(greatest(cosines[0, 1:])), float(greatest(cosines[1:, 0]))


def signals(a: Statement, b: Statement, near: Near, words: Vocabulary) -> Signals:
    """Return what speaks for and against two statements being of one thing."""
    of_a, of_b = words.of(a), words.of(b)
    there, back, heads, first, second = _coverages(of_a, of_b, words)
    shared = a.words & b.words
    both, one, other = words.weights.total(shared), of_a.total, of_b.total
    actors_a, actors_b, actors = of_a.actors, of_b.actors, of_a.actors & of_b.actors
    modalities = {a.clause.modality, b.clause.modality}
    return Signals(
        *near.clauses,
        *near.across,
        *near.sentences,
        words=both / math.sqrt(one * other) if both else 0.0,
        contained=both / min(one, other) if both else 0.0,
        plain=min(5, len(shared) - len(actors)) / 5,
        actors=len(actors) / len(actors_a | actors_b) if actors_a and actors_b else 0.5,
        strangers=float(bool(actors_a and actors_b and not actors)),
        same_doer=float(bool({n for _, n in a.doers} & {n for _, n in b.doers})),
        other_doer=float(other_doer(a, b)),
        same_head=float(a.predicate == b.predicate),
        known_head=float(a.predicate in b.words or b.predicate in a.words),
        opposed=float(bool(contrast(a.words, b.words)) or (a.predicate, b.predicate) in opposite_concepts()),
        negation=float(a.clause.negated != b.clause.negated),
        worlds=float("asserted" in modalities and bool(modalities & {"planned", "possible", "conditional"})),
        question=float("question" in modalities),
        same_number=float(not of_a.numbers.isdisjoint(of_b.numbers)),
        other_number=float(other_number(a, b) is not None),
        other_days=float(bool(a.days and b.days and not a.days & b.days)),
        short=1 / max(1, min(len(a.words), len(b.words))),
        lengths=min(len(a.words), len(b.words)) / max(1, len(a.words), len(b.words)),
        other_speaker=float(bool(a.side and b.side and a.side != b.side)),
        one_quoted=float((a.speaker is None) != (b.speaker is None)),
        near_less=min(there.near, back.near),
        near_more=max(there.near, back.near),
        matched_less=min(there.matched, back.matched),
        matched_more=max(there.matched, back.matched),
        heaviest_less=min(there.heaviest, back.heaviest),
        heaviest_more=max(there.heaviest, back.heaviest),
        left_less=min(there.left, back.left),
        left_more=max(there.left, back.left),
        heads=heads,
        head_within_less=min(first, second),
        head_within_more=max(first, second),
        room=math.log(max(_FEW, words.weights.told[a.report]) * max(_FEW, words.weights.told[b.report])),
    )


def other_doer(a: Statement, b: Statement) -> bool:
    """Return whether two statements tell of different doers; a person and a state do not exclude each other."""
    if not a.doers or not b.doers:
        return False
    for side in ("party", "person"):
        one, other = ({n for s, n in x.doers if s == side} for x in (a, b))
        if one and other and not one & other:
            return True
    return False
