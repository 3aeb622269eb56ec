"""A whole case as one archive: a ZIP file of JSON lines and original bytes, the same from either database.

    case.json         format of the archive, revision of the tables, the case's own name and the end of its log
    audit.jsonl       the log
    TABLE.jsonl       the rows of a table; bytes in base64
    originals/SHA256  the bytes that reports were read from

Rows keep their keys and times, so the log's digests hold in the copy, and importing ends with a proof of it.
"""

from __future__ import annotations

import base64
import json
import zipfile
from typing import TYPE_CHECKING, Any, BinaryIO

from sqlalchemy import func, insert, select, text, update
from sqlalchemy.exc import StatementError

from trucebook.record.adding import passage_rows
from trucebook.record.errors import ArchiveError
from trucebook.record.migrate import REVISION
from trucebook.record.schema import KEPT, audit, head, original, passage, version
from trucebook.record.verify import prove

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy import Connection, Table

    from trucebook.record.case import Case

FORMAT = 1
_BATCH = 200
# Every member is dated the same, so that one case gives one archive.
_DATE = (1980, 1, 1, 0, 0, 0)
# What an archive may unpack to: hostile ones are small and unpack to petabytes.
_MOST = 64 * 1024**3


def export_case(case: Case, file: BinaryIO) -> None:
    """Write a case as an archive, as it is at one moment.

    Args:
        case: the case.
        file: where to.

    Raises:
        CaseError: the case cannot be read.
    """
    with case.reading() as connection, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        end = connection.execute(select(head)).one()
        about = {"format": FORMAT, "tables": REVISION, "case": end.uid, "seq": end.seq, "hash": end.hash, "at": end.at}
        archive.writestr(_member("case.json"), json.dumps(about, indent=1) + "\n")
        for table in (audit, *KEPT):
            _export_table(connection, archive, table)


def _export_table(connection: Connection, archive: zipfile.ZipFile, table: Table) -> None:
    if table is original:
        for row in _rows(connection, table):
            archive.writestr(_member(f"originals/{row['sha256']}"), row.pop("bytes"))
    with archive.open(_member(f"{table.name}.jsonl"), "w", force_zip64=True) as member:
        for row in _rows(connection, table):
            if table is original:
                del row["bytes"]
            shown = {k: _shown(v) for k, v in row.items()}
            member.write(json.dumps(shown, separators=(",", ":")).encode("ascii") + b"\n")


def _rows(connection: Connection, table: Table) -> Iterator[dict[str, Any]]:
    query = select(table).order_by(table.primary_key.columns[0])
    for row in connection.execute(query, execution_options={"yield_per": _BATCH}):
        yield dict(row._mapping)  # noqa: SLF001  SQLAlchemy's public name for it


def _member(name: str) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name, _DATE)
    member.compress_type = zipfile.ZIP_DEFLATED
    return member


def _shown(value: object) -> object:
    return {"base64": base64.b64encode(value).decode("ascii")} if isinstance(value, (bytes, memoryview)) else value


def opened_archive(path: Path) -> BinaryIO:
    """Open an archive.

    Raises:
        ArchiveError: it cannot be read.
    """
    try:
        return path.open("rb")
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise ArchiveError(f"{path}: cannot be read ({reason}); check the path and its permissions") from error


def import_case(case: Case, file: BinaryIO, *, name: str) -> None:
    """Fill a new case from an archive, whole or not at all, and prove that it is what was exported.

    Args:
        case: a case with nothing in it yet.
        file: the archive.
        name: of the archive, for errors.

    Raises:
        ArchiveError: it is no archive of a case, is damaged, or the case has something in it.
        CaseError: the case cannot be written to.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            _import(case, archive, name)
    except (zipfile.BadZipFile, KeyError, EOFError, ValueError, TypeError) as error:
        reason = f"is no whole archive of a case ({error})"
        raise ArchiveError(f"{name}: {reason}; export the case again") from error


def _import(case: Case, archive: zipfile.ZipFile, name: str) -> None:
    about = json.loads(archive.read("case.json"))
    if about["format"] > FORMAT or about["tables"] > REVISION:
        raise ArchiveError(f"{name}: was written by a newer Trucebook; use that version of the program, or a newer one")
    if sum(member.file_size for member in archive.infolist()) > _MOST:
        raise ArchiveError(f"{name}: unpacks to more than {_MOST:,} bytes; import it in parts")
    with case.writing("") as ledger:
        connection = ledger.connection
        if connection.execute(select(func.count()).select_from(audit)).scalar_one() > 1:
            raise ArchiveError(f"{case.location.shown}: has something in it already; import into a new case")
        _empty(connection)
        for table in (audit, *KEPT):
            _import_table(connection, archive, table)
        connection.execute(update(head).values(uid=about["case"]))
        _go_on_behind(connection)
        ledger.seq, ledger.hash, ledger.at = about["seq"], about["hash"], about["at"]
        ledger.close()
        faults = prove(connection).faults
        if faults:
            raise ArchiveError(f"{name}: is not what was exported ({faults[0]}; {len(faults)} faults); export it again")


def _empty(connection: Connection) -> None:
    """Take out the entry that every new case begins with; for this once the guard is lifted."""
    if connection.dialect.name == "sqlite":
        guard = connection.execute(text("SELECT sql FROM sqlite_master WHERE name = 'audit_no_delete'")).scalar_one()
        connection.execute(text("DROP TRIGGER audit_no_delete"))
        connection.execute(audit.delete())
        connection.exec_driver_sql(guard)
    else:
        connection.execute(text("ALTER TABLE audit DISABLE TRIGGER audit_guard"))
        connection.execute(audit.delete())
        connection.execute(text("ALTER TABLE audit ENABLE TRIGGER audit_guard"))


def _import_table(connection: Connection, archive: zipfile.ZipFile, table: Table) -> None:
    batch: list[dict[str, Any]] = []
    with archive.open(f"{table.name}.jsonl") as lines:
        for line in lines:
            row = {k: _value(v) for k, v in json.loads(line).items()}
            if table is original:
                row["bytes"] = archive.read(f"originals/{row['sha256']}")
            batch.append(row)
            if len(batch) == _BATCH:
                _insert(connection, table, batch)
                batch = []
    _insert(connection, table, batch)


def _insert(connection: Connection, table: Table, batch: list[dict[str, Any]]) -> None:
    if not batch:
        return
    try:
        connection.execute(insert(table), batch)
    except StatementError as error:
        raise ValueError(f"{table.name} has a row that fits nowhere") from error
    if table is version:
        pieces = [piece for row in batch for piece in passage_rows(row["id"], row["text"])]
        if pieces:
            connection.execute(insert(passage), pieces)


def _value(shown: object) -> object:
    return base64.b64decode(shown["base64"]) if isinstance(shown, dict) else shown


def _go_on_behind(connection: Connection) -> None:
    """Let PostgreSQL number new rows behind those that brought their own numbers; SQLite does by itself."""
    if connection.dialect.name == "sqlite":
        return
    for name in (table.name for table in KEPT if table is not original):
        last = connection.execute(text(f"SELECT max(id) FROM {name}")).scalar()  # noqa: S608  a name of ours
        if last:
            sequence = {"name": name, "last": last}
            connection.execute(text("SELECT setval(pg_get_serial_sequence(:name, 'id'), :last)"), sequence)
