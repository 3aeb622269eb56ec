"""Who said what, and each utterance with its versions aligned."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from litestar import Response, get
from litestar.params import FromPath, FromQuery

from trucebook.desk.apparatus import apparatus
from trucebook.desk.book import several
from trucebook.desk.desk import TheDesk
from trucebook.desk.page_views import QuotesView
from trucebook.desk.views import QuoteView
from trucebook.desk.web import ERRORS, Asked, PageNumber, ReportNumber, html, known, sliced

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trucebook.desk.book import OpenBook

Shared = FromQuery[Literal["", "shared", "differing"]]
_SHARED = {"shared": "quoted by several reports", "differing": "in different words"}


def chosen(book: OpenBook, speaker: str = "", shared: str = "", report: int | None = None) -> Sequence[QuoteView]:
    """Return the quotations that a filter lets through, shared ones first.

    Args:
        book: the book.
        speaker: only those of the actor with this id; empty for all.
        shared: `shared` for those of several reports, `differing` for those in different words; empty for all.
        report: only those that the report with this number quotes.
    """
    if report is not None:
        found: Sequence[QuoteView] = book.quoted_in.get(report, ())
        found = [q for q in found if not speaker or q.actor == speaker]
    elif speaker:
        found = book.said_by.get(speaker, ())
    else:
        # All there are: what the book has apart need not be looked for among tens of thousands.
        return {"shared": book.shared, "differing": book.differing}.get(shared, book.lines.quotes)
    if shared == "differing":
        return [q for q in found if not q.same_wording]
    return [q for q in found if several(q)] if shared else found


@get("/quotes", name="quotes")
async def quotes(
    request: Asked,
    desk: TheDesk,
    speaker: FromQuery[str] = "",
    shared: Shared = "",
    report: ReportNumber = None,
    page: PageNumber = 1,
) -> Response[str]:
    """Show the quotations."""
    book = desk.book
    of = sliced(chosen(book, speaker, shared, report), page, desk.settings.page)
    asked = {"speaker": speaker, "shared": shared, "report": report}
    return html(request, "quotes.html.j2", title="Quotations", book=book, of=of, asked=asked, kinds_of=_SHARED)


@get("/quotes", summary="Quotations", raises=ERRORS)
async def quotes_twin(
    desk: TheDesk,
    speaker: FromQuery[str] = "",
    shared: Shared = "",
    report: ReportNumber = None,
    page: PageNumber = 1,
) -> QuotesView:
    """Quotations, each with its versions."""
    of = sliced(chosen(desk.book, speaker, shared, report), page, desk.settings.page)
    return of.view(QuotesView)


@get("/quotes/{ident:str}", name="quote")
async def quote(request: Asked, desk: TheDesk, ident: FromPath[str]) -> Response[str]:
    """Show a quotation with its versions aligned."""
    book = desk.book
    it = known(book.quotes.get(ident), "quotation", ident)
    return html(request, "quote.html.j2", title="Quotation", book=book, it=it, of=apparatus(it))


@get("/quotes/{ident:str}", summary="A quotation", raises=ERRORS)
async def quote_twin(desk: TheDesk, ident: FromPath[str]) -> QuoteView:
    """A quotation with its versions, each compared word by word with the longest."""
    return known(desk.book.quotes.get(ident), "quotation", ident)


PAGES = (quotes, quote)
TWINS = (quotes_twin, quote_twin)
