"""What could be known: the reports, readings and judgements of a case as of a day, and as known at a time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import and_, func, select

from trucebook.record import stored
from trucebook.record.books import end_in
from trucebook.record.judgements import judgements_in
from trucebook.record.schema import maker, reading, report, version
from trucebook.record.when import NOW, When, microseconds, moment

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Iterator, Sequence

    from sqlalchemy import Connection, Row, Select, Subquery

    from trucebook.dossier.judgement import Judgement
    from trucebook.reading.model import Reading
    from trucebook.record.books import End
    from trucebook.record.case import Case
    from trucebook.record.maker import Maker
    from trucebook.report import Report


# Keys in one question: SQLite takes 32,766 values at most (sqlite.org/limits.html, 9).
_TOGETHER = 500


@dataclass(frozen=True, kw_only=True)
class Key:
    """Where a reading stands in the record.

    Attributes:
        report: number of the report, which it keeps through all its versions.
        name: its name.
        version: key of the version that was read.
        number: which version of the report that is, from 1.
        reading: key of the reading.
    """

    report: int
    name: str
    version: int
    number: int
    reading: int


@dataclass(frozen=True, kw_only=True)
class Known:
    """What could be known.

    Attributes:
        readings: one a report, of its latest version then, by the name of the report.
        judgements: what people had decided, in the order in which they did.
        undated: reports that are left out because nobody said when they were published, where a day is asked about.
        makers: how many of the readings each maker made, by its digest.
        moment: the time of recording of the latest thing among it; None for an empty case.
        keys: of the readings, in their order.
        end: the end of the log when this was looked at.
    """

    readings: tuple[Reading, ...]
    judgements: tuple[Judgement, ...]
    undated: tuple[str, ...]
    makers: dict[str, int]
    moment: datetime.datetime | None
    keys: tuple[Key, ...]
    end: End


@dataclass(frozen=True, kw_only=True)
class Held:
    """A version that a case holds, to be read anew.

    Attributes:
        version: its key.
        report: the report as it was.
    """

    version: int
    report: Report


def known_then(case: Case, when: When = NOW) -> Known:
    """Return what could be known of a case.

    Args:
        case: the case.
        when: as of which day, and as known at which time.

    Raises:
        CaseError: the case cannot be read.
    """
    with case.reading() as connection:
        rows = connection.execute(_latest(when)).all()
        judged = judgements_in(connection, when.recorded)
        undated = _undated(connection, when) if when.as_of else ()
        end = end_in(connection)
    readings = tuple(_reading(row, case.location.shown) for row in rows)
    makers: dict[str, int] = {}
    for row in rows:
        makers[row.maker] = makers.get(row.maker, 0) + 1
    last = max([row.moment for row in rows] + [microseconds(j.at) for j in judged], default=None)
    return Known(
        readings=readings,
        judgements=judged,
        undated=undated,
        makers=makers,
        moment=None if last is None else moment(last),
        keys=tuple(
            Key(report=r.report, name=r.name, version=r.version, number=r.number, reading=r.reading) for r in rows
        ),
        end=end,
    )


def readings_at(case: Case, keys: Sequence[int]) -> tuple[Reading, ...]:
    """Return readings by their keys, in the order of the keys; what has no such reading is left out.

    Args:
        case: the case.
        keys: of readings, as `Key.reading` has them.

    Raises:
        CaseError: the case cannot be read.
    """
    found: dict[int, Reading] = {}
    with case.reading() as connection:
        for first in range(0, len(keys), _TOGETHER):
            rows = _stored().where(reading.c.id.in_(keys[first : first + _TOGETHER]))
            found |= {row.reading: _reading(row, case.location.shown) for row in connection.execute(rows)}
    return tuple(found[key] for key in keys if key in found)


def texts_at(case: Case, keys: Sequence[int]) -> dict[int, str]:
    """Return the texts of versions, by their keys.

    Args:
        case: the case.
        keys: of versions, as `Key.version` has them.

    Raises:
        CaseError: the case cannot be read.
    """
    with case.reading() as connection:
        rows = connection.execute(select(version.c.id, version.c.text).where(version.c.id.in_(keys)))
        return {row.id: row.text for row in rows}


def unread(case: Case, digest: str) -> Iterator[Held]:
    """Yield the versions of a case, the latest of each report, that a maker has not read.

    Args:
        case: the case.
        digest: of the maker.
    """
    latest = _versions(NOW)
    made = (
        select(reading.c.id)
        .join(maker)
        .where(maker.c.digest == digest, reading.c.version == version.c.id)
        .correlate(version)
        .exists()
    )
    rows = select(version.c.id).select_from(version.join(latest, _is_latest(latest))).where(~made)
    with case.reading() as connection:
        keys = connection.execute(rows.order_by(version.c.id)).scalars().all()
    yield from _held(case, keys)


def outgrown(case: Case, now: Maker) -> Iterator[Held]:
    """Yield the latest versions of the reports whose last reading an earlier program made in the same way.

    What was read with another model or file of actors somebody has chosen so, and it is left; so is what a newer
    program has read.

    Args:
        case: the case.
        now: what reads here and now.
    """
    from trucebook.record.maker import Maker  # noqa: PLC0415  it loads what reads, which a desk starts sooner without

    with case.reading() as connection:
        rows = connection.execute(select(maker.c.digest, maker.c.body)).all()
        earlier = [row.digest for row in rows if _earlier(msgspec.json.decode(row.body, type=Maker), now)]
        read = select(reading.c.version, func.max(reading.c.id).label("id")).group_by(reading.c.version).subquery()
        latest = _versions(NOW)
        of = (
            version.join(latest, _is_latest(latest))
            .join(read, read.c.version == version.c.id)
            .join(reading, reading.c.id == read.c.id)
            .join(maker, maker.c.id == reading.c.maker)
        )
        last = select(version.c.id).select_from(of).where(maker.c.digest.in_(earlier)).order_by(version.c.id)
        keys = connection.execute(last).scalars().all() if earlier else []
    yield from _held(case, keys)


def _earlier(one: Maker, now: Maker) -> bool:
    return one != now and one.settings == now.settings and _release(one) <= _release(now)


def _release(of: Maker) -> tuple[int, ...]:
    return tuple(map(int, re.findall(r"\d+", of.program)))


def _held(case: Case, keys: Iterable[int]) -> Iterator[Held]:
    """Versions by their keys, each looked up when it is wanted: what waits for hours holds nothing open."""
    rows = select(version.c.id, report.c.name, version.c.about, version.c.text, version.c.page).select_from(
        version.join(report)
    )
    for key in keys:
        with case.reading() as connection:
            row = connection.execute(rows.where(version.c.id == key)).first()
        if row is not None:
            yield Held(version=row.id, report=stored.report_of(row.name, row.about, row.text, row.page))


def _versions(when: When) -> Subquery:
    """The number of the latest version of each report that counts."""
    rows = select(version.c.report, func.max(version.c.number).label("number"))
    if when.recorded is not None:
        rows = rows.where(version.c.recorded <= when.recorded)
    if when.as_of is not None:
        rows = rows.where(version.c.published <= when.as_of.isoformat())
    return rows.group_by(version.c.report).subquery()


def _is_latest(latest: Subquery):  # type: ignore[no-untyped-def]  # noqa: ANN202  SQLAlchemy's own type has parameters nobody needs
    return and_(version.c.report == latest.c.report, version.c.number == latest.c.number)


def _latest(when: When):  # type: ignore[no-untyped-def]  # noqa: ANN202  as above
    """The latest versions, each with the latest reading of it."""
    latest = _versions(when)
    read = select(reading.c.version, func.max(reading.c.id).label("id"))
    if when.recorded is not None:
        read = read.where(reading.c.recorded <= when.recorded)
    last = read.group_by(reading.c.version).subquery()
    return _stored().join(latest, _is_latest(latest)).join(last, last.c.id == reading.c.id).order_by(report.c.id)


def _stored() -> Select[Any]:
    """Readings with the texts that they are of."""
    return select(
        report.c.id.label("report"),
        report.c.name,
        version.c.id.label("version"),
        version.c.number,
        version.c.about,
        version.c.text,
        version.c.page,
        reading.c.id.label("reading"),
        reading.c.body,
        reading.c.format,
        reading.c.recorded.label("moment"),
        maker.c.digest.label("maker"),
    ).select_from(version.join(report).join(reading, reading.c.version == version.c.id).join(maker))


def _reading(row: Row[tuple[object, ...]], place: str) -> Reading:
    told = stored.report_of(row.name, row.about, row.text, row.page)
    return stored.reading_of(row.body, row.format, told, place)


def _undated(connection: Connection, when: When) -> tuple[str, ...]:
    """Reports none of whose versions then has a day of publication."""
    rows = select(report.c.name).select_from(version.join(report))
    if when.recorded is not None:
        rows = rows.where(version.c.recorded <= when.recorded)
    grouped = rows.group_by(report.c.name).having(func.max(version.c.published).is_(None))
    return tuple(sorted(connection.execute(grouped).scalars()))
