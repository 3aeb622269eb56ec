"""The forms in which a case is given to others: files by name, which whoever calls writes."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, NamedTuple

from trucebook.dossier.redaction import redact
from trucebook.render.shown import count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trucebook.dossier.model import Dossier

ANNOTATIONS = "annotations.jsonld"


class Given(NamedTuple):
    """What is given to others.

    Attributes:
        files: by name.
        told: what was left out, in a sentence; what whoever gives it should know.
    """

    files: dict[str, bytes]
    told: str


def share(dossier: Dossier, form: str, *, with_names: bool = False, keep: Sequence[str] = ()) -> Given:
    """Return a dossier in a form for others, without the names of private persons and of analysts.

    Args:
        dossier: what is given.
        form: `csv`, `parquet` or `annotations`.
        with_names: whether these names are given too.
        keep: names of persons who are public though no report gives them an office.

    Raises:
        SettingsError: the form needs a package that is not installed.
    """
    if with_names:
        return Given(shared_files(dossier, form), "with the names of private persons and of analysts")
    # The key is thrown away, so that nobody can try names against what is given.
    redacted = redact(dossier, secrets.token_bytes(32), keep=keep)
    persons = count(redacted.persons, "private person")
    told = f"left out: the names of {persons} and {count(redacted.analysts, 'analyst')}; --with-names gives them too"
    return Given(shared_files(redacted.dossier, form), told)


def shared_files(dossier: Dossier, form: str) -> dict[str, bytes]:
    """Return a dossier in a form for others, by file name.

    Args:
        dossier: what is given.
        form: `csv`, `parquet` or `annotations`.

    Raises:
        SettingsError: the form needs a package that is not installed.
    """
    if form == "annotations":
        from trucebook.render.annotations import render_annotations  # noqa: PLC0415  each form loads its own renderer

        return {ANNOTATIONS: render_annotations(dossier)}
    from trucebook.render.table_files import csv_files, parquet_files  # noqa: PLC0415
    from trucebook.render.tables import tables  # noqa: PLC0415

    return (csv_files if form == "csv" else parquet_files)(tables(dossier))
