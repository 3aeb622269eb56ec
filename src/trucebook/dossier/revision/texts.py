"""Two versions of a text side by side: by sentence, and word by word in the sentences that were reworded."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from trucebook.dossier.revision.model import Edit, Passage
from trucebook.dossier.revision.runs import Block, common
from trucebook.dossier.wording import Word, is_content, pair_off, words
from trucebook.span import Span, subtract, trim

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from trucebook.dossier.revision.model import EditOp, PassageKind

# Two sentences are one reworded where this share of their words is the same, or nearly all of the shorter one's.
_ALIKE, _HELD = 0.5, 0.8
# That much of the matter must be shared too, since words of grammar are everywhere; a heading may have a single word.
_MATTER = 2
# How many sentences that share a word are looked at, the rarest words first: a cost that does not grow with the text.
_POSTED, _LOOKED_AT = 40, 6
# Words of grammar that two reworded stretches happen to share are no ground for a reader to stand on.
_ISLAND = 2


class Piece(NamedTuple):
    """A sentence, or a line that is none, as words.

    Attributes:
        span: its place in the text.
        first: index of its first word among the words of the text.
        end: index past its last.
    """

    span: Span
    first: int
    end: int


@dataclass(frozen=True)
class Side:
    """One version of a text.

    Attributes:
        text: the text.
        words: its words in order.
        pieces: its sentences and other lines in order.
    """

    text: str
    words: tuple[Word, ...]
    pieces: tuple[Piece, ...]

    @cached_property
    def starts(self) -> list[int]:
        """Offsets of the words."""
        return [w.start for w in self.words]

    def within(self, span: Span) -> range:
        """Return the indices of the words that a span touches."""
        first = bisect_left(self.starts, span.start)
        if first and self.words[first - 1].end > span.start:
            first -= 1
        return range(first, max(first, bisect_left(self.starts, span.end)))

    def keys(self, piece: Piece) -> tuple[str, ...]:
        """Return the words of a piece as they are compared."""
        return tuple(w.key for w in self.words[piece.first : piece.end])

    def span(self, first: int, end: int) -> Span | None:
        """Return the words `[first, end)` as a span; None for none."""
        return Span(self.words[first].start, self.words[end - 1].end) if first < end else None


class Pair(NamedTuple):
    """Pieces of the old text, and those of the new that stand in their place."""

    old: tuple[int, int]
    new: tuple[int, int]


def side(text: str, sentences: Iterable[Span]) -> Side:
    """Return a text in sentences, and in lines where there are none (headings, bylines, captions).

    Args:
        text: the text.
        sentences: where its sentences stand, in any order; those that overlap an earlier one are cut.
    """
    whole = words(text)
    starts = [w.start for w in whole]
    cuts = sorted({0, len(text), *(at for span in _spans(text, sentences) for at in span)})
    pieces = []
    for start, end in pairwise(cuts):
        span = trim(Span(start, end), text)
        first, last = bisect_left(starts, start), bisect_left(starts, end)
        if span.length and first < last:
            pieces.append(Piece(span, first, last))
    return Side(text, whole, tuple(pieces))


def _spans(text: str, sentences: Iterable[Span]) -> Iterator[Span]:
    at, found = 0, []
    for span in sorted(sentences):
        if span.start >= at and span.length:
            found.append(span)
            at = span.end
    yield from found
    for gap in subtract(Span(0, len(text)), found):
        start = gap.start
        for line in gap.of(text).splitlines(keepends=True):
            yield Span(start, start := start + len(line))


class Comparison:
    """Two versions of a text, aligned.

    Args:
        old: the earlier version.
        new: the later one.

    Attributes:
        old: the earlier version.
        new: the later one.
        passages: what is not as it was, in the order of the new text.
    """

    def __init__(self, old: Side, new: Side) -> None:
        self.old, self.new = old, new
        # Where the words of the old text are in the new one, as ranges of words; absent where they are nowhere.
        self._to: dict[int, tuple[int, int]] = {}
        self._same: set[int] = set()
        self._kept: set[int] = set()
        self.passages = tuple(self._passages())

    def counterpart(self, span: Span) -> Span | None:
        """Return where in the new text what a span of the old one holds stands; None where it is gone."""
        ranges = [self._to[i] for i in self.old.within(span) if i in self._to]
        if not ranges:
            return None
        return self.new.span(min(j for j, _ in ranges), max(m for _, m in ranges))

    def kept_old(self, span: Span) -> bool:
        """Whether every word under a span of the old text is in its place in the new one."""
        return all(i in self._same for i in self.old.within(span))

    def kept_new(self, span: Span) -> bool:
        """Whether every word under a span of the new text was in its place in the old one."""
        return all(j in self._kept for j in self.new.within(span))

    def _passages(self) -> Iterator[Passage]:
        old, new = self.old.pieces, self.new.pieces
        blocks = _same_pieces(self.old, self.new)
        for block in blocks:
            for x, y in zip(range(block.i, block.k), range(block.j, block.m), strict=True):
                self._align(Pair((x, x + 1), (y, y + 1)))
        gone = _outside(len(old), ((b.i, b.k) for b in blocks))
        come = _outside(len(new), ((b.j, b.m) for b in blocks))
        pairs = _paired(self.old, self.new, gone, come)
        taken = {x for p in pairs for x in range(*p.old)}, {y for p in pairs for y in range(*p.new)}
        found = [(float(p.new[0]), self._reworded(p)) for p in pairs]
        found += [(float(y), Passage(kind="added", old=None, new=new[y].span)) for y in come if y not in taken[1]]
        places = [(b.i, b.j) for b in blocks]
        found += [
            (_place(x, places), Passage(kind="removed", old=old[x].span, new=None)) for x in gone if x not in taken[0]
        ]
        found += [(float(y), p) for y, p in self._marks(blocks)]
        yield from (p for _, p in sorted(found, key=lambda f: f[0]))

    def _marks(self, blocks: Sequence[Block]) -> Iterator[tuple[int, Passage]]:
        for block in blocks:
            for x, y in zip(range(block.i, block.k), range(block.j, block.m), strict=True):
                one, other = self.old.pieces[x].span, self.new.pieces[y].span
                if one.of(self.old.text).split() != other.of(self.new.text).split():
                    yield y, Passage(kind="marks", old=one, new=other)

    def _reworded(self, pair: Pair) -> Passage:
        one = _hull(self.old, pair.old)
        other = _hull(self.new, pair.new)
        edits = self._align(pair)
        kind: PassageKind = "moved" if all(e.op == "same" for e in edits) else "reworded"
        return Passage(kind=kind, old=one, new=other, edits=edits)

    def _align(self, pair: Pair) -> tuple[Edit, ...]:
        """Compare two passages word by word, and keep which words stand for which."""
        i, k = self.old.pieces[pair.old[0]].first, self.old.pieces[pair.old[1] - 1].end
        j, m = self.new.pieces[pair.new[0]].first, self.new.pieces[pair.new[1] - 1].end
        edits = []
        for op, block in _ops([w.key for w in self.old.words[i:k]], [w.key for w in self.new.words[j:m]]):
            x, y = (block.i + i, block.k + i), (block.j + j, block.m + j)
            self._keep(op, x, y)
            edits.append(Edit(op=op, old=self.old.span(*x), new=self.new.span(*y)))
        return tuple(edits)

    def _keep(self, op: EditOp, x: tuple[int, int], y: tuple[int, int]) -> None:
        if op == "same":
            self._same.update(range(*x))
            self._kept.update(range(*y))
        if op == "same" and x[1] - x[0] == y[1] - y[0]:
            self._to.update((i, (y[0] + i - x[0], y[0] + i - x[0] + 1)) for i in range(*x))
        elif y[0] < y[1]:
            self._to.update((i, y) for i in range(*x))


def _hull(of: Side, pieces: tuple[int, int]) -> Span:
    return Span(of.pieces[pieces[0]].span.start, of.pieces[pieces[1] - 1].span.end)


def _place(x: int, places: Sequence[tuple[int, int]]) -> float:
    """Where in the new text a piece stood that was removed: behind what was before it."""
    at = bisect_right(places, x, key=lambda p: p[0]) - 1
    return places[at][1] + (x - places[at][0]) - 0.5 if at >= 0 else -0.5


def _outside(length: int, ranges: Iterable[tuple[int, int]]) -> list[int]:
    inside = {i for start, end in ranges for i in range(start, end)}
    return [i for i in range(length) if i not in inside]


def _same_pieces(old: Side, new: Side) -> list[Block]:
    """Runs of sentences whose words are the same."""
    numbers: dict[tuple[str, ...], int] = {}
    one, other = (
        [numbers.setdefault(whole.keys(piece), len(numbers)) for piece in whole.pieces] for whole in (old, new)
    )
    return common(one, other)


# --- which sentence became which ---


def _paired(old: Side, new: Side, gone: Sequence[int], come: Sequence[int]) -> list[Pair]:
    """Sentences that were reworded or moved, each once; with the next one where a sentence was parted or two joined."""
    there = {y: new.keys(new.pieces[y]) for y in come}
    were = {x: old.keys(old.pieces[x]) for x in gone}
    scored = sorted(_scored(were, there))
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, x, y in scored:
        if x not in pairs and y not in taken:
            pairs[x] = y
            taken.add(y)
    return _grown(pairs, were, there)


def _scored(were: dict[int, tuple[str, ...]], there: dict[int, tuple[str, ...]]) -> Iterator[tuple[float, int, int]]:
    """Candidates with how unlike they are, 0 to 1."""
    posted: dict[str, list[int]] = defaultdict(list)
    for y, words_there in there.items():
        for word in set(words_there):
            posted[word].append(y)
    counts = {y: Counter(words_there) for y, words_there in there.items()}
    for x, words_were in were.items():
        mine = Counter(words_were)
        rare = sorted((w for w in mine if is_content(w) and w in posted), key=lambda w: (len(posted[w]), w))
        votes = Counter(y for w in rare if len(posted[w]) <= _POSTED for y in posted[w])
        for y, _ in sorted(votes.items(), key=lambda v: (-v[1], v[0]))[:_LOOKED_AT]:
            likeness = _likeness(mine, counts[y])
            if likeness:
                yield 1 - likeness, x, y


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    """The share of words that two sentences have in common; 0 where they are not one sentence."""
    shared = one & other
    both, a, b = shared.total(), one.total(), other.total()
    matter = sum(is_content(w) for w in shared)
    if matter < min(_MATTER, *(sum(map(is_content, c)) for c in (one, other))):
        return 0.0
    share = 2 * both / (a + b)
    return share if share >= _ALIKE or (both >= _HELD * min(a, b) and matter > _MATTER) else 0.0


def _grown(pairs: dict[int, int], were: dict[int, tuple[str, ...]], there: dict[int, tuple[str, ...]]) -> list[Pair]:
    """Pairs, each with the neighbour whose words are those that its other side has left over."""
    partners = set(pairs.values())
    found = []
    for x, y in sorted(pairs.items()):
        olds, news = (x, x + 1), (y, y + 1)
        left_old, left_new = Counter(were[x]) - Counter(there[y]), Counter(there[y]) - Counter(were[x])
        if y + 1 in there and y + 1 not in partners and _made_of(there[y + 1], left_old):
            news = (y, y + 2)
            partners.add(y + 1)
        elif x + 1 in were and x + 1 not in pairs and _made_of(were[x + 1], left_new):
            olds = (x, x + 2)
        found.append(Pair(olds, news))
    return found


def _made_of(part: Sequence[str], left: Counter[str]) -> bool:
    shared = Counter(part) & left
    return shared.total() >= _ALIKE * len(part) and sum(map(is_content, shared)) >= _MATTER


# --- word by word ---


def _ops(one: Sequence[str], other: Sequence[str]) -> list[tuple[EditOp, Block]]:
    numbers: dict[str, int] = {}
    a, b = ([numbers.setdefault(w, len(numbers)) for w in some] for some in (one, other))
    ops = [x for op in _with_gaps(common(a, b), len(one), len(other)) for x in _paired_off(op, one, other)]
    return _without_islands(ops, one)


def _with_gaps(runs: Sequence[Block], length: int, other: int) -> Iterator[tuple[EditOp, Block]]:
    i = j = 0
    for run in [*runs, Block(length, length, other, other)]:
        if i < run.i or j < run.j:
            yield _op(Block(i, run.i, j, run.j))
        if run.i < run.k:
            yield "same", run
        i, j = run.k, run.m


def _op(block: Block) -> tuple[EditOp, Block]:
    if block.i == block.k:
        return "added", block
    return ("dropped" if block.j == block.m else "changed"), block


def _paired_off(op: tuple[EditOp, Block], one: Sequence[str], other: Sequence[str]) -> Iterator[tuple[EditOp, Block]]:
    """What is only written apart or together ("good will") is the same."""
    if op[0] != "changed":
        yield op
        return
    i, k, j, m = op[1]
    for x, y in pair_off(one[i:k], other[j:m]):
        yield "same", Block(i, i + x, j, j + y)
        i, j = i + x, j + y
    if i < k or j < m:
        yield _op(Block(i, k, j, m))


def _without_islands(ops: Sequence[tuple[EditOp, Block]], one: Sequence[str]) -> list[tuple[EditOp, Block]]:
    """Join what changed over a word or two of grammar that happen to be on both sides, and neighbours of one kind."""
    found: list[tuple[EditOp, Block]] = []
    for at, (op, block) in enumerate(ops):
        island = op == "same" and 0 < at < len(ops) - 1 and _is_island(one[block.i : block.k])
        island = island and "changed" in {ops[at - 1][0], ops[at + 1][0]}
        if found and (island or (found[-1][0] != "same") == (op != "same")):
            last = found.pop()[1]
            joined = Block(last.i, block.k, last.j, block.m)
            found.append(("same", joined) if op == "same" and not island else _op(joined))
        else:
            found.append((op, block))
    return found


def _is_island(some: Sequence[str]) -> bool:
    return len(some) <= _ISLAND and not any(map(is_content, some))
