"""Footnote marks: figures that point to a note and are no part of the sentence they stand at."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from trucebook.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# A figure glued behind the mark that ends a sentence or clause. A letter, or the end of a quotation or bracket, stands
# before that mark: in `3.5`, `$4.2`, `2.30pm` and `v1.2` it is a figure. Behind a year it may be a mark.
_GLUED = re.compile(
    r"(?:(?<=[^\W\d_])|(?<=[)\]%”])|(?<=\b(?:19|20)\d\d))[.,;:!?]?[\"'”’)\]]{0,2}(?<=[.,;:!?\"'”’)\]])(\d{1,3})(?=\s|$|[\"”’)])"
)
_BEGINNING = re.compile(r"[\"”’)]?(?:\s+[A-Z\"“‘'(\[]|\s*$|\s*\n)")
_BRACKETED = re.compile(
    r"(?<=[\w.,;:!?”’)\]%])\[(?:\d{1,3}|(?:note|nb|n) \d{1,2})\]|\[(?:citation needed|clarification needed|edit)\]"
)
_RAISED = re.compile(r"(?<=[.,;:!?\"'”’)\]]|[^\W\d_])[¹²³⁴⁵⁶⁷⁸⁹⁰]{1,3}(?!\w)")
_LAST_WORD = re.compile(r"[^\W\d_]{1,12}$")
# Words whose abbreviation stands before a number: `No.4`, `Art.5`, `p.12`.
_NUMBERED = """
    no nos nr art arts sec para paras p pp fig figs vol vols ch chap res op cl reg ver v rev st mt app ann cf ca approx
"""
# Numbering begins with the first note and misses few: texts are cut, and notes share a mark.
_FIRST = 3
_STEP = 3
_FEWEST = 2
_SHORTEST_WORD = 3


@dataclass(frozen=True)
class _Figure:
    """A figure that may be a mark; not sure where it could as well be part of a number or follow an abbreviation."""

    span: Span
    value: int
    sure: bool


def footnote_marks(text: str) -> tuple[Span, ...]:
    """Return the footnote marks of a text: `.4`, `[12]`, raised figures and `[citation needed]`.

    Plain figures are marks only together: two or more that count upwards from a low start in the order of the text. One
    behind a year or an abbreviation is a mark only where the count needs it.
    """
    figures = tuple(_figures(text))
    chain = tuple(_chain([f for f in figures if f.sure]))
    glued = (f.span for f in (*chain, *_fitting(figures, chain)))
    return tuple(sorted([*glued, *_bracketed(text), *_raised(text)]))


def _figures(text: str) -> Iterator[_Figure]:
    for match in _GLUED.finditer(text):
        span, before = Span(*match.span(1)), match.start()
        ends = match[0][: -len(match[1])]
        if match[1].startswith("0") or (set(ends) & set(".!?") and not _BEGINNING.match(text, span.end, span.end + 8)):
            continue
        word = _LAST_WORD.search(text, max(0, before - 12), before)
        # One letter before a point is an initial, an acronym's last or the number of an annex ("Annex B.1").
        known = word is not None and (word[0].lower() in _NUMBERED.split() or len(word[0]) == 1)
        yield _Figure(span, int(match[1]), sure=not (known and ends.startswith(".")) and not text[before - 1].isdigit())


def _chain(figures: Sequence[_Figure]) -> Iterator[_Figure]:
    """The longest run of figures that counts upwards from three or less, by three or less."""
    best: dict[int, tuple[int, int]] = {}
    before: list[int] = []
    for at, figure in enumerate(figures):
        steps = range(figure.value - _STEP, figure.value)
        length, last = max((best.get(value, (0, -1)) for value in steps), key=lambda b: b[0])
        before.append(last)
        if (length or figure.value <= _FIRST) and length + 1 > best.get(figure.value, (0, -1))[0]:
            best[figure.value] = (length + 1, at)
    length, at = max(best.values(), default=(0, -1))
    if length < _FEWEST:
        return
    while at >= 0:
        yield figures[at]
        at = before[at]


def _fitting(figures: Sequence[_Figure], chain: Sequence[_Figure]) -> Iterator[_Figure]:
    """The unsure figures whose number is missing in the chain where they stand."""
    missing = sorted(chain, key=lambda f: f.span)
    at = 0
    for figure in figures if missing else ():
        while at < len(missing) and missing[at].span <= figure.span:
            at += 1
        low = missing[at - 1].value if at else 0
        high = missing[at].value if at < len(missing) else low + 2
        if not figure.sure and low < figure.value < high:
            yield figure


def _bracketed(text: str) -> Iterator[Span]:
    # What an editor put into a quotation (`killed [3] people`) has white space before it, and is not found.
    yield from (Span(*m.span()) for m in _BRACKETED.finditer(text))


def _raised(text: str) -> Iterator[Span]:
    for match in _RAISED.finditer(text):
        word = _LAST_WORD.search(text, max(0, match.start() - 12), match.start())
        # Units and formulas are raised too: `40 km²`.
        if word is None or len(word[0]) >= _SHORTEST_WORD:
            yield Span(*match.span())
