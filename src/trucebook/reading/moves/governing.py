"""What the word above a verb makes of it: an infinitive, a gerund or a clause is no act for itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from trucebook.reading.moves.grammar import is_having, is_infinitive, is_passive, is_verb
from trucebook.reading.moves.lexicon import governing, lexicon, words

if TYPE_CHECKING:
    from spacy.tokens import Token

Made = Literal["done", "planned", "possible", "denied", "beside", "none"]

_TEMPORAL = frozenset({"before", "until", "till", "by"})
_PRESENT = frozenset({"VBZ", "VBP"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})


class Step(NamedTuple):
    """One step up from a verb.

    Attributes:
        governor: the verb above; the verb itself where there is none to go on with.
        made: `beside` where the verb tells for itself as far as its governor does, `none` where it tells no act.
    """

    governor: Token
    made: Made


def above(verb: Token) -> Step | None:
    """Return the step up from a verb; None where it tells for itself."""
    if any(c.dep_ == "mark" and c.lower_ == "whether" for c in verb.children):
        return Step(verb, "none")
    if not is_finite(verb):
        return _nonfinite(verb)
    if verb.dep_ == "ccomp" and verb.i > verb.head.i and _wishes(verb):
        return Step(verb, "none")
    if verb.dep_ == "relcl":
        if _is_of_a_kind(verb):
            return Step(verb, "none")
        return Step(verb, "possible") if _is_of_any(verb) else None
    if verb.dep_ == "acl" and not is_passive(verb):
        return None if verb.head.lemma_.lower() in words("tidings") else Step(verb, "none")
    if verb.dep_ == "conj" and _shares(verb):
        return Step(verb.head, "done")
    return _temporal(verb) if verb.dep_ == "advcl" else None


def is_finite(verb: Token) -> bool:
    """Return whether a verb tells for itself: it is no infinitive, and no participle without an auxiliary."""
    if is_infinitive(verb) or is_having(verb):
        return False
    return verb.tag_ != "VBG" or any(c.dep_ == "aux" for c in verb.children)


def _wishes(clause: Token) -> bool:
    """`Demands that Oslo sign`, `to ensure that Oslo signs`: the clause is asked for, and not told."""
    bare = clause.tag_ == "VB" and not any(c.dep_ in {"aux", "auxpass"} for c in clause.children)
    return bare or clause.head.lemma_.lower() in words("wishing") or _is_subjunctive(clause)


def _is_subjunctive(clause: Token) -> bool:
    """`That Oslo sign`: a plural verb with one subject."""
    subject = next((c for c in clause.children if c.dep_ == "nsubj"), None)
    single = (
        subject is not None and subject.tag_ in {"NN", "NNP"} and not any(c.dep_ == "conj" for c in subject.children)
    )
    return clause.tag_ == "VBP" and single and clause.lemma_.lower() != "be" and not _has_auxiliary(clause)


def _has_auxiliary(verb: Token) -> bool:
    return any(c.dep_ in {"aux", "auxpass"} for c in verb.children)


def _is_of_a_kind(verb: Token) -> bool:
    """`Workers who pause their duties`: a kind of people, of whom nothing is told to be done."""
    thing = verb.head
    bare = thing.tag_ == "NNS" and not any(c.i < thing.i for c in thing.children)
    subject = next((c for c in verb.children if c.dep_ in _SUBJECTS), None)
    simple = verb.tag_ in _PRESENT and not any(c.dep_ == "aux" for c in verb.children)
    return bare and simple and subject is not None and subject.tag_ in {"WDT", "WP"}


def _is_of_any(verb: Token) -> bool:
    """`An agreement in which Oslo leaves`, `states that agreed to pay`: of a thing that there need not be."""
    thing = verb.head
    determined = any(c.dep_ in {"det", "poss"} and c.lower_ not in {"a", "an", "any"} for c in thing.children)
    over = next((t for t in thing.ancestors if is_verb(t)), None)
    if determined or thing.pos_ != "NOUN" or over is None:
        return False
    subject = next((c for c in verb.children if c.dep_ in _SUBJECTS), None)
    unreal = any(c.dep_ == "aux" and c.lower_ in words("would") | words("possible") for c in over.children)
    sought = is_infinitive(over) or any(c.dep_ == "aux" and c.lower_ in words("future") for c in over.children)
    if verb.tag_ in _PRESENT:
        return unreal or sought
    # "For states that agreed": whoever they are; but "the tariffs that Oslo imposed" are there.
    return unreal and subject is not None and subject.tag_ in {"WDT", "WP"} and not is_passive(verb)


def _temporal(verb: Token) -> Step | None:
    """`Before Oslo signs`, `after Oslo signs`: it has not."""
    marks = {c.lower_ for c in verb.children if c.dep_ in {"mark", "advmod"}}
    if marks & _TEMPORAL:
        return Step(verb, "possible")
    return Step(verb, "possible") if verb.tag_ in _PRESENT and marks & {"after", "when"} else None


def _nonfinite(verb: Token) -> Step | None:
    head, dep = verb.head, verb.dep_
    if dep == "conj" and is_verb(head):
        # "To open the road and to leave": as the first; an infinitive joined to a finite verb is nobody's word.
        return Step(head, "none" if is_infinitive(verb) and is_finite(head) else "done")
    if dep == "pcomp":
        return _of_preposition(verb)
    if dep == "advcl":
        beside = not is_infinitive(verb) and is_verb(head)
        return Step(head, "beside") if beside else Step(head, "none")
    if dep in {"xcomp", "ccomp", "acl", "relcl"}:
        return _governed(verb, head)
    if dep == "ROOT":
        # "Oslo to sign the treaty": a headline's future.
        return Step(verb, "planned") if any(c.dep_ in _SUBJECTS for c in verb.children) else Step(verb, "none")
    return Step(verb, "none")


def _shares(verb: Token) -> bool:
    """Whether a joined verb stands as the first does: a bare form without words of its own."""
    return verb.tag_ in {"VB", "VBN"} and not any(c.dep_ in _SUBJECTS | {"aux", "auxpass"} for c in verb.children)


def _governed(verb: Token, head: Token) -> Step:
    made = _made_of(head)
    if head.pos_ in {"NOUN", "PROPN"} and verb.tag_ == "VBG":
        # "The troops leaving the valley": as told as the sentence.
        return Step(head, "none") if made is None and not _verb_over(head) else Step(_verb_over(head) or verb, "beside")
    if made is None or _of_another(verb, head):
        return Step(head, "none")
    if is_verb(head):
        return Step(head, made)
    over = _verb_over(head)
    if head.lemma_.lower() == "decision" and (over is None or over.lemma_.lower() not in words("light")):
        # "Delayed a decision to impose": the decision is still to be made.
        return Step(head, "none")
    return Step(over, made) if over is not None else Step(verb, made)


def _made_of(head: Token) -> Made | None:
    lemma = head.lemma_.lower()
    if lemma == "have":
        return "denied" if any(c.lower_ == "yet" for c in head.children) else None
    if lemma == "be":
        # "Is to meet on Friday".
        return "planned"
    if head.pos_ == "NOUN" and lemma not in lexicon().governors.nouns:
        return None
    return governing().get(lemma, governing().get(head.lower_))


def _of_another(verb: Token, head: Token) -> bool:
    """`Want Oslo to sign`: what somebody wants of another is no act of anybody's."""
    own = any(c.dep_ == "nsubj" for c in verb.children)
    thing = any(c.dep_ == "dobj" for c in head.children) and is_verb(head) and not is_passive(head)
    return (own or thing) and head.lemma_.lower() not in {"see", "promise"}


def _verb_over(head: Token) -> Token | None:
    """The verb that an adjective or a noun with an infinitive belongs to: "is ready to", "gave a pledge to"."""
    return head.head if head.head.i != head.i and is_verb(head.head) else None


def _of_preposition(verb: Token) -> Step:
    """`Responded by closing the road` tells it as done; other prepositions leave it open."""
    preposition, governor = verb.head, verb.head.head
    if preposition.lower_ in {"by", "after", "since", "in"} and is_verb(governor):
        return Step(governor, "beside")
    made = _made_of(governor) if preposition.lower_ in {"to", "on", "about", "of"} else None
    if made is None:
        return Step(governor, "none")
    if is_verb(governor):
        return Step(governor, made)
    # "Is close to signing", "stopped short of signing", "has no intention of signing".
    over = _verb_over(governor)
    return Step(over, made) if over is not None else Step(governor, "none")
