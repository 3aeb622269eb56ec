"""News for pages that are open: that the case has changed, or that its book was made anew."""

from __future__ import annotations

import asyncio
import json
import time
from typing import TYPE_CHECKING, Any

from litestar import Response, get
from litestar.response import Stream

from trucebook.desk.desk import TheDesk
from trucebook.desk.guard.visitors import visitor_of
from trucebook.desk.web import Asked
from trucebook.record.sessions import resume

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from trucebook.desk.desk import Desk
    from trucebook.desk.guard.visitors import Visitor

# Seconds between two looks at what the keeper knows, which is in memory.
_LOOK = 0.25
# Seconds between two signs of life, after which it is also looked whether the person is still logged in.
_ALIVE = 15.0
# A page is told to ask again after so long, so that no connection is there for ever.
_LONGEST = 3600.0
MOST = 200
"""Pages that are told of news at once: each keeps a connection open."""


@get("/events")
async def events(request: Asked, desk: TheDesk) -> Response[Any]:
    """Tell of news as they come (HTML Standard, 9.2: server-sent events)."""
    if desk.listening >= MOST:
        return Response(None, status_code=204)  # which tells a browser not to ask again
    news = _news(desk, visitor_of(request.scope["state"]))
    return Stream(news, media_type="text/event-stream", headers={"x-accel-buffering": "no"})


def state_of(desk: Desk) -> dict[str, object]:
    """Return what a page has to know to see whether it is out of date."""
    keeper = desk.keeper
    return {"end": keeper.end.seq, "book": keeper.book.end.seq, "making": keeper.freshness.making}


async def _news(desk: Desk, visitor: Visitor) -> AsyncGenerator[bytes, None]:
    desk.listening += 1
    try:
        begun = alive = time.monotonic()
        told: dict[str, object] = {}
        while time.monotonic() - begun < _LONGEST and not desk.closing:
            now = state_of(desk)
            if now != told:
                told = now
                yield f"event: news\ndata: {json.dumps(now)}\n\n".encode()
            elif time.monotonic() - alive > _ALIVE:
                alive = time.monotonic()
                if not await _still(desk, visitor):
                    yield b"event: out\ndata: {}\n\n"
                    return
                yield b": \n\n"
            await asyncio.sleep(_LOOK)
    finally:
        desk.listening -= 1


async def _still(desk: Desk, visitor: Visitor) -> bool:
    return visitor.alone or await asyncio.to_thread(resume, desk.case, visitor.token, seen=False) is not None


PAGES = (events,)
