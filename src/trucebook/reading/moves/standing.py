"""How an act stands by the words around it: done, to come, possible or denied; what nobody tells as an act is none.

The default is not "done": an infinitive is only what the word above it makes of it, a wish or a request makes no act of
what is wished, and a condition's own words tell nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from trucebook.reading.conditions import is_condition
from trucebook.reading.cues import embedding, is_cue
from trucebook.reading.moves.governing import above
from trucebook.reading.moves.grammar import is_verb
from trucebook.reading.moves.lexicon import words
from trucebook.reading.parse import asks

if TYPE_CHECKING:
    from spacy.tokens import Token

    from trucebook.reading.model import MoveStatus

# How far up the words are read.
_STEPS = 7
# What is hoped or feared is not told to come; the lemmatizer takes "hoped" for "hop".
_HOPING = frozenset({"hope", "hop", "fear", "wish", "doubt"})
_IRREAL = frozenset({"would", "'d", "’d", "could"})
_ORDER: dict[str, int] = {"done": 0, "planned": 1, "possible": 2}


class Standing(NamedTuple):
    """How an act stands.

    Attributes:
        status: as the words tell it, conditions apart.
        would: whether "would" alone makes it possible: reported, it is the future.
        unwilling: whether it is denied for the future ("will not sign"), which is a refusal.
        top: the verb whose tense decides.
    """

    status: MoveStatus
    would: bool
    unwilling: bool
    top: Token


class _Level(NamedTuple):
    """What the words at one verb make of it."""

    status: MoveStatus
    negated: bool
    would: bool = False
    future: bool = False


def standing(verb: Token) -> Standing | None:
    """Return how what a verb tells stands, or None where the words tell no act: a purpose, a request, a condition."""
    status, negated, would, future, at = "done", False, False, False, verb
    for _ in range(_STEPS):
        if is_condition(at) or _auxiliaries(at) & words("obliging") or _is_unreal(at):
            return None
        level = _level(at)
        status, negated = _worse(status, level.status), negated != level.negated
        would, future = would or level.would, future or level.future
        step = above(at)
        if step is None or step.made == "none":
            break
        if step.made == "beside":
            # What a participle tells is not denied with its verb ("did not sign, citing ...").
            over = standing(step.governor) if step.governor.i != at.i else None
            if over is None and step.governor.i != at.i:
                return None
            status = _worse(status, "done" if over is None or over.status == "denied" else over.status)
            break
        status, negated = _worse(status, step.made), negated != (step.made == "denied")
        if step.governor.i == at.i:
            break
        at = step.governor
    if step is not None and step.made == "none":
        return None
    told = _told(at)
    status, negated = _worse(status, told), negated != (told == "denied")
    final: MoveStatus = "denied" if negated else _status(status)
    # "Will not", "would not": whoever says so of themselves refuses.
    return Standing(final, would and status == "possible" and not negated, negated and (future or would), at)


def _status(word: str) -> MoveStatus:
    return "planned" if word == "planned" else "possible" if word == "possible" else "done"


def _worse(one: str, other: str) -> str:
    return other if _ORDER.get(other, 0) > _ORDER.get(one, 0) else one


def _told(verb: Token) -> str:
    """What the verb that reports a clause, or the mark of a question, makes of it."""
    if asks(verb.sent):
        return "possible"
    # A verb that stands behind what it denies is most often another sentence's ("...; he dismissed it").
    told = embedding(verb) if verb.i > verb.head.i or verb.head.lemma_ in {"hope", "fear"} else None
    return {"denied": "denied", "open": "possible", "wished": "possible"}.get(told or "", "done")


def _level(verb: Token) -> _Level:
    """What auxiliaries, adverbs and negation make of one verb."""
    auxiliaries = _auxiliaries(verb)
    negated = is_negated(verb)
    if auxiliaries & words("possible") or _doubted(verb):
        return _Level("possible", negated)
    if auxiliaries & words("would") and not had(verb):
        return _Level("possible", negated, would=True)
    if auxiliaries & words("future") or _is_going(verb):
        return _Level("planned", negated, future=True)
    return _Level("done", negated)


def _is_going(verb: Token) -> bool:
    """`Is going to sign`."""
    infinitive = any(c.dep_ == "xcomp" and c.tag_ == "VB" for c in verb.children)
    return verb.lower_ == "going" and infinitive and any(c.dep_ == "aux" for c in verb.children)


def _is_unreal(verb: Token) -> bool:
    """`Had Oslo signed, ...`, `Oslo would have signed`: what would have been."""
    if {"have"} < _auxiliaries(verb) and _auxiliaries(verb) & _IRREAL:
        return True
    subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    before = (c for c in verb.children if c.dep_ == "aux" and subject is not None and c.i < subject.i)
    return verb.dep_ in {"ccomp", "advcl"} and any(c.lower_ in {"had", "should", "were"} for c in before)


def _auxiliaries(verb: Token) -> frozenset[str]:
    """The auxiliaries of a verb; one joined to another without a subject of its own shares those of the first."""
    own = frozenset(c.lower_ for c in verb.children if c.dep_ == "aux")
    alone = verb.dep_ == "conj" and not own and not any(c.dep_ in {"nsubj", "nsubjpass"} for c in verb.children)
    return _auxiliaries(verb.head) if alone and verb.tag_ in {"VB", "VBN"} and is_verb(verb.head) else own


def is_negated(verb: Token) -> bool:
    """Return whether the words at a verb deny it: "not", "never", a subject or an object with "no"."""
    near = [c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass", "dobj", "attr"}]
    if any(c.dep_ == "preconj" and c.lower_ == "neither" for c in verb.children) or _is_after_nor(verb):
        return True
    return any(c.dep_ == "neg" or c.lower_ in words("never") or is_no_longer(c) for c in verb.children) or any(
        d.lower_ in {"no", "neither"} and d.dep_ == "det" for c in near for d in c.children
    )


def _is_after_nor(verb: Token) -> bool:
    """`Neither signed nor rejected`; one that shares the auxiliaries of the first is denied with it."""
    shared = verb.tag_ in {"VB", "VBN"} and not any(c.dep_ in {"nsubj", "nsubjpass", "aux"} for c in verb.children)
    nor = verb.dep_ == "conj" and any(c.dep_ == "cc" and c.lower_ == "nor" for c in verb.head.children)
    return nor and not shared


def is_no_longer(adverb: Token) -> bool:
    """Return whether a word is "longer" with "no"."""
    return adverb.lower_ == "longer" and any(c.lower_ == "no" for c in adverb.children)


def had(verb: Token) -> bool:
    """Return whether a verb's "'d" is a "had": "he'd signed"."""
    return verb.tag_ in {"VBN", "VBD"} and any(c.dep_ == "aux" and c.lower_ in {"'d", "’d"} for c in verb.children)


def _doubted(verb: Token) -> bool:
    return any(c.dep_ in {"advmod", "acomp"} and c.lower_ in words("doubtful") for c in verb.children)


def reported_future(verb: Token) -> bool:
    """Return whether a verb stands in the report of what was said: there "would" is the future."""
    return any(t.dep_ == "ccomp" and is_cue(t.head) for t in (verb, *verb.ancestors))


def is_hoped(clause: Token) -> bool:
    """Return whether a clause is only hoped or feared: that is not told to come."""
    return clause.dep_ == "ccomp" and clause.head.lemma_.lower() in _HOPING
