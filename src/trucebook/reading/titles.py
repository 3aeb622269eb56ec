"""Titles and nouns of office: the words before and behind a name that say who its bearer is."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import msgspec

from trucebook.lexicons import load
from trucebook.reading.model import Tenure  # noqa: TC001  msgspec reads the annotation

if TYPE_CHECKING:
    from collections.abc import Sequence


class Titles(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file `titles.toml`; its comments say what each list holds."""

    honorifics: frozenset[str]
    titles: frozenset[str]
    strong: frozenset[str]
    abbreviated: frozenset[str]
    offices: frozenset[str]
    shared: frozenset[str]
    former: frozenset[str]
    tenures: dict[Tenure, frozenset[str]]
    plurals: frozenset[str]
    bodies: frozenset[str]
    deeds: frozenset[str]
    same: tuple[tuple[str, ...], ...]


@cache
def titles() -> Titles:
    """Return the titles and nouns of office."""
    file: Titles = load("titles.toml", Titles)
    return file


def is_honorific(word: str) -> bool:
    """Whether a word is a form of address ("Mr."); in lower case it is none ("her father Paul")."""
    return word[:1].isupper() and word.rstrip(".").lower() in titles().honorifics


def is_title(word: str) -> bool:
    """Whether a word can be the last word of a title before a name ("President", "Lt.")."""
    plain = word.rstrip(".").lower()
    return plain in titles().titles or plain in titles().plurals


def is_strong(word: str) -> bool:
    """Whether a capitalised title makes even one word behind it a name ("President", unlike "General" or "Head")."""
    return word.rstrip(".").lower() in titles().strong


def is_body(word: str) -> bool:
    """Whether a noun names a kind of organisation ("ministry", "party")."""
    return word.lower() in titles().bodies


def same_office(text: str) -> str:
    """Return `text` in lower case with variants of one office spelt alike ("premier", "prime minister")."""
    plain = f" {text.lower()} "
    for group in titles().same:
        for variant in group[1:]:
            plain = plain.replace(f" {variant} ", f" {group[0]} ")
    return plain.strip()


def office_at_end(words: Sequence[str]) -> str | None:
    """Return the longest office that ends a phrase ("us secretary of state" -> "secretary of state"), or None.

    Args:
        words: of the phrase, in lower case.
    """
    offices = titles().offices
    for length in (3, 2, 1):
        phrase = " ".join(words[-length:])
        if len(words) >= length and phrase in offices:
            return same_office(phrase)
    return None
