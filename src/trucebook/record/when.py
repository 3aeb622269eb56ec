"""The times of a case: of publication, and of recording."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

_EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)


@dataclass(frozen=True, kw_only=True)
class When:
    """The two times that a case is looked at with.

    Attributes:
        as_of: only what was published by this day; None for all.
        known_at: only what was recorded by this time; None for all. It has a time zone.
    """

    as_of: datetime.date | None = None
    known_at: datetime.datetime | None = None

    @property
    def recorded(self) -> int | None:
        """`known_at` as it is stored."""
        return None if self.known_at is None else microseconds(self.known_at)


NOW = When()


def microseconds(at: datetime.datetime) -> int:
    """Return a time as it is stored: microseconds since 1970 in UTC."""
    return (at - _EPOCH) // datetime.timedelta(microseconds=1)


def moment(recorded: int) -> datetime.datetime:
    """Return a stored time."""
    return _EPOCH + datetime.timedelta(microseconds=recorded)
