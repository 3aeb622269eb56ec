"""Bylines, credits, captions and datelines: who wrote, took the picture, or reports from where."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from trucebook.intake.dated import NOTE_OF_DATE
from trucebook.intake.lines import has_headline_sign
from trucebook.intake.phrases import any_of, phrases, plain
from trucebook.report import Furniture
from trucebook.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from trucebook.intake.lines import Line
    from trucebook.report import FurnitureKind

# Lines at the head and the foot of a text in which bylines and credits stand.
_HEAD = 6
_FOOT = 8
# Repetitions are bounded throughout, so that no line can make a search go over it again and again.
_CAPITAL = r"[A-ZÀ-Þ][\w’'.-]"
_PART = rf"(?:(?:{_CAPITAL}{{0,30}}|al|bin|da|de|del|der|di|el|ibn|la|le|van|von)\b\.?)"
_NAME = rf"{_CAPITAL}{{0,30}}(?: {_PART}){{1,3}}"
_NAMES = rf"{_NAME}(?:(?:, | and |, and | & |; ){_NAME}){{0,5}}"
_PLACE = rf"{_CAPITAL}{{1,30}}(?:[ /]{_CAPITAL}{{0,30}}){{0,3}}(?:, [A-ZÀ-Þ][\w’'. /-]{{1,40}})?"
_WITHIN = r"(?:[^.!?]|(?<=\b[A-Z])\.)"  # inside one sentence; the point of an initial does not end it
_BY = re.compile(rf"(?:By|BY|by)\s+(?P<names>{_NAMES})(?:(?:,? in | \| |, | [–—-] |/)[^.!?]{{1,80}})?\.?")
_IN = re.compile(rf"{_NAME}(?:(?:, | and ){_NAME})? in {_PLACE}(?:(?:, | and |; ){_NAME} in {_PLACE}){{0,3}}")
_WORK = r"(?:reporting|additional|research|to (?:this|the) (?:article|report|story|piece|post))"
_WHO = rf"(?:[A-ZÀ-Þ]|the [A-Z]|with ){_WITHIN}{{2,300}}?"
_CONTRIBUTED = re.compile(rf"[\[(]?{_WHO}\bcontributed {_WORK}\b.{{0,400}}")
_ELSEWHERE = r"(?:(?:,? and |, |; )[^.!?]{3,150})?\.?"
_REPORTED = re.compile(rf"(?:{_NAMES}|{_CAPITAL}{{1,30}}) reported from {_PLACE}{_ELSEWHERE}")
_AGO = re.compile(r"\d{1,2} (?:minutes?|hours?|days?) ago|\d{1,2}[- ]min(?:ute)?s?(?: read)?", re.IGNORECASE)
_HANDLE = re.compile(
    r"(?:On (?:Twitter|X),? )?[Ff]ollow [A-ZÀ-Þ@][^.!?]{1,120}"
    r"(?: on (?:Twitter|X|Facebook|Instagram|Bluesky)| On Twitter|: ?@|@|https?://)\S*.{0,150}"
)
_REPORTING = re.compile(r"[(\[](?:Additional r|R)eporting (?:by|from) [^()\[\]]{2,400}[)\]]\.?$")
_PICTURES = r"(?:AFP|AP|EPA|Getty|Getty Images|Reuters|Anadolu|Shutterstock|AP Photo|AFP Photo|Reuters Photo)"
_CAPTIONED = re.compile(
    r"[(\[](?:(?:[^()\[\]]{0,60}[ /])?" + _PICTURES + r"/[^()\[\]]{2,80}"
    r"|(?:Photo|Image|Photograph|Picture)s?(?: credit)?(?: by|:|/)[^()\[\]]{2,80}"
    r"|[^()\[\]]{2,60}(?:/| via )" + _PICTURES + r"[^()\[\]]{0,40})\.?[)\]]\.?$"
)
_PICTURE_BY = re.compile(rf"(?:[^.!?]{{0,80}}(?:/| via |\| ))?{_PICTURES}(?:/[^.!?]{{2,60}})?\.?")
_DATE = r"(?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8}\.?)"
_AGENCY = r"[(\[](?P<agency>[A-Z][\w./ -]{1,30})[)\]]"
_CAPS = r"[A-ZÀ-Þ][A-ZÀ-Þ.’'-]{2,30}(?:[ /][A-ZÀ-Þ][A-ZÀ-Þ.’'-]{1,30}){0,2}"
_REGION = rf"(?:(?:,|/) ?(?:{_CAPITAL}{{1,30}}(?: {_CAPITAL}{{1,30}}){{0,3}}))?"
_WHERE_WHEN = rf"(?:(?P<place>{_PLACE})(?:,? {_DATE})?(?:, \d{{4}})?,? ?|{_DATE},? ?)?"
_BY_AGENCY = re.compile(rf"{_WHERE_WHEN}{_AGENCY}\s{{0,2}}(?:[–—-]{{1,2}}|:)(?=\s|$|[A-Z“\"‘])")
# The form of TASS and its neighbours: `PORT VESTA, April 2. /TASS/.`
_BY_SLASHES = re.compile(rf"(?:{_PLACE},? {_DATE}\.? )?/(?P<agency>[A-Z][\w -]{{1,30}})/\.?(?: [–—-])?(?= )")
_OPENS = r"\s{0,2}(?:(?:—|–|--)(?=\s|$)| -(?= )|:(?= ))"
_BY_CAPITALS = re.compile(rf"(?P<place>{_CAPS}){_REGION}(?:,? {_DATE}(?:,? \d{{4}})?)?{_OPENS}")
# A place in small letters is told from the words of a sentence by the day behind it.
_BY_DAY = re.compile(rf"(?P<place>{_PLACE}),? {_DATE}(?:,? \d{{4}})?\.?{_OPENS}")
_CAPITALS_COLON = re.compile(rf"{_CAPS}:")
_AFTER = re.compile(r"\s*(?:[A-ZÀ-Þ\d“\"‘'(\[]|$)")
# Codes of agencies are acronyms.
_LONGEST_CODE = 6
# A place and a colon open the first paragraph of a report, which is longer than a headline.
_LEAST_WORDS = 18
_BY_WHOM = re.compile(r"(?:[Ss]ources?|SOURCES?|Via): (.{2,60})")


def bylines(lines: Sequence[Line]) -> Iterator[Furniture]:
    """Yield bylines at the head and credits at the foot of a text.

    Args:
        lines: the lines of the whole text.
    """
    foot = max(0, len(lines) - _FOOT)
    for at, line in enumerate(lines):
        kind = _kind(line, at, len(lines)) if at < _HEAD or at >= foot else None
        if kind:
            yield Furniture(span=line.span, kind=kind)
        elif at >= foot:
            yield from _tail(line)


def captions(lines: Sequence[Line]) -> Iterator[Furniture]:
    """Yield captions of pictures and their credits.

    Args:
        lines: the lines of the whole text.
    """
    for line in lines:
        if not line.is_long and _is_caption(line.words):
            yield Furniture(span=line.span, kind="caption")


def datelines(lines: Sequence[Line]) -> Iterator[Furniture]:
    """Yield datelines, each without the sentence that it opens.

    One with an agency is found at any paragraph, as texts of several dispatches have several; one of a place in
    capitals only once and near the head.

    Args:
        lines: the lines of the whole text.
    """
    found = False
    # In a transcript many lines begin with a name in capitals and a colon.
    colons = sum(1 for line in lines if _CAPITALS_COLON.match(line.words))
    for at, line in enumerate(lines):
        match = _agency(line)
        if not match and at < _HEAD + 2 and not found:
            match = _capitals(line, opens_others=colons > 1)
        if match:
            found = True
            yield Furniture(span=Span(line.span.start, line.span.start + match.end()), kind="dateline")


def _agency(line: Line) -> re.Match[str] | None:
    if match := _BY_SLASHES.match(line.words):
        return match if plain(match["agency"]) in phrases().byline.agencies else None
    match = _BY_AGENCY.match(line.words) if "(" in line.words[:120] or "[" in line.words[:120] else None
    if not match:
        return None
    # Any code in capitals names an agency behind a place in capitals or none; behind a name it may be a party.
    known = plain(match["agency"]) in phrases().byline.agencies or match["agency"].endswith(
        (" News", " Press", " Agency")
    )
    code = match["agency"].isalpha() and match["agency"].isupper() and len(match["agency"]) <= _LONGEST_CODE
    place = (match["place"] or "").split(",")[0]
    # Behind a place in capitals any name in capitals at its words' heads is an agency's.
    named = place.isupper() and all(w[:1].isupper() for w in match["agency"].split())
    return match if known or named or (code and place.isupper() >= bool(match["place"])) else None


def _capitals(line: Line, *, opens_others: bool) -> re.Match[str] | None:
    match = _BY_CAPITALS.match(line.words) or _BY_DAY.match(line.words)
    if not match or plain(match["place"]) in phrases().dateline.not_places:
        return None
    if match[0].endswith(":") and (
        opens_others or len(line.words.split()) < _LEAST_WORDS or _has_common_word(match["place"])
    ):
        return None
    # "NATO: the alliance ..." goes on in small letters, and a headline in capitals is no sentence.
    opens = _AFTER.match(line.words, match.end())
    return match if opens and (line.ends_sentence or match.end() == len(line.words)) else None


def _kind(line: Line, at: int, count: int) -> FurnitureKind | None:
    if line.is_long:
        return None
    if at < _HEAD and _is_byline(line.words, first=at == 0):
        return "byline"
    if at < _HEAD and (NOTE_OF_DATE.fullmatch(line.words) or _AGO.fullmatch(line.words)):
        return "other"
    return "byline" if at >= max(1, count - _FOOT) and _is_credit(line, last=at >= count - 3) else None


def _is_byline(words: str, *, first: bool) -> bool:
    words = words.strip("()[]|–—- ")
    if (match := _BY.fullmatch(words)) and len(words.split()) <= 20:
        return not _has_common_word(match["names"])
    if first:
        return False
    if _IN.fullmatch(words) and len(words.split()) <= 12:
        return not has_headline_sign(words)
    return plain(words).strip(".") in phrases().byline.agencies or _begins_credit(words)


def _has_common_word(names: str) -> bool:
    """Whether what stands as names has a word that a title sets with a capital and no name has."""
    return any(w.lower() in phrases().related.small and w[0].isupper() for w in names.split())


def _is_credit(line: Line, *, last: bool) -> bool:
    words = line.words[line.bullet :].strip("()[]* ")
    if _begins_credit(words) or _CONTRIBUTED.fullmatch(line.words[line.bullet :]) or _HANDLE.fullmatch(words):
        return True
    if (match := _BY_WHOM.fullmatch(words)) and plain(match[1]).strip(" .") in phrases().byline.agencies:
        return True
    return last and (_note_on_author().fullmatch(words) or _REPORTED.fullmatch(words)) is not None


def _begins_credit(words: str) -> bool:
    return _credit().match(words.replace("’", "'")) is not None and len(words.split()) <= 60


@cache
def _credit() -> re.Pattern[str]:
    """A credit with a name behind it."""
    whom = r"(?=[A-Z]|the [A-Z]|our |staff|agencies|agency|wires?\b)"
    return re.compile(rf"(?i:{any_of(phrases().byline.credits)})(?::|\s)\s*{whom}")


@cache
def _note_on_author() -> re.Pattern[str]:
    """`Jane Doe is a reporter for ...` or `... correspondent Jane Doe is based in ...`."""
    role = rf"(?:{any_of(phrases().byline.roles)})s?"
    based = rf"[A-ZÀ-Þ][^.!?]{{0,60}}\b{role} {_NAME} is based in [^.!?]{{2,80}}\.?"
    whose = r"(?:for|at|with|covering|based in|in|of|from|who (?:covers|writes|reports))"
    writes = rf"(?:is|are|was) (?:an? |the )?[^.!?]{{0,80}}\b{role}\b[^.!?]{{0,20}} {whose}\b[^!?]{{2,400}}"
    return re.compile(rf"{based}|{_NAME}(?:, [^,.!?]{{3,60}},)? {writes}")


def _tail(line: Line) -> Iterator[Furniture]:
    """`(Reporting by ...; editing by ...)` at the end of the last paragraph."""
    start = max(line.span.start, line.span.end - 450)
    match = _REPORTING.search(line.text[start : line.span.end])
    if match:
        yield Furniture(span=Span(start + match.start(), line.span.end), kind="byline")


def _is_caption(words: str) -> bool:
    if _CAPTIONED.search(words) and len(words.split()) <= 80:
        return True
    return _caption_lead().match(words.replace("’", "'")) is not None or _PICTURE_BY.fullmatch(words) is not None


@cache
def _caption_lead() -> re.Pattern[str]:
    """`FILE - `, `Photo: `: a dash counts behind capitals alone, as prose can begin with these words."""
    leads = any_of(phrases().caption.leads)
    capitals = any_of(tuple(w.upper() for w in phrases().caption.leads))
    by = r"(?:Photo|Image|Photograph|Picture)s? by (?=[A-Z])"
    comma = r"(?:Image|Media) (?:source|caption), (?=\S)"
    return re.compile(rf"[\[(]?(?:{comma}|(?i:{leads})(?::|\s?/)\s?(?=\S)|(?:{capitals}) ?[–—-] ?(?=\S)|{by})")
