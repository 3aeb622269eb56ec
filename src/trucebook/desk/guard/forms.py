"""What a form brings to show that it is the desk's own, looked at before anything else of it, however large it is."""

from __future__ import annotations

import hmac
import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from trucebook.desk.guard.asgi import header

if TYPE_CHECKING:
    from trucebook.desk.guard.asgi import Message, Receive, Scope

FIELD = "csrf"
"""The field of a form; in a form with files it has to be the first."""
HEADER = b"x-csrf-token"
"""The header, for scripts."""
_FORM = "application/x-www-form-urlencoded"
_FILES = "multipart/form-data"
# A form without files: a judgement with a long note, say. And what stands before the value of the first field of one
# that has files.
LONGEST_FORM = 1024 * 1024
# Many reports handed in together.
LONGEST_FILES = 512 * 1024 * 1024
_WITH_FILES = "/add"
_LONGEST_START = 8 * 1024
_FIRST = re.compile(
    rb'(?:\r\n)?--[^\r\n]{1,200}\r\nContent-Disposition: form-data; name="csrf"\r\n\r\n([0-9a-f]{0,128})\r\n',
    re.IGNORECASE,
)


def longest(path: str) -> int:
    """Return how many bytes a request has at most."""
    return LONGEST_FILES if path == _WITH_FILES else LONGEST_FORM


class TooLargeError(Exception):
    """More was sent than is taken."""


class Body:
    """The body of a request, of which the beginning can be looked at and is given again.

    Args:
        receive: of the server.
        most: bytes that are taken at most.
    """

    def __init__(self, receive: Receive, most: int) -> None:
        self._receive, self._most = receive, most
        self._seen: list[Message] = []
        self._got, self._whole = 0, False
        self.failed = False

    async def __call__(self) -> Message:
        """Give the next message of the server: first those that were looked at."""
        return self._seen.pop(0) if self._seen else await self._next()

    async def start(self, enough: int) -> bytes:
        """Return what the body begins with: `enough` bytes, or all of it where it has fewer."""
        begun = b""
        while len(begun) < enough and not self._whole:
            message = await self._next()
            self._seen.append(message)
            begun += message.get("body", b"")
        return begun

    async def _next(self) -> Message:
        message = await self._receive()
        if message["type"] == "http.request":
            self._got += len(message.get("body", b""))
            self._whole = not message.get("more_body", False)
        else:
            self._whole = True
        if self._got > self._most:
            self.failed = True
            raise TooLargeError
        return message


async def brings(scope: Scope, body: Body, wanted: str) -> bool:
    """Whether a request brings what a form of this visitor brings.

    Args:
        scope: of the request.
        body: of the request.
        wanted: of `Visitor.csrf`.

    Raises:
        TooLargeError: the body is larger than is taken.
    """
    given = header(scope, HEADER)
    if given is None:
        given = await _in_form(header(scope, b"content-type") or "", body)
    return bool(wanted) and hmac.compare_digest(given.encode("utf-8", "replace"), wanted.encode())


async def _in_form(kind: str, body: Body) -> str:
    kind = kind.split(";", maxsplit=1)[0].strip().lower()
    if kind == _FORM:
        whole = await body.start(LONGEST_FORM)
        try:
            pairs = parse_qsl(whole.decode("latin-1"), max_num_fields=1000)
        except ValueError:
            return ""
        return next((value for name, value in pairs if name == FIELD), "")
    if kind == _FILES:
        found = _FIRST.match(await body.start(_LONGEST_START))
        return found[1].decode() if found else ""
    return ""
