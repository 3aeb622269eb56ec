"""What could be known then: replaying a time gives what a case gave that had nothing later in it."""

from __future__ import annotations

import datetime
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from record_stubs import BERG, QUOTED, THORNE, Clock, maker, put, read, report

from trucebook.casework import Work, brief_of, catch_up, read_when, reread, subject_in
from trucebook.errors import NothingToReadError, SettingsError
from trucebook.reading.read import ReadingSettings
from trucebook.record.adding import Incoming, add
from trucebook.record.case import Case, open_case
from trucebook.record.judgements import Decision, judge, judgements, undo
from trucebook.record.replay import known_then, outgrown
from trucebook.record.when import NOW, When, moment

if TYPE_CHECKING:
    from collections.abc import Sequence

TEXTS = (
    BERG,
    THORNE,
    QUOTED,
    f"{BERG} {THORNE}",
    f"{THORNE} {QUOTED}",
    "A. Berg of Velonia opened the northern bridge.",
)
DAYS = ("2031-05-07", "2031-05-08", "2031-05-09")
_ADD = st.tuples(
    st.just("add"), st.integers(0, 3), st.integers(0, len(TEXTS) - 1), st.sampled_from(DAYS), st.sampled_from("12")
)
_STEPS = st.lists(_ADD | st.tuples(st.just("merge")) | st.tuples(st.just("undo")), min_size=2, max_size=8)


def play(case: Case, clock: Clock, steps: Sequence[tuple[object, ...]]) -> list[int]:
    """Do the steps one after the other; return the time after each."""
    times = []
    for step in steps:
        clock.now += 1_000
        match step:
            case ("add", int(n), int(text), str(day), str(program)):
                put(case, report(f"r{n}", TEXTS[text], day=day, url=f"https://quay.example/{n}"), program=program)
            case ("merge",):
                _merge(case)
            case ("undo",):
                for made in judgements(case)[:1]:
                    if made.id not in {j.value for j in judgements(case)}:
                        undo(case, made.id, user="ida")
        times.append(clock.now + 500)
    return times


def _merge(case: Case) -> None:
    names = {a.name for r in known_then(case).readings for a in r.actors}
    if {"Anna Berg", "A. Berg"} <= names:
        judge(case, subject_in(case, "actor", "Anna Berg"), Decision(act="merge", names=("A. Berg",)), user="ida")


def shown(case: Case, when: When = NOW) -> bytes:
    """A brief, as bytes; what a judgement is called, which is chance, aside."""
    try:
        dossier = brief_of(case, when).dossier
    except NothingToReadError:
        return b"nothing"
    judged = tuple(
        msgspec.structs.replace(j, judgement=msgspec.structs.replace(j.judgement, id="")) for j in dossier.judged
    )
    return msgspec.json.encode(msgspec.structs.replace(dossier, judged=judged))


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=_STEPS, at=st.integers(0, 7), day=st.sampled_from((None, *DAYS)))
def test_what_is_replayed_is_what_was_known_then(
    postgresql_or_none: str | None, steps: list[tuple[object, ...]], at: int, day: str | None
) -> None:
    upto = min(at, len(steps) - 1)
    as_of = datetime.date.fromisoformat(day) if day else None
    with tempfile.TemporaryDirectory() as folder:
        clock, then_clock = Clock(), Clock()
        whole = (
            f"{postgresql_or_none}&case=w{abs(hash(folder))}" if postgresql_or_none else str(Path(folder, "w.truce"))
        )
        with (
            open_case(whole, create=True, clock=clock) as case,
            open_case(str(Path(folder, "then.truce")), create=True, clock=then_clock) as then,
        ):
            times = play(case, clock, steps)
            play(then, then_clock, steps[: upto + 1])
            replayed = shown(case, When(as_of=as_of, known_at=moment(times[upto])))
            assert replayed == shown(then, When(as_of=as_of))


@pytest.fixture(params=["sqlite", "postgresql"])
def postgresql_or_none(request: pytest.FixtureRequest) -> str | None:
    return None if request.param == "sqlite" else request.getfixturevalue("postgresql")


