from __future__ import annotations

import msgspec
import pytest
from book import S, T, V, as_of, did, does, event, made, owes, power, state, states, steady
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from trucebook.agreement.commitments import Ledger, ledger
from trucebook.agreement.lifecycle import LEGAL, RANK
from trucebook.agreement.model import (
    After,
    AllOf,
    AnyOf,
    AsLongAs,
    By,
    Commitment,
    Condition,
    Event,
    Exercised,
    Happened,
    Happens,
    InState,
    Made,
    Reached,
    Status,
    Together,
    Unless,
    Within,
)
from trucebook.agreement.when import When, on, stamp, when

PULL = does(T, "withdraw", "the guns")
LISTS = does(V, "hand over", "the lists")
PLAIN = owes("lists", V, T, LISTS)
DATED = owes("lists", V, T, LISTS, until="2024-05-10")
IF = owes("lists", V, T, LISTS, on=PULL)
KEEP = owes("quiet", V, T, does(V, "hold", "its fire"), until="2024-05-20", keeps=True)
PULLED = did(T, "withdraw", "the guns", "2024-05-03")
HANDED = did(V, "hand over", "the lists", "2024-05-05")


# --- the life cycle, one rule a table ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("commitment", "then", "expected"),
    [
        pytest.param(PLAIN, [], "detached", id="without-a-condition-it-is-owed-at-once"),
        pytest.param(IF, [], "conditional", id="with-a-condition-nothing-is-owed-yet"),
        pytest.param(IF, [PULLED], "detached", id="the-condition-holds"),
        pytest.param(IF, [did(V, "withdraw", "the guns", "2024-05-03")], "conditional", id="another-actor"),
        pytest.param(IF, [did(T, "withdraw", "the mines", "2024-05-03")], "conditional", id="another-thing"),
        pytest.param(IF, [did(T, "withdraw", "the guns", "2024-05-03", status="planned")], "conditional", id="planned"),
        pytest.param(IF, [did(T, "withdraw", "the guns", "2024-05-03", status="possible")], "conditional", id="possible"),
        pytest.param(IF, [did(T, "withdraw", "the guns", "2024-05-03", status="denied")], "conditional", id="denied"),
        pytest.param(IF, [did("tomaria", "Withdraw", "the  guns", "2024-05-03")], "detached", id="case-and-spacing"),
        pytest.param(IF, [PULLED, HANDED], "fulfilled", id="done"),
        pytest.param(IF, [HANDED], "fulfilled", id="done-before-it-was-owed"),
        pytest.param(PLAIN, [did(V, "hand over", "the lists", "2024-04-20")], "detached", id="done-before-it-was-promised"),
        pytest.param(IF, [did(T, "withdraw", "the guns", "2024-04-20")], "detached", id="a-condition-may-hold-already"),
        pytest.param(IF, [did(T, "withdraw", "the guns", "2024-05-03", phase="ruled_out")], "expired", id="ruled-out"),
        pytest.param(DATED, [], "detached", id="silence-is-no-violation"),
        pytest.param(PLAIN, [power("release", "lists", T, "2024-05-04")], "released", id="released"),
        pytest.param(PLAIN, [power("release", "lists", S, "2024-05-04")], "detached", id="released-by-a-stranger"),
        pytest.param(PLAIN, [power("release", "lists", V, "2024-05-04")], "detached", id="released-by-its-debtor"),
        pytest.param(IF, [power("cancel", "lists", V, "2024-05-02")], "terminated", id="cancelled-in-time"),
        pytest.param(IF, [power("cancel", "lists", T, "2024-05-02")], "conditional", id="cancelled-by-its-creditor"),
        pytest.param(IF, [PULLED, power("cancel", "lists", V, "2024-05-04")], "detached", id="cancelled-when-owed"),
        pytest.param(IF, [PULLED, power("cancel", "lists", V, "2024-05-03")], "detached", id="cancelled-the-same-day"),
        pytest.param(PLAIN, [power("terminate", "lists", (), "2024-05-04")], "terminated", id="the-agreement-ends"),
        pytest.param(PLAIN, [power("terminate", "lists", V, "2024-05-04")], "detached", id="one-party-cannot-end-it"),
        pytest.param(PLAIN, [power("terminate", "lists", (V, T), "2024-05-04")], "terminated", id="both-end-it"),
        pytest.param(PLAIN, [power("terminate", "lists", V, "2024-05-04"), power("terminate", "lists", T, "2024-05-06")], "terminated", id="one-after-the-other"),
        pytest.param(PLAIN, [power("suspend", "lists", V, "2024-05-04")], "suspended", id="suspended"),
        pytest.param(PLAIN, [power("suspend", "lists", V, "2024-05-04"), HANDED], "suspended", id="suspended-stays"),
        pytest.param(PLAIN, [power("suspend", "lists", V, "2024-05-04"), HANDED, power("resume", "lists", V, "2024-05-06")], "fulfilled", id="done-while-suspended"),
        pytest.param(PLAIN, [power("resume", "lists", V, "2024-05-04")], "detached", id="resumed-without-suspension"),
        pytest.param(PLAIN, [power("allege", "lists", T, "2024-05-04")], "violated_alleged", id="alleged"),
        pytest.param(PLAIN, [power("find", "lists", S, "2024-05-04")], "violated_found", id="found"),
        pytest.param(PLAIN, [power("find", "lists", S, "2024-05-04"), power("allege", "lists", T, "2024-05-05")], "violated_found", id="found-beats-alleged"),
        pytest.param(IF, [power("allege", "lists", T, "2024-05-02")], "conditional", id="nothing-owed-nothing-violated"),
        pytest.param(IF, [power("allege", "lists", T, "2024-05-02"), PULLED], "detached", id="an-old-charge-does-not-wait"),
        pytest.param(PLAIN, [power("allege", "lists", T, "2024-05-04"), power("take_back", "lists", T, "2024-05-06")], "detached", id="taken-back"),
        pytest.param(PLAIN, [power("allege", "lists", T, "2024-05-04"), power("take_back", "lists", S, "2024-05-06")], "violated_alleged", id="not-theirs-to-take-back"),
        pytest.param(PLAIN, [power("allege", "lists", T, "2024-05-04"), HANDED], "fulfilled", id="done-after-the-charge"),
        pytest.param(PLAIN, [HANDED, power("allege", "lists", T, "2024-05-08")], "violated_alleged", id="charged-after-the-deed"),
        pytest.param(DATED, [power("allege", "lists", T, "2024-05-04")], "violated_alleged", id="charged-early-counts-when-due"),
        pytest.param(KEEP, [power("allege", "quiet", T, "2024-05-04")], "violated_alleged", id="a-duty-to-keep-is-broken-at-once"),
        pytest.param(PLAIN, [HANDED, did(V, "hand over", "the lists", "2024-05-07", "r2", status="denied")], "detached", id="done-and-denied"),
        pytest.param(PLAIN, [power("release", "else", T, "2024-05-04")], "detached", id="another-commitment"),
    ],
)  # fmt: skip
def test_life_of_a_commitment(commitment: Commitment, then: list[Event], expected: str) -> None:
    assert state([made(commitment), *then], "2024-05-15").state == expected


