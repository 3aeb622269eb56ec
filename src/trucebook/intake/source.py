"""Which files a run reads, and their bytes."""

from __future__ import annotations

import os
import stat
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from trucebook.errors import InputRefusedError
from trucebook.intake.sheet import SHEET

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

STDIN = "-"
"""The path that stands for standard input."""

TEXTS = frozenset({".txt", ".text", ".md", ".markdown"})
"""Suffixes of plain text."""
PAGES = frozenset({".html", ".htm", ".xhtml"})
"""Suffixes of web pages."""
RECORDS = frozenset({".json", ".jsonl", ".ndjson"})
"""Suffixes of files of records."""
# In a folder these lie beside reports and are none: pictures, sound and film, tables, and the parts of saved pages.
_BESIDE = """
    .jpg .jpeg .jfif .png .gif .webp .svg .bmp .tif .tiff .ico .avif .heic .mp3 .wav .ogg .oga .m4a .flac .mp4 .m4v
    .webm .mov .avi .mkv .csv .tsv .xls .xlsx .ods .parquet .css .js .mjs .map .woff .woff2 .ttf .otf .eot .bak .tmp
"""
_FORMATS = ".txt, .md, .html, .json or .jsonl"


@dataclass(frozen=True, kw_only=True)
class Source:
    """A file to be read.

    Attributes:
        path: the input as the user named it; a file of a folder by the folder's name and its place in it.
        file: where it is; None for standard input.
        root: the folder that the user named, or the file's own: sheets are looked for from there down to the file.
    """

    path: str
    file: Path | None
    root: Path | None = None


def expand(paths: Sequence[str]) -> Iterator[Source | InputRefusedError]:
    """Yield the files that paths name, in their order, each file once; in folders sorted by name, subfolders included.

    In a folder, hidden files, `reports.csv`, and what plainly is no report (pictures, sound, tables, the parts of a
    saved page) are passed over. Any other file of no known type is refused by name: a report may be in it.

    Args:
        paths: files, folders, or `-` for standard input.
    """
    seen: set[str] = set()
    for path in paths:
        for found in _named(path):
            if isinstance(found, Source):
                key = os.path.realpath(found.file) if found.file else STDIN
                if key in seen:
                    continue
                seen.add(key)
            yield found


def _named(path: str) -> Iterator[Source | InputRefusedError]:
    if path == STDIN:
        yield Source(path=path, file=None)
        return
    if not path:  # for `Path` that is the folder one stands in; in a script it is a variable that was never set
        yield InputRefusedError("''", "is an empty name, not a path", "check the variable or the list it comes from")
        return
    try:
        mode = Path(path).stat().st_mode
    except FileNotFoundError:
        yield InputRefusedError(shown(path), "does not exist", "check the path")
        return
    except (OSError, ValueError) as error:
        yield InputRefusedError(shown(path), f"cannot be read ({_why(error)})", "check the path and its permissions")
        return
    if stat.S_ISDIR(mode):
        yield from _folder(Path(path), Path(path))
    elif Path(path).name == SHEET:
        yield InputRefusedError(
            shown(path), "is a sheet about reports, not a report", "give the folder or the reports it stands beside"
        )
    else:
        yield Source(path=shown(path), file=Path(path), root=Path(path).parent)


def _folder(folder: Path, root: Path) -> Iterator[Source | InputRefusedError]:
    try:
        inside = sorted(folder.iterdir(), key=lambda p: p.name)
    except OSError as error:
        yield InputRefusedError(shown(str(folder)), f"cannot be read ({_why(error)})", "check its permissions")
        return
    names = {p.name for p in inside}
    for entry in inside:
        if entry.name.startswith(".") or entry.name == SHEET:
            continue
        if _is_folder(entry):
            # A link to a folder could lead back to where it stands.
            if not entry.is_symlink() and not _belongs_to_page(entry.name, names):
                yield from _folder(entry, root)
        elif entry.suffix.lower() in TEXTS | PAGES | RECORDS:
            yield Source(path=shown(str(entry)), file=entry, root=root)
        elif entry.suffix.lower() not in _BESIDE.split():
            yield _of_unknown_type(entry)


def _is_folder(entry: Path) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False  # refused with its reason when it is read


def _of_unknown_type(entry: Path) -> InputRefusedError:
    reason = f"has a type ({entry.suffix}) that is not read from a folder" if entry.suffix else "has no suffix"
    remedy = f"save it as {_FORMATS}, or name the file itself to have its type detected"
    return InputRefusedError(shown(str(entry)), shown(reason), remedy)


def _belongs_to_page(name: str, names: set[str]) -> bool:
    """Whether a folder holds the parts of a page that a browser saved beside it (`Page.html`, `Page_files`)."""
    stem = name.removesuffix("_files")
    return stem != name and bool({f"{stem}{s}" for s in PAGES} & names)


def read_bytes(source: Source, limit: int, stdin: BinaryIO | None) -> bytes:
    """Return the bytes of a file or of standard input.

    Args:
        source: what to read.
        limit: most bytes to read.
        stdin: standard input; None for the process's own.

    Raises:
        InputRefusedError: it cannot be read, is no ordinary file, or has more bytes than `limit`.
    """
    try:
        raw = _from_stdin(stdin, limit) if source.file is None else _from_file(source, source.file, limit)
    except OSError as error:
        raise InputRefusedError(
            source.path, f"cannot be read ({_why(error)})", "check the path and its permissions"
        ) from error
    if len(raw) > limit:
        raise InputRefusedError(source.path, f"is larger than {limit:,} bytes", "split it, or raise the limit")
    return raw


def _from_stdin(stdin: BinaryIO | None, limit: int) -> bytes:
    stream = stdin if stdin is not None else getattr(sys.stdin, "buffer", None)
    if stream is None:
        raise InputRefusedError(STDIN, "is not there: this process has no standard input", "name a file")
    return b"".join(_blocks(stream, limit + 1))


def _blocks(stream: BinaryIO, most: int) -> Iterator[bytes]:
    """Up to `most` bytes: a pipe may give fewer at a time than it is asked for."""
    while most > 0 and (block := stream.read(min(most, 1 << 20))):
        yield block
        most -= len(block)


def _from_file(source: Source, file: Path, limit: int) -> bytes:
    found = file.stat()
    # Opening a pipe would wait for a writer, and a device may never end.
    if not stat.S_ISREG(found.st_mode):
        raise InputRefusedError(source.path, "is a pipe or a device, not a file", "give it on standard input, as -")
    if found.st_size > limit:
        raise InputRefusedError(
            source.path, f"is larger than {limit:,} bytes ({found.st_size:,})", "split it, or raise the limit"
        )
    with file.open("rb") as stream:
        return b"".join(_blocks(stream, limit + 1))


def shown(path: str) -> str:
    """Return a path as it can be written out: a name of bytes that are no UTF-8 has marks in their place."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _why(error: OSError | ValueError) -> str:
    return (error.strerror or type(error).__name__).lower() if isinstance(error, OSError) else str(error)
