"""Times of day: what the clock shows, in which zone and on which day."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from trucebook.reading.numbers import read_number
from trucebook.reading.times import calendar
from trucebook.reading.times.dates import dated
from trucebook.reading.times.meaning import Meaning, Reader, mod_of, weekday_of
from trucebook.reading.times.words import plain, time_words

if TYPE_CHECKING:
    import datetime

    from trucebook.reading.times.meaning import Fields
    from trucebook.reading.times.situation import Situation

# Characters over which a time of day still belongs to the day spoken of before it.
_NEAR: Final = 300
_OFFSET: Final = re.compile(r"(?:gmt|utc)?\s?(?P<sign>[+\-−])(?P<hours>\d\d?):?(?P<minutes>\d\d)?", re.IGNORECASE)
_FURTHEST: Final = 14


def _clock(fields: Fields, at: Situation) -> Meaning | None:
    time = _clock_time(fields["clock"])
    if time is None:
        return None
    day = _named_day(fields, at)
    words = fields.get("zone") or fields.get("zone2")
    moment = f"{time}{offset_of(words) if words else ''}"
    open_end = None if day else moment
    day = day or _day_before(at) or at.day
    value = day.isoformat() + moment if day and time != "T" else None
    return Meaning("TIME", value, mod_of(fields), zone=words, clock=open_end if time != "T" else None)


def _clock_time(words: str) -> str | None:
    """Return `T17:00` of "5 p.m.", "17:00" or "noon", `T` where the half of the day is open, None for no time."""
    named = time_words().clock_words.get(words.lower())
    if named:
        return named
    if re.search(r"clock|\bin\s", words):
        return _spoken(words)
    digits = re.sub(r"^(\d\d)(\d\d)$", r"\1:\2", words)
    numbers = [int(n) for n in re.findall(r"\d+", digits)]
    half = re.search(r"([ap])\.?m", words, re.IGNORECASE)
    hour: int | None = numbers[0]
    if half:
        hour = _in_half(numbers[0], late=half[1].lower() == "p")
    if hour is None or hour > 24 or any(n > 59 for n in numbers[1:]):
        return None
    return f"T{hour:02}" + "".join(f":{n:02}" for n in (numbers[1:] or [0]))


def _in_half(hour: int, *, late: bool) -> int | None:
    return hour % 12 + 12 * late if 1 <= hour <= 12 else None


def _spoken(words: str) -> str | None:
    """Read "five o'clock in the morning"; without the part of the day nothing tells five from seventeen."""
    number = read_number(re.split(r"\s+", words.strip())[0])
    if number is None or not 1 <= number <= 12:
        return None
    part = re.search(r"(morning|afternoon|evening)$", words, re.IGNORECASE)
    return f"T{_in_half(int(number), late=part[1].lower() != 'morning'):02}:00" if part else "T"


def offset_of(zone: str) -> str:
    """Return the offset from UTC (`Z`, `-04:00`) that the name of a zone fixes, or "" where it fixes none."""
    named = time_words().zones.get(plain(zone))
    if named is not None:
        return named
    shown = _OFFSET.fullmatch(zone.strip())
    if shown is None or int(shown["hours"]) > _FURTHEST:
        return ""
    sign = "+" if shown["sign"] == "+" else "-"
    return f"{sign}{int(shown['hours']):02}:{shown['minutes'] or '00'}"


def _named_day(fields: Fields, at: Situation) -> datetime.date | None:
    """The day that the words themselves name."""
    if "deictic" in fields:
        return calendar.moved(at.day, time_words().deictic[plain(fields["deictic"])], "day") if at.day else None
    for suffix in ("", "2", "3"):
        named = dated(fields, at, suffix=suffix)
        if named and named[2]:
            return calendar.made(named[2], named[0], named[1])
    weekday = weekday_of(fields)
    if weekday is not None and at.day is not None:
        return calendar.weekday_by(at.day, weekday, at.direction)
    return None


def _day_before(at: Situation) -> datetime.date | None:
    """The day spoken of just before, in the same paragraph: "On Monday, at around 5 p.m."."""
    paragraph = at.parse.paragraph_at(at.span)
    inside = at.span.start - paragraph.span.start if paragraph else 0
    return at.memory.day_near(at.span.start, min(inside, _NEAR))


CLOCK: Final[dict[str, Reader]] = {"clock": _clock}
