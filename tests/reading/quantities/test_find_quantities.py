"""Quantities: text in; words, least, most, what is counted and bound out."""

from __future__ import annotations

import datetime
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trucebook.reading.parse import Parse, parse
from trucebook.reading.quantities import find_quantities
from trucebook.reading.times import find_times
from trucebook.report import Report


def parsed(text: str) -> Parse:
    return parse(Report(id="x", path="x", sha256="0", text=text, published=datetime.date(2025, 3, 12)))


def shown(text: str) -> list[tuple[str, float | None, float | None, str | None, str]]:
    document = parsed(text)
    found = find_quantities(document, find_times(document))
    return [(q.span.of(text), q.low, q.high, q.of, q.bound) for q in found]


CASES = [
    # What became of those counted; killed and injured never mix.
    ("At least three people were killed and 18 others were injured.",
     [("At least three people were killed", 3, None, "killed", "at_least"),
      ("18 others were injured", 18, 18, "injured", "exact")]),
    ("The strike left three people dead.", [("three people dead", 3, 3, "killed", "exact")]),
    ("Shelling killed two and injured more than a dozen in the town.",
     [("killed two", 2, 2, "killed", "exact"), ("injured more than a dozen", 12, None, "injured", "more_than")]),
    ("Two killed and five wounded in the shelling, officials said.",
     [("Two killed", 2, 2, "killed", "exact"), ("five wounded", 5, 5, "injured", "exact")]),
    ("A rocket hit the market, killing three.", [("killing three", 3, 3, "killed", "exact")]),
    ("The death toll rose to 12 on Monday.", [("death toll rose to 12", 12, 12, "killed", "exact")]),
    ("The ministry put the death toll at 34.", [("death toll at 34", 34, 34, "killed", "exact")]),
    ("The number of wounded reached 340 by dusk.", [("number of wounded reached 340", 340, 340, "injured", "exact")]),
    ("At least one person died.", [("At least one person died", 1, None, "killed", "at_least")]),
    ("Three people in the village of Oran were killed.",
     [("Three people in the village of Oran were killed", 3, 3, "killed", "exact")]),
    ("Dozens of people were killed or wounded.",
     [("Dozens of people were killed or wounded", 20, 199, "casualties", "between")]),
    ("About 100 hostages were released and up to 20 detained.",
     [("About 100 hostages were released", 100, 100, "released", "about"),
      ("up to 20 detained", None, 20, "detained", "at_most")]),
    ("No fewer than 28,500 people have been displaced.",
     [("No fewer than 28,500 people have been displaced", 28_500, None, "displaced", "at_least")]),
    ("Five were killed, 17 wounded and six went missing.",
     [("Five were killed", 5, 5, "killed", "exact"), ("17 wounded", 17, 17, "injured", "exact"),
      ("six went missing", 6, 6, "missing", "exact")]),
    # Things are not people, and those who act are not those acted on.
    ("Rebels captured three villages and captured 12 soldiers.",
     [("three villages", 3, 3, "village", "exact"), ("captured 12 soldiers", 12, 12, "captured", "exact")]),
    ("Two drones killed four guards.",
     [("Two drones", 2, 2, "drone", "exact"), ("killed four guards", 4, 4, "killed", "exact")]),
    # Parts of a sum that is not given are no count of the dead.
    ("Three soldiers and two civilians were killed.",
     [("Three soldiers", 3, 3, "soldier", "exact"), ("two civilians", 2, 2, "civilian", "exact")]),
    # What could happen has not.
    ("The flood could kill 300 people.", [("300 people", 300, 300, "person", "exact")]),
    # Nouns, units, money, shares.
    ("An attack of more than 300 Arvian drones began.",
     [("more than 300 Arvian drones", 300, None, "drone", "more_than")]),
    ("They hold a 600-mile front under a 30-day truce.",
     [("600-mile", 600, 600, "mile", "exact"), ("30-day", 30, 30, "day", "exact")]),
    ("It covers 64% of the land and 25 percent of the budget.",
     [("64%", 64, 64, "percent", "exact"), ("25 percent", 25, 25, "percent", "exact")]),
    ("Aid of $150 billion, €2.8bn and 3 million dollars came.",
     [("$150 billion", 150e9, 150e9, "USD", "exact"), ("€2.8bn", 2.8e9, 2.8e9, "EUR", "exact"),
      ("3 million dollars", 3e6, 3e6, "USD", "exact")]),
    ("Between 10 and 15 trucks crossed.", [("Between 10 and 15 trucks", 10, 15, "truck", "between")]),
    ("Officials saw 3 to 5 boats.", [("3 to 5 boats", 3, 5, "boat", "between")]),
    ("They asked for 2 to 3 million euros.", [("2 to 3 million euros", 2e6, 3e6, "EUR", "between")]),
    ("Police counted 50+ trucks.", [("50+ trucks", 50, None, "truck", "at_least")]),
    ("Some 200 troops left.", [("Some 200 troops", 200, 200, "troop", "about")]),
    ("He met two dozen lawmakers.", [("two dozen lawmakers", 24, 24, "lawmaker", "exact")]),
    ("Hundreds of drones flew over.", [("Hundreds of drones", 100, 1_999, "drone", "between")]),
]  # fmt: skip
NEGATIVES = [
    "The 52-year-old minister, 52, spoke.",
    "One of the envoys spoke to one another.",
    "It is the No. 1 issue.",
    "Resolution 2803 passed 15-0.",
    "They won 3-2.",
    "Call 555-0134.",
    "The truce begins at 7 p.m. on 3 May 2024.",
    "It takes two to tango.",
    "1. Opening remarks",
    "Nearly half of the 1,200 residents fled.",
    "One in five fled.",
    "He came third in 2014.",
    "The one that matters is peace.",
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[c[0] for c in CASES])
def test_finds_and_reads(text: str, expected: list[tuple[str, float | None, float | None, str | None, str]]) -> None:
    assert shown(text) == expected


@pytest.mark.parametrize("text", NEGATIVES)
def test_leaves_alone(text: str) -> None:
    assert shown(text) == []


def test_rough_words_make_it_approximate() -> None:
    document = parsed("About 40 boats and dozens of tents burned.")
    assert [q.approximate for q in find_quantities(document, ())] == [True, True]


PIECES = ["at least", "three", "people", "were killed", "and", "12,000", "$", "€2.8bn", "3-5", "between", "a dozen",
          "hundreds of", "%", "wounded", "one", "death toll", "rose to", "9" * 40, "million", "\n\n", "–", "or more",
          "+", "1/2", "½"]  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.one_of(st.text(max_size=120), st.lists(st.sampled_from(PIECES), max_size=14).map(" ".join)))
def test_any_text_gives_spans_inside_it_and_the_same_twice(text: str) -> None:
    document = parsed(text)
    quantities = find_quantities(document, find_times(document))
    spans = [q.span for q in quantities]
    assert all(0 <= s.start < s.end <= len(text) for s in spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert all(q.low is None or q.high is None or q.low <= q.high for q in quantities)
    assert find_quantities(document, find_times(document)) == quantities
