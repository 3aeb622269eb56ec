"""Work in a process of its own, so that no page is slowed by it; ended with the desk."""

from __future__ import annotations

import multiprocessing
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.process import BaseProcess


class Apart:
    """Runs functions of a module in a process of their own."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: BaseProcess | None = None
        self._ended = False

    def run(self, work: Callable[..., None], *arguments: object) -> bytes | None:
        """Do a piece of work and wait for it.

        Args:
            work: gets the arguments and a pipe, and sends one message.
            arguments: for it.

        Returns:
            What it sent; None where it ended without, or was ended.
        """
        # Spawned, not forked: a fork copies locks that other threads hold, and there is no fork on every system.
        context = multiprocessing.get_context("spawn")
        receiver, sender = context.Pipe(duplex=False)
        with self._lock:
            if self._ended:
                return None
            process = context.Process(target=work, args=(*arguments, sender), daemon=True)
            process.start()
            self._process = process
        sender.close()
        try:
            return receiver.recv_bytes()
        except EOFError:
            return None
        finally:
            receiver.close()
            process.join()

    def end(self) -> None:
        """End what is being done, and do nothing any more."""
        with self._lock:
            self._ended = True
            if self._process is not None:
                self._process.terminate()
