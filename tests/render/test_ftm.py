from __future__ import annotations

import json
from typing import Any

import pytest

from trucebook.dossier.model import Actor, Belonging, Dossier, Evidence, Given, Held, Merge
from trucebook.reading.model import Mention, Reading
from trucebook.render.ftm import actor_id, entities, render_ftm
from trucebook.report import Report
from trucebook.span import Span

TEXT = "Danish envoy Ada Marlow left. Marlow and the White House spoke to Halden Watch in Oslo."
PLACE = Evidence(report="a", span=Span(0, 12))
# The properties of FollowTheMoney 4.11 that each schema has, of those that are used here; "entity" ones hold ids.
THING = {"name", "alias", "weakAlias", "country", "notes", "wikidataId", "proof"}
SCHEMAS = {
    "Article": {"fileName", "title", "author", "publisher", "sourceUrl", "date", "language"},
    "Person": THING | {"position"},
    "Organization": THING,
    "PublicBody": THING,
    "Territory": THING | {"territoryCode", "level"},
    "Mention": {"document", "resolved", "name", "detectedSchema"},
}
REQUIRED = {"Article": {"fileName"}, "Mention": {"document", "name"}}


def mention(words: str, actor: str, kind: Any = "person") -> Mention:  # noqa: ANN401
    at = TEXT.rindex(words)
    return Mention(span=Span(at, at + len(words)), actor=actor, type=kind)


def dossier() -> Dossier:
    state = Belonging(value="Denmark", evidence=(PLACE,))
    ada = Actor(
        name="Ada Marlow",
        type="person",
        aliases=("Ada Marlow", "A. Marlow", "Marlow", "the envoy"),
        mentions=2,
        reports=("a",),
        merges=(Merge(names=("A. Marlow", "Ada Marlow"), reason="an initial and its name", score=85.0),),
        offices=(
            Held(words="Danish envoy", when="now", states=("Denmark",), evidence=(PLACE,)),
            Held(words="former judge", when="former", evidence=(PLACE,)),
        ),
        state=state,
        given=Given(identifiers={"wikidata": "Q42"}),
    )
    others = [
        Actor(name="White House", type="organisation", aliases=("White House",), mentions=1, reports=("a",)),
        Actor(name="Halden Watch", type="organisation", aliases=("Halden Watch",), mentions=1, reports=("a",)),
        Actor(name="Denmark", type="state", aliases=("Denmark",), mentions=1, reports=("a",)),
        Actor(name="Oslo", type="place", aliases=("Oslo",), mentions=1, reports=("a",)),
    ]
    reading = Reading(
        report=Report(id="a", path="x/a.txt", sha256="0" * 64, text=TEXT, outlet="Wire", url="javascript:alert(1)"),
        mentions=(
            mention("Ada Marlow", "Ada Marlow"),
            mention("Marlow", "Ada Marlow"),
            mention("White House", "White House", "organisation"),
            mention("Oslo", "Oslo", "place"),
        ),
    )
    return Dossier(as_of=None, readings=(reading,), actors=(ada, *others))


def lines() -> list[dict[str, Any]]:
    return [json.loads(line) for line in render_ftm(dossier()).splitlines()]


def named(name: str) -> dict[str, Any]:
    return next(e for e in lines() if e["schema"] not in {"Mention", "Article"} and e["properties"]["name"] == [name])


def test_every_entity_has_a_schema_of_the_format_and_its_properties() -> None:
    every = lines()
    for entity in every:
        assert set(entity) == {"id", "schema", "properties"}
        assert set(entity["properties"]) <= SCHEMAS[entity["schema"]]
        assert set(entity["properties"]) >= REQUIRED.get(entity["schema"], {"name"})
        assert all(isinstance(v, str) and v for values in entity["properties"].values() for v in values)
    assert len({e["id"] for e in every}) == len(every)


def test_schemas() -> None:
    assert [e["schema"] for e in lines()] == [
        "Article", "Person", "PublicBody", "Organization", "Territory", "Mention", "Mention", "Mention",
    ]  # fmt: skip


def test_a_person_is_told_with_names_by_their_strength_and_present_offices() -> None:
    (article,) = [e["id"] for e in lines() if e["schema"] == "Article"]
    assert named("Ada Marlow")["properties"] == {
        "name": ["Ada Marlow"],
        "weakAlias": ["A. Marlow", "Marlow", "the envoy"],
        "position": ["Danish envoy"],
        "country": ["dk"],
        "wikidataId": ["Q42"],
        "notes": ["A. Marlow and Ada Marlow: an initial and its name (85 of 100)"],
        "proof": [article],
    }


def test_a_state_is_a_territory_with_its_code() -> None:
    assert named("Denmark")["properties"]["territoryCode"] == ["dk"]
    assert "country" not in named("Denmark")["properties"]


def test_mentions_lead_from_a_report_to_an_actor() -> None:
    ada = actor_id(dossier().actors[0])
    found = {(e["properties"]["name"][0], e["properties"]["resolved"][0]) for e in lines() if e["schema"] == "Mention"}
    assert {("Ada Marlow", ada), ("Marlow", ada)} <= found
    assert {name for name, _ in found} == {"Ada Marlow", "Marlow", "White House"}


def test_ids_hang_on_type_and_name_alone() -> None:
    one, other = (
        Actor(name="Halden", type="state", aliases=(), mentions=1),
        Actor(name="Halden", type="place", aliases=(), mentions=1),
    )
    again = Actor(name="Halden", type="state", aliases=("Norvik",), mentions=9)
    assert actor_id(one) == actor_id(again) != actor_id(other)
    assert [e["id"] for e in entities(dossier())] == [e["id"] for e in lines()]


def test_an_address_that_is_none_is_left_out() -> None:
    assert "sourceUrl" not in lines()[0]["properties"]


def test_the_library_accepts_every_entity() -> None:
    followthemoney = pytest.importorskip("followthemoney", reason="followthemoney is not installed: trucebook[ftm]")
    for entity in lines():
        schema = followthemoney.model.get(entity["schema"])
        assert schema is not None
        schema.validate(entity)
        made = followthemoney.model.get_proxy(entity, cleaned=False)
        assert {name: sorted(made.get(name)) for name in entity["properties"]} == entity["properties"]
