"""Texts and readings out of the record, as pages ask for them; those asked for last are kept at hand."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import TYPE_CHECKING, Generic, TypeVar

from trucebook.record.replay import readings_at, texts_at

if TYPE_CHECKING:
    from collections.abc import Iterable

    from trucebook.reading.model import Reading
    from trucebook.record.case import Case

T = TypeVar("T")

# So many are kept, and none that is longer: a few very long reports would fill the memory.
_TEXTS, _READINGS, _LONGEST = 4_000, 200, 100_000


class Shelf:
    """Texts and readings of a case. What stands in the record never changes, so that nothing here grows old.

    Args:
        case: the case.
    """

    def __init__(self, case: Case) -> None:
        self._case = case
        self._texts: Recent[str] = Recent(_TEXTS)
        self._readings: Recent[Reading] = Recent(_READINGS)

    def texts(self, keys: Iterable[int]) -> dict[int, str]:
        """Return texts by the keys of their versions.

        Raises:
            CaseError: the case cannot be read.
        """
        wanted = list(dict.fromkeys(keys))
        found = {key: text for key in wanted if (text := self._texts.get(key)) is not None}
        missing = [key for key in wanted if key not in found]
        if missing:
            fetched = texts_at(self._case, missing)
            for key, text in fetched.items():
                if len(text) <= _LONGEST:
                    self._texts.put(key, text)
            found |= fetched
        return found

    def reading(self, key: int) -> Reading | None:
        """Return a reading by its key; None where there is none.

        Raises:
            CaseError: the case cannot be read.
        """
        found = self._readings.get(key)
        if found is None:
            found = next(iter(readings_at(self._case, [key])), None)
            if found is not None and found.report.length <= _LONGEST:
                self._readings.put(key, found)
        return found


class Recent(Generic[T]):
    """The things that were asked for last, by their keys.

    Args:
        most: how many are kept.
    """

    def __init__(self, most: int) -> None:
        self._most, self._lock = most, threading.Lock()
        self._things: OrderedDict[int, T] = OrderedDict()

    def get(self, key: int) -> T | None:
        """Return a thing, or None where it is not at hand."""
        with self._lock:
            if key not in self._things:
                return None
            self._things.move_to_end(key)
            return self._things[key]

    def put(self, key: int, thing: T) -> None:
        """Keep a thing, in the place of the one that was asked for longest ago."""
        with self._lock:
            self._things[key] = thing
            while len(self._things) > self._most:
                self._things.popitem(last=False)
