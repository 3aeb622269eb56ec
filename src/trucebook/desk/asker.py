"""Who asks, and whether this person may judge."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from litestar.exceptions import PermissionDeniedException

from trucebook.desk.guard.visitors import Visitor, visitor_of

if TYPE_CHECKING:
    from trucebook.desk.web import Asked


@dataclass(frozen=True, kw_only=True)
class Asker:
    """Who asks.

    Attributes:
        visitor: as the guard before the desk found who it is; without a guard, nobody.
    """

    visitor: Visitor

    @property
    def name(self) -> str:
        """Of the account, or of who works at this machine; empty for nobody."""
        return self.visitor.name

    @property
    def csrf(self) -> str:
        """What a form of this person brings."""
        return self.visitor.csrf

    @property
    def judges(self) -> bool:
        """Whether the person may judge."""
        return bool(self.name) and self.visitor.may("analyst")

    def see_known(self) -> None:
        """See that it is known who asks.

        Raises:
            PermissionDeniedException: nobody is.
        """
        if not self.name:
            raise PermissionDeniedException("nobody is logged in: what you have seen is noted under your name")

    def see_may_judge(self) -> None:
        """See that the person may judge.

        Raises:
            PermissionDeniedException: the person may not.
        """
        if not self.judges:
            who = f"{self.name} is {self.visitor.role}" if self.name and self.visitor.role else "nobody is logged in"
            raise PermissionDeniedException(f"{who}: to judge takes an analyst or an editor; ask an editor for it")


def asker(request: Asked) -> Asker:
    """Return who asks."""
    return Asker(visitor=visitor_of(request.scope["state"]))
