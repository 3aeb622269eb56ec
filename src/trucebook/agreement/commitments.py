"""The commitment engine: events in, the states of all commitments out, as of a moment.

The result is a function of the *set* of events: they are put in order by the last moment at which each can have
happened, and what shares a moment is taken in a fixed order (facts, then powers by `lifecycle.RANK`, then what
follows). Asking as of an earlier moment is the same as leaving out what came later. This is Cupid's reading of
commitments as queries over events (Chopra & Singh, AAAI 2015), walked forward so that each change has its cause.

What follows is settled by a least fixed point: a commitment whose antecedent names another's state waits for it, and
two that wait for each other wait for ever (`trucebook.agreement.waiting` says so). `Together` alone is taken by a
greatest fixed
point: commitments that come into force only together do so as one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import msgspec

from trucebook.agreement.conditions import Leaf, Stand, evaluate, leaves, moments, open_leaves
from trucebook.agreement.facts import AGAINST, IMPLIES, Facts, key
from trucebook.agreement.lifecycle import (
    RANK,
    Due,
    Flag,
    Ignored,
    Life,
    Step,
    deadline,
    due_of,
    exercise,
    flags_of,
    target,
    why,
)
from trucebook.agreement.model import (
    AsLongAs,
    Cited,
    Commitment,
    CommitmentStateName,
    Exercised,
    Happened,
    Happens,
    Made,
    Together,
    Unless,
    Within,
)
from trucebook.agreement.when import NEVER, Moment, When

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from trucebook.agreement.model import Condition, Event

# In force: its debtor owes it, or has done it, or is charged with not having done it.
_IN_FORCE = frozenset({"detached", "fulfilled", "violated_alleged", "violated_found"})


class CommitmentState(msgspec.Struct, frozen=True, kw_only=True):
    """Where a commitment stands.

    Attributes:
        commitment: its terms.
        state: its state.
        since: from when it is in it.
        deadline: its deadline as it now is, extensions included.
        due: whether what is owed is due.
        flags: what a reader should know beside the state.
        waits_for: while it is conditional, what its antecedent still waits for; otherwise what is still owed.
        history: every change, in order, each with its cause.
        ignored: what was done about it without effect, and why.
        evidence: where it is told.
    """

    commitment: Commitment
    state: CommitmentStateName
    since: Moment
    deadline: When | None = None
    due: Due = "not_due"
    flags: tuple[Flag, ...] = ()
    waits_for: tuple[Leaf, ...] = ()
    history: tuple[Step, ...] = ()
    ignored: tuple[Ignored, ...] = ()
    evidence: tuple[Cited, ...] = ()


class Ledger(msgspec.Struct, frozen=True, kw_only=True):
    """All commitments as of a moment.

    Attributes:
        as_of: the moment.
        commitments: by id; a commitment that sources tell in different terms once for each, the best told first.
        ripe: conditional acceptances whose condition holds, by id of the event, with the moment it came to hold.
        answers_wait: the others whose condition is understood, with what it still waits for.
        ignored: what was done about commitments that nobody told of.
    """

    as_of: Moment
    commitments: tuple[CommitmentState, ...]
    ripe: dict[str, Moment] = {}
    answers_wait: dict[str, tuple[Leaf, ...]] = {}
    ignored: tuple[Ignored, ...] = ()

    def of(self, commitment: str) -> tuple[CommitmentState, ...]:
        """Return the states of the commitment of this id, one for each version of its terms."""
        return tuple(state for state in self.commitments if state.commitment.id == commitment)


def ledger(events: Iterable[Event], as_of: Moment) -> Ledger:
    """Return where all commitments stand.

    Args:
        events: everything that is told, in any order.
        as_of: the moment to ask for; what lies after it is left out.
    """
    book = _Book([event for event in events if event.at <= as_of])
    book.run(as_of)
    return book.close(as_of)


@dataclass(eq=False)
class _World:
    """What conditions are held against while the book settles (see `conditions.World`)."""

    facts: Facts
    moment: Moment
    stands: dict[str, Stand] = field(default_factory=dict)
    assumed: set[str] = field(default_factory=set)

    def state_of(self, commitment: str) -> Stand | None:
        return self.stands.get(key(commitment))

    def comes_together(self, commitment: str) -> bool:
        stand = self.state_of(commitment)
        return key(commitment) in self.assumed or (stand is not None and stand.state in _IN_FORCE)


class _Book:
    """The lives of all commitments, walked from moment to moment."""

    def __init__(self, events: Sequence[Event]) -> None:
        done = sorted((e for e in events if e.status == "done"), key=lambda e: e.order)
        self.events = {event.id: event for event in done}
        self.facts = Facts(events)
        self.lives = _lives(event for event in done if isinstance(event.what, Made))
        self.acceptances = [e for e in done if isinstance(e.what, Happened) and key(e.what.act) == "accept_if"]
        self.powers = [e for e in done if isinstance(e.what, Exercised)]
        self.ripe: dict[str, Moment] = {}
        self.ignored: list[Ignored] = []
        self.live: list[Life] = []
        self.moments = _moments(events, self._conditions(self.lives))
        self.world = _World(self.facts, NEVER)

    def run(self, as_of: Moment) -> None:
        """Walk through every moment at which something is told or time alone changes something."""
        at = 0
        now = self.moments[0] if self.moments else as_of
        while now <= as_of:
            self._at(now)
            while at < len(self.moments) and self.moments[at] <= now:
                at += 1
            told = self.moments[at] if at < len(self.moments) else NEVER
            following = min((told, *self._by_time(now)))
            if following == NEVER:
                break
            now = following

    def _at(self, now: Moment) -> None:
        self.world.moment = now
        told = (life for life in self.lives if life.made_at <= now)
        self.live = sorted(told, key=lambda life: _best_told(life, now))
        self._settle()
        here = [event for event in self.powers if event.at == now]
        for event in sorted(
            here, key=lambda e: (RANK[e.what.power], e.id) if isinstance(e.what, Exercised) else (0, "")
        ):
            self._exercise(event)
        if here:
            self._settle()

    def _exercise(self, event: Event) -> None:
        if not isinstance(event.what, Exercised):
            return
        of = [life for life in self.live if key(life.commitment.id) == key(event.what.commitment)]
        if not of:
            told = Ignored(
                event=event.id, at=event.at, why=f"no commitment {event.what.commitment!r} is told of by then"
            )
            self.ignored.append(told)
        for life in of:
            before = life.extended
            reason = exercise(life, event, event.what, self.world)
            if reason is not None:
                life.ignored.append(Ignored(event=event.id, at=event.at, why=reason))
            if life.extended != before:
                self._extended(life, event.what.to)

    def _extended(self, life: Life, to: When | None) -> None:
        if to is not None and life.stand is not None:
            causes = tuple(sorted(set(life.assents[to.value].values())))
            stand = Stand(life.stand.state, self.world.moment, causes)
            life.steps.append(self._step(stand, life.stand.state, f"extended to {to.value} by all parties"))

    def _settle(self) -> None:
        """Bring every commitment into the state that follows, the greatest set of those that come together first."""
        self.world.assumed = {key(life.commitment.id) for life in self.live if _comes_together(life)}
        while True:
            self.world.stands = _primary(self.live, {})
            found = self._follow()
            stands = _primary(self.live, found)
            kept = {name for name in self.world.assumed if stands[name].state in _IN_FORCE}
            if kept == self.world.assumed:
                break
            self.world.assumed = kept
        for number, life in enumerate(self.live):
            self._commit(life, *found[number])

    def _follow(self) -> dict[int, tuple[Stand, Moment | None]]:
        """Return the targets of all commitments once nothing changes any more (the least fixed point)."""
        found: dict[int, tuple[Stand, Moment | None]] = {}
        self._ripen()
        # Each round brings at least one commitment or answer to where it stays, so there are no more rounds than
        # those.
        for _ in range(len(self.live) + len(self.acceptances) + 1):
            following = {number: target(life, self.world) for number, life in enumerate(self.live)}
            self.world.stands = _primary(self.live, following)
            ripe = dict(self.ripe)
            self._ripen()
            if ripe == self.ripe and _states(following) == _states(found):
                break
            found = following
        return following if self.live else {}

    def _ripen(self) -> None:
        """Let conditional acceptances whose condition holds count; from scratch, for an answer may have changed."""
        ripe: dict[str, Moment] = {}
        self.facts.ripen(ripe)
        fresh = True
        while fresh:
            fresh = False
            for event in self.acceptances:
                since = self._since(event) if event.id not in ripe and event.at <= self.world.moment else None
                if since is not None:
                    ripe[event.id], fresh = since, True
            self.facts.ripen(ripe)
        self.ripe = ripe

    def _since(self, event: Event) -> Moment | None:
        if not isinstance(event.what, Happened) or event.what.condition is None:
            return None
        standing = evaluate(event.what.condition, self.world)
        return max(event.at, standing.since or event.at) if standing.value == "holds" else None

    def _commit(self, life: Life, stand: Stand, owed: Moment | None) -> None:
        was = life.stand.state if life.stand is not None else None
        life.owed_since = owed
        if stand.state != was:
            reason = why(life, stand, was)
            stand = Stand(stand.state, self.world.moment, _causes(life, stand, was, self.world.moment))
            life.stand = stand
            life.steps.append(self._step(stand, was, reason))

    def _step(self, stand: Stand, was: CommitmentStateName | None, reason: str) -> Step:
        evidence = tuple(c for event in stand.because if event in self.events for c in self.events[event].evidence)
        return Step(at=stand.since, was=was, state=stand.state, why=reason, events=stand.because, evidence=evidence)

    def _by_time(self, now: Moment) -> Iterator[Moment]:
        for condition in self._conditions(self.live):
            yield from (moment for moment in moments(condition, self.world) if moment > now)
        for life in self.live:
            end = deadline(life, self.world)
            if end is not None and end.last > now:
                yield end.last

    def _conditions(self, lives: Iterable[Life]) -> Iterator[Condition | None]:
        for life in lives:
            of = life.commitment
            yield of.antecedent
            yield of.consequent
            yield of.deadline.of if isinstance(of.deadline, Within) else None
        yield from (e.what.condition for e in self.acceptances if isinstance(e.what, Happened))

    def close(self, as_of: Moment) -> Ledger:
        """Return the result, as of a moment at or after the last that was walked to."""
        self.world.moment = as_of
        states = tuple(_state(life, self.world) for life in self.live)
        waiting = {e.id: e.what.condition for e in self.acceptances if isinstance(e.what, Happened)}
        waits = {i: open_leaves(c, self.world) for i, c in waiting.items() if c is not None and i not in self.ripe}
        return Ledger(as_of=as_of, commitments=states, ripe=self.ripe, answers_wait=waits, ignored=tuple(self.ignored))


def _lives(made: Iterable[Event]) -> list[Life]:
    """Return one life for each commitment and version of its terms."""
    versions: dict[tuple[object, ...], list[Event]] = {}
    for event in made:
        if isinstance(event.what, Made):
            versions.setdefault(_terms(event.what.commitment), []).append(event)
    return [Life(_commitment(told[0]), tuple(told), min(event.at for event in told)) for told in versions.values()]


def _commitment(event: Event) -> Commitment:
    if not isinstance(event.what, Made):
        raise TypeError(event.id)
    return event.what.commitment


def _terms(of: Commitment) -> tuple[object, ...]:
    """Return what makes two tellings of a commitment the same: its words aside, all of it."""
    return key(of.id), of.debtor, of.creditor, of.antecedent, of.consequent, of.deadline, of.kind


def _best_told(life: Life, moment: Moment) -> tuple[str, int, bool, Moment, object]:
    """Put the version that most reports have told by then first, and of equals the one with a condition.

    For a yes with an if is no yes.
    """
    told_by = {cited.report for event in life.made if event.at <= moment for cited in event.evidence}
    of = life.commitment
    return key(of.id), -len(told_by), of.antecedent is None, life.made_at, life.made[0].order


def _comes_together(life: Life) -> bool:
    return any(isinstance(leaf, Together) for leaf in leaves(life.commitment.antecedent))


def _primary(lives: Sequence[Life], found: Mapping[int, tuple[Stand, Moment | None]]) -> dict[str, Stand]:
    """Return how each commitment stands, by its best told version: as found, else as it stood before."""
    stands: dict[str, Stand] = {}
    for number, life in enumerate(lives):
        stand = found[number][0] if number in found else life.stand
        if stand is not None:
            stands.setdefault(key(life.commitment.id), stand)
    return stands


def _states(found: Mapping[int, tuple[Stand, Moment | None]]) -> dict[int, CommitmentStateName]:
    return {number: stand.state for number, (stand, _) in found.items()}


def _moments(events: Iterable[Event], asked: Iterable[Condition | None]) -> list[Moment]:
    """Return the moments at which something is told, or denied, that can change a state."""
    acts = {act for condition in asked for act in _acts(condition)}
    if "accept" in acts:
        acts |= {*IMPLIES, *AGAINST, "accept_if"}
    return sorted({event.at for event in events if _matters(event, acts)})


def _acts(condition: Condition | None) -> Iterator[str]:
    for leaf in leaves(condition):
        if isinstance(leaf, Happens):
            yield key(leaf.act)
        elif isinstance(leaf, AsLongAs | Unless):
            yield key(leaf.of.act)


def _matters(event: Event, acts: set[str]) -> bool:
    if isinstance(event.what, Happened):
        return event.status in {"done", "denied"} and key(event.what.act) in acts | {"accept_if"}
    return event.status == "done" and isinstance(event.what, Made | Exercised)


def _causes(life: Life, stand: Stand, was: CommitmentStateName | None, moment: Moment) -> tuple[str, ...]:
    """Return the events behind a change: the resumption where one was; for a new commitment, what made it, too."""
    if was == "suspended" and life.closed is None:
        return life.resumed
    made = tuple(event.id for event in life.made if event.at <= moment) if was is None else ()
    return tuple(dict.fromkeys((*made, *stand.because)))


def _state(life: Life, world: _World) -> CommitmentState:
    stand = life.stand or Stand("conditional", life.made_at)
    of = life.commitment
    owed = stand.state in {"detached", "violated_alleged", "violated_found"}
    return CommitmentState(
        commitment=of, state=stand.state, since=stand.since, deadline=deadline(life, world), due=due_of(life, world),
        flags=tuple(flags_of(life, world)),
        waits_for=open_leaves(of.consequent if owed else of.antecedent, world) if stand.state != "fulfilled" else (),
        history=tuple(life.steps), ignored=tuple(life.ignored),
        evidence=tuple(cited for event in life.made for cited in event.evidence),
    )  # fmt: skip
