"""Statements as they are compared: words by their concept, actors by their canonical name, rare words weighing most."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from trucebook.dossier.occasions import NOWHERE, Occasion, Occasions
from trucebook.dossier.voices import Voices
from trucebook.lexicons import load
from trucebook.reading.bounds import compatible, other_floors
from trucebook.reading.gazetteer import state_adjective, state_behind
from trucebook.span import SpanIndex

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from trucebook.reading.model import Clause, Mention, Quantity, Reading, Time

_DAYS = re.compile(r"(?:until |from )?\d{4}(?:-\d\d){0,2}")
_EDGES = {
    "until": re.compile(r"\b(?:until|till|through|by|before|to)\s+(?:the\s+)?$"),
    "from": re.compile(r"\b(?:from|since|after|starting|beginning)\s+(?:the\s+)?$"),
}
# A relative clause stands so many code points behind its antecedent at most.
_RELATIVE_WITHIN = 12
_TELLING = frozenset({"say", "tell", "add", "note", "state", "report", "describe"})
_RELATIVE = re.compile(r"^(?:who|which|that)\s+", re.IGNORECASE)
_PRONOUN = re.compile(r"^(?:he|she|it|they|we|i|who|which|that)\s+", re.IGNORECASE)


class Concepts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file `concepts.toml`.

    Attributes:
        concepts: words that reports use for one another; the first stands for all.
        opposites: pairs of concepts of which a fact can be the one or the other.
        contrasts: words that part two statements of which each holds one of the other kind.
        deciding: words for a decision, which is not the thing decided on.
        open: words by which something is asked or weighed.
        asking: words by which somebody wants another to do a thing.
        mutual: words for what two do together.
        placed: words for what is at one place at a time.
        refusing: words that count as negated by themselves.
        outright: words by which nothing has to happen first.
        light: words that stand in too many statements to tie two together.
        times: words that tell when; times are compared apart.
        titles: words of address and office that stand before names.
        numbers: number words from zero on.
    """

    concepts: tuple[tuple[str, ...], ...]
    opposites: tuple[tuple[str, str], ...]
    contrasts: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]
    deciding: tuple[str, ...]
    open: tuple[str, ...]
    asking: tuple[str, ...]
    mutual: tuple[str, ...]
    placed: tuple[str, ...]
    refusing: tuple[str, ...]
    outright: tuple[str, ...]
    light: tuple[str, ...]
    times: tuple[str, ...]
    titles: tuple[str, ...]
    numbers: tuple[str, ...]


@dataclass(frozen=True)
class Statement:
    """A clause of a report, ready to be compared.

    Attributes:
        report: the report's id.
        index: of the clause in its reading.
        clause: the clause.
        words: its words as compared, actors with `@`.
        predicate: concept of its head.
        doers: canonical names of who does it, by type.
        order: where in the report it stands, 0 (first) to 1.
        parties: for whom they act: the state, for those that hold its offices, else themselves.
        quantities: what it counts.
        text: the clause as it can be read by itself: its subject in place of "which", its doer in place of "he".
        sentence: the words of its sentence.
        speaker: canonical name of who says it; None where the outlet does, or nobody is named.
        side: for whom that is said: the state, for those that act for it; None where nobody takes a side.
        days: the days, months or years that it names, as TIMEX3 values, with `until ` or `from ` before those that end
            or begin something; none for words inside quotation marks, whose "today" is the speaker's.
        occasion: the places and the days of the week that it names.
    """

    report: str
    index: int
    clause: Clause
    words: frozenset[str]
    predicate: str
    doers: frozenset[tuple[str, str]]
    order: float
    parties: frozenset[str] = frozenset()
    quantities: tuple[Quantity, ...] = ()
    text: str = ""
    sentence: str = ""
    speaker: str | None = None
    side: str | None = None
    days: frozenset[str] = frozenset()
    occasion: Occasion = NOWHERE


@cache
def _lexicon() -> Concepts:
    found: Concepts = load("concepts.toml", Concepts)
    return found


