"""Where a time expression stands: the day it is counted from, its neighbours, and the times spoken of before it."""

from __future__ import annotations

import datetime
import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final

from trucebook.reading.times.tense import direction

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens

    from trucebook.reading.parse import Parse
    from trucebook.reading.times.calendar import Direction, Grain
    from trucebook.span import Span

_KNOWN: Final = re.compile(r"(?P<year>\d{4})(?:-(?P<month>[01]\d)(?:-(?P<day>[0-3]\d))?)?(?:-[A-Z]\w)?(?=$|T)")


@dataclass(frozen=True, kw_only=True)
class Anchors:
    """The days that "today" stands for.

    Attributes:
        published: the day the report speaks from; None where it is not known.
        spoken: stretches of text that someone spoke on another day than that, with the day; quotations, where that day
            is known. In order and without overlap.
    """

    published: datetime.date | None
    spoken: tuple[tuple[Span, datetime.date], ...] = ()

    def at(self, span: Span) -> datetime.date | None:
        """Return the day from which relative times at `span` are counted."""
        at = bisect_right(self.spoken, span.start, key=lambda s: s[0].start) - 1
        words, day = self.spoken[at] if at >= 0 else (None, None)
        return day if words and words.covers(span) else self.published


@dataclass
class Memory:
    """Times spoken of so far, as what "the next day", "that year" or "a year earlier" is counted from.

    Attributes:
        day: the last calendar day.
        day_at: where it was named.
        last: first day of the last time of the calendar, of whatever length.
        grain: how long that time is.
        last_at: where it was named.
        period: value of the last quarter.
        at: where the quarter was named.
    """

    day: datetime.date | None = None
    day_at: int = 0
    last: datetime.date | None = None
    grain: Grain = "day"
    last_at: int = 0
    period: str | None = None
    at: int = 0

    def keep(self, value: str, at: int) -> None:
        """Remember a TIMEX3 value of the calendar that was named at an offset; others leave the memory as it is."""
        known = _KNOWN.match(value)
        if known is None or not 1 <= int(known["year"]) <= 9999:
            return
        month, day = known["month"], known["day"]
        self.last = datetime.date(int(known["year"]), int(month or 1), int(day or 1))
        self.grain, self.last_at = "day" if day else "month" if month else "year", at
        if day:
            self.day, self.day_at = self.last, at

    def day_near(self, at: int, reach: int) -> datetime.date | None:
        """Return the last day where it was named no more than `reach` characters before an offset."""
        return self.day if at - self.day_at <= reach else None

    def base(self, grain: Grain) -> datetime.date | None:
        """Return what units of a length are counted from: "the next month" from a day or a month, but from no year."""
        if grain in ("day", "week", "weekend"):
            return self.day
        if grain in ("month", "quarter") and self.grain == "year":
            return None
        return self.last


@dataclass(frozen=True, kw_only=True)
class Situation:
    """A candidate's surroundings.

    Attributes:
        parse: the report's parse.
        span: the candidate's words.
        day: the day relative times are counted from; None where it is not known.
        memory: times spoken of before.
    """

    parse: Parse
    span: Span
    day: datetime.date | None
    memory: Memory = field(default_factory=Memory)

    @cached_property
    def tokens(self) -> Tokens:
        """The candidate's tokens."""
        return self.parse.tokens(self.span)

    @cached_property
    def before(self) -> str:
        """The word before, in lower case; empty at the start of the text."""
        first = self.tokens.start
        return self.parse.doc[first - 1].lower_ if first else ""

    @cached_property
    def after(self) -> str:
        """The word behind, in lower case; empty at the end of the text."""
        last = self.tokens.end
        return self.parse.doc[last].lower_ if last < len(self.parse.doc) else ""

    @cached_property
    def direction(self) -> Direction | None:
        """Whether the clause is told of the past or the future; None in a dateline, which has no clause."""
        if not self.tokens.text.strip():
            return None
        # The parser may break a long time in two ("7 p.m. Oslo time on Friday"): then a part of it knows the verb.
        told = (direction(t, self.tokens[0]) for t in (self.tokens.root, *self.tokens))
        return next(filter(None, told), None)

    @cached_property
    def is_entity(self) -> bool:
        """Whether the entity recogniser takes the words for a date or a time."""
        return any(t.ent_type_ in ("DATE", "TIME") for t in self.tokens)

    @cached_property
    def is_name_part(self) -> bool:
        """Whether the word opens a name of somebody or something else ("April Jones", "The Sunday Herald")."""
        doc, last = self.parse.doc, self.tokens.end
        if last >= len(doc) or not doc[last].is_title or doc[last].pos_ != "PROPN" or doc[last].ent_iob_ != "I":
            return False
        return doc[last].ent_type_ not in ("DATE", "TIME", "")

    @cached_property
    def is_name_end(self) -> bool:
        """Whether the word ends a name of something else ("Harbour News Today")."""
        first = self.tokens[0]
        return (
            first.ent_iob_ == "I" and first.text[:1].isupper() and first.ent_type_ in ("ORG", "WORK_OF_ART", "PRODUCT")
        )

    def text(self) -> str:
        """The candidate's words."""
        return self.span.of(self.parse.prose)
