"""Counts of nobody: "no one was hurt", "there were no casualties"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from trucebook.reading.quantities.befallen import allows, behind
from trucebook.reading.quantities.status import status_of
from trucebook.reading.quantities.words import by_word, measures

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc, Token


@dataclass(frozen=True)
class Zero:
    """A count of nobody.

    Attributes:
        name: the measure.
        first: index of the first token that says so.
        last: index of the last.
        word: index of the token that names the measure.
        noun: lemma of the counted noun, where there is one.
    """

    name: str
    first: int
    last: int
    word: int
    noun: str | None = None


def zeros(doc: Doc) -> Iterator[Zero]:
    """Yield the counts of nobody, in order; what may not befall anyone ("so that no one is hurt") is none."""
    nobody = frozenset(measures().nobody.words)
    for token in doc:
        if token.lower_ in nobody and (found := _zero(doc, token)):
            yield found


def _zero(doc: Doc, token: Token) -> Zero | None:
    counted = _counted(doc, token)
    if counted is None:
        return None
    if (name := by_word("nouns").get(counted.lemma_.lower())) and counted.pos_ == "NOUN":
        return Zero(name, token.i, counted.i, counted.i) if _told(counted.head) else None
    found = behind(doc, counted.i) or _acted_on(counted)
    noun = counted if counted.pos_ == "NOUN" and counted.i != token.i else None
    if found is None or not allows(found[0], noun) or not _told(doc[found[1]]):
        return None
    if {t.lower_ for t in doc[counted.i + 1 : found[1]]} & set(measures().partly.words):
        return None
    first, last = min(token.i, found[1]), max(counted.i, found[1])
    return Zero(found[0], first, last, found[1], noun.lemma_.lower() if noun is not None else None)


def _acted_on(counted: Token) -> tuple[str, int] | None:
    """`killed nobody`, `killed no civilians`."""
    name = by_word("verbs").get(counted.head.lemma_.lower()) if counted.dep_ == "dobj" else None
    return (name, counted.head.i) if name and counted.head.i == counted.left_edge.i - 1 else None


def _counted(doc: Doc, token: Token) -> Token | None:
    """The token that ends the words for nobody: "one" in "no one", the noun in "no civilians", else the word itself."""
    if token.lower_ in ("nobody", "none"):
        return token
    after = doc[token.i + 1] if token.i + 1 < len(doc) else None
    if after is None or after.is_sent_start:
        return None
    if after.lower_ == "one":
        return after
    further = doc[token.i + 2] if token.i + 2 < len(doc) else None
    if after.pos_ == "ADJ" and further is not None and further.pos_ == "NOUN":
        # "No immediate casualties" may be news that has not come; "no civilian deaths" is a count.
        return None if after.lower_ in ("immediate", "new", "further", "other", "major", "more", "serious") else further
    return after if after.pos_ == "NOUN" else None


def _told(word: Token) -> bool:
    return word.pos_ not in ("VERB", "AUX") or status_of(word) in ("done", "denied")
