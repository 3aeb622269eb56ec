"""News for open pages: told when there are any, and to nobody who is logged in no more."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

import pytest
from desk_cases import run_apart
from record_stubs import BERG, THORNE, put, report

from trucebook.desk.app import guarded
from trucebook.desk.desk import Desk
from trucebook.desk.guard.policy import policy_for
from trucebook.desk.pages import live
from trucebook.desk.settings import DeskSettings
from trucebook.record.accounts import add_account, authenticated, set_role
from trucebook.record.books import end_of
from trucebook.record.case import Case, open_case
from trucebook.record.sessions import begin, end

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

SETTINGS = DeskSettings(apart=False, interval=0.05)


@pytest.fixture
def talks(tmp_path: Path) -> Iterator[Case]:
    with open_case(str(tmp_path / "talks.truce"), create=True) as case:
        put(case, report("one", BERG))
        yield case


@pytest.fixture
def desk(talks: Case) -> Iterator[Desk]:
    made = Desk(talks, SETTINGS, policy_for(talks, SETTINGS.host, user="ida"))
    made.keeper.start()
    yield made
    made.close()


def listen(desk: Desk, enough: Callable[[list[str]], bool], act: Callable[[], None], *, cookie: str = "") -> list[str]:
    """Listen for news, do something when the first have come, and return what was told."""
    told: list[str] = []
    done = asyncio.Event()

    async def receive() -> dict[str, Any]:
        if told and enough(told):
            return {"type": "http.disconnect"}
        await done.wait()
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:  # noqa: ANN401
        if message["type"] == "http.response.start":
            told.append(f"status {message['status']}")
        elif message.get("body"):
            told.append(message["body"].decode())
            if len(told) == 2:
                await asyncio.to_thread(act)
        if enough(told):
            done.set()

    headers = [(b"host", b"127.0.0.1"), (b"cookie", cookie.encode())]
    scope: dict[str, Any] = {
        "type": "http",
        "method": "GET",
        "path": "/events",
        "raw_path": b"/events",
        "query_string": b"",
        "headers": headers,
    }
    scope |= {
        "http_version": "1.1",
        "scheme": "http",
        "server": ("127.0.0.1", 80),
        "client": ("127.0.0.1", 1),
        "root_path": "",
        "asgi": {"version": "3.0"},
    }

    async def asking() -> None:
        app: Any = guarded(desk)
        await asyncio.wait_for(app(scope, receive, send), 60)

    run_apart(asking())
    return told


def books(told: list[str]) -> list[int]:
    return [
        json.loads(line.removeprefix("data: "))["book"]
        for t in told
        for line in t.splitlines()
        if line.startswith('data: {"end"')
    ]


def _put(case: Case) -> None:
    put(case, report("two", THORNE))


def test_a_page_hears_of_a_report_and_of_the_book_that_has_it(desk: Desk, talks: Case) -> None:
    before = desk.keeper.book.end.seq
    told = listen(desk, lambda t: books(t)[-1:] > [before], lambda: _put(talks))
    assert told[0] == "status 200"
    assert books(told)[0] == before
    assert books(told)[-1] == end_of(talks).seq


@pytest.mark.usefixtures("quick_passwords")
def test_who_is_logged_out_hears_no_more(talks: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "_ALIVE", 0.1)
    add_account(talks, "ida", "reader", "three words together", user="root")
    owner = authenticated(talks, "ida", "three words together")
    assert owner is not None
    token = begin(talks, owner).token
    made = Desk(talks, SETTINGS, policy_for(talks, SETTINGS.host, user="root"))
    try:
        cookie = f"{made.cookies.session}={token}"
        told = listen(made, lambda t: "event: out" in t[-1], lambda: end(talks, token), cookie=cookie)
        assert told[-1].startswith("event: out")
        assert listen(made, bool, lambda: None, cookie=cookie)[0] == "status 401"
    finally:
        made.close()


def test_there_is_an_end_to_how_many_listen(desk: Desk) -> None:
    desk.listening = live.MOST
    assert listen(desk, bool, lambda: None)[0] == "status 204"


@pytest.mark.usefixtures("quick_passwords")
def test_an_account_leaves_the_book_as_it_is(desk: Desk, talks: Case) -> None:
    before = end_of(talks)
    add_account(talks, "ida", "reader", "three words together", user="root")
    set_role(talks, "ida", "analyst", user="root")
    assert end_of(talks) == before
    desk.keeper.refresh()
    assert desk.keeper.freshness.current
    put(talks, report("two", THORNE))
    assert end_of(talks).seq > before.seq + 2
