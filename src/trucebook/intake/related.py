"""Headlines of other stories, set between the paragraphs of a report."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from trucebook.intake.lines import Line, has_headline_sign, is_title_case
from trucebook.intake.phrases import any_of, phrases
from trucebook.report import Furniture
from trucebook.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# A list of more links than this is a page of its own.
_MOST = 15
_LEAST_WORDS = 3


def related_headlines(lines: Sequence[Line]) -> Iterator[Furniture]:
    """Yield the headlines of other stories with their bullets and leads.

    Found are lines that begin with a lead (`READ MORE: ...`), what is listed under a lead that stands alone, and
    headlines in title case as a bulleted list between paragraphs, or two or more of them one under the other. A list
    that a colon or a heading announces is the report's own, and so is one whose items are sentences or names.

    Args:
        lines: the lines of the whole text.
    """
    taken = -1
    for at, line in enumerate(lines):
        if at <= taken:
            continue
        if _is_lead_line(line):
            yield Furniture(span=line.span, kind="related-headline")
        elif _is_bare_lead(line):
            block = _under_lead(lines, at + 1)
            yield Furniture(span=line.span, kind="other")
            yield from _marked(block)
            taken = at + len(block)
        elif block := _block(lines, at):
            yield from _marked(block)
            taken = at + len(block) - 1


@cache
def _lead() -> re.Pattern[str]:
    """A lead, a sign that parts it from a headline, and the headline."""
    return re.compile(
        rf"(?:[-–•*►▶»>→|]\s*)?({any_of(phrases().related.leads)})(?:\s*(?:[:|►▶»>→]+|\s[-–—])\s*(\S.*)?)?",
        re.IGNORECASE,
    )


def _is_lead_line(line: Line) -> bool:
    match = _matched(line)
    if not match or not match[2]:
        return False
    words = match[2].split()
    # Prose can begin as a lead does ("Related: the ministry said ..."): then it goes on as a sentence and ends as one.
    return len(words) >= _LEAST_WORDS - 1 and (
        match[1].isupper() or not line.words.endswith(".") or is_title_case(match[2].rstrip("."))
    )


def _is_bare_lead(line: Line) -> bool:
    match = _matched(line)
    return match is not None and not match[2]


def _matched(line: Line) -> re.Match[str] | None:
    return None if line.is_long else _lead().fullmatch(line.words.replace("’", "'"))


def _under_lead(lines: Sequence[Line], at: int) -> list[Line]:
    """The links listed under a lead: bulleted lines that are no sentences, or headlines in title case."""
    block: list[Line] = []
    while at < len(lines) and len(block) < _MOST and not lines[at].is_long:
        line = lines[at]
        links = (
            line.is_bullet
            or (line.bullet and not line.words.endswith("."))
            or (block and block[-1].is_bullet and not line.words.endswith("."))
        )
        if not links and not (is_title_case(line.words) and not line.ends_sentence):
            break
        block.append(line)
        at += 1
    return block if not block or not block[-1].is_bullet else block[:-1]


def _block(lines: Sequence[Line], at: int) -> list[Line]:
    """The run of headlines that begins with a line, if there is one and it stands between paragraphs."""
    # A list at the head of a text is its own summary, and the rest of a list that is no block is none either.
    if at == 0 or not lines[at - 1].ends_sentence or lines[at - 1].bullet or (at > 1 and lines[at - 2].is_bullet):
        return []
    first = lines[at]
    block = _bulleted(lines, at) if first.is_bullet or first.bullet else _bare(lines, at)
    heads = [line for line in block if not line.is_bullet]
    signs = sum(has_headline_sign(line.item.of(line.text)) for line in heads)
    return block if heads and signs >= len(heads) / 2 else []


def _bulleted(lines: Sequence[Line], at: int) -> list[Line]:
    """A run of bulleted headlines, the bullet before its line or on a line of its own; empty if one is no headline."""
    block: list[Line] = []
    while at < len(lines) and len(block) < 2 * _MOST:
        line = lines[at]
        alone = line.is_bullet and at + 1 < len(lines) and not lines[at + 1].is_bullet and not lines[at + 1].bullet
        if not alone and (line.is_bullet or not line.bullet):
            break
        head = lines[at + 1] if alone else line
        if not is_title_case(head.item.of(head.text)):
            return []
        block += [line, head] if alone else [line]
        at += 2 if alone else 1
    return block


def _bare(lines: Sequence[Line], at: int) -> list[Line]:
    """Two or more headlines with no bullet, or one in capitals: a subheading stands alone and is set like a title."""
    block: list[Line] = []
    while at < len(lines) and len(block) < _MOST and _is_headline(lines[at]):
        block.append(lines[at])
        at += 1
    if len(block) == 1 and at < len(lines) and block[0].words.isupper():
        return block
    return block if len(block) >= 3 or (len(block) == 2 and all(has_headline_sign(x.words) for x in block)) else []


def _is_headline(line: Line) -> bool:
    # Six words: subheadings of one report are shorter than headlines of several.
    return not line.is_long and len(line.words.split()) >= 6 and not line.bullet and is_title_case(line.words)


def _marked(block: Sequence[Line]) -> Iterator[Furniture]:
    """A bullet and the headline behind it, each by itself, so that the headline's own words can be shown."""
    for line in block:
        if line.is_bullet:
            yield Furniture(span=line.span, kind="other")
            continue
        if line.bullet:
            yield Furniture(span=Span(line.span.start, line.span.start + 1), kind="other")
        yield Furniture(span=line.item, kind="related-headline")
