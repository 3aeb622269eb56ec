"""Time expressions: text in, TIMEX3 out. The reports of these tables are published on Wednesday 12 March 2025."""

from __future__ import annotations

import datetime
import time
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from trucebook.reading.model import Paragraph
from trucebook.reading.parse import Parse, parse
from trucebook.reading.times import Anchors, find_times
from trucebook.report import Report
from trucebook.span import Span

if TYPE_CHECKING:
    from trucebook.reading.model import Time

PUBLISHED = datetime.date(2025, 3, 12)


def parsed(text: str, published: datetime.date | None = PUBLISHED) -> Parse:
    return parse(Report(id="x", path="x", sha256="0", text=text, published=published))


def shown(text: str) -> list[str]:
    return [f"{t.span.of(text)} = {t.type} {t.value}{' ' + t.mod if t.mod else ''}" for t in find_times(parsed(text))]


CASES = [
    # Days by name: back on or before publication, ahead where the verb looks ahead.
    ("The envoys met on Tuesday.", ["Tuesday = DATE 2025-03-11"]),
    ("The envoys met on Wednesday.", ["Wednesday = DATE 2025-03-12"]),
    ("The envoys will meet again on Friday.", ["Friday = DATE 2025-03-14"]),
    ("The envoys are scheduled to meet Friday.", ["Friday = DATE 2025-03-14"]),
    ("Tuesday’s offer was rejected.", ["Tuesday = DATE 2025-03-11"]),
    ("We will convene the council this Saturday.", ["this Saturday = DATE 2025-03-15"]),
    ("Talks resume next Monday.", ["next Monday = DATE 2025-03-17"]),
    ("The bridge fell last Thursday.", ["last Thursday = DATE 2025-03-06"]),
    ("They have until Friday to answer.", ["Friday = DATE 2025-03-14"]),
    ("The port was shelled on Sunday night.", ["Sunday night = TIME 2025-03-09TNI"]),
    # Calendar dates, whole and partial.
    ("The pact was signed on Feb. 28.", ["Feb. 28 = DATE 2025-02-28"]),
    ("The war began on Feb. 24, 2022.", ["Feb. 24, 2022 = DATE 2022-02-24"]),
    ("The war began on 24 February 2022.", ["24 February 2022 = DATE 2022-02-24"]),
    ("They met in August 2024.", ["August 2024 = DATE 2024-08"]),
    ("The region was seized in 2014.", ["2014 = DATE 2014"]),
    ("Talks failed in the spring of 2022.", ["the spring of 2022 = DATE 2022-SP"]),
    ("The front froze this winter.", ["this winter = DATE 2024-WI"]),
    ("The line held in December.", ["December = DATE 2024-12"]),
    ("Prices doubled in the late 1990s.", ["the late 1990s = DATE 199 END"]),
    ("The file is dated 2024-05-03.", ["2024-05-03 = DATE 2024-05-03"]),
    ("The file is dated 25/12/2024.", ["25/12/2024 = DATE 2024-12-25"]),
    # Both orders name a day: neither is chosen.
    ("The file is dated 03/05/2024.", ["03/05/2024 = DATE None"]),
    # Counted from the day of speaking.
    ("The truce was agreed today.", ["today = DATE 2025-03-12"]),
    ("They met yesterday evening.", ["yesterday evening = TIME 2025-03-11TEV"]),
    ("The guns fall silent tomorrow.", ["tomorrow = DATE 2025-03-13"]),
    ("Drones struck the depot overnight.", ["overnight = TIME 2025-03-11TNI"]),
    ("They met late last month.", ["late last month = DATE 2025-02 END"]),
    ("They met earlier this week.", ["earlier this week = DATE 2025-W11 START"]),
    ("They will meet next week.", ["next week = DATE 2025-W12"]),
    ("The army invaded three years ago.", ["three years ago = DATE 2022"]),
    ("The army invaded more than three years ago.", ["more than three years ago = DATE 2022 MORE_THAN"]),
    ("Ten days ago the road was cut.", ["Ten days ago = DATE 2025-03-02"]),
    # Counted from the time last spoken of.
    ("The town fell on March 3. The next day it was retaken.",
     ["March 3 = DATE 2025-03-03", "The next day = DATE 2025-03-04"]),
    ("Exports fell in the fourth quarter. They had grown a year earlier.",
     ["the fourth quarter = DATE 2024-Q4", "a year earlier = DATE 2023-Q4"]),
    # How long and how often.
    ("They agreed to a 30-day truce.", ["30-day = DURATION P30D"]),
    ("The siege lasted three years.", ["three years = DURATION P3Y"]),
    ("The pause holds for at least 72 hours.", ["at least 72 hours = DURATION PT72H EQUAL_OR_MORE"]),
    ("A reply is due in the coming days.", ["the coming days = DURATION PXD"]),
    ("They spoke over the next few days.", ["the next few days = DURATION PXD"]),
    ("Shells fell hours after the talks.", ["hours = DURATION PTXH"]),
    ("It took half an hour.", ["half an hour = DURATION PT30M"]),
    ("Convoys leave every day.", ["every day = SET P1D"]),
    ("Convoys leave twice a week.", ["twice a week = SET P1W"]),
    ("The 3-year-old war goes on.", ["3-year-old = DURATION P3Y"]),
    # Present, past and future without a date.
    ("The ball is now in their court.", ["now = DATE PRESENT_REF"]),
    ("They recently resumed talks.", ["recently = DATE PAST_REF"]),
    # Clock times.
    ("The truce starts at 7 p.m. Friday EDT.", ["7 p.m. Friday EDT = TIME 2025-03-14T19:00-04:00"]),
    ("The truce began at 18:30 GMT on March 3.", ["18:30 GMT on March 3 = TIME 2025-03-03T18:30Z"]),
    ("Guns fell silent at 0700 GMT.", ["0700 GMT = TIME 2025-03-12T07:00Z"]),
    ("It began at noon Saturday.", ["noon Saturday = TIME 2025-03-08T12:00"]),
]  # fmt: skip
NEGATIVES = [
    "The 18-year-old was unhurt.",
    "A second meeting was held.",
    "The delegates may return.",
    "They march to the square.",
    "The fall of the city shocked them.",
    "It cost $2014 and 64 percent more.",
    "The Daily Herald carried it.",
    "Some 2014 people signed.",
    "A quarter of voters agreed.",
    "Route 30 was closed.",
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[c[0] for c in CASES])
def test_finds_and_reads(text: str, expected: list[str]) -> None:
    assert shown(text) == expected


