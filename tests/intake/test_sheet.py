from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from trucebook.intake.sheet import read_sheet

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("a.txt", "b.txt", "news.jsonl"):
        (tmp_path / name).write_text("words")
    return tmp_path


@pytest.mark.parametrize(
    "table",
    [
        "file,outlet,published\na.txt,The Post,2031-04-02\n",
        "\ufefffile;outlet;published\r\na.txt;The Post;2031-04-02\r\n",
        "File\tOutlet\tPublished\tmine\na.txt\tThe Post\t2031-04-02\tx\n",
        'path,outlet,published\n./a.txt,"The Post",2031-04-02\n,,\n',
    ],
)
def test_a_row_says_what_its_cells_say(table: str, folder: Path) -> None:
    sheet = read_sheet(table.encode(), "reports.csv", folder)
    assert sheet.rows == {"a.txt": {"outlet": "The Post", "published": "2031-04-02"}}
    assert sheet.warnings == ()


@pytest.mark.parametrize(
    ("row", "warning"),
    [
        (",The Post,", "row 3: names no file; the row is not used"),
        ("c.txt,The Post,", "row 3: names c.txt, which is not there; the row is not used"),
        ("a.txt,The Post,", "row 3: names a.txt again; the row is not used"),
        ("../../a\x00,The Post,", "is binary, not text; the sheet is not used"),
        ('b.txt,"The Post\nc.txt,The Globe', "row 3: a cell goes over several lines; is a quotation mark not closed?"),
        ("b.txt,The Post,03/04/2031", "row 3: '03/04/2031' is not one day; write it as 2025-03-12"),
    ],
)
def test_a_row_that_cannot_be_used_is_named(row: str, warning: str, folder: Path) -> None:
    sheet = read_sheet(f"file,outlet,published\na.txt,The Post,2031-04-02\n{row}\n".encode(), "reports.csv", folder)
    assert len(sheet.warnings) == 1
    assert sheet.warnings[0].endswith(warning)
    assert sheet.warnings[0].startswith("reports.csv")


def test_a_row_keeps_what_can_be_read_of_it(folder: Path) -> None:
    sheet = read_sheet(b"file,outlet,published\nb.txt,The Post,03/04/2031\n", "reports.csv", folder)
    assert sheet.rows == {"b.txt": {"outlet": "The Post"}}


def test_a_row_can_name_a_record(folder: Path) -> None:
    assert read_sheet(b"file,outlet\nnews.jsonl#3,The Post\n", "s", folder).rows == {
        "news.jsonl#3": {"outlet": "The Post"}
    }


@pytest.mark.parametrize(
    ("raw", "warning"),
    [
        (b"", "is empty"),
        (b"outlet,title\nThe Post,Truce\n", "no column named file"),
        (b"PK\x03\x04xl/", "is an Excel workbook"),
        (b'file,outlet\n"' + b"x" * 200_000 + b'"\n', "is not a table"),
    ],
)
def test_a_sheet_that_cannot_be_used_is_named(raw: bytes, warning: str, folder: Path) -> None:
    sheet = read_sheet(raw, "reports.csv", folder)
    assert sheet.rows == {}
    assert warning in sheet.warnings[0]
    assert sheet.warnings[0].endswith("the sheet is not used")
