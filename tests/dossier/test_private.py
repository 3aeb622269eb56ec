"""Who is a private person: by what the reports call people, and by nothing else."""

from __future__ import annotations

from collections import Counter

import pytest

from trucebook import read_text, reconcile
from trucebook.dossier.private import is_office, name_words, private_persons, private_words
from trucebook.reading.known import KnownActor, parse_known
from trucebook.reading.titles import titles


@pytest.mark.parametrize(
    ("words", "public"),
    [
        ("Velonian foreign minister", True),
        ("former judge", True),
        ("town’s mayor", True),
        ("secretary of state", True),
        ("head of the relief agency", True),
        ("Presidents", True),
        ("chief of staff", True),
        ("farmer", False),
        ("whose son", False),
        ("widow of the president", False),
        ("the minister’s brother", False),
        ("retired nurse", False),
        ("eyewitness", False),
        ("", False),
    ],
)
def test_an_office_makes_a_public_actor(words: str, public: bool) -> None:
    assert is_office(words) is public


def test_the_words_for_private_persons_are_in_small_letters_and_stand_once() -> None:
    assert all(w == w.lower() for w in private_words())
    assert not private_words() & titles().offices


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ("Mr. Olan Thorne", ["Olan", "Thorne"]),
        ("President Berg’s", ["Berg"]),
        ("Jean-Luc van der Mey", ["Jean-Luc", "Mey"]),
        ("the envoy", []),
    ],
)
def test_the_words_of_a_name(form: str, words: list[str]) -> None:
    assert list(name_words(form)) == words


@pytest.mark.parametrize(
    ("text", "private"),
    [
        pytest.param(
            "“They came at night,” said Petra Lund, a farmer. Lund hid in a cellar.", ["Petra Lund"], id="a-witness"
        ),
        pytest.param("Foreign Minister Anna Berg arrived on Monday. Berg said the talks went on.", [], id="a-minister"),
        pytest.param(
            "Anna Berg, the foreign minister of Norway, arrived. She met Petra Lund.", ["Petra Lund"], id="both"
        ),
        pytest.param(
            "Mila Brandt, whose son was taken hostage, said she had heard nothing.", ["Mila Brandt"], id="a-mother"
        ),
        pytest.param("“We wait,” said Olan Thorne, the mayor of the town.", [], id="a-mayor"),
    ],
)
def test_private_persons_of_a_report(text: str, private: list[str]) -> None:
    found = private_persons(reconcile([read_text(text, id="quay", published="2031-05-07")]))
    assert [a.name for a in found] == private


def test_an_office_in_one_report_counts_in_all() -> None:
    one = read_text("Foreign Minister Anna Berg arrived in Oslo on Monday.", id="one", published="2031-05-07")
    two = read_text("“We go on,” Anna Berg said. “We wait,” said Petra Lund.", id="two", published="2031-05-07")
    assert [a.name for a in private_persons(reconcile([one, two]))] == ["Petra Lund"]


def test_who_signs_a_report_and_whom_the_file_of_actors_has_is_no_private_person() -> None:
    told = read_text("“They came at night,” said Petra Lund.", id="quay", published="2031-05-07")
    assert Counter(a.name for a in private_persons(reconcile([told]))) == {"Petra Lund": 1}
    known = reconcile([told], actors=_known())
    assert private_persons(known) == ()


def _known() -> tuple[KnownActor, ...]:
    return parse_known(b"actors:\n- name: Petra Lund\n  type: person\n  role: delegate\n", "actors.yaml")
