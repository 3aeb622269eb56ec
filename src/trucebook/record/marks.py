"""Where in a passage the words stand that were searched for: in any form, as either database finds them, about."""

from __future__ import annotations

import re
from functools import cache, partial
from typing import TYPE_CHECKING

from trucebook.record.passages import fold
from trucebook.span import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

# How much of the ends of two words may differ for one to be shown as the other ("signed" for "signing").
_ENDING = 3


class Marks:
    """Finds the words of passages that were asked for.

    Args:
        wanted: the words, folded, of letters, digits and _ alone.
    """

    def __init__(self, wanted: Sequence[str]) -> None:
        # Passages have the same words over and over, and to compare each took longer than to find the passages: most
        # are told by how they begin. A word with letters that fold to others is looked at whatever it begins with.
        begins = "|".join(dict.fromkeys(word[: max(_ENDING + 1, len(word) - _ENDING)] for word in wanted))
        self._perhaps = re.compile(rf"\b(?:{begins})\w*|\b\w*[^\W\x00-\x7f]\w*", re.IGNORECASE)
        self._like = cache(partial(like, wanted=tuple(wanted)))

    def places(self, words: str, start: int) -> tuple[Span, ...]:
        """Return where they stand in a passage.

        Args:
            words: of the passage.
            start: where it begins in its text.
        """
        found = (m for m in self._perhaps.finditer(words) if self._like(m.group()))
        return tuple(Span(start + m.start(), start + m.end()) for m in found)


def like(word: str, wanted: Sequence[str]) -> bool:
    """Whether a word is one of those that are wanted, or another form of it."""
    plain = fold(word)
    return any(_same(plain, w) for w in wanted)


def _same(one: str, other: str) -> bool:
    shared = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return one == other or (shared > _ENDING and max(len(one), len(other)) - shared <= _ENDING)
