"""The phrases that tell furniture from prose, from the data file `furniture.toml`."""

from __future__ import annotations

import re
from functools import cache

import msgspec

from trucebook.lexicons import load


class Related(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Leads to other stories, and what headlines are made of: the table `related`."""

    leads: tuple[str, ...]
    verbs: frozenset[str]
    small: frozenset[str]


class Byline(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What credits are made of: the table `byline`."""

    roles: tuple[str, ...]
    credits: tuple[str, ...]
    agencies: frozenset[str]


class Caption(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Beginnings of captions: the table `caption`."""

    leads: tuple[str, ...]


class Dateline(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What looks like a dateline and is none: the table `dateline`."""

    not_places: frozenset[str]


class Other(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Buttons and notices: the table `other`."""

    lines: frozenset[str]
    beginnings: tuple[str, ...]


class Phrases(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole data file, by the kind of furniture that its phrases tell."""

    related: Related
    byline: Byline
    caption: Caption
    dateline: Dateline
    other: Other


def phrases() -> Phrases:
    """Return the phrases, read and checked once a process."""
    loaded: Phrases = load("furniture.toml", Phrases)
    return loaded


@cache
def any_of(words: tuple[str, ...]) -> str:
    """Return a regular expression for any of the phrases, the longest first."""
    return "|".join(re.escape(w) for w in sorted(words, key=lambda w: (-len(w), w)))


def plain(words: str) -> str:
    """Return words as the data file writes them: lower case, straight apostrophes, one space between words."""
    return " ".join(words.lower().replace("’", "'").split())
