"""Versions of a quotation beside each other, word by word: where all have the same words, and where they part."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from trucebook.desk.views import QuoteView, VersionView
    from trucebook.dossier.model import Change


@dataclass(frozen=True, kw_only=True)
class Column:
    """One wording.

    Attributes:
        versions: those that have it.
    """

    versions: tuple[VersionView, ...]


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """Words at one place of the utterance.

    Attributes:
        same: whether all wordings have the same, but for capitals, marks and spelling.
        words: of each wording, in the order of the columns; empty where it leaves them out.
    """

    same: bool
    words: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Apparatus:
    """A quotation in all its wordings.

    Attributes:
        columns: the wordings, the longest first.
        stretches: the utterance from its first word to its last.
    """

    columns: tuple[Column, ...]
    stretches: tuple[Stretch, ...]


def apparatus(quote: QuoteView) -> Apparatus:
    """Return a quotation in all its wordings, aligned.

    Args:
        quote: with its versions, the longest first.
    """
    groups: dict[tuple[Change, ...], list[VersionView]] = {}
    for version in quote.versions:
        changes = version.changes if any(c.op != "same" for c in version.changes) else ()
        groups.setdefault(changes, []).append(version)
    # The words as the changes cut them, where there is one that has all; else as the version shows them.
    longest = next((_longest(c) for c in groups if c), quote.versions[0].text.split())
    columns = tuple(Column(versions=tuple(versions)) for versions in groups.values())
    return Apparatus(columns=columns, stretches=tuple(_stretches(list(groups), longest)))


def _longest(changes: Iterable[Change]) -> list[str]:
    return [word for change in changes for word in change.longest.split()]


def _placed(changes: Iterable[Change]) -> Iterator[tuple[int, int, Change]]:
    """Each change with the words of the longest version that it covers."""
    at = 0
    for change in changes:
        end = at + len(change.longest.split())
        yield at, end, change
        at = end


def _stretches(groups: Sequence[Sequence[Change]], longest: Sequence[str]) -> Iterator[Stretch]:
    """Yield the stretches where some wording differs from the longest, and those between."""
    at = 0
    for start, end in _differing(groups):
        if start > at:
            yield _stretch(groups, longest, (at, start), same=True)
        yield _stretch(groups, longest, (start, end), same=False)
        at = end
    if at < len(longest):
        yield _stretch(groups, longest, (at, len(longest)), same=True)


def _differing(groups: Sequence[Sequence[Change]]) -> list[tuple[int, int]]:
    """Where some wording differs; what overlaps or touches is one stretch, and an addition one without a length."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted((a, b) for group in groups for a, b, c in _placed(group) if c.op != "same"):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def _stretch(
    groups: Sequence[Sequence[Change]], longest: Sequence[str], place: tuple[int, int], *, same: bool
) -> Stretch:
    start, end = place
    words = tuple(
        _words(group, start, end, parted=not same) if group else " ".join(longest[start:end]) for group in groups
    )
    return Stretch(same=same, words=words)


def _words(group: Sequence[Change], start: int, end: int, *, parted: bool) -> str:
    """What a wording has between two words of the longest; its changes lie there whole or not at all."""
    found: list[str] = []
    for first, last, change in _placed(group):
        if change.op == "same":
            said, meant = change.here.split(), change.longest.split()
            # Where one is spelt in more words than the other, it cannot be told which belongs to which.
            words = said if len(said) == len(meant) else meant
            found += words[max(0, start - first) : max(0, end - first)]
        elif parted and start <= first and last <= end:
            found += change.here.split()
    return " ".join(found)
