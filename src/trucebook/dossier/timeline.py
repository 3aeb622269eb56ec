"""What happened when, and what is to happen: the dated statements of the reports in order of time."""

from __future__ import annotations

import datetime
import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from trucebook.dossier.model import Evidence, TimelineEntry
from trucebook.dossier.wording import content_stems, keys
from trucebook.lexicons import load
from trucebook.reading.prose import mask
from trucebook.reading.times.interval import Precision, days_of, first_day, precision
from trucebook.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from trucebook.reading.model import Clause, Reading, Sentence, Time

# "Tuesday's announcement", "the 2014 annexation", "a Monday meeting": the time belongs to a noun, not to the statement.
_POSSESSIVE = re.compile(r"['’]s?\b|['’](?=\s)")
_DETERMINER = re.compile(r"(?:^|\s)(?:a|an|the|this|that|his|her|its|their|our|my|your|\w+['’]s)$", re.IGNORECASE)
_NOUN_BEHIND = re.compile(
    r"\s+(?!(?:and|or|in|on|at|to|for|with|after|before|by|from|when|as|that|if|but|of)\b)[a-z]{3,}"
)
_ONE_WORD = re.compile(r"[\w.]+")
# A statement of fewer words tells little without its sentence; one of fewer words of matter tells nothing.
_SHORTEST, _FEWEST_WORDS = 6, 3
_FEWEST_SHARED = 3
_SHARE = 0.5
_DETERMINERS = frozenset(["the", "this", "that", "its", "his", "her", "their"])
_RANK: dict[Precision, int] = {"year": 0, "month": 1, "week": 2, "day": 3, "time": 4}


