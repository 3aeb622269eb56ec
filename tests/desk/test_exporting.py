from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from desk_cases import fill
from record_stubs import put, report

from trucebook.desk.exported import Wanted
from trucebook.desk.exporting import export
from trucebook.desk.making import make

if TYPE_CHECKING:
    from trucebook.record.case import Case


@pytest.fixture
def shown(case: Case) -> Wanted:
    """What somebody wants who looks at the book of a case."""
    fill(case)
    return Wanted(form="md", end=make(case).end.hash, readings=(1, 2, 3))


def test_the_brief_is_that_of_the_book_that_was_shown(case: Case, shown: Wanted) -> None:
    told = export(case, shown)
    assert isinstance(told, bytes)
    assert b"northern bridge" in told


def test_of_a_book_that_was_made_anew_meanwhile_the_brief_is_the_new_one(case: Case, shown: Wanted) -> None:
    put(case, report("tribune", "Anna Berg of Velonia closed the southern harbour on Monday."))
    make(case)
    told = export(case, shown)
    assert isinstance(told, bytes)
    assert b"tribune" in told


def test_without_a_book_there_is_a_reason(case: Case) -> None:
    assert "come again soon" in str(export(case, Wanted(form="md", end="0", readings=())))
