"""Whether two counts can both be true."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trucebook.reading.bounds import compatible, interval
from trucebook.reading.model import Bound, Quantity
from trucebook.span import Span


def quantity(number: float, bound: Bound = "exact", high: float | None = None) -> Quantity:
    low = None if bound in ("at_most", "less_than") else number
    if high is None and bound not in ("at_least", "more_than"):
        high = number
    return Quantity(span=Span(0, 1), low=low, high=high, of="killed", bound=bound, approximate=bound == "about")


PAIRS = [
    ("3 and at least 3", quantity(3), quantity(3, "at_least"), True),
    ("2 and at least 3", quantity(2), quantity(3, "at_least"), False),
    ("18 and more than a dozen", quantity(18), quantity(12, "more_than"), True),
    ("12 and more than a dozen", quantity(12), quantity(12, "more_than"), False),
    ("300 and more than 300: both are rounded", quantity(300), quantity(300, "more_than"), True),
    ("38 and about 40", quantity(38), quantity(40, "about"), True),
    ("30 and about 40", quantity(30), quantity(40, "about"), False),
    ("340 and hundreds", quantity(340), quantity(100, "between", 1_999), True),
    ("40 and hundreds", quantity(40), quantity(100, "between", 1_999), False),
    ("5 and up to 20", quantity(5), quantity(20, "at_most"), True),
    ("20 and fewer than 20", quantity(20), quantity(20, "less_than"), False),
    ("4 and between 3 and 5", quantity(4), quantity(3, "between", 5), True),
    ("3 and 2", quantity(3), quantity(2), False),
]


@pytest.mark.parametrize(("a", "b", "both"), [p[1:] for p in PAIRS], ids=[p[0] for p in PAIRS])
def test_compatible(a: Quantity, b: Quantity, both: bool) -> None:
    assert compatible(a, b) is both
    assert compatible(b, a) is both


bounds = st.sampled_from(["exact", "at_least", "more_than", "at_most", "less_than", "about"])


@given(st.integers(0, 10**9), bounds)
def test_every_quantity_is_compatible_with_itself(number: int, bound: Bound) -> None:
    assert compatible(quantity(number, bound), quantity(number, bound))


@given(st.integers(1, 10**9))
def test_open_ends_are_infinite(number: int) -> None:
    assert interval(quantity(number, "at_least")) == (number, math.inf)
    assert interval(quantity(number, "at_most")) == (-math.inf, number)
