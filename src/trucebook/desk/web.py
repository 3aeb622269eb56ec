"""What all pages share: templates, lists in slices, addresses, and what is said when something is not there."""

from __future__ import annotations

import hashlib
import logging
import math
from dataclasses import dataclass
from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Generic, TypeVar, get_args
from urllib.parse import urlencode

import jinja2
import msgspec
from litestar import MediaType, Request, Response
from litestar.exceptions import HTTPException, NotFoundException, ServiceUnavailableException
from litestar.params import QueryParameter
from litestar.status_codes import HTTP_404_NOT_FOUND, HTTP_500_INTERNAL_SERVER_ERROR, HTTP_503_SERVICE_UNAVAILABLE
from markupsafe import Markup

from trucebook import render
from trucebook.desk.book import ident
from trucebook.desk.citing import cited, place
from trucebook.desk.guard.visitors import visitor_of
from trucebook.desk.wording import ACTS, DOES, NAVIGATION, SIGNS, STANDINGS, TENURES, THINGS, TYPES, ago, found_in_words
from trucebook.reading.model import Act, MoveStatus
from trucebook.render.brief import KINDS
from trucebook.render.shown import count, line, web_address
from trucebook.render.when import day, machine, spoken

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from trucebook.desk.book import OpenBook
    from trucebook.desk.desk import Desk
    from trucebook.errors import TrucebookError

STATIC = Path(__file__).with_name("static")
"""The desk's own styles and scripts."""
STYLES = Path(render.__file__).with_name("styles")
"""Styles that it shares with the brief."""
Asked = Request[Any, Any, Any]
T = TypeVar("T")
V = TypeVar("V")

# More than any case has; beyond, a number costs more to write than to refuse.
FURTHEST = 1_000_000
PageNumber = Annotated[int, QueryParameter(ge=1, le=FURTHEST, description="Page of the list, from 1.")]
"""Which page of a list is asked for."""
ReportNumber = Annotated[int | None, QueryParameter(ge=1, le=2**62, description="Only what this report tells.")]
"""Which report is asked for."""


_TITLES = {HTTP_404_NOT_FOUND: "Not there", HTTP_503_SERVICE_UNAVAILABLE: "Not ready"}


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """What the API says when it cannot answer.

    Attributes:
        status_code: the HTTP status.
        detail: what is wrong, naming it, and what to do.
    """

    status_code: int
    detail: str


ERRORS = (NotFoundException, ServiceUnavailableException)
"""What every twin may answer: there is no such thing, or no book yet."""


@dataclass(frozen=True, kw_only=True)
class Slice(Generic[T]):
    """A page of a list.

    Attributes:
        items: what is on it.
        page: its number, from 1.
        pages: how many there are, at least 1.
        total: things on all of them.
    """

    items: Sequence[T]
    page: int
    pages: int
    total: int

    def view(self, kind: Callable[..., V], **more: object) -> V:
        """Return the same as the twin of a page holds it.

        Args:
            kind: what holds it, by the same names.
            more: what it holds besides.
        """
        return kind(items=tuple(self.items), page=self.page, pages=self.pages, total=self.total, **more)


def sliced(items: Sequence[T], page: int, size: int) -> Slice[T]:
    """Return a page of a list.

    Args:
        items: the list.
        page: number of the page, from 1.
        size: things on a page.

    Raises:
        NotFoundException: there are fewer pages.
    """
    pages = max(1, math.ceil(len(items) / size))
    if not 1 <= page <= pages:
        raise NotFoundException(f"page {page}: the list has {count(pages, 'page')}; see page 1")
    first = (page - 1) * size
    return Slice(items=items[first : first + size], page=page, pages=pages, total=len(items))


def number(given: str, what: str) -> int:
    """Return the number in an address.

    Args:
        given: as it stands in the address.
        what: what it is the number of, for the message.

    Raises:
        NotFoundException: it is none.
    """
    # `isdecimal` takes digits of every script, and `int` refuses thousands of them.
    if not (given.isascii() and given.isdecimal() and len(given) <= len(str(FURTHEST)) + 2):
        raise unknown(what, given)
    return int(given)


def unknown(what: str, ident: str) -> NotFoundException:
    """Return the error that says that a thing is not in the book, naming it."""
    return NotFoundException(f"{what} {clipped(ident)}: there is none in the book as it is now; see the list")


def known(found: T | None, what: str, ident: str) -> T:
    """Return a thing that was looked for.

    Args:
        found: it, or None.
        what: what it is, for the message.
        ident: as it stands in the address.

    Raises:
        NotFoundException: there is none.
    """
    if found is None:
        raise unknown(what, ident)
    return found


