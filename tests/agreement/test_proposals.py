from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest
from book import S, T, V, as_of, did, does, event, offer, steady
from hypothesis import given
from hypothesis import strategies as st

from trucebook.agreement.model import Happened
from trucebook.agreement.state import play
from trucebook.agreement.when import when

if TYPE_CHECKING:
    from trucebook.agreement.model import Event
    from trucebook.agreement.proposals import Answer, ProposalState


def stands(events: list[Event], day: str = "2024-05-15", name: str = "truce") -> ProposalState:
    return next(p for p in play(events, as_of(day)).proposals if p.proposal.id == name)


def answer(events: list[Event], party: str = T, day: str = "2024-05-15") -> Answer:
    return next(a for a in stands([offer(), *events], day).answers if a.party == party)


YES, NO = did(T, "accept", "truce", "2024-05-03"), did(T, "refuse", "truce", "2024-05-03", "r2")
IF = did(
    T, "accept_if", "truce", "2024-05-03", "r3", condition=does(V, "leave", "the ridge"), if_says="if Velonia leaves"
)


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        pytest.param([], "open", id="no-answer-is-no-refusal"),
        pytest.param([YES], "accepted", id="yes"),
        pytest.param([did(T, "agree", "truce", "2024-05-03")], "accepted", id="agreed"),
        pytest.param([NO], "refused", id="no"),
        pytest.param([IF], "accepted_if", id="yes-if"),
        pytest.param([IF, did(V, "leave", "the ridge", "2024-05-06")], "accepted_if", id="yes-if-stays-so-when-the-condition-is-met"),
        pytest.param([YES, IF], "accepted_if", id="one-source-leaves-the-if-out"),
        pytest.param([did(T, "counter", "truce", "2024-05-03")], "countered", id="countered"),
        pytest.param([YES, NO], "disputed", id="yes-and-no-of-one-day"),
        pytest.param([YES, did(T, "refuse", "truce", "2024-05-05", "r2")], "refused", id="the-later-counts"),
        pytest.param([NO, did(T, "accept", "truce", "2024-05-05", "r2")], "accepted", id="refused-then-accepted"),
        pytest.param([YES, did(T, "refuse", "truce", "2024-05", "r2", learnt="2024-05-10")], "disputed", id="nobody-knows-which-was-later"),
        pytest.param([YES, did(T, "accept", "truce", "2024-05-04", "r2", status="denied")], "disputed", id="told-and-denied"),
        pytest.param([did(T, "accept", "truce", "2024-05-04", "r2", status="denied")], "open", id="only-denied"),
        pytest.param([did(T, "accept", "truce", "2024-05-02", "r2", status="denied"), YES], "accepted", id="not-yet-then-yes"),
        pytest.param([did(T, "accept", "truce", "2024-05-20", status="planned")], "open", id="planned"),
        pytest.param([did(T, "accept", "truce", "2024-05-03", status="possible")], "open", id="possible"),
        pytest.param([did(T, "withhold_answer", "truce", "2024-05-03")], "open", id="said-to-be-silent"),
        pytest.param([YES, did(T, "withdraw", "truce", "2024-05-05")], "open", id="taken-back"),
        pytest.param([did(V, "accept", "truce", "2024-05-03")], "open", id="another's-answer"),
        pytest.param([did(T, "accept", "map", "2024-05-03")], "open", id="another-offer"),
        pytest.param([did(T, "accept", "truce", "2024-05-16")], "open", id="after-the-as-of-day"),
        pytest.param([did(T, "welcome", "truce", "2024-05-03")], "open", id="to-welcome-is-no-answer"),
    ],
)  # fmt: skip
def test_answers(events: list[Event], expected: str) -> None:
    assert answer(events).answer == expected


@pytest.mark.parametrize(
    ("events", "met"),
    [
        ([IF], False),
        ([IF, did(V, "leave", "the ridge", "2024-05-06")], True),
        ([IF, did(V, "leave", "the ridge", "2024-05-06", status="denied")], False),
        ([did(T, "accept_if", "truce", "2024-05-03", if_says="if all goes well")], None),
        ([YES], None),
    ],
)
def test_whether_a_condition_is_met(events: list[Event], *, met: bool | None) -> None:
    assert answer(events).condition_met is met


