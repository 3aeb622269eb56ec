"""The few words of ASGI that the guard speaks (asgi.readthedocs.io, HTTP & WebSocket specification 2.5)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]


def header(scope: Scope, name: bytes) -> str | None:
    """Return a header of a request; None where it has none, or says it more than once."""
    found = [value for key, value in scope["headers"] if key.lower() == name]
    return str(found[0], "latin-1") if len(found) == 1 else None


def cookie(scope: Scope, name: str) -> str:
    """Return a cookie of a request; empty where there is none. What else stands beside it does not matter."""
    for key, value in scope["headers"]:
        if key.lower() == b"cookie":
            for pair in value.decode("latin-1").split(";"):
                found, equals, content = pair.strip().partition("=")
                if found == name and equals:
                    return str(content.strip('"'))
    return ""


def set_cookie(name: str, value: str, *, secure: bool) -> tuple[bytes, bytes]:
    """Return the header that gives a browser a cookie: no script sees it, no other site can have it sent.

    Args:
        name: of the cookie.
        value: of the cookie.
        secure: whether the browser may send it by https alone.
    """
    rest = "; Secure" if secure else ""
    return b"set-cookie", f"{name}={value}; Path=/; HttpOnly; SameSite=Strict{rest}".encode("latin-1")


async def answer(send: Send, status: int, body: bytes, headers: list[tuple[bytes, bytes]]) -> None:
    """Send a whole answer."""
    whole = [*headers, (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": whole})
    await send({"type": "http.response.body", "body": body})
