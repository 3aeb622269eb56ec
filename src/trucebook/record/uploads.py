"""Files that were handed in by way of the desk: kept in the case until they are read, so that none is lost.

    waiting -> reading -> read | refused | failed

A file that is being read belongs to one process. Where that ends before it is done, the file waits again; where it has
ended three processes, it is told as failed and its bytes are kept.
"""

from __future__ import annotations

import os
import secrets
import socket
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

import msgspec
from sqlalchemy import delete, func, insert, select, update

from trucebook.record.schema import upload

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from sqlalchemy import Connection, Row

    from trucebook.record.case import Case

State = Literal["waiting", "reading", "read", "refused", "failed"]
_TRIES = 3
_SECOND = 1_000_000
# Of what was done nobody asks after a month; a process on another machine that has not told of a report for so long is
# gone.
_MONTH = 30 * 24 * 3600 * _SECOND
_GONE = 15 * 60 * _SECOND


class Came(msgspec.Struct, frozen=True, kw_only=True):
    """What came of one report of a file.

    Attributes:
        name: what the case calls the report; for a refusal, which part of the file it is about.
        outcome: added, changed, reread, unchanged or refused.
        number: of the report in the case; None for a refusal.
        why: for a refusal, the reason and the remedy.
    """

    name: str
    outcome: str
    number: int | None = None
    why: str = ""


