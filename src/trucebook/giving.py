"""Giving to others: the forms for it, in a file or a folder, with a word about the names that were left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trucebook.console import deliver, see_output, tell
from trucebook.delivery import OutputRefusedError, write_folder
from trucebook.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from trucebook.dossier.model import Dossier
    from trucebook.options import Names

# The forms that are several files.
_FOLDERS = frozenset({"csv", "parquet"})


def see_shared(form: str, output: Path | None, inputs: Iterable[str]) -> None:
    """See, before any work is done, that a form can be written where the user wants it.

    Raises:
        SettingsError: the form is several files, and no folder is named.
        OutputRefusedError: it cannot be written there, or an input would be lost.
    """
    if form not in _FOLDERS:
        see_output(output, inputs)
        return
    if output is None or str(output) == "-":
        raise SettingsError(f"--format {form}: makes a file for each table; name a folder for them with -o")
    if output.exists() and not output.is_dir():
        raise OutputRefusedError(str(output), "is a file", "name a folder for the tables")
    if not output.is_dir():
        see_output(output, inputs)


def deliver_shared(dossier: Dossier, form: str, output: Path | None, names: Names) -> None:
    """Write a dossier in a form for others, and say on standard error what was left out.

    Raises:
        SettingsError: the form needs a package that is not installed.
        OutputRefusedError: the system does not let it be written.
    """
    from trucebook.render.share import share  # noqa: PLC0415  --help loads nothing it does not show

    given = share(dossier, form, with_names=not names.redact, keep=names.keep)
    if form in _FOLDERS and output is not None:
        write_folder(output, given.files)
    else:
        deliver(b"".join(given.files.values()), output)
    tell(given.told)
