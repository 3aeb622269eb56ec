"""Search over every text of the case, and over the names of its actors."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any

from litestar import Response, get
from litestar.params import QueryParameter
from markupsafe import Markup, escape

from trucebook.desk.desk import TheDesk
from trucebook.desk.page_views import HitView, SearchView
from trucebook.desk.pages.actors import chosen as actors_named
from trucebook.desk.web import ERRORS, Asked, html
from trucebook.record.search import search as searched
from trucebook.render.shown import block, line

if TYPE_CHECKING:
    from trucebook.desk.book import OpenBook
    from trucebook.desk.desk import Desk
    from trucebook.desk.views import ActorView
    from trucebook.record.search import Hit

Words = Annotated[
    str, QueryParameter(max_length=500, description='Words, a "phrase" in its order, and -words that must not stand.')
]
# Nobody reads further; each page costs the database all that come before it.
Furthest = Annotated[int, QueryParameter(ge=1, le=40, description="Page of the hits, from 1.")]
_ACTORS = 8
_GAP = re.compile(r"\s*\n\s*")


@get("/search", name="search", sync_to_thread=True)
def search(request: Asked, desk: TheDesk, q: Words = "", page: Furthest = 1) -> Response[str]:
    """Show where what is searched for stands."""
    book = desk.book
    of = _found(desk, book, q, page)
    shown: dict[str, Any] = {"of": of, "asked": {"q": q}, "named": _named(book, q), "lit": _lit}
    return html(request, "search.html.j2", title="Search", book=book, **shown)


@get("/search", summary="Search", raises=ERRORS, sync_to_thread=True)
def search_twin(desk: TheDesk, q: Words = "", page: Furthest = 1) -> SearchView:
    """Passages where what is searched for stands, the best first."""
    return _found(desk, desk.book, q, page)


def _found(desk: Desk, book: OpenBook, q: str, page: int) -> SearchView:
    size = desk.settings.page
    hits = searched(desk.case, q, limit=size + 1, skip=(page - 1) * size)
    return SearchView(items=tuple(_hit(book, hit) for hit in hits[:size]), page=page, more=len(hits) > size)


def _hit(book: OpenBook, hit: Hit) -> HitView:
    it = book.by_report_name.get(line(hit.report))
    # A text that came after the book is shown, but there is no page yet for its words.
    number = it.number if it is not None and it.text == hit.version else None
    return HitView(report=number, name=hit.report, span=hit.span, words=block(hit.words), marks=hit.marks)


def _named(book: OpenBook, q: str) -> list[ActorView]:
    return list(actors_named(book, q=q)[:_ACTORS]) if q.strip() else []


def _lit(hit: HitView) -> Markup:
    """The words of a hit, what was asked for marked."""
    # Written at once: a hit has a dozen marks, each a turn of a loop in the template.
    words, first, at, told = hit.words, hit.span.start, 0, []
    for mark in hit.marks:
        start, end = mark.start - first, mark.end - first
        told.append(f"{escape(words[at:start])}<mark>{escape(words[start:end])}</mark>")
        at = end
    told.append(str(escape(words[at:])))
    # A passage has the paragraphs of its text, and no more than a line's end between them.
    return Markup(_GAP.sub("\n", "".join(told)).strip())  # noqa: S704  every word in it is escaped


PAGES = (search,)
TWINS = (search_twin,)