@pytest.mark.parametrize("text", NEGATIVES)
def test_leaves_alone(text: str) -> None:
    assert shown(text) == []


def test_without_a_day_of_publication_relative_times_have_no_value() -> None:
    text = "They met on Tuesday, last month and in 2014 for three days."
    times = find_times(parsed(text, None))
    assert [(t.span.of(text), t.value) for t in times] == [
        ("Tuesday", None), ("last month", None), ("2014", "2014"), ("three days", "P3D")]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("The envoys met on Tuesday.", "2025-03-11", "2025-03-12"),
        ("They met late last month.", "2025-02-01", "2025-03-01"),
        ("The fighting began more than three years ago.", None, "2023-01-01"),
        ("The fighting began nearly three years ago.", "2022-01-01", None),
        ("A shell fell on Monday night.", "2025-03-10", "2025-03-12"),
        # A winter named by one year may begin or end in it; one named by two, or by its place, may not.
        ("It was cut in the winter of 2022.", "2022-01-01", "2023-04-01"),
        ("It was cut in the winter of 2022-23.", "2022-12-01", "2023-04-01"),
        # A fiscal year begins when its owner lets it.
        ("The budget for fiscal 2024 passed.", None, None),
        # What begins or ends now has days; other durations have none.
        ("Over the past three weeks nobody moved.", "2025-02-19", "2025-03-13"),
        ("In the last 24 hours nobody moved.", "2025-03-11", "2025-03-13"),
        ("In the next two months nobody moves.", "2025-03-12", "2025-05-13"),
        ("They agreed to a 30-day truce.", None, None),
        ("Convoys leave every day.", None, None),
        ("The offer is now on the table.", None, None),
    ],
)
def test_the_interval_meant_is_no_shorter_than_the_words(text: str, start: str | None, end: str | None) -> None:
    (time,) = find_times(parsed(text))
    assert (time.start, time.end) == (start, end)


def test_words_spoken_on_another_day_are_counted_from_it() -> None:
    text = "“Today we agreed,” she said. It starts today."
    anchors = Anchors(published=PUBLISHED, spoken=((Span(1, 18), datetime.date(2025, 3, 10)),))
    assert [t.value for t in find_times(parsed(text), anchors)] == ["2025-03-10", "2025-03-12"]


def _holds(text: str, times: tuple[Time, ...]) -> None:
    spans = [t.span for t in times]
    assert all(0 <= s.start < s.end <= len(text) and s.of(text) == s.of(text).strip() for s in spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))


PIECES = ["on", "Tuesday", "Feb. 31", "March", "30-day", "7 p.m.", "25:99", "the", "next", "year", "years ago",
          "99/99/9999", "0000", "ninety", "second", "’98", "–", "\n", "\n\n", "“", ".",
          "12345678901234567890 years ago", "a", "several", "9999 decades later"]  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.one_of(st.text(max_size=120), st.lists(st.sampled_from(PIECES), max_size=14).map(" ".join)))
def test_any_text_gives_spans_inside_it_and_the_same_twice(text: str) -> None:
    document = parsed(text)
    times = find_times(document)
    _holds(text, times)
    assert find_times(document) == times


@pytest.mark.slow
@pytest.mark.parametrize(
    "words",
    [
        "on Tuesday, March 3 and 4, the two sides met at 7 p.m. for two hours. ",
        "two and two and ",
        "the early late mid ",
        "a ",
    ],
)
def test_the_cost_grows_with_the_length_alone(words: str) -> None:
    """Ten times the words may not cost a hundred times; the parse is left out, since it is the parser's cost."""
    nlp = spacy.blank("en")
    nlp.max_length = 10_000_000

    def seconds(count: int) -> float:
        text = words * (count // len(words.split()))
        report = Report(id="x", path="x", sha256="0", text=text, published=PUBLISHED)
        paragraphs = (Paragraph(span=Span(0, len(text.rstrip()))),)
        document = Parse(report=report, prose=text, paragraphs=paragraphs, doc=nlp(text), sentences=())
        start = time.process_time()
        find_times(document)
        return time.process_time() - start

    assert seconds(20_000) < 40 * max(seconds(2_000), 0.01)
