"""Arithmetic on dates."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trucebook.reading.times.calendar import (
    Grain,
    easter,
    full_year,
    made,
    moved,
    ranked_weekday,
    season_of,
    value_of,
    weekday_beyond,
    weekday_by,
    year_of_day,
    year_of_month,
    year_of_quarter,
)

DAY = datetime.date(2025, 3, 12)


@pytest.mark.parametrize(
    ("grain", "value"),
    [("day", "2025-03-12"), ("week", "2025-W11"), ("weekend", "2025-W11-WE"), ("month", "2025-03"),
     ("quarter", "2025-Q1"), ("year", "2025"), ("decade", "202"), ("century", "20")],
)  # fmt: skip
def test_value_is_no_more_precise_than_the_unit(grain: Grain, value: str) -> None:
    assert value_of(DAY, grain) == value


def test_moving_a_month_keeps_inside_the_month() -> None:
    assert moved(datetime.date(2025, 3, 31), -1, "month") == datetime.date(2025, 2, 28)


@pytest.mark.parametrize("steps", [-(10**9), 10**9])
@pytest.mark.parametrize("grain", ["day", "week", "month", "century"])
def test_moving_out_of_the_calendar_is_none(steps: int, grain: Grain) -> None:
    assert moved(DAY, steps, grain) is None


@given(st.dates(datetime.date(1900, 1, 8), datetime.date(2100, 1, 1)), st.integers(0, 6))
def test_a_weekday_is_found_within_the_week(anchor: datetime.date, weekday: int) -> None:
    back, ahead = weekday_by(anchor, weekday, None), weekday_by(anchor, weekday, "future")
    assert back is not None
    assert ahead is not None
    assert back.weekday() == ahead.weekday() == weekday
    assert 0 <= (anchor - back).days < 7
    assert 0 <= (ahead - anchor).days < 7


def test_beyond_excludes_the_day_itself() -> None:
    assert weekday_beyond(DAY, 2, "past") == datetime.date(2025, 3, 5)
    assert weekday_beyond(DAY, 2, "future") == datetime.date(2025, 3, 19)


def test_years_of_partial_dates() -> None:
    assert year_of_day(DAY, 2, 28) == 2025
    assert year_of_day(DAY, 12, 25) == 2024
    assert year_of_day(DAY, 9, 1) == 2024
    assert year_of_day(DAY, 9, 1, "future") == 2025
    assert year_of_day(DAY, 2, 30) is None
    assert year_of_month(DAY, 12, None) == 2024
    assert year_of_month(DAY, 5, "past") == 2024
    assert year_of_quarter(DAY, 4, None) == 2024
    assert made(2025, 2, 29) is None


def test_short_years_are_near_the_anchor() -> None:
    assert full_year("’98", DAY) == 1998
    assert full_year("’14", DAY) == 2014
    assert full_year("’14", None) is None


@pytest.mark.parametrize(
    ("year", "day"), [(1998, "1998-04-12"), (2000, "2000-04-23"), (2024, "2024-03-31"), (2025, "2025-04-20")]
)
def test_easter(year: int, day: str) -> None:
    assert easter(year).isoformat() == day


def test_weekdays_by_their_rank() -> None:
    assert ranked_weekday(2024, 11, 3, 4) == datetime.date(2024, 11, 28)
    assert ranked_weekday(2025, 3, 0, -1) == datetime.date(2025, 3, 31)
    assert ranked_weekday(2025, 2, 0, 5) is None


def test_a_winter_belongs_to_the_year_it_begins_in() -> None:
    assert season_of(datetime.date(2025, 1, 5)) == ("WI", 2024)
    assert season_of(datetime.date(2025, 12, 5)) == ("WI", 2025)
    assert season_of(DAY) == ("SP", 2025)
