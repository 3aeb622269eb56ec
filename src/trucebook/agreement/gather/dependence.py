"""Conditions in words, as conditions of the engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trucebook.agreement.gather.topics import assents
from trucebook.agreement.model import AllOf, Happens

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from trucebook.agreement.gather.offers import Offer
    from trucebook.agreement.gather.told import Told
    from trucebook.agreement.model import Condition
    from trucebook.reading.model import Reading

# Words that may open a condition before its subject ("on condition that the", "in return for").
_OPENING = 4


def understood(
    told: Told, offer: Offer | None, reading: Reading, names: Mapping[tuple[str, str], str]
) -> Condition | None:
    """Return what the condition of a move asks for; None where it has none.

    Who has to act is the state, body or person named in it; that they have to accept is understood where its words say
    so and the move is about an offer, else the words themselves are what has to happen.
    """
    span = told.move.condition
    if span is None:
        return None
    words = " ".join(span.of(reading.report.text).split())
    accepts = offer is not None and bool(assents() & set(_stems(words)))
    actors = _actors(told, reading, names) if accepts else _subject(told, reading, names)
    act, what = ("accept", offer.id) if accepts and offer is not None else (words, None)
    asked = [Happens(act=act, actor=actor, object=what) for actor in actors] or [Happens(act=words)]
    return asked[0] if len(asked) == 1 else AllOf(parts=tuple(asked))


def _actors(told: Told, reading: Reading, names: Mapping[tuple[str, str], str]) -> Sequence[str]:
    """The first actor that a condition names, who is its subject as a rule; not who makes the condition."""
    span = told.move.condition
    found = [
        names.get((told.report, m.actor), m.actor)
        for m in reading.mentions
        if span is not None and span.covers(m.span) and m.type in {"state", "organisation", "person"}
    ]
    return [name for name in dict.fromkeys(found) if name not in told.parties][:1]


def _subject(told: Told, reading: Reading, names: Mapping[tuple[str, str], str]) -> Sequence[str]:
    """The actor with whom a condition begins, behind the words that open it ("if Norway withdraws")."""
    span = told.move.condition
    named = _actors(told, reading, names)
    if span is None or not named:
        return []
    mentions = (m for m in reading.mentions if span.covers(m.span))
    first = next(m for m in mentions if names.get((told.report, m.actor), m.actor) == named[0])
    opening = reading.report.text[span.start : first.span.start].split()
    return named if len(opening) <= _OPENING else []


def _stems(words: str) -> list[str]:
    """Words and what is left of them without the endings of verbs and of nouns made of them."""
    found = []
    for word in words.casefold().split():
        bare = word.strip(".,;:“”\"'’()")
        found.append(bare)
        found += [bare.removesuffix(end) for end in ("s", "ed", "ing", "ance", "ment") if bare.endswith(end)]
        found += [bare.removesuffix(end) + "e" for end in ("ing", "ed") if bare.endswith(end)]
        found += [bare.removesuffix("d")]
    return found
