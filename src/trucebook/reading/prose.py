"""The report's prose: its text with the furniture blanked out at the same length, and the paragraphs it falls into."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from trucebook.reading.model import Paragraph
from trucebook.span import Span, trim

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from trucebook.report import Furniture

_LINE = re.compile(r"[^\n\r\u2028\u2029\x0b\x0c\x85]+")
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
# What is blanked out at the beginning of a line.
_MARKED = re.compile(r"[^\S\n]{3,}")
_NOT_BREAK = re.compile(r"[^\n\r\u2028\u2029\x0b\x0c\x85]")
_SENTENCE_END = re.compile(r"[.!?:;…][\"'”’)\]]*$|[,–—-][\"'”’]*$")
# Longer lines than this are statements even where their stop was lost.
_HEADING_WORDS = 14


def mask(text: str, furniture: Iterable[Furniture]) -> str:
    """Return `text` with every piece of furniture blanked out; offsets stay as they are.

    A footnote mark becomes spaces, so that the words on both sides meet; other furniture keeps its line breaks, so that
    the paragraphs on both sides stay apart.
    """
    pieces, at = [], 0
    for item in sorted(furniture, key=lambda f: f.span):
        start = max(at, item.span.start)
        pieces.append(text[at:start])
        pieces.append(_NOT_BREAK.sub(" ", text[start : item.span.end]))
        at = max(at, item.span.end)
    pieces.append(text[at:])
    return "".join(pieces)


def paragraphs(prose: str) -> tuple[Paragraph, ...]:
    """Return the paragraphs of a masked text, in order.

    Where blank lines part the text, they part the paragraphs (lines inside are wrapped lines or a sentence each);
    elsewhere every line is a paragraph. What counts is which of the two breaks is the usual one.
    """
    spans = list(_blocks(prose) if _has_blocks(prose) else _lines(prose))
    return tuple(Paragraph(span=s, kind="heading" if _is_heading(s.of(prose)) else "prose") for s in spans)


def _has_blocks(prose: str) -> bool:
    blank = len(_BLANK_LINE.findall(prose.strip()))
    lines = sum(1 for _ in _lines(prose))
    # One blank line under a title does not make a text of blocks; a text of wrapped lines has several lines a block.
    return blank >= 2 and blank >= 0.1 * max(1, lines - 1)


def _lines(prose: str) -> Iterator[Span]:
    for match in _LINE.finditer(prose):
        span = trim(Span(*match.span()), prose)
        if span.length:
            yield span


def _blocks(prose: str) -> Iterator[Span]:
    at = 0
    for match in [*_BLANK_LINE.finditer(prose), None]:
        span = trim(Span(at, match.start() if match else len(prose)), prose)
        if span.length:
            yield from _titled(span, prose) if not prose[: span.start].strip() else (span,)
        at = match.end() if match else at


def _titled(first: Span, prose: str) -> Iterator[Span]:
    """The first block; a title right above what is marked there, a dateline as a rule, is a block of its own."""
    words = first.of(prose)
    title, _, rest = words.partition("\n")
    if not _is_heading(title) or not _MARKED.match(rest):
        yield first
        return
    yield trim(Span(first.start, first.start + len(title)), prose)
    yield trim(Span(first.start + len(title), first.end), prose)


def _is_heading(words: str) -> bool:
    return "\n" not in words and not _SENTENCE_END.search(words) and len(words.split()) <= _HEADING_WORDS
