"""Which frame of a verb its words fit: whether what the frame needs is there, and to whom the act is addressed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trucebook.reading.gazetteer import state_adjective
from trucebook.reading.moves.grammar import doers, has_particle, infinitive_subject, joined, related
from trucebook.reading.moves.lexicon import words
from trucebook.reading.moves.standing import reported_future

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from spacy.tokens import Token

    from trucebook.reading.moves.draft import Context
    from trucebook.reading.moves.lexicon import VerbFrame

# Kinds of things that a frame can need, and their lists.
_KINDS = {
    "matter": "matters", "stopped": "stopped", "claim": "claims", "weapon": "weapons", "forum": "forums",
    "given": "given", "informing": "informing",
    "penalty": "penalties", "message": "messages", "offered": "offered", "troops": "troops",
}  # fmt: skip
# How many words back a pronoun may point to what is negotiated.
_NEAR = 40
# What a verb can take; where it has none of it, it stands alone ("Oslo refused").
_COMPLEMENTS = frozenset({"dobj", "prep", "ccomp", "xcomp", "prt", "dative", "attr", "acomp", "oprd", "conj"})


def puts_back(verb: Token, thing: Token | None) -> bool:
    """Return whether a verb puts a penalty back ("would restore the duties"), which is to impose it."""
    again = verb.lemma_.lower() in {"restore", "reinstate", "resume", "renew"}
    return again and thing is not None and thing.lemma_.lower() in words("penalties") | {"threat"}


def fits(frame: VerbFrame, verb: Token, context: Context) -> bool:
    """Return whether a frame's particle and one of its needs are there."""
    if frame.particle is not None and not has_particle(verb, frame.particle):
        return False
    return not frame.needs or any(_met(need, frame, verb, context) for need in frame.needs)


def _met(need: str, frame: VerbFrame, verb: Token, context: Context) -> bool:
    if "+" in need:
        return all(_met(part, frame, verb, context) for part in need.split("+"))
    if need in _KINDS:
        return any(_is_of(t, need, context) for r in frame.object if (t := related(verb, r)) is not None)
    if need == "aimed":
        return _is_aimed(frame, verb)
    if need in _OF_RECIPIENTS:
        return _OF_RECIPIENTS[need](recipients(frame, verb, context), context)
    if need in _OF_ACTORS:
        return _OF_ACTORS[need](verb, context)
    return _OF_WORDS[need](verb) if need in _OF_WORDS else related(verb, need) is not None


def _is_aimed(frame: VerbFrame, verb: Token) -> bool:
    thing = related(verb, "object")
    return thing is not None and any(t.lower_ in frame.recipient and t.dep_ == "prep" for t in thing.subtree)


def _has_counterpart(whom: tuple[str, ...], context: Context) -> bool:
    return any(context.parties.kind(n) in {"person", "state"} for n in whom)


def _has_actor(verb: Token, context: Context) -> bool:
    return bool(context.parties.doers(verb))


def _has_side(verb: Token, context: Context) -> bool:
    """Whether who acts is a state or a body, or acts for one."""
    return bool(context.parties.behind(context.parties.doers(verb)))


def _is_bare(verb: Token) -> bool:
    return related(verb, "object") is None and not any(c.dep_ == "prt" for c in verb.children)


def _is_alone(verb: Token) -> bool:
    return not any(c.i > verb.i and c.dep_ in _COMPLEMENTS for c in verb.children)


def _is_subjunctive(verb: Token) -> bool:
    clause = related(verb, "clause")
    return clause is not None and clause.tag_ == "VB" and not any(c.dep_ == "aux" for c in clause.children)


def _sends_somebody(verb: Token, context: Context) -> bool:
    """`Deployed troops`, `dispatched its envoy`, but not `deployed every trick`."""
    thing = related(verb, "object")
    if thing is None:
        return False
    named = context.parties.mention(thing)
    return thing.lemma_.lower() in words("troops") | words("groups") or (named is not None and named.type != "place")


def _is_of(thing: Token, need: str, context: Context) -> bool:
    """Whether the head of an object, or of a noun that belongs to it, is of a kind ("an end to the talks")."""
    if thing.tag_ in {"WDT", "WP"}:
        thing = next((t.head for t in thing.ancestors if t.dep_ == "relcl"), thing)
    listed = words(_KINDS[need])
    below = [c for p in thing.children if p.dep_ == "prep" and p.lower_ == "of" for c in p.children]
    if need == "matter" and ((thing.tag_ == "VBG" and thing.dep_ == "pcomp") or _points_back(thing)):
        return True
    return any(t.lemma_.lower() in listed for t in (thing, *below)) and context.parties.mention(thing) is None


