"""The audit log: one entry for every row that is recorded, each with the hash of the one before it.

    digest  SHA-256 of the row, as JSON with its columns in order and bytes as their own SHA-256
    hash    SHA-256 of the entry, its digest and the hash before it included

So nothing that was recorded can be changed, taken away or put in between without breaking the chain; only the latest
entries can vanish, rows and all, which who has written down an earlier end of the log will see.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select, update

from trucebook.record.schema import audit, head

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sqlalchemy import Connection, Table
    from sqlalchemy import Row as LogEntry

START = "0" * 64
"""The hash before the first entry."""
NOTED = ("account:",)
"""How subjects of entries begin that are about no row that is kept."""

Row = dict[str, Any]


@dataclass
class Ledger:
    """One transaction that adds to a case: rows, and their entries in the audit log.

    Attributes:
        connection: in the transaction.
        user: who adds.
        at: the time of recording, in microseconds since 1970; later than everything before it.
        seq: number of the last entry.
        hash: of the last entry.
        added: ids of the rows that were added, by table.
    """

    connection: Connection
    user: str
    at: int
    seq: int
    hash: str
    added: dict[str, list[Any]] = field(default_factory=dict)

    def add(self, table: Table, action: str, **values: Any) -> Any:  # noqa: ANN401  a row has columns of any type
        """Add a row with its entry in the log, and return its primary key.

        Args:
            table: one of the tables that the log vouches for.
            action: what was done, in a word.
            values: the columns; a key that the database numbers itself may be left out.
        """
        seq = self.seq + 1
        done = self.connection.execute(insert(table).values(entry=seq, **values))
        if done.inserted_primary_key is None:  # pragma: no cover  both databases give it back
            raise RuntimeError(f"{table.name} gave no key back")
        key = done.inserted_primary_key[0]
        row = {table.primary_key.columns[0].name: key, "entry": seq, **values}
        self.log(action, f"{table.name}:{key}", digest_of(table, row))
        self.added.setdefault(table.name, []).append(key)
        return key

    def note(self, action: str, subject: str) -> None:
        """Add an entry to the log about something that is not kept as a row: subjects of `NOTED` kinds alone.

        Args:
            action: what was done, in a word or two.
            subject: its kind, a colon and its name.
        """
        self.log(action, subject, START)

    def log(self, action: str, subject: str, digest: str) -> None:
        """Add an entry to the log."""
        entry = {
            "seq": self.seq + 1,
            "at": self.at,
            "user": self.user,
            "action": action,
            "subject": subject,
            "digest": digest,
            "previous": self.hash,
        }
        self.seq, self.hash = self.seq + 1, hash_of(entry)
        self.connection.execute(insert(audit).values(**entry, hash=self.hash))

    def close(self) -> None:
        """Write down the end of the log, in the same transaction."""
        self.connection.execute(update(head).values(seq=self.seq, hash=self.hash, at=self.at))


def entries(connection: Connection) -> Iterator[LogEntry[Any]]:
    """Yield the entries of the log, the first first.

    Args:
        connection: of `Case.reading`.
    """
    yield from connection.execute(select(audit).order_by(audit.c.seq), execution_options={"yield_per": 1000})


def digest_of(table: Table, row: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a row, in hexadecimal.

    Args:
        table: the row's table, whose columns give the order.
        row: its values; one that is not there is null.
    """
    return _digest([[c.name, _plain(row.get(c.name))] for c in table.columns])


def hash_of(entry: Mapping[str, Any]) -> str:
    """Return the SHA-256 of an entry of the log, the hash before it included."""
    return _digest([entry[k] for k in ("seq", "at", "user", "action", "subject", "digest", "previous")])


def _plain(value: object) -> object:
    return hashlib.sha256(value).hexdigest() if isinstance(value, (bytes, memoryview)) else value


def _digest(value: object) -> str:
    return hashlib.sha256(json.dumps(value, ensure_ascii=True, separators=(",", ":")).encode("ascii")).hexdigest()
