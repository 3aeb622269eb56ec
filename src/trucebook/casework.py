"""Work on a case: reports taken in, read and recorded; what could be known of them, reconciled; judgements of it.

It puts intake, engine, record and dossier together, as `api` does for reports that are not kept.
"""

from __future__ import annotations

import datetime
from contextlib import closing, nullcontext
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING

import msgspec

from trucebook.agreement.gather import state_of_play, terms, terms_judged
from trucebook.dossier.build import build
from trucebook.dossier.judging import named, spoken, subject_of
from trucebook.dossier.moves import told
from trucebook.dossier.revision.compare import compare
from trucebook.dossier.revision.model import Revised
from trucebook.engine.compute import stream
from trucebook.errors import NothingToReadError, SettingsError
from trucebook.intake.load import load_bytes
from trucebook.intake.settings import IntakeSettings
from trucebook.reading.read import ReadingSettings, read_report
from trucebook.record.adding import Added, Incoming, add, add_reading, known, number_of
from trucebook.record.editions import editions
from trucebook.record.errors import JudgementError
from trucebook.record.maker import maker_of
from trucebook.record.replay import known_then, outgrown, unread
from trucebook.record.uploads import Came, Progress, tell
from trucebook.record.when import NOW, When
from trucebook.report import HANDED_IN
from trucebook.review import queue

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from contextlib import AbstractContextManager

    from trucebook.dossier.judgement import Subject
    from trucebook.dossier.model import Dossier
    from trucebook.engine.compute import Reader
    from trucebook.intake.load import Loaded
    from trucebook.reading.known import KnownActor
    from trucebook.record.case import Case
    from trucebook.record.maker import Maker
    from trucebook.record.replay import Held, Known
    from trucebook.record.uploads import Upload
    from trucebook.report import Refusal, Report
    from trucebook.review import Item

    Watch = Callable[[int], AbstractContextManager[Callable[[int], None] | None]]

# Reports that are taken out of the case at a time, to be read anew.
_BATCH = 64


@dataclass(frozen=True, kw_only=True)
class Told:
    """A brief of a case.

    Attributes:
        dossier: what its readings come to.
        warnings: what the reader should know about it.
        known: what of the case it is made of.
    """

    dossier: Dossier
    warnings: tuple[str, ...]
    known: Known


@dataclass(frozen=True, kw_only=True)
class Work:
    """How reports are read into a case.

    Attributes:
        settings: of the reading.
        jobs: number of processes.
        user: who adds, for the audit log.
        reader: what reads one report.
    """

    settings: ReadingSettings = field(default_factory=ReadingSettings)
    jobs: int = 1
    user: str = ""
    reader: Reader = read_report


def add_reports(case: Case, loaded: Loaded, work: Work | None = None) -> Iterator[tuple[Report, Added]]:
    """Read reports and add them to a case; what is there and was read the same way is not read again.

    Args:
        case: the case.
        loaded: of the intake.
        work: how to read.

    Yields:
        Each report with what came of it, once it is recorded: what was yielded survives whatever happens.

    Raises:
        CaseError: the case cannot be written to.
        SettingsError: the model cannot be loaded.
    """
    how = work or Work()
    maker = maker_of(how.settings)
    new: list[Incoming] = []
    for report, original in zip(loaded.reports, loaded.originals, strict=True):
        there = known(case, report, maker)
        if there is not None:
            yield report, there
        else:
            new.append(Incoming(report=report, original=original))
    with closing(stream([i.report for i in new], how.settings, jobs=how.jobs, reader=how.reader)) as readings:
        for place, reading in readings:
            yield new[place].report, add(case, new[place], reading, maker, user=how.user)


