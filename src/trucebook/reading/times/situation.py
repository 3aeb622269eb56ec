"""Where a time expression stands: the day it is counted from, its neighbours, and the times spoken of before it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from trucebook.reading.times.tense import direction

if TYPE_CHECKING:
    import datetime

    from spacy.tokens import Span as Tokens

    from trucebook.reading.parse import Parse
    from trucebook.reading.times.calendar import Direction
    from trucebook.span import Span


@dataclass(frozen=True, kw_only=True)
class Anchors:
    """The days that "today" stands for.

    Attributes:
        published: the day the report speaks from; None where it is not known.
        spoken: stretches of text that someone spoke on another day than that, with the day; quotations, where that day
            is known.
    """

    published: datetime.date | None
    spoken: tuple[tuple[Span, datetime.date], ...] = ()

    def at(self, span: Span) -> datetime.date | None:
        """Return the day from which relative times at `span` are counted."""
        for words, day in self.spoken:
            if words.covers(span):
                return day
        return self.published


@dataclass
class Memory:
    """Times spoken of so far, as what "the next day" or "a year earlier" is counted from.

    Attributes:
        day: the last calendar day.
        period: value of the last quarter.
        at: where the period was named.
    """

    day: datetime.date | None = None
    period: str | None = None
    at: int = 0


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
        """Whether the clause is told of the past or the future."""
        return direction(self.tokens.root, self.tokens[0])

    @cached_property
    def is_entity(self) -> bool:
        """Whether the entity recogniser takes the words for a date or a time."""
        return any(t.ent_type_ in ("DATE", "TIME") for t in self.tokens)

    def text(self) -> str:
        """The candidate's words."""
        return self.span.of(self.parse.prose)
