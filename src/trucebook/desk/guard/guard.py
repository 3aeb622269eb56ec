"""The guard before the desk: every request goes through here first, whichever page it is for."""

from __future__ import annotations

import asyncio
import secrets
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import quote

from sqlalchemy import select

from trucebook.desk.guard import refusals
from trucebook.desk.guard.asgi import cookie, header, set_cookie
from trucebook.desk.guard.forms import Body, TooLargeError, brings, longest
from trucebook.desk.guard.headers import guarded_send
from trucebook.desk.guard.refusals import Refusal, refuse
from trucebook.desk.guard.visitors import SAFE, Visitor, csrf_of, needed
from trucebook.record.schema import head
from trucebook.record.sessions import resume

if TYPE_CHECKING:
    from trucebook.desk.guard.asgi import App, Message, Receive, Scope, Send
    from trucebook.desk.guard.policy import Policy
    from trucebook.record.case import Case

BY_ITSELF = b"x-by-itself"
"""The header of a request that no person has made: a page that shows news."""


class Guard:
    """An ASGI application that lets through what may be.

    A request is looked at in this order: is it for this desk (`Host`), who asks (the session's cookie), may they
    (`visitors.needed`), does it come from a page of the desk where it changes anything (`Origin`, and the form's own
    token). What the desk answers gets the headers that keep a browser from running what stands in a page.

    Args:
        app: the desk, which finds who asks as `visitor` in the request's state.
        case: whose accounts count.
        policy: who may reach the desk.
    """

    def __init__(self, app: App, case: Case, policy: Policy) -> None:
        self._app, self._case, self._policy = app, case, policy
        self._secret = secrets.token_urlsafe(32)
        self.cookies = Cookies(case, policy)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif scope["type"] == "http":
            guarded = guarded_send(send, scope["path"], secure=self._policy.secure)
            await self._answer(scope, Body(receive, longest(scope["path"])), guarded)
        else:  # the desk has no other kind of connection
            await receive()
            await send({"type": "websocket.close", "code": 1008})

    async def _answer(self, scope: Scope, body: Body, send: Send) -> None:
        visitor, refusal = Visitor(), self._at_the_door(scope)
        if refusal is None:
            visitor = await self._visitor(scope)
            refusal = await self._refusal(scope, body, visitor)
        if refusal is refusals.LOG_IN:
            await self._ask_to_log_in(scope, send)
        elif refusal is not None:
            await refuse(scope, send, refusal)
        else:
            await self._let_through(scope, body, send, visitor)

    async def _let_through(self, scope: Scope, body: Body, send: Send, visitor: Visitor) -> None:
        given = self.cookies.for_login(scope, visitor)
        scope.setdefault("state", {})["visitor"] = replace(visitor, csrf=csrf_of(given)) if given else visitor
        with suppress(TooLargeError):
            await self._app(scope, body, self.cookies.adding(_unless(body, send), given))
        # Whatever the desk made of it, the reason is this one.
        if body.failed:
            await refuse(scope, send, refusals.TOO_LARGE)

    async def _visitor(self, scope: Scope) -> Visitor:
        if self._policy.user is not None:
            return Visitor(name=self._policy.user, role="editor", csrf=csrf_of(self._secret), alone=True)
        token = cookie(scope, self.cookies.session)
        # A page that waits for news, or fetches them by itself, is not somebody at work.
        seen = scope["path"] != "/events" and header(scope, BY_ITSELF) is None
        found = await asyncio.to_thread(resume, self._case, token, seen=seen) if token else None
        if found is None:
            asked = cookie(scope, self.cookies.login)
            return Visitor(csrf=csrf_of(asked) if asked else "")
        who = found.account
        return Visitor(name=who.name, role=who.role, csrf=csrf_of(token), token=token)

    def _at_the_door(self, scope: Scope) -> Refusal | None:
        if not self._policy.answers(header(scope, b"host") or ""):
            return refusals.WRONG_HOST
        # Two ways of writing one path would be two entries in the table of who may.
        root, *steps = scope["path"].split("/")
        tidy = not root and steps and not {"", ".", ".."} & set(steps[:-1]) and steps[-1] not in {".", ".."}
        return None if tidy else refusals.NO_SUCH_PATH

    async def _refusal(self, scope: Scope, body: Body, visitor: Visitor) -> Refusal | None:
        wanted = needed(scope["method"], scope["path"])
        if not visitor.may(wanted):
            return refusals.NOT_ALLOWED if visitor.role else refusals.LOG_IN
        if scope["method"] in SAFE:
            return None
        try:
            return None if self._from_here(scope) and await brings(scope, body, visitor.csrf) else refusals.NOT_OURS
        except TooLargeError:
            return refusals.TOO_LARGE

    def _from_here(self, scope: Scope) -> bool:
        origin = header(scope, b"origin")
        if origin is None:
            # Programs send none; browsers do, and say this too where they do not.
            return header(scope, b"sec-fetch-site") in {None, "same-origin"}
        return self._policy.is_own(origin, header(scope, b"host") or "")

    async def _ask_to_log_in(self, scope: Scope, send: Send) -> None:
        if scope["method"] not in SAFE or not refusals.wants_page(scope):
            await refuse(scope, send, refusals.LOG_IN)
        elif header(scope, b"sec-fetch-site") == "cross-site":
            await refusals.ask_again(send)
        else:
            query = scope["query_string"].decode("latin-1")
            there = quote(scope["path"]) + (f"?{query}" if query else "")
            await refusals.redirect(send, "/login" + (f"?next={quote(there, safe='')}" if there != "/" else ""))


def _unless(body: Body, send: Send) -> Send:
    """Return what sends an answer, unless more came in than is taken."""

    async def sending(message: Message) -> None:
        if not body.failed:
            await send(message)

    return sending


class Cookies:
    """The desk's two cookies: of a session, and of a browser that is about to log in.

    Args:
        case: whose desk it is; two desks on one machine do not take each other's cookies.
        policy: who may reach the desk.
    """

    def __init__(self, case: Case, policy: Policy) -> None:
        self.secure = policy.secure
        # With this name a browser takes it only by https and from this very host (RFC 6265bis, 4.1.3.2).
        prefix = "__Host-trucebook" if policy.secure else "trucebook"
        with case.reading() as connection:
            own = connection.execute(select(head.c.uid)).scalar_one()[:8]
        self.session, self.login = f"{prefix}-{own}", f"{prefix}-login-{own}"

    def for_login(self, scope: Scope, visitor: Visitor) -> str:
        """Return a new secret for a browser that opens the page to log in and has none; else nothing."""
        if scope["path"] != "/login" or scope["method"] not in SAFE or visitor.csrf:
            return ""
        return secrets.token_urlsafe(32)

    def adding(self, send: Send, secret: str) -> Send:
        """Return what sends an answer with the cookie of such a secret."""
        if not secret:
            return send

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = set_cookie(self.login, secret, secure=self.secure)
                message = {**message, "headers": [*message.get("headers", []), given]}
            await send(message)

        return sending