def read_upload(case: Case, held: Upload, raw: bytes, work: Work | None = None) -> Progress:
    """Read a file that was handed in, and tell in the case what came of each of its reports as soon as it is recorded.

    Args:
        case: the case.
        held: the file, which this process has claimed.
        raw: its bytes.
        work: how to read; who adds is who handed it in.

    Returns:
        What came of all of them.

    Raises:
        CaseError: the case cannot be written to.
        SettingsError: the model cannot be loaded.
    """
    stated = held.stated
    settings = IntakeSettings(outlet=stated.outlet, published=_day(stated.published))
    loaded = load_bytes(held.name, raw, settings=settings)
    came = [_refused(refusal, held.name) for refusal in loaded.refusals]
    total, warnings = len(loaded.reports) + len(came), tuple(w.replace(HANDED_IN, "") for w in loaded.warnings)
    tell(case, held.id, Progress(total=total, came=tuple(came), warnings=warnings))
    for _, added in add_reports(case, loaded, replace(work or Work(), user=held.user)):
        came.append(Came(name=added.name, outcome=added.outcome, number=number_of(case, added.name)))
        tell(case, held.id, Progress(total=total, came=tuple(came), warnings=warnings))
    done = Progress(total=total, came=tuple(came), warnings=warnings)
    tell(case, held.id, done, "read" if loaded.reports else "refused")
    return done


def _refused(refusal: Refusal, name: str) -> Came:
    part = refusal.path.removeprefix(HANDED_IN).removeprefix(name)
    return Came(name=part or name, outcome="refused", why=f"{refusal.reason}; {refusal.remedy}")


