"""Make the book of a case, off the request path: everything reconciled, with every thing's exact words beside it."""

from __future__ import annotations

import dataclasses
import time
from contextlib import suppress
from typing import TYPE_CHECKING

import msgspec

from trucebook.api import known_actors
from trucebook.casework import brief_of
from trucebook.desk.book import Book, maker_of_books, pack, pack_book
from trucebook.desk.laying import lay
from trucebook.dossier.model import Dossier
from trucebook.errors import NothingToReadError, TrucebookError
from trucebook.record.books import Kept, end_of, keep_book
from trucebook.record.case import open_case
from trucebook.record.errors import CaseError

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from trucebook.record.books import End
    from trucebook.record.case import Case


def make(case: Case, actors: str | None = None) -> Kept:
    """Make the book of a case as it is now, and keep it in the case, with its dossier, where that can be written to.

    Args:
        case: the case.
        actors: file of known actors.

    Raises:
        CaseError: the case cannot be read.
        SettingsError: the file of actors cannot be used.
    """
    book, dossier, end = _made(case, actors)
    kept = Kept(end=end, made=time.time_ns() // 1000, body=pack_book(book), dossier=pack(dossier))
    # On a medium that cannot be written to it is made anew at every start.
    with suppress(CaseError):
        keep_book(case, maker_of_books(actors), kept)
    return dataclasses.replace(kept, dossier=b"")


def make_apart(name: str, actors: str | None, pipe: Connection) -> None:
    """Do it in a process of its own, and send what came of it: a `Kept`, or why there is none, as MessagePack.

    Args:
        name: the case, as `open_case` takes it.
        actors: file of known actors.
        pipe: where to send.
    """
    try:
        with open_case(name) as case:
            pipe.send_bytes(msgspec.msgpack.encode(make(case, actors)))
    except TrucebookError as error:
        pipe.send_bytes(msgspec.msgpack.encode(str(error).encode("utf-8", "replace").decode()))


def _made(case: Case, actors: str | None) -> tuple[Book, Dossier, End]:
    end = end_of(case)
    try:
        told = brief_of(case, actors=known_actors(actors or ()))
    except NothingToReadError:
        return Book(), Dossier(as_of=None, readings=()), end
    bare = msgspec.structs.replace(told.dossier, readings=())
    return lay(told.dossier, told.known.keys, told.warnings), bare, told.known.end
