"""Reports of one event stand together, those of others apart, in whatever order they come."""

from __future__ import annotations

import pytest

from trucebook.api import read_text
from trucebook.dossier.actors import merge_actors
from trucebook.dossier.events import events

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
