"""The commands about who may use a case by way of the desk."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from trucebook.console import deliver
from trucebook.errors import SettingsError
from trucebook.options import acting_user, takes_user

if TYPE_CHECKING:
    from collections.abc import Callable

    from trucebook.record.case import Case

# As `trucebook.record.accounts` has them; --help loads no database.
_ROLES = ("reader", "analyst", "editor")
_role = click.option("--role", type=click.Choice(_ROLES), required=True, help="What the person may do.")


@click.group(
    short_help="Say who may use a case at the desk.",
    epilog="\b\nExamples:\n  trucebook user add talks.truce ida --role editor\n  trucebook user list talks.truce",
)
def user() -> None:
    """Say who may use a case at the desk, where others can reach it.

    A reader may read everything; an analyst adds reports and judges too; an editor looks after accounts as well.
    Passwords are asked for at the terminal, or read from standard input as one line; they are never arguments.
    """


@user.command(epilog="\b\nExample:\n  trucebook user add talks.truce ida --role analyst")
@click.argument("case", metavar="CASE")
@click.argument("name", metavar="NAME")
@_role
@takes_user
def add(case: str, name: str, role: str, user: str | None) -> None:
    """Make an account."""
    accounts, open_case = _library()
    with open_case(case) as opened:
        accounts.add_account(opened, name, accounts.role_of(role), _password(), user=acting_user(user))


@user.command(epilog="\b\nExample:\n  trucebook user remove talks.truce ida")
@click.argument("case", metavar="CASE")
@click.argument("name", metavar="NAME")
@takes_user
def remove(case: str, name: str, user: str | None) -> None:
    """Remove an account, and log its owner out. What the person judged stays."""
    accounts, open_case = _library()
    with open_case(case) as opened:
        accounts.remove_account(opened, name, user=acting_user(user))


@user.command("list", epilog="\b\nExample:\n  trucebook user list talks.truce")
@click.argument("case", metavar="CASE")
def list_(case: str) -> None:
    """List the accounts: role and name, a line each."""
    accounts, open_case = _library()
    with open_case(case) as opened:
        lines = [f"{a.role} {a.name}\n" for a in accounts.accounts(opened)]
    deliver("".join(lines).encode("utf-8", "replace"), None)


@user.command(epilog="\b\nExample:\n  trucebook user password talks.truce ida")
@click.argument("case", metavar="CASE")
@click.argument("name", metavar="NAME")
@takes_user
def password(case: str, name: str, user: str | None) -> None:
    """Give an account another password, and log its owner out everywhere."""
    accounts, open_case = _library()
    with open_case(case) as opened:
        accounts.set_password(opened, name, _password(), user=acting_user(user))


@user.command(epilog="\b\nExample:\n  trucebook user role talks.truce ida --role editor")
@click.argument("case", metavar="CASE")
@click.argument("name", metavar="NAME")
@_role
@takes_user
def role(case: str, name: str, role: str, user: str | None) -> None:
    """Give an account another role; it holds from the next page that its owner opens."""
    accounts, open_case = _library()
    with open_case(case) as opened:
        accounts.set_role(opened, name, accounts.role_of(role), user=acting_user(user))


def _library() -> tuple[Any, Callable[[str], Case]]:
    """What works on accounts: --help loads nothing of it, and it is an extra."""
    try:
        from trucebook.record import accounts  # noqa: PLC0415
        from trucebook.record.case import open_case  # noqa: PLC0415
    except ImportError as error:
        raise SettingsError(f"accounts need {error.name}; install it: pip install 'trucebook[desk]'") from error
    return accounts, open_case


def _password() -> str:
    if sys.stdin and sys.stdin.isatty():
        asked: str = click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
        return asked
    return sys.stdin.readline().rstrip("\r\n") if sys.stdin else ""
