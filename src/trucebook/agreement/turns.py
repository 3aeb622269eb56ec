"""Whose move it is, and by which words.

It is the move of whom an open offer is addressed to, of who alone can bring about what a condition waits for, and of
who owes something; of several at once, as a rule. Where there is no such basis, nobody is named.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, NamedTuple

import msgspec

from trucebook.agreement.facts import key
from trucebook.agreement.model import AsLongAs, Cited, Happens

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from trucebook.agreement.commitments import CommitmentState
    from trucebook.agreement.conditions import Leaf
    from trucebook.agreement.proposals import Answer, ProposalState

Basis = Literal["answer", "condition", "owed"]
#: States of an offer that still asks somebody to act.
ON_THE_TABLE: Final = frozenset({"floated", "offered", "accepted_if", "countered", "disputed"})
_RANK: Final[dict[Basis, int]] = {"answer": 0, "condition": 1, "owed": 2}


class Reason(msgspec.Struct, frozen=True, kw_only=True):
    """Why somebody is to act.

    Attributes:
        basis: an open offer is addressed to him, a condition waits for him, or he owes something.
        about: id of the proposal or commitment.
        why: the reason in words.
        contested: whether sources differ about it.
        evidence: where it is told.
    """

    basis: Basis
    about: str
    why: str
    contested: bool = False
    evidence: tuple[Cited, ...] = ()


class Turn(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody whose move it is.

    Attributes:
        actor: who.
        reasons: why, the plainest first.
        contested: whether for every reason sources differ.
    """

    actor: str
    reasons: tuple[Reason, ...]
    contested: bool = False


def turns(offered: Sequence[ProposalState], committed: Sequence[tuple[CommitmentState, bool]]) -> tuple[Turn, ...]:
    """Return whose move it is.

    Args:
        offered: the proposals, the latest first.
        committed: the commitments, each with whether sources differ about it.
    """
    table = _table(offered)
    found = [reason for offer in offered for reason in _of_offer(offer, table)]
    found += [_shaken(reason) if shaky else reason for of, shaky in committed for reason in _of_commitment(of, table)]
    reasons: dict[str, dict[tuple[Basis, str], Reason]] = {}
    names: dict[str, str] = {}
    for actor, reason in found:
        names.setdefault(key(actor), actor)
        reasons.setdefault(key(actor), {}).setdefault((reason.basis, reason.about), reason)
    made = [_turn(names[name], list(of.values())) for name, of in reasons.items()]
    # Of equal basis, who has more reasons to act comes first; the sort is stable, so the latest offer leads.
    return tuple(sorted(made, key=lambda turn: (_RANK[turn.reasons[0].basis], turn.contested, -len(turn.reasons))))


class _Table(NamedTuple):
    """The offers by name, and who has said to which of them: yes, if."""

    names: dict[str, str]
    given: set[tuple[str, str]]


def _table(offered: Iterable[ProposalState]) -> _Table:
    names, given = {}, set()
    for offer in offered:
        name = key(offer.proposal.id)
        names[name] = offer.proposal.what or offer.proposal.id
        given |= {(key(answer.party), name) for answer in offer.answers if answer.answer == "accepted_if"}
    return _Table(names, given)


def _shaken(told: tuple[str, Reason]) -> tuple[str, Reason]:
    return told[0], msgspec.structs.replace(told[1], contested=True)


def _turn(actor: str, reasons: Sequence[Reason]) -> Turn:
    ordered = sorted(reasons, key=lambda reason: _RANK[reason.basis])
    return Turn(actor=actor, reasons=tuple(ordered), contested=all(reason.contested for reason in ordered))


def _of_offer(offer: ProposalState, table: _Table) -> Iterator[tuple[str, Reason]]:
    if offer.state in ON_THE_TABLE | {"accepted"}:
        yield from _of_approval(offer)
    if offer.state not in ON_THE_TABLE:
        return
    name = offer.proposal.what or offer.proposal.id
    for answer in offer.answers:
        evidence = answer.evidence or offer.evidence
        if answer.answer in {"open", "disputed"}:
            said = (
                "is asked and has not answered" if answer.answer == "open" else "has answered in a way told both ways"
            )
            why = f"{answer.party} {said}: {name}"
            contested = answer.answer == "disputed"
            yield (
                answer.party,
                Reason(basis="answer", about=offer.proposal.id, why=why, contested=contested, evidence=evidence),
            )
        elif answer.answer == "countered":
            for proposer in offer.proposal.proposers:
                why = f"{answer.party} has made a counter-offer: {name}"
                yield proposer, Reason(basis="answer", about=offer.proposal.id, why=why, evidence=evidence)
        yield from _of_answer(answer, offer, table)


def _of_approval(offer: ProposalState) -> Iterator[tuple[str, Reason]]:
    name = offer.proposal.what or offer.proposal.id
    for awaited in offer.approvals:
        for who in awaited.who:
            by = f" (its {awaited.body})" if awaited.body else ""
            why = f"{who} has still to approve it{by}: {name}"
            yield who, Reason(basis="answer", about=offer.proposal.id, why=why, evidence=awaited.evidence)


def _of_answer(answer: Answer, offer: ProposalState, table: _Table) -> Iterator[tuple[str, Reason]]:
    for actor, what in _holders(answer.waits_for):
        why = f"the yes of {answer.party} waits for {actor}{_acted(what, table)}"
        yield actor, Reason(basis="condition", about=offer.proposal.id, why=why, evidence=answer.evidence)


def _of_commitment(state: CommitmentState, table: _Table) -> Iterator[tuple[str, Reason]]:
    of = state.commitment
    name = of.says or of.id
    if state.state == "conditional" and not _said_in_answer(state, table):
        for actor, what in _holders(state.waits_for):
            if key(what.act) == "accept" and (key(actor), key(what.object or "")) in table.given:
                continue  # he has said yes, if: it is not for him to say it again
            why = f"what {_listed(of.debtor)} would owe ({name}) waits for {actor}{_acted(what, table)}"
            yield actor, Reason(basis="condition", about=of.id, why=why, evidence=state.evidence)
    # What is to be kept up is no move to make.
    elif of.kind == "achieve" and state.state in {"detached", "violated_alleged", "violated_found"}:
        for debtor in of.debtor:
            yield debtor, Reason(basis="owed", about=of.id, why=f"{debtor} owes it: {name}", evidence=state.evidence)


def _said_in_answer(state: CommitmentState, table: _Table) -> bool:
    """Whether a commitment is to keep to an offer that its debtor accepts, if: the answer waits for the same."""
    kept = state.commitment.consequent
    if state.commitment.kind != "maintain" or not isinstance(kept, Happens) or kept.act != "observe":
        return False
    return any((key(debtor), key(kept.object or "")) in table.given for debtor in state.commitment.debtor)


def _holders(waits_for: Iterable[Leaf]) -> Iterator[tuple[str, Happens]]:
    """Yield who alone can bring about what is waited for, with it."""
    for leaf in waits_for:
        asked = leaf.of if isinstance(leaf, AsLongAs) else leaf
        if isinstance(asked, Happens) and asked.actor is not None:
            yield asked.actor, asked


def _acted(what: Happens, table: _Table) -> str:
    if what.object is None:
        # The words of a source are given as they are; an act of the vocabulary takes its place in the sentence.
        return f", “{what.act}”" if " " in what.act else f" to {what.act}"
    name = table.names.get(key(what.object))
    return f" to {what.act} the offer ({name})" if name else f" to {what.act} {what.object}"


def _listed(names: Sequence[str]) -> str:
    return " and ".join(names)
