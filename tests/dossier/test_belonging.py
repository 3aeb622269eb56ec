from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import pytest

from trucebook.dossier.actors import merge_actors
from trucebook.reading.known import KnownActor
from trucebook.reading.read import read_report
from trucebook.report import Report

if TYPE_CHECKING:
    from trucebook.dossier.model import Actor


def actors(*texts: str, known: tuple[KnownActor, ...] = ()) -> dict[str, Actor]:
    """The actors of reports that were published on the first days of May, by name."""
    readings = [
        read_report(Report(id=str(i), path="x", sha256="0", text=t, published=datetime.date(2024, 5, i)))
        for i, t in enumerate(texts, start=1)
    ]
    return {a.name: a for a in merge_actors(readings, known).actors}


OFFICES: dict[str, tuple[str, str, tuple[str, str, tuple[str, ...], tuple[str, ...]]]] = {
    # Text, person; words, when, states and other actors.
    "now": ("Danish Foreign Minister Ada Marlow left.", "Ada Marlow", ("Danish Foreign Minister", "now", ("Denmark",), ())),
    "no longer": ("Former Danish envoy Ada Marlow left.", "Ada Marlow", ("Former Danish envoy", "former", ("Denmark",), ())),
    "acting": ("Acting President Ada Marlow left.", "Ada Marlow", ("Acting President", "acting", (), ())),
    "of an organisation": (
        "The Halden Fisheries Council met. Ada Marlow, director of the Halden Fisheries Council, left.",
        "Ada Marlow",
        ("director of the Halden Fisheries Council", "now", (), ("Halden Fisheries Council",)),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "person", "told"), OFFICES.values(), ids=OFFICES.keys())
def test_offices(text: str, person: str, told: tuple[str, str, tuple[str, ...], tuple[str, ...]]) -> None:
    (office,) = actors(text)[person].offices
    assert (office.words, office.when, office.states, office.of) == told
    assert [text[slice(*e.span)] for e in office.evidence] == [told[0]]


def test_an_office_that_changes_hands_of_time_is_told_apart_with_its_days() -> None:
    ada = actors(
        "Danish envoy Ada Marlow left.", "Danish envoy Ada Marlow left.", "Former Danish envoy Ada Marlow left."
    )["Ada Marlow"]
    days = [(o.when, o.first_told, o.last_told, len(o.evidence)) for o in ada.offices]
    assert days == [
        ("now", datetime.date(2024, 5, 1), datetime.date(2024, 5, 2), 2),
        ("former", datetime.date(2024, 5, 3), datetime.date(2024, 5, 3), 1),
    ]


STATES: dict[str, tuple[str, str, str | None]] = {
    "by the office": ("Danish envoy Ada Marlow left.", "Ada Marlow", "Denmark"),
    "by a former office": ("Former Danish envoy Ada Marlow left.", "Ada Marlow", None),
    "by two offices": ("Danish envoy Ada Marlow left. Swedish envoy Ada Marlow came back.", "Ada Marlow", None),
    "by the one whom the office serves": (
        "Danish President Ada Marlow left. Ida Holm, Marlow’s chief of staff, stayed.", "Ida Holm", "Denmark",
    ),
    "by no office": ("Ada Marlow left.", "Ada Marlow", None),
    "an office of a state": ("The White House said it would wait.", "White House", "United States"),
    "a ministry": ("The Danish Defence Ministry said it would wait.", "Danish Defence Ministry", "Denmark"),
    "an organisation of nobody's": ("The Halden Fisheries Council met.", "Halden Fisheries Council", None),
}  # fmt: skip


@pytest.mark.parametrize(("text", "name", "state"), STATES.values(), ids=STATES.keys())
def test_for_which_state_an_actor_acts(text: str, name: str, state: str | None) -> None:
    actor = actors(text)[name]
    assert (actor.state.value if actor.state else None) == state
    assert actor.side == actor.state
    assert actor.state is None or actor.state.evidence


def test_what_the_user_gives_stands_apart_from_what_reports_tell() -> None:
    known = KnownActor(
        name="Ada Marlow",
        type="person",
        role="judge",
        state="Norway",
        side="go-betweens",
        identifiers={"wikidata": "Q42"},
    )
    ada = actors("Danish envoy Ada Marlow left.", known=(known,))["Ada Marlow"]
    assert ada.given is not None
    assert ada.given.identifiers == {"wikidata": "Q42"}
    assert ada.side is not None
    assert (ada.side.value, ada.side.given) == ("go-betweens", True)
    assert ada.state is not None
    assert (ada.state.value, ada.state.given) == ("Denmark", False)
    assert ada.roles == ("Danish envoy",)
