"""The life of one commitment: the state that follows from what holds, the powers over it, its deadline.

States and names are those of Singh and of Telang & Singh ("Specifying and verifying cross-organizational business
models", 2012): conditional, detached, fulfilled (their *satisfied*), expired, terminated, with suspension (their
*pending*) kept over any of them as in Symboleo (RE 2020), where a suspended obligation runs neither into fulfilment
nor into violation until it is resumed. Three things are ours, and owed to the material:

- a violation is *alleged* or *found* by somebody, never concluded from silence: past its deadline a commitment is
  overdue, which is a flag and no state, for no report is not no performance;
- a commitment may *expire* because an offer was refused and come back when it is accepted after all, since an answer
  can be changed (in the literature expiry is final);
- to fulfil a commitment after a violation was alleged or found leaves both in its history; El Kholy et al.
  ("Conditional commitments: reasoning and model checking", TOSEM 2014) likewise let fulfilment follow, and the flag
  `late` says it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

import msgspec

from trucebook.agreement.conditions import CLOSED, Stand, evaluate, still
from trucebook.agreement.facts import Standing, key
from trucebook.agreement.model import By, Cited, Commitment, CommitmentStateName
from trucebook.agreement.when import Moment, When, later, until

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from trucebook.agreement.conditions import World
    from trucebook.agreement.model import Event, Exercised, Power

Due = Literal["not_due", "due", "overdue", "no_deadline"]
Flag = Literal["no_deadline", "overdue", "late", "perhaps_late", "alleged_early", "silent_end", "assent_pending"]

_States = frozenset[CommitmentStateName]
_ENDS: Final[_States] = frozenset({"released", "terminated"})
_CHARGED: Final[_States] = frozenset({"violated_alleged", "violated_found"})
_OWED: Final[_States] = _CHARGED | {"detached"}
_OPEN: Final[_States] = _OWED | {"conditional", "fulfilled", "expired"}
#: Every transition that the engine makes. A commitment comes into being (None) conditional or detached, but a source
#: may tell of it so late that more has happened by then. What counted as done may be denied afterwards. Nothing leaves
#: `released` and `terminated`.
LEGAL: Final[Mapping[CommitmentStateName | None, _States]] = {
    None: _OPEN - _CHARGED,
    "conditional": _ENDS | {"detached", "fulfilled", "expired", "suspended"},
    "detached": _ENDS | _CHARGED | {"conditional", "fulfilled", "expired", "suspended"},
    "violated_alleged": _ENDS | {"violated_found", "detached", "conditional", "fulfilled", "expired", "suspended"},
    "violated_found": _ENDS | {"violated_alleged", "detached", "conditional", "fulfilled", "expired", "suspended"},
    "suspended": _ENDS | _OPEN,
    "fulfilled": _CHARGED | {"detached", "conditional", "expired"},
    "expired": frozenset({"conditional", "detached", "fulfilled"}),
    "released": frozenset(),
    "terminated": frozenset(),
}


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One change of a commitment.

    Attributes:
        at: the moment by which it is certain.
        was: state before; None before it was made.
        state: state after; the same as before where only the deadline changed.
        why: the reason, in words.
        events: ids of the events that caused it; empty where time alone did.
        evidence: where those events are told.
    """

    at: Moment
    was: CommitmentStateName | None
    state: CommitmentStateName
    why: str
    events: tuple[str, ...] = ()
    evidence: tuple[Cited, ...] = ()


class Ignored(msgspec.Struct, frozen=True, kw_only=True):
    """An event that could have no effect, kept with the reason.

    Attributes:
        event: its id.
        at: when.
        why: the reason, in words.
    """

    event: str
    at: Moment
    why: str


@dataclass(eq=False)
class Life:
    """One commitment on its way through the events; `commitments.ledger` alone changes it."""

    commitment: Commitment
    made: tuple[Event, ...]
    made_at: Moment
    stand: Stand | None = None
    owed_since: Moment | None = None
    suspended: tuple[str, ...] = ()
    resumed: tuple[str, ...] = ()
    closed: Stand | None = None
    extended: When | None = None
    assents: dict[str, dict[str, str]] = field(default_factory=dict)
    leaving: dict[Power, dict[str, str]] = field(default_factory=dict)
    charges: dict[str, Event] = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)
    ignored: list[Ignored] = field(default_factory=list)


def deadline(life: Life, world: World) -> When | None:
    """Return the deadline of a commitment, extensions included; None where it has none, or none yet."""
    due = life.commitment.deadline
    if life.extended is not None or due is None:
        return life.extended
    if isinstance(due, By):
        return due.time
    since = life.owed_since
    if due.of is not None:
        start = evaluate(due.of, world)
        since = start.since if start.value == "holds" else None
    return None if since is None else until(later(since, due.duration))


