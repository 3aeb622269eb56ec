"""Write the brief of a case as it is shown: one file, made in a process of its own, since it may take long."""

from __future__ import annotations

import io
import secrets
import zipfile
from typing import TYPE_CHECKING

import msgspec

from trucebook.desk.book import maker_of_books, open_book, unpack
from trucebook.dossier.judged import speakers_judged
from trucebook.dossier.model import Dossier
from trucebook.dossier.redaction import redact
from trucebook.errors import TrucebookError
from trucebook.record.books import End, kept_book, kept_dossier
from trucebook.record.case import open_case
from trucebook.record.replay import readings_at
from trucebook.render.contract import brief_bytes
from trucebook.render.ftm import render_ftm
from trucebook.render.html import render_html
from trucebook.render.markdown import render_markdown
from trucebook.render.share import ANNOTATIONS, shared_files

if TYPE_CHECKING:
    from collections.abc import Mapping
    from multiprocessing.connection import Connection

    from trucebook.desk.exported import Form, Wanted
    from trucebook.record.case import Case


# A book may be made anew between two looks at what is kept, not again and again.
_TRIES = 3
_DAMAGED = "the book that was kept of this case is damaged; it is made anew, come again soon"


def export(case: Case, wanted: Wanted) -> bytes | str:
    """Return a brief, or why there is none: that of the book that was shown, or of a newer one in its place.

    Args:
        case: the case.
        wanted: which.
    """
    maker = maker_of_books(wanted.actors)
    for _ in range(_TRIES):
        body = kept_dossier(case, maker, End(seq=0, hash=wanted.end))
        if body is not None:
            dossier = unpack(body, Dossier)
            return _DAMAGED if dossier is None else _with_readings(case, dossier, wanted)
        newer = _newer(case, maker, wanted)
        if newer is None:
            break
        wanted = newer
    return "the book of this case is being made anew; come again soon"


def _newer(case: Case, maker: str, wanted: Wanted) -> Wanted | None:
    """The same of the book that has taken the place of the one that was shown."""
    kept = kept_book(case, maker)
    book = open_book(kept) if kept is not None else None
    if book is None:
        return None
    return msgspec.structs.replace(wanted, end=book.end.hash, readings=tuple(r.reading for r in book.book.reports))


def _with_readings(case: Case, dossier: Dossier, wanted: Wanted) -> bytes:
    machine = sorted(readings_at(case, wanted.readings), key=lambda r: r.report.id)
    # As when the book was made: with the speakers that people gave.
    readings = speakers_judged(machine, [j.judgement for j in dossier.judged])
    whole = msgspec.structs.replace(dossier, readings=readings)
    # The key is thrown away, so that nobody can try names against what is given.
    return _written(whole if wanted.names else redact(whole, secrets.token_bytes(32)).dossier, wanted.form)


def _written(dossier: Dossier, form: Form) -> bytes:
    match form:
        case "html":
            return render_html(dossier).encode("utf-8", "replace")
        case "md":
            return render_markdown(dossier).encode("utf-8", "replace")
        case "json":
            return brief_bytes(dossier)
        case "ftm":
            return render_ftm(dossier)
        case "annotations":
            return shared_files(dossier, form)[ANNOTATIONS]
        case "csv" | "parquet":
            return _together(shared_files(dossier, form))


def _together(files: Mapping[str, bytes]) -> bytes:
    """Several files as one: without a time, so that the same tables are the same bytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def export_apart(name: str, wanted: Wanted, pipe: Connection) -> None:
    """Do it in a process of its own, and send what came of it as MessagePack: bytes, or why there are none.

    Args:
        name: the case, as `open_case` takes it.
        wanted: which.
        pipe: where to send.
    """
    made: bytes | str
    try:
        with open_case(name) as case:
            made = export(case, wanted)
    except TrucebookError as error:
        made = str(error).encode("utf-8", "replace").decode()
    # MessagePack keeps bytes and text apart.
    pipe.send_bytes(msgspec.msgpack.encode(made))
