"""The state of play: where every proposal and commitment stands, whose move it is, who holds what, and what comes next.

A pure function of (events, as of, sources): nothing is in it that no event tells, and what has no basis is left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from trucebook.agreement.commitments import CommitmentState, Ledger, ledger
from trucebook.agreement.conditions import leaves
from trucebook.agreement.facts import Facts, key
from trucebook.agreement.model import (
    AsLongAs,
    CommitmentStateName,
    Event,
    Happened,
    Happens,
    Made,
    reports,
)
from trucebook.agreement.plans import Planned, planned
from trucebook.agreement.positions import Position, positions
from trucebook.agreement.proposals import ProposalState, Told, proposals
from trucebook.agreement.turns import Turn, turns
from trucebook.agreement.waiting import Circle, Waiter, circles
from trucebook.agreement.when import Moment  # noqa: TC001  msgspec reads the annotation

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from trucebook.agreement.model import Condition


class CommitmentView(msgspec.Struct, frozen=True, kw_only=True):
    """One commitment, as all sources together tell it.

    Attributes:
        state: where it stands by the terms that most reports tell.
        versions: where it stands by each version of its terms, that one first.
        per_source: its state by what each report alone tells.
        disputed_condition: whether reports tell different conditions, or one tells none.
        contested: whether the versions stand differently, or something it depends on is told and denied.
    """

    state: CommitmentState
    versions: tuple[CommitmentState, ...]
    per_source: dict[str, CommitmentStateName] = {}
    disputed_condition: bool = False
    contested: bool = False


class StateOfPlay(msgspec.Struct, frozen=True, kw_only=True):
    """Where a negotiation stands.

    Attributes:
        as_of: the moment it speaks of.
        sources: the reports it is drawn from; None for all.
        proposals: the latest offered first.
        commitments: by id.
        positions: by actor and issue, the present stance with those before it.
        next: what is planned or falls due, the earliest first.
        whose_move: those who are to act, the plainest basis first.
        circles: commitments and answers that wait for each other.
    """

    as_of: Moment
    sources: tuple[str, ...] | None = None
    proposals: tuple[ProposalState, ...] = ()
    commitments: tuple[CommitmentView, ...] = ()
    positions: tuple[Position, ...] = ()
    next: tuple[Planned, ...] = ()
    whose_move: tuple[Turn, ...] = ()
    circles: tuple[Circle, ...] = ()


def play(events: Iterable[Event], as_of: Moment, sources: Iterable[str] | None = None) -> StateOfPlay:
    """Return the state of play.

    Args:
        events: everything told, in any order.
        as_of: the moment to speak of; what was learnt or happens later is left out.
        sources: ids of the reports to go by; None for all.
    """
    chosen = None if sources is None else tuple(sorted(set(sources)))
    told = told_by(events, chosen) if chosen is not None else list(events)
    known = [event for event in told if _known(event, as_of)]
    book = ledger(known, as_of)
    facts = Facts(known)
    facts.ripen(book.ripe)
    offered = proposals(Told(known, facts, book.ripe, book.answers_wait, as_of))
    views = _views(book, known, facts)
    return StateOfPlay(
        as_of=as_of,
        sources=chosen,
        proposals=offered,
        commitments=views,
        positions=positions(known, offered),
        next=planned(known, offered, [view.state for view in views], as_of),
        whose_move=turns(offered, [(view.state, view.contested) for view in views]),
        circles=_circles(book, offered, known),
    )


def told_by(events: Iterable[Event], sources: Iterable[str]) -> list[Event]:
    """Return the events that some reports tell, with the evidence of those reports alone."""
    chosen = set(sources)
    return [
        msgspec.structs.replace(event, evidence=tuple(c for c in event.evidence if c.report in chosen))
        for event in events
        if reports(event) & chosen
    ]


def _known(event: Event, as_of: Moment) -> bool:
    """Whether an event is known as of a moment: learnt by then, and if done, done by then."""
    learnt = event.learnt is None or event.learnt.first <= as_of
    return learnt and (event.status not in {"done", "denied"} or event.at <= as_of)


def _views(book: Ledger, events: Sequence[Event], facts: Facts) -> tuple[CommitmentView, ...]:
    by_id: dict[str, list[CommitmentState]] = {}
    for state in book.commitments:
        by_id.setdefault(key(state.commitment.id), []).append(state)
    per_source = _per_source(events, book.as_of)
    return tuple(_view(tuple(states), per_source.get(name, {}), facts) for name, states in by_id.items())


def _view(
    versions: tuple[CommitmentState, ...], per_source: dict[str, CommitmentStateName], facts: Facts
) -> CommitmentView:
    first = versions[0]
    shaky = facts.shaky(
        leaf for v in versions for leaf in _facts_asked(v.commitment.antecedent, v.commitment.consequent)
    )
    return CommitmentView(
        state=first,
        versions=versions,
        per_source=per_source,
        disputed_condition=len({version.commitment.antecedent for version in versions}) > 1,
        contested=shaky or len({version.state for version in versions}) > 1,
    )


def _facts_asked(*conditions: Condition | None) -> Iterable[Happens]:
    for condition in conditions:
        for leaf in leaves(condition):
            if isinstance(leaf, Happens):
                yield leaf
            elif isinstance(leaf, AsLongAs):
                yield leaf.of


def _per_source(events: Sequence[Event], as_of: Moment) -> dict[str, dict[str, CommitmentStateName]]:
    """Return the state of each commitment by what each report alone tells: by commitment, by report."""
    by_report: dict[str, list[Event]] = {}
    for event in events:
        for report in reports(event):
            by_report.setdefault(report, []).append(event)
    found: dict[str, dict[str, CommitmentStateName]] = {}
    for report in sorted(by_report):
        if any(isinstance(event.what, Made) for event in by_report[report]):
            for state in ledger(told_by(by_report[report], [report]), as_of).commitments:
                found.setdefault(key(state.commitment.id), {}).setdefault(report, state.state)
    return found


# --- who waits for whom ---


def _circles(book: Ledger, offered: Iterable[ProposalState], events: Iterable[Event]) -> tuple[Circle, ...]:
    """Return the deadlocks among conditional commitments and conditional answers."""
    waiters = [_waiter(state) for state in book.commitments if state.state == "conditional"]
    names = {key(offer.proposal.id) for offer in offered}
    answers = [e.what for e in events if e.id in book.answers_wait and isinstance(e.what, Happened)]
    waiters += [_answerer(answer) for answer in answers if key(answer.object or "") in names]
    still_open = {leaf for state in book.commitments for leaf in state.waits_for}
    still_open |= {leaf for waits in book.answers_wait.values() for leaf in waits}
    unique = {waiter.id: waiter for waiter in reversed(waiters)}
    return circles(list(unique.values())[::-1], lambda leaf: leaf not in still_open)


def _waiter(state: CommitmentState) -> Waiter:
    of = state.commitment
    gives = tuple(leaf for leaf in leaves(of.consequent) if isinstance(leaf, Happens))
    return Waiter(id=of.id, who=of.debtor, on=of.antecedent, gives=gives)


def _answerer(answer: Happened) -> Waiter:
    """Return a conditional acceptance as a waiter, who gives his acceptance."""
    gives = tuple(Happens(act="accept", actor=actor, object=answer.object) for actor in answer.actors)
    name = f"the answer of {' and '.join(answer.actors)} to {answer.object}"
    return Waiter(id=name, who=answer.actors, on=answer.condition, gives=gives)
