from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trucebook.dossier.wording import (
    FunctionWords,
    changes,
    content_stems,
    key,
    keys,
    same_keys,
    same_words,
    stem,
    words,
)
from trucebook.lexicons import load

TEXTS = st.text(alphabet=st.sampled_from("ab AB.,—-'’“” 1é[]\n"), max_size=60) | st.text(max_size=40)


def ops(longest: str, here: str) -> list[tuple[str, str, str]]:
    return [(c.op, c.longest, c.here) for c in changes(longest, here)]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("We are ready to talk.", "we are ready to talk"),
        ("“We are ready,” to talk", "We are ready to talk"),
        ("a cease-fire in the north", "a ceasefire in the north"),
        ("a sign of goodwill towards us", "a sign of good will toward us"),
        ("a thirty-day pause", "a thirty day pause"),
        ("we will not weaponise the harbour", "We will not weaponize the harbor"),
        ("our defence programme was cancelled", "our defense program was canceled"),
        ("the U.S. and the E.U. agree", "the US and the EU agree"),
        ("a great day — for all of us", "a great day–for all of us"),
        ("a great day — for all", "a great day-for all"),
        ("We have 12,000 men in Zürich", "we have 12000 men in Zurich"),
        ("it would be three days", "it would be 3 days"),
        ("It was a hard night for the river", "a hard night"),
        ("a hard night for the river", "It was a hard night"),
        ("a just and lasting [peace]", "a just and lasting peace"),
    ],
)
def test_same_words(a: str, b: str) -> None:
    assert same_words(a, b)
    assert same_words(b, a)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        pytest.param("the door is now open to them", "the door is open to them", id="a word dropped inside"),
        pytest.param("the door is open to them", "the door is open to Ruvia", id="another last word"),
        pytest.param("We welcome the news", "welcomes the news", id="another form at the edge"),
        pytest.param("they agreed to it yesterday", "they agreed to [the pause] yesterday", id="an editor's words"),
        pytest.param("we will accept", "we will not accept", id="a negation"),
        pytest.param("ten men were filed for the list", "ten men were filled for the list", id="no spelling variant"),
        pytest.param("four more of them", "for more of them", id="four and for"),
        pytest.param("no words at all", "something else entirely", id="nothing in common"),
        pytest.param("something", "", id="nothing there"),
    ],
)
def test_other_words(a: str, b: str) -> None:
    assert not same_words(a, b)
    assert not same_words(b, a)


@pytest.mark.parametrize(
    ("longest", "here", "expected"),
    [
        (
            "The door is now open.",
            "the door is open",
            [("same", "The door is", "the door is"), ("dropped", "now", ""), ("same", "open.", "open")],
        ),
        (
            "They agreed to it.",
            "They agreed to [the pause].",
            [("same", "They agreed to", "They agreed to"), ("changed", "it.", "[the pause].")],
        ),
        ("We go", "We go now", [("same", "We go", "We go"), ("added", "", "now")]),
        ("good will lasts", "goodwill fails", [("same", "good will", "goodwill"), ("changed", "lasts", "fails")]),
        ("", "", []),
        ("…", "gone", [("added", "", "gone")]),
    ],
)
def test_changes(longest: str, here: str, expected: list[tuple[str, str, str]]) -> None:
    assert ops(longest, here) == expected


@given(TEXTS, TEXTS)
def test_the_sides_of_the_changes_are_the_two_versions(longest: str, here: str) -> None:
    found = changes(longest, here)
    assert " ".join(c.longest for c in found if c.longest) == " ".join(w.shown for w in words(longest))
    assert " ".join(c.here for c in found if c.here) == " ".join(w.shown for w in words(here))
    assert all(a.op != b.op for a, b in pairwise(found))


@given(TEXTS)
def test_words_show_the_whole_text_and_know_where_they_stand(text: str) -> None:
    found = words(text)
    if found:
        assert "".join("".join(w.shown.split()) for w in found) == "".join(text.split())
    assert all(w.key for w in found)
    assert all(" ".join(text[w.start : w.end].split()) == w.shown for w in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


@given(TEXTS)
def test_a_version_has_its_own_words(text: str) -> None:
    assert same_words(text, text) == bool(keys(text))


@given(st.lists(st.sampled_from("abcdefghijklmnop"), min_size=3, max_size=16, unique=True), st.data())
def test_a_cut_at_the_edges_keeps_the_wording_and_one_inside_does_not(said: list[str], data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(said) - 1))
    end = data.draw(st.integers(start + 1, len(said)))
    assert same_keys(said, said[start:end])
    hole = data.draw(st.integers(1, len(said) - 2))
    assert not same_keys(said, said[:hole] + said[hole + 1 :])


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("“Harbours,”", "harbors"),
        ("hour", "hour"),
        ("four", "4"),
        ("there", "there"),
        ("centres", "centers"),
        ("travelling", "traveling"),
        ("calling", "calling"),
        ("analysed", "analyzed"),
        ("licensed", "licensed"),
        ("licences", "licences"),
        ("licenses", "licences"),
        ("dialogue", "dialog"),
        ("league", "league"),
        ("promise", "promize"),
        ("rise", "rise"),
        ("U.S.", "us"),
        ("1.5", "1.5"),
        ("10,000", "10000"),
        ("1,5", "15"),
        ("don’t", "don't"),
        ("‘so", "so"),
        ("—", ""),
        ("$5", "$5"),
    ],
)
def test_key(word: str, expected: str) -> None:
    assert key(word) == expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("tests", "test"),
        ("countries", "country"),
        ("russia's", "russia"),
        ("this", "this"),
        ("crisis", "crisi"),
        ("congress", "congress"),
        ("movies", "movy"),
        ("gas", "gas"),
        ("virus", "virus"),
        ("was", "was"),
    ],
)
def test_stem(word: str, expected: str) -> None:
    assert stem(word) == expected


def test_function_words_are_reachable_and_told_once() -> None:
    listed = load("function_words.toml", FunctionWords).words
    assert len(set(listed)) == len(listed)
    assert [w for w in listed if key(w) != w] == []
    assert content_stems(listed) == frozenset()
