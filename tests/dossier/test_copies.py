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


FOOTER = (
    "The fighting over the Marn valley began four winters ago, when troops from the east took the dam at Quillon. "
    "Since then some nine thousand people have died and a fifth of the valley stands empty, by the count of the relief "
    "office. An earlier pause, signed in a monastery above the lake, held for eleven days. The valley feeds half of the "
    "plain below it, and whoever holds the dam decides in which of its villages there is water in the summer."
)


def _story(number: int) -> str:
    words = [f"{w}{number}" for w in OTHER.split()[:40]]
    return " ".join(words)


def test_what_many_reports_print_below_their_stories_makes_no_copies() -> None:
    pile = [reading(f"{i}", f"{_story(i)}\n\n{FOOTER}\n\nShare what you know with our newsroom.") for i in range(4)]
    assert find_copies(pile) == {}


def test_two_stories_with_the_same_background_are_two() -> None:
    long = " ".join(f"{w}{n}" for n in "pq" for w in WIRE.split())
    one, other = f"{long}\n\n{FOOTER}", f"{long.upper().replace('Q', 'X').replace('P', 'Y')}\n\n{FOOTER}"
    assert find_copies([reading("a", one), reading("b", other)]) == {}


def test_a_wire_story_with_boilerplate_stays_a_copy() -> None:
    pile = [reading(f"{i}", f"{_story(i)}\n\n{FOOTER}") for i in range(3)]
    pile += [reading("x", f"{WIRE} {OTHER}\n\n{FOOTER}"), reading("y", f"{WIRE} {OTHER}")]
    assert find_copies(pile) == {"y": "x"}


@pytest.mark.parametrize(
    "edited",
    [
        pytest.param(f"{WIRE} {OTHER}"[:-120], id="the end is cut off"),
        pytest.param(f"Night of talks above the lake\n\n{WIRE} {OTHER}", id="another headline"),
        pytest.param(f"{WIRE} {OTHER}".replace("The two delegations met", "Envoys had talked"), id="another opening"),
        pytest.param(
            f"{WIRE} {OTHER}".replace("later confirmed", "confirmed").replace("lights had", "lamps had")
            .replace("suitcases in the hall", "bags by the door"),
            id="light edits",
        ),
        pytest.param(f"{WIRE} {OTHER}".replace(". ", ".\n\n"), id="other paragraphs"),
    ],
)  # fmt: skip
def test_edited_copies(edited: str) -> None:
    first = reading("a", f"{WIRE} {OTHER}", published="2031-05-01")
    assert find_copies([first, reading("b", edited), reading("c", FOOTER)]) == {"b": "a"}
