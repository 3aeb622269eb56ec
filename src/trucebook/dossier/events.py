"""Which reports are of one event: only their statements are compared.

Reports are linked where the words and names that stand out in them are the same. Links are easily made, because a
report that is taken for one of another event is never compared with its own; what is linked too much is parted later,
statement by statement.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from trucebook.reading.model import Reading

# So many of a report's words stand for it, and so many reports may have a word before it brings them together no more.
_WORDS, _POSTING = 40, 60
# Cosine of two reports' words from which they are linked.
_LINKED = 0.12
# A word is weighed as if there were at least so many reports: in a small pile all of one event every word is common.
_BACKGROUND = 200


def events(readings: Sequence[Reading], canonical: Mapping[tuple[str, str], str]) -> list[list[Reading]]:
    """Return the readings, those of one event together, in the order of their first ones.

    Args:
        readings: one a report.
        canonical: (report id, the actor's name there) to the actor's canonical name.
    """
    counts = [_counts(r, canonical) for r in readings]
    spread = Counter(word for found in counts for word in found)
    vectors = [_vector(found, spread, len(readings)) for found in counts]
    parent = list(range(len(readings)))
    postings: dict[str, list[int]] = defaultdict(list)
    for i, vector in enumerate(vectors):
        near: dict[int, float] = defaultdict(float)
        for word, weight in vector.items():
            some = postings[word]
            for j in some[-_POSTING:]:
                near[j] += weight * vectors[j][word]
            some.append(i)
        for j, cosine in near.items():
            if cosine >= _LINKED:
                _join(parent, i, j)
    groups: dict[int, list[Reading]] = defaultdict(list)
    for i, reading in enumerate(readings):
        groups[_root(parent, i)].append(reading)
    return list(groups.values())


def _counts(reading: Reading, canonical: Mapping[tuple[str, str], str]) -> Counter[str]:
    """How often a report uses each word, names as they are known across reports."""
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
