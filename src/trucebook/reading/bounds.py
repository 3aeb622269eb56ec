"""Whether two counts can both be true; needs no parse, so that whoever compares readings can use it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from trucebook.reading.model import Quantity

# "About 40" and 38 tell the same; the width is a newsroom's habit of rounding rather than a measured error.
ROUGH: Final = 0.1
# Bounds that name the least.
_FLOORS: Final = frozenset({"at_least", "more_than"})
# Below this, whole numbers in the news are counts rather than rounded.
_SMALL: Final = 100


def interval(quantity: Quantity) -> tuple[float, float]:
    """Return the least and the most that a quantity can mean, both included; a rough one is a tenth wider at each end.

    `more_than` and `less_than` exclude a small whole number that they name ("more than 3" starts at 4); larger numbers
    are themselves rounded, so that "more than 300" does not contradict 300.
    """
    low = -math.inf if quantity.low is None else quantity.low
    high = math.inf if quantity.high is None else quantity.high
    if quantity.bound == "more_than" and _is_small_whole(low):
        low += 1
    if quantity.bound == "less_than" and _is_small_whole(high):
        high -= 1
    if quantity.approximate:
        low, high = low - ROUGH * abs(low), high + ROUGH * abs(high)
    return low, high


def _is_small_whole(number: float) -> bool:
    return abs(number) < _SMALL and number == int(number)


def compatible(a: Quantity, b: Quantity) -> bool:
    """Return whether two quantities of the same thing can both be true.

    Three and "at least three" can; "at least three" and two cannot; "about 40" and 38 can. What they count is not
    compared: that is the caller's question.
    """
    low_a, high_a = interval(a)
    low_b, high_b = interval(b)
    return max(low_a, low_b) <= min(high_a, high_b)


def other_floors(a: Quantity, b: Quantity) -> bool:
    """Return whether two quantities each name the least that is known, and one names much more than the other.

    "At least 46" and "at least 73" can both be true, and yet do not tell the same.
    """
    least, most = sorted((a.low or 0.0, b.low or 0.0))
    return {a.bound, b.bound} <= _FLOORS and most - least > ROUGH * most
