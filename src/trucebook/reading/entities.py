"""Entities decoded for many documents at once, as spaCy's entity recogniser decodes them one word after the other.

spaCy's recogniser goes over a text from left to right and gives every word the best action that its state allows: to
begin an entity, go on with it, end it, make one of the word alone, or nothing (BILUO). A state is whether an entity is
open, of which sort and since which word. spaCy asks for each of its 74 actions and each word whether it is allowed, in
calls that each take Python's global lock; here the n-th words of all documents are decided together. The network, its
weights and the rules (`spacy/pipeline/_parser_internals/ner.pyx`) are the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray
    from spacy.tokens import Doc

    Floats = NDArray[np.float32]
    Places = NDArray[np.int64]

_NEVER = np.float32(-np.inf)
# What the network looks at: the next word, the first and the last word of the open entity.
_FEATURES = 3


@dataclass(frozen=True)
class EntityDecoder:
    """The decoder of one entity recogniser.

    Attributes:
        layers: the network's layers: words to vectors, vectors to sums, sums to scores.
        moves: what each action does: B, I, L, U or O.
        sorts: the sort of entity of each action, as an index into `labels`; -1 for none.
        labels: the sorts of entity.
        allowed: 0 for what is allowed and minus infinity for what is not: by the sort that is open (the last row:
            none), by whether a sentence ends behind the word, by whether the word is white space, by action.
    """

    layers: tuple[Any, Any, Any]
    moves: NDArray[np.str_]
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
            (first, second, third), np.array(moves), np.array(sorts), labels, _allowed(moves, sorts, len(labels))
        )

    def annotate(self, docs: Sequence[Doc]) -> None:
        """Set the entities of documents whose sentences are known and that have no entities yet.

        Args:
            docs: none of them empty.
        """
        from spacy.tokens import Span  # noqa: PLC0415  as above

        order = sorted(docs, key=len, reverse=True)
        actions = self._actions(order)
        for doc, taken in zip(order, actions, strict=True):
            entities = [Span(doc, start, end, self.labels[sort]) for start, end, sort in self._runs(taken)]
            doc.set_ents(entities, default="outside")

    def _actions(self, docs: Sequence[Doc]) -> Iterator[list[int]]:
        """The action that each word gets, document by document; the documents come longest first."""
        sums = self._sums(docs)
        lengths = np.array([len(doc) for doc in docs])
        offsets = np.concatenate([[0], lengths.cumsum()])[:-1]
        spaces, stops = _spaces_and_stops(docs)
        taken = np.zeros(int(lengths.sum()), dtype=np.int64)
        sort, since = np.full(len(docs), -1), np.zeros(len(docs), dtype=np.int64)
        for at in range(int(lengths[0])):
            n = int((lengths > at).sum())
            words = offsets[:n] + at
            scores = self._scores(sums, words, np.where(sort[:n] >= 0, since[:n], -1))
            best = (scores + self.allowed[sort[:n], stops[words], spaces[words]]).argmax(axis=1)
            taken[words] = best
            begins, open_ = self.moves[best] == "B", np.isin(self.moves[best], ("B", "I"))
            since[:n] = np.where(begins, words, since[:n])
            sort[:n] = np.where(open_, self.sorts[best], -1)
        return (part.tolist() for part in np.split(taken, offsets[1:]))

    def _sums(self, docs: Sequence[Doc]) -> list[Floats]:
        """For each feature, what each word adds to the hidden layer (words + 1, sums); the first row is for no word."""
        vectors = self.layers[0].predict(docs)
        found = self.layers[1].predict(vectors)
        return [np.ascontiguousarray(found[:, n]).reshape(len(found), -1) for n in range(_FEATURES)]

    def _scores(self, sums: Sequence[Floats], words: Places, since: Places) -> Floats:
        """The scores of the actions (words, actions); `since` is where the open entities begin, -1 for none."""
        lower, upper = self.layers[1:]
        last = np.where(since >= 0, words - 1, -1)
        hidden = sums[0][words + 1] + sums[1][since + 1] + sums[2][last + 1] + lower.get_param("b").reshape(-1)
        hidden = hidden.reshape(len(words), lower.get_dim("nO"), lower.get_dim("nP")).max(axis=2)
        scores: Floats = hidden @ upper.get_param("W").T + upper.get_param("b")
        return scores

    def _runs(self, taken: Sequence[int]) -> Iterator[tuple[int, int, int]]:
        """Yield the entities of a document: first word, word behind the last, sort."""
        start = 0
        for at, action in enumerate(taken):
            move = self.moves[action]
            if move in {"B", "U"}:
                start = at
            if move in {"L", "U"}:
                yield start, at + 1, int(self.sorts[action])


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
