"""Who asks for a page, and what each may do: the one table of what a route needs."""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from trucebook.record.accounts import Role, may

if TYPE_CHECKING:
    from collections.abc import Mapping

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
"""Methods that change nothing (RFC 9110, 9.2.1)."""


@dataclass(frozen=True, kw_only=True)
class Visitor:
    """Who asks for a page.

    Attributes:
        name: of the account, or of the machine's user; empty for nobody.
        role: what the person may do; None for nobody.
        csrf: what a form of this visitor has to bring, so that no other site can send it.
        token: of the session; empty without one.
        alone: whether the desk is one person's, on that person's machine, where nobody logs in.
    """

    name: str = ""
    role: Role | None = None
    csrf: str = ""
    token: str = field(default="", repr=False)
    alone: bool = False

    def may(self, wanted: Role | None) -> bool:
        """Whether the visitor may do what a role is needed for; None is for everybody."""
        return wanted is None or (self.role is not None and may(self.role, wanted))


def visitor_of(state: Mapping[str, object]) -> Visitor:
    """Return who asks, from the state of a request; nobody where no guard stands before the desk."""
    found = state.get("visitor")
    return found if isinstance(found, Visitor) else Visitor()


def csrf_of(secret: str) -> str:
    """Return what a form has to bring of who holds a secret: it tells the secret to nobody."""
    return hmac.new(secret.encode("utf-8", "surrogatepass"), b"trucebook csrf", hashlib.sha256).hexdigest()


@dataclass(frozen=True)
class _Rule:
    pattern: str
    reading: Role | None
    writing: Role | None


# What a route needs, for methods that change nothing and for those that do: the first that fits. What is not named is
# read by readers and changed by editors, so that a new route is closed until somebody thinks of it.
_RULES = (
    _Rule(r"/static/.*", None, "editor"),
    _Rule(r"/login", None, None),
    _Rule(r"/logout", "reader", "reader"),
    _Rule(r"/password", "reader", "reader"),
    _Rule(r"(/api)?/accounts(/.*)?", "editor", "editor"),
    _Rule(r"(/api)?/add(/.*)?", "analyst", "analyst"),
    _Rule(r"(/api)?/(judge|undo)", "reader", "analyst"),
    # Up to where a person has looked.
    _Rule(r"(/api)?/changes", "reader", "reader"),
)


def needed(method: str, path: str) -> Role | None:
    """Return the role that a request needs; None where nobody has to be known.

    Args:
        method: of the request, in capitals.
        path: of the request, as the server decoded it.
    """
    for rule in _RULES:
        if re.fullmatch(rule.pattern, path, re.DOTALL):
            return rule.reading if method in SAFE else rule.writing
    return "reader" if method in SAFE else "editor"
