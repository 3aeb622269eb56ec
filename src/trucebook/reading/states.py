"""States of one report: their names, and the capitals, peoples and seats that stand for them where they act."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from trucebook.reading.gazetteer import Hit, compass_hits, organisations
from trucebook.reading.places import acts, located
from trucebook.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from spacy.tokens import Token

    from trucebook.reading.model import ActorType
    from trucebook.reading.parse import Parse

_LARGER = frozenset({"ORG", "FAC", "LOC", "WORK_OF_ART", "EVENT", "LAW", "PERSON", "PRODUCT"})
# Named once in passing, an organisation is not what a report speaks of.
_SPOKEN_OF = 2
_POSTAL = re.compile(r"\bD\.?C\b")
_HEADS = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "dative", "poss", "conj", "agent"})


@dataclass(frozen=True, kw_only=True)
class Named:
    """Words of a gazetteer with what they name here.

    Attributes:
        span: the words.
        name: the entry's name; for a capital as a place, the capital's.
        type: what it is here.
        form: the words on one line.
    """

    span: Span
    name: str
    type: ActorType
    form: str


def named_words(parse: Parse, hits: Sequence[Hit]) -> Iterator[Hit]:
    """Yield the hits whose words are no part of a longer name, so that persons and organisations may not use them."""
    for hit in hits:
        if not _in_larger_name(parse, hit):
            yield hit


def find_states(parse: Parse, hits: Sequence[Hit]) -> Iterator[Named]:
    """Yield the states, capitals and lasting organisations that a report names.

    Args:
        parse: the report.
        hits: where it has words of a gazetteer.
    """
    own = [h for h in hits if not _in_larger_name(parse, h)]
    sure = Counter(n for h in own if not h.ambiguous and h.kind != "organisation" for n in h.names if len(h.names) == 1)
    firm = Counter(n for h in own for n in h.names if h.kind in {"name", "organisation"} and not h.ambiguous)
    for hit in [*own, *compass_hits(parse.prose, frozenset(firm))]:
        name = _one_of(hit, sure)
        if name is not None:
            yield from _use(parse, hit, name, firm)


def _one_of(hit: Hit, sure: Mapping[str, int]) -> str | None:
    """The one entry that a hit names; words with other meanings need support elsewhere in the report."""
    names = hit.names if len(hit.names) == 1 else tuple(n for n in hit.names if n in sure)
    if len(names) != 1 or (hit.ambiguous and names[0] not in sure):
        return None
    return names[0]


def _use(parse: Parse, hit: Hit, name: str, firm: Mapping[str, int]) -> Iterator[Named]:
    tokens = parse.tokens(hit.span)
    words = " ".join(hit.span.of(parse.prose).split())
    if hit.kind == "name":
        yield Named(span=hit.span, name=name, type="state", form=words)
    elif hit.kind == "organisation":
        yield Named(span=hit.span, name=name, type="organisation", form=words)
    elif hit.kind in {"capital", "metonym"}:
        yield _seat(hit, name, tokens.root, words, firm)
    elif hit.kind == "loose":
        yield _loose(hit, name, tokens.root, words, firm)
    elif hit.kind in {"people", "adjective"}:
        yield from _people(parse, hit, name, words)


def _seat(hit: Hit, name: str, head: Token, words: str, firm: Mapping[str, int]) -> Named:
    place = words.title() if words.isupper() and len(words) > 4 else words
    if hit.kind == "metonym":
        kind: ActorType = "place" if located(head) else "state"
        return Named(span=hit.span, name=name if kind == "state" else place, type=kind, form=words)
    if not acts(head) or _POSTAL.search(words):  # the postal form ("Washington, D.C.") is an address
        return Named(span=hit.span, name=place, type="place", form=words)
    body = _seated().get(words)
    if body is not None and firm.get(body):
        # "Brussels" is the organisation's where the report speaks of the organisation and not of the state around it.
        if firm.get(name):
            return Named(span=hit.span, name=place, type="place", form=words)
        return Named(span=hit.span, name=body, type="organisation", form=words)
    return Named(span=hit.span, name=name, type="state", form=words)


def _loose(hit: Hit, name: str, head: Token, words: str, firm: Mapping[str, int]) -> Named:
    """A name that means the organisation where the report speaks of little else than the organisation."""
    if firm.get(name, 0) >= _SPOKEN_OF and not any(firm.get(w) for w in _wider()[name]) and acts(head):
        return Named(span=hit.span, name=name, type="organisation", form=words)
    return Named(span=hit.span, name=words, type="place", form=words)


def _people(parse: Parse, hit: Hit, name: str, words: str) -> Iterator[Named]:
    """The plural noun with its article as a party ("the Danes"), and the adjective with "government" behind it."""
    tokens = parse.tokens(hit.span)
    doc, last = parse.doc, tokens[-1].i
    after = doc[last + 1] if last + 1 < len(doc) else None
    if hit.kind == "adjective" and after is not None and after.lower_ == "government":
        span = Span(hit.span.start, after.idx + len(after.text))
        yield Named(span=span, name=name, type="state", form=" ".join(span.of(parse.prose).split()))
        return
    modifies = after is not None and after.pos_ in {"NOUN", "PROPN", "ADJ", "NUM"}
    if modifies or tokens.root.dep_ not in _HEADS or not _has_article(tokens[0]):
        return
    if hit.kind == "people" or tokens.root.tag_ in {"NNPS", "NNP"}:
        yield Named(span=hit.span, name=name, type="state", form=words)


def _has_article(token: Token) -> bool:
    """Whether "the" stands before the word, or before the word it is joined to ("the Danes and Swedes")."""
    before = token.nbor(-1) if token.i else token
    if before.lower_ == "the":
        return True
    return before.lower_ == "and" and token.dep_ == "conj" and token.head.i > 0 and token.head.nbor(-1).lower_ == "the"


def _in_larger_name(parse: Parse, hit: Hit) -> bool:
    """Whether a hit is only part of another name ("Ada Jordan", "New Mexico", "Bank of Utopia")."""
    tokens = parse.tokens(hit.span)
    if tokens.start and parse.doc[tokens.start - 1].text == "New" and hit.kind in {"name", "capital"}:
        return True
    head = tokens[0]
    if head.ent_type_ not in _LARGER or hit.kind in {"organisation", "adjective"}:
        return False
    inside = head.ent_iob_ == "I" and parse.doc[head.i - 1].lower_ != "the"
    return (
        inside
        and parse.doc[head.i - 1].text[:1].isalpha()
        and hit.span.start > 0
        and parse.prose[hit.span.start - 1] != "-"
    )


@cache
def _wider() -> dict[str, tuple[str, ...]]:
    return {o.name: o.wider for o in organisations() if o.loose}


@cache
def _seated() -> dict[str, str]:
    return {m: o.name for o in organisations() for m in o.metonyms}
