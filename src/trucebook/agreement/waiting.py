"""Who waits for whom, and where everybody waits for everybody: deadlock over the graph of antecedents.

A conditional commitment, and a yes with an if, gives what it promises only once its condition holds. What nobody
gives on a condition, anybody may just do. So what *can move* is a least fixed point over an and-or graph (as in the
general model of distributed deadlock: Bracha & Toueg, 1987; Knapp, "Deadlock detection in distributed databases",
1987), and the circles among the rest are the deadlocks. Commitments that come into force together (`Together`) wait
for nobody to go first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from trucebook.agreement.conditions import leaves
from trucebook.agreement.facts import key, same
from trucebook.agreement.model import After, AllOf, AnyOf, AsLongAs, Condition, Happens, InState

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from trucebook.agreement.conditions import Leaf


class Waiter(msgspec.Struct, frozen=True, kw_only=True):
    """Something that is given on a condition.

    Attributes:
        id: of the commitment, or another name for a conditional answer.
        who: who gives it.
        on: the condition.
        gives: what will have happened when it is given.
    """

    id: str
    who: tuple[str, ...]
    on: Condition | None
    gives: tuple[Happens, ...] = ()


class Circle(msgspec.Struct, frozen=True, kw_only=True):
    """Waiters each of which waits for another of them, so that none can go first.

    Attributes:
        members: their ids, in order.
        who: everybody who waits.
        waits: which waits for which.
    """

    members: tuple[str, ...]
    who: tuple[str, ...]
    waits: tuple[tuple[str, str], ...]


def circles(waiters: Sequence[Waiter], holds: Callable[[Leaf], bool]) -> tuple[Circle, ...]:
    """Return the deadlocks among waiters.

    Args:
        waiters: what is given on conditions that do not hold (yet).
        holds: whether a simple condition holds already.
    """
    moving: set[str] = set()
    fresh = True
    while fresh:
        can = [w.id for w in waiters if w.id not in moving and _can_hold(w.on, waiters, moving, holds)]
        moving.update(can)
        fresh = bool(can)
    stuck = [waiter for waiter in waiters if waiter.id not in moving]
    edges = {waiter.id: _waits_for(waiter, stuck, holds) for waiter in stuck}
    reach = {start: _reach(start, edges) for start in edges}
    found = {frozenset(o for o in reach[one] if one in reach[o]) for one in edges if one in reach[one]}
    return tuple(_circle(sorted(members), stuck, edges) for members in sorted(found, key=sorted))


def givers(leaf: Leaf, waiters: Iterable[Waiter]) -> Iterator[Waiter]:
    """Yield the waiters who would make a simple condition true."""
    for waiter in waiters:
        if isinstance(leaf, InState):
            if same(leaf.commitment, waiter.id):
                yield waiter
        elif any(_gives(given, asked) for given in waiter.gives for asked in _asked(leaf)):
            yield waiter


def _asked(leaf: Leaf) -> tuple[Happens, ...]:
    if isinstance(leaf, AsLongAs):
        return (leaf.of,)
    return (leaf,) if isinstance(leaf, Happens) else ()


def _gives(given: Happens, asked: Happens) -> bool:
    if key(given.act) != key(asked.act):
        return False
    for mine, theirs in ((given.actor, asked.actor), (given.object, asked.object)):
        if theirs is not None and (mine is None or not same(mine, theirs)):
            return False
    return True


def _can_hold(
    condition: Condition | None, waiters: Sequence[Waiter], moving: set[str], holds: Callable[[Leaf], bool]
) -> bool:
    match condition:
        case None:
            return True
        case AllOf(parts=parts):
            return all(_can_hold(part, waiters, moving, holds) for part in parts)
        case AnyOf(parts=parts):
            return any(_can_hold(part, waiters, moving, holds) for part in parts)
        case After(of=of):
            return _can_hold(of, waiters, moving, holds)
        case Happens() | AsLongAs() | InState():
            giving = list(givers(condition, waiters))
            return not giving or holds(condition) or any(waiter.id in moving for waiter in giving)
        case _:
            return True


def _waits_for(waiter: Waiter, stuck: Sequence[Waiter], holds: Callable[[Leaf], bool]) -> tuple[str, ...]:
    asked = [leaf for leaf in leaves(waiter.on) if not holds(leaf)]
    return tuple(dict.fromkeys(other.id for leaf in asked for other in givers(leaf, stuck)))


def _reach(start: str, edges: Mapping[str, Sequence[str]]) -> set[str]:
    seen: set[str] = set()
    ahead = list(edges[start])
    while ahead:
        name = ahead.pop()
        if name not in seen:
            seen.add(name)
            ahead.extend(edges[name])
    return seen


def _circle(members: Sequence[str], stuck: Sequence[Waiter], edges: Mapping[str, Sequence[str]]) -> Circle:
    who = dict.fromkeys(name for waiter in stuck if waiter.id in members for name in waiter.who)
    waits = tuple((one, other) for one in members for other in edges[one] if other in members)
    return Circle(members=tuple(members), who=tuple(who), waits=waits)
