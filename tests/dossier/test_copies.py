from __future__ import annotations

import pytest
from factories import reading
from hypothesis import given, settings
from hypothesis import strategies as st

from trucebook.dossier.copies import find_copies

WIRE = (
    "The two delegations met for nine hours in a hotel above the lake and left without a word to the press. "
    "A driver said that the lights had burned until dawn and that someone had asked for more coffee at four. "
    "Officials of both sides later confirmed that the text of a pause of three weeks lies on the table, "
    "and that the capital of each will be asked for its view before the month is out."
)
OTHER = (
    "Farmers along the border have begun to bring in the harvest under the eyes of observers in white vests. "
    "Nobody knows how long the quiet will last, says the mayor of a village that lost its school in the spring. "
    "She keeps two suitcases in the hall and has taught her children which of them to carry when the siren sounds."
)


def test_a_wire_story_on_three_sites_is_one_origin() -> None:
    pile = [
        reading("c", WIRE.replace("nine hours", "9 hours"), published="2031-05-08"),
        reading("b", WIRE.upper(), published="2031-05-07"),
        reading("a", WIRE + " This story was first published elsewhere.", published="2031-05-09"),
        reading("d", OTHER, published="2031-05-01"),
    ]
    assert find_copies(pile) == {"a": "b", "c": "b"}


def test_the_lower_id_is_the_origin_where_the_dates_are_equal_and_a_date_goes_before_none() -> None:
    assert find_copies([reading("b", WIRE), reading("a", WIRE)]) == {"b": "a"}
    assert find_copies([reading("a", WIRE, published=None), reading("b", WIRE)]) == {"a": "b"}


def test_a_long_extract_is_a_copy_of_the_whole() -> None:
    assert find_copies([reading("whole", WIRE), reading("part", WIRE[: len(WIRE) * 3 // 4])]) == {"whole": "part"}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(OTHER, id="another story"),
        pytest.param(OTHER + " " + WIRE[:100], id="one sentence quoted"),
        pytest.param(" ".join(reversed(WIRE.split())), id="the same words in another order"),
        pytest.param("The two delegations met for nine hours", id="a line of it"),
        pytest.param("", id="nothing"),
    ],
)
def test_no_copy(text: str) -> None:
    assert find_copies([reading("a", WIRE), reading("b", text)]) == {}


def test_short_texts_are_copies_only_when_they_are_equal_and_empty_ones_never() -> None:
    assert find_copies([reading("a", "Talks fail."), reading("b", "talks fail"), reading("c", "Talks end.")]) == {
        "b": "a"
    }
    assert find_copies([reading("a", ""), reading("b", " \n")]) == {}


def test_furniture_does_not_part_copies() -> None:
    marked = reading(
        "b",
        "Share this story Share this story. " + WIRE[:60] + WIRE[60:],
        furniture=["Share this story Share this story."],
    )
    assert find_copies([reading("a", WIRE), marked]) == {"b": "a"}


@settings(max_examples=40)
@given(st.permutations(range(6)))
def test_the_order_of_the_readings_does_not_matter(order: list[int]) -> None:
    texts = [WIRE, WIRE[:-40], OTHER, OTHER + " The end.", WIRE + " " + OTHER, "Talks fail."]
    pile = [reading(str(i), t, published=f"2031-05-{i // 2 + 1:02}") for i, t in enumerate(texts)]
    assert find_copies([pile[i] for i in order]) == find_copies(pile)


def test_an_origin_is_no_copy() -> None:
    steps = [" ".join(WIRE.split()[i : i + 50]) for i in range(0, 30, 4)]
    found = find_copies([reading(f"{i:02}", t) for i, t in enumerate(steps)])
    assert set(found.values()).isdisjoint(found)
    assert found, "neighbours share most of their words"
