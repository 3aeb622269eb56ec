"""The versions of a report that a case has recorded, each with what was last read in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from trucebook.dossier.revision.model import Edition
from trucebook.record import stored
from trucebook.record.schema import maker, reading, report, version
from trucebook.record.when import NOW, moment

if TYPE_CHECKING:
    from trucebook.record.case import Case
    from trucebook.record.when import When


def edited(case: Case, when: When = NOW) -> dict[str, int]:
    """Return the reports that their outlets changed, by name, with how many versions of each there are.

    Args:
        case: the case.
        when: as known at which time.

    Raises:
        CaseError: the case cannot be read.
    """
    rows = select(report.c.name, func.count().label("versions")).select_from(version.join(report))
    if when.recorded is not None:
        rows = rows.where(version.c.recorded <= when.recorded)
    grouped = rows.group_by(report.c.id, report.c.name).having(func.count() > 1).order_by(report.c.id)
    with case.reading() as connection:
        return {row.name: row.versions for row in connection.execute(grouped)}


def name_of(case: Case, number: int) -> str | None:
    """Return the name of a report by its number; None where there is none.

    Args:
        case: the case.
        number: of the report, which it keeps through all its versions.

    Raises:
        CaseError: the case cannot be read.
    """
    with case.reading() as connection:
        found: str | None = connection.execute(select(report.c.name).where(report.c.id == number)).scalar()
    return found


def editions(case: Case, name: str, when: When = NOW) -> tuple[Edition, ...]:
    """Return the versions of a report, the first first; none where there is no such report.

    Args:
        case: the case.
        name: of the report.
        when: as known at which time.

    Raises:
        CaseError: the case cannot be read.
    """
    last = select(reading.c.version, func.max(reading.c.id).label("id"))
    versions = version.c.recorded <= when.recorded if when.recorded is not None else version.c.recorded.is_not(None)
    if when.recorded is not None:
        last = last.where(reading.c.recorded <= when.recorded)
    latest = last.group_by(reading.c.version).subquery()
    rows = (
        select(version.c.number, version.c.recorded, version.c.about, version.c.text, version.c.page,
               reading.c.body, reading.c.format, maker.c.digest)
        .select_from(
            version.join(report)
            .join(latest, latest.c.version == version.c.id)
            .join(reading, reading.c.id == latest.c.id)
            .join(maker, maker.c.id == reading.c.maker)
        )
        .where(report.c.name == name, versions)
        .order_by(version.c.number)
    )  # fmt: skip
    with case.reading() as connection:
        found = connection.execute(rows).all()
    return tuple(
        Edition(
            number=row.number,
            recorded=moment(row.recorded),
            maker=row.digest,
            reading=stored.reading_of(
                row.body, row.format, stored.report_of(name, row.about, row.text, row.page), case.location.shown
            ),
        )
        for row in found
    )
