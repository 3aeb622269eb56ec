"""A report's text as a page shows it: cut at evidence, with the layers of its reading, a long one in parts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

import msgspec

from trucebook.desk.marked_text import AT
from trucebook.desk.page_views import LineView
from trucebook.dossier.model import Actor, Dossier, Evidence
from trucebook.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from trucebook.desk.book import OpenBook
    from trucebook.desk.views import ActorView, ReportView
    from trucebook.reading.model import Reading
    from trucebook.render.anchors import Block
    from trucebook.render.layers import Note

PART = 40_000
"""Code points of a report that a page shows at once: more than all but documents have."""
_SPANNED = ("attributions", "mentions", "times", "quantities", "conditions", "clauses", "sentences")


@dataclass(frozen=True, kw_only=True)
class Window:
    """A part of a report.

    Attributes:
        span: which part of the text.
        part: its number, from 1.
        parts: how many there are.
        text: its words.
        notes: what was made of them, in places of the whole text.
        lines: the lines of the book that rest on them, in places of the whole text.
        blocks: its paragraphs, cut at evidence, sentences and notes.
        lit: the words that are lit, in places of the part.
    """

    span: Span
    part: int
    parts: int
    text: str
    notes: tuple[Note, ...]
    lines: tuple[LineView, ...]
    blocks: tuple[Block, ...]
    lit: Span | None


def bounds(reading: Reading) -> tuple[Span, ...]:
    """Return the parts of a report: whole sentences, of about `PART` code points each."""
    length = reading.report.length
    cuts = [0]
    for sentence in reading.sentences:
        if sentence.span.start - cuts[-1] >= PART:
            cuts.append(sentence.span.start)
    # What has no sentences, or ends in what is none, is cut where it must be.
    every = [0]
    for cut in [*cuts[1:], length]:
        while cut - every[-1] > 2 * PART:
            every.append(every[-1] + PART)
        every.append(cut)
    return tuple(Span(a, b) for a, b in pairwise(every) if b > a) or (Span(0, length),)


def window(book: OpenBook, it: ReportView, reading: Reading, part: int, at: Span | None) -> Window | None:
    """Return a part of a report, ready to be laid out.

    Args:
        book: the book.
        it: the report.
        reading: of the report.
        part: number of the part, from 1; 0 for the one that holds `at`, or the first.
        at: words to be lit.

    Returns:
        The part, or None where there is none of this number.
    """
    parts = bounds(reading)
    from trucebook.render.layers import notes  # noqa: PLC0415  it takes a desk a third of a second longer to start

    if part == 0:
        part = next((n for n, s in enumerate(parts, 1) if at is not None and s.start <= at.start < s.end), 1)
    if part > len(parts):
        return None
    span = parts[part - 1]
    here = _within(reading, span)
    found = notes(here, _known(book.named_in.get(it.number, ())))
    lines = tuple(line for line in lines_in(book, it.number) if line.span.touches(span))
    marked = [(line.span, f"{line.kind}:{line.id}") for line in lines] + ([(at, AT)] if at else [])
    return Window(
        span=span,
        part=part,
        parts=len(parts),
        text=span.of(reading.report.text),
        notes=found,
        lines=lines,
        blocks=_blocks(here, span, found, marked, _quiet(book, lines)),
        lit=_moved(at, span) if at is not None else None,
    )


def lines_in(book: OpenBook, number: int) -> tuple[LineView, ...]:
    """Return the lines of the book that rest on words of a report, each with every place.

    Args:
        book: the book.
        number: of the report.
    """
    found = [
        LineView(kind="finding", id=f.id, span=spot.span)
        for f in book.in_report.get(number, ())
        for spot in dict.fromkeys(
            s for w in (*(w for side in f.sides for w in side.wordings), *f.conditions) for s in w.spots
        )
        if spot.report == number
    ]
    found += [
        LineView(kind="quote", id=q.id, span=v.spot.span)
        for q in book.quoted_in.get(number, ())
        for v in q.versions
        if v.spot.report == number
    ]
    for card in book.carded_in.get(number, ()):
        kind: Literal["proposal", "commitment"] = "proposal" if card.kind == "proposal" else "commitment"
        found += [LineView(kind=kind, id=card.id, span=s.span) for s in card.spots if s.report == number]
    return tuple(dict.fromkeys(found))


def _quiet(book: OpenBook, lines: Iterable[LineView]) -> set[str]:
    """Most of a text is told by one report alone: what several tell, or dispute, stands out."""
    alone = (line for line in lines if line.kind == "finding" and book.findings[line.id].standing == "single")
    return {f"finding:{line.id}" for line in alone} | {f"quote:{line.id}" for line in lines if line.kind == "quote"}


def _known(actors: Sequence[ActorView]) -> Dossier:
    """The dossier that notes ask for: the actors of this report alone, by all their names."""
    known = (Actor(name=a.name, type=a.type, aliases=a.aliases, mentions=a.mentions) for a in actors)
    return Dossier(as_of=None, readings=(), actors=tuple(known))


def _within(reading: Reading, span: Span) -> Reading:
    if span == Span(0, reading.report.length):
        return reading
    kept = {name: tuple(x for x in getattr(reading, name) if _touches(x, span)) for name in _SPANNED}
    return msgspec.structs.replace(reading, **kept)


def _touches(thing: object, span: Span) -> bool:
    if isinstance(thing, Span):
        return thing.touches(span)
    own = getattr(thing, "span", None)
    if isinstance(own, Span):
        return own.touches(span)
    return any(s.touches(span) for s in getattr(thing, "content", ()))


def _blocks(
    reading: Reading, span: Span, found: Sequence[Note], marked: Iterable[tuple[Span, str]], quiet: set[str]
) -> tuple[Block, ...]:
    """The paragraphs of the part, as those of a report that has no more than it."""
    from trucebook.render.anchors import Marks, blocks  # noqa: PLC0415  as above

    told = reading.report
    furniture = tuple(
        msgspec.structs.replace(f, span=moved) for f in told.furniture if (moved := _moved(f.span, span)) is not None
    )
    part = msgspec.structs.replace(told, text=span.of(told.text), furniture=furniture)
    lines: dict[Evidence, list[str]] = {}
    for place, name in marked:
        if (moved := _moved(place, span)) is not None:
            lines.setdefault(Evidence(report=told.id, span=moved), []).append(name)
    marks = Marks(
        lines=lines,
        quiet=quiet,
        sentences=[moved for s in reading.sentences if (moved := _moved(s.span, span)) is not None],
        notes=_notes_in(found, span, told.length),
    )
    return blocks(part, "w", marks)


def _notes_in(found: Sequence[Note], span: Span, length: int) -> Sequence[Note]:
    """Notes with their places in a part of a text; nearly every text is of one part, and all are where they were."""
    if span == Span(0, length):
        return found
    return [replace(n, spans=_all_moved(n.spans, span), by=_all_moved(n.by, span)) for n in found]


def _moved(place: Span, span: Span) -> Span | None:
    """A place of the whole text in the part; None where nothing of it is there."""
    start, end = max(place.start, span.start), min(place.end, span.end)
    return Span(start - span.start, end - span.start) if start < end else None


def _all_moved(places: Iterable[Span], span: Span) -> tuple[Span, ...]:
    return tuple(moved for place in places if (moved := _moved(place, span)) is not None)
