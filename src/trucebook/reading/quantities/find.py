"""Find the quantities of a report: numbers that count something, with what they count."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache
from typing import TYPE_CHECKING, Final

from trucebook.reading.model import Quantity
from trucebook.reading.numbers import either, number_source
from trucebook.reading.quantities.amounts import amounts
from trucebook.reading.quantities.counted import Counted, counted
from trucebook.reading.quantities.words import measures
from trucebook.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Doc

    from trucebook.reading.model import Time
    from trucebook.reading.parse import Parse
    from trucebook.reading.quantities.amounts import Amount

_YEAR: Final = re.compile(r"(?:1[5-9]|20)\d\d")
_LIST_MARK: Final = re.compile(r"\d{1,3}[.)](?:\s|$)")
_AGE: Final = re.compile(r"[\s-]+(?:years?|months?)[\s-]+olds?\b", re.IGNORECASE)
_FRACTION: Final = re.compile(
    r"[\s-]+(?:hal(?:f|ves)|thirds?|fourths?|quarters?|fifths?|sixths?|tenths?|hundredths?)\b", re.IGNORECASE
)
_BEFORE: Final = 24
_RANKED: Final = re.compile(r"(?:\bnos?\.?|#|\bnumbers?)\s*$", re.IGNORECASE)
# "half of the 1,200 residents": the number is the whole that a part is taken of.
_PART_OF: Final = re.compile(
    r"(?:hal(?:f|ves)|most|thirds?|quarters?|fifths?|percent|%|none|few|any|each|one|out)\s+of\s+(?:the\s+|its\s+|their\s+)?$",
    re.IGNORECASE,
)
_ELSEWHERE: Final = re.compile(r"-\d|\s*/\s*\d|(?:st|nd|rd|th)\b", re.IGNORECASE)


def find_quantities(parse: Parse, times: Sequence[Time]) -> tuple[Quantity, ...]:
    """Return the quantities of the prose, in order and without overlap.

    Numbers that belong to a date, a clock time, an age, a score, a rank or an idiom are none; a duration ("30-day") is
    a quantity of its unit. A number whose counted thing cannot be told is left out.

    Args:
        parse: the report's parse.
        times: the report's time expressions.
    """
    taken = sorted(t.span for t in times if t.type != "DURATION")
    found: list[Quantity] = []
    for paragraph in parse.paragraphs:
        idioms = [Span(*m.span()) for m in _idioms().finditer(parse.prose, paragraph.span.start, paragraph.span.end)]
        for amount in amounts(parse.prose, paragraph.span):
            free = not _touches(amount.digits, taken) and not any(amount.digits.touches(i) for i in idioms)
            quantity = _quantity(parse, amount, paragraph.span) if free else None
            if quantity is not None:
                found.append(quantity)
    return tuple(_apart(found))


def _apart(quantities: Sequence[Quantity]) -> Iterator[Quantity]:
    """The quantities without those whose words reach into those of a later one: what is counted there is not sure."""
    start: int | None = None
    kept: list[Quantity] = []
    for quantity in sorted(quantities, key=lambda q: q.span, reverse=True):
        if start is None or quantity.span.end <= start:
            kept.append(quantity)
            start = quantity.span.start
    return reversed(kept)


@cache
def _idioms() -> re.Pattern[str]:
    chance = rf"(?:one|1|nine|9)\s+(?:in|out\s+of)(?:\s+every)?\s+{number_source()}"
    return re.compile(rf"(?<!\w)(?:{either(measures().idioms.words)}|{chance})(?!\w)", re.IGNORECASE)


def _touches(span: Span, taken: Sequence[Span]) -> bool:
    at = bisect_left(taken, span)
    return any(s.touches(span) for s in taken[max(0, at - 1) : at + 1])


def _quantity(parse: Parse, amount: Amount, paragraph: Span) -> Quantity | None:
    if _is_no_count(parse.prose, amount, paragraph):
        return None
    words, tokens = parse.tokens(amount.span), parse.tokens(amount.digits)
    first, last = words[0].i, words[-1].i
    what = Counted(amount.unit, first, last) if amount.unit else counted(parse.doc, first, last)
    if what is None or _is_name(parse, amount, tokens[0].i, what):
        return None
    return Quantity(span=_span(parse.doc, amount, what), low=amount.low, high=amount.high, of=what.of,
                    bound=amount.bound, approximate=amount.approximate)  # fmt: skip


def _span(doc: Doc, amount: Amount, what: Counted) -> Span:
    end = doc[what.last].idx + len(doc[what.last].text)
    return Span(min(amount.span.start, doc[what.first].idx), max(amount.span.end, end))


def _is_no_count(prose: str, amount: Amount, paragraph: Span) -> bool:
    """Whether the characters around a number show an age, a fraction, a list mark or a serial number."""
    end = amount.digits.end
    if any(pattern.match(prose, end, paragraph.end) for pattern in (_AGE, _FRACTION, _ELSEWHERE)):
        return True
    before = max(paragraph.start, amount.digits.start - _BEFORE)
    if any(pattern.search(prose, before, amount.digits.start) for pattern in (_RANKED, _PART_OF)):
        return True
    return (
        amount.digits.start == paragraph.start and _LIST_MARK.match(prose, paragraph.start, paragraph.end) is not None
    )


def _is_name(parse: Parse, amount: Amount, at: int, what: Counted) -> bool:
    """Whether the number belongs to a name ("Resolution 2803"), is a bare year, or is "one" as a pronoun."""
    if amount.unit:
        return False
    doc = parse.doc
    before = doc[at - 1] if at else None
    if (
        before is not None
        and before.lower_ in measures().numbered.words
        and before.lower_ not in ("group", "unit", "line")
    ):
        return True
    words = amount.digits.of(parse.prose)
    if _YEAR.fullmatch(words) and doc[what.last].tag_ not in ("NNS", "NNPS"):
        return True
    if words.lower() == "one":
        return _is_pronoun(doc, at, what)
    return before is not None and doc[at].head.i == before.i and before.pos_ == "PROPN" and before.is_title


def _is_pronoun(doc: Doc, at: int, what: Counted) -> bool:
    """Whether "one" stands for something, or picks from several, instead of counting."""
    after = doc[at + 1] if at + 1 < len(doc) else None
    if what.last <= at or after is None or after.lower_ in ("of", "-", "another", "that", "who"):
        return True
    before = doc[at - 1].lower_ if at else ""
    return before in (
        "the",
        "this",
        "that",
        "no",
        "any",
        "every",
        "each",
        "some",
        "which",
        "another",
        "only",
        "'s",
        "’s",
    )
