"""People's judgements in the record: added, taken back by another judgement, never changed."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

import msgspec
from sqlalchemy import select

from trucebook.dossier.judgement import KINDS, Judgement, Subject
from trucebook.record.errors import JudgementError
from trucebook.record.schema import judgement
from trucebook.record.when import moment

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from trucebook.dossier.judgement import Act
    from trucebook.record.case import Case


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """What a person wants to have recorded.

    Attributes:
        act: what is decided.
        value: with `correct` the right name; with `note` the note.
        names: with `merge` the other names of the actor, with `split` those that are somebody else's.
        reason: why.
    """

    act: Act
    value: str = ""
    names: tuple[str, ...] = ()
    reason: str = ""


def judge(case: Case, subject: Subject, decision: Decision, *, user: str) -> Judgement:
    """Record a judgement.

    Args:
        case: the case.
        subject: what it is of, as the program finds it now.
        decision: what is decided.
        user: who decides.

    Raises:
        CaseError: the case cannot be written to.
        JudgementError: the decision does not fit its subject.
    """
    _see(subject, decision, user)
    return _record(case, subject, decision, user)


def undo(case: Case, ident: str, *, user: str, reason: str = "") -> Judgement:
    """Take a judgement back; an undo too, which brings back what it had taken back.

    Args:
        case: the case.
        ident: the judgement's id.
        user: who takes it back.
        reason: why.

    Raises:
        CaseError: the case cannot be written to.
        JudgementError: there is no such judgement, or it is not in force.
    """
    _named(user)
    every = judgements(case)
    found = next((j for j in every if j.id == ident), None)
    if found is None:
        raise JudgementError(f"judgement {ident!r}: there is none of this id; see trucebook judgements")
    undone = {j.value for j in _undos_in_force(every)}
    if ident in undone:
        raise JudgementError(f"judgement {ident!r}: is taken back already; undo that undo to have it again")
    return _record(case, found.subject, Decision(act="undo", value=ident, reason=reason), user)


def judgements(case: Case, recorded: int | None = None) -> tuple[Judgement, ...]:
    """Return every judgement, those that were taken back and the undos too, in the order in which they were made.

    Args:
        case: the case.
        recorded: only those by this time, in microseconds since 1970; None for all.
    """
    with case.reading() as connection:
        return judgements_in(connection, recorded)


def judgements_in(connection: Connection, recorded: int | None) -> tuple[Judgement, ...]:
    """The same, in a transaction that is open."""
    rows = select(judgement.c.body).order_by(judgement.c.id)
    if recorded is not None:
        rows = rows.where(judgement.c.recorded <= recorded)
    return tuple(msgspec.json.decode(body, type=Judgement) for body in connection.execute(rows).scalars())


def _undos_in_force(every: tuple[Judgement, ...]) -> tuple[Judgement, ...]:
    gone: set[str] = set()
    kept = []
    for one in reversed(every):
        if one.act == "undo" and one.id not in gone:
            gone.add(one.value)
            kept.append(one)
    return tuple(kept)


def _record(case: Case, subject: Subject, decision: Decision, user: str) -> Judgement:
    with case.writing(user) as ledger:
        made = Judgement(
            id="j" + secrets.token_hex(6),
            subject=subject,
            act=decision.act,
            value=decision.value,
            names=decision.names,
            user=user,
            at=moment(ledger.at),
            reason=decision.reason,
        )
        ledger.add(
            judgement,
            decision.act,
            uid=made.id,
            kind=subject.kind,
            target=subject.id.replace("\x00", "\ufffd"),
            act=decision.act,
            body=msgspec.json.encode(made).decode(),
            recorded=ledger.at,
        )
        return made


def _see(subject: Subject, decision: Decision, user: str) -> None:
    """See that a decision fits its subject."""
    _named(user)
    about = f"{subject.kind} {subject.id!r}"
    if subject.kind not in KINDS:
        raise JudgementError(f"{about}: cannot be judged; what can be is {', '.join(KINDS)}")
    if decision.act in {"merge", "split"} and subject.kind != "actor":
        raise JudgementError(f"{about}: {decision.act} is for actors; accept, reject, correct or note it")
    if decision.act in {"merge", "split"} and not set(decision.names) - {subject.id}:
        raise JudgementError(f"{about}: {decision.act} needs the other name; give it")
    if decision.act in {"correct", "note"} and not decision.value.strip():
        raise JudgementError(f"{about}: {decision.act} needs a text; give it")
    if decision.act == "undo":
        raise JudgementError(f"{about}: an undo is of a judgement; use undo")


def _named(user: str) -> None:
    if not user.strip():
        raise JudgementError("a judgement needs the name of who makes it; give --user")
