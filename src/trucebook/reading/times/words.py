"""The words of time expressions, and the slots that the grammar's templates are filled with."""

from __future__ import annotations

import re
from functools import cache

import msgspec

from trucebook.lexicons import load
from trucebook.reading.model import TimeMod  # noqa: TC001  msgspec reads the annotation
from trucebook.reading.numbers import either, loose_source, number_source, numbers


class WordList(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A table of the lexicon that holds nothing but words."""

    words: tuple[str, ...]


class Guard(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Neighbours that show that a word is no reference to a time.

    Attributes:
        before: words that may not stand before it.
        after: words that may not stand behind it.
    """

    before: tuple[str, ...]
    after: tuple[str, ...]


class Tense(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words from which the direction of a day is read.

    Attributes:
        modals: auxiliaries that look ahead.
        expecting: verbs whose infinitive lies ahead ("plans to meet").
        appointing: verbs whose object lies ahead ("scheduled talks for Friday").
        scheduled: verbs whose present tense tells of an appointment ("begins Monday").
        ahead: prepositions that look ahead.
    """

    modals: frozenset[str]
    expecting: frozenset[str]
    appointing: frozenset[str]
    scheduled: frozenset[str]
    ahead: frozenset[str]


class Holidays(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Days of the year that have a name.

    Attributes:
        fixed: month and day.
        ranked: month, weekday and its rank in the month.
        easter: days from Easter Sunday.
    """

    fixed: dict[str, tuple[int, int]]
    ranked: dict[str, tuple[int, int, int]]
    easter: dict[str, int]


class TimeWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The data of `times.toml`; its comments say what each table holds."""

    weekdays: dict[str, int]
    weekday_abbreviations: dict[str, int]
    months: dict[str, int]
    month_abbreviations: dict[str, int]
    units: dict[str, str]
    plurals: dict[str, str]
    seasons: dict[str, str]
    day_parts: dict[str, str]
    clock_words: dict[str, str]
    deictic: dict[str, int]
    relations: dict[str, int]
    anaphoric: dict[str, int]
    bounds: dict[str, TimeMod]
    parts: dict[str, TimeMod]
    fillers: WordList
    vague_counts: WordList
    counts: dict[str, float]
    references: dict[str, str]
    reference_guards: dict[str, Guard]
    sets: dict[str, str]
    zones: dict[str, str]
    tense: Tense
    date_markers: WordList
    aged: WordList
    numbered: WordList
    counted: WordList
    holidays: Holidays
    tens: dict[str, int]
    spoken_years: dict[str, int]


@cache
def time_words() -> TimeWords:
    """Return the time words of the lexicon."""
    words: TimeWords = load("times.toml", TimeWords)
    return words


def plain(words: str) -> str:
    """Return `words` as the lexicon writes them: lower case, single spaces, no stop at the end."""
    return re.sub(r"[\s\-–—]+", " ", words.lower()).strip(" .,")


@cache
def slots() -> dict[str, str]:
    """Return regular-expression source for each slot of a template, without groups."""
    lexicon = time_words()
    capital = "(?-i:(?=[A-Z]))"
    weekday = rf"{capital}(?:{either(lexicon.weekdays)}|{either(lexicon.weekday_abbreviations)}(?:\.|(?=,?\s+\d)))"
    month = rf"{capital}(?:{either(lexicon.months)}|{either(lexicon.month_abbreviations)}(?:\.|(?=\s+\d)))"
    ranks = either(form for o in numbers().ordinals for form in (o, o.replace("-", " ")))
    small = either(numbers().small)
    shown = r"\d{1,2}(?:[:.]\d\d){0,2}\s?(?:[ap]\.m\.?|[ap]m\b)|\d{1,2}:\d\d(?::\d\d)?(?![\d:])"
    shown = rf"{shown}|[0-2]\d[0-5]\d(?=\s+(?:gmt|utc))"
    half_day = r"\s+in\s+the\s+(?:morning|afternoon|evening)\b"
    hour = rf"(?:1[0-2]|[1-9]|{small})"
    spoken = rf"{hour}(?:\s+o['’]clock(?:{half_day})?|{half_day})"
    days = lexicon.holidays
    # "Kyiv time", "Central European Summer Time".
    named_zone = r"(?-i:[A-Z][\w.]+(?:[ -][A-Z][\w.]+){0,2}\s+[Tt]ime\b)"
    part = rf"(?:{either(lexicon.parts)}|{either(lexicon.fillers.words)})"
    return {
        "weekday": weekday,
        "month": month,
        "day": rf"(?:\d{{1,2}}(?:st|nd|rd|th)?(?!\d|:\d)(?![.,]\d)|{ranks})",
        "year": r"(?:1\d|20)\d\d(?![\d%])(?![.,]\d)(?!-\d{3}(?!\d))",
        "spoken_year": rf"{either(lexicon.spoken_years)}[\s-]+{small}(?:[\s-]+{small})?",
        "ordinal": rf"(?:\d{{1,2}}(?:st|nd|rd|th)|{ranks})",
        "unit": either(lexicon.units),
        "units": either([*lexicon.plurals, *lexicon.units]),
        "plural": either(lexicon.plurals),
        "season": either(lexicon.seasons),
        "day_part": either(lexicon.day_parts),
        "deictic": either(lexicon.deictic),
        "relation": either(lexicon.relations),
        "anaphor": either(lexicon.anaphoric),
        "bound": either(lexicon.bounds),
        "part": part,
        "vague": either(lexicon.vague_counts.words),
        "count": rf"(?:{either(lexicon.counts)}(?=[\s-])|{number_source()})",
        "loose": loose_source(),
        "reference": either(lexicon.references),
        "set": either(lexicon.sets),
        "clock": rf"(?:{shown}|{spoken}|{either(lexicon.clock_words)})",
        "zone": rf"(?:(?:gmt|utc)?\s?[+\-−]\d\d?(?::?\d\d)?(?!\d)|{either(lexicon.zones)}|{named_zone})",
        "holiday": capital + either([*days.fixed, *days.ranked, *days.easter]).replace("'", "['’]"),
        "tens": either(lexicon.tens),
    }
