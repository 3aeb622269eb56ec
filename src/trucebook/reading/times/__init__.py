"""Time expressions: where the prose speaks of time, and which time that is (TIMEX3)."""

from __future__ import annotations

from trucebook.reading.times.find import find_times
from trucebook.reading.times.situation import Anchors
from trucebook.reading.times.speech import find_spoken_times

__all__ = ["Anchors", "find_spoken_times", "find_times"]
