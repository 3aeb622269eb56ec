"""The guard before the desk: who is let through, from where, and what a browser may do with the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx
import pytest
from desk_cases import run_apart

from trucebook.desk.guard.asgi import answer, cookie
from trucebook.desk.guard.forms import LONGEST_FORM
from trucebook.desk.guard.guard import Guard
from trucebook.desk.guard.policy import Policy
from trucebook.desk.guard.visitors import Visitor, csrf_of, visitor_of
from trucebook.record.accounts import Role, add_account, authenticated
from trucebook.record.case import Case, open_case
from trucebook.record.sessions import begin, end

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from trucebook.desk.guard.asgi import Receive, Scope, Send

pytestmark = pytest.mark.usefixtures("quick_passwords")

WORDS = "three words together"
HERE = "http://desk.example"
PAGE = {"accept": "text/html"}
ALONE = Policy(user="ida", hosts=frozenset({"127.0.0.1", "localhost"}))
ACCOUNTS = Policy(user=None)


@pytest.fixture
def talks(tmp_path: Path) -> Iterator[Case]:
    with open_case(str(tmp_path / "talks.truce"), create=True) as case:
        yield case


class Desk:
    """A desk that has no pages, and tells who came to it with what."""

    def __init__(self) -> None:
        self.came: list[tuple[str, Visitor, bytes]] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        body, more = b"", True
        while more:
            message = await receive()
            body, more = body + message.get("body", b""), message.get("more_body", False)
        self.came.append((scope["path"], visitor_of(scope["state"]), body))
        await answer(send, 200, b"<p>page</p>", [(b"content-type", b"text/html"), (b"server", b"it")])


def ask(
    case: Case,
    policy: Policy,
    method: str,
    address: str | httpx.URL,
    *,
    desk: Desk | None = None,
    guard: Guard | None = None,
    cookies: Mapping[str, str] | None = None,
    **more: Any,  # noqa: ANN401  what httpx takes
) -> httpx.Response:
    async def asking() -> httpx.Response:
        transport = httpx.ASGITransport(guard or Guard(desk or Desk(), case, policy))
        async with httpx.AsyncClient(transport=transport, cookies=dict(cookies or {})) as client:
            return await client.request(method, address, **more)

    return run_apart(asking())


def logged_in(case: Case, role: Role) -> tuple[dict[str, str], str]:
    """Return the cookie of a new person with a role, and what that person's forms bring."""
    add_account(case, role, role, WORDS, user="root")
    owner = authenticated(case, role, WORDS)
    assert owner is not None
    token = begin(case, owner).token
    return {Guard(Desk(), case, ACCOUNTS).cookies.session: token}, csrf_of(token)


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:8321", 200),
        ("localhost", 200),
        ("LOCALHOST:1", 200),
        ("evil.example", 421),
        ("127.0.0.1.evil.example", 421),
        ("localhost.evil.example:8321", 421),
        ("", 421),
        ("127.0.0.1@evil.example", 421),
        ("[", 421),
    ],
)
def test_a_desk_of_one_person_answers_to_this_machines_names_alone(talks: Case, host: str, status: int) -> None:
    desk = Desk()
    found = ask(talks, ALONE, "GET", "http://127.0.0.1/", desk=desk, headers={"host": host, **PAGE})
    assert found.status_code == status
    assert len(desk.came) == (status == 200)


def test_the_one_person_is_known_without_logging_in(talks: Case) -> None:
    desk = Desk()
    ask(talks, ALONE, "GET", "http://localhost/", desk=desk)
    ((_, visitor, _),) = desk.came
    assert (visitor.name, visitor.role, visitor.alone) == ("ida", "editor", True)


@pytest.mark.parametrize(
    ("headers", "token", "status"),
    [
        ({"origin": "http://localhost"}, True, 200),
        ({"sec-fetch-site": "same-origin"}, True, 200),
        ({}, True, 200),  # a program
        ({"origin": "http://localhost"}, False, 403),
        ({}, False, 403),
        ({"origin": "http://evil.example"}, True, 403),
        ({"origin": "http://localhost:81"}, True, 403),
        ({"origin": "null"}, True, 403),
        ({"sec-fetch-site": "cross-site"}, True, 403),
        ({"sec-fetch-site": "same-site"}, True, 403),
    ],
)  # fmt: skip
def test_a_change_comes_from_the_desks_own_page(
    talks: Case, headers: dict[str, str], *, token: bool, status: int
) -> None:
    desk = Desk()
    guard = Guard(desk, talks, ALONE)
    ask(talks, ALONE, "GET", "http://localhost/", guard=guard)
    csrf = desk.came[0][1].csrf if token else "0" * 64
    found = ask(
        talks, ALONE, "POST", "http://localhost/x", guard=guard, headers=headers, data={"note": "a", "csrf": csrf}
    )
    assert (found.status_code, len(desk.came)) == (status, 1 + (status == 200))


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "PROPFIND"])
def test_whatever_is_no_look_is_a_change(talks: Case, method: str) -> None:
    assert ask(talks, ALONE, method, "http://localhost/").status_code == 403


