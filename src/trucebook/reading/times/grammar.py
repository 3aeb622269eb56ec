"""The shapes of English time expressions: templates over the lexicon's slots, matched longest first."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Final

import msgspec

from trucebook.reading.numbers import either, numbers
from trucebook.reading.times.words import slots, time_words
from trucebook.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

# In a template a space stands for any white space and `~` for white space or a hyphen; `{slot}` is a slot of
# `words.slots` and `{slot:name}` the same under another name, where a template needs a slot twice.
_BOUND: Final = "(?:{bound} )?"
_PART: Final = "(?:{part}~)?"
_COUNT: Final = "{count}(?:~(?:more|additional|full|straight|consecutive|long|whole))?~"
_AGE: Final = "(?:~(?:{old:old}|long))?"
_NO_PLURAL: Final = r"(?!an?\s+\w+s\b)"
_DATE: Final = "{month} {day}(?:,? {year})?"
TEMPLATES: Final[dict[str, tuple[str, ...]]] = {
    "date": (
        _BOUND + _PART + "(?:{weekday},? )?(?:{relation} )?" + _DATE,
        _PART + "(?:{weekday},? )?(?:the )?{day} (?:of )?{month}(?:,? {year})?",
        # The first of "10 and 11 March 2024".
        r"{day}(?=(?:\s*[-–—]\s*|\s+(?:and|or|to|until)\s+){day:day2}\s+(?:of\s+)?{month}(?:,?\s+{year})?)",
        "the {day} of (?:{relation}|the) {this:month}",
    ),
    "day_of_month": (r"the {nth:\d\d?(?:st|nd|rd|th)}(?! of)(?=\s*(?:[.,;:)]|$|(?:and|at|in|to|with|for)\b))",),
    "week_of": (
        "the week (?:of|beginning|starting) " + _DATE,
        "the week (?:of|beginning|starting) {day} {month}(?:,? {year})?",
    ),
    "holiday": (_PART + "(?:{relation} )?{holiday}(?:,? {year})?",),
    "day_by": (
        "the day {side:before|after} (?:(?:{relation} )?{weekday}|" + _DATE + ")",
        "the day {side:before}(?=\\s?[,.;])",
    ),
    "part_of_day": (
        "(?:the )?" + _PART + "{day_part} of (?:{weekday},? )?" + _DATE,
        "(?:the )?" + _PART + "{day_part} of (?:{weekday},? )?{day} {month}(?:,? {year})?",
        "the " + _PART + "{day_part} of {weekday}",
    ),
    "ranked": (
        "the (?:{ordinal}|{last:last}) {weekday} (?:of|in) {month}(?:,? (?:of )?{year})?",
        "the (?:{ordinal}|{last:last}) {weekday} (?:of|in) {each:(?:each|every|the) month}",
    ),
    "half": ("(?:the )?{half:first|second|last|latter} half of (?:{year}|{relation} year)",),
    "iso_date": (r"{iso:(?:1\d|20)\d\d-[01]\d-[0-3]\d}(?![\d-])",),
    "dotted_date": (r"{dotted:[0-3]?\d\.[01]?\d\.(?:1\d|20)\d\d}(?![\d.]\d)",),
    "slashed_date": (r"{slashed:[0-3]?\d/[0-3]?\d/(?:\d{4}|\d\d)}(?![\d/])",),
    "month": (
        _PART + "{month},? (?:of )?(?:{year}|{spoken_year})",
        _PART + "{month},? (?:of )?{relation} year",
        _PART + "(?:{relation} )?{month}",
    ),
    "season": (
        "(?:the )?" + _PART + "{season}(?: of)? (?:{year}|{spoken_year})(?:[-–—/]\\d\\d(?!\\d))?",
        "(?:the )?" + _PART + "{season}(?: of)? {relation} year",
        _PART + "{relation} {season}",
        "{the:the} (?:early |late )?{season}(?! of)",
        "{part} the {season}(?! of)",
        _PART + "{season}(?! of)",
    ),
    "quarter": (
        "(?:{part} )?(?:the )?(?:{year} )?(?:fiscal~)?{ordinal}~quarters?(?:,? (?:of )?(?:fiscal )?{year:year2})?",
        "(?-i:{q:Q[1-4]})(?: (?:of )?(?:{year}|{relation} year))?",
        "(?:the )?{relation} year['’]s {ordinal}~quarter",
        "(?:the )?{ordinal}~quarter (?:of )?{relation} year",
    ),
    "spoken_year": ("(?:the year )?{spoken_year}", "the year {thousand:two thousand}"),
    "year": (
        _BOUND + _PART + "(?:fiscal (?:year )?|the year )?{year}",
        "(?:fiscal )?{year:year}(?= or later)",
        r"(?-i:{fiscal:FY})\s?{year}",
        "{edge:post|pre}[-–]{year}",
    ),
    "decade": (r"(?:the )?" + _PART + r"{decade:(?:(?:1\d|20)\d|['’‘]\d)0['’]?s}", "the " + _PART + "{tens}"),
    "century": ("(?:the )?" + _PART + "{ordinal}~century",),
    "year_ago_period": (
        "(?:the )?(?:comparable )?year~{ago:ago|earlier} (?:(?:{ordinal}~)?quarter|period)",
        "(?:an? )?year[-–]{ago:ago|earlier}",
        "year~{ago:ago|earlier}",
        "(?:the )?{year} (?:quarter|period)",
    ),
    "this_period": (
        "(?:the|its) (?:{latest:latest|current|recent|most recent|full|fiscal} )?{unit:quarter|period|year}",
    ),
    "clock": (
        _BOUND
        + "{clock}(?: {zone})?(?:,? (?:on )?(?:"
        + _DATE
        + "|{weekday}(?:,? {month:month2} {day:day2}(?:,? {year:year2})?)?"
        "|{day:day3} {month:month3}(?:,? {year:year3})?|{deictic}))?(?:,? {zone:zone2})?",
    ),
    "deictic": (
        "(?:{part} )?{deictic}(?: {day_part})?",
        "(?:{part}~)?{day_part} {deictic}",
    ),
    "weekday": (
        "(?:{part} )?(?:(?:on )?(?:{relation}|{anaphor}) )?{weekday}(?:~{day_part})?",
        "(?:{part}~)?{day_part} {weekday}",
    ),
    "day_part": ("(?:{part} )?(?:{relation}|{anaphor}) {day_part}", "{tonight:tonight|overnight}"),
    "relative": (
        "(?:(?:{part}|the {part:part2})~)?{relation} (?:fiscal |full )?{unit}",
        "(?:{part}~)?{anaphor} {unit}",
        "{part} the {unit}(?! of)",
        "the {unit:week|weekend}(?! of| ahead|[-–])",
        "{ending:year|month|week}(?:['’]s |~)end",
    ),
    "throughout_day": ("the day(?![-–])",),
    "ago": (
        _BOUND + "(?:(?:{count}|{vague}) )?{units} (?:or (?:so|more) )?{ago:ago}(?! of)",
        _BOUND + "(?:{count}|{vague}) {units} (?:or so )?{ago:earlier|later|before|from now|hence|afterwards}(?! than)",
    ),
    "duration": (
        _BOUND + _NO_PLURAL + _COUNT + "{units}" + _AGE + "(?: (?:period|{half:and a half}|or so))?",
        _BOUND + "{count}~{half:and~a~half}~{units}" + _AGE,
        "(?:{unit}~|{unit:unit2}){lasting:long}",
        "{few:an?} {unit} or two",
        "{unit}[-–]{old:old}",
        "(?:the )?(?:{relation}|{past:past}|first|following|latest|final) "
        + _COUNT
        + "{units}(?: (?:period|or so))?(?!~old)",
        "the {count} (?:more |full |straight )?{units}(?! old)",
        "(?:the )?(?:(?:{relation}|past) )?{vague}~{units}" + _AGE,
        "(?:the (?:{relation}|past) )?{count}~(?:to|or)~{count:count2}~{units}",
        "(?:the )?{plural}{long:~long}",
        "(?:the )?{plural} ahead",
        "(?:the )?{relation} {plural}",
        "the {past:past} {unit}",
        "{bare:(?:hours|days|weeks|months|years|decades|centuries)}",
    ),
    "set": (
        "(?:every|each) (?:other )?(?:{unit}|{weekday}|{month}|{day_part})",
        "every {count} {plural}",
        "{set}",
        "{per:an?|per} {unit}",
        "(?:once|twice|(?:three|four|five|six|several|many) times) {per:an?} {unit}",
        "{weekday} {day_part}{many:s}",
        "{weekday}{many:s}(?!['’])",
        "{weekends:weekends}",
    ),
    "reference": ("{reference}",),
}

# An expression's first figure or word of the core stands at most so many characters behind its beginning.
_REACH: Final = 100

# Words that open expressions, are none by themselves, and stand before many other words.
_OPENERS: Final = frozenset({"the", "a", "an", "that", "as", "at", "about", "up", "more", "not", "over", "these"})
_TWO_WORDS: Final = re.compile(r"([a-z]+)\s+([^\W\d_]+)")

_SLOT = re.compile(r"\{([a-z_]+)(?::((?:[^{}]|\{\d+\}|\{\d+,\d*\})+))?\}")


@dataclass(frozen=True)
class Candidate:
    """Words that have the shape of a time expression.

    Attributes:
        span: where they stand.
        shape: key of `TEMPLATES`.
        fields: what filled the slots, by slot name.
    """

    span: Span
    shape: str
    fields: dict[str, str]


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((shape, _compiled(t)) for shape, templates in TEMPLATES.items() for t in templates)


def _compiled(template: str) -> re.Pattern[str]:
    """Fill a template's slots; a stop belongs to an abbreviation, so only a word character may not follow."""
    filled = _SLOT.sub(_slot, template.replace(" ", r"\s+").replace("~", r"(?:\s+|\s?[-–—]\s?)"))
    return re.compile(filled + r"(?!\w)", re.IGNORECASE)