@pytest.mark.parametrize(
    ("then", "why"),
    [
        (power("release", "lists", V, "2024-05-04"), "only Tomaria can release it"),
        (power("cancel", "lists", V, "2024-05-04"), "it was owed by then, and only the creditor can release it"),
        (power("resume", "lists", V, "2024-05-04"), "it was not suspended"),
        (power("extend", "lists", (V, T), "2024-05-04", to="2024-05-08"), "2024-05-08 is not later than 2024-05-10"),
        (power("extend", "lists", (V, T), "2024-05-04"), "it does not say until when"),
        (
            power("extend", "lists", S, "2024-05-04", to="2024-06-01"),
            "only Tomaria and Velonia can extend it, together",
        ),
        (power("take_back", "lists", T, "2024-05-04"), "there was nothing of theirs to take back"),
    ],
)
def test_what_has_no_effect_is_kept_with_its_reason(then: Event, why: str) -> None:
    found = state([made(DATED), then], "2024-05-05")
    assert [(i.event, i.why) for i in found.ignored] == [(then.id, why)]


def test_a_power_over_a_commitment_nobody_told_of_is_kept_too() -> None:
    stray = power("suspend", "aid", V, "2024-05-02")
    assert [i.event for i in ledger([made(PLAIN), stray], as_of("2024-05-03")).ignored] == [stray.id]


