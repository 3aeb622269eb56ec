"""A case: opening it, reading it in one consistent view, and writing to it one writer after the other."""

from __future__ import annotations

import os
import sqlite3
import time
import uuid
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import quote

from sqlalchemy import create_engine, event, insert, select, text
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.pool import NullPool, QueuePool

from trucebook.record.errors import CaseError
from trucebook.record.faults import explained, see_file
from trucebook.record.ledger import START, Ledger
from trucebook.record.location import APPLICATION_ID, locate
from trucebook.record.migrate import REVISION, revision_of, upgrade
from trucebook.record.schema import head

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sqlalchemy import Connection, Engine
    from sqlalchemy.pool import ConnectionPoolEntry

    from trucebook.record.location import Location

# How long a writer waits for the one before it, in seconds, before it gives up.
PATIENCE = 30.0
_WRITES = "trucebook_writes"
_ALONE = "trucebook_alone"
# Connections to a file that stay open between two questions: as many as a desk has threads that ask.
_KEPT = 8


def _now() -> int:
    return time.time_ns() // 1000


@dataclass(kw_only=True)
class Case:
    """An open case. Several processes and threads may use one at the same time.

    Attributes:
        location: where it is.
        engine: the database.
        clock: what the time of recording is taken from, in microseconds since 1970.
    """

    location: Location
    engine: Engine
    clock: Callable[[], int] = field(default=_now)
    _gathered: tuple[int, int] | None = field(default=None, init=False, repr=False)

    def __enter__(self) -> Case:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Look at the case as it is at one moment, whatever others write meanwhile.

        Raises:
            CaseError: the database does not answer as it should.
        """
        with explained(self.location.shown), self._reader() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self, user: str) -> Iterator[Ledger]:
        """Add to the case: all of what is added, or nothing where the block is left by an error.

        When this returns, what was added is on the disk. Writers come one after the other.

        Args:
            user: who adds, for the audit log.

        Raises:
            CaseError: the case cannot be written to, or another writer does not finish.
        """
        with explained(self.location.shown), self._writer() as connection, connection.begin():
            # On SQLite the transaction itself keeps others out; on PostgreSQL this row does.
            end = connection.execute(select(head).with_for_update()).one()
            ledger = Ledger(connection, user, max(self.clock(), end.at + 1), end.seq, end.hash)
            yield ledger
            ledger.close()

    @contextmanager
    def unlogged(self) -> Iterator[Connection]:
        """Write what the audit log knows nothing of: what can be made anew, who is logged in, what waits to be read.

        Raises:
            CaseError: the case cannot be written to, or another writer does not finish.
        """
        with explained(self.location.shown), self._writer() as connection, connection.begin():
            yield connection

    def gather(self) -> None:
        """Move what was written lately into the file of the case itself, so that a copy of that file alone is whole.

        SQLite does so by itself when the last who has the file open closes it (sqlite.org/wal.html, 2.3): this is for
        who keeps it open. Nobody waits for it, and what others are still reading stays where it is until the next time.

        Raises:
            CaseError: the case cannot be written to.
        """
        log = _write_ahead_log(self.location.file) if self.location.file is not None else None
        if log is None or log == self._gathered:
            return
        alone = {_ALONE: True}
        with explained(self.location.shown), self.engine.connect().execution_options(**alone) as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(PASSIVE)")
        self._gathered = log

    def _reader(self) -> Connection:
        # PostgreSQL is told with the beginning of the transaction, and not in a question of its own.
        how = {} if self.location.file else {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        return self.engine.connect().execution_options(**how)

    def _writer(self) -> Connection:
        return self.engine.connect().execution_options(**{_WRITES: True})


def open_case(name: str, *, create: bool = False, clock: Callable[[], int] | None = None, often: bool = False) -> Case:
    """Open a case.

    Args:
        name: path of a file, or a URL like `postgresql://host/database?case=name`.
        create: whether to make it where there is none.
        clock: what the time of recording is taken from, in microseconds since 1970; None for the system's.
        often: whether it is asked many times a second: the file then stays open between two questions, and who asks
            calls `Case.gather` now and then.

    Raises:
        CaseError: there is no case there, or it cannot be used; the message says why and what to do.
    """
    location = locate(name)
    new = location.file is not None and see_file(location.file, location.shown, create=create)
    engine = _sqlite(location.file, new=new, often=often) if location.file else _postgresql(location)
    case = Case(location=location, engine=engine, clock=clock or _now)
    try:
        _prepare(case, create=create)
    except BaseException:
        case.close()
        raise
    return case


def _prepare(case: Case, *, create: bool) -> None:
    """See that the tables are those of this program; make them, or bring them up to date."""
    with case.reading() as connection:
        found = revision_of(connection)
    if found == REVISION:
        return
    if found is None and not create:
        raise CaseError(case.location.shown, "holds no case", "add reports to it first, with trucebook add")
    if found is not None and found > REVISION:
        reason = f"was written by a newer Trucebook (its tables are {found}, this program knows {REVISION})"
        raise CaseError(case.location.shown, reason, "use that version of the program, or a newer one")
    _migrate(case)


def _migrate(case: Case) -> None:
    with explained(case.location.shown), case._writer() as connection, connection.begin():  # noqa: SLF001  of this module
        schema = case.location.schema
        if schema:
            connection.execute(text("SELECT pg_advisory_xact_lock(hashtext(:name))"), {"name": f"trucebook {schema}"})
            connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {schema}"))
        # Another may have done it while this one waited.
        if revision_of(connection) == REVISION:
            return
        upgrade(connection)
        if connection.execute(select(head)).one_or_none() is None:
            _begin(connection, case.clock())


def _begin(connection: Connection, at: int) -> None:
    uid = uuid.uuid4().hex
    connection.execute(insert(head).values(id=1, uid=uid, seq=0, hash=START, at=at))
    ledger = Ledger(connection, "", at, 0, START)
    ledger.log("create", f"case:{uid}", START)
    ledger.close()
    if connection.dialect.name == "sqlite":
        connection.execute(text(f"PRAGMA application_id = {APPLICATION_ID}"))


def _sqlite(file: Path, *, new: bool, often: bool) -> Engine:
    address = _uri(file)

    def connected() -> sqlite3.Connection:
        # Transactions begin as SQLAlchemy says: the driver's own begin too late, and two writers collide.
        connection = sqlite3.connect(address, uri=True, timeout=PATIENCE, isolation_level=None, check_same_thread=False)
        # Full: when a writer is told "done", what it wrote survives a cut of the power.
        for pragma in (("journal_mode = WAL",) if new else ()) + ("foreign_keys = ON", "synchronous = FULL"):
            connection.execute(f"PRAGMA {pragma}")
        return connection

    # To open a file and read its pages anew takes as long as most questions do.
    pool = {"poolclass": QueuePool, "pool_size": _KEPT, "max_overflow": -1} if often else {"poolclass": NullPool}
    engine = create_engine("sqlite://", creator=connected, **pool)
    if often:
        _follow(engine, file)

    @event.listens_for(engine, "begin")
    def _began(connection: Connection) -> None:
        how = connection.get_execution_options()
        if not how.get(_ALONE):
            connection.exec_driver_sql("BEGIN IMMEDIATE" if how.get(_WRITES) else "BEGIN")

    return engine


def _write_ahead_log(file: Path) -> tuple[int, int] | None:
    """Size and time of what was written beside a file that can be written to; None where there is nothing."""
    try:
        told = file.with_name(file.name + "-wal").stat()
    except OSError:
        return None
    return (told.st_size, told.st_mtime_ns) if told.st_size and os.access(file, os.W_OK) else None


def _follow(engine: Engine, file: Path) -> None:
    """Open the file anew where another has taken its place since: a backup that was put back, say."""

    def found() -> tuple[int, int]:
        try:
            told = file.stat()
        except OSError:
            return (0, 0)
        return (told.st_dev, told.st_ino)

    @event.listens_for(engine, "connect")
    def _connected(_: object, record: ConnectionPoolEntry) -> None:
        record.info["file"] = found()

    @event.listens_for(engine, "checkout")
    def _taken(_: object, record: ConnectionPoolEntry, __: object) -> None:
        if record.info["file"] != found():
            raise DisconnectionError(f"{file} is another file now")


def _uri(file: Path) -> str:
    address = f"file:{quote(os.fsencode(file.absolute()))}"
    if not file.exists():
        return address
    # A file that is taken away later is missed, and not made anew without anything in it.
    if os.access(file, os.W_OK) and os.access(file.absolute().parent, os.W_OK):
        return address + "?mode=rw"
    # Where the file lies on a medium that cannot be written to, there is nobody who could change it either.
    return address + ("?mode=ro" if file.with_name(file.name + "-wal").exists() else "?mode=ro&immutable=1")


def _postgresql(location: Location) -> Engine:
    settings = {
        "search_path": location.schema,
        "lock_timeout": int(PATIENCE * 1000),
        "timezone": "UTC",
        # How many passages hold the words of a search decides how they are best found: no plan is good for all.
        "plan_cache_mode": "force_custom_plan",
    }
    options = " ".join(f"-c {name}={value}" for name, value in settings.items())
    return create_engine(
        str(location.url), connect_args={"options": options, "connect_timeout": 10}, pool_pre_ping=True
    )