def _slot(found: re.Match[str]) -> str:
    """Fill a slot: `{name}` from the table; `{slot:other}` as `other`; `{name:source}` as written."""
    name, extra = found.groups()
    if extra is None:
        return f"(?P<{name}>{slots()[name]})"
    if name in slots() and re.fullmatch(rf"{name}\d?", extra):
        return f"(?P<{extra}>{slots()[name]})"
    return f"(?P<{name}>{extra})"


@cache
def _start() -> re.Pattern[str]:
    """Words in lower case that can open an expression, as a cheap filter before the templates are tried."""
    lexicon, count = time_words(), numbers()
    tables = [value for value in msgspec.structs.asdict(lexicon).values() if isinstance(value, dict)]
    words = {w.split()[0] for table in (*tables, count.small, count.scales, count.ordinals) for w in table}
    words |= {w.split()[0] for w in (*lexicon.fillers.words, *lexicon.vague_counts.words)}
    days = lexicon.holidays
    words |= {re.split(r"[\s']", w)[0] for table in (days.fixed, days.ranked, days.easter) for w in table}
    words |= {f"{day}s" for day in lexicon.weekdays} | {f"{unit}long" for unit in lexicon.units}
    words |= {
        "the",
        "every",
        "each",
        "tonight",
        "overnight",
        "fiscal",
        "once",
        "twice",
        "per",
        "past",
        "first",
        "latest",
        "latter",
        "post",
        "pre",
        "q1",
        "q2",
        "q3",
        "q4",
    }
    # Behind a hyphen only the second of two years or days ("2014-2015", "10-11 March").
    free = r"(?:(?<![\w$€£¥#%.,:/-])|(?<=\b\d\d\d\d-)(?=\d\d\d\d\b)|(?<=\b\d\d-)(?=\d\d?\s)|(?<=\b\d-)(?=\d\d?\s))"
    return re.compile(rf"{free}(?=\d|['’‘]\d\d|fy\s?\d|{either(words)}(?!\w))")


