"""Search: the same answers from both databases, and nothing that is asked is a command."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from record_stubs import BERG, THORNE, put, report

from trucebook.record import search as searching
from trucebook.record.passages import fold, passages
from trucebook.record.search import search

if TYPE_CHECKING:
    from trucebook.record.case import Case


@pytest.fixture
def kept(case: Case) -> Case:
    put(case, report("one", BERG, url="https://quay.example/1"))
    put(case, report("two", f"{THORNE} The café did not open."))
    put(case, report("three", "Nothing was opened and nobody signed."))
    return case


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("bridge", {"one"}),
        ("BRIDGES", {"one"}),
        ("opening", {"one", "two", "three"}),
        ("open truck", {"one"}),
        ("open -truck", {"two", "three"}),
        ("cafe", {"two"}),
        ("café", {"two"}),
        ("not", {"two"}),
        ('"northern bridge"', {"one"}),
        ('"bridge northern"', set()),
        ('-bridge', set()),
        ("", set()),
        ("bridge OR brigade", set()),
        ("NEAR(bridge)", set()),
        ("'; DROP TABLE version; --", set()),
        ("bridge & ! | ( ) <-> : *", {"one"}),
        ("\x00bridge", {"one"}),
        ("\ud83dbridge", {"one"}),
    ],
)  # fmt: skip
def test_what_is_found(kept: Case, asked: str, found: set[str]) -> None:
    assert {hit.report for hit in search(kept, asked)} == found


def test_a_hit_shows_its_words_at_their_place(kept: Case) -> None:
    (hit,) = search(kept, "trucks")
    assert hit.words == hit.span.of(BERG)
    assert [m.of(BERG) for m in hit.marks] == ["trucks"]


def test_the_words_of_a_hit_are_the_report_s_whatever_they_hold(case: Case) -> None:
    text = 'Bridges \x01 "of" \\ stone\u2028and \U0001f600 {"a": [1]}\tbridge'
    put(case, report("odd", text))
    (hit,) = search(case, "bridge")
    assert hit.words == text
    assert [m.of(text) for m in hit.marks] == ["Bridges", "bridge"]


def test_hits_come_in_the_same_order_however_few_are_asked_for(case: Case) -> None:
    for n in range(9):
        put(
            case,
            report(
                f"r{n}", "bridge " * (n + 1) + "and the rest is told at some length here.", url=f"https://q.example/{n}"
            ),
        )
    every = [hit.report for hit in search(case, "bridge")]
    assert len(every) == 9
    assert [hit.report for k in range(9) for hit in search(case, "bridge", limit=1, skip=k)] == every


def test_of_very_many_passages_the_latest_are_ranked(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "RANKED", 2)
    put(case, report("old", "Bridges, bridges, bridges.", url="https://quay.example/1"))
    put(case, report("mid", "A bridge and much else that is told at length here.", url="https://quay.example/2"))
    put(case, report("new", "Bridges and bridges.", url="https://quay.example/3"))
    assert [hit.report for hit in search(case, "bridge", limit=2)] == ["new", "mid"]
    assert next(hit.report for hit in search(case, "bridge", limit=3)) == "old"


def test_only_the_latest_version_is_searched(kept: Case) -> None:
    put(kept, report("one", "The ferry was closed.", url="https://quay.example/1"))
    assert search(kept, "bridge") == ()
    assert [hit.report for hit in search(kept, "ferries")] == ["one"]


@given(st.text(alphabet=st.sampled_from("ab \n\u00e9\u4e2d."), max_size=9_000))
def test_passages_are_the_whole_text_in_order(text: str) -> None:
    spans = list(passages(text))
    assert "".join(s.of(text) for s in spans) == text
    assert all(0 < s.length <= 2_000 for s in spans)


def test_folding_takes_case_and_accents() -> None:
    assert fold("Zoë’s ÉTAT") == "zoe's etat"
