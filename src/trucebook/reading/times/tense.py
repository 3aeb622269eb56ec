"""Whether the verb that governs a time expression looks back or ahead."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from trucebook.reading.times.words import time_words

if TYPE_CHECKING:
    from spacy.tokens import Token

    from trucebook.reading.times.calendar import Direction

# Longer chains of heads than this are the parser's confusion rather than grammar.
_REACH: Final = 8
# A time inside a noun group ("Tuesday's offer") says nothing of when the verb's event happens.
_INSIDE_NOUN: Final = frozenset({"poss", "compound", "nmod", "amod", "appos"})


def direction(token: Token, first: Token) -> Direction | None:
    """Return whether the clause around a time is told of the past or the future, or None where it does not show.

    Args:
        token: the syntactic head of the time's words.
        first: the first of its words.
    """
    verb = _governor(token)
    looked = None if verb is None else _of_verb(verb, _REACH)
    if _after_ahead_word(first):
        finished = verb is not None and any(c.lower_ == "had" for c in verb.children if c.dep_ == "aux")
        return "past" if finished else "future"
    return looked


def _after_ahead_word(token: Token) -> bool:
    """Whether a preposition that looks ahead ("ahead of", "until") stands before the word."""
    if token.i == 0:
        return False
    before = token.nbor(-1).lower_
    two = f"{token.nbor(-2).lower_} {before}" if token.i > 1 else before
    return bool({before, two} & time_words().tense.ahead)


def _governor(token: Token) -> Token | None:
    word = token
    for _ in range(_REACH):
        if word.pos_ in ("VERB", "AUX") and word is not token:
            return word
        if word.dep_ in _INSIDE_NOUN or word.head is word or word.head.i == word.i:
            return None
        word = word.head
    return None


def _of_verb(verb: Token, reach: int) -> Direction | None:
    words = time_words().tense
    aux = [c for c in verb.children if c.dep_ in ("aux", "auxpass")]
    forms = {c.lower_ for c in aux}
    if forms & words.modals:
        return "future"
    if verb.tag_ == "VBD" or forms & {"had", "has", "have", "was", "were", "did", "'ve", "’ve"}:
        return _unless_expecting(verb)
    if verb.tag_ == "VB" and "to" in forms:
        return _of_infinitive(verb, reach)
    if verb.tag_ == "VBG":
        return "future" if forms & {"is", "are", "'s", "’s", "'re", "’re", "am"} else _of_head(verb, reach)
    if verb.tag_ in ("VBZ", "VBP"):
        return "future" if verb.lemma_ in words.scheduled else None
    return "future" if verb.lemma_ in words.expecting and forms & {"is", "are"} else None


def _unless_expecting(verb: Token) -> Direction:
    """A verb told in the past; what was scheduled or set for a day lies ahead of it ("was scheduled for Friday")."""
    return "future" if verb.lemma_ in time_words().tense.appointing else "past"


def _of_infinitive(verb: Token, reach: int) -> Direction | None:
    head = verb.head
    if head.lemma_ in time_words().tense.expecting or head.lemma_ == "be":
        return "future"
    return _of_head(verb, reach)


def _of_head(verb: Token, reach: int) -> Direction | None:
    head = verb.head
    if head.i == verb.i or reach == 0 or head.pos_ not in ("VERB", "AUX"):
        return None
    return _of_verb(head, reach - 1)
