"""What can be taken along of a case, and how it is asked for."""

from __future__ import annotations

from typing import Final, Literal

import msgspec

Form = Literal["html", "md", "json", "ftm"]
MEDIA: Final[dict[Form, str]] = {
    "html": "text/html; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "json": "application/json",
    "ftm": "application/json-seq",
}
"""Forms of a brief, with their media types."""


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """Which brief is wanted.

    Attributes:
        form: its form.
        end: the state of the case that its book was made of.
        readings: keys of the readings, in the order of the book.
        actors: file of known actors.
    """

    form: Form
    end: str
    readings: tuple[int, ...]
    actors: str | None = None
