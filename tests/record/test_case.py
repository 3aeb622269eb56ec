"""Opening a case: made once, told from reports, and refused in words where it cannot be used."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from record_stubs import BERG, THORNE, put, report
from sqlalchemy import text

from trucebook.record import case as opening
from trucebook.record import migrations
from trucebook.record.case import Case, open_case
from trucebook.record.errors import CaseError
from trucebook.record.location import is_case, locate
from trucebook.record.migrate import REVISION
from trucebook.record.replay import known_then
from trucebook.record.schema import metadata

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    place = tmp_path / "talks.truce"
    with open_case(str(place), create=True) as case:
        put(case, report("one", BERG))
    return place


def test_the_tables_that_are_made_are_those_that_are_used(case: Case) -> None:
    with case.reading() as connection:
        found = compare_metadata(MigrationContext.configure(connection), metadata)
    assert [change for change in found if "passage" not in str(change) and "alembic" not in str(change)] == []


def test_the_program_knows_the_last_revision_of_its_tables() -> None:
    config = Config()
    config.set_main_option("script_location", str(migrations.__path__[0]))
    assert ScriptDirectory.from_config(config).get_heads() == [REVISION]


def test_a_case_that_is_there_is_opened_as_it_is(place: str) -> None:
    for name in ("one", "two"):
        with open_case(place, create=True) as case:
            put(case, report(name, f"{BERG} {name}."))
    with open_case(place) as case:
        assert len(known_then(case).readings) == 2


def test_what_is_not_there_is_not_made_unless_asked(tmp_path: Path, postgresql: str) -> None:
    with pytest.raises(CaseError, match="does not exist; make it with trucebook add or"):
        open_case(str(tmp_path / "none.truce"))
    with pytest.raises(CaseError, match="holds no case"):
        open_case(f"{postgresql}&case=none")
    assert not (tmp_path / "none.truce").exists()


def test_a_case_of_a_newer_program_is_refused(place: str) -> None:
    with open_case(place, create=True) as case, case.writing("ida") as ledger:
        ledger.connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(CaseError, match=r"written by a newer Trucebook \(its tables are 9999"):
        open_case(place)


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (lambda whole: whole[: len(whole) // 2], "is cut off"),
        (lambda whole: whole[:60], "is cut off"),
        (lambda whole: b"\x00" * 200 + whole[200:], "is no case: it is not an SQLite file"),
        (lambda whole: whole[:4096] + b"\xff" * 8192 + whole[12288:], "damaged|no whole case|no case|database says"),
        (lambda _: b"The envoy said on Monday that the talks would go on.", "is no case"),
    ],
    ids=["half", "header", "no-header", "overwritten", "a-report"],
)  # fmt: skip
def test_a_damaged_or_foreign_file_is_refused_by_name(kept: Path, raw: object, told: str) -> None:
    assert callable(raw)
    kept.write_bytes(raw(kept.read_bytes()))
    with pytest.raises(CaseError, match=told) as refused, open_case(str(kept)) as case:
        known_then(case)
    assert str(refused.value).startswith(f"{kept}: ")


def test_the_file_of_another_program_is_left_alone(tmp_path: Path) -> None:
    place = tmp_path / "bookmarks.sqlite"
    connection = sqlite3.connect(place)
    connection.execute("CREATE TABLE bookmark (url TEXT)")
    connection.close()
    before = place.read_bytes()
    with pytest.raises(CaseError, match="SQLite file of another program"):
        open_case(str(place), create=True)
    assert place.read_bytes() == before


def test_a_case_that_another_writes_to_is_told_as_locked(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "PATIENCE", 0.1)
    other = sqlite3.connect(kept, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with open_case(str(kept)) as case:
        assert len(known_then(case).readings) == 1  # readers wait for nobody
        with pytest.raises(CaseError, match="is locked by another program; wait"):
            put(case, report("two", f"{BERG} Two."))
    other.close()


def test_a_case_that_cannot_be_written_to_can_be_read(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.access", lambda *_: False)
    with open_case(str(kept)) as case:
        assert len(known_then(case).readings) == 1
        with pytest.raises(CaseError, match="cannot be written to"):
            put(case, report("two", f"{BERG} Two."))


def test_a_server_that_is_not_there_is_told_without_the_password(tmp_path: Path) -> None:
    pytest.importorskip("psycopg", reason="psycopg is not installed (trucebook[postgresql])")
    with pytest.raises(CaseError, match="database server cannot be reached") as refused:
        open_case(f"postgresql://ida:secret@/talks?host={tmp_path}")
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize(
    ("name", "case"),
    [
        ("postgresql://host/db", True),
        ("postgres://host/db?case=talks", True),
        ("talks.truce", True),
        ("http://host/db", False),
        ("reports", False),
        ("-", False),
        ("", False),
        ("a\x00b", False),
    ],
)
def test_a_case_is_told_from_a_report_by_its_name(name: str, *, case: bool) -> None:
    assert is_case(name) is case


def test_a_case_is_told_from_a_report_by_how_it_begins(kept: Path, tmp_path: Path) -> None:
    other = kept.rename(tmp_path / "talks.txt")
    (tmp_path / "report.txt").write_text("SQLite format 3 is what the envoy asked for.", encoding="utf-8")
    assert is_case(str(other))
    assert not is_case(str(tmp_path / "report.txt"))
    assert not is_case(str(tmp_path))


@pytest.mark.parametrize("case", ["Talks", "a b", "x;drop", "pg_x", "1a"])
def test_a_name_that_no_schema_has_is_refused(case: str) -> None:
    with pytest.raises(CaseError, match="is no name of a case"):
        locate(f"postgresql://ida:secret@host/db?case={case}")


def names(case: Case) -> list[str]:
    return sorted(r.report.id for r in known_then(case).readings)


def test_a_case_that_stays_open_shows_what_others_add(kept: Path) -> None:
    with open_case(str(kept), often=True) as often:
        assert names(often) == ["one"]
        with open_case(str(kept)) as other:
            put(other, report("two", THORNE))
        assert names(often) == ["one", "two"]
        put(often, report("three", "Nobody signed."))
        with open_case(str(kept)) as other:
            assert names(other) == ["one", "three", "two"]


def test_a_case_that_stays_open_is_the_file_that_has_its_name_now(kept: Path, tmp_path: Path) -> None:
    backup = tmp_path / "backup.truce"
    with open_case(str(backup), create=True) as other:
        put(other, report("before", THORNE))
    with open_case(str(kept), often=True) as often:
        assert names(often) == ["one"]
        backup.replace(kept)
        assert names(often) == ["before"]


@pytest.mark.parametrize("often", [False, True])
def test_a_file_that_was_taken_away_is_told_of_and_not_made_anew(kept: Path, often: bool) -> None:
    with open_case(str(kept), often=often) as case:
        assert names(case) == ["one"]
        kept.unlink()
        with pytest.raises(CaseError, match="cannot be opened"):
            names(case)
    assert not kept.exists()


def test_a_file_that_stays_open_can_be_copied_once_it_is_gathered(kept: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.truce"
    with open_case(str(kept), often=True) as often:
        names(often)
        put(often, report("two", THORNE))
        often.gather()
        often.gather()
        copy.write_bytes(kept.read_bytes())
        with open_case(str(copy)) as alone:
            assert names(alone) == ["one", "two"]


def test_there_is_nothing_to_gather_where_nothing_is_a_file(case: Case) -> None:
    put(case, report("one", BERG))
    case.gather()
    assert names(case) == ["one"]
