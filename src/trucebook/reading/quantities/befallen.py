"""What befell the counted, by the parse: killed, freed, launched; and whether the words tell it as done."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from trucebook.reading.numbers import either, numbers
from trucebook.reading.quantities.status import status_of, status_of_result
from trucebook.reading.quantities.words import by_word, happening_by_word, measures, persons

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc, Token

    from trucebook.reading.model import Status

# Words between the counted and their participle, and groups joined by "and".
GAP: Final = 5
# Characters before a number in which a toll is named ("the death toll from the strike on the port rose to 12").
_TOLL: Final = 90
_PASSIVE: Final = frozenset({"nsubjpass", "nsubj:pass"})
_RELATIVE: Final = frozenset({"that", "which", "who", "whom"})


@dataclass(frozen=True)
class Befallen:
    """What befell the counted.

    Attributes:
        name: a measure or a happening of the lexicon.
        word: index of the token that says so.
        status: whether it is told as done; None where a noun does not tell.
        is_measure: whether the number is a number of it ("killed") rather than of things ("drones launched").
        toll: whether it is the number of a toll, whose words belong to it however far off they stand.
    """

    name: str
    word: int
    status: Status | None
    is_measure: bool
    toll: bool = False


def befallen(doc: Doc, noun: Token | None, first: int, last: int) -> Befallen | None:
    """Return what befell those that the number in the tokens `first` to `last` counts, or None.

    Args:
        doc: the parsed prose.
        noun: the counted noun.
        first: index of the first token of the number and its bounds.
        last: index of the last token of the number and its noun.
    """
    return _measured(doc, noun, first, last) or (happening(noun) if noun is not None else None)


def _measured(doc: Doc, noun: Token | None, first: int, last: int) -> Befallen | None:
    if noun is not None and (name := _by_noun(noun)):
        return Befallen(name, noun.i, status_of_result(noun), is_measure=True)
    found = behind(doc, last) or (noun is not None and (_by_parse(noun) or _lives(noun))) or _before(doc, first)
    if found and allows(found[0], noun):
        name, at = found
        mixed = _mixed(doc, name, at)
        at = at + 2 if mixed != name and at > last else at
        # Parts of a sum that the words do not give would contradict another report's sum.
        return Befallen(mixed, at, _status(doc[at]), is_measure=not _is_part(noun))
    return _toll(doc, noun, first)


def _status(word: Token) -> Status:
    return status_of(word) if word.pos_ in {"VERB", "AUX"} else status_of_result(word)


def happening(noun: Token) -> Befallen | None:
    """Return what befell a noun that no measure counts: the verb, or the noun, that acts on it ("a swap of 50 men")."""
    for word in _coordinated(noun):
        verb = _verb_of(word)
        name = happening_by_word("verbs").get(_with_particle(verb)) if verb is not None else None
        if verb is not None and name:
            return Befallen(name, verb.i, status_of(verb), is_measure=False)
        if word.dep_ == "nsubj" and (name := happening_by_word("intransitive").get(word.head.lemma_)):
            return Befallen(name, word.head.i, status_of(word.head), is_measure=False)
        if word.dep_ == "pobj" and word.head.lower_ == "of":
            act = word.head.head
            lemma = act.lemma_.lower() if act.pos_ == "NOUN" else ""
            if name := happening_by_word("nouns").get(lemma) or _nominal().get(lemma):
                return Befallen(name, act.i, None, is_measure=False)
    return None


@cache
def _nominal() -> dict[str, str]:
    """Nouns of acts whose measure has a verb of its own ("the release of 33 hostages")."""
    return {noun: name for name, measure in measures().measures.items() for noun in measure.acts}


def _verb_of(word: Token) -> Token | None:
    """The verb that acts on a noun: as its object, as the subject of its passive, or in a clause behind it."""
    if word.dep_ in _PASSIVE or word.dep_ == "dobj":
        # "Ten hostages are expected to be freed": what befalls them stands below what is expected.
        return _below(word.head) if word.dep_ in _PASSIVE else word.head
    if word.dep_ == "nsubj":
        return _below(word.head)
    for child in word.children:
        if child.i < word.i or child.dep_ not in {"acl", "relcl"}:
            continue
        if child.dep_ == "acl" and (child.tag_ == "VBN" or _is_passive(child)):
            return child
        if any(c.lower_ in _RELATIVE and c.dep_ in {*_PASSIVE, "dobj"} for c in child.children):
            return child
    return None


def _below(verb: Token) -> Token | None:
    """The passive infinitive, or the participle, that says what befalls a verb's subject, else a passive verb."""
    for child in verb.children:
        if child.i > verb.i and child.dep_ in {"xcomp", "acomp", "ccomp"} and child.pos_ in {"VERB", "ADJ"}:
            is_state = child.dep_ == "acomp" or child.tag_ == "VBN"
            if _is_passive(child) or (is_state and verb.lemma_ in measures().causing.words):
                return child
    return verb if _is_passive(verb) else None


