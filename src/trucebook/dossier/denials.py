"""Denials: one party says or is said to have done a thing, another denies it, in one report or in several."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from trucebook.dossier.differences import Difference
from trucebook.dossier.disputes import Dispute
from trucebook.dossier.features import concept, is_light
from trucebook.lexicons import load

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from trucebook.dossier.alignment import Vectors
    from trucebook.dossier.features import Statement, Weights
    from trucebook.reading.model import Reading

# Share of the weight of what is denied that the other statement must hold, and the cosine that the two must have.
_HELD, _NEAR, _FEWEST = 0.5, 0.45, 2
# What is set aside was said so many statements and sentences before at most; how sure it is that it was that.
_BACK, _SENTENCES_BACK, _SAID_BEFORE = 6, 2, 0.7
# Who does not deny a thing says nothing against it.
_DENIES_NOT = re.compile(r"\b(?:not|never|neither|nor|without|cannot)\b|n[’']t\b", re.I)


_DENIED = Difference("polarity", ("claimed", "denied"), "one denies what the other says")
SET_ASIDE = Difference("polarity", ("said", "set aside"), "one sets aside what the other has just been told to say")


class Denying(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file `denials.toml`.

    Attributes:
        heads: lemmas by which somebody denies what another says.
        setting_aside: lemmas by which somebody sets aside what another said.
        said: nouns for what somebody said.
        charging: lemmas by which somebody says of another what that one may deny.
    """

    heads: tuple[str, ...]
    setting_aside: tuple[str, ...]
    said: tuple[str, ...]
    charging: tuple[str, ...]


def find_denials(
    every: Sequence[Statement], vectors: Vectors, weights: Weights, readings: Mapping[str, Reading]
) -> list[Dispute]:
    """Return the disputes between who says a thing and who denies it; each denial meets its nearest claim alone."""
    lexicon = _lexicon()
    heads = frozenset(map(concept, lexicon.heads))
    stances = {(rid, a.id): a.stance for rid, r in readings.items() for a in r.attributions}
    index: dict[str, list[int]] = defaultdict(list)
    for i, statement in enumerate(every):
        for word in statement.words:
            index[word].append(i)
    found = []
    for i, statement in enumerate(every):
        if statement.clause.modality != "asserted" or _DENIES_NOT.search(statement.text):
            continue
        if (before := _said_before(i, every)) is not None:
            found.append(_dispute(every, i, before, _SAID_BEFORE, SET_ASIDE))
            continue
        stance = stances.get((statement.report, statement.clause.attribution or ""))
        denies = statement.predicate in heads and not _only_asked(statement) and not _is_of_things(statement)
        if denies or stance == "denying":
            best = max(_claims(i, every, (vectors, weights, index), heads), default=None)
            if best is not None:
                found.append(_dispute(every, i, -best[1], best[0]))
    return found


@cache
def _lexicon() -> Denying:
    found: Denying = load("denials.toml", Denying)
    return found


def _only_asked(statement: Statement) -> bool:
    """`Asked them to disavow him`: nobody has disavowed anything yet."""
    verb = statement.clause.predicate
    return bool(re.search(rf"\bto\s+(?:\w+ly\s+)?{re.escape(verb)}\b", statement.text, re.IGNORECASE))


def _is_of_things(statement: Statement) -> bool:
    """`The findings contradicted her`: nobody speaks against her."""
    return statement.clause.predicate == "contradict" and not statement.doers


@cache
def _charging() -> frozenset[str]:
    return frozenset(map(concept, _lexicon().charging))


@cache
def _what_was_said() -> re.Pattern[str]:
    """Finds "the remarks", "these accusations" where nothing follows that tells what they were."""
    nouns = "|".join(map(re.escape, _lexicon().said))
    points = r"\b(?:the|this|that|these|those|such)"
    return re.compile(rf"{points}\s+(?:{nouns})s?(?=\W*(?:$|,|as\b|by\b|saying\b|and\b))", re.IGNORECASE)


def _said_before(at: int, every: Sequence[Statement]) -> int | None:
    """What somebody sets aside without telling it again: the nearest that another party said right before, or None."""
    one = every[at]
    sets_aside = one.clause.predicate in _lexicon().setting_aside and _what_was_said().search(one.text)
    # "Icelandic officials" name whose they are, and nobody who does it.
    who = {name for _, name in one.doers} | {w[1:] for w in one.words if w.startswith("@")}
    if not who or not sets_aside:
        return None
    for j in range(at - 1, max(-1, at - 1 - _BACK), -1):
        other = every[j]
        near = other.report == one.report and 0 < one.clause.sentence - other.clause.sentence <= _SENTENCES_BACK
        if near and other.speaker is not None and not {other.speaker, other.side} & who:
            return j
    return None


def _claims(
    at: int,
    every: Sequence[Statement],
    known: tuple[Vectors, Weights, Mapping[str, Sequence[int]]],
    heads: Collection[str],
) -> Iterator[tuple[float, int]]:
    """Yield statements that say what one denies, with how near they are; the number negated, so that the first wins."""
    vectors, weights, index = known
    one = every[at]
    matter = {w for w in one.words if not w.startswith("@") and w not in heads and not is_light(w)}
    if len(matter) < _FEWEST:
        return
    total, charging = weights.total(matter), _charging()
    for j in sorted({j for w in matter for j in index[w]}):
        other = every[j]
        if j == at or other.clause.negated or other.predicate in heads or other.clause.modality == "question":
            continue
        if _same_voice(one, other) or len(matter & other.words) < _FEWEST:
            continue
        # What is denied is what the claim is about: "the bridge linking two shores was hit" claims no link.
        if other.predicate not in matter and not is_light(other.predicate) and other.predicate not in charging:
            continue
        near = float(max(vectors.clauses[at] @ vectors.clauses[j], vectors.clauses[at] @ vectors.sentences[j]))
        if other.predicate not in matter and is_light(other.predicate) and len(matter & other.words) <= _FEWEST:
            continue
        if weights.total(matter & other.words) >= _HELD * total and near >= _NEAR:
            yield round(near, 4), -j


def _same_voice(a: Statement, b: Statement) -> bool:
    """Whether one and the same speaks in both: nobody denies what he says himself."""
    voices = [{n for _, n in s.doers} | ({s.speaker} if s.speaker else set()) for s in (a, b)]
    return bool(voices[0] & voices[1]) or (a.report == b.report and a.clause.sentence == b.clause.sentence)


def _dispute(
    every: Sequence[Statement], denial: int, claim: int, near: float, what: Difference | None = None
) -> Dispute:
    a, b = every[claim], every[denial]
    shared = tuple(sorted(w for w in a.words & b.words if not w.startswith("@")))
    return Dispute(what or _DENIED, ((claim,), (denial,)), near, "parties", shared)
