"""Who may reach a desk: it does not start where others could read a case without an account."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from trucebook.desk.guard.policy import Policy, is_loopback, policy_for
from trucebook.desk.guard.visitors import needed
from trucebook.errors import SettingsError
from trucebook.record.accounts import add_account
from trucebook.record.case import Case, open_case

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def talks(tmp_path: Path) -> Iterator[Case]:
    with open_case(str(tmp_path / "talks.truce"), create=True) as case:
        yield case


@pytest.fixture
def shared(talks: Case, quick_passwords: None) -> Case:  # noqa: ARG001
    add_account(talks, "ida", "reader", "three words together", user="root")
    return talks


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "[::1]", "127.8.8.8", "LOCALHOST"])
def test_without_accounts_a_desk_is_one_persons_on_this_machine(talks: Case, host: str) -> None:
    policy = policy_for(talks, host, user="ida")
    assert (policy.user, policy.answers("localhost:8321"), policy.answers("evil.example")) == ("ida", True, False)


@pytest.mark.parametrize(
    "host",
    ["0.0.0.0", "::", "192.0.2.1", "desk.example", "", "localhost.evil.example", "128.0.0.1"],  # noqa: S104
)
def test_without_accounts_nobody_else_reaches_it(talks: Case, host: str) -> None:
    assert not is_loopback(host)
    with pytest.raises(SettingsError, match=r"has no accounts, .* trucebook user add .* --role editor"):
        policy_for(talks, host, user="ida")


def test_an_address_for_others_needs_accounts_too(talks: Case) -> None:
    with pytest.raises(SettingsError, match=r"has no accounts, and at https://desk\.example others could reach it"):
        policy_for(talks, "127.0.0.1", user="ida", origin="https://desk.example")


@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0", "desk.example"])  # noqa: S104
def test_with_accounts_everybody_logs_in(shared: Case, host: str) -> None:
    assert policy_for(shared, host, user="root").user is None


@pytest.mark.parametrize(
    ("given", "own", "strange"),
    [
        ("https://desk.example", "https://desk.example", "http://desk.example"),
        ("https://Desk.Example:443/", "https://desk.example", "https://desk.example:444"),
        ("http://desk.example:8080", "http://desk.example:8080", "http://desk.example"),
        ("http://[2001:db8::1]:8080", "http://[2001:db8::1]:8080", "http://desk.example"),
    ],
)
def test_a_desk_behind_a_proxy_knows_its_address(shared: Case, given: str, own: str, strange: str) -> None:
    policy = policy_for(shared, "127.0.0.1", user="root", origin=given)
    assert policy.is_own(own, "127.0.0.1:8321")
    assert not policy.is_own(strange, strange.partition("//")[2])
    assert policy.answers(own.partition("//")[2])
    assert not policy.answers("evil.example")
    assert policy.secure is given.startswith("https")


@pytest.mark.parametrize(
    "origin", ["desk.example", "ftp://desk.example", "https://", "https://a@b", "https://a/b", "https://a:x"]
)
def test_what_is_no_address_of_a_site_is_refused(shared: Case, origin: str) -> None:
    with pytest.raises(SettingsError, match="is no address of a site"):
        policy_for(shared, "127.0.0.1", user="root", origin=origin)


@pytest.mark.parametrize(
    ("origin", "host", "own"),
    [
        ("http://localhost:8321", "localhost:8321", True),
        ("https://localhost:8321", "localhost:8321", True),  # a proxy that ends TLS
        ("http://localhost:8321", "localhost:8322", False),
        ("http://localhost", "localhost:80", False),
        ("null", "localhost", False),
        ("", "", False),
        ("file://", "", False),
        ("chrome-extension://localhost", "localhost", False),
    ],
)
def test_a_page_of_this_desk_is_told_from_others(origin: str, host: str, *, own: bool) -> None:
    assert Policy(user=None).is_own(origin, host) is own


@pytest.mark.parametrize(
    ("method", "path", "role"),
    [
        ("GET", "/", "reader"),
        ("HEAD", "/findings/f1", "reader"),
        ("GET", "/static/desk.css", None),
        ("POST", "/static/desk.css", "editor"),
        ("GET", "/staticx", "reader"),
        ("GET", "/login", None),
        ("POST", "/login", None),
        ("GET", "/login/x", "reader"),
        ("GET", "/login\n", "reader"),
        ("POST", "/logout", "reader"),
        ("POST", "/password", "reader"),
        ("GET", "/accounts", "editor"),
        ("GET", "/accounts/", "editor"),
        ("POST", "/accounts/new\n", "editor"),
        ("GET", "/api/accounts", "editor"),
        ("GET", "/add", "analyst"),
        ("GET", "/api/add/0123456789abcdef", "analyst"),
        ("POST", "/add", "analyst"),
        ("POST", "/what-nobody-thought-of", "editor"),
        ("BREW", "/", "editor"),
    ],
)
def test_what_a_route_needs(method: str, path: str, role: str | None) -> None:
    assert needed(method, path) == role
