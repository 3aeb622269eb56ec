"""Moves told by a verb: "accepted the offer", "urged Oslo to sign", "has yet to respond"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trucebook.reading.moves.draft import Draft
from trucebook.reading.moves.grammar import SUBJECTS, doers, is_passive, is_verb, related
from trucebook.reading.moves.lexicon import verb_frames, words
from trucebook.reading.moves.needs import fits, puts_back, recipients
from trucebook.reading.moves.obligations import is_obligation
from trucebook.reading.moves.standing import is_hoped, is_no_longer, reported_future, standing

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
# Acts done by those between whom their object is.
_JOINT: frozenset[Act] = frozenset({"sign", "agree", "meet"})
# What an agreement has its parties do.
_OBLIGED: frozenset[Act] = frozenset({"meet", "relay", "resume", "suspend", "withdraw"})
_NOBODY = frozenset(
    {"you", "one", "this", "there", "everyone", "nobody", "anyone", "someone", "these", "those", "everybody"}
) | {"anybody", "what"}
# Acts that the passive without anybody who does them still tells.
_AGENTLESS: frozenset[Act] = frozenset(
    {"suspend", "resume", "postpone", "sign", "agree", "propose", "accept", "refuse", "withdraw", "meet"}
)
# Words between an agreement and what it is about.
_NEAR = 8
_MODIFIERS = frozenset({"amod", "compound", "nmod", "pobj", "dobj", "poss", "appos"})


def of_verb(verb: Token, context: Context) -> Iterator[Draft]:
    """Yield the move that a verb tells, if it tells one."""
    if verb.dep_ in _MODIFIERS or context.dependence.inside(verb):
        return
    if verb.lower_ == "committed" and (verb.dep_ == "acomp" or is_passive(verb)):
        if verb.dep_ != "acomp":
            yield from _holds_to(verb, verb, context)
        return
    frames = verb_frames().get(verb.lemma_.lower(), ())
    if not frames:
        yield from _no_answer(verb, context)
        adjective = next((c for c in verb.children if c.dep_ == "acomp" and c.lower_ == "committed"), None)
        if adjective is not None and verb.lemma_ == "be":
            yield from _holds_to(verb, adjective, context)
        return
    stands = standing(verb)
    if stands is None or _is_done_by_anybody(verb) or context.parties.is_done_by_a_thing(verb):
        return
    frame = next((f for f in frames if fits(f, verb, context)), None)
    if frame is not None:
        yield from _draft(frame, verb, stands, context)


def _is_done_by_anybody(verb: Token) -> bool:
    """`One must accept`, `those who attack us`: nobody in particular."""
    heads = doers(verb)
    free = verb.dep_ == "relcl" and any(h.tag_ in {"WP", "WDT"} for h in heads) and verb.head.lower_ in _NOBODY
    pointing = verb.dep_ != "relcl" and any(h.lower_ == "that" and h.tag_ == "DT" for h in heads)
    return free or pointing or any(h.lower_ in _NOBODY for h in heads)


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
    if not actors and verb.lemma_.lower() == "encourage":
        # What encourages others may be anything.
        return
    act, status = _told(frame.act, stands, verb, context)
    if frame.particle == "out" and frame.act == "refuse":
        act, status, actors = _ruled_out(verb, act, status, actors, context)
    whom = recipients(frame, verb, context)
    if act == "request" and head is not None and _informs(head):
        act = "ask_clarification"
    plover = frame.plover
    if act == "resume" and puts_back(verb, head):
        act, plover = "order", "SANCTION"
    if act == "promise" and head is not None and head.lemma_.lower() in words("vengeful"):
        act = "threaten"
    if act in _JOINT and not actors and is_passive(verb) and head is not None:
        # "The treaty between Oslo and Bern was signed".
        actors = context.parties.between(head)
    if act == "attack" and verb.lemma_.lower() == "attack" and _with_words(head, actors, whom, context):
        act = "accuse"
    top = stands.top
    yield Draft(
        trigger=verb,
        top=top,
        act=act,
        status=status,
        span=context.around(verb if verb.dep_ not in {"xcomp", "acl"} or not is_verb(top) else top, verb),
        actors=actors,
        recipients=whom,
        object=context.object(head, _about(verb, head)),
        plover=plover if act == frame.act or plover != frame.plover else None,
        dated=(verb,) if verb.i == top.i or not _is_arranged(top) else (verb, top),
    )


def _about(verb: Token, head: Token | None) -> Token | None:
    """What an agreement is about, where a day stands between them: "signed an accord on Friday on the border"."""
    if head is None or head.lemma_.lower() not in words("settled") or head.i < verb.i:
        return None
    behind = [c for c in verb.children if c.dep_ == "prep" and c.lower_ in {"for", "on"} and c.i > head.i]
    dates = [t for c in head.children if c.dep_ == "prep" for d in c.children if d.dep_ == "pobj" for t in d.children]
    behind += [c for c in dates if c.dep_ == "prep" and c.lower_ in {"for", "on"}]
    near = (c for c in behind if c.i - head.i < _NEAR)
    return next((t for c in near for t in c.children if t.dep_ == "pobj" and t.ent_type_ not in {"DATE", "TIME"}), None)


def _is_arranged(top: Token) -> bool:
    """`Is due on Friday to sign`: the day is the signing's; "agreed on Friday to sign" has that of the agreement."""
    return top.lemma_.lower() in {"be", "go"} or is_passive(top)


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
    if stands.would and reported_future(stands.top) and not any(is_hoped(t) for t in (verb, *verb.ancestors)):
        return act, "planned"
    if stands.would and act in _OBLIGED and is_obligation(verb, context):
        return act, "planned"
    return act, stands.status


