"""From reports to the state of play, by invented reports of an invented negotiation."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import pytest

import trucebook
from trucebook.agreement.gather import events_of, state_of_play, terms, terms_judged
from trucebook.agreement.gather.topics import alike, topic
from trucebook.dossier.build import build
from trucebook.dossier.judgement import Act, Judgement, Subject
from trucebook.dossier.judging import spoken
from trucebook.dossier.moves import identified, told
from trucebook.errors import SettingsError

if TYPE_CHECKING:
    from trucebook.agreement.state import StateOfPlay
    from trucebook.dossier.model import Dossier

DAY = "2031-05-07"
OFFER = "Norway proposed a 60-day truce on Monday. Norway will take the offer to Denmark."


def case(*texts: str, published: str = DAY) -> Dossier:
    return trucebook.reconcile([trucebook.read_text(t, id=f"r{i}", published=published) for i, t in enumerate(texts)])


def play(*texts: str) -> StateOfPlay:
    return state_of_play(case(*texts))


def answers(state: StateOfPlay) -> dict[str, str]:
    return {a.party: a.answer for p in state.proposals for a in p.answers}


ANSWERS = {
    "accepts": ("Sweden accepted the truce.", {"Denmark": "open", "Sweden": "accepted"}),
    "accepts if": ("Sweden accepted the truce if Denmark withdraws its guns.", {"Denmark": "open", "Sweden": "accepted_if"}),
    "refuses": ("Sweden rejected the Norwegian proposal for a truce.", {"Denmark": "open", "Sweden": "refused"}),
    "has not answered": ("Denmark has not yet responded to the proposal.", {"Denmark": "open"}),
    "may accept": ("Sweden might accept the truce.", {"Denmark": "open", "Sweden": "open"}),
    "does not accept": ("Sweden did not accept the truce.", {"Denmark": "open"}),
    "is asked to accept": ("Norway urged Sweden to accept the truce.", {"Denmark": "open"}),
    "accepts something else": ("Sweden accepted the resignation of the mayor.", {"Denmark": "open"}),
}  # fmt: skip


@pytest.mark.parametrize(("told", "expected"), ANSWERS.values(), ids=ANSWERS.keys())
def test_an_answer_is_what_the_words_make_of_it(told: str, expected: dict[str, str]) -> None:
    found = answers(play(f"{OFFER} {told}"))
    # "Did not accept" may be read as a refusal or as silence, never as a yes.
    if told.startswith("Sweden did not"):
        found.pop("Sweden", None)
    assert found == expected


def test_a_proposal_has_its_terms_and_its_proposer() -> None:
    state = play(f"{OFFER} The truce could be extended by mutual consent.")
    [offer] = state.proposals
    assert offer.proposal.proposers == ("Norway",)
    assert offer.proposal.duration == "P60D"
    assert offer.proposal.what == "60-day truce"
    assert offer.proposal.extension is not None
    assert "extended by mutual consent" in offer.proposal.extension
    assert not offer.in_force


def test_a_condition_that_one_report_tells_stays_where_another_leaves_it_out() -> None:
    state = play(f"{OFFER} Sweden accepted the truce.", "Sweden accepted the truce if Denmark accepts it.")
    assert answers(state)["Sweden"] == "accepted_if"


def test_a_yes_and_a_no_of_one_day_are_disputed_and_a_later_one_counts() -> None:
    yes, no = f"{OFFER} Sweden accepted the truce.", "Sweden rejected the truce."
    assert answers(play(yes, no))["Sweden"] == "disputed"
    later = trucebook.reconcile(
        [
            trucebook.read_text(no, id="early", published="2031-05-04"),
            trucebook.read_text(yes, id="late", published="2031-05-09"),
        ]
    )
    assert answers(state_of_play(later))["Sweden"] == "accepted"
    assert answers(state_of_play(later, as_of=datetime.date(2031, 5, 5))).get("Sweden") is None


def test_it_is_the_move_of_whom_the_offer_and_the_condition_wait_for() -> None:
    state = play(f"{OFFER} Sweden accepted the truce if Denmark accepts it.")
    first = state.whose_move[0]
    assert first.actor == "Denmark"
    assert {reason.basis for reason in first.reasons} == {"answer", "condition"}
    assert all(reason.evidence for reason in first.reasons)


def test_without_an_offer_nobody_is_to_move() -> None:
    state = play("Sweden and Denmark met in Oslo on Monday. The weather was fine.")
    assert state.proposals == ()
    assert state.whose_move == ()


def test_what_is_undertaken_is_a_commitment_with_its_condition() -> None:
    state = play(
        "Norway said it would resume aid to Sweden if Sweden signs the truce.", "Norway will resume aid to Sweden."
    )
    [aid] = [c for c in state.commitments if "aid" in c.state.commitment.says]
    assert aid.state.commitment.debtor == ("Norway",)
    assert aid.disputed_condition
    assert aid.per_source == {"r0": "conditional", "r1": "detached"}


DEADLINES = {
    "by": ("Norway pledged to free 40 sailors by Friday.", "2031-05-09"),
    "end of": ("Norway pledged to free 40 sailors by the end of the month.", "2031-05"),
    "within": ("Norway and Sweden agreed on Monday to withdraw their guns within two weeks.", "2031-05-19"),
    "the day of the agreement": ("Norway and Sweden agreed on Monday to withdraw their guns.", None),
    "two of them": ("Norway pledged to free 40 sailors by Friday and 20 pilots by Monday.", "2031-05-12"),
}


@pytest.mark.parametrize(("told", "expected"), DEADLINES.values(), ids=DEADLINES.keys())
def test_a_deadline_is_what_the_words_set(told: str, expected: str | None) -> None:
    [owed] = play(told).commitments
    assert (owed.state.deadline.value if owed.state.deadline else None) == expected


@pytest.mark.parametrize(
    "told",
    [
        "A minerals treaty between Norway and Sweden is to be concluded as soon as possible.",
        "Norway and Sweden agreed to conclude a treaty on minerals as soon as possible.",
    ],
)
def test_a_deal_that_is_to_be_concluded_is_owed_by_both(told: str) -> None:
    [owed] = play(told).commitments
    assert set(owed.state.commitment.debtor) == {"Norway", "Sweden"}


def test_what_is_told_as_a_promise_and_as_an_act_is_planned_once() -> None:
    state = play("Norway said it would resume aid to Sweden on Friday.")
    assert [(p.what, p.when.value if p.when else None) for p in state.next] == [
        ("it would resume aid to Sweden on Friday", "2031-05-09")
    ]


def test_an_offer_with_a_condition_is_made_and_waits_for_an_answer() -> None:
    state = play(
        "Norway offered to drop its duties on wine if Sweden lifts a ban. Sweden said it would study the offer."
    )
    [offer] = state.proposals
    assert (offer.proposal.what, offer.proposal.proposers) == ("drop its duties on wine", ("Norway",))
    assert answers(state) == {"Sweden": "open"}


@pytest.mark.parametrize(
    "told",
    [
        "Norway might resume aid to Sweden.",
        "Norway resumed aid to Sweden.",
        "Norway will not resume aid to Sweden.",
        "Norway is expected to meet Sweden on Friday.",
        "Will Norway resume aid to Sweden?",
        "Norway is expected to sign the treaty on Friday.",
    ],
    ids=["possible", "done", "denied", "expected", "asked", "expected to sign"],
)
def test_what_nobody_undertakes_is_no_commitment(told: str) -> None:
    assert play(told).commitments == ()


def test_a_party_that_acts_for_the_proposer_is_not_asked_by_it() -> None:
    state = play(f"{OFFER} The Norwegian government accepted the truce.")
    assert "Norway" not in answers(state)


def test_every_event_carries_its_words() -> None:
    dossier = case(f"{OFFER} Sweden accepted the truce if Denmark accepts it. The truce could be extended.")
    found = events_of(dossier)
    assert found
    for event in found:
        assert event.evidence
        for cited in event.evidence:
            assert cited.span is not None
            assert cited.span.of(dossier.reading(cited.report).report.text).strip()
    assert len({event.id for event in found}) == len(found)


def test_the_state_according_to_one_report_leaves_the_others_out() -> None:
    dossier = case(f"{OFFER} Sweden accepted the truce.", f"{OFFER} Sweden rejected the truce.")
    assert answers(state_of_play(dossier, according_to=["r0"]))["Sweden"] == "accepted"
    assert answers(state_of_play(dossier, according_to=["r1"]))["Sweden"] == "refused"
    with pytest.raises(SettingsError, match=r"according to r7: .* r0, r1"):
        state_of_play(dossier, according_to=["r7"])


@pytest.mark.parametrize(("a", "b", "c"), [("Norway", "Sweden", "Denmark"), ("India", "Iran", "Iraq")])
def test_exchanging_the_parties_changes_nothing_but_their_names(a: str, b: str, c: str) -> None:
    told = "{a} proposed a 60-day truce on Monday. {a} will take the offer to {c}. {b} accepted the truce if {c} accepts it."
    swap = {a: b, b: a, c: c}
    one = answers(play(told.format(a=a, b=b, c=c)))
    other = answers(play(told.format(a=b, b=a, c=c)))
    assert {swap[party]: answer for party, answer in other.items()} == one


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("a proposal for an immediate 30-day ceasefire", ("ceasefire",)),
        ("military aid and intelligence", ("military", "aid", "intelligence")),
        ("it", ()),
        ("the proposal", ()),
        ("the Norwegian plan for the ports", ("port",)),
        ("Tuesday’s offer", ()),
    ],
)
def test_topics(words: str, expected: tuple[str, ...]) -> None:
    assert topic(words) == expected


def test_topics_leave_the_names_of_actors_out() -> None:
    assert topic("Norway’s guns in Oslo", ["Norway", "Oslo"]) == ("gun",)


def test_alike_topics_share_their_subject() -> None:
    assert alike(("aid", "military"), ("aid",))
    assert not alike(("aid",), ("port",))
    assert not alike((), ("port",))


def judged(dossier: Dossier, subject: Subject, act: Act, value: str = "", part: str = "") -> Dossier:
    """The case with one judgement more."""
    at = datetime.datetime(2031, 5, 8, tzinfo=datetime.UTC)
    made = Judgement(id=f"j-{act}", subject=subject, act=act, value=value, part=part, user="ida", at=at)
    return build(dossier.readings, judgements=[made])


def move_of(dossier: Dossier, act: str) -> Subject:
    idents: dict[str, str] = {i.move.act: i.id for r in dossier.readings for i in identified(r)}
    return next(s for s in told(dossier.readings) if s.id == idents[act])


def term(dossier: Dossier, kind: str) -> Subject:
    return next(s for s in terms(dossier) if s.kind == kind)


def test_a_rejected_move_leaves_the_state_of_play_and_a_corrected_one_is_followed() -> None:
    found = case(f"{OFFER} Sweden accepted the truce.")
    yes = move_of(found, "accept")
    assert answers(state_of_play(found))["Sweden"] == "accepted"
    assert "Sweden" not in answers(state_of_play(judged(found, yes, "reject")))
    corrected = answers(state_of_play(judged(found, yes, "correct", "Denmark", "actor")))
    assert corrected == {"Denmark": "accepted"}
    assert answers(state_of_play(judged(found, yes, "correct", "refuse", "act")))["Sweden"] == "refused"
    assert answers(state_of_play(judged(found, yes, "accept"))) == answers(state_of_play(found))


def test_a_corrected_speaker_changes_whose_answer_it_is() -> None:
    found = case(
        f"{OFFER} Olan Thorne, the Swedish minister, and Anna Berg, the Danish minister, waited. "
        "“We accept the truce,” Thorne said."
    )
    assert answers(state_of_play(found)) == {"Denmark": "open", "Sweden": "accepted"}
    said = next(s for s in spoken(found.readings) if "We accept" in s.anchors[0].words)
    assert answers(state_of_play(judged(found, said, "correct", "Anna Berg"))) == {"Denmark": "accepted"}


def test_a_rejected_proposal_is_gone_with_its_answers_and_stays_judgeable() -> None:
    found = case(f"{OFFER} Sweden accepted the truce if Denmark withdraws its guns.")
    offer = term(found, "proposal")
    assert any("observed by" in c.state.commitment.id for c in state_of_play(found).commitments)
    without = judged(found, offer, "reject")
    assert state_of_play(without).proposals == ()
    assert not [c for c in state_of_play(without).commitments if "observed by" in c.state.commitment.id]
    assert [(j.target, j.hold) for j in terms_judged(without)] == [(offer.id, "holds")]
    assert term(without, "proposal") == offer


def test_a_rejected_commitment_is_gone_and_the_others_stay() -> None:
    found = case("Norway will resume aid to Sweden. Denmark promised to open the port to Sweden.")
    before = {c.state.commitment.id for c in state_of_play(found).commitments}
    gone = next(s for s in terms(found) if s.kind == "commitment" and s.found == "Norway")
    now = {c.state.commitment.id for c in state_of_play(judged(found, gone, "reject")).commitments}
    assert len(before) == 2
    assert now == before - {gone.id}


def test_a_judgement_of_a_commitment_asks_again_when_the_report_and_what_is_found_have_changed() -> None:
    found = case("Norway will resume aid to Sweden.")
    made = Judgement(
        id="j", subject=term(found, "commitment"), act="reject", user="ida", at=datetime.datetime(2031, 5, 8, tzinfo=datetime.UTC)
    )  # fmt: skip
    edited = case("Norway will resume aid to Sweden if Sweden signs the truce.")
    asks = build(edited.readings, judgements=[made])
    assert [j.hold for j in terms_judged(asks)] == ["stale"]
    assert state_of_play(asks).commitments == state_of_play(edited).commitments
    added = build([*found.readings, *case("It rained.", "It snowed.").readings[1:]], judgements=[made])
    assert [j.hold for j in terms_judged(added)] == ["holds"]
    assert state_of_play(added).commitments == ()


def test_what_can_be_judged_has_an_id_of_its_own_and_words_it_rests_on() -> None:
    found = terms(case(f"{OFFER} Sweden accepted the truce if Denmark withdraws its guns.", "Norway will resume aid."))
    assert len({(s.kind, s.id) for s in found}) == len(found) > 1
    assert all(s.anchors and s.found for s in found)


def test_a_deal_that_nobody_is_told_to_have_proposed_stands_by_those_who_agree() -> None:
    state = play("Norway and the Houthis have agreed to a 40-day truce, the envoy of Sweden said.")
    [deal] = state.proposals
    assert (deal.proposal.proposers, deal.proposal.duration, deal.state) == ((), "P40D", "accepted")
    assert answers(state) == {"Norway": "accepted", "Houthis": "accepted"}


def test_one_yes_told_once_is_no_deal() -> None:
    assert play("Norway agreed to a truce.").proposals == ()


def test_the_deal_does_not_answer_an_offer_made_later() -> None:
    state = play(
        "The deal was signed in May 2030 by Norway and Sweden. Denmark offered on Monday to link its bank with the port. "
        "Norway has not responded to the offer."
    )
    [offer] = [p for p in state.proposals if p.proposal.proposers]
    assert {a.party: a.answer for a in offer.answers} == {"Norway": "open"}


def test_how_long_a_war_was_is_no_term_of_the_truce() -> None:
    state = play("Norway and Sweden agreed to a truce after six weeks of fighting.")
    [deal] = state.proposals
    assert deal.proposal.duration is None


def test_a_promise_on_a_condition_is_owed_once_it_holds() -> None:
    state = play(
        "Norway will return to the accord as soon as its bank is connected, the Norwegian foreign minister said."
    )
    [owed] = state.commitments
    assert owed.state.state == "conditional"


@pytest.mark.parametrize("verb", ["enact", "introduce", "implement"])
def test_an_offer_is_called_by_what_it_is_and_not_by_what_is_done_with_it(verb: str) -> None:
    state = play(
        f"Norway proposed to {verb} an immediate 60-day truce. Sweden accepted the Norwegian proposal for a truce."
    )
    assert [p.proposal.what for p in state.proposals] == ["immediate 60-day truce"]


def test_the_issue_of_a_position_is_cut_between_words() -> None:
    state = play("Norway demanded the immediate withdrawal of heavyweight artillery from neighbouring municipalities.")
    (issue,) = {p.issue for p in state.positions}
    words = [
        "the",
        "immediate",
        "withdrawal",
        "of",
        "heavyweight",
        "artillery",
        "from",
        "neighbouring",
        "municipalities",
    ]
    assert issue.endswith(" …")
    assert issue.removesuffix(" …").split() == words[: len(issue.split()) - 1]


BEGINNINGS = {
    "to come": ("The truce will take effect on Friday.", "2031-05-09"),
    "already": ("The truce took effect on Sunday.", "2031-05-04"),
    "as somebody says": ("The Swedish foreign minister said the truce would begin on Friday.", "2031-05-09"),
    "the more exact": ("The truce begins on Friday. The truce starts at 9 p.m. on Friday.", "2031-05-09T21:00"),
    "at odds": ("The truce begins on Friday. The truce begins on Saturday.", None),
    "if": ("The truce will begin on Friday if Denmark agrees.", None),
    "not": ("The truce did not begin on Sunday.", None),
    "something else": ("Talks on the truce begin on Friday.", None),
    "another verb": ("The truce will take lives on Friday.", None),
}


@pytest.mark.parametrize(("told", "expected"), BEGINNINGS.values(), ids=BEGINNINGS.keys())
def test_a_truce_begins_when_the_reports_say(told: str, expected: str | None) -> None:
    [deal] = play(f"Norway and Sweden agreed to a 40-day truce. {told}").proposals
    assert (deal.starts.value if deal.starts else None) == expected


def test_a_truce_that_has_begun_is_in_force_until_its_term_is_over() -> None:
    dossier = build(
        [
            trucebook.read_text(
                "Norway and Sweden agreed to a 40-day truce. The truce took effect on Sunday.", published="2031-05-07"
            )
        ]
    )
    [running] = state_of_play(dossier).proposals
    assert (running.in_force, running.ends.value if running.ends else None) == (True, "2031-06-12")
    [over] = state_of_play(dossier, as_of=datetime.date(2031, 7, 1)).proposals
    assert not over.in_force


RATIFIED = {
    "must approve": ("Sweden's cabinet must still approve the deal.", ["Sweden"]),
    "by nobody named": ("If approved, the truce would begin on Sunday.", [None]),
    "has approved": ("Sweden's cabinet approved the deal.", []),
    "need not": ("The deal does not need to be ratified by parliament.", []),
    "another thing": ("Sweden's parliament must still approve the budget.", []),
}


@pytest.mark.parametrize(("told", "expected"), RATIFIED.values(), ids=RATIFIED.keys())
def test_a_deal_that_waits_for_approval_says_for_whose(told: str, expected: list[str | None]) -> None:
    state = play(f"Norway and Sweden agreed to a 60-day truce on Monday. {told}")
    [deal] = state.proposals
    assert [who for a in deal.approvals for who in a.who or (None,)] == expected
    asked = [t.actor for t in state.whose_move if any(r.basis == "answer" for r in t.reasons)]
    assert asked == [who for who in expected if who]
    assert {a.party: a.answer for a in deal.answers} == {"Norway": "accepted", "Sweden": "accepted"}


def test_the_deal_is_none_of_the_clauses_that_were_not_agreed() -> None:
    state = play(
        "Norway and Sweden agreed to a truce on Monday. Several clauses had yet to be finalized. "
        "Sweden's cabinet must still approve the deal."
    )
    assert [a.who for p in state.proposals for a in p.approvals] == [("Sweden",)]


def test_that_a_deal_was_extended_is_not_how_it_may_be() -> None:
    state = play("Norway and Sweden agreed to a truce on Monday. They extended the truce until Friday.")
    assert [c for c in state.commitments if "extension" in c.state.commitment.id] == []


def test_what_an_offer_depends_on_stands_with_it() -> None:
    state = play(
        "Norway offered Denmark a 60-day truce on Monday if it frees the crew. Denmark has yet to reply to the offer."
    )
    [offer] = state.proposals
    assert offer.proposal.if_says == "if it frees the crew"
    assert [a.party for a in offer.answers] == ["Denmark"]


def test_whom_an_offer_has_do_something_is_asked_for_an_answer() -> None:
    state = play(
        "The United States proposed that Norway halt all drilling for three years in return for aid. "
        "Norway has yet to give a formal answer, diplomats said."
    )
    assert answers(state) == {"Norway": "open"}


def test_who_declines_to_speak_of_an_offer_of_his_own_has_not_put_it_off() -> None:
    state = play(f"{OFFER} Denmark has not replied. Norway declined to comment on the proposal.")
    assert {p.stance for p in state.positions if p.actor == "Norway"} == {"propose"}


def test_what_is_put_off_by_a_deal_leaves_no_answer_open() -> None:
    state = play("Norway and Sweden agreed on Monday to put off new duties for three months.")
    assert {p.stance for p in state.positions} == {"agree"}


def test_a_yes_on_a_condition_to_what_nobody_offered_is_what_one_would_do() -> None:
    state = play("Norway would accept a cap on catches if Denmark lifted its ban, its foreign minister said.")
    [duty] = state.commitments
    assert (duty.state.commitment.debtor, duty.state.state) == (("Norway",), "conditional")
    assert duty.state.commitment.if_says == "if Denmark lifted its ban"


def test_who_will_vote_against_a_deal_is_no_party_to_it() -> None:
    state = play(
        "Norway and Sweden agreed on Monday to a 60-day truce. The deal must be approved by parliament. "
        "Denmark said it would vote against the deal."
    )
    assert answers(state) == {"Norway": "accepted", "Sweden": "accepted"}


def test_a_warning_and_what_is_warned_of_are_planned_once() -> None:
    state = play("Norway warned that it would reimpose sanctions on Danish banks unless the crew was freed.")
    assert len(state.next) == 1


def test_who_never_agreed_to_a_deal_and_rejects_it_leaves_it_agreed() -> None:
    state = play("Norway and Sweden signed a peace agreement on Monday. Finland rejected the agreement.")
    [deal] = state.proposals
    assert deal.called == "agreed"
    assert answers(state) == {"Norway": "accepted", "Sweden": "accepted", "Finland": "refused"}


def test_who_takes_back_its_yes_to_a_deal_changes_it() -> None:
    texts = ("Norway and Sweden agreed to a truce on Monday.", "Sweden rejected the truce on Wednesday.")
    reports = [
        trucebook.read_text(t, id=i, published=day)
        for i, t, day in zip("ab", texts, ("2031-05-06", "2031-05-08"), strict=True)
    ]
    [deal] = state_of_play(trucebook.reconcile(reports)).proposals
    assert deal.state == "refused"


def test_any_such_thing_is_no_offer() -> None:
    state = play(
        "Norway and Sweden agreed to a contract on Monday. "
        "“We will not accept a contract that lets machines take our jobs,” the Danish foreign minister said."
    )
    assert "Denmark" not in answers(state)


def test_a_deal_of_which_no_more_is_told_is_a_deal() -> None:
    state = play(
        "Norway and Sweden reached a tentative deal on Monday. The deal must be approved by Sweden's parliament."
    )
    [deal] = state.proposals
    assert (deal.called, [a.who for a in deal.approvals]) == ("agreed", [("Sweden",)])


def test_an_offer_that_is_rejected_was_made_whoever_made_it() -> None:
    state = play("Sweden rejected an offer of a 60-day truce on Monday.")
    [offer] = state.proposals
    assert (offer.state, offer.proposal.proposers) == ("refused", ())


def test_whom_a_person_acts_for_may_be_told_by_another_report() -> None:
    state = play(
        "Norwegian Foreign Minister Ada Ek arrived on Monday.",
        "Foreign Minister Ada Ek proposed a 60-day truce. Sweden has not replied to the proposal.",
    )
    assert [p.proposal.proposers for p in state.proposals] == [("Norway",)]


ONE_DEAL = {
    "truce": ("a ceasefire", "a truce", 1),
    "told by its verb": ("a ceasefire", "stop fighting for 60 days", 1),
    "an agreement to halt the fighting": ("a truce", "an agreement to halt the fighting", 1),
    "arms": ("a cessation of hostilities", "lay down arms for two months", 1),
    "a pause of something": ("a ceasefire", "a 60-day pause", 2),
    "another thing": ("a ceasefire", "an exchange of prisoners", 2),
}


@pytest.mark.parametrize(("one", "other", "count"), ONE_DEAL.values(), ids=ONE_DEAL.keys())
def test_one_deal_in_other_words_is_one_where_the_words_say_so(one: str, other: str, count: int) -> None:
    told = [f"Norway and Sweden agreed to {words} on Monday." for words in (one, other)]
    assert len(play(*told).proposals) == count


def test_what_may_be_one_deal_is_kept_apart_and_said_to_be_so() -> None:
    first, second = (
        "Norway and Sweden agreed to a ceasefire on Monday.",
        "Norway and Sweden agreed to a 60-day pause on Monday.",
    )
    assert [len(p.perhaps) for p in play(first, second).proposals] == [1, 1]
    # One report that tells of both tells them apart.
    assert [p.perhaps for p in play(f"{first} {second}").proposals] == [(), ()]


def test_truces_of_different_scope_stay_two() -> None:
    state = play(
        "Norway proposed a 30-day truce. Sweden rejected the 30-day truce.",
        "Sweden proposed a truce in the air. Norway rejected the air truce.",
    )
    assert len(state.proposals) == 2
    assert all(not p.perhaps for p in state.proposals)


def test_three_months_and_ninety_days_are_one_length() -> None:
    state = play(
        "Norway and Sweden agreed to a 90-day truce on Monday.",
        "Norway and Sweden agreed to a three-month truce on Monday.",
    )
    assert [p.differing for p in state.proposals] == [{}]


def test_a_condition_that_asks_for_another_thing_is_not_met_by_the_deal() -> None:
    state = play(
        "Norway and Sweden agreed on rules for filling the dam on Monday. "
        "Sweden's foreign minister said Sweden would sign a final treaty only if Norway accepted binding arbitration."
    )
    assert {v.state.state for v in state.commitments if v.state.commitment.if_says} == {"conditional"}


def test_who_refuses_a_request_has_not_gone_back_on_a_deal() -> None:
    state = play(
        "Norway and Sweden agreed on Monday to let monitors from the union patrol the border. "
        "Norway refused a Swedish request to let Danish monitors join them."
    )
    assert set(answers(state).values()) == {"accepted"}


def test_an_offer_to_somebody_asks_for_an_answer_and_a_rate_is_no_length() -> None:
    [offer] = play("Norway offered Denmark a quota of 400,000 tons a year on Monday.").proposals
    assert (offer.proposal.duration, offer.answer_of("Denmark")) == (None, "open")


def test_a_truce_that_was_signed_is_a_deal_though_it_is_one_of_its_kind() -> None:
    state = play("Norway and Sweden signed an agreement on Monday for a seven-day truce that is to begin on Friday.")
    assert answers(state) == {"Norway": "accepted", "Sweden": "accepted"}


def test_what_is_promised_of_the_rest_is_another_promise() -> None:
    state = play(
        "Norway promised on Monday to release 33 prisoners.",
        "Norway promised to release the remaining prisoners only if Sweden withdraws its guns.",
    )
    conditions = {v.state.commitment.if_says for v in state.commitments}
    assert len(state.commitments) == 2
    assert "" in conditions


def test_several_offers_named_in_passing_are_none_that_waits_for_an_answer() -> None:
    state = play(f"{OFFER}\n\nNorway’s secret fishing proposals to Denmark have unnerved many allies.")
    assert [p.proposal.what for p in state.proposals] == ["60-day truce"]
