from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trucebook.intake.dates import read_day


@pytest.mark.parametrize(
    "words",
    [
        "2031-04-02",
        "2031/4/2",
        "2031.04.02",
        "20310402",
        "2031-04-02T23:30:00-05:00",  # the day that stands there, whatever day it is in Greenwich
        "2031-04-02 08:00:00",
        "Wed, 02 Apr 2031 10:00:00 GMT",
        "April 2, 2031",
        "2 April 2031",
        "Apr. 2, 2031, 3:45 p.m. ET",
        "Published on April 2, 2031",
        "1932897600",
        "1932897600000",
    ],
)
def test_one_day_is_read(words: str) -> None:
    assert read_day(words) == datetime.date(2031, 4, 2)


def test_figures_in_either_order_are_read_where_one_order_alone_is_possible() -> None:
    assert read_day("04/14/2031") == read_day("14/04/2031") == datetime.date(2031, 4, 14)


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("03/04/2031", id="third of April or fourth of March"),
        pytest.param("April 2031", id="no day"),
        pytest.param("2031", id="a year"),
        pytest.param("2031-04", id="a month"),
        pytest.param("2 April", id="no year"),
        pytest.param("2 Apr 31", id="a year in two digits"),
        pytest.param("Wednesday", id="a weekday"),
        pytest.param("Wednesday 2031", id="a weekday of a year"),
        pytest.param("10:30 2031", id="a time"),
        pytest.param("2 hours ago", id="before now"),
        pytest.param("yesterday", id="a day before another"),
        pytest.param("2031-02-30", id="no such day"),
        pytest.param("", id="nothing"),
        pytest.param("2031 " * 40, id="too long"),
    ],
)
def test_what_would_have_to_be_guessed_is_no_day(words: str) -> None:
    assert read_day(words) is None


@given(
    st.dates(min_value=datetime.date(1900, 1, 1), max_value=datetime.date(2199, 12, 31)),
    st.sampled_from(["%Y-%m-%d", "%d %B %Y", "%B %d, %Y", "%a, %d %b %Y 10:00:00 +0000"]),
)
def test_any_day_is_read_in_any_plain_form(day: datetime.date, form: str) -> None:
    assert read_day(day.strftime(form)) == day


@given(st.text(max_size=90))
def test_any_words_are_a_day_or_none(words: str) -> None:
    assert read_day(words) is None or isinstance(read_day(words), datetime.date)


@given(st.from_regex(r"[0-9]{1,4}[-/. :T][0-9]{1,4}[-/. :T][0-9]{1,4}([-/. :T][0-9]{1,4}){0,3}", fullmatch=True))
def test_any_figures_are_a_day_or_none(words: str) -> None:
    assert read_day(words) is None or isinstance(read_day(words), datetime.date)