@cache
def _more_days() -> re.Pattern[str]:
    """A second day of the month behind a first: "March 15-18", "March 10 and 11", not "March 10 and 11 people"."""
    day = slots()["day"]
    tied = rf"\s*[-–—]\s*(?P<tied>{day})(?:,?\s+(?P<year>{slots()['year']}))?(?!\w)"
    free = rf",?\s+(?:and|or|to|through|until)\s+(?P<free>{day})(?:,?\s+(?P<year2>{slots()['year']}))?"
    listed = rf",\s+(?P<listed>{day})(?=,?\s+(?:and|or)\s+\d)"
    return re.compile(rf"(?:{tied}|{listed}|{free}(?=\s*(?:[.,;:)]|$|(?:at|in|to|with|for|when|as)\b)))", re.IGNORECASE)


@cache
def _core() -> re.Pattern[str]:
    """Figures, and words one of which is in every expression: far fewer places than an expression could begin at.

    Of what the lexicon has as several words the longest counts, as the beginning of a word ("day" also for "daylong").
    """
    lexicon, days = time_words(), time_words().holidays
    tables = (lexicon.weekdays, lexicon.weekday_abbreviations, lexicon.months, lexicon.month_abbreviations,
              lexicon.units, lexicon.plurals, lexicon.seasons, lexicon.day_parts, lexicon.clock_words, lexicon.deictic,
              lexicon.references, lexicon.sets, lexicon.tens, lexicon.spoken_years,
              days.fixed, days.ranked, days.easter)  # fmt: skip
    words = {max(re.findall(r"\w+", entry), key=len) for table in tables for entry in table}
    words |= {"quarter", "half", "fall", "overnight", "tonight", "period", "clock"}
    return re.compile(rf"\d|\b(?:{either(words)})")


