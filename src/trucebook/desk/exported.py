"""What can be taken along of a case, and how it is asked for."""

from __future__ import annotations

from typing import Final, Literal

import msgspec

Form = Literal["html", "md", "json", "ftm", "csv", "parquet", "annotations"]


class FileView(msgspec.Struct, frozen=True, kw_only=True):
    """A file that can be taken along.

    Attributes:
        name: of the file, as in `/export/brief.html`; with `names=all` it has the names of private persons and of
            analysts too.
        form: what it is.
        media: its media type.
        about: what it is good for.
    """

    name: str
    form: Form
    media: str
    about: str


FILES: Final = (
    FileView(
        name="brief.html",
        form="html",
        media="text/html; charset=utf-8",
        about="One page that works offline, with the text of every report",
    ),
    FileView(
        name="brief.md", form="md", media="text/markdown; charset=utf-8", about="Markdown, for a document or a message"
    ),
    FileView(name="brief.json", form="json", media="application/json", about="JSON, for other programs"),
    FileView(
        name="brief.ftm",
        form="ftm",
        media="application/json-seq",
        about="FollowTheMoney entities of the actors, one a line",
    ),
    FileView(
        name="tables-csv.zip",
        form="csv",
        media="application/zip",
        about="Tables as CSV, for a spreadsheet: findings, evidence, quotations, moves and more",
    ),
    FileView(
        name="tables-parquet.zip",
        form="parquet",
        media="application/zip",
        about="The same tables as Parquet, for programs that count",
    ),
    FileView(
        name="annotations.jsonld",
        form="annotations",
        media="application/ld+json",
        about="W3C Web Annotations on the words of the reports",
    ),
)
"""The files that can be taken along."""


class ExportsView(msgspec.Struct, frozen=True, kw_only=True):
    """The files that can be taken along.

    Attributes:
        items: the files.
        reports: reports in the case.
        most: more than these are left to the command line.
    """

    items: tuple[FileView, ...]
    reports: int
    most: int


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """Which file is wanted.

    Attributes:
        form: its form.
        end: the state of the case that its book was made of.
        readings: keys of the readings, in the order of the book.
        actors: file of known actors.
        names: whether the names of private persons and of analysts are given too.
    """

    form: Form
    end: str
    readings: tuple[int, ...]
    actors: str | None = None
    names: bool = False
