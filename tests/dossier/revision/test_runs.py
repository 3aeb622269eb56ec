"""The runs that two sequences have in common: true ones, in order, and never at a quadratic cost."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trucebook.dossier.revision import runs
from trucebook.dossier.revision.runs import Block, common

SEQUENCES = st.lists(st.integers(0, 5), max_size=40)


@given(SEQUENCES, SEQUENCES)
def test_what_is_common_stands_in_both_and_in_order(one: list[int], other: list[int]) -> None:
    i = j = 0
    for block in common(one, other):
        assert block.i >= i
        assert block.j >= j
        assert one[block.i : block.k] == other[block.j : block.m] != []
        i, j = block.k, block.m


@given(SEQUENCES, SEQUENCES)
def test_it_is_as_long_as_can_be_where_it_is_compared_exactly(one: list[int], other: list[int]) -> None:
    best = [[0] * (len(other) + 1) for _ in range(len(one) + 1)]
    for i, x in enumerate(one):
        for j, y in enumerate(other):
            best[i + 1][j + 1] = best[i][j] + 1 if x == y else max(best[i][j + 1], best[i + 1][j])
    assert sum(b.k - b.i for b in common(one, other)) == best[-1][-1]


@given(SEQUENCES)
def test_a_sequence_has_all_of_itself(one: list[int]) -> None:
    assert common(one, one) == ([Block(0, len(one), 0, len(one))] if one else [])


def test_long_stretches_are_parted_at_what_stands_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs, "_EXACT", 0)
    one, other = [1, 2, 1, 7, 1, 2, 2, 9, 1], [2, 1, 1, 7, 2, 1, 2, 9, 2]
    shared = {one[x] for b in common(one, other) for x in range(b.i, b.k)}
    assert {7, 9} <= shared


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["few-elements", "reversed", "swapped"])
def test_a_long_sequence_costs_no_more_than_its_length(kind: str) -> None:
    chance = random.Random(1)  # noqa: S311  no secret
    one = [chance.randrange(50) for _ in range(300_000)] if kind == "few-elements" else list(range(300_000))
    other = {"few-elements": one[1000:] + one[:1000], "reversed": one[::-1], "swapped": one[150_000:] + one[:150_000]}[
        kind
    ]
    start = time.process_time()
    found = common(one, other)
    assert time.process_time() - start < 60
    assert all(one[b.i : b.k] == other[b.j : b.m] for b in found)
