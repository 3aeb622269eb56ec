"""What comes of adding: once, whole, one after the other, and what an outlet changed as another version."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from record_stubs import BERG, QUOTED, THORNE, maker, put, read, report
from sqlalchemy import event, func, select

from trucebook.record.adding import Incoming, add, add_reading, key_of, known
from trucebook.record.case import open_case
from trucebook.record.replay import known_then, unread
from trucebook.record.schema import original, reading, version
from trucebook.record.schema import report as reports
from trucebook.record.verify import verify

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy import Table

    from trucebook.record.case import Case


def rows(case: Case, table: Table) -> int:
    with case.reading() as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar_one()


def test_what_is_added_comes_back_as_it_was(case: Case) -> None:
    told = report("one", f"{BERG} {QUOTED}", url="https://quay.example/1")
    html = msgspec.structs.replace(told, page="<p>\x00\ud800</p>", author="I\x00da")
    put(case, html)
    (found,) = known_then(case).readings
    assert found == read(html)
    assert found.report == html


def test_the_same_report_again_changes_nothing(case: Case) -> None:
    first, again = put(case, report("one", BERG)), put(case, report("one", BERG))
    assert (first.outcome, again.outcome) == ("added", "unchanged")
    assert again.name == first.name == "one"
    assert [rows(case, t) for t in (original, reports, version, reading)] == [1, 1, 1, 1]


def test_the_same_bytes_of_two_outlets_are_two_reports_with_one_original(case: Case) -> None:
    put(case, report("one", BERG))
    other = msgspec.structs.replace(report("two", BERG), outlet="The Mill")
    assert put(case, other).outcome == "added"
    assert [rows(case, t) for t in (original, reports, version)] == [1, 2, 2]


def test_another_maker_reads_again_beside_the_first_reading(case: Case) -> None:
    put(case, report("one", BERG), program="1")
    assert known(case, report("one", BERG), maker("2")) is None
    assert put(case, report("one", BERG), program="2").outcome == "reread"
    assert rows(case, reading) == 2
    assert known_then(case).makers == {maker("2").digest: 1}


def test_what_is_known_and_read_by_this_maker_need_not_be_read(case: Case) -> None:
    put(case, report("one", BERG))
    there = known(case, report("one", BERG), maker())
    assert there is not None
    assert there.outcome == "unchanged"
    assert known(case, report("one", BERG, day="2031-05-08"), maker()) is None


@pytest.mark.parametrize(
    ("first", "second", "outcome", "reports_then"),
    [
        pytest.param({"url": "https://quay.example/a"}, {"url": "http://www.quay.example/a/#top"}, "changed", 1, id="one-url"),
        pytest.param({"url": "https://quay.example/a"}, {"url": "https://quay.example/b"}, "added", 2, id="two-urls"),
        pytest.param({"url": "https://quay.example/a?id=1"}, {"url": "https://quay.example/a?id=2"}, "added", 2, id="the-query-counts"),
        pytest.param({"url": "https://quay.example/A"}, {"url": "https://quay.example/a"}, "added", 2, id="the-case-of-a-path-counts"),
        pytest.param({}, {}, "added", 2, id="no-url-and-no-file"),
    ],
)  # fmt: skip
def test_what_stands_at_one_url_is_one_report(
    case: Case, first: dict[str, str], second: dict[str, str], outcome: str, reports_then: int
) -> None:
    put(case, report("one", BERG, **first))
    added = put(case, report("one", f"{BERG} Corrected.", **second))
    assert added.outcome == outcome
    assert rows(case, reports) == reports_then
    assert len(known_then(case).readings) == reports_then


@pytest.mark.parametrize(("text", "outcome"), [(f"{BERG} {THORNE} Corrected.", "changed"), (f"{QUOTED} " * 3, "added")])
def test_a_file_whose_words_are_mostly_new_is_another_report(
    case: Case, tmp_path: Path, text: str, outcome: str
) -> None:
    file = tmp_path / "latest.txt"
    file.touch()
    for words in (f"{BERG} {THORNE}", text):
        added = put(case, msgspec.structs.replace(report("latest", words), path=str(file)))
    assert added.outcome == outcome
    assert len(known_then(case).readings) == (1 if outcome == "changed" else 2)


def test_reports_of_one_name_get_names_of_their_own(case: Case) -> None:
    texts = [f"{BERG} Number {i}." for i in range(9)]
    names = [put(case, report("one", text)).name for text in texts]
    assert names[:3] == ["one", "one.txt", "one~2"]
    assert len(set(names)) == len(texts)


def test_names_and_urls_may_hold_any_character(case: Case) -> None:
    odd = report("a\x00b\ud83d'\";--", BERG, url="https://quay.example/\x00'\ud83d")
    assert put(case, odd).outcome == "added"
    assert put(case, odd).outcome == "unchanged"
    assert verify(case).faults == ()


def test_a_very_long_report_of_many_different_words_can_be_added(case: Case) -> None:
    words = " ".join(f"w{i:x}" + "." * (i % 50 == 0) for i in range(300_000))
    assert put(case, report("long", words)).outcome == "added"
    assert verify(case).faults == ()


def test_nothing_stays_of_a_report_that_fails_halfway(case: Case) -> None:
    told = report("one", BERG)
    broken = msgspec.structs.replace(read(told), attributions=("no attribution",))
    broken = msgspec.structs.replace(broken, conditions=(object(),))
    with pytest.raises(TypeError):
        add(case, Incoming(report=told, original=b"x"), broken, maker())
    assert [rows(case, t) for t in (original, reports, version, reading)] == [0, 0, 0, 0]
    assert put(case, told).outcome == "added"
    assert verify(case).faults == ()


def test_only_the_latest_versions_that_another_maker_read_are_read_again(case: Case) -> None:
    url = "https://quay.example/a"
    put(case, report("one", BERG, url=url))
    put(case, report("one", f"{BERG} Corrected.", url=url))
    put(case, report("two", THORNE))
    waiting = list(unread(case, maker("2").digest))
    assert [w.report.text for w in waiting] == [f"{BERG} Corrected.", THORNE]
    assert add_reading(case, waiting[0].version, read(waiting[0].report), maker("2"))
    assert not add_reading(case, waiting[0].version, read(waiting[0].report), maker("2"))
    assert [w.report.id for w in unread(case, maker("2").digest)] == ["two"]
    assert list(unread(case, maker("1").digest)) == []


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://Quay.example/a/", "url://quay.example/a"),
        ("http://www.quay.example/a#b", "url://quay.example/a"),
        ("https://[broken", "sha256:"),
    ],
)
def test_the_key_of_a_report_is_its_url(url: str, key: str) -> None:
    assert key_of(report("one", BERG, url=url)).startswith(key)


@contextmanager
def watched(case: Case) -> Iterator[list[tuple[str, Any]]]:
    """What is asked of the database meanwhile, each with its values."""
    asked: list[tuple[str, Any]] = []

    def note(_: object, __: object, statement: str, values: object, *___: object) -> None:
        asked.append((statement, values))

    event.listen(case.engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(case.engine, "before_cursor_execute", note)


def test_an_addition_asks_the_same_of_a_large_case_as_of_a_small_one(case: Case) -> None:
    asked = []
    for n in range(41):
        with watched(case) as statements:
            put(
                case, report(f"r{n}", f"{BERG} It was the bridge with the number {n}.", url=f"https://quay.example/{n}")
            )
        asked.append([statement for statement, _ in statements])
    assert asked[1] == asked[40]


def test_nothing_is_looked_through_from_its_beginning_to_add_a_report(tmp_path: Path) -> None:
    with open_case(str(tmp_path / "talks.truce"), create=True) as case:
        put(case, report("one", BERG))
        with watched(case) as statements:
            put(case, report("two", THORNE))
        looks = [(s, v) for s, v in statements if s.startswith("SELECT")]
        with case.reading() as connection:
            plans = [connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {s}", v).all() for s, v in looks]
    assert len(plans) > 4
    through = {row.detail for plan in plans for row in plan if row.detail.startswith("SCAN")}
    assert through <= {"SCAN head"}  # which has one row
