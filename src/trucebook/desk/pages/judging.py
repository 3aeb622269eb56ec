"""Judging and taking back, by a form or by JSON; both come to `deciding`."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import msgspec
from litestar import post
from litestar.exceptions import ClientException
from litestar.params import JSONBody
from litestar.response import Redirect
from litestar.status_codes import HTTP_303_SEE_OTHER

from trucebook.desk.asker import asker
from trucebook.desk.deciding import decide, take_back
from trucebook.desk.desk import TheDesk
from trucebook.desk.review_views import JudgementView, SeenView, Undo, Wanted
from trucebook.desk.web import Asked, clipped
from trucebook.record.visits import mark_seen

if TYPE_CHECKING:
    from collections.abc import Mapping

    from trucebook.desk.desk import Desk
    from trucebook.dossier.judgement import Judgement

# What leads a browser elsewhere: another host begins with two slashes, for some also with a backslash.
_ELSEWHERE = ("//", "/\\")


@post("/judge", status_code=HTTP_303_SEE_OTHER)
async def judge_form(request: Asked, desk: TheDesk) -> Redirect:
    """Record what a form decides, and show the page that it stood on again."""
    form = await request.form()
    told = {k: v for k, v in form.items() if k in Wanted.__struct_fields__ and k != "names" and _given(k, v)}
    wanted = _converted({**told, "names": [n for n in form.getall("names", []) if isinstance(n, str)]}, Wanted)
    await asyncio.to_thread(decide, desk, asker(request), wanted)
    return Redirect(_back(form, "/review"), status_code=HTTP_303_SEE_OTHER)


@post("/undo", status_code=HTTP_303_SEE_OTHER)
async def undo_form(request: Asked, desk: TheDesk) -> Redirect:
    """Take back what a form names, and show the page that it stood on again."""
    form = await request.form()
    wanted = _converted({k: v for k, v in form.items() if k in Undo.__struct_fields__}, Undo)
    await asyncio.to_thread(take_back, desk, asker(request), wanted)
    return Redirect(_back(form, "/judgements"), status_code=HTTP_303_SEE_OTHER)


@post("/judge", summary="Judge a thing", status_code=201)
async def judge_twin(request: Asked, desk: TheDesk, data: JSONBody[Wanted]) -> JudgementView:
    """Record what a person decides of a thing, with name, time and reason; nothing is overwritten."""
    made = await asyncio.to_thread(decide, desk, asker(request), data)
    return await asyncio.to_thread(_shown, desk, made)


@post("/undo", summary="Take a judgement back", status_code=201)
async def undo_twin(request: Asked, desk: TheDesk, data: JSONBody[Undo]) -> JudgementView:
    """Take a judgement back; an undo can be undone."""
    made = await asyncio.to_thread(take_back, desk, asker(request), data)
    return await asyncio.to_thread(_shown, desk, made)


@post("/changes", status_code=HTTP_303_SEE_OTHER)
async def seen_form(request: Asked, desk: TheDesk) -> Redirect:
    """Note that a person has seen what has changed."""
    form = await request.form()
    await asyncio.to_thread(_seen, desk, request, _converted({"seq": form.get("seq")}, SeenView))
    return Redirect("/changes", status_code=HTTP_303_SEE_OTHER)


@post("/changes", summary="Note up to where you have looked", status_code=201)
async def seen_twin(request: Asked, desk: TheDesk, data: JSONBody[SeenView]) -> SeenView:
    """Note up to where in the log you have looked."""
    return await asyncio.to_thread(_seen, desk, request, data)


def _seen(desk: Desk, request: Asked, wanted: SeenView) -> SeenView:
    who = asker(request)
    who.see_known()
    return SeenView(seq=mark_seen(desk.case, who.name, wanted.seq).seq)


def _shown(desk: Desk, made: Judgement) -> JudgementView:
    return desk.decisions.now().shown([made], desk.book)[0]


def _given(field: str, value: object) -> bool:
    """Whether a field of a form says something: one that is left empty is not there, but for what was seen."""
    return isinstance(value, str) and (bool(value) or field == "latest")


def _converted(told: Mapping[str, Any], kind: type[Any]) -> Any:  # noqa: ANN401  of the type that is given
    try:
        return msgspec.convert(told, kind, strict=False)
    except msgspec.ValidationError as error:
        raise ClientException(f"the form cannot be understood: {clipped(str(error), 200)}") from error


def _back(form: Mapping[str, Any], otherwise: str) -> str:
    """The page of this desk that a form stood on."""
    given = form.get("next")
    if not isinstance(given, str) or not given.startswith("/") or given.startswith(_ELSEWHERE):
        return otherwise
    try:
        parts = urlsplit(given)
    except ValueError:
        return otherwise
    printable = given.isascii() and given.isprintable() and "\\" not in given
    return given if printable and not parts.scheme and not parts.netloc else otherwise


PAGES = (judge_form, undo_form, seen_form)
TWINS = (judge_twin, undo_twin, seen_twin)
