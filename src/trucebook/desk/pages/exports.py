"""The brief of the case as a file: a page, Markdown, JSON, or entities."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

from litestar import Response, get
from litestar.exceptions import HTTPException, NotFoundException, ServiceUnavailableException
from litestar.params import FromPath
from litestar.status_codes import HTTP_413_REQUEST_ENTITY_TOO_LARGE

from trucebook.desk.desk import TheDesk
from trucebook.desk.exported import MEDIA, Form, Wanted
from trucebook.desk.web import Asked, clipped, html

if TYPE_CHECKING:
    from trucebook.desk.desk import Desk

_FORMS: dict[Form, str] = {
    "html": "One page that works offline, with the text of every report",
    "md": "Markdown, for a document or a message",
    "json": "JSON, for other programs",
    "ftm": "FollowTheMoney entities of the actors, one a line",
}


@get("/export", name="export")
async def exports(request: Asked, desk: TheDesk) -> Response[str]:
    """Show what can be taken along."""
    return html(request, "exports.html.j2", title="Export", book=desk.book, forms=_FORMS)


@get("/export/{name:str}", name="brief", sync_to_thread=True)
def brief(desk: TheDesk, name: FromPath[str]) -> Response[bytes]:
    """Give the brief as a file."""
    form: Form | None = next((f for f in get_args(Form) if name == f"brief.{f}"), None)
    if form is None:
        raise NotFoundException(f"{clipped(name)}: there is no such file; see /export")
    book = desk.book
    if len(book.book.reports) > desk.settings.exported:
        told = f"the case has more than {desk.settings.exported} reports; use trucebook brief CASE --format {form}"
        raise HTTPException(status_code=HTTP_413_REQUEST_ENTITY_TOO_LARGE, detail=told)
    readings = tuple(r.reading for r in book.book.reports)
    made = _made(desk, Wanted(form=form, end=book.end.hash, readings=readings, actors=desk.settings.actors))
    kept = {"Content-Disposition": f'attachment; filename="{_safe(desk.name)}.{form}"'}
    return Response(made, media_type=MEDIA[form], headers=kept)


def _made(desk: Desk, wanted: Wanted) -> bytes:
    if not desk.exporting.acquire(blocking=False):
        told = "another brief is being written; come again in a while"
        raise ServiceUnavailableException(told, headers={"Retry-After": "5"})
    try:
        made = desk.export(wanted)
    finally:
        desk.exporting.release()
    if isinstance(made, bytes):
        return made
    raise ServiceUnavailableException(made or "the brief could not be written", headers={"Retry-After": "5"})


def _safe(name: str) -> str:
    """A name that can stand in a header and on any disk."""
    return "".join(c if c.isascii() and (c.isalnum() or c in "-_") else "_" for c in name)[:80] or "brief"


PAGES = (exports, brief)
TWINS: tuple[Any, ...] = ()
