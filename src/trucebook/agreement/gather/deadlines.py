"""By when what is undertaken has to be done, by the words of the undertaking ("by Friday", "within two weeks")."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from trucebook.agreement.gather.told import moment
from trucebook.agreement.model import By, Within
from trucebook.agreement.when import after
from trucebook.span import SpanIndex

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from trucebook.agreement.gather.told import Told
    from trucebook.agreement.model import Deadline
    from trucebook.agreement.when import When
    from trucebook.reading.model import Reading, Time

# Characters before a time that can hold what makes a deadline of it.
_BEFORE = 24
_BY = re.compile(r"\b(?:by|before|no later than|not later than)\s+(?:the\s+|next\s+)?$", re.IGNORECASE)
_WITHIN = re.compile(r"\bwithin\s", re.IGNORECASE)


class Deadlines:
    """Finds the deadlines that the words of moves give.

    Args:
        readings: by report.
    """

    def __init__(self, readings: Mapping[str, Reading]) -> None:
        self._readings = readings
        self._times: dict[str, SpanIndex[Time]] = {}

    def of(self, told: Told, agreed: When | None = None) -> Deadline | None:
        """Return the deadline in the words of a move; None where they give none, or several that cannot be compared.

        Of several days ("the north by May 1 and the south by June 1") it is the last one: until then not all is due.

        Args:
            told: the move.
            agreed: when it was undertaken, from which "within two weeks" is counted; None where that is not told.
        """
        found = list(dict.fromkeys(self._inside(told)))
        days = [d for d in found if isinstance(d, By)]
        one: Deadline | None = found[0] if len(found) == 1 else None
        if len(found) > 1 and len(days) == len(found):
            one = max(days, key=lambda d: d.time.last)
        return By(time=after(agreed, one.duration)) if isinstance(one, Within) and agreed is not None else one

    def _inside(self, told: Told) -> Iterator[Deadline]:
        reading = self._readings[told.report]
        if told.report not in self._times:
            self._times[told.report] = SpanIndex((t.span, t) for t in reading.times if t.value)
        for time in self._times[told.report].touching(told.move.span):
            before = reading.report.text[max(told.move.span.start, time.span.start - _BEFORE) : time.span.start]
            words = before + time.span.of(reading.report.text)
            if time.type == "DURATION" and time.value and _WITHIN.search(words):
                yield Within(duration=time.value)
            elif time.type in {"DATE", "TIME"} and _BY.search(before) and (day := moment(time.value)) is not None:
                yield By(time=day)
