"""Counts of nobody."""

from __future__ import annotations

import pytest
from quantity_notation import told

CASES = [
    ("No one was hurt.", ["0 injured"]),
    ("Nobody was hurt in the blast.", ["0 injured"]),
    ("None were wounded.", ["0 injured"]),
    ("There were no casualties.", ["0 casualties"]),
    ("No casualties were reported.", ["0 casualties"]),
    ("No civilians were killed.", ["0 killed"]),
    ("There were no immediate reports of casualties.", []),
    ("No one was seriously hurt.", []),
    ("He made sure that no one would be hurt.", []),
    ("No deaths were reported.", ["0 killed"]),
    ("Nobody died.", ["0 killed"]),
    ("The attack killed nobody.", ["0 killed"]),
    ("No one came.", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[c[0] for c in CASES])
def test_counts_nobody_only_where_the_words_do(text: str, expected: list[str]) -> None:
    assert told(text) == expected
