"""Conditions that several reports name: "if Norway agrees" here, "contingent on Norwegian consent" there.

A condition is compared by itself, because reports hang the same condition on different words of the same news; but only
where what hangs on it is one thing too: aid that waits for Norway is not the truce that waits for Norway.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from trucebook.dossier.features import concept, is_light, opposite_concepts
from trucebook.dossier.model import Evidence
from trucebook.dossier.wording import content_stems, is_content, keys, stem, words
from trucebook.reading.conditions import condition_words
from trucebook.reading.gazetteer import state_adjective, state_behind
from trucebook.span import Span, SpanIndex, hull, subtract

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from trucebook.dossier.candidates import Floats
    from trucebook.reading.model import Clause, Reading, Sentence

# Cosine of two conditions, and of the sentences around them, from which they are one condition of one thing.
_ONE, _AROUND = 0.5, 0.35
_FEWEST_WORDS = 3
# Words that stand for something named before, and how far behind the first word of a sentence they lean on another.
_LEANING, _OPENING = frozenset({"it", "its", "this", "that", "they", "their", "these", "those"}), 2
# Shorter words name nothing.
_SHORT = 3
# So many of a group's members a further one is compared with.
_ASKED = 4


@dataclass(frozen=True)
class Condition:
    """A condition that a report names.

    Attributes:
        evidence: where.
        told: where it stands with what hangs on it ("the truce holds if Norway agrees").
        text: its words.
        sentence: the words of its sentence.
        parties: who is named in it, states for those that act for them.
        words: the concepts of its words.
        bound: the concepts of what hangs on it.
        doers: who does what hangs on it.
        readable: whether that can be read by itself, without the sentence before it.
        barring: whether it says what must not happen ("unless").
        order: where in the report it stands, 0 to 1.
    """

    evidence: Evidence
    told: Evidence
    text: str
    sentence: str
    parties: frozenset[str]
    words: frozenset[str]
    bound: frozenset[str]
    doers: frozenset[str]
    readable: bool
    barring: bool
    order: float


def conditions(readings: Sequence[Reading], canonical: Mapping[tuple[str, str], str]) -> list[Condition]:
    """Return the conditions that reports name, those too short to be compared left out."""
    return [c for reading in readings for c in _conditions(reading, canonical)]


def _conditions(reading: Reading, canonical: Mapping[tuple[str, str], str]) -> list[Condition]:
    text, rid = reading.report.text, reading.report.id
    mentions = SpanIndex((m.span, m) for m in reading.mentions)
    sentences = SpanIndex((s.span, i) for i, s in enumerate(reading.sentences))
    by_sentence: dict[int, list[Clause]] = defaultdict(list)
    for clause in reading.clauses:
        by_sentence[clause.sentence].append(clause)
    found = []
    for span in reading.conditions:
        own = keys(span.of(text))
        at = next(sentences.touching(span), None)
        if len(own) < _FEWEST_WORDS or at is None:
            continue
        named = (canonical.get((rid, m.actor), m.actor) for m in mentions.touching(span))
        states = (s for w in span.of(text).split() if (s := state_adjective(w.strip("’'s,.")) or state_adjective(w)))
        held = _bound(span, by_sentence[at])
        told = _told(span, held, reading.sentences[at], text)
        bound, leans = _matter(span, held, told, (reading, at))
        found.append(
            Condition(
                evidence=Evidence(report=rid, span=span),
                told=Evidence(report=rid, span=told),
                text=" ".join(span.of(text).split()),
                sentence=" ".join(reading.sentences[at].span.of(text).split()),
                parties=frozenset({*(state_behind(n) or n for n in named), *states}),
                words=frozenset(concept(form) for w in own for form in _forms(w)),
                bound=bound,
                doers=frozenset(canonical.get((rid, d), d) for d in held.doers) if held else frozenset(),
                readable=not leans,
                barring=own[0] in {"unless", "lest"},
                order=span.start / max(1, reading.report.length),
            )
        )
    return found


def _bound(condition: Span, clauses: Sequence[Clause]) -> Clause | None:
    """The clause that hangs on a condition: the one that holds it, else the nearest main one of its sentence."""
    holding = [c for c in clauses if c.condition == condition]
    main = [c for c in clauses if c.subject is None and not condition.covers(c.span)]
    near = sorted(main, key=lambda c: (_gap(c.span, condition), c.span))
    return next(iter([*holding, *near]), None)


def _gap(a: Span, b: Span) -> int:
    return max(0, a.start - b.end, b.start - a.end)


def _told(condition: Span, clause: Clause | None, sentence: Sentence, text: str) -> Span:
    """A condition with the words that hang on it; the whole sentence where no clause is known to."""
    if clause is None:
        told = sentence.span.of(text).rstrip(" .")
        return Span(sentence.span.start, sentence.span.start + len(told))
    subject = [clause.subject] if clause.subject is not None and sentence.span.covers(clause.subject) else []
    return hull([condition, clause.span, *subject])


def _matter(
    condition: Span, clause: Clause | None, told: Span, place: tuple[Reading, int]
) -> tuple[frozenset[str], bool]:
    """The words of what hangs on a condition; and whether they lean on the sentence before, whose words count then."""
    reading, at = place
    text = reading.report.text
    found = [concept(w) for w in clause.words] if clause else []
    if clause is None:
        found += [w for s in subtract(told, [condition]) for w in _concepts(s.of(text))]
    # "Its" may mean what the same sentence names before: only a sentence that opens with it leans on the one before.
    opening = keys(reading.sentences[at].span.of(text))[:_OPENING]
    leans = bool({*opening} & _LEANING) and (opening[0] in _LEANING or opening[0] in condition_words().leaning)
    if at and leans:
        found += _concepts(reading.sentences[at - 1].span.of(text))
    return frozenset(w for w in found if len(w) > _SHORT and not w.startswith("@") and not is_light(w)), leans


def _concepts(text: str) -> list[str]:
    """The concepts of the words of matter in a text, names left out."""
    plain = (w.key for w in words(text) if not w.shown.lstrip("“‘\"'(")[:1].isupper())
    return [concept(form) for w in plain if is_content(w) for form in _forms(w)]


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
    """Whether two conditions name the same parties, ask for nothing opposite, and one thing hangs on both."""
    opposed = any((x, y) in opposite_concepts() for x in a.words for y in b.words)
    return a.parties == b.parties and not opposed and a.barring == b.barring and _of_one(a, b)


def _of_one(a: Condition, b: Condition) -> bool:
    """Whether what hangs on two conditions can be one thing: it shares a word of matter, and no other does it."""
    return bool(content_stems(a.bound) & content_stems(b.bound)) and not (a.doers and b.doers and not a.doers & b.doers)
