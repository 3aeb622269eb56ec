"""Entities decoded for many documents at once, as spaCy's entity recogniser decodes them one word after the other.

spaCy's recogniser goes over a text from left to right and gives every word the best action that its state allows: to
begin an entity, go on with it, end it, make one of the word alone, or nothing (BILUO). A state is whether an entity is
open, of which sort and since which word. spaCy asks for each of its 74 actions and each word whether it is allowed, in
calls that each take Python's global lock. Here it is decided at once what each word of all documents begins where no
entity is open, and the entities that begin are followed to their ends together, a word a step. The network, its weights
and the rules (`spacy/pipeline/_parser_internals/ner.pyx`) are the same.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from trucebook.reading.word_vectors import WordVectors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray
    from spacy.tokens import Doc

    Floats = NDArray[np.float32]
    Places = NDArray[np.int64]
    Flags = NDArray[np.bool_]

_NEVER = np.float32(-np.inf)
# What the network looks at: the next word, the first and the last word of the open entity.
_FEATURES = 3


@dataclass(frozen=True)
class EntityDecoder:
    """The decoder of one entity recogniser.

    Attributes:
        layers: the network's layers: words to vectors, vectors to sums, sums to scores.
        begins: whether each action begins an entity.
        goes_on: whether the entity is open behind it.
        sorts: the sort of entity of each action, as an index into `labels`; -1 for none.
        labels: the sorts of entity.
        allowed: 0 for what is allowed and minus infinity for what is not: by the sort that is open (the last row:
            none), by whether a sentence ends behind the word, by whether the word is white space, by action.
    """

    layers: tuple[Callable[[Sequence[Doc]], Floats], Any, Any]
    begins: Flags
    goes_on: Flags
    sorts: Places
    labels: tuple[str, ...]
    allowed: Floats

    @classmethod
    def of(cls, component: Any) -> EntityDecoder | None:  # noqa: ANN401  spaCy's components have no common class
        """Return the decoder of a spaCy component; None where it is no recogniser of the usual sort."""
        from spacy.pipeline import EntityRecognizer  # noqa: PLC0415  loaded by whoever loaded the pipeline

        if type(component) is not EntityRecognizer or component.cfg["beam_width"] != 1:
            return None
        model = component.model
        plain = len(model.layers) == 3 and model.attrs["has_upper"] and not model.attrs["unseen_classes"]
        if not plain or model.layers[1].get_dim("nF") != _FEATURES or model.layers[1].get_dim("nP") < 2:
            return None
        system = component.moves
        actions = (system.get_class_name(n).partition("-") for n in range(system.n_moves))
        moves, _, names = zip(*actions, strict=True)
        labels = tuple(sorted({*names} - {""}))
        sorts = [labels.index(n) if n else -1 for n in names]
        first, second, third = model.layers
        return cls(
            layers=(_vectors(first), second, third),
            begins=np.array([move in {"B", "U"} for move in moves]),
            goes_on=np.array([move in {"B", "I"} for move in moves]),
            sorts=np.array(sorts),
            labels=labels,
            allowed=_allowed(moves, sorts, len(labels)),
        )

    def annotate(self, docs: Sequence[Doc]) -> None:
        """Set the entities of documents whose sentences are known and that have no entities yet.

        Args:
            docs: none of them empty.
        """
        from spacy.tokens import Span  # noqa: PLC0415  as above

        found = list(self._entities(docs))
        starts = [start for start, _, _ in found]
        for doc, (first, end) in zip(docs, pairwise(accumulate(map(len, docs), initial=0)), strict=True):
            part = found[bisect_left(starts, first) : bisect_left(starts, end)]
            entities = [Span(doc, start - first, stop - first, self.labels[sort]) for start, stop, sort in part]
            doc.set_ents(entities, default="outside")

    def _entities(self, docs: Sequence[Doc]) -> Iterator[tuple[int, int, int]]:
        """Yield all entities in order: first word, word behind the last, sort; the words of all documents count on."""
        sums = self._sums(docs)
        flags = _spaces_and_stops(docs)
        words = np.arange(len(flags[0]))
        actions = self._best(sums, words, np.full_like(words, -1), self._allowed(flags, words, -1))
        starts = self.begins[actions].nonzero()[0]
        sorts = self.sorts[actions[starts]]
        ends = starts + 1
        open_ = self.goes_on[actions[starts]].nonzero()[0]
        while len(open_):
            words = ends[open_]
            actions = self._best(sums, words, starts[open_], self._allowed(flags, words, sorts[open_]))
            ends[open_] += 1
            open_ = open_[self.goes_on[actions]]
        at = 0
        for start, end, sort in zip(starts.tolist(), ends.tolist(), sorts.tolist(), strict=True):
            # What a word would begin counts only where no entity is open.
            if start >= at:
                yield start, end, sort
                at = end

    def _sums(self, docs: Sequence[Doc]) -> list[Floats]:
        """For each feature, what each word adds to the sums (words + 1, sums, units); the first row is for no word."""
        vectors, lower, _ = self.layers
        found = lower.predict(vectors(docs))
        return [np.ascontiguousarray(found[:, n].swapaxes(1, 2)) for n in range(_FEATURES)]

    def _allowed(self, flags: tuple[Places, Places], words: Places, sorts: Places | int) -> Floats:
        """0 for the actions that words allow while entities of some sorts are open, minus infinity for the others."""
        spaces, stops = flags
        found: Floats = self.allowed[sorts, stops[words], spaces[words]]
        return found

    def _best(self, sums: Sequence[Floats], words: Places, since: Places, allowed: Floats) -> Places:
        """The best allowed actions at some words; `since` is where the open entities begin, -1 for none."""
        _, lower, upper = self.layers
        last = np.where(since >= 0, words - 1, -1)
        hidden = sums[0][words + 1] + sums[1][since + 1] + sums[2][last + 1] + lower.get_param("b").T
        scores: Floats = hidden.max(axis=1) @ upper.get_param("W").T + upper.get_param("b") + allowed
        found: Places = scores.argmax(axis=1)
        return found


def _vectors(layer: Any) -> Callable[[Sequence[Doc]], Floats]:  # noqa: ANN401  thinc's layers are generic
    """What the layer from documents to the vectors of their words computes."""
    if [part.name for part in layer.layers[1:]] == ["list2array", "linear"]:
        words, linear = WordVectors.of(layer.layers[0]), layer.layers[2]
        if words:
            return lambda docs: linear.predict(words.predict(docs))
    return layer.predict  # type: ignore[no-any-return]


def _allowed(moves: Sequence[str], sorts: Sequence[int], labels: int) -> Floats:
    """Which actions are allowed in which state, as `EntityDecoder.allowed` describes."""
    table = np.full((labels + 1, 2, 2, len(moves)), _NEVER, dtype=np.float32)
    for action, (move, sort) in enumerate(zip(moves, sorts, strict=True)):
        if move == "O":
            table[-1, :, :, action] = 0
        elif sort < 0:
            continue  # spaCy's unit without a sort marks where an entity was forbidden beforehand
        elif move == "B":
            table[-1, 0, 0, action] = 0
        elif move == "U":
            table[-1, :, 0, action] = 0
        elif move == "I":
            table[sort, 0, :, action] = 0
        elif move == "L":
            table[sort, :, :, action] = 0
    return table


def _spaces_and_stops(docs: Sequence[Doc]) -> tuple[Places, Places]:
    """For each word of all documents, 1 where it is white space and 1 where its sentence or its document ends."""
    flags = [doc.to_array(["IS_SPACE", "SENT_START"]).astype(np.int64) for doc in docs]
    stops = [np.append(part[1:, 1] == 1, True) for part in flags]
    return np.concatenate([part[:, 0] for part in flags]), np.concatenate(stops).astype(np.int64)
