"""The data of the time lexicon, and the templates that use it."""

from __future__ import annotations

import re

import msgspec
import pytest

from trucebook.reading.model import TimeMod
from trucebook.reading.times.dates import holiday, spoken_year
from trucebook.reading.times.durations import duration_value
from trucebook.reading.times.find import READERS
from trucebook.reading.times.grammar import TEMPLATES, candidates
from trucebook.reading.times.words import slots, time_words
from trucebook.span import Span

DAYS = time_words().holidays
WORDS = time_words()
TABLES: dict[str, dict[str, object]] = {
    "fixed": {**DAYS.fixed},
    "ranked": {**DAYS.ranked},
    "easter": {**DAYS.easter},
    **{k: v for k, v in msgspec.structs.asdict(WORDS).items() if isinstance(v, dict)},
}


@pytest.mark.parametrize("name", sorted(TABLES))
def test_words_are_lower_case_single_spaced(name: str) -> None:
    assert all(w == " ".join(w.lower().split()) for w in TABLES[name])


def test_modifiers_are_timex3() -> None:
    words = time_words()
    allowed = set(TimeMod.__args__)  # type: ignore[attr-defined]
    assert {*words.bounds.values(), *words.parts.values()} <= allowed


def test_plurals_and_guards_point_at_words_of_the_lexicon() -> None:
    words = time_words()
    assert set(words.plurals.values()) <= set(words.units)
    assert set(words.reference_guards) <= set(words.references)


def test_every_shape_has_a_reader_and_every_reader_a_shape() -> None:
    assert set(TEMPLATES) == set(READERS)


def test_every_slot_of_a_template_is_known() -> None:
    used = {
        s
        for templates in TEMPLATES.values()
        for t in templates
        for s in re.findall(r"\{([a-z_]+)(?::([a-z_]+\d))?\}", t)
    }
    assert {name for name, _ in used} <= set(slots())


@pytest.mark.parametrize("table", ["deictic", "references", "sets"])
def test_every_word_that_is_a_time_by_itself_is_found(table: str) -> None:
    for word in TABLES[table]:
        found = list(candidates(word, Span(0, len(word))))
        assert [c.span for c in found] == [Span(0, len(word))], word


@pytest.mark.parametrize(
    ("count", "unit", "value"),
    [(30, "day", "P30D"), (2, "hours", "PT2H"), (None, "days", "PXD"), (None, "hours", "PTXH"), (2.5, "years", "P2Y6M"),
     (0.5, "hour", "PT30M"), (2, "decades", "P20Y"), (2, "fortnights", "P4W"), (None, "decades", "PXY"), (2, "quarters", "P6M"),
     (1.5, "days", "P1.5D")],
)  # fmt: skip
def test_duration_values(count: float | None, unit: str, value: str) -> None:
    assert duration_value(count, unit) == value


@pytest.mark.parametrize(
    ("words", "year"), [("nineteen ninety-six", 1996), ("two thousand and five", 2005), ("nineteen five", None)]
)
def test_spoken_years(words: str, year: int | None) -> None:
    assert spoken_year(words) == year


@pytest.mark.parametrize("name", sorted({*DAYS.fixed, *DAYS.ranked, *DAYS.easter}))
def test_every_holiday_is_found_and_has_a_day(name: str) -> None:
    words = name.title().replace("'S", "’s")
    assert [c.shape for c in candidates(words, Span(0, len(words)))] == ["holiday"]
    assert holiday(name, 2024) is not None


def test_no_holiday_stands_in_two_tables() -> None:
    assert len({*DAYS.fixed, *DAYS.ranked, *DAYS.easter}) == len(DAYS.fixed) + len(DAYS.ranked) + len(DAYS.easter)


def test_offsets_are_iso_8601() -> None:
    assert all(re.fullmatch(r"(?:Z|[+-]\d\d:\d\d)?", offset) for offset in time_words().zones.values())
