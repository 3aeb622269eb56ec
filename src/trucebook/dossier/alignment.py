"""Alignment: which statements of different reports tell the same fact, and which tell it with the opposite sign.

Two statements are compared by the words and actors they share, rare ones weighing most, against all that they say. Only
statements that share rare words are ever compared, through an inverted index, so that the cost grows with the number of
reports and not with its square.
"""

from __future__ import annotations

import itertools
import math
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from trucebook.dossier.features import contrast, opposite_concepts, other_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from trucebook.dossier.features import Statement, Weights

# A word that more statements than this hold does not bring two of them together by itself.
_COMMON = 60
# How a statement tells: as done, as to come, as asked. Those of different worlds are not one fact.
_DONE = frozenset({"asserted"})
_OTHER_WORLD = -0.12


@dataclass(frozen=True, kw_only=True)
class Thresholds:
    """How alike two statements must be to tell one fact; similarities from 0 to 1.

    Attributes:
        same_head: where both have the same head ("accepted", "agreed to accept").
        known_head: where the head of one stands somewhere in the other ("expressed readiness to accept").
        other_head: where neither head stands in the other.
        opposite: how much more alike they must be where one is negated and they contradict each other.
        fewest: how many words they must share, actors included.
        fewest_plain: how many of these must not be actors.
        short: a statement of so many words or fewer must have the same head as the other.
    """

    same_head: float = 0.42
    known_head: float = 0.62
    other_head: float = 0.7
    opposite: float = 0.2
    fewest: int = 3
    fewest_plain: int = 2
    short: int = 4


@dataclass(frozen=True, order=True)
class Pair:
    """Two statements of different reports and how alike they are.

    Attributes:
        score: similarity, 0 to 1.
        first: index of the first statement.
        second: index of the second.
        shared: the words they share, the most telling first.
    """

    score: float
    first: int
    second: int
    shared: tuple[str, ...]


def pairs(every: Sequence[Statement], weights: Weights, thresholds: Thresholds) -> list[Pair]:
    """Return the pairs of statements of different reports that are alike enough to be one fact, or its denial."""
    found = (
        _compare(a, b, every, weights, thresholds)
        for a, b in _candidates(every, weights)
        if other_number(every[a], every[b]) is None
    )
    return sorted((p for p in found if p is not None), key=lambda p: (-p.score, p.first, p.second))


def _candidates(every: Sequence[Statement], weights: Weights) -> Iterator[tuple[int, int]]:
    index: dict[str, list[int]] = defaultdict(list)
    for i, statement in enumerate(every):
        for word in statement.words:
            if weights.shared(word) and not word.startswith("@") and weights.count[word] <= _COMMON:
                index[word].append(i)
    seen: set[tuple[int, int]] = set()
    for word in sorted(index):
        for pair in itertools.combinations(index[word], 2):
            if pair not in seen and every[pair[0]].report != every[pair[1]].report:
                seen.add(pair)
                yield pair


def _compare(
    first: int, second: int, every: Sequence[Statement], weights: Weights, thresholds: Thresholds
) -> Pair | None:
    a, b = every[first], every[second]
    shared = a.words & b.words
    plain = [w for w in shared if not w.startswith("@")]
    if len(shared) < thresholds.fewest or len(plain) < thresholds.fewest_plain or not _one_world(a, b):
        return None
    if contrast(a.words, b.words) or _other_doer(a, b) or (a.predicate, b.predicate) in opposite_concepts():
        return None
    if min(len(a.words), len(b.words)) <= thresholds.short and a.predicate != b.predicate:
        return None
    score = similarity(a.words, b.words, weights) + _worlds(a, b)
    if score < _needed(a, b, thresholds):
        return None
    return Pair(round(score, 6), first, second, tuple(sorted(shared, key=lambda w: (-weights.of(w), w))))


def _needed(a: Statement, b: Statement, thresholds: Thresholds) -> float:
    """How alike two statements must be, by how their heads go together."""
    if a.predicate == b.predicate:
        return thresholds.same_head
    known = a.predicate in b.words or b.predicate in a.words
    return thresholds.known_head if known else thresholds.other_head


def _other_doer(a: Statement, b: Statement) -> bool:
    """Whether two statements tell of different doers; a person and a state do not exclude each other."""
    for side in ("party", "person"):
        one, other = ({n for s, n in x.doers if s == side} for x in (a, b))
        if one and other and not one & other:
            return True
    return False


def similarity(a: frozenset[str], b: frozenset[str], weights: Weights) -> float:
    """Return how alike two sets of words are, 0 to 1: half against all that both say, half against the shorter one.

    The first half keeps a long statement from being everything at once, the second lets a report be brief.
    """
    both, one, other = weights.total(a & b), weights.total(a), weights.total(b)
    if not both:
        return 0.0
    return 0.5 * both / math.sqrt(one * other) + 0.5 * both / min(one, other)


def _one_world(a: Statement, b: Statement) -> bool:
    """Whether two statements can be one fact: a question is none, and "accepted" and "would accept" are two."""
    modalities = {a.clause.modality, b.clause.modality}
    if "question" in modalities:
        return False
    if modalities & _DONE and modalities & {"possible"}:
        # "Said it would" is the reported future of "will": only the outlet's own "would" is merely possible.
        doubtful = a if a.clause.modality == "possible" else b
        return doubtful.clause.attribution is not None
    return True


def _worlds(a: Statement, b: Statement) -> float:
    """What it takes off that one tells as done what the other tells as planned or conditional."""
    modalities = {a.clause.modality, b.clause.modality}
    return _OTHER_WORLD if modalities & _DONE and modalities & {"planned", "conditional"} else 0.0


def clusters(
    every: Sequence[Statement], found: Sequence[Pair], weights: Weights, thresholds: Thresholds
) -> list[list[int]]:
    """Group statements that tell one fact, the most alike first; a group never holds a statement and its denial.

    A statement joins a group where it is alike enough to its members on average, so that a chain of half-alike
    statements does not become one fact.
    """
    group: dict[int, list[int]] = {}
    for pair in found:
        if every[pair.first].clause.negated != every[pair.second].clause.negated:
            continue
        left, right = group.get(pair.first, [pair.first]), group.get(pair.second, [pair.second])
        if left is right or not _belong(left, right, every, weights, thresholds):
            continue
        joined = sorted([*left, *right])
        for i in joined:
            group[i] = joined
    distinct = {id(g): g for g in group.values()}
    return sorted(distinct.values())


def _belong(
    left: Sequence[int], right: Sequence[int], every: Sequence[Statement], weights: Weights, thresholds: Thresholds
) -> bool:
    scores = [similarity(every[i].words, every[j].words, weights) for i in left for j in right]
    return sum(scores) / len(scores) >= 0.8 * thresholds.same_head


def opposites(every: Sequence[Statement], found: Sequence[Pair], thresholds: Thresholds) -> list[Pair]:
    """Return the pairs of which one asserts what the other denies."""
    kept = []
    for pair in found:
        a, b = every[pair.first].clause, every[pair.second].clause
        asserted = a.modality == b.modality == "asserted"
        actors = [{w for w in every[i].words if w.startswith("@")} for i in (pair.first, pair.second)]
        same_actors = not all(actors) or bool(actors[0] & actors[1])
        needed = _needed(every[pair.first], every[pair.second], thresholds) + thresholds.opposite
        if pair.score >= needed and a.negated != b.negated and asserted and same_actors:
            kept.append(pair)
    return kept
