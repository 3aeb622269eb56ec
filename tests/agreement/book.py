"""Short ways to write events and commitments in tests; all names are invented."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, settings

from trucebook.agreement.commitments import ledger
from trucebook.agreement.model import (
    Body,
    By,
    Cited,
    Commitment,
    Event,
    Exercised,
    Happened,
    Happens,
    Made,
    Offered,
    Proposal,
)
from trucebook.agreement.when import when

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trucebook.agreement.commitments import CommitmentState
    from trucebook.agreement.model import Condition, Deadline, Phase, Power, Status
    from trucebook.agreement.when import Moment

V, T, S = "Velonia", "Tomaria", "Sundria"

_numbers = itertools.count(1)

#: How long an example takes depends on what else the machine does, and is not what these properties are about.
steady = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def event(what: Body, day: str | None, by: str = "r1", *, status: Status = "done", learnt: str | None = None) -> Event:
    return Event(
        id=f"e{next(_numbers):06}",
        what=what,
        time=when(day) if day else None,
        learnt=when(learnt) if learnt else None,
        status=status,
        evidence=(Cited(report=by),),
    )


def does(actor: str | None, act: str, thing: str | None = None, by: str | None = None) -> Happens:
    return Happens(act=act, actor=actor, object=thing, by=when(by) if by else None)


def did(
    actor: str, act: str, thing: str | None, day: str | None, by: str = "r1", *, phase: Phase = "happens",
    status: Status = "done", learnt: str | None = None, condition: Condition | None = None, if_says: str = "",
) -> Event:  # fmt: skip
    what = Happened(act=act, actors=(actor,), object=thing, phase=phase, condition=condition, if_says=if_says)
    return event(what, day, by, status=status, learnt=learnt)


def owes(
    name: str, debtor: str, creditor: str, consequent: Condition, *, on: Condition | None = None,
    until: Deadline | str | None = None, keeps: bool = False,
) -> Commitment:  # fmt: skip
    deadline = By(time=when(until)) if isinstance(until, str) else until
    return Commitment(
        id=name, debtor=(debtor,), creditor=(creditor,), consequent=consequent, antecedent=on, deadline=deadline,
        kind="maintain" if keeps else "achieve", says=name, if_says="",
    )  # fmt: skip


def made(commitment: Commitment, day: str = "2024-05-01", by: str = "r1") -> Event:
    return event(Made(commitment=commitment), day, by)


def power(name: Power, of: str, actor: str | tuple[str, ...], day: str, to: str | None = None, by: str = "r1") -> Event:
    actors = (actor,) if isinstance(actor, str) else actor
    return event(Exercised(power=name, commitment=of, actors=actors, to=when(to) if to else None), day, by)


def offer(name: str = "truce", day: str = "2024-05-01", by: str = "r1", **terms: object) -> Event:
    given: dict[str, object] = {"proposers": (S,), "addressees": (V, T), "what": f"the {name}", **terms}
    return event(Offered(proposal=Proposal(id=name, **given)), day, by)  # type: ignore[arg-type]


def as_of(day: str) -> Moment:
    return when(day).closing


def states(events: Sequence[Event], day: str) -> dict[str, str]:
    return {state.commitment.id: state.state for state in reversed(ledger(events, as_of(day)).commitments)}


def state(events: Sequence[Event], day: str) -> CommitmentState:
    return ledger(events, as_of(day)).commitments[0]
