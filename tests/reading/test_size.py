"""Long reports take as long as their words ask, whatever their shape."""

from __future__ import annotations

import time

import pytest

from trucebook.intake.load import from_text
from trucebook.reading.read import read_report

_WORDS = "the envoys of Velonia said on Monday that the port would open and Osman Adeyemi answered that it was closed"


def _seconds(words: int, between: str, stop: str) -> float:
    tokens = (_WORDS + stop).split()
    text = between.join((tokens * (words // len(tokens) + 1))[:words])
    start = time.process_time()
    reading = read_report(from_text(text, id="long"))
    assert reading.sentences
    return time.process_time() - start


@pytest.mark.slow
@pytest.mark.parametrize(
    ("between", "stop"),
    [
        pytest.param(" ", "", id="one line, no punctuation"),
        pytest.param(" ", ".", id="one line"),
        pytest.param("\n", "", id="a word a line"),
    ],
)
def test_time_grows_no_faster_than_the_text(between: str, stop: str) -> None:
    _seconds(500, between, stop)
    short, long = (_seconds(n, between, stop) for n in (2_000, 12_000))
    # Six times the words; a quadratic step that took a fifth of the short text's time would make it twelve.
    assert long < 12 * short
