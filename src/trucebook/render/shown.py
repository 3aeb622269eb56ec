"""Untrusted text made fit to be shown: nothing of it can steer a terminal, reverse a line or break a layout."""

from __future__ import annotations

import re
from functools import cache

from rich.cells import cell_len, chop_cells

# Characters of RFC 3986 and letters of other scripts; whatever could end a link in HTML or Markdown is left out.
_ADDRESS = re.compile(r"https?://[\w.-]+(?::\d+)?(?:[/?#][\w/?#@!$&*+,;:=~%.-]*)?", re.IGNORECASE)


@cache
def _neutral() -> dict[int, int]:
    # Control characters are shown by their pictures (Unicode block U+2400), so that an escape sequence is seen and not
    # obeyed; C1 controls, overrides of the writing direction and stray surrogates have no picture.
    pictures = {code: 0x2400 + code for code in range(0x20)} | {0x7F: 0x2421}
    faceless = [*range(0x80, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A), *range(0xD800, 0xE000)]
    return pictures | dict.fromkeys(faceless, 0xFFFD)


@cache
def _neutral_block() -> dict[int, int]:
    breaks = dict.fromkeys((0x0B, 0x0C, 0x85, 0x2028, 0x2029), 0x0A)
    return _neutral() | {0x09: 0x09, 0x0A: 0x0A, 0x0D: 0x0D} | breaks


def line(text: str) -> str:
    """Return `text` on one line, its white space collapsed and its control characters shown instead of obeyed."""
    return " ".join(text.split()).translate(_neutral())


def block(text: str) -> str:
    """Return `text` with its line breaks, its control characters shown instead of obeyed, code point for code point."""
    return text.translate(_neutral_block())


def clip(text: str, cells: int) -> str:
    """Return `text` cut to at most `cells` terminal cells, with an ellipsis where something was cut."""
    if cell_len(text) <= cells:
        return text
    if cells < 2:
        return "…"[:cells]
    return chop_cells(text, cells - 1)[0].rstrip() + "…"


def elide(words: str, keep: int) -> str:
    """Return `words` with at most `keep` words at each end; an ellipsis stands for the middle that is left out."""
    every = words.split()
    if len(every) <= 2 * keep + 1:
        return " ".join(every)
    return " ".join([*every[:keep], "…", *every[-keep:]])


def count(number: int, noun: str, plural: str | None = None) -> str:
    """Return a number with its noun, e.g. `1 report`, `3 reports`."""
    return f"{number} {noun if number == 1 else plural or noun + 's'}"


def web_address(url: str | None) -> str | None:
    """Return `url` where it is a plain address of the web; a script, a file or anything odd is no address."""
    return url if url and _ADDRESS.fullmatch(url) else None
