"""Names of persons: their parts, how they sound across spellings, and whether two of them can name one person."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import zip_longest

import msgspec

from trucebook.lexicons import load

_POSSESSIVE = re.compile(r"['’](?:s|S)?$")
_ARTICLE_PREFIX = re.compile(r"^(?:al|el|as|ash|an|ad|ar|at|az)[-'’]")
_LETTERS = re.compile(r"[^\w\s-]|_")
# Spellings that transliterations use for one sound; applied in this order.
_SOUNDS = (
    ("shch", "sh"), ("sch", "sh"), ("tch", "ch"), ("cz", "ch"), ("tz", "ts"), ("kh", "h"), ("gh", "g"), ("ph", "f"),
    ("th", "t"), ("dh", "d"), ("dj", "j"), ("ck", "k"), ("q", "k"), ("x", "ks"), ("w", "v"), ("ou", "u"), ("oo", "u"),
    ("ee", "i"), ("y", "i"),
)  # fmt: skip
# One syllable of a Chinese, Korean or Vietnamese name in Latin letters, loosely.
_SYLLABLE = (
    r"(?:[bcdghjklmnpqrstwxyz]|zh|ch|sh|hs|ts|kh|ph|th|tr|ng|nh|gi|ky)?[aeiouüy]{1,3}"
    r"(?:ng|nh|ch|n|m|k|p|t|h|r|l|c)?"
)
_ONE_SYLLABLE = re.compile(rf"^{_SYLLABLE}$")
_TWO_SYLLABLES = re.compile(rf"^{_SYLLABLE}(?:{_SYLLABLE})?$")
_HYPHENATED = re.compile(rf"^{_SYLLABLE}-{_SYLLABLE}$")


class Nicknames(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file `nicknames.toml`.

    Attributes:
        groups: given names that one person may go by.
    """

    groups: tuple[tuple[str, ...], ...]


