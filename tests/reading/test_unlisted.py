"""States that no gazetteer has are known by what the report gives them, and nothing else becomes one."""

from __future__ import annotations

import pytest

import trucebook
from trucebook.reading.unlisted import is_adjective_of, sovereign


def states(text: str) -> set[str]:
    return {a.name for a in trucebook.read_text(text, published="2031-05-07").actors if a.type == "state"}


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("Velonian", "Velonia"),
        ("Tomarian", "Tomaria"),
        ("Kaveshi", "Kavesh"),
        ("Kaveshese", "Kavesh"),
        ("Ostlandish", "Ostland"),
        ("Sardovian", "Sardovo"),
    ],
)
def test_an_adjective_is_formed_from_a_name(word: str, name: str) -> None:
    assert is_adjective_of(word, name)


@pytest.mark.parametrize(
    ("word", "name"),
    [("Velonia", "Velonia"), ("Tomarian", "Velonia"), ("velonian", "Velonia"), ("Marlowe", "Marlow"), ("Ian", "Ia")],
)
def test_another_word_is_no_adjective_of_a_name(word: str, name: str) -> None:
    assert not is_adjective_of(word, name)


SPOKEN_OF = {
    "office by adjective": (
        "Velonia rejected the offer. The Velonian foreign minister, Ada Marlow, flew home on Monday.",
        {"Velonia"},
    ),
    "army by owner": ("Velonia rejected the offer. Velonia's army crossed the ridge in Velonia.", {"Velonia"}),
    "beside one": (
        "Velonia and Tomaria agreed on a truce. The Velonian army left. Tomarian officials said no. Tomaria is quiet.",
        {"Velonia", "Tomaria"},
    ),
    "a town": ("Workers at Halden accepted the offer. Halden's mayor and Halden officials said so in Halden.", set()),
    "a person": ("Ada Marlow spoke in Oslo. Marlow's army of lawyers stood by. Marlow rejected the offer.", set()),
}


@pytest.mark.parametrize(("text", "expected"), SPOKEN_OF.values(), ids=SPOKEN_OF.keys())
def test_what_only_states_have_makes_a_state(text: str, expected: set[str]) -> None:
    assert states(text) == expected


def test_its_adjective_names_who_acts() -> None:
    text = (
        "Velonia and Tomaria met in Riga. Velonian Foreign Minister Ada Marlow accepted the truce. The Tomarian delegation "
        "rejected a Velonian proposal. The Tomarian army stayed."
    )
    reading = trucebook.read_text(text, published="2031-05-07")
    found = {(m.act, m.actors, m.parties) for m in reading.moves}
    assert ("accept", ("Ada Marlow",), ("Velonia",)) in found
    assert ("refuse", ("Tomaria",), ("Tomaria",)) in found
    assert ("propose", ("Velonia",), ("Velonia",)) in found


def test_the_words_are_lower_case_and_in_one_list() -> None:
    every = [*sovereign().forces, *sovereign().offices, *sovereign().bodies]
    assert len(every) == len(set(every))
    assert all(w == w.lower() for w in [*every, *sovereign().of_state])
