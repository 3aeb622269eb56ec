"""Who may use the case: for those who look after accounts."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, Any

from litestar import Response, get, post
from litestar.response import Redirect

from trucebook.desk.desk import TheDesk
from trucebook.desk.guard.visitors import visitor_of
from trucebook.desk.handed_views import AccountsView, AccountView
from trucebook.desk.web import Asked, html
from trucebook.record.accounts import (
    ROLES,
    accounts,
    add_account,
    remove_account,
    role_of,
    set_password,
    set_role,
)
from trucebook.record.errors import AccountError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from trucebook.desk.desk import Desk

_ACTS = ("add", "role", "password", "remove")


@get("/accounts", name="accounts")
async def show_accounts(request: Asked, desk: TheDesk) -> Response[str]:
    """Show the accounts."""
    return await _page(request, desk)


@post("/accounts", status_code=303)
async def change_accounts(request: Asked, desk: TheDesk) -> Response[Any]:
    """Add, change or remove an account."""
    given, who = await request.form(), visitor_of(request.scope["state"])
    try:
        await asyncio.to_thread(_change(desk, given, who.name))
    except AccountError as error:
        return await _page(request, desk, said=str(error), status=422)
    return Redirect("/accounts", status_code=303)


@get("/accounts", summary="Accounts", sync_to_thread=True)
def accounts_twin(desk: TheDesk) -> AccountsView:
    """Who may use the case; for those who look after accounts."""
    return AccountsView(items=tuple(AccountView(name=a.name, role=a.role) for a in accounts(desk.case)))


def _change(desk: Desk, given: Mapping[str, Any], user: str) -> Callable[[], None]:
    act, name = str(given.get("act", "")), str(given.get("name", ""))
    password = str(given.get("password", ""))
    if act == "add":
        return partial(add_account, desk.case, name, role_of(str(given.get("role", ""))), password, user=user)
    if act == "role":
        return partial(set_role, desk.case, name, role_of(str(given.get("role", ""))), user=user)
    if act == "password":
        return partial(set_password, desk.case, name, password, user=user)
    if act == "remove":
        return partial(remove_account, desk.case, name, user=user)
    raise AccountError(f"{act[:40]!r}: is nothing that is done with accounts; it is one of {', '.join(_ACTS)}")


async def _page(request: Asked, desk: Desk, said: str = "", *, status: int = 200) -> Response[str]:
    found = await asyncio.to_thread(accounts, desk.case)
    return html(request, "accounts.html.j2", status=status, title="Accounts", found=found, roles=ROLES, said=said)


PAGES = (show_accounts, change_accounts)
TWINS = (accounts_twin,)
