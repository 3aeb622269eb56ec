from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from trucebook.render.coverage import MEANINGS, SIGNS, sign
from trucebook.render.outline import outline
from trucebook.render.terminal import render_terminal

if TYPE_CHECKING:
    from collections.abc import Callable

    from trucebook.dossier.model import Dossier


@pytest.mark.parametrize(
    ("reports", "row"),
    [
        pytest.param(3, " ●  ●  ●", id="a column a report"),
        pytest.param(30, "●" * 30, id="a sign a report"),
        pytest.param(90, "● 90  ≠ 0  ○ 0  · 0", id="counted"),
    ],
)
def test_any_number_of_reports_fits(crowded: Callable[[int], Dossier], reports: int, row: str) -> None:
    brief = render_terminal(crowded(reports), width=80)
    lines = [line for line in brief.split("COVERAGE")[1].splitlines() if "A1" in line]
    assert len(lines) == 1
    assert lines[0].endswith(row)
    assert "The bridge at Lorn" in lines[0]


def test_signs_differ_in_shape() -> None:
    assert len(set(SIGNS.values())) == len(SIGNS) == len(MEANINGS)


def test_in_a_dispute_the_letter_of_the_side_is_shown(dossier: Dossier) -> None:
    fact = outline(dossier).disputed[0]
    assert [sign(fact, r, "told_differently") for r in ("000", "001", "003")] == ["a", "b", "b"]
    assert sign(fact, "004", "told_differently") == SIGNS["told_differently"]
    assert sign(fact, "000", "absent") == SIGNS["absent"]
