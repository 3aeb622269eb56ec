"""What every page can ask: the case, the settings, and the book that is shown now."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING

import msgspec
from litestar.di import NamedDependency
from litestar.exceptions import ServiceUnavailableException

from trucebook.desk.apart import Apart
from trucebook.desk.decided import Decisions
from trucebook.desk.guard.guard import Cookies
from trucebook.desk.guard.limits import Limits
from trucebook.desk.inbox import Inbox
from trucebook.desk.keeper import Keeper
from trucebook.desk.rereading import Rereading
from trucebook.desk.shelf import Shelf

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from trucebook.desk.book import OpenBook
    from trucebook.desk.exported import Wanted
    from trucebook.desk.guard.policy import Policy
    from trucebook.desk.settings import DeskSettings
    from trucebook.record.case import Case


class Desk:
    """What every page can ask.

    Args:
        case: the case.
        settings: of the desk.
        policy: who may reach it.
        keeper: of the case's book; None for one that is made here.

    Raises:
        CaseError: the case cannot be read.
        SettingsError: a file that the settings name cannot be used.
    """

    def __init__(self, case: Case, settings: DeskSettings, policy: Policy, keeper: Keeper | None = None) -> None:
        self.case, self.settings, self.policy = case, settings, policy
        self.keeper = keeper or Keeper(case, settings)
        self.inbox = Inbox(case, settings.actors)
        self.cookies, self.limits = Cookies(case, policy), Limits()
        # Each hash of a password takes 64 MiB: two at once are enough.
        self.checking = asyncio.Semaphore(2)
        self.listening, self.closing = 0, False
        self.shelf = Shelf(case)
        self.decisions = Decisions(case)
        self.exporting = threading.Lock()
        self._apart = Apart()
        self._rereading = Rereading(case, settings.actors)

    def start(self) -> None:
        """Begin to look after the case, and after what is handed in."""
        self.keeper.start()
        self.inbox.start()
        if self.settings.reread:
            self._rereading.start()

    @property
    def book(self) -> OpenBook:
        """The book that is shown now: ask once in a request, since a new one may come at any time.

        Raises:
            ServiceUnavailableException: there is none yet; an empty one would say that nothing is told.
        """
        book = self.keeper.book
        if not book.made:
            failed = self.keeper.freshness.failed
            told = f"could not be made: {failed}" if failed else "is being made for the first time; come again soon"
            raise ServiceUnavailableException(f"the book of this case {told}", headers={"Retry-After": "5"})
        return book

    @property
    def name(self) -> str:
        """What the case is called on its pages."""
        place = self.case.location
        return place.file.stem if place.file is not None else place.schema or place.shown

    def export(self, wanted: Wanted) -> bytes | str:
        """Return a brief, or why there is none; it takes seconds.

        Args:
            wanted: which.
        """
        if not self.settings.apart:
            from trucebook.desk.exporting import export  # noqa: PLC0415  for what is done in another process

            return export(self.case, wanted)
        made = self._apart.run(export_brief, self.case.location.name, wanted)
        # MessagePack tells bytes from text by itself; msgspec refuses to be asked for either.
        found: bytes | str = msgspec.msgpack.decode(made) if made is not None else ""
        return found

    def close(self) -> None:
        """End what runs beside the pages."""
        self.closing = True
        self._rereading.close()
        self.inbox.close()
        self.keeper.close()
        self._apart.end()


def export_brief(name: str, wanted: Wanted, pipe: Connection) -> None:
    """Write a brief in this process, which is there for nothing else (`exporting.export_apart`)."""
    from trucebook.desk.exporting import export_apart  # noqa: PLC0415  half a second, which the desk does not need

    export_apart(name, wanted, pipe)


TheDesk = NamedDependency[Desk]
"""What a handler asks for, under the name `desk`."""
