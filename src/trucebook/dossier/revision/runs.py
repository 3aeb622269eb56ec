"""The longest runs that two long sequences have in common, in time that hostile texts cannot drive up.

Between what both begin and end with, elements that stand once in either part the sequences (patience diff, Cohen 2003);
what lies between two such marks is compared exactly (longest common subsequence, RapidFuzz's bit-parallel one), and
where it is too large for that and has no marks, it is not compared at all.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz.distance import LCSseq

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# Elements of one times elements of the other: a tenth of a second and 8 MB. Past it a stretch is parted first.
_EXACT = 64_000_000
# In a text that has no word but often, so many in a row still stand once.
_WIDTHS = (1, 3, 6)
# How often a stretch is parted anew; each time costs no more than its length, so that all of it stays linear.
_DEEPEST = 8


class Block(NamedTuple):
    """A stretch `[i, k)` of one sequence against `[j, m)` of the other."""

    i: int
    k: int
    j: int
    m: int


def common(one: Sequence[int], other: Sequence[int]) -> list[Block]:
    """Return the runs that two sequences have in common, in order, neighbours joined."""
    return _joined(sorted(_common(one, other)))


def _common(one: Sequence[int], other: Sequence[int]) -> Iterator[Block]:
    todo = [(Block(0, len(one), 0, len(other)), 0)]
    while todo:
        block, depth = todo.pop()
        head, middle, tail = _ends(one, other, block)
        yield from (head, tail)
        i, k, j, m = middle
        if i == k or j == m:
            continue
        if (k - i) * (m - j) <= _EXACT:
            for op in LCSseq.opcodes(one[i:k], other[j:m]):
                if op.tag == "equal":
                    yield Block(i + op.src_start, i + op.src_end, j + op.dest_start, j + op.dest_end)
        elif depth < _DEEPEST and (marks := _marks(one, other, middle)):
            todo += [(part, depth + 1) for part in _between(marks, middle)]
            yield from (Block(x, x + 1, y, y + 1) for x, y in marks)


def _ends(one: Sequence[int], other: Sequence[int], block: Block) -> tuple[Block, Block, Block]:
    """What two stretches begin with alike, what is between, and what they end with alike."""
    i, k, j, m = block
    while i < k and j < m and one[i] == other[j]:
        i, j = i + 1, j + 1
    while i < k and j < m and one[k - 1] == other[m - 1]:
        k, m = k - 1, m - 1
    return Block(block.i, i, block.j, j), Block(i, k, j, m), Block(k, block.k, m, block.m)


def _marks(one: Sequence[int], other: Sequence[int], block: Block) -> list[tuple[int, int]]:
    """Elements that stand once in either stretch, else so many in a row that do, as stand in the same order in both."""
    i, k, j, m = block
    for width in _WIDTHS:
        here, there = ([tuple(s[x : x + width]) for x in range(a, b)] for s, a, b in ((one, i, k), (other, j, m)))
        often, often_there = Counter(here), Counter(there)
        place = {run: j + y for y, run in enumerate(there) if often_there[run] == 1}
        marks = [(i + x, place[run]) for x, run in enumerate(here) if often[run] == 1 and run in place]
        if marks:
            return _rising(marks)
    return []


def _rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest part of pairs, in the order of their first, whose second rise too."""
    ends: list[int] = []
    holders: list[int] = []
    before: list[int] = []
    for at, (_, y) in enumerate(pairs):
        rank = bisect_left(ends, y)
        before.append(holders[rank - 1] if rank else -1)
        ends[rank : rank + 1] = [y]
        holders[rank : rank + 1] = [at]
    found, at = [], holders[-1] if holders else -1
    while at >= 0:
        found.append(pairs[at])
        at = before[at]
    return found[::-1]


def _between(marks: Sequence[tuple[int, int]], block: Block) -> Iterator[Block]:
    x, y = block.i, block.j
    for i, j in marks:
        yield Block(x, i, y, j)
        x, y = i + 1, j + 1
    yield Block(x, block.k, y, block.m)


def _joined(blocks: Sequence[Block]) -> list[Block]:
    found: list[Block] = []
    for block in blocks:
        if block.i == block.k:
            continue
        if found and (found[-1].k, found[-1].m) == (block.i, block.j):
            found[-1] = Block(found[-1].i, block.k, found[-1].j, block.m)
        else:
            found.append(block)
    return found
