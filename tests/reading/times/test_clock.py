"""Times of day and their zones."""

from __future__ import annotations

import datetime

import pytest

from trucebook.reading.parse import parse
from trucebook.reading.times import find_times
from trucebook.reading.times.clock import offset_of
from trucebook.report import Report


@pytest.mark.parametrize(
    ("zone", "offset"),
    [
        ("GMT", "Z"), ("EDT", "-04:00"), ("CEST", "+02:00"), ("UTC+3", "+03:00"), ("+0530", "+05:30"), ("UTC −5", "-05:00"),
        # The name alone fixes no offset: it changes with the season, or several zones bear it.
        ("ET", ""), ("CST", ""), ("local time", ""), ("Kyiv time", ""), ("+99", ""),
    ],
)  # fmt: skip
def test_offset(zone: str, offset: str) -> None:
    assert offset_of(zone) == offset


@pytest.mark.parametrize(
    ("text", "value", "start", "zone"),
    [
        ("It begins at 7 p.m. EDT on Friday.", "2025-03-14T19:00-04:00", "2025-03-14T19:00-04:00", "EDT"),
        ("It will begin at 7 p.m. Kyiv time on Friday.", "2025-03-14T19:00", "2025-03-14T19:00", "Kyiv time"),
        ("It begins at 7 p.m. on Friday.", "2025-03-14T19:00", "2025-03-14T19:00", None),
        ("It began at 0700 GMT on Monday.", "2025-03-10T07:00Z", "2025-03-10T07:00Z", "GMT"),
        # Five in the morning or in the afternoon: neither is chosen.
        ("It began at five o’clock.", None, None, None),
    ],
)
def test_a_zone_is_kept(text: str, value: str | None, start: str | None, zone: str | None) -> None:
    report = Report(id="x", path="x", sha256="0", text=text, published=datetime.date(2025, 3, 12))
    (time,) = find_times(parse(report))
    assert (time.type, time.value, time.start, time.zone) == ("TIME", value, start, zone)


@pytest.mark.parametrize("clock", ["13 p.m.", "25:00", "7:75"])
def test_what_no_clock_shows_is_no_time(clock: str) -> None:
    report = Report(id="x", path="x", sha256="0", text=f"It stood at {clock} there.")
    assert find_times(parse(report)) == ()
