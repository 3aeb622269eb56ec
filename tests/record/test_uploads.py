"""Files that were handed in: none is lost, none is read twice, and each is told of by name."""

from __future__ import annotations

import json
import multiprocessing
import os
from typing import TYPE_CHECKING

import pytest
from record_stubs import BERG, THORNE, read
from sqlalchemy import func, select, update

from trucebook import casework
from trucebook.reading.read import ReadingSettings
from trucebook.record.archive import export_case
from trucebook.record.replay import known_then
from trucebook.record.schema import upload
from trucebook.record.uploads import Handed, Progress, Stated, batch_of, claim, hand_in, latest, release, tell, waiting
from trucebook.record.verify import verify

if TYPE_CHECKING:
    from pathlib import Path

    from trucebook.record.case import Case

WORK = casework.Work(settings=ReadingSettings(model="stub"), reader=read)


def handed(name: str, text: str | bytes) -> Handed:
    raw = text.encode() if isinstance(text, str) else text
    return Handed(name=name, raw=raw, size=len(raw))


def read_all(case: Case) -> None:
    while (taken := claim(case)) is not None:
        casework.read_upload(case, *taken, WORK)


def test_files_are_read_in_their_order_and_told_of(case: Case) -> None:
    batch = hand_in(
        case,
        [handed("one.txt", BERG), handed("two.txt", THORNE)],
        Stated(outlet="The Quay", published="2031-05-07"),
        user="ida",
    )
    assert waiting(case) == 2
    read_all(case)
    one, two = batch_of(case, batch)
    assert [(u.name, u.state, u.user, u.told.total) for u in (one, two)] == [
        ("one.txt", "read", "ida", 1),
        ("two.txt", "read", "ida", 1),
    ]
    assert [(c.name, c.outcome) for c in (*one.told.came, *two.told.came)] == [("one", "added"), ("two", "added")]
    assert all(c.number for c in one.told.came)
    assert (waiting(case), [u.name for u in latest(case)]) == (0, ["two.txt", "one.txt"])
    assert verify(case).faults == ()
    with case.reading() as connection:
        assert connection.execute(select(func.count()).where(upload.c.bytes.is_not(None))).scalar_one() == 0


def test_what_is_said_of_them_holds_for_all(case: Case) -> None:
    hand_in(case, [handed("one.txt", BERG)], Stated(outlet="The Quay", published="2031-05-07"), user="ida")
    read_all(case)
    (reading,) = known_then(case).readings
    assert (reading.report.outlet, str(reading.report.published)) == ("The Quay", "2031-05-07")


def test_the_same_file_in_other_words_is_another_version(case: Case) -> None:
    for text in (BERG, BERG + " It rained.", BERG + " It rained."):
        batch = hand_in(case, [handed("one.txt", text)], Stated(), user="ida")
        read_all(case)
    assert [c.outcome for c in batch_of(case, batch)[0].told.came] == ["unchanged"]
    (reading,) = known_then(case).readings
    assert reading.report.text.endswith("It rained.")


@pytest.mark.parametrize(
    ("name", "raw", "why"),
    [
        ("a.txt", b"", "is empty"),
        ("a.pdf", b"%PDF-1.7\n", "is a PDF document"),
        ("a.txt", b"\x00\x01\x02" * 100, "is binary"),
        ("a.json", b'{"title": "no text"}', "has no field with a text"),
        ("reports.csv", b"file,outlet\n", "is a sheet about reports"),
        ("../../etc/passwd", b"", "is empty"),
        ("a.txt", "Der Gesandte sagte am Montag, dass die Gespräche weitergehen und niemand den Raum verlässt.".encode(), "is not in English"),
    ],
    ids=["empty", "pdf", "binary", "no-text", "sheet", "path", "german"],
)  # fmt: skip
def test_what_is_no_report_is_refused_by_name_and_the_rest_goes_on(case: Case, name: str, raw: bytes, why: str) -> None:
    batch = hand_in(case, [handed(name, raw), handed("good.txt", BERG)], Stated(), user="ida")
    read_all(case)
    bad, good = batch_of(case, batch)
    assert (bad.state, good.state) == ("refused", "read")
    (came,) = bad.told.came
    assert (came.outcome, came.name) == ("refused", name)
    assert why in came.why
    assert "upload:" not in str(bad.told)


