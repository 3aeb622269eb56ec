"""Disputes: what one report or party tells and another contradicts, with all that is known to be on either side."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from trucebook.dossier.differences import Difference, Two, difference, level

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from trucebook.dossier.alignment import Pair, Thresholds
    from trucebook.dossier.features import Statement
    from trucebook.dossier.model import Level
    from trucebook.reading.model import Reading


class Dispute(NamedTuple):
    """Two sides of one thing.

    Attributes:
        what: what parts them.
        sides: indices of the statements on either side.
        chance: how likely they are of one thing.
        level: whether reports differ, or parties.
        shared: the words they share, the most telling first.
    """

    what: Difference
    sides: tuple[tuple[int, ...], tuple[int, ...]]
    chance: float
    level: Level
    shared: tuple[str, ...]


def find_disputes(
    every: Sequence[Statement], found: Sequence[Pair], readings: Mapping[str, Reading], thresholds: Thresholds
) -> tuple[list[Dispute], list[Dispute]]:
    """Return the disputes among pairs of statements, and what looks like one and is none; the likeliest first.

    Each statement is in one dispute of a kind at most: with the statement that it most surely contradicts.
    """
    parted = [
        (pair, what)
        for pair in found
        if _sure(pair, thresholds)
        and (what := difference(Two(every[pair.first], every[pair.second], pair, readings))) is not None
    ]
    real = _merged([(p, w) for p, w in parted if w.lookalike is None], every)
    alike = _merged([(p, w) for p, w in parted if w.lookalike is not None], every)
    return real, alike


# What the same head of both adds to the chance that two statements are of one thing, where so many words beside it are
# shared (in fifths) and no other doer or name: statements that contradict each other share less than those that agree.
_SAME_DEED, _PLAIN = 0.2, 0.4


def _sure(pair: Pair, thresholds: Thresholds) -> bool:
    of = pair.signals
    deed = of.same_head and of.plain >= _PLAIN and not (of.other_doer or of.strangers)
    return pair.chance + (_SAME_DEED if deed else 0.0) >= thresholds.opposed


def _merged(parted: Sequence[tuple[Pair, Difference]], every: Sequence[Statement]) -> list[Dispute]:
    """One dispute for all pairs that hang together by their sides: who says the one thing, and who the other."""
    against: dict[tuple[str, int], dict[int, Difference]] = defaultdict(dict)
    for pair, what in parted:
        against[what.kind, pair.first][pair.second] = what
        against[what.kind, pair.second][pair.first] = what._replace(values=what.values[::-1])
    taken: set[tuple[str, int]] = set()
    disputes = []
    for pair, what in parted:
        if (what.kind, pair.first) in taken or (what.kind, pair.second) in taken:
            continue
        # Whoever is contradicted by the same statement, in the same words, stands on the same side; nobody on both.
        left, right = (
            [i for i, w in against[what.kind, at].items() if (what.kind, i) not in taken and w.values == values]
            for at, values in ((pair.second, what.values[::-1]), (pair.first, what.values))
        )
        sides = (_ordered(pair.first, left), _ordered(pair.second, [i for i in right if i not in left]))
        taken.update((what.kind, i) for side in sides for i in side)
        disputes.append(Dispute(what, sides, pair.chance, level(every[pair.first], every[pair.second]), pair.shared))
    return disputes


def _ordered(first: int, others: Sequence[int]) -> tuple[int, ...]:
    return (first, *sorted(i for i in others if i != first))
