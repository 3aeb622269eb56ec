"""Half-open ranges of Unicode code points into a report's untouched text."""

from __future__ import annotations

from bisect import bisect_left
from itertools import accumulate
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

T = TypeVar("T")


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


class SpanIndex(Generic[T]):
    """Things by where they stand, so that those at a place are found without looking at all of them.

    Args:
        items: things with their spans, in any order.
    """

    def __init__(self, items: Iterable[tuple[Span, T]]) -> None:
        self._items = sorted(items, key=lambda item: item[0])
        self._starts = [span.start for span, _ in self._items]
        # The furthest end so far: where it lies before a place, nothing earlier can reach that place.
        self._reach = list(accumulate((span.end for span, _ in self._items), max))

    def touching(self, span: Span) -> Iterator[T]:
        """Yield the things that share at least one code point with `span`, the last first."""
        at = bisect_left(self._starts, span.end) - 1
        while at >= 0 and self._reach[at] > span.start:
            if self._items[at][0].touches(span):
                yield self._items[at][1]
            at -= 1

    def starting(self, start: int, end: int) -> list[T]:
        """Return the things that start in `[start, end)`, in order."""
        return [thing for _, thing in self._items[bisect_left(self._starts, start) : bisect_left(self._starts, end)]]
