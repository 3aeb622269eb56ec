"""Moves of invented sentences: who does what to whom, how it stands, and what is no move."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import trucebook

if TYPE_CHECKING:
    from trucebook.reading.model import Move


def moves(text: str) -> tuple[Move, ...]:
    return trucebook.read_text(text, published="2031-05-07").moves


def told(text: str) -> set[tuple[str, str, str]]:
    return {(m.act, "+".join(m.actors), m.status) for m in moves(text)}


ACTS = {
    "verb": ("Norway accepted the truce.", ("accept", "Norway", "done")),
    "verb with a preposition": ("Norway agreed to the truce.", ("accept", "Norway", "done")),
    "agreed to do": ("Norway agreed to open the crossing.", ("promise", "Norway", "done")),
    "agreed to accept": ("Norway agreed to accept the truce.", ("accept", "Norway", "done")),
    "agreed to lift": ("Norway agreed to resume the talks.", ("resume", "Norway", "planned")),
    "jointly": ("Norway and Sweden agreed to open the crossing.", ("agree", "Norway+Sweden", "done")),
    "particle": ("Norway turned down the proposal.", ("refuse", "Norway", "done")),
    "put forward": ("Norway put forward a plan for the valley.", ("propose", "Norway", "done")),
    "light verb": ("Norway made an offer to Sweden.", ("propose", "Norway", "done")),
    "consent": ("Norway gave its consent to the plan.", ("accept", "Norway", "done")),
    "passive": ("The truce was rejected by Norway on Monday.", ("refuse", "Norway", "done")),
    "noun and owner": ("Norway's proposal for a truce is on the table.", ("propose", "Norway", "done")),
    "noun and by": ("A proposal by Norway is on the table.", ("propose", "Norway", "done")),
    "both": ("Norway and Sweden signed the treaty.", ("sign", "Norway+Sweden", "done")),
    "joined": ("Norway accepted the offer and agreed to leave the valley.", ("promise", "Norway", "done")),
    "adjective": ("The Norwegian delegation rejected the offer.", ("refuse", "Norway", "done")),
    "officials from": ("Officials from Norway rejected the offer.", ("refuse", "Norway", "done")),
    "relative": ("Norway, which rejected the offer, left.", ("refuse", "Norway", "done")),
    "not": ("Norway did not accept the truce.", ("accept", "Norway", "denied")),
    "never": ("Norway never signed the treaty.", ("sign", "Norway", "denied")),
    "future": ("Norway will sign the treaty.", ("sign", "Norway", "planned")),
    "may": ("Norway may sign the treaty.", ("sign", "Norway", "possible")),
    "willing": ("Norway may be willing to sign the treaty.", ("sign", "Norway", "possible")),
    "question": ("Did Norway sign the treaty?", ("sign", "Norway", "possible")),
    "scheduled": ("Norway is scheduled to meet with Sweden.", ("meet", "Norway", "planned")),
    "if": ("Norway accepted the truce on the condition that Sweden leaves.", ("accept_if", "Norway", "done")),
    "would if": ("Norway would accept the truce if Sweden leaves.", ("accept_if", "Norway", "conditional")),
    "promise if": ("Norway promised to lift the blockade if Sweden leaves.", ("promise", "Norway", "conditional")),
    "will not": ("Norway will not accept the truce.", ("refuse", "Norway", "done")),
    "not ruled out": ("Norway has not ruled out a truce.", ("propose", "Norway", "possible")),
    "no answer": ("Norway has yet to respond to the proposal.", ("postpone", "Norway", "done")),
    "no reaction": ("There was no immediate reaction from Norway.", ("postpone", "Norway", "done")),
    "request": ("Norway urged Sweden to accept the truce.", ("request", "Norway", "done")),
    "said of oneself": ("Norway said it would open the crossing.", ("promise", "Norway", "planned")),
    "must": ("Norway said Sweden must leave the valley.", ("demand", "Norway", "done")),
    "attack": ("Norway shelled the harbour.", ("attack", "Norway", "done")),
}


@pytest.mark.parametrize(("text", "expected"), ACTS.values(), ids=ACTS.keys())
def test_an_act_is_told_with_who_does_it_and_how_it_stands(text: str, expected: tuple[str, str, str]) -> None:
    assert expected in told(text)
