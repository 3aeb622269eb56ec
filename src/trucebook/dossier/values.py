"""Numbers of the same thing in several reports: where they agree, and where they cannot both be true.

A false dispute costs more than a missed one. Two numbers are taken to be of the same thing only where the measure is
the same, no place, day or scope parts them, and the words around them speak of the same event.
"""

from __future__ import annotations

import datetime  # noqa: TC003  a field of a NamedTuple
import hashlib
import re
from bisect import bisect_right
from collections import Counter, defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from trucebook.dossier.bases import base, is_polled, leaves_out, sort_of
from trucebook.dossier.model import Evidence, Finding, Position
from trucebook.dossier.one_number import are_one, is_outcome, worth
from trucebook.dossier.units import is_happening, scopes
from trucebook.dossier.voices import Voices
from trucebook.dossier.wording import content_stems, keys
from trucebook.reading.bounds import compatible, other_floors
from trucebook.reading.gazetteer import state_adjective
from trucebook.reading.model import Quantity  # noqa: TC001  a field of a NamedTuple
from trucebook.reading.prose import mask
from trucebook.reading.quantities.words import measures
from trucebook.reading.times.interval import precision
from trucebook.span import Span  # noqa: TC001  a field of a NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from trucebook.reading.model import Clause, Reading, Sentence

# "in Moscow", "on the southern Moscow region": the name says where, not who.
_LOCATIVE = re.compile(
    r"\b(?:in|on|at|near|outside|around|across|over|inside|within|throughout|off)\s+(?:\w+\s+){0,2}$", re.I
)
_PARTITIVE = re.compile(r"\s+(?:\w+\s+)?of\s+(?:the|its|his|her|their|them|those|these|whom|which)\b", re.I)
# "Three percentage points" tell how far two shares lie apart, or how sure they are: no share of anything.
_POINTS = re.compile(r"\bpoints?$", re.IGNORECASE)
# Words that stand in more sentences than this share tell no event from another.
_COMMON = 0.08
_SENTENCES_BACK = 2
# Words in the first so many code points of a sentence that take up who acts in the one before.
_TAKEN_UP = re.compile(r"\b(?:the\s+(?:country|nation|state|government|regime|army|group)|it|they)\b", re.IGNORECASE)
_OPENING = 60
# Enough members to know what a group is about.
_ASKED = 8
_WORDS = {
    "at_least": "at least ",
    "more_than": "more than ",
    "at_most": "at most ",
    "less_than": "less than ",
    "about": "about ",
}


class Number(NamedTuple):
    """A number with what tells what it counts.

    Attributes:
        report: the report's id.
        published: its day of publication.
        quantity: the number.
        statement: the words of its clause.
        place: stems of the name of the place where it holds.
        place_name: that name.
        when: days or years that it holds for.
        years: years of all that its clause, else its sentence, says of time.
        scope: whether it sums up, is part of another or is no longer true.
        beside: the other numbers of the same measure in its sentence.
        clause: stems of the words of matter of its clause.
        near: those of them that not every sentence of the reports has.
        around: such stems of its sentence and the sentences before it.
        doers: canonical names of who does what its clause tells.
        base: stems of what a share is a share of.
        polled: whether it is a share that a poll or a count of votes gives.
        sort: stems of its own words that tell what sort of thing is counted.
        whose: states that its own words name ("12,450 Norwegian soldiers").
        sides: for whom they act that do what its clause tells, or the clause before where it says "the country".
        negated: whether its clause denies it.
    """

    report: str
    published: datetime.date | None
    quantity: Quantity
    statement: str
    place: frozenset[str]
    place_name: str
    when: frozenset[str]
    years: frozenset[str]
    scope: frozenset[str]
    beside: frozenset[tuple[float | None, float | None]]
    clause: frozenset[str]
    near: frozenset[str]
    around: frozenset[str]
    doers: frozenset[str]
    base: frozenset[str]
    polled: bool
    sort: frozenset[str]
    whose: frozenset[str]
    sides: frozenset[str]
    negated: bool

    @property
    def happening(self) -> bool:
        """Whether it counts what happens."""
        return is_happening(self.quantity.of or "")

    @property
    def evidence(self) -> Evidence:
        """Where it stands."""
        return Evidence(report=self.report, span=self.quantity.span)


