"""Days of publication in the forms that files give them; a day that would have to be guessed is none."""

from __future__ import annotations

import datetime
import re

# Digits in the order year, month, day, or a form with the month's name; the year always in four digits.
_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)(?:[T\s].*)?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T.*)?")
_SECONDS = re.compile(r"\d{9,10}(?:\.\d*)?|\d{12,13}")
_YEAR = re.compile(r"(?<!\d)(?:1[89]|20|21)\d\d(?!\d)")
_LABEL = re.compile(r"(?:first )?(?:published|posted|date)(?: on| at)?\s{0,9}:?\s{1,9}", re.IGNORECASE)
# No date is longer, and what is longer is not given to the parser.
_LONGEST = 80
_MILLISECONDS = 1e11


def read_day(words: str) -> datetime.date | None:
    """Return the day that the words name, or None where they name none, or more than one.

    Understood are ISO 8601 (with a time or without), RFC 2822, seconds since 1970 and dates with the month's name.
    `03/04/2025` is two days, `March 2025` is none, and a year in two digits is not known. What is missing is never
    filled in, least of all from a clock. The day is the one that stands there: it is not moved to another time zone.

    Args:
        words: as a file or a user gives them.
    """
    words = words.strip()
    label = _LABEL.match(words)
    words = words[label.end() :] if label else words
    if not words or len(words) > _LONGEST:
        return None
    if match := _YEAR_FIRST.fullmatch(words):
        return _day(int(match[1]), int(match[3]), int(match[4]))
    if match := _COMPACT.fullmatch(words):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    if _SECONDS.fullmatch(words):
        return _since_1970(float(words))
    return _written(words) if _YEAR.search(words) else None


def _day(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def _since_1970(seconds: float) -> datetime.date | None:
    seconds = seconds / 1000 if seconds >= _MILLISECONDS else seconds
    return (datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC) + datetime.timedelta(seconds=seconds)).date()


def _written(words: str) -> datetime.date | None:
    """Read a date by every reading that the parser has for it; what they do not agree on was not in the words."""
    first, last = datetime.datetime(2000, 1, 1), datetime.datetime(2004, 12, 28)  # noqa: DTZ001  fillers, never kept
    readings = {_parsed(words, filler, day_first=day_first) for filler in (first, last) for day_first in (False, True)}
    return readings.pop() if len(readings) == 1 else None


def _parsed(words: str, filler: datetime.datetime, *, day_first: bool) -> datetime.date | None:
    from dateutil import parser  # noqa: PLC0415  most runs have dates in ISO 8601 alone

    try:
        found: datetime.datetime = parser.parse(words, default=filler, dayfirst=day_first, ignoretz=True)
        return found.date()
    # The errors that its author documents and those that strange words are known to raise in it.
    except (ValueError, OverflowError, ArithmeticError, LookupError, TypeError, AttributeError):
        return None
