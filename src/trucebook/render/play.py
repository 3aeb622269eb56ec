"""The state of play as the objects of the contract's `state`, and conditions in words. It decides nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
from trucebook.agreement.when import stamp

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from trucebook.agreement.check import Problem
    from trucebook.agreement.difference import Change
    from trucebook.agreement.gather import Found
    from trucebook.agreement.held import Departure, Filed
    from trucebook.agreement.lifecycle import Step
    from trucebook.agreement.model import Cited, Commitment, Condition
    from trucebook.agreement.plans import Planned
    from trucebook.agreement.positions import Position
    from trucebook.agreement.proposals import Answer, ProposalState
    from trucebook.agreement.state import CommitmentView, StateOfPlay
    from trucebook.agreement.suppose import Supposed
    from trucebook.agreement.turns import Turn

Json = dict[str, object]


def state_object(play: StateOfPlay) -> Json:
    """Return a state of play as the object `state` of the contract."""
    return {
        "computed": True,
        "as_of": stamp(play.as_of),
        "according_to": list(play.sources) if play.sources is not None else None,
        "proposals": [_proposal(offer) for offer in play.proposals],
        "commitments": [_commitment(view) for view in play.commitments],
        "positions": [_position(position) for position in play.positions],
        "next": [_planned(plan) for plan in play.next],
        "whose_move": [_turn(turn) for turn in play.whose_move],
        "circles": [{"members": list(c.members), "who": list(c.who)} for c in play.circles],
    }


def supposed_object(supposed: Supposed) -> Json:
    """Return what would follow as a JSON object."""
    return {
        "what_if": list(supposed.what),
        "changes": [change_object(change) for change in supposed.changes],
        "before": state_object(supposed.before),
        "after": state_object(supposed.after),
    }


def change_object(change: Change) -> Json:
    """Return one difference of two states of play as a JSON object."""
    return {
        "subject": change.subject, "about": change.about, "who": list(change.who), "before": change.before,
        "after": change.after, "why": change.why, "evidence": _evidence(change.evidence),
    }  # fmt: skip


def filed_object(filed: Filed) -> Json:
    """Return an agreement file laid beside the reports as a JSON object: its name, and where they part."""
    return {"name": filed.name, "departures": [departure_object(departure) for departure in filed.departures]}


def departure_object(departure: Departure) -> Json:
    """Return a place where an agreement file and the reports part as a JSON object."""
    return {
        "kind": departure.kind, "place": departure.place, "about": departure.about, "field": departure.field,
        "file": departure.file, "reports": list(departure.reports), "evidence": _evidence(departure.evidence),
    }  # fmt: skip


def asked_object(found: Found, departures: Sequence[Departure] | None = None) -> Json:
    """Return what was asked of a case as a JSON object: its state, and beside it what would follow or has changed."""
    more: Json = {}
    if found.supposed is not None:
        more["what_if"] = supposed_object(found.supposed)
    if found.changes is not None:
        more["changes"] = [change_object(change) for change in found.changes]
    if departures is not None:
        more["departures"] = [departure_object(departure) for departure in departures]
    return {"state": state_object(found.state), **more}


def problem_object(problem: Problem) -> Json:
    """Return a problem of an agreement file as a JSON object."""
    return {
        "severity": problem.severity, "place": problem.place, "reason": problem.reason, "remedy": problem.remedy,
    }  # fmt: skip


def _proposal(offer: ProposalState) -> Json:
    of = offer.proposal
    return {
        "id": of.id, "what": of.what, "state": offer.state, "proposer": list(of.proposers),
        "parties": {answer.party: answer.answer for answer in offer.answers},
        "answers": [_answer(answer) for answer in offer.answers],
        "condition": of.if_says or None, "duration": of.duration, "extension": of.extension, "scope": of.scope,
        "start": of.start.value if of.start else None, "ends": offer.ends.value if offer.ends else None,
        "answer_by": of.answer_by.value if of.answer_by else None, "provisions": list(of.provisions),
        "perhaps": list(offer.perhaps),
        "approvals": [
            {"who": list(a.who), "body": a.body or None, "says": a.says, "evidence": _evidence(a.evidence)}
            for a in offer.approvals
        ],
        "replaces": of.replaces, "differing": offer.differing, "in_force": offer.in_force,
        "since": stamp(offer.since), "evidence": _evidence(offer.evidence),
    }  # fmt: skip


def _answer(answer: Answer) -> Json:
    return {
        "party": answer.party, "answer": answer.answer, "since": stamp(answer.since) if answer.since else None,
        "conditions": list(answer.if_says), "condition_met": answer.condition_met, "per_source": answer.per_source,
        "evidence": _evidence(answer.evidence),
    }  # fmt: skip


def _commitment(view: CommitmentView) -> Json:
    state = view.state
    of = state.commitment
    return {
        "id": of.id, "debtor": list(of.debtor), "creditor": list(of.creditor), "antecedent": antecedent(of),
        "consequent": of.says or phrase(of.consequent), "kind": of.kind,
        "deadline": state.deadline.value if state.deadline else None, "state": state.state,
        "since": stamp(state.since), "due": state.due, "flags": list(state.flags),
        "waits_for": [phrase(leaf) for leaf in state.waits_for], "contested": view.contested,
        "disputed_condition": view.disputed_condition,
        "antecedents": [
            {"antecedent": antecedent(v.commitment), "state": v.state, "evidence": _evidence(v.evidence)}
            for v in view.versions
        ],
        "per_source": view.per_source, "history": [_step(step) for step in state.history],
        "ignored": [{"why": ignored.why, "at": stamp(ignored.at)} for ignored in state.ignored],
        "evidence": _evidence(dict.fromkeys(c for version in view.versions for c in version.evidence)),
    }  # fmt: skip


def _step(step: Step) -> Json:
    change = {"at": stamp(step.at), "was": step.was, "state": step.state, "why": step.why}
    return {**change, "evidence": _evidence(step.evidence)}


def _position(position: Position) -> Json:
    return {
        "actor": position.actor, "issue": position.issue, "stance": position.stance, "since": stamp(position.since),
        "evidence": _evidence(position.evidence),
        "earlier": [
            {"stance": s.stance, "since": stamp(s.since), "evidence": _evidence(s.evidence)} for s in position.earlier
        ],
    }  # fmt: skip


def _planned(plan: Planned) -> Json:
    return {
        "what": plan.what, "who": list(plan.who), "when": plan.when.value if plan.when else None, "kind": plan.kind,
        "conditional": plan.conditional, "condition": plan.if_says or None, "evidence": _evidence(plan.evidence),
    }  # fmt: skip


def _turn(turn: Turn) -> Json:
    return {
        "actor": turn.actor, "why": turn.reasons[0].why, "contested": turn.contested,
        "evidence": _evidence(turn.reasons[0].evidence),
        "reasons": [
            {
                "basis": reason.basis, "about": reason.about, "why": reason.why, "contested": reason.contested,
                "evidence": _evidence(reason.evidence),
            }
            for reason in turn.reasons
        ],
    }  # fmt: skip


def _evidence(cited: Iterable[Cited]) -> list[Json]:
    return [{"report": c.report, "span": list(c.span) if c.span is not None else None, "words": c.words} for c in cited]


# --- conditions in words ---


def antecedent(of: Commitment) -> str | None:
    """Return on what a commitment depends: in the words of its source where they are known; None where on nothing."""
    return of.if_says or (phrase(of.antecedent) if of.antecedent is not None else None)


def phrase(condition: Condition) -> str:
    """Return a condition in words."""
    match condition:
        case Happens():
            return _act(condition)
        case AllOf(parts=parts):
            return "; and ".join(map(phrase, parts)) or "nothing"
        case AnyOf(parts=parts):
            return "; or ".join(map(phrase, parts)) or "what cannot be"
        case Reached(time=time):
            return f"{time.value} has come"
        case After(of=of, wait=wait):
            return f"{wait} after: {phrase(of)}"
        case AsLongAs(of=of):
            return f"as long as: {_act(of)}"
        case Unless(of=of):
            return f"unless: {_act(of)}"
        case InState(commitment=other, states=states):
            return f"{other} is {' or '.join(states)}"
        case Together(commitment=other):
            return f"together with {other}"


def _act(of: Happens) -> str:
    words = " ".join(filter(None, (of.act, of.object)))
    return f"{of.actor or 'anybody'}: {words}" + (f" (by {of.by.value})" if of.by is not None else "")
