"""Reports that are one text: ten outlets with one wire story are one origin."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from trucebook.dossier.wording import keys
from trucebook.reading.prose import mask

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from trucebook.reading.model import Reading

# Five words in a row are seldom written twice by chance; what two reports quote alike stays far below the share asked.
_SHINGLE = 5
_SHARE = 0.8
# An extract counts as a copy where it is long enough to be a report and a good part of what it was taken from.
_EXTRACT_SHINGLES = 40
_EXTRACT_PART = 0.4
# A shingle that this many different texts have is boilerplate, and tells nothing about two of them.
_LONGEST_POSTING = 1000

Shingle = tuple[str, ...]


class _Text(NamedTuple):
    report: str
    words: tuple[str, ...]
    shingles: frozenset[Shingle]


def find_copies(readings: Iterable[Reading]) -> dict[str, str]:
    """Return, by its id, which report each copy copies.

    Two reports are one text where they share at least four fifths of their runs of five words, furniture aside
    (resemblance and containment of shingles, Broder 1997), or where an extract is contained as far in the other. The
    origin is the report published first, then the one with the lowest id; a report without a date comes after those
    with one. An origin is never itself a copy, and nothing becomes a copy by way of a third report.

    Args:
        readings: in any order.
    """
    origins: list[_Text] = []
    postings: dict[Shingle, list[int]] = defaultdict(list)
    same: dict[tuple[str, ...], str] = {}
    copies: dict[str, str] = {}
    for text in map(_text, sorted(readings, key=_age)):
        origin = same.get(text.words) or _origin(text, origins, postings)
        if origin is not None:
            copies[text.report] = origin
            continue
        if text.words:
            same[text.words] = text.report
        for shingle in text.shingles:
            postings[shingle].append(len(origins))
        origins.append(text)
    return dict(sorted(copies.items()))


def _age(reading: Reading) -> tuple[datetime.date, str]:
    return (reading.report.published or datetime.date.max, reading.report.id)


def _text(reading: Reading) -> _Text:
    words = keys(mask(reading.report.text, reading.report.furniture))
    return _Text(reading.report.id, words, frozenset(_shingles(words)))


def _shingles(words: Sequence[str]) -> Iterable[Shingle]:
    return zip(*(words[i:] for i in range(_SHINGLE)), strict=False)


def _origin(text: _Text, origins: Sequence[_Text], postings: dict[Shingle, list[int]]) -> str | None:
    """The earliest origin that a text is one with, among those with which it shares most."""
    shared: Counter[int] = Counter()
    for shingle in text.shingles:
        found = postings.get(shingle, ())
        if len(found) <= _LONGEST_POSTING:
            shared.update(found)
    for at, n in sorted(shared.items(), key=lambda item: (-item[1], item[0])):
        if _are_one(n, len(text.shingles), len(origins[at].shingles)):
            return origins[at].report
    return None


def _are_one(shared: int, a: int, b: int) -> bool:
    if shared >= _SHARE * (a + b - shared):
        return True
    short, long = sorted((a, b))
    return short >= _EXTRACT_SHINGLES and short >= _EXTRACT_PART * long and shared >= _SHARE * short