def _is_passive(verb: Token) -> bool:
    return any(c.dep_ in {"auxpass", *_PASSIVE} for c in verb.children)


def _with_particle(verb: Token) -> str:
    """The lemma of a verb with its particle ("shoot down") or the word that completes it ("shoot dead")."""
    lemma = verb.lemma_.lower() if verb.pos_ == "VERB" or verb.lemma_ != verb.lower_ else _of_participle(verb.lower_)
    particle = next((c.lower_ for c in verb.children if c.dep_ == "prt"), "")
    if particle:
        return f"{lemma} {particle}"
    # The parser often takes the particle for an adverb, or for a part of what follows.
    further = f"{lemma} {verb.doc[verb.i + 1].lower_}" if verb.i + 1 < len(verb.doc) else lemma
    return further if further in happening_by_word("verbs") or further in by_word("verbs") else lemma


@cache
def _of_participle(word: str) -> str:
    """The verb of a participle that the parser takes for an adjective ("trapped"); the word itself where it is none."""
    verbs = happening_by_word("verbs")
    stems = (word[:-1], word[:-2], word[:-3] if word[-3:-2] == word[-4:-3] else "")
    return next((s for s in stems if word.endswith("ed") and s in verbs), word)


def _lives(noun: Token) -> tuple[str, int] | None:
    """`claimed 14 lives`, `claimed the lives of 14 people`, `14 people lost their lives`."""
    lost = measures().losing.words
    head = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ == "of" else noun
    if head.lemma_ == "life" and (head.dep_ in _PASSIVE or head.dep_ == "dobj") and head.head.lemma_ in lost:
        return "killed", head.head.i
    if noun.dep_ == "nsubj" and noun.head.lemma_ == "lose":
        return next((("killed", c.i) for c in noun.head.children if c.dep_ == "dobj" and c.lower_ == "lives"), None)
    return None


def _by_noun(noun: Token) -> str | None:
    """The measure that a noun, or a participle standing as one ("90 freed"), is by itself."""
    nouns, participles = by_word("nouns"), by_word("adjectives")
    return nouns.get(noun.lemma_.lower()) or nouns.get(noun.lower_) or participles.get(noun.lower_)


def _is_part(noun: Token | None) -> bool:
    """Whether the counted are one of several counted groups ("three soldiers and two guards were killed").

    The number is then part of a sum that the words do not give, and would contradict another report's sum.
    """
    if noun is None:
        return False
    groups = [*(c for c in noun.children if c.dep_ == "conj"), *([noun.head] if noun.dep_ == "conj" else [])]
    return any(c.dep_ == "nummod" for g in groups for c in g.children)


def allows(name: str, noun: Token | None) -> bool:
    """Whether those counted can be measured so: "captured 12 villages" frees no one."""
    if noun is None:
        return not measures().measures[name].persons or name != "captured"
    lemma = noun.lemma_.lower()
    people = lemma in persons() or noun.lower_ in persons() or noun.ent_type_ == "NORP"
    return people or (not measures().measures[name].persons and not _is_thing(noun))


def _is_thing(noun: Token) -> bool:
    """Whether a noun is plainly no living being, so that its verb is used in another sense ("killed two bills")."""
    return noun.ent_type_ in ("MONEY", "PERCENT", "DATE", "TIME") or noun.lemma_.lower() in measures().things.words


def behind(doc: Doc, last: int) -> tuple[str, int] | None:
    """A word behind the counted that says what became of them: "three were killed", "three dead", "three who died"."""
    for token in doc[last + 1 : last + 2 + GAP]:
        word = token.lower_
        if token.is_sent_start:
            break
        name = by_word("adjectives").get(word) or (
            by_word("verbs").get(token.lemma_) if token.tag_ in ("VBN", "VBD") else None
        )
        if name:
            return None if _has_object(doc, token) else (name, token.i)
        if token.lemma_ in by_word("intransitive") and token.pos_ == "VERB":
            return by_word("intransitive")[token.lemma_], token.i
        if token.pos_ not in ("AUX", "ADV") and not {token.lemma_.lower(), word} & set(measures().linking.words):
            break
    return None


