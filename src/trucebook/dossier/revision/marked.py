"""Words whose coming or going changes what a sentence commits itself to: conditions, negations, hedges, limits."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Literal, NamedTuple

import msgspec

from trucebook.dossier.wording import key
from trucebook.lexicons import load
from trucebook.reading.conditions import condition_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

MarkKind = Literal["condition", "negation", "hedge", "limit"]
_NOT = "n't"


class Revisions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file `revisions.toml`.

    Attributes:
        conditions: words and runs of words that open a condition, beside those of `conditions.toml`.
        negations: words that turn a statement into its contrary.
        hedges: words that say how sure somebody is.
        limits: words that say how far a yes or a number reaches.
        notices: runs of words by which a text says that it was changed.
    """

    conditions: tuple[str, ...]
    negations: tuple[str, ...]
    hedges: tuple[str, ...]
    limits: tuple[str, ...]
    notices: tuple[str, ...]


class Marked(NamedTuple):
    """A run of words of the lexicon.

    Attributes:
        kind: what it does to a sentence.
        words: the run, as it is compared.
        first: index of its first word.
        end: index past its last.
    """

    kind: MarkKind
    words: tuple[str, ...]
    first: int
    end: int


def marked(keys: Sequence[str]) -> Iterator[Marked]:
    """Yield the runs of a sentence's words that the lexicon knows, the longest at each place, none inside another.

    Args:
        keys: the words, as they are compared.
    """
    at = 0
    while at < len(keys):
        found = next((r for r in _runs().get(keys[at], ()) if tuple(keys[at : at + len(r[1])]) == r[1]), None)
        if found is None and keys[at].endswith(_NOT):
            found = ("negation", (keys[at],))
        if found is not None:
            yield Marked(*found, at, at + len(found[1]))
        at += len(found[1]) if found else 1


def notice(keys: Sequence[str]) -> bool:
    """Return whether words begin by saying that the text was changed, or say so anywhere in several words."""
    return any(
        tuple(keys[at : at + len(run)]) == run
        for at, word in enumerate(keys)
        for run in _notices().get(word, ())
        if at == 0 or len(run) > 2
    )


@cache
def revision_words() -> Revisions:
    """Return the lexicon."""
    found: Revisions = load("revisions.toml", Revisions)
    return found


@cache
def _runs() -> Mapping[str, Sequence[tuple[MarkKind, tuple[str, ...]]]]:
    lexicon = revision_words()
    known = condition_words()
    kinds: list[tuple[MarkKind, tuple[str, ...]]] = [
        *(("condition", run) for run in (*((w,) for w in known.subordinators), *known.phrases)),
        *(("condition", _run(w)) for w in lexicon.conditions),
        *(("negation", _run(w)) for w in lexicon.negations),
        *(("hedge", _run(w)) for w in lexicon.hedges),
        *(("limit", _run(w)) for w in lexicon.limits),
    ]
    found: dict[str, list[tuple[MarkKind, tuple[str, ...]]]] = {}
    for kind, run in sorted(kinds, key=lambda k: -len(k[1])):
        found.setdefault(run[0], []).append((kind, run))
    return found


@cache
def _notices() -> Mapping[str, Sequence[tuple[str, ...]]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    for run in map(_run, revision_words().notices):
        found.setdefault(run[0], []).append(run)
    return found


def _run(words: str) -> tuple[str, ...]:
    return tuple(key(w) for w in words.split())
