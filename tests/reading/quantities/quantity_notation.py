"""A line of text for each quantity, so that a table of cases can be read: `>=3 killed @Lisbon on 2025-03-10 said`."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from trucebook.reading.actors import find_actors
from trucebook.reading.attribution import find_attributions
from trucebook.reading.parse import parse
from trucebook.reading.quantities import find_quantities
from trucebook.reading.quotations import find_quotations
from trucebook.reading.times import find_times
from trucebook.report import Report

if TYPE_CHECKING:
    from trucebook.reading.model import Quantity

SIGNS = {
    "exact": "",
    "at_least": ">=",
    "more_than": ">",
    "at_most": "<=",
    "less_than": "<",
    "about": "~",
    "between": "",
}


def told(text: str, *, whose: bool = False) -> list[str]:
    """Every quantity of a text, published on Wednesday 12 March 2025, in this notation; `said` only where asked for."""
    return [note(q) + " said" * (whose and q.attribution is not None) for q in quantities(text)]


def quantities(text: str) -> tuple[Quantity, ...]:
    report = Report(id="x", path="x", sha256="0", text=text, published=datetime.date(2025, 3, 12))
    parsed = parse(report)
    marks, _ = find_quotations(parsed.prose, parsed.paragraphs)
    actors = find_actors(parsed)
    said = find_attributions(parsed, marks, actors)
    return find_quantities(parsed, find_times(parsed), said.attributions, actors.mentions)


def note(q: Quantity) -> str:
    ends = [f"{x:.10g}" for x in (q.low, q.high) if x is not None]
    parts = [SIGNS[q.bound] + "..".join(dict.fromkeys(ends)), str(q.of)]
    parts += [f"[{q.kind}]"] if q.kind != "count" else []
    if q.happened and (q.happened != q.of or q.status != "done"):
        parts.append(q.happened if q.status == "done" else f"{q.happened}:{q.status}")
    parts += [f"per {q.per}"] if q.per else []
    parts += [f"@{q.where.place}" + "<" * (q.where.found == "before")] if q.where else []
    parts += [f"on {q.when.value}" + "<" * (q.when.found == "before")] if q.when else []
    return " ".join(parts)
