"""Two statements read together: a second look at the pairs that the model of `pairing` leaves open.

A cosine compares two statements that were read apart. Here the upper half of the encoder reads both at once, so that a
word of the one can look at the words of the other (Nogueira and Cho, "Passage re-ranking with BERT", 2019); the lower
half has read each by itself, once for all of its pairs (MacAvaney et al., "Efficient document re-ranking for
transformers by precomputing term representations", SIGIR 2020). Every pair is computed alone, so that what is made of
it does not hang on what else is looked at.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

import numpy as np

from trucebook.dossier import pairing, vectors
from trucebook.reading.weights import checked, session

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from importlib.resources.abc import Traversable

    from numpy.typing import NDArray

    from trucebook.dossier.alignment import Pair
    from trucebook.dossier.features import Statement
    from trucebook.dossier.vectors import Encoder

    Floats = NDArray[np.float32]
    Texts = tuple[str, str]

# Pairs whose words are held in memory at a time.
_CHUNK = 400
# Each statement brings so many of its likeliest pairs, so that the cost grows with the statements alone; and of these
# only those are looked at again of which the first look leaves open whether they are of one thing.
_MOST, _OPEN = 6, (0.15, 0.8)
# From here on where both have one head and words that exclude each other: what contradicts seems less like one thing.
_OPPOSED = 0.1


class Reader:
    """The network that reads two statements together, loaded.

    Args:
        folder: holds `joint.onnx` and `digests.json`.
        encoder: reads each statement by itself first.

    Raises:
        SettingsError: a file is missing or is not the one that `digests.json` names.
    """

    def __init__(self, folder: Traversable, encoder: Encoder) -> None:
        self._session = session(checked(folder, "joint.onnx"))
        self._encoder = encoder

    def logits(self, pairs: Sequence[Texts]) -> list[float]:
        """Return how much speaks for two texts being of one thing, as the log of the odds, in whichever order.

        Args:
            pairs: the texts of each pair.
        """
        return [logit for start in range(0, len(pairs), _CHUNK) for logit in self._some(pairs[start : start + _CHUNK])]

    def _some(self, pairs: Sequence[Texts]) -> Iterator[float]:
        states = self._encoder.states({text for pair in pairs for text in pair})
        yield from vectors.threads().map(lambda pair: self._logit(states, pair), pairs)

    def _logit(self, states: Mapping[str, Floats], pair: Texts) -> float:
        one, other = (states[text] for text in sorted(pair))
        sides = np.repeat(np.array([0, 1], dtype=np.int64), [len(one), len(other)])
        given = {"states": np.concatenate([one, other])[None], "sides": sides[None]}
        return float(self._session.run(None, given)[0][0])


def looked_at_again(found: Sequence[Pair], every: Sequence[Statement]) -> list[Pair]:
    """Return pairs with the chance that they have when both statements are read together, the likeliest first.

    Args:
        found: the pairs, the likeliest first.
        every: the statements that they are of.
    """
    second, looked = pairing.shipped().second, _likeliest(found)
    if not looked:
        return list(found)
    logits = shipped().logits([(every[p.first].text, every[p.second].text) for p in looked])
    again = {
        (p.first, p.second): round(second.chance(p.chance, logit), 4) for p, logit in zip(looked, logits, strict=True)
    }
    judged = [replace(p, chance=again.get((p.first, p.second), p.chance)) for p in found]
    return sorted(judged, key=lambda p: (-p.chance, p.first, p.second))


def _likeliest(found: Sequence[Pair]) -> list[Pair]:
    """The pairs that are among the likeliest of one of their statements, and that are open."""
    brought: dict[int, int] = {}
    looked = []
    for pair in found:
        if min(brought.get(pair.first, 0), brought.get(pair.second, 0)) < _MOST:
            of = pair.signals
            if (_OPPOSED if of.opposed and of.same_head else _OPEN[0]) <= pair.chance <= _OPEN[1]:
                looked.append(pair)
            for i in (pair.first, pair.second):
                brought[i] = brought.get(i, 0) + 1
    return looked


@cache
def shipped() -> Reader:
    """Return the network that comes with the package, loaded once a process.

    Raises:
        SettingsError: the installation is damaged.
    """
    return Reader(resources.files("trucebook") / "models" / "joint", vectors.shipped())
