"""What is to come: what somebody plans, what falls due, when a truce begins and ends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec

from trucebook.agreement.facts import key
from trucebook.agreement.model import Cited, Happened
from trucebook.agreement.turns import ON_THE_TABLE
from trucebook.agreement.when import NEVER, Moment, When

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from trucebook.agreement.commitments import CommitmentState
    from trucebook.agreement.model import Event
    from trucebook.agreement.proposals import ProposalState

PlanKind = Literal["planned", "answer_due", "deadline", "start", "end"]


class Planned(msgspec.Struct, frozen=True, kw_only=True):
    """Something that is to come.

    Attributes:
        what: it in words.
        who: by whom.
        when: when; None where nobody says.
        kind: somebody plans it; an answer or a performance falls due; or a truce begins or ends.
        conditional: whether it depends on something.
        if_says: on what, in the words of the source; empty where that is not known.
        evidence: where it is told.
    """

    what: str
    who: tuple[str, ...] = ()
    when: When | None = None
    kind: PlanKind = "planned"
    conditional: bool = False
    if_says: str = ""
    evidence: tuple[Cited, ...] = ()


def planned(
    events: Iterable[Event], offered: Iterable[ProposalState], committed: Iterable[CommitmentState], now: Moment
) -> tuple[Planned, ...]:
    """Return what is planned or falls due, the earliest first and what has no time last."""
    found: dict[tuple[object, ...], Planned] = {}
    everything = [
        *(plan for event in events for plan in _plans(event)),
        *(date for offer in offered for date in _dates(offer)),
        *(due for state in committed for due in _dues(state)),
    ]
    for plan in everything:
        if plan.when is not None and plan.when.closing < now and plan.when.last <= now:
            continue
        at = (key(plan.what), plan.who, plan.when, plan.kind)
        before = found.get(at)
        evidence = plan.evidence if before is None else tuple(dict.fromkeys((*before.evidence, *plan.evidence)))
        found[at] = msgspec.structs.replace(plan, evidence=evidence)
    # What falls due is not told a second time as planned.
    due = {(key(p.what), p.who) for p in found.values() if p.kind == "deadline"}
    once = [p for p in found.values() if p.kind != "planned" or (key(p.what), p.who) not in due]
    once = [p for p in once if not any(_holds(other, p) for other in once)]
    return tuple(sorted(once, key=lambda p: (p.when.first if p.when else NEVER, p.what, p.who)))


def _holds(longer: Planned, plan: Planned) -> bool:
    """Whether one plan tells another one in more words ("warned that it would leave", "it would leave")."""
    same = longer.who == plan.who and longer.when == plan.when and longer.kind == plan.kind == "planned"
    reports = {c.report for c in longer.evidence}
    inside = key(plan.what) in key(longer.what) and len(plan.what) < len(longer.what)
    return same and inside and longer.if_says == plan.if_says and {c.report for c in plan.evidence} <= reports


def _plans(event: Event) -> Iterator[Planned]:
    what = event.what
    if event.status not in {"planned", "conditional"} or not isinstance(what, Happened):
        return
    words = what.says or " ".join(filter(None, (what.act, what.object)))
    yield Planned(
        what=words, who=what.actors, when=event.time, conditional=event.status == "conditional", if_says=what.if_says,
        evidence=event.evidence,
    )  # fmt: skip


def _dates(offer: ProposalState) -> Iterator[Planned]:
    of = offer.proposal
    name = of.what or of.id
    asked = tuple(answer.party for answer in offer.answers if answer.answer == "open")
    if of.answer_by is not None and asked and offer.state in ON_THE_TABLE:
        yield Planned(what=f"answer: {name}", who=asked, when=of.answer_by, kind="answer_due", evidence=offer.evidence)
    if offer.state not in ON_THE_TABLE | {"accepted"}:
        return
    open_still, evidence = offer.state != "accepted", offer.evidence
    if offer.starts is not None:
        yield Planned(
            what=f"begins: {name}", when=offer.starts, kind="start", conditional=open_still, evidence=evidence
        )
    if offer.ends is not None:
        yield Planned(what=f"ends: {name}", when=offer.ends, kind="end", conditional=open_still, evidence=evidence)


def _dues(state: CommitmentState) -> Iterator[Planned]:
    of = state.commitment
    if state.deadline is None or state.state not in {"conditional", "detached"}:
        return
    yield Planned(
        what=of.says or of.id, who=of.debtor, when=state.deadline, kind="deadline" if of.kind == "achieve" else "end",
        conditional=state.state == "conditional", if_says=of.if_says, evidence=state.evidence,
    )  # fmt: skip
