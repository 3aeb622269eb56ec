"""Read an agreement file (TOML) and make events of it; every fault names file, place, reason and remedy."""

from __future__ import annotations

import datetime
import hashlib
import re
import tomllib
from typing import TYPE_CHECKING, Final

import msgspec

from trucebook.agreement.entries import Agreement, ConditionEntry
from trucebook.agreement.model import (
    After,
    AllOf,
    AnyOf,
    AsLongAs,
    By,
    Cited,
    Commitment,
    Event,
    Exercised,
    Happened,
    Happens,
    InState,
    Made,
    Offered,
    Proposal,
    Reached,
    Together,
    Unless,
    Within,
)
from trucebook.agreement.when import ALWAYS, NEVER, Moment, TimeError, When, later, when
from trucebook.errors import TrucebookError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trucebook.agreement.entries import CommitmentEntry, EventEntry, ProposalEntry, TellingEntry
    from trucebook.agreement.model import Body, Condition, Deadline, Status

    Told = ProposalEntry | CommitmentEntry | EventEntry

# Deeper than any condition that a person can read, and far short of Python's recursion limit.
_DEEPEST: Final = 16
_PLACE: Final = re.compile(r"^(?P<reason>.*?)(?: - at `\$?\.?(?P<place>.*)`)?$", re.DOTALL)
_FORMS: Final = ("act", "whole", "either", "reached", "after", "while_", "unless", "commitment", "with_")


class AgreementError(TrucebookError):
    """An agreement file that cannot be used.

    Args:
        path: the file, as the user named it.
        place: where in it.
        reason: what is wrong there.
        remedy: what the user can do about it.
    """

    def __init__(self, path: str, place: str, reason: str, remedy: str) -> None:
        self.path, self.place, self.reason, self.remedy = path, place, reason, remedy
        super().__init__(f"{path}: {place}: {reason}; {remedy}")


