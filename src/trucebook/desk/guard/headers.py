"""What a browser may do with an answer of the desk (OWASP, HTTP Headers Cheat Sheet)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from trucebook.desk.guard.asgi import Message, Send

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
_NEVER = (b"accelerometer", b"camera", b"display-capture", b"geolocation", b"gyroscope", b"microphone", b"midi", b"usb")
_ALWAYS: tuple[tuple[bytes, bytes], ...] = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    # Other sites hear nothing. Not `no-referrer`: with that, browsers hide from the desk too where a form was sent from
    # (Fetch Standard, 3.2, "append a request Origin header"), and its own forms would look like a stranger's.
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (
        b"permissions-policy",
        b", ".join(b"%s=()" % name for name in _NEVER),
    ),
    (b"x-robots-tag", b"noindex, nofollow"),
)
_STATIC = "/static/"
_YEAR = b"max-age=31536000"


def guarded_send(send: Send, path: str, *, secure: bool) -> Send:
    """Return what sends an answer with the headers that every answer of the desk has.

    Args:
        send: of the server.
        path: of the request: pages are kept by no cache, what is the same for everybody may be, if asked about.
        secure: whether the desk is reached by https.
    """
    ours = [*_ALWAYS, (b"cache-control", b"no-cache" if path.startswith(_STATIC) else b"no-store")]
    ours += [(b"strict-transport-security", _YEAR)] if secure else []
    names = {name for name, _ in ours} | {b"server"}

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            theirs = message.get("headers", [])
            message = {**message, "headers": [*_without(theirs, names), *ours]}
        await send(message)

    return sending


def _without(headers: Iterable[tuple[bytes, bytes]], names: set[bytes]) -> list[tuple[bytes, bytes]]:
    return [(name, value) for name, value in headers if name.lower() not in names]
