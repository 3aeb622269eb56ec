"""The gazetteers of states and of lasting organisations, and where a text names them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

import msgspec

from trucebook.lexicons import load
from trucebook.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

Kind = Literal["name", "adjective", "people", "capital", "metonym", "organisation", "organisation-metonym", "loose"]

_WORD = re.compile(r"[^\W_]+")
_SPACES = re.compile(r"\s")
# Longer names than this are recognised in capitals too ("SEOUL, South Korea"); shorter ones would read words as states.
_SHORTEST_IN_CAPITALS = 4
_COMPASS = re.compile(r"\b[Tt]he (North|South)(?=['’]s\b|\s+[a-z]|\s*[.,;:!?)”\"]|\s*$)")


class State(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A state, or a government that acts as one; the head of `states.toml` says what each field holds."""

    name: str
    iso: str | None = None
    aliases: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    capitals: tuple[str, ...] = ()
    metonyms: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()


class StateFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file `states.toml`."""

    states: tuple[State, ...]


class Organisation(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A lasting organisation; the head of `organisations.toml` says what each field holds."""

    name: str
    aliases: tuple[str, ...] = ()
    state: str | None = None
    metonyms: tuple[str, ...] = ()
    loose: tuple[str, ...] = ()
    wider: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()


class OrganisationFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The files `organisations.toml` and `armed_groups.toml`."""

    organisations: tuple[Organisation, ...]


@dataclass(frozen=True, kw_only=True)
class Hit:
    """A phrase of a gazetteer, found in a text.

    Attributes:
        span: the words.
        name: canonical names of what they may name; several for a word that several entries share ("Congolese").
        kind: how the words name it.
        ambiguous: whether they also name things that are in no gazetteer.
    """

    span: Span
    names: tuple[str, ...]
    kind: Kind
    ambiguous: bool = False


@dataclass(frozen=True)
class _Phrase:
    text: str
    kind: Kind
    ambiguous: bool
    names: tuple[str, ...]


def states() -> tuple[State, ...]:
    """Return the gazetteer of states."""
    file: StateFile = load("states.toml", StateFile)
    return file.states


def organisations() -> tuple[Organisation, ...]:
    """Return the gazetteer of organisations, armed groups included."""
    file: OrganisationFile = load("organisations.toml", OrganisationFile)
    return (*file.organisations, *armed_groups())


def armed_groups() -> tuple[Organisation, ...]:
    """Return the gazetteer of groups that fight or talk under one name."""
    file: OrganisationFile = load("armed_groups.toml", OrganisationFile)
    return file.organisations


def find_hits(text: str) -> list[Hit]:
    """Return where `text` has words of a gazetteer, the longest phrase at each place, in order and without overlap."""
    flat, phrases = _SPACES.sub(" ", text), _phrases()
    hits, at = [], 0
    for word in _WORD.finditer(flat):
        if word.start() < at:
            continue
        for phrase in phrases.get(word.group(), ()):
            if _stands(flat, word.start(), phrase.text):
                at = word.start() + len(phrase.text)
                span = Span(word.start(), at)
                hits.append(Hit(span=span, names=phrase.names, kind=phrase.kind, ambiguous=phrase.ambiguous))
                break
    return hits


def compass_hits(text: str, named: frozenset[str]) -> Iterator[Hit]:
    """Yield where "the North" and "the South" stand for the one of two states of that name that the text names.

    Args:
        text: a report's prose.
        named: states that it names in full.
    """
    for match in _COMPASS.finditer(_SPACES.sub(" ", text)):
        meant = [n for n in _divided() if n in named and n.startswith(f"{match.group(1)} ")]
        if len(meant) == 1:
            yield Hit(span=Span(*match.span()), names=(meant[0],), kind="name")


def state_behind(name: str) -> str | None:
    """Return the state whose office an organisation of the gazetteer is ("White House"), or None."""
    return _offices().get(name)


def state_adjective(word: str) -> str | None:
    """Return the one state that an adjective, a name or an alias points to ("Danish", "Denmark", "UK"), or None."""
    found = _by_word().get(word, ())
    return found[0] if len(found) == 1 else None


def _stands(flat: str, start: int, phrase: str) -> bool:
    end = start + len(phrase)
    return flat.startswith(phrase, start) and not (end < len(flat) and (flat[end].isalnum() or flat[end] == "_"))


@cache
def _phrases() -> dict[str, tuple[_Phrase, ...]]:
    """The phrases by their first word, the longest first."""
    table: dict[str, dict[tuple[str, Kind], _Phrase]] = {}
    for phrase in [*_state_phrases(), *_organisation_phrases()]:
        first = _WORD.search(phrase.text)
        if first is None:
            continue
        row = table.setdefault(first.group(), {})
        known = row.get((phrase.text, phrase.kind))
        names = (*known.names, *phrase.names) if known else phrase.names
        row[phrase.text, phrase.kind] = _Phrase(phrase.text, phrase.kind, phrase.ambiguous, names)
    return {w: tuple(sorted(row.values(), key=lambda p: (-len(p.text), _RANK[p.kind]))) for w, row in table.items()}


# Of two readings of the same words the first is tried; "Brussels" is settled where its use is known.
_RANK: dict[Kind, int] = {
    "name": 0, "organisation": 1, "capital": 2, "metonym": 3, "people": 4, "adjective": 5, "organisation-metonym": 6,
    "loose": 7,
}  # fmt: skip


def _state_phrases() -> Iterator[_Phrase]:
    for s in states():
        rows: list[tuple[Kind, tuple[str, ...]]] = [("name", (s.name, *s.aliases)), ("adjective", s.adjectives),
                                                    ("people", s.people), ("capital", s.capitals), ("metonym",
                                                    s.metonyms)]  # fmt: skip
        for kind, words in rows:
            for text in _spellings(words, capitals=kind in {"name", "capital"}):
                yield _Phrase(text, kind, text in s.ambiguous, (s.name,))


def _organisation_phrases() -> Iterator[_Phrase]:
    for o in organisations():
        for text in _spellings((o.name, *o.aliases), capitals=False):
            yield _Phrase(text, "organisation", False, (o.name,))  # noqa: FBT003  a record, not a flag
        for text in o.metonyms:
            yield _Phrase(text, "organisation-metonym", False, (o.name,))  # noqa: FBT003  as above
        for text in o.loose:
            yield _Phrase(text, "loose", False, (o.name,))  # noqa: FBT003  as above


def _spellings(words: tuple[str, ...], *, capitals: bool) -> Iterator[str]:
    for word in words:
        yield word
        if capitals and len(word) >= _SHORTEST_IN_CAPITALS and word.upper() != word:
            yield word.upper()


@cache
def _divided() -> tuple[str, ...]:
    names = {s.name for s in states()}
    return tuple(
        sorted(
            f"{side} {n[6:]}"
            for n in names
            if n.startswith("North ") and f"South {n[6:]}" in names
            for side in ("North", "South")
        )
    )


@cache
def _offices() -> dict[str, str]:
    by_iso = {s.iso: s.name for s in states() if s.iso}
    return {o.name: by_iso[o.state] for o in organisations() if o.state}


@cache
def _by_word() -> dict[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = {}
    for s in states():
        for word in (s.name, *s.aliases, *s.adjectives):
            table[word] = (*table.get(word, ()), s.name)
    return table
