"""Keeps the book of a case: the last one at once, and a new one, which no page waits for, when the case has changed."""

from __future__ import annotations

import gc
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from trucebook.desk.apart import Apart
from trucebook.desk.book import Book, BookError, OpenBook, maker_of_books, open_book
from trucebook.errors import TrucebookError
from trucebook.record.books import End, Kept, end_of, kept_book
from trucebook.record.errors import CaseError
from trucebook.record.when import moment

if TYPE_CHECKING:
    import datetime
    from multiprocessing.connection import Connection

    from trucebook.desk.settings import DeskSettings
    from trucebook.record.case import Case

_NOWHERE = End(seq=0, hash="")
_NONE = OpenBook(book=Book(), end=_NOWHERE, made=0)
_LOST = "the process that makes it ended before it was done"
# Seconds that a process is given to end by itself when the desk is closed.
_PATIENCE = 5.0
# Seconds after the start before the rest of a book is unpacked.
_FIRST = 0.3


@dataclass(frozen=True, kw_only=True)
class Freshness:
    """How the book that is shown stands to the case.

    Attributes:
        current: whether it is made of the case as it is.
        behind: how many entries of the log came after it.
        making: whether a new one is being made.
        failed: why the last one could not be made; empty where it could.
        made: when it was made; None where there is none yet.
    """

    current: bool
    behind: int
    making: bool
    failed: str
    made: datetime.datetime | None


class Keeper:
    """Keeps the book of a case.

    Args:
        case: the case.
        settings: of the desk.

    Raises:
        CaseError: the case cannot be read.
        SettingsError: the file of actors cannot be read.
    """

    def __init__(self, case: Case, settings: DeskSettings) -> None:
        self._case, self._settings = case, settings
        self._maker = maker_of_books(settings.actors)
        self._closing, self._look = threading.Event(), threading.Event()
        self._thread: threading.Thread | None = None
        self._apart = Apart()
        self._making, self._failed, self._tried = False, "", _NOWHERE
        self.end = end_of(case)
        self.book = _NONE
        last = kept_book(case, self._maker)
        if last is not None:
            self._open(last)

    @property
    def freshness(self) -> Freshness:
        """How the book stands to the case."""
        book = self.book
        return Freshness(
            current=book.end.hash == self.end.hash,
            behind=max(0, self.end.seq - book.end.seq),
            making=self._making,
            failed=self._failed,
            made=moment(book.made) if book.made else None,
        )

    def start(self) -> None:
        """Begin to look after the case; where books are not made apart, the book is there when this returns."""
        if not self._settings.apart:
            self.refresh()
        self._thread = threading.Thread(target=self._watch, name="keeper", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """End what was begun; a book that is being made is left."""
        self._closing.set()
        self._look.set()
        self._apart.end()
        if self._thread is not None:
            self._thread.join(_PATIENCE)

    def look(self) -> None:
        """Look at the case now, since somebody has just added to it."""
        self._look.set()

    def refresh(self) -> None:
        """Look at the case, and make its book where it has changed.

        Raises:
            CaseError: the case cannot be read.
        """
        self.end = end_of(self._case)
        if self.end.hash in {self.book.end.hash, self._tried.hash}:
            return
        # What failed is tried again when the case has changed.
        self._tried, self._making = self.end, True
        try:
            made = self._made_apart() if self._settings.apart else self._made_here()
        finally:
            self._making = False
        if isinstance(made, str):
            self._failed = made
        else:
            self._failed = ""
            self._open(made)

    def _watch(self) -> None:
        # Who asks for the first page asks within moments: the processor is left to it.
        self._closing.wait(_FIRST)
        self.book = _indexed(self.book)
        while not self._closing.is_set():
            try:
                self.refresh()
                self._case.gather()
            except CaseError as error:
                self._failed = str(error)
            self._look.wait(self._settings.interval)
            self._look.clear()

    def _made_here(self) -> Kept | str:
        from trucebook.desk.making import make  # noqa: PLC0415  a second, for what a desk does in another process

        try:
            return make(self._case, self._settings.actors)
        except TrucebookError as error:
            return str(error)

    def _made_apart(self) -> Kept | str:
        made = self._apart.run(make_book, self._case.location.name, self._settings.actors)
        return msgspec.msgpack.decode(made, type=Kept | str) if made is not None else _LOST

    def _open(self, kept: Kept) -> None:
        book = open_book(kept)
        if book is not None:
            # A desk that begins shows its first page, which needs next to nothing of it, before the rest is unpacked.
            self.book = book if self._thread is None else _indexed(book)


def _indexed(book: OpenBook) -> OpenBook:
    """The book with all its indexes; none where it is damaged, so that it is made anew."""
    try:
        book.index()
    except BookError:
        return _NONE
    # What stays as long as the desk is not searched for circles, which would hold up pages again and again.
    gc.freeze()
    return book


def make_book(name: str, actors: str | None, pipe: Connection) -> None:
    """Make a book in this process, which is there for nothing else (`making.make_apart`)."""
    from trucebook.desk.making import make_apart  # noqa: PLC0415  a second, which the desk itself does not need

    make_apart(name, actors, pipe)
