"""Dates of the calendar, whole and partial: days, months, seasons, quarters, years and longer."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final, cast

from trucebook.reading.numbers import read_number, read_ordinal
from trucebook.reading.times import calendar
from trucebook.reading.times.meaning import Meaning, Reader, mod_of, month_of, relation_of, weekday_of
from trucebook.reading.times.words import plain, slots, time_words

if TYPE_CHECKING:
    import datetime

    from trucebook.reading.times.calendar import Direction
    from trucebook.reading.times.meaning import Fields
    from trucebook.reading.times.situation import Situation


def _year(fields: Fields, at: Situation) -> int | None:
    words = fields.get("year") or fields.get("year2") or fields.get("year3")
    if "spoken_year" in fields:
        return spoken_year(fields["spoken_year"])
    return calendar.full_year(words, at.day) if words else _shared_year(at)


@cache
def _sharing() -> re.Pattern[str]:
    """A later month or day with a year, behind one without: "from March to May 2022", "Feb. 24 and March 3, 2022"."""
    slot = slots()
    month, day, link = slot["month"], slot["day"], r"(?:\s*[-–—]\s*|,?\s+(?:and|or|to|through|until|till)\s+)"
    later = rf"(?:{month}(?:\s+{day})?|{day}(?:\s+(?:of\s+)?{month})?)"
    year = rf"(?P<year>{slot['year']})|(?P<relation>{slot['relation']})\s+year"
    return re.compile(
        rf"{link}(?:the\s+)?(?:{slot['part']}[\s-]+)?{later},?\s+(?:of\s+)?(?:{year})(?!\w)", re.IGNORECASE
    )


def _shared_year(at: Situation) -> int | None:
    """The year that a day or month shares with the one it is joined to."""
    found = _sharing().match(at.parse.prose, at.span.end)
    if found is None or found["year"]:
        return int(found["year"]) if found else None
    return at.day.year + time_words().relations[plain(found["relation"])] if at.day else None


@cache
def _range_end() -> re.Pattern[str]:
    link = r"(?:\s*[-–—]\s*|\s+(?:and|to|through|until|till)\s+)"
    return re.compile(
        rf"{link}(?:{slots()['part']}[\s-]+)?(?P<month>{slots()['month']})(?:\s+(?P<day>[0-3]?\d))?(?!\w)",
        re.IGNORECASE,
    )


def dated(fields: Fields, at: Situation, *, suffix: str = "") -> tuple[int, int, int | None] | None:
    """Return month, day and year of a month and a day, or None where the calendar has no such day.

    Args:
        fields: the filled slots.
        at: where the expression stands.
        suffix: what the names of the slots end in, where a template has several.
    """
    month = at.day.month if "this" in fields and at.day else month_of(fields, "month" + suffix)
    words = fields.get("day" + suffix, "")
    day = int(words) if words.isdigit() else read_ordinal(words)
    if month is None or day is None or not calendar.made(2000, month, day):
        return None
    if "this" in fields and at.day:
        relation = relation_of(fields)
        first = calendar.moved(at.day.replace(day=1), relation[0] if relation else 0, "month")
        return (first.month, day, first.year) if first else None
    year = _year(fields, at)
    if year is None and at.day is not None:
        year = _year_in_range(month, day, at) or calendar.year_of_day(at.day, month, day, way(fields, at))
    return month, day, year


def _year_in_range(month: int, day: int, at: Situation) -> int | None:
    """The year of the first of two days: "between January 1 and September 18" begins before it ends."""
    end = _range_end().match(at.parse.prose, at.span.end) if at.before in ("between", "from") else None
    last = month_of({"month": end["month"]}) if end and end["day"] else None
    if end is None or last is None or at.day is None:
        return None
    year = calendar.year_of_day(at.day, last, int(end["day"]), at.direction)
    return year - ((month, day) > (last, int(end["day"]))) if year else None


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


def _dotted_date(fields: Fields, at: Situation) -> Meaning | None:
    """Read 24.02.2022: whoever writes dots puts the day first."""
    del at
    day, month, year = (int(n) for n in fields["dotted"].split("."))
    made = calendar.made(year, month, day)
    return Meaning("DATE", made.isoformat()) if made else None


def _day_of_month(fields: Fields, at: Situation) -> Meaning | None:
    """The 20th: of the month in which it is nearest on the side that the verb looks to."""
    day = read_ordinal(fields["nth"])
    if at.before not in ("on", "by", "until", "since", "from", "before", "after") or day is None:
        return None
    if at.day is None:
        return Meaning("DATE", None)
    months = [calendar.moved(at.day.replace(day=1), n, "month") for n in (-1, 0, 1)]
    days = [made for m in months if m and (made := calendar.made(m.year, m.month, day))]
    ahead = at.direction == "future"
    right = [d for d in days if (d >= at.day if ahead else d <= at.day)]
    return Meaning("DATE", (right[0] if ahead else right[-1]).isoformat()) if right else None


def _week_of(fields: Fields, at: Situation) -> Meaning | None:
    named = dated(fields, at)
    made = calendar.made(named[2], named[0], named[1]) if named and named[2] else None
    if named is None:
        return None
    return Meaning("DATE", calendar.value_of(made, "week") if made else None)


def _holiday(fields: Fields, at: Situation) -> Meaning | None:
    name = plain(fields["holiday"]).replace("’", "'")
    behind = at.parse.doc[at.tokens.end] if at.tokens.end < len(at.parse.doc) else None
    if behind is not None and behind.pos_ == "PROPN" and behind.is_title and behind.ent_type_ != "DATE":
        return None
    year = _year(fields, at)
    if year is None and at.day is None:
        return Meaning("DATE", None, mod_of(fields))
    if year is None:
        year = calendar.year_of_feast(cast("datetime.date", at.day), lambda y: holiday(name, y), way(fields, at))
    day = holiday(name, year) if year else None
    return Meaning("DATE", day.isoformat(), mod_of(fields)) if day else None


def holiday(name: str, year: int) -> datetime.date | None:
    """Return the day of a holiday of the lexicon in a year."""
    days = time_words().holidays
    if name in days.fixed:
        return calendar.made(year, *days.fixed[name])
    if name in days.ranked:
        return calendar.ranked_weekday(year, *days.ranked[name])
    return calendar.moved(calendar.easter(year), days.easter[name], "day")


def _part_of_day(fields: Fields, at: Situation) -> Meaning | None:
    code, weekday = time_words().day_parts[fields["day_part"].lower()], weekday_of(fields)
    if "month" not in fields:
        day = calendar.weekday_by(at.day, cast("int", weekday), at.direction) if at.day else None
    else:
        named = dated(fields, at)
        if named is None:
            return None
        day = calendar.made(named[2], named[0], named[1]) if named[2] else None
    return Meaning("TIME", day.isoformat() + code if day else None, mod_of(fields))


def _ranked(fields: Fields, at: Situation) -> Meaning | None:
    """The second Monday of May."""
    if "each" in fields:
        return None if fields["each"].lower().startswith("the") else Meaning("SET", "P1M")
    rank = -1 if "last" in fields else read_ordinal(fields["ordinal"])
    month, weekday = month_of(fields), weekday_of(fields)
    if rank is None or month is None or weekday is None:
        return None
    year = _year(fields, at)
    if year is None and at.day is not None:
        year = calendar.year_of_month(at.day, month, at.direction)
    if year is None:
        return Meaning("DATE", f"XXXX-{month:02}")
    day = calendar.ranked_weekday(year, month, weekday, rank)
    return Meaning("DATE", day.isoformat()) if day else None


def _half(fields: Fields, at: Situation) -> Meaning | None:
    relation, which = relation_of(fields), 1 if fields["half"].lower() == "first" else 2
    year = _year(fields, at)
    if year is None and relation and at.day:
        year = at.day.year + relation[0]
    return Meaning("DATE", f"{year:04}-H{which}" if year else None)


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
        end = _range_end().match(at.parse.prose, at.span.end) if at.before in ("between", "from") else None
        last = month_of({"month": end["month"]}) if end else None
        # What lies between March and May begins before it ends.
        if last is not None:
            return calendar.year_of_month(day, last, at.direction) - (month > last)
        return calendar.year_of_month(day, month, at.direction)
    if named_year or shift == 0:
        return day.year + shift
    direction: Direction = "past" if shift < 0 else "future"
    year = calendar.year_of_month(day, month, direction)
    return year + shift if month == day.month else year


def _is_month(fields: Fields, at: Situation) -> bool:
    """Whether "May" or "March" is a month: others always are; these need more than a capital letter."""
    if len(fields) == 1 and at.is_name_part:
        return False
    if len(fields) > 1 or plain(fields["month"]) not in ("may", "march"):
        return True
    if at.after == "for" and at.before not in time_words().date_markers.words:
        return False
    return at.before in time_words().date_markers.words or (at.is_entity and at.tokens[0].pos_ == "PROPN")


def _season(fields: Fields, at: Situation) -> Meaning | None:
    code = time_words().seasons[fields["season"].lower()]
    if fields["season"][0].isupper() and at.is_name_part:
        return None
    bare = fields.keys() <= {"season", "part"} and "the" not in at.text().lower()
    if bare and (at.before not in time_words().date_markers.words or at.tokens[-1].pos_ not in ("NOUN", "PROPN")):
        return None
    if fields.keys() <= {"season", "the"} and fields["season"].lower() in ("fall", "spring") and not at.is_entity:
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
            year -= shift == -1 and calendar.season_of(at.day) == (code, year)
    return Meaning("DATE", f"{year:04}-{code}" if year else f"XXXX-{code}", mod_of(fields))


def _quarter(fields: Fields, at: Situation) -> Meaning | None:
    number = int(fields["q"][1]) if "q" in fields else read_ordinal(fields["ordinal"])
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
    if "edge" in fields:
        return Meaning("DATE", fields["year"], "AFTER" if fields["edge"].lower() == "post" else "BEFORE")
    if at.before in time_words().numbered.words or at.after in time_words().counted.words:
        return None
    if "bound" in fields and at.tokens[-1].head.tag_ == "NNS" and at.tokens[-1].dep_ == "nummod":
        return None
    alone = not fields.keys() - {"year", "bound"} and not re.search(r"fiscal|year", at.text(), re.IGNORECASE)
    if alone and not (at.before in time_words().date_markers.words or at.is_entity or at.before in ("(", "-", "–")):
        return None
    if alone and at.tokens[-1].dep_ == "nummod" and at.tokens[-1].head.tag_ == "NNS" and not at.is_entity:
        return None
    if not 1000 <= int(fields["year"]) < 2100:
        return None
    return Meaning("DATE", fields["year"], mod_of(fields))


def _decade(fields: Fields, at: Situation) -> Meaning | None:
    if "tens" in fields:
        return _tens(fields, at)
    digits = "".join(c for c in fields["decade"] if c.isdigit())
    year = calendar.full_year(digits if len(digits) == 4 else f"'{digits}", at.day)
    return Meaning("DATE", f"{year:04}"[:3], mod_of(fields)) if year else None


def _tens(fields: Fields, at: Situation) -> Meaning | None:
    """The nineties: the last of them that are over."""
    if at.after in ("degrees", "percent", "range"):
        return None
    first = time_words().tens[fields["tens"].lower()]
    if at.day is None:
        return Meaning("DATE", None, mod_of(fields))
    year = at.day.year - at.day.year % 100 + first
    return Meaning("DATE", f"{year if year + 10 <= at.day.year else year - 100:04}"[:3], mod_of(fields))


def _century(fields: Fields, at: Situation) -> Meaning | None:
    del at
    number = read_ordinal(fields["ordinal"])
    return Meaning("DATE", f"{number - 1:02}", mod_of(fields)) if number else None


DATES: Final[dict[str, Reader]] = {
    "date": _date,
    "iso_date": _iso_date,
    "slashed_date": _slashed_date,
    "dotted_date": _dotted_date,
    "day_of_month": _day_of_month,
    "week_of": _week_of,
    "holiday": _holiday,
    "part_of_day": _part_of_day,
    "ranked": _ranked,
    "half": _half,
    "month": _month,
    "season": _season,
    "quarter": _quarter,
    "spoken_year": _spoken_year,
    "year": _bare_year,
    "decade": _decade,
    "century": _century,
}
