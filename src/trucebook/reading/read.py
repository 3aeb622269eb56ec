"""A reading: a pure function of a report and the settings, assembled from the modules of this folder."""

from __future__ import annotations

import msgspec

from trucebook.reading.actors import find_actors
from trucebook.reading.ahead import ahead
from trucebook.reading.attribution import find_attributions, scored
from trucebook.reading.clauses import find_clauses
from trucebook.reading.conditions import find_conditions
from trucebook.reading.known import KnownActor  # noqa: TC001  msgspec reads the annotation
from trucebook.reading.model import Reading
from trucebook.reading.moves.find import find_moves
from trucebook.reading.moves.parties import Parties
from trucebook.reading.parse import parse
from trucebook.reading.pipeline import DEFAULT_MODEL
from trucebook.reading.quantities import find_quantities
from trucebook.reading.quotations import find_quotations
from trucebook.reading.times import find_spoken_times
from trucebook.report import Report  # noqa: TC001  part of the public signature

# Windows of a report whose scores are held until they are decoded; each takes about two MB.
_WINDOWS = 16


class ReadingSettings(msgspec.Struct, frozen=True, kw_only=True):
    """What a reading depends on beside the report.

    Attributes:
        model: name of an installed spaCy package, or path of a model folder.
        actors: actors that the user told of, whose names take part in reading.
    """

    model: str = DEFAULT_MODEL
    actors: tuple[KnownActor, ...] = ()


def read_report(report: Report, settings: ReadingSettings | None = None) -> Reading:
    """Read one report: the same report and settings give the same reading, on every machine.

    Raises:
        SettingsError: the model cannot be loaded.
    """
    how = settings or ReadingSettings()
    # The tagger needs no parse, and computes without Python's lock.
    with ahead(lambda: scored(report), _WINDOWS) as scores:
        parsed = parse(report, how.model)
        marks, odd = find_quotations(parsed.prose, parsed.paragraphs)
        actors = find_actors(parsed, how.actors)
        conditions = find_conditions(parsed)
        said = find_attributions(parsed, marks, actors, conditions, scores)
    times = find_spoken_times(parsed, said.quotations, said.attributions)
    # What an act was about was not said.
    told = tuple(a for a in said.attributions if a.manner != "act")
    parties = Parties(parsed, actors.mentions, actors.actors, told, actors.pairs)
    abstentions = sorted((*odd, *actors.abstentions, *said.abstentions), key=lambda a: (a.span, a.what, a.reason))
    return Reading(
        report=report,
        paragraphs=parsed.paragraphs,
        sentences=parsed.sentences,
        quotations=said.quotations,
        attributions=said.attributions,
        actors=actors.actors,
        mentions=actors.mentions,
        times=times,
        quantities=find_quantities(parsed, times, said.attributions, actors.mentions),
        conditions=conditions,
        clauses=find_clauses(parsed, told, actors.mentions, conditions, parties.named),
        moves=find_moves(parsed, told, actors, conditions, times),
        abstentions=tuple(abstentions),
        warnings=_warnings(report, unanchored=any(t.value is None for t in times)),
    )


def _warnings(report: Report, *, unanchored: bool) -> tuple[str, ...]:
    if report.published is None and unanchored:
        return ("no publication date: relative times such as “Tuesday” are left without a value; give --published",)
    return ()
