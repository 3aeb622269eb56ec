"""Adding reports: one transaction a report, idempotent, with what its outlet changed since as another version."""

from __future__ import annotations

import hashlib
import json
import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit, urlunsplit

import msgspec
from sqlalchemy import func, insert, select

from trucebook.record import stored
from trucebook.record.passages import fold, passages
from trucebook.record.schema import maker as makers
from trucebook.record.schema import original as originals
from trucebook.record.schema import passage, reading, report, version
from trucebook.report import HANDED_IN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

    from trucebook.reading.model import Reading
    from trucebook.record.case import Case
    from trucebook.record.ledger import Ledger
    from trucebook.record.maker import Maker
    from trucebook.report import Report

Outcome = Literal["added", "changed", "reread", "unchanged"]
# Words in a row by which two texts are held against each other, and the share of them that makes one an edit of the
# other. An outlet that corrects a report keeps most of it; another report under the same file name has next to nothing
# in common with it. Only files are held against this: what stands at a URL is what the outlet says there.
_IN_A_ROW = 4
_EDITED = 0.3
_WORD = re.compile(r"\w+")
_URL = "url:"


@dataclass(frozen=True, kw_only=True)
class Incoming:
    """A report on its way into the case.

    Attributes:
        report: as the intake made it.
        original: the bytes it was read from.
    """

    report: Report
    original: bytes


@dataclass(frozen=True, kw_only=True)
class Added:
    """What came of adding a report.

    Attributes:
        name: what the case calls the report.
        outcome: added; changed (another version of a report that was there); reread (the same text, read by another
            maker); unchanged.
        version: number of the version, from 1.
    """

    name: str
    outcome: Outcome
    version: int


def known(case: Case, incoming: Report, maker: Maker) -> Added | None:
    """Return where a report already is, read by this maker; None where it has to be read."""
    with case.reading() as connection:
        return _known(connection, fingerprint(incoming), maker.digest)


def add(case: Case, incoming: Incoming, found: Reading, maker: Maker, *, user: str = "") -> Added:
    """Add a report with its reading: both, or nothing. Whoever adds the same a second time changes nothing.

    Args:
        case: where to.
        incoming: the report.
        found: its reading.
        maker: what made the reading.
        user: who adds it.

    Raises:
        CaseError: the case cannot be written to.
    """
    mark = fingerprint(incoming.report)
    with case.writing(user) as ledger:
        # Another writer may have come first.
        there = _known(ledger.connection, mark, maker.digest)
        if there is not None:
            return there
        same = _version_of(ledger.connection, mark)
        if same is not None:
            _add_reading(ledger, same.id, found, maker)
            return Added(name=same.name, outcome="reread", version=same.number)
        return _add_version(ledger, incoming, found, maker)


def add_reading(case: Case, version_id: int, found: Reading, maker: Maker, *, user: str = "") -> bool:
    """Add another reading of a version that is there.

    Returns:
        Whether it was added: not where this maker's reading is there already.
    """
    with case.writing(user) as ledger:
        there = (
            select(reading.c.id).join(makers).where(makers.c.digest == maker.digest, reading.c.version == version_id)
        )
        if ledger.connection.execute(there).first():
            return False
        _add_reading(ledger, version_id, found, maker)
        return True


def number_of(case: Case, name: str) -> int | None:
    """Return the number of a report in the case, by what the case calls it; None where there is none."""
    with case.reading() as connection:
        found: int | None = connection.execute(select(report.c.id).where(report.c.name == name)).scalar()
    return found


def fingerprint(incoming: Report) -> str:
    """Return what tells a report from all others and from its other versions: its bytes, and what is said about it."""
    day = incoming.published.isoformat() if incoming.published else None
    parts = [incoming.sha256, incoming.url, incoming.outlet, incoming.title, incoming.author, day, incoming.language]
    # A text at hand as a string has its bytes from its own encoding: the text itself decides.
    return hashlib.sha256(json.dumps([*parts, _sha(incoming.text)]).encode("ascii")).hexdigest()


def key_of(incoming: Report) -> str:
    """Return what the versions of one report have in common: its URL; else its file; else its bytes and its outlet."""
    address = _address(incoming.url) if incoming.url else None
    if address is not None:
        return f"{_URL}{address}"
    # What was handed in under the same name is held against it as two files of one name are.
    if "#" not in incoming.path and incoming.path.startswith(HANDED_IN):
        return _plain(incoming.path)
    # A record's place in its file shifts when another is put before it.
    if "#" not in incoming.path and os.path.isfile(incoming.path):  # noqa: PTH113  the path may hold any byte
        return "file:" + _plain(os.path.realpath(incoming.path))
    return f"sha256:{incoming.sha256}:{_plain(incoming.outlet or '')}"


