"""How a desk is served."""

from __future__ import annotations

from dataclasses import dataclass


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
        origin: where people find the desk, if it is reached by way of a proxy, like https://desk.example.org.
        user: who works at this machine, for a case without accounts.
        reread: whether what an earlier version of the program has read is read again, beside the pages.
    """

    host: str = "127.0.0.1"
    port: int = 8321
    page: int = 25
    actors: str | None = None
    apart: bool = True
    exported: int = 500
    interval: float = 1.0
    origin: str | None = None
    user: str = ""
    reread: bool = True
