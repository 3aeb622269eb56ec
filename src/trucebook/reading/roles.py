"""Offices that the report gives to persons, and descriptions that stand for their one holder."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from trucebook.reading.gazetteer import find_hits, state_behind, states
from trucebook.reading.titles import is_title, office_at_end, same_office, titles
from trucebook.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from spacy.tokens import Doc, Token

_LONGEST_ROLE = 14
_ARTICLES = frozenset({"the", "a", "an"})
_LINKS = frozenset({"of", "for", "to"})
_OWNERS = frozenset({"his", "her", "its", "their", "our"})
_POSSESSIVES = frozenset({"'s", "’s", "'", "’"})
_STOPS = frozenset({",", ".", ";", ":", ")", "(", "—", "–", "-", "“", "”", '"', "\n"})


@dataclass(frozen=True, kw_only=True)
class Role:
    """What a phrase of office says.

    Attributes:
        office: its head, variants spelt alike ("minister", "secretary of state"); None where it names no office of
        the lexicon. states: states it names.
        modifiers: its other words before the head.
        past: whether it is held no longer, or not yet.
    """

    office: str | None
    states: frozenset[str]
    modifiers: frozenset[str]
    past: bool


def read_role(text: str) -> Role:
    """Return what a phrase of office says.

    Args:
        text: the phrase without the name of its holder ("US Secretary of State", "head of the Danish navy").
    """
    named = frozenset(
        n for h in find_hits(text) if len(h.names) == 1 for n in (state_behind(h.names[0]) or h.names[0],)
    )
    words = same_office(" ".join(w.strip(",.") if not w.isupper() else w for w in text.split())).split()
    words = [w for w in words if w not in _ARTICLES]
    head = _head(words)
    office = office_at_end(head)
    plain = set(head[: -len(office.split())] if office else head)
    state_words = {w for h in find_hits(text) for w in h.span.of(text).lower().split()}
    past = bool(plain & titles().former) or any(w.startswith("ex-") for w in plain)
    known = {s.name for s in states()}
    modifiers = frozenset(w for w in plain if w not in state_words and not w.endswith(("'s", "’s")))
    return Role(office=office, states=named & known, modifiers=modifiers - titles().former, past=past)


def _head(words: Sequence[str]) -> list[str]:
    """The words up to and with the head noun: what "of", "for" and "to" bring behind it is left out."""
    for at, word in enumerate(words):
        if word in _LINKS and at and " ".join(words[at - 1 : at + 2]) not in titles().offices:
            return list(words[:at])
    return list(words)


def roles_of(doc: Doc, first: int, end: int, starts: frozenset[int]) -> Iterator[str]:
    """Yield the phrases of office around one full or titled name.

    Args:
        doc: the parsed prose.
        first: index of the name's first token.
        end: index just past its last token.
        starts: indices where the persons' names of the report start.
    """
    before = _before(doc, first)
    if before is not None and _ends_in_title(list(doc[before:first])):
        yield _text(doc, before, first)
    elif first > 1 and doc[first - 1].text == "," and end < len(doc) and doc[end].text in _STOPS:
        start = _before(doc, first - 1)
        if start is not None and _is_description(doc, start, first - 1):
            yield _text(doc, start, first - 1)
    behind = _behind(doc, end, starts)
    if behind:
        yield _text(doc, end + 1, behind)


def _ends_in_title(tokens: Sequence[Token]) -> bool:
    words = [t.lower_ for t in tokens]
    return is_title(words[-1]) or " ".join(words[-3:]) in titles().offices


def _is_description(doc: Doc, start: int, end: int) -> bool:
    """Whether the words before a comma describe the one named behind it ("The harbour minister, Ada Marlow,")."""
    begins = (start > 0 and doc[start - 1].lower_ in _ARTICLES) or any(
        t.text in _POSSESSIVES or t.lower_ in _OWNERS for t in doc[start:end]
    )
    return begins and (
        _ends_in_title(list(doc[start:end]))
        or any(is_title(t.text) and t.nbor(1).lower_ in _LINKS for t in doc[start : end - 1])
    )


def _before(doc: Doc, end: int) -> int | None:
    """Start of the run of nouns, adjectives and "of" phrases that ends just before `end`."""
    at = end
    while at > 0 and end - at < _LONGEST_ROLE and not doc[at].is_sent_start and _is_part_of_role(doc, at - 1):
        at -= 1
    while at < end and (doc[at].text in _POSSESSIVES or doc[at].lower_ in _LINKS | _ARTICLES):
        at += 1
    return at if at < end else None


def _is_part_of_role(doc: Doc, at: int) -> bool:
    token = doc[at]
    if token.ent_type_ in {"DATE", "TIME"} or token.is_space or token.text in _STOPS - {"-"}:
        return False
    if token.lower_ in _LINKS:
        return at > 0 and is_title(doc[at - 1].text)
    if token.lower_ in _ARTICLES:
        # "the mayor of the port": an article behind a link belongs to the phrase, any other begins it.
        return at > 0 and doc[at - 1].lower_ in _LINKS
    return (
        token.pos_ in {"PROPN", "NOUN", "ADJ"}
        or token.text in _POSSESSIVES
        or token.text == "-"
        or token.lower_ in titles().former
    )


def _behind(doc: Doc, end: int, starts: frozenset[int]) -> int | None:
    """End of the apposition behind a name, or None where there is none."""
    if end + 1 >= len(doc) or doc[end].text != ",":
        return None
    stop = end + 1
    while (
        stop < min(len(doc), end + 2 + _LONGEST_ROLE)
        and doc[stop].text not in _STOPS - {"-"}
        and not doc[stop].is_space
    ):
        stop += 1
    titled = next((t.i for t in doc[end + 1 : min(stop, end + 8)] if is_title(t.text)), None)
    if (
        titled is None
        or any(_named_there(doc, i) for i in range(end + 1, stop) if i in starts)
        or any(t.pos_ in {"VERB", "AUX", "PRON"} and t.lower_ not in _OWNERS for t in doc[end + 1 : titled])
    ):
        return None
    # What a verb adds behind the office is no part of it ("an officer leading the talks").
    return next((t.i for t in doc[titled + 1 : stop] if t.pos_ in {"VERB", "AUX"} or t.tag_ in {"WP", "WDT"}), stop)


def _named_there(doc: Doc, at: int) -> bool:
    """Whether the words before a name inside an apposition are that person's own title, not "for" the person."""
    before = doc[at - 2] if doc[at - 1].text.rstrip(".").lower() in titles().honorifics else doc[at - 1]
    return before.pos_ not in {"ADP", "DET"} and before.text not in _POSSESSIVES


