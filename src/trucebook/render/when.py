"""Dates as people write them, never more precise than the TIMEX3 value they come from."""

from __future__ import annotations

import datetime
import re

from trucebook.render.shown import line

_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
           "December")  # fmt: skip
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
# Parts of a day and of a year, from the TimeML 1.2.1 annotation guidelines (values of TIMEX3).
_PARTS = {"MO": "morning", "MI": "midday", "AF": "afternoon", "EV": "evening", "NI": "night", "DT": "daytime"}
_SEASONS = {"SP": "spring", "SU": "summer", "FA": "autumn", "WI": "winter"}
_DAY = re.compile(r"(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d|\w\w)(?::\d\d)?(Z|[+-]\d\d:\d\d)?)?")
_MONTH = re.compile(r"(\d{4})-(\d\d)")
_WEEK = re.compile(r"(\d{4})-W(\d\d)(-WE)?")
_SEASON = re.compile(r"(\d{4})-(SP|SU|FA|WI)")
_MACHINE = re.compile(r"\d{4}(-\d\d(-\d\d)?|-W\d\d)?")


def day(date: datetime.date) -> str:
    """Return a day in words, e.g. `Tue 11 March 2025`."""
    return f"{_DAYS[date.weekday()]} {date.day} {_MONTHS[date.month - 1]} {date.year}"


def spoken(value: str) -> str:
    """Return a TIMEX3 value in words, e.g. `2025-03` as `March 2025`; one it does not know is returned as it is."""
    try:
        return _spoken(value) or line(value)
    except ValueError:  # a day that no calendar has
        return line(value)


def machine(value: str) -> str | None:
    """Return `value` where HTML's `time` element takes it for a date (year, month, week or day), else None."""
    return value if _MACHINE.fullmatch(value) else None


def _spoken(value: str) -> str | None:
    if match := _DAY.fullmatch(value):
        part = match[2] and _PARTS.get(match[2], match[2] if ":" in match[2] else None)
        zone = f" (UTC{'' if match[3] == 'Z' else match[3].replace('-', '−')})" if match[3] else ""
        return day(datetime.date.fromisoformat(match[1])) + (f", {part}{zone}" if part else "")
    if match := _WEEK.fullmatch(value):
        first = datetime.date.fromisocalendar(int(match[1]), int(match[2]), 6 if match[3] else 1)
        return f"{'weekend' if match[3] else 'week'} of {day(first)[4:]}"
    if (match := _MONTH.fullmatch(value)) and 1 <= int(match[2]) <= 12:
        return f"{_MONTHS[int(match[2]) - 1]} {match[1]}"
    if match := _SEASON.fullmatch(value):
        return f"{_SEASONS[match[2]]} {match[1]}"
    return None


def start(value: str) -> str:
    """Return the first day of a TIMEX3 value as `YYYY-MM-DD`, so that days, weeks, months and years can be compared."""
    if match := _WEEK.fullmatch(value):
        try:
            return datetime.date.fromisocalendar(int(match[1]), int(match[2]), 1).isoformat()
        except ValueError:  # a year without a 53rd week
            return value
    return value[:10] + "-01-01"[len(value) - 4 :] if _MACHINE.fullmatch(value) and len(value) < 10 else value[:10]
