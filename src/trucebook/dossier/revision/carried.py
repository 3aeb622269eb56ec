"""What an edit changed in the readings: conditions, numbers, times, who said what, quotations and moves."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, TypeVar

from trucebook.dossier.revision.model import Change
from trucebook.dossier.wording import keys
from trucebook.span import Span, SpanIndex, hull

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from trucebook.dossier.revision.model import Passage
    from trucebook.dossier.revision.texts import Comparison
    from trucebook.reading.model import Attribution, Move, Quantity, Quotation, Reading, Time

T = TypeVar("T")


def carried(compared: Comparison, old: Reading, new: Reading) -> Iterator[Change]:
    """Yield what changed in the readings, where words that carry it changed.

    Args:
        compared: the two texts.
        old: reading of the earlier.
        new: reading of the later.
    """
    both = _Both(compared, old, new)
    yield from _conditions(both)
    yield from _quotations(both)
    # Before the numbers: of two officials who are dropped it is the source that counts.
    yield from _attributions(both)
    yield from _numbers(both)
    yield from _times(both)
    yield from _moves(both)


class _Both:
    """Two readings, with what in the one stands for what in the other."""

    def __init__(self, compared: Comparison, old: Reading, new: Reading) -> None:
        self.compared, self.old, self.new = compared, old, new
        # Passages do not overlap, on either side.
        self._olds = _Places(p for p in compared.passages)
        self._news = _Places((p for p in compared.passages), new=True)

    def was(self, span: Span) -> str:
        return " ".join(span.of(self.old.report.text).split())

    def is_now(self, span: Span) -> str:
        return " ".join(span.of(self.new.report.text).split())

    def edited(self, span: Span) -> Passage | None:
        """The passage of the old text in which a span's own words were changed."""
        passage = self._olds.at(span)
        return passage if passage and passage.kind != "moved" and not self.compared.kept_old(span) else None

    def come(self, span: Span) -> Passage | None:
        """The passage of the new text in which a span's own words are new."""
        passage = self._news.at(span)
        return passage if passage and passage.kind != "moved" and not self.compared.kept_new(span) else None

    def paired(
        self, olds: Iterable[T], news: Iterable[T], place: Callable[[T], Span]
    ) -> tuple[list[tuple[T, T]], list[T], list[T]]:
        """Things that stand for each other, those that went and those that came: all in changed passages alone."""
        theirs = [n for n in news if self._news.at(place(n))]
        index = SpanIndex((place(n), at) for at, n in enumerate(theirs))
        taken: set[int] = set()
        pairs, went = [], []
        for thing in (o for o in olds if self._olds.at(place(o))):
            spot = self.compared.counterpart(place(thing))
            free = [at for at in index.touching(spot) if at not in taken] if spot else []
            if spot is None or not free:
                went.append(thing)
                continue
            at = max(free, key=lambda a: (place(theirs[a]).overlap(spot), -a))
            taken.add(at)
            pairs.append((thing, theirs[at]))
        return pairs, went, [n for at, n in enumerate(theirs) if at not in taken]


class _Places:
    """The passages of one text by where they stand."""

    def __init__(self, passages: Iterable[Passage], *, new: bool = False) -> None:
        placed = [(p.new if new else p.old, p) for p in passages]
        self._passages = sorted(((s, p) for s, p in placed if s is not None), key=lambda x: x[0])
        self._starts = [s.start for s, _ in self._passages]

    def at(self, span: Span) -> Passage | None:
        at = bisect_left(self._starts, span.end) - 1
        if at < 0 or not self._passages[at][0].touches(span):
            return None
        return self._passages[at][1]


def _stayed(passage: Passage | None) -> bool:
    return passage is not None and passage.kind == "reworded"


def _conditions(both: _Both) -> Iterator[Change]:
    _, went, came = both.paired(both.old.conditions, both.new.conditions, lambda s: s)
    was, now = ({keys(text(s)) for s in some} for text, some in ((both.was, went), (both.is_now, came)))
    for span in went:
        passage = both.edited(span)
        # What stands in another sentence now has not gone.
        if passage and keys(both.was(span)) not in now:
            how = "was dropped, and the rest stays" if _stayed(passage) else "went with its sentence"
            said = f"the condition “{both.was(span)}” {how}"
            yield Change(kind="condition", how="went", says=said, old=span, new=None, stands_out=_stayed(passage))
    for span in came:
        if both.come(span) and keys(both.is_now(span)) not in was:
            said = f"the condition “{both.is_now(span)}” was put in"
            yield Change(
                kind="condition", how="came", says=said, old=None, new=span, stands_out=_stayed(both.come(span))
            )


def _numbers(both: _Both) -> Iterator[Change]:
    pairs, went, came = both.paired(both.old.quantities, both.new.quantities, lambda q: q.span)
    for one, other in pairs:
        if _value(one) != _value(other) and both.edited(one.span):
            said = f"the number was “{both.was(one.span)}” and is now “{both.is_now(other.span)}”"
            yield Change(kind="number", how="changed", says=said, old=one.span, new=other.span, stands_out=True)
    for one in went:
        if both.edited(one.span):
            said = f"the number “{both.was(one.span)}” was taken out"
            yield Change(kind="number", how="went", says=said, old=one.span, new=None)
    for one in came:
        if both.come(one.span):
            said = f"the number “{both.is_now(one.span)}” was put in"
            yield Change(kind="number", how="came", says=said, old=None, new=one.span)


