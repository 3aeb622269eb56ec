"""Logging in and out, and another password."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from litestar import Response, get, post
from litestar.datastructures import Cookie
from litestar.response import Redirect

from trucebook.desk.desk import TheDesk
from trucebook.desk.guard.visitors import visitor_of
from trucebook.desk.web import Asked, html
from trucebook.record.accounts import Account, authenticated, set_password
from trucebook.record.errors import AccountError
from trucebook.record.sessions import begin, end

if TYPE_CHECKING:
    from collections.abc import Mapping

    from trucebook.desk.desk import Desk

_NO = "Name and password do not fit together."
_LATER = "Too many passwords were tried; try again in {minutes} minutes."
_LONGEST_NAME = 200


@get("/login", name="login", sync_to_thread=False)
def login(request: Asked) -> Response[str]:
    """Show the form to log in."""
    return _form(request, request.query_params.get("next", ""))


@post("/login", status_code=303)
async def log_in(request: Asked, desk: TheDesk) -> Response[Any]:
    """Log a person in, and go on to the page that was asked for."""
    given = await request.form()
    name, password = str(given.get("name", ""))[:_LONGEST_NAME], str(given.get("password", ""))
    address = request.client.host if request.client else ""
    wait = desk.limits.attempt(name, address)
    if wait:
        said = _form(request, str(given.get("next", "")), _LATER.format(minutes=int(wait // 60) + 1), name, status=429)
        said.headers["retry-after"] = str(int(wait) + 1)
        return said
    found = await _checked(desk, name, password)
    if found is None:
        return _form(request, str(given.get("next", "")), _NO, name, status=401)
    desk.limits.succeeded(name, address)
    return await _begun(desk, found, inside(str(given.get("next", ""))))


@post("/logout", status_code=303)
async def log_out(request: Asked, desk: TheDesk) -> Response[Any]:
    """Log a person out."""
    await asyncio.to_thread(end, desk.case, visitor_of(request.scope["state"]).token)
    return Redirect("/login", status_code=303, cookies=[_cookie(desk, desk.cookies.session, "", ends=True)])


@get("/password", name="password", sync_to_thread=False)
def password(request: Asked) -> Response[str]:
    """Show the form for another password."""
    return html(request, "password.html.j2", title="Another password", said="")


@post("/password", status_code=303)
async def change_password(request: Asked, desk: TheDesk) -> Response[Any]:
    """Give the person another password, and log out every browser but this one."""
    given, who = await request.form(), visitor_of(request.scope["state"])
    address = request.client.host if request.client else ""
    found = None
    if not desk.limits.attempt(who.name, address):
        found = await _checked(desk, who.name, str(given.get("old", "")))
    said = _fault(given, known=found is not None)
    if found is not None and not said:
        desk.limits.succeeded(who.name, address)
        try:
            await asyncio.to_thread(set_password, desk.case, who.name, str(given["new"]), user=who.name)
            return await _begun(desk, found, "/")
        except AccountError as error:
            said = str(error)
    return html(request, "password.html.j2", status=422, title="Another password", said=said)


def inside(address: str) -> str:
    """Return an address of the desk itself as it is, and the first page for any other.

    Args:
        address: where a link says to go on after logging in; anybody may have made the link.
    """
    plain = address.startswith("/") and not address.startswith("//")
    return address if plain and address.isascii() and address.isprintable() and "\\" not in address else "/"


async def _checked(desk: Desk, name: str, password: str) -> Account | None:
    # Each hash takes 64 MiB: not as many at once as anybody likes to send.
    async with desk.checking:
        return await asyncio.to_thread(authenticated, desk.case, name, password)


async def _begun(desk: Desk, who: Account, address: str) -> Response[Any]:
    session = await asyncio.to_thread(begin, desk.case, who)
    given = [
        _cookie(desk, desk.cookies.session, session.token),
        _cookie(desk, desk.cookies.login, "", ends=True),
    ]
    return Redirect(address, status_code=303, cookies=given)


def _cookie(desk: Desk, name: str, value: str, *, ends: bool = False) -> Cookie:
    secure, age = desk.cookies.secure, 0 if ends else None
    return Cookie(key=name, value=value, path="/", httponly=True, samesite="strict", secure=secure, max_age=age)


def _fault(given: Mapping[str, Any], *, known: bool) -> str:
    if not known:
        return "The present password is not right, or was tried too often."
    return "" if given.get("new") == given.get("again") else "The new password was not typed twice alike."


def _form(request: Asked, next_: str, said: str = "", name: str = "", *, status: int = 200) -> Response[str]:
    shown = {"said": said, "name": name, "next": inside(next_), "title": "Log in"}
    return html(request, "login.html.j2", status=status, **shown)


PAGES = (login, log_in, log_out, password, change_password)
