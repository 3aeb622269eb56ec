"""Words in quotation marks are counted from the day they were spoken; published on Wednesday 12 March 2025."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import pytest

from trucebook.reading.read import read_report
from trucebook.report import Furniture, Report
from trucebook.span import Span

if TYPE_CHECKING:
    from trucebook.reading.model import Reading

PUBLISHED = datetime.date(2025, 3, 12)


def read(text: str, published: datetime.date | None = PUBLISHED, furniture: tuple[Furniture, ...] = ()) -> Reading:
    return read_report(Report(id="x", path="x", sha256="0", text=text, published=published, furniture=furniture))


def values(text: str, word: str) -> list[tuple[str | None, str | None]]:
    return [(t.value, t.anchor) for t in read(text).times if t.span.of(text).lower() == word]


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("“We signed today,” Maren Holt said on Monday.", "today", [("2025-03-10", "2025-03-10")]),
        ("On Monday, Maren Holt told reporters: “We signed today.”", "today", [("2025-03-10", "2025-03-10")]),
        ("Speaking on Monday, Maren Holt said: “We sign tomorrow.”", "tomorrow", [("2025-03-11", "2025-03-10")]),
        # The same speaker goes on.
        ("“We signed on a hill,” Maren Holt said on Monday.\n\n“It rained yesterday,” Holt added.",
         "yesterday", [("2025-03-09", "2025-03-10")]),
        # The news is of one day, and that is yesterday.
        ("Kestria and Velonia signed a truce on Tuesday in Lorn.\n\n“Today the guns fall silent,” Maren Holt said.",
         "today", [("2025-03-11", "2025-03-11")]),
        # The report names a later day as well: nothing says on which of them it was spoken.
        ("Kestria and Velonia signed on Tuesday.\n\n“Today is quiet,” Maren Holt said. On Wednesday it rained.",
         "today", [("2025-03-12", None)]),
        # A day inside the words, or one to come, is not the one on which they were spoken.
        ("“We met on Monday and meet again today,” Maren Holt said.", "today", [("2025-03-12", None)]),
        ("“We sign today,” said Maren Holt, who will travel on Friday.", "today", [("2025-03-12", None)]),
        # Indirect speech is told from the outlet's day.
        ("Maren Holt said on Monday that the bridge would open tomorrow.", "tomorrow", [("2025-03-13", None)]),
        # No words of anybody's.
        ("A show called “Today” began on Monday.", "today", [("2025-03-12", None)]),
    ],
)  # fmt: skip
def test_counts_from_the_day_of_speaking(text: str, word: str, expected: list[tuple[str, str | None]]) -> None:
    assert values(text, word) == expected


def test_a_date_inside_a_quotation_needs_no_anchor() -> None:
    assert values("“We signed on March 3,” Maren Holt said on Monday.", "march 3") == [("2025-03-03", None)]


def test_a_dateline_dates_the_report_and_is_a_time_itself() -> None:
    text = "LORN, March 11 (Wire) -- The envoys met on Monday and rest today."
    reading = read(text, furniture=(Furniture(span=Span(0, 24), kind="dateline"),))
    assert [(t.span.of(text), t.value) for t in reading.times] == [
        ("March 11", "2025-03-11"), ("Monday", "2025-03-10"), ("today", "2025-03-11")]  # fmt: skip


def test_a_dateline_with_a_year_stands_in_for_the_day_of_publication() -> None:
    text = "LORN, March 11, 2025 (Wire) -- The envoys rest today."
    reading = read(text, None, (Furniture(span=Span(0, 30), kind="dateline"),))
    assert [t.value for t in reading.times] == ["2025-03-11", "2025-03-11"]
    assert reading.warnings == ()


def test_without_any_day_relative_times_are_open_and_one_warning_says_so() -> None:
    reading = read("“We signed today,” Maren Holt said on Monday. They meet tomorrow and on Friday.", None)
    assert [t.value for t in reading.times] == [None] * 4
    assert [t.start for t in reading.times] == [None] * 4
    assert len(reading.warnings) == 1
    assert "no publication date" in reading.warnings[0]
