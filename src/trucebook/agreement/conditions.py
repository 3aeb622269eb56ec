"""What a condition comes to at a moment: it holds, it is open, or it can no longer hold (Kleene's three values).

The connectives are those of Cupid's event expressions (Chopra & Singh, AAAI 2015: and, or, exception, time windows),
without their relational algebra; the third value is what lets an antecedent *fail*, which expires a commitment. A
condition is a tree of data and is only ever walked, so nothing that a report says can be run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from trucebook.agreement.facts import OPEN, Standing
from trucebook.agreement.model import (
    After,
    AllOf,
    AnyOf,
    AsLongAs,
    Happens,
    InState,
    Reached,
    Together,
    Unless,
)
from trucebook.agreement.when import NEVER, later

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from trucebook.agreement.facts import Facts
    from trucebook.agreement.model import CommitmentStateName, Condition
    from trucebook.agreement.when import Moment

CLOSED: Final[frozenset[CommitmentStateName]] = frozenset({"fulfilled", "expired", "released", "terminated"})

Leaf = Happens | Reached | AsLongAs | Unless | InState | Together


class Stand(NamedTuple):
    """The state of a commitment at a moment.

    Attributes:
        state: its state.
        since: from when it is in it.
        because: ids of the events that put it there; empty where time alone did.
    """

    state: CommitmentStateName
    since: Moment
    because: tuple[str, ...] = ()


class World(Protocol):
    """What a condition is held against."""

    @property
    def facts(self) -> Facts:
        """What has happened."""

    @property
    def moment(self) -> Moment:
        """As of when."""

    def state_of(self, commitment: str) -> Stand | None:
        """Return how a commitment stands; None where nobody has made it."""

    def comes_together(self, commitment: str) -> bool:
        """Return whether a commitment is, or at this moment comes, into force."""


def evaluate(condition: Condition | None, world: World, not_before: Moment | None = None) -> Standing:
    """Return how a condition stands.

    Args:
        condition: what is asked; None is no condition and holds.
        world: what it is held against.
        not_before: earlier happenings do not count.
    """
    match condition:
        case None:
            return Standing("holds")
        case Happens():
            return world.facts.standing(condition, world.moment, not_before)
        case AllOf(parts=parts):
            return _all([evaluate(part, world, not_before) for part in parts])
        case AnyOf(parts=parts):
            return _any([evaluate(part, world, not_before) for part in parts])
        case Reached(time=time):
            return Standing("holds", time.begun) if world.moment >= time.begun else OPEN
        case After():
            return _after(condition, world, not_before)
        case AsLongAs(of=of):
            return world.facts.going_on(of, world.moment)
        case Unless():
            return _unless(condition, world)
        case InState():
            return _in_state(condition, world)
        case Together(commitment=other):
            return Standing("holds") if world.comes_together(other) else _in_state(InState(commitment=other), world)


def still(condition: Condition | None, world: World) -> bool:
    """Whether what has held once goes on holding.

    All does, but for answers that were changed, what has ended, what was denied afterwards, and what should not have
    happened. What another commitment was in, and what time brought, it has been.
    """
    match condition:
        case Happens() | AsLongAs():
            return evaluate(condition, world).value == "holds"
        case Unless(of=of):
            return world.facts.standing(of, world.moment).value != "holds"
        case AllOf(parts=parts):
            return all(still(part, world) for part in parts)
        case AnyOf(parts=parts):
            return any(still(part, world) for part in parts)
        case _:
            return True


def open_leaves(condition: Condition | None, world: World) -> tuple[Leaf, ...]:
    """Return what a condition that is open still waits for, in order; alternatives each."""
    match condition:
        case None:
            return ()
        case AllOf(parts=parts) | AnyOf(parts=parts):
            return tuple(leaf for part in parts for leaf in open_leaves(part, world))
        case After(of=of):
            return open_leaves(of, world)
        case _:
            return (condition,) if evaluate(condition, world).value == "open" else ()


def leaves(condition: Condition | None) -> Iterator[Leaf]:
    """Yield the simple conditions that a condition is made of, in order."""
    match condition:
        case None:
            return
        case AllOf(parts=parts) | AnyOf(parts=parts):
            for part in parts:
                yield from leaves(part)
        case After(of=of):
            yield from leaves(of)
        case _:
            yield condition


def moments(condition: Condition | None, world: World) -> Iterator[Moment]:
    """Yield the moments, past and to come, at which time alone may change how a condition stands."""
    match condition:
        case AllOf(parts=parts) | AnyOf(parts=parts):
            for part in parts:
                yield from moments(part, world)
        case Reached(time=begins):
            yield begins.begun
        case Happens(by=ends) | AsLongAs(of=Happens(by=ends)):
            yield from (ends.last,) if ends is not None else ()
        case Unless(of=Happens(by=ends), until=decided):
            yield from (time.last for time in (ends, decided) if time is not None)
        case After(of=of, wait=wait):
            yield from moments(of, world)
            held = evaluate(of, world)
            if held.value == "holds" and held.since is not None:
                yield later(held.since, wait)
        case _:
            return


def _all(parts: Sequence[Standing]) -> Standing:
    failed = [part for part in parts if part.value == "failed"]
    if failed:
        return failed[0]
    if any(part.value == "open" for part in parts):
        return OPEN
    moments_held = [part.since for part in parts if part.since is not None]
    return Standing("holds", max(moments_held, default=None), _causes(parts))


def _any(parts: Sequence[Standing]) -> Standing:
    held = [part for part in parts if part.value == "holds"]
    if held:
        # What comes together holds at no moment of its own, so it never takes the place of a part that does: a delay is
        # counted from that one, and a commitment that comes about does not thereby undo what brought it about.
        return min(held, key=lambda part: (part.since is None, part.since or NEVER))
    if any(part.value == "open" for part in parts):
        return OPEN
    return Standing(
        "failed", max((part.since for part in parts if part.since is not None), default=None), _causes(parts)
    )


def _causes(parts: Sequence[Standing]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(cause for part in parts for cause in part.because))


def _after(condition: After, world: World, not_before: Moment | None) -> Standing:
    of = evaluate(condition.of, world, not_before)
    if of.value != "holds":
        return of
    due = later(of.since, condition.wait) if of.since is not None else None
    if due is None or world.moment < due:
        return OPEN
    return Standing("holds", due, of.because)


def _unless(condition: Unless, world: World) -> Standing:
    of = world.facts.standing(condition.of, world.moment)
    if of.value == "holds":
        return Standing("failed", of.since, of.because)
    if of.value == "failed":
        return Standing("holds", of.since, of.because)
    if condition.until is None:
        return Standing("holds")
    return Standing("holds", condition.until.last) if world.moment >= condition.until.last else OPEN


def _in_state(condition: InState, world: World) -> Standing:
    stand = world.state_of(condition.commitment)
    if stand is None or (stand.state not in condition.states and stand.state not in CLOSED):
        return OPEN
    return Standing("holds" if stand.state in condition.states else "failed", stand.since, stand.because)
