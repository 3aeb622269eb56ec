"""A report’s text cut at the bounds of evidence, so that a link opens it at exact words, however evidence overlaps."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from trucebook.reading.prose import paragraphs
from trucebook.render.layers import marked
from trucebook.render.shown import block
from trucebook.span import Span, SpanIndex

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from trucebook.dossier.model import Evidence
    from trucebook.render.layers import Note
    from trucebook.report import Furniture, Report

_PLAIN_ID = re.compile(r"[A-Za-z0-9_.-]{1,40}")


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A stretch of text that begins, ends and lies in the same evidence throughout.

    Attributes:
        text: what is shown of it.
        starts: anchors of the evidence that begins here.
        inside: anchors of all evidence that covers it.
        backs: names of the lines of the brief whose evidence ends here.
        furniture: what it is, where it is not the report's prose.
        quiet: whether it is evidence of quiet lines alone.
        label: whether it is the first piece of that furniture.
        layers: the marks that readings put on it, see `layers.marked`.
        notes: the numbers, within its run, of the notes that it is part of.
    """

    text: str
    starts: tuple[str, ...] = ()
    inside: tuple[str, ...] = ()
    backs: tuple[str, ...] = ()
    furniture: str | None = None
    quiet: bool = False
    label: bool = False
    layers: tuple[str, ...] = ()
    notes: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Run:
    """The pieces of one sentence, or of what stands between two.

    Attributes:
        name: its anchor.
        pieces: its text, without gap.
        notes: what was made of its words; a piece knows them by their numbers, from 1.
    """

    name: str
    pieces: tuple[Piece, ...]
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Block:
    """A paragraph as pieces.

    Attributes:
        heading: whether it is a heading.
        runs: its sentences, and what stands between them, without gap.
    """

    heading: bool
    runs: tuple[Run, ...]

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """Its text, without gap."""
        return tuple(piece for run in self.runs for piece in run.pieces)


def names(reports: Iterable[str]) -> dict[str, str]:
    """Return, by report id, a name that can stand in an anchor: the id itself where every id can."""
    ids = list(reports)
    plain = all(map(_PLAIN_ID.fullmatch, ids))
    return {name: name if plain else f"r{number}" for number, name in enumerate(ids, 1)}


def anchor(name: str, span: Span) -> str:
    """Return the anchor of a span of the report with this name, e.g. `000-1597-1614`."""
    return f"{name}-{span.start}-{span.end}"


@dataclass(frozen=True, kw_only=True)
class Marks:
    """What a text is cut at.

    Attributes:
        lines: the lines of the brief that each piece of evidence carries; evidence of other reports is left out.
        quiet: the lines whose evidence shall not stand out.
        sentences: the sentences that notes are shown with, in order.
        notes: what was made of the words.
    """

    lines: Mapping[Evidence, Sequence[str]]
    quiet: Collection[str] = ()
    sentences: Sequence[Span] = ()
    notes: Sequence[Note] = ()


def blocks(report: Report, name: str, marks: Marks) -> tuple[Block, ...]:
    """Return the text of `report` as paragraphs, cut at the bounds of evidence, furniture, sentences and notes.

    Args:
        report: the report.
        name: its name in anchors.
        marks: what it is cut at.
    """
    found = paragraphs(report.text)
    cuts = [0, *(p.span.start for p in found[1:]), report.length]
    kinds = [p.kind == "heading" for p in found] or [False]
    cutter = _Cutter(report, name, marks)
    pieces = cutter.pieces(cuts)
    starts = [start for start, _ in pieces]
    ends = [bisect_right(starts, cut - 1) for cut in cuts]
    # The last piece is the empty one at the end of the text, where evidence without words may stand.
    ends[-1] = len(pieces)
    return tuple(
        Block(heading=heading, runs=tuple(cutter.runs(pieces[first:last])))
        for heading, (first, last) in zip(kinds, pairwise(ends), strict=True)
    )


class _Cutter:
    """Cuts one text; everything is found by an index, so that a long text costs in proportion to its length."""

    def __init__(self, report: Report, name: str, marks: Marks) -> None:
        self._report, self._name, self._marks = report, name, marks
        self._own = {e.span: tuple(names) for e, names in sorted(marks.lines.items()) if e.report == report.id}
        self._evidence = SpanIndex((span, span) for span in self._own)
        self._furniture = SpanIndex((item.span, item) for item in report.furniture)
        every = list(marked(marks.notes))
        self._layers = SpanIndex((span, (number, layer)) for span, number, layer in every)
        self._bounds = {at for span, _, _ in every for at in span} | {at for s in marks.sentences for at in s}
        self._sentences = [s.start for s in marks.sentences]
        self._at_start: dict[int, list[Span]] = {}
        self._at_end: dict[int, list[Span]] = {}
        for span in self._own:
            self._at_start.setdefault(span.start, []).append(span)
            self._at_end.setdefault(span.end, []).append(span)

    def pieces(self, cuts: Iterable[int]) -> list[tuple[int, Piece]]:
        """Return the pieces of the text, each with where it starts; the last one is empty."""
        evidence = (at for span in self._own for at in span)
        furniture = (at for item in self._report.furniture for at in item.span)
        bounds = sorted({*cuts, *evidence, *furniture, *self._bounds})
        return [(start, self._piece(start, end)) for start, end in pairwise([*bounds, self._report.length])]

    def runs(self, pieces: Iterable[tuple[int, Piece]]) -> Iterator[Run]:
        """Yield the runs of the pieces of one paragraph."""
        for sentence, group in groupby(pieces, key=lambda found: self._sentence(found[0])):
            members = list(group)
            numbers = sorted({n for _, piece in members for n in piece.notes}) if sentence is not None else []
            within = {number: at for at, number in enumerate(numbers, 1)}
            yield Run(
                name=f"note:{self._name}-{members[0][0]}",
                pieces=tuple(_renumbered(piece, within) for _, piece in members),
                notes=tuple(self._marks.notes[n] for n in numbers),
            )

    def _sentence(self, at: int) -> int | None:
        number = bisect_right(self._sentences, at) - 1
        return number if number >= 0 and at < self._marks.sentences[number].end else None

    def _piece(self, start: int, end: int) -> Piece:
        here = Span(start, end)
        inside = sorted(s for s in self._evidence.touching(here)) if start < end else []
        furniture = _first(self._furniture, start)
        layers = sorted(self._layers.touching(here)) if start < end else []
        ending = self._at_end.get(end, ()) if start < end else ()
        return Piece(
            text=block(self._report.text[start:end]),
            starts=tuple(anchor(self._name, s) for s in self._at_start.get(start, ())),
            inside=tuple(anchor(self._name, s) for s in inside),
            backs=tuple(dict.fromkeys(line for s in ending for line in self._own[s])),
            furniture=furniture.kind.replace("-", " ") if furniture else None,
            quiet=all(line in self._marks.quiet for s in inside for line in self._own[s]),
            label=furniture is not None and furniture.span.start == start,
            layers=tuple(sorted({layer for _, layer in layers})),
            notes=tuple(dict.fromkeys(number for number, _ in layers)),
        )


def _renumbered(piece: Piece, within: Mapping[int, int]) -> Piece:
    return replace(piece, notes=tuple(within[n] for n in piece.notes if n in within)) if piece.notes else piece


def _first(furniture: SpanIndex[Furniture], at: int) -> Furniture | None:
    return min(furniture.touching(Span(at, at + 1)), key=lambda item: item.span, default=None)
