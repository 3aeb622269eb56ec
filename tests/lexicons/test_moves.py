"""The lexicon of moves as data: no doubles, lower case, every entry can be reached."""

from __future__ import annotations

import itertools
from typing import get_args

import msgspec
import pytest

from trucebook.reading.model import Act, MoveStatus
from trucebook.reading.moves.lexicon import (
    NounFrame,
    VerbFrame,
    governing,
    lexicon,
    noun_frames,
    plover_of,
    verb_frames,
)

PLOVER = {"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT",
          "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"}  # fmt: skip
KINDS = {"object", "matter", "party", "stopped", "claim", "joint", "weapon", "aimed", "forum", "given", "informing",
         "bare", "actor", "counterpart", "subjunctive", "abroad", "side", "alone", "pending", "penalty", "message", "offered",
         "troops", "sent", "worth", "modal"}  # fmt: skip
RELATIONS = {"object", "dative", "infinitive", "gerund", "clause"}
PREPOSITIONS = {"to", "for", "with", "on", "upon", "of", "from", "over", "about", "by", "in", "into", "at", "against",
                "between", "toward", "towards", "until"}  # fmt: skip


def _frames() -> list[VerbFrame | NounFrame]:
    return [*lexicon().verbs, *lexicon().nouns]


def test_every_act_has_an_entry_and_a_known_class() -> None:
    acts = lexicon().acts
    assert sorted(a.name for a in acts) == sorted(get_args(Act))
    assert {c for a in acts for c in (a.plover, a.to_come, a.undone) if c is not None} <= PLOVER
    assert {f.plover for f in _frames() if f.plover is not None} <= PLOVER


def test_lemmas_are_lower_case_and_stand_once_a_frame() -> None:
    for frame in _frames():
        assert len(frame.lemmas) == len(set(frame.lemmas)) > 0
        assert all(lemma == lemma.lower().strip() for lemma in frame.lemmas)


def test_no_frame_hides_behind_one_that_takes_everything() -> None:
    """A frame without a particle and without needs fits always: none of the same verb can follow it."""
    for lemma, frames in verb_frames().items():
        assert all(f.needs or f.particle for f in frames[:-1]), lemma
    for lemma, found in noun_frames().items():
        assert all(f.needs for f in found[:-1]), lemma


def test_frames_name_relations_and_needs_that_there_are() -> None:
    for frame in lexicon().verbs:
        assert {*frame.object, *frame.recipient} <= RELATIONS | PREPOSITIONS
        needs = set(itertools.chain.from_iterable(need.split("+") for need in frame.needs))
        assert needs <= KINDS | RELATIONS | PREPOSITIONS, frame
    for noun in lexicon().nouns:
        assert {*noun.object, *noun.recipient} <= RELATIONS | PREPOSITIONS
        assert set(noun.actor) <= {"owner", "between", "by", "from"}


def test_a_governor_makes_one_thing_of_what_it_governs() -> None:
    found = lexicon().governors
    every = [*found.done, *found.planned, *found.possible, *found.denied]
    assert {w for w in every if every.count(w) > 1} == set()
    assert set(found.nouns) <= set(every) == set(governing())


def test_lists_have_no_doubles_and_are_lower_case() -> None:
    for name, listed in msgspec.structs.asdict(lexicon().words).items():
        assert len(set(listed)) == len(listed), name
        if name != "unmarked":
            assert all(w == w.lower() for w in listed), name


@pytest.mark.parametrize(
    ("act", "status", "expected"),
    [
        ("withdraw", "done", "RETREAT"),
        ("withdraw", "planned", "CONCEDE"),
        ("meet", "done", "CONSULT"),
        ("meet", "planned", "AGREE"),
        ("meet", "denied", "REJECT"),
        ("accept", "denied", "REJECT"),
        ("propose", "done", "AGREE"),
        ("announce", "done", None),
    ],
)
def test_the_class_of_events_follows_the_status(act: Act, status: MoveStatus, expected: str | None) -> None:
    assert plover_of(act, status) == expected
