from __future__ import annotations

import itertools

import pytest
from book import S, T, V, as_of, did, does, made, offer, owes

from trucebook.agreement.difference import difference
from trucebook.agreement.lifecycle import RANK
from trucebook.agreement.model import Together
from trucebook.agreement.state import play
from trucebook.agreement.suppose import SuppositionError, Verbs, suppose
from trucebook.agreement.when import when
from trucebook.lexicons import load

STOP = {name: does(name, "stop", "fire") for name in (V, T)}
EVENTS = [
    offer(start=when("2024-05-20"), duration="P21D"),
    did(V, "accept_if", "truce", "2024-05-02", condition=does(T, "accept", "truce"), if_says="if Tomaria accepts"),
    made(owes("quiet of Velonia", V, T, STOP[V], on=does(T, "accept", "truce"), until="2024-06-09", keeps=True)),
    made(owes("lists", S, V, does(S, "hand over", "the lists"), until="2024-05-12")),
]


def changes(*words: str, day: str = "2024-05-10") -> list[tuple[str, tuple[str, ...], str | None, str | None]]:
    found = suppose(EVENTS, as_of(day), words)
    return [
        (c.subject, c.who, c.before, c.after) for c in found.changes if c.subject not in {"turn", "position", "plan"}
    ]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (
            ("Tomaria accepts",),
            [
                ("proposal", (S,), "offered", "accepted_if"), ("answer", (V,), "accepted_if", "accepted_if, condition met"),
                ("answer", (T,), "open", "accepted"), ("commitment", (V,), "conditional", "detached"),
            ],
        ),
        (
            ("Tomaria refuses",),
            [
                ("proposal", (S,), "offered", "refused"), ("answer", (T,), "open", "refused"),
                ("commitment", (V,), "conditional", "expired"),
            ],
        ),
        (("5 days pass",), [("commitment", (S,), "detached", "detached, overdue")]),
        (("a day passes",), []),
        (("Sundria does its part",), [("commitment", (S,), "detached", "fulfilled")]),
        (("sundria  Performs lists",), [("commitment", (S,), "detached", "fulfilled")]),
        (("Velonia releases",), [("commitment", (S,), "detached", "released")]),
        (("Sundria withdraws its offer",), [("proposal", (S,), "offered", "withdrawn"), ("commitment", (V,), "conditional", "expired")]),
    ],
)  # fmt: skip
def test_what_would_follow(words: tuple[str, ...], expected: list[object]) -> None:
    assert changes(*words) == expected


def test_one_thing_after_the_other() -> None:
    found = changes("Tomaria accepts", "2 weeks pass")
    assert ("in_force", (S,), "not in force", "in force") in found
    assert ("in_force", (S,), "not in force", "in force") not in changes("2 weeks pass")


def test_what_comes_later_the_same_day_counts_as_later() -> None:
    assert ("answer", (T,), "open", "accepted") in changes("Tomaria refuses", "Tomaria accepts")


def test_every_change_of_a_commitment_says_why() -> None:
    found = suppose(EVENTS, as_of("2024-05-10"), ["Tomaria refuses"])
    (why,) = [c.why for c in found.changes if c.subject == "commitment"]
    assert why.startswith("its condition can no longer hold")


def test_what_is_supposed_is_told_by_no_report() -> None:
    found = suppose(EVENTS, as_of("2024-05-10"), ["Tomaria accepts"])
    assert {c.report for change in found.changes if change.subject == "commitment" for c in change.evidence} == {
        "supposed"
    }


def test_together_comes_from_conditions_alone() -> None:
    mirror = made(owes("quiet of Tomaria", T, V, STOP[T], on=Together(commitment="quiet of Velonia")))
    found = suppose([*EVENTS, mirror], as_of("2024-05-10"), ["Tomaria accepts"])
    assert {(c.who, c.after) for c in found.changes if c.subject == "commitment"} == {
        ((V,), "detached"),
        ((T,), "detached"),
    }


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("Norda accepts", "begins with nobody who is a party here"),
        ("Tomaria sings", "is no act that is known"),
        ("Tomaria", "begins with nobody"),
        ("", "begins with nobody"),
        ("Tomaria suspends", "there is nothing of Tomaria that this could be about"),
        ("some days pass", "begins with nobody"),
    ],
)
def test_what_cannot_be_supposed(words: str, reason: str) -> None:
    with pytest.raises(SuppositionError, match=reason):
        suppose(EVENTS, as_of("2024-05-10"), [words])


def test_the_state_itself_is_not_touched() -> None:
    before = play(EVENTS, as_of("2024-05-10"))
    assert suppose(EVENTS, as_of("2024-05-10"), ["Tomaria accepts"]).before == before


def test_the_difference_of_a_state_with_itself_is_empty_and_turns_around() -> None:
    one, other = play(EVENTS, as_of("2024-05-10")), play(EVENTS, as_of("2024-05-20"))
    assert difference(one, one) == ()
    there, back = difference(one, other), difference(other, one)
    forth = {(c.subject, c.about, c.before, c.after) for c in there}
    assert forth == {(c.subject, c.about, c.after, c.before) for c in back}


def test_the_verbs_that_may_be_supposed() -> None:
    verbs = load("suppositions.toml", Verbs).verbs
    forms = list(itertools.chain.from_iterable(verb.forms for verb in verbs))
    assert len(forms) == len(set(forms)) > 20
    assert all(form == " ".join(form.casefold().split()) for form in forms)
    assert {verb.act for verb in verbs if verb.on in {"debt", "claim"}} <= set(RANK)