def _value(found: Quantity) -> tuple[object, ...]:
    return found.low, found.high, found.bound, found.approximate


def _times(both: _Both) -> Iterator[Change]:
    pairs, _, _ = both.paired(both.old.times, both.new.times, lambda t: t.span)
    for one, other in pairs:
        if _when(one) != _when(other) and both.edited(one.span):
            said = f"the time was “{both.was(one.span)}” and is now “{both.is_now(other.span)}”"
            yield Change(kind="time", how="changed", says=said, old=one.span, new=other.span, stands_out=True)


def _when(found: Time) -> tuple[object, ...]:
    return found.value, found.mod


def _quotations(both: _Both) -> Iterator[Change]:
    pairs, went, came = both.paired(both.old.quotations, both.new.quotations, lambda q: q.span)
    for one, other in pairs:
        if keys(both.was(one.span)) != keys(both.is_now(other.span)) and both.edited(one.span):
            said = "words in quotation marks are others now"
            yield Change(kind="quotation", how="changed", says=said, old=one.span, new=other.span, stands_out=True)
    yield from _unquoted(both, went)
    for one in came:
        if both.come(one.span):
            said = "words in quotation marks were put in"
            yield Change(kind="quotation", how="came", says=said, old=None, new=one.span)
        elif both.compared.kept_new(one.span):
            said = "words that stood without quotation marks have them now"
            yield Change(kind="quotation", how="came", says=said, old=None, new=one.span, stands_out=True)


def _unquoted(both: _Both, went: Sequence[Quotation]) -> Iterator[Change]:
    for one in went:
        spot = both.compared.counterpart(one.span)
        if spot is not None and both.compared.kept_old(one.span):
            said = "words that stood in quotation marks have none now"
            yield Change(kind="quotation", how="changed", says=said, old=one.span, new=spot, stands_out=True)
        elif passage := both.edited(one.span):
            said = (
                "words in quotation marks were taken out" if spot is None else "words have lost their quotation marks"
            )
            yield Change(kind="quotation", how="went", says=said, old=one.span, new=spot, stands_out=_stayed(passage))


# --- who said what ---


def _attributions(both: _Both) -> Iterator[Change]:
    pairs, went, came = both.paired(both.old.attributions, both.new.attributions, lambda a: hull(a.content))
    for one, other in pairs:
        yield from _said_otherwise(both, one, other)
    for one in went:
        yield from _no_longer_said(both, one)
    for one in came:
        content = hull(one.content)
        if both.compared.kept_new(content) and _words_of(one) and both.come(_words_of(one)[0]):
            said = f"what the outlet told itself is now told after {both.is_now(_words_of(one)[0])}"
            yield Change(kind="attribution", how="came", says=said, old=None, new=content)


def _said_otherwise(both: _Both, one: Attribution, other: Attribution) -> Iterator[Change]:
    source, now = (hull(a.source) if a.source else None for a in (one, other))
    if source and now and both.edited(source) and keys(both.was(source)) != keys(both.is_now(now)):
        same = one.speaker is not None and _one_name(one.speaker, other.speaker)
        said = f"the source was “{both.was(source)}” and is now “{both.is_now(now)}”"
        yield Change(kind="speaker", how="changed", says=said, old=source, new=now, stands_out=not same)
    cue, now_cue = (hull(a.cue) if a.cue else None for a in (one, other))
    if one.stance != other.stance and cue and now_cue and both.edited(cue):
        said = f"“{both.was(cue)}” is now “{both.is_now(now_cue)}”: {one.stance} before, {other.stance} now"
        yield Change(kind="stance", how="changed", says=said, old=cue, new=now_cue, stands_out=True)


def _one_name(one: str, other: str | None) -> bool:
    """Whether two names may be one's, a part of the other."""
    a, b = set(keys(one)), set(keys(other or ""))
    return bool(b) and (a <= b or b <= a)


def _no_longer_said(both: _Both, one: Attribution) -> Iterator[Change]:
    """What was told after somebody, where those words went and what he said stays."""
    content = hull(one.content)
    spot = both.compared.counterpart(content)
    gone = [span for span in _words_of(one) if both.compared.counterpart(span) is None]
    if spot is None or not gone or not _mostly_kept(both, content):
        return
    who = f"“{both.was(gone[0])}”"
    said = f"{who} was dropped, and what was told after this source is now told by the outlet itself"
    yield Change(kind="attribution", how="went", says=said, old=gone[0], new=spot, stands_out=True)


def _words_of(found: Attribution) -> list[Span]:
    return [hull(spans) for spans in (found.source, found.cue) if spans]


def _mostly_kept(both: _Both, content: Span) -> bool:
    words = both.compared.old.words
    inside = [words[i] for i in both.compared.old.within(content)]
    kept = sum(both.compared.kept_old(Span(w.start, w.end)) for w in inside)
    return 2 * kept > len(inside)


def _moves(both: _Both) -> Iterator[Change]:
    pairs, _, _ = both.paired(both.old.moves, both.new.moves, lambda m: m.trigger)
    for one, other in pairs:
        if _act(one) != _act(other) and both.edited(one.span):
            said = f"{_told(one)} is now {_told(other)}"
            yield Change(kind="move", how="changed", says=said, old=one.span, new=other.span, stands_out=True)


def _act(move: Move) -> tuple[str, str]:
    return move.act, move.status


def _told(move: Move) -> str:
    return f"“{move.act.replace('_', ' ')}” ({move.status})"
