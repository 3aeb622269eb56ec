"""Approval that a deal still waits for: "the cabinet must still approve the deal", "subject to ratification by Oslo".

What is agreed by those who talk often needs the yes of those for whom they talk: a parliament, a cabinet, the members
of a union. Until it is given the deal is not done, and it is their move. It is told as an acceptance that may come.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from trucebook.reading.moves.draft import Draft
from trucebook.reading.moves.grammar import (
    SUBJECTS,
    doers,
    has_particle,
    is_infinitive,
    is_passive,
    is_verb,
    own_words,
    related,
)
from trucebook.reading.moves.lexicon import words
from trucebook.reading.moves.standing import is_negated, reported_future

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from trucebook.reading.moves.draft import Context
    from trucebook.span import Span

_POINTING = frozenset({"it", "this", "that", "which"})
_SHORT_OF = frozenset({"once", "if", "until", "when", "unless", "before", "provided", "pending", "after"})
# "The deal takes effect if it is approved by parliament".
_BEGIN = frozenset({"take", "enter", "come", "begin", "start", "be"})
_OPEN = frozenset({"if", "when", "unless"})
_BEHIND = frozenset({"after", "upon", "on", "pending", "following", "until"})
_PRESENT = frozenset({"VBZ", "VBP", "VB"})
_DUE = frozenset({"due", "set", "expected", "scheduled", "slated"})
# "Any agreement would need approval": none that there is.
_ANY = frozenset({"a", "an", "any", "every", "each", "no"})
_BY = ("by", "of", "from", "in")


def of_approval(token: Token, context: Context) -> Iterator[Draft]:
    """Yield the approval that a verb or a noun says is still to be given."""
    lemma = token.lemma_.lower()
    if is_verb(token):
        if lemma in words("approving") or (lemma == "sign" and has_particle(token, "off")) or lemma == "vote":
            yield from _of_verb(token, context)
    elif lemma in words("approvals"):
        yield from _of_noun(token, context)


def _of_verb(verb: Token, context: Context) -> Iterator[Draft]:
    if verb.lemma_ == "vote" and related(verb, "on") is None and not _is_waited_for(verb):
        return
    if not (_is_waited_for(verb) or _is_needed(verb)) or is_negated(verb):
        return
    thing = related(verb, "on" if verb.lemma_ == "vote" or has_particle(verb, "off") else "object")
    if thing is None or (thing.i == verb.head.i and not _is_deal(thing)):
        thing = _subject_over(verb)
    if thing is None or not (_is_deal(thing) or _is_nothing(thing)):
        return
    who = _named(doers(verb), context)
    if _is_waited_for(verb) and is_verb(verb.head):
        span = context.extent([*own_words(verb.head), *verb.subtree]) or context.around(verb)
    else:
        span = context.around(verb.head if _is_needed_over(verb) else verb, verb)
    yield _draft(verb, span, thing, who, context)


def _is_nothing(thing: Token) -> bool:
    """`Nothing is final until members vote`: what was told of last."""
    return thing.lower_ == "nothing"


def _is_waited_for(verb: Token) -> bool:
    """`Once ratified by Oslo`, `until members vote`, `if approved`: of what is to come."""
    marks = {c.lower_ for c in verb.children if c.dep_ in {"mark", "advmod"}}
    if verb.dep_ not in {"advcl", "acl", "relcl", "ccomp"} or not marks & _SHORT_OF:
        return False
    told = verb.head.lemma_ in _BEGIN and any(c.dep_ == "agent" for c in verb.children)
    if marks & _OPEN and any(c.dep_ in SUBJECTS for c in verb.children) and not told:
        # "Threatened to leave if the deal is approved" does not say that it has to be.
        return False
    return _is_to_come(verb.head)


def _is_to_come(verb: Token) -> bool:
    """Whether a verb tells what is, or is to be, not what was."""
    if not is_verb(verb):
        return True
    auxiliaries = [c for c in verb.children if c.dep_ in {"aux", "auxpass"}]
    past = verb.tag_ in {"VBD", "VBN"} and not any(c.tag_ in {"VBP", "VBZ", "MD"} for c in auxiliaries)
    return not past


def _is_needed(verb: Token) -> bool:
    own = {c.lower_ for c in verb.children if c.dep_ == "aux"}
    still = any(c.lower_ in {"still", "yet"} for c in verb.children)
    if "must" in own:
        return "have" not in own
    if still and any(c.dep_ == "neg" for c in verb.children):
        # "Has not yet ratified"; "is still not approved" is negated all the same.
        return False
    if _is_needed_over(verb):
        return True
    coming = own & words("future") or (own & words("would") and reported_future(verb))
    return verb.lemma_ == "vote" and bool(coming) and related(verb, "on") is not None


def _is_needed_over(verb: Token) -> bool:
    """`Has to be ratified`, `needs to approve`, `has yet to ratify`, `is due to vote on`, `remains to be approved`."""
    head = verb.head
    if verb.dep_ != "xcomp" or not is_infinitive(verb) or not (is_verb(head) or head.pos_ == "ADJ"):
        return False
    if is_negated(head) or not _is_to_come(head):
        return False
    lemma = head.lemma_.lower()
    return lemma in {"have", "need", "remain"} or (verb.lemma_ == "vote" and head.lower_ in _DUE) or _is_to_be(verb)


def _is_to_be(verb: Token) -> bool:
    """`Is to be approved`, `is still to be ratified`."""
    return verb.head.lemma_ == "be" and is_passive(verb)


def _subject_over(verb: Token) -> Token | None:
    """What a clause without a subject of its own is about: "the deal takes effect once ratified"."""
    head = verb.head
    if verb.dep_ not in {"advcl", "acl", "relcl", "xcomp", "ccomp"}:
        return None
    if not is_verb(head):
        return head
    found = next((c for c in head.children if c.dep_ in SUBJECTS), None)
    return found or next((c for c in head.children if c.dep_ == "dobj"), None)


def _of_noun(noun: Token, context: Context) -> Iterator[Draft]:
    if any(c.lower_ in {"no", "without"} for c in noun.children):
        return
    verb = _asking(noun)
    if verb is None:
        return
    over = verb if is_verb(verb) else verb.head
    thing = next((c for c in over.children if c.dep_ in SUBJECTS), None) if is_verb(over) else over
    if thing is not None and thing.lower_ in {"which", "that"}:
        thing = next((t.head for t in thing.ancestors if t.dep_ == "relcl"), thing)
    if thing is None or not _is_deal(thing):
        return
    own = [c for c in noun.children if c.dep_ in {"poss", "compound", "amod", "nmod"}]
    own += [c for r in _BY if (c := related(noun, r)) is not None]
    yield _draft(noun, context.around(over, noun), thing, _named(tuple(own), context), context)


def _asking(noun: Token) -> Token | None:
    """The word that says that approval is still to be given: "needs", "awaits", "subject to", "pending", "after"."""
    head = noun.head
    if noun.dep_ == "dobj" and is_verb(head):
        asked = head.lemma_.lower() in words("awaiting") and not is_negated(head) and _is_to_come(head)
        return head if asked else None
    if noun.dep_ != "pobj":
        return None
    over = head.head
    if noun.lemma_ == "vote":
        # "Will be put to a vote of the members".
        return over if head.lower_ == "to" and over.lemma_ in {"put", "go"} and _is_to_come(over) else None
    if head.lower_ == "to" and over.lower_ == "subject":
        at = over.head
        return at if is_verb(at) or at.pos_ in {"NOUN", "PROPN"} else None
    if head.lower_ == "for" and over.lemma_ == "wait":
        return over
    future = is_verb(over) and _is_to_come(over) and over.tag_ in _PRESENT | {"VBN", "VBG"}
    return over if head.lower_ in _BEHIND and future else None


def _named(heads: tuple[Token, ...], context: Context) -> tuple[str, ...]:
    """Whose approval it is: the bodies that the words name, or those whose bodies they are."""
    found: list[str] = []
    for head in heads:
        found += context.parties.named(head) or context.parties.owners(head) or _placed(head, context)
        if not found and head.dep_ == "amod" and context.parties.is_of_state(head):
            found += context.parties.owners(head.head)
    # "Our members" are not the spokesman's but those for whom he speaks.
    bodies = tuple(dict.fromkeys(found))
    return tuple(n for n in bodies if context.parties.kind(n) != "person") or context.parties.behind(bodies)


def _placed(head: Token, context: Context) -> tuple[str, ...]:
    """`Lawmakers in Norway`, `shareholders of the firm`: the one state or body whose they are."""
    behind = [c for p in head.children if p.lower_ in {"in", "of", "from"} for c in p.children if c.dep_ == "pobj"]
    found = tuple(m.actor for c in behind if (m := context.parties.mention(c)) is not None)
    return found if len(found) == 1 and context.parties.kind(found[0]) in {"state", "organisation"} else ()


def _is_deal(thing: Token) -> bool:
    lemma = thing.lemma_.lower()
    if any(c.lower_ in _ANY for c in thing.children) and not any(c.dep_ in {"acl", "relcl"} for c in thing.children):
        return False
    return lemma in words("settled") | words("offered") | {"contract", "arrangement", "it"} or thing.lower_ in _POINTING


def _draft(trigger: Token, span: Span, thing: Token, actors: tuple[str, ...], context: Context) -> Draft:
    return Draft(
        trigger=trigger,
        top=trigger,
        act="accept",
        status="possible",
        span=span,
        actors=actors,
        object=None if _is_nothing(thing) else context.object(thing),
        dated=(trigger,),
        awaited=True,
    )
