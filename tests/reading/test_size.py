"""Long reports take as long as their words ask, whatever their shape."""

from __future__ import annotations

import time
from itertools import islice, product

import pytest

from trucebook.intake.load import from_text
from trucebook.reading.actors import find_actors
from trucebook.reading.parse import parse
from trucebook.reading.read import read_report

_WORDS = "the envoys of Velonia said on Monday that the port would open and Osman Adeyemi answered that it was closed"


def _seconds(words: int, between: str, stop: str) -> float:
    tokens = (_WORDS + stop).split()
    text = between.join((tokens * (words // len(tokens) + 1))[:words])
    start = time.process_time()
    reading = read_report(from_text(text, id="long"))
    assert reading.sentences
    return time.process_time() - start


def _naming(persons: int) -> float:
    """Seconds for the actors of a report in which every paragraph names somebody new, and a body of the same name."""
    families = ("".join(parts).capitalize() for parts in product("bdfgklmnprstvz", "aeiou", "bdfgklmnprstvz", "aeiou"))
    told = [
        f"Marta {name} met Mr. {name} of the {name} Relief Council. “We shall see,” she said.\n"
        for name in islice(families, persons)
    ]
    parsed = parse(from_text("\n".join(told), id="names"))
    start = time.process_time()
    assert len(find_actors(parsed).actors) > persons
    return time.process_time() - start


@pytest.mark.slow
def test_actors_take_no_longer_than_their_number_asks() -> None:
    _naming(20)
    short, long = _naming(150), _naming(1_500)
    assert long < 20 * short


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