# --- time ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "due", "flags"),
    [("2024-05-09", "due", ()), ("2024-05-10", "due", ()), ("2024-05-11", "overdue", ("overdue",))],
)
def test_a_deadline_includes_its_day_and_silence_after_it_is_a_flag(day: str, due: str, flags: tuple[str, ...]) -> None:
    found = state([made(DATED)], day)
    assert (found.state, found.due, found.flags) == ("detached", due, flags)


def test_one_without_a_deadline_is_flagged_and_never_overdue() -> None:
    found = state([made(PLAIN)], "2034-05-01")
    assert (found.state, found.due, found.flags) == ("detached", "no_deadline", ("no_deadline",))


@pytest.mark.parametrize(
    ("done", "flags"),
    [
        ("2024-05-10", ()), ("2024-05-11", ("late",)), ("2024-05-08/2024-05-12", ("perhaps_late",)), ("2024-05", ("perhaps_late",)),
    ],
)  # fmt: skip
def test_in_time_late_or_perhaps_late(done: str, flags: tuple[str, ...]) -> None:
    found = state([made(DATED), did(V, "hand over", "the lists", done)], "2024-06-15")
    assert (found.state, found.flags) == ("fulfilled", flags)


def test_a_charge_before_the_deadline_waits_for_it() -> None:
    events = [made(DATED), power("allege", "lists", T, "2024-05-04")]
    assert (state(events, "2024-05-10").state, state(events, "2024-05-10").flags) == ("detached", ("alleged_early",))
    assert state(events, "2024-05-11").state == "violated_alleged"
    assert state([*events, HANDED], "2024-05-11").state == "fulfilled"


@pytest.mark.parametrize(("day", "expected"), [("2024-05-20", "detached"), ("2024-05-21", "fulfilled")])
def test_what_is_to_be_kept_is_done_when_its_time_is_over(day: str, expected: str) -> None:
    found = state([made(KEEP)], day)
    assert found.state == expected
    assert ("silent_end" in found.flags) == (expected == "fulfilled")


def test_a_violation_outlasts_the_term_and_one_after_it_does_not_count() -> None:
    assert state([made(KEEP), power("allege", "quiet", T, "2024-05-20")], "2024-06-01").state == "violated_alleged"
    late = state([made(KEEP), power("allege", "quiet", T, "2024-05-21")], "2024-06-01")
    assert (late.state, [i.why for i in late.ignored]) == ("fulfilled", ["its term was over (2024-05-20)"])


def test_a_deadline_counted_from_when_it_is_owed() -> None:
    commitment = owes("lists", V, T, LISTS, on=PULL, until=Within(duration="P2D"))
    assert state([made(commitment)], "2024-05-20").deadline is None
    found = state([made(commitment), PULLED], "2024-05-05")
    assert found.deadline is not None
    assert (found.deadline.value, found.due) == ("2024-05-05", "due")
    assert state([made(commitment), PULLED], "2024-05-06").due == "overdue"


def test_a_deadline_counted_from_another_event() -> None:
    commitment = owes("lists", V, T, LISTS, until=Within(duration="P1M", of=does(S, "open", "the bridge")))
    opened = did(S, "open", "the bridge", "2024-05-31")
    found = state([made(commitment), opened], "2024-06-01")
    assert found.deadline == on(when("2024-06-30").closing.date())


@pytest.mark.parametrize(
    ("agreeing", "to", "pending"),
    [
        ([(V, T)], "2024-06-01", False), ([V, T], "2024-06-01", False), ([V], "2024-05-10", True), ([V, V], "2024-05-10", True),
    ],
)  # fmt: skip
def test_an_extension_needs_all_parties(agreeing: list[str | tuple[str, ...]], to: str, *, pending: bool) -> None:
    extensions = [power("extend", "lists", who, "2024-05-04", to="2024-06-01") for who in agreeing]
    found = state([made(DATED), *extensions], "2024-05-12")
    assert found.deadline == on(when(to).closing.date())
    assert ("assent_pending" in found.flags) == pending
    assert (found.due == "overdue") == pending


