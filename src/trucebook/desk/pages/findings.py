"""What the reports agree on, what they dispute, what one tells, and what only looks like a dispute."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from litestar import Response, get
from litestar.params import FromPath, FromQuery

from trucebook.desk.context import excerpt
from trucebook.desk.desk import TheDesk
from trucebook.desk.page_views import FindingsView
from trucebook.desk.views import FindingView
from trucebook.desk.web import ERRORS, Asked, PageNumber, ReportNumber, html, known, sliced

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trucebook.desk.book import OpenBook
    from trucebook.desk.context import Excerpt
    from trucebook.desk.desk import Desk
    from trucebook.desk.views import Spot
    from trucebook.desk.web import Slice

Standing = FromQuery[Literal["", "corroborated", "disputed", "single", "lookalike"]]
Kind = FromQuery[
    Literal["", "value", "polarity", "time", "place", "actor", "speaker", "condition", "status", "wording"]
]
# Of one side of a finding, more wordings than anybody compares are only counted.
_WORDINGS = 40


def chosen(book: OpenBook, standing: str = "", kind: str = "", report: int | None = None) -> Sequence[FindingView]:
    """Return the findings that a filter lets through, in the book's order: disputes first, then what is agreed.

    Args:
        book: the book.
        standing: only those of this standing; empty for all.
        kind: only those where this differs; empty for all.
        report: only those that the report with this number tells.
    """
    if report is not None:
        found: Sequence[FindingView] = book.in_report.get(report, ())
        found = [f for f in found if not standing or f.standing == standing]
    elif standing:
        found = book.by_standing.get(standing, ())
    else:
        found = book.every
    return [f for f in found if f.kind == kind] if kind else found


@get("/findings", name="findings")
async def findings(
    request: Asked,
    desk: TheDesk,
    standing: Standing = "",
    kind: Kind = "",
    report: ReportNumber = None,
    page: PageNumber = 1,
) -> Response[str]:
    """Show the findings."""
    book = desk.book
    of = sliced(chosen(book, standing, kind, report), page, desk.settings.page)
    asked = {"standing": standing, "kind": kind, "report": report}
    return html(request, "findings.html.j2", title="Findings", book=book, of=of, asked=asked)


@get("/findings", summary="Findings", raises=ERRORS)
async def findings_twin(
    desk: TheDesk,
    standing: Standing = "",
    kind: Kind = "",
    report: ReportNumber = None,
    page: PageNumber = 1,
) -> FindingsView:
    """Findings, with their sides and exact words."""
    of: Slice[FindingView] = sliced(chosen(desk.book, standing, kind, report), page, desk.settings.page)
    return of.view(FindingsView)


@get("/findings/{ident:str}", name="finding", sync_to_thread=True)
def finding(request: Asked, desk: TheDesk, ident: FromPath[str]) -> Response[str]:
    """Show a finding, its sides beside each other."""
    book = desk.book
    it = known(book.findings.get(ident), "finding", ident)
    seen = _excerpts(desk, book, it)
    return html(request, "finding.html.j2", title="Finding", book=book, it=it, seen=seen, most=_WORDINGS)


@get("/findings/{ident:str}", summary="A finding", raises=ERRORS)
async def finding_twin(desk: TheDesk, ident: FromPath[str]) -> FindingView:
    """A finding, with its sides and exact words."""
    return known(desk.book.findings.get(ident), "finding", ident)


def _excerpts(desk: Desk, book: OpenBook, it: FindingView) -> dict[Spot, Excerpt]:
    """The first place of each wording that is shown, in its text."""
    spots = [w.spots[0] for w in (*(w for s in it.sides for w in s.wordings[:_WORDINGS]), *it.conditions) if w.spots]
    texts = desk.shelf.texts(book.reports[spot.report].text for spot in spots)
    return {spot: excerpt(texts[book.reports[spot.report].text], spot.span) for spot in spots}


PAGES = (findings, finding)
TWINS = (findings_twin, finding_twin)
