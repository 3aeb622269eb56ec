"""A text in pieces, for the search: short enough to be shown, and for an index to take."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from trucebook.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

# PostgreSQL takes no more than a megabyte of words into one entry of its index; a reader sees a paragraph or two.
_LONGEST = 2_000
_SHORTEST = 200


def passages(text: str) -> Iterator[Span]:
    """Yield pieces that together are the whole text: paragraphs, short ones together, long ones cut between words."""
    start = 0
    while start < len(text):
        yield Span(start, start := _end(text, start))


def _end(text: str, start: int) -> int:
    furthest = min(len(text), start + _LONGEST)
    line = text.find("\n", start + _SHORTEST, furthest)
    if line >= 0:
        return line + 1
    space = text.rfind(" ", start + _SHORTEST, furthest) if furthest < len(text) else -1
    return space + 1 if space >= 0 else furthest


def fold(text: str) -> str:
    """Return a text as it is searched: in small letters and without accents, whatever database looks through it."""
    plain = unicodedata.normalize("NFKD", text).casefold().replace("’", "'")
    return "".join(c for c in plain if not unicodedata.combining(c))
