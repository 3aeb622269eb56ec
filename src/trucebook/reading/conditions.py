"""Conditions: the words that make one thing depend on another ("if", "contingent on", "in return for")."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from trucebook.lexicons import load
from trucebook.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from spacy.tokens import Token

    from trucebook.reading.parse import Parse

# Words that are a condition only where a clause follows: "provided Norway agrees", not "aid provided by Norway".
_PROVISOS = frozenset({"provided", "providing"})
_GIVEN = frozenset({"by", "with", "for", "to", "in", "at", "on", "from", "under", "through", "during", "via"})
_STOPS = frozenset(',.;:!?—–"“”()')


class Conditions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file `conditions.toml`.

    Attributes:
        subordinators: words whose clause is a condition.
        phrases: runs of words that govern one.
        leaning: words with which a sentence takes up the one before it.
        asking: verbs behind which "if" asks a question.
        delaying: words whose clause is a condition of what is refused.
        unwilling: auxiliaries that refuse with "not".
        refusing: verbs of refusing.
        occasions: verbs of which "when" says at what occasion something will be done.
        soon: words before which "as soon as" makes no condition.
        burdens: what somebody may be "subject to" without anything waiting for it, as lemmas.
    """

    subordinators: tuple[str, ...]
    phrases: tuple[tuple[str, ...], ...]
    leaning: tuple[str, ...]
    asking: tuple[str, ...]
    delaying: tuple[str, ...]
    unwilling: frozenset[str]
    refusing: frozenset[str]
    occasions: frozenset[str]
    soon: frozenset[str]
    burdens: frozenset[str]


# How a word stands that opens a condition.
_OPENING = frozenset({"mark", "advmod", "prep", "advcl", "acl"})
_SOON = ("as", "soon", "as")
# Runs that tell when something was done, where both have happened.
_OCCASIONS = {_SOON, ("only", "after"), ("only", "when")}


@cache
def condition_words() -> Conditions:
    """Return the lexicon of conditions."""
    found: Conditions = load("conditions.toml", Conditions)
    return found


@cache
def _by_first_word() -> Mapping[str, Sequence[tuple[str, ...]]]:
    words = dict.fromkeys(p[0] for p in condition_words().phrases)
    return {word: [p for p in condition_words().phrases if p[0] == word] for word in words}


def is_condition(clause: Token) -> bool:
    """Return whether the clause that a verb heads is a condition ("if Norway agrees")."""
    return any(c.lower_ in condition_words().subordinators and c.dep_ in {"mark", "advmod"} for c in clause.children)


def find_conditions(parse: Parse) -> tuple[Span, ...]:
    """Find the words that make something depend on something else ("if Norway agrees"), marker included, in order.

    They are found apart from the clauses, because a condition must be shown even where the parser hung it on a clause
    that says too little to be kept, or on the wrong one.
    """
    found: set[Span] = set()
    for token in parse.doc:
        found.update(_of_word(token))
        for phrase in _by_first_word().get(token.lower_, ()):
            run = parse.doc[token.i : token.i + len(phrase)]
            if tuple(t.lower_ for t in run) != phrase:
                continue
            if not _is_early(run[-1], phrase) and not _is_burden(phrase, run[-1]) and not _is_past(phrase, run[-1]):
                found.add(_run(token, _next_stop(run[-1])))
    return tuple(sorted(found))


def _of_word(token: Token) -> Iterator[Span]:
    """Yield the condition that a single word opens."""
    if token.lower_ in _PROVISOS:
        proviso = _proviso(token)
        yield from () if proviso is None else (proviso,)
    elif token.lower_ in condition_words().subordinators and token.dep_ in _OPENING:
        yield from _of_subordinator(token)
    elif token.lower_ == "once" and _begins_clause(token):
        yield _run(token, _next_stop(token))
    elif (end := _end_of_delay(token)) is not None or (end := _end_of_awaited(token)) is not None:
        yield _run(token, end)


