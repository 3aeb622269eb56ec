"""Hand a result to standard output or to a file: whole, or not at all."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from trucebook.errors import TrucebookError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import BinaryIO

# What a file gets that a program creates in the ordinary way; the user's umask is taken off it.
_NEW_FILE_MODE = 0o666


class OutputRefusedError(TrucebookError):
    """A place that the result cannot be written to.

    Args:
        path: the place, as the user named it.
        reason: what is wrong with it.
        remedy: what the user can do about it.
    """

    def __init__(self, path: str, reason: str, remedy: str) -> None:
        self.path, self.reason, self.remedy = path, reason, remedy
        super().__init__(f"{path}: {reason}; {remedy}")


def check_output(output: Path, inputs: Iterable[str]) -> None:
    """See, before any work is done, that `output` can be written and that no input is lost to it.

    Args:
        output: the file to write.
        inputs: the files and folders to be read, as the user named them; `-` is standard input.

    Raises:
        OutputRefusedError: `output` is a folder, is in none, is one of the inputs or lies in a folder of them.
    """
    if output.is_dir():
        raise OutputRefusedError(str(output), "is a folder", "name a file in it")
    if not output.parent.is_dir():
        raise OutputRefusedError(str(output), "its folder does not exist", "create the folder first")
    target = output.resolve()
    for name in inputs:
        source = Path(name).resolve()
        if name == "-" or not source.exists():
            continue
        if target == source:
            raise OutputRefusedError(str(output), "is one of the inputs", "write to another file")
        if source.is_dir() and target.is_relative_to(source):
            reason = f"lies in the input folder {name}, where the next run would read it as a report"
            raise OutputRefusedError(str(output), reason, "write it outside that folder")


def write_file(output: Path, result: bytes | BinaryIO) -> None:
    """Write `result` to a file of that name, which then holds all of it or what it held before.

    Args:
        output: the file.
        result: what to write, or a file to copy it from, for what is too large for memory.

    Raises:
        OutputRefusedError: the system does not let it be written.
    """
    try:
        # A link keeps pointing where it does; a device or a pipe cannot be replaced by a file.
        target = output.resolve()
        if target.exists() and not target.is_file():
            with target.open("wb") as file:
                _copy(result, file)
        else:
            _replace(target, result)
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputRefusedError(str(output), reason, "choose a place you can write to") from error


def write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files into a folder, which is made where there is none; what else is in it stays.

    Args:
        folder: the folder.
        files: what to write, by file name.

    Raises:
        OutputRefusedError: it is a file, or the system does not let it be written.
    """
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        reason = "is a file" if folder.exists() else (error.strerror or str(error)).lower()
        raise OutputRefusedError(
            str(folder), reason, "name a folder, or one to be made in a folder that is there"
        ) from error
    for name, content in files.items():
        write_file(folder / name, content)


def write_stream(stream: BinaryIO | None, result: bytes) -> None:
    """Write `result` and see it off, so that a reader who has gone is noticed here and not at exit.

    Args:
        stream: standard output; None in a process that has none.
        result: what to write.

    Raises:
        BrokenPipeError: the reader has gone.
        OutputRefusedError: there is no standard output, or the system does not let it be written.
    """
    if stream is None:
        raise OutputRefusedError("standard output", "is closed", "write to a file with -o")
    try:
        stream.write(result)
        stream.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        reason = error.strerror or str(error)
        _discard(stream)
        raise OutputRefusedError("standard output", reason, "choose a place you can write to") from error


def _discard(stream: BinaryIO) -> None:
    # What is left in the buffer would be tried again at exit, and fail again, with a traceback.
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _copy(result: bytes | BinaryIO, file: BinaryIO) -> None:
    if isinstance(result, bytes):
        file.write(result)
    else:
        shutil.copyfileobj(result, file)


def _replace(target: Path, result: bytes | BinaryIO) -> None:
    mode = target.stat().st_mode & 0o7777 if target.exists() else _NEW_FILE_MODE & ~_umask()
    # In the same folder, since a rename is only then a single step.
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            _copy(result, file)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(mode)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _umask() -> int:
    # The umask can only be read by setting it.
    mask = os.umask(0)
    os.umask(mask)
    return mask