def test_an_extension_is_in_the_history_with_all_who_agreed() -> None:
    both = [
        power("extend", "lists", V, "2024-05-04", to="2024-06-01"),
        power("extend", "lists", T, "2024-05-06", to="2024-06-01"),
    ]
    step = state([made(DATED), *both], "2024-05-07").history[-1]
    assert (step.was, step.state, set(step.events)) == ("detached", "detached", {e.id for e in both})


@pytest.mark.parametrize(
    ("time", "learnt", "expected"),
    [
        pytest.param("2024-05", None, "conditional", id="some-day-in-May-is-not-certainly-past"),
        pytest.param("2024-05", "2024-05-12", "detached", id="told-as-done-it-was-done-by-then"),
        pytest.param(None, "2024-05-12", "detached", id="no-time-told"),
        pytest.param(None, "2024-05-16", "conditional", id="learnt-later"),
    ],
)
def test_uncertain_times(time: str | None, learnt: str | None, expected: str) -> None:
    told = did(T, "withdraw", "the guns", time, learnt=learnt)
    assert state([made(IF), told], "2024-05-15").state == expected


def test_a_deadline_counted_from_what_can_no_longer_happen_never_comes() -> None:
    opening = does(S, "open", "the bridge", by="2024-05-02")
    commitment = owes("quiet", V, T, LISTS, until=Within(duration="P2D", of=opening), keeps=True)
    assert state([made(commitment)], "2024-05-20").state == "detached"


# --- conditions of several kinds ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("antecedent", "expected"),
    [
        pytest.param(AllOf(parts=(PULL, does(T, "sign", "the map"))), "conditional", id="all-of"),
        pytest.param(AnyOf(parts=(PULL, does(T, "sign", "the map"))), "detached", id="any-of"),
        pytest.param(AllOf(parts=()), "detached", id="all-of-nothing"),
        pytest.param(AnyOf(parts=()), "expired", id="any-of-nothing"),
        pytest.param(Reached(time=when("2024-05-15")), "detached", id="the-day-has-come"),
        pytest.param(Reached(time=when("2024-05-16")), "conditional", id="the-day-has-not-come"),
        pytest.param(Reached(time=when("2024-05")), "conditional", id="a-month-is-not-certainly-reached"),
        pytest.param(After(of=PULL, wait="P12D"), "detached", id="twelve-days-after"),
        pytest.param(After(of=PULL, wait="P13D"), "conditional", id="thirteen-days-after"),
        pytest.param(does(T, "withdraw", "the guns", by="2024-05-02"), "expired", id="too-late"),
        pytest.param(does(T, "withdraw", "the guns", by="2024-05-03"), "detached", id="in-time"),
        pytest.param(does(T, "sign", "the map", by="2024-05-14"), "expired", id="its-time-has-run-out"),
        pytest.param(does(T, "sign", "the map", by="2024-05-15"), "conditional", id="its-last-day"),
        pytest.param(AnyOf(parts=(does(T, "sign", "the map", by="2024-05-14"), does(T, "sign", "it"))), "conditional", id="one-way-left"),
        pytest.param(Unless(of=PULL), "expired", id="unless-it-happens"),
        pytest.param(Unless(of=does(T, "sign", "the map")), "detached", id="unless-it-has-not-happened"),
        pytest.param(Unless(of=does(T, "sign", "the map"), until=when("2024-05-20")), "conditional", id="not-decided-yet"),
        pytest.param(Unless(of=does(T, "sign", "the map"), until=when("2024-05-14")), "detached", id="decided"),
        pytest.param(AsLongAs(of=PULL), "detached", id="as-long-as"),
        pytest.param(does(None, "withdraw"), "detached", id="anybody-anything"),
    ],
)  # fmt: skip
def test_antecedents(antecedent: Condition, expected: str) -> None:
    assert state([made(owes("lists", V, T, LISTS, on=antecedent)), PULLED], "2024-05-15").state == expected


def test_as_long_as_ends_and_begins_again() -> None:
    commitment = owes("supply", V, T, does(V, "supply", "power"), on=AsLongAs(of=does(T, "hold", "its fire")))
    begun, ended = did(T, "hold", "its fire", "2024-05-02"), did(T, "hold", "its fire", "2024-05-06", phase="ends")
    again = did(T, "hold", "its fire", "2024-05-09")
    events = [made(commitment), begun, ended, again]
    assert [state(events, f"2024-05-{day:02}").state for day in (1, 2, 6, 9)] == [
        "conditional",
        "detached",
        "conditional",
        "detached",
    ]


