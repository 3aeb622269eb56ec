"""What the pages of handing in and of accounts hold as JSON."""

from __future__ import annotations

import datetime  # noqa: TC003  msgspec reads the annotation
from typing import TYPE_CHECKING

import msgspec

from trucebook.record.accounts import Role  # noqa: TC001  msgspec reads the annotation
from trucebook.record.uploads import Progress, State  # noqa: TC001  msgspec reads the annotations
from trucebook.record.when import moment

if TYPE_CHECKING:
    from trucebook.record.uploads import Upload


class HandedView(msgspec.Struct, frozen=True, kw_only=True):
    """A file that was handed in.

    Attributes:
        batch: which files were handed in together, as in `/add/BATCH`.
        name: what it is called.
        size: bytes.
        user: who handed it in.
        state: how far it is.
        told: what came of it so far.
        at: when that was.
    """

    batch: str
    name: str
    size: int
    user: str
    state: State
    told: Progress
    at: datetime.datetime


class HandedInView(msgspec.Struct, frozen=True, kw_only=True):
    """Files that were handed in.

    Attributes:
        items: the files.
        going: how many are not done yet.
    """

    items: tuple[HandedView, ...]
    going: int


class AccountView(msgspec.Struct, frozen=True, kw_only=True):
    """Who may use the case.

    Attributes:
        name: of the account.
        role: what the person may do.
    """

    name: str
    role: Role


class AccountsView(msgspec.Struct, frozen=True, kw_only=True):
    """Who may use the case.

    Attributes:
        items: the accounts, by name.
    """

    items: tuple[AccountView, ...]


def handed_in(found: tuple[Upload, ...]) -> HandedInView:
    """Return files that were handed in, as a twin holds them."""
    return HandedInView(
        items=tuple(
            HandedView(
                batch=u.batch, name=u.name, size=u.size, user=u.user, state=u.state, told=u.told, at=moment(u.at)
            )
            for u in found
        ),
        going=sum(u.state in {"waiting", "reading"} for u in found),
    )
