"""Proof that a case is as it was recorded: the chain of its log, every row, the original bytes, every span's words."""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import select, text

from trucebook.record import stored
from trucebook.record.errors import CaseError
from trucebook.record.ledger import NOTED, START, digest_of, hash_of
from trucebook.record.passages import fold, passages
from trucebook.record.schema import KEPT, audit, head, original, passage, reading, report, version

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection, Row, Table

    from trucebook.record.case import Case

# Rows that are fetched at a time: texts and bytes are large.
_BATCH = 200
_SHOWN = 60


@dataclass(frozen=True, kw_only=True)
class Proof:
    """What was looked at, and what is wrong.

    Attributes:
        case: the case's own name, which it keeps when it is copied.
        entries: entries of the log.
        rows: rows that the log vouches for.
        spans: spans whose words were looked at.
        end: hash of the last entry: whoever writes it down can see later that nothing before it has gone.
        faults: what is not as it was recorded, each in a sentence; empty where all is.
    """

    case: str
    entries: int
    rows: int
    spans: int
    end: str
    faults: tuple[str, ...]


@dataclass
class _Look:
    connection: Connection
    faults: list[str] = field(default_factory=list)
    logged: dict[str, tuple[int, str]] = field(default_factory=dict)
    rows: int = 0
    spans: int = 0


def verify(case: Case, *, since: str | None = None) -> Proof:
    """Look at everything in a case.

    Args:
        case: the case.
        since: hash of an entry that was written down earlier; the log must still have it.

    Raises:
        CaseError: the case cannot be read at all.
    """
    with case.reading() as connection:
        if connection.execute(select(head)).one_or_none() is None:
            raise CaseError(case.location.shown, "holds no whole case: its head is missing", "take a copy from before")
        return prove(connection, since=since)


def prove(connection: Connection, *, since: str | None = None) -> Proof:
    """The same, in a transaction that is open."""
    look = _Look(connection)
    _see_file(look)
    end = connection.execute(select(head)).one()
    entries = _see_log(look, end, since)
    for table in KEPT:
        _see_rows(look, table)
    _see_missing(look)
    _see_originals(look)
    _see_readings(look)
    _see_passages(look)
    return Proof(
        case=end.uid, entries=entries, rows=look.rows, spans=look.spans, end=end.hash, faults=tuple(look.faults)
    )


def _see_file(look: _Look) -> None:
    """Let SQLite look at its own file."""
    if look.connection.dialect.name == "sqlite":
        told = look.connection.execute(text("PRAGMA integrity_check(5)")).scalars().all()
        look.faults += [f"the file is damaged: {line}" for line in told if line != "ok"]


def _see_log(look: _Look, end: Row[Any], since: str | None) -> int:
    """Follow the chain of the log from its first entry to its last."""
    previous, expected, found = START, 1, since is None
    for row in _rows(look.connection, select(audit).order_by(audit.c.seq)):
        if row.seq != expected:
            look.faults.append(f"log: entry {expected} is missing")
        elif row.previous != previous:
            look.faults.append(f"log: entry {row.seq} does not follow from the one before it")
        if hash_of(dict(row._mapping)) != row.hash:  # noqa: SLF001  SQLAlchemy's public name for it
            look.faults.append(f"log: entry {row.seq} ({row.action} {row.subject}) was edited")
        if not row.subject.startswith(NOTED):
            look.logged[row.subject] = (row.seq, row.digest)
        previous, expected, found = row.hash, row.seq + 1, found or row.hash == since
    if (end.seq, end.hash) != (expected - 1, previous):
        look.faults.append(f"log: it ends with entry {expected - 1}, the case with {end.seq}")
    if not found:
        look.faults.append(f"log: it has no entry with the hash {since}; what came up to it was replaced")
    first = look.logged.pop(f"case:{end.uid}", None)
    if first is None or first[0] != 1:
        look.faults.append("log: it does not begin with this case")
    return expected - 1


def _see_rows(look: _Look, table: Table) -> None:
    key = table.primary_key.columns[0]
    for row in _rows(look.connection, select(table).order_by(key)):
        look.rows += 1
        subject = f"{table.name}:{row._mapping[key.name]}"  # noqa: SLF001
        seq, digest = look.logged.pop(subject, (0, ""))
        if seq != row.entry:
            look.faults.append(f"{subject}: the log does not know of it")
        elif digest != digest_of(table, dict(row._mapping)):  # noqa: SLF001
            look.faults.append(f"{subject}: was altered after it was recorded (entry {seq})")


def _see_missing(look: _Look) -> None:
    look.faults += [f"{subject}: is missing (entry {seq} of the log)" for subject, (seq, _) in look.logged.items()]


def _see_originals(look: _Look) -> None:
    for row in _rows(look.connection, select(original)):
        if hashlib.sha256(row.bytes).hexdigest() != row.sha256:
            look.faults.append(f"original:{row.sha256}: its bytes are not those that were kept")


def _see_readings(look: _Look) -> None:
    rows = (
        select(reading.c.id, reading.c.body, reading.c.anchors, reading.c.format, report.c.name, version.c.number)
        .add_columns(version.c.about, version.c.text)
        .select_from(reading.join(version).join(report))
    )
    for row in _rows(look.connection, rows):
        where = f"reading:{row.id} of {row.name} (version {row.number})"
        try:
            told = stored.report_of(row.name, row.about, row.text)
            found = stored.reading_of(row.body, row.format, told, where)
            anchors = stored.anchors_of(row.anchors)
        except (CaseError, ValueError, zlib.error) as error:
            look.faults.append(f"{where}: cannot be understood ({error})")
            continue
        places = {(start, end): words for start, end, words in anchors}
        for span in sorted(set(stored.spans(found))):
            look.spans += 1
            if places.get((span.start, span.end)) != stored.checksum(span, row.text):
                shown = span.of(row.text)[:_SHOWN]
                look.faults.append(
                    f"{where}: span {span.start}-{span.end} does not show the words it was read from: {shown!r}"
                )


def _see_passages(look: _Look) -> None:
    """See that the search looks through the texts as they are, without the spans of others."""
    columns = (passage.c.version, passage.c.start, passage.c.stop, passage.c.words)
    pieces: dict[int, list[tuple[int, int, int]]] = {}
    for row in _rows(look.connection, select(*columns)):
        pieces.setdefault(row.version, []).append((row.start, row.stop, zlib.crc32(row.words.encode())))
    for row in _rows(look.connection, select(version.c.id, version.c.text)):
        wanted = [(s.start, s.end, zlib.crc32(fold(s.of(row.text)).encode())) for s in passages(row.text)]
        if sorted(pieces.pop(row.id, [])) != wanted:
            look.faults.append(f"version:{row.id}: the search index does not have its words")
    look.faults += [f"version:{key}: the search index has words of a text that is not there" for key in pieces]


def _rows(connection: Connection, query: Any) -> Iterator[Row[Any]]:  # noqa: ANN401  SQLAlchemy's types of queries
    yield from connection.execute(query, execution_options={"yield_per": _BATCH})
