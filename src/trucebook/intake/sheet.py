"""`reports.csv`: what the files of a folder do not say about themselves."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from trucebook.errors import InputRefusedError
from trucebook.intake.dates import read_day
from trucebook.intake.decode import decode

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SHEET = "reports.csv"
"""Name of the sheet that stands beside the reports."""

_COLUMNS = ("outlet", "title", "published", "url", "author", "language")
_FILE = ("file", "filename", "path")


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """The rows of a sheet.

    Attributes:
        rows: the filled cells of a row by column, by the file that the row names (relative to the sheet's folder).
        warnings: what could not be used, each naming its row.
    """

    rows: dict[str, dict[str, str]] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()


def read_sheet(raw: bytes, path: str, folder: Path) -> Sheet:
    """Return the rows of a sheet: columns file, outlet, title, published, url, and author and language if present.

    Further columns are the user's own and are passed over. A row that names no file, a file that is not there, or one
    that an earlier row names, and a day that cannot be read, are warnings.

    Args:
        raw: the bytes of the sheet; commas, semicolons or tabs part its cells.
        path: the sheet as the user would name it.
        folder: where the files are that it names.
    """
    try:
        text = decode(raw, path)
    except InputRefusedError as error:
        return Sheet(warnings=(f"{path}: {error.reason}; the sheet is not used",))
    try:
        table = list(_table(text))
    except csv.Error as error:
        return Sheet(warnings=(f"{path}: is not a table ({error}); the sheet is not used",))
    if not table or not (names := [c.strip().lower() for c in table[0][1]]) or not set(names) & set(_FILE):
        return Sheet(warnings=(f"{path}: its first row has no column named file; the sheet is not used",))
    rows: dict[str, dict[str, str]] = {}
    warnings = []
    for number, cells in table[1:]:
        row = {n: c.strip() for n, c in zip(names, cells, strict=False) if c.strip()}
        if any("\n" in c or "\r" in c for c in row.values()):
            warnings.append(f"{path}, row {number}: a cell goes over several lines; is a quotation mark not closed?")
        name = next((row[n] for n in _FILE if n in row), "").replace("\\", "/").removeprefix("./")
        if problem := _problem(name, rows, folder):
            warnings.append(f"{path}, row {number}: {problem}; the row is not used")
            continue
        if "published" in row and read_day(row["published"]) is None:
            warnings.append(f"{path}, row {number}: {row.pop('published')!r} is not one day; write it as 2025-03-12")
        rows[name] = {c: row[c] for c in _COLUMNS if c in row}
    return Sheet(rows=rows, warnings=tuple(warnings))


def _problem(name: str, rows: dict[str, dict[str, str]], folder: Path) -> str | None:
    if not name:
        return "names no file"
    if name in rows:
        return f"names {name} again"
    return None if _is_there(folder, name) else f"names {name}, which is not there"


def _is_there(folder: Path, name: str) -> bool:
    """Whether the folder has the file; a row for one record names the file it is in (`news.jsonl#3`)."""
    try:
        return (folder / name).is_file() or (folder / name.rpartition("#")[0]).is_file()
    except (OSError, ValueError):
        return False


def _table(text: str) -> Iterator[tuple[int, list[str]]]:
    """The rows that have any cell filled, with their numbers as a spreadsheet shows them."""
    head = text.split("\n", 1)[0]
    sign = max(",;\t", key=head.count)
    for number, cells in enumerate(csv.reader(io.StringIO(text.lstrip("\ufeff"), newline=""), delimiter=sign), 1):
        if any(c.strip() for c in cells):
            yield number, cells
