"""Conditions in words, as conditions of the engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trucebook.agreement.gather.topics import assents, has_vehicle, topic
from trucebook.agreement.model import Happens

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from trucebook.agreement.gather.offers import Offer
    from trucebook.agreement.gather.told import Told
    from trucebook.agreement.model import Condition
    from trucebook.reading.model import Reading
    from trucebook.span import Span

# Words that may open a condition before its subject ("on condition that the", "in return for").
_OPENING = 4
_POINTING = frozenset({"it", "them", "this", "that", "too", "also", "first", "and", "or", "by"})
_ACTING = frozenset({"state", "organisation", "person"})


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
    accepts = offer is not None and bool(assents() & set(_stems(words))) and _is_of(offer, words, names)
    actor = _named(told, reading, names) if accepts else _subject(told, reading, names)
    if actor is None:
        return Happens(act=words)
    return Happens(act="accept", actor=actor, object=offer.id) if accepts and offer else Happens(act=words, actor=actor)


def _is_of(offer: Offer, words: str, names: Mapping[tuple[str, str], str]) -> bool:
    """Whether what a condition asks to be accepted can be the offer: "if Norway accepts the toll" asks for a toll."""
    told = words.split()
    at = next((i for i, w in enumerate(told) if assents() & set(_stems(w))), len(told))
    rest = told[at + 1 :]
    if not rest or rest[0].strip('.,;:”"') in _POINTING:
        return True
    about = [c for c in topic(" ".join(rest), names.values()) if not assents() & set(_stems(c))]
    return not about or offer.anchor in about or has_vehicle(words)


def _named(told: Told, reading: Reading, names: Mapping[tuple[str, str], str]) -> str | None:
    """The first actor that a condition names, who is its subject as a rule; not who makes the condition."""
    found = (name for name, _ in _mentioned(told, reading, names))
    return next(found, None)


def _subject(told: Told, reading: Reading, names: Mapping[tuple[str, str], str]) -> str | None:
    """The actor with whom a condition begins, behind the words that open it ("if Norway withdraws")."""
    name, place = next(_mentioned(told, reading, names), (None, None))
    if told.move.condition is None or place is None:
        return None
    opening = reading.report.text[told.move.condition.start : place.start].split()
    return name if len(opening) <= _OPENING else None


def _mentioned(told: Told, reading: Reading, names: Mapping[tuple[str, str], str]) -> Iterator[tuple[str, Span]]:
    """Yield who is named in a condition and where, less who makes it."""
    span = told.move.condition
    for mention in reading.mentions:
        name = names.get((told.report, mention.actor), mention.actor)
        inside = span is not None and span.covers(mention.span) and mention.type in _ACTING
        if inside and name not in told.parties:
            yield name, mention.span


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
