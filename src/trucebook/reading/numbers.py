"""Numbers as English news writes them, in digits and in words."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from trucebook.lexicons import load

if TYPE_CHECKING:
    from collections.abc import Iterable

DIGITS = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?"
_SPLIT = re.compile(r"[\s-]+|(?<=\d)(?=[^\d.,/\s])|(?<=[½¼¾⅓⅔])(?=\w)")


class Numbers(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The data of `numbers.toml`.

    Attributes:
        small: words that add up.
        scales: words that multiply what stands before them.
        suffixes: letters behind digits that do the same.
        fractions: signs and spellings of a fraction.
        loose: loose plurals, as least and most number meant.
        ordinals: ordinal words.
    """

    small: dict[str, int]
    scales: dict[str, int]
    suffixes: dict[str, int]
    fractions: dict[str, float]
    loose: dict[str, tuple[int, int]]
    ordinals: dict[str, int]


@cache
def numbers() -> Numbers:
    """Return the number words of the lexicon."""
    words: Numbers = load("numbers.toml", Numbers)
    return words


def either(words: Iterable[str]) -> str:
    """Return regular-expression source for one of `words`, the longest first; a space matches any white space."""
    longest = sorted(set(words), key=lambda w: (-len(w), w))
    return "(?:" + "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in longest) + ")"


@cache
def number_source() -> str:
    """Return regular-expression source, without groups, that matches one cardinal number in digits or in words."""
    lexicon = numbers()
    small, scale = either(lexicon.small), either(lexicon.scales)
    fraction = either(lexicon.fractions)
    further = rf"(?:\s+and\s+|[\s-]+){either([*lexicon.small, *lexicon.scales])}"
    half = rf"\s+and\s+a\s+half(?=\s+{scale})"
    # More words than any number has; without a limit a text that repeats them would cost the square of its length.
    words = rf"(?:{small}|(?:half\s+)?an?\s+{scale})(?:{half}|{further}){{0,15}}"
    digits = rf"{DIGITS}(?:[\s-]?{fraction})?(?:\s+{scale}|{either(lexicon.suffixes)}(?![\w]))?"
    return rf"(?:{digits}|{fraction}|{words}\b)"


@cache
def loose_source() -> str:
    """Return regular-expression source, without groups, that matches a loose plural ("dozens", "tens of thousands")."""
    return either(numbers().loose)


def read_number(words: str) -> float | None:
    """Return the number that `words` name ("12,000", "1.5 million", "two dozen"), or None where they name none.

    Words that do not build one number, such as a year said in two halves ("nineteen ninety"), name none.
    """
    lexicon = numbers()
    total = group = 0.0
    last = None
    for word in filter(None, _SPLIT.split(words.lower().strip())):
        scale = lexicon.scales.get(word) or (lexicon.suffixes.get(word) if last is not None else None)
        if word in {"a", "an", "and"}:
            continue
        if scale is not None:
            total, group = _scaled(total, group if last is not None else 1, scale)
        else:
            part = 0.5 if word == "half" else _small(word)
            if part is None or not _fits(last, part):
                return None
            group += part
        last = scale or part
    return total + group if last is not None else None


def read_loose(words: str) -> tuple[int, int] | None:
    """Return the least and the most that a loose plural means, or None where `words` are none."""
    return numbers().loose.get(" ".join(words.lower().split()))


def read_ordinal(words: str) -> int | None:
    """Return the rank that an ordinal names ("second", "21st"), or None."""
    digits = re.fullmatch(r"(\d{1,3})(?:st|nd|rd|th)", words.lower())
    return int(digits[1]) if digits else numbers().ordinals.get("-".join(words.lower().split()))


def _scaled(total: float, group: float, scale: int) -> tuple[float, float]:
    """Multiply the running group; a thousand and more closes it, so that "two hundred thousand and five" adds up."""
    return (total, group * scale) if scale < 1000 else (total + group * scale, 0.0)


def _small(word: str) -> float | None:
    lexicon = numbers()
    if word in lexicon.fractions:
        return lexicon.fractions[word]
    if re.fullmatch(DIGITS, word):
        return float(word.replace(",", ""))
    return lexicon.small.get(word)


def _fits(last: float | None, part: float) -> bool:
    """Whether `part` may be added behind the word worth `last`: units behind tens, anything smaller behind a scale."""
    if last is None or part < 1:
        return True
    return part < last if last >= 100 else last >= 20 and last % 10 == 0 and part < 10
