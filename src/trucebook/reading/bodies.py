"""Organisations and other places of one report: what the model marks, cleaned and joined with its abbreviations."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from trucebook.reading.gazetteer import state_adjective
from trucebook.reading.groups import groups
from trucebook.reading.names import fold
from trucebook.reading.parse import span_of
from trucebook.reading.places import located
from trucebook.reading.titles import is_body, is_honorific, is_title
from trucebook.span import SpanIndex

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence, Set

    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Tokens

    from trucebook.reading.model import ActorType
    from trucebook.reading.parse import Parse
    from trucebook.span import Span

GOVERNMENTS = frozenset({"administration", "government"})
_PLACES = frozenset({"GPE", "LOC", "FAC"})
_ACRONYM = re.compile(r"^[A-Z][A-Z.&]{1,6}$")
# "ELN", "M23", "SPLM-N".
_CODE = re.compile(r"[A-Z][A-Z0-9]{1,6}(?:-[A-Z]{1,3})?")
_GROUPS = frozenset({"faction", "fighters", "forces", "group", "militia", "movement"})
_SMALL = frozenset({"of", "and", "for", "the", "in", "on", "to", "de", "la", "du", "des", "&"})
_WEAK_LABELS = frozenset({"PRODUCT", "PERSON", "NORP"})


# What stands between two names of one organisation.
_ALSO = re.compile(
    r"(?:,|\s?\()?\s*(?:(?:(?:also|better|formerly|previously|otherwise|widely|commonly)\s+)?(?:known|translated|rendered|referred\s+to)"
    r"\s+(?:(?:from|in)\s+\w+\s+)?as|formerly|(?P<or>(?<=[,(]\s)or|(?<=[,(])or))\s+(?:the\s+)?[“\"']?"
)
_LONGEST_LINK = 60


@dataclass
class Body:
    """An organisation or a place of the report, while the report is read.

    Attributes:
        place: whether it is a place.
        spans: where the report names it.
        words: the form at each of them, articles left out.
    """

    place: bool
    spans: list[Span] = field(default_factory=list)
    words: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The longest form; then the most frequent, then the first in the alphabet."""
        return min(self.words, key=lambda f: (-len(f), -self.words.count(f), f))

    def add(self, tokens: Tokens) -> None:
        """Record one more place where the report names it."""
        self.spans.append(span_of(tokens))
        self.words.append(form(tokens))

    def named(self) -> Iterator[tuple[Span, str]]:
        """Yield where the report names it, with the form."""
        return zip(self.spans, self.words, strict=True)


def find_governments(doc: Doc, families: Set[str]) -> Iterator[tuple[Tokens, str]]:
    """Yield governments named by their head ("the Marlow administration"), with the name of each.

    Args:
        doc: the parsed prose.
        families: folded family names of the report's persons.
    """
    for token in doc[1:]:
        if token.lower_ not in GOVERNMENTS:
            continue
        at = token.i - (2 if token.nbor(-1).lower_ in {"'s", "’s"} and token.i > 1 else 1)
        if fold(doc[at].text) in families and doc[at].text[0].isupper():
            yield doc[at : token.i + 1], f"{doc[at].text} {token.lower_}"


def find_bodies(parse: Parse, taken: Set[int]) -> list[Body]:
    """Return the organisations and places that the model marks outside `taken` tokens, in order of appearance."""
    headings = SpanIndex((p.span, p) for p in parse.paragraphs if p.kind == "heading")
    marked = [
        (t, place) for t, place in _marked(parse.doc, taken) if not any(True for _ in headings.touching(span_of(t)))
    ]
    votes: dict[str, Counter[bool]] = defaultdict(Counter)
    for tokens, place in marked:
        votes[fold(form(tokens))][place] += 1
    bodies: dict[str, Body] = {}
    for tokens, _ in marked:
        key = fold(form(tokens))
        place = votes[key][True] > votes[key][False]
        bodies.setdefault(key, Body(place)).add(tokens)
    return _joined(list(bodies.values()))


