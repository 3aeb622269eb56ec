from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trucebook.reading.times.grammar import _OPENERS, _longest, _may_go_on, _start, _vocabulary, candidates
from trucebook.span import Span

if TYPE_CHECKING:
    from collections.abc import Callable

WORDS = ["the", "a", "last", "week", "of", "March", "3", "2031", "that", "same", "day", "overnight", "five", "o’clock",
         "early", "on", "period", "now", "army", "some", "ten", "days", "ago", "about", "half", "year", "."]  # fmt: skip


@pytest.mark.parametrize("before", ["", "İ", "ẞ"], ids=["none", "two letters in lower case", "a large sharp s"])
def test_letters_that_change_their_length_move_nothing(before: str) -> None:
    text = f"{before} The army left on Tuesday and came back last week."
    assert [c.span.of(text) for c in candidates(text, Span(0, len(text)))] == ["Tuesday", "last week"]


@given(st.lists(st.sampled_from(WORDS), max_size=12))
def test_no_expression_is_passed_over_for_want_of_a_core(words: list[str]) -> None:
    text = " ".join(words)
    found = [c.span for c in candidates(text, Span(0, len(text)))]
    for opening in _start().finditer(text.lower()):
        best = _longest(text, opening.start(), len(text))
        assert best is None or any(span.touches(best.span) for span in found)


@given(
    st.sampled_from(sorted(_OPENERS)),
    st.lists(st.sampled_from([*sorted(_vocabulary()), "30th", "1990s", "army"]), min_size=1, max_size=4),
    st.sampled_from([str.lower, str.title]),
)
def test_no_expression_is_passed_over_for_its_second_word(
    opener: str, words: list[str], cased: Callable[[str], str]
) -> None:
    text = cased(" ".join([opener, *words]))
    assert _may_go_on(text.lower(), 0) or _longest(text, 0, len(text)) is None


@pytest.mark.parametrize(
    ("text", "tried"),
    [("the army left", False), ("over their heads", False), ("the early hours", True), ("the 30th", True),
     ("the ’90s", True), ("now he left", True), ("the", True)],
)  # fmt: skip
def test_articles_before_other_words_open_nothing(text: str, tried: bool) -> None:
    assert _may_go_on(text, 0) is tried
