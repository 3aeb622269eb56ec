"""The state of play: as the objects of the contract's `state`, and as lines of text. It decides nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

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
    from collections.abc import Iterable, Iterator, Sequence

    from trucebook.agreement.check import Problem
    from trucebook.agreement.difference import Change
    from trucebook.agreement.gather import Found
    from trucebook.agreement.held import Departure, Filed
    from trucebook.agreement.lifecycle import Flag, Step
    from trucebook.agreement.model import Cited, Commitment, Condition
    from trucebook.agreement.plans import Planned
    from trucebook.agreement.positions import Position
    from trucebook.agreement.proposals import Answer, ProposalState
    from trucebook.agreement.state import CommitmentView, StateOfPlay
    from trucebook.agreement.suppose import Supposed
    from trucebook.agreement.turns import Turn

Json = dict[str, object]

#: How an agreement file and the reports part (`held.Departure.kind`), put behind what it is about.
PARTINGS: Final = {
    "differs": "",
    "not_told": ": no report tells it",
    "taken_out": ": is told by the reports, and was taken out of the file",
    "words_gone": ": these words do not stand where the file says",
}
_FLAGS: dict[Flag, str] = {
    "no_deadline": "no deadline: time alone cannot show it broken",
    "overdue": "past its deadline, and nothing tells that it was done; that is no finding",
    "late": "done after its deadline",
    "perhaps_late": "perhaps done after its deadline: when is not known exactly",
    "alleged_early": "a violation was alleged before it was due",
    "silent_end": "its term ran out and no violation stands; that is no proof that it was kept",
    "assent_pending": "an extension is proposed that not all parties have agreed to",
}


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
        "duration": of.duration, "extension": of.extension, "scope": of.scope,
        "start": of.start.value if of.start else None, "ends": offer.ends.value if offer.ends else None,
        "answer_by": of.answer_by.value if of.answer_by else None, "provisions": list(of.provisions),
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
        "conditional": plan.conditional, "evidence": _evidence(plan.evidence),
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


# --- lines of text ---


def play_text(play: StateOfPlay) -> str:
    """Return a state of play as text, one line a fact, without colour."""
    sections = (
        ("Proposals", [line for offer in play.proposals for line in _proposal_lines(offer)]),
        ("Commitments", [line for view in play.commitments for line in _commitment_lines(view)]),
        ("Whose move", [line for turn in play.whose_move for line in _turn_lines(turn)]),
        ("Waiting for each other", [f"  {', '.join(circle.members)}" for circle in play.circles]),
        ("Next", [_plan_line(plan) for plan in play.next]),
        ("Positions", [_position_line(position) for position in play.positions]),
    )
    head = f"As of {stamp(play.as_of) or 'no day told'}"
    if play.sources is not None:
        head += f", according to {', '.join(play.sources)}"
    told = [f"{title}\n" + "\n".join(lines) for title, lines in sections if lines]
    return "\n\n".join([head, *told]) + "\n"


def supposed_text(supposed: Supposed) -> str:
    """Return what would follow as text."""
    lines = [_change_line(change) for change in supposed.changes]
    head = f"If {', then '.join(supposed.what)}: by the conditions that were told"
    return "\n".join([head, *(lines or ["  nothing would change"])]) + "\n"


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


def asked_text(found: Found, departures: Sequence[Departure] | None = None) -> str:
    """Return what was asked of a case as text: what would follow, else what has changed, else the whole state.

    Args:
        found: what was asked.
        departures: where an agreement file and the reports part, which is said first; None where there is no file.
    """
    return _asked_text(found) if departures is None else f"{_departures_text(departures)}\n{_asked_text(found)}"


def _departures_text(departures: Sequence[Departure]) -> str:
    lines: list[str] = []
    for number, departure in enumerate(departures):
        again = number > 0 and departures[number - 1].place == departure.place
        lines += list(_departure_lines(departure))[1 if again else 0 :]
    return "\n".join(["Where the agreement file and the reports part", *(lines or ["  nowhere"])]) + "\n"


def _departure_lines(departure: Departure) -> Iterator[str]:
    yield f"  {departure.about} ({departure.place}){PARTINGS[departure.kind]}"
    if departure.kind == "differs":
        yield f"    {departure.field}: {departure.file or 'nothing'}, by the file"
        told = "; ".join(value or "nothing" for value in departure.reports)
        yield f"    {departure.field}: {told}, by the reports{_cites(departure.evidence)}"


def _asked_text(found: Found) -> str:
    if found.supposed is not None:
        return supposed_text(found.supposed)
    if found.changes is not None:
        lines = [_change_line(change) for change in found.changes]
        return "\n".join(["What has changed", *(lines or ["  nothing"])]) + "\n"
    return play_text(found.state)


def problem_line(problem: Problem) -> str:
    """Return a problem of an agreement file as one line."""
    return f"{problem.severity}: {problem.place}: {problem.reason}; {problem.remedy}"


def _proposal_lines(offer: ProposalState) -> Iterator[str]:
    of = offer.proposal
    force = ", in force" if offer.in_force else ""
    made = f"{_listed(of.proposers)}, {stamp(offer.since) or 'undated'}"
    yield f"  {of.what or of.id}: {_said(offer.state)}{force} ({made})"
    for name in ("duration", "extension", "scope"):
        if getattr(of, name):
            yield f"    {name}: {getattr(of, name)}"
    for name, values in offer.differing.items():
        yield f"    {name} differs: " + "; ".join(f"{value} ({', '.join(by)})" for value, by in values.items())
    for answer in offer.answers:
        conditions = f": {'; '.join(answer.if_says)}" if answer.if_says else ""
        met = {True: " (its condition is met)", False: " (its condition is not met)", None: ""}[answer.condition_met]
        yield f"    {answer.party}: {_said(answer.answer)}{conditions}{met}{_cites(answer.evidence)}"


def _commitment_lines(view: CommitmentView) -> Iterator[str]:
    state = view.state
    of = state.commitment
    stands = _said(state.state) + (", contested" if view.contested else "")
    yield f"  {_listed(of.debtor)} to {_listed(of.creditor)}: {of.says or phrase(of.consequent)}: {stands}"
    for version in view.versions:
        depends = antecedent(version.commitment)
        if depends is not None or view.disputed_condition:
            cites = _cites(version.evidence) if view.disputed_condition else ""
            yield f"    depends on: {depends or 'nothing'}{cites}"
    if state.deadline is not None:
        yield f"    {'by' if of.kind == 'achieve' else 'until'}: {state.deadline.value}"
    yield from (f"    {_FLAGS[flag]}" for flag in state.flags)
    for step in state.history[1:]:
        yield f"    {stamp(step.at) or 'undated'}: {_said(step.state)}: {step.why}{_cites(step.evidence)}"
    yield from (f"    without effect: {ignored.why}" for ignored in state.ignored)


def _turn_lines(turn: Turn) -> Iterator[str]:
    yield f"  {turn.actor}{' (contested)' if turn.contested else ''}"
    yield from (f"    {reason.why}{_cites(reason.evidence)}" for reason in turn.reasons)


def _plan_line(plan: Planned) -> str:
    who = f" ({', '.join(plan.who)})" if plan.who else ""
    condition = ", on a condition" if plan.conditional else ""
    return f"  {plan.when.value if plan.when else 'no time told'}: {plan.what}{who}{condition}{_cites(plan.evidence)}"


def _position_line(position: Position) -> str:
    stances = [(position.stance, position.since), *((s.stance, s.since) for s in position.earlier)]
    told = "; before: ".join(f"{_said(stance)} ({stamp(since) or 'undated'})" for stance, since in stances)
    return f"  {position.actor} on {position.issue}: {told}{_cites(position.evidence)}"


def _change_line(change: Change) -> str:
    if change.subject == "turn":
        return f"  {change.about}'s move: {change.after}" if change.after else f"  no longer {change.about}'s move"
    who = f"{', '.join(change.who)}: " if change.who else ""
    why = f" ({change.why})" if change.why else ""
    before, after = (_said(state) if state is not None else "none" for state in (change.before, change.after))
    return f"  {who}{change.about}: {before} -> {after}{why}"


def _said(name: str) -> str:
    words = {"accepted_if": "accepted on a condition", "accept_if": "accept on a condition"}
    return words.get(name, name).replace("accepted_if,", "accepted on a condition,").replace("_", " ")


def _listed(names: Sequence[str]) -> str:
    return " and ".join(names) or "nobody named"


def _cites(cited: Iterable[Cited]) -> str:
    names = list(dict.fromkeys(c.report for c in cited))
    return f" [{', '.join(names)}]" if names else ""
