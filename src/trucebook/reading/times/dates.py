"""Dates of the calendar, whole and partial: days, months, seasons, quarters, years and longer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, cast

from trucebook.reading.numbers import read_number, read_ordinal
from trucebook.reading.times import calendar
from trucebook.reading.times.meaning import Meaning, Reader, mod_of, month_of, relation_of
from trucebook.reading.times.words import plain, time_words

if TYPE_CHECKING:
    import datetime

    from trucebook.reading.times.calendar import Direction
    from trucebook.reading.times.meaning import Fields
    from trucebook.reading.times.situation import Situation


def _year(fields: Fields, at: Situation) -> int | None:
    words = fields.get("year") or fields.get("year2")
    if "spoken_year" in fields:
        return spoken_year(fields["spoken_year"])
    return calendar.full_year(words, at.day) if words else None


def dated(fields: Fields, at: Situation, *, suffix: str = "") -> tuple[int, int, int | None] | None:
    """Return month, day and year of a month and a day, or None where the calendar has no such day.

    Args:
        fields: the filled slots.
        at: where the expression stands.
        suffix: what the names of the slots end in, where a template has several.
    """
    month = month_of(fields, "month" + suffix)
    words = fields.get("day" + suffix, "")
    day = int(words) if words.isdigit() else read_ordinal(words)
    if month is None or day is None or not calendar.made(2000, month, day):
        return None
    year = _year(fields, at)
    if year is None and at.day is not None:
        year = calendar.year_of_day(at.day, month, day, way(fields, at))
    return month, day, year


def way(fields: Fields, at: Situation) -> Direction | None:
    """The direction of a day: what "last" or "next" says, else what the verb says."""
    relation = relation_of(fields)
    if relation and relation[0]:
        return "past" if relation[0] < 0 else "future"
    return at.direction


def _date(fields: Fields, at: Situation) -> Meaning | None:
    named = dated(fields, at)
    if named is None:
        return None
    month, day, year = named
    made = calendar.made(year, month, day) if year else None
    return Meaning("DATE", made.isoformat() if made else f"XXXX-{month:02}-{day:02}", mod_of(fields))


def _iso_date(fields: Fields, at: Situation) -> Meaning | None:
    del at
    year, month, day = (int(n) for n in fields["iso"].split("-"))
    made = calendar.made(year, month, day)
    return Meaning("DATE", made.isoformat()) if made else None


def _slashed_date(fields: Fields, at: Situation) -> Meaning | None:
    """Read 24/2/2022 and 2/24/2022; where both orders name a day, neither is chosen."""
    first, second, year_words = fields["slashed"].split("/")
    year = calendar.full_year(year_words if len(year_words) == 4 else f"'{year_words}", at.day)
    if year is None:
        return None
    days = {d for m, n in ((first, second), (second, first)) if (d := calendar.made(year, int(m), int(n)))}
    return Meaning("DATE", days.pop().isoformat() if len(days) == 1 else None) if days else None


def _month(fields: Fields, at: Situation) -> Meaning | None:
    month = month_of(fields)
    if month is None or not _is_month(fields, at):
        return None
    year, mod = _year(fields, at), mod_of(fields)
    relation = relation_of(fields)
    if year is None and at.day is not None:
        year = _month_year(month, relation[0] if relation else None, "year" in at.text().lower(), at)
    return Meaning("DATE", f"{year:04}-{month:02}" if year else f"XXXX-{month:02}", mod)


def _month_year(month: int, shift: int | None, named_year: bool, at: Situation) -> int:  # noqa: FBT001
    """Return the year of "June last year", "last June", "this June" or plain "June"."""
    day = cast("datetime.date", at.day)
    if shift is None:
        return calendar.year_of_month(day, month, at.direction)
    if named_year or shift == 0:
        return day.year + shift
    direction: Direction = "past" if shift < 0 else "future"
    year = calendar.year_of_month(day, month, direction)
    return year + shift if month == day.month else year


def _is_month(fields: Fields, at: Situation) -> bool:
    """Whether "May" or "March" is a month: others always are; these need more than a capital letter."""
    if len(fields) > 1 or plain(fields["month"]) not in ("may", "march"):
        return True
    return at.before in time_words().date_markers.words or (at.is_entity and at.tokens[0].pos_ == "PROPN")


def _season(fields: Fields, at: Situation) -> Meaning | None:
    code = time_words().seasons[fields["season"].lower()]
    if "the" in fields and fields["season"].lower() in ("fall", "spring") and not at.is_entity:
        return None
    year, relation = _year(fields, at), relation_of(fields)
    if year is None and at.day is not None:
        shift = relation[0] if relation else None
        if shift and "year" in at.text().lower():
            year = at.day.year + shift
        elif shift == 0:
            year = calendar.year_of_season(at.day, code, "past" if code == "WI" and at.day.month < 4 else None)
        else:
            past_or_next: Direction | None = at.direction if not shift else ("past" if shift < 0 else "future")
            year = calendar.year_of_season(at.day, code, past_or_next)
    return Meaning("DATE", f"{year:04}-{code}" if year else f"XXXX-{code}", mod_of(fields))


def _quarter(fields: Fields, at: Situation) -> Meaning | None:
    number = read_ordinal(fields["ordinal"])
    if number is None or number > 4:
        return None
    year, relation = _year(fields, at), relation_of(fields)
    if year is None and at.day is not None:
        year = at.day.year + relation[0] if relation else calendar.year_of_quarter(at.day, number, at.direction)
    return Meaning("DATE", f"{year:04}-Q{number}" if year else f"XXXX-Q{number}", mod_of(fields))


def _spoken_year(fields: Fields, at: Situation) -> Meaning | None:
    del at
    year = 2000 if "thousand" in fields else spoken_year(fields["spoken_year"])
    return Meaning("DATE", str(year)) if year else None


def spoken_year(words: str) -> int | None:
    """Return the year said in two halves ("nineteen ninety-six"), or None where the second half is none."""
    name = plain(words)
    for head in sorted(time_words().spoken_years, key=len, reverse=True):
        if name.startswith(head + " "):
            rest = read_number(name.removeprefix(head))
            small = rest is not None and (rest < 100 if head.startswith("two") else 10 <= rest < 100)
            return time_words().spoken_years[head] + int(rest or 0) if small else None
    return None


def _bare_year(fields: Fields, at: Situation) -> Meaning | None:
    alone = not fields.keys() - {"year", "bound"} and not re.search(r"fiscal|year", at.text(), re.IGNORECASE)
    if alone and not (at.before in time_words().date_markers.words or at.is_entity or at.before in ("(", "-", "–")):
        return None
    if alone and at.tokens[-1].dep_ == "nummod" and at.tokens[-1].head.tag_ == "NNS" and not at.is_entity:
        return None
    if not 1000 <= int(fields["year"]) < 2100:
        return None
    return Meaning("DATE", fields["year"], mod_of(fields))


def _decade(fields: Fields, at: Situation) -> Meaning | None:
    digits = "".join(c for c in fields["decade"] if c.isdigit())
    year = calendar.full_year(digits if len(digits) == 4 else f"'{digits}", at.day)
    return Meaning("DATE", f"{year:04}"[:3], mod_of(fields)) if year else None


def _century(fields: Fields, at: Situation) -> Meaning | None:
    del at
    number = read_ordinal(fields["ordinal"])
    return Meaning("DATE", f"{number - 1:02}", mod_of(fields)) if number else None


DATES: Final[dict[str, Reader]] = {
    "date": _date,
    "iso_date": _iso_date,
    "slashed_date": _slashed_date,
    "month": _month,
    "season": _season,
    "quarter": _quarter,
    "spoken_year": _spoken_year,
    "year": _bare_year,
    "decade": _decade,
    "century": _century,
}
