"""Which moves about one subject are about one offer, and which about another one.

"A 30-day truce" and "a truce in the air" of the same case are two offers: their terms or, within one report, their
proposers are at odds. What has no terms of its own goes with the offer that it points back to or stands beside, and
else with the one that is told of most; that is a reader's guess, too.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from trucebook.agreement.gather.terms import Durations, Terms, same_length, terms_of
from trucebook.agreement.gather.told import OFFERS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from trucebook.agreement.gather.told import Told
    from trucebook.reading.model import Act, Reading
    from trucebook.span import Span


@dataclass
class Thread:
    """Moves about one offer.

    Attributes:
        moves: in the order of the reports and of their words, once all are there.
        terms: what they say of the offer together.
        proposers: by report, who makes it.
    """

    moves: list[Told] = field(default_factory=list)
    terms: Terms = field(default_factory=Terms)
    proposers: dict[str, frozenset[str]] = field(default_factory=dict)

    def add(self, told: Told, terms: Terms) -> None:
        """Add a move."""
        self.moves.append(told)
        mine = self.terms
        self.terms = Terms(mine.days or terms.days, mine.scope or terms.scope, mine.narrow or terms.narrow)
        if told.move.act in OFFERS and told.sides:
            self.proposers[told.report] = self.proposers.get(told.report, frozenset()) | told.sides

    def fits(self, told: Told, terms: Terms) -> bool:
        """Return whether a move with terms of its own can be about this offer."""
        mine = self.terms
        if mine.days and terms.days:
            # Of one length they are one offer, whoever is said to make it.
            return same_length(mine.days, terms.days) and not self._is_apart(told, terms)
        if mine.scope and terms.scope:
            return bool(mine.scope & terms.scope)
        return not self._is_apart(told, terms) and not self._is_of_another(told)

    def _is_apart(self, told: Told, terms: Terms) -> bool:
        """Whether one of them is narrower than the other: it says so, or it is limited and of somebody else."""
        mine = self.terms
        if bool(mine.scope) == bool(terms.scope):
            return mine.narrow != terms.narrow and self._is_of_others(told)
        return mine.narrow or terms.narrow or self._is_of_another(told) or self._is_of_others(told)

    def _is_of_others(self, told: Told) -> bool:
        """Whether every report gives the offer to somebody else."""
        makers = frozenset(s for sides in self.proposers.values() for s in sides)
        return told.move.act in OFFERS and bool(makers and told.sides) and not makers & told.sides

    def _is_of_another(self, told: Told) -> bool:
        """Whether the same report gives the offer to somebody else."""
        own = self.proposers.get(told.report)
        return told.move.act in OFFERS and own is not None and bool(told.sides) and not own & told.sides


def threads(moves: Sequence[Told], readings: Mapping[str, Reading]) -> list[Thread]:
    """Return the offers that moves about one subject tell of, that with most moves first.

    Args:
        moves: about one subject, in the order of the reports and of their words.
        readings: by report.
    """
    durations = Durations(readings)
    terms = {id(m): terms_of(m, durations) for m in moves}
    found: list[Thread] = []
    # Lengths tell best, then what is covered.
    for told in sorted((m for m in moves if terms[id(m)].told), key=lambda m: not terms[id(m)].days):
        fitting = [t for t in found if t.fits(told, terms[id(told)])]
        alike = (t for t in fitting if t.terms.narrow == terms[id(told)].narrow)
        # What covers the same is meant before what nothing speaks against.
        same = (t for t in fitting if t.terms.scope and t.terms.scope & terms[id(told)].scope)
        home = next(same, next(alike, fitting[0] if fitting else None))
        if home is None:
            home = Thread()
            found.append(home)
        home.add(told, terms[id(told)])
    found = found or [Thread()]
    _add_the_rest(found, [m for m in moves if not terms[id(m)].told])
    order = {id(m): i for i, m in enumerate(moves)}
    for thread in found:
        thread.moves.sort(key=lambda m: order[id(m)])
    return sorted(found, key=lambda t: (-len(t.moves), order[id(t.moves[0])] if t.moves else 0))


def _add_the_rest(found: Sequence[Thread], moves: Sequence[Told]) -> None:
    main = max(found, key=lambda t: len(t.moves))
    of_move = {(m.report, m.move.span, m.move.act): t for t in found for m in t.moves}
    # Offers first: what answers them follows them.
    for told in sorted(moves, key=lambda m: m.move.act not in OFFERS):
        home = _home(told, found, of_move) or main
        home.add(told, Terms())
        of_move[told.report, told.move.span, told.move.act] = home


def _home(told: Told, found: Sequence[Thread], of_move: Mapping[tuple[str, Span, Act], Thread]) -> Thread | None:
    """The offer that a move without terms is about, where its words or its place say so."""
    if told.move.act in OFFERS:
        own = [t for t in found if told.sides and told.sides & t.proposers.get(told.report, frozenset())]
        if own:
            return own[0] if len(own) == 1 else None
        return None
    back = told.antecedent
    if back is not None and (home := of_move.get((back.report, back.move.span, back.move.act))) is not None:
        return home
    near = list(_near(told, found))
    return near[0] if len(near) == 1 else None


def _near(told: Told, found: Sequence[Thread]) -> Iterator[Thread]:
    """Offers whose words hold a move's, or are held by them."""
    for thread in found:
        if any(m.report == told.report and m.move.span.touches(told.move.span) for m in thread.moves):
            yield thread
