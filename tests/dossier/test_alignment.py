"""What keeps two statements that may be of one thing apart: too little in common, unless a detail ties them together."""

from __future__ import annotations

from dataclasses import replace

import pytest

from trucebook import read_text
from trucebook.dossier.actors import merge_actors
from trucebook.dossier.alignment import Thresholds, pairs, speaks_against
from trucebook.dossier.features import Weights, statements
from trucebook.dossier.vectors import of_statements

THIN = "too little in common"
CASES = {
    "the same day of the week": ("The truce takes effect on Sunday.", "The truce begins on Sunday.", 0.6, None),
    "another day of the week": ("The truce takes effect on Sunday.", "The truce begins on Monday.", 0.75, THIN),
    "no day": ("The truce takes effect soon.", "The truce begins shortly.", 0.6, THIN),
    "no day, and clear": ("The truce takes effect soon.", "The truce begins shortly.", 0.75, None),
    "the same place in a row": (
        "It will be the first meeting of the two leaders.",
        "The leaders plan a first summit.",
        0.6,
        None,
    ),
}


@pytest.mark.parametrize(("first", "second", "chance", "reason"), CASES.values(), ids=CASES.keys())
def test_a_shared_detail_ties_statements_of_few_words(
    first: str, second: str, chance: float, reason: str | None
) -> None:
    readings = [read_text(text, id=f"r{i}", published="2031-05-07") for i, text in enumerate((first, second))]
    every = statements(readings, merge_actors(readings).canonical)
    found = pairs(every, of_statements(every), Weights(every), Thresholds(kept=0.0))
    assert found
    best = replace(found[0], chance=chance)
    assert speaks_against(best, every[best.first], every[best.second]) == reason
