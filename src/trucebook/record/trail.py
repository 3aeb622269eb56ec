"""What was done in a case, for people to look at: the log in pages, and what came since an entry of it."""

from __future__ import annotations

import datetime  # noqa: TC003  msgspec reads the annotation
from typing import TYPE_CHECKING

import msgspec
from sqlalchemy import select

from trucebook.dossier.judgement import Judgement
from trucebook.record.schema import audit, head, judgement, reading, report, version
from trucebook.record.when import moment

if TYPE_CHECKING:
    from trucebook.record.case import Case

# Of what came since: more is not looked at one by one.
_MOST = 1000


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """An entry of the log.

    Attributes:
        seq: its number.
        at: when.
        user: who.
        action: what was done, in a word.
        subject: the row that was added, as `table:key`.
        hash: SHA-256 of the entry and those before it.
    """

    seq: int
    at: datetime.datetime
    user: str
    action: str
    subject: str
    hash: str


class Arrival(msgspec.Struct, frozen=True, kw_only=True):
    """A report that was added, or another version of one.

    Attributes:
        number: of the report.
        name: of the report.
        version: which of its versions it is.
        seq: number of the entry of the log.
        at: when.
        user: who added it.
        again: whether the version was there, and was read anew.
    """

    number: int
    name: str
    version: int
    seq: int
    at: datetime.datetime
    user: str
    again: bool = False


class Decided(msgspec.Struct, frozen=True, kw_only=True):
    """A judgement with its place in the log.

    Attributes:
        seq: number of the entry.
        judgement: the judgement.
    """

    seq: int
    judgement: Judgement


def log_length(case: Case) -> int:
    """Return how many entries the log has.

    Raises:
        CaseError: the case cannot be read.
    """
    with case.reading() as connection:
        return int(connection.execute(select(head.c.seq)).scalar_one())


def log_page(case: Case, before: int, size: int) -> tuple[Entry, ...]:
    """Return entries of the log, the latest first.

    Args:
        case: the case.
        before: only those with smaller numbers.
        size: how many at most.

    Raises:
        CaseError: the case cannot be read.
    """
    rows = select(audit).where(audit.c.seq < before).order_by(audit.c.seq.desc()).limit(size)
    with case.reading() as connection:
        return tuple(
            Entry(seq=r.seq, at=moment(r.at), user=r.user, action=r.action, subject=r.subject, hash=r.hash)
            for r in connection.execute(rows)
        )


def decided_since(case: Case, seq: int) -> tuple[Decided, ...]:
    """Return the judgements and undos that were made after an entry of the log, in their order.

    Args:
        case: the case.
        seq: number of the entry; 0 for all.

    Raises:
        CaseError: the case cannot be read.
    """
    rows = select(judgement.c.entry, judgement.c.body).where(judgement.c.entry > seq).order_by(judgement.c.entry)
    with case.reading() as connection:
        return tuple(
            Decided(seq=row.entry, judgement=msgspec.json.decode(row.body, type=Judgement))
            for row in connection.execute(rows)
        )


def arrived_since(case: Case, seq: int) -> tuple[Arrival, ...]:
    """Return the reports that were added, changed or read anew after an entry of the log, the latest first.

    Args:
        case: the case.
        seq: number of the entry.

    Raises:
        CaseError: the case cannot be read.
    """
    said = (report.c.id, report.c.name, version.c.number, audit.c.seq, audit.c.at, audit.c.user)
    added = (
        select(*said)
        .select_from(version.join(report).join(audit, audit.c.seq == version.c.entry))
        .where(version.c.entry > seq)
    )
    anew = (
        select(*said)
        .select_from(
            reading.join(version, reading.c.version == version.c.id)
            .join(report)
            .join(audit, audit.c.seq == reading.c.entry)
        )
        .where(reading.c.entry > seq, version.c.entry <= seq)
    )
    with case.reading() as connection:
        found = [
            Arrival(number=r.id, name=r.name, version=r.number, seq=r.seq, at=moment(r.at), user=r.user, again=again)
            for rows, again in ((added, False), (anew, True))
            for r in connection.execute(rows.order_by(audit.c.seq.desc()).limit(_MOST))
        ]
    return tuple(sorted(found, key=lambda a: -a.seq)[:_MOST])