class Progress(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of reading a file.

    Attributes:
        total: reports in it; 0 where it has not been looked at.
        came: what came of those that are done.
        warnings: what the person who handed it in should know.
        why: why the file as a whole was refused or failed; empty where it was not.
    """

    total: int = 0
    came: tuple[Came, ...] = ()
    warnings: tuple[str, ...] = ()
    why: str = ""


class Stated(msgspec.Struct, frozen=True, kw_only=True):
    """What a person says of the files that are handed in together, above what they say themselves.

    Attributes:
        outlet: who published them.
        published: the day, like 2025-03-12.
    """

    outlet: str | None = None
    published: str | None = None


@dataclass(frozen=True, kw_only=True)
class Handed:
    """A file that is handed in.

    Attributes:
        name: what it is called.
        raw: its bytes; empty for one that is refused at once.
        size: how many there are.
        why: why it is refused at once; empty where it is taken.
    """

    name: str
    raw: bytes = field(repr=False)
    size: int
    why: str = ""


@dataclass(frozen=True, kw_only=True)
class Upload:
    """A file that was handed in.

    Attributes:
        id: of the row.
        batch: which files were handed in together.
        name: what it is called.
        size: bytes.
        stated: what was said of it.
        user: who handed it in.
        state: how far it is.
        told: what came of it so far.
        at: when that was, in microseconds since 1970.
    """

    id: int
    batch: str
    name: str
    size: int
    stated: Stated
    user: str
    state: State
    told: Progress
    at: int


def hand_in(case: Case, files: Iterable[Handed], stated: Stated, *, user: str) -> str:
    """Keep files until they are read: all of them, or none; and forget what was done long ago.

    Args:
        case: the case.
        files: one after the other, so that they need not be in memory together.
        stated: what is said of all of them.
        user: who hands them in.

    Returns:
        The name by which they are asked for.

    Raises:
        CaseError: the case cannot be written to.
    """
    batch, now = secrets.token_hex(8), case.clock()
    about = _json(stated)
    with case.unlogged() as connection:
        done = upload.c.state.in_(("read", "refused"))
        connection.execute(delete(upload).where(done, upload.c.at < now - _MONTH))
        for each in files:
            row = {"batch": batch, "name": each.name, "size": each.size, "about": about, "user": user}
            row |= {"bytes": None if each.why else each.raw, "state": "refused" if each.why else "waiting"}
            told = Progress(why=each.why) if each.why else Progress()
            connection.execute(insert(upload).values(**row, told=_json(told), worker="", tries=0, at=now))
    return batch


def batch_of(case: Case, batch: str) -> tuple[Upload, ...]:
    """Return the files that were handed in together, in their order; none where there is no such batch.

    Raises:
        CaseError: the case cannot be read.
    """
    with case.reading() as connection:
        return _uploads(connection, select(*_SHOWN).where(upload.c.batch == batch).order_by(upload.c.id))


def latest(case: Case, most: int = 50) -> tuple[Upload, ...]:
    """Return the files that were handed in last, the latest first.

    Raises:
        CaseError: the case cannot be read.
    """
    with case.reading() as connection:
        return _uploads(connection, select(*_SHOWN).order_by(upload.c.id.desc()).limit(most))


def waiting(case: Case) -> int:
    """Return how many files wait to be read.

    Raises:
        CaseError: the case cannot be read.
    """
    with case.reading() as connection:
        return connection.execute(
            select(func.count()).select_from(upload).where(upload.c.state == "waiting")
        ).scalar_one()


def claim(case: Case) -> tuple[Upload, bytes] | None:
    """Take the next file that waits, for this process alone; None where none does.

    Raises:
        CaseError: the case cannot be written to.
    """
    with case.unlogged() as connection:
        first = select(upload).where(upload.c.state == "waiting").order_by(upload.c.id).limit(1)
        row = connection.execute(first.with_for_update(skip_locked=True)).first()
        if row is None:
            return None
        mine = {"state": "reading", "worker": _me(), "tries": row.tries + 1, "at": case.clock()}
        connection.execute(update(upload).where(upload.c.id == row.id).values(mine))
        return _upload(row), bytes(row.bytes or b"")


def tell(case: Case, ident: int, told: Progress, state: State = "reading") -> None:
    """Tell what came of a file so far; once it is read or refused, its bytes are let go.

    Args:
        case: the case.
        ident: of the file.
        told: what came of it.
        state: how far it is.

    Raises:
        CaseError: the case cannot be written to.
    """
    values: dict[str, Any] = {"told": _json(told), "state": state, "at": case.clock()}
    if state in {"read", "refused"}:
        values["bytes"] = None
    with case.unlogged() as connection:
        connection.execute(update(upload).where(upload.c.id == ident).values(values))


def release(case: Case) -> None:
    """Let files wait again whose process has ended before it was done with them.

    Raises:
        CaseError: the case cannot be written to.
    """
    with case.reading() as connection:
        taken = connection.execute(select(*_SHOWN, upload.c.worker, upload.c.tries).where(upload.c.state == "reading"))
        left = [row for row in taken if not _lives(row.worker, row.at, case.clock())]
    for row in left:
        failed = Progress(why="reading it ended the program; hand it in again in smaller parts, or tell the developers")
        state: State = "failed" if row.tries >= _TRIES else "waiting"
        values = {"state": state, "at": case.clock()} | ({"told": _json(failed)} if state == "failed" else {})
        with case.unlogged() as connection:
            same = (upload.c.id == row.id, upload.c.state == "reading", upload.c.worker == row.worker)
            connection.execute(update(upload).where(*same).values(values))


def _me() -> str:
    return f"{socket.gethostname()}:{os.getpid()}"


def _lives(worker: str, at: int, now: int) -> bool:
    host, _, process = worker.rpartition(":")
    if at < now - _GONE:
        return False
    if host != socket.gethostname():
        return True
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


_SHOWN = [c for c in upload.columns if c.name not in {"bytes", "worker", "tries"}]


def _uploads(connection: Connection, query: Any) -> tuple[Upload, ...]:  # noqa: ANN401  SQLAlchemy's types of queries
    return tuple(_upload(row) for row in connection.execute(query))


def _upload(row: Row[Any]) -> Upload:
    stated, told = msgspec.json.decode(row.about, type=Stated), msgspec.json.decode(row.told, type=Progress)
    known = {"id": row.id, "batch": row.batch, "name": row.name, "size": row.size, "user": row.user}
    return Upload(**known, state=row.state, at=row.at, stated=stated, told=told)


def _json(value: Progress | Stated) -> str:
    return msgspec.json.encode(value).decode()