def _of_subordinator(token: Token) -> Iterator[Span]:
    governor = token.head if token.dep_ in {"mark", "advmod"} else token
    if _is_named(token) or (token.lower_ == "if" and _is_asked(governor)):
        return
    if token.lower_ == "once" and not _opens_clause(token, governor):
        if _begins_clause(token) and not _is_over(governor):
            yield _run(token, _next_stop(token))
    elif governor.i != token.i or any(True for _ in token.children):
        yield _run(token, max(t.i for t in governor.subtree))


def _is_named(marker: Token) -> bool:
    """`not “how” but “if” the war would end`: a word in quotation marks by itself is spoken of."""
    return marker.i > 0 and marker.i + 1 < len(marker.doc) and marker.nbor(-1).is_quote and marker.nbor(1).is_quote


def _is_burden(phrase: tuple[str, ...], last: Token) -> bool:
    """`subject to tariffs`: what somebody bears is not what something waits for, as in "subject to approval"."""
    if phrase != ("subject", "to"):
        return False
    governed = last.doc[last.i + 1 : _next_stop(last) + 1]
    return any(t.lemma_.lower() in condition_words().burdens for t in governed)


def _is_past(phrase: tuple[str, ...], last: Token) -> bool:
    """`Agreed only after Norway had left`: both have happened, and nothing waits; "would agree only after" does."""
    if phrase not in _OCCASIONS or last.dep_ not in {"mark", "advmod", "prep"}:
        return False
    clause = last.head if last.dep_ in {"mark", "advmod"} else next((c for c in last.children if _is_told(c)), None)
    if clause is None or not _is_told(clause):
        return False
    governor = last.head if last.dep_ == "prep" else clause.head
    return _is_told(governor)


def _is_told(verb: Token) -> bool:
    """Whether a verb is in the past, and not under an auxiliary that puts it to come."""
    auxiliaries = [c for c in verb.children if c.dep_ in {"aux", "auxpass"}]
    if any(c.tag_ in {"MD", "TO"} or c.tag_ == "VBP" for c in auxiliaries):
        return False
    return verb.tag_ == "VBD" or any(c.tag_ in {"VBD", "VBZ"} for c in auxiliaries)


def _proviso(marker: Token) -> Span | None:
    """`, provided Norway agrees`, `provided that`: the parser takes the word for a verb, so its neighbours decide."""
    before = marker.nbor(-1).lower_ if marker.i > 0 else ""
    behind = marker.nbor(1).lower_ if marker.i + 1 < len(marker.doc) else ""
    if behind == "that" or (marker.lower_ == "provided" and before in {",", "only", "but"} and behind not in _GIVEN):
        return _run(marker, _next_stop(marker))
    return None


def _end_of_delay(marker: Token) -> int | None:
    """`Will not sign until Norway leaves`: the last word of what a refusal waits for; None where nothing is refused."""
    if marker.lower_ not in condition_words().delaying or marker.dep_ not in {"mark", "prep"}:
        return None
    clause = marker.head if marker.dep_ == "mark" else marker
    acts = any(t.pos_ in {"VERB", "AUX"} or t.tag_ == "VBG" for t in clause.subtree)
    verbs = [clause.head, *([clause.head.head] if clause.head.dep_ == "xcomp" else [])]
    return max(t.i for t in clause.subtree) if acts and any(map(_refuses, verbs)) else None


