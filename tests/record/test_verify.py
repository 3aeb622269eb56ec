"""Damage that is planted is found, and told in words; what nobody touched is not accused."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

import pytest
from record_stubs import BERG, QUOTED, THORNE, put, report
from sqlalchemy import text

from trucebook.record.case import Case, open_case
from trucebook.record.errors import CaseError
from trucebook.record.judgements import Decision, judge
from trucebook.record.verify import verify

if TYPE_CHECKING:
    from pathlib import Path

from trucebook.dossier.judgement import Subject

_TABLES = ("audit", "maker", "original", "report", "version", "reading", "judgement")


@pytest.fixture
def kept(case: Case) -> Case:
    put(case, report("one", f"{BERG} {QUOTED}", url="https://quay.example/1"))
    put(case, report("one", f"{BERG} {QUOTED} {THORNE}", url="https://quay.example/1"))
    put(case, report("two", THORNE))
    judge(case, Subject(kind="actor", id="Anna Berg"), Decision(act="merge", names=("A. Berg",)), user="ida")
    return case


def tamper(case: Case, statement: str, **values: object) -> None:
    """Change the database as somebody may who has a tool for it: the guards first."""
    with case._writer() as connection, connection.begin():  # noqa: SLF001  behind the program's back
        for table in _TABLES:
            if connection.dialect.name == "sqlite":
                connection.execute(text(f"DROP TRIGGER IF EXISTS {table}_no_update"))
                connection.execute(text(f"DROP TRIGGER IF EXISTS {table}_no_delete"))
            else:
                connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
                connection.execute(text("SET CONSTRAINTS ALL DEFERRED"))
        connection.execute(text(statement), values)


def test_a_case_that_nobody_touched_is_as_it_was_recorded(kept: Case) -> None:
    proof = verify(kept)
    assert proof.faults == ()
    assert proof.rows > 8
    assert proof.entries == proof.rows + 1  # the first is of the case itself
    assert proof.spans > 10


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE original SET bytes = {flipped} WHERE entry = (SELECT min(entry) FROM original)", "its bytes are not those that were kept"),
        ("UPDATE version SET text = replace(text, 'forty', 'fifty') WHERE id = 1", "does not show the words it was read from"),
        ("UPDATE version SET text = replace(text, 'forty', 'fifty') WHERE id = 1", "version:1: was altered"),
        ("UPDATE version SET text = replace(text, 'forty', 'fifty') WHERE id = 1", "the search index does not have its words"),
        ("UPDATE version SET about = replace(about, 'Quay', 'Mill') WHERE id = 2", "version:2: was altered"),
        ("UPDATE version SET published = '2031-05-01' WHERE id = 2", "version:2: was altered"),
        ("UPDATE version SET recorded = recorded - 1 WHERE id = 2", "version:2: was altered"),
        ("UPDATE report SET name = 'three' WHERE name = 'two'", "was altered after it was recorded"),
        ("UPDATE maker SET body = '{}'", "maker:1: was altered"),
        ("UPDATE judgement SET body = replace(body, 'ida', 'eve')", "judgement:1: was altered"),
        ("DELETE FROM judgement", "judgement:1: is missing"),
        ("DELETE FROM reading WHERE id = 2", "reading:2: is missing"),
        ("DELETE FROM passage WHERE version = 3", "version:3: the search index does not have its words"),
        ("DELETE FROM audit WHERE seq = 4", "log: entry 4 is missing"),
        ("DELETE FROM audit WHERE seq = (SELECT max(seq) FROM audit)", "log: it ends with entry"),
        ("UPDATE audit SET \"user\" = 'eve' WHERE seq = 5", "log: entry 5 ("),
        ("UPDATE audit SET at = at + 1 WHERE seq = 1", "log: entry 1"),
        ("UPDATE audit SET digest = hash WHERE seq = 5", "log: entry 5"),
        ("INSERT INTO report (id, name, key, entry) VALUES (9, 'x', 'y', 99)", "report:9: the log does not know of it"),
        ("UPDATE head SET uid = 'other'", "log: it does not begin with this case"),
    ],
)  # fmt: skip
def test_planted_damage_is_found(kept: Case, statement: str, told: str) -> None:
    flipped = "X'00'" if kept.location.file else "'\\x00'::bytea"
    tamper(kept, statement.replace("{flipped}", flipped))
    assert [f for f in verify(kept).faults if told in f]


def test_a_span_that_was_moved_is_told_with_the_words_it_shows_now(kept: Case) -> None:
    with kept.reading() as connection:
        body = connection.execute(text("SELECT body FROM reading WHERE id = 3")).scalar_one()
    moved = zlib.decompress(body).replace(b'"span":[0,11]', b'"span":[1,11]')
    tamper(kept, "UPDATE reading SET body = :body WHERE id = 3", body=zlib.compress(moved))
    faults = verify(kept).faults
    assert any(
        "of two (version 1): span 1-11 does not show the words it was read from: 'lan Thorne'" in f for f in faults
    )


def test_a_reading_that_cannot_be_understood_is_told_and_the_rest_goes_on(kept: Case) -> None:
    tamper(kept, "UPDATE reading SET body = anchors WHERE id = 1")
    faults = verify(kept).faults
    assert any("reading:1 of one (version 1): cannot be understood" in f for f in faults)


def test_an_end_that_was_written_down_shows_that_later_entries_have_gone(kept: Case) -> None:
    before = verify(kept).end
    put(kept, report("three", QUOTED))
    after = verify(kept)
    assert after.end != before
    assert verify(kept, since=before).faults == ()
    assert verify(kept, since="f" * 64).faults != ()


@pytest.mark.parametrize("statement", ["UPDATE version SET text = 'x'", "DELETE FROM audit", "DELETE FROM judgement"])
def test_what_was_recorded_is_guarded(kept: Case, statement: str) -> None:
    with pytest.raises(CaseError, match="keeps what was recorded as it is"), kept.writing("eve") as ledger:
        ledger.connection.execute(text(statement))
    assert verify(kept).faults == ()


def test_any_flipped_byte_of_the_file_is_an_error_or_found(tmp_path: Path) -> None:
    place = tmp_path / "case.truce"
    with open_case(str(place), create=True) as case:
        put(case, report("one", f"{BERG} {QUOTED}" * 3))
        whole = verify(case)
    raw = place.read_bytes()
    told = raw.index(b"forty trucks")
    for at in (told, raw.rindex(b'"outlet"'), raw.index(b"sha256:")):
        place.write_bytes(raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :])
        with open_case(str(place)) as case:
            assert verify(case).faults != whole.faults
