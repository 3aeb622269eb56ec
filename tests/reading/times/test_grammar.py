from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trucebook.reading.times.grammar import _longest, _start, candidates
from trucebook.span import Span

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
    for opening in _start().finditer(text):
        best = _longest(text, opening.start(), len(text))
        assert best is None or any(span.touches(best.span) for span in found)