@cache
def _concept_of() -> Mapping[str, str]:
    numbers = {word: str(i) for i, word in enumerate(_lexicon().numbers)}
    return numbers | {word: line[0] for line in _lexicon().concepts for word in line}


@cache
def times_and_titles() -> frozenset[str]:
    """Return the words that tell when, and those of address and office, which are no subject of a statement."""
    return frozenset({*_lexicon().times, *_lexicon().titles})


def statements(readings: Sequence[Reading], canonical: Mapping[tuple[str, str], str]) -> list[Statement]:
    """Return the statements of all readings that can be compared, in the order of the readings.

    Args:
        readings: one a report.
        canonical: (report id, the actor's name there) to the actor's canonical name.
    """
    known = (Voices(readings, canonical), Occasions(readings, canonical))
    return [s for reading in readings for s in _statements(reading, canonical, *known)]


def _statements(
    reading: Reading, canonical: Mapping[tuple[str, str], str], voices: Voices, occasions: Occasions
) -> Iterator[Statement]:
    rid, length = reading.report.id, max(1, reading.report.length)
    types = {a.name: a.type for a in reading.actors}
    mentions = SpanIndex((m.span, m) for m in reading.mentions)
    quantities = SpanIndex((q.span, q) for q in reading.quantities if q.of)
    dates = SpanIndex((t.span, f"{_role(reading, t)}{t.value}") for t in reading.times if _is_explicit(t, reading))
    said = {a.id: a for a in reading.attributions}
    for i, clause in enumerate(reading.clauses):
        doers = [(types.get(d, "organisation"), _actor(d, rid, canonical)) for d in clause.doers]
        teller = said.get(clause.attribution or "")
        # What an act is about ("accepted the truce") are not the actor's words.
        teller = None if teller and teller.manner == "act" else teller
        speaker = canonical.get((rid, teller.speaker), teller.speaker) if teller and teller.speaker else None
        yield Statement(
            report=rid,
            index=i,
            clause=clause,
            words=frozenset(_features(clause.words, rid, canonical)),
            predicate=concept(clause.predicate),
            doers=frozenset((_side(t, n), n) for t, n in doers),
            parties=frozenset(p for t, n in doers if t != "place" and (p := voices.side(n))),
            order=clause.span.start / length,
            quantities=_inside(clause, quantities),
            text=readable(clause, reading, mentions),
            sentence=" ".join(reading.sentences[clause.sentence].span.of(reading.report.text).split()),
            speaker=speaker,
            side=voices.side(speaker) if speaker else None,
            days=_days(clause, reading, dates),
            occasion=occasions.of(clause, reading),
        )


def _days(clause: Clause, reading: Reading, dates: SpanIndex[str]) -> frozenset[str]:
    if any(q.span.covers(clause.span) for q in reading.quotations):
        return frozenset()
    return frozenset(v for v in dates.touching(clause.span) if _DAYS.fullmatch(v))


def _is_explicit(time: Time, reading: Reading) -> bool:
    """Whether words name a day by its number: "Friday" and "next Friday" may be the same one to two writers."""
    return bool(time.value) and time.type == "DATE" and any(c.isdigit() for c in time.span.of(reading.report.text))


def _role(reading: Reading, time: Time) -> str:
    """Whether words before a time make it the end or the beginning of something."""
    before = reading.report.text[max(0, time.span.start - 12) : time.span.start].lower()
    return next((f"{role} " for role, words in _EDGES.items() if words.search(before)), "")


def _inside(clause: Clause, quantities: SpanIndex[Quantity]) -> tuple[Quantity, ...]:
    found = (q for q in quantities.touching(clause.span) if clause.span.covers(q.span))
    return tuple(sorted(found, key=lambda q: q.span))


