"""The machine-readable output: the JSON of `trucebook read` and of `trucebook brief`.

Other programs rely on it: fields may be added, not renamed. The bytes depend on nothing but the reading or the dossier.
"""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING

import msgspec

from trucebook.agreement.gather import state_of_play, terms_judged
from trucebook.agreement.gather.told import told_moves
from trucebook.dossier.moves import identified
from trucebook.render.play import filed_object, state_object

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from trucebook.agreement.gather.told import Told
    from trucebook.agreement.held import Filed
    from trucebook.agreement.state import StateOfPlay
    from trucebook.dossier.judgement import Judged
    from trucebook.dossier.model import (
        Actor,
        Belonging,
        CoverageRow,
        Dossier,
        Evidence,
        Finding,
        Held,
        Lookalike,
        Origin,
        Quote,
        Relay,
        TimelineEntry,
        Variant,
    )
    from trucebook.reading.model import (
        Attribution,
        LocalActor,
        Mention,
        Move,
        Quantity,
        Quotation,
        Reading,
        Time,
        When,
        Where,
    )
    from trucebook.report import Refusal, Report
    from trucebook.span import Span

Json = dict[str, object]

SCHEMA = 1


def reading_object(reading: Reading) -> Json:
    """Return a reading as the JSON object of `trucebook read`."""
    return {
        "report": _report(reading.report),
        "furniture": [{"span": list(f.span), "kind": f.kind} for f in reading.furniture],
        "attributions": [_attribution(a) for a in reading.attributions],
        "mentions": [_mention(m) for m in reading.mentions],
        "times": [_time(t) for t in reading.times],
        "quantities": [_quantity(q) for q in reading.quantities],
        "moves": [_move(m.move) | {"id": m.id} for m in identified(reading)],
        "quotations": [_quotation(q) for q in reading.quotations],
        "actors": [_local_actor(a) for a in reading.actors],
        "sentences": [list(s.span) for s in reading.sentences],
        "conditions": [list(span) for span in reading.conditions],
        "abstentions": [
            {"span": list(a.span), "what": a.what, "reason": a.reason, "candidates": list(a.candidates)}
            for a in reading.abstentions
        ],
        "warnings": list(reading.warnings),
        "not_computed": [],
    }


def reading_line(reading: Reading) -> bytes:
    """Return a reading as one line of JSON in UTF-8, with its line break."""
    return encode(reading_object(reading)) + b"\n"


def brief_object(dossier: Dossier, play: StateOfPlay | None = None, filed: Filed | None = None) -> Json:
    """Return a dossier as the JSON object of `trucebook brief`.

    Args:
        dossier: the case.
        play: where its negotiation stands; None: as of the dossier's day, by all reports.
        filed: the case with an agreement file laid beside it.
    """
    texts = {r.report.id: r.report.text for r in dossier.readings}
    state = state_object(play or state_of_play(dossier, events=filed.events if filed else None))
    beside = {"agreement": filed_object(filed)} if filed else {}
    after = _after(dossier)
    return {
        "schema": SCHEMA,
        "trucebook": version("trucebook"),
        "as_of": dossier.as_of.isoformat() if dossier.as_of else None,
        "reports": [
            _report(r.report)
            | {
                "origin": dossier.copies.get(r.report.id),
                "warnings": list(r.warnings),
                "after": after.get(r.report.id, []),
            }
            for r in dossier.readings
        ],
        "actors": [_actor(a) for a in dossier.actors],
        "quotes": [_quote(q, texts) for q in dossier.quotes],
        "findings": [_with_words(_finding(f), texts) for f in dossier.findings],
        "timeline": [_dated(t) for t in dossier.timeline],
        "state": _with_words(state, texts),
        "moves": [_told_move(told, texts[told.report]) for told in told_moves(dossier)],
        "coverage": [_coverage(row, [r.report.id for r in dossier.readings]) for row in dossier.coverage],
        "lookalikes": [_lookalike(x) for x in dossier.lookalikes],
        "refusals": [_refusal(r) for r in dossier.refusals],
        "judgements": [_judged(j) for j in (*dossier.judged, *terms_judged(dossier))],
        "relays": [_relay(r) for r in dossier.relays],
        **beside,
    }  # fmt: skip


def brief_bytes(dossier: Dossier, *, filed: Filed | None = None) -> bytes:
    """Return a dossier as JSON in UTF-8, each report, actor, quote and finding on a line of its own."""
    members = (f"{_text(key)}: {_laid_out(value)}" for key, value in brief_object(dossier, filed=filed).items())
    return ("{" + ",\n".join(members) + "}\n").encode()


def _laid_out(value: object) -> str:
    if isinstance(value, list) and value:
        return "[\n  " + ",\n  ".join(map(_text, value)) + "\n]"
    return _text(value)


