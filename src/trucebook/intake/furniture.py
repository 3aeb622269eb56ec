"""What of a report's text is not its prose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trucebook.intake.bylines import bylines, captions, datelines
from trucebook.intake.footnotes import footnote_marks
from trucebook.intake.lines import lines
from trucebook.intake.notices import notices
from trucebook.intake.plain import markup
from trucebook.intake.related import related_headlines
from trucebook.report import Furniture

if TYPE_CHECKING:
    from collections.abc import Iterable


def find_furniture(text: str, *, markdown: bool = False) -> tuple[Furniture, ...]:
    """Return what of a text is not its prose, in order and without overlap.

    Marked are headlines of other stories between the paragraphs, footnote marks, bylines and credits, captions,
    datelines, buttons and notices. Where it is open whether words are prose, they are: what is marked is not read.

    Args:
        text: the text of one report, as decoded.
        markdown: whether its markup is to be marked as well.
    """
    rows = lines(text)
    marks = (Furniture(span=s, kind="footnote-mark") for s in footnote_marks(text))
    found = [*related_headlines(rows), *bylines(rows), *captions(rows), *datelines(rows), *notices(rows), *marks]
    return _apart([*found, *markup(text)] if markdown else found)


def _apart(found: Iterable[Furniture]) -> tuple[Furniture, ...]:
    """Drop what lies inside other furniture: of two that begin together the longer stays, else the earlier.

    Found spans nest and never cross, as they are lines, or lie inside one.
    """
    kept: list[Furniture] = []
    for item in sorted(found, key=lambda f: (f.span.start, -f.span.end)):
        if item.span.length and (not kept or item.span.start >= kept[-1].span.end):
            kept.append(item)
    return tuple(kept)
