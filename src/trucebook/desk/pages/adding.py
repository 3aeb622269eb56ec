"""Adding reports: files, or a text that is pasted; what became of each is told by name."""

from __future__ import annotations

import asyncio
import datetime
import json
import re
from typing import TYPE_CHECKING, Any

from litestar import Response, get, post
from litestar.datastructures import UploadFile
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect

from trucebook.desk.desk import TheDesk
from trucebook.desk.guard.forms import LONGEST_FILES
from trucebook.desk.guard.visitors import visitor_of
from trucebook.desk.handed_views import HandedInView, handed_in
from trucebook.desk.web import ERRORS, Asked, clipped, html
from trucebook.record.uploads import Handed, Stated, batch_of, hand_in, latest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from litestar.datastructures import FormMultiDict

    from trucebook.desk.desk import Desk
    from trucebook.record.uploads import Upload

MOST_FILES = 500
"""Files that are handed in together."""
LARGEST = 20 * 1024 * 1024
"""Bytes of one file, as `trucebook add` takes them."""
_LONGEST_FIELD = 500
_BATCH = re.compile(r"[0-9a-f]{16}\Z")
_NO_NAME = re.compile(r"[\x00-\x1f\x7f/\\]+")


@get("/add", name="add")
async def show_adding(request: Asked, desk: TheDesk) -> Response[str]:
    """Show the form to add reports, and what was added last."""
    return await _page(request, desk)


@post("/add", status_code=303, request_max_body_size=LONGEST_FILES, multipart_form_part_limit=MOST_FILES + 10)
async def take_in(request: Asked, desk: TheDesk) -> Response[Any]:
    """Take files in; they are read in the background."""
    given, user = await request.form(), visitor_of(request.scope["state"]).name
    files = [f for f in given.getall("files", []) if isinstance(f, UploadFile) and (f.filename or f.file.read(1))]
    said, stated = _said(given, files), None
    if not said:
        stated = Stated(outlet=_field(given, "outlet") or None, published=_field(given, "published") or None)
    if stated is None:
        return await _page(request, desk, said=said, given=given, status=422)
    handed = (*([_pasted(given)] if _text(given) else []), *_handed(files))
    batch = await asyncio.to_thread(hand_in, desk.case, handed, stated, user=user)
    desk.inbox.look()
    return Redirect(f"/add/{batch}", status_code=303)


@get("/add/{batch:str}", name="batch")
async def show_batch(request: Asked, desk: TheDesk, batch: FromPath[str]) -> Response[str]:
    """Show what became of the files that were handed in together."""
    found = await asyncio.to_thread(_together, desk, batch)
    going = handed_in(found).going
    return html(request, "batch.html.j2", title="Reports handed in", found=found, going=going, failed=desk.inbox.failed)


@get("/add", summary="What was handed in last", sync_to_thread=True)
def adding_twin(desk: TheDesk) -> HandedInView:
    """The files that were handed in last, with what became of them."""
    return handed_in(tuple(latest(desk.case)))


@get("/add/{batch:str}", summary="What was handed in together", raises=ERRORS, sync_to_thread=True)
def batch_twin(desk: TheDesk, batch: FromPath[str]) -> HandedInView:
    """Files that were handed in together, with what became of each."""
    return handed_in(_together(desk, batch))


def _together(desk: Desk, batch: str) -> tuple[Upload, ...]:
    found = tuple(batch_of(desk.case, batch)) if _BATCH.match(batch) else ()
    if not found:
        raise NotFoundException(f"{clipped(batch)}: nothing was handed in under this name; see Add reports")
    return found


def _said(given: FormMultiDict, files: list[UploadFile]) -> str:
    """What keeps the form from being taken; empty where nothing does."""
    if not files and not _text(given):
        return "Nothing was handed in: choose files, or paste a text."
    if len(files) > MOST_FILES:
        return f"{len(files)} files are more than are taken at once; hand in {MOST_FILES} at most."
    try:
        day = _field(given, "published")
        if day:
            datetime.date.fromisoformat(day)
    except ValueError:
        return f"{clipped(day)} is not a day; write it like 2025-03-12."
    return ""


def _handed(files: list[UploadFile]) -> Iterator[Handed]:
    for each in files:
        each.file.seek(0, 2)
        size = each.file.tell()
        each.file.seek(0)
        name = _NO_NAME.sub("_", _plain(each.filename or "")).strip() or "file"
        large = f"is larger than {LARGEST:,} bytes; split it, or use trucebook add --max-size" if size > LARGEST else ""
        yield Handed(name=name[-200:], raw=b"" if large else each.file.read(), size=size, why=large)


def _pasted(given: Mapping[str, Any]) -> Handed:
    """A text that was pasted, as a record with what is said of it."""
    about = {name: _field(given, name) for name in ("title", "url", "author")}
    record = {**{name: value for name, value in about.items() if value}, "text": _text(given)}
    raw = json.dumps(record).encode("ascii")
    title = _NO_NAME.sub("_", about["title"])[:60].strip() or "pasted"
    return Handed(name=f"{title}.json", raw=raw, size=len(raw))


def _text(given: Mapping[str, Any]) -> str:
    return _plain(str(given.get("text", ""))).strip()


def _field(given: Mapping[str, Any], name: str) -> str:
    return " ".join(_plain(str(given.get(name, ""))).split())[:_LONGEST_FIELD]


def _plain(words: str) -> str:
    """Words without what no database stores."""
    return words.encode("utf-8", "replace").decode("utf-8").replace("\x00", "\ufffd")


async def _page(
    request: Asked, desk: Desk, *, said: str = "", given: Mapping[str, Any] | None = None, status: int = 200
) -> Response[str]:
    kept = {name: _field(given or {}, name) for name in ("outlet", "published", "title", "url", "author")}
    last = await asyncio.to_thread(latest, desk.case)
    shown = {"said": said, "kept": kept, "text": _text(given or {}), "last": last, "most": MOST_FILES}
    return html(request, "add.html.j2", status=status, title="Add reports", largest=LARGEST >> 20, **shown)


PAGES = (show_adding, take_in, show_batch)
TWINS = (adding_twin, batch_twin)
