"""Which statements are compared: near ones of different reports, and the same ones whatever the number of leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trucebook.dossier.candidates import neighbours

if TYPE_CHECKING:
    from numpy.typing import NDArray


def unit(rows: NDArray[np.float64]) -> NDArray[np.float32]:
    found: NDArray[np.float32] = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
    return found


def test_statements_of_one_report_are_never_a_pair() -> None:
    one = unit(np.ones((4, 8)))
    found = neighbours(one, one, [0, 0, 1, 1], 0.5, 9)
    assert {(n.first, n.second) for n in found} == {(0, 2), (0, 3), (1, 2), (1, 3)}


def test_far_statements_are_no_pair() -> None:
    found = neighbours(unit(np.eye(4)), unit(np.eye(4)), [0, 1, 2, 3], 0.5, 9)
    assert found == []


@pytest.mark.parametrize("reports", [[], [0], [0, 0, 0]], ids=["none", "one statement", "one report"])
def test_less_than_two_reports_have_no_pairs(reports: list[int]) -> None:
    rows = unit(np.ones((len(reports), 8))) if reports else np.zeros((0, 8), dtype=np.float32)
    assert neighbours(rows, rows, reports, 0.0, 9) == []


def test_the_nearest_of_a_report_is_ahead_of_the_others() -> None:
    rows = unit(np.array([[1.0, 0, 0], [0.95, 0.3, 0], [0.6, 0.8, 0]]))
    near = {(n.first, n.second): n.clauses for n in neighbours(rows, rows, [0, 1, 1], 0.0, 9)}
    assert near[0, 1].firsts == 2
    assert near[0, 1].margin > 0 > near[0, 2].margin


def test_each_statement_brings_so_many_of_its_nearest() -> None:
    rows = unit(np.random.default_rng(1).standard_normal((60, 16)) + 2)
    few = neighbours(rows, rows, list(range(60)), 0.0, 2)
    assert 60 <= len(few) <= 120


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 1000))
def test_a_twin_is_found_among_many(seed: int) -> None:
    chance = np.random.default_rng(seed)
    rows = unit(chance.standard_normal((240, 32)))
    rows[239] = rows[0]
    found = neighbours(rows, rows, list(range(240)), 0.9, 5, leaf=40)
    assert (0, 239) in {(n.first, n.second) for n in found}
