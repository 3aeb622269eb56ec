"""Plain text and Markdown: the text as it stands, and what of it is markup."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from trucebook.report import Furniture
from trucebook.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

# Markup of CommonMark 0.31 that stands around words: sections 4.1 to 4.5, 5.1, 6.2 to 6.4. Lengths are bounded, so that
# no text can make a search go over it again and again.
_MARKUP: tuple[re.Pattern[str], ...] = (
    re.compile(r"^ {0,3}#{1,6}(?=[ \t])", re.MULTILINE),
    re.compile(r"(?<=[^\s#])[ \t]{1,9}#{1,6}[ \t]*$", re.MULTILINE),
    re.compile(r"^ {0,3}(?:(?:- ?){3,40}|(?:\* ?){3,40}|(?:_ ?){3,40}|={3,200})[ \t]*$", re.MULTILINE),
    re.compile(r"^ {0,3}(?:```|~~~)[^\n`]{0,40}$", re.MULTILINE),
    re.compile(r"^ {0,3}>{1,4}(?= )", re.MULTILINE),
    re.compile(r"^ {0,3}\[[^\]\n]{1,80}\]:[ \t]{1,9}\S{1,500}.{0,200}$", re.MULTILINE),
    re.compile(r"<https?://[^\s<>]{1,500}>"),
    re.compile(r"!\[[^\]\n]{0,300}\]\([^()\s]{0,500}(?:[ \t]\"[^\"\n]{0,200}\")?\)"),
)
_LINK = re.compile(r"(?<!!)(\[)[^\[\]\n]{1,300}(\]\([^()\s]{0,500}(?:[ \t]\"[^\"\n]{0,200}\")?\))")
_STARS = re.compile(r"(?<![\w*])(\*{1,3})(?=[^\s*])[^*\n]{1,400}(?<=[^\s*])(\1)(?![\w*])")
_BARS = re.compile(r"(?<![\w_])(_{1,2})(?=[^\s_])[^_\n]{1,400}(?<=[^\s_])(\1)(?![\w_])")
_FRONT = re.compile(r"---[ \t]*\r?\n((?:[^\r\n]{0,1000}\r?\n){0,60}?)---[ \t]*(?:\r?\n|$)")
_FIELD = re.compile(r"^([A-Za-z_]{1,30}):[ \t]{0,9}(.{0,500}?)[ \t\r]{0,9}$", re.MULTILINE)


def markup(text: str) -> tuple[Furniture, ...]:
    """Return what of a Markdown text is markup: signs of headings, links, emphasis, and a front matter.

    The words inside stay prose: of a link the words, of an image nothing, as it is not in the text.

    Args:
        text: the text as decoded.
    """
    front = _FRONT.match(text)
    body = front.end() if front else 0
    spans = [Span(0, len(text[:body].rstrip()))] if front else []
    spans += [s for s in _signs(text) if s.start >= body]
    return tuple(Furniture(span=s, kind="other") for s in _disjoint(spans))


def front_matter(text: str) -> dict[str, str]:
    """Return the fields of a Markdown text's front matter (lines `name: value` between two lines `---`)."""
    front = _FRONT.match(text)
    return {m[1].lower(): m[2].strip("\"'") for m in _FIELD.finditer(front[1])} if front else {}


def _signs(text: str) -> Iterator[Span]:
    for pattern in _MARKUP:
        yield from (Span(*m.span()) for m in pattern.finditer(text))
    for pattern in (_LINK, _STARS, _BARS):
        for match in pattern.finditer(text):
            yield from (Span(*match.span(g)) for g in (1, 2))


def _disjoint(spans: list[Span]) -> Iterator[Span]:
    at = 0
    for span in sorted(spans, key=lambda s: (s.start, -s.end)):
        if span.start >= at and span.length:
            yield span
            at = span.end
