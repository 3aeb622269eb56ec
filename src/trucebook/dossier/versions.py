"""Disputes over quotations: one utterance in two mouths, or in words of which only one version can have been said."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from typing import TYPE_CHECKING

from trucebook.dossier.model import Evidence, Finding, Position
from trucebook.dossier.wording import content_stems, keys

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from trucebook.dossier.model import Change, FindingKind, Quote, Variant
    from trucebook.reading.model import Reading

# Words of matter that must be others before two versions are worth a line.
_DIFFERENT = 1
# How much a dispute over the words of one utterance weighs, and what each further origin adds, up to all of them.
_BASE, _BY_ORIGINS = 0.15, 0.35


def quote_disputes(
    quotes: Iterable[Quote], readings: Mapping[str, Reading], copies: Mapping[str, str]
) -> tuple[Finding, ...]:
    """Return the disputes over who said a thing, and over the words in which it was said.

    Args:
        quotes: with all their versions.
        readings: by report id.
        copies: id of the report that a report copies, by the copy's id.
    """
    found: list[Finding] = []
    for quote in quotes:
        texts = {v: v.span.of(readings[v.report].report.text) for v in quote.variants}
        origins = {copies.get(v.report, v.report) for v in quote.variants}
        if len(origins) > 1:
            share = len(origins) / max(1, len({copies.get(r, r) for r in readings}))
            found += _of_quote(quote, texts, readings, share)
    return tuple(found)


def _of_quote(
    quote: Quote, texts: Mapping[Variant, str], readings: Mapping[str, Reading], share: float
) -> Iterable[Finding]:
    strength = round(_BASE + _BY_ORIGINS * share, 4)
    mouths: dict[str, list[Variant]] = defaultdict(list)
    for variant in quote.variants:
        if variant.speaker and _is_person(variant, readings):
            mouths[variant.speaker].append(variant)
    if len(mouths) > 1 and len({v.report for some in mouths.values() for v in some}) > 1:
        yield _finding("speaker", mouths, texts, strength, "the reports put one utterance in two mouths")
    if quote.same_wording:
        return
    worded: dict[str, list[Variant]] = defaultdict(list)
    for variant in quote.variants:
        if variant is quote.variants[0] or _other_matter(variant.changes):
            worded[" ".join(texts[variant].split())].append(variant)
    if len(worded) > 1 and len({v.report for some in worded.values() for v in some}) > 1:
        yield _finding("wording", worded, texts, strength, f"other words: {_told(quote.variants)}")


def _is_person(variant: Variant, readings: Mapping[str, Reading]) -> bool:
    """Whether a report names a person for the words: a text and who read it out do not contradict each other."""
    reading = readings[variant.report]
    said = next((a.speaker for a in reading.attributions if a.id == variant.attribution), None)
    return any(a.name == said and a.type == "person" for a in reading.actors)


def _other_matter(changes: Sequence[Change]) -> bool:
    """Whether words of matter stand for others; what is only cut off, or spelt out, is no other wording."""
    for i, change in enumerate(changes):
        if change.op == "changed" and 0 < i < len(changes) - 1 and _parted(change):
            return True
    # At the two ends a version may have been cut; inside it what is left out changes what was said.
    return any(_parted(c) for c in changes if c.op == "changed")


def _parted(change: Change) -> bool:
    one, other = (content_stems(keys(x)) for x in (change.longest, change.here))
    return len(one - other) >= _DIFFERENT and len(other - one) >= _DIFFERENT


def _told(variants: Sequence[Variant]) -> str:
    """The first words that differ, side by side."""
    pairs = [(c.longest, c.here) for v in variants for c in v.changes if c.op == "changed" and _parted(c)]
    return "; ".join(f"“{a}” / “{b}”" for a, b in dict.fromkeys(pairs[:3]))


def _finding(
    kind: FindingKind, sides: Mapping[str, Sequence[Variant]], texts: Mapping[Variant, str], strength: float, why: str
) -> Finding:
    positions = tuple(
        Position(value=value, evidence=tuple(sorted({Evidence(report=v.report, span=v.span) for v in some})))
        for value, some in sides.items()
    )
    first = next(iter(sides.values()))[0]
    rows = [f"{e.report}:{e.span.start}-{e.span.end}" for p in positions for e in p.evidence]
    return Finding(
        id="q" + hashlib.blake2s("\x1f".join([kind, *rows]).encode(), digest_size=8).hexdigest(),
        standing="disputed",
        kind=kind,
        statement=" ".join(texts[first].split()),
        origins=len({e.report for p in positions for e in p.evidence}),
        positions=positions,
        strength=strength,
        why=why,
        level="reports",
    )
