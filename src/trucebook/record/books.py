"""The book that was last made of a case, kept so that a desk has it at once: made anew, never vouched for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select

from trucebook.record.ledger import NOTED
from trucebook.record.schema import audit, book

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from trucebook.record.case import Case


@dataclass(frozen=True, kw_only=True)
class End:
    """The end of a case's audit log: the state of the case that something was made of.

    Attributes:
        seq: number of the last entry.
        hash: its hash.
    """

    seq: int
    hash: str


@dataclass(frozen=True, kw_only=True)
class Kept:
    """A book as it is kept.

    Attributes:
        end: the state of the case that it was made of.
        made: when, in microseconds since 1970.
        body: the book, as who made it has written it.
        dossier: what the book was made of, in the same way; empty where it is not asked for.
    """

    end: End
    made: int
    body: bytes
    dossier: bytes = b""


def end_of(case: Case) -> End:
    """Return the end of the log of a case, as far as it is about what is kept there.

    Raises:
        CaseError: the case cannot be read.
    """
    with case.reading() as connection:
        return end_in(connection)


def end_in(connection: Connection) -> End:
    """The same, in a transaction that is open."""
    # An account that is made or removed changes nothing that a book tells.
    about = audit.c.subject.not_like(f"{NOTED[0]}%")
    row = connection.execute(select(audit.c.seq, audit.c.hash).where(about).order_by(audit.c.seq.desc()).limit(1)).one()
    return End(seq=row.seq, hash=row.hash)


def kept_book(case: Case, maker: str) -> Kept | None:
    """Return the book that was last made, or None.

    Args:
        case: the case.
        maker: by what: a book of another version of the program is none.

    Raises:
        CaseError: the case cannot be read.
    """
    with case.reading() as connection:
        columns = (book.c.seq, book.c.hash, book.c.made, book.c.body)
        row = connection.execute(select(*columns).where(book.c.maker == maker)).one_or_none()
    if row is None:
        return None
    return Kept(end=End(seq=row.seq, hash=row.hash), made=row.made, body=bytes(row.body))


def kept_dossier(case: Case, maker: str, end: End) -> bytes | None:
    """Return what the book of a state of the case was made of; None where that book is not kept any more.

    Args:
        case: the case.
        maker: by what the book was made.
        end: the state.

    Raises:
        CaseError: the case cannot be read.
    """
    with case.reading() as connection:
        wanted = select(book.c.dossier).where(book.c.maker == maker, book.c.hash == end.hash)
        found = connection.execute(wanted).scalar_one_or_none()
    return None if found is None else bytes(found)


def keep_book(case: Case, maker: str, kept: Kept) -> None:
    """Keep a book in the place of those before it, whoever made them; one of a later state of the case stays.

    Args:
        case: the case.
        maker: by what it was made.
        kept: the book.

    Raises:
        CaseError: the case cannot be written to.
    """
    with case.unlogged() as connection:
        later = select(book.c.seq).where(book.c.maker == maker, book.c.seq > kept.end.seq)
        if connection.execute(later).first() is not None:
            return
        connection.execute(delete(book))
        row = {"maker": maker, "seq": kept.end.seq, "hash": kept.end.hash, "made": kept.made, "body": kept.body}
        connection.execute(insert(book).values(**row, dossier=kept.dossier))
