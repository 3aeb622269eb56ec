"""What reports agree on and dispute stays as well found as it was; see bench/findings_gate.py."""

from __future__ import annotations

from pathlib import Path

import pytest

from programs import load_program

ROOT = Path(__file__).parent.parent


gate = load_program(ROOT / "bench" / "findings_gate.py")


def test_a_figure_that_falls_is_named_and_one_that_wavers_is_not() -> None:
    before = {"an event": {"facts recall": 0.7, "disputes precision": 0.5}}
    assert gate.fallen(before, {"an event": {"facts recall": 0.66, "disputes precision": 0.5}}) == []
    lost = gate.fallen(before, {"an event": {"facts recall": 0.5, "disputes precision": 0.9}})
    assert lost == ["an event facts recall: 0.5 is less than 0.7"]


def test_a_figure_that_can_no_longer_be_computed_has_fallen() -> None:
    assert gate.fallen({"an event": {"disputes precision": 0.5}}, {"an event": {}})


@pytest.mark.slow
def test_no_figure_falls_below_its_floor() -> None:
    if not gate.SCORER.is_file():
        pytest.skip("the marked reports are not beside this checkout")
    assert gate.fallen(gate.pinned(), dict(gate.measured())) == []