def target(life: Life, world: World) -> tuple[Stand, Moment | None]:
    """Return the state that follows from what holds, and since when the commitment is owed."""
    if life.closed is not None:
        return life.closed, life.owed_since
    if life.suspended:
        return Stand("suspended", world.moment, life.suspended), life.owed_since
    antecedent = evaluate(life.commitment.antecedent, world)
    owed = _owed(life, antecedent, world)
    done, charge = _done(life, owed, world), _charge(life, owed, world)
    keeping = life.commitment.kind == "maintain"
    if charge is not None and (keeping or done.since is None or charge.at > done.since):
        return Stand(_violation(charge), charge.at, (charge.id,)), owed
    if done.value == "holds":
        return Stand("fulfilled", done.since or world.moment, done.because), owed
    if owed is not None:
        return Stand("detached", owed, antecedent.because), owed
    if antecedent.value == "failed":
        return Stand("expired", antecedent.since or world.moment, antecedent.because), owed
    return Stand("conditional", world.moment, antecedent.because), owed


def _owed(life: Life, antecedent: Standing, world: World) -> Moment | None:
    if life.owed_since is None:
        return world.moment if antecedent.value == "holds" else None
    return life.owed_since if still(life.commitment.antecedent, world) else None


def _done(life: Life, owed: Moment | None, world: World) -> Standing:
    """Return whether the consequent holds: what is to be maintained is done when its time is over."""
    if life.commitment.kind == "achieve":
        return evaluate(life.commitment.consequent, world, life.made_at)
    end = deadline(life, world) if owed is not None else None
    return Standing("holds", end.last) if end is not None and world.moment >= end.last else Standing("open")


def _charge(life: Life, owed: Moment | None, world: World) -> Event | None:
    """Return the violation that counts: found before alleged, the latest of each; None where none does (yet)."""
    due = deadline(life, world)
    passed = life.commitment.kind == "maintain" or due is None or world.moment >= due.last
    if owed is None or not passed:
        return None
    return max(life.charges.values(), key=lambda e: (_violation(e) == "violated_found", e.at, e.id), default=None)


def _violation(charge: Event) -> CommitmentStateName:
    return "violated_found" if _power(charge).power == "find" else "violated_alleged"


def _power(event: Event) -> Exercised:
    return event.what  # type: ignore[return-value]  # only exercised powers are kept as charges


# --- powers ---


def exercise(life: Life, event: Event, what: Exercised, world: World) -> str | None:
    """Let somebody exercise a power over a commitment.

    Returns:
        Why it has no effect; None where it has.
    """
    state = life.stand.state if life.stand is not None else "conditional"
    if life.closed is not None:
        return f"it was {state} by then"
    if state in CLOSED and (what.power not in _OF_CHARGES or state == "expired"):
        return f"it was {state} by then"
    return _POWERS[what.power](life, event, what, world)


def _release(life: Life, event: Event, what: Exercised, world: World) -> str | None:
    return _let_go(life, event, what, Stand("released", world.moment), life.commitment.creditor)


def _cancel(life: Life, event: Event, what: Exercised, world: World) -> str | None:
    if life.owed_since is not None:
        return "it was owed by then, and only the creditor can release it"
    return _let_go(life, event, what, Stand("terminated", world.moment), life.commitment.debtor)


def _terminate(life: Life, event: Event, what: Exercised, world: World) -> str | None:
    if not what.actors:  # the agreement ends of itself, by its own clause or its time
        life.closed = Stand("terminated", world.moment, (event.id,))
        return None
    return _let_go(life, event, what, Stand("terminated", world.moment), tuple(sorted(life.commitment.parties)))


def _let_go(life: Life, event: Event, what: Exercised, end: Stand, needed: tuple[str, ...]) -> str | None:
    """Note who of those needed lets go, and close the commitment when all have; say why where nobody of them does."""
    names = {key(name): name for name in needed}
    here = {names[key(actor)]: event.id for actor in what.actors if key(actor) in names}
    if not here:
        return f"only {_listed(needed)} can {what.power} it"
    so_far = life.leaving.setdefault(what.power, {})
    so_far.update(here)
    if set(so_far) == set(needed):
        life.closed = Stand(end.state, end.since, tuple(sorted(set(so_far.values()))))
    return None


def _suspend(life: Life, event: Event, _what: Exercised, _world: World) -> str | None:
    if life.suspended:
        return "it was suspended already"
    life.suspended = (event.id,)
    return None


def _resume(life: Life, event: Event, _what: Exercised, _world: World) -> str | None:
    if not life.suspended:
        return "it was not suspended"
    life.suspended, life.resumed = (), (event.id,)
    return None


