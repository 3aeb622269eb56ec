"""How a desk is served."""

from __future__ import annotations

from dataclasses import dataclass

from trucebook.errors import SettingsError

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
"""The hosts that only this machine reaches."""


@dataclass(frozen=True, kw_only=True)
class DeskSettings:
    """Settings of a desk.

    Attributes:
        host: the address that it listens at.
        port: the port.
        page: things on a page of a list.
        actors: file of known actors, as `trucebook brief --actors` takes it; None without one.
        apart: whether books are made in a process of their own, so that pages are not slowed; else at the start.
        exported: most reports of a case whose brief is written for whoever asks.
        interval: seconds between two looks at whether the case has changed.
    """

    host: str = "127.0.0.1"
    port: int = 8321
    page: int = 25
    actors: str | None = None
    apart: bool = True
    exported: int = 500
    interval: float = 1.0

    def __post_init__(self) -> None:
        if self.host not in LOOPBACK:
            raise SettingsError(
                f"host {self.host!r}: others could read the case without an account; serve it on 127.0.0.1"
            )