class _Source(NamedTuple):
    """A reading with what is looked up in it again and again."""

    reading: Reading
    prose: str
    canonical: Mapping[tuple[str, str], str]
    starts: tuple[int, ...]
    places: tuple[tuple[Span, str, frozenset[str]], ...]
    voices: Voices


def number_findings(
    readings: Sequence[Reading],
    canonical: Mapping[tuple[str, str], str] | None = None,
    copies: Mapping[str, str] | None = None,
) -> tuple[Finding, ...]:
    """Return the numbers that reports of at least two origins give of the same thing, agreeing or not.

    A dispute needs two reports none of whose numbers of the thing fit each other. "More than a dozen" fits 18.

    Args:
        readings: in any order.
        canonical: canonical name of an actor, by report id and the name that the report knows it by.
        copies: which report each copy copies.

    Returns:
        Disputed findings of kind `value` and corroborated ones, the most widely told first.
    """
    return findings_of(grouped(readings, canonical or {}), copies or {}, {r.report.id for r in readings})


def grouped(readings: Iterable[Reading], canonical: Mapping[tuple[str, str], str]) -> list[list[Number]]:
    """Return the numbers of the reports, those of one thing together.

    Args:
        readings: in any order.
        canonical: canonical name of an actor, by report id and the name that the report knows it by.
    """
    ordered = sorted(readings, key=lambda r: r.report.id)
    voices = Voices(ordered, canonical)
    sources = [_source(r, canonical, voices) for r in ordered]
    common = _common(sources)
    return list(_groups([n for s in sources for n in _numbers(s, common)]))


def findings_of(
    groups: Iterable[Sequence[Number]], copies: Mapping[str, str], reports: Collection[str]
) -> tuple[Finding, ...]:
    """Return what groups of numbers come to: disputed findings of kind `value` and corroborated ones.

    Args:
        groups: numbers of one thing each.
        copies: which report each copy copies.
        reports: the ids of all reports.
    """
    origin = {r: copies.get(r, r) for r in reports}
    total = max(1, len(set(origin.values())))
    found = [f for group in groups if (f := _finding(group, origin, total))]
    return tuple(sorted(found, key=lambda f: (-f.strength, f.positions[0].evidence, f.id)))


def shown(quantity: Quantity) -> str:
    """Return a number in figures, with its bound: `3`, `at least 3`, `150 to 200`, `25 percent`."""
    low, high = (f"{x:,.10g}" if x is not None else "" for x in (quantity.low, quantity.high))
    number = f"{low} to {high}" if low and high and low != high else low or high
    if quantity.bound == "exact" and quantity.approximate:
        number = f"about {number}"
    return _WORDS.get(quantity.bound, "") + number + (" percent" if quantity.of == "percent" else "")


def _source(reading: Reading, canonical: Mapping[tuple[str, str], str], voices: Voices) -> _Source:
    prose = mask(reading.report.text, reading.report.furniture)
    places = []
    for m in reading.mentions:
        if m.type not in {"place", "state"} or not _LOCATIVE.search(prose[max(0, m.span.start - 60) : m.span.start]):
            continue
        places.append((m.span, *_named(canonical.get((reading.report.id, m.actor), m.actor))))
    return _Source(reading, prose, canonical, tuple(s.span.start for s in reading.sentences), tuple(places), voices)


def _named(place: str) -> tuple[str, frozenset[str]]:
    """The name of a place with the stems that tell it from others."""
    stems = content_stems(keys(place))
    return place, stems - frozenset(scopes().kinds_of_place) or stems