def readable(clause: Clause, reading: Reading, mentions: SpanIndex[Mention]) -> str:
    """Return a clause's words as they can be read by themselves, with what "which" or "he" stands for in its place."""
    text = reading.report.text
    words = " ".join(clause.span.of(text).split())
    if clause.subject is not None:
        return " ".join([*clause.subject.of(text).split(), _RELATIVE.sub("", words)])
    if clause.doers and _PRONOUN.match(words):
        named = any(clause.span.covers(m.span) and m.actor in clause.doers for m in mentions.touching(clause.span))
        return words if named else f"{' and '.join(clause.doers)} {_PRONOUN.sub('', words)}"
    return words


def words_of(readings: Iterable[Reading], canonical: Mapping[tuple[str, str], str]) -> frozenset[str]:
    """Return every word of the readings' statements as it is compared."""
    clauses = ((r.report.id, c) for r in readings for c in r.clauses)
    return frozenset(w for rid, c in clauses for w in (*_features(c.words, rid, canonical), concept(c.predicate)))


def concept(lemma: str) -> str:
    """Return the word that stands for a lemma and those that reports use for it."""
    return _concept_of().get(lemma, lemma)


@cache
def opposite_concepts() -> frozenset[tuple[str, str]]:
    """Return the pairs of concepts that exclude each other, both ways round."""
    pairs = _lexicon().opposites
    return frozenset({*pairs, *((b, a) for a, b in pairs)})


def contrast(a: frozenset[str], b: frozenset[str]) -> tuple[str, str] | None:
    """Return the word of each that parts two sets: one speaks of what is temporary, the other of what is permanent."""
    for one, other in _contrasts():
        if one.isdisjoint(a) or other.isdisjoint(b):
            continue
        if other.isdisjoint(a) and one.isdisjoint(b):
            return min(a & one), min(b & other)
    return None


@cache
def _contrasts() -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    lines = ((frozenset(map(concept, x)), frozenset(map(concept, y))) for x, y in _lexicon().contrasts)
    return tuple(way for x, y in lines for way in ((x, y), (y, x)))


def is_light(word: str) -> bool:
    """Return whether a word stands in too many statements to tie two together."""
    return word in _light()


@cache
def _light() -> frozenset[str]:
    return frozenset(map(concept, _lexicon().light))


def is_mutual(word: str) -> bool:
    """Return whether what a verb tells is done by two together ("meet")."""
    return word in _mutual()


@cache
def _mutual() -> frozenset[str]:
    return frozenset(map(concept, _lexicon().mutual))


@cache
def placed_words() -> frozenset[str]:
    """Return the concepts of what is at one place at a time ("meet", "sign")."""
    return frozenset(map(concept, _lexicon().placed))


@cache
def refusing_words() -> frozenset[str]:
    """Return the concepts that count as negated by themselves ("refuse")."""
    return frozenset(map(concept, _lexicon().refusing))


def is_telling(head: str) -> bool:
    """Return whether a head tells no more than that somebody spoke."""
    return head in _TELLING


def is_open(words: frozenset[str]) -> bool:
    """Return whether words ask or weigh something ("consider whether")."""
    return bool(words & _open())


def asks(words: frozenset[str]) -> bool:
    """Return whether words tell that somebody wants another to do a thing."""
    return bool(words & _asking())


@cache
def _asking() -> frozenset[str]:
    return frozenset(map(concept, _lexicon().asking))


@cache
def _open() -> frozenset[str]:
    return frozenset(map(concept, _lexicon().open))


def decides(statement: Statement) -> bool:
    """Return whether a statement is about a decision rather than the thing: the word stands behind its head."""
    words = [concept(w) for w in statement.clause.words]
    at = words.index(statement.predicate) if statement.predicate in words else len(words)
    return any(w in deciding_words() for w in words[at + 1 :])


def is_relative(clause: Clause) -> bool:
    """Return whether a clause is told of what stands right before it ("voters who had taken part")."""
    return clause.subject is not None and 0 <= clause.span.start - clause.subject.end <= _RELATIVE_WITHIN


