"""A report: one text by one outlet, as it was decoded and never rewritten."""

from __future__ import annotations

import datetime  # noqa: TC003  msgspec reads the annotation when a report is decoded
from typing import Literal

import msgspec

from trucebook.span import Span  # noqa: TC001  msgspec reads the annotation when a report is decoded

HANDED_IN = "upload:"
"""How the path begins of a report that was handed in as bytes and not read from a file."""

FurnitureKind = Literal["related-headline", "footnote-mark", "byline", "caption", "dateline", "other"]


class Furniture(msgspec.Struct, frozen=True, kw_only=True):
    """Text on the page that is not the report's prose: marked, never cut.

    Attributes:
        span: where it stands in the report's text.
        kind: what it is.
    """

    span: Span
    kind: FurnitureKind


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """One report, with its text untouched.

    Attributes:
        id: the file's stem where that is unique in the run, else the path.
        path: the input as the user named it (`-` for standard input); a record of a file of records adds `#n`.
        sha256: of the bytes the report was read from, in hexadecimal.
        text: the decoded text; every span of a reading is a range of its code points.
        language: ISO 639-1 code.
        outlet: who published it, where known.
        title: its headline, where known from outside the text.
        published: day of publication, where known.
        url: where it was found.
        author: who signed it, as given.
        page: the HTML that the text was extracted from, kept.
        furniture: what of the text is not its prose, in order and without overlap.
    """

    id: str
    path: str
    sha256: str
    text: str
    language: str = "en"
    outlet: str | None = None
    title: str | None = None
    published: datetime.date | None = None
    url: str | None = None
    author: str | None = None
    page: str | None = None
    furniture: tuple[Furniture, ...] = ()

    @property
    def length(self) -> int:
        """Number of code points of the text."""
        return len(self.text)


class Refusal(msgspec.Struct, frozen=True, kw_only=True):
    """An input that was not read, so that failure never looks like absence.

    Attributes:
        path: the input, as the user named it.
        reason: what is wrong with it.
        remedy: what the user can do about it.
    """

    path: str
    reason: str
    remedy: str