def _common(sources: Sequence[_Source]) -> frozenset[str]:
    """Stems that stand in too many sentences of the reports to tell one event from another."""
    seen: Counter[str] = Counter()
    total = 0
    for s in sources:
        for sentence in s.reading.sentences:
            seen.update(content_stems(keys(sentence.span.of(s.prose))))
            total += 1
    return frozenset(w for w, n in seen.items() if n > max(5, _COMMON * total))


def _numbers(source: _Source, common: frozenset[str]) -> Iterator[Number]:
    for quantity in source.reading.quantities:
        at = bisect_right(source.starts, quantity.span.start) - 1
        if at < 0 or quantity.of is None or quantity.of in scopes().apart or _is_small_talk(quantity):
            continue
        if _POINTS.search(quantity.span.of(source.prose)):
            continue
        yield _number(quantity, at, source, common)


def _is_small_talk(quantity: Quantity) -> bool:
    """Whether it is "one official" or "the two countries", which count nothing; "two killed" does."""
    return quantity.low == quantity.high and (quantity.low or 0) <= 2 and not is_outcome(quantity)


def _number(quantity: Quantity, at: int, source: _Source, common: frozenset[str]) -> Number:
    reading, prose = source.reading, source.prose
    sentence = reading.sentences[at].span
    covering = [c for c in reading.clauses if c.sentence == at and c.span.covers(quantity.span)]
    told = min(covering, key=lambda c: (c.span.length, c.span), default=None)
    clause, doers = (told.span, told.doers) if told else (sentence, ())
    before = [s.span for s in _earlier(source, at)]
    place_name, place = _place(quantity, clause, [sentence, *before], source)
    measure = content_stems(keys(quantity.span.of(prose))) | place
    words = content_stems(keys(clause.of(prose))) - measure
    near = words - common
    return Number(
        report=reading.report.id,
        published=reading.report.published,
        quantity=quantity,
        statement=" ".join(clause.of(prose).split()),
        place=place,
        place_name=place_name,
        when=_days([quantity.when.value]) if quantity.when else _when(source, clause, sentence),
        years=_years(source, clause) or _years(source, sentence),
        scope=_scope(quantity, clause, prose),
        beside=_beside(quantity, sentence, source),
        clause=words,
        near=near,
        around=near.union(*(content_stems(keys(s.of(prose))) for s in (sentence, *before))) - measure - common,
        doers=frozenset(source.canonical.get((reading.report.id, d), d) for d in doers),
        base=base(quantity, sentence, prose),
        polled=quantity.kind == "share" and is_polled(reading, at),
        sort=sort_of(quantity, prose),
        whose=frozenset(
            state for w in quantity.span.of(prose).split() if w[:1].isupper() and (state := state_adjective(w))
        ),
        sides=_sides(doers or _before(told, at, source), source),
        negated=told is not None and told.negated,
    )


def _sides(doers: Iterable[str], source: _Source) -> frozenset[str]:
    names = (source.canonical.get((source.reading.report.id, d), d) for d in doers)
    return frozenset(side for name in names if (side := source.voices.side(name)))


def _before(told: Clause | None, at: int, source: _Source) -> tuple[str, ...]:
    """Who acts in the sentence before, where a clause says "the country" for the one who does."""
    sentences = source.reading.sentences
    if told is None or not at or sentences[at - 1].paragraph != sentences[at].paragraph:
        return ()
    if not _TAKEN_UP.search(source.prose[sentences[at].span.start : told.span.end][:_OPENING]):
        return ()
    earlier = [c for c in source.reading.clauses if c.sentence == at - 1 and c.doers]
    return earlier[-1].doers if earlier and len({c.doers for c in earlier}) == 1 else ()


def _beside(quantity: Quantity, sentence: Span, source: _Source) -> frozenset[tuple[float | None, float | None]]:
    others = (q for q in source.reading.quantities if sentence.covers(q.span) and q.of == quantity.of)
    return frozenset((q.low, q.high) for q in others if q.span != quantity.span)


