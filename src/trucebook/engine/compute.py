"""Compute readings in this process or in a pool of processes; the result is the same, byte for byte."""

from __future__ import annotations

import multiprocessing
import signal
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from trucebook.errors import SettingsError, TrucebookError
from trucebook.reading.read import read_report

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Sequence
    from concurrent.futures import Future

    from trucebook.reading.model import Reading
    from trucebook.reading.read import ReadingSettings
    from trucebook.report import Report

    Progress = Callable[[Report], None]
    Reader = Callable[[Report, ReadingSettings], Reading]

# How many unread reports an error names before it only counts them.
_NAMED = 5


class WorkerLostError(TrucebookError):
    """A worker process ended without giving its reading back.

    Args:
        unread: ids of the reports that had not been read by then.
    """

    def __init__(self, unread: Sequence[str]) -> None:
        self.unread = tuple(unread)
        more = f" and {len(unread) - _NAMED} more" if len(unread) > _NAMED else ""
        names = ", ".join(unread[:_NAMED]) + more
        super().__init__(
            f"a worker process died (killed, or out of memory) before these reports were read: {names}; "
            "run with fewer jobs, or with 1 to see which report it is (a script that asks for jobs needs "
            'its work under `if __name__ == "__main__":`)'
        )


def compute(
    reports: Sequence[Report],
    settings: ReadingSettings,
    *,
    jobs: int = 1,
    progress: Progress | None = None,
    reader: Reader = read_report,
) -> tuple[Reading, ...]:
    """Read every report.

    Args:
        reports: what to read.
        settings: how to read.
        jobs: number of worker processes; 1 reads in this process. Each worker loads the model once.
        progress: called in this process with each report that has been read, in the order they are finished.
        reader: what reads one report; for a pool it must be a function of a module.

    Returns:
        One reading a report, in the order of `reports`, the same for any number of jobs.

    Raises:
        SettingsError: `jobs` is less than 1, or the model cannot be loaded.
        WorkerLostError: a worker process died.
    """
    done: dict[int, Reading] = {}
    with closing(stream(reports, settings, jobs=jobs, reader=reader)) as readings:
        for place, reading in readings:
            done[place] = reading
            if progress:
                progress(reports[place])
    return tuple(done[i] for i in range(len(reports)))


def stream(
    reports: Sequence[Report], settings: ReadingSettings, *, jobs: int = 1, reader: Reader = read_report
) -> Generator[tuple[int, Reading]]:
    """Read every report, and yield each reading when it is finished, so that it can be kept before the next.

    Args:
        reports: what to read.
        settings: how to read.
        jobs: number of worker processes; 1 reads in this process. Each worker loads the model once.
        reader: what reads one report; for a pool it must be a function of a module.

    Yields:
        Place in `reports`, and reading: in the order of `reports` with one job, in that of being finished with more.

    Raises:
        SettingsError: `jobs` is less than 1, or the model cannot be loaded.
        WorkerLostError: a worker process died.
    """
    if jobs < 1:
        raise SettingsError(f"jobs {jobs}: at least one process must do the reading; give 1 or more")
    workers = min(jobs, len(reports))
    if workers > 1:
        yield from _stream_from_pool(reports, settings, workers, reader)
    else:
        yield from ((place, reader(report, settings)) for place, report in enumerate(reports))


def _stream_from_pool(
    reports: Sequence[Report], settings: ReadingSettings, workers: int, reader: Reader
) -> Iterator[tuple[int, Reading]]:
    # Spawned, not forked: a fork copies locks that other threads hold, and there is no fork on every system.
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_leave_interrupts_to_the_parent)
    try:
        # The longest first, so that no worker starts on a long report when the others are done.
        order = sorted(range(len(reports)), key=lambda i: -reports[i].length)
        with _interrupts_held():
            places = {pool.submit(reader, reports[i], settings): i for i in order}
        yield from _collected(places, reports)
    except BaseException:
        # A second Ctrl-C would break into the shutdown, and the pool and its workers wait for each other for ever.
        with _interrupts_held():
            _stop(pool)
        raise
    pool.shutdown()


def _stop(pool: ProcessPoolExecutor) -> None:
    """End the pool now: what is being read is not waited for, since a long report takes minutes."""
    # What `terminate_workers` of Python 3.14 does; earlier versions have no public way.
    for process in list((pool._processes or {}).values()):  # noqa: SLF001
        process.terminate()
    pool.shutdown(cancel_futures=True)


def _collected(places: dict[Future[Reading], int], reports: Sequence[Report]) -> Iterator[tuple[int, Reading]]:
    finished: set[int] = set()
    try:
        for future in as_completed(places):
            place = places[future]
            yield place, future.result()
            finished.add(place)
    except BrokenProcessPool as error:
        raise WorkerLostError([r.id for i, r in enumerate(reports) if i not in finished]) from error


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Put Ctrl-C off while the workers are started or ended: they begin deaf to it, as what they inherit is the mask.

    One that is interrupted before it can shut its ears dies in the middle of its start, and the pool may wait for ever.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _leave_interrupts_to_the_parent() -> None:
    # A terminal sends Ctrl-C to every process; only the parent shall answer it, once.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
