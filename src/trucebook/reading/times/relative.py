"""Times counted from another: from the day of speaking, from a weekday, or from what was spoken of before."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, cast

from trucebook.reading.numbers import read_ordinal
from trucebook.reading.times import calendar
from trucebook.reading.times.dates import dated
from trucebook.reading.times.durations import duration_value
from trucebook.reading.times.meaning import Meaning, Reader, count_of, grain_of, mod_of, relation_of, weekday_of
from trucebook.reading.times.words import plain, time_words

if TYPE_CHECKING:
    import datetime

    from trucebook.reading.times.calendar import Grain
    from trucebook.reading.times.meaning import Fields
    from trucebook.reading.times.situation import Situation

# Characters over which "a year earlier" still takes up the quarter named before.
_NEAR: Final = 800


def _year_ago_period(fields: Fields, at: Situation) -> Meaning | None:
    if "ordinal" in fields:
        number = read_ordinal(fields["ordinal"])
        return Meaning("DATE", f"{at.day.year - 1}-Q{number}" if at.day and number and number <= 4 else None)
    if "year" in fields:
        same = at.memory.period
        return Meaning("DATE", fields["year"] + same[4:] if same else fields["year"])
    year = Meaning("DATE", f"{at.day.year - 1}" if at.day else None)
    return _same_period_earlier(at, 1) or year


def _this_period(fields: Fields, at: Situation) -> Meaning | None:
    """The quarter or the year a report on business has been speaking of."""
    unit, which = fields["unit"].lower(), fields.get("latest", "").lower()
    if unit == "year":
        return _the_year(which, at)
    period = at.memory.period
    if period is None or at.after in ("of", "in"):
        return None
    return Meaning("DATE", period)


def _the_year(which: str, at: Situation) -> Meaning | None:
    if which in ("current", "full", "fiscal") and at.day:
        return Meaning("DATE", f"{at.day.year}")
    return Meaning("DURATION", "P1Y") if at.before in ("for", "of", "over", "during", "through") and not which else None


def _same_period_earlier(at: Situation, years: int) -> Meaning | None:
    """The same quarter, years before: "profit rose from that of a year earlier" compares like with like."""
    period = at.memory.period
    if period is None or at.span.start - at.memory.at > _NEAR:
        return None
    return Meaning("DATE", f"{int(period[:4]) - years:04}{period[4:]}")


def _deictic(fields: Fields, at: Situation) -> Meaning | None:
    if len(fields) == 1 and at.is_name_end:
        return None
    day = calendar.moved(at.day, time_words().deictic[plain(fields["deictic"])], "day") if at.day else None
    return _on_day(day, fields)


def _on_day(day: datetime.date | None, fields: Fields) -> Meaning:
    """A day, or a part of it where the words name one."""
    value = day.isoformat() if day else None
    if "day_part" not in fields:
        return Meaning("DATE", value, mod_of(fields))
    return Meaning("TIME", value and value + time_words().day_parts[fields["day_part"].lower()], mod_of(fields))


def _weekday(fields: Fields, at: Situation) -> Meaning | None:
    weekday = weekday_of(fields)
    if weekday is None or (len(fields) == 1 and (at.is_name_part or at.is_name_end)):
        return None
    relation = relation_of(fields)
    if relation is None:
        return _on_day(calendar.weekday_by(at.day, weekday, at.direction) if at.day else None, fields)
    shift, anaphoric = relation
    from_day = at.memory.day if anaphoric else at.day
    return _on_day(_related_weekday(from_day, weekday, shift, at) if from_day else None, fields)


def _related_weekday(day: datetime.date, weekday: int, shift: int, at: Situation) -> datetime.date | None:
    if shift == 0:
        return calendar.weekday_by(day, weekday, "past" if at.direction == "past" else "future")
    return calendar.weekday_beyond(day, weekday, "past" if shift < 0 else "future")


def _day_part(fields: Fields, at: Situation) -> Meaning | None:
    if "tonight" in fields:
        return _night(fields["tonight"].lower(), at)
    shift, anaphoric = cast("tuple[int, bool]", relation_of(fields))
    from_day = at.memory.day if anaphoric else at.day
    return _on_day(calendar.moved(from_day, shift, "day") if from_day else None, fields)


def _night(word: str, at: Situation) -> Meaning:
    """A night belongs to the day it begins on, so that "overnight", told in the past, began the day before."""
    back = word == "overnight" and at.direction != "future"
    day = calendar.moved(at.day, -1 if back else 0, "day") if at.day else None
    return Meaning("TIME", f"{day.isoformat()}TNI" if day else None)


def _relative(fields: Fields, at: Situation) -> Meaning | None:
    if "ending" in fields:
        return _ending(fields["ending"].lower(), at)
    grain = grain_of(fields["unit"])
    if grain is None:
        return None
    if relation_of(fields) is None:
        return _the_unit(grain, fields, at)
    shift, anaphoric = cast("tuple[int, bool]", relation_of(fields))
    if not anaphoric:
        return _related(shift, grain, fields, at.day)
    # Where nothing was spoken of, "the next year" is the one after this.
    from_day, next_one = at.memory.base(grain), fields["anaphor"].lower().startswith("the next")
    if from_day is None and next_one and at.before in ("over", "for", "during", "within", "throughout"):
        return Meaning("DURATION", duration_value(1, fields["unit"]))
    return _related(shift, grain, fields, from_day or (at.day if next_one and at.direction != "past" else None))


def _related(shift: int, grain: Grain, fields: Fields, from_day: datetime.date | None) -> Meaning | None:
    moved = calendar.moved(from_day, shift, grain) if from_day else None
    return Meaning("DATE", calendar.value_of(moved, grain) if moved else None, mod_of(fields))


def _the_unit(grain: Grain, fields: Fields, at: Situation) -> Meaning | None:
    """The week, the weekend, the end of the month: the current one, and of weekends the last unless it lies ahead."""
    if at.day is None:
        return Meaning("DATE", None, mod_of(fields))
    back = grain == "weekend" and at.direction != "future" and at.day.weekday() < 5
    return _related(-1 if back else 0, grain, fields, at.day)


def _ending(unit: str, at: Situation) -> Meaning:
    if at.day is None:
        return Meaning("DATE", None, "END")
    return Meaning("DATE", calendar.value_of(at.day, cast("Grain", unit)), "END")


def _throughout_day(fields: Fields, at: Situation) -> Meaning | None:
    del fields
    if at.before not in ("throughout", "during"):
        return None
    return Meaning("DATE", at.day.isoformat() if at.day else None)


def _ago(fields: Fields, at: Situation) -> Meaning | None:
    count, word = count_of(fields), fields["ago"].lower()
    ago = word == "ago"
    grain, unit = grain_of(fields["units"]), fields["units"]
    if count is None and ago and grain is not None and "vague" in fields:
        return Meaning("DATE", "PAST_REF", mod_of(fields))
    if count is None or grain is None:
        return _loose_ago(fields, unit, count, ago=ago)
    from_day = at.day if ago or "now" in word else _told_from(word, grain, at)
    if from_day is None and not ago and "now" not in word:
        return _loose_ago(fields, unit, count, ago=ago)
    years = count * {"year": 1, "decade": 10, "century": 100}.get(grain, 0)
    if years and word in ("ago", "earlier") and (same := _same_period_earlier(at, int(years))):
        return replace(same, mod=mod_of(fields))
    moved = (
        calendar.moved(from_day, -count if word in ("ago", "earlier", "before") else count, grain) if from_day else None
    )
    # Ten years ago is a year, not a decade: a count of long units is no less precise than a year.
    told: Grain = "year" if years else grain
    return Meaning("DATE", calendar.value_of(moved, told) if moved else None, mod_of(fields))


def _told_from(word: str, grain: Grain, at: Situation) -> datetime.date | None:
    """What "two years later" and "a week earlier" are counted from: what was spoken of just before."""
    if word in ("before", "afterwards") and grain != "year":
        return None
    if grain in ("day", "week", "weekend", "night"):
        # Where a month or a year was spoken of since, nothing says from which of its days.
        return at.memory.day if at.memory.day_at == at.memory.last_at else None
    near = at.span.start - at.memory.last_at <= _NEAR
    said = at.memory.base(grain) if near else None
    # "A year earlier" compares with today's figures where no other year was spoken of.
    return said or (at.day if word == "earlier" and grain == "year" else None)


def _day_by(fields: Fields, at: Situation) -> Meaning | None:
    """The day before or after another, which the words name or which was spoken of last."""
    weekday, step = weekday_of(fields), 1 if fields["side"].lower() == "after" else -1
    if "month" in fields:
        named = dated(fields, at)
        base = calendar.made(named[2], named[0], named[1]) if named and named[2] else None
    elif weekday is None:
        base = at.memory.day_near(at.span.start, _NEAR)
    else:
        relation = relation_of(fields)
        base = at.day and (
            _related_weekday(at.day, weekday, relation[0], at)
            if relation
            else calendar.weekday_by(at.day, weekday, at.direction)
        )
    day = calendar.moved(base, step, "day") if base else None
    return Meaning("DATE", day.isoformat()) if day else None


def _loose_ago(fields: Fields, unit: str, count: float | None, *, ago: bool) -> Meaning | None:
    """Times that are as vague as "months ago", and hours, which no date holds: the distance is kept as a duration."""
    value = duration_value(count, unit)
    if value is None:
        return None
    # "Earlier" is no part of a duration before something.
    cut = 0 if ago else len(fields["ago"])
    return Meaning("DURATION", value, mod_of(fields), cut)


RELATIVE: Final[dict[str, Reader]] = {
    "year_ago_period": _year_ago_period,
    "this_period": _this_period,
    "deictic": _deictic,
    "weekday": _weekday,
    "day_part": _day_part,
    "relative": _relative,
    "throughout_day": _throughout_day,
    "ago": _ago,
    "day_by": _day_by,
}
