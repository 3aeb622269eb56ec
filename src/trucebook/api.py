"""The library's front: from paths or texts to readings, and from readings to a dossier.

Nothing here prints or keeps state; every result is frozen.
"""

from __future__ import annotations

import datetime
import os
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, overload

from trucebook.dossier.build import build
from trucebook.dossier.model import Dossier  # noqa: TC001  a caller may resolve the annotations of the public functions
from trucebook.engine.compute import compute
from trucebook.errors import NothingToReadError, SettingsError
from trucebook.intake.load import from_text, load
from trucebook.intake.settings import MAX_BYTES, IntakeSettings
from trucebook.reading.known import KnownActor, parse_known
from trucebook.reading.model import Reading
from trucebook.reading.pipeline import DEFAULT_MODEL
from trucebook.reading.read import ReadingSettings, read_report

if TYPE_CHECKING:
    from typing import BinaryIO

    from trucebook.intake.load import Loaded
    from trucebook.report import Refusal

Paths = str | os.PathLike[str] | Iterable[str | os.PathLike[str]]
Day = str | datetime.date | None
Actors = str | os.PathLike[str] | Sequence[KnownActor]


@dataclass(frozen=True, kw_only=True)
class Readings(Sequence[Reading]):
    """The readings of one call: a sequence of them, with what was not read beside it, so that nothing is lost.

    Attributes:
        readings: one a report, in the order the reports were found.
        refusals: inputs that could not be read, each with its reason and remedy.
        warnings: what the caller should know about the inputs.
    """

    readings: tuple[Reading, ...]
    refusals: tuple[Refusal, ...] = ()
    warnings: tuple[str, ...] = ()

    @overload
    def __getitem__(self, index: int) -> Reading: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Reading, ...]: ...
    def __getitem__(self, index: int | slice) -> Reading | tuple[Reading, ...]:
        """Return the reading at a place, or a tuple of those in a slice."""
        return self.readings[index]

    def __len__(self) -> int:
        """Return the number of reports read."""
        return len(self.readings)


def read(  # noqa: PLR0913  every one is an option of its own, by keyword
    paths: Paths,
    *,
    published: Day = None,
    outlet: str | None = None,
    jobs: int = 1,
    model: str = DEFAULT_MODEL,
    max_bytes: int | None = None,
    actors: Actors = (),
) -> Readings:
    """Read reports, each by itself.

    Args:
        paths: a file or folder of reports, or several.
        published: day of publication (`2025-03-12` or a date) of every report, whatever the files say.
        outlet: who published every report, whatever the files say.
        jobs: number of processes; the result is the same for any number.
        model: name of an installed spaCy package for English, or path of a model folder.
        max_bytes: size above which a file is refused; None for the usual limit.
        actors: a file of actors that are known before, or what `known_actors` made of it.

    Returns:
        The readings, with the inputs that were refused beside them.

    Raises:
        NothingToReadError: not one of the inputs could be read; the message names each with its reason.
        SettingsError: an argument cannot be used, or the model cannot be loaded.
    """
    every = [paths] if isinstance(paths, str | os.PathLike) else list(paths)
    loaded = take_in([os.fspath(p) for p in every], intake_settings(published, outlet, max_bytes))
    known = known_actors(actors)
    readings = compute(loaded.reports, ReadingSettings(model=model, actors=known), jobs=jobs)
    return Readings(readings=readings, refusals=loaded.refusals, warnings=loaded.warnings)


def known_actors(actors: Actors) -> tuple[KnownActor, ...]:
    """Return the actors that a user tells of.

    Args:
        actors: path of a YAML file of actors (docs/actors.md), or the actors themselves.

    Raises:
        SettingsError: the file cannot be read, or is no list of actors; the message names the line and the entry.
    """
    if not isinstance(actors, str | os.PathLike):
        return tuple(actors)
    path = os.fspath(actors)
    try:
        raw = Path(path).read_bytes()
    except OSError as error:
        raise SettingsError(f"file of actors {path}: {error.strerror}; give a file that can be read") from error
    return parse_known(raw, path)


