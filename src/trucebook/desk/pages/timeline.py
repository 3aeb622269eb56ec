"""What is dated, the earliest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from litestar import Response, get
from litestar.params import FromQuery, QueryParameter

from trucebook.desk.desk import TheDesk
from trucebook.desk.page_views import TimelineView
from trucebook.desk.web import ERRORS, Asked, PageNumber, html, sliced

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trucebook.desk.book import OpenBook
    from trucebook.desk.views import DatedView

Told = FromQuery[Literal["", "done", "planned"]]
Day = Annotated[
    str, QueryParameter(max_length=40, description="A day like 2025-03-12, or how it begins, like 2025-03.")
]
_TOLD = {"done": "told as done", "planned": "planned or possible"}


def chosen(book: OpenBook, since: str = "", until: str = "", told: str = "") -> Sequence[DatedView]:
    """Return the lines of the timeline that a filter lets through.

    Args:
        book: the book.
        since: only what begins on this day or later; the beginning of a day's name will do.
        until: only what begins on this day or earlier.
        told: `done` or `planned`; empty for both.
    """
    found: Sequence[DatedView] = book.lines.timeline
    if since or until:
        # "2025-03" as an end means all of that month.
        found = [d for d in found if d.start >= since and (not until or d.start[: len(until)] <= until)]
    return [d for d in found if d.planned == (told == "planned")] if told else found


@get("/timeline", name="timeline")
async def timeline(
    request: Asked, desk: TheDesk, since: Day = "", until: Day = "", told: Told = "", page: PageNumber = 1
) -> Response[str]:
    """Show the timeline."""
    book = desk.book
    of = sliced(chosen(book, since, until, told), page, desk.settings.page * 2)
    asked = {"since": since, "until": until, "told": told}
    return html(request, "timeline.html.j2", title="Timeline", book=book, of=of, asked=asked, kinds_of=_TOLD)


@get("/timeline", summary="Timeline", raises=ERRORS)
async def timeline_twin(
    desk: TheDesk, since: Day = "", until: Day = "", told: Told = "", page: PageNumber = 1
) -> TimelineView:
    """What is dated, the earliest first."""
    of = sliced(chosen(desk.book, since, until, told), page, desk.settings.page * 2)
    return of.view(TimelineView)


PAGES = (timeline,)
TWINS = (timeline_twin,)
