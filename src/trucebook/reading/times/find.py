"""Find the time expressions of a report: shapes of the grammar, read where they stand."""

from __future__ import annotations

import datetime
import re
from typing import TYPE_CHECKING, Final

from trucebook.reading.model import Time
from trucebook.reading.times.dates import DATES
from trucebook.reading.times.durations import DURATIONS
from trucebook.reading.times.grammar import candidates
from trucebook.reading.times.relative import RELATIVE
from trucebook.reading.times.situation import Anchors, Memory, Situation
from trucebook.span import Span, trim

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trucebook.reading.model import Paragraph
    from trucebook.reading.parse import Parse
    from trucebook.reading.times.grammar import Candidate
    from trucebook.reading.times.meaning import Meaning, Reader

# What each shape of the grammar means.
READERS: Final[dict[str, Reader]] = {**DATES, **RELATIVE, **DURATIONS}
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
_PERIOD: Final = re.compile(r"\d{4}-Q\d")


def find_times(parse: Parse, anchors: Anchors | None = None) -> tuple[Time, ...]:
    """Return the time expressions of the prose, in order and without overlap.

    The words are found by the grammar of `grammar.TEMPLATES`; the parse decides where the grammar cannot: tense turns a
    weekday back or ahead, and the recognised entities tell a year from a number.

    Args:
        parse: the report's parse.
        anchors: the days that relative times are counted from; the day of publication where not given.

    Returns:
        Times with TIMEX3 values (TimeML 1.2.1); a time relative to a day that is not known has the value None.
    """
    known = anchors or Anchors(published=parse.report.published)
    memory = Memory()
    times: list[Time] = []
    for paragraph in parse.paragraphs:
        times.extend(_in_paragraph(parse, paragraph, known, memory))
    return tuple(times)


def _in_paragraph(parse: Parse, paragraph: Paragraph, anchors: Anchors, memory: Memory) -> Iterator[Time]:
    for candidate in candidates(parse.prose, paragraph.span):
        at = Situation(parse=parse, span=candidate.span, day=anchors.at(candidate.span), memory=memory)
        meaning = READERS[candidate.shape](candidate.fields, at)
        if meaning is not None:
            time = _time(candidate, meaning, parse.prose)
            _remember(time, candidate.shape, memory)
            yield time


def _time(candidate: Candidate, meaning: Meaning, prose: str) -> Time:
    span = trim(Span(candidate.span.start, candidate.span.end - meaning.cut), prose)
    return Time(span=span, type=meaning.type, value=meaning.value, mod=meaning.mod)


def _remember(time: Time, shape: str, memory: Memory) -> None:
    """Keep a day or a period as what later words count from; a comparison ("a year earlier") leaves its base."""
    value = time.value or ""
    if time.type in ("DATE", "TIME") and _DAY.match(value):
        memory.day = datetime.date.fromisoformat(value[:10])
    elif shape in ("quarter", "relative") and _PERIOD.fullmatch(value):
        memory.period, memory.at = value, time.span.start
