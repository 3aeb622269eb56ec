"""Read the sets of wordings: invented statements, grouped by what they tell.

A file of `wordings/` holds sets, parted by empty lines; a line that begins with `#` is a heading. In a set the lines
that begin with `= ` tell one fact, each as another newspaper would; one that begins with `!kind ` tells of the same
thing and not the same of it, so that it contradicts all of those; one that begins with `- ` tells another fact of the
same event. What two lines of the last two sorts are to each other is not said.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = Path(__file__).parent / "wordings"
# In what a statement may contradict another.
KINDS = frozenset({"value", "polarity", "time", "place", "actor", "condition", "status", "cause", "other"})
# Every so many-th set of a file is kept from the encoder and the network, to measure what they have learnt.
KEPT_BACK = 8
_LINE = re.compile(r"(?:(=|-)|!([a-z]+)) (\S.*)")


class Wordings(NamedTuple):
    """A set.

    Attributes:
        name: of its file, with its number there.
        same: the wordings of one fact.
        against: what contradicts them: kind, words.
        beside: other facts of the event.
        kept_back: whether nothing is trained on it.
    """

    name: str
    same: tuple[str, ...]
    against: tuple[tuple[str, str], ...]
    beside: tuple[str, ...]
    kept_back: bool


def wordings() -> Iterator[Wordings]:
    """Yield the sets.

    Raises:
        ValueError: a line is none of the three sorts.
    """
    for path in sorted(FOLDER.glob("*.txt")):
        blocks = re.split(r"\n\s*\n", path.read_text(encoding="utf-8").strip())
        for number, block in enumerate(blocks):
            yield _set(f"{path.stem}-{number}", block, kept_back=number % KEPT_BACK == KEPT_BACK - 1)


def _set(name: str, block: str, *, kept_back: bool) -> Wordings:
    same, against, beside = [], [], []
    for line in block.splitlines():
        if line.startswith("#"):
            continue
        found = _LINE.fullmatch(line.rstrip())
        if found is None or (found[2] and found[2] not in KINDS):
            raise ValueError(f"{name}: cannot tell what this line is: {line!r}; begin it with '= ', '!kind ' or '- '")
        if found[2]:
            against.append((found[2], found[3]))
        else:
            (same if found[1] == "=" else beside).append(found[3])
    return Wordings(name, tuple(same), tuple(against), tuple(beside), kept_back)


def pairs(of: Wordings) -> Iterator[tuple[str, str, str]]:
    """Yield the pairs of a set of which is said what they are: words, words, `same`, `differs` or `apart`."""
    for i, a in enumerate(of.same):
        yield from ((a, b, "same") for b in of.same[i + 1 :])
        yield from ((a, b, "differs") for _, b in of.against)
    for a in (*of.same, *(words for _, words in of.against)):
        yield from ((a, b, "apart") for b in of.beside)