def other_names(prose: str, named: Sequence[tuple[Span, str, ActorType]]) -> dict[str, str]:
    """Return the names of organisations that the report gives another name ("X, translated as Y"), by the other name.

    Two organisations, or an organisation and what was taken for a person, that the report puts beside each other in
    this way are one; a person's second name is no matter for this.

    Args:
        prose: of the report.
        named: its mentions in order, each with the actor's name and type.
    """
    found: dict[str, str] = {}
    for (span, name, kind), (second, other, its) in pairwise(named):
        between = prose[span.end : second.start]
        link = _ALSO.fullmatch(between) if len(between) <= _LONGEST_LINK else None
        closed = link is not None and (not link["or"] or prose[second.end : second.end + 1] in {",", ")"})
        if closed and name != other and {kind, its} <= {"organisation", "person"} and "organisation" in {kind, its}:
            found.setdefault(other, found.get(name, name))
    return found


def form(tokens: Tokens) -> str:
    """Return the words of a name without an article before it, on one line."""
    return " ".join(re.sub(r"^[Tt]he\s", "", tokens.text).split())


def _marked(doc: Doc, taken: Set[int]) -> Iterator[tuple[Tokens, bool]]:
    """Names that the model marks, cleaned, each with whether it is a place."""
    common = {t.text for t in doc if t.is_lower}
    codes = _codes(doc, taken)
    yield from ((doc[i : i + 1], False) for i in sorted(codes))
    for entity in doc.ents:
        tokens = _clean(doc, entity, taken)
        if tokens is not None and len(tokens) == 1 and tokens.start in codes:
            continue
        # One capitalised word that the report also uses as a common noun names nothing ("the Summit", "the summit").
        if tokens is None or (len(tokens) == 1 and (tokens[0].lower_ in common or tokens[0].tag_ not in {"NNP"})):
            continue
        if entity.label_ in _PLACES and not is_body(tokens[-1].text):
            yield tokens, entity.label_ != "ORG"
        elif (entity.label_ == "ORG" or is_body(tokens[-1].text)) and _is_organisation(tokens):
            yield tokens, located(tokens.root) and not is_body(tokens[-1].text)
        elif entity.label_ in _WEAK_LABELS and located(tokens.root):
            yield tokens, True


def _codes(doc: Doc, taken: Set[int]) -> Set[int]:
    """Names in capitals of groups that the report calls so ("ELN rebels", "the ELN guerrilla group").

    The model knows few of them; where one is called a group once, it is one everywhere in the report.
    """
    every = [t for t in doc if t.i not in taken and _CODE.fullmatch(t.text) and t.pos_ in {"PROPN", "NOUN", "ADJ"}]
    called = {t.text for t in every if t.head.i > t.i and _is_group(t.head) and t.dep_ in {"compound", "nmod", "amod"}}
    called |= {t.text for t in every if t.dep_ == "appos" and _is_group(t.head)}
    return {t.i for t in every if t.text in called}


def _is_group(noun: Token) -> bool:
    return noun.text.islower() and (noun.lemma_.lower() in groups().members or noun.lower_ in _GROUPS)


def _clean(doc: Doc, entity: Tokens, taken: Set[int]) -> Tokens | None:
    """Cut articles and possessives off an entity, and add what the model cut off ("Ports | and Harbours Agency")."""
    first, end = entity.start, entity.end
    while first < end and not (doc[first].text[0].isupper() and doc[first].lower_ not in {"the", "a", "an"}):
        first += 1
    while (
        end > first
        and (doc[end - 1].text in {"'s", "’s", "'", "’"} or not doc[end - 1].text[-1].isalnum())
        and not _ACRONYM.match(doc[end - 1].text)
    ):
        end -= 1
    end = _extended(doc, first, end) if entity.label_ == "ORG" else end
    tokens = doc[first:end]
    # A state's adjective may begin the name of a body ("Danish Defence Ministry"); anything else in a gazetteer is no
    # body's name.
    begins = set(_opening(first, end, taken)) if is_body(doc[end - 1].text) or _is_agency(doc, entity, end) else set()
    proper = (
        end > first and "\n" not in tokens.text.strip() and not any(t.i in taken and t.i not in begins for t in tokens)
    )
    return (
        tokens if proper and not (end < len(doc) and is_title(doc[end].text) and doc[end].text[0].isupper()) else None
    )