class FamilyNames(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file `family_names.toml`.

    Attributes:
        family_first: family names that stand before the given name.
        western_given: those of them that are given names in the West: with one plain word they are read in that order.
        particles: words that join given and family names.
        suffixes: words behind a name that tell namesakes apart.
    """

    family_first: frozenset[str]
    western_given: frozenset[str]
    particles: frozenset[str]
    suffixes: frozenset[str]


class GivenNames(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file `given_names.toml`.

    Attributes:
        he: given names of men.
        she: given names of women.
    """

    he: frozenset[str]
    she: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class PersonName:
    """The parts of a person's name, folded.

    Attributes:
        given: given and middle names, and whatever stands between them and the family name; empty for a bare family
        name. family: the family name without its particles.
        suffix: `jr`, `sr`, `ii`...; empty where there is none.
    """

    given: tuple[str, ...]
    family: str
    suffix: str = ""

    @property
    def full(self) -> bool:
        """Whether it has a given name beside the family name."""
        return bool(self.given)


@lru_cache(maxsize=65_536)
def fold(text: str) -> str:
    """Return `text` without accents, case, stops and brackets, for comparing names."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    plain = plain.casefold().replace("ł", "l").replace("ø", "o").replace("đ", "d").replace("ı", "i")
    return " ".join(_LETTERS.sub("", plain).split())


@cache
def sound(word: str) -> str:
    """Return one spelling for those that transliterations give one name ("Dostoevsky", "Dostoevskiy")."""
    text = fold(word).replace("-", "").replace(" ", "")
    for spelling, plain in _SOUNDS:
        text = text.replace(spelling, plain)
    text = re.sub(r"(.)\1+", r"\1", text)
    # "Yevgeny" and "Evgeny", "Dostoyevsky" and "Dostoevsky".
    return re.sub(r"(^|(?<=[aeou]))ie", "e", text)


def parse_name(text: str) -> PersonName | None:
    """Return the parts of a name, or None where nothing of it is left ("Mr.").

    Args:
        text: a name without titles; a possessive ending is dropped.
    """
    words = [fold(w) for w in _POSSESSIVE.sub("", text.strip()).replace(",", " ").split()]
    words = [w for w in words if w]
    suffix = words.pop() if len(words) > 1 and words[-1] in _lexicon().suffixes else ""
    if not words:
        return None
    if family_first(words):
        return PersonName(given=tuple(words[1:]), family=words[0], suffix=suffix)
    # "Ben Marlow" is a name in full, though "ben" joins names too ("David ben Marlow").
    given = tuple(w for i, w in enumerate(words[:-1]) if w not in _lexicon().particles or (not i and is_given_name(w)))
    return PersonName(given=given, family=_ARTICLE_PREFIX.sub("", words[-1]), suffix=suffix)


def is_particle(word: str) -> bool:
    """Whether a word in lower case joins given and family names ("von", "bin")."""
    return word in _lexicon().particles


def is_given_name(word: str) -> bool:
    """Whether a folded word is a given name of the lexicon; most given names are not in it."""
    return word in _given_names()


def pronoun_of(name: str) -> str | None:
    """Return the pronoun that a full name's given name leaves no doubt of ("he" or "she"), or None.

    Args:
        name: a person's name without titles.
    """
    parts = parse_name(name)
    first = parts.given[0] if parts is not None and parts.given else ""
    return "he" if first in _by_pronoun().he else "she" if first in _by_pronoun().she else None


def is_suffix(word: str) -> bool:
    """Whether a word behind a name tells namesakes apart ("Jr.")."""
    return fold(word) in _lexicon().suffixes


def family_first(words: list[str]) -> bool:
    """Whether the folded words of a name are in the order family name, given name ("park min-jun")."""
    if len(words) < 2 or words[0] not in _lexicon().family_first:
        return False
    rest = words[1:]
    if len(rest) == 1:
        plain = _TWO_SYLLABLES.match(rest[0]) and words[0] not in _lexicon().western_given
        return bool(_HYPHENATED.match(rest[0]) or plain)
    return len(rest) == 2 and all(_ONE_SYLLABLE.match(w) for w in rest)


def agreement(one: PersonName, other: PersonName) -> float | None:
    """Return how well two full names agree, 0 to 100, or None where they cannot name one person.

    Both the given and the family names must agree: the family names in sound, the given names in sound, as a nickname
    and its long form, or as an initial and its name; middle names and suffixes may not contradict each other.
    """
    if one.suffix != other.suffix or sound(one.family) != sound(other.family):
        return None
    given = given_agreement(one.given, other.given)
    if given is None:
        return None
    return given if one.family == other.family else min(given, 95.0)


def given_agreement(one: tuple[str, ...], other: tuple[str, ...]) -> float | None:
    """Return how well two persons' given names agree, 0 to 100, or None where they cannot be one person's."""
    if one == other or "".join(one).replace("-", "") == "".join(other).replace("-", ""):
        return 100.0
    if not one or not other:
        return None
    if _initials(one, other) or _initials(other, one):
        return 85.0
    scores = [_word_agreement(a, b) for a, b in zip_longest(one, other) if a is not None and b is not None]
    return None if any(s is None for s in scores) else min(s for s in scores if s is not None)


def _word_agreement(one: str, other: str) -> float | None:
    if one == other:
        return 100.0
    if sound(one) == sound(other):
        return 98.0
    if frozenset((one, other)) in _nickname_pairs():
        return 95.0
    if 1 in (len(one), len(other)) and one[0] == other[0]:
        return 85.0
    return None


def _initials(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Whether `short` is the initials of `long` written as one word ("jd" for "james david")."""
    return len(short) == 1 and len(short[0]) == len(long) > 1 and short[0] == "".join(w[0] for w in long)


@cache
def _nickname_pairs() -> frozenset[frozenset[str]]:
    groups = load("nicknames.toml", Nicknames).groups
    return frozenset(frozenset((a, b)) for g in groups for a in g for b in g if a != b)


@cache
def _given_names() -> frozenset[str]:
    return frozenset(n for group in load("nicknames.toml", Nicknames).groups for n in group)


@cache
def _by_pronoun() -> GivenNames:
    file: GivenNames = load("given_names.toml", GivenNames)
    return file


@cache
def _lexicon() -> FamilyNames:
    file: FamilyNames = load("family_names.toml", FamilyNames)
    return file