def _address(url: str) -> str | None:
    """A URL without what does not tell two pages apart: scheme, `www`, a fragment, a closing slash."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    host = parts.netloc.lower().removeprefix("www.")
    return _plain(urlunsplit(("", host, parts.path.rstrip("/"), parts.query, ""))) if host else None


@dataclass(frozen=True)
class _There:
    id: int
    report: int
    name: str
    number: int


def _known(connection: Connection, mark: str, digest: str) -> Added | None:
    rows = (
        select(report.c.name, version.c.number)
        .select_from(version.join(report).join(reading, reading.c.version == version.c.id).join(makers))
        .where(version.c.fingerprint == mark, makers.c.digest == digest)
    )
    row = connection.execute(rows).first()
    return None if row is None else Added(name=row.name, outcome="unchanged", version=row.number)


def _version_of(connection: Connection, mark: str) -> _There | None:
    rows = (
        select(version.c.id, version.c.report, report.c.name, version.c.number)
        .join(report)
        .where(version.c.fingerprint == mark)
    )
    row = connection.execute(rows).first()
    return None if row is None else _There(*row)


def _add_version(ledger: Ledger, incoming: Incoming, found: Reading, maker: Maker) -> Added:
    earlier = _earlier(ledger.connection, incoming.report)
    if earlier is None:
        name = _free_name(ledger.connection, incoming.report)
        there = _There(0, ledger.add(report, "add", name=name, key=key_of(incoming.report)), name, 0)
    else:
        there = earlier
    version_id = _add_text(ledger, there, incoming)
    _add_reading(ledger, version_id, found, maker)
    outcome: Outcome = "changed" if earlier else "added"
    return Added(name=there.name, outcome=outcome, version=there.number + 1)


def _add_text(ledger: Ledger, there: _There, incoming: Incoming) -> int:
    new = incoming.report
    sha = hashlib.sha256(incoming.original).hexdigest()
    if not ledger.connection.execute(select(originals.c.sha256).where(originals.c.sha256 == sha)).first():
        ledger.add(originals, "keep", sha256=sha, bytes=incoming.original)
    version_id: int = ledger.add(
        version,
        "add",
        report=there.report,
        number=there.number + 1,
        fingerprint=fingerprint(new),
        original=sha,
        about=stored.about(msgspec.structs.replace(new, id=there.name)),
        text=new.text,
        page=stored.page_bytes(new),
        published=new.published.isoformat() if new.published else None,
        recorded=ledger.at,
    )
    ledger.connection.execute(insert(passage), list(passage_rows(version_id, new.text)))
    return version_id


def passage_rows(version_id: int, text: str) -> Iterator[dict[str, object]]:
    """Yield the rows by which a text is searched."""
    for span in passages(text):
        yield {"version": version_id, "start": span.start, "stop": span.end, "words": fold(span.of(text))}


def _add_reading(ledger: Ledger, version_id: int, found: Reading, maker: Maker) -> None:
    row = ledger.connection.execute(select(makers.c.id).where(makers.c.digest == maker.digest)).first()
    body = msgspec.json.encode(maker, order="deterministic").decode()
    ledger.add(
        reading,
        "read",
        version=version_id,
        maker=row.id if row else ledger.add(makers, "maker", digest=maker.digest, body=body),
        format=stored.FORMAT,
        body=stored.body(found),
        anchors=stored.anchors(found),
        recorded=ledger.at,
    )


def _earlier(connection: Connection, new: Report) -> _There | None:
    """The latest version of the report that a new text is an edit of."""
    each = version.alias()
    latest = select(func.max(each.c.number)).where(each.c.report == report.c.id).scalar_subquery()
    rows = (
        select(version.c.id, version.c.report, report.c.name, version.c.number, version.c.text)
        .join(report)
        .where(report.c.key == key_of(new), version.c.number == latest)
        .order_by(report.c.id)
    )
    for row in connection.execute(rows):
        if key_of(new).startswith(_URL) or _shared(row.text, new.text) >= _EDITED:
            return _There(*row[:4])
    return None


def _shared(old: str, new: str) -> float:
    """The share of the shorter text's runs of words that the other has too."""
    one, other = _runs(old), _runs(new)
    return len(one & other) / max(1, min(len(one), len(other)))


def _runs(text: str) -> set[tuple[str, ...]]:
    words = _WORD.findall(text.lower())
    return {tuple(words[i : i + _IN_A_ROW]) for i in range(max(1, len(words) - _IN_A_ROW + 1))}


def _free_name(connection: Connection, new: Report) -> str:
    """The first name that the case has not given yet: the report's id, its path, its id with a number."""
    for name in (new.id, new.path):
        if not _taken(connection, _plain(name)):
            return _plain(name)
    # Names with a number are given in order, so the count of those that are there is near the free one.
    at = 2
    while _taken(connection, f"{_plain(new.id)}~{at}"):
        at *= 2
    low = at // 2
    while at - low > 1:
        middle = (low + at) // 2
        low, at = (middle, at) if _taken(connection, f"{_plain(new.id)}~{middle}") else (low, middle)
    return f"{_plain(new.id)}~{at}"


def _taken(connection: Connection, name: str) -> bool:
    return connection.execute(select(report.c.id).where(report.c.name == name)).first() is not None


def _plain(words: str) -> str:
    """Without what PostgreSQL stores in no text."""
    return words.encode("utf-8", "replace").decode("utf-8").replace("\x00", "\ufffd")


def _sha(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