def test_a_file_of_records_tells_of_each(case: Case) -> None:
    lines = [json.dumps({"text": BERG, "id": "one"}), "{no json", json.dumps({"text": THORNE, "id": "two"})]
    batch = hand_in(case, [handed("news.jsonl", "\n".join(lines))], Stated(), user="ida")
    read_all(case)
    (held,) = batch_of(case, batch)
    assert (held.state, held.told.total) == ("read", 3)
    assert [(c.name, c.outcome) for c in held.told.came] == [("#2", "refused"), ("one", "added"), ("two", "added")]


def test_nothing_on_the_disk_is_read_for_a_name(case: Case, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text(BERG, encoding="utf-8")
    (tmp_path / "reports.csv").write_text("file,outlet\nsecret.txt,The Spy\n", encoding="utf-8")
    hand_in(case, [handed(str(secret), THORNE)], Stated(), user="ida")
    read_all(case)
    (reading,) = known_then(case).readings
    assert (reading.report.text, reading.report.outlet) == (THORNE, None)


def test_what_is_refused_at_once_is_told_of_and_not_kept(case: Case) -> None:
    batch = hand_in(case, [Handed(name="big.txt", raw=b"", size=10**9, why="is too large")], Stated(), user="ida")
    (held,) = batch_of(case, batch)
    assert (held.state, held.told.why, waiting(case), claim(case)) == ("refused", "is too large", 0, None)


def test_a_file_is_one_processes_alone(case: Case) -> None:
    hand_in(case, [handed("one.txt", BERG)], Stated(), user="ida")
    assert claim(case) is not None
    assert claim(case) is None
    release(case)  # this process lives
    assert claim(case) is None


def _take(place: str) -> None:
    from trucebook.record.case import open_case  # noqa: PLC0415  of the other process

    with open_case(place) as opened:
        assert claim(opened) is not None
    os._exit(9)  # as if it were killed


def test_a_file_whose_process_was_killed_waits_again_and_not_for_ever(case: Case, place: str) -> None:
    batch = hand_in(case, [handed("one.txt", BERG)], Stated(), user="ida")
    for state in ("waiting", "waiting", "failed"):
        process = multiprocessing.get_context("spawn").Process(target=_take, args=(place,))
        process.start()
        process.join()
        assert batch_of(case, batch)[0].state == "reading"
        release(case)
        assert batch_of(case, batch)[0].state == state
    assert "reading it ended the program" in batch_of(case, batch)[0].told.why
    with case.reading() as connection:
        assert bytes(connection.execute(select(upload.c.bytes)).scalar_one()) == BERG.encode()


def test_a_file_of_another_machine_is_left_to_it_for_a_while(case: Case) -> None:
    batch = hand_in(case, [handed("one.txt", BERG)], Stated(), user="ida")
    claim(case)
    with case.unlogged() as connection:
        connection.execute(update(upload).values(worker="elsewhere:1"))
    release(case)
    assert batch_of(case, batch)[0].state == "reading"
    with case.unlogged() as connection:
        connection.execute(update(upload).values(at=case.clock() - 16 * 60 * 1_000_000))
    release(case)
    assert batch_of(case, batch)[0].state == "waiting"


def test_what_was_done_long_ago_is_forgotten(case: Case) -> None:
    batch = hand_in(case, [handed("one.txt", BERG), handed("two.txt", BERG)], Stated(), user="ida")
    taken = claim(case)
    assert taken is not None
    tell(case, taken[0].id, Progress(), "read")
    with case.unlogged() as connection:
        connection.execute(update(upload).values(at=0))
    hand_in(case, [], Stated(), user="ida")
    assert [u.name for u in batch_of(case, batch)] == ["two.txt"]  # which has yet to be read


def test_an_archive_has_nothing_that_waits(case: Case, tmp_path: Path) -> None:
    hand_in(case, [handed("one.txt", "words that nobody has read")], Stated(), user="ida")
    with (tmp_path / "talks.zip").open("wb") as file:
        export_case(case, file)
    assert b"upload" not in (tmp_path / "talks.zip").read_bytes()
