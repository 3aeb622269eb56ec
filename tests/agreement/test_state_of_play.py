from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest
from book import S, T, V, as_of, did, does, made, offer, owes, power

from trucebook.agreement.model import AllOf, Event, Together
from trucebook.agreement.state import StateOfPlay, play, told_by
from trucebook.agreement.when import when

if TYPE_CHECKING:
    from collections.abc import Iterable

LISTS = does(V, "hand over", "the lists")
PULL = does(T, "leave", "the ridge")
YES_IF = did(V, "accept_if", "truce", "2024-05-02", condition=PULL, if_says="if Tomaria leaves the ridge")


def at(events: Iterable[Event], day: str = "2024-05-15", sources: list[str] | None = None) -> StateOfPlay:
    return play(events, as_of(day), sources)


def moves(events: Iterable[Event], day: str = "2024-05-15") -> list[tuple[str, list[str]]]:
    return [(turn.actor, [reason.basis for reason in turn.reasons]) for turn in at(events, day).whose_move]


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        pytest.param([], [], id="nothing-told-nobody's-move"),
        pytest.param([offer()], [(V, ["answer"]), (T, ["answer"])], id="both-are-asked"),
        pytest.param([offer(), YES_IF], [(T, ["answer", "condition"])], id="the-other-is-asked-and-waited-for"),
        pytest.param([offer(), YES_IF, did(T, "refuse", "truce", "2024-05-03")], [], id="refused"),
        pytest.param([offer(), YES_IF, did(T, "accept", "truce", "2024-05-03")], [(T, ["condition"])], id="accepted-but-waited-for"),
        pytest.param([offer(), did(V, "counter", "truce", "2024-05-03"), did(T, "accept", "truce", "2024-05-03")], [(S, ["answer"])], id="countered"),
        pytest.param([offer(), did(S, "withdraw", "truce", "2024-05-04")], [], id="withdrawn"),
        pytest.param([made(owes("lists", V, T, LISTS))], [(V, ["owed"])], id="debtor"),
        pytest.param([made(owes("quiet", V, T, LISTS, keeps=True))], [], id="what-is-to-be-kept-is-no-move"),
        pytest.param([made(owes("lists", V, T, LISTS, on=PULL))], [(T, ["condition"])], id="holder-of-the-condition"),
        pytest.param([offer(addressees=(V,)), YES_IF, made(owes("lists", T, V, LISTS, on=does(V, "accept", "truce")))], [(T, ["condition"])], id="who-said-yes-if-need-not-say-it-again"),
        pytest.param([made(owes("lists", V, T, LISTS, on=does(None, "rain")))], [], id="nobody-in-particular"),
        pytest.param([made(owes("lists", V, T, LISTS)), did(V, "hand over", "the lists", "2024-05-04")], [], id="done"),
        pytest.param([made(owes("lists", V, T, LISTS)), power("suspend", "lists", V, "2024-05-04")], [], id="suspended"),
    ],
)  # fmt: skip
def test_whose_move(events: list[Event], expected: list[tuple[str, list[str]]]) -> None:
    assert moves(events) == expected


def test_an_open_offer_comes_before_a_debt() -> None:
    events = [made(owes("lists", V, T, LISTS)), offer(addressees=(T,))]
    assert [actor for actor, _ in moves(events)] == [T, V]


def test_where_sources_differ_the_move_is_contested() -> None:
    differ = [
        offer(addressees=(T,)),
        did(T, "accept", "truce", "2024-05-03"),
        did(T, "refuse", "truce", "2024-05-03", "r2"),
    ]
    assert [(t.actor, t.contested) for t in at(differ).whose_move] == [(T, True)]


def test_the_move_cites_who_says_that_there_is_no_answer() -> None:
    silent = did(T, "withhold_answer", "truce", "2024-05-03", "r9")
    (turn,) = at([offer(addressees=(T,)), silent]).whose_move
    assert [c.report for c in turn.reasons[0].evidence] == ["r9"]


def test_a_disputed_condition_is_shown_with_all_versions() -> None:
    plain, bound = owes("aid", S, V, LISTS), owes("aid", S, V, LISTS, on=PULL)
    (view,) = at([made(plain, by="r1"), made(plain, by="r2"), made(bound, by="r3")]).commitments
    assert (view.disputed_condition, view.contested, view.state.state) == (True, True, "detached")
    assert view.per_source == {"r1": "detached", "r2": "detached", "r3": "conditional"}


def test_what_it_depends_on_told_and_denied_makes_it_contested() -> None:
    events = [made(owes("lists", V, T, LISTS, on=PULL)), did(T, "leave", "the ridge", "2024-05-03", "r2")]
    assert not at(events).commitments[0].contested
    assert at([*events, did(T, "leave", "the ridge", "2024-05-04", "r3", status="denied")]).commitments[0].contested


