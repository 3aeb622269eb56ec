"""Write an agreement file: what `file.parse_agreement` reads gives the same agreement back.

The layout is for people: one table an entry, short things on one line, each place where a thing is told on a line of
its own. Comments of a file that was read are not kept; what is to stay stands in `note`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trucebook.agreement.entries import Agreement

# What TOML 1.0 wants escaped in a basic string; other control characters are written by number.
_ESCAPES: Final = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"}
_DELETE: Final = 0x7F
_LINE: Final = "\n"
_FIRST_PRINTABLE: Final = 0x20


def write_agreement(agreement: Agreement) -> str:
    """Return the text of an agreement file."""
    value: dict[str, object] = {"format": agreement.format, **msgspec.to_builtins(agreement)}
    lines = [f"{name} = {_inline(inner)}" for name, inner in value.items() if not _is_table(inner)]
    for name, inner in value.items():
        if isinstance(inner, dict):
            lines += ["", f"[{name}]", *_members(inner)]
        elif _is_table(inner) and isinstance(inner, list | tuple):
            for entry in inner:
                lines += ["", f"[[{name}]]", *_members(entry)]
    return "\n".join(lines) + "\n"


def _is_table(value: object) -> bool:
    if isinstance(value, dict):
        return True
    return isinstance(value, list | tuple) and bool(value) and all(isinstance(inner, dict) for inner in value)


def _members(entry: dict[str, object]) -> Iterator[str]:
    for name, value in entry.items():
        if name == "told" and isinstance(value, list | tuple):
            yield f"told = [\n{''.join(f'  {_inline(telling)},{_LINE}' for telling in value)}]"
        else:
            yield f"{name} = {_inline(value)}"


def _inline(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, dict):
        return "{ " + ", ".join(_members(value)) + " }" if value else "{}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_inline, value)) + "]"
    return _string(str(value))


def _string(text: str) -> str:
    return '"' + "".join(map(_character, text)) + '"'


def _character(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    code = ord(character)
    return f"\\u{code:04X}" if code < _FIRST_PRINTABLE or code == _DELETE else character
