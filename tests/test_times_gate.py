"""The times stay as good and as quick as they were; see bench/times_gate.py."""

from __future__ import annotations

from pathlib import Path

import pytest

from programs import load_program

ROOT = Path(__file__).parent.parent
# Words a second on one core; what else the machine does is kept out by counting the processor's time.
SLOWEST = 20_000


gate = load_program(ROOT / "bench" / "times_gate.py")


def present() -> bool:
    return bool(gate.CORPUS.is_dir() and gate.SCORER.is_file())


@pytest.mark.slow
def test_no_figure_falls_below_its_floor() -> None:
    if not present():
        pytest.skip("the development texts are not beside this checkout")
    before = gate.pinned()
    assert gate.digest_of_corpus(gate.CORPUS) == before.corpus, "the corpus is not the one that was measured"
    now = gate.measure()
    assert not gate.falls(now, before), "\n".join([*gate.falls(now, before), *gate.gate.changes(now, before)])


def test_the_floors_are_those_that_were_promised() -> None:
    floors = gate.pinned().figures
    assert floors["TimeBank value"] >= 80
    assert floors["AQUAINT value"] >= 75


@pytest.mark.slow
def test_times_alone_are_quick() -> None:
    if not present():
        pytest.skip("the development texts are not beside this checkout")
    assert gate.speed() >= SLOWEST


@pytest.mark.parametrize(("now", "falls"), [(80.0, False), (79.6, False), (79.0, True), (85.0, False)])
def test_a_figure_that_falls_is_named(now: float, falls: bool) -> None:
    lines = gate.falls(*(gate.Gate("corpus", {"TimeBank value": f}, {}) for f in (now, 80.0)))
    assert lines == ([f"TimeBank value: {now} is below 80.0"] if falls else [])
