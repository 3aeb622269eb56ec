"""Anything done to a case in any order, by two who have it open, against a model of a few lists in memory.

A longer search for what is wrong: TRUCEBOOK_EXAMPLES=500 pytest -m slow tests/record/test_machine.py
"""

from __future__ import annotations

import datetime
import io
import os
import shutil
import tempfile
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from record_stubs import BERG, QUOTED, THORNE, Clock, maker, put, read, report
from sqlalchemy import select

from trucebook.dossier.judgement import Subject
from trucebook.dossier.judging import in_force
from trucebook.record.adding import add_reading
from trucebook.record.archive import export_case, import_case
from trucebook.record.case import Case, open_case
from trucebook.record.editions import edited, editions
from trucebook.record.errors import JudgementError
from trucebook.record.judgements import Decision, judge, judgements, undo
from trucebook.record.replay import known_then, unread
from trucebook.record.schema import head
from trucebook.record.search import search
from trucebook.record.verify import verify
from trucebook.record.when import NOW, When, moment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

TEXTS = (BERG, THORNE, QUOTED, f"{BERG} {THORNE}", f"{THORNE} {QUOTED}", "Berg spoke of grain, and of nothing else.")
DAYS = (None, "2031-05-07", "2031-05-08", "2031-05-09")
SUBJECT = Subject(kind="actor", id="Anna Berg", found="person")
_PLACES = count()


@dataclass
class Version:
    text: str
    day: str | None
    at: int
    readings: list[tuple[int, str]]


@dataclass
class Made:
    id: str
    act: str
    value: str
    at: int


@dataclass
class Model:
    """What a case has to be."""

    reports: dict[str, list[Version]] = field(default_factory=dict)
    judgements: list[Made] = field(default_factory=list)
    last: int = 0
    marks: list[tuple[int, str]] = field(default_factory=list)

    def find(self, name: str, text: str, day: str | None) -> Version | None:
        return next((v for v in self.reports.get(name, []) if (v.text, v.day) == (text, day)), None)

    def known(self, when: When) -> Iterator[tuple[str, str, str]]:
        """Name, text and maker of each report's latest version then."""
        by = when.recorded if when.recorded is not None else self.last
        for name, versions in self.reports.items():
            then = [v for v in versions if v.at <= by]
            if when.as_of is not None:
                then = [v for v in then if v.day is not None and v.day <= when.as_of.isoformat()]
            if then:
                yield name, then[-1].text, [program for at, program in then[-1].readings if at <= by][-1]

    def undated(self, by: int) -> list[str]:
        then = {name: [v for v in versions if v.at <= by] for name, versions in self.reports.items()}
        return sorted(name for name, versions in then.items() if versions and not any(v.day for v in versions))

    def holds(self, ident: str) -> bool:
        """Whether nothing that holds takes a judgement back."""
        return not any(j.act == "undo" and j.value == ident and self.holds(j.id) for j in self.judgements)

    def force(self) -> list[str]:
        """Notes and the last verdict, of those that hold."""
        kept = [j for j in self.judgements if j.act != "undo" and self.holds(j.id)]
        verdicts = [j for j in kept if j.act != "note"]
        return [j.id for j in kept if j.act == "note" or j is verdicts[-1]]


