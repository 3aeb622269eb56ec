"""People's judgements in the record: added, taken back by another judgement, never changed."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, get_args

import msgspec
from sqlalchemy import select

from trucebook.dossier.judgement import KINDS, PARTS, Judgement, Subject
from trucebook.reading.model import Act as MoveAct
from trucebook.reading.model import MoveStatus
from trucebook.record.errors import JudgementError
from trucebook.record.schema import judgement
from trucebook.record.when import moment

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from trucebook.dossier.judgement import Act
    from trucebook.record.case import Case
    from trucebook.record.ledger import Ledger

# Characters of a note, a name or a reason.
_LONGEST = 10_000


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """What a person wants to have recorded.

    Attributes:
        act: what is decided.
        value: with `correct` the right name; with `note` the note.
        names: with `merge` the other names of the actor, with `split` those that are somebody else's.
        part: with `correct` of a move which part: `actor` (where nothing is given), `act` or `status`.
        reason: why.
    """

    act: Act
    value: str = ""
    names: tuple[str, ...] = ()
    part: str = ""
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
    with case.writing(user) as ledger:
        return _record(ledger, subject, decision)


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
    # Looked up by who writes: of two people who take it back at once, one is told that it is.
    with case.writing(user) as ledger:
        every = judgements_in(ledger.connection)
        found = next((j for j in every if j.id == ident), None)
        if found is None:
            raise JudgementError(f"judgement {ident!r}: there is none of this id; see trucebook judgements")
        if ident in {j.value for j in _undos_in_force(every)}:
            raise JudgementError(f"judgement {ident!r}: is taken back already; undo that undo to have it again")
        return _record(ledger, found.subject, Decision(act="undo", value=ident, reason=reason))


def judgements(case: Case, recorded: int | None = None) -> tuple[Judgement, ...]:
    """Return every judgement, those that were taken back and the undos too, in the order in which they were made.

    Args:
        case: the case.
        recorded: only those by this time, in microseconds since 1970; None for all.
    """
    with case.reading() as connection:
        return judgements_in(connection, recorded)


def judgements_in(connection: Connection, recorded: int | None = None) -> tuple[Judgement, ...]:
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


def _record(ledger: Ledger, subject: Subject, decision: Decision) -> Judgement:
    made = Judgement(
        id="j" + secrets.token_hex(6),
        subject=subject,
        act=decision.act,
        value=decision.value,
        names=decision.names,
        part=decision.part,
        user=ledger.user,
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
    if max(map(len, (decision.value, decision.reason, *decision.names)), default=0) > _LONGEST:
        raise JudgementError(f"{about}: a text has more than {_LONGEST:,} characters; shorten it")
    if decision.act == "correct":
        _see_correction(subject, decision, about)


def _see_correction(subject: Subject, decision: Decision, about: str) -> None:
    if subject.kind in {"proposal", "commitment"}:
        raise JudgementError(f"{about}: is made of moves; correct the move that is wrong")
    parts = PARTS.get(subject.kind, ())
    if decision.part and decision.part not in parts:
        what = f"what of it can be corrected is {', '.join(parts)}" if parts else "it is corrected as a whole"
        raise JudgementError(f"{about}: has no {decision.part!r}; {what}")
    allowed = {"act": get_args(MoveAct), "status": get_args(MoveStatus)}.get(decision.part)
    if allowed and decision.value not in allowed:
        raise JudgementError(f"{about}: {decision.value!r} is no {decision.part}; give one of {', '.join(allowed)}")


def _named(user: str) -> None:
    if not user.strip():
        raise JudgementError("a judgement needs the name of who makes it; give --user")
