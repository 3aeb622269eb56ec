"""Accounts of a case: who may use it by way of the desk, and what each may do there.

They lie in the case's database beside what the audit log vouches for. The log has an entry for each change of an
account, without its password; archives have none of the accounts.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

from sqlalchemy import delete, func, insert, select, update

from trucebook.record import passwords
from trucebook.record.errors import AccountError
from trucebook.record.schema import account, session

if TYPE_CHECKING:
    from typing import Any

    from sqlalchemy import Connection, Row

    from trucebook.record.case import Case
    from trucebook.record.ledger import Ledger

Role = Literal["reader", "analyst", "editor"]
ROLES: tuple[Role, ...] = get_args(Role)
"""What a person may do, each more than the one before: read; add reports and judge; look after accounts."""
_LONGEST = 64
# Besides letters and digits: enough for names and for addresses of mail.
_IN_NAMES = frozenset(" .-_@'’")


@dataclass(frozen=True, kw_only=True)
class Account:
    """Who may use a case.

    Attributes:
        id: of the row.
        name: as it was given; two names that differ in case alone are one.
        role: what the person may do.
        made: when the account was made, in microseconds since 1970.
    """

    id: int
    name: str
    role: Role
    made: int


def role_of(given: str) -> Role:
    """Return a role by its name.

    Raises:
        AccountError: there is no such role.
    """
    for role in ROLES:
        if role == given:
            return role
    raise AccountError(f"role {given!r}: there is none; it is one of {', '.join(ROLES)}")


def may(role: Role, wanted: Role) -> bool:
    """Whether who has a role may do what another is needed for."""
    return ROLES.index(role) >= ROLES.index(wanted)


def accounts(case: Case) -> tuple[Account, ...]:
    """Return the accounts of a case, by name.

    Raises:
        CaseError: the case cannot be read.
    """
    with case.reading() as connection:
        return tuple(account_of(row) for row in connection.execute(select(account).order_by(account.c.key)))


def has_accounts(case: Case) -> bool:
    """Whether a case has any account."""
    with case.reading() as connection:
        return connection.execute(select(func.count()).select_from(account)).scalar_one() > 0


def add_account(case: Case, name: str, role: Role, password: str, *, user: str) -> None:
    """Add an account.

    Args:
        case: the case.
        name: of the person.
        role: what the person may do.
        password: to log in with.
        user: who adds it, for the audit log.

    Raises:
        AccountError: the name or the password will not do, or there is such an account.
        CaseError: the case cannot be written to.
    """
    shown = name_of(name)
    kept = passwords.hashed(password, name=shown)
    with case.writing(user) as ledger:
        if _found(ledger.connection, shown) is not None:
            raise AccountError(f"{shown}: there is an account of that name; choose another, or remove it first")
        row = {"name": shown, "key": _key(shown), "role": role, "password": kept, "made": ledger.at}
        ledger.connection.execute(insert(account).values(row))
        _log(ledger, f"account {role}", shown)


def remove_account(case: Case, name: str, *, user: str) -> None:
    """Remove an account, and log its owner out.

    Raises:
        AccountError: there is none of that name.
        CaseError: the case cannot be written to.
    """
    with case.writing(user) as ledger:
        row = _existing(ledger.connection, name)
        ledger.connection.execute(delete(session).where(session.c.account == row.id))
        ledger.connection.execute(delete(account).where(account.c.id == row.id))
        _log(ledger, "account removed", row.name)


def set_password(case: Case, name: str, password: str, *, user: str) -> None:
    """Give an account another password, and log its owner out everywhere.

    Raises:
        AccountError: there is none of that name, or the password will not do.
        CaseError: the case cannot be written to.
    """
    kept = passwords.hashed(password, name=name_of(name))
    with case.writing(user) as ledger:
        row = _existing(ledger.connection, name)
        ledger.connection.execute(update(account).where(account.c.id == row.id).values(password=kept))
        ledger.connection.execute(delete(session).where(session.c.account == row.id))
        _log(ledger, "account password", row.name)


def set_role(case: Case, name: str, role: Role, *, user: str) -> None:
    """Let the owner of an account do more, or less; it holds from the next page on.

    Raises:
        AccountError: there is none of that name.
        CaseError: the case cannot be written to.
    """
    with case.writing(user) as ledger:
        row = _existing(ledger.connection, name)
        ledger.connection.execute(update(account).where(account.c.id == row.id).values(role=role))
        _log(ledger, f"account {role}", row.name)


def authenticated(case: Case, name: str, password: str) -> Account | None:
    """Return whose name and password these are; None where they do not fit, in the same time whatever the reason.

    Raises:
        AccountError: the kept hash cannot be understood.
        CaseError: the case cannot be read.
    """
    with case.reading() as connection:
        row = _found(connection, name)
    if not passwords.fits(row.password if row else None, password) or row is None:
        return None
    if passwords.outdated(row.password):
        kept = passwords.rehashed(password)
        with case.unlogged() as connection:
            same = update(account).where(account.c.id == row.id, account.c.password == row.password)
            connection.execute(same.values(password=kept))
    return account_of(row)


def name_of(given: str) -> str:
    """Return a name as it is shown.

    Raises:
        AccountError: it is empty or too long, or has signs that can be mistaken or hide something.
    """
    name = unicodedata.normalize("NFKC", given).strip()
    if not 0 < len(name) <= _LONGEST or not all(c.isalnum() or c in _IN_NAMES for c in name) or not name[0].isalnum():
        rule = f"letters, digits, spaces and . - _ @ ', {_LONGEST} at most, the first a letter or a digit"
        raise AccountError(f"name {given[: _LONGEST + 1]!r}: will not do; {rule}")
    return name


def account_of(row: Row[Any]) -> Account:
    """Return the account of a row of its table."""
    return Account(id=row.id, name=row.name, role=role_of(row.role), made=row.made)


def _key(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def _found(connection: Connection, name: str) -> Row[Any] | None:
    # Neither database has a name with a NUL or half a character in it, nor can be asked for one.
    asked = name[:200].encode("utf-8", "replace").decode("utf-8").replace("\x00", "\ufffd")
    return connection.execute(select(account).where(account.c.key == _key(asked))).first()


def _existing(connection: Connection, name: str) -> Row[Any]:
    row = _found(connection, name)
    if row is None:
        raise AccountError(f"{name}: there is no such account; see trucebook user list")
    return row


def _log(ledger: Ledger, action: str, name: str) -> None:
    ledger.note(action, f"account:{name}")
