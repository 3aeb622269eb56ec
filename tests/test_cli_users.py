"""The commands about accounts, as who looks after a case meets them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from trucebook.cli import program
from trucebook.record.accounts import authenticated
from trucebook.record.case import open_case

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("quick_passwords")

WORDS = "three words together"
OTHER = "four other words here"


@pytest.fixture
def talks(tmp_path: Path) -> str:
    place = str(tmp_path / "talks.truce")
    open_case(place, create=True).close()
    return place


def user(*arguments: str, password: str = "") -> Result:
    return CliRunner().invoke(program, ["user", *arguments], input=password)


def may_log_in(place: str, name: str, password: str) -> bool:
    with open_case(place) as case:
        return authenticated(case, name, password) is not None


def test_accounts_are_made_listed_changed_and_removed(talks: str) -> None:
    assert user("add", talks, "ida", "--role", "analyst", password=WORDS + "\n").exit_code == 0
    assert user("add", talks, "Olan Thorne", "--role", "reader", password=WORDS).exit_code == 0
    assert user("list", talks).stdout == "analyst ida\nreader Olan Thorne\n"
    assert user("role", talks, "ida", "--role", "editor").exit_code == 0
    assert user("password", talks, "ida", password=OTHER + "\r\n").exit_code == 0
    assert user("remove", talks, "olan thorne").exit_code == 0
    assert user("list", talks).stdout == "editor ida\n"
    assert (may_log_in(talks, "ida", OTHER), may_log_in(talks, "ida", WORDS)) == (True, False)


@pytest.mark.parametrize(
    ("arguments", "password", "told"),
    [
        (["add", "{case}", "ida", "--role", "reader"], "", "a password has 12 to 1024 characters"),
        (["add", "{case}", "<b>", "--role", "reader"], WORDS, "will not do; letters, digits"),
        (["add", "{case}", "ida", "--role", "admin"], WORDS, "'admin' is not one of"),
        (["add", "{case}", "ida"], WORDS, "Missing option '--role'"),
        (["add", "{case}.none", "ida", "--role", "reader"], WORDS, "does not exist"),
        (["remove", "{case}", "nobody"], "", "there is no such account"),
        (["add", "{case}", "ida", "--role", "reader", "--password", WORDS], "", "No such option '--password'"),
    ],
    ids=["no-password", "markup", "no-such-role", "no-role", "no-case", "nobody", "password-as-argument"],
)
def test_what_cannot_be_done_is_told_with_status_2(talks: str, arguments: list[str], password: str, told: str) -> None:
    done = user(*(a.replace("{case}", talks) for a in arguments), password=password)
    assert (done.exit_code, done.stdout) == (2, "")
    assert told in done.stderr.replace("--password.", "'--password'.").replace(": --password", ": '--password'")
    assert user("list", talks).stdout == ""


def test_no_password_is_shown(talks: str) -> None:
    done = user("add", talks, "ida", "--role", "reader", password=WORDS + "\n")
    assert WORDS not in done.output
