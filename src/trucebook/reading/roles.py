"""Offices that the report gives to persons, and descriptions that stand for their one holder."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile
from typing import TYPE_CHECKING

from trucebook.reading.gazetteer import find_hits, state_behind, states
from trucebook.reading.names import fold
from trucebook.reading.titles import is_title, office_at_end, same_office, titles
from trucebook.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from spacy.tokens import Doc, Token

    from trucebook.reading.model import Tenure

# Offices whose holder leads a state or its government, and after whom a government is named.
HEADS = frozenset(
    {"president", "prime minister", "chancellor", "king", "queen", "emir", "sultan", "leader", "dictator"}
)
_LONGEST_ROLE = 14
_LONGEST_STATE = 5
_ARTICLES = frozenset({"the", "a", "an"})
_LINKS = frozenset({"of", "for", "to"})
# Parts of speech that what an office is of is named with, and words behind which its name is not at its end.
_NAMING = frozenset({"NOUN", "PROPN", "ADJ"})
_GO_ON = frozenset({"-", "of"})
# Of one person or of what "it" is: whose office "their" and "our" mean is no question of one name.
PRONOUNS_OF_OWNERS = frozenset({"his", "her", "its"})
_OWNERS = frozenset({"his", "her", "its", "their", "our"})
_POSSESSIVES = frozenset({"'s", "’s", "'", "’"})
_STOPS = frozenset({",", ".", ";", ":", ")", "(", "—", "–", "-", "“", "”", '"', "\n"})


@dataclass(frozen=True, kw_only=True)
class Role:
    """What a phrase of office says.

    Attributes:
        office: its head, variants spelt alike ("minister", "secretary of state"); None where it names no office of
        the lexicon. states: states it names.
        modifiers: its other words before the head, and those of what it is of ("minister of rural affairs").
        past: whether it is held no longer, or not yet.
    """

    office: str | None
    states: frozenset[str]
    modifiers: frozenset[str]
    past: bool


@lru_cache(maxsize=4096)
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
    plain = {*(head[: -len(office.split())] if office else head), *_of_which(words[len(head) :])}
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


def _of_which(words: Sequence[str]) -> Iterator[str]:
    """The words of what the head noun is of ("minister | of rural affairs"), up to where it is of something else."""
    if words[:1] == ["of"]:
        yield from takewhile(lambda word: word not in _LINKS, words[1:])


def tenure(text: str) -> Tenure:
    """Return what a phrase of office says of when it is held ("former president" -> former).

    Args:
        text: the phrase.
    """
    words = text.lower().split()
    if any(w.startswith("ex-") for w in words):
        return "former"
    if any(w.endswith("-elect") for w in words):
        return "future"
    found = (time for time, marks in titles().tenures.items() for w in words if w.partition("-")[0] in marks)
    return next(found, "now")


def roles_of(doc: Doc, first: int, end: int, starts: frozenset[int]) -> Iterator[Span]:
    """Yield where the phrases of office around one full or titled name stand.

    Args:
        doc: the parsed prose.
        first: index of the name's first token.
        end: index just past its last token.
        starts: indices where the persons' names of the report start.
    """
    before = _before(doc, first)
    if before is not None and _ends_in_title(list(doc[before:first])):
        yield _phrase(doc, before, first)
    elif first > 1 and doc[first - 1].text == "," and end < len(doc) and doc[end].text in _STOPS:
        start = _before(doc, first - 1)
        if start is not None and _is_description(doc, start, first - 1):
            yield _phrase(doc, start, first - 1)
    behind = _behind(doc, end, starts)
    if behind:
        yield _phrase(doc, end + 1, behind)


def state_behind_name(doc: Doc, end: int) -> Span | None:
    """Return the words "of" and a state right behind a name whose office stands before it, or None.

    `President Ada Marlow of Norway` is the president of Norway.

    Args:
        doc: the parsed prose.
        end: index just past the name's last token.
    """
    if end + 1 >= len(doc) or doc[end].lower_ != "of":
        return None
    words = doc[end + 1 : end + 1 + _LONGEST_STATE].text
    first = next(iter(find_hits(words)), None)
    article = len("the ") if words.startswith("the ") else 0
    if first is None or first.kind != "name" or first.span.start != article:
        return None
    return Span(doc[end].idx, doc[end + 1].idx + first.span.end)


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
    end = at
    while end < len(doc) - 1 and doc[end].pos_ == "PROPN":
        end += 1
    if doc[end].text in _POSSESSIVES:
        return False  # "Marlow's chief of staff" is whose the office is
    before = doc[at - 2] if doc[at - 1].text.rstrip(".").lower() in titles().honorifics else doc[at - 1]
    return before.pos_ not in {"ADP", "DET"} and before.text not in _POSSESSIVES


def _phrase(doc: Doc, start: int, end: int) -> Span:
    while start < end - 1 and doc[start].lower_ in _ARTICLES:
        start += 1
    return Span(doc[start].idx, doc[end - 1].idx + len(doc[end - 1].text))


def descriptions(doc: Doc) -> Iterator[tuple[Span, str]]:
    """Yield the definite descriptions of an office ("the Danish defence minister") with their words."""
    for token in doc[:-1]:
        if token.lower_ != "the" or doc[token.i + 1].text in _STOPS:
            continue
        end = _description_end(doc, token.i + 1)
        # "She will always be the king": what somebody is said to be names nobody.
        if end is not None and doc[end - 1].dep_ != "attr":
            yield Span(token.idx, doc[end - 1].idx + len(doc[end - 1].text)), doc[token.i + 1 : end].text


def _description_end(doc: Doc, start: int) -> int | None:
    best = None
    for end in range(start + 1, min(len(doc), start + 7) + 1):
        token = doc[end - 1]
        if token.pos_ not in {"NOUN", "PROPN", "ADJ"} and token.text != "-" and token.lower_ != "of":
            break
        if office_at_end([t.lower_ for t in doc[start:end]]):
            best = end
    if best is None or doc[best - 1].tag_ in {"NNS", "NNPS"}:
        return None
    if best < len(doc) and doc[best].lower_ == "of":
        best = _of_what(doc, best + 1)
    return None if best < len(doc) and (doc[best].pos_ in {"NOUN", "PROPN"} or doc[best].text in _GO_ON) else best


def _of_what(doc: Doc, start: int) -> int:
    """Where the name of what an office is of ends: "minister of | rural affairs", "president of | the union"."""
    end = start
    while end < len(doc) and end < start + 4 and (doc[end].pos_ in _NAMING or doc[end].lower_ in _ARTICLES):
        end += 1
    return end


def possessions(doc: Doc) -> Iterator[tuple[Span, str, Token]]:
    """Yield the offices that are described by whose they are ("Marlow's chief of staff", "her envoy").

    Each comes as the words of the office, the same as text, and the last word of the owner: a name, or a pronoun.
    """
    for token in doc[1:-1]:
        pronoun = token.lower_ in PRONOUNS_OF_OWNERS and token.dep_ == "poss"
        if not pronoun and (token.tag_ != "POS" or not token.nbor(-1).text[0].isalnum()):
            continue
        end = _description_end(doc, token.i + 1)
        if end is not None:
            words = doc[token.i + 1 : end]
            yield Span(words.start_char, words.end_char), words.text, token if pronoun else token.nbor(-1)


def holder(text: str, roles: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Return the persons whom a description of an office can mean, by the roles that the report gives them.

    A state that the description names must stand in the role too. Where the description names none and several hold
    such an office, the one whose office is never marked with a state is meant: reports leave the home country's
    offices unmarked.

    Args:
        text: the description without its article.
        roles: each person's phrases of office.
    """
    found = holders(text, roles)
    home = unmarked(text, found, roles) if len(found) > 1 else None
    return found if home is None else (home,)


