"""Who may reach a desk: one person on this machine, or people with accounts from anywhere; nothing in between."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from trucebook.errors import SettingsError
from trucebook.record.accounts import has_accounts

if TYPE_CHECKING:
    from trucebook.record.case import Case

_LOCAL_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, kw_only=True)
class Policy:
    """How a desk is guarded.

    Attributes:
        user: who the visitor is where nobody logs in; None where people have accounts.
        hosts: names that the desk answers to, without port; empty for any.
        origin: where people find the desk, like https://desk.example.org; None where it is found at its own address.
    """

    user: str | None
    hosts: frozenset[str] = field(default=frozenset())
    origin: str | None = None

    @property
    def secure(self) -> bool:
        """Whether browsers reach the desk by https alone."""
        return self.origin is not None and self.origin.startswith("https://")

    def answers(self, host: str) -> bool:
        """Whether the desk answers to a name: a page elsewhere may have let its own name point here (DNS rebinding).

        Args:
            host: of the request, with or without port.
        """
        return not self.hosts or _name(host) in self.hosts

    def is_own(self, origin: str, host: str) -> bool:
        """Whether a request comes from a page of this desk.

        Args:
            origin: the request's `Origin`.
            host: the request's `Host`, port included.
        """
        if self.origin is not None and origin.lower() == self.origin:
            return True
        parts = urlsplit(origin.lower())
        return parts.scheme in {"http", "https"} and parts.netloc == host.lower() and self.origin is None


def policy_for(case: Case, host: str, *, user: str, origin: str | None = None) -> Policy:
    """Return how a desk of a case is guarded.

    Args:
        case: the case.
        host: address or name that the desk listens at.
        user: who works at this machine, for a desk without accounts.
        origin: where people find the desk, if not there, like https://desk.example.org.

    Raises:
        SettingsError: others could reach the desk, and the case has no accounts; or the origin is none.
        CaseError: the case cannot be read.
    """
    found = _origin(origin) if origin else None
    hosts = frozenset({_name(urlsplit(found).netloc), *_LOCAL_NAMES}) if found else frozenset()
    if has_accounts(case):
        return Policy(user=None, hosts=hosts or (_LOCAL_NAMES if is_loopback(host) else frozenset()), origin=found)
    if is_loopback(host) and not found:
        return Policy(user=user, hosts=_LOCAL_NAMES)
    where = f"at {found}" if found else f"at {host}"
    raise SettingsError(
        f"{case.location.shown}: has no accounts, and {where} others could reach it; make one with"
        f" trucebook user add {case.location.shown} NAME --role editor, or serve it at 127.0.0.1 alone"
    )


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches an address."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _origin(given: str) -> str:
    try:
        parts = urlsplit(given.strip().lower())
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username or parts.path.strip("/"):
        raise SettingsError(f"origin {given!r}: is no address of a site; give one like https://desk.example.org")
    usual = {"http": 80, "https": 443}[parts.scheme]
    name = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"{parts.scheme}://{name}" + (f":{port}" if port and port != usual else "")


def _name(host: str) -> str:
    """The name in a `Host`, without port, brackets and case."""
    try:
        return urlsplit(f"//{host.strip()}").hostname or ""
    except ValueError:
        return ""
