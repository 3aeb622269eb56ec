"""Moves told by a noun: "made an offer", "Kyiv's acceptance of the plan", "talks between the two sides"."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from trucebook.reading.moves.draft import Draft
from trucebook.reading.moves.grammar import OWNERS, SUBJECTS, doers, is_passive, is_verb, related
from trucebook.reading.moves.lexicon import noun_frames, verb_frames, words
from trucebook.reading.moves.standing import is_negated, reported_future, standing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from trucebook.reading.model import MoveStatus
    from trucebook.reading.moves.draft import Context
    from trucebook.reading.moves.lexicon import NounFrame

_PAST = frozenset({"after", "following", "during", "since", "amid", "at", "in", "despite", "from"})
_COMING = frozenset({"before", "until", "ahead"})
_BEING = frozenset({"be", "mark", "become", "host", "follow"})
# Acts that count where those who do them have no name.
_UNNAMED = frozenset({"agree", "propose", "counter", "accept", "refuse", "demand"})
_GIVING = frozenset({"give", "send", "issue", "provide", "deliver", "make", "offer"})
_DENIED = frozenset({"no", "any", "neither"})
# Acts whose verbs say of their object that it was done ("condemned the attack"), and which say that it will be.
_TAKEN_AS_DONE = frozenset({"accuse", "welcome", "confirm"})


def of_noun(noun: Token, context: Context) -> Iterator[Draft]:
    """Yield the move that a noun tells, if it tells one."""
    if context.dependence.inside(noun) or noun.dep_ in {"compound", "amod", "nmod"}:
        return
    lemma = noun.lemma_.lower()
    if lemma == "talk" and noun.tag_ == "NN":
        return
    if lemma in words("answers"):
        yield from _no_answer(noun, context)
    frame = next((f for f in noun_frames().get(lemma, ()) if _met(f, noun)), None)
    if frame is None:
        return
    verb = _light_verb(noun)
    if verb is not None and frame.light and verb.lemma_.lower() not in frame.light:
        return
    yield from _behind_verb(frame, noun, verb, context) if verb is not None else _alone(frame, noun, context)


def _met(frame: NounFrame, noun: Token) -> bool:
    return not frame.needs or any(related(noun, r) is not None for r in frame.object)


def _light_verb(noun: Token) -> Token | None:
    """The light verb whose object a noun is."""
    verb = noun.head
    if noun.dep_ == "pobj" and noun.head.lower_ in {"to", "into", "in", "out", "with"}:
        verb = noun.head.head
        if noun.head.lower_ == "with":
            came = verb.lemma_.lower() == "come" and any(c.lower_ in {"forward", "up", "out"} for c in verb.children)
            return verb if came else None
        return verb if verb.lemma_.lower() in {"come", "enter", "engage", "get"} and is_verb(verb) else None
    direct = noun.dep_ in {"dobj", "nsubjpass"} and is_verb(verb)
    return verb if direct and verb.lemma_.lower() in words("light") | words("receiving") else None


class _Told(NamedTuple):
    """What the words around a noun say of its act."""

    status: MoveStatus
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    top: Token
    verb: Token | None = None


def _behind_verb(frame: NounFrame, noun: Token, verb: Token, context: Context) -> Iterator[Draft]:
    stands = standing(verb)
    if stands is None or context.dependence.inside(verb) or context.parties.is_done_by_a_thing(verb):
        return
    actors, recipients = _own_actors(frame, noun, context), _recipients(frame, noun, verb, context)
    subjects = context.parties.doers(verb)
    if verb.lemma_.lower() in words("receiving"):
        sender = related(verb, "from")
        actors = actors or (context.parties.named(sender) if sender is not None else ())
        recipients = subjects
    elif not actors:
        actors = subjects
    if not actors and not _may_be_unnamed(frame, verb):
        return
    status = "planned" if stands.would and reported_future(stands.top) else stands.status
    if verb.lemma_.lower() in {"announce", "declare"} and status == "done" and not frame.stands:
        status = "planned"
    yield _draft(frame, noun, _Told(status, actors, recipients, stands.top, verb), context)


def _may_be_unnamed(frame: NounFrame, verb: Token) -> bool:
    """Whether it counts who has no name: "no agreement was reached", "the union and the firm reached a deal"."""
    heads = doers(verb)
    if is_passive(verb):
        return frame.act == "agree" and not heads
    return frame.act in _UNNAMED and any(h.lemma_.lower() in words("groups") for h in heads)


def _alone(frame: NounFrame, noun: Token, context: Context) -> Iterator[Draft]:
    if frame.light:
        return
    actors = _own_actors(frame, noun, context)
    recipients = _recipients(frame, noun, None, context)
    if frame.act == "meet" and not actors:
        # Whom talks are held with holds them too.
        actors, recipients = recipients, ()
    if not actors or any(c.lower_ in _DENIED for c in noun.children):
        return
    if _is_supposed(noun):
        return
    status = _by_adjective(noun) or ("done" if frame.stands else _by_place(noun))
    if status is not None:
        yield _draft(frame, noun, _Told(status, actors, recipients, noun), context)


def _is_supposed(noun: Token) -> bool:
    """`A refusal by Oslo would end the talks`: there is none yet."""
    verb = noun.head
    if noun.dep_ not in SUBJECTS or any(c.lower_ in {"the", "this", "that"} or c.dep_ == "poss" for c in noun.children):
        return False
    return any(c.dep_ == "aux" and c.lower_ in words("would") | words("possible") for c in verb.children)


def _draft(frame: NounFrame, noun: Token, told: _Told, context: Context) -> Draft:
    head = next((t for r in frame.object if (t := related(noun, r)) is not None), None)
    if head is not None and (head.lemma_.lower() in {"percent", "%"} or head.pos_ in {"NUM", "SYM"}):
        # "An offer of 9 percent": the offer is the thing, the number its size.
        head = None
    verb = told.verb
    return Draft(
        trigger=noun,
        top=told.top,
        act=frame.act,
        status=told.status,
        span=context.around(noun) if verb is None else context.around(verb, noun),
        actors=told.actors,
        recipients=tuple(n for n in told.recipients if n not in told.actors),
        object=context.object(head if head is not None else noun),
        plover=frame.plover,
        dated=(noun,) if verb is None else (verb, noun),
    )


def _own_actors(frame: NounFrame, noun: Token, context: Context) -> tuple[str, ...]:
    """Whom a noun's own words name as those who act."""
    for relation in frame.actor:
        if relation == "owner":
            found = tuple(n for c in noun.children if c.dep_ in OWNERS and _acts(c, frame) for n in _owner(c, context))
        else:
            head = related(noun, relation)
            found = context.parties.named(head) if head is not None else ()
        if found:
            return tuple(dict.fromkeys(found))
    armed = related(noun, "of") if frame.act == "attack" else None
    return context.parties.owners(armed) if armed is not None and armed.lemma_.lower() in words("weapons") else ()