def holders(text: str, roles: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Return everybody whom the report gives an office that a description can mean.

    Args:
        text: the description without its article.
        roles: each person's phrases of office.
    """
    wanted = read_role(text)
    return tuple(p for p, phrases in roles.items() if _held(wanted, phrases)) if wanted.office is not None else ()


def unmarked(text: str, found: Sequence[str], roles: Mapping[str, Sequence[str]]) -> str | None:
    """Return the one of several holders whose office is never marked with a state, where the description names none.

    Args:
        text: the description without its article.
        found: who may be meant.
        roles: each person's phrases of office.
    """
    wanted = read_role(text)
    if wanted.states:
        return None
    plain = [p for p in found if not any(r.states or r.modifiers - wanted.modifiers for r in _held(wanted, roles[p]))]
    return plain[0] if len(plain) == 1 else None


def of_states(
    text: str, found: Sequence[str], roles: Mapping[str, Sequence[str]], wanted: frozenset[str]
) -> tuple[str, ...]:
    """Return the one of several holders whose office is of one of some states; nobody where there are several.

    Args:
        text: the description without its article.
        found: who may be meant.
        roles: each person's phrases of office.
        wanted: the states.
    """
    of = tuple(p for p in found if any(r.states & wanted for r in _held(read_role(text), roles[p])))
    return of if len(of) == 1 else ()


def held_under(text: str, roles: Mapping[str, Sequence[str]], owner: str, kind: str) -> tuple[str, ...]:
    """Return who holds an office under somebody: "Marlow's chief of staff", "Norway's president".

    The role must tell of the same owner: by name, or by the state that the owner is, or whose office the owner holds.

    Args:
        text: the words of the office.
        roles: each person's phrases of office.
        owner: the owner's name in the report.
        kind: what the owner is.
    """
    wanted = read_role(text)
    if wanted.office is None:
        return ()
    states = frozenset({owner}) if kind == "state" else frozenset({state_behind(owner) or ""}) - {""}
    if kind == "person":
        states = frozenset(s for phrase in roles.get(owner, ()) for s in read_role(phrase).states)
    family = fold(owner).split()[-1]
    found = []
    for person, phrases in roles.items():
        for phrase in phrases:
            role = read_role(phrase)
            told = family in fold(phrase.replace("’s", " ").replace("'s", " ")).split()
            if person != owner and _same_office(wanted, role) and (told or role.states & states):
                found.append(person)
    return tuple(dict.fromkeys(found))


def _held(wanted: Role, phrases: Sequence[str]) -> list[Role]:
    return [role for role in map(read_role, phrases) if _fits(wanted, role)]


def _same_office(wanted: Role, role: Role) -> bool:
    return role.office == wanted.office and role.past == wanted.past and wanted.modifiers <= role.modifiers


def _fits(wanted: Role, role: Role) -> bool:
    return _same_office(wanted, role) and wanted.states <= role.states
