"""Who is logged in at the desk: random tokens, of which only hashes are kept, that end by themselves."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, or_, select, update

from trucebook.record.accounts import Account, account_of
from trucebook.record.schema import account, session

if TYPE_CHECKING:
    from trucebook.record.case import Case

_SECOND = 1_000_000
IDLE = 4 * 3600 * _SECOND
"""How long a session lasts that nobody uses, in microseconds."""
LONGEST = 24 * 3600 * _SECOND
"""How long a session lasts at most: one working day, then the password is asked for again."""
# To write down each look at a page would make every reader a writer.
_NOTED = 60 * _SECOND
# 256 bits (OWASP asks for 128 at least: Session Management Cheat Sheet).
_BYTES = 32


@dataclass(frozen=True, kw_only=True)
class Session:
    """A person who is logged in.

    Attributes:
        account: whose it is.
        token: what the browser has.
    """

    account: Account
    token: str


def begin(case: Case, owner: Account) -> Session:
    """Log a person in, and forget sessions that have ended.

    Raises:
        CaseError: the case cannot be written to.
    """
    token, now = secrets.token_urlsafe(_BYTES), case.clock()
    with case.unlogged() as connection:
        connection.execute(delete(session).where(or_(session.c.seen < now - IDLE, session.c.made < now - LONGEST)))
        connection.execute(insert(session).values(id=_hash(token), account=owner.id, made=now, seen=now))
    return Session(account=owner, token=token)


def resume(case: Case, token: str, *, seen: bool = True) -> Session | None:
    """Return whose token it is; None where nobody's, or where the session has ended.

    Args:
        case: the case.
        token: as the browser gives it.
        seen: whether the person does something, which keeps the session from ending unused.

    Raises:
        CaseError: the case cannot be read.
    """
    now, mark = case.clock(), _hash(token)
    with case.reading() as connection:
        found = select(account, session.c.seen).join(session, session.c.account == account.c.id)
        fresh = found.where(session.c.id == mark, session.c.seen >= now - IDLE, session.c.made >= now - LONGEST)
        row = connection.execute(fresh).first()
    if row is None:
        return None
    if seen and row.seen < now - _NOTED:
        with case.unlogged() as connection:
            connection.execute(update(session).where(session.c.id == mark).values(seen=now))
    return Session(account=account_of(row), token=token)


def end(case: Case, token: str) -> None:
    """Log out.

    Raises:
        CaseError: the case cannot be written to.
    """
    with case.unlogged() as connection:
        connection.execute(delete(session).where(session.c.id == _hash(token)))


def _hash(token: str) -> str:
    # The token is random and long: a quick hash hides it as well as a slow one.
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
