"""Whether what befell the counted is told as done: "freed 33", "will free 33", "could free 33", "denied freeing 33"."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from trucebook.lexicons import load
from trucebook.reading.clauses import Modalities
from trucebook.reading.conditions import is_condition
from trucebook.reading.parse import asks
from trucebook.reading.quantities.words import measures

if TYPE_CHECKING:
    from spacy.tokens import Token

    from trucebook.reading.model import Status

_VERBS: Final = frozenset({"VERB", "AUX"})
_AUXILIARY: Final = frozenset({"aux", "auxpass"})
_SUBJECT: Final = frozenset({"nsubj", "nsubjpass"})
# Steps up the parse; a hostile sentence may have thousands.
_CLIMB: Final = 6


@cache
def _words(kind: str) -> frozenset[str]:
    """One list of `modality.toml`."""
    lexicon: Modalities = load("modality.toml", Modalities)
    return frozenset(getattr(lexicon, kind))


def status_of(verb: Token, climb: int = _CLIMB) -> Status:
    """Return how a verb tells what it says: as done, to come, depending on something, only possible, or denied.

    Args:
        verb: a verb.
        climb: how many governing verbs may be asked.
    """
    own = _own_status(verb)
    if own is not None or climb <= 0:
        return own or "done"
    if any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children):
        return _infinitive(verb, climb)
    if verb.dep_ == "pcomp":
        return _behind_preposition(verb)
    if verb.dep_ in {"xcomp", "ccomp"} and (governed := _governed(verb.head.lemma_.lower())):
        return governed
    if _shares(verb):
        return status_of(verb.head, climb - 1)
    return "possible" if asks(verb.sent) else "done"


def status_of_result(word: Token) -> Status:
    """Return how a noun or an adjective ("12 deaths", "three dead") is told, by the verb that brings it about."""
    verb = word
    for _ in range(_CLIMB):
        if verb.pos_ in _VERBS:
            break
        verb = verb.head
    lemma = verb.lemma_.lower()
    if lemma in measures().accusing.words:
        return "possible"
    return status_of(verb) if verb.pos_ in _VERBS and lemma in measures().causing.words else "done"


def _own_status(verb: Token) -> Status | None:
    """What a verb's own auxiliaries, negation and conjunction say."""
    auxiliaries = {c.lower_ for c in verb.children if c.dep_ in _AUXILIARY}
    if any(c.dep_ == "neg" for c in verb.children):
        return "denied"
    if is_condition(verb):
        return "conditional"
    if auxiliaries & _words("planned"):
        return "planned"
    if verb.tag_ == "VB" and not auxiliaries and any(c.dep_ in _SUBJECT for c in verb.children):
        # "demanded that Arvia withdraw 300 troops"
        return "possible"
    return "possible" if auxiliaries & _words("possible") else None


def _governed(lemma: str) -> Status | None:
    """What the verb above says of a clause: "denied that", "fear that", "considered freeing"."""
    if lemma in _words("denying"):
        return "denied"
    if lemma in measures().accusing.words:
        return "possible"
    return "planned" if lemma in _words("planning") - {"be"} else None


def _infinitive(verb: Token, climb: int) -> Status:
    head, lemma = verb.head, verb.head.lemma_.lower()
    if lemma in measures().accusing.words:
        return "possible"
    if any(c.dep_ in _AUXILIARY and c.lower_ == "have" for c in verb.children):
        return "done"
    if lemma in measures().managing.words and head.i != verb.i:
        return status_of(head, climb - 1)
    if lemma in _words("denying"):
        return "denied"
    # "A deal to free 33" is a plan; "the ability to kill" and "a proposal to free" are none.
    nominal = head.pos_ in {"NOUN", "ADJ"} and lemma not in {*measures().settled.words, *_words("planning")}
    return "possible" if nominal else "planned"


def _behind_preposition(verb: Token) -> Status:
    """`without killing`, `accused of killing`, `called for freeing`; elsewhere ("after freeing 12") it is done."""
    preposition = verb.head
    governor = preposition.head.lemma_.lower()
    if preposition.lower_ in _words("denying"):
        return "denied"
    if governor in measures().accusing.words:
        return "possible"
    return "planned" if governor in {*_words("planning"), "call", "plan"} - {"be"} else "done"


def _shares(verb: Token) -> bool:
    """Whether a verb is told as the one that it hangs on: joined to it without forms of its own, or a consequence."""
    if verb.head.pos_ not in _VERBS or any(c.dep_ in _SUBJECT for c in verb.children):
        return False
    if verb.dep_ == "conj":
        return verb.tag_ == "VB" or (verb.tag_ in {"VBN", "VBG"} and verb.head.tag_ in {"VB", verb.tag_})
    return verb.dep_ == "advcl" and verb.tag_ == "VBG" and verb.i > verb.head.i