def _owner(token: Token, context: Context) -> tuple[str, ...]:
    names = context.parties.owners(token.head)
    own = context.parties.named(token)
    if own or token.dep_ == "poss":
        return own or names
    # "A Danish offer".
    return names if token.dep_ == "amod" and context.parties.is_of_state(token) else ()


def _acts(owner: Token, frame: NounFrame) -> bool:
    """Whether what stands before a noun can be who acts: "the Gaza offensive" is none of Gaza's."""
    if owner.dep_ == "amod":
        # "Danish threats", "the Danish talks", "the Danish retreat" may be others'.
        return frame.stands and frame.act not in {"threaten", "mediate"}
    if frame.act in {"attack", "withdraw", "meet"} and owner.dep_ in {"compound", "nmod"}:
        return owner.text.isupper() and frame.act != "meet"
    return True


def _recipients(frame: NounFrame, noun: Token, verb: Token | None, context: Context) -> tuple[str, ...]:
    heads = [related(t, r) for t in (noun, verb) if t is not None for r in frame.recipient]
    dative = related(verb, "dative") if verb is not None else None
    every = [h for h in (*heads, dative) if h is not None and h.lemma_.lower() not in words("weapons")]
    found = context.parties.all_of(every)
    if not found and frame.act == "attack":
        found = tuple(n for h in every for n in context.parties.owners(h))
    return found


def _by_adjective(noun: Token) -> MoveStatus | None:
    near = {c.lower_ for c in noun.children if c.dep_ in {"amod", "advmod"}}
    if near & words("doubtful"):
        return "possible"
    return "planned" if near & words("coming") else None


def _by_place(noun: Token) -> MoveStatus | None:
    """How a noun of an event stands by its place in the sentence; None where that leaves it open."""
    head = noun.head
    if noun.dep_ == "pobj":
        if head.lower_ in _COMING or (head.lower_ == "of" and head.head.lower_ == "ahead"):
            return "planned"
        return "done" if head.lower_ in _PAST else None
    if not is_verb(head) or is_negated(head):
        return None
    stands = standing(head)
    if stands is None or stands.status != "done":
        return None
    if noun.dep_ in {"nsubj", "nsubjpass"} or (noun.dep_ in {"attr", "dobj"} and head.lemma_.lower() in _BEING):
        return "done"
    acts = {f.act for f in verb_frames().get(head.lemma_.lower(), ())}
    if noun.dep_ == "dobj" and (acts & _TAKEN_AS_DONE):
        return "done"
    return None


def _no_answer(noun: Token, context: Context) -> Iterator[Draft]:
    """`There was no immediate reaction from Oslo`: no answer is put off, not refused."""
    verb = noun.head
    if not is_verb(verb) or not (any(c.lower_ == "no" for c in noun.children) or _is_not_given(noun, verb)):
        return
    source = related(noun, "from") or related(verb, "from")
    actors = context.parties.named(source) if source is not None else _own_or_subject(noun, verb, context)
    if not actors:
        return
    about = next((t for r in ("to", "on") if (t := related(noun, r)) is not None), None)
    top = verb.head if verb.dep_ == "xcomp" and is_verb(verb.head) else verb
    yield Draft(
        trigger=noun,
        top=verb,
        act="postpone",
        status="done",
        span=context.around(top, noun),
        actors=actors,
        object=context.object(about),
        dated=(verb,),
    )


def _is_not_given(noun: Token, verb: Token) -> bool:
    """`Has yet to give an answer`, `has not sent a reply`."""
    if noun.dep_ != "dobj" or verb.lemma_.lower() not in _GIVING:
        return False
    stands = standing(verb)
    return stands is not None and stands.status == "denied" and not stands.unwilling


def _own_or_subject(noun: Token, verb: Token, context: Context) -> tuple[str, ...]:
    return context.parties.owners(noun) or (context.parties.doers(verb) if noun.dep_ == "dobj" else ())
