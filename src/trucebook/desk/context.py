"""Words in their text: the exact span, with as much before and after as a reader needs to judge it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from trucebook.render.shown import block

if TYPE_CHECKING:
    from trucebook.span import Span

_AROUND = 280
"""Code points on each side: a sentence or two."""
# How far a word is followed to its end.
_WORD = 30


@dataclass(frozen=True, kw_only=True)
class Excerpt:
    """Words in their text.

    Attributes:
        before: what stands before them.
        words: the words.
        after: what stands after them.
    """

    before: str
    words: str
    after: str


def excerpt(text: str, span: Span, around: int = _AROUND) -> Excerpt:
    """Return words in their text, cut between words, with an ellipsis where something is left out.

    Args:
        text: of the report.
        span: the words in it.
        around: code points on each side, about.
    """
    first, last = max(0, span.start - around), min(len(text), span.end + around)
    if first > 0:
        space = text.find(" ", first, min(first + _WORD, span.start))
        first = space + 1 if space >= 0 else first
    if last < len(text):
        space = text.rfind(" ", max(span.end, last - _WORD), last)
        last = space if space >= 0 else last
    return Excerpt(
        before=("… " if first > 0 else "") + block(text[first : span.start]).lstrip(),
        words=block(span.of(text)),
        after=block(text[span.end : last]).rstrip() + (" …" if last < len(text) else ""),
    )
