"""Moves that lie in what a party says: what it will do, what another must do, what it hopes another does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trucebook.reading.moves.draft import Draft
from trucebook.reading.moves.grammar import doers, first_of, is_infinitive, is_passive, related
from trucebook.reading.moves.lexicon import noun_frames, verb_frames, words
from trucebook.reading.moves.needs import fits, puts_back
from trucebook.reading.moves.standing import had, is_hoped, is_negated, reported_future, standing
from trucebook.reading.parse import asks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from trucebook.reading.model import Act
    from trucebook.reading.moves.draft import Context


# What a party promises to do where it says that it will; the other acts are done by saying so.
_DEEDS: frozenset[Act] = frozenset(
    {"accept", "agree", "sign", "meet", "withdraw", "resume", "suspend", "relay", "mediate", "order"}
)


_WILLING = frozenset({"ready", "willing", "prepared"})
_YES = frozenset({"accept", "agree", "approve"})


def of_speaker(verb: Token, context: Context) -> Iterator[Draft]:
    """Yield the move that a speaker makes by a verb: a promise, a demand, a request, a put-off answer."""
    if context.dependence.inside(verb) or asks(verb.sent):
        return
    speaker = context.parties.speaker(verb)
    if speaker:
        yield from _will(verb, speaker, context)
        yield from _threat(verb, speaker, context)
        yield from _wrong(verb, speaker, context)
        yield from _must(verb, speaker, context)
        yield from _turn(verb, speaker, context)
        yield from _too_early(verb, speaker, context)
        yield from _there_is_none(verb, speaker, context)
    yield from _ready(verb, context)
    yield from _needs_time(verb, context)
    yield from _yes_or_no(verb, context)
    yield from _hope(verb, context)
    yield from _calls(verb, context)


def _auxiliaries(verb: Token) -> frozenset[str]:
    return frozenset(c.lower_ for c in verb.children if c.dep_ == "aux")


def _will(verb: Token, speaker: tuple[str, ...], context: Context) -> Iterator[Draft]:
    """`We will open the road`, `said it would open the road`: what the speaker will do; harm, if, is a threat."""
    auxiliaries = _auxiliaries(verb)
    future = auxiliaries & words("future") or (auxiliaries & words("would") and reported_future(verb))
    lemma = verb.lemma_.lower()
    if not future or had(verb) or is_passive(verb) or "have" in auxiliaries:
        return
    if is_negated(verb):
        yield from _will_not(verb, speaker, context)
        return
    if is_hoped(verb) or _is_guessed(verb) or any(c.dep_ == "mark" and c.lower_ == "whether" for c in verb.children):
        return
    frame = next((f for f in verb_frames().get(lemma, ()) if fits(f, verb, context)), None)
    if frame is not None and lemma in _YES:
        # "Said it would accept the truce" is an answer.
        return
    if (frame is None and lemma in words("stative")) or (frame is not None and frame.act not in _DEEDS):
        return
    actors = context.parties.doers(verb)
    if not actors or not context.parties.same_side(speaker, actors):
        return
    condition = context.dependence.of(verb, verb)
    act: Act = "threaten" if condition is not None and _harms(verb) else "promise"
    yield _draft(act, verb, context, actors=actors)


def _is_guessed(verb: Token) -> bool:
    """`Predicted it would fall`: nobody undertakes what is guessed."""
    clause = next((t for t in (verb, *verb.ancestors) if t.dep_ == "ccomp"), None)
    return clause is not None and clause.head.lemma_.lower() in words("guessing")


def _will_not(verb: Token, speaker: tuple[str, ...], context: Context) -> Iterator[Draft]:
    """`Said it would not release the crew`: a refusal, by a verb that tells no other act."""
    actors = context.parties.doers(verb)
    yields = verb.lemma_.lower() in words("yielding") and verb.lemma_.lower() not in verb_frames()
    if yields and actors and context.parties.same_side(speaker, actors) and not is_hoped(verb):
        yield _draft("refuse", verb, context, actors=actors)


def _harms(verb: Token) -> bool:
    """Whether a verb, its object, or what it leads to is harm: "impose duties", "be referred for prosecution"."""
    below = [c for p in verb.children if p.dep_ == "prep" and p.lower_ in {"for", "to", "with"} for c in p.children]
    if any(f.act == "resume" for f in verb_frames().get(verb.lemma_.lower(), ())):
        # To lift sanctions does no harm.
        return verb.lemma_.lower() in words("harmful") or puts_back(verb, related(verb, "object"))
    near = (verb, *(c for c in verb.children if c.dep_ in {"dobj", "attr"}), *below)
    return any(t.lemma_.lower() in words("harmful") for t in near)


def _threat(verb: Token, speaker: tuple[str, ...], context: Context) -> Iterator[Draft]:
    """`If you cross, you will be arrested`, `there will be consequences if`: harm to others under a condition."""
    passive = is_passive(verb) and _auxiliaries(verb) & words("future")
    coming = (
        verb.lemma_ == "be" and _auxiliaries(verb) & words("future") and any(c.dep_ == "expl" for c in verb.children)
    )
    if not (passive or coming) or is_negated(verb) or not _harms(verb):
        return
    if context.dependence.of(verb, verb.head if verb.dep_ == "conj" else verb) is None:
        return
    whom = related(first_of(verb) if verb.dep_ == "conj" else verb, "object")
    to_whom = context.parties.named(whom) if whom is not None else ()
    if not context.parties.same_side(speaker, to_whom):
        yield _draft("threaten", verb, context, actors=speaker, recipients=to_whom, head=first_of(verb))


def _wrong(verb: Token, speaker: tuple[str, ...], context: Context) -> Iterator[Draft]:
    """`Oslo violated the truce`, `they illegally crossed`: said by another, it accuses."""
    thing = related(verb, "object")
    lawless = any(c.dep_ == "advmod" and c.lower_ in words("lawless") for c in verb.children)
    broken = verb.lemma_.lower() == "break" and thing is not None and thing.lemma_.lower() in words("binding")
    if not (lawless or broken or verb.lemma_.lower() in words("wrongs")):
        return
    stands, subjects = standing(verb), doers(verb)
    if stands is None or stands.status != "done" or not subjects or is_passive(verb):
        return
    if context.parties.is_done_by_a_thing(verb):
        return
    whom = context.parties.all_of(subjects)
    if not whom and any(s.lower_ in {"it", "this", "that", "which"} for s in subjects):
        return
    if context.parties.same_side(speaker, whom) or any(s.lower_ in {"we", "i", "you"} for s in subjects):
        return
    yield _draft("accuse", verb, context, actors=speaker, recipients=whom)


def _calls(verb: Token, context: Context) -> Iterator[Draft]:
    """`Oslo called the strike a crime`: accuses."""
    if verb.lemma_.lower() not in words("naming"):
        return
    stands, whom = standing(verb), related(verb, "object")
    if stands is None or stands.status != "done" or whom is None:
        return
    named = [t for c in verb.children if c.i > verb.i for t in c.subtree if t.lemma_.lower() in words("charges")]
    actors = context.parties.doers(verb)
    if named and actors and named[0].i != whom.i:
        yield _draft("accuse", verb, context, actors=actors, recipients=context.parties.named(whom))


def _must(verb: Token, speaker: tuple[str, ...], context: Context) -> Iterator[Draft]:
    """`Oslo must withdraw`, said by another than Oslo, demands it."""
    above = verb.head if verb.dep_ == "xcomp" and is_infinitive(verb) else None
    needed = above is not None and above.lemma_.lower() in {"have", "need"} and not is_negated(above)
    needed = needed and above is not None and above.tag_ != "VBG" and above.dep_ != "relcl"
    own = _auxiliaries(verb)
    if not (own & words("obliging") or needed) or "have" in own or is_negated(verb):
        return
    if needed and verb.lemma_.lower() in {"be", "have"}:
        # "Will have to have a plan".
        return
    to_whom = context.parties.doers(verb)
    act: Act = "request" if "should" in own else "demand"
    some = bool(to_whom) or (act == "demand" and _somebody(verb))
    if is_passive(verb) or context.parties.same_side(speaker, to_whom) or not some:
        return
    span_head = above if needed and above is not None else verb
    yield _draft(act, verb, context, actors=speaker, recipients=to_whom, head=span_head)


def _somebody(verb: Token) -> bool:
    """Whether those who are to do something are other people than the speaker, though it is not known who."""
    return verb.lemma_ != "be" and any(
        h.lower_ in {"they", "he", "she"} or h.lemma_.lower() in words("groups") for h in doers(verb)
    )


def _turn(verb: Token, speaker: tuple[str, ...], context: Context) -> Iterator[Draft]:
    """`It is up to Oslo to decide`, `the ball is in Oslo's court`: said by another, it asks Oslo to act."""
    if verb.lemma_.lower() not in {"be", "have", "hold", "bear", "carry"}:
        return
    up = next((c for c in verb.children if c.lower_ == "up"), None)
    whom = related(up, "to") if up is not None else None
    whom = _bearer(verb) if whom is None else whom
    court = related(verb, "in")
    if court is not None and court.lemma_.lower() == "court" and any(c.lower_ == "ball" for c in verb.children):
        whom = next((c for c in court.children if c.dep_ in {"poss", "amod"}), None)
    to_whom = context.parties.named(whom) if whom is not None else ()
    if whom is None or not to_whom or context.parties.same_side(speaker, to_whom):
        return
    yield _draft("request", verb, context, actors=speaker, recipients=to_whom)


def _bearer(verb: Token) -> Token | None:
    """`Oslo holds the responsibility to accept`: whose the turn is."""
    duty = related(verb, "object")
    if duty is None or duty.lemma_.lower() not in {"responsibility", "obligation", "duty"} or is_negated(verb):
        return None
    return next((c for c in verb.children if c.dep_ == "nsubj"), None) if related(duty, "infinitive") else None


def _too_early(verb: Token, speaker: tuple[str, ...], context: Context) -> Iterator[Draft]:
    """`It is too early to talk about terms`: the speaker puts an answer off."""
    if verb.lemma_.lower() != "be":
        return
    adjective = next((c for c in verb.children if c.dep_ == "acomp" and c.lower_ in words("early")), None)
    telling = [c for t in (verb, adjective) if t is not None for c in t.children if is_infinitive(c)]
    if adjective is None or not any(c.lemma_.lower() in words("telling") for c in telling):
        return
    yield _draft("postpone", verb, context, actors=speaker)


def _ready(verb: Token, context: Context) -> Iterator[Draft]:
    """`Oslo is ready to join if the tax is raised`: what one would do on a condition, by a verb that tells no act."""
    adjective = next((c for c in verb.children if c.dep_ == "acomp" and c.lower_ in _WILLING), None)
    deed = next((c for c in adjective.children if is_infinitive(c)), None) if adjective is not None else None
    if deed is None or verb.lemma_ != "be" or is_negated(verb) or verb_frames().get(deed.lemma_.lower()):
        return
    actors, stands = context.parties.doers(verb), standing(verb)
    if not actors or stands is None or stands.status != "done" or deed.lemma_.lower() in words("stative"):
        return
    if any(context.dependence.of(t, t) is not None for t in (verb, deed)):
        yield _draft("promise", verb, context, actors=actors)


def _needs_time(verb: Token, context: Context) -> Iterator[Draft]:
    """`Oslo needs more time to study the offer`: an answer is put off."""
    time = related(verb, "object") if verb.lemma_.lower() in {"need", "want"} else None
    if time is None or time.lemma_.lower() != "time":
        return
    actors, stands = context.parties.doers(verb), standing(verb)
    if actors and stands is not None and stands.status == "done" and related(time, "infinitive") is not None:
        yield _draft("postpone", verb, context, actors=actors)


def _yes_or_no(verb: Token, context: Context) -> Iterator[Draft]:
    """`Oslo said yes to the truce`."""
    if verb.lemma_.lower() != "say":
        return
    answer = next((c for c in verb.children if c.lower_ in {"yes", "no"} and c.i > verb.i), None)
    to = next((p for t in (verb, answer) if t is not None for p in t.children if p.lower_ == "to"), None)
    if answer is None or to is None or to.i != answer.i + 1:
        return
    stands, actors = standing(verb), context.parties.doers(verb)
    if stands is None or not actors:
        return
    about = next((c for c in to.children if c.dep_ in {"pobj", "pcomp"}), None)
    yield Draft(
        trigger=answer,
        top=stands.top,
        act="accept" if answer.lower_ == "yes" else "refuse",
        status=stands.status,
        span=context.around(verb),
        actors=actors,
        object=context.object(about),
        dated=(verb,),
    )


def _there_is_none(verb: Token, speaker: tuple[str, ...], context: Context) -> Iterator[Draft]:
    """`There are no talks`: the speaker denies that there are."""
    thing = next((c for c in verb.children if c.dep_ == "attr"), None)
    if thing is None or not any(c.dep_ == "expl" for c in verb.children):
        return
    frames = noun_frames().get(thing.lemma_.lower(), ())
    if any(f.act in {"meet", "agree"} for f in frames) and any(c.lower_ == "no" for c in thing.children):
        yield _draft("deny", verb, context, actors=speaker)


def _hope(verb: Token, context: Context) -> Iterator[Draft]:
    """`We hope Oslo will sign`: asks it of Oslo."""
    if verb.lemma_.lower() not in {"hope", "hop"} or is_negated(verb):
        return
    clause = next((c for c in verb.children if c.dep_ == "ccomp" and c.i > verb.i), None)
    if clause is None or is_negated(clause):
        return
    stands = standing(verb)
    refused = any(f.act == "refuse" for f in verb_frames().get(clause.lemma_.lower(), ()))
    if stands is None or stands.status != "done" or refused:
        return
    actors, to_whom = context.parties.doers(verb), context.parties.doers(clause)
    if not actors or not to_whom or context.parties.same_side(actors, to_whom):
        return
    yield _draft("request", verb, context, actors=actors, recipients=to_whom)


def _draft(
    act: Act,
    verb: Token,
    context: Context,
    *,
    actors: tuple[str, ...],
    recipients: tuple[str, ...] = (),
    head: Token | None = None,
) -> Draft:
    top = verb if head is None else head
    return Draft(
        trigger=verb,
        top=top,
        act=act,
        status="planned" if act == "promise" else "done",
        span=context.around(top, verb),
        actors=actors,
        recipients=recipients,
        object=context.around(verb),
        dated=(verb,),
    )