def _text(doc: Doc, start: int, end: int) -> str:
    while start < end and doc[start].lower_ in _ARTICLES:
        start += 1
    return " ".join(doc[start:end].text.split())


def descriptions(doc: Doc) -> Iterator[tuple[Span, str]]:
    """Yield the definite descriptions of an office ("the Danish defence minister") with their words."""
    for token in doc[:-1]:
        if token.lower_ != "the" or doc[token.i + 1].text in _STOPS:
            continue
        end = _description_end(doc, token.i + 1)
        if end is not None:
            yield Span(token.idx, doc[end - 1].idx + len(doc[end - 1].text)), doc[token.i + 1 : end].text


def _description_end(doc: Doc, start: int) -> int | None:
    best = None
    for end in range(start + 1, min(len(doc), start + 7) + 1):
        token = doc[end - 1]
        if token.pos_ not in {"NOUN", "PROPN", "ADJ"} and token.text != "-" and token.lower_ != "of":
            break
        if office_at_end([t.lower_ for t in doc[start:end]]):
            best = end
    if best is None or (
        best < len(doc) and (doc[best].pos_ in {"NOUN", "PROPN"} or doc[best].text == "-" or doc[best].lower_ == "of")
    ):
        return None
    return best if doc[best - 1].tag_ not in {"NNS", "NNPS"} else None


def holder(text: str, roles: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Return the persons whom a description of an office can mean, by the roles that the report gives them.

    A state that the description names must stand in the role too. Where the description names none and several hold
    such an office, the one whose office is never marked with a state is meant: reports leave the home country's
    offices unmarked.

    Args:
        text: the description without its article.
        roles: each person's phrases of office.
    """
    wanted = read_role(text)
    if wanted.office is None:
        return ()
    held = {p: [r for r in map(read_role, phrases) if _fits(wanted, r)] for p, phrases in roles.items()}
    found = tuple(p for p, fitting in held.items() if fitting)
    if len(found) > 1 and not wanted.states:
        unmarked = tuple(p for p in found if not any(r.states or r.modifiers - wanted.modifiers for r in held[p]))
        found = unmarked if len(unmarked) == 1 else found
    return found


def _fits(wanted: Role, role: Role) -> bool:
    same = role.office == wanted.office and role.past == wanted.past
    return same and wanted.states <= role.states and wanted.modifiers <= role.modifiers
