"""Moves as people judged them: rejected ones leave, corrected ones follow, and a corrected speaker takes his along."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import msgspec
import pytest

import trucebook
from trucebook.dossier.build import build
from trucebook.dossier.judgement import Act, Judgement, Subject
from trucebook.dossier.judging import spoken
from trucebook.dossier.moves import Acting, Verdicts, identified, in_words, told

if TYPE_CHECKING:
    from trucebook.dossier.model import Dossier
    from trucebook.reading.model import Move, Reading

AT = datetime.datetime(2031, 5, 8, 9, tzinfo=datetime.UTC)
BERG = "Danish foreign minister Anna Berg arrived in Oslo."
THORNE = "Olan Thorne, the Swedish foreign minister, waited."
YES = "“We accept the truce,” Thorne said."


def reading(text: str, name: str = "r0") -> Reading:
    return trucebook.read_text(text, id=name, published="2031-05-07")


def judged(subject: Subject, act: Act, value: str = "", *, part: str = "", names: tuple[str, ...] = ()) -> Judgement:
    at = f"{subject.kind}{act}{part}"
    return Judgement(id=at, subject=subject, act=act, value=value, part=part, names=names, user="ida", at=AT)


def the_move(of: Reading, act: str) -> Subject:
    found: dict[str, str] = {m.act: ident for ident, m in identified(of)}
    return next(s for s in told([of]) if s.id == found[act])


def the_speaker(of: Reading, words: str) -> Subject:
    return next(s for s in spoken([of]) if any(words in a.words for a in s.anchors))


def applied(dossier: Dossier) -> list[Move]:
    verdicts = Verdicts(dossier)
    return [m for r in dossier.readings for m in verdicts.applied(r)]


def test_every_move_has_an_id_of_its_own_that_does_not_depend_on_who_makes_it() -> None:
    of = reading(f"{THORNE} {YES} Sweden rejected the plan. Sweden rejected the plan.")
    ids = [i.id for i in identified(of)]
    assert len(set(ids)) == len(ids) > 2
    others = msgspec.structs.replace(of, moves=tuple(msgspec.structs.replace(m, actors=("Norway",)) for m in of.moves))
    assert [i.id for i in identified(others)] == ids


def test_a_rejected_move_is_left_out_and_stays_in_the_reading() -> None:
    of = reading("Sweden accepted the truce. Norway rejected the plan.")
    dossier = build([of], judgements=[judged(the_move(of, "accept"), "reject")])
    assert [m.act for m in applied(dossier)] == ["refuse"]
    assert dossier.readings == (of,)
    assert [(j.target, j.hold) for j in dossier.judged] == [(the_move(of, "accept").id, "holds")]


@pytest.mark.parametrize(
    ("part", "value", "told_now"),
    [
        ("actor", "Norway", "Norway: accept (done)"),
        ("", "Norway", "Norway: accept (done)"),
        ("act", "refuse", "Sweden: refuse (done)"),
        ("status", "denied", "Sweden: accept (denied)"),
        ("act", "no such act", "Sweden: accept (done)"),
        ("mood", "fine", "Sweden: accept (done)"),
    ],
)
def test_a_part_of_a_move_is_corrected(part: str, value: str, told_now: str) -> None:
    of = reading("Sweden accepted the truce.")
    dossier = build([of], judgements=[judged(the_move(of, "accept"), "correct", value, part=part)])
    assert [in_words(m) for m in applied(dossier)] == [told_now]


def test_corrections_of_two_parts_both_count_and_of_one_part_the_later() -> None:
    of = reading("Sweden accepted the truce.")
    move = the_move(of, "accept")
    first = judged(move, "correct", "Norway", part="actor")
    every = [first, judged(move, "correct", "refuse", part="act")]
    assert [in_words(m) for m in applied(build([of], judgements=every))] == ["Norway: refuse (done)"]
    again = msgspec.structs.replace(first, id="again", value="Denmark", names=("Finland",))
    now = [in_words(m) for m in applied(build([of], judgements=[*every, again]))]
    assert now == ["Denmark and Finland: refuse (done)"]


def test_who_is_named_as_the_actor_of_a_move_acts_for_the_state_that_he_serves() -> None:
    of = reading(f"{BERG} {THORNE} {YES}")
    dossier = build([of], judgements=[judged(the_move(of, "accept"), "correct", "Anna Berg", part="actor")])
    assert [(m.actors, m.parties) for m in applied(dossier) if m.act == "accept"] == [(("Anna Berg",), ("Denmark",))]


SPEAKERS = {
    "what is said in the first person": (f"{BERG} {THORNE} {YES}", "accept", ("Anna Berg",), ("Denmark",)),
    "what is done by saying it": (f"{BERG} {THORNE} Thorne demanded that Norway leave the island.", "demand", ("Anna Berg",), ("Denmark",)),
    "not what is told of another": (f"{BERG} {THORNE} Thorne said that Norway accepted the truce.", "accept", ("Norway",), ("Norway",)),
    "not what is done elsewhere": (f"{BERG} {THORNE} Thorne said that rain fell. Thorne accepted the truce.", "accept", ("Olan Thorne",), ("Sweden",)),
}  # fmt: skip


@pytest.mark.parametrize(("text", "act", "actors", "parties"), SPEAKERS.values(), ids=SPEAKERS.keys())
def test_a_corrected_speaker_reaches_the_moves_that_are_his(
    text: str, act: str, actors: tuple[str, ...], parties: tuple[str, ...]
) -> None:
    of = reading(text)
    said = the_speaker(of, "Norway leave" if act == "demand" else "rain" if "rain" in text else "the truce")
    dossier = build([of], judgements=[judged(said, "correct", "Anna Berg")])
    assert [(m.actors, m.parties) for m in applied(dossier) if m.act == act] == [(actors, parties)]


def test_a_speaker_who_is_rejected_makes_no_move() -> None:
    of = reading(f"{THORNE} {YES}")
    dossier = build([of], judgements=[judged(the_speaker(of, "truce"), "reject")])
    assert [(m.actors, m.parties) for m in applied(dossier) if m.act == "accept"] == [((), ())]


def test_a_speaker_whom_the_program_did_not_know_makes_what_he_says_in_the_first_person() -> None:
    of = reading("“We accept the truce,” said a man at the gate. Olan Thorne, the Swedish foreign minister, waited.")
    nobody = msgspec.structs.replace(
        of,
        attributions=tuple(msgspec.structs.replace(a, speaker=None) for a in of.attributions),
        moves=tuple(msgspec.structs.replace(m, actors=(), parties=()) for m in of.moves),
    )
    dossier = build([nobody], judgements=[judged(the_speaker(nobody, "truce"), "correct", "olan thorne")])
    assert [(m.actors, m.parties) for m in applied(dossier) if m.act == "accept"] == [(("Olan Thorne",), ("Sweden",))]


def test_a_judgement_of_a_move_holds_when_the_report_is_read_anew_and_asks_again_when_its_words_changed() -> None:
    of = reading("Sweden accepted the truce.")
    rejected = judged(the_move(of, "accept"), "reject")
    longer = reading("Sweden accepted the truce on Monday.")
    anew = msgspec.structs.replace(of, moves=tuple(msgspec.structs.replace(m, actors=("Norway",)) for m in of.moves))
    edited = reading("It rained. Sweden accepted the truce.")
    assert [j.hold for j in build([anew], judgements=[rejected]).judged] == ["holds"]
    assert [j.hold for j in build([edited], judgements=[rejected]).judged] == ["holds"]
    assert applied(build([edited], judgements=[rejected])) == []
    stale = build([longer], judgements=[rejected])
    assert [j.hold for j in stale.judged] == ["stale"]
    assert [m.act for m in applied(stale)] == ["accept"]


def test_readings_without_a_changed_speaker_are_left_as_they_are() -> None:
    of = reading(f"{THORNE} {YES}")
    other = judged(the_speaker(of, "truce"), "accept")
    assert build([of], judgements=[other]).readings[0] is of


@pytest.mark.parametrize(
    ("name", "known_as", "party"),
    [("thorne", "Olan Thorne", ("Sweden",)), ("Sweden", "Sweden", ("Sweden",)), ("Nobody Known", "Nobody Known", ())],
)
def test_an_actor_that_a_person_names_is_the_one_of_the_case(name: str, known_as: str, party: tuple[str, ...]) -> None:
    acting = Acting(build([reading(f"{THORNE} Thorne spoke for Sweden.")]).actors)
    assert acting.named([name]) == (known_as,)
    assert acting.behind([name]) == party
