"""Logging in, what each role may do on every route there is, and accounts on their page."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from desk_cases import fill
from litestar.testing import TestClient

from trucebook.desk.app import _pages, guarded
from trucebook.desk.desk import Desk
from trucebook.desk.guard.limits import PER_ACCOUNT
from trucebook.desk.guard.policy import policy_for
from trucebook.desk.guard.visitors import SAFE, needed
from trucebook.desk.pages.login import inside
from trucebook.desk.settings import DeskSettings
from trucebook.record.accounts import ROLES, accounts, add_account
from trucebook.record.case import Case, open_case

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("quick_passwords")

WORDS = "three words together"
OTHER = "four other words here"
PAGE = {"accept": "text/html"}
SETTINGS = DeskSettings(apart=False)
# What is open to everybody, and what changes anything: a route that is new in either has to be thought of here.
OPEN = {("GET", "/login"), ("POST", "/login")}
CHANGES: dict[str, str | None] = {
    **{f"{room}/judge": "analyst" for room in ("", "/api")},
    **{f"{room}/undo": "analyst" for room in ("", "/api")},
    **{f"{room}/changes": "reader" for room in ("", "/api")},
    "/login": None,
    "/logout": "reader",
    "/password": "reader",
    "/accounts": "editor",
    "/add": "analyst",
}
READING = {
    f"{twin}{route}": role
    for twin in ("", "/api")
    for route, role in (("/accounts", "editor"), ("/add", "analyst"), ("/add/{batch}", "analyst"))
}


@pytest.fixture
def talks(tmp_path: Path) -> Iterator[Case]:
    """A case with a person of each role."""
    with open_case(str(tmp_path / "talks.truce"), create=True) as case:
        fill(case)
        for role in ROLES:
            add_account(case, role, role, WORDS, user="root")
        yield case


@pytest.fixture
def shared(talks: Case) -> Iterator[Desk]:
    desk = Desk(talks, SETTINGS, policy_for(talks, SETTINGS.host, user="root"))
    desk.keeper.refresh()
    yield desk
    desk.close()


@contextmanager
def browser(desk: Desk) -> Iterator[TestClient[Any]]:
    # Without its lifespan: the desk is the same for several browsers.
    yield TestClient(guarded(desk), base_url="http://127.0.0.1")


def token(page: str) -> str:
    return str(re.findall(r'name="csrf" value="(\w+)"', page)[0])


def log_in(client: TestClient[Any], name: str, password: str = WORDS, *, to: str = "") -> Any:  # noqa: ANN401
    form = {"csrf": token(client.get("/login").text), "name": name, "password": password, "next": to}
    return client.post("/login", data=form, follow_redirects=False)


def routes(desk: Desk) -> set[tuple[str, str]]:
    return {
        (method, route.path_format)
        for route in _pages(desk).routes
        for method in getattr(route, "methods", ())
        if method != "OPTIONS"
    }


def path_of(route: str) -> str:
    return re.sub(r"\{[^}]*\}", "desk.css" if "static" in route else "x1", route)


@pytest.mark.parametrize("role", [None, *ROLES])
def test_every_route_is_for_whom_it_should_be(shared: Desk, role: str | None) -> None:
    found = routes(shared)
    assert {"/", "/findings", "/api/findings", "/api/openapi.json", "/events"} <= {path for _, path in found}
    with browser(shared) as client:
        if role:
            assert log_in(client, role).status_code == 303
        for method, route in sorted(found - {("GET", "/events")}):
            wanted = CHANGES.get(route, "editor") if method not in SAFE else READING.get(route, "reader")
            if (method, route) in OPEN or route.startswith("/static"):
                wanted = None
            allowed = wanted is None or (role is not None and ROLES.index(role) >= ROLES.index(wanted))
            status = client.request(method, path_of(route), follow_redirects=False).status_code
            # A change without the form's own token is refused for whoever may make it: nothing is changed here.
            if allowed:
                assert status not in {401, 303} | (set() if method not in SAFE else {403}), (method, route, status)
            else:
                assert status == (403 if role else 401), (method, route, status)


def test_what_changes_anything_was_thought_of(shared: Desk) -> None:
    found = {path for method, path in routes(shared) if method not in SAFE}
    assert found - set(CHANGES) == set()
    assert {path: needed("POST", path) for path in CHANGES} == CHANGES
    assert needed("GET", "/events") == "reader"


def test_who_logs_in_goes_on_to_the_page_that_was_asked_for(shared: Desk) -> None:
    with browser(shared) as client:
        asked = client.get("/findings?kind=value", headers=PAGE, follow_redirects=False)
        there = client.get(asked.headers["location"])
        assert 'value="/findings?kind=value"' in there.text
        gone = log_in(client, "reader", to="/findings?kind=value")
        assert (gone.status_code, gone.headers["location"]) == (303, "/findings?kind=value")
        given = [c for c in gone.headers.get_list("set-cookie") if "login" not in c]
        assert len(given) == 1
        assert {"HttpOnly", "Path=/", "SameSite=strict"} <= set(given[0].split("; "))
        assert client.get("/findings").status_code == 200


def test_the_page_to_log_in_tells_nothing_of_the_case(shared: Desk) -> None:
    with browser(shared) as client:
        said = client.get("/login").text + client.get("/nowhere", headers=PAGE).text
    assert "talks" not in said
    assert "2031" not in said


def test_a_wrong_password_says_no_more_than_a_wrong_name(shared: Desk) -> None:
    with browser(shared) as client:
        known, unknown = log_in(client, "reader", OTHER), log_in(client, "nobody", OTHER)
        assert (known.status_code, unknown.status_code) == (401, 401)
        assert known.text.replace("reader", "") == unknown.text.replace("nobody", "")
        assert client.get("/").status_code == 401


def test_passwords_cannot_be_tried_without_end(shared: Desk) -> None:
    with browser(shared) as client:
        tried = [log_in(client, "editor", f"{OTHER} {i}").status_code for i in range(PER_ACCOUNT + 1)]
        assert tried == [401] * PER_ACCOUNT + [429]
        late = log_in(client, "editor")
        assert late.status_code == 429
        assert int(late.headers["retry-after"]) > 0
        assert log_in(client, "reader").status_code == 303


def test_a_session_is_another_one_after_logging_in(shared: Desk) -> None:
    with browser(shared) as client:
        client.cookies.set(shared.cookies.session, "chosen-by-somebody-else", domain="127.0.0.1")
        log_in(client, "reader")
        assert client.get("/").status_code == 200
    with browser(shared) as other:
        other.cookies.set(shared.cookies.session, "chosen-by-somebody-else")
        assert other.get("/").status_code == 401


def test_who_logs_out_is_out(shared: Desk) -> None:
    with browser(shared) as client:
        log_in(client, "reader")
        kept = dict(client.cookies)
        gone = client.post("/logout", data={"csrf": token(client.get("/").text)}, follow_redirects=False)
        assert (gone.status_code, gone.headers["location"]) == (303, "/login")
        client.cookies.update(kept)
        assert client.get("/").status_code == 401


def test_another_password_ends_every_other_session(shared: Desk) -> None:
    with browser(shared) as one, browser(shared) as two:
        log_in(one, "reader")
        log_in(two, "reader")
        form = {"csrf": token(one.get("/password").text), "old": WORDS, "new": OTHER, "again": OTHER}
        wrong = one.post("/password", data={**form, "old": OTHER})
        assert (wrong.status_code, "present password is not right" in wrong.text) == (422, True)
        assert one.post("/password", data={**form, "again": WORDS}).status_code == 422
        assert one.post("/password", data={**form, "new": "short", "again": "short"}).status_code == 422
        assert two.get("/").status_code == 200
        assert one.post("/password", data=form, follow_redirects=False).status_code == 303
        assert (one.get("/").status_code, two.get("/").status_code) == (200, 401)
        assert (log_in(two, "reader").status_code, log_in(two, "reader", OTHER).status_code) == (401, 303)


def test_accounts_are_looked_after_on_a_page(shared: Desk) -> None:
    with browser(shared) as client:
        log_in(client, "editor")
        csrf = token(client.get("/accounts").text)
        acts: list[tuple[dict[str, str], int]] = [
            ({"act": "add", "name": "ida", "role": "reader", "password": WORDS}, 303),
            ({"act": "add", "name": "ida", "role": "reader", "password": WORDS}, 422),
            ({"act": "add", "name": "<script>", "role": "reader", "password": WORDS}, 422),
            ({"act": "add", "name": "olan", "role": "admin", "password": WORDS}, 422),
            ({"act": "role", "name": "ida", "role": "analyst"}, 303),
            ({"act": "password", "name": "ida", "password": OTHER}, 303),
            ({"act": "remove", "name": "reader"}, 303),
            ({"act": "<b>"}, 422),
        ]
        for form, status in acts:
            done = client.post("/accounts", data={**form, "csrf": csrf}, follow_redirects=False)
            assert done.status_code == status, form
            assert "<script>" not in done.text.replace("<script src", "")
            assert "<b>" not in done.text
        twin = client.get("/api/accounts")
        assert {"name": "ida", "role": "analyst"} in twin.json()["items"]
        assert "argon2" not in twin.text
    assert [(a.name, a.role) for a in accounts(shared.case)] == [
        ("analyst", "analyst"),
        ("editor", "editor"),
        ("ida", "analyst"),
    ]


@pytest.mark.parametrize(
    ("given", "address"),
    [
        ("/findings?x=1#a", "/findings?x=1#a"),
        ("", "/"),
        ("//evil.example/", "/"),
        ("https://evil.example/", "/"),
        ("/\\evil.example", "/"),
        ("\\\\evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("/a\r\nset-cookie: x=1", "/"),
        ("/\t/evil.example", "/"),
        ("/ü", "/"),
    ],
)
def test_one_is_led_on_inside_the_desk_alone(given: str, address: str) -> None:
    assert inside(given) == address
