"""What a number counts, by the parse: the noun behind it, and what befell those counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from trucebook.reading.parse import span_of
from trucebook.reading.quantities.befallen import GAP, befallen
from trucebook.reading.quantities.words import measures

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from trucebook.reading.model import Status
    from trucebook.reading.quantities.befallen import Befallen
    from trucebook.span import Span, SpanIndex

_MODIFIERS: Final = frozenset({"ADJ", "ADV", "NOUN", "PROPN", "PUNCT"})
_GROUP: Final = ("the", "its", "their", "his", "these", "those", "all")


@dataclass(frozen=True)
class Counted:
    """What a number counts.

    Attributes:
        of: a measure of the lexicon, else the noun's lemma.
        first: index of the first token that says so, the number's own included.
        last: index of the last.
        noun: lemma of the counted noun.
        happened: what befell the counted.
        status: whether that is told as done.
        anchor: index of the token whose clause tells where and when that was.
    """

    of: str | None
    first: int
    last: int
    noun: str | None = None
    happened: str | None = None
    status: Status | None = None
    anchor: int = -1


def counted(doc: Doc, first: int, last: int, times: SpanIndex[Span]) -> Counted | None:
    """Return what the number in the tokens `first` to `last` counts, or None where it counts nothing.

    Args:
        doc: the parsed prose.
        first: index of the first token of the number and its bounds.
        last: index of the number's last token.
        times: the report's dates and clock times, whose nouns are not counted ("300,000 last year").
    """
    noun = _noun(doc, last, times)
    end = noun.i if noun is not None else last
    if noun is not None and noun.lemma_.lower() in measures().uncounted.words:
        return None
    name = _name(noun) if noun is not None else None
    found = befallen(doc, noun, first, end)
    if found is None:
        return Counted(name, first, end, name, anchor=end) if noun is not None else None
    if not (found.is_measure and found.status == "done"):
        return Counted(name, first, end, name, found.name, found.status, found.word)
    noun_name = None if noun is None or found.word == noun.i else name
    return Counted(found.name, *_extent(doc, first, end, found), noun_name, found.name, "done", found.word)


def _name(noun: Token) -> str:
    lemma = noun.lemma_.lower()
    before = noun.doc[noun.i - 1] if noun.i else noun
    if noun.ent_type_ == "NORP" and noun.ent_iob_ == "I" and before.is_title:
        # "Central Americans" are no Americans.
        lemma = f"{before.lower_} {lemma}"
    if noun.tag_ in ("NNPS", "NNP") and lemma.endswith("s") and not lemma.endswith("ss"):
        # The lemmatiser leaves names as they are: "12 Palestinians" counts the same as "a Palestinian".
        lemma = lemma[:-1]
    return measures().nouns.get(lemma, lemma)


def _noun(doc: Doc, last: int, times: SpanIndex[Span]) -> Token | None:
    """The counted noun: behind the number or "of", past what describes it; the unit alone in "600-mile front"."""
    at = last + 1
    if at + 1 < len(doc) and doc[at].text in ("-", "–") and not doc[at].whitespace_ and not doc[last].whitespace_:
        return doc[at + 1] if doc[at + 1].pos_ in ("NOUN", "PROPN") else None
    part = at < len(doc) and doc[at].lower_ == "of"
    if part or (at < len(doc) and doc[at].lower_ in ("more", "other", "additional")):
        at += 1
        at += at < len(doc) and doc[at].lower_ in _GROUP
        # "59 of the 75 witnesses" are 59 witnesses.
        at += part and at < len(doc) and doc[at].like_num
    noun = _head(doc, at, times)
    # "150 of the caravan" does not say what the 150 are.
    return None if part and noun is not None and not _is_plural(noun) else noun


def _head(doc: Doc, at: int, times: SpanIndex[Span]) -> Token | None:
    """The last plural, else the last noun, of the unbroken run of nouns and describing words from a token on."""
    nouns: list[Token] = []
    hyphens = 0
    for token in doc[at : at + 2 * GAP + 1]:
        hyphens += 2 * (token.text == "-")
        if token.i - at - hyphens > GAP or _ends_group(token, at, times):
            break
        if _is_hyphenated(token):
            continue
        if token.pos_ in ("NOUN", "PROPN") or (token.lower_ in measures().participles.words and not nouns):
            if nouns and not _goes_with(nouns[-1], token):
                break
            nouns.append(token)
        elif token.pos_ not in _MODIFIERS or (nouns and token.text != "-"):
            break
    noun = next((n for n in reversed(nouns) if _is_plural(n)), nouns[-1] if nouns else None)
    return _proper(noun) if noun is not None and noun.is_title else noun


def _ends_group(token: Token, at: int, times: SpanIndex[Span]) -> bool:
    if (token.is_sent_start and token.i > at) or token.is_space or token.like_num:
        return True
    return token.text in (",", ";", ".", ")") or any(times.touching(span_of(token)))


def _is_hyphenated(token: Token) -> bool:
    """Whether a hyphen ties a word to the one beside it, so that it only describes ("side-by-side columns")."""
    doc = token.doc
    after = doc[token.i + 1] if token.i + 1 < len(doc) else None
    if after is None:
        return False
    if not token.whitespace_ and after.text in ("-", "–") and not after.whitespace_:
        return True
    before = doc[token.i - 1] if token.i else token
    return before.text in ("-", "–") and not before.whitespace_ and after.pos_ in ("NOUN", "ADJ")


def _is_plural(noun: Token) -> bool:
    return noun.tag_ in ("NNS", "NNPS") or noun.lower_ in ("people", "personnel", "staff", "police", "troops")


def _goes_with(noun: Token, following: Token) -> bool:
    """Whether two nouns stand in one group ("army trucks") rather than meet by chance ("12 people Tuesday")."""
    return following.ent_type_ not in ("DATE", "TIME") and (
        noun.dep_ in ("compound", "nmod", "amod", "poss") or noun.head.i == following.i
    )


def _proper(noun: Token) -> Token | None:
    """A capitalised noun is counted only in the plural ("12 Palestinians"); else the number is part of a name."""
    return noun if noun.ent_type_ == "NORP" or noun.tag_ in ("NNPS", "NNS") or noun.text.endswith("s") else None


def _extent(doc: Doc, first: int, last: int, found: Befallen) -> tuple[int, int]:
    """Take the measuring word in where it stands close by; further off it would drag half a sentence along."""
    at = found.word
    if at > last:
        near = at - last <= GAP + 2 and not any(t.like_num or t.text in (",", ";") for t in doc[last + 1 : at])
        return first, at if near else last
    return (at if first - at == 1 or found.toll else first), last