def test_the_token_comes_in_a_form_a_form_with_files_or_a_header(talks: Case) -> None:
    cookies, csrf = logged_in(talks, "editor")
    desk = Desk()
    files = {"file": ("a.txt", b"x" * 200_000)}
    ways: list[tuple[str, dict[str, Any], int]] = [
        ("/x", {"data": {"csrf": csrf}}, 200),
        ("/x", {"content": b"{}", "headers": {"x-csrf-token": csrf}}, 200),
        ("/add", {"data": {"csrf": csrf}, "files": files}, 200),
        ("/add", {"data": {"csrf": csrf[:-1]}, "files": files}, 403),
        ("/add", {"data": {"a": "x" * 9000, "csrf": csrf}, "files": files}, 403),  # it comes first, or too late
        ("/x", {"json": {"csrf": csrf}}, 403),
        ("/x", {"content": f"csrf={csrf}".encode(), "headers": {"content-type": "text/plain"}}, 403),
        (f"/x?csrf={csrf}", {}, 403),
        ("/x", {"data": {"csrf": ""}}, 403),
    ]
    for path, more, status in ways:
        found = ask(talks, ACCOUNTS, "POST", HERE + path, desk=desk, cookies=cookies, **more)
        assert found.status_code == status, (path, more)
    sent = [body for _, _, body in desk.came]
    assert sent[0] == f"csrf={csrf}".encode()
    assert b"x" * 200_000 in sent[2]  # what was looked at is there for the page too


def test_a_token_is_of_one_session_alone(talks: Case) -> None:
    cookies, _ = logged_in(talks, "editor")
    _, other = logged_in(talks, "analyst")
    assert ask(talks, ACCOUNTS, "POST", HERE + "/x", cookies=cookies, data={"csrf": other}).status_code == 403


def test_who_is_not_logged_in_is_asked_to_and_led_back(talks: Case) -> None:
    found = ask(talks, ACCOUNTS, "GET", HERE + "/findings?kind=value&page=2", headers=PAGE)
    assert (found.status_code, found.headers["location"]) == (303, "/login?next=%2Ffindings%3Fkind%3Dvalue%26page%3D2")
    assert ask(talks, ACCOUNTS, "GET", HERE + "/findings").json()["status"] == 401
    assert ask(talks, ACCOUNTS, "POST", HERE + "/findings", headers=PAGE).status_code == 401


def test_who_comes_from_another_site_is_asked_again_from_here(talks: Case) -> None:
    found = ask(talks, ACCOUNTS, "GET", HERE + "/findings", headers={**PAGE, "sec-fetch-site": "cross-site"})
    assert found.status_code == 200
    assert 'http-equiv="refresh"' in found.text
    assert "page</p>" not in found.text.replace("Go on to the page", "")


def test_who_logged_out_is_nobody(talks: Case) -> None:
    cookies, _ = logged_in(talks, "reader")
    assert ask(talks, ACCOUNTS, "GET", HERE + "/", cookies=cookies).status_code == 200
    (token,) = cookies.values()
    end(talks, token)
    assert ask(talks, ACCOUNTS, "GET", HERE + "/", cookies=cookies).status_code == 401


@pytest.mark.parametrize(
    ("path", "headers", "seen"),
    [("/", {}, True), ("/", {"x-by-itself": "1"}, False), ("/events", {}, False)],
)
def test_what_a_page_asks_for_by_itself_is_nobody_at_work(
    talks: Case, monkeypatch: pytest.MonkeyPatch, path: str, headers: dict[str, str], *, seen: bool
) -> None:
    noted: list[bool] = []

    def watched(_case: Case, _token: str, *, seen: bool) -> None:
        noted.append(seen)

    monkeypatch.setattr("trucebook.desk.guard.guard.resume", watched)
    cookies = {Guard(Desk(), talks, ACCOUNTS).cookies.session: "x"}
    ask(talks, ACCOUNTS, "GET", HERE + path, cookies=cookies, headers=headers)
    assert noted == [seen]


