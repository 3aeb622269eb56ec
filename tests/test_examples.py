"""The program finds what examples/planted.json says is planted in the example reports."""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import trucebook
from trucebook.dossier.model import Dossier, Evidence, Finding
from trucebook.span import Span

if TYPE_CHECKING:
    from trucebook.reading.model import Reading

EXAMPLES = Path(__file__).parent.parent / "examples"
PLANTED: dict[str, Any] = json.loads((EXAMPLES / "planted.json").read_text(encoding="utf-8"))

Plant = dict[str, Any]


def named(plant: Plant) -> str:
    return str(plant.get("what") or f"{plant['report']}: {plant['words'][:40]}")


def place(dossier: Dossier, plant: Plant) -> Evidence:
    """Return where the planted words stand; `after` are words before them that make them the only ones."""
    text = dossier.reading(plant["report"]).report.text
    before = plant.get("after", "")
    assert text.count(before + plant["words"]) == 1, f"the words of {named(plant)} must stand once in the report"
    start = text.index(before + plant["words"]) + len(before)
    return Evidence(report=plant["report"], span=Span(start, start + len(plant["words"])))


def shares(one: Evidence, other: Evidence) -> bool:
    """Whether two pieces of evidence share at least a third of the shorter one."""
    shorter = min(one.span.length, other.span.length)
    return one.report == other.report and one.span.overlap(other.span) * 3 >= shorter > 0


def sides_met(finding: Finding, sides: list[list[Evidence]]) -> bool:
    """Whether every side has a position of its own among the finding's, with evidence on that side alone."""
    wanted = [
        {
            i
            for i, position in enumerate(finding.positions)
            if any(shares(e, s) for e in position.evidence for s in side)
        }
        for side in sides
    ]
    return any(len(set(choice)) == len(sides) for choice in itertools.product(*wanted))


@pytest.fixture(scope="module")
def dossier() -> Dossier:
    return trucebook.brief(EXAMPLES / "velonia")


@pytest.fixture(scope="module")
def readings(dossier: Dossier) -> dict[str, Reading]:
    return {reading.report.id: reading for reading in dossier.readings}


def test_all_five_reports_are_read_and_nothing_beside_them(dossier: Dossier) -> None:
    assert [r.report.id for r in dossier.readings] == [
        "daily-sentinel", "esme-monitor", "harbour-wire", "northern-lantern", "valley-courier",
    ]  # fmt: skip
    assert {r.report.outlet for r in dossier.readings} == {
        "The Daily Sentinel", "Esme Monitor", "Harbour Wire", "The Northern Lantern", "Valley Courier",
    }  # fmt: skip
    assert str(dossier.as_of) == "2024-05-15"
    assert dossier.copies == {}


@pytest.mark.parametrize("plant", PLANTED["furniture"], ids=named)
def test_furniture_is_marked(dossier: Dossier, plant: Plant) -> None:
    where = place(dossier, plant)
    marked = [f for f in dossier.reading(plant["report"]).furniture if f.span.covers(where.span)]
    assert [f.kind for f in marked] == [plant["kind"]]


@pytest.mark.parametrize("words", PLANTED["not_on_the_page"])
def test_navigation_and_footer_of_the_page_are_no_text(readings: dict[str, Reading], words: str) -> None:
    report = readings["northern-lantern"].report
    assert words not in report.text
    assert report.page is not None
    assert words in report.page


def test_nothing_is_read_from_furniture(dossier: Dossier) -> None:
    for reading in dossier.readings:
        blocks = [f.span for f in reading.furniture if f.kind != "footnote-mark"]
        said = [span for a in reading.attributions for span in a.content]
        assert [s for s in said if any(s.touches(block) for block in blocks)] == []


@pytest.mark.parametrize("plant", PLANTED["quotations"], ids=named)
def test_a_quotation_has_its_exact_words_and_its_speaker(dossier: Dossier, plant: Plant) -> None:
    where = place(dossier, plant)
    # A quotation of several sentences may be kept as several, where other reports print only some of them.
    found = {
        (variant.span, quote.speaker)
        for quote in dossier.quotes
        for variant in quote.variants
        if variant.report == where.report and variant.span.touches(where.span)
    }
    assert {speaker for _, speaker in found} == {plant["speaker"]}
    assert sum(span.overlap(where.span) for span, _ in found) >= 0.95 * where.span.length
    assert sum(span.length for span, _ in found) <= where.span.length


