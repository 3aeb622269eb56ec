"""What was done in a case, in pages and since an entry of the log; and up to where each person has looked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from record_stubs import BERG, QUOTED, THORNE, put, report

from trucebook.casework import subject_in
from trucebook.record.judgements import Decision, judge, undo
from trucebook.record.trail import arrived_since, decided_since, log_length, log_page
from trucebook.record.verify import verify
from trucebook.record.visits import mark_seen, seen_by

if TYPE_CHECKING:
    from trucebook.record.case import Case

URL = "https://quay.example/1"


def test_the_log_is_read_from_its_end(case: Case) -> None:
    put(case, report("one", BERG))
    put(case, report("two", THORNE))
    end = log_length(case)
    every = log_page(case, end + 1, 100)
    assert [e.seq for e in every] == list(range(end, 0, -1))
    assert [e.seq for e in log_page(case, end, 2)] == [end - 1, end - 2]
    assert every[0].user == "ida"
    assert log_page(case, 1, 5) == ()


def test_what_came_is_told_apart_from_what_was_read_anew(case: Case) -> None:
    put(case, report("one", BERG, url=URL))
    put(case, report("two", THORNE))
    first = log_length(case)
    assert {a.name for a in arrived_since(case, 0)} == {"one", "two"}
    assert arrived_since(case, first) == ()
    put(case, report("one", f"{BERG} {QUOTED}", url=URL), user="eve")
    put(case, report("two", THORNE), program="2", user="eve")
    found = arrived_since(case, first)
    assert [(a.name, a.version, a.again, a.user) for a in found] == [("two", 1, True, "eve"), ("one", 2, False, "eve")]


def test_judgements_since_an_entry_come_in_their_order(case: Case) -> None:
    put(case, report("one", BERG))
    berg = subject_in(case, "actor", "Anna Berg")
    made = judge(case, berg, Decision(act="accept"), user="ida")
    since = log_length(case)
    back = undo(case, made.id, user="eve")
    again = judge(case, berg, Decision(act="note", value="sure"), user="ida")
    assert [d.judgement.id for d in decided_since(case, 0)] == [made.id, back.id, again.id]
    assert [d.judgement.id for d in decided_since(case, since)] == [back.id, again.id]
    assert decided_since(case, log_length(case)) == ()


def test_each_person_has_a_place_of_his_own_and_the_log_knows_nothing_of_it(case: Case) -> None:
    put(case, report("one", BERG))
    end = log_length(case)
    assert (seen_by(case, "ida").seq, seen_by(case, "ida").at) == (0, None)
    assert mark_seen(case, "ida", end - 1).seq == end - 1
    assert mark_seen(case, "eve", end).seq == end
    assert (seen_by(case, "ida").seq, seen_by(case, "eve").seq) == (end - 1, end)
    assert mark_seen(case, "ida", end).at is not None
    assert log_length(case) == end
    assert verify(case).faults == ()


@pytest.mark.parametrize(("wanted", "kept"), [(-5, 0), (10**15, None)])
def test_nobody_has_seen_what_is_not_there(case: Case, wanted: int, kept: int | None) -> None:
    put(case, report("one", BERG))
    assert mark_seen(case, "ida", wanted).seq == (log_length(case) if kept is None else kept)
