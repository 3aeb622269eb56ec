"""The interval that a TIMEX3 value names: from its first day, or minute, to the one after its last.

An interval is never shorter than what the words may mean: a night may run into the next morning, a season is as long as
its two definitions together (whole months; from solstice to equinox), and what the words leave open stays open.
"""

from __future__ import annotations

import datetime
import re
from typing import TYPE_CHECKING, Final, Literal

from trucebook.reading.times import calendar

if TYPE_CHECKING:
    from trucebook.reading.model import TimeMod

Precision = Literal["year", "month", "week", "day", "time"]

# TIMEX3 values that lie in a calendar: a day, with or without a time of day, a week or its end, a month, a part of a
# year, a year, a decade, a century.
_VALUE: Final = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d)(?:T(?P<clock>\d\d(?::\d\d){0,2}|[A-Z]{2})(?P<zone>Z|[+-]\d\d:\d\d)?)?)?"
    r"|-W(?P<week>\d\d)(?P<end>-WE)?|-(?P<part>Q[1-4]|H[12]|SP|SU|FA|WI))?"
    r"|(?P<decade>\d{3})|(?P<century>\d\d)"
)
# First month and number of months; a winter begins in the December of its year.
_PARTS: Final = {"Q1": (1, 3), "Q2": (4, 3), "Q3": (7, 3), "Q4": (10, 3), "H1": (1, 6), "H2": (7, 6),
                 "SP": (3, 4), "SU": (6, 4), "FA": (9, 4), "WI": (12, 4)}  # fmt: skip
_CLOCK: Final = re.compile(r"\d\d(?::\d\d){0,2}")
_DAY: Final = datetime.timedelta(days=1)


def precision(value: str) -> Precision | None:
    """Return how precise a TIMEX3 value is; None where it lies in no calendar or not even in a known year.

    A season, half or quarter of a year counts as a year: it is no month.
    """
    match = _VALUE.fullmatch(value)
    if match is None or not match["year"] or days_of(value) is None:
        return None
    if match["clock"]:
        return "time"
    return "day" if match["day"] else "month" if match["month"] else "week" if match["week"] else "year"


def first_day(value: str) -> datetime.date | None:
    """Return the first day of the interval that a TIMEX3 value names; None where no calendar has it."""
    days = days_of(value) if precision(value) else None
    return days[0] if days else None


def days_of(value: str) -> tuple[datetime.date, datetime.date] | None:
    """Return the first day of what a TIMEX3 value names and the day after its last; None where no calendar has it."""
    match = _VALUE.fullmatch(value)
    if match is None:
        return None
    try:
        return _days(match)
    except (ValueError, OverflowError):  # a day that no calendar has
        return None


def _days(match: re.Match[str]) -> tuple[datetime.date, datetime.date]:
    years = 1 if match["year"] else 10 if match["decade"] else 100
    year = int(match["year"] or match["decade"] or match["century"]) * years
    if match["week"]:
        first = datetime.date.fromisocalendar(year, int(match["week"]), 6 if match["end"] else 1)
        return first, first + (2 if match["end"] else 7) * _DAY
    if match["day"]:
        first = datetime.date(year, int(match["month"]), int(match["day"]))
        return first, first + (2 if match["clock"] == "NI" else 1) * _DAY
    month, months = (int(match["month"]), 1) if match["month"] else _PARTS.get(match["part"], (1, 12 * years))
    first = datetime.date(year, month, 1)
    return first, _end(first, months)


def _end(first: datetime.date, months: int) -> datetime.date:
    end = calendar.moved(first, months, "month")
    if end is None:
        raise ValueError(first)
    return end


def interval(value: str, mod: TimeMod | None = None) -> tuple[str | None, str | None]:
    """Return the first day, or minute, of the interval that a time means, and the one after its last.

    Args:
        value: TIMEX3 value.
        mod: TIMEX3 modifier: "early" and "late" stay inside the interval of the value, "before" and "more than three
            years ago" open it to the past, "after" and "nearly three years ago" to the other side, and "about" widens
            it by its own length on both sides.

    Returns:
        ISO 8601 days, or minutes with the offset from UTC where the value has one; None on a side that is open, and
        twice None where the value lies in no calendar.
    """
    days = days_of(value)
    match = _VALUE.fullmatch(value)
    if days is None or match is None:
        return None, None
    if mod in _OPEN or not _CLOCK.fullmatch(match["clock"] or ""):
        return shown(_opened(days, mod))
    moment = datetime.datetime.fromisoformat(
        f"{days[0].isoformat()}T{'00:00' if match['clock'][:2] == '24' else match['clock']}"
    )
    moment += _DAY * (match["clock"][:2] == "24")
    step = (
        datetime.timedelta(seconds=1 if moment.second else 60) if ":" in match["clock"] else datetime.timedelta(hours=1)
    )
    zone, exact = match["zone"] or "", "seconds" if moment.second else "minutes"
    return moment.isoformat(timespec=exact) + zone, (moment + step).isoformat(timespec=exact) + zone


_OPEN: Final = ("BEFORE", "AFTER", "ON_OR_BEFORE", "ON_OR_AFTER", "LESS_THAN", "MORE_THAN", "EQUAL_OR_LESS",
                "EQUAL_OR_MORE", "APPROX")  # fmt: skip


def _opened(days: tuple[datetime.date, datetime.date], mod: TimeMod | None) -> calendar.Days:
    """Days of a value, as its modifier leaves them; a date that is "more than" so long ago lies before."""
    first, end = days
    if mod == "BEFORE":
        return None, first
    if mod == "AFTER":
        return end, None
    if mod in ("ON_OR_BEFORE", "MORE_THAN", "EQUAL_OR_MORE"):
        return None, end
    if mod in ("ON_OR_AFTER", "LESS_THAN", "EQUAL_OR_LESS"):
        return first, None
    if mod != "APPROX":
        return first, end
    # Counted in days, since nobody knows how rough a rough year is.
    length = (end - first).days
    return calendar.moved(first, -length, "day"), calendar.moved(end, length, "day")


def shown(days: calendar.Days) -> tuple[str | None, str | None]:
    """Return two days as ISO 8601."""
    first, end = days
    return first.isoformat() if first else None, end.isoformat() if end else None