def _end_of_awaited(marker: Token) -> int | None:
    """`Will return when the port is open`: the last word of what is awaited; None for an occasion, or what is past."""
    if marker.lower_ != "when" or marker.dep_ != "advmod" or marker.head.dep_ != "advcl":
        return None
    clause, governor = marker.head, marker.head.head
    # "When the port is open": what it is to be stands behind.
    becomes = _is_passive(clause) or (clause.lemma_ == "be" and any(c.dep_ == "acomp" for c in clause.children))
    if clause.lemma_.lower() in condition_words().occasions and not becomes:
        return None
    verbs = [governor, *([governor.head] if governor.dep_ == "xcomp" else [])]
    coming = any(c.lower_ in {"will", "would", "shall", "'ll", "’ll"} for v in verbs for c in v.children)
    present = [t for t in (clause, *clause.children) if t.tag_ in {"VBZ", "VBP"}]
    dated = any(t.ent_type_ in {"DATE", "TIME"} for t in clause.subtree)
    return max(t.i for t in clause.subtree) if coming and present and not dated else None


def _is_passive(verb: Token) -> bool:
    return any(c.dep_ == "auxpass" for c in verb.children)


def _is_early(last: Token, phrase: tuple[str, ...]) -> bool:
    """`As soon as possible`, `as soon as Monday`."""
    if phrase != _SOON or last.i + 1 >= len(last.doc):
        return False
    behind = last.nbor(1)
    return behind.lower_ in condition_words().soon or behind.ent_type_ in {"DATE", "TIME"}


def _refuses(verb: Token) -> bool:
    """Whether a verb says what somebody will not do."""
    own = {c.lower_ for c in verb.children if c.dep_ in {"aux", "neg"}}
    unwilling = own & condition_words().unwilling and any(c.dep_ == "neg" for c in verb.children)
    return bool(unwilling) or verb.lemma_.lower() in condition_words().refusing


def _is_asked(clause: Token) -> bool:
    """`To see if Norway agrees`: a question, on which nothing depends."""
    behind = clause.dep_ == "ccomp" and clause.i > clause.head.i
    return behind and clause.head.lemma_.lower() in condition_words().asking


def _opens_clause(marker: Token, governor: Token) -> bool:
    """`once Norway agrees`, `once ratified`, but not `a caravan that once numbered 1,200` and not `once again`."""
    if _is_over(governor):
        return False
    if any(c.dep_ in {"nsubj", "nsubjpass"} and c.i > marker.i for c in governor.children):
        return True
    clause = governor.dep_ == "advcl" and governor.i > marker.i
    # A verb that the tagger takes for a plural ("once Sweden withdraws") is still hung as a clause.
    as_noun = marker.dep_ == "mark" and governor.tag_ == "NNS" and governor.i > marker.i + 1
    return clause and (as_noun or (governor.tag_ == "VBN" and not _is_told(governor.head)))


def _is_over(clause: Token) -> bool:
    """`Once it had agreed, Norway left` tells what came after what, and nothing waits."""
    return _is_told(clause) and _is_told(clause.head)


def _begins_clause(marker: Token) -> bool:
    """`Once disarmament is complete`, where the parser made something else of it: a noun and a finite verb follow."""
    if marker.i + 1 >= marker.sent.end:
        return False
    first = marker.nbor(1)
    if first.pos_ not in {"ADJ", "DET", "NOUN", "PROPN", "PRON"} or first.lower_ in {"a", "an", "every", "each", "per"}:
        return False
    behind = marker.doc[first.i : _next_stop(marker) + 1]
    return any(t.pos_ == "AUX" and t.tag_ in {"VBZ", "VBP", "VBD"} for t in behind)


def _next_stop(token: Token) -> int:
    """Index of the last token before the next punctuation mark: what a phrase governs is often hung elsewhere."""
    end, last = token.i, token.sent.end - 1
    while end < last and token.doc[end + 1].text not in _STOPS:
        end += 1
    return end


def _run(marker: Token, end: int) -> Span:
    """From the word that makes a condition to the end of what it governs, inside one sentence."""
    run = marker.doc[marker.i : max(marker.i + 1, min(end + 1, marker.sent.end))]
    words = re.sub(r"[\s,;:.”\"’]+$", "", run.text)
    return Span(run.start_char, run.start_char + len(words))
