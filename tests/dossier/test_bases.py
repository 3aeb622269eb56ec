"""What a share is a share of, and which counts leave others out; on invented sentences."""

from __future__ import annotations

import pytest
from factories import find, reading

from trucebook.dossier.bases import base, is_polled, leaves_out, sort_of
from trucebook.reading.model import Quantity
from trucebook.span import Span


def share(text: str, words: str) -> Quantity:
    return Quantity(span=find(text, words), low=40, high=40, of="percent", kind="share")


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("Some 40 percent of northern farmers are against it.", "40 percent", {"northern", "farmer"}),
        ("It was 40 percent among farmers.", "40 percent", {"farmer"}),
        ("Among northern farmers, 40 percent reject it.", "40 percent", {"northern", "farmer"}),
        ("Taxes rose by 40 percent.", "40 percent", set()),
        ("Some 40 percent of farmers have left.", "40 percent", {"farmer"}),
        ("It fell to 40 percent, of which farmers hold half.", "40 percent", set()),
    ],
)
def test_a_share_is_of_what_stands_beside_it(text: str, words: str, expected: set[str]) -> None:
    assert base(share(text, words), Span(0, len(text)), text) == expected


def test_a_count_has_no_base() -> None:
    text = "Some 40 of the farmers left."
    assert base(Quantity(span=find(text, "40"), low=40, high=40, of="farmer"), Span(0, len(text)), text) == frozenset()


@pytest.mark.parametrize(
    ("text", "words", "out"),
    [
        ("Ten other people drowned.", "Ten other people", True),
        ("Six people were also killed.", "Six people", True),
        ("Twelve more soldiers left.", "Twelve more soldiers", True),
        ("More than 12 soldiers left.", "More than 12 soldiers", False),
        ("Ten people drowned.", "Ten people", False),
        ("Ten people drowned, and the mother of Berg said that she had seen three others.", "Ten people", False),
    ],
)
def test_a_count_may_leave_others_out(text: str, words: str, out: bool) -> None:
    quantity = Quantity(span=find(text, words), low=10, high=10, of="person")
    assert leaves_out(quantity, Span(0, len(text)), text) is out


@pytest.mark.parametrize(
    ("text", "polled"),
    [
        ("The Halden institute asked 900 voters. Berg has 40 percent.", True),
        ("A survey was held.\nBerg has 40 percent.", False),
        ("Norway imports much. Timber makes up 40 percent.", False),
    ],
)
def test_a_poll_is_known_by_its_words_and_by_those_before_it(text: str, polled: bool) -> None:
    assert is_polled(reading("a", text), 1) is polled


@pytest.mark.parametrize(
    ("words", "sort"),
    [("over 20 missile tests", {"missile"}), ("16 tests", set()), ("at least a dozen tests", set())],
)
def test_a_sort_is_told_by_a_number_s_own_words(words: str, sort: set[str]) -> None:
    text = f"Norway held {words} last year."
    assert sort_of(Quantity(span=find(text, words), low=16, high=16, of="test", counted="test"), text) == sort
