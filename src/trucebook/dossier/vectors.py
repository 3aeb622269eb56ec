"""Sentence vectors: what words mean, as numbers of which those of like meaning point the same way.

The encoder is all-MiniLM-L6-v2 (Wang et al., "MiniLM", NeurIPS 2020; Reimers and Gurevych, "Sentence-BERT", EMNLP
2019) in eight bits, shipped in `trucebook/models/sentences`. Texts of one length are computed together, unpadded.
Since the activations of a batch are rounded together, the last digits of a vector depend on the texts beside it; so
texts are put in order first, and the same texts give the same vectors in whatever order they come. The encoder's lower
and upper half are two files, for what the lower one makes of a text is also where `joint` begins.
"""

from __future__ import annotations

import os
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

import numpy as np

from trucebook.dossier.alignment import Vectors
from trucebook.dossier.pairing import WordVectors
from trucebook.reading.weights import checked, piece_id, session, tokenizer_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence
    from importlib.resources.abc import Traversable

    from numpy.typing import NDArray

    from trucebook.dossier.features import Statement

    Floats = NDArray[np.float32]

SIZE = 384
# Word pieces of a text that are read; what stands behind them is left out.
_LONGEST = 126
# Pieces of a text that are read together with another's; the longest statements go on with what is beside the point.
_READ = 64
# Threads that compute at the same time, at most.
_THREADS = 4
_BATCH = 64


class Encoder:
    """The sentence encoder and its tokeniser, loaded.

    Args:
        folder: holds `lower.onnx`, `upper.onnx`, `tokenizer.json` and `digests.json`.
        threads: how many it computes with.

    Raises:
        SettingsError: a file is missing or is not the one that `digests.json` names.
    """

    def __init__(self, folder: Traversable, threads: int = 1) -> None:
        self._lower, self._upper = (session(checked(folder, n), threads) for n in ("lower.onnx", "upper.onnx"))
        self._tokenizer = tokenizer_of(checked(folder, "tokenizer.json"))
        self._ends = (piece_id(self._tokenizer, "[CLS]"), piece_id(self._tokenizer, "[SEP]"))

    def encode(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> Floats:
        """Return the vectors of texts, (texts, 384), each of length one; the product of two is their cosine.

        Args:
            texts: in any order; one text twice is computed once.
            progress: called with the number of distinct texts done since the last call.
        """
        places = {text: i for i, text in enumerate(sorted(set(texts)))}
        rows = np.array([places[text] for text in texts], dtype=np.int64)
        found = np.zeros((len(places), SIZE), dtype=np.float32)
        by_length: dict[int, list[tuple[int, list[int]]]] = defaultdict(list)
        for at, ids in enumerate(self._ids(list(places))):
            by_length[len(ids)].append((at, ids))
        batches = [some[i : i + _BATCH] for _, some in sorted(by_length.items()) for i in range(0, len(some), _BATCH)]
        # Each batch by itself is the same on any number of threads. The costly ones go first, so that no thread begins
        # with one when the others are done.
        for batch, vectors in zip(batches[::-1], threads().map(self._run, batches[::-1]), strict=True):
            found[[at for at, _ in batch]] = vectors
            if progress:
                progress(len(batch))
        return found[rows] if len(rows) else found

    def _run(self, batch: Sequence[tuple[int, list[int]]]) -> Floats:
        pieces = np.array([ids for _, ids in batch], dtype=np.int64)
        present = np.ones_like(pieces)
        states = self._lower.run(None, {"ids": pieces, "present": present})[0]
        vectors: Floats = self._upper.run(None, {"states": states, "present": present})[0]
        return vectors

    def states(self, texts: Collection[str]) -> dict[str, Floats]:
        """Return what the lower half makes of each piece of texts, (pieces, 384) each; every text is computed alone.

        Args:
            texts: in any order.
        """
        ordered = sorted(texts)
        return dict(zip(ordered, threads().map(self._state, self._ids(ordered)), strict=True))

    def _state(self, ids: Sequence[int]) -> Floats:
        pieces = np.array([ids[:_READ]], dtype=np.int64)
        state: Floats = self._lower.run(None, {"ids": pieces, "present": np.ones_like(pieces)})[0][0]
        return state

    def _ids(self, texts: Sequence[str]) -> list[list[int]]:
        opening, closing = self._ends
        # The tokeniser's own special pieces are left out, so that a long text is cut before its end is marked.
        plain = self._tokenizer.encode_batch(list(texts), add_special_tokens=False)
        return [[opening, *p.ids[:_LONGEST], closing] for p in plain]


def encode(texts: Sequence[str], progress: Callable[[int], None] | None = None) -> Floats:
    """Return the vectors of texts by the encoder that comes with the package; none need no encoder."""
    return shipped().encode(texts, progress) if texts else np.zeros((0, SIZE), dtype=np.float32)


def of_words(words: Iterable[str]) -> WordVectors:
    """Return the vectors of words as they are compared, actors with `@`."""
    ordered = sorted(set(words))
    return WordVectors({w: i for i, w in enumerate(ordered)}, encode([w.lstrip("@") for w in ordered]))


def of_statements(every: Sequence[Statement], words: WordVectors | None = None) -> Vectors:
    """Return the vectors of statements, of their sentences and of their words.

    Args:
        every: the statements.
        words: vectors of their words, where they are known already.
    """
    found = encode([*(s.text for s in every), *(s.sentence for s in every)])
    known = words if words is not None else of_words(w for s in every for w in (*s.words, s.predicate))
    return Vectors(found[: len(every)], found[len(every) :], known)


@cache
def threads() -> ThreadPoolExecutor:
    """Return the threads that networks compute with, which they do without Python's lock: the same ones all along."""
    return ThreadPoolExecutor(max_workers=min(_THREADS, os.cpu_count() or 1), thread_name_prefix="vectors")


@cache
def shipped() -> Encoder:
    """Return the encoder that comes with the package, loaded once a process.

    Raises:
        SettingsError: the installation is damaged.
    """
    return Encoder(resources.files("trucebook") / "models" / "sentences")
