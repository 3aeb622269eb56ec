"""Times as intervals, and durations in the calendar; a time is never made more precise than what it was made from.

All times are wall clock times of the place that an agreement speaks of: a truce that begins "at midnight on Sunday"
begins there, and a report says no more. A day as a time is `[00:00, 00:00 of the next day)`.
"""

from __future__ import annotations

import calendar
import datetime
import re
from typing import Final, Literal

import msgspec

from trucebook.errors import TrucebookError

Moment = datetime.datetime
Precision = Literal["minute", "hour", "day", "week", "month", "year", "span"]

NEVER: Final = datetime.datetime.max  # noqa: DTZ901  wall clock, see above
ALWAYS: Final = datetime.datetime.min  # noqa: DTZ901  wall clock, see above
#: The grain of the clock: an exclusive end less one tick is the last moment inside.
TICK: Final = datetime.timedelta(microseconds=1)

_CLOCK: Final = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d)(?::(\d\d))?(?::\d\d)?")
_PART_OF_DAY: Final = re.compile(r"(\d{4}-\d\d-\d\d)T(?:MO|MI|AF|EV|NI|DT)")
_WEEK: Final = re.compile(r"(\d{4})-W(\d\d)(?:-WE)?")
_DURATION: Final = re.compile(r"P(?=\w)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?)?")
_LAST_TICK: Final = 999_999
_CLOCKED: Final[frozenset[Precision]] = frozenset({"minute", "hour"})
_FINE: Final[frozenset[Precision]] = frozenset({"minute", "hour", "day"})
# Enough for any date a report or an agreement names, and short of what a calendar can hold.
_DIGITS: Final = 4


class TimeError(TrucebookError):
    """A time or duration that cannot be read.

    Args:
        value: as it was given.
        wanted: how such a thing is written.
    """

    def __init__(self, value: str, wanted: str) -> None:
        self.value, self.wanted = value, wanted
        super().__init__(f"{value!r} is no {wanted}")


class When(msgspec.Struct, frozen=True, kw_only=True):
    """An interval of wall clock time in which something lies; where exactly, is not known.

    Attributes:
        start: its first moment; None where it is open towards the past.
        end: the moment just past it; None where it is open towards the future.
        precision: the calendar unit it is, `span` where it is none.
    """

    start: Moment | None
    end: Moment | None
    precision: Precision = "span"

    @property
    def first(self) -> Moment:
        """The earliest moment it can be."""
        return ALWAYS if self.start is None else self.start

    @property
    def last(self) -> Moment:
        """The moment by which it is certainly past."""
        return NEVER if self.end is None else self.end

    def before(self, other: When) -> bool:
        """Whether it certainly lies before `other`: no moment of it is later than one of `other`."""
        return self.last <= other.first

    @property
    def begun(self) -> Moment:
        """The moment by which it has certainly come: a day when it begins, a longer unit or a span when it is over."""
        return self.first if self.precision in _FINE else self.last

    @property
    def closing(self) -> Moment:
        """The last moment that belongs to it."""
        return self.last if self.last in {ALWAYS, NEVER} else self.last - TICK

    @property
    def value(self) -> str:
        """It in writing, such that `when(value)` gives it back: `2025-03-11`, `2025-W11`, `2025-03-01/2025-03-11`."""
        if self.start is None or self.end is None or self.precision == "span":
            return f"{_edge(self.start)}/{_edge(self.end)}"
        if self.precision == "week":
            iso = self.start.isocalendar()
            return f"{iso.year:04}-W{iso.week:02}"
        return self.start.isoformat(timespec="minutes")[: _LENGTH[self.precision]]


_LENGTH: Final[dict[Precision, int]] = {"year": 4, "month": 7, "day": 10, "hour": 13, "minute": 16}


def on(day: datetime.date) -> When:
    """Return a day as a time."""
    return _unit(datetime.datetime(day.year, day.month, day.day), "day")  # noqa: DTZ001  wall clock, see above


def when(value: str) -> When:
    """Return the time that a value in writing means.

    Args:
        value: `2025`, `2025-03`, `2025-03-11`, `2025-W11`, `2025-03-11T14`, `2025-03-11T14:30`, a TIMEX3 part of a
            day (`2025-03-11TNI`, taken for the day), or two of them as `start/end`, where the first moment of the
            first and the last of the second count and `..` stands for an open side.

    Raises:
        TimeError: it is none of these.
    """
    if "/" in value:
        start, _, end = value.partition("/")
        span = When(start=_open(start, "start"), end=_open(end, "end"))
        if span.first >= span.last:
            raise TimeError(value, "time: it ends before it starts")
        return span
    try:
        return _single(value)
    except (ValueError, OverflowError) as error:
        raise TimeError(value, "time; write it like 2025-03-11, 2025-03, 2025-W11 or 2025-03-11T14:30") from error


