"""Which statements are compared: those whose vectors lie near each other, and how they lie among the others.

All with all would cost the square of their number. Where there are many, trees of random planes (Dasgupta and
Freund, "Random projection trees and low dimensional manifolds", STOC 2008) part the vectors into leaves of bounded
size, and only those of one leaf are compared: the cost grows as n log n. The planes come from a fixed seed, so that the
same statements give the same pairs.

In a crowd everything is near everything, so beside a cosine stands how far it lifts above what the two have with others
(the local scaling of Conneau et al., "Word translation without parallel data", ICLR 2018), and whether the two are each
other's nearest in their reports.
"""

from __future__ import annotations

from itertools import starmap
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Places = NDArray[np.int64]

# Statements that are compared all with all; more are parted by so many trees.
_LEAF, _TREES, _SEED = 1500, 3, 20250312
# A statement's best so many, over the other reports, are the crowd that it stands in.
_CROWD = 10
_NONE = np.float32(-1)
# Cosine of two texts that have nothing to do with each other.
_FAR = np.float32(0)
_TWO = 2


class Side(NamedTuple):
    """How two statements lie to each other by one way of looking at them.

    Attributes:
        cosine: of their vectors.
        lift: twice the cosine less the mean cosine of each with the nearest statements of other reports.
        margin: how far the pair is ahead of the next best in the other's report, the lesser of both ways; below 0
            where another statement is nearer.
        firsts: for how many of the two the other is the nearest in its report: 0 to 2.
    """

    cosine: float
    lift: float
    margin: float
    firsts: float


class Near(NamedTuple):
    """Two statements of different reports that lie near each other.

    Attributes:
        first: index of the first statement.
        second: index of the second.
        clauses: how their clauses lie.
        across: how each clause lies to the other's sentence, the nearer way counting.
        sentences: how their sentences lie.
    """

    first: int
    second: int
    clauses: Side
    across: Side
    sentences: Side


class _View:
    """One matrix of cosines with what stands out in it."""

    def __init__(self, cosines: Floats, other: NDArray[np.bool_], edges: Places) -> None:
        self.cosines = np.where(other, cosines, _NONE)
        crowd = min(_CROWD, self.cosines.shape[1])
        nearest = np.partition(self.cosines, -crowd, axis=1)[:, -crowd:]
        # Of very short reports there may be fewer others than that; statements of its own report are none.
        told = nearest > _NONE
        self.usual = np.where(told, nearest, 0).sum(axis=1) / np.maximum(told.sum(axis=1), 1)
        self.best = np.maximum.reduceat(self.cosines, edges, axis=1)
        rest = self.cosines.copy()
        for start, end in zip(edges, [*edges[1:], rest.shape[1]], strict=True):
            part = rest[:, start:end]
            part[np.arange(len(part)), part.argmax(axis=1)] = _NONE
        # A report of one statement has no next best: it is as far off as what has nothing to do with it.
        self.next = np.maximum(np.maximum.reduceat(rest, edges, axis=1), _FAR)

    def sides(self, rows: Places, columns: Places, of: Places) -> Iterator[Side]:
        """Yield how pairs lie, given by their places in the leaf and by the column of each place's report."""
        cosines = self.cosines[rows, columns]
        lifts = 2 * cosines - self.usual[rows] - self.usual[columns]
        there, back = self._margins(rows, columns, of), self._margins(columns, rows, of)
        firsts = (there >= 0).astype(np.float64) + (back >= 0)
        rest = (lifts, np.minimum(there, back), firsts)
        return starmap(Side, zip(cosines.tolist(), *(x.tolist() for x in rest), strict=True))

    def _margins(self, rows: Places, columns: Places, of: Places) -> Floats:
        cosines, first = self.cosines[rows, columns], self.best[rows, of[columns]]
        ahead = cosines >= first - np.float32(1e-6)
        found: Floats = cosines - np.where(ahead, self.next[rows, of[columns]], first)
        return found


def neighbours(
    clauses: Floats, sentences: Floats, reports: Sequence[int], least: float, most: int, *, leaf: int = _LEAF
) -> list[Near]:
    """Return the pairs of statements of different reports that lie near each other, each once, in order.

    Args:
        clauses: vectors of the statements' clauses, (statements, size), each of length one.
        sentences: those of their sentences.
        reports: number of the report of each.
        least: mean of the three cosines that a pair has at least.
        most: how many of its nearest each statement brings.
        leaf: so many statements are compared all with all; more are parted.
    """
    if len(set(reports)) < _TWO:
        return []
    of = np.asarray(reports, dtype=np.int64)
    found: dict[tuple[int, int], Near] = {}
    for some in leaves(clauses + sentences, leaf):
        # Statements of one report stand together, so that what is best in each report is found at once.
        order = some[np.argsort(of[some], kind="stable")]
        for near in _near(order, clauses[order], sentences[order], of[order], (least, most)):
            found.setdefault((near.first, near.second), near)
    return [found[key] for key in sorted(found)]


def _near(leaf: Places, clauses: Floats, sentences: Floats, of: Places, limits: tuple[float, int]) -> Iterator[Near]:
    numbers, edges = np.unique(of, return_index=True)
    column = np.searchsorted(numbers, of)
    other = column[:, None] != column[None, :]
    mixed = clauses @ sentences.T
    views = [_View(x, other, edges) for x in (clauses @ clauses.T, np.maximum(mixed, mixed.T), sentences @ sentences.T)]
    mean = (views[0].cosines + views[1].cosines + views[2].cosines) / 3
    chosen: set[tuple[int, int]] = set()
    least, most = limits
    for row, values in enumerate(mean):
        near = np.flatnonzero(values >= least)
        if len(near) > most:
            # The nearest; among equals the first.
            near = near[np.lexsort((near, -values[near]))[:most]]
        chosen.update((row, j) if leaf[row] < leaf[j] else (j, row) for j in near.tolist())
    rows, columns = np.array(sorted(chosen), dtype=np.int64).reshape(-1, _TWO).T
    sides = (view.sides(rows, columns, column) for view in views)
    yield from map(Near, leaf[rows].tolist(), leaf[columns].tolist(), *sides)


def leaves(vectors: Floats, leaf: int = _LEAF) -> Iterator[Places]:
    """Yield places of vectors of which all are worth comparing with all; two that lie near share a leaf very likely.

    Args:
        vectors: (number, size).
        leaf: so many at most; fewer are all in one.
    """
    every = np.arange(len(vectors), dtype=np.int64)
    if len(vectors) <= leaf:
        yield every
        return
    chance = np.random.default_rng(_SEED)
    for _ in range(_TREES):
        stack = [every]
        while stack:
            some = stack.pop()
            if len(some) <= leaf:
                yield some
                continue
            plane = chance.standard_normal(vectors.shape[1], dtype=np.float32)
            order = some[np.argsort(vectors[some] @ plane, kind="stable")]
            stack += [order[: len(order) // 2], order[len(order) // 2 :]]
