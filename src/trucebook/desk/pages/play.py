"""Proposals and commitments, each with what happened to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from litestar import Response, get
from litestar.params import FromPath, FromQuery

from trucebook.desk.desk import TheDesk
from trucebook.desk.page_views import CardsView
from trucebook.desk.views import CardView
from trucebook.desk.web import ERRORS, Asked, PageNumber, html, sliced, unknown
from trucebook.render.standings import COMMITMENTS, PROPOSALS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trucebook.desk.book import OpenBook


def chosen(cards: Sequence[CardView], state: str = "") -> Sequence[CardView]:
    """Return the cards that a filter lets through.

    Args:
        cards: the cards.
        state: only those in this state, by its name; empty for all.
    """
    return [c for c in cards if c.name == state] if state else cards


@get("/proposals", name="proposals")
async def proposals(
    request: Asked, desk: TheDesk, standing: FromQuery[str] = "", page: PageNumber = 1
) -> Response[str]:
    """Show the proposals."""
    book = desk.book
    of = sliced(chosen(book.book.proposals, standing), page, desk.settings.page)
    shown: dict[str, Any] = {"asked": {"standing": standing}, "states": PROPOSALS, "noun": "proposal"}
    return html(request, "cards.html.j2", title="Proposals", book=book, of=of, **shown)


@get("/commitments", name="commitments")
async def commitments(
    request: Asked, desk: TheDesk, standing: FromQuery[str] = "", page: PageNumber = 1
) -> Response[str]:
    """Show the commitments."""
    book = desk.book
    of = sliced(chosen(book.book.commitments, standing), page, desk.settings.page)
    shown: dict[str, Any] = {"asked": {"standing": standing}, "states": COMMITMENTS, "noun": "commitment"}
    return html(request, "cards.html.j2", title="Commitments", book=book, of=of, **shown)


@get("/proposals", summary="Proposals", raises=ERRORS)
async def proposals_twin(desk: TheDesk, standing: FromQuery[str] = "", page: PageNumber = 1) -> CardsView:
    """Proposals with their answers, the latest offered first."""
    of = sliced(chosen(desk.book.book.proposals, standing), page, desk.settings.page)
    return of.view(CardsView)


@get("/commitments", summary="Commitments", raises=ERRORS)
async def commitments_twin(desk: TheDesk, standing: FromQuery[str] = "", page: PageNumber = 1) -> CardsView:
    """Commitments, those that wait for a condition first."""
    of = sliced(chosen(desk.book.book.commitments, standing), page, desk.settings.page)
    return of.view(CardsView)


@get("/proposals/{ident:str}", name="proposal")
async def proposal(request: Asked, desk: TheDesk, ident: FromPath[str]) -> Response[str]:
    """Show a proposal with what happened to it."""
    book = desk.book
    return html(request, "card.html.j2", title="Proposal", book=book, it=_found(book, "proposal", ident))


@get("/commitments/{ident:str}", name="commitment")
async def commitment(request: Asked, desk: TheDesk, ident: FromPath[str]) -> Response[str]:
    """Show a commitment with what happened to it."""
    book = desk.book
    return html(request, "card.html.j2", title="Commitment", book=book, it=_found(book, "commitment", ident))


@get("/proposals/{ident:str}", summary="A proposal", raises=ERRORS)
async def proposal_twin(desk: TheDesk, ident: FromPath[str]) -> CardView:
    """A proposal with what happened to it."""
    return _found(desk.book, "proposal", ident)


@get("/commitments/{ident:str}", summary="A commitment", raises=ERRORS)
async def commitment_twin(desk: TheDesk, ident: FromPath[str]) -> CardView:
    """A commitment with what happened to it."""
    return _found(desk.book, "commitment", ident)


def _found(book: OpenBook, kind: str, ident: str) -> CardView:
    found = book.cards.get(ident)
    if found is None or found.kind != kind:
        raise unknown(kind, ident)
    return found


PAGES = (proposals, commitments, proposal, commitment)
TWINS = (proposals_twin, commitments_twin, proposal_twin, commitment_twin)
