"""What stands in which relation to a verb or a noun, by the parse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trucebook.reading.cues import is_cue, is_joined

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.tokens import Token

SUBJECTS = frozenset({"nsubj", "nsubjpass"})
OWNERS = frozenset({"poss", "compound", "amod", "nmod"})
_CLAUSES = frozenset({"ccomp", "xcomp", "acl"})
# Words with which a preposition stands together: "out of", "on to".
_DOUBLED = frozenset({"out", "away", "up", "back", "on", "along", "over", "off"})
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_CLAUSAL = frozenset({"csubj", "csubjpass", "expl"})
# How many verbs lie between an act and the word that says who does it, at most.
_STEPS = 6


def is_verb(token: Token) -> bool:
    """Return whether a token is a verb or an auxiliary."""
    return token.pos_ in {"VERB", "AUX"}


def is_infinitive(verb: Token) -> bool:
    """Return whether a verb stands with "to"."""
    return any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children)


def is_passive(verb: Token) -> bool:
    """Return whether a verb is in the passive; a bare past participle behind a noun is."""
    if any(c.dep_ in {"nsubjpass", "auxpass"} for c in verb.children):
        return True
    bare = verb.tag_ == "VBN" and not any(c.dep_ in {"nsubj", "aux"} for c in verb.children)
    if bare and verb.dep_ == "conj":
        # "Was proposed by Oslo and accepted by Bern".
        return any(c.dep_ == "agent" for c in verb.children) or (is_verb(verb.head) and is_passive(verb.head))
    return bare and verb.dep_ in {"acl", "advcl"}


def is_having(verb: Token) -> bool:
    """Return whether a participle is the perfect of a gerund ("denied having offered")."""
    return verb.tag_ == "VBN" and any(c.dep_ == "aux" and c.lower_ == "having" for c in verb.children)


def has_particle(verb: Token, particle: str) -> bool:
    """Return whether a particle ("forward") stands with a verb."""
    return any(c.lower_ == particle and c.dep_ in {"prt", "advmod", "prep"} for c in verb.children)


def joined(head: Token) -> Iterator[Token]:
    """Yield a token and those joined to it by "and", "or" and commas."""
    queue = [head]
    while queue:
        token = queue.pop(0)
        yield token
        queue.extend(c for c in token.children if c.dep_ == "conj")


def first_of(head: Token) -> Token:
    """Return the token that one is joined to, over all of a list, or itself."""
    while head.dep_ == "conj" and head.head.i != head.i:
        head = head.head
    return head


def related(token: Token, relation: str) -> Token | None:
    """Return the head of what stands in a relation to a verb or noun, or None.

    Args:
        token: the verb or noun.
        relation: `object` (in the passive the subject), `dative`, `infinitive`, `gerund`, `clause`, or a preposition.
    """
    if relation == "object":
        return _object(token)
    if relation == "dative":
        return next((c for c in token.children if c.dep_ == "dative" and c.pos_ != "ADP"), None)
    if relation == "infinitive":
        found = (c for c in token.children if c.dep_ in _CLAUSES | {"relcl", "advcl"} and is_infinitive(c))
        # "Offered a truce to Denmark": a name that was taken for a verb.
        found = (c for c in found if not (c.text[:1].isupper() and c.tag_ == "VB"))
        return next((c for c in found if c.i > token.i and (c.dep_ != "advcl" or _close(token, c))), None)
    if relation == "gerund":
        found = (c for c in token.children if c.dep_ in {"xcomp", "ccomp"})
        return next((c for c in found if c.tag_ == "VBG" or is_having(c)), None)
    if relation == "clause":
        return _clause(token)
    return _behind(token, relation)


def _close(token: Token, infinitive: Token) -> bool:
    """Whether an infinitive that was taken for a purpose stands right behind the word ("called on Oslo to accept")."""
    return token.doc[infinitive.left_edge.i - 1].text != "," and infinitive.i - token.i < 12


def infinitive_subject(verb: Token) -> Token | None:
    """Return who is to do what the infinitive below a verb tells, where the parser gave it a subject of its own."""
    infinitive = related(verb, "infinitive")
    return next((c for c in infinitive.children if c.dep_ == "nsubj"), None) if infinitive is not None else None


def _object(verb: Token) -> Token | None:
    if is_passive(verb):
        subject = next((c for c in verb.children if c.dep_ == "nsubjpass"), None)
        if subject is None and verb.dep_ == "acl":
            return verb.head
        if subject is None and verb.dep_ == "conj" and is_passive(first_of(verb)):
            return _object(first_of(verb))
        if subject is None and verb.dep_ == "xcomp" and is_verb(verb.head):
            # "The treaty is to be signed", "is expected to be signed".
            return next((c for c in verb.head.children if c.dep_ in SUBJECTS and c.i < verb.i), None)
        return subject
    found = [c for c in verb.children if c.dep_ == "dobj" and c.i > verb.i]
    if not found:
        return next((c for c in verb.children if c.dep_ == "dobj"), None) or _shared_object(verb)
    return found[0]


def _shared_object(verb: Token) -> Token | None:
    """`Neither accepted nor rejected the plan`: the object stands with the last of two joined verbs."""
    others = [c for c in verb.children if c.i > verb.i and c.dep_ not in {"cc", "conj", "punct", "advmod"}]
    last = next((c for c in verb.children if c.dep_ == "conj" and c.tag_ == verb.tag_), None)
    if others or last is None or last.i > verb.i + 3 or any(c.dep_ in SUBJECTS for c in last.children):
        return None
    return next((c for c in last.children if c.dep_ == "dobj" and c.i > last.i), None)


def _clause(token: Token) -> Token | None:
    found = [c for c in token.children if c.dep_ in {"ccomp", "acl"} and c.i > token.i and is_verb(c)]
    return next((c for c in found if not is_infinitive(c) and (c.dep_ == "ccomp" or _opened(c))), None)


def _opened(clause: Token) -> bool:
    return any(c.dep_ == "mark" and c.lower_ == "that" for c in clause.children)


def _behind(token: Token, preposition: str) -> Token | None:
    for child in token.children:
        if child.lower_ == preposition and child.dep_ in {"prep", "dative", "agent", "prt"}:
            found = next((c for c in child.children if c.dep_ in {"pobj", "pcomp"}), None)
            # "Met on Friday" is not about Friday.
            dated = found is not None and found.ent_type_ in {"DATE", "TIME"} and preposition != "until"
            if found is not None and found.i > token.i and not dated:
                return found
        # "pull out of the talks", "ahead of": one preposition below another word.
        if child.dep_ in {"prep", "advmod", "prt"} and child.lower_ != preposition:
            nested = next((c for c in child.children if c.lower_ == preposition and c.dep_ == "prep"), None)
            below = next((c for c in nested.children if c.dep_ == "pobj"), None) if nested is not None else None
            if below is not None and child.lower_ in _DOUBLED:
                return below
    return None


def doers(verb: Token) -> tuple[Token, ...]:
    """Return the heads of the noun phrases that name who does what a verb tells; none where the parse does not say."""
    at = verb
    for _ in range(_STEPS):
        found = _own_doers(at)
        if found:
            told = _who_tells(at, verb)
            return (told,) if told is not None else found
        above = _above(at) or (_over_nobody(at) if at.i != verb.i else None)
        if above is None:
            return ()
        if not is_verb(above) and above.pos_ != "ADJ":
            return (above,)
        at = above
    return ()


def _who_tells(governor: Token, verb: Token) -> Token | None:
    """`A march that Mr. Ek made clear is unwelcome, by closing the road`: who acts is who says it of the march."""
    first = first_of(verb)
    if first.dep_ != "pcomp" or first.head.lower_ != "by" or first.head.head.i != governor.i:
        return None
    said = next((t for t in governor.subtree if t.dep_ == "relcl" and t.i < first.i and _says_of(t)), None)
    if said is None:
        return None
    return next((c for c in said.children if c.dep_ == "nsubj" and c.pos_ == "PROPN"), None)


def _says_of(verb: Token) -> bool:
    """Whether a verb of saying stands between a thing and what is said of it ("that Oslo says is ...")."""
    clear = verb.lemma_ == "make" and any(c.dep_ in {"oprd", "acomp"} for c in verb.children)
    after = verb.right_edge.i + 1
    return (clear or is_cue(verb)) and after < len(verb.doc) and verb.doc[after].tag_ in _FINITE


def _over_nobody(verb: Token) -> Token | None:
    """`Said that there were no talks, dismissing ...`: where the clause has no subject to act, who says it acts."""
    empty = any(c.dep_ == "expl" for c in verb.children)
    return verb.head if empty and verb.dep_ == "ccomp" and is_cue(verb.head) else None


def _own_doers(verb: Token) -> tuple[Token, ...]:
    if is_passive(verb):
        return tuple(c for by in verb.children if by.dep_ == "agent" for c in by.children if c.dep_ == "pobj")
    return tuple(c for c in verb.children if c.dep_ == "nsubj") or _lost_subject(verb)


def _lost_subject(verb: Token) -> tuple[Token, ...]:
    """`With the day near, Mr. Ek, in a speech, raised ...`: a name between commas that was hung on what comes first."""
    if verb.dep_ != "ROOT" or verb.tag_ not in _FINITE or any(c.dep_ in SUBJECTS | _CLAUSAL for c in verb.children):
        return ()
    opening = next((c for c in verb.children if c.i < verb.i and c.dep_ == "prep"), None)
    if opening is None or opening.i != verb.sent.start:
        return ()
    last = opening.right_edge
    names = [t for t in opening.subtree if t.pos_ == "PROPN" and t.dep_ in {"pobj", "appos", "conj"} and t.i < verb.i]
    apart = [t for t in names if t.nbor(1).text == "," and t.left_edge.nbor(-1).text == ","]
    return tuple(apart) if len(apart) == 1 and apart[0].i == last.i - (last.text == ",") else ()


def _above(verb: Token) -> Token | None:
    """The verb that shares its subject with one that has none, or the noun that does what a participle tells."""
    head = verb.head
    if head.i == verb.i or is_passive(verb):
        return _shared_passive(verb)
    if verb.dep_ == "conj" and is_verb(head):
        # A passive verb's subject does nothing.
        return None if is_passive(head) and not is_infinitive(verb) and verb.tag_ != "VBD" else _active(head, verb)
    if verb.dep_ in {"xcomp", "advcl"} and (is_verb(head) or head.pos_ == "ADJ"):
        return _controller(verb)
    if verb.dep_ == "acomp" and is_verb(head):
        return head
    if verb.dep_ in {"acl", "relcl"} and verb.tag_ == "VBG" and head.pos_ in {"NOUN", "PROPN"}:
        return head
    if verb.dep_ in {"acl", "relcl"} and is_infinitive(verb) and head.pos_ == "NOUN":
        return _of_noun(head)
    if verb.dep_ == "pcomp":
        return head.head if is_verb(head.head) else _of_phrase(head.head)
    return None


def _of_phrase(word: Token) -> Token | None:
    """Who does the gerund behind a noun, an adjective or an adverb ("has no intention of", "is close to")."""
    if word.pos_ == "NOUN":
        return _of_noun(word)
    return word.head if word.pos_ in {"ADJ", "ADV"} and is_verb(word.head) else None


def _active(head: Token, verb: Token) -> Token | None:
    return next((c for c in head.children if c.dep_ == "nsubjpass"), None) if is_passive(head) else _joined_to(verb)


def _joined_to(verb: Token) -> Token | None:
    return verb.head if is_joined(verb) else None


def _shared_passive(verb: Token) -> Token | None:
    """Joined participles share their agent: "was proposed and drafted by Oslo"."""
    last = [c for c in verb.children if c.dep_ == "conj" and is_passive(c)]
    return last[0] if last else None


def _controller(verb: Token) -> Token | None:
    """Who does an infinitive or a participle: the object of the verb above, where it has one, else its subject."""
    head = verb.head
    if is_passive(head):
        return next((c for c in head.children if c.dep_ == "nsubjpass"), None)
    thing = _object(head) if verb.dep_ == "xcomp" and is_infinitive(verb) else None
    return head if thing is None else thing


def _of_noun(noun: Token) -> Token | None:
    """Who does the infinitive of a noun ("Oslo's readiness to sign", "expressed readiness to sign")."""
    owner = next((c for c in noun.children if c.dep_ == "poss"), None)
    if owner is not None:
        return owner
    return noun.head if noun.dep_ in {"dobj", "attr"} and is_verb(noun.head) else None


def own_words(head: Token) -> list[Token]:
    """Return the words of a clause or noun phrase without the statements inside it, in order.

    A relative clause and a clause joined to it, or said beside it, state something of their own.
    """
    kept, queue = [head], list(head.children)
    while queue:
        token = queue.pop()
        if token.dep_ in {"relcl", "parataxis"} or (token.dep_ in {"conj", "advcl"} and is_verb(token)):
            continue
        kept.append(token)
        queue.extend(token.children)
    return sorted(kept, key=lambda t: t.i)


def simple_words(head: Token) -> Iterable[Token]:
    """Return the words of a clause that belong to its verb alone, without those of infinitives and clauses below it."""
    kept, queue = [head], list(head.children)
    while queue:
        token = queue.pop()
        if is_verb(token) and token.dep_ in {"xcomp", "ccomp", "advcl", "relcl", "acl", "conj", "parataxis", "pcomp"}:
            continue
        kept.append(token)
        queue.extend(token.children)
    return kept