def read_text(
    text: str,
    *,
    id: str = "text",  # noqa: A002  the report's own word
    published: Day = None,
    outlet: str | None = None,
    model: str = DEFAULT_MODEL,
    actors: Actors = (),
) -> Reading:
    """Read one report that is already in memory.

    Args:
        text: the report, as it is; the spans of the reading are ranges of its code points.
        id: name of the report in what is made of it; give each report of a dossier its own.
        published: day of publication (`2025-03-12` or a date).
        outlet: who published it.
        model: name of an installed spaCy package for English, or path of a model folder.
        actors: a file of actors that are known before, or what `known_actors` made of it.

    Raises:
        InputRefusedError: the text is empty, or not English.
        SettingsError: an argument cannot be used, or the model cannot be loaded.
    """
    report = from_text(text, id=id, outlet=outlet, published=_day(published))
    return read_report(report, ReadingSettings(model=model, actors=known_actors(actors)))


def reconcile(
    readings: Iterable[Reading], *, actors: Actors = (), progress: Callable[[int], None] | None = None
) -> Dossier:
    """Compare readings of one case: actors across reports, shared quotations, findings and a timeline.

    Args:
        readings: of `read` (whose refusals are then kept) or of `read_text`.
        actors: a file of actors that are known before, or what `known_actors` made of it.
        progress: called with the number of reports that have been compared since the last call.

    Raises:
        NothingToReadError: there are no readings.
        SettingsError: two readings are of reports with the same id.
    """
    every = tuple(readings)
    if not every:
        raise NothingToReadError("there are no readings to reconcile; read at least one report first")
    id_, often = Counter(reading.report.id for reading in every).most_common(1)[0]
    if often > 1:
        raise SettingsError(f"report id {id_!r}: {often} readings have it; give each report an id of its own")
    refusals = readings.refusals if isinstance(readings, Readings) else ()
    return build(every, refusals=refusals, known=known_actors(actors), progress=progress)


def brief(  # noqa: PLR0913  as above
    paths: Paths,
    *,
    published: Day = None,
    outlet: str | None = None,
    jobs: int = 1,
    model: str = DEFAULT_MODEL,
    max_bytes: int | None = None,
    actors: Actors = (),
) -> Dossier:
    """Read reports of one case and reconcile them: `reconcile(read(...))`, with the arguments of `read`.

    Returns:
        The dossier; inputs that could not be read are in its `refusals`.

    Raises:
        NothingToReadError: not one of the inputs could be read; the message names each with its reason.
        SettingsError: an argument cannot be used, or the model cannot be loaded.
    """
    known = known_actors(actors)
    readings = read(
        paths, published=published, outlet=outlet, jobs=jobs, model=model, max_bytes=max_bytes, actors=known
    )
    return reconcile(readings, actors=known)


def intake_settings(
    published: Day, outlet: str | None, max_bytes: int | None = None, encoding: str | None = None
) -> IntakeSettings:
    """Return the intake's settings for the arguments that the functions of this module and the command line share.

    Raises:
        SettingsError: `published` is not a day, or another value cannot be used.
    """
    limit = MAX_BYTES if max_bytes is None else max_bytes
    return IntakeSettings(published=_day(published), outlet=outlet, max_bytes=limit, encoding=encoding)


def take_in(paths: Sequence[str], settings: IntakeSettings, *, stdin: BinaryIO | None = None) -> Loaded:
    """Load reports, at least one.

    Args:
        paths: files, folders, or `-` for `stdin`.
        settings: of the intake.
        stdin: where `-` is read from.

    Raises:
        NothingToReadError: not one of the inputs could be read; the message has a line for each, with its reason.
    """
    loaded = load(paths, settings=settings, stdin=stdin)
    if not loaded.reports:
        refused = [f"{r.path}: {r.reason}; {r.remedy}" for r in loaded.refusals]
        raise NothingToReadError("\n".join([*refused, "nothing could be read"]))
    return loaded


def _day(given: Day) -> datetime.date | None:
    if isinstance(given, datetime.datetime):
        return given.date()
    if not isinstance(given, str):
        return given
    try:
        return datetime.date.fromisoformat(given)
    except ValueError as error:
        raise SettingsError(f"published {given!r}: not a day; write it like 2025-03-12") from error