@pytest.mark.parametrize("plant", PLANTED["reworded"], ids=named)
def test_rewordings_are_one_quotation_with_its_differences(dossier: Dossier, plant: Plant) -> None:
    places = [place(dossier, variant) for variant in plant["variants"]]
    quotes = [
        quote
        for quote in dossier.quotes
        if all(any(v.report == p.report and v.span.touches(p.span) for v in quote.variants) for p in places)
    ]
    assert {quote.speaker for quote in quotes} == {plant["speaker"]}
    assert not all(quote.same_wording for quote in quotes)


@pytest.mark.parametrize("plant", PLANTED["disputes"], ids=named)
def test_a_dispute_is_shown_side_by_side(dossier: Dossier, plant: Plant) -> None:
    sides = [[place(dossier, p) for p in side] for side in plant["sides"]]
    met = [f for f in dossier.findings if f.standing == "disputed" and sides_met(f, sides)]
    assert plant["kind"] in {f.kind for f in met}


@pytest.mark.parametrize("plant", PLANTED["lookalikes"], ids=named)
def test_a_look_alike_is_not_raised(dossier: Dossier, plant: Plant) -> None:
    places = [place(dossier, p) for p in plant["sides"]]
    raised = [
        f
        for f in dossier.findings
        if f.standing == "disputed"
        and any(sides_met(f, [[one], [other]]) for one, other in itertools.permutations(places, 2))
        # A position may show a sentence that tells of the dead as well; its value says which of the two it is about.
        and any(number in p.value.lower() for p in f.positions for number in ("26", "dozen"))
    ]
    assert [f.statement for f in raised] == []


@pytest.mark.parametrize("plant", PLANTED["agreed"], ids=named)
def test_what_several_reports_tell_is_one_corroborated_finding(dossier: Dossier, plant: Plant) -> None:
    places = [place(dossier, p) for p in plant["evidence"]]
    told_by = max(
        len({p.report for p in places if any(shares(e, p) for side in f.positions for e in side.evidence)})
        for f in dossier.findings
        if f.standing == "corroborated"
    )
    assert told_by >= 2


@pytest.mark.parametrize("plant", PLANTED["conditions"], ids=named)
def test_a_condition_stays_with_the_answer(dossier: Dossier, plant: Plant) -> None:
    where = place(dossier, plant)
    conditions = [c.condition for c in dossier.reading(plant["report"]).clauses if c.condition]
    assert any(condition.touches(where.span) for condition in conditions)


def test_the_report_that_drops_the_condition_is_shown_against_those_that_keep_it(dossier: Dossier) -> None:
    places = [place(dossier, p) for p in PLANTED["conditions"]]
    bound = [f for f in dossier.findings if any(shares(c, p) for c in f.conditions for p in places)]
    tellers = {e.report for f in bound for p in f.positions for e in p.evidence}
    assert PLANTED["condition_dropped_by"] in tellers


@pytest.mark.parametrize("names", PLANTED["one_actor"], ids=lambda names: names[0])
def test_spellings_of_one_name_are_one_actor(dossier: Dossier, names: list[str]) -> None:
    assert [set(names) <= {a.name, *a.aliases} for a in dossier.actors if {a.name, *a.aliases} & set(names)] == [True]


@pytest.mark.parametrize("names", PLANTED["never_one_actor"], ids=" and ".join)
def test_like_names_of_two_actors_stay_two(dossier: Dossier, names: list[str]) -> None:
    holders = [{i for i, a in enumerate(dossier.actors) if name in {a.name, *a.aliases}} for name in names]
    assert all(holders)
    assert set.intersection(*holders) == set()


@pytest.mark.parametrize("plant", PLANTED["times"], ids=named)
def test_a_time_has_its_value(dossier: Dossier, plant: Plant) -> None:
    where = place(dossier, plant)
    found = [t.value for t in dossier.reading(plant["report"]).times if t.span.touches(where.span)]
    assert found == [plant["value"]]


@pytest.mark.parametrize("plant", PLANTED["planned"], ids=named)
def test_a_planned_meeting_is_on_the_timeline_as_planned(dossier: Dossier, plant: Plant) -> None:
    where = place(dossier, plant)
    entries = [e for e in dossier.timeline if any(shares(evidence, where) for evidence in e.evidence)]
    assert [(e.when, e.planned) for e in entries] == [(plant["when"], True)]