@pytest.mark.parametrize(
    ("path", "refused"),
    [
        ("//accounts", True),
        ("/./accounts", True),
        ("/x/../accounts", True),
        ("/..", True),
        ("/.", True),
        ("/a//b", True),
        ("/a/b", False),
        ("/a/", False),
        ("/a.b/..c", False),
        ("", True),
    ],
)
def test_a_path_is_written_in_one_way(talks: Case, path: str, *, refused: bool) -> None:
    sent: list[Any] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request"}

    async def send(message: Any) -> None:  # noqa: ANN401
        sent.append(message)

    # As a server hands it on: what clients would tidy up, an attacker sends.
    scope = {"type": "http", "method": "GET", "path": path, "query_string": b"", "headers": [(b"host", b"localhost")]}
    run_apart(Guard(Desk(), talks, ALONE)(scope, receive, send))
    assert sent[0]["status"] == (404 if refused else 200)


def test_every_answer_keeps_a_browser_from_running_what_stands_in_it(talks: Case) -> None:
    for path, headers in (("/", {}), ("/", {"host": "evil.example"}), ("//", {})):
        found = ask(talks, ALONE, "GET", "http://localhost" + path, headers=headers)
        policy = dict(p.strip().split(" ", 1) for p in found.headers["content-security-policy"].split(";"))
        assert (policy["default-src"], policy["script-src"], policy["frame-ancestors"]) == (
            "'none'",
            "'self'",
            "'none'",
        )
        assert "unsafe" not in str(policy)
        assert found.headers["x-content-type-options"] == "nosniff"
        assert found.headers["referrer-policy"] == "same-origin"
        assert found.headers["cache-control"] == "no-store"
        assert "server" not in found.headers


def test_what_is_the_same_for_everybody_may_be_kept(talks: Case) -> None:
    assert ask(talks, ACCOUNTS, "GET", HERE + "/static/desk.css").headers["cache-control"] == "no-cache"


def test_with_https_cookies_go_by_https_alone(talks: Case) -> None:
    policy = Policy(user=None, origin="https://desk.example", hosts=frozenset({"desk.example"}))
    found = ask(talks, policy, "GET", "https://desk.example/login", headers=PAGE)
    (given,) = found.headers.get_list("set-cookie")
    assert given.startswith("__Host-trucebook-login-")
    assert given.endswith("; Path=/; HttpOnly; SameSite=Strict; Secure")
    assert found.headers["strict-transport-security"] == "max-age=31536000"
    plain = ask(talks, ACCOUNTS, "GET", HERE + "/login", headers=PAGE)
    assert "Secure" not in plain.headers["set-cookie"]
    assert "strict-transport-security" not in plain.headers


def test_the_form_to_log_in_is_guarded_too(talks: Case) -> None:
    desk = Desk()
    guard = Guard(desk, talks, ACCOUNTS)
    given = ask(talks, ACCOUNTS, "GET", HERE + "/login", guard=guard).cookies
    csrf = desk.came[0][1].csrf
    assert csrf
    for cookies, token, status in ((given, csrf, 200), ({}, csrf, 403), (given, "", 403), ({}, "", 403)):
        found = ask(talks, ACCOUNTS, "POST", HERE + "/login", guard=guard, cookies=cookies, data={"csrf": token})
        assert found.status_code == status


@pytest.mark.parametrize(("size", "status"), [(LONGEST_FORM - 200, 200), (LONGEST_FORM + 1, 413)])
def test_a_form_that_is_too_large_is_refused(talks: Case, size: int, status: int) -> None:
    cookies, csrf = logged_in(talks, "editor")
    for more in (
        {"data": {"csrf": csrf, "note": "x" * size}},
        {"content": b"x" * size, "headers": {"x-csrf-token": csrf}},
    ):
        desk = Desk()
        found = ask(talks, ACCOUNTS, "POST", HERE + "/x", desk=desk, cookies=cookies, **more)
        assert (found.status_code, len(desk.came)) == (status, status == 200)


def test_another_kind_of_connection_is_closed(talks: Case) -> None:
    sent: list[Any] = []

    async def receive() -> dict[str, Any]:
        return {"type": "websocket.connect"}

    async def send(message: Any) -> None:  # noqa: ANN401
        sent.append(message)

    run_apart(Guard(Desk(), talks, ALONE)({"type": "websocket", "path": "/"}, receive, send))
    assert sent == [{"type": "websocket.close", "code": 1008}]


@pytest.mark.parametrize(
    ("given", "found"),
    [("a=1; b=2", "2"), ("b=2", "2"), ("bb=1; b = 2", ""), ('x="; b=2', "2"), ("b", ""), ("", ""), ('b="2"', "2"), ("é=\xff;b=2", "2")],
)  # fmt: skip
def test_a_cookie_is_found_beside_whatever_others(given: str, found: str) -> None:
    assert cookie({"headers": [(b"cookie", given.encode("latin-1"))]}, "b") == found