def test_as_long_as_is_open_where_the_order_is_not_known() -> None:
    commitment = owes("supply", V, T, does(V, "supply", "power"), on=AsLongAs(of=does(T, "hold", "its fire")))
    same_day = [did(T, "hold", "its fire", "2024-05-06"), did(T, "hold", "its fire", "2024-05-06", phase="ends")]
    assert state([made(commitment), *same_day], "2024-05-07").state == "conditional"


def test_an_answer_can_be_changed() -> None:
    commitment = owes("lists", V, T, LISTS, on=does(T, "accept", "truce"))
    events = [made(commitment), did(T, "refuse", "truce", "2024-05-02"), did(T, "accept", "truce", "2024-05-05")]
    assert [state(events, f"2024-05-{day:02}").state for day in (1, 2, 5)] == ["conditional", "expired", "detached"]
    assert state([*events, did(T, "refuse", "truce", "2024-05-07")], "2024-05-08").state == "expired"


@pytest.mark.parametrize("act", ["accept", "agree", "sign"])
def test_who_agrees_or_signs_accepts(act: str) -> None:
    commitment = owes("lists", V, T, LISTS, on=does(T, "accept", "truce"))
    assert state([made(commitment), did(T, act, "truce", "2024-05-02")], "2024-05-03").state == "detached"


def test_a_yes_with_an_if_counts_in_a_condition_once_its_own_condition_holds() -> None:
    commitment = owes("lists", V, T, LISTS, on=does(T, "accept", "truce"))
    yes_if = did(T, "accept_if", "truce", "2024-05-02", condition=does(V, "withdraw", "the guns"))
    opaque = did(T, "accept_if", "truce", "2024-05-02", if_says="if all goes well")
    pulled = did(V, "withdraw", "the guns", "2024-05-04")
    assert state([made(commitment), yes_if], "2024-05-05").state == "conditional"
    assert state([made(commitment), yes_if, pulled], "2024-05-05").state == "detached"
    assert state([made(commitment), opaque, pulled], "2024-05-05").state == "conditional"


def test_what_is_told_and_denied_is_no_fact() -> None:
    denied = did(T, "withdraw", "the guns", "2024-05-04", "r2", status="denied")
    assert state([made(IF), PULLED, denied], "2024-05-05").state == "conditional"
    assert state([made(IF), PULLED, denied], "2024-05-03").state == "detached"


def test_a_denial_of_an_earlier_day_does_not_speak_of_a_later_one() -> None:
    not_yet = did(T, "withdraw", "the guns", "2024-05-02", "r2", status="denied")
    assert state([made(IF), PULLED, not_yet], "2024-05-05").state == "detached"


def test_a_denial_by_another_about_himself_does_not_concern_this() -> None:
    other = did(V, "withdraw", "the guns", "2024-05-04", "r2", status="denied")
    assert state([made(IF), PULLED, other], "2024-05-05").state == "detached"


# --- commitments that name each other -------------------------------------------------------------------------------------


def pair(one: Condition, other: Condition) -> list[Event]:
    return [
        made(owes("a", V, T, does(V, "stop", "fire"), on=one)),
        made(owes("b", T, V, does(T, "stop", "fire"), on=other)),
    ]


def test_a_nested_commitment_waits_for_the_other_to_be_done() -> None:
    events = pair(PULL, InState(commitment="a", states=("fulfilled",)))
    assert states([*events, PULLED], "2024-05-04") == {"a": "detached", "b": "conditional"}
    assert states([*events, PULLED, did(V, "stop", "fire", "2024-05-05")], "2024-05-05") == {
        "a": "fulfilled",
        "b": "detached",
    }


def test_a_nested_commitment_expires_with_the_other() -> None:
    events = [*pair(PULL, InState(commitment="a")), power("cancel", "a", V, "2024-05-02")]
    assert states(events, "2024-05-03") == {"a": "terminated", "b": "expired"}


def test_each_if_the_other_does_waits_for_ever() -> None:
    events = pair(does(T, "stop", "fire"), does(V, "stop", "fire"))
    assert states(events, "2024-06-01") == {"a": "conditional", "b": "conditional"}


