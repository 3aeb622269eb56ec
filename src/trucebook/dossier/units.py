"""Words that part numbers of one thing, and units of one dimension, which do not (`scopes.toml`)."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import msgspec

from trucebook.lexicons import load

if TYPE_CHECKING:
    from trucebook.dossier.values import Number


class Scopes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The shape of `scopes.toml`.

    Attributes:
        whole: words by which it sums up.
        part: words by which it is part of another.
        past: words by which it is no longer true.
        apart: measures that are not compared by themselves.
        kinds_of_place: words that tell no two places apart.
        units: measures, with their dimension and what one comes to in the first of it.
        one_deed: what befell the counted, those together that one report may say for another.
        happenings: nouns for what happens, and is counted as such whatever verb stands beside the number.
    """

    whole: tuple[str, ...]
    part: tuple[str, ...]
    past: tuple[str, ...]
    apart: tuple[str, ...]
    kinds_of_place: tuple[str, ...]
    units: dict[str, tuple[str, float]]
    one_deed: tuple[tuple[str, ...], ...]
    happenings: tuple[str, ...]


@cache
def scopes() -> Scopes:
    """Return the words that part numbers, and the units that do not."""
    found: Scopes = load("scopes.toml", Scopes)
    return found


def dimension(of: str) -> str | None:
    """Return what a measure measures ("length" for "mile"), where it is one that has others beside it."""
    return scopes().units[of][0] if of in scopes().units else None


def in_common_units(number: Number) -> float | None:
    """Return what a number comes to in the first unit of its dimension; None where it gives no end of its range."""
    value = number.quantity.low if number.quantity.low is not None else number.quantity.high
    return None if value is None else value * scopes().units[number.quantity.of or ""][1]


def met_alike(one: str | None, other: str | None) -> bool:
    """Return whether what befell the counted can be one: launched is not shot down, handed over may be released."""
    if one is None or other is None or one == other:
        return True
    return any(one in words and other in words for words in scopes().one_deed)


def is_happening(of: str) -> bool:
    """Return whether a counted noun is for what happens ("test") rather than for things or people."""
    return of in scopes().happenings
