"""How long, how often, and references to the present, the past and the future that name no date."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Final, cast

from trucebook.reading.times import calendar
from trucebook.reading.times.meaning import (
    Meaning,
    Reader,
    count_of,
    grain_of,
    mod_of,
    month_of,
    relation_of,
    weekday_of,
)
from trucebook.reading.times.words import plain, time_words

if TYPE_CHECKING:
    import datetime

    from trucebook.reading.times.meaning import Fields
    from trucebook.reading.times.situation import Situation


def duration_value(count: float | None, unit: str) -> str | None:
    """Return the TIMEX3 value of so many units (`P30D`, `PT2H`), `X` standing for a number left open."""
    words = time_words()
    name = plain(unit)
    code = words.units[words.plurals.get(name, name)]
    clock, code = ("T", code[1:]) if code.startswith("T") else ("", code)
    multiplier, letter = re.fullmatch(r"(\d*)(\w+)", code).groups()  # type: ignore[union-attr]
    if count is None:
        return f"P{clock}X" + ("Y" if multiplier in ("10", "100") else letter)
    amount = count * int(multiplier or 1)
    if amount == int(amount):
        return f"P{clock}{int(amount)}{letter}"
    return _halved(amount, clock, letter)


def _halved(amount: float, clock: str, letter: str) -> str | None:
    """A half year is six months, a half hour thirty minutes; other broken units are written as decimals."""
    smaller = {("", "Y"): ("M", 12), ("T", "H"): ("M", 60), ("T", "M"): ("S", 60)}.get((clock, letter))
    if smaller is None:
        return f"P{clock}{amount:g}{letter}"
    whole, rest = int(amount), round((amount - int(amount)) * smaller[1])
    return f"P{clock}" + (f"{whole}{letter}" if whole else "") + f"{rest}{smaller[0]}"


def _duration(fields: Fields, at: Situation) -> Meaning | None:
    if "bare" in fields:
        return _bare_plural(fields["bare"], at)
    unit = fields.get("units") or fields.get("plural") or fields.get("unit2") or fields["unit"]
    if "few" in fields or "count2" in fields:
        # "A day or two", "30 to 60 days": no number of the two is the one meant.
        return Meaning("DURATION", duration_value(None, unit), mod_of(fields))
    count = count_of(fields)
    unread = "count" in fields and (count is None or (count >= 1000 and fields["count"].isdigit()))
    if unread or _is_rate(fields, at) or _is_unit_of_measure(unit, at) or ("old" in fields and not _is_aged(at)):
        return None
    if "unit" in fields or "lasting" in fields:
        count = 1
    if count is not None and "half" in fields:
        count += 0.5
    start, end = _reach(fields, at.day, count, unit)
    return Meaning("DURATION", duration_value(count, unit), mod_of(fields), start=start, end=end)


def _reach(fields: Fields, day: datetime.date | None, count: float | None, unit: str) -> calendar.Days:
    """The days of "the past three weeks" and "the next 48 hours", which end or begin now; other durations have none."""
    relation = relation_of(fields)
    ahead = 0 if relation is None else relation[0]
    if day is None or count is None or not ("past" in fields or ahead):
        return None, None
    grain, small = grain_of(unit), {"second": 86_400, "minute": 1_440, "hour": 24}
    name = time_words().plurals.get(plain(unit), plain(unit))
    steps = count if grain else math.ceil(count / small[name])
    far = calendar.moved(day, steps if ahead > 0 else -steps, grain or "day")
    if ahead > 0:
        return day, calendar.moved(far, 1, "day") if far else None
    return far, calendar.moved(day, 1, "day")


def _is_aged(at: Situation) -> bool:
    """Whether an age is that of a conflict, a treaty, ... and not of a person."""
    end = at.tokens.end
    return any(t.lower_ in time_words().aged.words for t in at.parse.doc[end : end + 3])


def _is_rate(fields: Fields, at: Situation) -> bool:
    """Whether "a week" divides an amount ("$500 a week") rather than lasting."""
    return fields.get("count", "").lower() in ("a", "an") and _follows_amount(at)


def _follows_amount(at: Situation) -> bool:
    first = at.tokens.start
    if not first:
        return False
    before = at.parse.doc[first - 1]
    # "60 hours a week".
    if before.lower_ in time_words().plurals:
        return True
    return before.like_num or before.lower_ in ("%", "percent", "once", "twice", "times", "cents", "dollars")


def _is_unit_of_measure(unit: str, at: Situation) -> bool:
    """Whether "seconds" counts or ranks rather than lasts: "a second meeting", "a quarter of voters"."""
    word = plain(unit)
    if word == "second":
        return not at.text().lower().startswith(("one ", "one-")) and at.tokens[-1].pos_ != "NOUN"
    # "Three-quarters" are a share; so are "three quarters of" something.
    return word.startswith("quarter") and (at.after == "of" or "three-quarters" in at.text().lower())


def _bare_plural(word: str, at: Situation) -> Meaning | None:
    """Take "hours", "days", ... for a duration only where they measure a distance."""
    after = at.after in ("after", "before", "later", "earlier", "of", "prior", "since", "into", "away")
    if at.before in ("early", "small", "wee", "late") and at.after == "of":
        return None
    if not (after or at.before in ("for", "in", "over", "within", "after", "of", "through", "took", "take", "lasted")):
        return None
    return Meaning("DURATION", duration_value(None, word))


def _set(fields: Fields, at: Situation) -> Meaning | None:
    if "many" in fields:
        return _weekly(fields)
    if "per" in fields:
        return _rate(fields, at)
    if "weekends" in fields:
        return Meaning("SET", "XXXX-WXX-WE") if at.before == "on" else None
    if "set" in fields:
        name = at.tokens[0]
        return (
            None if name.pos_ == "PROPN" and name.is_title else Meaning("SET", time_words().sets[fields["set"].lower()])
        )
    if "weekday" in fields or "month" in fields:
        return _each_named(fields)
    if "day_part" in fields:
        return Meaning("SET", "XXXX-XX-XX" + time_words().day_parts[fields["day_part"].lower()])
    count = count_of(fields) if "count" in fields else (2.0 if " other " in at.text().lower() else 1.0)
    unit = fields.get("unit") or fields["plural"]
    value = duration_value(count, unit) if count is not None else None
    return Meaning("SET", value) if value else None


def _weekly(fields: Fields) -> Meaning:
    part = time_words().day_parts[fields["day_part"].lower()] if "day_part" in fields else ""
    return Meaning("SET", f"XXXX-WXX-{cast('int', weekday_of(fields)) + 1}{part}")


def _each_named(fields: Fields) -> Meaning | None:
    if "weekday" in fields:
        return _weekly(fields)
    month = month_of(fields)
    return Meaning("SET", f"XXXX-{month:02}") if month else None


def _rate(fields: Fields, at: Situation) -> Meaning | None:
    words = at.text().lower().split()[0]
    if words not in ("once", "twice", "three", "four", "five", "six", "several", "many", "per") and not _follows_amount(
        at
    ):
        return None
    return Meaning("SET", duration_value(1, fields["unit"]))


def _reference(fields: Fields, at: Situation) -> Meaning | None:
    word = plain(fields["reference"])
    guard = time_words().reference_guards.get(word)
    if guard and (at.before in guard.before or at.after in guard.after):
        return None
    if word in ("recent", "current") and at.tokens[0].pos_ == "PROPN":
        return None
    return Meaning("DATE", time_words().references[word])


DURATIONS: Final[dict[str, Reader]] = {
    "duration": _duration,
    "set": _set,
    "reference": _reference,
}