def clipped(text: str, longest: int = 80) -> str:
    """Return what an address holds such that it can be repeated: on one line, and not at any length."""
    shown = line(text)
    return shown if len(shown) <= longest else shown[:longest] + "…"


def html(request: Asked, template: str, *, status: int = 200, **shown: object) -> Response[str]:
    """Return a page.

    Args:
        request: what was asked.
        template: name of the template.
        status: HTTP status.
        shown: what the template shows.
    """
    desk: Desk = request.app.state["desk"]
    book = shown.pop("book", None) or desk.keeper.book
    shown["visitor"] = visitor_of(request.scope["state"])
    text = (
        _templates()
        .get_template(template)
        .render(desk=desk, book=book, fresh=desk.keeper.freshness, here=request.url.path, request=request, **shown)
    )
    return Response(text, media_type=MediaType.HTML, status_code=status)


def made_once(book: OpenBook, template: str) -> Markup:
    """Return a part of a page that is the same for everybody as long as the book is, made when it is first asked for.

    Args:
        book: all that it shows.
        template: name of its template.
    """
    made = book.parts.get(template)
    if made is None:
        made = book.parts[template] = _templates().get_template(template).render(book=book)
    return Markup(made)  # noqa: S704  the template has escaped what is in it


def address(request: Asked, **changes: object) -> str:
    """Return the address of the page that is shown, with other values of its query.

    Args:
        request: what was asked.
        changes: what is to be other; a value of None or an empty one is left out.
    """
    asked: dict[str, object] = {**{k: v for k, v in request.query_params.items() if k != "page"}, **changes}
    told = urlencode({k: v for k, v in asked.items() if v not in {None, ""}}, errors="replace")
    return request.url.path + (f"?{told}" if told else "")


def wrong(request: Asked, error: HTTPException) -> Response[Any]:
    """Answer what cannot be answered, on a page or as JSON."""
    reason = error.detail
    if error.status_code == HTTP_404_NOT_FOUND and reason == HTTPStatus.NOT_FOUND.phrase:
        reason = f"{clipped(request.url.path)}: there is no such page; see the navigation"
    return _told(request, error.status_code, reason, error.headers)


def trouble(request: Asked, error: TrucebookError) -> Response[Any]:
    """Say what a case that cannot be used says."""
    return _told(request, HTTP_503_SERVICE_UNAVAILABLE, str(error))


def failed(request: Asked, error: Exception) -> Response[Any]:
    """Say that the program has a fault, and nothing of where: the log of the server has it."""
    logging.getLogger(__name__).error("%s %s", request.method, clipped(request.url.path), exc_info=error)
    return _told(request, HTTP_500_INTERNAL_SERVER_ERROR, "the desk has a fault here; its log says where")


def _told(request: Asked, status: int, reason: str, headers: Mapping[str, str] | None = None) -> Response[Any]:
    if request.url.path.startswith("/api/"):
        return Response(Problem(status_code=status, detail=reason), status_code=status, headers=headers)
    title = _TITLES.get(status, "Not done")
    answer = html(request, "trouble.html.j2", status=status, title=title, reason=reason)
    answer.headers.update(headers or {})
    return answer


@cache
def _templates() -> jinja2.Environment:
    made = jinja2.Environment(
        loader=jinja2.PackageLoader("trucebook.desk"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        # An installed program's templates do not change, and each page has several: to look took a tenth of its time.
        auto_reload=False,
    )
    made.filters.update(line=line, spoken=spoken, machine=machine, day=day, ago=ago)
    made.globals.update(
        count=count, address=address, place=place, web_address=web_address, static=_static, made_once=made_once
    )
    made.globals.update(cite=cited, ident=ident, kinds=KINDS, tenures=TENURES)
    made.globals.update(
        things=THINGS,
        acts=ACTS,
        does=DOES,
        in_words=found_in_words,
        move_acts=get_args(Act),
        move_statuses=get_args(MoveStatus),
    )
    made.globals.update(navigation=NAVIGATION, standings=STANDINGS, signs=SIGNS, types=TYPES)
    return made


@cache
def _static(name: str) -> str:
    """The address of a file of the desk's own, another one when it has another content."""
    content = next(folder / name for folder in (STATIC, STYLES) if (folder / name).exists()).read_bytes()
    return f"/static/{name}?v={hashlib.sha256(content).hexdigest()[:12]}"
