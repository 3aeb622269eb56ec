"""The state of play of a case: what its reports tell, asked as of a day and according to some of them."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import msgspec

from trucebook.agreement.difference import Change, difference
from trucebook.agreement.gather.events import events_of
from trucebook.agreement.state import StateOfPlay, play, told_by
from trucebook.agreement.suppose import Supposed, suppose
from trucebook.agreement.when import NEVER, Moment, on
from trucebook.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from trucebook.agreement.model import Event
    from trucebook.dossier.model import Dossier


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked of a case.

    Attributes:
        as_of: the day to speak of, to its end, like `2025-03-12`; None: that of the latest report.
        according_to: ids or outlets of the reports to go by; None: all.
        supposed: what is supposed to happen, one thing after the other.
        since: the day whose end the state is compared with.
    """

    as_of: str | None = None
    according_to: tuple[str, ...] | None = None
    supposed: tuple[str, ...] = ()
    since: str | None = None


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """What was asked.

    Attributes:
        state: where the negotiation stands.
        supposed: what would follow from what was supposed; None where nothing was.
        changes: what has changed since the day asked for; None where none was.
    """

    state: StateOfPlay
    supposed: Supposed | None = None
    changes: tuple[Change, ...] | None = None


def state_of_play(
    dossier: Dossier,
    as_of: datetime.date | None = None,
    according_to: Iterable[str] | None = None,
    events: Sequence[Event] | None = None,
) -> StateOfPlay:
    """Return where the negotiation of a case stands.

    Args:
        dossier: the case.
        as_of: the day to speak of, to its end; None: the dossier's, or all that is told where it has none.
        according_to: ids or outlets of the reports to go by; None: all.
        events: what is told, where it is not what the reports alone tell (`held.filed`).

    Raises:
        SettingsError: no report has such an id or outlet.
    """
    sources = None if according_to is None else _reports(dossier, according_to)
    return play(events_of(dossier) if events is None else events, _end(as_of or dossier.as_of), sources)


def state_of_case(dossier: Dossier, asked: Asked, events: Sequence[Event] | None = None) -> Found:
    """Return what is asked of a case.

    Args:
        dossier: the case.
        asked: what is asked of it.
        events: what is told, where it is not what the reports alone tell (`held.filed`).

    Raises:
        SettingsError: a day is none, or no report has such an id or outlet.
        SuppositionError: what is supposed cannot be followed up.
    """
    sources = None if asked.according_to is None else _reports(dossier, asked.according_to)
    moment = _end(_day(asked.as_of) or dossier.as_of)
    events = events_of(dossier) if events is None else events
    told = events if sources is None else told_by(events, sources)
    state = play(events, moment, sources)
    before = _day(asked.since)
    return Found(
        state=state,
        supposed=suppose(told, moment, asked.supposed) if asked.supposed else None,
        changes=None if before is None else difference(play(events, _end(before), sources), state),
    )


def _end(day: datetime.date | None) -> Moment:
    return on(day).closing if day is not None else NEVER


def _day(given: str | None) -> datetime.date | None:
    if given is None:
        return None
    try:
        return datetime.date.fromisoformat(given)
    except ValueError as error:
        raise SettingsError(f"day {given!r}: not a day; write it like 2025-03-12") from error


def _reports(dossier: Dossier, wanted: Iterable[str]) -> list[str]:
    found = []
    for name in wanted:
        ids = [r.report.id for r in dossier.readings if name in {r.report.id, r.report.outlet}]
        if not ids:
            known = ", ".join(sorted({r.report.outlet or r.report.id for r in dossier.readings}))
            raise SettingsError(f"according to {name}: no report has this id or outlet; there are {known}")
        found += ids
    return found
