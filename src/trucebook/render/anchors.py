"""A report’s text cut at the bounds of evidence, so that a link opens it at exact words, however evidence overlaps."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from trucebook.reading.prose import paragraphs
from trucebook.render.shown import block

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from trucebook.dossier.model import Evidence
    from trucebook.report import Furniture, Report
    from trucebook.span import Span

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
    """

    text: str
    starts: tuple[str, ...] = ()
    inside: tuple[str, ...] = ()
    backs: tuple[str, ...] = ()
    furniture: str | None = None
    quiet: bool = False
    label: bool = False


@dataclass(frozen=True, kw_only=True)
class Block:
    """A paragraph as pieces.

    Attributes:
        heading: whether it is a heading.
        pieces: its text, without gap.
    """

    heading: bool
    pieces: tuple[Piece, ...]


def names(reports: Iterable[str]) -> dict[str, str]:
    """Return, by report id, a name that can stand in an anchor: the id itself where every id can."""
    ids = list(reports)
    plain = all(map(_PLAIN_ID.fullmatch, ids))
    return {name: name if plain else f"r{number}" for number, name in enumerate(ids, 1)}


def anchor(name: str, span: Span) -> str:
    """Return the anchor of a span of the report with this name, e.g. `000-1597-1614`."""
    return f"{name}-{span.start}-{span.end}"


def blocks(
    report: Report, name: str, lines: Mapping[Evidence, Sequence[str]], quiet: Collection[str] = ()
) -> tuple[Block, ...]:
    """Return the text of `report` as paragraphs, cut at the bounds of evidence and furniture.

    Args:
        report: the report.
        name: its name in anchors.
        lines: the lines of the brief that each piece of evidence carries; evidence of other reports is left out.
        quiet: the lines whose evidence shall not stand out.
    """
    own = {e.span: tuple(names) for e, names in sorted(lines.items()) if e.report == report.id}
    found = paragraphs(report.text)
    cuts = [0, *(p.span.start for p in found[1:]), report.length]
    kinds = [p.kind == "heading" for p in found] or [False]
    bounds = sorted({*cuts, *(at for span in own for at in span), *_edges(report)})
    pieces = [
        (start, _piece(report, name, own, (start, end), quiet)) for start, end in pairwise([*bounds, report.length])
    ]
    return tuple(
        Block(heading=heading, pieces=tuple(_of(pieces, start, end, last=end == report.length)))
        for heading, (start, end) in zip(kinds, pairwise(cuts), strict=True)
    )


def _edges(report: Report) -> Iterator[int]:
    return (at for item in report.furniture for at in item.span)


def _of(pieces: Iterable[tuple[int, Piece]], start: int, end: int, *, last: bool) -> Iterator[Piece]:
    # The last piece is the empty one at the end of the text, where evidence without words may stand.
    return (piece for at, piece in pieces if start <= at < end or (last and at == end))


def _piece(
    report: Report, name: str, own: Mapping[Span, tuple[str, ...]], bounds: tuple[int, int], quiet: Collection[str]
) -> Piece:
    start, end = bounds
    inside = [s for s in own if s.start <= start and end <= s.end and start < end]
    furniture = _furniture(report.furniture, start)
    return Piece(
        text=block(report.text[start:end]),
        starts=tuple(anchor(name, s) for s in own if s.start == start),
        inside=tuple(anchor(name, s) for s in inside),
        backs=tuple(dict.fromkeys(line for s, lines in own.items() if s.end == end and start < end for line in lines)),
        furniture=furniture.kind.replace("-", " ") if furniture else None,
        quiet=all(line in quiet for s in inside for line in own[s]),
        label=furniture is not None and furniture.span.start == start,
    )


def _furniture(furniture: Iterable[Furniture], at: int) -> Furniture | None:
    return next((item for item in furniture if item.span.start <= at < item.span.end), None)
