"""What has happened by a moment: told twice it is one fact, denied it is none, refused it is ruled out.

Facts are monotone, with two exceptions that negotiations make: an answer can be changed (accepted, then refused), and
what goes on can end. Where the order of such a pair is not known, neither counts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from trucebook.agreement.model import Happened, Offered

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from trucebook.agreement.model import Event, Happens
    from trucebook.agreement.when import Moment, When

Value = Literal["holds", "open", "failed"]

# Who agrees to something with another, or signs it, accepts it.
IMPLIES: Final[Mapping[str, str]] = {"agree": "accept", "sign": "accept"}
# Acts upon a proposal that rule out the actor's acceptance, until he accepts after all.
AGAINST: Final = frozenset({"refuse", "withdraw"})


class Standing(NamedTuple):
    """How a condition stands at a moment (Kleene's three values).

    Attributes:
        value: it holds; it is open; or, as things are, it can no longer hold.
        since: from when it holds or has failed; None where it is open.
        because: ids of the events that make it so; empty where time alone does.
    """

    value: Value
    since: Moment | None = None
    because: tuple[str, ...] = ()


OPEN: Final = Standing("open")


class _Told(NamedTuple):
    event: Event
    what: Happened
    at: Moment
    span: When


def same(one: str, other: str) -> bool:
    """Whether two names or phrases are the same but for case and spacing."""
    return key(one) == key(other)


def key(words: str) -> str:
    """Return a name or phrase as it is compared."""
    return " ".join(words.casefold().split())


class Facts:
    """The facts of some events, asked as of a moment.

    Args:
        events: everything that is told; only what is done, and what is denied against it, counts here.
    """

    def __init__(self, events: Iterable[Event]) -> None:
        self._done: dict[str, list[_Told]] = {}
        self._denied: dict[str, list[_Told]] = {}
        self._proposers: dict[str, set[str]] = {}
        self._ripe: dict[str, Moment] = {}
        self._first: dict[str, Moment] = {}
        self._found: dict[Happens, tuple[_Told, ...]] = {}
        self._against: dict[Happens, tuple[_Told, ...]] = {}
        for event in sorted(events, key=lambda e: e.order):
            self._take(event)
        self._contested = dict(self._contests())

    def earliest(self, event: str) -> Moment:
        """Return the first moment at which an event, by its id, can have happened.

        Raises:
            KeyError: no event of this id is told as done.
        """
        return self._first[event]

    def _take(self, event: Event) -> None:
        if isinstance(event.what, Offered) and event.status == "done":
            offer = event.what.proposal
            self._proposers.setdefault(key(offer.id), set()).update(map(key, offer.proposers))
        if not isinstance(event.what, Happened) or event.status not in {"done", "denied"}:
            return
        self._first[event.id] = event.span.first
        told = _Told(event, event.what, event.at, event.span)
        act = key(event.what.act)
        kept = self._done if event.status == "done" else self._denied
        for name in {act, IMPLIES.get(act, act)}:
            kept.setdefault(name, []).append(told)

    def _contests(self) -> Iterable[tuple[str, Moment]]:
        for act, denials in self._denied.items():
            for denial in reversed(denials):
                for told in self._done.get(act, ()):
                    if told.at <= denial.at and _speaks_of(denial.what, told.what):
                        yield told.event.id, denial.at

    def contested(self, event: Event, now: Moment) -> bool:
        """Whether an event told as done is denied by something told of a time not earlier."""
        denied = self._contested.get(event.id)
        return denied is not None and denied <= now

    def ripen(self, ripe: Mapping[str, Moment]) -> None:
        """Let conditional acceptances whose condition holds count as acceptances: by id of the event, since when."""
        self._ripe = dict(ripe)

    def shaky(self, atoms: Iterable[Happens]) -> bool:
        """Return whether some happening of what `atoms` ask for is told and denied."""
        return any(told.event.id in self._contested for atom in atoms for told in self._matching(atom))

    def acts(self, atom: Happens, now: Moment) -> list[_Told]:
        """Return what is told, and not contested, of what `atom` asks for, in order."""
        found = [told for told in self._matching(atom) if self._counts(told, now)]
        if key(atom.act) == "accept":
            # A yes with an if counts from when its condition holds.
            found = [told._replace(at=max(told.at, self._ripe.get(told.event.id, told.at))) for told in found]
            found = [told for told in found if told.at <= now and self._is_yes(told)]
        return sorted(found, key=lambda told: (told.at, told.event.order))

    def standing(self, atom: Happens, now: Moment, not_before: Moment | None = None) -> Standing:
        """Return whether what `atom` asks for has happened, may happen, or is ruled out.

        Args:
            atom: what is asked for.
            now: as of when.
            not_before: earlier happenings do not count.
        """
        told = self.acts(atom, now)
        done = [t for t in told if t.what.phase == "happens" and _in_time(t, atom, not_before)]
        against = [t for t in told if t.what.phase == "ruled_out"] + self._refusals(atom, now)
        if key(atom.act) == "accept" and done and against:
            return _latest_word(done, against)
        if done:
            return Standing("holds", done[0].at, (done[0].event.id,))
        if against:
            return Standing("failed", against[-1].at, (against[-1].event.id,))
        if atom.by is not None and now >= atom.by.last and not any(_perhaps_in_time(t, atom.by) for t in told):
            return Standing("failed", atom.by.last)
        return OPEN

    def going_on(self, atom: Happens, now: Moment) -> Standing:
        """Return whether what `atom` asks for has begun and not ended; open where their order is not known."""
        told = [t for t in self.acts(atom, now) if t.what.phase != "ruled_out"]
        last = [t for t in told if not any(t.span.before(other.span) for other in told)]
        if not last:
            return self.standing(atom, now)
        if all(t.what.phase == "happens" for t in last):
            return Standing("holds", last[0].at, (last[0].event.id,))
        return OPEN

    def _is_yes(self, told: _Told) -> bool:
        return key(told.what.act) != "accept_if" or told.event.id in self._ripe

    def _counts(self, told: _Told, now: Moment) -> bool:
        return told.at <= now and not self.contested(told.event, now)

    def _matching(self, atom: Happens) -> tuple[_Told, ...]:
        """Return everything ever told as done of what `atom` asks for; kept, for it is asked for again and again."""
        if atom not in self._found:
            names = ("accept", "accept_if") if key(atom.act) == "accept" else (key(atom.act),)
            every = (told for name in names for told in self._done.get(name, ()))
            self._found[atom] = tuple(told for told in every if _matches(atom, told.what))
        return self._found[atom]

    def _refusals(self, atom: Happens, now: Moment) -> list[_Told]:
        """Return what rules out an acceptance: the actor's refusal, or the offer's withdrawal by who made it."""
        if key(atom.act) != "accept" or atom.object is None:
            return []
        if atom not in self._against:
            offerers = self._proposers.get(key(atom.object), set())
            every = (told for act in sorted(AGAINST) for told in self._done.get(act, ()))
            self._against[atom] = tuple(told for told in every if _rules_out(told.what, atom, offerers))
        found = [told for told in self._against[atom] if self._counts(told, now)]
        return sorted(found, key=lambda told: (told.at, told.event.order))


def _speaks_of(denied: Happened, done: Happened) -> bool:
    if denied.phase != done.phase or key(denied.object or "") != key(done.object or ""):
        return False
    return not denied.actors or bool({*map(key, denied.actors)} & {*map(key, done.actors)})


def _matches(atom: Happens, what: Happened) -> bool:
    if atom.actor is not None and key(atom.actor) not in map(key, what.actors):
        return False
    return atom.object is None or (what.object is not None and same(atom.object, what.object))


def _rules_out(what: Happened, atom: Happens, offerers: set[str]) -> bool:
    if what.object is None or atom.object is None or not same(what.object, atom.object) or what.phase != "happens":
        return False
    actors = {*map(key, what.actors)}
    withdrawn = key(what.act) == "withdraw" and bool(actors & offerers)
    return withdrawn or (atom.actor is not None and key(atom.actor) in actors)


def _in_time(told: _Told, atom: Happens, not_before: Moment | None) -> bool:
    return (atom.by is None or told.at <= atom.by.last) and (not_before is None or told.at >= not_before)


def _perhaps_in_time(told: _Told, by: When) -> bool:
    return told.what.phase == "happens" and told.span.first < by.last


def _latest_word(done: Sequence[_Told], against: Sequence[_Told]) -> Standing:
    yes, no = done[-1], against[-1]
    if no.span.before(yes.span):
        return Standing("holds", yes.at, (yes.event.id,))
    if yes.span.before(no.span):
        return Standing("failed", no.at, (no.event.id,))
    return OPEN
