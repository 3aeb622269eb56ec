"""Moves told by a verb: "accepted the offer", "urged Oslo to sign", "has yet to respond"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trucebook.reading.gazetteer import state_adjective
from trucebook.reading.moves.draft import Draft
from trucebook.reading.moves.grammar import (
    doers,
    has_particle,
    infinitive_subject,
    is_passive,
    is_verb,
    joined,
    related,
)
from trucebook.reading.moves.lexicon import verb_frames, words
from trucebook.reading.moves.standing import is_no_longer, reported_future, standing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Token

    from trucebook.reading.model import Act, MoveStatus
    from trucebook.reading.moves.draft import Context
    from trucebook.reading.moves.lexicon import VerbFrame
    from trucebook.reading.moves.standing import Standing

# Whoever says of themselves that they will not do this refuses.
_REFUSABLE: frozenset[Act] = frozenset(
    {"accept", "agree", "sign", "meet", "withdraw", "resume", "suspend", "relay", "mediate", "promise"}
)
_NOBODY = frozenset(
    {"you", "one", "this", "there", "everyone", "nobody", "anyone", "someone", "these", "those", "everybody"}
)
# Kinds of things that a frame can need, and their lists.
_KINDS = {
    "matter": "matters", "stopped": "stopped", "claim": "claims", "weapon": "weapons", "forum": "forums",
    "given": "given", "informing": "informing",
}  # fmt: skip
# Acts that the passive without anybody who does them still tells.
_AGENTLESS: frozenset[Act] = frozenset(
    {"suspend", "resume", "postpone", "sign", "agree", "propose", "accept", "refuse", "withdraw", "meet"}
)
_MODIFIERS = frozenset({"amod", "compound", "nmod", "pobj", "dobj", "poss", "appos"})


def of_verb(verb: Token, context: Context) -> Iterator[Draft]:
    """Yield the move that a verb tells, if it tells one."""
    if verb.dep_ in _MODIFIERS or context.dependence.inside(verb):
        return
    frames = verb_frames().get(verb.lemma_.lower(), ())
    if not frames:
        yield from _no_answer(verb, context)
        return
    stands = standing(verb)
    if stands is None or any(d.lower_ in _NOBODY for d in doers(verb)) or context.parties.is_done_by_a_thing(verb):
        return
    frame = next((f for f in frames if fits(f, verb, context)), None)
    if frame is not None:
        yield from _draft(frame, verb, stands, context)


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
    if need == "actor":
        return bool(context.parties.doers(verb))
    if need == "aimed":
        thing = related(verb, "object")
        return thing is not None and any(t.lower_ in frame.recipient and t.dep_ == "prep" for t in thing.subtree)
    if need == "abroad":
        return _goes_abroad(verb, context)
    if need == "counterpart":
        return any(context.parties.kind(n) in {"person", "state"} for n in _recipients(frame, verb, context))
    if need == "party":
        return bool(_recipients(frame, verb, context))
    if need == "bare":
        return related(verb, "object") is None
    if need == "joint":
        return _joint(verb, context)
    if need == "subjunctive":
        clause = related(verb, "clause")
        return clause is not None and clause.tag_ == "VB" and not any(c.dep_ == "aux" for c in clause.children)
    return related(verb, need) is not None


def _is_of(thing: Token, need: str, context: Context) -> bool:
    """Whether the head of an object, or of a noun that belongs to it, is of a kind ("an end to the talks")."""
    if thing.tag_ in {"WDT", "WP"}:
        thing = next((t.head for t in thing.ancestors if t.dep_ == "relcl"), thing)
    listed = words(_KINDS[need])
    below = [c for p in thing.children if p.dep_ == "prep" and p.lower_ == "of" for c in p.children]
    if need == "matter" and thing.tag_ == "VBG" and thing.dep_ == "pcomp":
        return True
    return any(t.lemma_.lower() in listed for t in (thing, *below)) and context.parties.mention(thing) is None


def _joint(verb: Token, context: Context) -> bool:
    heads = doers(verb)
    return (
        len(context.parties.doers(verb)) > 1
        or any(len(tuple(joined(h))) > 1 for h in heads if h.tag_ != "WDT")
        or any(h.tag_ == "NNS" and h.lemma_.lower() in words("pairs") | words("groups") for h in heads)
        or any(h.tag_ == "NNPS" and any(c.lower_ in {"two", "both"} for c in h.children) for h in heads)
    )


def _recipients(frame: VerbFrame, verb: Token, context: Context) -> tuple[str, ...]:
    for relation in frame.recipient:
        head = related(verb, relation)
        if head is None:
            head = _recipient_elsewhere(verb, relation)
        names = context.parties.named(head) if head is not None else ()
        if not names and head is not None and frame.act == "attack":
            names = context.parties.owners(head)
        if names:
            return names
    return ()


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


def _draft(frame: VerbFrame, verb: Token, stands: Standing, context: Context) -> Iterator[Draft]:
    head = next((t for r in frame.object if (t := related(verb, r)) is not None), None)
    if head is not None and _told_by(frame, head, verb):
        return
    actors = context.parties.doers(verb)
    if not actors and verb.dep_ == "acl" and verb.tag_ == "VBG":
        # "People seeking asylum" are of a kind; nobody is told to ask.
        return
    if frame.act == "attack" and not actors and stands.status == "possible":
        # "Missiles that could hit Oslo" can; nobody attacks.
        return
    if is_passive(verb) and not doers(verb) and frame.act not in _AGENTLESS:
        return
    act, status = _told(frame.act, stands, verb, context)
    if frame.particle == "out" and frame.act == "refuse":
        act, status, actors = _ruled_out(verb, act, status, actors, context)
    recipients = _recipients(frame, verb, context)
    if act == "request" and head is not None and _informs(head):
        act = "ask_clarification"
    if act == "promise" and head is not None and head.lemma_.lower() in words("vengeful"):
        act = "threaten"
    if act == "attack" and verb.lemma_.lower() == "attack" and _with_words(head, actors, recipients, context):
        act = "accuse"
    top = stands.top
    yield Draft(
        trigger=verb,
        top=top,
        act=act,
        status=status,
        span=context.around(verb if verb.dep_ not in {"xcomp", "acl"} or not is_verb(top) else top, verb),
        actors=actors,
        recipients=recipients,
        object=context.object(head),
        plover=frame.plover if act == frame.act else None,
        dated=(verb,) if verb.i == top.i else (verb, top),
    )


def _told_by(frame: VerbFrame, head: Token, verb: Token) -> bool:
    """Whether the infinitive of a verb tells the act instead: "agreed to accept", "declined to comment"."""
    below = {f.act for f in verb_frames().get(head.lemma_.lower(), ())}
    if frame.act == "promise" and verb.lemma_.lower() == "agree":
        return "accept" in below
    return frame.act == "refuse" and head.lemma_.lower() in words("answering") | words("telling")


def _told(act: Act, stands: Standing, verb: Token, context: Context) -> tuple[Act, MoveStatus]:
    if stands.unwilling and act in _REFUSABLE:
        speaker = context.parties.speaker(verb)
        who = context.parties.doers(verb)
        own = not speaker or not who or context.parties.same_side(speaker, who)
        return ("refuse", "done") if own else (act, "denied")
    if act == "accept" and verb.dep_ == "xcomp" and verb.head.lemma_.lower() == "agree" and stands.status == "planned":
        # Whoever agrees to accept accepts.
        stands_above = standing(verb.head)
        return act, stands_above.status if stands_above is not None else "planned"
    if act == "demand" and any(is_no_longer(c) for c in verb.children):
        # Who no longer demands it has dropped the demand.
        return "withdraw", "done"
    if stands.would and reported_future(stands.top):
        return act, "planned"
    return act, stands.status


def _with_words(head: Token | None, actors: Sequence[str], whom: Sequence[str], context: Context) -> bool:
    """`The senator attacked the governor`, `attacked the deal`: with words."""
    if head is not None and head.lemma_.lower() in words("matters"):
        return True
    return bool(actors and whom) and {context.parties.kind(n) for n in (*actors, *whom)} == {"person"}


def _ruled_out(
    verb: Token, act: Act, status: MoveStatus, actors: tuple[str, ...], context: Context
) -> tuple[Act, MoveStatus, tuple[str, ...]]:
    """What somebody does not rule out, they hold possible; in the passive it is the speaker who does not."""
    who = context.parties.speaker(verb) if is_passive(verb) and not actors else actors
    return ("propose", "possible", who) if status == "denied" else (act, status, who)


def _informs(head: Token) -> bool:
    near = (head, *(c for c in head.children if c.dep_ in {"dobj", "xcomp", "conj"}))
    return any(t.lemma_.lower() in words("informing") for t in near)


def _no_answer(verb: Token, context: Context) -> Iterator[Draft]:
    """`Has yet to respond`, `declined to comment on the plan`: no answer is put off, not refused."""
    if verb.lemma_.lower() not in words("answering"):
        return
    about = next((t for r in ("to", "on") if (t := related(verb, r)) is not None), None)
    declined = verb.dep_ == "xcomp" and verb.head.lemma_.lower() in {"decline", "refuse"}
    stands = standing(verb)
    if not declined and (stands is None or stands.status != "denied"):
        return
    if about is None or about.lemma_.lower() in words("inquiries"):
        return
    top = verb.head if declined or stands is None else stands.top
    yield Draft(
        trigger=verb,
        top=top,
        act="postpone",
        status="done",
        span=context.around(top, verb),
        actors=context.parties.doers(verb),
        object=context.object(about),
        dated=(verb, top),
    )
