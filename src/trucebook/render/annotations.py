"""Attributions, positions of findings and moves as W3C Web Annotations (JSON-LD), for annotation tools and archives.

An `AnnotationCollection` with its one page (Web Annotation Data Model, W3C Recommendation of 23 February 2017). The
target of each annotation is its report, by URL where it has one and else by the SHA-256 of its bytes, with the words as
a `TextQuoteSelector` (4.2.4) and their place as a `TextPositionSelector` (4.2.5). Offsets count code points, as the
model says, in the text that Trucebook took from the report; in the page itself the quote finds the words.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

import msgspec

from trucebook.render.shown import web_address

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from trucebook.dossier.model import Dossier, Finding
    from trucebook.reading.model import Attribution, Move, Reading
    from trucebook.report import Report
    from trucebook.span import Span

Json = dict[str, object]

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
# Characters before and behind the words, by which they are told from the same words elsewhere.
_AROUND = 32
_SHA256 = re.compile("[0-9a-f]{64}")


def render_annotations(dossier: Dossier) -> bytes:
    """Return a dossier's attributions, positions and moves as one annotation page, in UTF-8."""
    found = [_whole(item) for item in every_annotation(dossier)]
    ids = [str(a["id"]) for a in found]
    whole = _urn("collection", *ids)
    page = {"id": _urn("page", *ids), "type": "AnnotationPage", "partOf": whole, "startIndex": 0, "items": found}
    collection = {
        "@context": CONTEXT,
        "id": whole,
        "type": "AnnotationCollection",
        "label": "Trucebook: attributions, moves and positions",
        "total": len(found),
        "first": page,
    }
    return msgspec.json.encode(collection) + b"\n"


def every_annotation(dossier: Dossier) -> Iterator[Json]:
    """Yield the annotations: report by report its attributions and moves, then the positions of the findings."""
    for reading in dossier.readings:
        yield from (_attribution(reading, found) for found in reading.attributions)
        yield from (_move(reading, found) for found in reading.moves)
    readings = {reading.report.id: reading for reading in dossier.readings}
    for finding in dossier.findings:
        for number, position in enumerate(finding.positions, start=1):
            for e in position.evidence:
                yield _position(readings[e.report], e.span, finding, number)


def _attribution(reading: Reading, found: Attribution) -> Json:
    body: Json = {
        "kind": found.kind,
        "speaker": found.speaker,
        "stance": found.stance,
        "manner": found.manner,
        "source": _words(reading, found.source),
        "cue": _words(reading, found.cue),
    }
    return _annotation(reading, found.content, "attribution", found.id, body)


def _move(reading: Reading, found: Move) -> Json:
    body: Json = {
        "act": found.act,
        "actors": list(found.actors),
        "parties": list(found.parties),
        "recipients": list(found.recipients),
        "status": found.status,
        "condition": _words(reading, (found.condition,) if found.condition else None),
        "attribution": found.attribution,
    }
    return _annotation(reading, (found.span,), "move", f"{found.span.start}-{found.span.end} {found.act}", body)


def _position(reading: Reading, span: Span, finding: Finding, number: int) -> Json:
    body: Json = {
        "finding": finding.id,
        "standing": finding.standing,
        "kind": finding.kind,
        "position": number,
        "value": finding.positions[number - 1].value,
        "statement": finding.statement,
    }
    return _annotation(reading, (span,), "position", f"{finding.id} {number} {span.start}-{span.end}", body)


def _words(reading: Reading, spans: Sequence[Span] | None) -> str | None:
    return " … ".join(span.of(reading.report.text) for span in spans) if spans else None


def _annotation(reading: Reading, spans: Sequence[Span], what: str, ident: str, body: Json) -> Json:
    """An annotation whose body is data about the words; each stretch of words is a target of its own."""
    report = reading.report
    targets = [_target(report, span) for span in spans]
    value = msgspec.json.encode(_whole({k: v for k, v in body.items() if v is not None and v != []})).decode()
    return {
        "id": _urn(what, report.sha256, report.id, ident),
        "type": "Annotation",
        "motivation": "classifying",
        "body": [
            {"type": "TextualBody", "purpose": "tagging", "value": what, "format": "text/plain"},
            {"type": "TextualBody", "purpose": "describing", "value": value, "format": "application/json"},
        ],
        "target": targets[0] if len(targets) == 1 else targets,
    }


def _target(report: Report, span: Span) -> Json:
    quote = {
        "type": "TextQuoteSelector",
        "exact": span.of(report.text),
        "prefix": report.text[max(0, span.start - _AROUND) : span.start],
        "suffix": report.text[span.end : span.end + _AROUND],
    }
    place = {"type": "TextPositionSelector", "start": span.start, "end": span.end}
    return {"type": "SpecificResource", "source": source_of(report), "selector": [quote, place]}


def source_of(report: Report) -> str:
    """Return the IRI of a report: its URL where that is an address of the web, else a URN of its bytes."""
    if address := web_address(report.url):
        return address
    return (
        f"urn:sha256:{report.sha256}" if _SHA256.fullmatch(report.sha256) else _urn("report", report.sha256, report.id)
    )


def _urn(*parts: str) -> str:
    """A name that is the same in every run (UUID of a hash, RFC 9562 version 8)."""
    told = bytearray(hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).digest()[:16])
    told[6], told[8] = (told[6] & 0x0F) | 0x80, (told[8] & 0x3F) | 0x80
    digits = told.hex()
    return "urn:uuid:" + "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


def _whole(value: Json) -> Json:
    """Without halves of characters, which no UTF-8 holds; each counts as one code point as before."""
    found: Json = msgspec.json.decode(msgspec.json.encode(_replaced(value)))
    return found


def _replaced(value: object) -> object:
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, dict):
        return {k: _replaced(v) for k, v in value.items()}
    return [_replaced(v) for v in value] if isinstance(value, list) else value
