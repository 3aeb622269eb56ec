"""Who holds which position on which issue, and what it was before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from trucebook.agreement.facts import key
from trucebook.agreement.model import Cited, Happened, Offered
from trucebook.agreement.when import Moment  # noqa: TC001  msgspec reads the annotation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from trucebook.agreement.model import Event
    from trucebook.agreement.proposals import ProposalState

#: Acts that take a position on what they are about.
STANCES: Final = frozenset({
    "propose", "counter", "accept", "accept_if", "refuse", "demand", "promise", "threaten", "suspend", "resume",
    "withdraw", "reaffirm", "deny", "agree", "sign", "set_deadline", "postpone", "ask_clarification", "warn", "request",
    "order", "welcome", "withhold_answer",
})  # fmt: skip


class Stance(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody did about an issue, at a time."""

    stance: str
    since: Moment
    says: str = ""
    evidence: tuple[Cited, ...] = ()


class Position(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody's position on an issue is.

    Attributes:
        actor: who.
        issue: on what, in words.
        stance: the act that takes it.
        since: from when.
        says: it in words.
        evidence: where it is told.
        earlier: what it was before, the latest first.
    """

    actor: str
    issue: str
    stance: str
    since: Moment
    says: str = ""
    evidence: tuple[Cited, ...] = ()
    earlier: tuple[Stance, ...] = ()


def positions(events: Iterable[Event], offered: Iterable[ProposalState]) -> tuple[Position, ...]:
    """Return who holds which position on which issue, by actor and issue."""
    named = {key(offer.proposal.id): offer.proposal.what for offer in offered}
    taken: dict[tuple[str, str], list[tuple[Event, str, str]]] = {}
    shown: dict[tuple[str, str], tuple[str, str]] = {}
    for event in sorted((e for e in events if e.status == "done"), key=_order):
        for actor, issue, act, says in _stances(event, named):
            at = key(actor), key(issue)
            shown.setdefault(at, (actor, issue))
            taken.setdefault(at, []).append((event, act, says))
    return tuple(_position(*shown[at], taken[at]) for at in sorted(taken))


def _order(event: Event) -> tuple[Moment, bool, object]:
    """Put a yes with an if after a plain yes of the same time: the source without the if leaves it out."""
    return event.at, isinstance(event.what, Happened) and key(event.what.act) == "accept_if", event.order


def _stances(event: Event, named: dict[str, str]) -> Iterator[tuple[str, str, str, str]]:
    what = event.what
    if isinstance(what, Offered):
        issue = named.get(key(what.proposal.id)) or what.proposal.id
        for actor in what.proposal.proposers:
            yield actor, issue, "propose", what.proposal.what
    elif isinstance(what, Happened) and what.phase == "happens" and key(what.act) in STANCES:
        about = what.issue or named.get(key(what.object or "")) or what.object
        for actor in what.actors if about else ():
            yield actor, about or "", key(what.act), what.says


def _position(actor: str, issue: str, taken: Sequence[tuple[Event, str, str]]) -> Position:
    stances: list[Stance] = []
    for event, act, says in taken:
        if stances and stances[-1].stance == act:
            merged = (*stances[-1].evidence, *event.evidence)
            stances[-1] = msgspec.structs.replace(stances[-1], evidence=tuple(dict.fromkeys(merged)))
        else:
            stances.append(Stance(stance=act, since=event.at, says=says, evidence=event.evidence))
    now = stances[-1]
    return Position(
        actor=actor, issue=issue, stance=now.stance, since=now.since, says=now.says, evidence=now.evidence,
        earlier=tuple(reversed(stances[:-1])),
    )  # fmt: skip
