"""The reports, and each with what was made of its words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from litestar import Response, get
from litestar.params import FromPath

from trucebook.desk.desk import TheDesk
from trucebook.desk.pages.findings import PageNumber
from trucebook.desk.views import ReportsView, ReportView
from trucebook.desk.web import Asked, html, number, sliced, unknown

if TYPE_CHECKING:
    from trucebook.desk.book import OpenBook


@get("/reports", name="reports")
async def reports(request: Asked, desk: TheDesk, page: PageNumber = 1) -> Response[str]:
    """Show the reports."""
    book = desk.book
    of = sliced(book.book.reports, page, desk.settings.page)
    return html(request, "reports.html.j2", title="Reports", book=book, of=of)


@get("/reports", summary="Reports")
async def reports_twin(desk: TheDesk, page: PageNumber = 1) -> ReportsView:
    """Reports, without their texts."""
    of = sliced(desk.book.book.reports, page, desk.settings.page)
    return ReportsView(items=tuple(of.items), page=of.page, pages=of.pages, total=of.total)


@get("/reports/{ident:str}", name="report")
async def report(request: Asked, desk: TheDesk, ident: FromPath[str]) -> Response[str]:
    """Show a report."""
    book = desk.book
    return html(request, "report.html.j2", title="Report", book=book, it=_found(book, ident))


@get("/reports/{ident:str}", summary="A report")
async def report_twin(desk: TheDesk, ident: FromPath[str]) -> ReportView:
    """A report."""
    return _found(desk.book, ident)


def _found(book: OpenBook, ident: str) -> ReportView:
    found = book.reports.get(number(ident, "report"))
    if found is None:
        raise unknown("report", ident)
    return found


PAGES = (reports, report)
TWINS = (reports_twin, report_twin)