def _text(value: object) -> str:
    return encode(value).decode()


def encode(value: object) -> bytes:
    """Return a value as JSON in UTF-8."""
    try:
        return msgspec.json.encode(value)
    except UnicodeEncodeError:  # a file name that is not UTF-8 reaches Python with surrogates, which no UTF-8 can hold
        return msgspec.json.encode(_without_surrogates(value))


def _without_surrogates(value: object) -> object:
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, list):
        return [_without_surrogates(item) for item in value]
    if isinstance(value, dict):
        return {_without_surrogates(key): _without_surrogates(item) for key, item in value.items()}
    return value


def _report(report: Report) -> Json:
    return {
        "id": report.id,
        "path": report.path,
        "sha256": report.sha256,
        "outlet": report.outlet,
        "title": report.title,
        "published": report.published.isoformat() if report.published else None,
        "language": report.language,
        "length": report.length,
        "url": report.url,
        "author": report.author,
    }


def _spans(spans: Iterable[Span]) -> list[list[int]]:
    return [list(span) for span in spans]


def _attribution(found: Attribution) -> Json:
    return {
        "id": found.id,
        "source": None if found.source is None else _spans(found.source),
        "cue": None if found.cue is None else _spans(found.cue),
        "content": _spans(found.content),
        "kind": found.kind,
        "speaker": found.speaker,
        "stance": found.stance,
        "manner": found.manner,
        "source_kind": found.source_kind,
        "parent": found.parent,
    }


def _move(found: Move) -> Json:
    return {
        "span": list(found.span),
        "actor": list(dict.fromkeys((*found.actors, *found.parties))),
        "act": found.act,
        "recipient": list(found.recipients),
        "object": None if found.object is None else list(found.object),
        "condition": None if found.condition is None else list(found.condition),
        "status": found.status,
        "time": found.time,
        "plover": found.plover,
        "attributed_to": found.attribution,
        "party": list(found.parties),
        "trigger": list(found.trigger),
    }


def _mention(found: Mention) -> Json:
    return {"span": list(found.span), "actor": found.actor, "type": found.type}


def _time(found: Time) -> Json:
    return {
        "span": list(found.span),
        "type": found.type,
        "value": found.value,
        "mod": found.mod,
        "start": found.start,
        "end": found.end,
        "zone": found.zone,
        "anchor": found.anchor,
    }


def _quantity(found: Quantity) -> Json:
    return {
        "span": list(found.span),
        "low": _number(found.low),
        "high": _number(found.high),
        "of": found.of,
        "approximate": found.approximate,
        "bound": found.bound,
        "kind": found.kind,
        "counted": found.counted,
        "happened": found.happened,
        "status": found.status,
        "per": found.per,
        "where": _where(found.where) if found.where else None,
        "when": _when(found.when) if found.when else None,
        "attribution": found.attribution,
    }


def _where(found: Where) -> Json:
    return {"span": list(found.span), "place": found.place, "found": found.found}


def _when(found: When) -> Json:
    return {"span": list(found.span), "value": found.value, "found": found.found}


def _number(value: float | None) -> float | None:
    return int(value) if value is not None and float(value).is_integer() else value


def _quotation(found: Quotation) -> Json:
    return {
        "span": list(found.span),
        "outer": list(found.outer),
        "pieces": _spans(found.pieces),
        "closed": found.closed,
        "attribution": found.attribution,
    }


def _local_actor(found: LocalActor) -> Json:
    return {
        "name": found.name,
        "type": found.type,
        "aliases": list(found.aliases),
        "roles": list(found.roles),
        "offices": [
            {"words": o.words, "span": list(o.span), "states": list(o.states), "of": list(o.of), "when": o.when}
            for o in found.offices
        ],
        "acts": found.acts,
    }


def _actor(found: Actor) -> Json:
    return {
        "name": found.name,
        "type": found.type,
        "aliases": list(found.aliases),
        "mentions": found.mentions,
        "roles": list(found.roles),
        "reports": list(found.reports),
        "merges": [
            {"names": list(merge.names), "reason": merge.reason, "score": _number(merge.score)}
            for merge in found.merges
        ],
        "offices": [_held(office) for office in found.offices],
        "affiliations": [_belonging(told) for told in found.affiliations],
        "state": found.state and _belonging(found.state),
        "side": found.side and _belonging(found.side),
        "given": found.given and {
            "role": found.given.role,
            "state": found.given.state,
            "side": found.given.side,
            "identifiers": found.given.identifiers,
        },
    }  # fmt: skip


