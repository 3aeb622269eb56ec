"""Arithmetic on dates and their TIMEX3 values; a value is never more precise than what it is made from."""

from __future__ import annotations

import calendar
import datetime
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Callable

Direction = Literal["past", "future"]
Grain = Literal["day", "weekend", "week", "month", "quarter", "year", "decade", "century"]

Days = tuple[datetime.date | None, datetime.date | None]

_DAYS_A_WEEK: Final = 7
_MONTHS: Final[dict[str, int]] = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}
# Seasons as the northern press uses them: the month each begins in.
_SEASON_MONTHS: Final[dict[str, int]] = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}


def moved(day: datetime.date, steps: float, grain: Grain) -> datetime.date | None:
    """Return `day` moved by `steps` whole units, or None where that leaves the calendar's years 1 to 9999."""
    try:
        if grain == "day":
            return day + datetime.timedelta(days=int(steps))
        if grain in ("week", "weekend"):
            return day + datetime.timedelta(days=int(steps * _DAYS_A_WEEK))
        year, month = divmod(day.year * 12 + day.month - 1 + int(steps * _MONTHS[grain]), 12)
        return day.replace(year=year, month=month + 1, day=min(day.day, calendar.monthrange(year, month + 1)[1]))
    except (ValueError, OverflowError):
        return None


def value_of(day: datetime.date, grain: Grain) -> str:
    """Return the TIMEX3 value of the day, week, month, ... that `day` lies in."""
    if grain in ("week", "weekend"):
        iso = day.isocalendar()
        return f"{iso.year:04}-W{iso.week:02}" + ("-WE" if grain == "weekend" else "")
    if grain == "quarter":
        return f"{day.year:04}-Q{(day.month + 2) // 3}"
    return day.isoformat()[: {"day": 10, "month": 7, "year": 4, "decade": 3, "century": 2}[grain]]


def made(year: int, month: int, day: int) -> datetime.date | None:
    """Return the date, or None where the calendar has no such day."""
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def weekday_by(anchor: datetime.date, weekday: int, direction: Direction | None) -> datetime.date | None:
    """Return the day of that name nearest to `anchor`: on or after it in the future, else on or before it.

    News tells of days gone by unless it says otherwise, so an unknown direction is the past.
    """
    if direction == "future":
        return moved(anchor, (weekday - anchor.weekday()) % _DAYS_A_WEEK, "day")
    return moved(anchor, -((anchor.weekday() - weekday) % _DAYS_A_WEEK), "day")


def weekday_beyond(anchor: datetime.date, weekday: int, direction: Direction) -> datetime.date | None:
    """Return the day of that name strictly before or after `anchor`."""
    near = weekday_by(anchor, weekday, direction)
    if near == anchor:
        return moved(anchor, 1 if direction == "future" else -1, "week")
    return near


def year_of_month(anchor: datetime.date, month: int, direction: Direction | None) -> int:
    """Return the year of a month named without one: by the direction where it is known, else the nearest."""
    if direction == "past":
        return anchor.year - (month > anchor.month)
    if direction == "future":
        return anchor.year + (month < anchor.month)
    return min(
        (anchor.year, anchor.year - 1, anchor.year + 1),
        key=lambda y: abs((y - anchor.year) * 12 + month - anchor.month),
    )


def year_of_day(anchor: datetime.date, month: int, day: int, direction: Direction | None = None) -> int | None:
    """Return the year of a day named without one: the nearest, or None where no such day is near (29 February).

    News looks back: the future counts twice as far, and a quarter of the way where the verb looks ahead.
    """
    ahead = 0.25 if direction == "future" else 2
    days = [d for y in (anchor.year - 1, anchor.year, anchor.year + 1) if (d := made(y, month, day))]
    return (
        min(days, key=lambda d: (anchor - d).days if d <= anchor else ahead * (d - anchor).days).year if days else None
    )


def year_of_season(anchor: datetime.date, season: str, direction: Direction | None) -> int:
    """Return the year of a season named without one; a winter belongs to the year in which it begins."""
    return year_of_month(anchor, _SEASON_MONTHS[season], direction)


def year_of_quarter(anchor: datetime.date, quarter: int, direction: Direction | None) -> int:
    """Return the year of a quarter named without one: the current or the last of its number, unless in the future."""
    now = (anchor.month + 2) // 3
    if direction == "future" and quarter < now:
        # Three quarters ahead is further than one behind: "the third quarter" in autumn is the one just over.
        return anchor.year + (now - quarter > 1)
    return anchor.year - (quarter > now and direction != "future")


def season_of(day: datetime.date) -> tuple[str, int]:
    """Return the code of the season that a day lies in, and the year in which that season began."""
    code = next(c for c, first in _SEASON_MONTHS.items() if (day.month - first) % 12 < 3)
    return code, day.year - (code == "WI" and day.month < 3)


def easter(year: int) -> datetime.date:
    """Return Easter Sunday of the western churches (Meeus, Astronomical Algorithms, chapter 8)."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    month, day = divmod(h + k - 7 * ((a + 11 * h + 22 * k) // 451) + 114, 31)
    return datetime.date(year, month, day + 1)


def ranked_weekday(year: int, month: int, weekday: int, rank: int) -> datetime.date | None:
    """Return the first (1), second, ... or last (-1) weekday of a month, Monday being 0; None where it has too few."""
    if rank < 0:
        last = datetime.date(year, month, calendar.monthrange(year, month)[1])
        return made(year, month, last.day - (last.weekday() - weekday) % _DAYS_A_WEEK)
    first = datetime.date(year, month, 1)
    return made(year, month, 1 + (weekday - first.weekday()) % _DAYS_A_WEEK + _DAYS_A_WEEK * (rank - 1))


def year_of_feast(
    anchor: datetime.date, in_year: Callable[[int], datetime.date | None], direction: Direction | None
) -> int | None:
    """Return the year of a holiday named without one: on the side of the anchor that is told of, else the nearest."""
    years = (anchor.year - 1, anchor.year, anchor.year + 1)
    days = [d for y in years if (d := in_year(y))]
    past, future = [d for d in days if d <= anchor], [d for d in days if d >= anchor]
    side = {"past": past[-1:], "future": future[:1]}.get(direction or "", days)
    return min(side, key=lambda d: abs(d - anchor)).year if side else None


def full_year(words: str, anchor: datetime.date | None) -> int | None:
    """Return the year that four digits, or two behind an apostrophe ("'98"), name.

    Two digits mean the nearest such year that is no more than a generation ahead of the anchor.
    """
    digits = "".join(c for c in words if c.isdigit())
    if len(digits) == 4:
        return int(digits)
    if len(digits) != 2 or anchor is None:
        return None
    year = anchor.year - anchor.year % 100 + int(digits)
    return year - 100 if year > anchor.year + 30 else year
