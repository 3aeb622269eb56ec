from __future__ import annotations

import pytest

from trucebook.desk.laying import widest
from trucebook.dossier.model import Evidence
from trucebook.span import Span


@pytest.mark.parametrize(
    ("places", "kept"),
    [
        ([("a", 0, 20), ("a", 5, 20)], [("a", 0, 20)]),
        ([("a", 5, 20), ("a", 0, 20)], [("a", 0, 20)]),
        ([("a", 0, 20), ("b", 5, 20)], [("a", 0, 20), ("b", 5, 20)]),
        ([("a", 0, 20), ("a", 15, 25)], [("a", 0, 20), ("a", 15, 25)]),
        ([("a", 0, 20), ("a", 0, 20)], [("a", 0, 20), ("a", 0, 20)]),
        ([], []),
    ],
)
def test_a_place_in_another_is_left_out(places: list[tuple[str, int, int]], kept: list[tuple[str, int, int]]) -> None:
    found = widest([Evidence(report=report, span=Span(start, end)) for report, start, end in places])
    assert [(e.report, *e.span) for e in found] == kept