def _with_words(head: Token | None, actors: Sequence[str], whom: Sequence[str], context: Context) -> bool:
    """`The senator attacked the governor`, `attacked the deal`: with words."""
    if head is not None and head.lemma_.lower() in words("matters"):
        return True
    # A named person's attack on others is one of words, or its words say more than "attacked".
    return bool(actors) and {context.parties.kind(n) for n in actors} == {"person"} and not set(actors) & set(whom)


def _ruled_out(
    verb: Token, act: Act, status: MoveStatus, actors: tuple[str, ...], context: Context
) -> tuple[Act, MoveStatus, tuple[str, ...]]:
    """What somebody does not rule out, they hold possible; in the passive it is the speaker who does not."""
    who = context.parties.speaker(verb) if is_passive(verb) and not actors else actors
    return ("propose", "possible", who) if status == "denied" else (act, status, who)


def _informs(head: Token) -> bool:
    near = (head, *(c for c in head.children if c.dep_ in {"dobj", "xcomp", "conj"}))
    return any(t.lemma_.lower() in words("informing") for t in near)


def _holds_to(verb: Token, committed: Token, context: Context) -> Iterator[Draft]:
    """`Is fully committed to the truce`, `to reaching a deal`: holds to what was said, and promises nothing new."""
    thing, stands = related(committed, "to"), standing(verb)
    if thing is None or stands is None or not (thing.tag_ == "VBG" or thing.lemma_.lower() in words("matters")):
        return
    yield Draft(
        trigger=committed,
        top=verb,
        act="reaffirm",
        status=stands.status,
        span=context.around(verb),
        actors=context.parties.all_of(c for c in verb.children if c.dep_ in SUBJECTS),
        object=context.object(thing),
        dated=(verb,),
    )


def _no_answer(verb: Token, context: Context) -> Iterator[Draft]:
    """`Has yet to respond`, `declined to comment on the plan`: no answer is put off, not refused."""
    if verb.lemma_.lower() not in words("answering"):
        return
    relations = ("object",) if verb.lemma_.lower() == "answer" and related(verb, "object") else ("to", "on")
    about = next((t for r in relations if (t := related(verb, r)) is not None), None)
    declined = verb.dep_ == "xcomp" and verb.head.lemma_.lower() in {"decline", "refuse"}
    stands = standing(verb)
    if not declined and (stands is None or stands.status != "denied"):
        return
    if about is None or about.lemma_.lower() in words("inquiries"):
        return
    silent = declined or verb.lemma_.lower() == "comment"
    if silent and about.lemma_.lower() not in words("matters") | words("offered"):
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