def _lowered(words: str) -> str:
    """Return words in lower case, each letter at its place: a search of them is four times as fast."""
    lowered = words.lower()
    if len(lowered) != len(words):  # a few letters are two in lower case
        return "".join(low if len(low := c.lower()) == 1 else c for c in words)
    return lowered


@cache
def _vocabulary() -> frozenset[str]:
    """The words that stand behind an expression's first: all of the lexicon and of the templates."""
    lexicon, count = msgspec.to_builtins(time_words()), msgspec.to_builtins(numbers())
    templates = " ".join(_SLOT.sub(r" \2 ", template) for shape in TEMPLATES.values() for template in shape)
    literals = {*re.findall("[a-z]+", templates), *re.findall(r"([a-z]+)[a-z]\?", templates)}
    return frozenset(literals | {"a", "half", *_words_in([lexicon, count])})


def _words_in(data: object) -> Iterator[str]:
    """Yield the words of all strings of a tree."""
    if isinstance(data, str):
        yield from re.findall(r"[^\W\d_]+", data.lower())
    elif isinstance(data, dict | list):
        for part in chain(data, data.values() if isinstance(data, dict) else ()):
            yield from _words_in(part)


def _may_go_on(lowered: str, start: int) -> bool:
    """Whether the two words that stand somewhere, if there are two, can be the first two of an expression.

    The first may be one by itself; "the" and its like stand before most nouns, and each costs a try of every template.
    """
    two = _TWO_WORDS.match(lowered, start)
    return two is None or two[1] not in _OPENERS or two[2] in _vocabulary()


def candidates(prose: str, within: Span) -> Iterator[Candidate]:
    """Yield the longest expressions of `prose` that lie inside `within`, left to right, without overlap."""
    lowered, shift = _lowered(within.of(prose)), within.start
    at = 0
    for core in (found.start() for found in _core().finditer(lowered)):
        at = max(at, core - _REACH)
        while at <= core and (opening := _start().search(lowered, at)) and (start := opening.start()) <= core:
            best = _longest(prose, shift + start, within.end) if _may_go_on(lowered, start) else None
            if best is None:
                at = start + 1
                continue
            yield best
            at = best.span.end - shift
            while best and best.shape == "date" and (best := _second_day(prose, best, within.end)):
                yield best
                at = best.span.end - shift


def _second_day(prose: str, first: Candidate, end: int) -> Candidate | None:
    """Return the day that shares the month of a day before it."""
    if "day2" in first.fields or not first.span.of(prose).endswith(first.fields.get("day", "none")):
        return None
    found = _more_days().match(prose, first.span.end, end)
    if found is None or "month" not in first.fields:
        return None
    slot = next(name for name in ("tied", "listed", "free") if found[name])
    fields = {"month": first.fields["month"], "day": found[slot]}
    year = found["year"] or found["year2"]
    return Candidate(Span(found.start(slot), found.end()), "date", fields | ({"year": year} if year else {}))


def _longest(prose: str, start: int, end: int) -> Candidate | None:
    best: tuple[str, re.Match[str]] | None = None
    for shape, pattern in _patterns():
        found = pattern.match(prose, start, end)
        if found and found.end() > start and (best is None or found.end() > best[1].end()):
            best = shape, found
    if best is None:
        return None
    shape, found = best
    return Candidate(Span(*found.span()), shape, {k: v for k, v in found.groupdict().items() if v is not None})
