"""The actors, and each with its names, offices, words and positions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from litestar import Response, get
from litestar.params import FromPath, FromQuery

from trucebook.desk.desk import TheDesk
from trucebook.desk.page_views import ActorsView
from trucebook.desk.views import ActorView
from trucebook.desk.web import ERRORS, Asked, PageNumber, html, known, sliced
from trucebook.render.shown import line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trucebook.desk.book import OpenBook

Kind = FromQuery[Literal["", "person", "organisation", "state", "place"]]
# Of what an actor said and in which reports it is named, its page shows so much and leads to the rest.
_SHOWN = 20


def chosen(book: OpenBook, kind: str = "", q: str = "", report: int | None = None) -> Sequence[ActorView]:
    """Return the actors that a filter lets through, the most often named first.

    Args:
        book: the book.
        kind: only those of this type; empty for all.
        q: only those one of whose names holds this.
        report: only those that the report with this number names.
    """
    found: Sequence[ActorView] = book.book.actors if report is None else book.named_in.get(report, ())
    wanted = line(q).casefold()
    if wanted:
        of_report = None if report is None else {a.id for a in found}
        found = [a for names, a in book.called if wanted in names and (of_report is None or a.id in of_report)]
    return [a for a in found if a.type == kind] if kind else found


@get("/actors", name="actors")
async def actors(
    request: Asked,
    desk: TheDesk,
    kind: Kind = "",
    q: FromQuery[str] = "",
    page: PageNumber = 1,
) -> Response[str]:
    """Show the actors."""
    book = desk.book
    of = sliced(chosen(book, kind, q), page, desk.settings.page)
    return html(request, "actors.html.j2", title="Actors", book=book, of=of, asked={"kind": kind, "q": q})


@get("/actors", summary="Actors", raises=ERRORS)
async def actors_twin(
    desk: TheDesk,
    kind: Kind = "",
    q: FromQuery[str] = "",
    page: PageNumber = 1,
) -> ActorsView:
    """Actors, the most often named first."""
    of = sliced(chosen(desk.book, kind, q), page, desk.settings.page)
    return of.view(ActorsView)


@get("/actors/{ident:str}", name="actor")
async def actor(request: Asked, desk: TheDesk, ident: FromPath[str]) -> Response[str]:
    """Show an actor."""
    book = desk.book
    it = known(book.actors.get(ident), "actor", ident)
    said = book.said_by.get(it.id, [])
    held = [p for p in book.book.positions if p.actor == it.name]
    shown: dict[str, Any] = {"said": said[:_SHOWN], "held": held[:_SHOWN], "more": len(said) - _SHOWN, "most": _SHOWN}
    return html(request, "actor.html.j2", title=it.name, book=book, it=it, **shown)


@get("/actors/{ident:str}", summary="An actor", raises=ERRORS)
async def actor_twin(desk: TheDesk, ident: FromPath[str]) -> ActorView:
    """An actor."""
    return known(desk.book.actors.get(ident), "actor", ident)


PAGES = (actors, actor)
TWINS = (actors_twin, actor_twin)
