from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from trucebook.render.coverage import MEANINGS, SIGNS
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
