"""What a number is a number of: the base of a share, whether a poll gives it, and whether a count leaves others out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from trucebook.dossier.wording import content_stems, is_content, keys

if TYPE_CHECKING:
    from trucebook.reading.model import Quantity, Reading
    from trucebook.span import Span

# Words of bounds and of rough numbers, which tell no sort of thing.
_ROUND = frozenset({"almost", "around", "dozen", "hundred", "least", "many", "nearly", "roughly", "score", "thousand"})
# So many code points on either side of a number are looked at.
_NEAR, _BEHIND = 24, 80
# "84 percent of northern voters": up to a verb, a mark or the next number.
_OF = re.compile(
    r"\s+(?:of|among|amongst|from)\s+((?:(?!(?:said|say|says|have|has|had|are|is|was|were|will|would|who|that|which|whom|"
    r"voted|vote|in|on|for|with|and|by|at|to|from)\b)[\w’'-]+\s*){1,6})",
    re.IGNORECASE,
)
_AMONG = re.compile(r"\b(?:among|amongst|of)\s+([\w’'\s-]{2,40}?),\s+(?:\w+\s+){0,3}$", re.IGNORECASE)
_POLLS = re.compile(
    r"\b(?:polls?|polled|polling|pollsters?|surveys?|surveyed|respondents?|voters?|electorate|ballots?|caucus\w*|"
    r"approval|favou?rabl[ey]|unfavou?rabl[ey]|margin of error|percentage points?)\b",
    re.IGNORECASE,
)
# Words beside a number by which it leaves out somebody who is told apart, or comes on top of another.
_BESIDES = re.compile(r"\b(?:others?|another|further|additional|also|extra|rest)\b", re.IGNORECASE)
_MORE = re.compile(
    r"\b(?:\d[\d,.]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|hundreds?|several)\s+more\b",
    re.IGNORECASE,
)


def sort_of(quantity: Quantity, prose: str) -> frozenset[str]:
    """Return the stems of a number's own words that tell what sort is counted: "missile" of "over 20 missile tests".

    Args:
        quantity: the number.
        prose: the report's text.
    """
    own = content_stems(keys(f"{quantity.of} {quantity.counted}")) | _ROUND
    stems = content_stems(keys(quantity.span.of(prose)))
    return frozenset(w for w in stems if w.isalpha() and w not in own and is_content(w))


def base(quantity: Quantity, sentence: Span, prose: str) -> frozenset[str]:
    """Return the stems of what a share is a share of; empty where the words beside it do not tell.

    Args:
        quantity: the share.
        sentence: where it stands.
        prose: the report's text.
    """
    if quantity.kind != "share":
        return frozenset()
    behind = _OF.match(prose[quantity.span.end : min(sentence.end, quantity.span.end + _BEHIND)])
    found = behind or _AMONG.search(prose[max(sentence.start, quantity.span.start - _BEHIND) : quantity.span.start])
    return content_stems(keys(found[1])) if found else frozenset()


def is_polled(reading: Reading, at: int) -> bool:
    """Return whether a sentence, or the one before it in its paragraph, tells of a poll or of votes.

    Args:
        reading: of the report.
        at: index of the sentence.
    """
    here, text = reading.sentences[at], reading.report.text
    near = [s for s in reading.sentences[max(0, at - 1) : at + 1] if s.paragraph == here.paragraph]
    return any(_POLLS.search(s.span.of(text)) for s in near)


def leaves_out(quantity: Quantity, within: Span, prose: str) -> bool:
    """Return whether a number counts others than those told beside it ("ten other people", "six were also killed").

    Args:
        quantity: the number.
        within: its clause.
        prose: the report's text.
    """
    start, end = max(within.start, quantity.span.start - _NEAR), min(within.end, quantity.span.end + _NEAR)
    return bool(_BESIDES.search(prose[start:end]) or _MORE.search(quantity.span.of(prose)))
