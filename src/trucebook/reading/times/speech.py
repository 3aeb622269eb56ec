"""On which day quoted words were spoken: "today", said on Tuesday and printed on Wednesday, is Tuesday.

Only words in quotation marks are counted from that day. In indirect speech the outlet turns "tomorrow" into its own
"Wednesday", and counts from its own day.
"""

from __future__ import annotations

import datetime
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from trucebook.reading.times.find import find_times, written
from trucebook.reading.times.interval import precision
from trucebook.reading.times.situation import Anchors

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from spacy.tokens import Token

    from trucebook.reading.model import Attribution, Quotation, Time
    from trucebook.reading.parse import Parse
    from trucebook.span import Span

# Longer chains of heads than this are the parser's confusion rather than grammar.
_REACH: Final = 8
# Paragraphs over which the same speaker is still speaking on the same day.
_GOES_ON: Final = 3
# The news stands in the first paragraphs, and is told within days.
_LEAD: Final = 3
_FRESH: Final = 3


@dataclass(frozen=True)
class _Report:
    """What is looked up in a report again and again.

    Attributes:
        parse: its parse.
        day: the day it was written.
        told: the days that the outlet names in its own words, in order.
        starts: where they stand.
        sentences: where its sentences start.
    """

    parse: Parse
    day: datetime.date
    told: tuple[tuple[Span, datetime.date], ...]
    starts: tuple[int, ...]
    sentences: tuple[int, ...]


def find_spoken_times(
    parse: Parse, quotations: Sequence[Quotation], attributions: Sequence[Attribution]
) -> tuple[Time, ...]:
    """Return the time expressions of the prose, those inside quotations counted from the day they were spoken on.

    That day is the one that the words of the attribution name ("Doe said on Tuesday"); without one, the day on which
    the same speaker spoke just before; without that, the day of the news, where the report tells its news of one day
    and names no later one. Where none of these is known it is the day of the report, as everywhere else.

    Args:
        parse: the report's parse.
        quotations: its quotations, with the attributions that carry them.
        attributions: who said what.
    """
    times, day = find_times(parse), written(parse)
    if day is None:
        return times
    spoken = tuple(_spoken(_report(parse, day, times, quotations), quotations, attributions))
    return find_times(parse, Anchors(published=day, spoken=spoken)) if spoken else times


def _report(parse: Parse, day: datetime.date, times: Iterable[Time], quotations: Sequence[Quotation]) -> _Report:
    sentences, outer = [s.span for s in parse.sentences], [q.outer for q in quotations]
    own = (t for t in times if _inside(t.span, sentences) and not _inside(t.span, outer))
    told = tuple((t.span, named) for t in own if (named := _day(t)))
    return _Report(parse, day, told, tuple(s.start for s, _ in told), tuple(s.span.start for s in parse.sentences))


def _day(time: Time) -> datetime.date | None:
    known = time.type in ("DATE", "TIME") and time.value and not time.mod and precision(time.value) in ("day", "time")
    return datetime.date.fromisoformat(time.value[:10]) if known and time.value else None


def _inside(span: Span, holes: Sequence[Span]) -> bool:
    at = bisect_right(holes, span.start, key=lambda h: h.start) - 1
    return at >= 0 and holes[at].covers(span)


def _spoken(
    report: _Report, quotations: Sequence[Quotation], attributions: Sequence[Attribution]
) -> Iterator[tuple[Span, datetime.date]]:
    """Yield quotations that were spoken on another day than the report's, with that day."""
    said = {a.id: a for a in attributions}
    news = _day_of_news(report)
    before: dict[str, tuple[int, datetime.date]] = {}
    for quotation in quotations:
        attribution = said.get(quotation.attribution or "")
        if attribution is None or attribution.manner == "act":
            continue
        day, paragraph = _named_day(attribution, report), _paragraph(quotation.outer, report)
        known = before.get(attribution.speaker or "")
        if day is None and known and paragraph - known[0] <= _GOES_ON:
            day = known[1]
        if day and attribution.speaker:
            before[attribution.speaker] = paragraph, day
        day = day or news
        if day and day != report.day:
            yield quotation.outer, day


def _paragraph(span: Span, report: _Report) -> int:
    at = bisect_right(report.sentences, span.start) - 1
    return report.parse.sentences[at].paragraph if at >= 0 else 0


def _named_day(attribution: Attribution, report: _Report) -> datetime.date | None:
    """The day that dates the cue in its own sentence; a day to come is not one on which anything was said."""
    for cue in attribution.cue or ():
        words = range((tokens := report.parse.tokens(cue)).start, tokens.end)
        at = bisect_right(report.sentences, cue.start) - 1
        if at < 0:
            continue
        sentence = report.parse.sentences[at].span
        first, last = bisect_left(report.starts, sentence.start), bisect_left(report.starts, sentence.end)
        for span, day in report.told[first:last]:
            if day <= report.day and _dates(report.parse.tokens(span).root, words):
                return day
    return None


def _dates(time: Token, cue: range) -> bool:
    """Whether the verb that a time belongs to is the cue's, or hangs on it ("speaking on Tuesday, Doe said")."""
    word = time
    for _ in range(_REACH):
        if word.i in cue and word is not time:
            return True
        if word.pos_ in ("VERB", "AUX") and word.tag_ not in ("VBG", "VBN"):
            return False
        if word.head.i == word.i or word.dep_ in ("relcl", "acl", "poss", "ccomp"):
            return False
        word = word.head
    return False


def _day_of_news(report: _Report) -> datetime.date | None:
    """The day of which the report tells at its head, where it names no later one up to its own."""
    lead = next(((s, d) for s, d in report.told if _paragraph(s, report) < _LEAD), None)
    if lead is None or not 0 < (report.day - lead[1]).days <= _FRESH:
        return None
    later = any(lead[1] < day <= report.day for _, day in report.told)
    return None if later else lead[1]
