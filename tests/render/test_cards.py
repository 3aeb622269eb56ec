from __future__ import annotations

import pytest

from trucebook.agreement.model import Cited, Proposal
from trucebook.agreement.plans import Planned
from trucebook.agreement.proposals import Answer, ProposalState
from trucebook.agreement.state import StateOfPlay
from trucebook.agreement.when import when
from trucebook.render.cards import cards
from trucebook.span import Span

NOW = when("2031-05-14").closing
TEXT = "They will meet “in the coming days”."


def planned(time: str) -> Planned:
    said = Cited(report="a", span=Span(0, 34))
    return Planned(what="meet", who=("Velonia",), when=when(time), kind="planned", evidence=(said,))


@pytest.mark.parametrize(
    ("time", "title"), [("2031-W20", "week of 12 May 2031 · Velonia"), ("2031-05-13", "Tue 13 May 2031 · Velonia")]
)
def test_what_is_to_come_has_its_time_in_words(time: str, title: str) -> None:
    (card,) = cards(StateOfPlay(as_of=NOW, next=(planned(time),)), {"a": TEXT}).coming
    assert card.title == title


def proposal(what: str) -> ProposalState:
    answer = Answer(party="Sundria", answer="accepted", per_source={"a": "accepted", "b": "accepted_if"})
    terms = Proposal(id="truce", what=what, proposers=("Velonia",), addressees=("Sundria",))
    return ProposalState(proposal=terms, state="offered", since=NOW, latest=NOW, answers=(answer,))


@pytest.mark.parametrize(
    ("what", "title"),
    [
        ("a truce “in the coming days", "a truce “in the coming days”"),
        ("a “humane” truce", "a “humane” truce"),
        ("a truce", "a truce"),
    ],
)
def test_a_title_closes_the_quotation_it_breaks_off_in(what: str, title: str) -> None:
    assert cards(StateOfPlay(as_of=NOW, proposals=(proposal(what),)), {}).proposals[0].title == title


def test_reports_that_differ_are_named_as_readers_know_them() -> None:
    state = StateOfPlay(as_of=NOW, proposals=(proposal("a truce"),))
    rows = {row.label: row.text for row in cards(state, {}, shown={"a": "The Quay"}).proposals[0].rows}
    assert rows["by report"] == "accepts: The Quay; accepts on a condition: b"
