"""What a database says when it cannot go on, in words that a user can act on."""

from __future__ import annotations

import re
import struct
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy.exc import DBAPIError

from trucebook.record.errors import CaseError
from trucebook.record.location import APPLICATION_ID

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_MAGIC = b"SQLite format 3\x00"
_HEADER = 100


class _Fault(NamedTuple):
    told: str
    reason: str
    remedy: str


_COPY = "take a copy from before, or an archive of trucebook export"
# What a message of either database contains, and what a user is told instead: the first that fits.
_KNOWN = (
    _Fault(
        r"database is locked|lock timeout|deadlock",
        "is locked by another program",
        "wait until that has finished, and try again",
    ),
    _Fault(
        r"readonly|read-only|permission denied",
        "cannot be written to",
        "see that you have the right to write to it and to its folder, or copy it",
    ),
    _Fault(
        r"malformed|file is not a database|disk image",
        "is damaged: its file is cut off or overwritten",
        _COPY,
    ),
    _Fault(
        r"what was recorded is not changed",
        "keeps what was recorded as it is",
        "add a judgement or another version instead",
    ),
    _Fault(
        r"disk is full|No space left|disk I/O",
        "cannot be written: the disk is full or failing",
        "make room, and try again; what was told as added is there",
    ),
    _Fault(
        r"unable to open database file",
        "cannot be opened",
        "see that its folder is there and that you have the right to use it",
    ),
    _Fault(
        r"connection (failed|refused|to server)|could not (connect|translate)"
        r"|server closed|terminating connection|connection is lost",
        "the database server cannot be reached",
        "see that it runs, and that host, port, user and password are right",
    ),
    _Fault(
        r"password authentication|role .* does not exist|no password",
        "the database server does not let this user in",
        "see that user and password are right",
    ),
    _Fault(
        r"database .* does not exist",
        "there is no such database on the server",
        "make it with createdb",
    ),
    _Fault(
        r"relation .* does not exist|no such table",
        "holds no whole case: a table is missing",
        _COPY,
    ),
)


@contextmanager
def explained(place: str) -> Iterator[None]:
    """Turn what the database driver raises into a `CaseError` that names the case.

    Raises:
        CaseError: in place of any error of the driver.
    """
    try:
        yield
    except DBAPIError as error:
        told = " ".join(str(error.orig).split())
        for pattern, reason, remedy in _KNOWN:
            if re.search(pattern, told, re.IGNORECASE):
                raise CaseError(place, reason, remedy) from error
        raise CaseError(place, f"the database says: {told[:200]}", "see whether it is a case of Trucebook's") from error


def see_file(file: Path, shown: str, *, create: bool) -> bool:
    """See that a file is a case, before a database driver opens it and perhaps writes to it.

    Args:
        file: the file.
        shown: as the user named it.
        create: whether it may be missing, or be empty.

    Returns:
        Whether the file has yet to be made.

    Raises:
        CaseError: it is something else, or is cut off.
    """
    try:
        size = file.stat().st_size if file.exists() else None
        if file.is_dir():
            raise CaseError(shown, "is a folder", "name a file in it, such as talks.truce")
        if not file.parent.is_dir():
            raise CaseError(shown, "its folder does not exist", "create the folder first")
        if size is None or (size == 0 and create):
            if create:
                return True
            raise CaseError(
                shown, "does not exist", "make it with trucebook add or trucebook serve --new, or check the path"
            )
        with file.open("rb") as stream:
            header = stream.read(_HEADER)
    except OSError as error:
        reason = f"cannot be read ({(error.strerror or str(error)).lower()})"
        raise CaseError(shown, reason, "check the path and its permissions") from error
    _see_header(header, size, file, shown)
    return False


def _see_header(header: bytes, size: int, file: Path, shown: str) -> None:
    """Look at the header of an SQLite file (sqlite.org/fileformat2.html, 1.3)."""
    if len(header) < _HEADER and _MAGIC.startswith(header[:16]):
        raise CaseError(shown, "is cut off", _COPY)
    if not header.startswith(_MAGIC):
        raise CaseError(shown, "is no case: it is not an SQLite file", "name another file for the case")
    (page_size,), (pages,) = struct.unpack(">H", header[16:18]), struct.unpack(">I", header[28:32])
    whole = pages * (65536 if page_size == 1 else page_size)
    # What is in the log beside it may not be in the file yet.
    if size < whole and not file.with_name(file.name + "-wal").exists():
        reason = f"is cut off: {size:,} bytes of {whole:,} are there"
        raise CaseError(shown, reason, _COPY)
    (application,) = struct.unpack(">I", header[68:72])
    if application != APPLICATION_ID and pages > 1:
        raise CaseError(shown, "is an SQLite file of another program", "name another file for the case")
