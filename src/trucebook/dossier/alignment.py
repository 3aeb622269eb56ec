"""Alignment: which statements of different reports tell of one thing, and which of these tell the same of it.

Near statements are found by their vectors (`candidates`), judged by a trained model (`pairing`), and joined only where
no rule speaks against it: another doer, another number, the opposite, another world. Each pair keeps its chance.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from trucebook.dossier.candidates import neighbours
from trucebook.dossier.features import (
    asks,
    decides,
    deciding_words,
    done_and_to_come,
    is_light,
    is_mutual,
    is_open,
    other_floor,
)
from trucebook.dossier.occasions import elsewhere, on_other_days
from trucebook.dossier.pairing import Vocabulary, shipped, signals
from trucebook.dossier.units import met_alike
from trucebook.reading.bounds import compatible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from trucebook.dossier.candidates import Floats, Near
    from trucebook.dossier.features import Statement, Weights
    from trucebook.dossier.pairing import Signals, WordVectors

# A pair worth a judgement: the mean of its three cosines, and how many a statement brings.
_NEAR, _MOST = 0.33, 12
# Words that count, and one that says that it was not where the rest was.
_RANK = re.compile(r"\b(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)\b", re.IGNORECASE)
_WHETHER = re.compile(r"\bwhether\b", re.IGNORECASE)
# The doer is the one of whom it is asked: "was under pressure to pay", "had been asked by the court to appear".
_ASKED_OF = re.compile(
    r"\b(?:asked|invited|ordered|pressed|pressured|told|urged|under\s+(?:\w+\s+)?pressure)\b"
    r"(?:\s+(?:by|from)\b[^.;]{1,80}?)?\s+to\b",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(r"\belsewhere\b", re.IGNORECASE)
# What a pair that was not near enough to be judged counts in the mean of a group.
_UNJUDGED = 0.05
_WEEKDAY = re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")
# So sure the model must be that two speakers tell one fact, and tell it where nobody does the same in both; and that
# two statements with too few words in common are one, where they name other details and where they do not.
_WELL, _VERY, _SURE, _CLEAR = 0.58, 0.85, 0.85, 0.72
# Words that two statements must share where they share no name and no number, and what is said where they do not: it
# keeps the two from being joined by themselves, and not from standing in one group that others hold together.
_PLAIN, _THIN = 3, "too little in common"


@dataclass(frozen=True, kw_only=True)
class Thresholds:
    """How sure the models must be, from 0 to 1.

    At `same`, about 80 of 100 judged pairs of events that were left out of the fit are of one thing, and 88 of the four
    events that the brief is measured on; the rules come on top.

    Attributes:
        same: two statements tell one fact.
        group: mean chance of all pairs of a fact's statements.
        opposed: one statement contradicts another.
        kept: pairs below it are forgotten.
    """

    same: float = 0.57
    group: float = 0.5
    opposed: float = 0.39
    kept: float = 0.1


@dataclass(frozen=True, order=True)
class Pair:
    """Two statements of different reports that tell of one thing.

    Attributes:
        chance: how likely that is, 0 to 1.
        first: index of the first statement.
        second: index of the second.
        shared: the words they share, the most telling first.
        signals: what speaks for and against it.
    """

    chance: float
    first: int
    second: int
    shared: tuple[str, ...]
    signals: Signals


@dataclass(frozen=True)
class Vectors:
    """Vectors of statements.

    Attributes:
        clauses: of their clauses as they are read by themselves, (statements, size).
        sentences: of their sentences, (statements, size).
        words: of the words that are compared.
    """

    clauses: Floats
    sentences: Floats
    words: WordVectors


def judged(every: Sequence[Statement], vectors: Vectors, weights: Weights) -> Iterator[tuple[Near, Signals]]:
    """Yield the pairs of statements of different reports that lie near each other, with what speaks for them."""
    numbers: dict[str, int] = {}
    reports = [numbers.setdefault(s.report, len(numbers)) for s in every]
    words = Vocabulary(weights, vectors.words)
    for near in neighbours(vectors.clauses, vectors.sentences, reports, _NEAR, _MOST):
        yield near, signals(every[near.first], every[near.second], near, words)


def pairs(every: Sequence[Statement], vectors: Vectors, weights: Weights, thresholds: Thresholds) -> list[Pair]:
    """Return the pairs of statements that may tell of one thing, the likeliest first."""
    model, found = shipped(), []
    for near, of in judged(every, vectors, weights):
        chance = round(model.chance(of), 4)
        if chance >= thresholds.kept:
            shared = every[near.first].words & every[near.second].words
            telling = tuple(sorted(shared, key=lambda w: (-weights.of(w), w)))
            found.append(Pair(chance, near.first, near.second, telling, of))
    return sorted(found, key=lambda p: (-p.chance, p.first, p.second))


def speaks_against(pair: Pair, a: Statement, b: Statement) -> str | None:
    """Return what parts two statements of one thing, in words; None where they can be one fact."""
    of, sure = pair.signals, pair.chance
    reasons = (
        (of.question, "one is asked"),
        (of.negation, "one is negated"),
        (of.other_number or other_floor(a, b) or _other_rank(a, b), "other numbers"),
        (_other_fate(a, b), "the counted met with something else"),
        (bool(_ELSEWHERE.search(a.text)) != bool(_ELSEWHERE.search(b.text)), "another area"),
        ((of.other_doer or _of_other_states(a, b)) and not _mutual(a, b), "other doers"),
        (of.opposed, "words that exclude each other"),
        (of.other_speaker and sure < _VERY and (sure < _WELL or not of.same_doer), "words of two people"),
        (of.other_days or on_other_days(a.occasion, b.occasion), "other days"),
        (elsewhere(a.occasion, b.occasion), "other places"),
        (done_and_to_come(a, b), "done in one, still to come in the other"),
        (_is_only_asked(a, b) or _is_only_asked(b, a), "asked of somebody in one, done in the other"),
        (_is_asked(a, b) or is_open(a.words) != is_open(b.words), "one is still open"),
        (of.same_head and decides(a) != decides(b), "one is a decision still to come"),
        (not _one_world(a, b), "done in one, possible in the other"),
        (not _anchored(pair, a, b) and sure < _needed(pair, a, b), _THIN),
    )
    return next((words for holds, words in reasons if holds), None)


def _other_fate(a: Statement, b: Statement) -> bool:
    """Whether both count as many of one thing to which something else happened: launched is not shot down."""
    alike = [
        (q, r) for q in a.quantities for r in b.quantities if q.low == r.low and q.counted and q.counted == r.counted
    ]
    return not all(met_alike(q.happened, r.happened) for q, r in alike)


def _is_asked(a: Statement, b: Statement) -> bool:
    """Whether one says "whether" and the other that it is so; a decision whether is a decision to."""
    decision = all(deciding_words() & {*s.words, *s.clause.words} for s in (a, b))
    return not decision and bool(_WHETHER.search(a.text)) != bool(_WHETHER.search(b.text))


def _is_only_asked(asked: Statement, told: Statement) -> bool:
    """Whether the one tells that its doer was asked to do a thing, and the other knows of no such wish."""
    return bool(_ASKED_OF.search(asked.text)) and asked.clause.modality == "asserted" and not asks(told.words)


def _other_rank(a: Statement, b: Statement) -> bool:
    """The first of a kind and the third are two; the first that is the last is one."""
    one, other = ({w.lower() for w in _RANK.findall(s.text)} for s in (a, b))
    return bool(one and other and not one & other)


def _of_other_states(a: Statement, b: Statement) -> bool:
    """Whether one tells of a person and the other of a state, and the person acts for another one."""
    kinds = {side for s in (a, b) for side, _ in s.doers}
    return kinds == {"party", "person"} and bool(a.parties and b.parties) and not a.parties & b.parties


def _mutual(a: Statement, b: Statement) -> bool:
    """`A meets B` and `B meets A`: what two do together may be told of either."""
    return all(
        is_mutual(s.predicate) and any(f"@{n}" in other.words for _, n in s.doers) for s, other in ((a, b), (b, a))
    )


def _anchored(pair: Pair, a: Statement, b: Statement) -> bool:
    """Whether two share a name, a speaker, a number or several words: alike in tone is not alike in matter."""
    named = any(w.startswith("@") for w in pair.shared) or (a.speaker is not None and a.speaker == b.speaker)
    plain = sum(not w.startswith("@") and not w.isdigit() and not is_light(w) for w in pair.shared)
    return plain >= (1 if named or pair.signals.same_number or _same_detail(a, b) else _PLAIN)


def _same_detail(a: Statement, b: Statement) -> bool:
    """Whether both name a day of the week, a place in a row or a count above one, and the same."""
    one, other = (
        {w.lower() for of in (_RANK, _WEEKDAY) for w in of.findall(s.text)}
        | {str(q.low) for q in s.quantities if q.low == q.high and (q.low or 0) > 1}
        for s in (a, b)
    )
    return bool(one & other)


def _needed(pair: Pair, a: Statement, b: Statement) -> float:
    """How sure it must be that two are one fact that share no name, no number and few words."""
    return _CLEAR if pair.signals.plain > 0 and not _other_details(a, b) else _SURE


def _other_details(a: Statement, b: Statement) -> bool:
    """Whether both count something, or name a day of the week, and nothing that the other does."""
    one, other = ({d.lower() for d in _WEEKDAY.findall(s.text)} for s in (a, b))
    numbers = a.quantities and b.quantities and not any(compatible(x, y) for x in a.quantities for y in b.quantities)
    return bool(numbers or (one and other and not one & other))


def _one_world(a: Statement, b: Statement) -> bool:
    """Whether two statements can be one fact: "accepted" and "would accept" are two."""
    modalities = {a.clause.modality, b.clause.modality}
    if "asserted" in modalities and "possible" in modalities:
        # "Said it would" is the reported future of "will": only the outlet's own "would" is merely possible.
        doubtful = a if a.clause.modality == "possible" else b
        return doubtful.clause.attribution is not None
    return True


def clusters(every: Sequence[Statement], found: Sequence[Pair], thresholds: Thresholds) -> list[list[int]]:
    """Group statements that tell one fact, the likeliest pairs first.

    A statement joins a group where it goes with its members on average, so that a chain of half-alike statements does
    not become one fact; and never where something speaks against it and a member.
    """
    chance = {(p.first, p.second): p.chance for p in found}
    reasons = {(p.first, p.second): speaks_against(p, every[p.first], every[p.second]) for p in found}
    parted = {key for key, reason in reasons.items() if reason not in {None, _THIN}}
    group: dict[int, list[int]] = {}
    for pair in found:
        left, right = group.get(pair.first, [pair.first]), group.get(pair.second, [pair.second])
        if pair.chance < thresholds.same or reasons[pair.first, pair.second] is not None or left is right:
            continue
        across = [(i, j) if i < j else (j, i) for i in left for j in right if every[i].report != every[j].report]
        mean = sum(chance.get(key, _UNJUDGED) for key in across) / len(across)
        if mean < thresholds.group or any(key in parted for key in across):
            continue
        joined = sorted([*left, *right])
        for i in joined:
            group[i] = joined
    return sorted({id(g): g for g in group.values()}.values())
