"""Answers of the guard itself: what was refused, why, and what to do; as a page for people and as JSON for programs."""

from __future__ import annotations

import html
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from trucebook.desk.guard.asgi import answer, header

if TYPE_CHECKING:
    from trucebook.desk.guard.asgi import Scope, Send

_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{reason} · Trucebook</title><link rel="stylesheet" href="/static/desk.css"></head>
<body><main><h1>{reason}</h1><p>{remedy}</p><p><a href="/">To the desk</a></p></main></body></html>
"""
# A page that another site leads to comes without the cookie, which only the desk's own pages have sent: so it is asked
# for again, from a page of the desk.
_AGAIN = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="refresh" content="0"><title>Trucebook</title></head>
<body><main><h1>Trucebook</h1><p><a href="">Go on to the page</a></p></main></body></html>
"""


@dataclass(frozen=True)
class Refusal:
    """Why a request is not answered as it asks.

    Attributes:
        status: of HTTP.
        reason: in a few words, as a heading.
        remedy: what the person can do.
    """

    status: int
    reason: str
    remedy: str


WRONG_HOST = Refusal(
    421, "Not the address of this desk", "Open the desk at the address that it told of when it was started."
)
NO_SUCH_PATH = Refusal(404, "There is no such page", "Check the address.")
LOG_IN = Refusal(401, "Log in first", "Log in at /login; programs send the cookie of a session.")
NOT_ALLOWED = Refusal(
    403, "Your account may not do this", "Ask somebody who looks after accounts to change your role, if it should."
)
NOT_OURS = Refusal(
    403, "This form was not sent from the desk", "Open the page again and send it anew; what you wrote was not kept."
)
TOO_LARGE = Refusal(413, "More was sent than the desk takes", "Send less at once.")


async def refuse(scope: Scope, send: Send, refusal: Refusal) -> None:
    """Answer a request with a refusal."""
    if wants_page(scope):
        shown = {"reason": html.escape(refusal.reason), "remedy": html.escape(refusal.remedy)}
        await answer(send, refusal.status, _PAGE.format(**shown).encode(), [_type(b"text/html")])
    else:
        told = {"status": refusal.status, "reason": refusal.reason, "remedy": refusal.remedy}
        await answer(send, refusal.status, json.dumps(told).encode(), [_type(b"application/json")])


async def ask_again(send: Send) -> None:
    """Have a browser ask for the same page from a page of the desk."""
    await answer(send, 200, _AGAIN.encode(), [_type(b"text/html")])


async def redirect(send: Send, address: str) -> None:
    """Send a browser to another page."""
    await answer(send, 303, b"", [(b"location", address.encode("latin-1"))])


def wants_page(scope: Scope) -> bool:
    """Whether a person's browser asks for a page, and not a program or a script for data."""
    return "text/html" in (header(scope, b"accept") or "")


def _type(kind: bytes) -> tuple[bytes, bytes]:
    return b"content-type", kind + b"; charset=utf-8"