def test_according_to_one_source() -> None:
    events = [
        offer(),
        did(T, "accept", "truce", "2024-05-03", "r1"),
        did(T, "refuse", "truce", "2024-05-03", "r2"),
        offer(by="r2"),
    ]
    assert [at(events, sources=[s]).proposals[0].answer_of(T) for s in ("r1", "r2")] == ["accepted", "refused"]
    assert at(events).proposals[0].answer_of(T) == "disputed"
    assert at(events, sources=["r9"]).proposals == ()


def test_evidence_of_other_sources_is_left_out() -> None:
    both = msgspec.structs.replace(offer(), evidence=(*offer(by="r1").evidence, *offer(by="r2").evidence))
    assert [c.report for e in told_by([both], ["r2"]) for c in e.evidence] == ["r2"]


def test_what_was_learnt_later_is_not_known_yet() -> None:
    late = did(T, "accept", "truce", "2024-05-03", learnt="2024-05-12")
    assert at([offer(), late], "2024-05-11").proposals[0].answer_of(T) == "open"
    assert at([offer(), late], "2024-05-12").proposals[0].answer_of(T) == "accepted"


def test_positions_over_time() -> None:
    events = [
        did(T, "demand", "the ridge", "2024-05-01"), did(T, "refuse", "truce", "2024-05-03"), offer(),
        did(T, "accept", "truce", "2024-05-05"), did(V, "accept", "truce", "2024-05-06", status="planned"),
        did(T, "sing", "a song", "2024-05-05"),
    ]  # fmt: skip
    found = {(p.actor, p.issue): (p.stance, [s.stance for s in p.earlier]) for p in at(events).positions}
    assert found == {
        (S, "the truce"): ("propose", []), (T, "the truce"): ("accept", ["refuse"]), (T, "the ridge"): ("demand", []),
    }  # fmt: skip


def test_a_plain_yes_beside_a_yes_if_of_one_day_is_no_position() -> None:
    events = [offer(), YES_IF, did(V, "accept", "truce", "2024-05-02", "r2")]
    assert [p.stance for p in at(events).positions if p.actor == V] == ["accept_if"]


def test_what_comes_next() -> None:
    events = [
        offer(answer_by=when("2024-05-18"), start=when("2024-05-20"), duration="P21D"),
        made(owes("lists", V, T, LISTS, until="2024-05-25")),
        did(S, "meet", "both", "2024-05-17", status="planned"),
        did(S, "meet", "the press", "2024-05-10", status="planned"),
        did(S, "travel", "home", None, status="planned"),
    ]
    found = [(p.when.value if p.when else None, p.kind, p.conditional) for p in at(events).next]
    assert found == [
        ("2024-05-17", "planned", False), ("2024-05-18", "answer_due", False), ("2024-05-20", "start", True),
        ("2024-05-25", "deadline", False), ("2024-06-09", "end", True), (None, "planned", False),
    ]  # fmt: skip


def test_two_who_answer_yes_if_the_other_wait_for_each_other() -> None:
    each = [
        did(V, "accept_if", "truce", "2024-05-02", condition=does(T, "accept", "truce")),
        did(T, "accept_if", "truce", "2024-05-02", condition=does(V, "accept", "truce")),
    ]
    (circle,) = at([offer(), *each]).circles
    assert set(circle.who) == {V, T}
    assert at([offer(), each[0]]).circles == ()


def test_commitments_that_wait_for_each_other_and_those_that_come_together() -> None:
    stop = {name: does(name, "stop", "fire") for name in (V, T)}
    waiting = [made(owes("a", V, T, stop[V], on=stop[T])), made(owes("b", T, V, stop[T], on=stop[V]))]
    assert [c.members for c in at(waiting).circles] == [("a", "b")]
    together = [
        made(owes("a", V, T, stop[V], on=AllOf(parts=(PULL, Together(commitment="b"))))),
        made(owes("b", T, V, stop[T], on=Together(commitment="a"))),
    ]
    assert at(together).circles == ()


def test_swapping_the_parties_swaps_their_names_and_nothing_else() -> None:
    events = [offer(), YES_IF, made(owes("lists", V, T, LISTS, on=PULL)), did(T, "demand", "the ridge", "2024-05-01")]
    swapped = msgspec.json.decode(_swap(msgspec.json.encode(events)), type=list[Event])
    one, other = at(events), at(swapped)
    # Of several who are to act for equal reasons, the order is that of the addressees, so it is swapped too.
    assert msgspec.json.encode(other.commitments) == _swap(msgspec.json.encode(one.commitments))
    assert msgspec.json.encode(other.whose_move) == _swap(msgspec.json.encode(one.whose_move))
    assert msgspec.json.encode(other.proposals) == _swap(msgspec.json.encode(one.proposals))


def _swap(raw: bytes) -> bytes:
    return raw.replace(V.encode(), b"#").replace(T.encode(), V.encode()).replace(b"#", T.encode())


def test_a_state_of_play_survives_json() -> None:
    found = at([offer(start=when("2024-05-20")), YES_IF, made(owes("lists", V, T, LISTS, on=PULL))])
    assert msgspec.json.decode(msgspec.json.encode(found), type=StateOfPlay) == found
