"""What an agreement has its parties do: "Under the deal, Oslo would free the prisoners", "Oslo must leave by May 1"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trucebook.reading.moves.draft import Draft
from trucebook.reading.moves.grammar import is_infinitive, is_passive, is_verb
from trucebook.reading.moves.lexicon import verb_frames, words
from trucebook.reading.moves.needs import fits
from trucebook.reading.moves.standing import is_negated, standing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc, Token

    from trucebook.reading.moves.draft import Context

_DURING = frozenset({"in", "during"})
_BY = frozenset({"under", "by", "in"})
_DEFINITE = frozenset({"the", "this", "that", "its", "their"})
_ORDER = frozenset({"first", "second", "third", "fourth", "initial", "next", "final", "last", "later"})
# How many sentences behind the one that names the agreement still tell of it, in its paragraph.
_FOLLOWING = 3
# Verbs of what is told of an agreement itself.
_OPENING = frozenset({"begin", "start", "expire", "last"})


def of_agreement(verb: Token, context: Context) -> Iterator[Draft]:
    """Yield what somebody is to do by an agreement that the sentence, or one before it in the paragraph, names."""
    if not _is_bound(verb) or is_passive(verb) or is_negated(verb) or verb.lemma_.lower() in _OPENING:
        return
    if context.dependence.inside(verb) or context.parties.speaker(verb) or not _is_under(verb, context):
        return
    lemma = verb.lemma_.lower()
    told = any(fits(f, verb, context) for f in verb_frames().get(lemma, ()) if f.act not in {"attack", "threaten"})
    actors = context.parties.doers(verb)
    # What "must" be done is told by no act.
    told = told and standing(verb) is not None
    if told or not actors or lemma in words("stative"):
        return
    yield Draft(
        trigger=verb,
        top=verb,
        act="promise",
        status="planned",
        span=context.around(verb.head if _of_be(verb) else verb, verb),
        actors=actors,
        object=context.around(verb),
        dated=(verb,),
    )


def is_obligation(verb: Token, context: Context) -> bool:
    """Return whether what a verb tells is to be done by an agreement ("Under the deal, Oslo would withdraw")."""
    return _is_bound(verb) and not context.parties.speaker(verb) and _is_under(verb, context)


def _is_bound(verb: Token) -> bool:
    """Whether the words at a verb tell what somebody is to do."""
    auxiliaries = {c.lower_ for c in verb.children if c.dep_ == "aux"}
    if auxiliaries & (words("future") | words("would") | {"must"}):
        return "have" not in auxiliaries
    return _of_be(verb)


def _of_be(verb: Token) -> bool:
    """`Is to leave`, `has to leave`, `is required to leave`."""
    if verb.dep_ != "xcomp" or not is_infinitive(verb):
        return False
    return verb.head.lemma_ in {"be", "have"} or verb.head.lower_ in {"required", "obliged", "bound", "supposed"}


def agreements(doc: Doc) -> frozenset[int]:
    """Return the first tokens of the sentences of a report that begin with "under the deal" or the like."""
    return frozenset(t.sent.start for t in doc if t.dep_ == "prep" and t.lower_ in _BY and _names_agreement(t))


def stages(doc: Doc) -> frozenset[int]:
    """Return the first tokens of the sentences of a report that tell a stage of an agreement."""
    return frozenset(t.sent.start for t in doc if t.dep_ == "prep" and t.lower_ in _DURING and _names_stage(t))


def _is_under(verb: Token, context: Context) -> bool:
    at = verb.sent.start
    if at in context.agreements or at in context.stages:
        return True
    if _of_be(verb) and any(_names_exchange(t) for t in verb.sent):
        return True
    for _ in range(_FOLLOWING):
        # The end of a paragraph is a token of its own.
        if at == 0 or "\n" in verb.doc[at - 1].text:
            return False
        sentence = verb.doc[at - 1].sent
        if sentence.start in context.agreements:
            return context.parties.carrier(sentence.root) is None
        at = sentence.start
    return False


def _names_stage(token: Token) -> bool:
    """`In the second stage`, `during the first phase`: of what is agreed, by its place in it."""
    stage = next((c for c in token.children if c.dep_ == "pobj"), None)
    return stage is not None and stage.lemma_ in {"stage", "phase"} and any(c.lower_ in _ORDER for c in stage.children)


def _names_exchange(token: Token) -> bool:
    """`In return, Oslo is to leave`."""
    return token.lower_ in {"return", "exchange"} and token.dep_ == "pobj" and token.head.lower_ == "in"


def _names_agreement(token: Token) -> bool:
    """Whether a preposition begins "under the deal" or "by the terms of the deal"."""
    if not is_verb(token.head):
        return False
    thing = next((c for c in token.children if c.dep_ == "pobj"), None)
    if thing is None:
        return False
    if thing.lemma_.lower() in words("terms"):
        inner = [c for p in thing.children if p.lower_ == "of" for c in p.children if c.dep_ == "pobj"]
        return any(c.lemma_.lower() in words("settled") and _is_definite(c) for c in inner)
    return token.lower_ == "under" and thing.lemma_.lower() in words("settled") and _is_definite(thing)


def _is_definite(noun: Token) -> bool:
    return any(c.lower_ in _DEFINITE or c.dep_ == "poss" for c in noun.children)
