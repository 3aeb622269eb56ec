"""What a number counts, by the parse: the noun behind it, and whether those counted were killed, injured, ..."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from trucebook.reading.numbers import either
from trucebook.reading.quantities.words import by_word, measures, persons

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc, Token

# Words between a number and what it counts ("three heavily armed masked men"), and between those and their participle.
_GAP: Final = 5
# Characters before a number in which a toll is named ("the death toll from the strike on the port rose to 12").
_TOLL: Final = 90
_MODIFIERS: Final = frozenset({"ADJ", "ADV", "NOUN", "PROPN", "PUNCT"})
_PASSIVE: Final = frozenset({"nsubjpass", "nsubj:pass"})


@dataclass(frozen=True)
class Counted:
    """What a number counts.

    Attributes:
        of: a measure of the lexicon, else the noun's lemma.
        first: index of the first token that says so, the number's own included.
        last: index of the last.
    """

    of: str | None
    first: int
    last: int


def counted(doc: Doc, first: int, last: int) -> Counted | None:
    """Return what the number in the tokens `first` to `last` counts, or None where it counts nothing.

    Args:
        doc: the parsed prose.
        first: index of the first token of the number and its bounds.
        last: index of the number's last token.
    """
    noun = _noun(doc, last)
    end = noun.i if noun is not None else last
    if noun is not None and noun.lemma_.lower() in measures().uncounted.words:
        return None
    measured = _measure(doc, noun, first, end)
    if measured is not None:
        return measured
    return Counted(_name(noun), first, end) if noun is not None else None


def _name(noun: Token) -> str:
    lemma = noun.lemma_.lower()
    if noun.tag_ in ("NNPS", "NNP") and lemma.endswith("s") and not lemma.endswith("ss"):
        # The lemmatiser leaves names as they are: "12 Palestinians" counts the same as "a Palestinian".
        lemma = lemma[:-1]
    return measures().nouns.get(lemma, lemma)


def _noun(doc: Doc, last: int) -> Token | None:
    """The counted noun: behind the number or "of", past what describes it; the unit alone in "600-mile front"."""
    at = last + 1
    if at + 1 < len(doc) and doc[at].text in ("-", "–") and not doc[at].whitespace_ and not doc[last].whitespace_:
        return doc[at + 1] if doc[at + 1].pos_ in ("NOUN", "PROPN") else None
    part = at < len(doc) and doc[at].lower_ == "of"
    if part or (at < len(doc) and doc[at].lower_ in ("more", "other", "additional")):
        at += 1
        if at < len(doc) and doc[at].lower_ in ("the", "its", "their", "his", "these", "those"):
            at += 1
    noun = _head(doc, at)
    # "150 of the caravan" does not say what the 150 are.
    return None if part and noun is not None and not _is_plural(noun) else noun


def _head(doc: Doc, at: int) -> Token | None:
    """The last plural, else the last noun, of the unbroken run of nouns and describing words from a token on."""
    nouns: list[Token] = []
    for token in doc[at : at + _GAP + 1]:
        if (
            (token.is_sent_start and token.i > at)
            or token.is_space
            or token.like_num
            or token.text in (",", ";", ".", ")")
        ):
            break
        if token.pos_ in ("NOUN", "PROPN") or (token.lower_ in measures().participles.words and not nouns):
            if nouns and not _goes_with(nouns[-1], token):
                break
            nouns.append(token)
        elif token.pos_ not in _MODIFIERS or (nouns and token.text != "-"):
            break
    noun = next((n for n in reversed(nouns) if _is_plural(n)), nouns[-1] if nouns else None)
    return _proper(noun) if noun is not None and noun.is_title else noun


def _is_plural(noun: Token) -> bool:
    return noun.tag_ in ("NNS", "NNPS") or noun.lower_ in ("people", "personnel", "staff", "police", "troops")


def _goes_with(noun: Token, following: Token) -> bool:
    """Whether two nouns stand in one group ("army trucks") rather than meet by chance ("12 people Tuesday")."""
    return following.ent_type_ not in ("DATE", "TIME") and (
        noun.dep_ in ("compound", "nmod", "amod", "poss") or noun.head.i == following.i
    )


def _proper(noun: Token) -> Token | None:
    """A capitalised noun is counted only in the plural ("12 Palestinians"); else the number is part of a name."""
    return noun if noun.tag_ in ("NNPS", "NNS") or noun.text.endswith("s") else None


def _measure(doc: Doc, noun: Token | None, first: int, last: int) -> Counted | None:
    if noun is not None and (name := _by_noun(noun)):
        return Counted(name, first, last)
    found = _behind(doc, last) or (noun is not None and _by_parse(noun)) or _before(doc, first)
    if found and not _is_part(noun):
        name, at = found
        if _allows(name, noun):
            mixed = _mixed(doc, name, at)
            return Counted(mixed, *_extent(doc, first, last, at + 2 if mixed != name and at > last else at))
    return _toll(doc, noun, first, last)


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


def _allows(name: str, noun: Token | None) -> bool:
    """Whether those counted can be measured so: "captured 12 villages" frees no one."""
    if noun is None:
        return not measures().measures[name].persons or name != "captured"
    lemma = noun.lemma_.lower()
    people = lemma in persons() or noun.lower_ in persons() or noun.ent_type_ == "NORP"
    return people or (not measures().measures[name].persons and not _is_thing(noun))


def _is_thing(noun: Token) -> bool:
    """Whether a noun is plainly no living being, so that its verb is used in another sense ("killed two bills")."""
    return noun.ent_type_ in ("MONEY", "PERCENT", "DATE", "TIME") or noun.lemma_.lower() in measures().things.words


def _extent(doc: Doc, first: int, last: int, at: int) -> tuple[int, int]:
    """Take the measuring word in where it stands close by; further off it would drag half a sentence along."""
    if at > last:
        near = at - last <= _GAP + 2 and not any(t.like_num or t.text in (",", ";") for t in doc[last + 1 : at])
        return first, at if near else last
    return (at if first - at == 1 else first), last


def _behind(doc: Doc, last: int) -> tuple[str, int] | None:
    """A word behind the counted that says what became of them: "three were killed", "three dead", "three who died"."""
    for token in doc[last + 1 : last + 2 + _GAP]:
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
        verb = word.head
        if word.dep_ in _PASSIVE or word.dep_ == "dobj":
            name = by_word("verbs").get(verb.lemma_) if verb.tag_ != "VB" or word.dep_ != "dobj" else None
        elif word.dep_ == "nsubj":
            name = by_word("intransitive").get(verb.lemma_)
        else:
            name = None
        if name:
            return name, verb.i
        for child in word.children:
            if (
                child.dep_ == "acl"
                and child.i > word.i
                and child.tag_ == "VBN"
                and (name := by_word("verbs").get(child.lemma_))
            ):
                return name, child.i
    return None


def _coordinated(noun: Token) -> Iterator[Token]:
    word = noun
    yield word
    for _ in range(_GAP):
        if word.dep_ != "conj" or word.head.pos_ not in ("NOUN", "PROPN", "NUM"):
            return
        word = word.head
        yield word


def _before(doc: Doc, first: int) -> tuple[str, int] | None:
    """A verb straight before the number: "killed two", "injuring more than a dozen", "wounded 18"."""
    if first == 0:
        return None
    verb = doc[first - 1]
    name = by_word("verbs").get(verb.lemma_.lower())
    # A bare infinitive ("could kill millions") tells of nothing that happened.
    if not name or verb.tag_ not in ("VBD", "VBN", "VBG", "VBZ", "VBP"):
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


def _toll(doc: Doc, noun: Token | None, first: int, last: int) -> Counted | None:
    """The number of a toll: "the death toll rose to 12", "the number of wounded reached 40"."""
    if noun is not None and _name(noun) not in ("person", "dead") and noun.lemma_.lower() not in persons():
        return None
    sentence = doc[first].sent
    start = max(sentence.start_char, doc[first].idx - _TOLL)
    before = sentence.text[start - sentence.start_char : doc[first].idx - sentence.start_char]
    found = _toll_words().search(before)
    if not found:
        return None
    toll = start + found.start("toll")
    at = next((t.i for t in doc[max(sentence.start, first - 20) : first] if t.idx >= toll), first)
    return Counted(by_word("tolls")[" ".join(found["toll"].lower().split())], at, last)


@cache
def _toll_words() -> re.Pattern[str]:
    """A toll, what it is a toll of, and the word that leads to its number; no other number may stand between."""
    lead = r"(?:to|of|at|was|is|reached|hit|passed|exceeded|surpassed|topped|now|:)"
    return re.compile(rf"(?<!\w)(?P<toll>{either(by_word('tolls'))})(?!\w)[^\d.;!?]*?(?<!\w){lead}\s+$", re.IGNORECASE)
