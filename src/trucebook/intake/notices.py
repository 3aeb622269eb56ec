"""Buttons, notices and bare addresses: what a page says to its reader and not about its matter."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from trucebook.intake.phrases import any_of, phrases, plain
from trucebook.report import Furniture
from trucebook.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from trucebook.intake.lines import Line

_ADDRESS = re.compile(
    r"(?:https?://|www\.|pic\.twitter\.com/|t\.co/)\S{2,500}|[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}"
)
_CUT_OFF = re.compile(r"\[\+\d{1,6} chars\]$")
_RIGHTS = re.compile(r"\b(?:all rights reserved|may not be (?:published|reproduced|redistributed))\b", re.IGNORECASE)
_RULE = re.compile(r"[_*=~#.·•–—-](?: ?[_*=~#.·•–—-]){2,80}|list (?:\d{1,2} )?of \d{1,2}(?: items)?", re.IGNORECASE)
_ENDS = " .!…:|>»›→▶►*•-–—[]()"
# Notices are short; a longer line that begins like one may be a reader's letter or a law.
_MOST_WORDS = 60


def notices(lines: Sequence[Line]) -> Iterator[Furniture]:
    """Yield the lines that are buttons, notices or addresses, and the mark of a text that was cut off.

    Args:
        lines: the lines of the whole text.
    """
    for line in lines:
        if not line.is_long and _is_notice(line.words):
            yield Furniture(span=line.span, kind="other")
        elif match := _CUT_OFF.search(line.text[max(line.span.start, line.span.end - 20) : line.span.end]):
            yield Furniture(span=Span(line.span.end - len(match[0]), line.span.end), kind="other")


def _is_notice(words: str) -> bool:
    stripped = words.strip(_ENDS)
    if plain(stripped) in phrases().other.lines or _ADDRESS.fullmatch(words) or _RULE.fullmatch(words):
        return True
    if len(words.split()) > _MOST_WORDS:
        return False
    return _beginning().match(plain(words.lstrip("•*>»–—- ["))) is not None or _RIGHTS.search(words) is not None


@cache
def _beginning() -> re.Pattern[str]:
    return re.compile(rf"\(?(?:(?:{any_of(phrases().other.beginnings)})(?!\w)|©|copyright \d{{4}})")