def test_each_together_with_the_other_comes_into_force() -> None:
    assert states(pair(Together(commitment="b"), Together(commitment="a")), "2024-05-02") == {
        "a": "detached",
        "b": "detached",
    }


def test_together_needs_every_other_condition_of_both() -> None:
    events = pair(AllOf(parts=(PULL, Together(commitment="b"))), Together(commitment="a"))
    assert states(events, "2024-05-04") == {"a": "conditional", "b": "conditional"}
    assert states([*events, PULLED], "2024-05-04") == {"a": "detached", "b": "detached"}


def test_a_delay_runs_from_what_happened_and_not_from_coming_together() -> None:
    either = After(of=AnyOf(parts=(PULL, Together(commitment="a"))), wait="P1D")
    events = [made(owes("a", V, T, LISTS, on=either), "2024-05-01"), PULLED]
    # Whatever else is told on other days does not change when it comes into force.
    others = [made(owes(f"z{n}", V, T, does(V, "sing"), on=does(T, "dance")), "2024-05-01") for n in range(3)]
    for beside in range(4):
        assert states([*events, *others[:beside]], "2024-06-01")["a"] == "detached"


def test_together_with_what_nobody_promised_waits() -> None:
    assert states([made(owes("a", V, T, LISTS, on=Together(commitment="b")))], "2024-05-04") == {"a": "conditional"}


def test_together_fails_where_the_other_is_given_up() -> None:
    events = pair(AllOf(parts=(PULL, Together(commitment="b"))), Together(commitment="a"))
    assert states([*events, power("cancel", "b", T, "2024-05-02")], "2024-05-04") == {"a": "expired", "b": "terminated"}


def test_once_in_force_the_breach_of_one_does_not_undo_the_other() -> None:
    events = pair(Together(commitment="b"), Together(commitment="a"))
    breach = power("allege", "b", V, "2024-05-03")
    assert states([*events, breach, power("release", "b", V, "2024-05-05")], "2024-05-06") == {
        "a": "detached",
        "b": "released",
    }


# --- what causes what -----------------------------------------------------------------------------------------------------


def test_every_change_names_its_events_and_their_evidence() -> None:
    start = made(IF, by="r7")
    found = state([start, PULLED, HANDED], "2024-05-06")
    steps = [(stamp(s.at), s.was, s.state, s.events) for s in found.history]
    assert steps == [
        ("2024-05-01", None, "conditional", (start.id,)),
        ("2024-05-03", "conditional", "detached", (PULLED.id,)),
        ("2024-05-05", "detached", "fulfilled", (HANDED.id,)),
    ]
    assert [c.report for c in found.history[0].evidence] == ["r7"]


def test_versions_of_the_terms_stand_apart_and_the_best_told_comes_first() -> None:
    events = [made(PLAIN, by="r1"), made(PLAIN, by="r2"), made(IF, by="r3")]
    found = ledger(events, as_of("2024-05-02")).of("lists")
    assert [s.state for s in found] == ["detached", "conditional"]
    assert [s.state for s in ledger(events[1:], as_of("2024-05-02")).of("lists")] == ["conditional", "detached"]


# --- properties over random sequences of events ---------------------------------------------------------------------------

PARTIES = ("Avaria", "Borland", "Cydonia")
IDS = ("c1", "c2", "c3")
ACTS = ("stop", "withdraw", "accept", "refuse")
OBJECTS = ("guns", "p")