def later(moment: Moment, duration: str) -> Moment:
    """Return the moment a duration later; a month later than 31 January is the last day of February.

    Args:
        moment: from when.
        duration: ISO 8601, like `P30D`, `P1M`, `PT48H`.

    Raises:
        TimeError: `duration` is none.
    """
    found = _DURATION.fullmatch(duration)
    if found is None or any(part and len(part) > _DIGITS for part in found.groups()):
        raise TimeError(duration, "duration; write it like P30D, P2W, P1M or PT48H")
    years, months, weeks, days, hours, minutes = (int(part or 0) for part in found.groups())
    try:
        return _months(moment, years * 12 + months) + datetime.timedelta(
            weeks=weeks, days=days, hours=hours, minutes=minutes
        )
    except (ValueError, OverflowError):
        return NEVER


def after(time: When, duration: str) -> When:
    """Return the interval a duration later; an open side stays open.

    Raises:
        TimeError: `duration` is none.
    """
    start = None if time.start is None else later(time.start, duration)
    end = None if time.end is None else later(time.end, duration)
    return When(start=start, end=end, precision=time.precision if time.precision in _FINE else "span")


def until(moment: Moment) -> When:
    """Return the time that is over at a moment or with it: a day where the moment ends one, else a minute."""
    end = moment + TICK if moment.microsecond == _LAST_TICK and moment != NEVER else moment
    step = datetime.timedelta(days=1) if end.time() == datetime.time() else datetime.timedelta(minutes=1)
    if end in {ALWAYS, NEVER}:
        return When(start=None, end=end)
    return When(start=end - step, end=end, precision="day" if step.days else "minute")


def stamp(moment: Moment) -> str | None:
    """Return a moment in writing, as the day that it begins or ends where it does; None for the ends of time."""
    if moment in {ALWAYS, NEVER}:
        return None
    whole = (moment + TICK).time() == datetime.time() or moment.time().replace(microsecond=0) == datetime.time()
    return moment.isoformat(timespec="minutes")[: 10 if whole else 16]


def _edge(moment: Moment | None) -> str:
    return ".." if moment is None else moment.isoformat(timespec="minutes")


def _open(value: str, side: Literal["start", "end"]) -> Moment | None:
    if value == "..":
        return None
    time = when(value)
    # A time of day as an end is exclusive, as `value` writes it; a day as an end is meant to its last moment.
    return time.end if side == "end" and time.precision not in _CLOCKED else time.start


def _single(value: str) -> When:
    if found := _CLOCK.fullmatch(value):
        clock = datetime.time(int(found[2]), int(found[3] or 0))
        moment = datetime.datetime.combine(datetime.date.fromisoformat(found[1]), clock)
        return _unit(moment, "minute" if found[3] else "hour")
    if found := _PART_OF_DAY.fullmatch(value):
        return on(datetime.date.fromisoformat(found[1]))
    if found := _WEEK.fullmatch(value):
        return _unit(_midnight(datetime.date.fromisocalendar(int(found[1]), int(found[2]), 1)), "week")
    if re.fullmatch(r"\d{4}", value):
        return _unit(_midnight(datetime.date(int(value), 1, 1)), "year")
    if re.fullmatch(r"\d{4}-\d\d", value):
        return _unit(_midnight(datetime.date(int(value[:4]), int(value[5:]), 1)), "month")
    if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return on(datetime.date.fromisoformat(value))
    raise ValueError(value)


def _midnight(day: datetime.date) -> Moment:
    return datetime.datetime.combine(day, datetime.time())


_STEP: Final[dict[Precision, str]] = {
    "minute": "PT1M", "hour": "PT1H", "day": "P1D", "week": "P1W", "month": "P1M", "year": "P1Y",
}  # fmt: skip


def _unit(start: Moment, precision: Precision) -> When:
    return When(start=start, end=later(start, _STEP[precision]), precision=precision)


def _months(moment: Moment, months: int) -> Moment:
    year, month = divmod(moment.year * 12 + moment.month - 1 + months, 12)
    return moment.replace(year=year, month=month + 1, day=min(moment.day, calendar.monthrange(year, month + 1)[1]))
