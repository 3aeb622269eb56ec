"""Numbers with the words that limit them, found by their shape; what they count is not looked at here."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Final

from trucebook.reading.numbers import either, loose_source, number_source, read_loose, read_number
from trucebook.reading.quantities.words import measures
from trucebook.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trucebook.reading.model import Bound

# Characters before a number in which the words that limit it are looked for: the longest pair of the lexicon fits.
_REACH: Final = 48
_LAST_WORD: Final = re.compile(r"([a-z]+)\s+$", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Amount:
    """A number and how it is limited.

    Attributes:
        span: with the words that limit it and the sign or word of its unit.
        digits: the number alone.
        low: smallest number meant; None where open below.
        high: largest number meant; None where open above.
        bound: how the words limit it.
        approximate: whether they say that it is rough.
        unit: code of a currency, or `percent`; None where the number counts something else.
    """

    span: Span
    digits: Span
    low: float | None
    high: float | None
    bound: Bound = "exact"
    approximate: bool = False
    unit: str | None = None


@cache
def _number() -> re.Pattern[str]:
    lexicon = measures()
    number = number_source()
    joint = r"(?:\s+(?P<joint>to|or|and)\s+|\s?(?P<dash>[-–—])\s?)"
    sign = either(lexicon.currency_signs)
    percent, currency = either(lexicon.percent.words), either(lexicon.currency_words)
    unit = rf"(?:\s?(?P<percent>{percent})|[\s-](?P<currency>{currency}))(?!\w)"
    # "55kg" is written as one word, and read as two.
    ends = rf"(?:(?!\w)|(?={either(lexicon.glued.words)}(?!\w)))"
    return re.compile(
        rf"(?<![\w.,:/#–+-])(?P<sign>{sign})?(?:(?P<loose>{loose_source()})|(?P<first>{number})){ends}(?![.,:/]\d)"
        rf"(?:{joint}(?:{sign})?(?P<second>{number}){ends}(?![.,:/]\d)(?!-\d))?(?P<plus>\+|-plus(?!\w))?(?:{unit})?",
        re.IGNORECASE,
    )


@cache
def _limits() -> re.Pattern[str]:
    """The words that limit a number, just before it: one, or two of them ("at least about")."""
    bound = either(measures().bounds)
    return re.compile(rf"(?<!\w)(?:(?P<outer>{bound})\s+)?(?:(?P<inner>{bound})\s+)(?:the\s+)?$", re.IGNORECASE)


@cache
def _between() -> re.Pattern[str]:
    return re.compile(r"(?<!\w)(?P<word>between|from)\s+$", re.IGNORECASE)


@cache
def _trailing() -> re.Pattern[str]:
    return re.compile(rf",?\s+(?P<words>{either(measures().trailing)})(?!\w)", re.IGNORECASE)


def amounts(prose: str, within: Span) -> Iterator[Amount]:
    """Yield the numbers of `prose` that lie inside `within`, left to right, without overlap."""
    at = within.start
    while found := _number().search(prose, at, within.end):
        amount = _read(found, prose, within)
        if amount is not None:
            yield amount
        at = max(found.start() + 1, amount.span.end if amount else found.end())


def _read(found: re.Match[str], prose: str, within: Span) -> Amount | None:
    if found["loose"]:
        return _limited(_loose(found), prose, within)
    first = read_number(found["first"])
    if first is None:
        return None
    second = read_number(found["second"]) if found["second"] else None
    if second is None:
        return _limited(_single(found, first), prose, within)
    return _ranged(found, first, second, prose, within)


def _unit(found: re.Match[str]) -> str | None:
    if found["percent"]:
        return "percent"
    if found["sign"]:
        signs = {k.lower(): v for k, v in measures().currency_signs.items()}
        return signs[found["sign"].lower()]
    return measures().currency_words[" ".join(found["currency"].lower().split())] if found["currency"] else None


def _loose(found: re.Match[str]) -> Amount:
    low, high = read_loose(found["loose"]) or (0, 0)
    span = Span(found.start(), found.end("loose"))
    return Amount(span=span, digits=span, low=low, high=high, bound="between", approximate=True)


def _single(found: re.Match[str], number: float) -> Amount:
    """One number; a second one that does not make a range with it is left for the next search."""
    alone = found["second"] is None
    end = found.end() if alone else found.end("first")
    plus: Bound = "at_least" if alone and found["plus"] else "exact"
    unit = _unit(found) if alone or found["sign"] else None
    return Amount(span=Span(found.start(), end), digits=Span(*found.span("first")), low=number,
                  high=None if plus == "at_least" else number, bound=plus, unit=unit)  # fmt: skip


def _ranged(found: re.Match[str], first: float, second: float, prose: str, within: Span) -> Amount | None:
    """Read "3 to 5", "3-5", "three or four" and "between 3 and 5"; "from 3 to 5" tells of a change, not of a range."""
    words = _between().search(prose, max(within.start, found.start() - _REACH), found.start())
    word = words["word"].lower() if words else ""
    joint = (found["joint"] or "-").lower()
    if (joint == "and" and word != "between") or word == "from" or (joint == "or" and second - first > 2):
        return _limited(_single(found, first), prose, within)
    scale = _borrowed_scale(found["first"], found["second"], second)
    low, high = first * scale, second
    if low >= high:
        # A score, a serial number or a ratio; never a count.
        return None if joint == "-" else _limited(_single(found, first), prose, within)
    start = words.start() if words and word == "between" else found.start()
    amount = Amount(span=Span(start, found.end()), digits=Span(found.start("first"), found.end("second")),
                    low=low, high=high, bound="between", unit=_unit(found))  # fmt: skip
    return amount if words else _rough(amount, prose, within)


def _borrowed_scale(first: str, second: str, value: float) -> float:
    """In "2 to 3 million" the scale behind the second number belongs to both."""
    digits = re.match(r"[\d.,]+", second)
    if not digits or not re.fullmatch(r"[\d.,]+", first):
        return 1
    alone = read_number(digits[0].rstrip(".,"))
    return value / alone if alone and value > alone else 1


def _rough(amount: Amount, prose: str, within: Span) -> Amount:
    """A range with "about" before it is a rough range; other limits do not go with a range."""
    found = _limits().search(prose, max(within.start, amount.span.start - _REACH), amount.span.start)
    if not found or measures().bounds[_plain(found["inner"])] != "about":
        return amount
    return replace(amount, span=Span(found.start("inner"), amount.span.end), approximate=True)


def _limited(amount: Amount, prose: str, within: Span) -> Amount:
    """Add what the words before and behind the number say of its limits."""
    before = _limits().search(prose, max(within.start, amount.span.start - _REACH), amount.span.start)
    if before and not _is_particle(before, prose):
        for slot in ("inner", "outer"):
            if before[slot]:
                amount = _with(amount, measures().bounds[_plain(before[slot])])
        start = before.start("outer") if before["outer"] else before.start("inner")
        return replace(amount, span=Span(start, amount.span.end))
    behind = _trailing().match(prose, amount.span.end, within.end)
    if behind:
        bounded = _with(amount, measures().trailing[_plain(behind["words"])])
        return replace(bounded, span=Span(amount.span.start, behind.end()))
    return amount


def _is_particle(limit: re.Match[str], prose: str) -> bool:
    """`hand over 40 prisoners`: the word belongs to the verb before it and limits nothing."""
    behind = "outer" if limit["outer"] else "inner"
    if limit[behind].lower() != "over":
        return False
    verb = _LAST_WORD.search(prose, max(0, limit.start(behind) - _REACH), limit.start(behind))
    return verb is not None and verb[1].lower() in measures().with_over.words


def _with(amount: Amount, bound: Bound) -> Amount:
    """Limit an amount; a loose plural keeps the side of its range that the words do not open or close."""
    if bound == "about":
        return replace(amount, approximate=True, bound="about" if amount.bound == "exact" else amount.bound)
    if bound in ("at_least", "more_than"):
        return replace(amount, bound=bound, high=None)
    return replace(amount, bound=bound, low=None)


def _plain(words: str) -> str:
    return " ".join(words.lower().split())
