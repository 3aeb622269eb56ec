"""Find the quantities of a report: numbers that count something, with what they count."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Final

import msgspec

from trucebook.reading.model import Quantity
from trucebook.reading.numbers import either, number_source
from trucebook.reading.parse import span_of
from trucebook.reading.quantities.amounts import amounts
from trucebook.reading.quantities.befallen import happening
from trucebook.reading.quantities.counted import Counted, counted
from trucebook.reading.quantities.setting import Settings
from trucebook.reading.quantities.words import kind_of, measures, persons
from trucebook.reading.quantities.zero import zeros
from trucebook.span import Span, SpanIndex

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Doc, Token

    from trucebook.reading.model import Attribution, Mention, QuantityKind, Time
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
    r"(?:\b\d[\d,]*|some|many|several|much|part|all|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)|hal(?:f|ves)|most|thirds?|quarters?|fifths?|percent|%|none|few|any|each|one|out)\s+of\s+(?:the\s+|its\s+|their\s+|all\s+)?$",
    re.IGNORECASE,
)
_GLUED: Final = re.compile(r"[-–]\w")
# Small numbers are carried along ("the three men"); larger ones are told again.
_CARRIED: Final = 20
_TAKING_UP: Final = frozenset({"the", "these", "those", "both", "our", "your", "their"})
_ELSEWHERE: Final = re.compile(r"-\d|\s*/\s*\d|(?:st|nd|rd|th)\b", re.IGNORECASE)


@dataclass(frozen=True)
class _Context:
    """What of a report bears on its numbers."""

    parse: Parse
    times: SpanIndex[Span]
    settings: Settings


def find_quantities(
    parse: Parse, times: Sequence[Time], attributions: Sequence[Attribution] = (), mentions: Sequence[Mention] = ()
) -> tuple[Quantity, ...]:
    """Return the quantities of the prose, in order and without overlap.

    Numbers that belong to a date, a clock time, an age, a score, a rank, a name or an idiom are none, and neither is
    what only takes up things spoken of ("the two sides"); a duration ("30-day") is a quantity of its unit. A number
    whose counted thing cannot be told is left out.

    Args:
        parse: the report's parse.
        times: the report's time expressions.
        attributions: who said what in it; without them no quantity has one.
        mentions: where it names actors; without them no quantity has a place.
    """
    taken = sorted(t.span for t in times if t.type != "DURATION")
    context = _Context(parse, SpanIndex((s, s) for s in taken), Settings(parse, times, attributions, mentions))
    found = [*_none(context)]
    for paragraph in parse.paragraphs:
        idioms = [Span(*m.span()) for m in _idioms().finditer(parse.prose, paragraph.span.start, paragraph.span.end)]
        for amount in amounts(parse.prose, paragraph.span):
            free = not _touches(amount.digits, taken) and not any(amount.digits.touches(i) for i in idioms)
            quantity = _quantity(context, amount, paragraph.span) if free else None
            if free and quantity is None and found:
                quantity = _carried_on(context, amount, found[-1])
            if quantity is not None:
                found.append(quantity)
    return tuple(_apart(found))


def _none(context: _Context) -> Iterator[Quantity]:
    """Counts of nobody: "no one was hurt", "no casualties"."""
    for zero in zeros(context.parse.doc):
        span = span_of(context.parse.doc[zero.first : zero.last + 1])
        setting = context.settings.of(span, context.parse.doc[zero.word], event=True)
        yield Quantity(span=span, low=0, high=0, of=zero.name, counted=zero.noun, happened=zero.name, status="done",
                       where=setting.where, when=setting.when, attribution=setting.attribution)  # fmt: skip


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


def _quantity(context: _Context, amount: Amount, paragraph: Span) -> Quantity | None:
    parse = context.parse
    if _is_no_count(parse.prose, amount, paragraph):
        return None
    words, tokens = parse.tokens(amount.span), parse.tokens(amount.digits)
    first, last = words[0].i, words[-1].i
    what = _what(context, amount, first, last)
    if what is None or _is_name(parse, amount, tokens[0].i, what) or _takes_up(parse.doc, amount, first, what):
        return None
    kind = _kind(amount, what)
    if kind == "count" and what.happened is None and _GLUED.match(parse.prose, amount.digits.end):
        # "A 100-share index", "a two-state solution": part of a name rather than a count.
        return None
    eventful = what.happened is not None and kind in {"count", "money"}
    setting = context.settings.of(amount.digits, parse.doc[max(what.anchor, 0)], event=eventful)
    span = _span(parse.doc, amount, what)
    rate = _rates().match(parse.prose, span.end, paragraph.end)
    return Quantity(span=Span(span.start, rate.end()) if rate else span, low=amount.low, high=amount.high, of=what.of,
                    bound=amount.bound, approximate=amount.approximate, kind=kind, counted=what.noun,
                    happened=what.happened if eventful else None, status=what.status if eventful else None,
                    per=rate["unit"].lower() if rate else None, where=setting.where if kind == "count" else None,
                    when=setting.when, attribution=setting.attribution)  # fmt: skip


def _carried_on(context: _Context, amount: Amount, last: Quantity) -> Quantity | None:
    """A number that leaves out what the one before said: "three people were killed in Lisbon and five in Oslo"."""
    doc, words = context.parse.doc, context.parse.tokens(amount.span)
    first, after = words[0], words[-1].i + 1
    joint = doc[first.i - 1].lower_ if first.i else ""
    if joint not in ("and", ",", "but") or after >= len(doc) or doc[after].lower_ not in measures().locative.words:
        return None
    same = first.sent.start_char <= last.span.start and last.kind == "count" and last.status == "done"
    where = context.settings.behind(amount.digits) if same and last.happened else None
    if where is None or amount.unit:
        return None
    return msgspec.structs.replace(
        last, span=amount.span, low=amount.low, high=amount.high, bound=amount.bound, approximate=amount.approximate,
        per=None, where=where,
    )  # fmt: skip


def _what(context: _Context, amount: Amount, first: int, last: int) -> Counted | None:
    doc = context.parse.doc
    if amount.unit is None:
        what = counted(doc, first, last, context.times)
        code = measures().currency_words.get(what.noun or "") if what else None
        # "Millions of dollars": the word of the currency stands where a counted noun does.
        return replace(what, of=code) if what and code else what
    # The unit's noun, or the number that the sign stands before, is what something befell ("pledged $3 million").
    noun = next((t for t in reversed(doc[first : last + 1]) if t.dep_ not in {"quantmod", "punct", "compound"}), None)
    found = happening(noun) if noun is not None and amount.unit != "percent" else None
    if found is None:
        return Counted(amount.unit, first, last, anchor=last)
    return Counted(amount.unit, first, last, None, found.name, found.status, found.word)


def _kind(amount: Amount, what: Counted) -> QuantityKind:
    if amount.unit:
        return "share" if amount.unit == "percent" else "money"
    return "money" if what.noun in measures().currency_words else kind_of(what.noun or "")


@cache
def _rates() -> re.Pattern[str]:
    lexicon = measures().rates
    return re.compile(
        rf"\s+{either(lexicon.leads)}\s+(?P<unit>{either(lexicon.units)})(?!\w)(?!\s+(?:ago|earlier|later|before|after)\b)",
        re.IGNORECASE,
    )


def _takes_up(doc: Doc, amount: Amount, first: int, what: Counted) -> bool:
    """Whether a number only takes up what was spoken of ("the two sides"), or "one" stands for "a" ("one official").

    What befell those taken up ("the two men were killed") makes it a count again, and so do words that tell which they
    are ("the 35 states that signed") and a number too large to be carried along.
    """
    if amount.unit or amount.bound != "exact" or amount.low != amount.high or kind_of(what.noun or "") != "count":
        return False
    if what.happened in measures().measures:
        return False
    if amount.low == 1:
        return what.happened is None
    before = doc[first - 1].lower_ if first else ""
    if (
        amount.low == 2
        and what.noun in measures().parties.words
        and (before in measures().definite.words or not before)
    ):
        return True
    return before in _TAKING_UP and (amount.low or 0) <= _CARRIED and not _is_told_which(doc[what.last])


def _is_told_which(noun: Token) -> bool:
    return any(c.dep_ in {"relcl", "acl"} and c.i > noun.i for c in noun.children)


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
    if before is not None and _numbers(before, what):
        return True
    if _is_age(_before(parse, amount), amount):
        return True
    words = amount.digits.of(parse.prose)
    if _YEAR.fullmatch(words) and doc[what.last].tag_ not in ("NNS", "NNPS"):
        return True
    if words.lower() == "one":
        return _is_pronoun(doc, at, what)
    return before is not None and doc[at].head.i == before.i and before.pos_ == "PROPN" and before.is_title


def _before(parse: Parse, amount: Amount) -> Token | None:
    first = parse.tokens(amount.span)[0]
    return parse.doc[first.i - 1] if first.i else None


def _numbers(before: Token, what: Counted) -> bool:
    """Whether the word before makes a number a name or a rank ("Phase 2"), which "a zone 40 km deep" is not."""
    word = before.lower_
    if word == "of" and before.i and before.doc[before.i - 1].text == "Group":
        return True
    if word not in measures().numbered.words or word in ("group", "unit", "line"):
        return False
    return kind_of(what.noun or "") not in {"measure", "duration"}


def _is_age(before: Token | None, amount: Amount) -> bool:
    """Whether the words are "children under 12": people, a bound, a small number."""
    if before is None or amount.bound not in {"more_than", "less_than"} or (amount.low or amount.high or 0) > 100:
        return False
    return before.lemma_.lower() in persons() or before.lower_ == "people"


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
