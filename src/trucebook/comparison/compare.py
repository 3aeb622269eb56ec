"""Compare two briefs.

A retraction is no absence: that something is told no more because its report is not in the second brief, because the
report's text is another, or although the text is the same, are three different things, and each difference says which.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

from trucebook.comparison.model import Comparison, Difference, Told
from trucebook.comparison.reports import Reports
from trucebook.comparison.snapshot import Place, Quote

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence

    from trucebook.comparison.model import Cause, Kind, Subject
    from trucebook.comparison.snapshot import Finding, Move, Snapshot, Variant

    T = TypeVar("T", Finding, Quote, Move)

_WORD: Final = re.compile(r"\w+")
# Two tellings with at least this share of their words in common (Jaccard) are versions of one; as for the shingles of
# Broder ("On the resemblance and containment of documents", 1997), with single words, for the texts are short.
_ALIKE: Final = 0.5


def compare(old: tuple[str, Snapshot], new: tuple[str, Snapshot]) -> Comparison:
    """Return what changed from one brief to another.

    Args:
        old: name and content of the first.
        new: name and content of the second.
    """
    reports = Reports(old[1].reports, new[1].reports)
    pair = _Pair(old[1], new[1], reports)
    moves, repeated = pair.moves()
    lacking = [name for name, of in (old, new) if of.moves is None]
    return Comparison(
        old=(old[0], old[1].as_of), new=(new[0], new[1].as_of),
        added=reports.added, missing=reports.missing, revised=reports.revised,
        differences=(*pair.state(), *moves, *pair.findings(), *pair.quotes()), repeated=repeated,
        not_compared=tuple(f"moves: {name} was written without them, by an earlier version" for name in lacking),
    )  # fmt: skip


class _Item(NamedTuple):
    """Something of a state of play that has one value at a time."""

    subject: Subject
    about: str
    who: tuple[str, ...]
    value: str
    places: tuple[Place, ...]
    same: str = ""

    @property
    def stands(self) -> str:
        """By what it is compared: as it is shown, but where it can be told in many words."""
        return self.same or self.value


class _Pair:
    """Two briefs, side by side."""

    def __init__(self, old: Snapshot, new: Snapshot, reports: Reports) -> None:
        self.old, self.new, self.reports = old, new, reports

    # --- the state of play ---

    def state(self) -> Iterator[Difference]:
        before, after = _items(self.old), _items(self.new)
        for name in dict.fromkeys((*before, *after)):
            was, now = before.get(name), after.get(name)
            if (was.stands if was else "") != (now.stands if now else ""):
                yield self.changed(was, now)

    def changed(self, was: _Item | None, now: _Item | None) -> Difference:
        shown = now or was
        if shown is None:
            raise ValueError("neither before nor after")
        kind: Kind = "changed" if was and now else "came" if now else "went"
        return Difference(
            subject=shown.subject, kind=kind, about=shown.about, who=shown.who,
            before=was.value if was else "", after=now.value if now else "",
            causes=self.causes(was.places if was else (), now.places if now else ()),
            told=self.told(was.places if was else (), now.places if now else ()),
        )  # fmt: skip

    def told(self, before: Iterable[Place], after: Iterable[Place]) -> tuple[Told, ...]:
        """What is told on one side alone; where that is nothing, what is told now."""
        before, after = list(before), list(after)
        then = {(self.reports.renamed(p.report), p.words) for p in before}
        now = {(p.report, p.words) for p in after}
        went = [p for p in before if (self.reports.renamed(p.report), p.words) not in now]
        came = [p for p in after if (p.report, p.words) not in then]
        return (*_told("old", went), *_told("new", came if came or went else after[:1]))

    def causes(self, before: Iterable[Place], after: Iterable[Place]) -> tuple[Cause, ...]:
        """Why what was told at some places is told at others now: by the places that are not in both."""
        then = {(self.reports.renamed(p.report), p.words): p.report for p in before}
        now = {(p.report, p.words): p.report for p in after}
        went = self.reports.went(then[at] for at in then.keys() - now.keys())
        came = self.reports.came(now[at] for at in now.keys() - then.keys())
        return tuple(sorted({*came, *went})) or (("same text",) if then or now else ())

    # --- moves ---

    def moves(self) -> tuple[list[Difference], int]:
        if self.old.moves is None or self.new.moves is None:
            return [], 0
        pairs, gone, fresh = _paired(self.old.moves, self.new.moves, (self._same_move, _alike_moves, _move_said))
        known = self.old.moves
        near = _Near([(move.words,) for move in known])
        again = [move for move in fresh if any(_repeats(move, known[n]) for n in near.to(move.words))]
        repeated = {id(move) for move in again if self.reports.came([move.report]) == ("new report",)}
        found = [self.move(was, now) for was, now in pairs if _as_told(was) != _as_told(now)]
        found += [self.move(None, move) for move in fresh if id(move) not in repeated]
        found += [self.move(move, None) for move in gone]
        return found, len(repeated)

    def _same_move(self, move: Move, *, old: bool) -> Hashable:
        return (self.reports.renamed(move.report) if old else move.report), _bare(move.words), _act(move)

    def move(self, was: Move | None, now: Move | None) -> Difference:
        kind: Kind = "came" if was is None else "went" if now is None else "changed"
        if was and now and (was.status, was.condition) == (now.status, now.condition):
            kind = "reworded"
        shown = now or was
        before = [Place(report=was.report, span=was.span, words=was.words)] if was else []
        after = [Place(report=now.report, span=now.span, words=now.words)] if now else []
        return Difference(
            subject="move", kind=kind, about=shown.act if shown else "", who=shown.actor if shown else (),
            before=_move_shown(was), after=_move_shown(now), causes=self.causes(before, after),
            told=(*_told("old", before), *_told("new", after)),
        )  # fmt: skip

    # --- findings ---

    def findings(self) -> Iterator[Difference]:
        pairs, gone, fresh = _paired(
            self.old.findings, self.new.findings, (self._same_finding, _alike_findings, _finding_said)
        )
        by_place = _by_place(gone, self.reports.renamed)
        for now in list(fresh):
            was = next((by_place[at] for at in _places(now.places, str) if at in by_place), None)
            if was is not None and was in gone:
                gone.remove(was)
                fresh.remove(now)
                pairs.append((was, now))
        for was, now in pairs:
            if _standing(was) != _standing(now):
                yield self.finding(was, now)
        # What one report alone tells is told among the moves and quotations; hundreds of lines would say it again.
        yield from (self.finding(None, now) for now in fresh if now.standing != "single")
        yield from (self.finding(was, None) for was in gone if was.standing != "single" or self._retracted(was))

    def _same_finding(self, finding: Finding, *, old: bool) -> Hashable:
        del old
        return finding.id

    def _retracted(self, finding: Finding) -> bool:
        return "text changed" in self.reports.went(place.report for place in finding.places)

    def finding(self, was: Finding | None, now: Finding | None) -> Difference:
        shown = now or was
        return Difference(
            subject="finding", kind="changed" if was and now else "came" if now else "went",
            about=shown.statement if shown else "", before=_standing(was), after=_standing(now),
            causes=self.causes(was.places if was else (), now.places if now else ()),
            told=self.told(was.places if was else (), now.places if now else ()),
        )  # fmt: skip

    # --- quotations ---

    def quotes(self) -> Iterator[Difference]:
        pairs, gone, fresh = _paired(self.old.quotes, self.new.quotes, (self._same_quote, _alike_quotes, _quote_said))
        for was, now in pairs:
            yield from self.versions(was, now)
        yield from (self.quote(None, now) for now in fresh)
        yield from (self.quote(was, None) for was in gone)

    def _same_quote(self, quote: Quote, *, old: bool) -> Hashable:
        del old
        return quote.id

    def versions(self, was: Quote, now: Quote) -> Iterator[Difference]:
        """What became of a quotation: who is named for it, and what each report makes of its words."""
        if was.speaker != now.speaker:
            yield self.quote(was, now, before=was.speaker or "nobody named", after=now.speaker or "nobody named")
        after = {v.report: v for v in reversed(now.variants)}
        for variant in {v.report: v for v in reversed(was.variants)}.values():
            here = after.get(self.reports.renamed(variant.report))
            if here is not None and _bare(variant.words or "") != _bare(here.words or ""):
                yield self.reworded(now, variant, here)
            elif here is None and self.reports.went([variant.report]) == ("text changed",):
                yield self.quote(Quote(id=was.id, speaker=was.speaker, variants=(variant,)), None)

    def reworded(self, quote: Quote, was: Variant, now: Variant) -> Difference:
        return Difference(
            subject="quotation", kind="reworded", about=now.words or "", who=(quote.speaker,) if quote.speaker else (),
            before=was.words or "", after=now.words or "", causes=self.reports.went([was.report]),
            told=(*_told("old", _quoted([was])), *_told("new", _quoted([now]))),
        )  # fmt: skip

    def quote(self, was: Quote | None, now: Quote | None, before: str = "", after: str = "") -> Difference:
        shown = now or was
        old, new = _quoted(was.variants if was else ()), _quoted(now.variants if now else ())
        return Difference(
            subject="quotation", kind="changed" if was and now else "came" if now else "went",
            about=(shown.variants[0].words or "") if shown else "",
            who=(shown.speaker,) if shown and shown.speaker else (), before=before, after=after,
            causes=self.causes(old, new), told=(*_told("old", old), *_told("new", new)),
        )  # fmt: skip


def _items(of: Snapshot) -> dict[tuple[str, ...], _Item]:
    found: dict[tuple[str, ...], _Item] = {}
    for offer in of.state.proposals:
        # As the state of play calls it: what nobody proposed is agreed to.
        called = "agreed" if offer.state == "accepted" and not offer.proposer else offer.state
        terms = [called, f"lasts {offer.duration}" if offer.duration else "", "in force" if offer.in_force else ""]
        value = ", ".join(filter(None, terms))
        answered = [place for answer in offer.answers for place in answer.evidence]
        found["proposal", offer.id] = _Item("proposal", offer.what, offer.proposer, value, (*offer.evidence, *answered))
        for answer in offer.answers:
            said = answer.answer + (f": {'; '.join(answer.conditions)}" if answer.conditions else "")
            places = answer.evidence or offer.evidence
            found["answer", offer.id, answer.party] = _Item("answer", offer.what, (answer.party,), said, places)
    for duty in of.state.commitments:
        due = f", by {duty.deadline}" if duty.deadline else ""
        value = duty.state + (f": {duty.antecedent}" if duty.antecedent else "") + due
        found["commitment", duty.id] = _Item("commitment", duty.consequent, duty.debtor, value, duty.evidence)
    for turn in of.state.whose_move:
        found["turn", turn.actor] = _Item(
            "turn", turn.actor, (turn.actor,), turn.why, turn.evidence, turn.reasons[0].basis if turn.reasons else ""
        )
    return found


def _paired(
    old: Iterable[T],
    new: Iterable[T],
    how: tuple[Callable[..., Hashable], Callable[[T, T], bool], Callable[[T], Sequence[str]]],
) -> tuple[list[tuple[T, T]], list[T], list[T]]:
    """Return what is in both, the same first and then what is alike in the same report; what went; and what came."""
    same, alike, said = how
    waiting: dict[Hashable, list[T]] = {}
    for item in new:
        waiting.setdefault(same(item, old=False), []).append(item)
    pairs, gone = [], []
    for item in old:
        there = waiting.get(same(item, old=True))
        if there:
            pairs.append((item, there.pop(0)))
        else:
            gone.append(item)
    fresh = [item for items in waiting.values() for item in items]
    near = _Near([said(item) for item in fresh])
    taken: set[int] = set()
    left = []
    for item in gone:
        match = next((n for n in near.to(said(item)[0]) if n not in taken and alike(item, fresh[n])), None)
        if match is None:
            left.append(item)
        else:
            taken.add(match)
            pairs.append((item, fresh[match]))
    return pairs, left, [item for number, item in enumerate(fresh) if number not in taken]


class _Near:
    """Finds what may be alike without comparing each with each (prefix filtering: Bayardo, Ma & Srikant, WWW 2007).

    Two sets of which half of the words are shared share one of the rarest words of either, so that only what has one
    of these has to be compared.

    Args:
        said: the tellings of each thing.
    """

    def __init__(self, said: Sequence[Sequence[str]]) -> None:
        self._at: dict[str, list[int]] = {}
        for number, tellings in enumerate(said):
            for word in {word for told in tellings for word in _words(told)}:
                self._at.setdefault(word, []).append(number)

    def to(self, told: str) -> list[int]:
        """Return the numbers of what may be alike, in their order."""
        words = sorted(_words(told), key=lambda word: (len(self._at.get(word, ())), word))
        rarest = words[: len(words) - math.ceil(_ALIKE * len(words)) + 1]
        return sorted({number for word in rarest for number in self._at.get(word, ())})


def _move_said(move: Move) -> Sequence[str]:
    return (move.words,)


def _finding_said(finding: Finding) -> Sequence[str]:
    return (finding.statement,)


def _quote_said(quote: Quote) -> Sequence[str]:
    return [variant.words or "" for variant in quote.variants]


def _alike_moves(one: Move, other: Move) -> bool:
    return one.report == other.report and _act(one) == _act(other) and _alike(one.words, other.words)


def _alike_findings(one: Finding, other: Finding) -> bool:
    return _bare(one.statement) == _bare(other.statement)


def _alike_quotes(one: Quote, other: Quote) -> bool:
    said = [v.words or "" for v in one.variants], [v.words or "" for v in other.variants]
    same_speaker = one.speaker == other.speaker or {v.report for v in one.variants} & {v.report for v in other.variants}
    return bool(same_speaker) and bool(said[0][0]) and any(_alike(said[0][0], words) for words in said[1])


def _alike(one: str, other: str) -> bool:
    ours, theirs = _words(one), _words(other)
    return bool(ours) and len(ours & theirs) >= _ALIKE * len(ours | theirs)


@lru_cache(maxsize=1 << 14)
def _words(told: str) -> frozenset[str]:
    # Each is compared with many.
    return frozenset(_bare(told).split())


def _bare(words: str) -> str:
    return " ".join(_WORD.findall(words.casefold()))


def _act(move: Move) -> tuple[str, tuple[str, ...]]:
    return move.act, tuple(sorted(move.actor))


def _repeats(move: Move, other: Move) -> bool:
    return _act(move) == _act(other) and _alike(move.words, other.words)


def _as_told(move: Move) -> tuple[str, str, str]:
    return move.status, _bare(move.condition or ""), _bare(move.words)


def _move_shown(move: Move | None) -> str:
    if move is None:
        return ""
    return move.status + (f", {' '.join(move.condition.split())}" if move.condition else "")


def _by_place(findings: Sequence[Finding], rename: Callable[[str], str]) -> dict[tuple[str, object], Finding]:
    return {at: finding for finding in reversed(findings) for at in _places(finding.places, rename)}


def _places(places: Iterable[Place], rename: Callable[[str], str]) -> Iterator[tuple[str, object]]:
    yield from ((rename(place.report), place.span) for place in places)


def _standing(finding: Finding | None) -> str:
    if finding is None:
        return ""
    told = f"{finding.standing}, {finding.origins} {'origin' if finding.origins == 1 else 'origins'}"
    sides = [side.value for side in finding.positions if side.value]
    return f"{told}: {' ≠ '.join(sides)}" if finding.standing == "disputed" and sides else told


def _quoted(variants: Iterable[Variant]) -> tuple[Place, ...]:
    return tuple(Place(report=v.report, span=v.span, words=v.words) for v in variants)


def _told(side: str, places: Iterable[Place]) -> Iterator[Told]:
    yield from (Told(side="old" if side == "old" else "new", place=place) for place in dict.fromkeys(places))