def _has_object(doc: Doc, verb: Token) -> bool:
    """Whether a verb acts on something behind it, so that what stands before it did the killing."""
    if verb.tag_ not in ("VBN", "VBD") or any(c.dep_ == "auxpass" for c in verb.children):
        return False
    if any(c.dep_ == "dobj" and c.i > verb.i for c in verb.children):
        return True
    after = doc[verb.i + 1] if verb.i + 1 < len(doc) else None
    return (
        after is not None
        and (after.like_num or after.lower_ in ("at", "more", "a", "the", "dozens", "hundreds"))
        and after.lower_ != "at"
    )


def _by_parse(noun: Token) -> tuple[str, int] | None:
    """The verb that the counted are subject or object of, over coordination ("guards and three men were killed")."""
    for word in _coordinated(noun):
        verb = _verb_of(word)
        if verb is not None and (name := by_word("verbs").get(_with_particle(verb))):
            return name, verb.i
        if word.dep_ == "nsubj" and (name := by_word("intransitive").get(word.head.lemma_)):
            return name, word.head.i
    return None


def _coordinated(noun: Token) -> Iterator[Token]:
    word = noun
    yield word
    if noun.dep_ == "pobj" and noun.head.lower_ == "of" and noun.head.head.pos_ in ("NUM", "NOUN"):
        # "45 of the 60 drones", "hundreds of people"
        amount = noun.head.head
        if amount.like_num or amount.lower_ in numbers().loose:
            word = amount
            yield word
    for _ in range(GAP):
        if word.dep_ != "conj" or word.head.pos_ not in ("NOUN", "PROPN", "NUM"):
            return
        word = word.head
        yield word


def _before(doc: Doc, first: int) -> tuple[str, int] | None:
    """A verb straight before the number: "killed two", "injuring more than a dozen", "wounded 18"."""
    if first == 0:
        return None
    verb = doc[first - 2] if doc[first - 1].lower_ == "dead" and first > 1 else doc[first - 1]
    name = by_word("verbs").get(_with_particle(verb))
    if not name or verb.pos_ != "VERB":
        return None
    passive = any(c.dep_ == "auxpass" for c in verb.children)
    return None if passive else (name, verb.i)


def _mixed(doc: Doc, name: str, at: int) -> str:
    """Two measures joined over one number ("40 were killed or wounded") count casualties, neither of the two."""
    for step in (1, -1):
        joint, other = at + step, at + 2 * step
        if not (0 <= joint < len(doc) and 0 <= other < len(doc)) or doc[joint].lower_ not in ("and", "or", "/"):
            continue
        second = by_word("verbs").get(doc[other].lemma_.lower()) or by_word("adjectives").get(doc[other].lower_)
        if second and second != name and {second, name} <= {"killed", "injured", "missing"}:
            after = doc[other + 1] if step == 1 and other + 1 < len(doc) else None
            if after is None or not (after.like_num or after.lower_ in ("at", "more", "dozens", "scores", "hundreds")):
                return "casualties"
    return name


def _toll(doc: Doc, noun: Token | None, first: int) -> Befallen | None:
    """The number of a toll: "the death toll rose to 12", "the number of wounded reached 40"."""
    if noun is not None and noun.lemma_.lower() not in {"person", "people", "dead", *persons()}:
        return None
    sentence = doc[first].sent
    start = max(sentence.start_char, doc[first].idx - _TOLL)
    before = sentence.text[start - sentence.start_char : doc[first].idx - sentence.start_char]
    found = _toll_words().search(before)
    if not found:
        return None
    toll = start + found.start("toll")
    at = next((t.i for t in doc[max(sentence.start, first - 20) : first] if t.idx >= toll), first)
    name = by_word("tolls")[" ".join(found["toll"].lower().split())]
    return Befallen(name, at, status_of_result(doc[at]), is_measure=True, toll=True)


@cache
def _toll_words() -> re.Pattern[str]:
    """A toll, what it is a toll of, and the word that leads to its number; no other number may stand between."""
    lead = r"(?:to|of|at|was|is|reached|hit|passed|exceeded|surpassed|topped|now|:)"
    return re.compile(rf"(?<!\w)(?P<toll>{either(by_word('tolls'))})(?!\w)[^\d.;!?]*?(?<!\w){lead}\s+$", re.IGNORECASE)
