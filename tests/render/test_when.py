from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trucebook.render.when import day, machine, spoken, start


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("2025-03-11", "Tue 11 March 2025"),
        ("2025-03-11TNI", "Tue 11 March 2025, night"),
        ("2025-03-11T14:30", "Tue 11 March 2025, 14:30"),
        ("2031-05-09T19:00-04:00", "Fri 9 May 2031, 19:00 (UTC−04:00)"),
        ("2031-05-09T19:00Z", "Fri 9 May 2031, 19:00 (UTC)"),
        ("2025-03-11T14:30:05", "Tue 11 March 2025, 14:30"),
        ("2025-03", "March 2025"),
        ("2025-W11", "week of 10 March 2025"),
        ("2025-W11-WE", "weekend of 15 March 2025"),
        ("2025-SP", "spring 2025"),
        ("2025", "2025"),
        ("2025-13", "2025-13"),
        ("2025-02-30", "2025-02-30"),
        ("2025-W54", "2025-W54"),
        ("PRESENT_REF", "PRESENT_REF"),
        ("XXXX-03-11", "XXXX-03-11"),
        ("\x1b[2J", "␛[2J"),
    ],
)
def test_spoken(value: str, words: str) -> None:
    assert spoken(value) == words


@pytest.mark.parametrize(
    ("value", "first"),
    [
        ("2025-03-11", "2025-03-11"),
        ("2025-03-11TNI", "2025-03-11"),
        ("2025-W11", "2025-03-10"),
        ("2025-W54", "2025-W54"),
        ("2025-03", "2025-03-01"),
        ("2025", "2025-01-01"),
        ("", ""),
    ],
)
def test_start(value: str, first: str) -> None:
    assert start(value) == first


@pytest.mark.parametrize(
    ("value", "taken"),
    [
        ("2025", True),
        ("2025-03", True),
        ("2025-03-11", True),
        ("2025-W11", True),
        ("2025-03-11TNI", False),
        ("x", False),
    ],
)
def test_machine(value: str, taken: bool) -> None:
    assert machine(value) == (value if taken else None)


@given(st.dates(min_value=datetime.date(1000, 1, 1)))
def test_a_day_is_never_shown_less_or_more_precise(date: datetime.date) -> None:
    assert spoken(date.isoformat()) == day(date)
    assert start(date.isoformat()) == date.isoformat()
