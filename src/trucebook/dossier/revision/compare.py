"""What an outlet changed between two versions of a report, and what that changed in what the report tells.

A change is told only where words that carry it were changed: what a reader makes of a sentence whose words stayed may
differ for reasons that are the reader's own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from trucebook.dossier.revision.carried import carried
from trucebook.dossier.revision.marked import Marked, marked, notice
from trucebook.dossier.revision.model import About, Change, Revision
from trucebook.dossier.revision.texts import Comparison, Side, side
from trucebook.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from trucebook.dossier.revision.marked import MarkKind
    from trucebook.reading.model import Reading
    from trucebook.report import Report

_ABOUT = ("title", "author", "outlet", "url", "published")
_SOURCES = frozenset({"speaker", "attribution"})
_KINDS: tuple[MarkKind, ...] = ("condition", "negation", "hedge", "limit")


def compare(old: Reading, new: Reading, *, comparable: bool = True) -> Revision:
    """Compare two versions of one report.

    Args:
        old: reading of the earlier version.
        new: reading of the later one.
        comparable: whether one program read both.
    """
    compared = Comparison(*(side(r.report.text, (s.span for s in r.sentences)) for r in (old, new)))
    found = [*carried(compared, old, new), *_marks(compared)]
    return Revision(
        passages=compared.passages,
        changes=tuple(sorted(_once(found), key=lambda c: (not c.stands_out, _at(c)))),
        about=tuple(_about(old.report, new.report)),
        notices=tuple(_notices(compared)),
        comparable=comparable,
    )


def _at(change: Change) -> int:
    span = change.new or change.old
    return span.start if span else 0


def _once(found: Sequence[Change]) -> Iterator[Change]:
    """What a reading tells of words goes before the words alone."""
    told: list[Change] = []
    for change in found:
        if not any(_tells(t, change) for t in told):
            told.append(change)
            yield change


def _tells(told: Change, change: Change) -> bool:
    """Whether a change holds what another tells: a number the "at least" before it, a condition its "if"."""
    held = change.kind == told.kind or (change.kind == "limit" and told.kind == "number")
    held = held or (told.kind == "stance" and change.kind == "hedge")
    if told.kind in _SOURCES and change.kind == "number":
        return _inside(change.old, told.old)
    return held and (_inside(change.old, told.old) or _inside(change.new, told.new))


def _inside(span: Span | None, other: Span | None) -> bool:
    return span is not None and other is not None and span.touches(other)


# --- words that change what a sentence commits itself to ---


@dataclass(frozen=True)
class _Side:
    """The marked words of one side of a passage that are not on the other."""

    side: Side
    found: tuple[Marked, ...]

    def of(self, kind: MarkKind) -> list[Marked]:
        return [m for m in self.found if m.kind == kind]

    def span(self, one: Marked) -> Span:
        return Span(self.side.words[one.first].start, self.side.words[one.end - 1].end)


def _marks(compared: Comparison) -> Iterator[Change]:
    for passage in compared.passages:
        if passage.kind != "reworded" or passage.old is None or passage.new is None:
            continue
        went = _marked(compared.old, passage.old, compared.kept_old)
        came = _marked(compared.new, passage.new, compared.kept_new)
        for kind in _KINDS:
            yield from _surplus(kind, went, came)


def _marked(of: Side, span: Span, kept: _Kept) -> _Side:
    inside = of.within(span)
    found = [
        m._replace(first=m.first + inside.start, end=m.end + inside.start)
        for m in marked([of.words[i].key for i in inside])
    ]
    whole = _Side(of, tuple(found))
    return _Side(of, tuple(m for m in found if not kept(whole.span(m))))


def _surplus(kind: MarkKind, went: _Side, came: _Side) -> Iterator[Change]:
    """Words of a kind that one side has more of; what only stands in another place, or in another word, is none."""
    old, new = went.of(kind), came.of(kind)
    if len(old) > len(new):
        left = _without(old, new)[: len(old) - len(new)]
        for one in left:
            said = f"the {kind} “{' '.join(one.words)}” was dropped"
            yield Change(kind=kind, how="went", says=said, old=went.span(one), new=None, stands_out=True)
    else:
        for one in _without(new, old)[: len(new) - len(old)]:
            said = f"the {kind} “{' '.join(one.words)}” was put in"
            outstanding = kind == "negation"
            yield Change(kind=kind, how="came", says=said, old=None, new=came.span(one), stands_out=outstanding)


def _without(some: Sequence[Marked], others: Sequence[Marked]) -> list[Marked]:
    """Those that the other side does not have, then those that it has."""
    words = [m.words for m in others]
    return sorted(some, key=lambda m: m.words in words)


# --- what is known about the report ---


def _about(old: Report, new: Report) -> Iterator[About]:
    for field in _ABOUT:
        before, after = (getattr(r, field) for r in (old, new))
        if before != after:
            yield About(field=field, before=_shown(before), after=_shown(after))


def _shown(value: object) -> str | None:
    return None if value is None else str(value)


def _notices(compared: Comparison) -> Iterable[Span]:
    for passage in compared.passages:
        if passage.new is not None and passage.kind in {"added", "reworded"}:
            inside = compared.new.within(passage.new)
            if not compared.kept_new(passage.new) and notice([compared.new.words[j].key for j in inside]):
                yield passage.new


if TYPE_CHECKING:
    from collections.abc import Callable

    _Kept = Callable[[Span], bool]
