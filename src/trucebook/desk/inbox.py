"""Has files read that were handed in, in a process of their own, and sees that none is left lying."""

from __future__ import annotations

import multiprocessing
import os
import threading
import time
from typing import TYPE_CHECKING

from trucebook.errors import TrucebookError
from trucebook.record.errors import CaseError
from trucebook.record.uploads import Progress, claim, release, tell, waiting

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess

    from trucebook.record.case import Case

# Seconds between two looks at whether a file waits that nobody told of: one that another desk of the same case took and
# could not finish.
_INTERVAL = 30.0
# Seconds that the process waits for more before it ends: to load the models takes some seconds each time, to keep them
# half a gigabyte.
_IDLE = 120.0
_LOOK = 0.5
_PATIENCE = 5.0


class Inbox:
    """Has files read that were handed in.

    Args:
        case: the case.
        actors: file of known actors; None without one.
    """

    def __init__(self, case: Case, actors: str | None = None) -> None:
        self._case, self._actors = case, actors
        self._closing, self._look = threading.Event(), threading.Event()
        self._thread: threading.Thread | None = None
        self._process: BaseProcess | None = None
        self.failed = ""

    def start(self) -> None:
        """Begin to look after files; what was left from before is read first."""
        self._thread = threading.Thread(target=self._watch, name="inbox", daemon=True)
        self._thread.start()

    def look(self) -> None:
        """Look now, since somebody has just handed something in."""
        self._look.set()

    def close(self) -> None:
        """End what was begun; a file that is being read waits for the next desk."""
        self._closing.set()
        self._look.set()
        if self._thread is not None:
            self._thread.join(_PATIENCE)
        if self._process is not None and self._process.is_alive():
            self._process.terminate()
            self._process.join(_PATIENCE)

    def _watch(self) -> None:
        while not self._closing.is_set():
            try:
                self._see()
                self.failed = ""
            except CaseError as error:
                self.failed = str(error)
            # While one is being read its end is looked for soon.
            self._look.wait(_INTERVAL if self._process is None else _LOOK)
            self._look.clear()

    def _see(self) -> None:
        if self._process is not None and not self._process.is_alive():
            self._process.join()
            self._process = None
        if self._process is None:
            release(self._case)
            if waiting(self._case):
                self._process = self._begin()

    def _begin(self) -> BaseProcess:
        # Spawned, not forked: a fork copies locks that other threads hold.
        context = multiprocessing.get_context("spawn")
        process = context.Process(target=read_waiting, args=(self._case.location.name, self._actors), daemon=True)
        process.start()
        return process


def read_waiting(name: str, actors: str | None, idle: float = _IDLE) -> None:
    """Read files that wait, in this process, until none has come for a while or the desk is gone.

    Args:
        name: the case, as `open_case` takes it.
        actors: file of known actors; None without one.
        idle: seconds to wait for more.
    """
    from trucebook.record.case import open_case  # noqa: PLC0415  what the desk itself has loaded already

    parent, last = os.getppid(), time.monotonic()
    with open_case(name) as case:
        while os.getppid() == parent and time.monotonic() - last < idle:
            if _read_next(case, actors):
                last = time.monotonic()
            else:
                time.sleep(_LOOK)


def _read_next(case: Case, actors: str | None) -> bool:
    # To claim is to write, and to look is not.
    taken = claim(case) if waiting(case) else None
    if taken is None:
        return False
    from trucebook import casework  # noqa: PLC0415  seconds, for who has nothing to read
    from trucebook.api import known_actors  # noqa: PLC0415
    from trucebook.reading.read import ReadingSettings  # noqa: PLC0415

    held, raw = taken
    try:
        work = casework.Work(settings=ReadingSettings(actors=known_actors(actors or ())))
        casework.read_upload(case, held, raw, work)
    except CaseError:
        raise  # the file waits again, and is told of as failed when that does not help
    except TrucebookError as error:
        tell(case, held.id, Progress(why=str(error)), "failed")
    return True
