"""The reports, and each with what was made of its words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any

from litestar import Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery, QueryParameter

from trucebook.desk.desk import TheDesk
from trucebook.desk.marked_text import marked_text
from trucebook.desk.page_views import NoteView, ReportsView, ReportTextView
from trucebook.desk.revised import versions_of
from trucebook.desk.revision_views import VersionsView
from trucebook.desk.web import ERRORS, FURTHEST, Asked, PageNumber, html, number, sliced, unknown
from trucebook.desk.window import window
from trucebook.render.shown import line
from trucebook.span import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trucebook.desk.book import OpenBook
    from trucebook.desk.desk import Desk
    from trucebook.desk.views import ReportView
    from trucebook.desk.window import Window

Part = Annotated[int, QueryParameter(ge=0, le=FURTHEST, description="Part of a long report; 0: the one with `at`.")]
Place = Annotated[str, QueryParameter(max_length=40, description="Words to be lit, like 120-134.")]
_PLACE = re.compile(r"(\d{1,9})-(\d{1,9})")
# Sentences of one comparison that a page shows; the twin has all.
_PASSAGES = 200
_PARTS = {
    "reworded": "reworded",
    "added": "added",
    "removed": "taken out",
    "moved": "moved, in the same words",
    "marks": "the same but for punctuation, capitals or spelling",
}
_SORTS = {"": "as they were added", "latest": "the latest first", "earliest": "the earliest first"}


def chosen(book: OpenBook, outlet: str = "", q: str = "", sort: str = "") -> Sequence[ReportView]:
    """Return the reports that a filter lets through.

    Args:
        book: the book.
        outlet: only those of this outlet; empty for all.
        q: only those whose title, name or outlet holds this.
        sort: `latest` or `earliest` published first; else as they were added.
    """
    wanted, published_by = line(q).casefold(), line(outlet)
    found: Sequence[ReportView] = book.by_outlet.get(published_by, ()) if outlet else book.book.reports
    if wanted:
        found = [r for told, r in book.headed if wanted in told and (not outlet or r.outlet == published_by)]
    if sort in {"latest", "earliest"}:
        dated = [r for r in found if r.published is not None]
        undated = [r for r in found if r.published is None]
        found = [*sorted(dated, key=lambda r: str(r.published), reverse=sort == "latest"), *undated]
    return found


@get("/reports", name="reports")
async def reports(
    request: Asked,
    desk: TheDesk,
    outlet: FromQuery[str] = "",
    q: FromQuery[str] = "",
    sort: FromQuery[str] = "",
    page: PageNumber = 1,
) -> Response[str]:
    """Show the reports."""
    book = desk.book
    of = sliced(chosen(book, outlet, q, sort), page, desk.settings.page)
    asked = {"outlet": outlet, "q": q, "sort": sort}
    return html(request, "reports.html.j2", title="Reports", book=book, of=of, asked=asked, sorts=_SORTS)


@get("/reports", summary="Reports", raises=ERRORS)
async def reports_twin(
    desk: TheDesk,
    outlet: FromQuery[str] = "",
    q: FromQuery[str] = "",
    sort: FromQuery[str] = "",
    page: PageNumber = 1,
) -> ReportsView:
    """Reports, without their texts."""
    of = sliced(chosen(desk.book, outlet, q, sort), page, desk.settings.page)
    return of.view(ReportsView)


@get("/reports/{ident:str}", name="report", sync_to_thread=True)
def report(request: Asked, desk: TheDesk, ident: FromPath[str], at: Place = "", part: Part = 0) -> Response[str]:
    """Show a report with what was made of its words."""
    book = desk.book
    it = _found(book, ident)
    of = _window(desk, book, it, at, part)
    from trucebook.render.layers import CODES, LAYERS  # noqa: PLC0415  as in `window`

    lit = f"w-{of.lit.start}-{of.lit.end}" if of.lit else ""
    text = marked_text(of.blocks, book, CODES, lit)
    shown: dict[str, Any] = {"layers": LAYERS, "codes": CODES, "text": text}
    return html(request, "report.html.j2", title=it.title or it.name, book=book, it=it, of=of, **shown)


@get("/reports/{ident:str}", summary="A report", raises=ERRORS, sync_to_thread=True)
def report_twin(desk: TheDesk, ident: FromPath[str], at: Place = "", part: Part = 0) -> ReportTextView:
    """A report with its text, what was made of its words, and the lines of the book that rest on them."""
    book = desk.book
    it = _found(book, ident)
    of = _window(desk, book, it, at, part)
    made = tuple(NoteView(layer=n.layer, title=n.title, spans=n.spans, by=n.by, made=n.made) for n in of.notes)
    return ReportTextView(
        report=it, part=of.part, parts=of.parts, span=of.span, text=of.text, notes=made, lines=of.lines
    )


@get("/reports/{ident:str}/versions", name="versions", sync_to_thread=True)
def versions(request: Asked, desk: TheDesk, ident: FromPath[str]) -> Response[str]:
    """Show what the outlet of a report changed in it."""
    book = desk.book
    it = _found(book, ident)
    of = versions_of(desk.case, it)
    return html(request, "versions.html.j2", title="Versions", book=book, it=it, of=of, most=_PASSAGES, kinds_of=_PARTS)


@get("/reports/{ident:str}/versions", summary="The versions of a report", raises=ERRORS, sync_to_thread=True)
def versions_twin(desk: TheDesk, ident: FromPath[str]) -> VersionsView:
    """The versions of a report, each held against the one before it, with what its outlet changed."""
    return versions_of(desk.case, _found(desk.book, ident))


def _window(desk: Desk, book: OpenBook, it: ReportView, at: str, part: int) -> Window:
    reading = desk.shelf.reading(it.reading)
    if reading is None:
        raise unknown("reading of report", str(it.number))
    of = window(book, it, reading, part, _place(at, reading.report.length))
    if of is None:
        raise NotFoundException(f"part {part}: the report has fewer; see part 1")
    return of


def _place(at: str, length: int) -> Span | None:
    """The words that an address names; what names none lights none."""
    found = _PLACE.fullmatch(at)
    if found is None:
        return None
    span = Span(int(found[1]), min(int(found[2]), length))
    return span if span.start < span.end else None


def _found(book: OpenBook, ident: str) -> ReportView:
    found = book.reports.get(number(ident, "report"))
    if found is None:
        raise unknown("report", ident)
    return found


PAGES = (reports, report, versions)
TWINS = (reports_twin, report_twin, versions_twin)
