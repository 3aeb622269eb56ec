"""Findings: facts that several reports tell, that one asserts and another denies, or that one report alone tells."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from trucebook.dossier.alignment import Thresholds, clusters, pairs
from trucebook.dossier.conditionals import conditions, shared_conditions
from trucebook.dossier.denials import SET_ASIDE, find_denials
from trucebook.dossier.disputes import find_disputes
from trucebook.dossier.features import Weights, is_relative, is_telling, statements
from trucebook.dossier.joint import looked_at_again
from trucebook.dossier.model import CoverageRow, Evidence, Finding, Lookalike, Position
from trucebook.dossier.vectors import encode, of_statements
from trucebook.reading.conditions import condition_words
from trucebook.span import hull

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from trucebook.dossier.alignment import Pair
    from trucebook.dossier.conditionals import Condition
    from trucebook.dossier.disputes import Dispute
    from trucebook.dossier.features import Statement
    from trucebook.dossier.model import Cell, FindingKind, Standing
    from trucebook.dossier.pairing import WordVectors
    from trucebook.reading.model import Reading

# A statement of one report alone is worth a line where it says this much and names an actor.
_SINGLE_WORDS = 6
_LEANERS = frozenset({"that", "was", "were", "is", "are", "has", "have", "had", "will", "would", "could", "did"})
_PERSONAL = frozenset({"he", "she", "it", "they", "we", "his", "her", "its", "their", "our", "both"})
# First words of what cannot be read by itself.
_FRAGMENT_OPENERS = frozenset({"what", "which", "who", "whom", "whose", "said", "to", "of", "than"})
# Words that make a clause say only when, why or where something else was, and what stands first in a relative clause.
_BESIDE = frozenset({"after", "before", "until", "till", "when", "while", "once", "because", "since", "although",
                     "though", "whether", "where", "how", "why", "as", "by"})  # fmt: skip
_OPENERS = frozenset({"After", "Before", "Until", "When", "While", "Because", "Since", "Although", "Though"})
_OF_WHICH = frozenset({"which", "whom", "whose"})
_NO_PARTICIPLES = frozenset({"during", "king", "nothing", "something", "everything", "anything", "beijing"})
# So many words are looked at for them.
_OPENING = 3
# Share of a statement's words that are quoted where it is an utterance.
_QUOTED = 0.6
# A subject that begins so many code points before its clause is shown with it.
_SUBJECT_WITHIN = 90
# Cells of the coverage table from which no further row is added.
_CELLS = 200_000
# Kinds of dispute in which one side says that it is not so.
_DENYING = frozenset({"polarity", "value", "actor"})
# Fewer words than this in common say too little to be a fact.
_TOLD_WORDS = 4
# How sure it must be that short statements without an actor are of one thing.
_SURE, _VERY_SURE = 0.65, 0.8
_WORD = re.compile(r"[^\W\d_]+")
# What makes a fact central: told by many, told early, about the actors that the case is about.
_BY_ORIGINS, _BY_PLACE, _BY_ACTORS = 0.6, 0.25, 0.15


@dataclass(frozen=True)
class Case:
    """What findings are made from.

    Attributes:
        readings: by report id.
        statements: of all of them.
        weights: of their words.
        copies: id of the report that a report copies, by the copy's id.
        thresholds: how alike statements must be.
        canonical: (report id, the actor's name there) to the actor's canonical name.
    """

    readings: Mapping[str, Reading]
    statements: Sequence[Statement]
    weights: Weights
    copies: Mapping[str, str]
    thresholds: Thresholds
    canonical: Mapping[tuple[str, str], str]


class Facts(NamedTuple):
    """What reports tell.

    Attributes:
        findings: the most central first.
        lookalikes: what looks like a dispute and is none.
    """

    findings: tuple[Finding, ...]
    lookalikes: tuple[Lookalike, ...]


class _Sureness:
    """How sure it is that statements are of one thing: the mean of the chances of their pairs.

    Args:
        found: the pairs.
    """

    def __init__(self, found: Sequence[Pair]) -> None:
        self._chances = {(p.first, p.second): p.chance for p in found}

    def of(self, group: Sequence[int]) -> float:
        chances = [c for pair in combinations(sorted(group), 2) if (c := self._chances.get(pair)) is not None]
        return round(sum(chances) / len(chances), 4) if chances else 0.0


def find_facts(
    readings: Sequence[Reading],
    canonical: Mapping[tuple[str, str], str],
    copies: Mapping[str, str],
    thresholds: Thresholds | None = None,
    words: WordVectors | None = None,
) -> Facts:
    """Find the facts that the reports of an event tell together, against one another, or one of them alone.

    Args:
        readings: one a report.
        canonical: (report id, the actor's name there) to the actor's canonical name.
        copies: id of the report that a report copies, by the copy's id.
        thresholds: how alike statements must be.
        words: vectors of the words that the statements hold, where they are known already.
    """
    every = statements(readings, canonical)
    by_id = {r.report.id: r for r in readings}
    weights, limits = Weights(every), thresholds or Thresholds()
    case = Case(by_id, every, weights, copies, limits, canonical)
    vectors = of_statements(every, words)
    found = looked_at_again(pairs(every, vectors, weights, limits), every)
    groups = clusters(every, found, limits)
    real, alike = find_disputes(every, found, by_id, limits)
    denials = _unlike(find_denials(every, vectors, weights, by_id), real)
    disputed = [_disputed(case, d) for d in [*real, *denials]]
    # What one denies is told by the dispute, and never as a fact that the reports agree on; what one makes to depend on
    # something, or only sets aside, is a fact that all of them tell.
    denied = [d for d in [*real, *denials] if d.what.kind in _DENYING and d.what != SET_ASIDE]
    against = {_evidence(every[i]) for d in denied for side in d.sides for i in side}
    sure = _Sureness(found)
    told = [f for g in groups if not _contested(case, g, against) and (f := _corroborated(case, g, sure))]
    used = {i for g in groups for i in g} | {i for p in found if p.chance >= limits.same for i in (p.first, p.second)}
    single = [f for i in range(len(every)) if i not in used and (f := _single(case, i))]
    told += _conditional(case)
    findings = tuple(sorted([*disputed, *told, *single], key=lambda f: (-f.strength, f.id)))
    return Facts(findings, tuple(_lookalike(case, d) for d in alike))


def _unlike(denials: Sequence[Dispute], real: Sequence[Dispute]) -> list[Dispute]:
    """The denials of which no other dispute tells."""
    told = {i for d in real for side in d.sides for i in side}
    return [d for d in denials if not any(i in told for side in d.sides for i in side)]


def _conditional(case: Case) -> list[Finding]:
    """The conditions that several reports name."""
    every = conditions(list(case.readings.values()), case.canonical)
    vectors = encode([*(c.text for c in every), *(c.sentence for c in every)])
    found = []
    for group in shared_conditions(every, vectors[: len(every)], vectors[len(every) :]):
        members = [every[i] for i in group]
        reports = [m.evidence.report for m in members]
        if origin_count(reports, case.copies) < _SEVERAL:
            continue
        positions = (Position(value="", evidence=tuple(m.told for m in members)),)
        found.append(
            Finding(
                id=finding_id("corroborated", None, positions),
                standing="corroborated",
                kind=None,
                statement=_shown(case, members),
                origins=origin_count(reports, case.copies),
                positions=positions,
                conditions=tuple(sorted(m.evidence for m in members)),
                strength=_weighed(case, reports, min(m.order for m in members), 0.5),
                why=f"the reports name the same condition on {', '.join(sorted(members[0].parties))}",
            )
        )
    return found


def _shown(case: Case, members: Sequence[Condition]) -> str:
    """A condition with what hangs on it, in the words that can best be read by themselves: the shortest that can."""
    told = [(not m.readable, m.told.span.of(case.readings[m.told.report].report.text)) for m in members]
    return " ".join(min(told, key=lambda t: (t[0], len(t[1]), t[1]))[1].split())


# Independent origins from which a fact is corroborated.
_SEVERAL = 2


def _contested(case: Case, group: Sequence[int], against: Collection[Evidence]) -> bool:
    return any(_evidence(case.statements[i]) in against for i in group)


def origin_count(reports: Iterable[str], copies: Mapping[str, str]) -> int:
    """Return how many origins stand behind reports: a copy counts with what it copies."""
    return len({copies.get(r, r) for r in reports})


def finding_id(standing: Standing, kind: FindingKind | None, positions: Sequence[Position]) -> str:
    """Return a hash of what a finding says and of its evidence."""
    rows = [f"{e.report}:{e.span.start}-{e.span.end}" for p in positions for e in p.evidence]
    key = "\x1f".join([standing, kind or "", *rows])
    return "f" + hashlib.blake2s(key.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def coverage(readings: Sequence[Reading], findings: Iterable[Finding]) -> tuple[CoverageRow, ...]:
    """Return which reports tell each finding that several could tell.

    A report tells it in its own name, has a party tell it, tells it differently (a dispute), or not at all. Of many
    reports only the most central findings have a row, for the table grows with the product of the two.
    """
    rows: list[CoverageRow] = []
    for finding in findings:
        if finding.standing != "single" and len(rows) * len(readings) < _CELLS:
            told = {e.report for p in finding.positions for e in p.evidence}
            cells = tuple(_cell(r, finding, told) for r in readings)
            rows.append(CoverageRow(finding=finding.id, cells=cells))
    return tuple(rows)


def _cell(reading: Reading, finding: Finding, told: Collection[str]) -> Cell:
    if reading.report.id not in told:
        return "absent"
    if finding.standing == "disputed":
        return "told_differently"
    places = [e.span for p in finding.positions for e in p.evidence if e.report == reading.report.id]
    words = [c for a in reading.attributions if a.manner != "act" for c in a.content]
    # The subject that is shown before a clause may stand outside what was said.
    return "told_by_a_party" if all(any(2 * c.overlap(s) > s.length for c in words) for s in places) else "told"


def _evidence(statement: Statement) -> Evidence:
    """A clause with its subject, where that stands right before it: "that were signed" says nothing by itself."""
    span, subject = statement.clause.span, statement.clause.subject
    near = subject is not None and 0 <= span.start - subject.start <= _SUBJECT_WITHIN
    return Evidence(report=statement.report, span=hull([subject, span]) if subject is not None and near else span)


def _corroborated(case: Case, group: Sequence[int], sure: _Sureness) -> Finding | None:
    members = [case.statements[i] for i in group]
    if origin_count((m.report for m in members), case.copies) < 2:
        return None
    # "Before the talks began", "a group that marched": a clause that only stands beside a statement is news of nothing,
    # unless two reports tell the very same in it.
    alone = [m for m in members if _stands_alone(case, m)]
    if not alone and (sure.of(group) < _VERY_SURE or all(_is_of_which(case, m) for m in members)):
        return None
    best = max(alone or members, key=lambda m: (_centrality(case, m, members), -m.order, m.report))
    if len(best.words) < _TOLD_WORDS and not any(w.startswith("@") for w in best.words) and sure.of(group) < _SURE:
        return None
    if _is_one_utterance(case, members):
        return None
    position = Position(value="", evidence=tuple(_evidence(m) for m in members))
    why, chance = _reason(members, case.weights), sure.of(group)
    finding = _finding(case, "corroborated", None, members, (position,), statement=best, why=why)
    return msgspec.structs.replace(finding, confidence=chance, voice=_one_voice(members))


def _one_voice(members: Sequence[Statement]) -> str | None:
    """Who all tell it after; None where anybody tells it in his own name, or the sources are several."""
    voices = {m.speaker for m in members}
    return next(iter(voices)) if len(voices) == 1 else None


def _is_one_utterance(case: Case, members: Sequence[Statement]) -> bool:
    """Whether statements are all one person's quoted words: a quotation that several print, not a fact they tell."""
    speakers = set()
    for member in members:
        reading, span = case.readings[member.report], member.clause.span
        if not any(q.span.overlap(span) >= _QUOTED * span.length for q in reading.quotations):
            return False
        said = next((a for a in reading.attributions if a.id == member.clause.attribution), None)
        speakers.add(case.canonical.get((member.report, said.speaker)) if said and said.speaker else None)
    return len(speakers - {None}) <= 1


def _centrality(case: Case, one: Statement, members: Sequence[Statement]) -> float:
    """How well a statement stands for its group: what it shares with the others, less what it adds."""
    others = [m for m in members if m is not one]
    shared = sum(case.weights.total(one.words & m.words) for m in others) / max(1, len(others))
    # A statement that opens its sentence can be read by itself; one that opens with "it" or "which" cannot.
    first = _first_word(case, one)
    readable = 3.0 if first[:1].isupper() else 0.0
    if first.lower() in _PERSONAL or first in _LEANERS or first in _FRAGMENT_OPENERS:
        readable = -3.0
    named = 1.0 if any(w.startswith("@") for w in one.words) else 0.0
    return shared - 0.25 * case.weights.total(one.words) + readable + named


def _stands_alone(case: Case, one: Statement) -> bool:
    """Whether a statement tells something by itself: no relative clause, no participle, none that says only when."""
    clause, text = one.clause, case.readings[one.report].report.text
    if is_relative(clause):
        return False
    words = clause.span.of(text)
    first, *rest = words.split()
    if _is_of_which(case, one):
        return False
    # At the head of a sentence such words may open it ("After two days of talks, the two signed"), unless all of it is
    # what they bring ("Since he last spoke").
    if first in _OPENERS and "," not in words:
        return False
    opening = [first, *rest[: _OPENING - 1]] if first[0].islower() else []
    participle = first.lower().endswith("ing") and first.lower() not in _NO_PARTICIPLES
    if participle and (first[0].islower() or "," not in words):
        return False
    return not any(w in _BESIDE for w in opening)


def _is_of_which(case: Case, one: Statement) -> bool:
    """Whether a statement begins as "the outlines of which" does: what it is about stands before it."""
    words = one.clause.span.of(case.readings[one.report].report.text).split()
    return any(w in _OF_WHICH for w in words[1 : _OPENING + 1])


def _first_word(case: Case, one: Statement) -> str:
    words = one.clause.span.of(case.readings[one.report].report.text).split(maxsplit=1)
    return words[0] if words else ""


def _disputed(case: Case, dispute: Dispute) -> Finding:
    """One dispute, what is said to be so first."""
    members = [case.statements[i] for side in dispute.sides for i in side]
    positions = _positions(case, dispute)
    shared = ", ".join(_plain(dispute.shared))
    why = f"the statements share {shared}; {dispute.what.why}" if shared else dispute.what.why
    finding = _finding(case, "disputed", dispute.what.kind, members, positions, statement=members[0], why=why)
    return msgspec.structs.replace(finding, level=dispute.level, confidence=dispute.chance)


def _positions(case: Case, dispute: Dispute) -> tuple[Position, ...]:
    sides = zip(dispute.what.values, dispute.sides, strict=True)
    return tuple(
        Position(value=value, evidence=tuple(_evidence(case.statements[i]) for i in side))
        for value, side in sorted(sides, key=lambda s: (case.statements[s[1][0]].clause.negated, s[0]))
    )


def _lookalike(case: Case, dispute: Dispute) -> Lookalike:
    positions, what = _positions(case, dispute), dispute.what
    first = case.statements[dispute.sides[0][0]]
    return Lookalike(
        id=finding_id("single", what.kind, positions).replace("f", "l", 1),
        kind=what.kind,
        reason=what.lookalike or "detail or omission",
        statement=_words(case, first),
        positions=positions,
        why=what.why,
    )


def _words(case: Case, statement: Statement) -> str:
    return " ".join(_evidence(statement).span.of(case.readings[statement.report].report.text).split())


def _single(case: Case, index: int) -> Finding | None:
    statement = case.statements[index]
    actors = [w for w in statement.words if w.startswith("@")]
    if len(statement.words) < _SINGLE_WORDS or not actors or statement.clause.modality == "question":
        return None
    if not statement.doers or is_telling(statement.predicate) or _is_fragment(case, statement):
        return None
    position = Position(value="", evidence=(_evidence(statement),))
    why = "no other report tells it in words that could be aligned"
    return _finding(case, "single", None, [statement], (position,), statement=statement, why=why)


def _is_fragment(case: Case, statement: Statement) -> bool:
    """Whether a statement's words begin with a participle or a relative, or break off behind a comma."""
    words = statement.clause.span.of(case.readings[statement.report].report.text)
    first = _first_word(case, statement)
    tail = words.rsplit(",", 1)[-1] if "," in words else ""
    return (
        first in _FRAGMENT_OPENERS
        or (first.endswith("ing") and first[0].islower() and first != "during")
        or 0 < len(tail.split()) < 3
        or not (first.lower() in _PERSONAL or _names_doer(case, statement))
    )


def _names_doer(case: Case, statement: Statement) -> bool:
    """Whether who does it is named in a statement's own words, rather than in the clause that it hangs on."""
    mentions = case.readings[statement.report].mentions
    return any(statement.clause.span.covers(m.span) and m.actor in statement.clause.doers for m in mentions)


def _finding(  # noqa: PLR0913  the parts of a finding, named
    case: Case,
    standing: Standing,
    kind: FindingKind | None,
    members: Sequence[Statement],
    positions: tuple[Position, ...],
    *,
    statement: Statement,
    why: str,
) -> Finding:
    return Finding(
        id=finding_id(standing, kind, positions),
        standing=standing,
        kind=kind,
        statement=_words(case, statement),
        origins=origin_count((m.report for m in members), case.copies),
        positions=positions,
        conditions=_conditions(case, members),
        strength=_strength(case, members),
        why=why,
    )


def _conditions(case: Case, members: Sequence[Statement]) -> tuple[Evidence, ...]:
    """The conditions near the words that tell a fact: an "if" beside it is shown even where it may belong elsewhere.

    Near is the sentence itself, and the next one of the paragraph where that depends on what goes before ("However, its
    implementation depends on ...").
    """
    found = set()
    for member in members:
        reading = case.readings[member.report]
        here = reading.sentences[member.clause.sentence]
        following = reading.sentences[member.clause.sentence + 1 : member.clause.sentence + 2]
        near = [
            here.span,
            *(s.span for s in following if s.paragraph == here.paragraph and _leans(s.span.of(reading.report.text))),
        ]
        found |= {Evidence(report=member.report, span=c) for c in reading.conditions if any(s.covers(c) for s in near)}
    return tuple(sorted(found))


def _leans(sentence: str) -> bool:
    """Whether a sentence takes up the one before it."""
    first, second = [*_WORD.findall(sentence.lower())[:2], "", ""][:2]
    leaning = condition_words().leaning
    return first in leaning or f"{first} {second}" in leaning


def _strength(case: Case, members: Sequence[Statement]) -> float:
    actors = {w for m in members for w in m.words if w.startswith("@")}
    central = sum(case.weights.count[a] for a in actors) / max(1, len(case.statements)) if actors else 0.0
    return _weighed(case, [m.report for m in members], min(m.order for m in members), min(1.0, central))


def _weighed(case: Case, reports: Sequence[str], order: float, central: float) -> float:
    origins = origin_count(reports, case.copies) / max(1, origin_count(case.readings, case.copies))
    return round(_BY_ORIGINS * origins + _BY_PLACE * (1 - order) + _BY_ACTORS * central, 4)


def _reason(members: Sequence[Statement], weights: Weights) -> str:
    shared = frozenset.intersection(*(m.words for m in members))
    words = sorted(shared, key=lambda w: (-weights.of(w), w)) or sorted(members[0].words & members[-1].words)
    return f"the statements share {', '.join(_plain(words))}" if words else "each statement is close to another of them"


def _plain(words: Sequence[str]) -> list[str]:
    return [w.lstrip("@") for w in words[:6]]
