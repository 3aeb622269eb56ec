"""Reports of one event stand together, those of others apart, in whatever order they come."""

from __future__ import annotations

import pytest
from factories import reading

from trucebook.api import read_text
from trucebook.dossier.actors import merge_actors
from trucebook.dossier.events import events
from trucebook.reading.model import Clause
from trucebook.span import Span

TRUCE = (
    "Norway has agreed to a 30-day truce with Iceland. Anna Berg met the envoys in Oslo.",
    "Iceland said that Norway accepted the truce in Oslo, where Anna Berg met its envoys.",
)
FERRY = (
    "A ferry sank off Sicily on Monday. Divers searched the wreck for the crew.",
    "Divers have searched the wreck of the ferry that sank off Sicily.",
)


def grouped(*texts: str) -> set[frozenset[str]]:
    readings = [read_text(t, id=f"{i}", published="2031-05-07") for i, t in enumerate(texts)]
    found = events(readings, merge_actors(tuple(readings)).canonical)
    return {frozenset(r.report.text for r in group) for group in found}


@pytest.mark.parametrize(
    "texts", [(*TRUCE, *FERRY), (FERRY[0], TRUCE[0], FERRY[1], TRUCE[1])], ids=["in a row", "mixed"]
)
def test_reports_of_one_event_stand_together(texts: tuple[str, ...]) -> None:
    assert grouped(*texts) == {frozenset(TRUCE), frozenset(FERRY)}


def test_one_report_is_an_event() -> None:
    assert grouped(TRUCE[0]) == {frozenset(TRUCE[:1])}


def test_no_reports_have_no_events() -> None:
    assert events([], {}) == []


WORDS_OF_WAR = (
    "shell",
    "kill",
    "truce",
    "agree",
    "withdraw",
    "gun",
    "road",
    "open",
    "prisoner",
    "exchange",
    "deny",
    "strike",
    "port",
    "aid",
    "truck",
)


def _war(number: int, report: int) -> tuple[str, ...]:
    return (*WORDS_OF_WAR, *(f"@Name{number}{letter}" for letter in "abcde"), f"detail{number}{report}")


def test_many_wars_told_in_the_same_words_stay_apart() -> None:
    readings = [
        reading(f"{i:04}", "x", clauses=(Clause(span=Span(0, 1), sentence=0, predicate="x", words=_war(i // 5, i)),))
        for i in range(1000)
    ]
    found = [[int(r.report.id) // 5 for r in group] for group in events(readings, {})]
    assert found == [[war] * 5 for war in range(200)]


def test_a_large_pile_about_one_war_is_not_torn_apart() -> None:
    readings = [
        reading(f"{i:04}", "x", clauses=(Clause(span=Span(0, 1), sentence=0, predicate="x", words=_war(0, i)),))
        for i in range(300)
    ]
    assert len(events(readings, {})) == 1


PORT = (
    """Dockers in the port of Varna put down their tools on Monday. Their union, Pristan, wants a tenth more pay. No
    container has left the quay since.""",
    """Bulgaria's largest harbour stood idle for a second day. Pristan, which speaks for the stevedores, said that its
    members would stay out until wages rise by ten percent.""",
    """Shipping lines are sending vessels past Varna while a walkout over pay goes on. Exporters of grain fear for their
    contracts.""",
)
HILLS = (
    "Kenya's envoy said on Friday that both armies in the hills of Laikar would hold their fire for sixty days.",
    "The guns around Laikar are to fall silent for two months under a pause that Nairobi brokered.",
)


@pytest.mark.parametrize("texts", [PORT, HILLS], ids=["a walkout", "a truce"])
def test_short_reports_of_one_event_stand_together(texts: tuple[str, ...]) -> None:
    assert grouped(*texts) == {frozenset(texts)}


def test_a_few_reports_of_other_matters_stand_apart() -> None:
    others = (PORT[0], FERRY[0], TRUCE[0])
    assert grouped(*others) == {frozenset([text]) for text in others}


def test_alike_matter_without_a_shared_name_is_no_event_among_many() -> None:
    alike = [
        read_text(f"{a} has agreed to a truce with {b}. Its envoy flew home.", id=f"{i:03}", published="2031-05-07")
        for i, (a, b) in enumerate((f"Mr. {x}ov", f"Mr. {x}ev") for x in (f"{p}{q}" for p in "BDGKLM" for q in "aeiou"))
    ]
    found = events(alike, merge_actors(tuple(alike)).canonical)
    assert max(map(len, found)) == 1
