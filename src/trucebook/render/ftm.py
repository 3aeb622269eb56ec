"""A dossier's actors as FollowTheMoney entities, one JSON object a line, for OpenAleph, OpenSanctions and the like.

Each report is an `Article`; each person a `Person`, each state a `Territory`, each office of a state a `PublicBody`
and any other organisation an `Organization`; each form by which a report names a person or organisation is a `Mention`.
Places are left out: what they are is not told. Ids are hashes of what an entity is, and the same in every run.

The format is that of https://followthemoney.tech (4.11: a state is a `Territory` there, `Country` being gone).
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from typing import TYPE_CHECKING

import msgspec

from trucebook.reading.gazetteer import state_behind, states
from trucebook.render.shown import line, web_address

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from trucebook.dossier.model import Actor, Dossier
    from trucebook.reading.model import Reading
    from trucebook.report import Report

    Entity = dict[str, object]

_LEGAL = frozenset({"person", "organisation"})
_PRESENT = frozenset({"now", "acting"})


def render_ftm(dossier: Dossier) -> bytes:
    """Return the actors, the reports and the mentions between them as lines of JSON in UTF-8."""
    return b"".join(msgspec.json.encode(entity) + b"\n" for entity in entities(dossier))


def entities(dossier: Dossier) -> Iterator[Entity]:
    """Yield the entities of a dossier: reports, then actors, then mentions."""
    reports = {r.report.id: _id("report", r.report.sha256, r.report.id) for r in dossier.readings}
    shown = [actor for actor in dossier.actors if actor.type != "place"]
    for reading in dossier.readings:
        yield _article(reading.report, reports[reading.report.id])
    for actor in shown:
        yield _actor(actor, reports)
    for reading in dossier.readings:
        yield from _mentions(reading, shown, reports[reading.report.id])


def _id(*parts: str) -> str:
    told = "\0".join(parts).encode("utf-8", "replace")
    return "trucebook-" + hashlib.sha256(told).hexdigest()[:32]


def actor_id(actor: Actor) -> str:
    """Return the id of an actor: a hash of its type and canonical name."""
    return _id("actor", actor.type, actor.name)


def _entity(id_: str, schema: str, properties: Mapping[str, Iterable[str | None]]) -> Entity:
    cleaned = {name: sorted({line(v) for v in values if v and line(v)}) for name, values in properties.items()}
    return {"id": id_, "schema": schema, "properties": {name: values for name, values in cleaned.items() if values}}


def _article(report: Report, id_: str) -> Entity:
    return _entity(
        id_,
        "Article",
        {
            "fileName": [report.path.rsplit("/", 1)[-1]],
            "title": [report.title or report.id],
            "author": [report.author],
            "publisher": [report.outlet],
            "sourceUrl": [web_address(report.url)],
            "date": [report.published.isoformat() if report.published else None],
            "language": ["eng"],
        },
    )


def _actor(actor: Actor, reports: Mapping[str, str]) -> Entity:
    properties: dict[str, Iterable[str | None]] = {
        "name": [actor.name],
        # A description, or one word of a person's name, is what others may be called too.
        "alias": [a for a in actor.aliases if a != actor.name and not _weak(a, actor)],
        "weakAlias": [a for a in actor.aliases if a != actor.name and _weak(a, actor)],
        "wikidataId": [actor.given.identifiers.get("wikidata") if actor.given else None],
        "notes": [f"{m.names[0]} and {m.names[1]}: {m.reason} ({m.score:.0f} of 100)" for m in actor.merges],
        "proof": [reports[r] for r in actor.reports],
    }
    code = _codes().get(actor.name if actor.type == "state" else actor.state.value if actor.state else "")
    if actor.type == "person":
        properties["position"] = [o.words for o in actor.offices if o.when in _PRESENT]
    properties["territoryCode" if actor.type == "state" else "country"] = [code]
    if actor.type == "state":
        properties["level"] = ["country"]
    return _entity(actor_id(actor), _schema(actor), properties)


def _weak(alias: str, actor: Actor) -> bool:
    first = alias.partition(" ")[0].lower()
    bare = actor.type == "person" and len([w for w in alias.split() if not w.endswith(".")]) == 1
    return bare or alias.islower() or first in {"the", "his", "her", "its", "whose"}


def _schema(actor: Actor) -> str:
    if actor.type == "organisation":
        return "PublicBody" if state_behind(actor.name) or actor.state is not None else "Organization"
    return {"person": "Person", "state": "Territory"}[actor.type]


def _codes() -> Mapping[str, str]:
    return {s.name: s.iso.lower() for s in states() if s.iso}


def _mentions(reading: Reading, shown: Sequence[Actor], article: str) -> Iterator[Entity]:
    """One a form by which the report names an actor; the format resolves mentions to legal entities alone."""
    homes: dict[str, list[Actor]] = defaultdict(list)
    for actor in shown:
        for name in {actor.name, *actor.aliases} if reading.report.id in actor.reports else ():
            homes[name].append(actor)
    found: dict[tuple[str, str], Actor] = {}
    for mention in reading.mentions:
        owners = homes.get(mention.actor, [])
        if len(owners) == 1 and owners[0].type in _LEGAL and mention.type != "place":
            found.setdefault((actor_id(owners[0]), line(mention.span.of(reading.report.text))), owners[0])
    for (id_, form), actor in found.items():
        properties = {"document": [article], "resolved": [id_], "name": [form], "detectedSchema": [_schema(actor)]}
        yield _entity(_id("mention", article, id_, form), "Mention", properties)
