"""The day on which a report was published, where the head of its own text says it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from trucebook.intake.dates import read_day

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Iterator

    from trucebook.report import Furniture

_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?,? )?"
_DAY = r"(?:\d{1,2} [a-z]{3,9}\.?,? \d{4}|[a-z]{3,9}\.? \d{1,2}, \d{4}|\d{4}-\d{2}-\d{2})"
_CLOCK = r"[^a-z]{0,12}(?:(?:at )?[\d:. ]{0,10}(?:[ap]\.?m\.?)? ?[a-z]{0,4})?"
NOTE_OF_DATE = re.compile(
    r"(?:(?:first |last )?(?:published|updated|posted|modified)(?: on| at)?:?\s{1,3})?"
    rf"(?:\d{{1,2}}[:.]\d{{2}} ?(?:[ap]\.?m\.?)?,? (?:[a-z]{{2,4}},? )?)?{_WEEKDAY}{_DAY}{_CLOCK}",
    re.IGNORECASE,
)
"""A line that tells when a report was published or updated, and nothing else."""
_WORDS_OF_DAY = re.compile(rf"\b{_DAY}", re.IGNORECASE)
_UPDATED = re.compile(r"(?:last )?(?:updated|modified)\b", re.IGNORECASE)
_PUBLISHED = re.compile(r"(?:first )?(?:published|posted)\b", re.IGNORECASE)
# Characters in which the head of a report stands; a date further down is that of something told.
_HEAD = 1_000


def day_told(text: str, furniture: Iterable[Furniture]) -> datetime.date | None:
    """Return the day of publication that the head of a report tells, or None where it tells none or several.

    A line of its own tells it best ("Published January 16, 2025"), then a byline, then a dateline with its year
    ("DOHA, Jan. 15, 2025 —"); when it was last changed counts where nothing else is told.

    Args:
        text: of the report.
        furniture: what of it is not prose.
    """
    told: dict[int, set[datetime.date]] = {}
    for rank, day in _told(text, furniture):
        told.setdefault(rank, set()).add(day)
    best = told[min(told)] if told else set()
    return best.pop() if len(best) == 1 else None


def _told(text: str, furniture: Iterable[Furniture]) -> Iterator[tuple[int, datetime.date]]:
    """The days that stand in the head, each with the rank of the place: 0 tells best."""
    for item in furniture:
        if item.span.start >= _HEAD:
            return
        words = item.span.of(text)
        rank, found = _rank(item, words), _WORDS_OF_DAY.search(words)
        if rank is not None and found and (day := read_day(found[0])) is not None:
            yield rank, day


def _rank(item: Furniture, words: str) -> int | None:
    if item.kind == "byline":
        return 2
    if item.kind == "dateline":
        return 3
    if item.kind != "other" or not NOTE_OF_DATE.fullmatch(words):
        return None
    return 4 if _UPDATED.match(words) else 0 if _PUBLISHED.match(words) else 1
