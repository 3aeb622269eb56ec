"""The interval that a TIMEX3 value names."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trucebook.reading.times.interval import days_of, first_day, interval, precision

if TYPE_CHECKING:
    from trucebook.reading.model import TimeMod


@pytest.mark.parametrize(
    ("value", "mod", "start", "end"),
    [
        ("2031", None, "2031-01-01", "2032-01-01"),
        ("2031-05", None, "2031-05-01", "2031-06-01"),
        ("2031-12", None, "2031-12-01", "2032-01-01"),
        ("2031-05-06", None, "2031-05-06", "2031-05-07"),
        ("2031-W01", None, "2030-12-30", "2031-01-06"),
        ("2031-W19-WE", None, "2031-05-10", "2031-05-12"),
        ("2031-Q3", None, "2031-07-01", "2031-10-01"),
        ("2031-H2", None, "2031-07-01", "2032-01-01"),
        # Seasons as long as both of their definitions together.
        ("2031-SU", None, "2031-06-01", "2031-10-01"),
        ("2031-WI", None, "2031-12-01", "2032-04-01"),
        ("203", None, "2030-01-01", "2040-01-01"),
        ("20", None, "2000-01-01", "2100-01-01"),
        # A part of the day is no hour; a night may run into the next morning.
        ("2031-05-06TMO", None, "2031-05-06", "2031-05-07"),
        ("2031-05-06TNI", None, "2031-05-06", "2031-05-08"),
        ("2031-05-06T19:00", None, "2031-05-06T19:00", "2031-05-06T19:01"),
        ("2031-05-06T19:00-04:00", None, "2031-05-06T19:00-04:00", "2031-05-06T19:01-04:00"),
        ("2031-05-06T19:00Z", None, "2031-05-06T19:00Z", "2031-05-06T19:01Z"),
        ("2031-05-06T19:00:05", None, "2031-05-06T19:00:05", "2031-05-06T19:00:06"),
        ("2031-05-06T24:00", None, "2031-05-07T00:00", "2031-05-07T00:01"),
        # Modifiers open an interval, or leave it; none makes it shorter.
        ("2031-05", "END", "2031-05-01", "2031-06-01"),
        ("2031", "MORE_THAN", None, "2032-01-01"),
        ("2031", "LESS_THAN", "2031-01-01", None),
        ("2031", "BEFORE", None, "2031-01-01"),
        ("2031", "AFTER", "2032-01-01", None),
        ("2031-05-06", "ON_OR_BEFORE", None, "2031-05-07"),
        ("2031-05-06", "APPROX", "2031-05-05", "2031-05-08"),
        # What lies in no calendar.
        ("P3D", None, None, None),
        ("XXXX-05", None, None, None),
        ("PRESENT_REF", None, None, None),
        ("2031-02-30", None, None, None),
        ("2031-W60", None, None, None),
        ("9999-12-31", None, None, None),
        ("0000", None, None, None),
        ("", None, None, None),
    ],
)
def test_interval(value: str, mod: TimeMod | None, start: str | None, end: str | None) -> None:
    assert interval(value, mod) == (start, end)


@pytest.mark.parametrize(
    ("value", "how", "first"),
    [
        ("2031", "year", "2031-01-01"),
        ("2031-05", "month", "2031-05-01"),
        ("2031-W01", "week", "2030-12-30"),
        ("2031-W19-WE", "week", "2031-05-10"),
        ("2031-05-06", "day", "2031-05-06"),
        ("2031-05-06TMO", "time", "2031-05-06"),
        ("2031-05-06T19:00+03:00", "time", "2031-05-06"),
        ("2031-SU", "year", "2031-06-01"),
        ("2031-WI", "year", "2031-12-01"),
        ("2031-Q3", "year", "2031-07-01"),
        ("203", None, None),
        ("P3D", None, None),
        ("XXXX-05", None, None),
        ("2031-13", None, None),
        ("2031-02-30", None, None),
        ("0000", None, None),
        ("", None, None),
    ],
)
def test_precision(value: str, how: str | None, first: str | None) -> None:
    assert precision(value) == how
    assert first_day(value) == (datetime.date.fromisoformat(first) if first else None)


@given(st.dates(datetime.date(2, 1, 1), datetime.date(9000, 1, 1)))
def test_a_longer_value_holds_a_shorter_one(day: datetime.date) -> None:
    iso = day.isoformat()
    for value in (iso, iso[:7], iso[:4], iso[:3], iso[:2], f"{iso}TNI"):
        days = days_of(value)
        # The first century and decade hold a year 0, which no calendar has.
        assert days is None or days[0] <= day < days[1], value


@given(st.text(alphabet="0123456789-TWQXPNI:+Z", max_size=20))
def test_any_text_is_an_interval_or_none(value: str) -> None:
    days = days_of(value)
    assert days is None or days[0] < days[1]
    assert (interval(value) == (None, None)) == (days is None)
