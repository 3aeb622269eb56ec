"""Capitals and seats as reports use them: the state where they act or are dealt with, the place where things happen."""

from __future__ import annotations

import pytest

from trucebook.reading.actors import find_actors
from trucebook.reading.parse import parse
from trucebook.report import Report

# Sentence, the word in question; each capital stands for its state, or is the town.
STATE = {
    "says": "Oslo said it would wait.",
    "rejects": "Oslo has rejected the offer.",
    "is accused": "Sweden accused Oslo of breaking the truce.",
    "is told": "Sweden told Oslo that it would wait.",
    "according to": "According to Oslo, the ships were empty.",
    "between two": "Relations between Oslo and Stockholm are poor.",
    "with": "Sweden signed an agreement with Oslo.",
    "against": "Sweden threatened new measures against Oslo.",
    "sanctions on": "Sweden imposed sanctions on Oslo.",
    "pressure on": "Sweden put pressure on Oslo.",
    "a stance's owner": "Oslo’s answer was short.",
    "wants": "Oslo wants the guns withdrawn.",
    "an offer to": "The offer was conveyed to Oslo.",
    "is blamed": "The attack was blamed on Oslo.",
    "agrees": "Oslo agreed to the truce on Monday.",
    "denies": "Oslo denied that its ships had fired.",
    "unlike": "Unlike Oslo, Sweden has signed.",
    "is expected to": "Oslo is expected to answer on Monday.",
    "rejected by": "The plan was rejected by Oslo.",
    "tells in a clause": "Sweden waits while Oslo studies the text.",
}
PLACE = {
    "a drone attack on": "A drone attack on Oslo killed two people.",
    "drones struck": "Drones struck Oslo on Monday.",
    "missiles hit": "Missiles hit Oslo overnight.",
    "shelled": "Troops shelled Oslo for an hour.",
    "was bombed": "Oslo was bombed on Monday.",
    "was hit by": "Oslo was hit by two rockets.",
    "strikes on": "The strikes on Oslo went on.",
    "in": "They met in Oslo on Monday.",
    "near": "A depot near Oslo burned.",
    "outside": "A depot outside Oslo burned.",
    "across": "Sirens sounded across Oslo.",
    "flew to": "The envoy flew to Oslo.",
    "returned from": "The envoy returned from Oslo.",
    "visited": "The envoy visited Oslo.",
    "a visit to": "A visit to Oslo is planned.",
    "arrived in": "She arrived in Oslo.",
    "the streets of": "The streets of Oslo were empty.",
    "its suburbs": "Oslo’s suburbs were dark.",
    "the region": "The Oslo region was dark.",
    "its mayor": "Oslo’s mayor spoke.",
    "in an address": "The talks in Oslo, Norway, ended.",
    "residents of": "Residents of Oslo went to the shelters.",
    "an explosion in": "An explosion in Oslo woke the town.",
    "the airport": "The Oslo airport was closed.",
}


def kind(sentence: str, word: str) -> str | None:
    found = find_actors(parse(Report(id="x", path="x", sha256="0", text=sentence)))
    mention = found.at(sentence.index(word))
    return mention.type if mention is not None else None


@pytest.mark.parametrize("sentence", STATE.values(), ids=STATE.keys())
def test_a_capital_that_acts_is_its_state(sentence: str) -> None:
    assert kind(sentence, "Oslo") == "state"


@pytest.mark.parametrize("sentence", PLACE.values(), ids=PLACE.keys())
def test_a_capital_where_something_happens_is_a_place(sentence: str) -> None:
    assert kind(sentence, "Oslo") in {"place", None}


@pytest.mark.parametrize("capital", ["Copenhagen", "Moscow", "Kyiv", "Ankara", "Pretoria"])
def test_every_capital_is_read_alike(capital: str) -> None:
    assert kind(f"A drone attack on {capital} killed two people.", capital) == "place"
    assert kind(f"{capital} said it would wait.", capital) == "state"


SEATS = {
    "speaks": ("The Kremlin said it would wait.", "Kremlin", "state"),
    "a drone attack on": ("The Kremlin condemned a drone attack on Moscow.", "Moscow", "place"),
    "an office that speaks": ("The White House said it would wait.", "White House", "organisation"),
    "Europe by itself": ("Europe said it would wait.", "Europe", "place"),
    "Europe where the union is spoken of": (
        "The European Union wrote to Norway. The European Union will wait. Europe has promised an answer.",
        "Europe has",
        "organisation",
    ),
    "Europe in a wider alliance": (
        "NATO met. The European Union wrote. The European Union will wait. Europe has promised an answer.",
        "Europe has",
        "place",
    ),
    "in Europe": ("The European Union wrote. The European Union will wait. It is cold in Europe now.", "Europe now", "place"),
}  # fmt: skip


@pytest.mark.parametrize(("sentence", "word", "found"), SEATS.values(), ids=SEATS.keys())
def test_seats_and_continents(sentence: str, word: str, found: str) -> None:
    assert kind(sentence, word) == found
