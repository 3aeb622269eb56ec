"""Windows of word pieces over a report's paragraphs, as the attribution tagger reads them.

Training and reading cut their windows here, so that the model sees in a report what it saw in training.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from trucebook.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tokenizers import Tokenizer

# Word pieces of a window, with the marks at its two ends and between paragraphs.
WINDOW = 256
# Sorts of word that a window marks: case (small, Capital, CAPITALS), and whether it stands in quotation marks.
WORD_SORTS = 6
# A paragraph of this many characters is cut before it becomes word pieces, so that memory stays bounded.
_PIECE = 20_000
_STOPS = frozenset(".!?")
_HALVES = re.compile("[\ud800-\udfff]")
_CLOSERS = {"“": "”", '"': '"'}


@dataclass(frozen=True)
class Words:
    """The words of one run of prose.

    Attributes:
        spans: where each word stands in the report's text.
        pieces: the ids of each word's pieces in the tokeniser's vocabulary.
        sorts: each word's sort, from 0 to `WORD_SORTS` - 1.
        stops: whether each word is a stop that can end a sentence.
    """

    spans: Sequence[Span]
    pieces: Sequence[Sequence[int]]
    sorts: Sequence[int]
    stops: Sequence[bool]

    def part(self, start: int, end: int) -> Words:
        """Return the words from one index to another."""
        return Words(self.spans[start:end], self.pieces[start:end], self.sorts[start:end], self.stops[start:end])


@dataclass(frozen=True)
class Window:
    """What the tagger reads at once: `[CLS]`, and each paragraph with `[SEP]` behind it.

    Attributes:
        ids: word pieces, special ones included.
        sorts: the sort of each piece's word; 0 for special ones.
        firsts: for each word, the position of its first piece in `ids`.
        spans: where each word stands in the report's text.
        starts: indices into `firsts` of the words that open a paragraph (or the rest of a cut one).
    """

    ids: Sequence[int]
    sorts: Sequence[int]
    firsts: Sequence[int]
    spans: Sequence[Span]
    starts: Sequence[int]


def words_of(tokenizer: Tokenizer, prose: str, paragraph: Span) -> Words:
    """Return the words of a paragraph.

    Args:
        tokenizer: a word-piece tokeniser that adds no special pieces.
        prose: the report's prose.
        paragraph: where the paragraph stands in it.
    """
    spans: list[Span] = []
    pieces: list[list[int]] = []
    for at, text in _texts(prose, paragraph):
        found = tokenizer.encode(text, add_special_tokens=False)
        last = None
        for piece, word, (start, end) in zip(found.ids, found.word_ids, found.offsets, strict=True):
            if word == last and pieces:
                pieces[-1].append(piece)
                spans[-1] = Span(spans[-1].start, at + end)
            else:
                pieces.append([piece])
                spans.append(Span(at + start, at + end))
            last = word
    words = [s.of(prose) for s in spans]
    return Words(spans, pieces, _sorts(words), [w in _STOPS for w in words])


def _texts(prose: str, paragraph: Span) -> Iterator[tuple[int, str]]:
    """Cut a paragraph into texts for the tokeniser, at a space where there is one."""
    at = paragraph.start
    while at < paragraph.end:
        end = min(at + _PIECE, paragraph.end)
        if end < paragraph.end:
            end = max(prose.rfind(" ", at, end), prose.rfind("\n", at, end)) + 1 or end
        # The tokeniser takes no halves of surrogate pairs; their places stay.
        yield at, _HALVES.sub("\ufffd", prose[at:end])
        at = end


def _sorts(words: Sequence[str]) -> list[int]:
    sorts, closer = [], ""
    for word in words:
        if closer and word == closer:
            closer = ""
        elif not closer and word in _CLOSERS:
            closer = _CLOSERS[word]
        case = 0 if not word[:1].isupper() else 2 if len(word) > 1 and word.isupper() else 1
        sorts.append(case + (3 if closer else 0))
    return sorts


def windows(paragraphs: Sequence[Words], ends: tuple[int, int], first: int = WINDOW) -> Iterator[Window]:
    """Pack consecutive paragraphs into windows; a paragraph longer than a window is cut, at a stop where there is one.

    Args:
        paragraphs: the words of each paragraph, in order.
        ends: the ids of the pieces that open a window (`[CLS]`) and close a paragraph (`[SEP]`).
        first: the size of the first window in word pieces, at most `WINDOW`; training moves the seams with it.
    """
    room = first
    held: list[Words] = []
    used = 1
    for words in (part for p in paragraphs for part in _cut(p)):
        size = 1 + sum(len(p) for p in words.pieces)
        if held and used + size > room:
            yield _window(held, ends)
            held, used, room = [], 1, WINDOW
        held.append(words)
        used += size
    if held:
        yield _window(held, ends)


def _cut(words: Words) -> Iterator[Words]:
    """Cut a paragraph that no window holds, behind the last stop that fits, if it is past the middle."""
    start = at = used = 0
    stop = None
    while at < len(words.pieces):
        size = min(len(words.pieces[at]), WINDOW - 2)
        if used + size > WINDOW - 2:
            end = stop if stop is not None and stop - start > (at - start) // 2 else at
            yield words.part(start, end)
            start = at = end
            used, stop = 0, None
            continue
        used += size
        at += 1
        if words.stops[at - 1]:
            stop = at
    if start < len(words.pieces):
        yield words.part(start, len(words.pieces))


def _window(held: Sequence[Words], ends: tuple[int, int]) -> Window:
    ids, sorts = [ends[0]], [0]
    firsts: list[int] = []
    starts: list[int] = []
    spans: list[Span] = []
    for words in held:
        starts.append(len(firsts))
        for pieces, sort in zip(words.pieces, words.sorts, strict=True):
            firsts.append(len(ids))
            ids.extend(pieces[: WINDOW - 2])
            sorts.extend([sort] * min(len(pieces), WINDOW - 2))
        spans.extend(words.spans)
        ids.append(ends[1])
        sorts.append(0)
    return Window(ids, sorts, firsts, spans, starts)
