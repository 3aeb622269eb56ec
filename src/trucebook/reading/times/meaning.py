"""What a time expression means, and what its single slots say."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from trucebook.reading.numbers import read_number
from trucebook.reading.times.words import plain, time_words

if TYPE_CHECKING:
    import datetime

    from trucebook.reading.model import TimeMod, TimeType
    from trucebook.reading.times.calendar import Grain
    from trucebook.reading.times.situation import Situation

Fields = Mapping[str, str]


@dataclass(frozen=True)
class Meaning:
    """TIMEX3 type, value and modifier.

    Attributes:
        type: of the expression.
        value: None where the words cannot be anchored.
        mod: modifier.
        cut: how many characters at the end of the candidate do not belong to the expression.
        zone: the words that name the time zone.
        clock: what the clock shows, where the words name no day: a day that follows may be its day.
        start: first day of the interval meant, where the value does not tell it ("the past three weeks").
        end: the day after its last.
    """

    type: TimeType
    value: str | None
    mod: TimeMod | None = None
    cut: int = 0
    zone: str | None = None
    clock: str | None = None
    start: datetime.date | None = None
    end: datetime.date | None = None


Reader = Callable[[Fields, "Situation"], Meaning | None]


def mod_of(fields: Fields) -> TimeMod | None:
    """Return the modifier that the words before a number or a period make."""
    words = time_words()
    for slot in ("bound", "part", "part2"):
        if slot in fields:
            name = plain(fields[slot])
            mod = words.bounds.get(name) or words.parts.get(name) or words.parts.get(f"the {name}")
            if mod:
                return mod
    return None


def weekday_of(fields: Fields, slot: str = "weekday") -> int | None:
    """Return the number of the weekday in a slot, Monday being 0."""
    name = plain(fields.get(slot, ""))
    return time_words().weekdays.get(name, time_words().weekday_abbreviations.get(name))


def month_of(fields: Fields, slot: str = "month") -> int | None:
    """Return the number of the month in a slot."""
    name = plain(fields.get(slot, ""))
    return time_words().months.get(name, time_words().month_abbreviations.get(name))


def relation_of(fields: Fields) -> tuple[int, bool] | None:
    """Return how many units from now a relation word points, and whether it counts from the time last spoken of."""
    words = time_words()
    if "anaphor" in fields:
        return words.anaphoric[plain(fields["anaphor"])], True
    return (words.relations[plain(fields["relation"])], False) if "relation" in fields else None


def grain_of(unit: str) -> Grain | None:
    """Return the calendar unit of a unit word, or None for hours and less."""
    word = time_words().plurals.get(plain(unit), plain(unit))
    if word in ("second", "minute", "hour"):
        return None
    return cast("Grain", {"night": "day", "fortnight": "week"}.get(word, word))


def count_of(fields: Fields, slot: str = "count") -> float | None:
    """Return the number in a slot, or None where it is empty or names none."""
    words = plain(fields.get(slot, ""))
    if not words:
        return None
    return time_words().counts[words] if words in time_words().counts else read_number(fields[slot])
