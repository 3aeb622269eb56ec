"""Reads again, beside the pages, what an earlier version of the program had read."""

from __future__ import annotations

import logging
import os
import threading
from typing import TYPE_CHECKING

from trucebook.desk.apart import Apart
from trucebook.errors import TrucebookError

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from trucebook.record.case import Case

# Seconds after the start: who begins the desk wants to see its pages.
_LATER = 20.0
# The pages, and files that are handed in, go before it.
_LEAST = 19


class Rereading:
    """Has the reports of a case read again, once, where an earlier version of the program has read them.

    Judgements stay; what was read before is kept for what could be known then. It can be broken off at any moment, and
    the next desk goes on.

    Args:
        case: the case.
        actors: file of known actors; None without one.
    """

    def __init__(self, case: Case, actors: str | None = None) -> None:
        self._case, self._actors = case, actors
        self._closing, self._apart = threading.Event(), Apart()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin, in a while."""
        self._thread = threading.Thread(target=self._work, name="rereading", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """End what was begun."""
        self._closing.set()
        self._apart.end()
        if self._thread is not None:
            self._thread.join()

    def _work(self) -> None:
        if self._closing.wait(_LATER):
            return
        failed = self._apart.run(read_again, self._case.location.name, self._actors)
        if failed:
            logging.getLogger(__name__).warning("not read again: %s", failed.decode("utf-8", "replace"))


def read_again(name: str, actors: str | None, pipe: Connection) -> None:
    """Read again in this process, which is there for nothing else, until all is read or the desk is gone.

    Args:
        name: the case, as `open_case` takes it.
        actors: file of known actors.
        pipe: gets why it could not be done, or nothing.
    """
    from trucebook import casework  # noqa: PLC0415  a second, which the desk itself does not need
    from trucebook.api import known_actors  # noqa: PLC0415
    from trucebook.reading.read import ReadingSettings  # noqa: PLC0415
    from trucebook.record.case import open_case  # noqa: PLC0415

    os.nice(_LEAST)
    parent = os.getppid()
    try:
        work = casework.Work(settings=ReadingSettings(actors=known_actors(actors or ())))
        with open_case(name) as case:
            for _ in casework.catch_up(case, work):
                if os.getppid() != parent:
                    break
    except TrucebookError as error:
        pipe.send_bytes(str(error).encode("utf-8", "replace"))
        return
    pipe.send_bytes(b"")