def test_a_version_counts_from_when_it_was_recorded_and_published(place: str) -> None:
    clock, url = Clock(), "https://quay.example/1"
    with open_case(place, create=True, clock=clock) as case:
        put(case, report("one", BERG, day="2031-05-07", url=url))
        clock.now += 1_000_000
        put(case, report("one", THORNE, day="2031-05-09", url=url))

        def texts(when: When) -> list[str]:
            return [r.report.text for r in known_then(case, when).readings]

        assert texts(NOW) == [THORNE]
        assert texts(When(known_at=moment(clock.now - 1))) == [BERG]
        assert texts(When(as_of=datetime.date(2031, 5, 8))) == [BERG]
        assert texts(When(as_of=datetime.date(2031, 5, 6))) == []
        assert brief_of(case, When(as_of=datetime.date(2031, 5, 12))).dossier.as_of == datetime.date(2031, 5, 12)


def test_reports_without_a_day_are_named_where_a_day_is_asked_about(case: Case) -> None:
    put(case, report("dated", BERG))
    put(case, report("undated", THORNE, day=None))
    told = brief_of(case, When(as_of=datetime.date(2031, 5, 7)))
    assert [r.report.id for r in told.dossier.readings] == ["dated"]
    assert any("undated: without a day of publication" in w for w in told.warnings)
    assert len(brief_of(case).dossier.readings) == 2


def test_a_reading_by_another_program_is_told_and_reread(case: Case) -> None:
    put(case, report("one", f"{BERG} {QUOTED}"))
    assert any("1 reports were read by another version" in w for w in brief_of(case).warnings)
    assert list(reread(case)) == ["one"]
    assert brief_of(case).warnings == ()
    assert list(reread(case)) == []


def test_two_things_recorded_at_one_instant_have_an_order(case: Case) -> None:
    clock = Clock()
    case.clock = clock
    put(case, report("one", BERG))
    put(case, report("two", THORNE))
    assert [r.report.id for r in known_then(case, When(known_at=moment(clock.now))).readings] == []
    with case.reading() as connection:
        from trucebook.record.schema import version  # noqa: PLC0415  for this test alone

        times = connection.execute(version.select().with_only_columns(version.c.recorded)).scalars().all()
    assert len(set(times)) == 2


@pytest.mark.parametrize(("as_of", "known_at"), [("2031-13-01", None), (None, "yesterday"), (None, "2031-05-07")])
def test_a_time_that_is_none_is_refused(as_of: str | None, known_at: str | None) -> None:
    with pytest.raises(SettingsError, match="write"):
        read_when(as_of, known_at)


def test_a_time_with_a_zone_is_that_moment() -> None:
    one, other = read_when(None, "2031-05-07T18:00+02:00"), read_when(None, "2031-05-07T16:00+00:00")
    assert one.recorded == other.recorded


def test_makers_are_told_apart_by_anything_that_has_a_say() -> None:
    assert maker("1").digest != maker("2").digest
    assert maker("1").digest == maker("1").digest


def test_what_an_earlier_program_read_in_the_same_way_is_outgrown(case: Case) -> None:
    now = maker("2.10")
    for name, program in (("old", "2.9"), ("now", "2.10"), ("newer", "3.0"), ("both", "2.9")):
        put(case, report(name, f"{BERG} {name}.", url=f"https://quay.example/{name}"), program=program)
    put(case, report("both", f"{BERG} both.", url="https://quay.example/both"), program="2.10")
    other = msgspec.structs.replace(maker("2.9"), settings=ReadingSettings(model="another"))
    told = report("chosen", BERG)
    add(case, Incoming(report=told, original=b""), read(told), other, user="ida")
    assert [held.report.id for held in outgrown(case, now)] == ["old"]
    assert next(iter(outgrown(case, now))).report.text == f"{BERG} old."
    assert list(outgrown(case, maker("2.8"))) == []


def test_of_a_report_with_versions_the_latest_is_outgrown(case: Case) -> None:
    for text in (BERG, THORNE):
        put(case, report("one", text, url="https://quay.example/1"), program="1")
    assert [held.report.text for held in outgrown(case, maker("2"))] == [THORNE]


def test_a_case_that_is_caught_up_has_nothing_outgrown_and_keeps_what_people_judged(case: Case) -> None:
    put(case, report("one", BERG), program="0.0.1")
    work = Work(settings=maker().settings, reader=read)
    subject = subject_in(case, "actor", "Anna Berg")
    made = judge(case, subject, Decision(act="note", value="seen"), user="ida")
    assert list(catch_up(case, work)) == ["one"]
    assert list(catch_up(case, work)) == []
    assert [j.id for j in known_then(case).judgements] == [made.id]
