"""Half-open ranges of Unicode code points into a report's untouched text."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable


class Span(NamedTuple):
    """The range `[start, end)` of a report's text; `span.of(text)` is what is shown.

    Attributes:
        start: offset of the first code point.
        end: offset just past the last code point.
    """

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the words of `text` that the span covers."""
        return text[self.start : self.end]

    @property
    def length(self) -> int:
        """Number of code points covered."""
        return self.end - self.start

    def covers(self, other: Span) -> bool:
        """Whether `other` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end

    def overlap(self, other: Span) -> int:
        """Number of code points shared with `other`."""
        return max(0, min(self.end, other.end) - max(self.start, other.start))

    def touches(self, other: Span) -> bool:
        """Whether at least one code point is shared with `other`."""
        return self.start < other.end and other.start < self.end


def trim(span: Span, text: str) -> Span:
    """Return `span` without the white space at its two ends in `text`."""
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, max(start, span.end - (len(words) - len(words.rstrip()))))


def hull(spans: Iterable[Span]) -> Span:
    """Return the smallest span that covers all of `spans`.

    Raises:
        ValueError: `spans` is empty.
    """
    every = list(spans)
    return Span(min(s.start for s in every), max(s.end for s in every))


def subtract(span: Span, holes: Iterable[Span]) -> tuple[Span, ...]:
    """Return what is left of `span` when `holes` are taken out, in order and without empty pieces."""
    pieces, at = [], span.start
    for hole in sorted(holes):
        if not hole.touches(span):
            continue
        if hole.start > at:
            pieces.append(Span(at, hole.start))
        at = max(at, hole.end)
    if at < span.end:
        pieces.append(Span(at, span.end))
    return tuple(pieces)
