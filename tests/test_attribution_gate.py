"""The attributions stay as good as they were; see bench/attribution_gate.py."""

from __future__ import annotations

from pathlib import Path

import pytest

from programs import load_program

ROOT = Path(__file__).parent.parent


gate = load_program(ROOT / "bench" / "attribution_gate.py")


def test_the_weights_are_those_that_were_measured() -> None:
    assert gate.digest_of_weights() == gate.pinned().weights


@pytest.mark.slow
def test_no_figure_falls_below_its_floor() -> None:
    if not gate.CORPUS.is_dir() or not gate.SCORER.is_file():
        pytest.skip("the development reports are not beside this checkout")
    before = gate.pinned()
    assert gate.digest_of_corpus(gate.CORPUS) == before.corpus, "the corpus is not the one that was measured"
    now = gate.measure()
    told = "\n".join([*gate.falls(now, before), *gate.changes(now, before)])
    assert not gate.falls(now, before), told


def made(figure: float, found: dict[str, list[int]]) -> object:
    return gate.Gate("corpus", "weights", {"all e2e_dice50": figure}, found)


@pytest.mark.parametrize(
    ("now", "falls"),
    [(72.0, False), (71.8, False), (71.0, True), (80.0, False)],
    ids=["same", "noise", "lower", "higher"],
)
def test_a_figure_that_falls_is_named(now: float, falls: bool) -> None:
    lines = gate.falls(made(now, {}), made(72.0, {}))
    assert lines == ([f"all e2e_dice50: {now} is below 72.0"] if falls else [])


def test_gains_and_losses_are_told_case_by_case() -> None:
    now, before = made(72.0, {"a": [1, 5], "c": [2]}), made(72.0, {"a": [1, 3], "b": [7]})
    assert list(gate.changes(now, before)) == ["gained a at 5", "lost   a at 3", "lost   b at 7", "gained c at 2"]