def _earlier(source: _Source, at: int) -> list[Sentence]:
    """The sentences before this one in its paragraph, the nearest first."""
    sentences = source.reading.sentences
    back = sentences[max(0, at - _SENTENCES_BACK) : at]
    return [s for s in reversed(back) if s.paragraph == sentences[at].paragraph]


def _place(quantity: Quantity, clause: Span, sentences: Sequence[Span], source: _Source) -> tuple[str, frozenset[str]]:
    """Where the number holds: the nearest place of its clause, else of its sentence, else of one before it."""
    if any(w in clause.of(source.prose).casefold() for w in measures().elsewhere.words):
        return "", frozenset(["elsewhere"])
    if quantity.where is not None:
        # What the reading found to be the number's own place is surer than whatever place stands near.
        own = next((p[1:] for p in source.places if p[0] == quantity.where.span), None)
        return own or _named(quantity.where.place)
    for span in (clause, *sentences):
        inside = [p for p in source.places if span.covers(p[0])]
        if inside:
            return min(inside, key=lambda p: (abs(p[0].start - quantity.span.start), p[0]))[1:]
    return "", frozenset()


def _when(source: _Source, clause: Span, sentence: Span) -> frozenset[str]:
    """Days, else years, that the clause names, else its sentence."""
    for span in (clause, sentence):
        values = [
            t.value for t in source.reading.times if t.value and span.covers(t.span) and t.type in {"DATE", "TIME"}
        ]
        if found := _days(values):
            return found
    return frozenset()


def _years(source: _Source, span: Span) -> frozenset[str]:
    dates = (t.value for t in source.reading.times if t.value and span.covers(t.span) and t.type == "DATE")
    return frozenset(v[:4] for v in dates if v[:4].isdigit())


def _days(values: Sequence[str]) -> frozenset[str]:
    days = {v[:10] for v in values if precision(v) in {"day", "time"}}
    return frozenset(days or {v[:4] for v in values if precision(v) == "year"})


def _scope(quantity: Quantity, clause: Span, prose: str) -> frozenset[str]:
    lexicon, words = scopes(), clause.of(prose).casefold()
    kinds = {"whole": lexicon.whole, "part": lexicon.part, "past": lexicon.past}
    found = {kind for kind, some in kinds.items() if any(re.search(rf"\b{re.escape(w)}\b", words) for w in some)}
    if _PARTITIVE.match(prose[quantity.span.end : quantity.span.end + 30]) or leaves_out(quantity, clause, prose):
        found.add("part")
    return frozenset(found)


def _groups(numbers: Sequence[Number]) -> Iterator[list[Number]]:
    """Numbers of one thing, measure by measure."""
    by: dict[str, list[Number]] = defaultdict(list)
    for number in numbers:
        by[number.quantity.of or ""].append(number)
    for of in sorted(by):
        groups: list[list[Number]] = []
        for number in sorted(by[of], key=lambda n: (-len(n.around), n.report, n.quantity.span)):
            fits = [g for g in groups if _fits(number, g[:_ASKED])]
            if fits:
                max(fits, key=lambda g: len(number.near & g[0].near)).append(number)
            else:
                groups.append([number])
        yield from _linked(groups)


def _linked(groups: Sequence[list[Number]]) -> list[list[Number]]:
    """Join groups of one and the same number that came about apart, where a number of one is a number of the other."""
    joined: list[list[Number]] = []
    for group in groups:
        worths = {worth(n) for n in group}
        homes = [
            g for g in joined if len(worths | {worth(n) for n in g}) == 1 and _are_linked(g[:_ASKED], group[:_ASKED])
        ]
        if homes:
            homes[0].extend(group)
        else:
            joined.append(list(group))
    return joined


def _are_linked(some: Sequence[Number], others: Sequence[Number]) -> bool:
    return any(are_one(a, b) for a in some for b in others)


