"""What a command is given to read, read: reports or a case, as readings or as one dossier."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from trucebook.console import end, warn, watched
from trucebook.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from trucebook.agreement.entries import Agreement
    from trucebook.agreement.held import Filed
    from trucebook.api import Readings
    from trucebook.casework import Told
    from trucebook.dossier.model import Dossier
    from trucebook.options import Inputs


def reconciled(
    inputs: Inputs, *, as_of: str | None, known_at: str | None, of_case: bool = False
) -> tuple[Dossier, Callable[[], None]]:
    """Return the dossier of what the user named, and what says at the end what there is to know about it.

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

    def finish() -> None:
        warn(readings.warnings, readings)
        end(readings.refusals)

    return reconcile(readings, actors=inputs.actors or ()), finish


def _of_case(inputs: Inputs, name: str, as_of: str | None, known_at: str | None) -> Told:
    from trucebook.api import known_actors  # noqa: PLC0415  --help loads nothing it does not show
    from trucebook.casework import brief_of, read_when  # noqa: PLC0415
    from trucebook.record.case import open_case  # noqa: PLC0415

    if len(inputs.paths) > 1:
        raise SettingsError(f"{name}: is a case, and cannot be briefed together with others; name it alone")
    if given := inputs.about_reports:
        raise SettingsError(f"{', '.join(given)}: about reports that are read, and a case is read already; leave out")
    with open_case(name) as case:
        return brief_of(case, read_when(as_of, known_at), actors=known_actors(inputs.actors or ()))


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
