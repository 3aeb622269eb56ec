"""Whether what befell the counted is told as done."""

from __future__ import annotations

import pytest
from quantity_notation import told

CASES = [
    ("Up to 60 guards may have been killed.", ["<=60 guard killed:possible"]),
    ("The group agreed to release 33 hostages.", ["33 hostage released:planned"]),
    ("A deal to free 33 hostages was signed.", ["33 hostage released:planned"]),
    ("The group is expected to free 10 hostages.", ["10 hostage released:planned"]),
    ("If the group frees 10 hostages, the truce holds.", ["10 hostage released:conditional"]),
    ("The group could free 10 hostages.", ["10 hostage released:possible"]),
    ("The group has not freed 10 hostages.", ["10 hostage released:denied"]),
    ("The army denied killing 12 civilians.", ["12 civilian killed:denied"]),
    ("The army was accused of killing 12 civilians.", ["12 civilian killed:possible"]),
    ("The plan would free 33 hostages.", ["33 hostage released:possible"]),
    ("The flood could kill 300 people.", ["300 person killed:possible"]),
    ("Thirty hostages are to be freed.", ["30 hostage released:planned"]),
    ("After killing three guards, the men fled.", ["3 killed"]),
    ("They left without wounding 20 people.", ["20 person injured:denied"]),
    ("Did the strike kill 12 people?", ["12 person killed:possible"]),
    ("The rocket hit a market, killing three.", ["3 killed"]),
    ("The rocket could hit a market, killing three.", ["3 None killed:possible"]),
    ("The group managed to free 12 captives.", ["12 released"]),
    ("Ten hostages are expected to be freed.", ["10 hostage released:planned"]),
    ("Twelve people are feared dead.", ["12 person killed:possible"]),
    ("He wants 12 hostages freed.", ["12 hostage released:planned"]),
    ("The army did not capture 12 soldiers.", ["12 soldier captured:denied"]),
    ("They will exchange 25 prisoners for 25 others.", ["25 prisoner exchanged:planned", "25 other"]),
    ("The two armies will swap 1,000 prisoners each.", ["1000 prisoner exchanged:planned"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[c[0] for c in CASES])
def test_tells_what_was_done_from_what_was_not(text: str, expected: list[str]) -> None:
    assert told(text) == expected
