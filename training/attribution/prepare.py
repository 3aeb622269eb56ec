"""The corpus, as the tagger learns it: words of paragraphs, a tag for each word, and links between them.

PolNeAR is brat stand-off: `text/<id>.txt` and `attributions/<id>_<annotator>.ann`. Where several annotators read one
report, the first in the order of their names counts.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from trucebook.reading.prose import paragraphs
from trucebook.reading.windows import Window, Words, windows, words_of
from trucebook.span import Span

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from tokenizers import Tokenizer

ROLES = ("content", "source", "cue")
TAGS = ("O", "B-content", "I-content", "B-source", "I-source", "B-cue", "I-cue")
# Which word each link starts from, and to which it leads: content to source, content to cue, cue to source.
LINKS = (("content", "source"), ("content", "cue"), ("cue", "source"))
# No loss is taken here: pieces inside words, and padding.
IGNORED = -100

_SPAN_LINE = re.compile(r"^(T\d+)\t\w+ ([\d ;]+)\t")


@dataclass(frozen=True)
class Event:
    """One attribution of the corpus: the spans of each role."""

    content: tuple[Span, ...]
    source: tuple[Span, ...]
    cue: tuple[Span, ...]

    def role(self, name: str) -> tuple[Span, ...]:
        """Return the spans of a role."""
        spans: tuple[Span, ...] = getattr(self, name)
        return spans


@dataclass(frozen=True)
class Document:
    """A report of the corpus: its words by paragraph, and its attributions."""

    name: str
    paragraphs: tuple[Words, ...]
    events: tuple[Event, ...]


@dataclass(frozen=True)
class Example:
    """A window with what is to be learnt: a tag a piece, and three links a piece (0, the window's start, for none)."""

    ids: list[int]
    sorts: list[int]
    tags: list[int]
    links: list[list[int]]


def read_events(path: Path) -> tuple[Event, ...]:
    """Return the attributions of a brat file that have a content."""
    spans: dict[str, list[Span]] = {}
    events: list[Event] = []
    lines = path.read_text(encoding="utf-8").split("\n")
    for line in lines:
        if match := _SPAN_LINE.match(line):
            spans[match[1]] = [Span(*map(int, part.split())) for part in match[2].split(";")]
    for line in lines:
        if not line.startswith("E"):
            continue
        roles: dict[str, list[Span]] = defaultdict(list)
        for argument in line.split("\t")[1].split():
            role, name = argument.split(":", 1)
            roles[role.rstrip("0123456789").lower()] += spans.get(name, [])
        if roles["content"]:
            events.append(Event(*(tuple(sorted(set(roles[r]))) for r in ROLES)))
    return tuple(events)


def read_corpus(folder: Path, tokenizer: Tokenizer, most: int | None = None) -> list[Document]:
    """Return the reports of one part of the corpus, in the order of their names; at most so many."""
    documents = []
    first: dict[str, Path] = {}
    for path in sorted((folder / "attributions").glob("*.ann")):
        first.setdefault(path.stem.rsplit("_", 1)[0], path)
    for path in sorted((folder / "text").glob("*.txt"))[:most]:
        with path.open(encoding="utf-8", newline="") as file:
            text = file.read()
        words = tuple(words_of(tokenizer, text, p.span) for p in paragraphs(text))
        documents.append(Document(path.stem, words, read_events(first[path.stem])))
    return documents


def examples(documents: Sequence[Document], ends: tuple[int, int], chance: random.Random | None) -> Iterator[Example]:
    """Cut the reports into windows with their tags and links; `chance` moves the first seam of every report."""
    for document in documents:
        first = chance.randint(64, 256) if chance else 256
        for window in windows(document.paragraphs, ends, first):
            yield label(window, document.events)


def label(window: Window, events: Sequence[Event]) -> Example:
    """Return a window with the tags and links of the attributions that reach into it."""
    low, high = window.spans[0].start, window.spans[-1].end
    owners: dict[str, list[int | None]] = {role: [None] * len(window.spans) for role in ROLES}
    tags = [0] * len(window.spans)
    inside = [
        (n, e) for n, e in enumerate(events) if any(s.start < high and low < s.end for r in ROLES for s in e.role(r))
    ]
    for r, role in enumerate(ROLES):
        for n, event in inside:
            for span in event.role(role):
                touched = [i for i, s in enumerate(window.spans) if s.touches(span)]
                for k, i in enumerate(touched):
                    owners[role][i] = n
                    tags[i] = 2 * r + 1 + (k > 0)
    return _example(window, tags, owners)


def _example(window: Window, tags: Sequence[int], owners: dict[str, list[int | None]]) -> Example:
    size = len(window.ids)
    starts: dict[tuple[str, int], int] = {}
    for role in ROLES:
        for i, owner in enumerate(owners[role]):
            # The word must bear the tag still: a cue painted over a source takes its words.
            if owner is not None and (tags[i] + 1) // 2 - 1 == ROLES.index(role):
                starts.setdefault((role, owner), window.firsts[i])
    tag_row, links = [IGNORED] * size, [[IGNORED] * size for _ in LINKS]
    for i, at in enumerate(window.firsts):
        tag_row[at] = tags[i]
        for row, (origin, goal) in zip(links, LINKS, strict=True):
            owner = owners[origin][i]
            if owner is not None and (tags[i] + 1) // 2 - 1 == ROLES.index(origin):
                row[at] = starts.get((goal, owner), 0)
    return Example(list(window.ids), list(window.sorts), tag_row, links)
