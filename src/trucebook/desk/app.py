"""The application: its pages, its API, and what holds for every answer."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING, cast

from litestar import Litestar, Router
from litestar.datastructures import State
from litestar.di import Provide
from litestar.exceptions import HTTPException
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.static_files import create_static_files_router

from trucebook.desk.bodiless import answering_head
from trucebook.desk.desk import Desk
from trucebook.desk.guard.guard import Guard
from trucebook.desk.guard.policy import policy_for
from trucebook.desk.pages import (
    accounts,
    actors,
    adding,
    exports,
    findings,
    judging,
    live,
    login,
    play,
    quotes,
    reports,
    review,
    search,
    state,
    timeline,
    trail,
)
from trucebook.desk.settings import DeskSettings
from trucebook.desk.web import STATIC, STYLES, failed, trouble, wrong
from trucebook.errors import TrucebookError

if TYPE_CHECKING:
    from litestar.types import ASGIApp

    from trucebook.desk.guard.asgi import App
    from trucebook.record.case import Case

_ROOMS = (
    *(state, play, findings, reports, actors, quotes, timeline, search, review, judging, trail, exports),
    *(adding, accounts),
)
# Pages that are about who asks: programs have no business there.
_BACK_ROOMS = (live, login)
_ABOUT = "What a case comes to, with the exact words of every line; each of these is a page too, without /api."


def create_app(case: Case, settings: DeskSettings | None = None) -> ASGIApp:
    """Return the application that serves a case.

    Args:
        case: the case; it stays open as long as the application is used.
        settings: of the desk.

    Raises:
        CaseError: the case cannot be read.
        SettingsError: a file that the settings name cannot be used, or others could reach a case without accounts.
    """
    how = settings or DeskSettings()
    return guarded(Desk(case, how, policy_for(case, how.host, user=how.user, origin=how.origin)))


def guarded(desk: Desk) -> ASGIApp:
    """Return the application that serves a desk, with the guard before it.

    Args:
        desk: what its pages ask.
    """
    # Litestar types each message of ASGI, the guard none: it looks at a few and hands on all.
    pages = cast("App", answering_head(_pages(desk)))
    return cast("ASGIApp", Guard(pages, desk.case, desk.policy))


def _pages(desk: Desk) -> Litestar:
    pages = [page for room in (*_ROOMS, *_BACK_ROOMS) for page in room.PAGES]
    return Litestar(
        route_handlers=[
            Router("/", route_handlers=pages, include_in_schema=False),
            Router("/api", route_handlers=[twin for room in _ROOMS for twin in room.TWINS]),
            create_static_files_router("/static", directories=[STATIC, STYLES], include_in_schema=False),
        ],
        dependencies={"desk": Provide(lambda: desk, sync_to_thread=False)},
        exception_handlers={HTTPException: wrong, TrucebookError: trouble, 500: failed},
        openapi_config=OpenAPIConfig(
            title="Trucebook desk",
            version=version("trucebook"),
            description=_ABOUT,
            path="/api",
            render_plugins=[JsonRenderPlugin(path="/openapi.json")],
        ),
        # What a program logs is for who runs it to decide; faults are logged in `web.failed`.
        logging_config=None,
        on_startup=[desk.start],
        on_shutdown=[desk.close],
        state=State({"desk": desk}),
    )
