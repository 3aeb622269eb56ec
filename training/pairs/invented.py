"""Read the invented events: short reports of one event each, in which every fact carries a number.

A file of `invented/` holds reports under headings (`== name`). In `{7 some words}` the words tell fact 7 of the event;
`{7a ...}` and `{7b ...}` tell of one thing and not the same of it. What carries no number is told by one report alone.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from trucebook.report import Report
from trucebook.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from trucebook.dossier.features import Statement

FOLDER = Path(__file__).parent / "invented"
# Every fourth event, which neither the encoder nor the network is trained on: what they are worth is learnt on these.
KEPT_BACK = frozenset({
    "airline", "bank", "bribe", "climate", "corridor", "dam", "drone", "envoy", "fast", "flood", "gas",
    "hostages", "kidnap", "mediator", "miners", "opera", "pipeline", "quake", "referendum", "river", "seizure",
    "storm", "tariff", "truce", "wedding", "wolf",
})  # fmt: skip
# A statement tells a fact where their places nest and the shorter has this share of the longer; it touches one where
# they share this much of the shorter.
NESTED, TELLS, TOUCHES = 0.9, 0.4, 0.3
_HEADING = re.compile(r"^== (\S+)\n", re.MULTILINE)
_MARK = re.compile(r"\{(\d+)([a-z]?) |\}")


class Mark(NamedTuple):
    """Words that tell a numbered fact.

    Attributes:
        span: where.
        fact: its number.
        version: a letter where versions contradict each other, else "".
    """

    span: Span
    fact: int
    version: str


class Event(NamedTuple):
    """An invented event.

    Attributes:
        name: of its file.
        reports: without the marks.
        marks: of each report, by its id.
    """

    name: str
    reports: tuple[Report, ...]
    marks: dict[str, tuple[Mark, ...]]


def events() -> Iterator[Event]:
    """Yield the invented events."""
    for path in sorted(FOLDER.glob("*.txt")):
        parts = _HEADING.split(path.read_text(encoding="utf-8"))[1:]
        reports, marks = [], {}
        for name, body in zip(parts[::2], parts[1::2], strict=True):
            text, found = _unmarked(body.strip() + "\n")
            ident = f"{path.stem}-{name}"
            digest = hashlib.sha256(text.encode()).hexdigest()
            reports.append(Report(id=ident, path=str(path), sha256=digest, text=text))
            marks[ident] = tuple(found)
        yield Event(path.stem, tuple(reports), marks)


def _unmarked(body: str) -> tuple[str, list[Mark]]:
    text, open_at, marks, last = "", [], [], 0
    for found in _MARK.finditer(body):
        text += body[last : found.start()]
        last = found.end()
        if found[1]:
            open_at.append((len(text), int(found[1]), found[2]))
        else:
            start, fact, version = open_at.pop()
            marks.append(Mark(Span(start, len(text)), fact, version))
    return text + body[last:], marks


def verdict(event: Event, a: Statement, b: Statement) -> str:
    """Return what two statements are to each other: `same`, `differs`, `apart` or `unsure`."""
    one, other = (_told(event.marks[s.report], s.clause.span) for s in (a, b))
    if one and other and one.fact == other.fact:
        return "same" if one.version == other.version else "differs"
    near = [{m.fact for m in event.marks[s.report] if _touches(m.span, s.clause.span)} for s in (a, b)]
    return "unsure" if near[0] & near[1] else "apart"


def _told(marks: Sequence[Mark], span: Span) -> Mark | None:
    """The fact that a statement tells: their places are one, or the one holds the other and little more."""
    sure = [(_common(m.span, span) / max(m.span.length, span.length), m) for m in marks if _nests(m.span, span)]
    best, mark = max(sure, default=(0.0, None), key=lambda x: x[0])
    return mark if best >= TELLS else None


def _nests(a: Span, b: Span) -> bool:
    return _common(a, b) >= NESTED * min(a.length, b.length)


def _touches(a: Span, b: Span) -> bool:
    return _common(a, b) >= TOUCHES * min(a.length, b.length)


def _common(a: Span, b: Span) -> int:
    return max(0, min(a.end, b.end) - max(a.start, b.start))