def test_an_open_answer_cites_who_says_that_there_is_none() -> None:
    silent = did(T, "withhold_answer", "truce", "2024-05-03", "r9")
    assert [c.report for c in answer([silent]).evidence] == ["r9"]


def test_each_source_has_its_latest_answer() -> None:
    assert answer([YES, NO, IF]).per_source == {"r1": "accepted", "r2": "refused", "r3": "accepted_if"}


def both(one: str, other: str) -> list[Event]:
    return [did(V, one, "truce", "2024-05-03"), did(T, other, "truce", "2024-05-04")]


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        pytest.param([], "offered", id="no-answer"),
        pytest.param([did(V, "accept", "truce", "2024-05-03")], "offered", id="one-of-two"),
        pytest.param(both("accept", "accept"), "accepted", id="both"),
        pytest.param(both("accept", "accept_if"), "accepted_if", id="one-with-an-if"),
        pytest.param(both("accept", "refuse"), "refused", id="one-refuses"),
        pytest.param(both("accept", "counter"), "countered", id="one-counters"),
        pytest.param([did(S, "withdraw", "truce", "2024-05-05")], "withdrawn", id="withdrawn-by-who-made-it"),
        pytest.param([did(V, "withdraw", "truce", "2024-05-05")], "offered", id="not-to-be-withdrawn-by-others"),
        pytest.param([did(S, "withdraw", "truce", "2024-05-05"), offer(day="2024-05-08")], "offered", id="offered-again"),
        pytest.param([did(S, "withdraw", "truce", "2024-05-05"), did(S, "reaffirm", "truce", "2024-05-08")], "offered", id="reaffirmed"),
        pytest.param([offer("pause", "2024-05-08", replaces="truce")], "superseded", id="another-in-its-place"),
        pytest.param([offer("pause", "2024-05-08")], "offered", id="another-beside-it"),
    ],
)  # fmt: skip
def test_states(events: list[Event], expected: str) -> None:
    assert stands([offer(), *events]).state == expected


@pytest.mark.parametrize(
    ("day", "answers", "expected"),
    [
        ("2024-05-10", [], "offered"),
        ("2024-05-11", [], "lapsed"),
        ("2024-05-11", both("accept", "accept"), "accepted"),
        ("2024-05-11", [did(V, "accept", "truce", "2024-05-03")], "lapsed"),
    ],
)
def test_an_offer_lapses_where_it_asks_for_an_answer_by_a_day(day: str, answers: list[Event], expected: str) -> None:
    assert stands([offer(answer_by=when("2024-05-10")), *answers], day).state == expected


def test_nobody_stands_behind_a_floated_offer() -> None:

    made = offer()
    floated = msgspec.structs.replace(made, what=msgspec.structs.replace(made.what, floated=True))
    assert stands([floated]).state == "floated"
    assert stands([floated, offer(by="r2")]).state == "offered"


def test_terms_that_reports_tell_differently_are_shown_side_by_side() -> None:
    found = stands(
        [offer(duration="P21D"), offer(by="r2", duration="P21D"), offer(by="r3", duration="P4W", scope="the ridge")]
    )
    assert (found.proposal.duration, found.proposal.scope) == ("P21D", "the ridge")
    assert found.differing == {"duration": {"P21D": ("r1", "r2"), "P4W": ("r3",)}}


def test_one_length_in_two_units_is_no_difference() -> None:
    assert stands([offer(duration="P21D"), offer(by="r2", duration="P3W")]).differing == {}


@pytest.mark.parametrize(
    ("answers", "day", "in_force"),
    [
        pytest.param(both("accept", "accept"), "2024-05-19", False, id="agreed-is-not-in-force"),
        pytest.param(both("accept", "accept"), "2024-05-20", True, id="begun"),
        pytest.param(both("accept", "accept"), "2024-06-09", True, id="its-last-day"),
        pytest.param(both("accept", "accept"), "2024-06-10", False, id="over"),
        pytest.param(both("accept", "refuse"), "2024-05-20", False, id="refused"),
        pytest.param([did(V, "accept", "truce", "2024-05-03")], "2024-05-20", False, id="one-of-two"),
        pytest.param([did(V, "accept", "truce", "2024-05-03"), IF], "2024-05-20", False, id="condition-not-met"),
        pytest.param([did(V, "accept", "truce", "2024-05-03"), IF, did(V, "leave", "the ridge", "2024-05-06")], "2024-05-20", True, id="condition-met"),
    ],
)  # fmt: skip
def test_in_force(answers: list[Event], day: str, *, in_force: bool) -> None:
    assert stands([offer(start=when("2024-05-20"), duration="P21D"), *answers], day).in_force is in_force


