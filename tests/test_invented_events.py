"""The invented events that the sentence encoder is tuned on: their marks, and what they say of two statements."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from programs import load_program
from trucebook.dossier.features import Statement
from trucebook.reading.model import Clause
from trucebook.report import Report
from trucebook.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterable

ROOT = Path(__file__).parent.parent


invented = load_program(ROOT / "training" / "pairs" / "invented.py")
EVENTS = {event.name: event for event in invented.events()}
TEXTS = [[report.text for report in event.reports] for event in EVENTS.values()]
WORD = re.compile(r"\w+")
TAG = re.compile(r"<[^>]*>")
# So many words in a row are hardly written twice by chance.
RUN = 8


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


@pytest.mark.parametrize("name", EVENTS)
def test_a_fact_has_no_version_or_several(name: str) -> None:
    versions = defaultdict(set)
    for marks in EVENTS[name].marks.values():
        for mark in marks:
            versions[mark.fact].add(mark.version)
    lonely = [fact for fact, told in versions.items() if told != {""} and ("" in told or len(told) == 1)]
    assert not lonely, "a version that nothing contradicts, or words that do not say which version they tell"


def test_no_two_events_or_reports_share_a_name() -> None:
    names = [path.stem.lower() for path in invented.FOLDER.iterdir()]
    assert len(names) == len(set(names)) == len(EVENTS)
    reports = [report.id for event in EVENTS.values() for report in event.reports]
    assert len(reports) == len(set(reports))


def test_no_report_is_told_twice() -> None:
    runs = Counter(run for texts in TEXTS for run in runs_of_words(texts))
    assert [" ".join(run) for run, events in runs.items() if events > 1] == []


def test_no_report_holds_a_sentence_of_the_real_ones() -> None:
    folder = ROOT.parent / "shared" / "data"
    if not folder.exists():
        pytest.skip("the real reports are not beside this checkout")
    ours = runs_of_words(text for texts in TEXTS for text in texts)
    for path in sorted((*folder.rglob("*.txt"), *folder.rglob("*.tml"))):
        theirs = runs_of_words([TAG.sub("", path.read_text(encoding="utf-8", errors="replace"))])
        assert not ours & theirs, f"words of {path}"


def runs_of_words(texts: Iterable[str]) -> set[tuple[str, ...]]:
    words = (WORD.findall(text.lower()) for text in texts)
    return {run for one in words for run in zip(*(one[at:] for at in range(RUN)), strict=False)}


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
