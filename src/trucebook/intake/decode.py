"""From bytes to text: which encoding a document is in, and what cannot be a text."""

from __future__ import annotations

import re

from trucebook.errors import InputRefusedError
from trucebook.intake.binary import binary_kind
from trucebook.intake.settings import known_encoding

# The mark of UTF-32 begins with that of UTF-16, so it is looked for first.
_MARKS: tuple[tuple[bytes, str], ...] = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_DECLARED = re.compile(rb"""(?:charset|encoding)\s{0,9}=\s{0,9}["']?\s{0,9}([A-Za-z0-9_:.-]{1,40})""")
# Where a page declares its encoding: the first 1024 bytes by the HTML standard (4.2.5.4); pages in the wild exceed it.
_DECLARED_WITHIN = 4096
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
# In English, letters beyond ASCII stand in words and typographic marks around them. What a wrong table makes of a text
# breaks that: a capital with an accent behind a small letter (MacRoman's apostrophe, read as Windows-1252: "donÕt"), or
# a sign that English text does not use.
_ODD = re.compile(r"[a-z][À-ÖØ-Þ]|[À-ÖØ-Þ](?=\s|$)|(?<!\S)[À-ÖØ-Þ](?=[A-Z])|[¤¦¨¬¯¸×÷þðÞÐ¶ª¹²³µƒˆ‡‹›\x80-\x9f]")
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_SAVE = "save it as UTF-8 text"


def decode(raw: bytes, path: str, *, encoding: str | None = None, page: bool = False) -> str:
    """Return the text of a document; its line breaks are kept.

    In this order: a byte order mark; the encoding that the user names; UTF-16 by the place of its zero bytes; UTF-8, if
    every byte fits; what a page declares; Windows-1252 or MacRoman, if the result looks like English; what
    charset-normalizer finds.

    Args:
        raw: the bytes of the whole document.
        path: the input as the user named it, for the refusal.
        encoding: the encoding where the user knows it.
        page: whether the document is HTML or XHTML, which can declare its encoding.

    Raises:
        InputRefusedError: the document is empty, binary, or cannot be decoded.
    """
    if not raw.strip(b"\x00 \t\r\n\x0b\x0c"):
        raise _empty(path)
    text = _decoded(raw, path, encoding=encoding, page=page)
    if not text.strip("\ufeff\u200b\u2060 \t\r\n\x0b\x0c\x1a\xa0\u2028\u2029"):
        raise _empty(path)
    if "\x00" in text or len(_CONTROL.findall(text)) > max(2, len(text) // 100):
        raise InputRefusedError(
            path, "is binary, not text", "give the text itself as .txt, .md, .html, .json or .jsonl"
        )
    return text


def _decoded(raw: bytes, path: str, *, encoding: str | None, page: bool) -> str:
    for mark, name in _MARKS:
        if raw.startswith(mark):
            return _strictly(raw[len(mark) :], name, path)
    if encoding is not None:
        return _strictly(raw, known_encoding(encoding) or encoding, path)
    if kind := binary_kind(raw):
        raise InputRefusedError(path, f"is {kind}, not text", "export its text as .txt, .md or .html and give that")
    if b"\x00" in raw:
        return _strictly(raw, _wide(raw, path), path)
    text = _try(raw, "utf-8")
    return text if text is not None else _legacy(raw, path, page=page)


def _wide(raw: bytes, path: str) -> str:
    """Return which UTF-16 it is: in English text most high bytes are zero and hardly any low byte is."""
    head = raw[:65536]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if odd > 0.6 * half and even < 0.02 * half + 1:
        return "utf-16-le"
    if even > 0.6 * half and odd < 0.02 * half + 1:
        return "utf-16-be"
    raise InputRefusedError(path, "is binary, not text", "give the text itself as .txt, .md, .html, .json or .jsonl")


def _legacy(raw: bytes, path: str, *, page: bool) -> str:
    """Return the text of a document in a one-byte encoding, or another that is not Unicode."""
    declared = _declared(raw) if page else None
    if declared and (text := _try(raw, declared)) is not None:
        return text
    if _damaged(raw):
        raise InputRefusedError(
            path, f"cannot be decoded: it is UTF-8 but damaged at byte {_first_bad(raw)}", f"{_SAVE} again"
        )
    for name in ("cp1252", "mac-roman"):
        text = _try(raw, name)
        if text is not None and _like_english(text):
            return text
    return _strictly(raw, _detected(raw, path), path)


def _declared(raw: bytes) -> str | None:
    match = _DECLARED.search(raw[:_DECLARED_WITHIN])
    name = known_encoding(match[1].decode("ascii")) if match else None
    # A declaration that could be read as ASCII is not in a wide encoding, whatever it says (HTML standard, 13.2.3.2).
    return None if name is None or name.startswith(("utf-16", "utf-32")) else name


def _damaged(raw: bytes) -> bool:
    """Whether nearly all bytes beyond ASCII form UTF-8 sequences: no other encoding has that by chance."""
    high = sum(1 for b in raw if b >= 0x80)
    inside = sum(len(m) for m in _MULTIBYTE.findall(raw))
    return inside >= 0.8 * high and inside >= 6


def _first_bad(raw: bytes) -> int:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start
    return len(raw)


def _like_english(text: str) -> bool:
    foreign = len(_NOT_ASCII.findall(text))
    return foreign <= 0.1 * len(text) + 2 and len(_ODD.findall(text)) <= 0.2 * foreign


def _detected(raw: bytes, path: str) -> str:
    from charset_normalizer import from_bytes  # noqa: PLC0415  only the rare document needs it

    best = from_bytes(raw[:65536]).best()
    name = known_encoding(best.encoding) if best else None
    if name is None:
        raise InputRefusedError(path, "cannot be decoded: its encoding is not known", f"{_SAVE}, or name its encoding")
    return name


def _try(raw: bytes, name: str) -> str | None:
    try:
        return raw.decode(name)
    except UnicodeDecodeError:
        return None


def _strictly(raw: bytes, name: str, path: str) -> str:
    try:
        return raw.decode(name)
    except UnicodeDecodeError as error:
        reason = f"cannot be decoded as {name}: {error.reason} at byte {error.start}"
        raise InputRefusedError(path, reason, f"{_SAVE}, or name its encoding") from error


def _empty(path: str) -> InputRefusedError:
    return InputRefusedError(path, "is empty", "give a file with the report's text")
