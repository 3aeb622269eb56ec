from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trucebook.agreement.when import ALWAYS, NEVER, TimeError, When, after, later, on, stamp, until, when


def moment(text: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("value", "start", "end"),
    [
        ("2024", "2024-01-01", "2025-01-01"),
        ("2024-02", "2024-02-01", "2024-03-01"),
        ("2024-05-31", "2024-05-31", "2024-06-01"),
        ("2024-W20", "2024-05-13", "2024-05-20"),
        ("2024-W01", "2024-01-01", "2024-01-08"),
        ("2024-05-31T23", "2024-05-31T23:00", "2024-06-01"),
        ("2024-05-31T23:59", "2024-05-31T23:59", "2024-06-01"),
        ("2024-05-31TNI", "2024-05-31", "2024-06-01"),
        ("2024-05-01/2024-05-03", "2024-05-01", "2024-05-04"),
        ("2024-05/2024-06", "2024-05-01", "2024-07-01"),
        ("2024-05-01T06:00/2024-05-01T09:00", "2024-05-01T06:00", "2024-05-01T09:00"),
    ],
)
def test_times(value: str, start: str, end: str) -> None:
    found = when(value)
    assert (found.start, found.end) == (moment(start), moment(end))


@pytest.mark.parametrize(
    ("value", "start", "end"), [("../2024-05-03", None, "2024-05-04"), ("2024-05-01/..", "2024-05-01", None)]
)
def test_open_sides(value: str, start: str | None, end: str | None) -> None:
    assert when(value) == When(start=moment(start) if start else None, end=moment(end) if end else None)


@pytest.mark.parametrize(
    "value",
    ["", "soon", "2024-13", "2024-05-32", "2024-W60", "24-05-01", "2024-5-1", "2024-05-01T25:00", "2024-05-03/2024-05-01", "PRESENT_REF", "XXXX-05", "0000", "2024-05-01/"],
)  # fmt: skip
def test_what_is_no_time(value: str) -> None:
    with pytest.raises(TimeError, match="is no time"):
        when(value)


@pytest.mark.parametrize(
    ("start", "duration", "end"),
    [
        ("2024-05-31", "P1M", "2024-06-30"),
        ("2023-12-31", "P2M", "2024-02-29"),
        ("2024-02-29", "P1Y", "2025-02-28"),
        ("2024-05-01", "P30D", "2024-05-31"),
        ("2024-05-01", "P2W", "2024-05-15"),
        ("2024-05-01", "PT48H", "2024-05-03"),
        ("2024-05-01", "P1DT12H30M", "2024-05-02T12:30"),
        ("2024-05-01", "P9999Y", "9999-12-31T23:59:59.999999"),
    ],
)
def test_later(start: str, duration: str, end: str) -> None:
    assert later(moment(start), duration) == moment(end)


@pytest.mark.parametrize("duration", ["", "P", "PT", "30 days", "P30", "P-1D", "PD", "P1.5D", "P99999D", "P1D "])
def test_what_is_no_duration(duration: str) -> None:
    with pytest.raises(TimeError, match="is no duration"):
        later(moment("2024-05-01"), duration)


@pytest.mark.parametrize(
    ("one", "other", "before"),
    [
        ("2024-05-01", "2024-05-02", True),
        ("2024-05-01", "2024-05-01", False),
        ("2024-05", "2024-05-31", False),
        ("2024-05", "2024-06-01", True),
        ("2024-05-02", "2024-05-01", False),
        ("2024-05-01/..", "2024-05-09", False),
        ("../2024-05-01", "2024-05-02", True),
    ],
)
def test_before_is_certain_or_not_at_all(one: str, other: str, *, before: bool) -> None:
    assert when(one).before(when(other)) is before


@pytest.mark.parametrize(
    ("time", "text"),
    [
        ("2024-05-01T23:59:59.999999", "2024-05-01"),
        ("2024-05-01T00:00", "2024-05-01"),
        ("2024-05-01T14:30:59.999999", "2024-05-01T14:30"),
    ],
)
def test_stamps(time: str, text: str) -> None:
    assert stamp(moment(time)) == text


def test_the_ends_of_time_have_no_stamp() -> None:
    assert (stamp(ALWAYS), stamp(NEVER)) == (None, None)


def test_until_is_the_day_that_ends_or_the_minute() -> None:
    assert until(moment("2024-05-02T00:00")) == when("2024-05-01")
    assert until(moment("2024-05-01T23:59:59.999999")) == when("2024-05-01")
    assert until(moment("2024-05-01T14:31")) == when("2024-05-01T14:30")


def test_after_keeps_what_is_open() -> None:
    assert after(when("../2024-05-03"), "P1D") == when("../2024-05-04")
    assert after(when("2024-05-03"), "P1D") == when("2024-05-04")
    assert after(when("2024-02"), "P1D").precision == "span"


days = st.dates(datetime.date(1950, 1, 1), datetime.date(2100, 1, 1))


@given(days, days, st.sampled_from(["day", "week", "month", "year", "hour", "minute", "span"]))
def test_what_is_written_reads_back(one: datetime.date, other: datetime.date, unit: str) -> None:
    iso = one.isocalendar()
    values = {
        "day": one.isoformat(), "week": f"{iso.year:04}-W{iso.week:02}", "month": one.isoformat()[:7], "year": one.isoformat()[:4],
        "hour": f"{one}T07", "minute": f"{one}T07:05", "span": f"{min(one, other)}/{max(one, other)}",
    }  # fmt: skip
    time = when(values[unit])
    assert when(time.value) == time


@given(days)
def test_a_day_begins_with_itself_and_closes_within(day: datetime.date) -> None:
    time = on(day)
    assert time.begun.date() == time.closing.date() == day < time.last.date()