days = st.integers(1, 28).map(lambda day: when(f"2024-05-{day:02}"))
times: st.SearchStrategy[When | None] = st.one_of(days, days, days, st.none(), st.just(when("2024-05")))
atoms = st.builds(
    Happens,
    act=st.sampled_from(ACTS),
    actor=st.sampled_from(PARTIES),
    object=st.sampled_from(OBJECTS),
    by=st.one_of(st.none(), days),
)
leaves_ = st.one_of(
    atoms,
    st.builds(Reached, time=days),
    st.builds(AsLongAs, of=atoms),
    st.builds(Unless, of=atoms, until=st.one_of(st.none(), days)),
    st.builds(InState, commitment=st.sampled_from(IDS), states=st.sampled_from([("fulfilled",), ("detached", "fulfilled"), ("expired",)])),
    st.builds(Together, commitment=st.sampled_from(IDS)),
)  # fmt: skip
conditions: st.SearchStrategy[Condition] = st.recursive(
    leaves_,
    lambda inner: st.one_of(
        st.builds(AllOf, parts=st.lists(inner, max_size=3).map(tuple)),
        st.builds(AnyOf, parts=st.lists(inner, max_size=3).map(tuple)),
        st.builds(After, of=inner, wait=st.sampled_from(["P1D", "P3D", "PT12H"])),
    ),
    max_leaves=4,
)
deadlines = st.one_of(
    st.none(),
    st.builds(By, time=days),
    st.builds(Within, duration=st.sampled_from(["P2D", "P1W"]), of=st.one_of(st.none(), atoms)),
)
parties = st.lists(st.sampled_from(PARTIES), min_size=1, max_size=2, unique=True).map(tuple)
commitments = st.builds(
    Commitment, id=st.sampled_from(IDS), debtor=parties, creditor=parties, consequent=atoms,
    antecedent=st.one_of(st.none(), conditions), deadline=deadlines, kind=st.sampled_from(["achieve", "maintain"]),
)  # fmt: skip
happenings = st.builds(
    Happened, act=st.sampled_from((*ACTS, "accept_if", "agree")), actors=parties, object=st.sampled_from(OBJECTS),
    phase=st.sampled_from(["happens", "happens", "ends", "ruled_out"]), condition=st.one_of(st.none(), conditions),
)  # fmt: skip
powers = st.builds(
    Exercised, power=st.sampled_from(sorted(RANK)), commitment=st.sampled_from(IDS), actors=parties,
    to=st.one_of(st.none(), days),
)  # fmt: skip
bodies = st.one_of(st.builds(Made, commitment=commitments), happenings, powers)
STATUS: st.SearchStrategy[Status] = st.sampled_from(["done", "done", "done", "done", "denied", "planned"])


@st.composite
def histories(draw: st.DrawFn, most: int = 12) -> list[Event]:
    told = draw(st.lists(st.tuples(bodies, times, STATUS), min_size=1, max_size=most))
    first = [event(Made(commitment=draw(commitments)), "2024-05-01")]
    rest = [
        Event(id=f"x{i:02}", what=w, time=t, learnt=when("2024-05-29"), status=s) for i, (w, t, s) in enumerate(told)
    ]
    return [*first, *rest]


def plain(book: Ledger) -> object:
    return msgspec.to_builtins(book)


@steady
@given(histories())
def test_every_transition_is_legal_and_the_history_is_a_chain(events: list[Event]) -> None:
    for found in ledger(events, as_of("2024-06-30")).commitments:
        was = None
        for step in found.history:
            assert step.was == was
            assert step.state in LEGAL[was] or (step.state == was and "extended" in step.why)
            was = step.state
        assert found.state == was
        assert [s.at for s in found.history] == sorted(s.at for s in found.history)


@steady
@given(histories(), st.randoms(use_true_random=False))
def test_the_order_in_which_events_are_told_is_immaterial(events: list[Event], chance: object) -> None:
    shuffled = list(events)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert plain(ledger(shuffled, as_of("2024-06-30"))) == plain(ledger(events, as_of("2024-06-30")))


@steady
@given(histories(), st.integers(1, 28))
def test_the_past_does_not_change_by_what_comes_later(events: list[Event], day: int) -> None:
    now = as_of(f"2024-05-{day:02}")
    full = {state.commitment: state for state in ledger(events, as_of("2024-06-30")).commitments}
    for then in ledger(events, now).commitments:
        assert [step for step in full[then.commitment].history if step.at <= now] == list(then.history)


@steady
@given(histories(), st.integers(1, 28))
def test_as_of_agrees_with_the_prefix(events: list[Event], day: int) -> None:
    now = as_of(f"2024-05-{day:02}")
    assert plain(ledger(events, now)) == plain(ledger([e for e in events if e.at <= now], now))