def _held(found: Held) -> Json:
    return {
        "words": found.words,
        "when": found.when,
        "states": list(found.states),
        "of": list(found.of),
        "first_told": found.first_told.isoformat() if found.first_told else None,
        "last_told": found.last_told.isoformat() if found.last_told else None,
        "evidence": _evidence(found.evidence),
    }


def _belonging(found: Belonging) -> Json:
    return {"value": found.value, "given": found.given, "evidence": _evidence(found.evidence)}


def _quote(found: Quote, texts: Mapping[str, str]) -> Json:
    return {
        "id": found.id,
        "speaker": found.speaker,
        "same_wording": found.same_wording,
        "variants": [_variant(v) | {"words": v.span.of(texts[v.report])} for v in found.variants],
    }


def _told_move(found: Told, text: str) -> Json:
    move = found.move
    return {
        "report": found.report,
        "span": list(move.span),
        "words": move.span.of(text),
        "actor": list(found.actors),
        "act": move.act,
        "recipient": list(found.recipients),
        "status": move.status,
        "condition": move.condition.of(text) if move.condition else None,
        "time": move.time,
    }


def _with_words(value: object, texts: Mapping[str, str]) -> object:
    """Give every place of a state of play its words, so that a brief that is kept can be read without the reports."""
    if isinstance(value, list):
        return [_with_words(inner, texts) for inner in value]
    if not isinstance(value, dict):
        return value
    if value.keys() <= {"report", "span", "words"} and value.get("span") and value.get("words") is None:
        return value | {"words": texts[value["report"]][slice(*value["span"])]}
    return {name: _with_words(inner, texts) for name, inner in value.items()}


def _variant(found: Variant) -> Json:
    return {
        "report": found.report,
        "span": list(found.span),
        "speaker": found.speaker,
        "attribution": found.attribution,
        "changes": [{"op": c.op, "longest": c.longest, "here": c.here} for c in found.changes],
    }


def _evidence(found: Iterable[Evidence]) -> list[Json]:
    return [{"report": e.report, "span": list(e.span)} for e in found]


def _finding(found: Finding) -> Json:
    return {
        "id": found.id,
        "standing": found.standing,
        "kind": found.kind,
        "statement": found.statement,
        "origins": found.origins,
        "positions": [{"value": p.value, "evidence": _evidence(p.evidence)} for p in found.positions],
        "conditions": _evidence(found.conditions),
        "strength": _number(found.strength),
        "why": found.why,
        "level": found.level,
        "confidence": None if found.confidence is None else _number(found.confidence),
        "voice": found.voice,
        "sources": [_origin(o) for o in found.sources],
        "independence": found.independence,
        "independence_why": found.independence_why,
        "importance": {name: _number(value) for name, value in msgspec.structs.asdict(found.importance).items()},
    }


def _origin(found: Origin) -> Json:
    return {
        "name": found.name,
        "kind": found.kind,
        "reports": list(found.reports),
        "why": found.why,
        "evidence": _evidence(found.evidence),
    }


def _relay(found: Relay) -> Json:
    return {
        "report": found.report,
        "outlet": found.outlet,
        "origin": found.origin,
        "how": found.how,
        "words": None if found.words is None else list(found.words),
        "claims": _spans(found.claims),
    }


def _after(dossier: Dossier) -> dict[str, list[Json]]:
    """By report the outlets whose text it is, or after which it says at its head or often that it tells."""
    found: dict[str, list[Json]] = {}
    for relay in dossier.relays:
        if relay.how in {"text", "report"}:
            told: Json = {"outlet": relay.outlet, "origin": relay.origin, "how": relay.how}
            found.setdefault(relay.report, []).append(told)
    return found


def _lookalike(found: Lookalike) -> Json:
    return {
        "id": found.id,
        "kind": found.kind,
        "reason": found.reason,
        "statement": found.statement,
        "positions": [{"value": p.value, "evidence": _evidence(p.evidence)} for p in found.positions],
        "why": found.why,
    }


def _dated(found: TimelineEntry) -> Json:
    return {
        "when": found.when,
        "precision": found.precision,
        "what": found.what,
        "evidence": _evidence(found.evidence),
        "planned": found.planned,
        "conditional": found.conditional,
    }


def _coverage(row: CoverageRow, reports: list[str]) -> Json:
    return {"finding": row.finding, "cells": dict(zip(reports, row.cells, strict=True))}


def _judged(found: Judged) -> Json:
    made = found.judgement
    return {
        "id": made.id,
        "kind": made.subject.kind,
        "target": found.target,
        "hold": found.hold,
        "act": made.act,
        "value": made.value,
        "names": list(made.names),
        "part": made.part or None,
        "user": made.user,
        "at": made.at.isoformat(),
        "reason": made.reason,
    }


def _refusal(found: Refusal) -> Json:
    return {"path": found.path, "reason": found.reason, "remedy": found.remedy}
