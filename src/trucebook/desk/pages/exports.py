"""The case as a file: a page, Markdown, JSON, entities, tables or annotations."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING, Literal

from litestar import Response, get
from litestar.exceptions import HTTPException, NotFoundException, ServiceUnavailableException
from litestar.params import FromPath, FromQuery
from litestar.status_codes import HTTP_413_REQUEST_ENTITY_TOO_LARGE

from trucebook.desk.desk import TheDesk
from trucebook.desk.exported import FILES, ExportsView, Wanted
from trucebook.desk.web import ERRORS, Asked, clipped, html

if TYPE_CHECKING:
    from trucebook.desk.desk import Desk

Names = FromQuery[Literal["", "all"]]


@get("/export", name="export")
async def exports(request: Asked, desk: TheDesk) -> Response[str]:
    """Show what can be taken along."""
    return html(request, "exports.html.j2", title="Export", book=desk.book, it=_files(desk))


@get("/export", summary="What can be taken along", raises=ERRORS)
async def exports_twin(desk: TheDesk) -> ExportsView:
    """The files that can be taken along, under `/export/` without `/api`."""
    return _files(desk)


def _files(desk: Desk) -> ExportsView:
    there = tuple(f for f in FILES if f.form != "parquet" or find_spec("pyarrow") is not None)
    return ExportsView(items=there, reports=len(desk.book.book.reports), most=desk.settings.exported)


@get("/export/{name:str}", name="brief", sync_to_thread=True)
def brief(desk: TheDesk, name: FromPath[str], names: Names = "") -> Response[bytes]:
    """Give the case as a file; without the names of private persons and of analysts where they are not asked for."""
    file = next((f for f in FILES if f.name == name), None)
    if file is None:
        raise NotFoundException(f"{clipped(name)}: there is no such file; see /export")
    book = desk.book
    if len(book.book.reports) > desk.settings.exported:
        told = f"the case has more than {desk.settings.exported} reports; use trucebook brief CASE or trucebook export"
        raise HTTPException(status_code=HTTP_413_REQUEST_ENTITY_TOO_LARGE, detail=told)
    readings = tuple(r.reading for r in book.book.reports)
    asked = Wanted(
        form=file.form, end=book.end.hash, readings=readings, actors=desk.settings.actors, names=names == "all"
    )
    made = _made(desk, asked)
    shown = f"{_safe(desk.name)}{file.name.removeprefix('brief') if file.name.startswith('brief') else f'-{file.name}'}"
    kept = {"Content-Disposition": f'attachment; filename="{shown}"'}
    return Response(made, media_type=file.media, headers=kept)


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
TWINS = (exports_twin,)
