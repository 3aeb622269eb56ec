"""Conditions that several reports name: "if Norway agrees" here, "contingent on Norwegian consent" there.

A condition is compared by itself, because reports hang the same condition on different words of the same news.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from trucebook.dossier.features import concept, opposite_concepts
from trucebook.dossier.model import Evidence
from trucebook.dossier.wording import keys, stem
from trucebook.reading.gazetteer import state_adjective, state_behind
from trucebook.span import Span, SpanIndex

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from trucebook.dossier.candidates import Floats
    from trucebook.reading.model import Reading

# Cosine of two conditions, and of the sentences around them, from which they are one condition of one thing.
_ONE, _AROUND = 0.5, 0.35
_FEWEST_WORDS = 3
# So many of a group's members a further one is compared with.
_ASKED = 4


@dataclass(frozen=True)
class Condition:
    """A condition that a report names.

    Attributes:
        evidence: where.
        text: its words.
        sentence: the words of its sentence.
        parties: who is named in it, states for those that act for them.
        words: the concepts of its words.
        barring: whether it says what must not happen ("unless").
        order: where in the report it stands, 0 to 1.
    """

    evidence: Evidence
    text: str
    sentence: str
    parties: frozenset[str]
    words: frozenset[str]
    barring: bool
    order: float


def conditions(readings: Sequence[Reading], canonical: Mapping[tuple[str, str], str]) -> list[Condition]:
    """Return the conditions that reports name, those too short to be compared left out."""
    return [c for reading in readings for c in _conditions(reading, canonical)]


def _conditions(reading: Reading, canonical: Mapping[tuple[str, str], str]) -> list[Condition]:
    text, rid = reading.report.text, reading.report.id
    mentions = SpanIndex((m.span, m) for m in reading.mentions)
    sentences = SpanIndex((s.span, s.span) for s in reading.sentences)
    found = []
    for span in reading.conditions:
        words = keys(span.of(text))
        if len(words) < _FEWEST_WORDS:
            continue
        named = (canonical.get((rid, m.actor), m.actor) for m in mentions.touching(span))
        states = (s for w in span.of(text).split() if (s := state_adjective(w.strip("’'s,.")) or state_adjective(w)))
        around: Span = next(sentences.touching(span), span)
        found.append(
            Condition(
                evidence=Evidence(report=rid, span=span),
                text=" ".join(span.of(text).split()),
                sentence=" ".join(around.of(text).split()),
                parties=frozenset({*(state_behind(n) or n for n in named), *states}),
                words=frozenset(concept(form) for w in words for form in _forms(w)),
                barring=words[0] in {"unless", "lest"},
                order=span.start / max(1, reading.report.length),
            )
        )
    return found


def _forms(word: str) -> tuple[str, ...]:
    """A word and what it may be a form of: conditions are compared without a parser."""
    return (word, stem(word), *(word.removesuffix(e) for e in ("ed", "d", "ing", "es", "s") if word.endswith(e)))


def shared_conditions(every: Sequence[Condition], vectors: Floats, around: Floats) -> list[list[int]]:
    """Group conditions that are one, each with the nearest of its group's first ones ; of several reports only.

    Args:
        every: the conditions.
        vectors: of their words.
        around: of their sentences.
    """
    groups: list[list[int]] = []
    by_party: dict[str, list[int]] = {}
    for i, one in enumerate(every):
        near = sorted({g for party in one.parties for g in by_party.get(party, ())})
        homes = [(best, -g) for g in near if (best := _nearness(i, groups[g], every, vectors, around))]
        if homes:
            groups[-max(homes)[1]].append(i)
        else:
            for party in one.parties:
                by_party.setdefault(party, []).append(len(groups))
            groups.append([i])
    return [g for g in groups if len({every[i].evidence.report for i in g}) > 1]


def _nearness(i: int, group: Sequence[int], every: Sequence[Condition], vectors: Floats, around: Floats) -> float:
    """How near a condition is to the nearest of a group's first ones; 0 where it does not belong to it."""
    if not all(_alike(every[i], every[j]) for j in group[:_ASKED]):
        return 0.0
    best, j = max((float(vectors[i] @ vectors[j]), -j) for j in group[:_ASKED])
    return best if best >= _ONE and float(around[i] @ around[-j]) >= _AROUND else 0.0


def _alike(a: Condition, b: Condition) -> bool:
    """Whether two conditions name the same parties and ask for nothing opposite."""
    opposed = any((x, y) in opposite_concepts() for x in a.words for y in b.words)
    return a.parties == b.parties and not opposed and a.barring == b.barring