class TimeRelations(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The shape of `time_relations.toml`.

    Attributes:
        edges: words that put something on one side of the time behind them.
        limits: words that make the time behind them a limit.
        conjunctions: words that hang a clause on another and are no part of what it states.
        relatives: words with which a clause cannot stand by itself.
        spoken: words that count from the day on which they are spoken.
    """

    edges: tuple[str, ...]
    limits: tuple[str, ...]
    conjunctions: frozenset[str]
    relatives: frozenset[str]
    spoken: frozenset[str]


@dataclass(frozen=True)
class _Source:
    """A reading with what is looked up in it again and again."""

    reading: Reading
    prose: str
    canonical: Mapping[tuple[str, str], str]
    clauses: Mapping[int, Sequence[Clause]]
    cues: tuple[tuple[Span, str], ...]


@dataclass(frozen=True)
class _Told:
    """One report's dated statement."""

    report: str
    when: str
    span: Span
    what: str
    words: frozenset[str]
    planned: bool
    conditional: bool


def build_timeline(
    readings: Iterable[Reading], canonical: Mapping[tuple[str, str], str] | None = None
) -> tuple[TimelineEntry, ...]:
    """Return what the reports date, the earliest first; one entry where several tell the same of the same time.

    A time counts where it dates a statement: not "since 2014", "before Tuesday" or "Tuesday's announcement", no
    duration, and no year that only places the report in its own present. Denied statements and questions are left out.

    Args:
        readings: in any order.
        canonical: canonical name of an actor, by report id and the name that the report knows it by.

    Returns:
        Entries whose `when` is as precise as the words; a month or a year stands before the days inside it.
    """
    by_time: dict[str, list[_Told]] = defaultdict(list)
    for reading in readings:
        for told in _told(reading, canonical or {}):
            by_time[told.when].append(told)
    entries = [_entry(some) for when in by_time for some in _same(by_time[when])]
    return tuple(sorted(entries, key=_order))


def _told(reading: Reading, canonical: Mapping[tuple[str, str], str]) -> Iterator[_Told]:
    source = _source(reading, canonical)
    starts = [s.span.start for s in reading.sentences]
    seen: set[tuple[str, Span]] = set()
    for time in reading.times:
        at = bisect_right(starts, time.span.start) - 1
        if at < 0 or not reading.sentences[at].span.covers(time.span) or not _dates(time, source):
            continue
        if _is_heading(reading, reading.sentences[at]):
            continue
        told = _statement(time, at, source)
        if told and (told.when, told.span) not in seen:
            seen.add((told.when, told.span))
            yield told


def _source(reading: Reading, canonical: Mapping[tuple[str, str], str]) -> _Source:
    clauses: dict[int, list[Clause]] = defaultdict(list)
    for clause in reading.clauses:
        clauses[clause.sentence].append(clause)
    cues = sorted((cue, a.id) for a in reading.attributions for cue in a.cue or ())
    prose = mask(reading.report.text, reading.report.furniture)
    return _Source(reading, prose, canonical, clauses, tuple(cues))


def _is_heading(reading: Reading, sentence: Sentence) -> bool:
    return sentence.paragraph < len(reading.paragraphs) and reading.paragraphs[sentence.paragraph].kind == "heading"


def _dates(time: Time, source: _Source) -> bool:
    """Whether a time dates a statement of the report."""
    if time.type not in {"DATE", "TIME"} or time.value is None or time.mod in {"BEFORE", "AFTER"}:
        return False
    how, published = precision(time.value), source.reading.report.published
    if how is None or _is_attributive(time, source.prose):
        return False
    relations, before = _relations(), _before(time, source.prose)
    if _is_spoken(time, source):
        return False
    if any(before.endswith(f" {w}") for w in relations.edges):
        return False
    if how == "year" and not _is_year_of_event(time, before, published):
        return False
    limit = time.mod == "ON_OR_BEFORE" or any(before.endswith(f" {w}") for w in relations.limits)
    return not limit or _is_ahead(time.value, published)


def _is_spoken(time: Time, source: _Source) -> bool:
    """Whether a time is told from the day on which somebody spoke, which need not be the day of publication."""
    words = set(time.span.of(source.prose).casefold().split())
    quoted = any(q.outer.covers(time.span) for q in source.reading.quotations)
    return quoted and time.anchor is None and not words.isdisjoint(_relations().spoken)


def _before(time: Time, prose: str) -> str:
    """The words right before a time, a determiner aside, in lower case and with a space before each."""
    words = prose[max(0, time.span.start - 40) : time.span.start].casefold().split()
    return " " + " ".join(words[:-1] if words and words[-1] in _DETERMINERS else words)


def _is_year_of_event(time: Time, before: str, published: datetime.date | None) -> bool:
    """Whether a year, half or season dates something: not the report's own year, nor "15 percent more than in 2016"."""
    if published is None or (time.value or "")[:4] == str(published.year):
        return False
    return not time.mod and (
        before.endswith((" in", " during", " of")) or not before.strip() or len(time.value or "") > 4
    )


def _is_attributive(time: Time, prose: str) -> bool:
    words, behind = time.span.of(prose), prose[time.span.end : time.span.end + 30]
    if _POSSESSIVE.match(behind) or words.endswith(("'s", "’s", "s'", "s’")):
        return True
    before = prose[max(0, time.span.start - 20) : time.span.start].rstrip()
    return bool(_ONE_WORD.fullmatch(words) and _DETERMINER.search(before) and _NOUN_BEHIND.match(behind))


def _is_ahead(value: str, published: datetime.date | None) -> bool:
    first = first_day(value)
    return first is not None and published is not None and first > published


def _is_over(value: str, published: datetime.date | None) -> bool:
    """Whether the whole interval lies before the day of publication."""
    days = days_of(value)
    return days is not None and published is not None and days[1] <= published


def _statement(time: Time, at: int, source: _Source) -> _Told | None:
    """The statement that a time dates: its clause, or its sentence where the clause alone would tell little."""
    inside, prose, report = source.clauses.get(at, []), source.prose, source.reading.report
    clause = min((c for c in inside if c.span.covers(time.span)), key=lambda c: (c.span.length, c.span), default=None)
    if clause and (clause.negated or clause.modality == "question"):
        return None
    sentence = source.reading.sentences[at].span
    if (clause is None or _is_cue(clause, source)) and _is_mostly_quoted(sentence, source):
        return None
    span = _opened(clause.span, prose) if clause and not _is_cue(clause, source) else None
    words = _words([clause] if clause and span else inside, sentence.of(prose), source)
    words -= content_stems(keys(time.span.of(prose))) | {w.casefold() for w in time.span.of(prose).split()}
    if len(words) < _FEWEST_WORDS:
        return None
    value, unreal = time.value or "", clause is not None and clause.modality in {"planned", "possible"}
    conditional = clause is not None and clause.modality == "conditional"
    return _Told(
        report=report.id,
        when=value,
        span=span or sentence,
        what=" ".join((span or sentence).of(prose).split()),
        words=words,
        planned=_is_ahead(value, report.published) or (unreal and not _is_over(value, report.published)),
        conditional=conditional,
    )


def _opened(span: Span, prose: str) -> Span | None:
    """A clause without the conjunction that hangs it on another; None where it cannot stand by itself."""
    words = span.of(prose).split()
    if words[0].casefold() in _relations().conjunctions:
        start = prose.index(words[1], span.start + len(words[0])) if len(words) > 1 else span.end
        words, span = words[1:], Span(start, span.end)
    if len(words) < _SHORTEST or words[0].casefold() in _relations().relatives:
        return None
    return span


def _is_cue(clause: Clause, source: _Source) -> bool:
    """Whether a clause only says that something was said: what was said stands in another."""
    first = bisect_left(source.cues, ((clause.span.start, 0), ""))
    last = bisect_right(source.cues, ((clause.span.end, 0), ""))
    return any(clause.span.covers(cue) and ident != clause.attribution for cue, ident in source.cues[first:last])


def _is_mostly_quoted(sentence: Span, source: _Source) -> bool:
    """Whether a sentence is there for somebody's words; that these were spoken on a day is no event."""
    quoted = sum(q.outer.overlap(sentence) for q in source.reading.quotations if q.outer.touches(sentence))
    return quoted >= 0.5 * sentence.length


def _words(clauses: Sequence[Clause], text: str, source: _Source) -> frozenset[str]:
    """Lemmas and canonical names of actors; the words of the text where no clause was found."""
    report, canonical = source.reading.report.id, source.canonical
    lemmas = [w for c in clauses for w in c.words]
    named = ("@" + canonical.get((report, w[1:]), w[1:]) if w.startswith("@") else w.casefold() for w in lemmas)
    return frozenset(named) or content_stems(keys(text))


def _same(told: Iterable[_Told]) -> list[list[_Told]]:
    """Part the statements of one time into those that tell the same; each is compared with the fullest of a group."""
    groups: list[list[_Told]] = []
    for one in sorted(told, key=lambda t: (-len(t.words), t.report, t.span)):
        home = max(groups, key=lambda g: _overlap(one, g[0]), default=None)
        if home and _overlap(one, home[0]) >= _SHARE:
            home.append(one)
        else:
            groups.append([one])
    return groups


def _overlap(one: _Told, leader: _Told) -> float:
    """Share of the smaller one's words, 0 where what they share is too little or only names."""
    shared = one.words & leader.words
    if len(shared) < _FEWEST_SHARED or all(w.startswith("@") for w in shared):
        return 0.0
    return len(shared) / min(len(one.words), len(leader.words))


def _entry(some: Sequence[_Told]) -> TimelineEntry:
    """One entry, in the words that most of the others share; among equals the shorter."""
    best = min(some, key=lambda t: (-sum(_overlap(t, o) for o in some), len(t.what), t.report, t.span))
    how = precision(best.when)
    return TimelineEntry(
        when=best.when,
        precision=how or "year",
        what=best.what,
        evidence=tuple(sorted(Evidence(report=t.report, span=t.span) for t in some)),
        planned=all(t.planned for t in some),
        conditional=any(t.conditional for t in some),
    )


def _order(entry: TimelineEntry) -> tuple[datetime.date, int, str, tuple[Evidence, ...]]:
    return (first_day(entry.when) or datetime.date.max, _RANK[entry.precision], entry.when, entry.evidence)


@cache
def _relations() -> TimeRelations:
    relations: TimeRelations = load("time_relations.toml", TimeRelations)
    return relations