def _fits(number: Number, group: Sequence[Number]) -> bool:
    """Whether a number is of the same thing as all that differ from it and, if there are any, as one of its equals."""
    equal = [are_one(number, other) for other in group if worth(other) == worth(number)]
    return (not equal or any(equal)) and all(are_one(number, o) for o in group if worth(o) != worth(number))


def _finding(group: Sequence[Number], origin: Mapping[str, str], total: int) -> Finding | None:
    origins = len({origin[n.report] for n in group})
    if origins < 2:
        return None
    rivals = _rivals(group, origin)
    positions = _positions(group)
    if not rivals and not _agree(group):
        return None
    if not rivals:
        best = max(group, key=lambda n: (n.quantity.bound == "exact", -len(n.statement), n.report))
        every = tuple(sorted({n.evidence for n in group}))
        positions = [Position(value=shown(best.quantity), evidence=every)]
    statement = min(group, key=lambda n: (-len(n.place), -len(n.near), n.report, n.quantity.span)).statement
    return Finding(
        id=hashlib.sha256("\x1f".join(_parts(group, positions)).encode()).hexdigest()[:12],
        standing="disputed" if rivals else "corroborated",
        kind="value" if rivals else None,
        statement=statement,
        origins=origins,
        positions=tuple(positions),
        strength=min(1.0, (0.4 if rivals else 0.0) + 0.6 * origins / total),
        why=_why(group, rivals),
    )


def _parts(group: Sequence[Number], positions: Sequence[Position]) -> Iterator[str]:
    yield group[0].quantity.of or ""
    for p in positions:
        yield p.value
        yield from (f"{e.report}:{e.span.start}-{e.span.end}" for e in p.evidence)


def _rivals(group: Sequence[Number], origin: Mapping[str, str]) -> list[tuple[Number, Number]]:
    """Numbers of two reports none of whose numbers fit each other."""
    by: dict[str, list[Number]] = defaultdict(list)
    for n in group:
        by[n.report].append(n)
    return [
        (by[a][0], by[b][0])
        for a, b in combinations(sorted(by), 2)
        if origin[a] != origin[b] and not any(compatible(x.quantity, y.quantity) for x in by[a] for y in by[b])
    ]


def _agree(group: Sequence[Number]) -> bool:
    """Whether two reports give a number that is more than a bound both happen to keep."""
    pairs = combinations(group, 2)
    return any(a.report != b.report and _tell_the_same(a.quantity, b.quantity) for a, b in pairs)


def _tell_the_same(a: Quantity, b: Quantity) -> bool:
    return compatible(a, b) and not other_floors(a, b)


def _positions(group: Sequence[Number]) -> list[Position]:
    """Group what is said by value; a bound goes with the one exact number that it fits, else it stands alone."""
    sides: list[list[Number]] = []
    for n in sorted(group, key=lambda n: (n.quantity.bound != "exact", n.quantity.low or 0, n.report, n.quantity.span)):
        fits = [s for s in sides if all(compatible(n.quantity, m.quantity) for m in s)]
        if len(fits) == 1:
            fits[0].append(n)
        else:
            sides.append([n])
    return [Position(value=_value(s), evidence=tuple(sorted({n.evidence for n in s}))) for s in sides]


def _value(side: Sequence[Number]) -> str:
    return " / ".join(dict.fromkeys(shown(n.quantity) for n in side))


def _why(group: Sequence[Number], rivals: Sequence[tuple[Number, Number]]) -> str:
    place = min(n.place_name for n in group)
    words = [f"same measure ({group[0].quantity.of})"]
    words += [f"same place ({place})"] if place else []
    if rivals:
        a, b = rivals[0]
        words.append(f"{shown(a.quantity)} and {shown(b.quantity)} cannot both be true")
    elif len({shown(n.quantity) for n in group}) > 1:
        words.append("the numbers fit each other: they differ in precision alone")
    return "; ".join(words)
