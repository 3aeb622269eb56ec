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
    if first.i and first.nbor(-1).lower_ == "since":
        return "past"
    verb = _governor(token)
    if verb is None:
        return "future" if _after_ahead_word(first) else None
    if _is_over(verb):
        return "past"
    looked = _of_verb(verb, _REACH)
    if _after_ahead_word(first):
        # What was signed by Friday is signed; what was put off until Friday is not.
        return "past" if looked == "past" and first.nbor(-1).lower_ == "by" else "future"
    return looked or ("future" if _is_appointed(verb, token) else None)


def _is_over(verb: Token) -> bool:
    """Whether the verb, or what it depends on, had happened before something else: "had been due to end Friday"."""
    word = verb
    for _ in range(_REACH):
        if any(c.lower_ in ("had", "'d", "’d") and c.dep_ == "aux" and c.tag_ == "VBD" for c in word.children):
            return True
        if word.dep_ not in ("xcomp", "acomp", "auxpass") or word.head.i == word.i:
            return False
        word = word.head
    return False


def _is_appointed(verb: Token, token: Token) -> bool:
    """Whether something is said to be at a time, as appointments are: "The vote is on Friday"."""
    if verb.lemma_ != "be" or verb.tag_ not in ("VBZ", "VBP"):
        return False
    return token.dep_ == "attr" or (
        token.dep_ == "pobj" and token.head.lower_ in ("on", "in", "at") and token.head.head is verb
    )


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
    # The tagger takes many a plain present for an infinitive.
    if verb.tag_ in ("VBZ", "VBP") or (verb.tag_ == "VB" and not forms):
        return "future" if verb.lemma_ in words.scheduled or verb.lemma_ in words.expecting else None
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
