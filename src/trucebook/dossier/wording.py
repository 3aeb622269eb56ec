"""Word-level comparison of two versions of one utterance: what one has and the other has not."""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

import msgspec

from trucebook.dossier.model import Change
from trucebook.lexicons import load

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Op = Literal["same", "dropped", "added", "changed"]
_OPS: dict[str, Op] = {"equal": "same", "delete": "dropped", "insert": "added"}
# A word with all that is glued to it; a dash between words parts them even where no space does.
_CHUNK = re.compile(r"[^\s—–]*[—–]+|[^\s—–]+")
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'"})
_COMMA_IN_NUMBER = re.compile(r"(?<=\d),(?=\d{3}\b)")
_NOT_POINT_IN_NUMBER = re.compile(r"(?<!\d)\.|\.(?!\d)")
_NOT_KEY = re.compile(r"[^\w'.%$€£]|_")
_NUMBER_WORDS = {
    "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9",
    "ten": "10", "eleven": "11", "twelve": "12",
}  # fmt: skip
# British and American spellings, both written one way. Each pattern asks for enough letters before the ending that
# it turns no word into another ("four" stays apart from "for", "filled" from "filed").
_SPELLINGS = (
    (re.compile(r"(?<=[a-z]{4})is(?=(e|es|ed|er|ers|ing|ation|ations)$)"), "iz"),
    (re.compile(r"(?<=[a-z]{3})ys(?=(e|es|ed|er|ers|ing)$)"), "yz"),
    (re.compile(r"(?<=[a-z]{3})our(?=(s|ed|ing|able|ably|ite|ites|ful|er|ers|less)?$)"), "or"),
    (re.compile(r"(?<=[a-z]{2}[bt])re(?=s?$)"), "er"),
    (re.compile(r"(?<=^def|^off)ens(?=es?$)"), "enc"),
    (re.compile(r"(?<=^licen|^prete)ns(?=es?$)|(?<=^licen)s(?=es?$)"), "c"),
    (re.compile(r"(?<=[aeiou][bcdfghklmnprstvw][aeu]l)l(?=(ed|ing|er|ers)$)"), ""),
    (re.compile(r"(?<=[aeiou][bcdfghklmnprstvw]{2}[aeu]l)l(?=(ed|ing|er|ers)$)"), ""),
    (re.compile(r"(?<=log)ue(?=s?$)"), ""),
    (re.compile(r"(?<=^program)me(?=s?$)"), ""),
    (re.compile(r"(?<=^alumin)i(?=um$)"), ""),
    (re.compile(r"(?<=^judg)e(?=ments?$)|(?<=^acknowledg)e(?=ments?$)"), ""),
    (re.compile(r"(?<=^gr)e(?=y$)"), "a"),
    (re.compile(r"(?<=ward)s$"), ""),
)


class FunctionWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The shape of `function_words.toml`.

    Attributes:
        words: words of grammar rather than of matter, in the form in which words are compared.
    """

    words: tuple[str, ...]


class Word(NamedTuple):
    """A word as printed and as it is compared.

    Attributes:
        shown: the word with the marks glued to it.
        key: without case, marks, accents and differences of spelling.
        start: offset of its first character in the text it was cut from.
        end: offset just past its last one.
    """

    shown: str
    key: str
    start: int
    end: int


def words(text: str) -> tuple[Word, ...]:
    """Return the words of `text` in order; marks that stand alone are glued to the word before them.

    Joined by spaces, what they show is `text` again but for its white space.
    """
    found: list[Word] = []
    loose = 0
    for match in _CHUNK.finditer(text):
        word = Word(match.group(), key(match.group()), *match.span())
        if word.key:
            start = 0 if not found and loose else word.start
            found.append(word._replace(shown=_tidy(text[start : word.end]), start=start))
        elif found:
            last = found[-1]
            found[-1] = last._replace(shown=_tidy(text[last.start : word.end]), end=word.end)
        else:
            loose = word.end
    return tuple(found)


@lru_cache(maxsize=100_000)  # reports use the same few thousand words over and over
def key(word: str) -> str:
    """Return `word` as it is compared: no case, marks or accents, one spelling; empty where it is only marks.

    Hyphens vanish, so that "cease-fire" is "ceasefire"; `pair_off` sees to "good will" against "goodwill".
    """
    plain = unicodedata.normalize("NFKD", word.translate(_APOSTROPHES)).casefold()
    plain = _COMMA_IN_NUMBER.sub("", "".join(c for c in plain if not unicodedata.combining(c)))
    plain = _NOT_POINT_IN_NUMBER.sub("", _NOT_KEY.sub("", plain)).strip("'")
    if plain in _NUMBER_WORDS:
        return _NUMBER_WORDS[plain]
    for pattern, one_way in _SPELLINGS:
        plain = pattern.sub(one_way, plain)
    return plain


def keys(text: str) -> tuple[str, ...]:
    """Return the words of `text` as they are compared."""
    return tuple(found for chunk in _CHUNK.findall(text) if (found := key(chunk)))


def is_content(word: str) -> bool:
    """Whether a word, in the form in which it is compared, carries matter rather than grammar."""
    return word not in _function_words()


def stem(word: str) -> str:
    """Return a compared word without possessive or plural ending, for likeness but not for sameness.

    Only the regular endings go (Harman 1991, the "S" stemmer): it joins "tests" and "test" and no two different words.
    """
    if not is_content(word):
        return word
    bare = word.removesuffix("'s").removesuffix("'")
    if len(bare) > 4 and bare.endswith("ies") and bare[-4] not in "ae":
        return bare[:-3] + "y"
    if len(bare) > 3 and bare.endswith("s") and bare[-2] not in "us":
        return bare[:-1]
    return bare


def content_stems(words_to_compare: Iterable[str]) -> frozenset[str]:
    """Return the stems of those compared words that carry matter."""
    return frozenset(stem(w) for w in words_to_compare if is_content(w))


@cache
def _function_words() -> frozenset[str]:
    return frozenset(load("function_words.toml", FunctionWords).words)


def changes(longest: str, here: str) -> tuple[Change, ...]:
    """Compare two versions of an utterance word by word.

    Case, punctuation, quotation marks, hyphens and spelling variants make no difference. Words that an editor put in
    brackets are words like any other.

    Args:
        longest: the longest version.
        here: another version.

    Returns:
        Stretches in order. The `longest` sides, joined by spaces where not empty, are the words of `longest`; the
        `here` sides those of `here`.

    The alignment is difflib's (Ratcliff and Obershelp 1988), which prefers long unbroken stretches, as readers do.
    """
    a, b = words(longest), words(here)
    return tuple(
        Change(op=op, longest=_show(a[i:k]), here=_show(b[j:m]))
        for op, i, k, j, m in _ops([w.key for w in a], [w.key for w in b])
    )


def same_words(a: str, b: str) -> bool:
    """Whether two versions have the same words where they overlap; each may be cut at its two ends."""
    return same_keys(keys(a), keys(b))


def same_keys(a: Sequence[str], b: Sequence[str]) -> bool:
    """Whether two versions, as words to compare, are the same where they overlap.

    They overlap in one unbroken stretch; before it only one of the two has words, and after it only one.
    """
    ops = [op for op, *_ in _ops(a, b)]
    middle = [op for i, op in enumerate(ops) if 0 < i < len(ops) - 1]
    return ops.count("same") == 1 and "changed" not in ops and all(op == "same" for op in middle)


def _ops(a: Sequence[str], b: Sequence[str]) -> list[tuple[Op, int, int, int, int]]:
    """Stretches `(op, start in a, end in a, start in b, end in b)`, neighbours of one kind joined."""
    joined: list[tuple[Op, int, int, int, int]] = []
    for op, i, k, j, m in _all_ops(a, b):
        if joined and joined[-1][0] == op:
            joined[-1] = (op, joined[-1][1], k, joined[-1][3], m)
        else:
            joined.append((op, i, k, j, m))
    return joined


def _all_ops(a: Sequence[str], b: Sequence[str]) -> Iterator[tuple[Op, int, int, int, int]]:
    for tag, i, k, j, m in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag != "replace":
            yield _OPS[tag], i, k, j, m
            continue
        at, to = i, j
        for x, y in pair_off(a[i:k], b[j:m]):
            yield "same", at, at + x, to, to + y
            at, to = at + x, to + y
        if at < k or to < m:
            yield "changed" if at < k and to < m else "dropped" if at < k else "added", at, k, to, m


def pair_off(a: Sequence[str], b: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield how many words at the start of `a` are the same letters as how many of `b`, for as long as they are.

    "good will" and "goodwill" are two words against one.
    """
    i = j = 0
    left, right, x, y = "", "", 0, 0
    while True:
        if left and left == right:
            yield x, y
            left, right, x, y = "", "", 0, 0
        if len(left) <= len(right) and i < len(a):
            left, i, x = left + a[i], i + 1, x + 1
        elif j < len(b):
            right, j, y = right + b[j], j + 1, y + 1
        else:
            return
        if not (left.startswith(right) or right.startswith(left)):
            return


def _show(some: Iterable[Word]) -> str:
    return " ".join(w.shown for w in some)


def _tidy(text: str) -> str:
    return " ".join(text.split())
