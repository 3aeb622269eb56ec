"""Up to where in the log of a case each person has looked: the desk's own, which the log knows nothing of."""

from __future__ import annotations

import datetime  # noqa: TC003  msgspec reads the annotation
from typing import TYPE_CHECKING

import msgspec
from sqlalchemy import delete, insert, select

from trucebook.record.schema import head, visit
from trucebook.record.when import moment

if TYPE_CHECKING:
    from trucebook.record.case import Case


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """Up to where somebody has looked.

    Attributes:
        seq: number of the last entry of the log that was seen; 0 where nothing was.
        at: when; None where nothing was.
    """

    seq: int = 0
    at: datetime.datetime | None = None


def seen_by(case: Case, user: str) -> Seen:
    """Return up to where somebody has looked.

    Args:
        case: the case.
        user: who.

    Raises:
        CaseError: the case cannot be read.
    """
    with case.reading() as connection:
        row = connection.execute(select(visit.c.seq, visit.c.at).where(visit.c.user == user)).one_or_none()
    return Seen() if row is None else Seen(seq=row.seq, at=moment(row.at))


def mark_seen(case: Case, user: str, seq: int) -> Seen:
    """Note up to where somebody has looked; never beyond the end of the log.

    Args:
        case: the case.
        user: who.
        seq: number of the last entry that was seen.

    Raises:
        CaseError: the case cannot be written to.
    """
    with case.unlogged() as connection:
        end = connection.execute(select(head.c.seq)).scalar_one()
        kept, at = max(0, min(seq, end)), case.clock()
        connection.execute(delete(visit).where(visit.c.user == user))
        connection.execute(insert(visit).values(user=user, seq=kept, at=at))
    return Seen(seq=kept, at=moment(at))
