"""Reports and readings as they are stored, and back: versioned JSON, with a checksum of the words under every span."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

import msgspec

from trucebook.reading.model import Reading
from trucebook.record.errors import CaseError
from trucebook.report import Report
from trucebook.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FORMAT = 1
"""Of the JSON of readings; it rises when a field is renamed or taken away, not when one is added."""
_NO_REPORT = Report(id="", path="", sha256="", text="")
# Most of what compression gains, at a third of the time of the usual level.
_LEVEL = 3
_SAID = ("id", "path", "outlet", "title", "url", "author")

_NO_SPANS = (str, int, float, bool, type(None))

Anchor = tuple[int, int, int]
"""Start and end of a span, and the CRC-32 of its words in UTF-8."""


def about(report: Report) -> str:
    """Return what is known about a report, without its text and page, as JSON."""
    known = {name: _whole(value) for name in _SAID if isinstance(value := getattr(report, name), str)}
    return msgspec.json.encode(msgspec.structs.replace(report, **known, text="", page=None)).decode()


def _whole(words: str) -> str:
    """Words without halves of characters, which no encoding has; a file's name may hold such."""
    return words.encode("utf-8", "replace").decode("utf-8")


def report_of(name: str, about: str, text: str, page: bytes | None = None) -> Report:
    """Return a stored report, under the name that the case gave it."""
    known = msgspec.json.decode(about, type=Report)
    html = zlib.decompress(page).decode("utf-8", "surrogatepass") if page is not None else None
    return msgspec.structs.replace(known, id=name, text=text, page=html)


def page_bytes(report: Report) -> bytes | None:
    """Return a report's page as it is stored."""
    return None if report.page is None else zlib.compress(report.page.encode("utf-8", "surrogatepass"), _LEVEL)


def body(reading: Reading) -> bytes:
    """Return a reading, without its report, as it is stored."""
    return zlib.compress(msgspec.json.encode(msgspec.structs.replace(reading, report=_NO_REPORT)), _LEVEL)


def reading_of(stored: bytes, form: int, report: Report, place: str) -> Reading:
    """Return a stored reading.

    Args:
        stored: of `body`.
        form: the format it was stored in.
        report: the report it is a reading of.
        place: the case, for errors.

    Raises:
        CaseError: it cannot be understood.
    """
    try:
        found = msgspec.json.decode(zlib.decompress(stored), type=Reading)
    except (msgspec.MsgspecError, zlib.error, ValueError) as error:
        reason = f"the stored reading of {report.id} cannot be understood (format {form}; {error})"
        raise CaseError(place, reason, "see trucebook verify; trucebook reread reads the report again") from error
    return msgspec.structs.replace(found, report=report)


def anchors(reading: Reading) -> bytes:
    """Return the checksums of the words under every span of a reading, as they are stored."""
    text = reading.report.text
    found = sorted({(s.start, s.end, checksum(s, text)) for s in spans(reading)})
    return zlib.compress(msgspec.json.encode(found), _LEVEL)


def anchors_of(stored: bytes) -> list[Anchor]:
    """Return stored checksums.

    Raises:
        ValueError: they cannot be understood.
    """
    try:
        return msgspec.json.decode(zlib.decompress(stored), type=list[Anchor])
    except (msgspec.MsgspecError, zlib.error) as error:
        raise ValueError(str(error)) from error


def checksum(span: Span, text: str) -> int:
    """Return the CRC-32 of the words that a span covers."""
    return zlib.crc32(span.of(text).encode("utf-8", "surrogatepass"))


def spans(reading: Reading) -> Iterator[Span]:
    """Yield every span of a reading, whatever field it is in; those of fields that are added later too."""
    for name in reading.__struct_fields__:
        if name != "report":
            yield from _spans(getattr(reading, name))


def _spans(value: object) -> Iterator[Span]:
    if isinstance(value, Span):
        yield value
    elif isinstance(value, msgspec.Struct):
        yield from _each(getattr(value, name) for name in value.__struct_fields__)
    elif isinstance(value, (tuple, list)):
        yield from _each(value)
    elif isinstance(value, dict):
        yield from _each(value.values())


def _each(values: Iterable[object]) -> Iterator[Span]:
    for value in values:
        if value.__class__ is Span:
            yield value
        # Most of a long reading is words: to look into none of them halves the time.
        elif value and value.__class__ not in _NO_SPANS:
            yield from _spans(value)
