"""What a command is given to read, read: reports or a case, as readings or as one dossier."""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from trucebook.console import compared, warn, watched
from trucebook.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Callable

    from trucebook.agreement.entries import Agreement
    from trucebook.agreement.held import Filed
    from trucebook.api import Readings
    from trucebook.casework import Told
    from trucebook.comparison.snapshot import Snapshot
    from trucebook.dossier.model import Dossier
    from trucebook.options import Inputs
    from trucebook.report import Refusal

# A case as of a day; the name of a user in the URL of a database is no day.
_AS_OF: Final = re.compile(r"(?P<case>.+)@(?P<day>\d{4}-\d\d-\d\d)")
# A brief of `trucebook brief --format json` begins with its schema, whoever laid it out anew.
_BRIEF: Final = re.compile(rb'\s*\{\s*"schema"\s*:')
_BEGINNING: Final = 256


def reconciled(
    inputs: Inputs, *, as_of: str | None, known_at: str | None, of_case: bool = False
) -> tuple[Dossier, Callable[[], None]]:
    """Return the dossier of what the user named, and what tells its warnings; its refusals are for the end.

    Args:
        inputs: what the user named.
        as_of: of a case, only what was published by this day.
        known_at: of a case, only what was recorded by this time.
        of_case: whether the day makes sense of a case alone.
    """
    from trucebook.record.location import is_case  # noqa: PLC0415  --help loads nothing it does not show

    cases = [path for path in inputs.paths if is_case(path)]
    if cases:
        told = _of_case(inputs, cases[0], as_of, known_at)
        return told.dossier, lambda: warn(told.warnings)
    if known_at or of_case:
        raise SettingsError("--as-of and --known-at: are about a case; name one, such as talks.truce")
    from trucebook.api import reconcile  # noqa: PLC0415  as above

    readings = read_inputs(inputs)
    with compared(len(readings)) as progress:
        dossier = reconcile(readings, actors=inputs.actors or (), progress=progress)
    return dossier, lambda: warn(readings.warnings, readings)


def _of_case(inputs: Inputs, name: str, as_of: str | None, known_at: str | None) -> Told:
    from trucebook.api import known_actors  # noqa: PLC0415  --help loads nothing it does not show
    from trucebook.casework import brief_of, read_when  # noqa: PLC0415
    from trucebook.record.case import open_case  # noqa: PLC0415

    if len(inputs.paths) > 1:
        raise SettingsError(f"{name}: is a case, and cannot be briefed together with others; name it alone")
    if given := inputs.about_reports:
        raise SettingsError(f"{', '.join(given)}: about reports that are read, and a case is read already; leave out")
    with open_case(name) as case:
        return brief_of(case, read_when(as_of, known_at), actors=known_actors(inputs.actors or ()), watch=compared)


def read_inputs(inputs: Inputs) -> Readings:
    """Return the readings of the reports that the user named, with a progress bar while a person watches."""
    from trucebook import api  # noqa: PLC0415  --help loads nothing it does not show
    from trucebook.engine.compute import compute  # noqa: PLC0415
    from trucebook.reading.pipeline import DEFAULT_MODEL  # noqa: PLC0415
    from trucebook.reading.read import ReadingSettings  # noqa: PLC0415

    settings = api.intake_settings(inputs.published, inputs.outlet, inputs.max_bytes, inputs.encoding)
    # A process may be started without standard streams; the intake then refuses `-` by name.
    loaded = api.take_in(inputs.paths, settings, stdin=sys.stdin.buffer if sys.stdin else None)
    known = api.known_actors(inputs.actors or ())
    how = ReadingSettings(model=inputs.model or DEFAULT_MODEL, actors=known)
    with watched(len(loaded.reports)) as progress:
        readings = compute(loaded.reports, how, jobs=inputs.jobs, progress=progress)
    return api.Readings(readings=readings, refusals=loaded.refusals, warnings=loaded.warnings)


def read_agreement(path: Path) -> Agreement:
    """Return what stands in an agreement file.

    Raises:
        AgreementError: it cannot be read, or is none.
    """
    from trucebook.agreement.file import AgreementError, parse_agreement  # noqa: PLC0415  --help loads nothing it does not show

    try:
        raw = path.read_bytes()
    except OSError as error:
        raise AgreementError(
            str(path), "the file", error.strerror or str(error), "name a file that can be read"
        ) from error
    return parse_agreement(raw, str(path))


def laid_beside(dossier: Dossier, file: Path | None) -> Filed | None:
    """Return a case with an agreement file laid beside it; None where the user named no file."""
    if file is None:
        return None
    from trucebook.agreement.held import filed  # noqa: PLC0415  --help loads nothing it does not show

    return filed(dossier, read_agreement(file), str(file))


def snapshot(inputs: Inputs, path: str, day: str | None) -> tuple[tuple[str, Snapshot], tuple[Refusal, ...]]:
    """Return a side of a comparison by its name, and what of it was refused.

    Args:
        inputs: how to read what has to be read.
        path: a brief that was kept, reports, a case, or a case as of a day (`talks.truce@2025-03-12`).
        day: of a case, only what was published by this day.

    Raises:
        TrucebookError: it is none of these, or cannot be read.
    """
    from trucebook.comparison.snapshot import parse_snapshot  # noqa: PLC0415  --help loads nothing it does not show
    from trucebook.render.contract import brief_bytes  # noqa: PLC0415

    found = _AS_OF.fullmatch(path)
    if found is not None and not Path(path).exists():
        path, day = found["case"], found["day"]
    name = f"{path}@{day}" if day else path
    kept = _kept_brief(Path(path)) if day is None else None
    if kept is not None:
        return (name, parse_snapshot(kept, path)), ()
    dossier, told = reconciled(replace(inputs, paths=(path,)), as_of=day, known_at=None, of_case=day is not None)
    told()
    return (name, parse_snapshot(brief_bytes(dossier), name)), dossier.refusals


def _kept_brief(path: Path) -> bytes | None:
    """Return the bytes of a file that begins as a brief does; None of anything else."""
    try:
        with path.open("rb") as file:
            beginning = file.read(_BEGINNING)
            return beginning + file.read() if _BRIEF.match(beginning) else None
    except OSError:  # a folder, standard input or a database; what cannot be read is refused where it is read
        return None
