"""Two statements that are one but for a word: all or a part of it, and who alone can have done it."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from trucebook.dossier.features import concept
from trucebook.dossier.wording import content_stems, keys, stem
from trucebook.lexicons import load

if TYPE_CHECKING:
    from trucebook.dossier.features import Statement

# Words of matter that two statements of which one tells of a part must share, beside what they differ in; and beside
# the verb and the name where they differ in who did it.
_SHARED = 2


class ScopeWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file `scope_words.toml`.

    Attributes:
        whole: words for all of one whole.
        merely: words for no more than what is named.
        all: words for all of a kind.
        some: words for not all of it.
        passing: words by which a statement holds for a time that may not be the other's.
        single: lemmas of verbs for what one alone does at one happening.
        together: words by which several do it.
    """

    whole: tuple[str, ...]
    merely: tuple[str, ...]
    all: tuple[str, ...]
    some: tuple[str, ...]
    passing: tuple[str, ...]
    single: tuple[str, ...]
    together: tuple[str, ...]


@cache
def _lexicon() -> ScopeWords:
    found: ScopeWords = load("scope_words.toml", ScopeWords)
    return found


@cache
def _finds(field: str) -> re.Pattern[str]:
    """What finds the words of a list, the longest first."""
    words = sorted(getattr(_lexicon(), field), key=lambda w: (-len(w), w))
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, words))})(?![\w-])", re.IGNORECASE)


@cache
def _single() -> frozenset[str]:
    return frozenset(map(concept, _lexicon().single))


def all_and_part(a: Statement, b: Statement) -> tuple[str, str] | None:
    """Return the words by which one tells of all and the other of a part, where all else is the same; else None.

    Args:
        a: a statement.
        b: one of the same doing.
    """
    if a.clause.negated or b.clause.negated or a.clause.past != b.clause.past or a.clause.modality != b.clause.modality:
        return None
    if any(_finds("passing").search(s.text) for s in (a, b)):
        return None
    return _whole_and_merely(a.text, b.text) or _all_and_some(a.text, b.text)


def _whole_and_merely(a: str, b: str) -> tuple[str, str] | None:
    """`The whole country` and `only the north`: the words up to there are the same."""
    for one, other, turned in ((a, b, False), (b, a, True)):
        whole, merely = _finds("whole").search(one), _finds("merely").search(other)
        if whole is None or merely is None or _finds("merely").search(one) or _finds("whole").search(other):
            continue
        before = _stems(one[: whole.start()])
        if len(before) < _SHARED or before != _stems(other[: merely.start()]):
            continue
        values = (_phrase(one[whole.start() :]), _phrase(other[merely.start() :]))
        return values[::-1] if turned else values
    return None


def _all_and_some(a: str, b: str) -> tuple[str, str] | None:
    """`All prisoners` and `some of the prisoners`: the words but these are the same."""
    for one, other, turned in ((a, b, False), (b, a, True)):
        every, some = _finds("all").search(one), _finds("some").search(other)
        if every is None or some is None or _finds("some").search(one) or _finds("all").search(other):
            continue
        rests = [_stems(text[: m.start()] + " " + text[m.end() :]) for text, m in ((one, every), (other, some))]
        # What is counted stands right behind the word in both: "all prisoners" is not "some left with all prisoners".
        heads = [_stems(" ".join(text[m.end() :].split()[:3])) for text, m in ((one, every), (other, some))]
        if len(rests[0]) < _SHARED or rests[0] != rests[1] or not heads[0] & heads[1]:
            continue
        values = (_phrase(one[every.start() :]), _phrase(other[some.start() :]))
        return values[::-1] if turned else values
    return None


def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(concept(w)) for w in content_stems(keys(text)))


def _phrase(text: str) -> str:
    """The first words of a phrase, up to a mark."""
    return " ".join(re.split(r"[,;:.!?]", text, maxsplit=1)[0].split()[:5]).lower()


def filled_twice(a: Statement, b: Statement) -> bool:
    """Return whether two statements give one role, at one happening, to two of whom only one can have filled it.

    Args:
        a: a statement.
        b: one of the same doing by another.
    """
    doers = [s.doers for s in (a, b)]
    if a.predicate not in _single() or any(len(d) != 1 for d in doers) or a.clause.past != b.clause.past:
        return False
    (kind, one), (other_kind, other) = (next(iter(d)) for d in doers)
    if kind != other_kind or content_stems(keys(one)) & content_stems(keys(other)):
        return False
    if a.clause.modality != b.clause.modality or any(_finds(f).search(s.text) for s in (a, b) for f in _UNSURE):
        return False
    if _has_company(one, a.text) or _has_company(other, b.text):
        return False
    rests = [{w for w in s.words if w not in {f"@{one}", f"@{other}"}} for s in (a, b)]
    # Two sides have a delegation each, and there is a meeting every week: a name or a day must tell which.
    tied = any(w.startswith("@") for w in rests[0]) or bool(
        a.days & b.days or a.occasion.weekdays & b.occasion.weekdays
    )
    return rests[0] == rests[1] and len(rests[0]) >= _SHARED and tied


_UNSURE = ("together", "passing")


def _has_company(name: str, text: str) -> bool:
    """Whether somebody stands beside a name: "Berg and others", "his deputy and Berg"."""
    last = re.escape(name.rsplit(maxsplit=1)[-1])
    return bool(
        re.search(rf"\b{last}[^\s\w]*\s+(?:and|&|with)\s|\s(?:and|&|with)\s+(?:[\w.]+\s+){{0,2}}{last}\b", text)
    )
