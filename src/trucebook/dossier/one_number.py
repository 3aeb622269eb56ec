"""Whether two numbers of one measure are of the same thing: what parts them, and what they must share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trucebook.dossier.units import met_alike
from trucebook.reading.bounds import compatible
from trucebook.reading.quantities.words import measures
from trucebook.reading.times.interval import first_day

if TYPE_CHECKING:
    from trucebook.dossier.values import Number
    from trucebook.reading.model import Quantity

# A number that a later report gives is news, not contradiction.
_DAYS_APART = 3
# Uncommon words that the sentences around two numbers of victims share where no place is told of both.
_PLACELESS = 5


def are_one(a: Number, b: Number) -> bool:
    """Return whether two numbers of one measure are of the same thing."""
    if a.happening and b.happening and _is_of_one_year(a, b):
        return True
    if not tell_alike(a.quantity, b.quantity) or a.negated != b.negated or (a.whose and b.whose and a.whose != b.whose):
        return False
    if a.doers and b.doers and not a.doers & b.doers and worth(a) != worth(b):
        return False
    odd = worth(a) == worth(b) and _needed(a.quantity) == 1 and not _other_years(a, b)
    if a.scope != b.scope or "elsewhere" in a.place | b.place or not (same_news(a, b) and (odd or same_time(a, b))):
        return False
    if a.place and b.place and not (a.place <= b.place or b.place <= a.place):
        return False
    if worth(a) in b.beside or worth(b) in a.beside:
        return worth(a) == worth(b)
    if is_outcome(a.quantity):
        return _befell_alike(a, b)
    if worth(a) == worth(b):
        if a.base and b.base and not a.base & b.base:
            return False
        return len(a.clause & b.clause) + bool(a.place and b.place) >= _needed(a.quantity)
    if not _have_one_base(a, b) or (a.sort and b.sort and not a.sort & b.sort):
        return False
    shared = len(a.near & b.near)
    return shared >= 3 and shared >= 0.5 * min(len(a.near), len(b.near))


def _is_of_one_year(a: Number, b: Number) -> bool:
    """Whether two counts of happenings are of one year as a whole, by one side and of one kind."""
    whole = all(len(w) < len("2031-05-07") for n in (a, b) for w in n.when)
    if not whole or len(a.years) != 1 or a.years != b.years or "part" in a.scope | b.scope or a.negated or b.negated:
        return False
    if not tell_alike(a.quantity, b.quantity) or not a.sides & b.sides or "elsewhere" in a.place | b.place:
        return False
    if a.place and b.place and not (a.place <= b.place or b.place <= a.place):
        return False
    if a.sort and b.sort:
        return a.sort == b.sort
    # The sort of what is counted may stand beside it: "fired missiles in 16 tests" and "over 20 missile tests".
    return bool(a.sort | b.sort) and (a.sort <= b.clause if a.sort else b.sort <= a.clause)


def _other_years(a: Number, b: Number) -> bool:
    """Whether each number names a year, and none that the other names."""
    return all(len(w) == len("2031") for n in (a, b) for w in n.when) and bool(
        a.when and b.when and not a.when & b.when
    )


def _befell_alike(a: Number, b: Number) -> bool:
    """Whether two numbers of victims are of one happening; two numbers that differ need more for it than equal ones."""
    shared = len(a.around & b.around)
    if worth(a) == worth(b) or compatible(a.quantity, b.quantity):
        return shared >= (1 if a.place and b.place else 3)
    if a.place and b.place:
        return shared >= 1
    return shared >= _PLACELESS and shared >= 0.5 * min(len(a.around), len(b.around))


def _have_one_base(a: Number, b: Number) -> bool:
    """Whether numbers that differ are of one whole: shares of the same, no poll's, and sums that the same one has."""
    if a.polled or b.polled or a.base != b.base:
        return False
    return bool(a.doers & b.doers) or not {a.quantity.kind, b.quantity.kind} & {"share", "money"}


def tell_alike(a: Quantity, b: Quantity) -> bool:
    """Return whether what befell the counted parts them not: launched is not shot down, freed not yet to be freed."""
    if a.per != b.per or not met_alike(a.happened, b.happened):
        return False
    return a.status is None or b.status is None or a.status == b.status


def same_news(a: Number, b: Number) -> bool:
    """Return whether two numbers come from reports of about the same day."""
    return not (a.published and b.published) or abs((a.published - b.published).days) <= _DAYS_APART


def same_time(a: Number, b: Number) -> bool:
    """Return whether no day, or year, that the two sentences name parts them."""
    one, other = ({w for w in n.when if len(w) == 10} for n in (a, b))
    if one and other:
        return any(abs((x - y).days) <= 1 for v in one for w in other if (x := first_day(v)) and (y := first_day(w)))
    return not (a.when and b.when) or any(v.startswith(w) or w.startswith(v) for v in a.when for w in b.when)


def is_outcome(quantity: Quantity) -> bool:
    """Return whether a number counts whom an event befell ("killed", "displaced") rather than things of a kind."""
    return quantity.of in measures().measures


def worth(number: Number) -> tuple[float | None, float | None]:
    """Return the least and the most that a number says."""
    return (number.quantity.low, number.quantity.high)


def _needed(quantity: Quantity) -> int:
    """How many words around have to agree for equal numbers to be of one thing: the fewer, the odder the number."""
    figures = f"{quantity.low or quantity.high or 0:.10g}".replace(".", "").strip("0")
    return {0: 3, 1: 3, 2: 2}.get(len(figures), 1)