def _day(given: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(given) if given else None


def reread(case: Case, work: Work | None = None) -> Iterator[str]:
    """Read the reports of a case again that another program, model or setting had read.

    What was read before is kept beside, for what could be known then; judgements stay. It can be broken off, and goes
    on where it was; others may use the case meanwhile.

    Args:
        case: the case.
        work: how to read.

    Yields:
        The name of each report, once its reading is recorded.
    """
    how = work or Work()
    maker = maker_of(how.settings)
    yield from _read_again(case, unread(case, maker.digest), how, maker)


def catch_up(case: Case, work: Work | None = None) -> Iterator[str]:
    """Read the reports of a case again that an earlier version of this program had read in the same way.

    As `reread`; but what somebody chose to read with another model or file of actors stays as it is.

    Args:
        case: the case.
        work: how to read.

    Yields:
        The name of each report, once its reading is recorded.
    """
    how = work or Work()
    maker = maker_of(how.settings)
    yield from _read_again(case, outgrown(case, maker), how, maker)


def _read_again(case: Case, waiting: Iterator[Held], how: Work, maker: Maker) -> Iterator[str]:
    while batch := [held for held, _ in zip(waiting, range(_BATCH), strict=False)]:
        with closing(stream([h.report for h in batch], how.settings, jobs=how.jobs, reader=how.reader)) as readings:
            for place, reading in readings:
                if add_reading(case, batch[place].version, reading, maker, user=how.user):
                    yield batch[place].report.id


def brief_of(
    case: Case,
    when: When = NOW,
    settings: ReadingSettings | None = None,
    *,
    actors: Sequence[KnownActor] = (),
    watch: Watch | None = None,
) -> Told:
    """Reconcile what could be known of a case.

    Args:
        case: the case.
        when: as of which day, and as known at which time.
        settings: with which reports would be read now; where others made a reading, a warning says so.
        actors: that are known before.
        watch: is entered with the number of reports while they are compared, and gives what is called as they are.

    Raises:
        CaseError: the case cannot be read.
        NothingToReadError: there was nothing then.
    """
    then = known_then(case, when)
    if not then.readings:
        raise NothingToReadError(f"{case.location.shown}: no report was there by then; give a later time")
    with watch(len(then.readings)) if watch else nullcontext() as progress:
        dossier = build(then.readings, known=actors, judgements=then.judgements, progress=progress)
    if when.as_of:
        dossier = msgspec.structs.replace(dossier, as_of=when.as_of)
    warnings = []
    if then.undated:
        some = ", ".join(then.undated[:3]) + (f" and {len(then.undated) - 3} more" if len(then.undated) > 3 else "")
        warnings.append(f"{some}: without a day of publication, left out of what was published by {when.as_of}")
    here = maker_of(settings or ReadingSettings(actors=tuple(actors))).digest
    others = sum(number for digest, number in then.makers.items() if digest != here)
    if others and when.known_at is None:
        warnings.append(f"{others} reports were read by another version or with other settings; see trucebook reread")
    stale = sum(j.hold == "stale" for j in (*dossier.judged, *terms_judged(dossier)))
    if stale:
        warnings.append(
            f"{stale} judgements ask again: source and extraction have both changed; see trucebook judgements"
        )
    return Told(dossier=dossier, warnings=tuple(warnings), known=then)


def waiting(case: Case, *, actors: Sequence[KnownActor] = ()) -> tuple[Item, ...]:
    """Return what waits for a person in a case, what most needs one first.

    Args:
        case: the case.
        actors: that are known before.

    Raises:
        CaseError: the case cannot be read.
        NothingToReadError: there is nothing in it.
    """
    dossier = brief_of(case, actors=actors).dossier
    return queue(dossier, state_of_play(dossier), (*dossier.judged, *terms_judged(dossier)))


def revisions_of(case: Case, name: str, when: When = NOW) -> tuple[Revised, ...]:
    """Compare the versions of a report of a case, each with the one before it.

    Args:
        case: the case.
        name: of the report.
        when: as known at which time.

    Returns:
        One comparison fewer than there are versions.

    Raises:
        CaseError: the case cannot be read.
        NothingToReadError: there is no such report.
    """
    every = editions(case, name, when)
    if not every:
        raise NothingToReadError(f"{case.location.shown}: has no report {name!r}; trucebook log names what it has")
    return tuple(
        Revised(
            report=name,
            before=one,
            after=other,
            revision=compare(one.reading, other.reading, comparable=one.maker == other.maker),
        )
        for one, other in pairwise(every)
    )


def subject_in(case: Case, kind: str, ident: str, names: Sequence[str] = ()) -> Subject:
    """Return a thing that the program finds in a case, as it can be judged.

    Args:
        case: the case.
        kind: `finding`, `quote`, `speaker`, `actor`, `move`, `proposal` or `commitment`.
        ident: its id; for a speaker the attribution's; for an actor its name.
        names: other actors that the judgement is of too, where some are merged.

    Raises:
        JudgementError: there is no such thing.
    """
    then = known_then(case)
    # As the program found them, whatever was judged of them since.
    if kind in {"speaker", "move"}:
        every = spoken(then.readings) if kind == "speaker" else told(then.readings)
        found = next((s for s in every if s.id == ident), None)
    else:
        found = subject_among(build(then.readings, judgements=then.judgements), kind, ident, names)
    if found is None:
        raise JudgementError(
            f"{kind} {ident!r}: there is none in {case.location.shown}; see trucebook brief --format json"
        )
    return found


def subject_among(dossier: Dossier, kind: str, ident: str, names: Sequence[str] = ()) -> Subject | None:
    """Return a thing of a dossier as it can be judged; None where there is no such thing.

    Args:
        dossier: the dossier, made with the judgements there are.
        kind: `finding`, `quote`, `actor`, `proposal` or `commitment`.
        ident: its id; for an actor its name.
        names: other actors that the judgement is of too.
    """
    if kind in {"proposal", "commitment"}:
        return next((s for s in terms(dossier) if (s.kind, s.id) == (kind, ident)), None)
    found = subject_of(dossier, kind, ident)
    if found is None or kind != "actor":
        return found
    others = [a for a in dossier.actors if a.name != ident and {a.name, *a.aliases} & set(names)]
    anchors = (a for s in named({r.report.id: r for r in dossier.readings}, others) for a in s.anchors)
    return msgspec.structs.replace(found, anchors=tuple(dict.fromkeys((*found.anchors, *anchors))))


def read_when(as_of: str | None, known_at: str | None) -> When:
    """Return the two times that a user named.

    Args:
        as_of: a day, like 2025-03-12.
        known_at: a time, like 2025-03-12T18:00 or 2025-03-12T18:00+02:00; without a zone it is the machine's.

    Raises:
        SettingsError: one of them is none.
    """
    try:
        day = datetime.date.fromisoformat(as_of) if as_of else None
    except ValueError as error:
        raise SettingsError(f"as-of {as_of!r}: not a day; write it like 2025-03-12") from error
    return When(as_of=day, known_at=_moment(known_at) if known_at else None)


def _moment(given: str) -> datetime.datetime:
    try:
        at = datetime.datetime.fromisoformat(given)
    except ValueError as error:
        raise SettingsError(f"known-at {given!r}: not a time; write it like 2025-03-12T18:00") from error
    if ":" not in given:
        raise SettingsError(f"known-at {given!r}: a day has many times; write one like {given}T18:00")
    return at.astimezone() if at.tzinfo is None else at
