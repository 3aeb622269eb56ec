"""Conditions: words that make one thing depend on another, and words that only look like them."""

from __future__ import annotations

import pytest

from trucebook.api import read_text

CASES = {
    "if": ("The truce will begin if Norway agrees.", ["if Norway agrees"]),
    "contingent on": ("Fuel will flow, contingent on Danish consent.", ["contingent on Danish consent"]),
    "a proviso behind a comma": (
        "The truce will take effect immediately, provided Norway agrees to it.",
        ["provided Norway agrees to it"],
    ),
    "provided that": ("Sweden supplies fuel provided that Norway pays for it.", ["provided that Norway pays for it"]),
    "aid that was provided": ("The aid, provided by Norway, was late.", []),
    "a fleet that provides": ("The fleet, providing fuel, left the harbour.", []),
    "once the other agrees": (
        "The truce will begin once Norway agrees to the plan.",
        ["once Norway agrees to the plan"],
    ),
    "once, where the tagger takes the verb for a noun": (
        "Norway will lift the blockade once Sweden withdraws.",
        ["once Sweden withdraws"],
    ),
    "once ratified": ("Once ratified by both sides, the accord will bind them.", ["Once ratified by both sides"]),
    "once elected": ("Once elected, he resigned.", []),
    "once it was done": ("Once the deal was signed, Norway lifted the blockade.", []),
    "once it is done, reported": (
        "Norway said it would lift the blockade once the deal was signed.",
        ["once the deal was signed"],
    ),
    "once feared": ("Once feared, the militia has laid down its arms.", []),
    "once a colony": ("Once a colony, Norway became free.", []),
    "once upon a time": ("The convoy, which once numbered forty trucks, has reached the pass.", []),
    "subject to approval": (
        "The deal is subject to approval by the Danish parliament.",
        ["subject to approval by the Danish parliament"],
    ),
    "subject to a burden": ("Danish fuel is still subject to Norwegian tariffs.", []),
    "a word that is spoken of": ("The question is “how” rather than “if” the war would end, Norway said.", []),
    "once again": ("The ministers met once again in Oslo.", []),
}


@pytest.mark.parametrize(("text", "words"), CASES.values(), ids=CASES.keys())
def test_conditions_are_found_and_nothing_else(text: str, words: list[str]) -> None:
    reading = read_text(text, published="2031-05-07")
    assert [c.of(text) for c in reading.conditions] == words
