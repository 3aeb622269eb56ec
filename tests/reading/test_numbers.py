"""Numbers in digits and in words."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trucebook.reading.numbers import loose_source, number_source, numbers, read_loose, read_number, read_ordinal

CARDINALS = [
    ("three", 3),
    ("twenty-one", 21),
    ("twenty one", 21),
    ("a dozen", 12),
    ("two dozen", 24),
    ("a hundred", 100),
    ("two hundred and five", 205),
    ("one hundred thousand", 100_000),
    ("three thousand two hundred", 3_200),
    ("12,000", 12_000),
    ("28,500", 28_500),
    ("1.5 million", 1_500_000),
    ("2.8bn", 2_800_000_000),
    ("300k", 300_000),
    ("half a million", 500_000),
    ("two and a half million", 2_500_000),
    ("2 1/2", 2.5),
    ("2½", 2.5),
]


@pytest.mark.parametrize(("words", "value"), CARDINALS, ids=[c[0] for c in CARDINALS])
def test_reads_cardinals_and_finds_them_whole(words: str, value: float) -> None:
    found = re.match(number_source(), words, re.IGNORECASE)
    assert found is not None
    assert found[0] == words
    assert read_number(words) == value


@pytest.mark.parametrize("words", ["nineteen ninety", "five three", "troops", "", "and", "a"])
def test_words_that_build_no_number_are_none(words: str) -> None:
    assert read_number(words) is None


@given(st.integers(0, 10**12))
def test_grouped_digits_read_back(number: int) -> None:
    assert read_number(f"{number:,}") == number


def test_loose_plurals_have_a_range() -> None:
    assert read_loose("Tens  of thousands") == (10_000, 199_999)
    assert read_loose("three") is None
    assert re.fullmatch(loose_source(), "hundreds of thousands")


@pytest.mark.parametrize(("words", "rank"), [("third", 3), ("21st", 21), ("twenty first", 21), ("three", None)])
def test_ordinals(words: str, rank: int | None) -> None:
    assert read_ordinal(words) == rank


def test_the_lexicon_is_lower_case_and_its_ranges_are_ranges() -> None:
    lexicon = numbers()
    words = [*lexicon.small, *lexicon.scales, *lexicon.suffixes, *lexicon.loose, *lexicon.ordinals]
    assert all(w == w.lower().strip() for w in words)
    assert len(words) == len(set(words))
    assert all(least < most for least, most in lexicon.loose.values())
