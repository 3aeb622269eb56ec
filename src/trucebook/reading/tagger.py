"""The attribution tagger: which words of a report are a source, a cue or a content, and what goes with what.

A small encoder (`trucebook/models/attribution`, trained by `training/attribution`) reads the prose in windows of whole
paragraphs. It gives every word a score for each tag, and every word of a content or a cue a score for each word at
which its source or its cue may begin. The tags are decoded to the best sequence in which every span begins with a B.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from trucebook.reading.weights import checked, piece_id, session, tokenizer_of
from trucebook.reading.windows import windows, words_of
from trucebook.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from importlib.resources.abc import Traversable

    from numpy.typing import NDArray

    from trucebook.reading.windows import Window

    Floats = NDArray[np.float32]
    Places = NDArray[np.int64]

Role = Literal["content", "source", "cue"]

ROLES: tuple[Role, ...] = ("content", "source", "cue")
# The links the model scores, from a word of the first role to the first word of the second.
LINKS: tuple[tuple[Role, Role], ...] = (("content", "source"), ("content", "cue"), ("cue", "source"))
# Tags: 0 for none, then beginning and inside of each role.
_TAGS = 1 + 2 * len(ROLES)
_INSIDE = (2, 4, 6)
_FILES = ("tagger.onnx", "tokenizer.json")
_NEVER = -1e4
# Added to the log-probabilities of the tags before decoding, as chosen on the corpus's dev part: the model, whose loss
# weighs beginnings and rare tags more, otherwise leaves out a little too much and begins contents too often.
_LEANING = (0.0, -0.3, 0.3, 0.0, 0.0, 0.0, 0.0)


@dataclass(frozen=True)
class Tagged:
    """A run of words that bears one role.

    Attributes:
        role: content, source or cue.
        span: the words, in the report's text.
        score: the mean probability of its words' tags, from 0 to 1.
    """

    role: Role
    span: Span
    score: float


@dataclass(frozen=True)
class Tags:
    """What the tagger found in one window.

    Attributes:
        spans: the spans, in order of appearance.
        links: for each pair of roles (`LINKS`) and each span of the first of them, the log-probability that it leads to
            each span of the second: `{(from, to): {index: {index or None: log-probability}}}`; None stands for nothing.
    """

    spans: tuple[Tagged, ...]
    links: dict[tuple[Role, Role], dict[int, dict[int | None, float]]]


class Scores(NamedTuple):
    """What the model makes of one window.

    Attributes:
        window: the window.
        tags: how much speaks for each tag, (pieces, tags).
        origins: what each piece looks for by each link, (pieces, links * size).
        goals: what each piece offers to it, (pieces, links * size).
    """

    window: Window
    tags: Floats
    origins: Floats
    goals: Floats


class Tagger:
    """The model and its tokeniser, loaded.

    Args:
        folder: holds `tagger.onnx`, `tokenizer.json` and `digests.json`.
        threads: how many the model computes with.

    Raises:
        SettingsError: a file is missing or is not the one that `digests.json` names.
    """

    def __init__(self, folder: Traversable, threads: int = 1) -> None:
        model, vocabulary = (checked(folder, name) for name in _FILES)
        self._session = session(model, threads)
        self._tokenizer = tokenizer_of(vocabulary)
        self._ends = (piece_id(self._tokenizer, "[CLS]"), piece_id(self._tokenizer, "[SEP]"))

    def tag(self, prose: str, paragraphs: Sequence[Span]) -> Iterator[Tags]:
        """Tag a report, window by window, in order.

        Args:
            prose: the report's text, with what is not prose blanked out.
            paragraphs: where its paragraphs stand.
        """
        return map(decoded, self.scores(prose, paragraphs))

    def scores(self, prose: str, paragraphs: Sequence[Span]) -> Iterator[Scores]:
        """Compute the model over a report, window by window, in order: all but what `decoded` does.

        Args:
            prose: as above.
            paragraphs: as above.
        """
        words = [words_of(self._tokenizer, prose, p) for p in paragraphs]
        for window in windows([w for w in words if w.spans], self._ends):
            feed = {
                "ids": np.array([window.ids], dtype=np.int64),
                "sorts": np.array([window.sorts], dtype=np.int64),
            }
            yield Scores(window, *(found[0] for found in self._session.run(None, feed)))


def decoded(found: Scores) -> Tags:
    """Return the likeliest spans of a window, and what leads to what."""
    log = _log_softmax(found.tags[list(found.window.firsts)])
    runs = list(_runs(best_tags(log + np.array(_LEANING, dtype=np.float32), found.window.starts)))
    return Tags(_tagged(found.window, log, runs), _links(found.window, runs, found.origins, found.goals))


@cache
def shipped() -> Tagger:
    """Return the tagger that comes with the package, loaded once a process.

    Raises:
        SettingsError: the installation is damaged.
    """
    return Tagger(resources.files("trucebook") / "models" / "attribution")


def _log_softmax(scores: Floats) -> Floats:
    shifted = scores - scores.max(axis=-1, keepdims=True)
    log: Floats = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    return log


def best_tags(log: Floats, starts: Sequence[int]) -> list[int]:
    """Return the likeliest sequence of tags in which the inside of a role follows its beginning or inside (Viterbi).

    Any other tag may follow any, so that the best way to it is the best so far, and only the three insides compare.

    Args:
        log: log-probabilities (words, tags).
        starts: the words that open a paragraph; a source or a cue does not run over them.
    """
    opens = frozenset(starts)
    best = [0.0] * _TAGS
    back: list[list[int]] = []
    for i, row in enumerate(log.tolist()):
        highest = max(best)
        ways = [best.index(highest)] * _TAGS
        through = [highest + score for score in row]
        for inside in _INSIDE:
            way = inside if best[inside] > best[inside - 1] else inside - 1
            ways[inside] = way
            through[inside] = best[way] + row[inside]
        for inside in _INSIDE if not i else _INSIDE[1:] if i in opens else ():
            through[inside] += _NEVER
        best = through
        back.append(ways)
    path = [best.index(max(best))]
    for ways in reversed(back[1:]):
        path.append(ways[path[-1]])
    return path[::-1]


def _runs(tags: Sequence[int]) -> Iterator[tuple[Role, int, int]]:
    """Yield the runs of words of one role, as half-open ranges of words."""
    at = 0
    while at < len(tags):
        end = at + 1
        if tags[at]:
            while end < len(tags) and tags[end] == tags[at] + tags[at] % 2:
                end += 1
            yield ROLES[(tags[at] - 1) // 2], at, end
        at = end


def _tagged(window: Window, log: Floats, runs: Sequence[tuple[Role, int, int]]) -> tuple[Tagged, ...]:
    chances = np.exp(log[:, 1:].astype(np.float64)).reshape(len(log), len(ROLES), 2).sum(axis=2)
    sums = np.concatenate([np.zeros((1, len(ROLES))), chances.cumsum(axis=0)])
    found = []
    for role, start, end in runs:
        n = ROLES.index(role)
        score = float(sums[end, n] - sums[start, n]) / (end - start)
        found.append(Tagged(role, Span(window.spans[start].start, window.spans[end - 1].end), round(score, 6)))
    return tuple(found)


def _links(
    window: Window, runs: Sequence[tuple[Role, int, int]], origins: Floats, goals: Floats
) -> dict[tuple[Role, Role], dict[int, dict[int | None, float]]]:
    size = origins.shape[1] // len(LINKS)
    found: dict[tuple[Role, Role], dict[int, dict[int | None, float]]] = {}
    for n, (origin, goal) in enumerate(LINKS):
        starts = [i for i, run in enumerate(runs) if run[0] == origin]
        ends = [i for i, run in enumerate(runs) if run[0] == goal]
        found[origin, goal] = {}
        if not starts:
            continue
        part = slice(n * size, (n + 1) * size)
        rows, row_edges = _pieces(window, [runs[i] for i in starts])
        columns, edges = _pieces(window, [runs[i] for i in ends])
        # The window's first piece stands for "none".
        scores = origins[rows, part] @ goals[np.concatenate([[0], columns]), part].T / np.float32(np.sqrt(size))
        # A goal is as good as its best word: where it begins is the model's guess twice over.
        log = _log_softmax(np.maximum.reduceat(scores, np.concatenate([[0], edges + 1]), axis=1))
        means = np.add.reduceat(log, row_edges, axis=0) / np.diff([*row_edges, len(rows)])[:, None]
        for i, row in zip(starts, means.tolist(), strict=True):
            found[origin, goal][i] = dict(zip([None, *ends], row, strict=True))
    return found


def _pieces(window: Window, runs: Sequence[tuple[Role, int, int]]) -> tuple[Places, Places]:
    """The places of the first pieces of the words of runs, and where in them each run begins."""
    places = [window.firsts[i] for _, start, end in runs for i in range(start, end)]
    lengths = [0, *(end - start for _, start, end in runs)]
    return np.array(places, dtype=np.int64), np.cumsum(lengths[:-1], dtype=np.int64)
