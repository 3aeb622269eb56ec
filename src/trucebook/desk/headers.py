"""What every answer carries, and what a request for the headers alone gets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from litestar.datastructures import ResponseHeader
from litestar.enums import HttpMethod, ScopeType

if TYPE_CHECKING:
    from litestar.types import ASGIApp, Message, Receive, Scope, Send

# Nothing from outside, nothing inline, no frame around it: what a report smuggles in has nowhere to run.
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
"""The Content-Security-Policy (W3C CSP 3)."""
HEADERS = tuple(
    ResponseHeader(name=name, value=value, documentation_only=False)
    for name, value in (
        ("Content-Security-Policy", POLICY),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "no-referrer"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cache-Control", "no-cache"),
    )
)
"""Headers of every answer."""


def answering_head(app: ASGIApp) -> ASGIApp:
    """Return the application such that HEAD is answered as GET, without its body (RFC 9110, 9.3.2)."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP or scope["method"] != HttpMethod.HEAD:
            await app(scope, receive, send)
            return

        async def bare(message: Message) -> None:
            if message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        asked = scope.copy()
        asked["method"] = HttpMethod.GET
        await app(asked, receive, bare)

    return answer