def done_and_to_come(a: Statement, b: Statement) -> bool:
    """Return whether one tells that a thing was done and the other that the very same is still to be done."""
    if a.predicate != b.predicate or is_light(a.predicate) or a.clause.negated or b.clause.negated:
        return False
    modalities = {s.clause.modality for s in (a, b) if not s.clause.past} | {
        "done" for s in (a, b) if s.clause.past and s.clause.modality == "asserted"
    }
    return modalities == {"done", "planned"}


@cache
def deciding_words() -> frozenset[str]:
    """Return the words for a decision."""
    return frozenset(map(concept, _lexicon().deciding))


@cache
def outright_words() -> re.Pattern[str]:
    """Return what finds words by which nothing has to happen first."""
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, _lexicon().outright))})\b", re.IGNORECASE)


def _actor(name: str, report: str, canonical: Mapping[tuple[str, str], str]) -> str:
    found = canonical.get((report, name), name)
    return _government(found) or found


def _side(kind: str, name: str) -> str:
    """`person` for people and `party` for states and what acts for them: a minister may do what his state does."""
    return "person" if kind == "person" and not _government(name) else "party"


def _features(words: Iterable[str], report: str, canonical: Mapping[tuple[str, str], str]) -> Iterable[str]:
    for word in words:
        if word.startswith("@"):
            yield "@" + _actor(word[1:], report, canonical)
        elif word not in times_and_titles():
            state = _state(word)
            yield "@" + state if state else concept(word)


@cache
def _state(word: str) -> str | None:
    return state_adjective(word.capitalize())


@cache
def _government(name: str) -> str | None:
    """The state whose office an organisation is: reports name the one or the other for the same act."""
    return state_behind(name)


def other_number(a: Statement, b: Statement) -> tuple[Quantity, Quantity] | None:
    """Return numbers of the same thing in two statements of which none can be true beside any of the other's.

    Two numbers that both hold ("50 for 150") speak for one fact whose words the reports chose differently.
    """
    if not a.quantities or not b.quantities or len({q.low for q in a.quantities} & {q.low for q in b.quantities}) > 1:
        return None
    for measure in sorted({q.of for q in a.quantities if q.of} & {q.of for q in b.quantities if q.of}):
        one, other = ([q for q in x.quantities if q.of == measure] for x in (a, b))
        if not any(compatible(x, y) for x in one for y in other):
            return one[0], other[0]
    return None


def other_floor(a: Statement, b: Statement) -> bool:
    """Return whether two statements each name the least of one thing, and one names much more than the other."""
    if not a.quantities or not b.quantities:
        return False
    for measure in {q.of for q in a.quantities if q.of} & {q.of for q in b.quantities if q.of}:
        one, other = ([q for q in x.quantities if q.of == measure] for x in (a, b))
        if len(one) == len(other) == 1 and other_floors(one[0], other[0]):
            return True
    return False


class Weights:
    """How much each word tells: the rarer among the statements, the more (inverse document frequency).

    Args:
        every: all statements of the case.

    Attributes:
        count: in how many statements each word stands.
        told: how many statements each report has.
    """

    def __init__(self, every: Sequence[Statement]) -> None:
        reports: dict[str, set[str]] = defaultdict(set)
        for statement in every:
            for word in statement.words:
                reports[word].add(statement.report)
        self.count = Counter(word for s in every for word in s.words)
        self.told = Counter(s.report for s in every)
        self._all = max(1, len(every))
        self._known: dict[str, float] = {}
        self._shared = {word for word, ids in reports.items() if len(ids) > 1}

    @property
    def heaviest(self) -> float:
        """Weight of a word that stands in one statement alone."""
        return math.log(1 + self._all / 2)

    def of(self, word: str) -> float:
        """Weight of one word, 0 and up."""
        known = self._known.get(word)
        if known is None:
            known = self._known[word] = math.log(1 + self._all / (1 + self.count[word]))
        return known

    def total(self, words: Iterable[str]) -> float:
        """Weight of several words together."""
        return sum(self.of(w) for w in sorted(words))

    def shared(self, word: str) -> bool:
        """Whether more than one report uses the word."""
        return word in self._shared
