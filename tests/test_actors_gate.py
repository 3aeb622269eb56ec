"""The actors of a case stay as good as they were; see bench/actors_gate.py."""

from __future__ import annotations

from pathlib import Path

import pytest

from programs import load_program

ROOT = Path(__file__).parent.parent


gate = load_program(ROOT / "bench" / "actors_gate.py")


def test_every_case_is_pinned_above_its_bar() -> None:
    pinned = gate.pinned()
    assert set(pinned) == set(gate.CASES)
    for case in pinned.values():
        assert case.figures["found"] >= 95
        assert case.figures["pair_precision"] >= 97
        assert case.figures["pair_recall_where_both_names_seen"] >= 90


@pytest.mark.slow
@pytest.mark.parametrize("name", gate.CASES)
def test_no_figure_falls_below_its_floor(name: str) -> None:
    data, gold = gate.SHARED / "data", gate.SHARED / "gold"
    if name not in gate.available(data, gold):
        pytest.skip("the reports and what a careful reader found in them are not beside this checkout")
    before = gate.pinned()[name]
    assert gate.digest(name, data, gold) == before.digest, "the reports are not those that were measured"
    now = gate.measure(name)
    told = "\n".join([*gate.falls(now, before), *gate.changes(now, before, gate.words(name))])
    assert not gate.falls(now, before), told


def made(figure: float, *pairs: str) -> object:
    return gate.Case("digest", {"found": figure}, list(pairs))


@pytest.mark.parametrize(
    ("now", "falls"),
    [(95.0, False), (94.6, False), (90.0, True), (100.0, False)],
    ids=["same", "noise", "lower", "higher"],
)
def test_a_figure_that_falls_is_named(now: float, falls: bool) -> None:
    assert gate.falls(made(now), made(95.0)) == ([f"found: {now} is below 95.0"] if falls else [])


def test_gains_and_losses_are_told_pair_by_pair() -> None:
    names = {"1": "marlow = ada marlow"}
    assert list(gate.changes(made(95.0, "1", "2"), made(95.0, "2", "3"), names)) == [
        "gained marlow = ada marlow",
        "lost   3",
    ]
