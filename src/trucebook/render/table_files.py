"""Tables as files: CSV that no spreadsheet takes for formulas, and Parquet with types.

CSV is UTF-8 with a byte order mark (spreadsheets need it to see that it is UTF-8), fields parted by commas, rows by CR
LF (RFC 4180). Every text stands in quotation marks and no number does, so an empty text (`""`) and no value differ.
"""

from __future__ import annotations

import datetime
import io
import re
from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from trucebook.errors import SettingsError
from trucebook.render.shown import block

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from trucebook.render.tables import Column, Kind, Table, Value

_BOM = "\ufeff"
_ROW_END = "\r\n"
_LISTED = "; "
# What a spreadsheet takes for the beginning of a formula (OWASP, CSV Injection), at the beginning of a cell, and behind
# what another country's spreadsheet may take for the end of one; full-width forms count too.
_FORMULA = re.compile("(^|[;\t\r\n|\u2028\u2029\x85\x0b\x0c])([\\s\"'\u200b\ufeff]*)(?=[=+\\-@＝＋－＠])")
_GUARD = "'"


def csv_files(tables: Sequence[Table]) -> dict[str, bytes]:
    """Return tables as CSV, by file name.

    A `'` is put before what a spreadsheet could take for a formula; control characters are shown as their pictures.
    """
    return {f"{table.name}.csv": _csv(table) for table in tables}


def _csv(table: Table) -> bytes:
    rows = [[f'"{c.name}"' for c in table.columns]]
    rows += [[_cell(v) for v in row] for row in table.rows]
    return (_BOM + "".join(",".join(row) + _ROW_END for row in rows)).encode("utf-8")


def _cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return repr(value)
    text = _LISTED.join(value) if isinstance(value, list) else value
    return '"' + guarded(text).replace('"', '""') + '"'


def guarded(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula: with `'` before every sign that could begin one."""
    return _FORMULA.sub(rf"\1\2{_GUARD}", block(text))


def parquet_files(tables: Sequence[Table]) -> dict[str, bytes]:
    """Return tables as Parquet, by file name: types as the columns say, nulls for no value, texts exactly as they are.

    Raises:
        SettingsError: pyarrow is not installed.
    """
    try:
        import pyarrow  # noqa: PLC0415  an extra
        from pyarrow import parquet  # noqa: PLC0415
    except ImportError as error:
        remedy = "install it with: pip install 'trucebook[tables]'; or take --format csv"
        raise SettingsError(f"--format parquet: needs pyarrow, which is not installed; {remedy}") from error
    files = {}
    for table in tables:
        file = io.BytesIO()
        parquet.write_table(_arrow(table, pyarrow), file, compression="zstd")
        files[f"{table.name}.parquet"] = file.getvalue()
    return files


def _arrow(table: Table, arrow: Any) -> Any:  # noqa: ANN401  the module, which may not be installed
    types = _types()
    schema = arrow.schema(
        [
            arrow.field(c.name, types[c.kind], nullable=c.optional, metadata={"description": c.says})
            for c in table.columns
        ],
        metadata={"description": f"one row: {table.says}", "trucebook": version("trucebook")},
    )
    columns = list(zip(*table.rows, strict=True)) or [()] * len(table.columns)
    arrays = [
        arrow.array([_typed(v, column) for v in cells], type=types[column.kind])
        for cells, column in zip(columns, table.columns, strict=True)
    ]
    return arrow.Table.from_arrays(arrays, schema=schema)


@cache
def _types() -> Mapping[Kind, Any]:
    import pyarrow  # noqa: PLC0415  an extra

    return {
        "text": pyarrow.string(),
        "texts": pyarrow.list_(pyarrow.field("item", pyarrow.string(), nullable=False)),
        "integer": pyarrow.int64(),
        "number": pyarrow.float64(),
        "boolean": pyarrow.bool_(),
        "date": pyarrow.date32(),
        "moment": pyarrow.timestamp("us", tz="UTC"),
    }


def _typed(value: Value, column: Column) -> object:
    if isinstance(value, list):
        return [_whole(item) for item in value]
    if isinstance(value, str) and column.kind == "date":
        return datetime.date.fromisoformat(value)
    if isinstance(value, str) and column.kind == "moment":
        return datetime.datetime.fromisoformat(value)
    return _whole(value) if isinstance(value, str) else value


def _whole(text: str) -> str:
    """Without halves of characters, which no UTF-8 holds."""
    return text.encode("utf-8", "replace").decode("utf-8")