@steady
@given(histories(), st.integers(1, 28))
def test_to_look_in_between_changes_nothing(events: list[Event], day: int) -> None:
    """What time alone brings about is seen whether or not something else is told on that day."""
    other = owes("zz", V, T, does(V, "sing"), on=does(T, "dance"))
    looked = ledger([*events, made(other, f"2024-05-{day:02}")], as_of("2024-06-30"))
    ours = [state for state in looked.commitments if state.commitment.id != "zz"]
    assert ours == list(ledger(events, as_of("2024-06-30")).commitments)


@steady
@given(histories())
def test_renaming_the_parties_changes_nothing_but_names(events: list[Event]) -> None:
    new = {"Avaria": "Zubria", "Borland": "Aland", "Cydonia": "Mard"}
    renamed = msgspec.json.decode(_renamed(msgspec.json.encode(events), new), type=list[Event])
    expected = _renamed(msgspec.json.encode(_unordered(ledger(events, as_of("2024-06-30")))), new)
    assert msgspec.json.encode(_unordered(ledger(renamed, as_of("2024-06-30")))) == expected


def _renamed(raw: bytes, names: dict[str, str]) -> bytes:
    for old, new in names.items():
        raw = raw.replace(old.encode(), new.encode())
    return raw


def _unordered(book: Ledger) -> object:
    """Leave out the sentences that list parties, whose order is the alphabet's."""
    return [
        (
            s.commitment,
            s.state,
            s.since,
            s.deadline,
            s.flags,
            [(h.at, h.state, h.events) for h in s.history],
            [i.event for i in s.ignored],
        )
        for s in book.commitments
    ]


@steady
@given(st.lists(st.builds(Made, commitment=commitments), min_size=1, max_size=3), st.lists(happenings, max_size=6))
def test_what_is_suspended_and_resumed_is_as_it_was(promises: list[Made], acts: list[Happened]) -> None:
    events = [event(p, "2024-05-01") for p in promises] + [event(a, "2024-05-02") for a in acts]
    stops = [power("suspend", name, "Avaria", "2024-05-02") for name in IDS]
    goes = [power("resume", name, "Avaria", "2024-05-02") for name in IDS]
    day = as_of("2024-05-02")
    assert [s.state for s in ledger([*events, *stops, *goes], day).commitments] == [
        s.state for s in ledger(events, day).commitments
    ]


@steady
@given(atoms.filter(lambda a: a.act in {"stop", "withdraw"}), histories(), histories())
def test_a_fact_stays_a_fact_whatever_else_happens(atom: Happens, events: list[Event], more: list[Event]) -> None:
    commitment = Commitment(id="own", debtor=("Avaria",), creditor=("Borland",), consequent=atom)
    told = [event(Made(commitment=commitment), "2024-05-01"), *(e for e in events if not isinstance(e.what, Exercised))]
    also = [e for e in more if e.status == "done" and not isinstance(e.what, Exercised)]
    also = [msgspec.structs.replace(e, id=f"also{i}") for i, e in enumerate(also)]
    if ledger(told, as_of("2024-06-30")).of("own")[0].state == "fulfilled":
        assert ledger([*told, *also], as_of("2024-06-30")).of("own")[0].state == "fulfilled"


class Keeping(RuleBasedStateMachine):
    """A desk that enters what it learns day by day: what the book said on a day it says of that day for ever."""

    @initialize()
    def begin(self) -> None:
        self.day = 1
        self.events: list[Event] = []
        self.said: dict[int, object] = {}

    @rule(what=bodies)
    def learn(self, what: Made | Happened | Exercised) -> None:
        self.events.append(event(what, f"2024-05-{self.day:02}"))

    @rule()
    def close_the_day(self) -> None:
        if self.day < 28:
            self.said[self.day] = plain(ledger(self.events, as_of(f"2024-05-{self.day:02}")))
            self.day += 1

    @invariant()
    def it_says_the_same_of_every_day(self) -> None:
        for day, said in getattr(self, "said", {}).items():
            assert plain(ledger(self.events, as_of(f"2024-05-{day:02}"))) == said


TestKeeping = Keeping.TestCase
TestKeeping.settings = settings(max_examples=20, stateful_step_count=15, deadline=None)


def test_a_state_of_play_survives_json() -> None:
    book = ledger([made(IF), PULLED, HANDED], as_of("2024-05-06"))
    assert msgspec.json.decode(msgspec.json.encode(book), type=Ledger) == book
