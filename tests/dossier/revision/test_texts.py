"""Two versions of a text: which sentence became which, and what changed inside."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trucebook.dossier.revision.texts import Comparison, Side, side
from trucebook.span import Span

STONE, RIDGE = "The stone bridge was opened for grain.", "Two brigades left the ridge before noon."
RAIN, MILLS = "Rain fell on the mills all day.", "The mills stood still until evening."


def cut(text: str) -> Side:
    found, at = [], 0
    for match in re.finditer(r"[.!?]", text):
        found.append(Span(at, match.end()))
        at = match.end()
    return side(text, found)


def told(old: str, new: str) -> list[tuple[str, str | None, str | None]]:
    return [(p.kind, p.old and p.old.of(old), p.new and p.new.of(new)) for p in Comparison(cut(old), cut(new)).passages]


@pytest.mark.parametrize(
    ("old", "new", "kinds"),
    [
        pytest.param(f"{STONE} {RIDGE}", f"{STONE} {RIDGE}", [], id="the-same"),
        pytest.param(f"{STONE} {RIDGE}", f"{STONE}\n\n{RIDGE}", [], id="white-space-is-no-change"),
        pytest.param(f"{STONE} {RIDGE}", f"{STONE}", ["removed"], id="one-taken-out"),
        pytest.param(f"{STONE}", f"{RIDGE} {STONE}", ["added"], id="one-put-in"),
        pytest.param(STONE, STONE.replace("opened", "closed"), ["reworded"], id="one-word"),
        pytest.param(STONE, STONE.replace("stone", "Stone"), ["marks"], id="a-capital"),
        pytest.param(f"{STONE} {RIDGE} {RAIN}", f"{RIDGE} {RAIN} {STONE}", ["moved"], id="moved"),
        pytest.param(STONE, RAIN, ["removed", "added"], id="nothing-in-common"),
        pytest.param(f"{STONE} {RAIN}", f"{RAIN} {MILLS}", ["removed", "added"], id="out-above-and-in-below"),
        pytest.param("Bridge talks\nThe mills stood still.", "Bridge talks end\nThe mills stood still.", ["reworded"], id="a-heading"),
    ],
)  # fmt: skip
def test_sentences_that_are_not_as_they_were(old: str, new: str, kinds: list[str]) -> None:
    assert [kind for kind, *_ in told(old, new)] == kinds


def test_a_sentence_that_was_parted_is_one_passage() -> None:
    old = "The envoy opened the stone bridge for grain and closed the northern road to lorries."
    new = "The envoy opened the stone bridge for grain. He closed the northern road to lorries."
    assert told(old, new) == [("reworded", old, new)]
    assert told(new, old) == [("reworded", new, old)]


def test_the_words_that_changed_are_shown_with_their_places() -> None:
    old, new = "The good will of the envoy may return on Monday.", "The goodwill of the envoy will return on Tuesday."
    (passage,) = Comparison(cut(old), cut(new)).passages
    edits = [(e.op, e.old and e.old.of(old), e.new and e.new.of(new)) for e in passage.edits if e.op != "same"]
    assert edits == [("changed", "may", "will"), ("changed", "Monday.", "Tuesday.")]


def test_a_word_of_grammar_between_two_changes_is_no_island() -> None:
    old, new = "Berg went to Esme by boat today.", "Berg returned to Marlow by boat today."
    (passage,) = Comparison(cut(old), cut(new)).passages
    edits = [(e.old and e.old.of(old), e.new and e.new.of(new)) for e in passage.edits if e.op == "changed"]
    assert edits == [("went to Esme", "returned to Marlow")]


SENTENCES = st.lists(st.sampled_from([STONE, RIDGE, RAIN, MILLS, "If so, no.", "“Yes,” he said."]), max_size=6)


@given(SENTENCES, SENTENCES)
def test_every_word_is_told_on_its_side(one: list[str], other: list[str]) -> None:
    old, new = " ".join(one), " ".join(other)
    compared = Comparison(cut(old), cut(new))
    for text, whole, sides, kept in (
        (old, compared.old, [p.old for p in compared.passages], compared.kept_old),
        (new, compared.new, [p.new for p in compared.passages], compared.kept_new),
    ):
        told_of = [s for s in sides if s]
        for word in whole.words:
            span = Span(word.start, word.end)
            assert any(s.covers(span) for s in told_of) or kept(span), span.of(text)


@given(SENTENCES, SENTENCES)
def test_what_is_kept_has_the_same_words_in_its_new_place(one: list[str], other: list[str]) -> None:
    old, new = " ".join(one), " ".join(other)
    compared = Comparison(cut(old), cut(new))
    for word in compared.old.words:
        span = Span(word.start, word.end)
        if compared.kept_old(span):
            spot = compared.counterpart(span)
            assert spot is not None
            assert [compared.new.words[j].key for j in compared.new.within(spot)] == [word.key]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("x y " * 150_000, "y x " * 150_000, id="no-sentence-and-two-words"),
        pytest.param("x y. " * 100_000, "y x. " * 100_000, id="many-alike-sentences"),
        pytest.param("The man said no. " * 75_000, "The man may say no thing. " * 60_000, id="all-reworded"),
    ],
)
def test_a_hostile_text_costs_no_more_than_its_length(old: str, new: str) -> None:
    start = time.process_time()
    assert Comparison(cut(old), cut(new)).passages
    assert time.process_time() - start < 60
