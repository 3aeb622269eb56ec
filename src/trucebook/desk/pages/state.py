"""Where things stand: whose move it is, proposals and commitments with their history, positions, what is to come."""

from __future__ import annotations

from litestar import Response, get

from trucebook.desk.desk import TheDesk
from trucebook.desk.page_views import StateView
from trucebook.desk.web import ERRORS, Asked, html


@get("/", name="state")
async def state(request: Asked, desk: TheDesk) -> Response[str]:
    """Show where things stand."""
    return html(request, "state.html.j2", title="State of play", book=desk.book)


@get("/state", summary="Where things stand", raises=ERRORS)
async def state_twin(desk: TheDesk) -> StateView:
    """Where things stand."""
    of = desk.book.book
    return StateView(
        as_of=of.as_of,
        turns=of.turns,
        proposals=of.proposals,
        commitments=of.commitments,
        plans=of.plans,
        positions=of.positions,
    )


PAGES = (state,)
TWINS = (state_twin,)
