"""Reports that are one text: ten outlets with one wire story are one origin.

Near duplicates are found by shingles (Broder, "On the resemblance and containment of documents", 1997), in a time that
grows with the number of reports and not with its square: a MinHash of each text's shingles and an index of its bands
(locality-sensitive hashing; Leskovec, Rajaraman and Ullman, "Mining of Massive Datasets", chapter 3) name the few texts
that may be one with it, and these are compared shingle by shingle.
"""

from __future__ import annotations

import datetime
import hashlib
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from rensa import RMinHash, RMinHashLSH

from trucebook.dossier.wording import keys
from trucebook.reading.prose import mask

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from trucebook.reading.model import Reading

    Shingles = NDArray[np.uint64]
    Block = tuple[str, ...]

# Five words in a row are seldom written twice by chance; what two reports quote alike stays far below the share asked.
_SHINGLE = 5
_SHARE = 0.8
# An extract counts as a copy where it is long enough to be a report and a good part of what it was taken from.
_EXTRACT_SHINGLES = 40
_EXTRACT_PART = 0.4
# A copy has another headline, or a first sentence that was edited, but no whole beginning of its own: texts that share
# only what stands below it (what the outlet adds to each story, the background of a running one) are two.
_LEAD, _LEAD_SHARE = 80, 0.3
# A paragraph that so many reports with beginnings of their own print word for word was not copied with a story.
_BOILERPLATE, _BEGINNING, _LEAST_WORDS, _LOOKED_AT = 3, 60, 5, 12
# Two reports begin alike where they share so much of their beginnings.
_ALIKE = 0.2
# 64 bands of two values find texts of a resemblance of 0.32, as an extract of four tenths has, with a chance of 0.999.
_VALUES, _BANDS, _SEED = 128, 64, 20250312
# So many texts that resemble a text most are compared with it.
_COMPARED = 20


class _Text(NamedTuple):
    report: str
    words: Block
    shingles: Shingles
    lead: Shingles


class _Origins:
    """The texts found so far that copy no other, and the index in which their like is looked up."""

    def __init__(self, count: int) -> None:
        self.texts: list[_Text] = []
        self._index = RMinHashLSH(0.5, _VALUES, _BANDS)
        self._values = np.zeros((count, _VALUES), dtype=np.uint32)

    def origin(self, text: _Text) -> str | None:
        """Return the report that a text is one with; a text that is one with none is kept as an origin itself."""
        if not len(text.shingles):
            return None
        sketch = RMinHash(_VALUES, _SEED)
        sketch.update([s.tobytes() for s in text.shingles])
        values = np.array(sketch.digest(), dtype=np.uint32)
        near = np.array(sorted(self._index.query(sketch)), dtype=np.int64)
        alike = (self._values[near] == values).sum(axis=1)
        found: list[_Text] = [self.texts[at] for at in near[np.argsort(-alike, kind="stable")[:_COMPARED]].tolist()]
        shared = [(np.intersect1d(text.shingles, one.shingles, assume_unique=True), one) for one in found]
        for both, one in sorted(shared, key=lambda pair: -len(pair[0])):
            if _are_one(text, one, both):
                return one.report
        self._values[len(self.texts)] = values
        self._index.insert(len(self.texts), sketch)
        self.texts.append(text)
        return None


def find_copies(readings: Iterable[Reading]) -> dict[str, str]:
    """Return, by its id, which report each copy copies.

    Two reports are one text where they share at least four fifths of their runs of five words, furniture and what an
    outlet prints below every story aside, or where an extract is contained as far in the other; and where they share
    some of the beginning. The origin is the report published first, then the one with the lowest id; a report without
    a date comes after those with one. An origin is never itself a copy, and nothing becomes a copy by way of a third
    report.

    Args:
        readings: in any order.
    """
    every = sorted(readings, key=_age)
    blocks = [_blocks(r) for r in every]
    usual = _boilerplate(blocks)
    origins = _Origins(len(every))
    numbers: dict[str, int] = {}
    same: dict[Block, str] = {}
    copies: dict[str, str] = {}
    for reading, own in zip(every, blocks, strict=True):
        text = _text(reading.report.id, [b for b in own if b not in usual] or own, numbers)
        origin = same.get(text.words) or origins.origin(text)
        if origin is not None:
            copies[text.report] = origin
        elif text.words:
            same[text.words] = text.report
    return dict(sorted(copies.items()))


def _age(reading: Reading) -> tuple[datetime.date, str]:
    return (reading.report.published or datetime.date.max, reading.report.id)


def _blocks(reading: Reading) -> list[Block]:
    """The words of each paragraph of a report's prose."""
    lines = mask(reading.report.text, reading.report.furniture).splitlines()
    return [words for line in lines if line.strip() and (words := keys(line))]


def _boilerplate(texts: Sequence[Sequence[Block]]) -> set[Block]:
    """The paragraphs that reports print word for word below beginnings of their own."""
    holders: dict[Block, list[int]] = defaultdict(list)
    for at, blocks in enumerate(texts):
        for block in set(blocks):
            if len(block) >= _LEAST_WORDS:
                holders[block].append(at)
    return {b for b, some in holders.items() if len(some) >= _BOILERPLATE and _parted(b, some, texts)}


def _parted(block: Block, holders: Sequence[int], texts: Sequence[Sequence[Block]]) -> bool:
    """Whether enough of the reports that hold a paragraph begin in words that no other of them begins with."""
    beginnings: list[frozenset[Block]] = []
    for at in holders[:_LOOKED_AT]:
        words = [w for b in texts[at] if b != block for w in b][:_BEGINNING]
        own = frozenset(_runs(words))
        if own and all(len(own & other) < _ALIKE * min(len(own), len(other)) for other in beginnings):
            beginnings.append(own)
    return len(beginnings) >= _BOILERPLATE


def _runs(words: Sequence[str]) -> Iterator[Block]:
    return zip(*(words[i:] for i in range(_SHINGLE)), strict=False)


def _text(report: str, blocks: Sequence[Block], numbers: dict[str, int]) -> _Text:
    words = tuple(w for block in blocks for w in block)
    ordered = _shingles(words, numbers)
    return _Text(report, words, np.unique(ordered), np.unique(ordered[:_LEAD]))


def _shingles(words: Sequence[str], numbers: dict[str, int]) -> Shingles:
    """Every run of five words as one number, in order.

    Args:
        words: of a text.
        numbers: of words that were met before; grows.
    """
    for word in words:
        if word not in numbers:
            digest = hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest()
            numbers[word] = int.from_bytes(digest, "little")
    single = np.array([numbers[w] for w in words], dtype=np.uint64)
    count = max(0, len(single) - _SHINGLE + 1)
    mixed = np.zeros(count, dtype=np.uint64)
    for i in range(_SHINGLE):
        # A polynomial in an odd number, modulo 2 to the 64: the order of the words counts.
        mixed = mixed * np.uint64(0x9E3779B97F4A7C15) + single[i : i + count]
    return mixed


def _are_one(a: _Text, b: _Text, both: Shingles) -> bool:
    shared, one, other = len(both), len(a.shingles), len(b.shingles)
    short, long = sorted((a, b), key=lambda t: len(t.shingles))
    begins = len(np.intersect1d(short.lead, long.shingles, assume_unique=True)) >= _LEAD_SHARE * len(short.lead)
    if shared >= _SHARE * (one + other - shared):
        return begins
    least, most = sorted((one, other))
    extract = least >= _EXTRACT_SHINGLES and least >= _EXTRACT_PART * most and shared >= _SHARE * least
    return extract and begins
