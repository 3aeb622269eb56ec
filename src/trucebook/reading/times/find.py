"""Find the time expressions of a report: shapes of the grammar, read where they stand."""

from __future__ import annotations

import datetime
import re
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, Final

import msgspec

from trucebook.reading.model import Time
from trucebook.reading.times.clock import CLOCK
from trucebook.reading.times.dates import DATES
from trucebook.reading.times.durations import DURATIONS
from trucebook.reading.times.grammar import candidates
from trucebook.reading.times.interval import interval, precision, shown
from trucebook.reading.times.relative import RELATIVE
from trucebook.reading.times.situation import Anchors, Memory, Situation
from trucebook.span import Span, trim

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from trucebook.reading.parse import Parse
    from trucebook.reading.times.grammar import Candidate
    from trucebook.reading.times.meaning import Meaning, Reader

# What each shape of the grammar means.
READERS: Final[dict[str, Reader]] = {**DATES, **CLOCK, **RELATIVE, **DURATIONS}
_PERIOD: Final = re.compile(r"\d{4}-Q\d")
# What may stand between a time of day and its day: "4 a.m. (0200 GMT) on Tuesday".
_TO_ITS_DAY: Final = re.compile(r"(?:\s*\([^()\n]{1,40}\))?[\s,)]*(?:\b(?:on|this)\s+)?")
_DATELINE_SHAPES: Final = frozenset({"date", "iso_date", "slashed_date", "dotted_date"})
# A report is published on the day it is written, or soon after.
_LONGEST_DELAY: Final = 7
# Fiscal years begin when a state or a firm lets them; a winter named by one year may begin or end in it.
_FISCAL: Final = re.compile(r"\bfiscal|\bFY", re.IGNORECASE)
_WINTER_OF_A_YEAR: Final = re.compile(r"\d{4}$")


def find_times(parse: Parse, anchors: Anchors | None = None) -> tuple[Time, ...]:
    """Return the time expressions of the prose and the days of its datelines, in order and without overlap.

    The words are found by the grammar of `grammar.TEMPLATES`; the parse decides where the grammar cannot: tense turns a
    weekday back or ahead, and the recognised entities tell a year from a number.

    Args:
        parse: the report's parse.
        anchors: the days that relative times are counted from. Where not given, the day of the dateline, which is the
            day the report was written; else the day of publication.

    Returns:
        Times with TIMEX3 values (TimeML 1.2.1); a time relative to a day that is not known has the value None.
    """
    lines = tuple(_datelines(parse, anchors or Anchors(published=parse.report.published)))
    known = anchors or Anchors(published=_written(parse, lines))
    memory = Memory()
    prose = chain.from_iterable(_in_span(parse, p.span, known, memory) for p in parse.paragraphs)
    return tuple(sorted((*lines, *prose), key=lambda t: t.span))


def written(parse: Parse) -> datetime.date | None:
    """Return the day a report was written: its dateline's, where it names one, else the day of publication."""
    return _written(parse, _datelines(parse, Anchors(published=parse.report.published)))


def _written(parse: Parse, datelines: Iterator[Time] | Sequence[Time]) -> datetime.date | None:
    published = parse.report.published
    first = next((t.value for t in datelines if t.value and precision(t.value) == "day"), None)
    if first is None:
        return published
    day = datetime.date.fromisoformat(first)
    return day if published is None or 0 <= (published - day).days <= _LONGEST_DELAY else published


def _datelines(parse: Parse, anchors: Anchors) -> Iterator[Time]:
    """Days in datelines ("GENEVA, March 11 (Agency) --"), which the prose leaves out."""
    text = parse.report.text
    for furniture in parse.report.furniture:
        if furniture.kind != "dateline":
            continue
        for candidate in candidates(text, furniture.span):
            at = Situation(parse=parse, span=candidate.span, day=anchors.published)
            meaning = READERS[candidate.shape](candidate.fields, at) if candidate.shape in _DATELINE_SHAPES else None
            if meaning is not None:
                yield _time(candidate, meaning, text)


def _in_span(parse: Parse, within: Span, anchors: Anchors, memory: Memory) -> list[Time]:
    """Times of a stretch of prose; a time of day that names no day takes the day right behind it."""
    times: list[Time] = []
    clocks: list[tuple[int, str]] = []
    for candidate in candidates(parse.prose, within):
        at = Situation(parse=parse, span=candidate.span, day=anchors.at(candidate.span), memory=memory)
        meaning = READERS[candidate.shape](candidate.fields, at)
        if meaning is None:
            continue
        time = _time(candidate, meaning, parse.prose)
        if at.day and at.day != anchors.published and _is_counted(candidate, replace(at, day=anchors.published), time):
            time = msgspec.structs.replace(time, anchor=at.day.isoformat())
        _remember(time, candidate.shape, memory)
        if meaning.clock:
            clocks.append((len(times), meaning.clock))
        elif clocks and time.value and precision(time.value) == "day" and candidate.shape != "duration":
            _give_day(times, clocks, time, parse.prose)
            clocks.clear()
        times.append(time)
    return times


def _is_counted(candidate: Candidate, at: Situation, time: Time) -> bool:
    """Whether a time would be another one, had its words been spoken on the day of the report."""
    meaning = READERS[candidate.shape](candidate.fields, at)
    return meaning is None or meaning.value != time.value


def _give_day(times: list[Time], clocks: Sequence[tuple[int, str]], day: Time, prose: str) -> None:
    for at, clock in clocks:
        end = times[at].span.end
        if day.span.start - end < 50 and _TO_ITS_DAY.fullmatch(prose, end, day.span.start):
            value = f"{day.value}{clock}"
            start, until = interval(value, times[at].mod)
            times[at] = msgspec.structs.replace(times[at], value=value, start=start, end=until)


def _time(candidate: Candidate, meaning: Meaning, prose: str) -> Time:
    span = trim(Span(candidate.span.start, candidate.span.end - meaning.cut), prose)
    start, end = _meant(meaning, span.of(prose))
    return Time(
        span=span, type=meaning.type, value=meaning.value, mod=meaning.mod, start=start, end=end, zone=meaning.zone
    )


def _meant(meaning: Meaning, words: str) -> tuple[str | None, str | None]:
    """The interval that the words mean, which may be wider than the value's."""
    if meaning.start or meaning.end:
        return shown((meaning.start, meaning.end))
    if meaning.type not in ("DATE", "TIME") or not meaning.value or _FISCAL.search(words):
        return None, None
    start, end = interval(meaning.value, meaning.mod)
    if start and meaning.value.endswith("WI") and _WINTER_OF_A_YEAR.search(words):
        return f"{meaning.value[:4]}-01-01", end
    return start, end


def _remember(time: Time, shape: str, memory: Memory) -> None:
    """Keep a day or a period as what later words count from; a comparison ("a year earlier") leaves its base."""
    value = time.value or ""
    if time.type in ("DATE", "TIME"):
        memory.keep(value, time.span.start)
    if shape in ("quarter", "relative") and _PERIOD.fullmatch(value):
        memory.period, memory.at = value, time.span.start