def _is_worth(verb: Token) -> bool:
    """Whether an object is a thing that can be negotiated: no advice, no blame, and nothing a pronoun stands for."""
    thing = related(verb, "object")
    return (
        thing is not None
        and thing.pos_ == "NOUN"
        and thing.ent_type_ != "PERSON"
        and thing.lemma_.lower() not in words("unweighed")
    )


def _is_modal(verb: Token) -> bool:
    """`Would accept a cap`, `cannot accept it`: what is told so is an answer more than a thing taken into a hand."""
    return any(c.dep_ == "neg" or c.tag_ == "MD" for c in verb.children)


def _is_pending(verb: Token) -> bool:
    """`Is studying the offer`, `will study the offer`: it goes on, or is still to be done."""
    auxiliaries = {c.lower_ for c in verb.children if c.dep_ == "aux"}
    will = auxiliaries & words("future") or (auxiliaries & words("would") and reported_future(verb))
    return verb.tag_ == "VBG" or bool(will)


def _points_back(thing: Token) -> bool:
    """`Accepted it`: a thing that is negotiated was named right before."""
    if thing.lower_ not in {"it", "this", "that", "them", "these"} or thing.pos_ not in {"PRON", "DET"}:
        return False
    before = thing.doc[max(thing.i - _NEAR, 0) : thing.i]
    return any(t.pos_ == "NOUN" and t.lemma_.lower() in words("offered") for t in before)


def _joint(verb: Token, context: Context) -> bool:
    heads = doers(verb)
    return (
        len(context.parties.doers(verb)) > 1
        or any(len(tuple(joined(h))) > 1 for h in heads if h.tag_ != "WDT")
        or any(h.tag_ == "NNS" and h.lemma_.lower() in words("pairs") | words("groups") for h in heads)
        or any(h.tag_ == "NNPS" and any(c.lower_ in {"two", "both"} for c in h.children) for h in heads)
    )


def recipients(frame: VerbFrame, verb: Token, context: Context) -> tuple[str, ...]:
    """Return to whom the act of a verb is addressed, by the relations of its frame."""
    for relation in frame.recipient:
        head = related(verb, relation)
        if head is None:
            head = _recipient_elsewhere(verb, relation)
        names = context.parties.named(head) if head is not None else ()
        if not names and head is not None and frame.act == "attack":
            names = context.parties.owners(head)
        if names:
            return names
    return _asked_in_clause(frame, verb, context)


def _asked_in_clause(frame: VerbFrame, verb: Token, context: Context) -> tuple[str, ...]:
    """`Proposed that Oslo halt the works`: whom the clause has do it."""
    clause = related(verb, "clause") if frame.act in {"propose", "counter"} else None
    if clause is None:
        return ()
    actors = context.parties.doers(verb)
    return tuple(n for n in context.parties.doers(clause) if not context.parties.same_side(actors, (n,)))


def _recipient_elsewhere(verb: Token, relation: str) -> Token | None:
    """`Wants Oslo to sign`, `discussed the plan with Oslo`: the parser hung them on the word below."""
    if relation == "object":
        return infinitive_subject(verb)
    thing = related(verb, "object")
    return related(thing, relation) if thing is not None and relation in {"with", "to"} else None


def _goes_abroad(verb: Token, context: Context) -> bool:
    """`The envoy flew to Oslo`: who acts for one state or body goes to another state."""
    goal = related(verb, "to")
    if goal is None:
        return False
    state, parties = state_adjective(goal.text), context.parties.behind(context.parties.doers(verb))
    return state is not None and bool(parties) and state not in parties


_OF_RECIPIENTS: Mapping[str, Callable[[tuple[str, ...], Context], bool]] = {
    "counterpart": _has_counterpart,
    "party": lambda whom, _: bool(whom),
}
_OF_ACTORS: Mapping[str, Callable[[Token, Context], bool]] = {
    "actor": _has_actor,
    "side": _has_side,
    "abroad": _goes_abroad,
    "joint": _joint,
    "sent": _sends_somebody,
}
_OF_WORDS: Mapping[str, Callable[[Token], bool]] = {
    "bare": _is_bare,
    "alone": _is_alone,
    "pending": _is_pending,
    "worth": _is_worth,
    "modal": _is_modal,
    "subjunctive": _is_subjunctive,
}
