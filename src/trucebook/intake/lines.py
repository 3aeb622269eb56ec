"""The lines of a text, and which of them are made like headlines or like sentences."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from trucebook.intake.phrases import phrases, plain
from trucebook.span import Span, trim

_LINE = re.compile(r"[^\n\r\u2028\u2029\x0b\x0c\x85]+")
_BULLET = re.compile(r"(?:[-–—•*·▪■●◦►▶»›‣⁃]|o(?=\s))\s*")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]{0,3}(?:\d{1,3}|\[\d{1,3}\])?$")
_QUIET_END = re.compile(r"[.,;:][\"'”’)\]]{0,3}$")
_WORD = re.compile(r"[^\W\d_][\w’'.-]*")
_SIGN = re.compile(r"[?!…“‘\"]|: |’s\b|'s\b")
# Longer lines are not looked at in detail: no headline, credit or caption has so many characters.
LONG = 700
"""Characters of the longest line that can be furniture as a whole."""


@dataclass(frozen=True)
class Line:
    """A line of a text that is not blank.

    Attributes:
        text: the whole text.
        span: the line without the white space around it.
    """

    text: str
    span: Span

    @cached_property
    def words(self) -> str:
        """What stands in the line; of a very long line the beginning."""
        return self.text[self.span.start : min(self.span.end, self.span.start + LONG + 1)]

    @property
    def is_long(self) -> bool:
        """Whether the line is too long for furniture."""
        return self.span.length > LONG

    @cached_property
    def bullet(self) -> int:
        """Number of characters of the bullet at its beginning with the white space behind it; 0 without one."""
        match = _BULLET.match(self.words)
        if not match:
            return 0
        return match.end() if match.end() == len(self.words) or self.words[match.end() - 1].isspace() else 0

    @property
    def is_bullet(self) -> bool:
        """Whether the line is a bullet and nothing else."""
        return len(self.words) <= 2 and _BULLET.fullmatch(self.words) is not None

    @property
    def ends_sentence(self) -> bool:
        """Whether the line ends as a sentence does."""
        return _SENTENCE_END.search(self.text[max(self.span.start, self.span.end - 12) : self.span.end]) is not None

    @property
    def item(self) -> Span:
        """The line without its bullet."""
        return Span(self.span.start + self.bullet, self.span.end)


def lines(text: str) -> tuple[Line, ...]:
    """Return the lines of a text that are not blank, in order."""
    spans = (trim(Span(*m.span()), text) for m in _LINE.finditer(text))
    return tuple(Line(text, s) for s in spans if s.length)


def is_title_case(words: str) -> bool:
    """Whether words are set as a headline in title case: four words or more, the main ones with a capital.

    A line that ends with a full stop, a comma, a colon or a semicolon is none.
    """
    if len(words) > LONG or _QUIET_END.search(words[-6:]):
        return False
    found = _WORD.findall(words)
    main = [w for w in found if w.lower() not in phrases().related.small]
    capital = sum(1 for w in main if w[0].isupper())
    return 4 <= len(found) <= 30 and len(main) >= 3 and capital >= 0.8 * len(main) and capital >= len(main) - 2


def has_headline_sign(words: str) -> bool:
    """Whether words have what headlines have, and names and offices have not.

    That is a verb, a question, a quotation, a colon or a possessive.
    """
    verbs = phrases().related.verbs
    return _SIGN.search(words) is not None or any(plain(w) in verbs for w in _WORD.findall(words)[1:])
