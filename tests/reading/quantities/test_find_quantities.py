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
    ("At least six people were killed and 27 others were injured.",
     [("At least six people were killed", 6, None, "killed", "at_least"),
      ("27 others were injured", 27, 27, "injured", "exact")]),
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
    ("Norway will hand over 40 prisoners.", [("40 prisoners", 40, 40, "prisoner", "exact")]),
    ("Norway holds over 40 prisoners.", [("over 40 prisoners", 40, None, "prisoner", "more_than")]),
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
    "More than 300,000 last year made the trip.",
    "The Boeing 747 landed.",
    "Article 5 was invoked.",
    "Resolution 2728 was adopted.",
    "The G7 met.",
    "The Group of Seven met.",
    "He spoke of 9/11.",
    "The 36-year-old driver spoke.",
    "Ana Duval, 36, spoke.",
    "He is 36 years old.",
    "It was the No. 2 issue.",
    "The two sides met.",
    "The two countries met.",
    "The three men spoke.",
    "Both sides met.",
    "Our two nations are friends.",
    "These four leaders met.",
    "Call +47 22 33 44 55.",
    "The truce begins at 7 p.m.",
    "The talks began at 19:30.",
    "It began on 3 May 2024.",
    "The vote was 15-0.",
    "See page 12.",
    "See pages 12-14.",
    "He came third.",
    "One of the envoys spoke.",
    "One official said so.",
    "They spoke to one another.",
    "Phase two begins.",
    "Phase 2 talks began.",
    "Part 3 of 3 exclusive excerpts is here.",
    "Flight 370 vanished.",
    "Su-27 jets flew.",
    "S-300 missiles flew.",
    "The 1990s were calm.",
    "In 2014 alone it changed.",
    "Room 12 was shut.",
    "Route 66 was shut.",
    "The five-point plan failed.",
    "The two-state solution failed.",
    "A 100-share index fell.",
    "It was 24/7 work.",
    "World War II ended.",
    "Channel 4 reported it.",
    "It cost him one point.",
    "The 18th century was calm.",
    "The temperature fell to 30 degrees.",
    "Prices fell two-thirds.",
    "She turned 40.",
    "Chapter 11 was filed.",
    "Section 230 was cited.",
    "Highway 1 was shut.",
    "Line 2 was shut.",
    "Windows 11 crashed.",
    "He wore number 10.",
    "He ran 10 times.",
    "The ratio is 3:1.",
    "At 40, she ran.",
    "Some of the 300 prisoners were freed.",
    "A three-month-old pause ended.",
    "The 20-year-old deal ended.",
    "Each of the 12 men spoke.",
    "COVID-19 spread.",
    "The MH17 case is open.",
    "The A380 landed.",
    "He drove an F-150.",
    "Unit 8200 was named.",
    "The 3rd Army moved.",
    "The 101st Airborne moved.",
    "Formula 1 returned.",
    "Euro 2024 began.",
    "The Big Three met.",
    "Group of 20 leaders met.",
    "The G20 leaders met.",
    "It is a 50-50 chance.",
    "Day 12 of the war began.",
    "The year 2020 was calm.",
    "The 2020 election was calm.",
    "In the 1980s it was calm.",
    "At 3 a.m. it was calm.",
    "It was 3:45 p.m.",
    "On 12/05/2024 it was calm.",
    "The flat is at 12 Main Street.",
    "Dial 112.",
    "Paragraph 4 says so.",
    "Verse 12 says so.",
    "Item 3 is closed.",
    "Version 2.0 is out.",
    "Candidate number three spoke.",
    "Ranked 12th, she won.",
    "She finished in second place.",
    "On the one hand it is good.",
    "They are one and the same.",
    "A one-time payment was made.",
    "He is one of a kind.",
    "It was a two-way street.",
    "The 4x4 stopped.",
    "A .22 rifle was found.",
    "A 9mm pistol was found.",
    "The type 12kgb is old.",
    "They are 10-1 up.",
    "By a vote of 12 to 3, it passed.",
    "It passed 220-200.",
    "A score of 21-14 was kept.",
    "The index fell 30 points.",
    "ISBN 978-3-16-148410-0 is here.",
    "The code is 4021.",
    "The account number is 55512.",
    "Psalm 23 was read.",
    "The top 10 list is out.",
    "He said it a thousand times.",
    "One day it ends.",
    "One by one they left.",
    "One more thing.",
    "Two's company.",
    "The twins, 12, slept.",
    "The boys, aged 12 and 14, slept.",
    "Children under 12 slept.",
    "Children aged 6 to 12 slept.",
    "The over-60s slept.",
    "People over 60 slept.",
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
