"""What changed between two states of play: offers, answers, commitments, moves, positions and plans."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeVar

import msgspec

from trucebook.agreement.facts import key
from trucebook.agreement.model import Cited  # noqa: TC001  msgspec reads the annotation
from trucebook.agreement.when import stamp

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from trucebook.agreement.commitments import CommitmentState
    from trucebook.agreement.plans import Planned
    from trucebook.agreement.positions import Position
    from trucebook.agreement.proposals import Answer, ProposalState
    from trucebook.agreement.state import CommitmentView, StateOfPlay
    from trucebook.agreement.turns import Turn

T = TypeVar("T")
Subject = Literal["proposal", "answer", "in_force", "commitment", "deadline", "turn", "position", "plan"]


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that is not as it was.

    Attributes:
        subject: what kind of thing it is.
        about: what it is about: the proposal or commitment in words, the actor, the issue.
        who: whose it is.
        before: as it was; None where it was not there.
        after: as it is; None where it is no longer there.
        why: what made it so, in words; empty where the events say it themselves.
        evidence: where that is told.
    """

    subject: Subject
    about: str
    who: tuple[str, ...] = ()
    before: str | None = None
    after: str | None = None
    why: str = ""
    evidence: tuple[Cited, ...] = ()


def difference(old: StateOfPlay, new: StateOfPlay) -> tuple[Change, ...]:
    """Return what changed from `old` to `new`: proposals, answers, commitments, moves, positions, plans, in this order.

    What is the same in both gives nothing, so the difference of a state with itself is empty.
    """
    return (
        *_proposals(old.proposals, new.proposals),
        *_commitments(old.commitments, new.commitments),
        *_turns(old.whose_move, new.whose_move),
        *_positions(old.positions, new.positions),
        *_plans(old.next, new.next),
    )


def _proposals(old: Iterable[ProposalState], new: Iterable[ProposalState]) -> Iterator[Change]:
    before, after = ({key(offer.proposal.id): offer for offer in offers} for offers in (old, new))
    for name in _both(before, after):
        was, now = before.get(name), after.get(name)
        shown = now or was
        if shown is None:
            continue
        about, who = shown.proposal.what or shown.proposal.id, shown.proposal.proposers
        states = (was.state if was else None, now.state if now else None)
        if states[0] != states[1]:
            yield Change(
                subject="proposal", about=about, who=who, before=states[0], after=states[1], evidence=shown.evidence
            )
        yield from _answers(about, was.answers if was else (), now.answers if now else ())
        if (was is not None and was.in_force) != (now is not None and now.in_force):
            yield _force(about, who, now)


def _force(about: str, who: tuple[str, ...], now: ProposalState | None) -> Change:
    running = now is not None and now.in_force
    why = "all have agreed, every condition is met and it has begun" if running else "it is over, or no longer agreed"
    before, after = ("not in force", "in force") if running else ("in force", "not in force")
    return Change(subject="in_force", about=about, who=who, before=before, after=after, why=why)


def _answers(about: str, old: Iterable[Answer], new: Iterable[Answer]) -> Iterator[Change]:
    before, after = ({key(answer.party): answer for answer in answers} for answers in (old, new))
    for name in _both(before, after):
        was, now = before.get(name), after.get(name)
        said = (_answer(was), _answer(now))
        shown = now or was
        if said[0] != said[1] and shown is not None:
            yield Change(
                subject="answer",
                about=about,
                who=(shown.party,),
                before=said[0],
                after=said[1],
                evidence=shown.evidence,
            )


def _answer(answer: Answer | None) -> str | None:
    if answer is None:
        return None
    return f"{answer.answer}, condition met" if answer.condition_met else answer.answer


def _commitments(old: Iterable[CommitmentView], new: Iterable[CommitmentView]) -> Iterator[Change]:
    before, after = ({key(view.state.commitment.id): view.state for view in views} for views in (old, new))
    for name in _both(before, after):
        was, now = before.get(name), after.get(name)
        shown = now or was
        if shown is None:
            continue
        about, who = shown.commitment.says or shown.commitment.id, shown.commitment.debtor
        states = (_state(was), _state(now))
        if states[0] != states[1]:
            why, evidence = _cause(was, now)
            yield Change(
                subject="commitment",
                about=about,
                who=who,
                before=states[0],
                after=states[1],
                why=why,
                evidence=evidence,
            )
        if was is not None and now is not None and was.deadline != now.deadline:
            dates = [state.deadline.value if state.deadline else None for state in (was, now)]
            yield Change(subject="deadline", about=about, who=who, before=dates[0], after=dates[1])


def _state(state: CommitmentState | None) -> str | None:
    if state is None:
        return None
    return f"{state.state}, overdue" if state.due == "overdue" else state.state


def _cause(was: CommitmentState | None, now: CommitmentState | None) -> tuple[str, tuple[Cited, ...]]:
    """Return the reason and evidence of what happened to a commitment since it was as it was."""
    if now is None:
        return "no longer told", ()
    steps = now.history[len(was.history) if was is not None else 0 :]
    if not steps:
        overdue = now.due == "overdue" and now.deadline is not None
        return (f"its deadline ({now.deadline.value}) has passed" if overdue and now.deadline else "", now.evidence)
    why = "; ".join(f"{step.why} ({stamp(step.at) or 'undated'})" for step in steps)
    return why, tuple(dict.fromkeys(cited for step in steps for cited in step.evidence))


def _turns(old: Iterable[Turn], new: Iterable[Turn]) -> Iterator[Change]:
    before, after = ({key(turn.actor): turn for turn in turns} for turns in (old, new))
    for name in _both(before, after):
        was, now = before.get(name), after.get(name)
        reasons = [tuple(reason.why for reason in turn.reasons) if turn else () for turn in (was, now)]
        shown = now or was
        if reasons[0] != reasons[1] and shown is not None:
            yield Change(
                subject="turn", about=shown.actor, who=(shown.actor,), before="; ".join(reasons[0]) or None,
                after="; ".join(reasons[1]) or None, evidence=shown.reasons[0].evidence,
            )  # fmt: skip


def _positions(old: Iterable[Position], new: Iterable[Position]) -> Iterator[Change]:
    before, after = ({(key(p.actor), key(p.issue)): p for p in taken} for taken in (old, new))
    for name in _both(before, after):
        was, now = before.get(name), after.get(name)
        stances = (was.stance if was else None, now.stance if now else None)
        shown = now or was
        if stances[0] != stances[1] and shown is not None:
            yield Change(
                subject="position", about=shown.issue, who=(shown.actor,), before=stances[0], after=stances[1],
                evidence=shown.evidence,
            )  # fmt: skip


def _plans(old: Iterable[Planned], new: Iterable[Planned]) -> Iterator[Change]:
    before, after = ({(key(plan.what), plan.who, plan.kind): plan for plan in plans} for plans in (old, new))
    for name in _both(before, after):
        was, now = before.get(name), after.get(name)
        times = (_time(was), _time(now))
        shown = now or was
        if times[0] != times[1] and shown is not None:
            yield Change(
                subject="plan",
                about=shown.what,
                who=shown.who,
                before=times[0],
                after=times[1],
                evidence=shown.evidence,
            )


def _time(plan: Planned | None) -> str | None:
    if plan is None:
        return None
    when = plan.when.value if plan.when is not None else "no time told"
    return f"{when}, on a condition" if plan.conditional else when


def _both(old: Mapping[T, object], new: Mapping[T, object]) -> Iterator[T]:
    """Yield the keys of the old in its order, then those that are new."""
    yield from dict.fromkeys((*old, *new))
