"""Which reports are of one event: only their statements are compared.

Reports are linked where the words and names that stand out in them are the same, or where they begin by telling of the
same matter and share names: short reports of one event have few words in common. Links are easily made, because a
report that is taken for one of another event is never compared with its own; what is linked too much is parted later,
statement by statement. How easily depends on how many there are: the few reports that somebody lays side by side are
mostly of one event, two of ten thousand mostly are not.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from trucebook.dossier.candidates import leaves
from trucebook.dossier.vectors import encode

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence, Set

    from numpy.typing import NDArray

    from trucebook.reading.model import Reading

# So many of a report's words stand for it, and so many reports may have a word before it brings them together no more.
_WORDS, _POSTING = 40, 60
# Cosine of two reports' words from which they may be linked, and what part of it names and words that few reports have,
# must bring: reports of two wars share the words of war.
_LINKED, _TELLING = 0.12, 0.2
# Few are so many reports, or this share of all.
_FEW, _FEW_OF = 20, 0.05
# Two reports are of one event only where none of them lies more than twice as near to another report.
_OF_BEST = 0.5
# Of the reports that lie near one, so many of the nearest are looked at.
_NEAREST = 30
# A word is weighed as if there were at least so many reports: in a small pile all of one event every word is common.
_BACKGROUND = 200
# A report's matter is the mean of the vectors of so many sentences at its head, of so many words at least.
_HEAD, _SENTENCE = 6, 5
# Log-odds that two reports are of one event where every second pair is (`training/pairs/matters.py`): by the cosine of
# their matters, up to which likeness is of an event and not only of a kind of event, and by the share of names (of so
# many at most) that they have in common.
_MATTER, _NAMES, _INTERCEPT = 23.3, 11.9, -14.3
_SAME_KIND, _MOST_NAMES = 0.7, 8
# The pairs of two events grow with the square of a pile, and so do the odds that are asked for, from so many on.
_EVEN = 4


class _Link(NamedTuple):
    """Two reports that lie near each other.

    Attributes:
        cosine: of their words.
        other: index of the earlier report.
    """

    cosine: float
    other: int


def events(readings: Sequence[Reading], canonical: Mapping[tuple[str, str], str]) -> list[list[Reading]]:
    """Return the readings, those of one event together, in the order of their first ones.

    Args:
        readings: one a report.
        canonical: (report id, the actor's name there) to the actor's canonical name.
    """
    counts = [counted(r, canonical) for r in readings]
    spread = Counter(word for found in counts for word in found)
    links = _links([_vector(found, spread, len(readings)) for found in counts], spread)
    best = [max((link.cosine for link in some), default=0.0) for some in links]
    for some in links:
        for cosine, j in some:
            best[j] = max(best[j], cosine)
    parent = list(range(len(readings)))
    for i, some in enumerate(links):
        for cosine, j in some:
            if cosine >= _OF_BEST * max(best[i], best[j]):
                _join(parent, i, j)
    if len({_root(parent, i) for i in range(len(readings))}) > 1:
        for i, j in _of_one_matter(readings, counts):
            _join(parent, i, j)
    groups: dict[int, list[Reading]] = defaultdict(list)
    for i, reading in enumerate(readings):
        groups[_root(parent, i)].append(reading)
    return list(groups.values())


def _links(vectors: Sequence[Mapping[str, float]], spread: Mapping[str, int]) -> list[list[_Link]]:
    """For each report the earlier ones that lie near it, the nearest first."""
    few = max(_FEW, _FEW_OF * len(vectors))
    postings: dict[str, list[int]] = defaultdict(list)
    found = []
    for i, vector in enumerate(vectors):
        near: dict[int, float] = defaultdict(float)
        telling: dict[int, float] = defaultdict(float)
        for word, weight in vector.items():
            some = postings[word]
            tells = spread[word] <= few or word.startswith("@")
            for j in some[-_POSTING:]:
                part = weight * vectors[j][word]
                near[j] += part
                if tells:
                    telling[j] += part
            some.append(i)
        close = (_Link(c, j) for j, c in near.items() if c >= _LINKED and telling[j] >= _TELLING * c)
        found.append(sorted(close, key=lambda link: (-link.cosine, link.other))[:_NEAREST])
    return found


def _of_one_matter(readings: Sequence[Reading], counts: Sequence[Counter[str]]) -> Iterator[tuple[int, int]]:
    """Yield the pairs of reports that begin by telling of the same matter and share names."""
    names = [{word for word in found if word.startswith("@")} for found in counts]
    vectors, least = matters(readings), 2 * math.log(len(readings) / _EVEN)
    # With every name shared a pair needs this cosine at least.
    floor = (least - _INTERCEPT - _NAMES) / _MATTER
    for some in leaves(vectors):
        cosines = np.triu(vectors[some] @ vectors[some].T, 1)
        for a, b in np.argwhere(cosines >= max(floor, np.finfo(np.float32).tiny)).tolist():
            i, j = int(some[a]), int(some[b])
            alike = min(float(cosines[a, b]), _SAME_KIND)
            if _MATTER * alike + _NAMES * shared_names(names[i], names[j]) + _INTERCEPT >= least:
                yield i, j


def shared_names(one: Set[str], other: Set[str]) -> float:
    """Return the share of names that two reports have in common, from 0 to 1: of the fewer, and of eight at most."""
    return min(1.0, len(one & other) / max(1, min(len(one), len(other), _MOST_NAMES)))


def matters(readings: Sequence[Reading]) -> NDArray[np.float32]:
    """Return what each report begins by telling, as vectors, (reports, 384), each of length one."""
    heads = [_head(reading) for reading in readings]
    vectors = iter(encode([sentence for head in heads for sentence in head]))
    means = np.array([np.mean([next(vectors) for _ in head], axis=0) for head in heads], dtype=np.float32)
    found: NDArray[np.float32] = means / np.maximum(np.linalg.norm(means, axis=1, keepdims=True), 1e-9)
    return found


def _head(reading: Reading) -> list[str]:
    """The sentences at the head of a report; one without any sentence of some length is taken as it is."""
    told = (" ".join(s.span.of(reading.report.text).split()) for s in reading.sentences)
    whole = [t for t in told if len(t.split()) >= _SENTENCE] or [reading.report.text]
    return whole[:_HEAD]


def counted(reading: Reading, canonical: Mapping[tuple[str, str], str]) -> Counter[str]:
    """Return how often a report uses each word, names with `@` and as they are known across reports."""
    rid = reading.report.id
    return Counter(
        "@" + canonical.get((rid, word[1:]), word[1:]) if word.startswith("@") else word
        for clause in reading.clauses
        for word in clause.words
    )


def _vector(counts: Counter[str], spread: Mapping[str, int], total: int) -> dict[str, float]:
    """The words that stand out most, weighed by how seldom they are; of length one."""
    every = max(total, _BACKGROUND)
    weights = {w: (1 + math.log(n)) * math.log(1 + every / spread[w]) for w, n in counts.items()}
    kept = sorted(weights, key=lambda w: (-weights[w], w))[:_WORDS]
    length = math.sqrt(sum(weights[w] ** 2 for w in kept)) or 1.0
    return {w: weights[w] / length for w in kept}


def _root(parent: list[int], i: int) -> int:
    while parent[i] != i:
        parent[i] = parent[parent[i]]
        i = parent[i]
    return i


def _join(parent: list[int], i: int, j: int) -> None:
    one, other = sorted((_root(parent, i), _root(parent, j)))
    parent[other] = one
