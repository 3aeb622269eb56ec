"""A case goes into an archive and comes out the same, in either database; a damaged archive makes no case."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest
from record_stubs import BERG, QUOTED, THORNE, put, report

from trucebook.dossier.judgement import Subject
from trucebook.record.archive import export_case, import_case
from trucebook.record.case import open_case
from trucebook.record.errors import ArchiveError
from trucebook.record.judgements import Decision, judge, judgements
from trucebook.record.replay import known_then
from trucebook.record.search import search
from trucebook.record.verify import verify

if TYPE_CHECKING:
    from pathlib import Path

    from trucebook.record.case import Case


def exported(case: Case) -> bytes:
    file = io.BytesIO()
    export_case(case, file)
    return file.getvalue()


@pytest.fixture
def archive(tmp_path: Path) -> bytes:
    with open_case(str(tmp_path / "first.truce"), create=True) as case:
        put(case, report("one", f"{BERG} {QUOTED}", url="https://quay.example/1"))
        put(case, report("one", f"{THORNE} {QUOTED}", url="https://quay.example/1"))
        put(case, report("two", THORNE))
        judge(case, Subject(kind="actor", id="Anna Berg"), Decision(act="note", value="x"), user="ida")
        return exported(case)


def test_a_case_comes_back_as_it_was_and_goes_on(archive: bytes, place: str, tmp_path: Path) -> None:
    with open_case(str(tmp_path / "first.truce")) as first, open_case(place, create=True) as copy:
        import_case(copy, io.BytesIO(archive), name="case.zip")
        assert exported(copy) == archive
        assert verify(copy) == verify(first)
        assert known_then(copy) == known_then(first)
        assert judgements(copy) == judgements(first)
        assert len(search(copy, "brigade")) == 2
        assert put(copy, report("two", THORNE)).outcome == "unchanged"
        assert put(copy, report("three", BERG)).outcome == "added"
        assert verify(copy).faults == ()


def test_an_empty_case_can_be_exported_and_imported(place: str, tmp_path: Path) -> None:
    with open_case(str(tmp_path / "none.truce"), create=True) as none, open_case(place, create=True) as copy:
        import_case(copy, io.BytesIO(exported(none)), name="case.zip")
        assert put(copy, report("one", BERG)).outcome == "added"
        assert verify(copy).faults == ()


def changed(archive: bytes, member: str, old: bytes, new: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as whole, zipfile.ZipFile(file, "w") as other:
        for name in whole.namelist():
            raw = whole.read(name)
            other.writestr(name, raw.replace(old, new) if name == member else raw)
    return file.getvalue()


@pytest.mark.parametrize(
    ("member", "old", "new", "told"),
    [
        ("version.jsonl", b"forty", b"fifty", "is not what was exported"),
        ("audit.jsonl", b'"user":"ida"', b'"user":"eve"', "is not what was exported"),
        ("case.json", b'"format": 1', b'"format": 2', "newer Trucebook"),
        ("case.json", b"{", b"", "no whole archive"),
        ("report.jsonl", b'"name"', b'"nome"', "no whole archive"),
    ],
)
def test_a_damaged_archive_makes_no_case(
    archive: bytes, place: str, member: str, old: bytes, new: bytes, told: str
) -> None:
    with open_case(place, create=True) as copy:
        with pytest.raises(ArchiveError, match=told):
            import_case(copy, io.BytesIO(changed(archive, member, old, new)), name="case.zip")
        assert known_then(copy).readings == ()
        assert verify(copy).faults == ()


def test_what_is_no_archive_is_refused(case: Case, archive: bytes) -> None:
    for raw in (b"", b"PK", archive[: len(archive) // 2]):
        with pytest.raises(ArchiveError, match="no whole archive"):
            import_case(case, io.BytesIO(raw), name="case.zip")


def test_a_case_with_something_in_it_is_not_filled(case: Case, archive: bytes) -> None:
    put(case, report("one", BERG))
    with pytest.raises(ArchiveError, match="has something in it"):
        import_case(case, io.BytesIO(archive), name="case.zip")