def parse_agreement(raw: bytes, path: str) -> Agreement:
    """Return what stands in an agreement file.

    Args:
        raw: the bytes of the file.
        path: its name, for messages.

    Raises:
        AgreementError: it is no TOML, or not an agreement.
    """
    try:
        value = tomllib.loads(raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise AgreementError(path, f"byte {error.start}", "is not UTF-8", "save the file as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise AgreementError(path, "the text", f"is no TOML: {error}", "mend the line it names") from error
    except RecursionError as error:
        raise AgreementError(path, "the text", "is nested too deeply to be read", "write it flatter") from error
    try:
        found = msgspec.convert(_written(value), Agreement)
    except msgspec.ValidationError as error:
        told = _PLACE.fullmatch(str(error))
        place = (told["place"] if told else None) or "the top"
        reason = told["reason"] if told else str(error)
        raise AgreementError(path, place, reason, "docs/agreement.md says what may stand there") from error
    events(found, path)  # a fault in a time or a condition is found here, and not when it is asked for
    return found


def _written(value: object, depth: int = 0) -> object:
    """Return a value of TOML with its dates in writing, which may stand with and without quotation marks."""
    if isinstance(value, datetime.datetime):
        return value.replace(tzinfo=None).isoformat(timespec="minutes")
    if isinstance(value, datetime.date):
        return value.isoformat()
    if depth > 3 * _DEEPEST:
        raise msgspec.ValidationError("is nested too deeply")
    if isinstance(value, dict):
        return {name: _written(inner, depth + 1) for name, inner in value.items()}
    return [_written(inner, depth + 1) for inner in value] if isinstance(value, list) else value


def events(agreement: Agreement, path: str = "the agreement") -> tuple[Event, ...]:
    """Return what an agreement file tells, as events for `state.play`.

    A commitment is made when its entry says, else when the agreement was signed, agreed or proposed.

    Raises:
        AgreementError: a time, a duration or a condition cannot be read.
    """
    return tuple(_Reader(agreement, path).events())


def latest(agreement: Agreement, path: str = "the agreement") -> Moment:
    """Return the last moment that an agreement's events and proposals speak of: what it is to be shown as of."""
    told = [event.at for event in events(agreement, path)]
    return max((moment for moment in told if moment not in {ALWAYS, NEVER}), default=ALWAYS)


class _Reader:
    """Makes events of the entries of one file, and says of each fault where it is."""

    def __init__(self, agreement: Agreement, path: str) -> None:
        self.of, self.path = agreement, path
        self.names = {alias: party.name for party in agreement.parties for alias in (party.name, *party.aliases)}
        self.published = {source.id: source.published for source in agreement.sources}
        dates = agreement.dates
        self.made = dates.signed or dates.agreed or dates.proposed

    def events(self) -> Iterator[Event]:
        for name in ("proposed", "agreed", "signed", "effective", "ends"):
            self.time(getattr(self.of.dates, name), f"dates.{name}")
        self.lasts(self.of.dates.duration, "dates.duration")
        for number, provision in enumerate(self.of.provisions):
            self.time(provision.start, f"provisions[{number}].start")
            self.time(provision.end, f"provisions[{number}].end")
        for number, offer in enumerate(self.of.proposals):
            yield from self.offered(offer, f"proposals[{number}] ({offer.id})")
        for number, promise in enumerate(self.of.commitments):
            yield from self.promised(promise, f"commitments[{number}] ({promise.id})")
        for number, event in enumerate(self.of.events):
            yield from self.happened(event, f"events[{number}] ({event.id})")

    def offered(self, entry: ProposalEntry, place: str) -> Iterator[Event]:
        terms = Proposal(
            id=entry.id, what=entry.what, proposers=self.all_named(entry.by), addressees=self.all_named(entry.to),
            duration=self.lasts(entry.duration, f"{place}.duration"), extension=entry.extension, scope=entry.scope,
            start=self.time(entry.start, f"{place}.start"), answer_by=self.time(entry.answer_by, f"{place}.answer_by"),
            if_says=entry.on_says, provisions=entry.provisions, replaces=entry.replaces,
        )  # fmt: skip
        yield from self.told(f"proposal:{entry.id}", Offered(proposal=terms, floated=entry.floated), entry, place)

    def promised(self, entry: CommitmentEntry, place: str) -> Iterator[Event]:
        debtor = self.all_named(entry.debtor)
        alone = debtor[0] if len(debtor) == 1 else None
        own = Happens(act=entry.does, actor=alone)
        commitment = Commitment(
            id=entry.id, debtor=debtor, creditor=self.all_named(entry.creditor), kind=entry.kind,
            consequent=self.condition(entry.consequent, f"{place}.consequent") or own,
            antecedent=self.condition(entry.on, f"{place}.if"), deadline=self.deadline(entry, place),
            says=entry.does, if_says=entry.on_says,
        )  # fmt: skip
        yield from self.told(f"commitment:{entry.id}", Made(commitment=commitment), entry, place)

    def deadline(self, entry: CommitmentEntry, place: str) -> Deadline | None:
        if entry.by is not None and entry.within is not None:
            self.fail(place, "has both `by` and `within`", "keep one of them")
        if entry.by is not None:
            return By(time=self.needed(entry.by, f"{place}.by"))
        if entry.within is None:
            return None
        self.lasts(entry.within, f"{place}.within")
        return Within(duration=entry.within, of=self.condition(entry.from_, f"{place}.from"))

    def happened(self, entry: EventEntry, place: str) -> Iterator[Event]:
        if (entry.act is None) == (entry.power is None):
            self.fail(
                place, "needs either `act` or `power`", "say what was done, or which power over a commitment was used"
            )
        if entry.power is not None:
            yield from self.told(f"event:{entry.id}", self.exercised(entry, place), entry, place)
            return
        what = Happened(
            act=entry.act or "", actors=self.all_named(entry.actor), object=entry.object,
            recipients=self.all_named(entry.to), phase=entry.phase, condition=self.condition(entry.on, f"{place}.if"),
            if_says=entry.on_says, issue=entry.issue, says=entry.says or _first_words(entry),
        )  # fmt: skip
        yield from self.told(f"event:{entry.id}", what, entry, place)

    def exercised(self, entry: EventEntry, place: str) -> Exercised:
        if entry.commitment is None or entry.power is None:
            self.fail(place, "has a `power` and no `commitment`", "name the commitment it is about")
        return Exercised(
            power=entry.power or "suspend", commitment=entry.commitment or "", actors=self.all_named(entry.actor),
            to=self.time(entry.new_deadline, f"{place}.new_deadline"),
            of=f"event:{entry.takes_back}" if entry.takes_back is not None else None,
        )  # fmt: skip

    def told(self, name: str, what: Body, entry: Told, place: str) -> Iterator[Event]:
        """Yield the events of an entry: one, or one for each place where it is told."""
        if not entry.told:
            yield self.event(name, what, entry, place)
        said = " ".join(getattr(entry, "on_says", "").split()) or None
        for number, telling in enumerate(entry.told):
            where = f"{place}.told[{number}]"
            cited = [Cited(report=telling.source, span=telling.span, words=telling.words)]
            cited += [Cited(report=telling.source, span=telling.if_span, words=said)] if telling.if_span else []
            yield Event(
                # Several entries may have one id; what is told, and where, tells their events apart.
                id=f"{name}:{_digest(what, telling)}", what=what, evidence=tuple(cited),
                time=self.time(telling.date or _date(entry), f"{where}.date"),
                learnt=self.time(telling.learnt, f"{where}.learnt") or self.learnt(entry, place, telling.source),
                status=getattr(entry, "status", "done"),
            )  # fmt: skip

    def event(self, name: str, what: Body, entry: Told, place: str) -> Event:
        status: Status = getattr(entry, "status", "done")
        date = _date(entry) or (None if status != "done" else self.usual(what))
        return Event(
            id=name, what=what, time=self.time(date, f"{place}.date"), status=status,
            learnt=self.learnt(entry, place, entry.source or ""),
            evidence=(Cited(report=entry.source or self.of.id, span=entry.span, words=entry.words),),
        )  # fmt: skip

    def usual(self, what: Body) -> str | None:
        if isinstance(what, Made):
            return self.made
        return self.of.dates.proposed if isinstance(what, Offered) else None

    def learnt(self, entry: Told, place: str, source: str) -> When | None:
        published = self.published.get(source)
        return self.time(entry.learnt or published, f"{place}.learnt")

    def condition(self, entry: ConditionEntry | None, place: str, depth: int = 0) -> Condition | None:
        return None if entry is None else self.read(entry, place, depth)

    def read(self, entry: ConditionEntry, place: str, depth: int) -> Condition:
        given = [name for name in _FORMS if getattr(entry, name) is not None]
        if depth > _DEEPEST:
            self.fail(place, f"is nested more than {_DEEPEST} deep", "write it flatter")
        if len(given) != 1:
            forms = ", ".join(name.rstrip("_") for name in _FORMS).replace("whole", "all").replace("either", "any")
            self.fail(place, "is not exactly one condition", f"write one of {forms}")
        match given[0]:
            case "act":
                return self.act(entry, place)
            case "whole":
                return AllOf(parts=self.parts(entry.whole or (), f"{place}.all", depth))
            case "either":
                return AnyOf(parts=self.parts(entry.either or (), f"{place}.any", depth))
            case "reached":
                return Reached(time=self.needed(entry.reached or "", f"{place}.reached"))
            case "after":
                if entry.wait is None:
                    self.fail(place, "has `after` and no `wait`", "say how long after, like P2D")
                wait = self.lasts(entry.wait, f"{place}.wait") or ""
                return After(of=self.read(entry.after or ConditionEntry(), f"{place}.after", depth + 1), wait=wait)
            case "while_":
                return AsLongAs(of=self.act(entry.while_ or ConditionEntry(), f"{place}.while"))
            case "unless":
                decided = self.time(entry.until, f"{place}.until")
                return Unless(of=self.act(entry.unless or ConditionEntry(), f"{place}.unless"), until=decided)
            case "commitment":
                return InState(commitment=entry.commitment or "", states=entry.is_)
            case _:
                return Together(commitment=entry.with_ or "")

    def parts(self, entries: tuple[ConditionEntry, ...], place: str, depth: int) -> tuple[Condition, ...]:
        return tuple(self.read(entry, f"{place}[{number}]", depth + 1) for number, entry in enumerate(entries))

    def act(self, entry: ConditionEntry, place: str) -> Happens:
        if entry.act is None:
            self.fail(place, "does not say what is done", "write it as `act`")
        actor = self.names.get(entry.actor, entry.actor) if entry.actor is not None else None
        return Happens(act=entry.act or "", actor=actor, object=entry.object, by=self.time(entry.by, f"{place}.by"))

    def all_named(self, names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(self.names.get(name, name) for name in names)

    def time(self, value: str | None, place: str) -> When | None:
        return None if value is None else self.needed(value, place)

    def needed(self, value: str, place: str) -> When:
        try:
            return when(value)
        except TimeError as error:
            raise AgreementError(
                self.path, place, f"{value!r} is no time", "write it like 2024-05-20 or 2024-05-20T00:00"
            ) from error

    def lasts(self, value: str | None, place: str) -> str | None:
        try:
            later(ALWAYS, value or "P1D")
        except TimeError as error:
            raise AgreementError(
                self.path, place, f"{value!r} is no duration", "write it like P30D, P1M or PT48H"
            ) from error
        return value

    def fail(self, place: str, reason: str, remedy: str) -> None:
        raise AgreementError(self.path, place, reason, remedy)


def _date(entry: Told) -> str | None:
    """Return when an entry says that it was done or made."""
    return getattr(entry, "date", None) or getattr(entry, "made", None)


def _first_words(entry: EventEntry) -> str:
    """Return what happened in the words of the first report that tells it, where the entry has no words of its own."""
    return " ".join((entry.told[0].words or "").split()) if entry.told else ""


def _digest(what: Body, telling: TellingEntry) -> str:
    return hashlib.blake2s(msgspec.json.encode((what, telling)), digest_size=6).hexdigest()
