"""How an act stands by the words around it: done, to come, possible or denied; what nobody tells as an act is none.

The default is not "done": an infinitive is only what the word above it makes of it, a wish or a request makes no act of
what is wished, and a condition's own words tell nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from trucebook.reading.conditions import is_condition
from trucebook.reading.cues import embedding, is_cue
from trucebook.reading.moves.grammar import is_infinitive, is_passive, is_verb
from trucebook.reading.moves.lexicon import governing, lexicon, words

if TYPE_CHECKING:
    from spacy.tokens import Token

    from trucebook.reading.model import MoveStatus

# How far up the words are read.
_STEPS = 7
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
        level = _level(at)
        status, negated = _worse(status, level.status), negated != level.negated
        would, future = would or level.would, future or level.future
        if is_condition(at) or _auxiliaries(at) & words("obliging"):
            return None
        above = _above(at)
        if above is None:
            break
        governor, made = above
        if made == "none":
            return None
        status, negated = _worse(status, made), negated != (made == "denied")
        if made == "beside":
            # What a participle tells is not denied with its verb ("did not sign, citing ...").
            over = standing(governor)
            status = _worse(status, "done" if over is None or over.status == "denied" else over.status)
            break
        if governor.i == at.i:
            break
        at = governor
    told = _told(at)
    status, negated = _worse(status, told), negated != (told == "denied")
    # "Will not", "would not": whoever says so of themselves refuses.
    unwilling = negated and (future or would)
    final: MoveStatus = "denied" if negated else _status(status)
    return Standing(final, would and status == "possible" and not negated, unwilling, at)


def _status(word: str) -> MoveStatus:
    return "planned" if word == "planned" else "possible" if word == "possible" else "done"


def _worse(one: str, other: str) -> str:
    return other if _ORDER.get(other, 0) > _ORDER.get(one, 0) else one


def _told(verb: Token) -> str:
    """What the verb that reports a clause, or the mark of a question, makes of it."""
    if verb.sent.text.rstrip().rstrip("\"”’'").endswith("?"):
        return "possible"
    told = embedding(verb)
    return {"denied": "denied", "open": "possible", "wished": "possible"}.get(told or "", "done")


def _level(verb: Token) -> _Level:
    """What auxiliaries, adverbs and negation make of one verb."""
    auxiliaries = _auxiliaries(verb)
    negated = is_negated(verb)
    if auxiliaries & words("possible") or _doubted(verb):
        return _Level("possible", negated)
    if auxiliaries & words("would"):
        return _Level("possible", negated, would=True)
    if auxiliaries & words("future"):
        return _Level("planned", negated, future=True)
    return _Level("done", negated)


def _auxiliaries(verb: Token) -> frozenset[str]:
    """The auxiliaries of a verb; one joined to another without a subject of its own shares those of the first."""
    own = frozenset(c.lower_ for c in verb.children if c.dep_ == "aux")
    alone = verb.dep_ == "conj" and not own and not any(c.dep_ in {"nsubj", "nsubjpass"} for c in verb.children)
    return _auxiliaries(verb.head) if alone and verb.tag_ in {"VB", "VBN"} and is_verb(verb.head) else own


def is_negated(verb: Token) -> bool:
    """Return whether the words at a verb deny it: "not", "never", a subject or an object with "no"."""
    near = [c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass", "dobj", "attr"}]
    return any(c.dep_ == "neg" or c.lower_ in words("never") or is_no_longer(c) for c in verb.children) or any(
        d.lower_ in {"no", "neither"} and d.dep_ == "det" for c in near for d in c.children
    )


def is_no_longer(adverb: Token) -> bool:
    """Return whether a word is "longer" with "no"."""
    return adverb.lower_ == "longer" and any(c.lower_ == "no" for c in adverb.children)


def _doubted(verb: Token) -> bool:
    return any(c.dep_ in {"advmod", "acomp"} and c.lower_ in words("doubtful") for c in verb.children)


def _above(verb: Token) -> tuple[Token, str] | None:
    """The word that governs a verb and what it makes of it; None for a verb that tells for itself."""
    head, dep = verb.head, verb.dep_
    if dep in {"ROOT", "ccomp", "parataxis"} and is_finite(verb):
        return None
    if dep == "conj" and is_verb(head):
        return (head, "done") if _shares(verb) else None
    if dep == "relcl" and is_finite(verb):
        return None
    if dep == "advcl":
        return _adverbial(verb)
    if dep in {"xcomp", "ccomp", "acl", "relcl", "advcl"} and (is_infinitive(verb) or verb.tag_ in {"VBG", "VB"}):
        return _governed(verb, head)
    if dep == "acl":
        return None
    if dep == "pcomp" and verb.tag_ == "VBG":
        return _of_preposition(verb)
    return None


def is_finite(verb: Token) -> bool:
    """Return whether a verb tells for itself: it is no infinitive, and no participle without an auxiliary."""
    if is_infinitive(verb):
        return False
    return verb.tag_ != "VBG" or any(c.dep_ == "aux" for c in verb.children)


def _shares(verb: Token) -> bool:
    """Whether a joined verb stands as the first does: an infinitive or participle without words of its own."""
    return verb.tag_ in {"VB", "VBG", "VBN"} and not any(c.dep_ in {"nsubj", "nsubjpass", "aux"} for c in verb.children)


def _adverbial(verb: Token) -> tuple[Token, str] | None:
    """A clause of time or reason tells for itself, a participle stands as its verb does, a purpose is no act."""
    if is_infinitive(verb):
        return verb.head, "none"
    before = any(c.dep_ in {"mark", "advmod"} and c.lower_ in {"before", "until", "till"} for c in verb.children)
    if before:
        return verb, "planned"
    if verb.tag_ in {"VBZ", "VBP"} and any(c.lower_ in {"after", "when", "as"} for c in verb.children):
        # "After Oslo signs": it has not.
        return verb, "planned"
    return (verb.head, "beside") if verb.tag_ == "VBG" and is_verb(verb.head) else None


def _governed(verb: Token, head: Token) -> tuple[Token, str]:
    made = _made_of(head)
    if made is None or _of_another(verb, head):
        return head, "none"
    if not is_verb(head):
        above = _verb_over(head)
        return (above, made) if above is not None else (verb, made)
    return head, made


def _made_of(head: Token) -> str | None:
    if head.lower_ in {"have", "has", "had"} and any(c.lower_ == "yet" for c in head.children):
        return "denied"
    if head.lemma_.lower() == "be":
        # "Is to meet on Friday".
        return "planned"
    if head.lemma_.lower() == "have":
        return None
    if head.pos_ == "NOUN" and head.lemma_.lower() not in lexicon().governors.nouns:
        return None
    return governing().get(head.lemma_.lower(), governing().get(head.lower_))


def _of_another(verb: Token, head: Token) -> bool:
    """`Want Oslo to sign`: what somebody wants of another is no act of anybody's."""
    own = any(c.dep_ == "nsubj" for c in verb.children)
    thing = any(c.dep_ == "dobj" for c in head.children) and is_verb(head) and not is_passive(head)
    return (own or thing) and head.lemma_.lower() not in {"see", "promise"}


def _verb_over(head: Token) -> Token | None:
    """The verb that an adjective or a noun with an infinitive belongs to: "is ready to", "gave a pledge to"."""
    return head.head if head.head.i != head.i and is_verb(head.head) else None


def _of_preposition(verb: Token) -> tuple[Token, str]:
    """`Responded by closing the road` tells it as done; other prepositions leave it open."""
    preposition, governor = verb.head, verb.head.head
    if preposition.lower_ in {"by", "after", "since", "in"} and is_verb(governor):
        return governor, "done"
    if preposition.lower_ in {"to", "on", "about", "of"}:
        made = _made_of(governor)
        return (governor, made) if made is not None and is_verb(governor) else (governor, "none")
    return governor, "none"


def reported_future(verb: Token) -> bool:
    """Return whether a verb stands in the report of what was said: there "would" is the future."""
    return any(t.dep_ == "ccomp" and is_cue(t.head) for t in (verb, *verb.ancestors))