def _extend(life: Life, event: Event, what: Exercised, world: World) -> str | None:
    now = deadline(life, world)
    if what.to is None:
        return "it does not say until when"
    if now is not None and what.to.last <= now.last:
        return f"{what.to.value} is not later than {now.value}"
    names = {key(name): name for name in life.commitment.parties}
    assent = {names[key(actor)]: event.id for actor in what.actors if key(actor) in names}
    if not assent:
        return f"only {_listed(sorted(life.commitment.parties))} can extend it, together"
    agreed = life.assents.setdefault(what.to.value, {})
    agreed.update(assent)
    if set(agreed) == life.commitment.parties:
        life.extended = what.to
    return None


def _accuse(life: Life, event: Event, _what: Exercised, world: World) -> str | None:
    end = deadline(life, world) if life.commitment.kind == "maintain" else None
    if life.owed_since is None:
        return "nothing was owed by then, for its condition did not hold"
    if end is not None and event.span.first >= end.last:
        return f"its term was over ({end.value})"
    life.charges[event.id] = event
    return None


def _take_back(life: Life, _event: Event, what: Exercised, _world: World) -> str | None:
    actors = {*map(key, what.actors)}
    theirs = [
        charge.id for charge in life.charges.values()
        if (what.of in {None, charge.id}) and actors & {*map(key, _power(charge).actors)}
    ]  # fmt: skip
    for charge in theirs:
        del life.charges[charge]
    return None if theirs else "there was nothing of theirs to take back"


_OF_CHARGES: Final[frozenset[Power]] = frozenset({"allege", "find", "take_back"})
_POWERS: Final[Mapping[Power, Callable[[Life, Event, Exercised, World], str | None]]] = {
    "release": _release, "cancel": _cancel, "terminate": _terminate, "suspend": _suspend, "resume": _resume,
    "extend": _extend, "allege": _accuse, "find": _accuse, "take_back": _take_back,
}  # fmt: skip
_IN_ORDER: Final[tuple[Power, ...]] = (
    "extend", "suspend", "resume", "allege", "find", "take_back", "release", "cancel", "terminate",
)  # fmt: skip
#: What is exercised at one moment is taken in this order, so that the order it is told in does not matter.
RANK: Final[Mapping[Power, int]] = {power: rank for rank, power in enumerate(_IN_ORDER)}


# --- what to say of it ---


def due_of(life: Life, world: World) -> Due:
    """Return whether what is owed is due: not yet, now, or past its deadline."""
    end = deadline(life, world)
    if life.owed_since is None:
        return "not_due"
    if end is None:
        return "no_deadline"
    open_still = life.stand is not None and life.stand.state in _OWED
    return "overdue" if open_still and life.commitment.kind == "achieve" and world.moment >= end.last else "due"


def flags_of(life: Life, world: World) -> Iterable[Flag]:
    """Yield what a reader should know beside the state."""
    end, state = deadline(life, world), life.stand.state if life.stand else None
    if life.commitment.deadline is None and life.extended is None:
        yield "no_deadline"
    if due_of(life, world) == "overdue":
        yield "overdue"
    if life.charges and state in {"detached", "fulfilled"}:
        yield "alleged_early"
    if any(set(agreed) != life.commitment.parties for agreed in life.assents.values()) and life.extended is None:
        yield "assent_pending"
    if state == "fulfilled" and end is not None:
        yield from _timing(life, end, world)


def _timing(life: Life, end: When, world: World) -> Iterable[Flag]:
    if life.commitment.kind == "maintain":
        yield "silent_end"
        return
    done = _done(life, life.owed_since, world)
    if done.since is not None and done.since >= end.last:
        surely = all(world.facts.earliest(event) >= end.last for event in done.because)
        yield "late" if surely else "perhaps_late"


def why(life: Life, stand: Stand, was: CommitmentStateName | None) -> str:
    """Return why a commitment came into a state, in words."""
    if was == "suspended" and stand.state not in _ENDS:
        return "resumed"
    if was == "fulfilled" and stand.state not in _CHARGED:
        return "what counted as done is denied"
    if was == "expired":
        return "its condition can hold again" if stand.state == "conditional" else "its condition holds after all"
    if stand.state == "conditional":
        return "made" if was is None else "its condition no longer holds, or the charge was taken back"
    if stand.state == "detached":
        return _why_owed(life, was)
    if stand.state == "fulfilled" and life.commitment.kind == "maintain":
        return "its term is over, and no violation stands"
    return _WHY[stand.state]


def _why_owed(life: Life, was: CommitmentStateName | None) -> str:
    if was in _CHARGED:
        return "the charge was taken back"
    return "its condition holds" if life.commitment.antecedent is not None else "made without a condition"


_WHY: Final[Mapping[CommitmentStateName, str]] = {
    "fulfilled": "what was owed has happened",
    "expired": "its condition can no longer hold",
    "violated_alleged": "a violation is alleged",
    "violated_found": "a violation was found",
    "released": "released by its creditor",
    "terminated": "cancelled or ended",
    "suspended": "suspended",
}


def _listed(names: Iterable[str]) -> str:
    return " and ".join(names) or "nobody"