def test_agreed_without_a_beginning_is_not_in_force_until_somebody_says_so() -> None:
    events = [offer(duration="P21D"), *both("accept", "accept")]
    assert not stands(events, "2024-08-01").in_force
    begun = stands([*events, did(V, "take_effect", "truce", "2024-05-06")], "2024-05-10")
    assert begun.in_force
    assert begun.ends == when("2024-05-26")


def test_the_latest_offer_comes_first() -> None:
    events = [offer("pause", "2024-05-02"), offer("truce", "2024-05-01"), offer("swap", "2024-05-03")]
    assert [p.proposal.id for p in play(events, as_of("2024-05-15")).proposals] == ["swap", "pause", "truce"]


acts = st.builds(
    did, st.sampled_from([V, T, S]), st.sampled_from(["accept", "accept_if", "refuse", "counter", "withdraw", "withhold_answer"]),
    st.just("truce"), st.sampled_from(["2024-05-02", "2024-05-03", "2024-05", None]), st.sampled_from(["r1", "r2"]),
    status=st.sampled_from(["done", "done", "denied", "planned"]), learnt=st.just("2024-05-10"),
)  # fmt: skip


@steady
@given(st.lists(acts, max_size=7))
def test_a_yes_with_an_if_alone_is_never_a_yes(events: list[Event]) -> None:
    plain = {a for e in events if e.status == "done" for a in e.what.actors if e.what.act == "accept"}  # type: ignore[union-attr]
    for found in stands([offer(), *events]).answers:
        if found.answer == "accepted":
            assert found.party in plain


@steady
@given(st.lists(acts, max_size=7), st.randoms(use_true_random=False))
def test_the_order_of_telling_is_immaterial(events: list[Event], chance: object) -> None:
    told = [offer(), *events]
    shuffled = list(told)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert stands(shuffled) == stands(told)


def waits(day: str, body: str = "parliament", by: str = T) -> Event:
    return event(Happened(act="await_approval", actors=(by,), object="truce", issue=body, says="must approve"), day)


def approves(day: str, body: str | None = "parliament", by: str = T) -> Event:
    return event(Happened(act="approve", actors=(by,), object="truce", issue=body, says="approved"), day)


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        pytest.param([waits("2024-05-03")], ["parliament"], id="awaited"),
        pytest.param([waits("2024-05-03"), approves("2024-05-05")], [], id="given-later"),
        pytest.param([waits("2024-05-03"), approves("2024-05-05", None)], [], id="given-by-nobody-knows-which-body"),
        pytest.param([waits("2024-05-03"), approves("2024-05-02")], ["parliament"], id="given-before"),
        pytest.param([waits("2024-05-03"), approves("2024-05-05", "cabinet")], ["parliament"], id="another-body"),
        pytest.param([waits("2024-05-03"), approves("2024-05-05", by=S)], ["parliament"], id="another-party"),
        pytest.param([waits("2024-05-03"), waits("2024-05-03", "cabinet")], ["parliament", "cabinet"], id="two-bodies"),
        pytest.param([], [], id="none"),
    ],
)  # fmt: skip
def test_what_waits_for_approval_is_not_in_force_and_it_is_their_move(events: list[Event], expected: list[str]) -> None:
    deal = [offer(addressees=(T,)), YES, did(T, "take_effect", "truce", "2024-05-04"), *events]
    found = stands(deal)
    assert [a.body for a in found.approvals] == expected
    assert found.in_force is not bool(expected)
    turns = [r.why for t in play(deal, as_of("2024-05-15")).whose_move if t.actor == T for r in t.reasons]
    assert any("still to approve" in why for why in turns) is bool(expected)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("P21D", "P3W", True),
        ("P1M", "P30D", True),
        ("P3M", "P90D", True),
        ("P21D", "P20D", False),
        ("P1M", "P6W", False),
    ],
)
def test_lengths_that_are_told_as_one(one: str, other: str, *, same: bool) -> None:
    assert (stands([offer(duration=one), offer(by="r2", duration=other)]).differing == {}) is same
