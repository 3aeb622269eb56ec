"""Tables as files: read back as they were, with nothing in them that a spreadsheet would run."""

from __future__ import annotations

import csv
import datetime
import io
import re
import sys

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from trucebook.errors import SettingsError
from trucebook.render.table_files import csv_files, guarded, parquet_files
from trucebook.render.tables import Column, Row, Table

COLUMNS = (
    Column("words", "text", "some words"),
    Column("names", "texts", "some names"),
    Column("start", "integer", "an offset", optional=True),
    Column("strength", "number", "a share"),
    Column("held", "boolean", "yes or no"),
    Column("day", "date", "a day", optional=True),
    Column("at", "moment", "a time", optional=True),
    Column("note", "text", "a note", optional=True),
)
ROWS: tuple[Row, ...] = (
    ["“Yes, if”;\n=1+1", ["Ada", "@Bo"], 4, 0.5, True, "2031-05-07", "2031-05-07T10:00:00.000001+02:00", ""],
    ["-2 men", [], None, 1.0, False, None, None, None],
)
TABLE = Table(name="things", says="a thing", columns=COLUMNS, rows=ROWS)
DANGEROUS = re.compile("[\\s\"'\u200b\ufeff]*[=+\\-@＝＋－＠]")


def read_csv(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_csv_is_read_back() -> None:
    content = csv_files([TABLE])["things.csv"]
    assert content.startswith(b"\xef\xbb\xbf")
    head, first, second = read_csv(content)
    assert head == [c.name for c in COLUMNS]
    assert first == ["“Yes, if”;\n'=1+1", "Ada; '@Bo", "4", "0.5", "true", "2031-05-07", ROWS[0][6], ""]
    assert second == ["'-2 men", "", "", "1.0", "false", "", "", ""]


def test_csv_tells_no_value_from_an_empty_text() -> None:
    lines = csv_files([TABLE])["things.csv"].decode().splitlines()
    assert lines[-2].endswith(',""')
    assert lines[-1].endswith("false,,,")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ('=HYPERLINK("http://x")', '\'=HYPERLINK("http://x")'),
        ("  +1", "  '+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("＝1", "'＝1"),
        ("a;=1", "a;'=1"),
        ("a\n- b", "a\n'- b"),
        ('";-1', "\";'-1"),
        ("a - b", "a - b"),
        ("30-day", "30-day"),
        ("a\x00b", "a␀b"),
        ("x@y.example", "x@y.example"),
    ],
)
def test_what_could_be_a_formula_is_guarded(text: str, shown: str) -> None:
    assert guarded(text) == shown


@given(st.text(st.sampled_from("=+-@＝;,|\t\r\n\x0b\x85\u2028\"' aé\u200b\ufeff"), max_size=30))
@example('"\n"=1')
def test_no_cell_begins_a_formula_wherever_a_spreadsheet_cuts_it(text: str) -> None:
    shown = guarded(text)
    for cell in re.split("[;\t|\r\n\x0b\x0c\x85\u2028\u2029]", shown):
        # A guard is what stands first, behind white space and marks at most; then the cell is a text.
        match = DANGEROUS.match(cell)
        assert match is None or match.group()[-2:-1] == "'"


@given(st.lists(st.text(max_size=12), max_size=4))
def test_any_text_stays_in_its_cell(texts: list[str]) -> None:
    table = Table(
        name="t",
        says="",
        columns=(Column("a", "text", ""), Column("b", "text", "")),
        rows=tuple([[t, "end"] for t in texts]),
    )
    rows = read_csv(csv_files([table])["t.csv"])
    assert [row[1] for row in rows] == ["b", *["end"] * len(texts)]


def test_parquet_is_read_back_with_its_types_and_nulls() -> None:
    pytest.importorskip("pyarrow", reason="pyarrow is not installed (trucebook[tables])")
    from pyarrow import parquet  # noqa: PLC0415  an extra

    table = parquet.read_table(io.BytesIO(parquet_files([TABLE])["things.parquet"]))
    first, second = table.to_pylist()
    utc = datetime.datetime(2031, 5, 7, 8, 0, 0, 1, tzinfo=datetime.UTC)
    assert first == {
        "words": ROWS[0][0], "names": ["Ada", "@Bo"], "start": 4, "strength": 0.5, "held": True,
        "day": datetime.date(2031, 5, 7), "at": utc, "note": "",
    }  # fmt: skip
    assert (second["start"], second["day"], second["at"], second["note"], second["names"]) == (
        None,
        None,
        None,
        None,
        [],
    )
    types = {f.name: str(f.type) for f in table.schema}
    assert types["start"] == "int64"
    assert types["at"] == "timestamp[us, tz=UTC]"
    assert types["names"].startswith("list<")
    assert [f.name for f in table.schema if f.nullable] == [c.name for c in COLUMNS if c.optional]
    assert table.schema.field("words").metadata[b"description"] == b"some words"


def test_a_table_without_rows_has_its_columns_and_types() -> None:
    pytest.importorskip("pyarrow", reason="pyarrow is not installed (trucebook[tables])")
    from pyarrow import parquet  # noqa: PLC0415  an extra

    empty = Table(name="things", says="a thing", columns=COLUMNS)
    table = parquet.read_table(io.BytesIO(parquet_files([empty])["things.parquet"]))
    assert (table.num_rows, table.column_names) == (0, [c.name for c in COLUMNS])
    assert read_csv(csv_files([empty])["things.csv"]) == [[c.name for c in COLUMNS]]


def test_halves_of_characters_are_no_fault() -> None:
    pytest.importorskip("pyarrow", reason="pyarrow is not installed (trucebook[tables])")
    from pyarrow import parquet  # noqa: PLC0415  an extra

    table = Table(name="t", says="", columns=COLUMNS[:2], rows=(["a\ud800", ["\udfff"]],))
    assert read_csv(csv_files([table])["t.csv"])[1] == ["a\ufffd", "\ufffd"]
    assert parquet.read_table(io.BytesIO(parquet_files([table])["t.parquet"])).to_pylist() == [
        {"words": "a?", "names": ["?"]}
    ]


def test_without_pyarrow_the_remedy_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(SettingsError, match=r"trucebook\[tables\]"):
        parquet_files([TABLE])
