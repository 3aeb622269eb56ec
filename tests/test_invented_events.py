"""The invented events that the sentence encoder is tuned on: their marks, and what they say of two statements."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from programs import load_program
from trucebook.dossier.features import Statement
from trucebook.reading.model import Clause
from trucebook.report import Report
from trucebook.span import Span

ROOT = Path(__file__).parent.parent


invented = load_program(ROOT / "training" / "pairs" / "invented.py")
EVENTS = {event.name: event for event in invented.events()}


@pytest.mark.parametrize("name", EVENTS)
def test_every_event_is_well_marked(name: str) -> None:
    event = EVENTS[name]
    told = defaultdict(set)
    for report in event.reports:
        assert not set("{}") & set(report.text), "a mark that is not closed, or not a mark"
        for mark in event.marks[report.id]:
            assert mark.span.of(report.text).strip() == mark.span.of(report.text)
            told[mark.fact].add(report.id)
    assert len(event.reports) > 1
    assert sum(len(reports) > 1 for reports in told.values()) >= 10


def statement(report: str, start: int, end: int) -> Statement:
    clause = Clause(span=Span(start, end), sentence=0, predicate="be", words=("be",))
    return Statement(report, 0, clause, frozenset({"be"}), "be", frozenset(), 0.0)


VERDICTS = {
    "one fact": ((0, 20), (0, 22), "same"),
    "one fact and less than all of it": ((0, 20), (0, 12), "same"),
    "other words of one thing": ((30, 50), (30, 50), "differs"),
    "two facts": ((0, 20), (30, 50), "apart"),
    "what nobody else tells": ((60, 80), (0, 20), "apart"),
    "a sentence that holds the fact beside others": ((0, 80), (0, 20), "unsure"),
}


@pytest.mark.parametrize(("one", "other", "verdict"), VERDICTS.values(), ids=VERDICTS.keys())
def test_statements_are_judged_by_the_facts_they_tell(
    one: tuple[int, int], other: tuple[int, int], verdict: str
) -> None:
    facts = (invented.Mark(Span(0, 20), 1, ""), invented.Mark(Span(30, 50), 2, "a"))
    others = (facts[0], invented.Mark(Span(30, 50), 2, "b"))
    reports = tuple(Report(id=i, path=i, sha256="0", text="x" * 90) for i in "ab")
    event = invented.Event("an event", reports, {"a": facts, "b": others})
    assert invented.verdict(event, statement("a", *one), statement("b", *other)) == verdict
