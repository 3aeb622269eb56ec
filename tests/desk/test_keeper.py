from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from desk_cases import fill
from record_stubs import put, report

from trucebook.desk import keeper as keeping
from trucebook.desk.book import BookError, maker_of_books
from trucebook.desk.keeper import Keeper
from trucebook.desk.settings import DeskSettings
from trucebook.errors import SettingsError
from trucebook.record.books import End, Kept, end_of, keep_book, kept_book
from trucebook.record.case import Case, open_case
from trucebook.record.verify import verify

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HERE = DeskSettings(apart=False, interval=3600.0)


@pytest.fixture
def case(place: str) -> Iterator[Case]:
    with open_case(place, create=True) as opened:
        fill(opened)
        yield opened


def test_a_book_is_made_once_for_each_state_of_the_case(case: Case) -> None:
    keeper = Keeper(case, HERE)
    assert keeper.freshness.made is None
    keeper.refresh()
    first = keeper.book
    assert (keeper.freshness.current, len(first.book.reports)) == (True, 3)
    keeper.refresh()
    assert keeper.book is first
    put(case, report("late", "Ferries crossed at noon."))
    keeper.end = end_of(case)
    assert (keeper.freshness.current, keeper.freshness.behind > 0) == (False, True)
    keeper.refresh()
    assert (keeper.freshness.current, len(keeper.book.book.reports)) == (True, 4)


def test_the_last_book_is_there_at_once(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    Keeper(case, HERE).refresh()
    again = Keeper(case, HERE)
    monkeypatch.setattr(again, "_made_here", lambda: pytest.fail("it is there already"))
    again.refresh()
    assert len(again.book.findings) > 0
    assert again.freshness.current


def test_the_book_is_no_part_of_the_record(case: Case) -> None:
    before = end_of(case)
    Keeper(case, HERE).refresh()
    assert end_of(case) == before
    assert verify(case).faults == ()


def test_a_book_that_cannot_be_understood_is_made_anew(case: Case) -> None:
    keep_book(case, maker_of_books(), Kept(end=end_of(case), made=1, body=b"garbage"))
    keeper = Keeper(case, HERE)
    assert keeper.freshness.made is None
    keeper.refresh()
    assert keeper.freshness.current


def test_a_book_whose_lines_are_damaged_is_made_anew_when_the_desk_begins(case: Case) -> None:
    Keeper(case, HERE).refresh()
    kept = kept_book(case, maker_of_books())
    assert kept is not None
    packed = msgspec.msgpack.decode(kept.body) | {"lines": b"damaged"}
    keep_book(case, maker_of_books(), replace(kept, body=msgspec.msgpack.encode(packed)))
    keeper = Keeper(case, HERE)
    assert keeper.book.tally["quotes"] > 0
    with pytest.raises(BookError, match="made anew"):
        _ = keeper.book.findings
    keeper.start()
    try:
        until = time.monotonic() + 60
        while keeper.book.packed == packed["lines"] or not keeper.book.made:
            assert time.monotonic() < until
            time.sleep(0.05)
        assert len(keeper.book.quotes) == packed["tally"]["quotes"]
    finally:
        keeper.close()


def test_the_first_page_needs_no_lines(case: Case) -> None:
    Keeper(case, HERE).refresh()
    book = Keeper(case, HERE).book
    assert book.tally["quotes"] > 0
    assert "lines" not in vars(book)
    assert len(book.quotes) == book.tally["quotes"]
    assert "lines" in vars(book)


def test_a_book_of_an_earlier_state_does_not_replace_a_later_one(case: Case) -> None:
    later, earlier = (Kept(end=End(seq=n, hash=str(n)), made=n, body=b"b") for n in (9, 8))
    keep_book(case, "m", later)
    keep_book(case, "m", earlier)
    assert kept_book(case, "m") == later
    assert kept_book(case, "another") is None


def test_a_failure_is_told_and_the_last_book_stays(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    keeper = Keeper(case, HERE)
    keeper.refresh()
    put(case, report("late", "Ferries crossed at noon."))
    monkeypatch.setattr(keeper, "_made_here", lambda: "the disk is full")
    keeper.refresh()
    assert (keeper.freshness.failed, keeper.freshness.current) == ("the disk is full", False)
    assert len(keeper.book.book.reports) == 3


def test_a_process_that_dies_is_told(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    keeper = Keeper(case, DeskSettings(apart=True))
    monkeypatch.setattr(keeping, "make_book", time.sleep)  # which takes no such arguments
    keeper.refresh()
    assert "ended before it was done" in keeper.freshness.failed


def test_what_a_case_is_told_of_is_looked_at_at_once(case: Case) -> None:
    keeper = Keeper(case, HERE)
    keeper.start()
    try:
        put(case, report("late", "Ferries crossed at noon."))
        keeper.look()
        until = time.monotonic() + 60
        while len(keeper.book.book.reports) < 4 and time.monotonic() < until:
            time.sleep(0.05)
        assert len(keeper.book.book.reports) == 4
    finally:
        keeper.close()


def test_books_with_a_file_of_actors_are_others(tmp_path: Path) -> None:
    file: Any = tmp_path / "actors.yaml"
    file.write_text("actors: []", encoding="utf-8")
    assert maker_of_books(str(file)) != maker_of_books()
    with pytest.raises(SettingsError, match="give a file that can be read"):
        maker_of_books(str(tmp_path / "none.yaml"))
