"""The one place where what a person decides is looked at and recorded, whichever page or program it comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from litestar.exceptions import ClientException, HTTPException
from litestar.status_codes import HTTP_409_CONFLICT

from trucebook.desk.subjects import Things
from trucebook.desk.web import clipped
from trucebook.record.errors import JudgementError
from trucebook.record.judgements import Decision, judge, undo

if TYPE_CHECKING:
    from trucebook.desk.asker import Asker
    from trucebook.desk.desk import Desk
    from trucebook.desk.review_views import Undo, Wanted
    from trucebook.dossier.judgement import Judgement


class ConflictError(HTTPException):
    """Something was judged that is not as it was seen."""

    status_code = HTTP_409_CONFLICT


def decide(desk: Desk, who: Asker, wanted: Wanted) -> Judgement:
    """Record what a person decides of a thing, with name, time and reason.

    Args:
        desk: the desk.
        who: the person.
        wanted: what is decided, of what.

    Raises:
        PermissionDeniedException: the person may not judge.
        ConflictError: the thing is not there any more, or somebody judged it since it was seen.
        ClientException: the decision does not fit the thing.
        CaseError: the case cannot be used.
    """
    who.see_may_judge()
    names = tuple(name for name in (n.strip() for n in wanted.names) if name)
    subject = Things(desk.shelf, desk.book).subject(wanted.kind, wanted.id, wanted.report, names)
    if subject is None:
        raise ConflictError(f"{wanted.kind} {clipped(wanted.id)}: is not in the book any more; look for it anew")
    if wanted.latest is not None:
        _see_latest(desk, wanted)
    decision = Decision(
        act=wanted.act, value=wanted.value.strip(), names=names, part=wanted.part, reason=wanted.reason.strip()
    )
    try:
        made = judge(desk.case, subject, decision, user=who.name)
    except JudgementError as error:
        raise ClientException(clipped(str(error), 400)) from error
    desk.keeper.look()
    return made


def take_back(desk: Desk, who: Asker, wanted: Undo) -> Judgement:
    """Take a judgement back, with name, time and reason.

    Args:
        desk: the desk.
        who: the person.
        wanted: which judgement.

    Raises:
        PermissionDeniedException: the person may not judge.
        ConflictError: there is no such judgement, or it was taken back already.
        CaseError: the case cannot be used.
    """
    who.see_may_judge()
    try:
        made = undo(desk.case, wanted.id, user=who.name, reason=wanted.reason.strip())
    except JudgementError as error:
        raise ConflictError(clipped(str(error), 400)) from error
    desk.keeper.look()
    return made


def _see_latest(desk: Desk, wanted: Wanted) -> None:
    now = desk.decisions.now()
    of = now.of(wanted.kind, wanted.id, desk.book.book.review.held)
    if of and of[0].id != wanted.latest:
        told = f"{of[0].user} judged it meanwhile ({of[0].act})"
        raise ConflictError(f"{wanted.kind} {clipped(wanted.id)}: {told}; look at it again")