def _opening(first: int, end: int, taken: Set[int]) -> Iterator[int]:
    """The words of a state with which a longer name begins ("United States Maritime Alliance")."""
    at = first
    while at < end - 1 and at in taken:
        yield at
        at += 1


def _is_agency(doc: Doc, entity: Tokens, end: int) -> bool:
    """`U.S. Customs and Border Protection`: an organisation whose name joins its matters behind the state's."""
    inner = doc[entity.start + 1 : end]
    return (
        entity.label_ == "ORG" and any(t.lower_ in {"and", "of", "for"} for t in inner) and inner[0].text[:1].isupper()
    )


def _extended(doc: Doc, first: int, end: int) -> int:
    at = end
    while at < min(len(doc), end + 5) and (doc[at].text[0].isupper() or doc[at].lower_ in _SMALL) and doc[at].is_alpha:
        at += 1
        if (
            is_body(doc[at - 1].text)
            and doc[at - 1].text[0].isupper()
            and end > first
            and not is_body(doc[end - 1].text)
        ):
            return at
    return end


def _is_organisation(tokens: Tokens) -> bool:
    """Whether what the model calls an organisation looks like one: proper names, and no title or form of address."""
    words = [t for t in tokens if t.lower_ not in _SMALL and t.is_alpha]
    if not words or any(t.pos_ in {"VERB", "AUX", "ADV"} for t in words) or not all(t.text[0].isupper() for t in words):
        return False
    if len(words) == 1 and not _ACRONYM.match(tokens.text):
        return (
            words[0].pos_ == "PROPN" and not is_title(words[0].text) and tokens.start > 0 and not _of_title(tokens[0])
        )
    return not any(is_honorific(t.text) for t in words) and not is_title(words[-1].text)


def _of_title(token: Token) -> bool:
    """Whether a word belongs to a title ("Secretary of State", "Defense Minister")."""
    before = token.doc[max(0, token.i - 2) : token.i]
    after = token.nbor(1) if token.i + 1 < len(token.doc) else token
    return (len(before) == 2 and before[1].lower_ == "of" and is_title(before[0].text)) or is_title(after.text)


def _joined(bodies: list[Body]) -> list[Body]:
    """Join abbreviations with the names they abbreviate, and names with and without the state's name before them."""
    kept: list[Body] = []
    by_short: dict[str, list[Body]] = defaultdict(list)
    for body in sorted(bodies, key=lambda b: (-len(b.name), b.spans[0])):
        name = body.name
        found = [] if body.place else [b for key in _as_short(name) for b in by_short[key] if not b.place]
        longer = list({id(b): b for b in found}.values())
        if len(longer) == 1:
            longer[0].spans += body.spans
            longer[0].words += body.words
        else:
            kept.append(body)
            for key in _shortened(name):
                by_short[key].append(body)
    return sorted(kept, key=lambda b: min(b.spans))


def _shortened(name: str) -> Set[str]:
    """What a name may be shortened to: the name behind the state's, its initials, its first or last word."""
    first, _, rest = name.partition(" ")
    of_state = state_adjective(first) is not None
    # `Halden` for "Halden Systems", "the Front" for "Northern Liberation Front".
    ends = {name.rsplit(maxsplit=1)[-1], *([] if of_state else [first])} if rest else set()
    return {
        *([fold(rest)] if of_state else []),
        *(abbreviations(name) if rest else ()),
        *(f"one word: {w}" for w in ends if fold(w) not in groups().shared),
    }


def _as_short(name: str) -> Set[str]:
    """A name as `_shortened` writes it, were it short for another."""
    short = [name.replace(".", "")] if _ACRONYM.match(name) else []
    return {*short, fold(name) if " " in name else f"one word: {name}"}


def abbreviations(name: str) -> Set[str]:
    """Return the initials that a name can be abbreviated to, with and without a state's name before it."""
    words = [w for w in re.split(r"[\s-]+", name) if w and w.lower() not in _SMALL]
    every = "".join(w[0] for w in words).upper()
    return {every, every[1:]} if words and state_adjective(words[0]) else {every}