class Machine(RuleBasedStateMachine):
    """A case that two have open.

    Args:
        place: gives places for new cases.
    """

    def __init__(self, place: Callable[[], str]) -> None:
        super().__init__()
        self.place, self.clock, self.model = place, Clock(), Model()
        self.cases: list[Case] = []
        self.enter(place())

    def enter(self, place: str) -> None:
        self.cases = [open_case(place, create=True, clock=self.clock) for _ in "ab"]
        self.note_time()

    def note_time(self) -> None:
        with self.cases[0].reading() as connection:
            end = connection.execute(select(head)).one()
        self.model.last = end.at
        self.model.marks.append((end.at, end.hash))

    def teardown(self) -> None:
        for case in self.cases:
            case.close()

    # --- what is done ---

    def time(self) -> int:
        """The time that the next thing is recorded at: the clock's, if that is later than everything before."""
        return max(self.clock.now, self.model.last + 1)

    @rule(step=st.integers(-3_000, 9_000))
    def clock_moves(self, step: int) -> None:
        self.clock.now += step

    @rule(
        by=st.integers(0, 1),
        n=st.integers(0, 2),
        text=st.sampled_from(TEXTS),
        day=st.sampled_from(DAYS),
        program=st.sampled_from("12"),
    )
    def add(self, by: int, n: int, text: str, day: str | None, program: str) -> None:
        name, at = f"r{n}", self.time()
        there = self.model.find(name, text, day)
        done = put(self.cases[by], report(name, text, day=day, url=f"https://quay.example/{n}"), program=program)
        if there is None:
            versions = self.model.reports.setdefault(name, [])
            versions.append(Version(text, day, at, [(at, program)]))
            expected = ("added" if len(versions) == 1 else "changed", len(versions))
        else:
            number = self.model.reports[name].index(there) + 1
            read_before = program in {p for _, p in there.readings}
            expected = ("unchanged" if read_before else "reread", number)
            if not read_before:
                there.readings.append((at, program))
        assert (done.name, done.outcome, done.version) == (name, *expected)
        self.note_time()

    @rule(by=st.integers(0, 1), program=st.sampled_from("23"))
    def reread(self, by: int, program: str) -> None:
        for held in list(unread(self.cases[by], maker(program).digest)):
            at = self.time()
            assert add_reading(self.cases[by], held.version, read(held.report), maker(program), user="ida")
            self.model.reports[held.report.id][-1].readings.append((at, program))
            self.note_time()
        assert list(unread(self.cases[1 - by], maker(program).digest)) == []

    @rule(by=st.integers(0, 1), act=st.sampled_from(["accept", "reject", "note"]))
    def judge(self, by: int, act: str) -> None:
        at = self.time()
        value = f"note {len(self.model.judgements)}" if act == "note" else ""
        made = judge(self.cases[by], SUBJECT, Decision(act=act, value=value), user="ida")  # type: ignore[arg-type]
        assert made.at == moment(at)
        self.model.judgements.append(Made(made.id, act, value, at))
        self.note_time()

    @precondition(lambda self: self.model.judgements)
    @rule(by=st.integers(0, 1), which=st.integers(0, 99))
    def undo(self, by: int, which: int) -> None:
        target = self.model.judgements[which % len(self.model.judgements)]
        if not self.model.holds(target.id):
            with pytest.raises(JudgementError, match="taken back already"):
                undo(self.cases[by], target.id, user="eve")
            return
        at = self.time()
        made = undo(self.cases[by], target.id, user="eve")
        self.model.judgements.append(Made(made.id, "undo", target.id, at))
        self.note_time()

    @precondition(lambda self: self.model.reports)
    @rule(by=st.integers(0, 1))
    def move_to_another_place(self, by: int) -> None:
        """A copy from an archive is the case, and goes on like it."""
        archive, again = io.BytesIO(), io.BytesIO()
        export_case(self.cases[by], archive)
        self.teardown()
        place = self.place()
        with open_case(place, create=True, clock=self.clock) as case:
            import_case(case, archive, name="archive")
            export_case(case, again)
        assert again.getvalue() == archive.getvalue()
        self.enter(place)

    # --- what has to be so ---

    @rule(by=st.integers(0, 1), as_of=st.sampled_from(DAYS))
    def replay(self, by: int, as_of: str | None) -> None:
        """The last times are looked at together: one that is drawn is seldom the one that tells."""
        for at in (None, *(at for at, _ in self.model.marks[-8:])):
            self.look_back(self.cases[by], as_of, at)

    def look_back(self, case: Case, as_of: str | None, at: int | None) -> None:
        day = datetime.date.fromisoformat(as_of) if as_of else None
        when = When(as_of=day, known_at=None if at is None else moment(at))
        found, expected = known_then(case, when), list(self.model.known(when))
        assert [(r.report.id, r.report.text) for r in found.readings] == [e[:2] for e in expected]
        programs = [program for *_, program in expected]
        assert found.makers == {maker(p).digest: programs.count(p) for p in programs}
        end = self.model.last if at is None else at
        assert [j.id for j in found.judgements] == [j.id for j in self.model.judgements if j.at <= end]
        assert list(found.undated) == (self.model.undated(end) if day else [])

    @rule(by=st.integers(0, 1), word=st.sampled_from(["bridge", "ridge", "harvest", "grain", "nothing"]))
    def search(self, by: int, word: str) -> None:
        found = {hit.report for hit in search(self.cases[by], word)}
        stem = {
            name
            for name, text, _ in self.model.known(NOW)
            if word in text.lower().replace(",", " ").replace(".", " ").split()
        }
        assert found == stem

    @rule(by=st.integers(0, 1))
    def versions(self, by: int) -> None:
        several = {name: len(v) for name, v in self.model.reports.items() if len(v) > 1}
        assert edited(self.cases[by]) == several
        for name, versions in self.model.reports.items():
            found = editions(self.cases[by], name)
            assert [(e.number, e.reading.report.text) for e in found] == [
                (n, v.text) for n, v in enumerate(versions, 1)
            ]
            assert [e.recorded for e in found] == [moment(v.at) for v in versions]
            assert [e.maker for e in found] == [maker(v.readings[-1][1]).digest for v in versions]

    @rule(by=st.integers(0, 1), mark=st.integers(0, 99))
    def proof(self, by: int, mark: int) -> None:
        found = verify(self.cases[by], since=self.model.marks[mark % len(self.model.marks)][1])
        assert found.faults == ()
        versions = [v for some in self.model.reports.values() for v in some]
        programs = {p for v in versions for _, p in v.readings}
        rows = len(self.model.reports) + len(versions) + len({v.text for v in versions}) + len(programs)
        assert found.rows == rows + sum(len(v.readings) for v in versions) + len(self.model.judgements)

    @invariant()
    def both_see_the_same_judgements(self) -> None:
        for case in self.cases:
            every = judgements(case)
            assert [(j.id, j.act, j.value) for j in every] == [(j.id, j.act, j.value) for j in self.model.judgements]
            assert [j.id for j in in_force(every)] == self.model.force()


def _search(place: Callable[[], str], examples: int) -> None:
    run_state_machine_as_test(
        cast("type[RuleBasedStateMachine]", lambda: Machine(place)),
        settings=settings(
            max_examples=int(os.environ.get("TRUCEBOOK_EXAMPLES", examples)),
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.slow
def test_whatever_is_done_to_a_case_in_a_file() -> None:
    # Every addition is flushed to the disk; memory is quicker.
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108  a folder of its own is made in it
    folder = Path(tempfile.mkdtemp(prefix="trucebook-machine-", dir=memory))
    open_case(str(folder / "empty.truce"), create=True).close()

    def place() -> str:
        # To make the tables takes longer than all that is done with them.
        return str(shutil.copy(folder / "empty.truce", folder / f"{next(_PLACES)}.truce"))

    try:
        _search(place, 25)
    finally:
        shutil.rmtree(folder)


@pytest.mark.slow
def test_whatever_is_done_to_a_case_in_postgresql(postgresql: str) -> None:
    _search(lambda: f"{postgresql}&case=machine{next(_PLACES)}_{os.getpid()}", 2)
