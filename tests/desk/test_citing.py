from __future__ import annotations

import msgspec
import pytest

from trucebook.desk.book import Book, OpenBook
from trucebook.desk.citing import by_report, cited, place
from trucebook.desk.views import ReportView, Spot
from trucebook.record.books import End
from trucebook.span import Span

REPORT = ReportView(
    number=1, name="gazette", version=1, outlet="The Quay", title=None, published=None, url=None, author=None, path="g.txt",
    sha256="0", language="en", length=90, copies=None, warnings=(), text=1, reading=1,
)  # fmt: skip


def spot(report: int, start: int, end: int) -> Spot:
    return Spot(report=report, span=Span(start, end))


def book(*outlets: str) -> OpenBook:
    reports = tuple(msgspec.structs.replace(REPORT, number=n, outlet=o) for n, o in enumerate(outlets, 1))
    return OpenBook(book=Book(reports=reports), end=End(seq=1, hash="h"), made=1)


def test_places_of_one_report_stand_together_and_each_is_a_link() -> None:
    told = cited([spot(1, 3, 9), spot(2, 0, 4), spot(1, 12, 15)], book("The Quay", "The Mill"))
    assert told == (
        '<span class="cites"><span class="cite">'
        '<a href="/reports/1?at=3-9#at" title="gazette, undated, characters 3 to 9"><bdi>The Quay</bdi></a> '
        '<a href="/reports/1?at=12-15#at" title="gazette, undated, characters 12 to 15">2</a></span> '
        '<span class="cite">'
        '<a href="/reports/2?at=0-4#at" title="gazette, undated, characters 0 to 4"><bdi>The Mill</bdi></a></span></span>'
    )


def test_what_a_report_calls_itself_is_no_markup() -> None:
    told = cited([spot(1, 3, 9)], book('"><script>alert(1)</script>'))
    assert "<script>" not in told
    assert "&lt;script&gt;" in told


@pytest.mark.parametrize(("most", "more"), [(1, "and 2 reports more"), (2, "and 1 report more"), (3, "")])
def test_of_many_reports_the_rest_is_counted(most: int, more: str) -> None:
    told = cited([spot(n, 0, 4) for n in (1, 2, 3)], book("a", "b", "c"), most)
    assert told.count('<span class="cite">') == most
    assert (more in told) if more else ("more" not in told)


def test_another_book_has_labels_of_its_own() -> None:
    one, other = book("The Quay"), book("The Mill")
    for _ in range(2):
        assert "The Quay" in cited([spot(1, 0, 4)], one)
        assert "The Mill" in cited([spot(1, 0, 4)], other)


def test_nothing_is_cited_where_there_is_no_place() -> None:
    assert cited([], book()) == ""


def test_places_keep_their_order() -> None:
    spots = [spot(2, 0, 4), spot(1, 3, 9), spot(2, 7, 8)]
    assert by_report(spots) == [(2, [spots[0], spots[2]]), (1, [spots[1]])]
    assert place(spots[1]) == "/reports/1?at=3-9#at"
