"""Write down what reports tell as an agreement file that a person can correct.

Each proposal, commitment and act is an entry with the places where it is told; where reports tell different terms of
one thing, there is an entry for each version, of the same `id`. What `file.events` reads from the file gives the same
state of play as the reports do. Nothing is added to what is told: who mediates, what class of ceasefire it is or when
it was signed is for a person to say.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

import msgspec

from trucebook.agreement.conditions import leaves
from trucebook.agreement.entries import (
    Agreement,
    CommitmentEntry,
    ConditionEntry,
    Dates,
    EventEntry,
    PartyEntry,
    ProposalEntry,
    ProvisionEntry,
    SourceEntry,
    TellingEntry,
)
from trucebook.agreement.facts import key
from trucebook.agreement.merge import found
from trucebook.agreement.model import (
    After,
    AllOf,
    AnyOf,
    AsLongAs,
    By,
    Exercised,
    Happened,
    Happens,
    InState,
    Made,
    Offered,
    Reached,
    Together,
    Unless,
    Within,
)
from trucebook.agreement.when import on

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from trucebook.agreement.model import Cited, Condition, Event, Status
    from trucebook.agreement.when import When
    from trucebook.dossier.model import Dossier
    from trucebook.report import Report

    Body = Made | Offered | Happened | Exercised

#: What an extracted file is called until somebody gives it a name.
NAME: Final = "extracted"
# As many digits of an event's hash as tell the acts of one case apart.
_DIGITS: Final = 10


class _Group(NamedTuple):
    """What is told in the same terms, in one place or several."""

    what: Body
    status: Status
    events: list[Event]


def extract(events: Iterable[Event], dossier: Dossier) -> Agreement:
    """Return what the reports of a case tell as an agreement file, each entry marked as found by a program.

    Args:
        events: what they tell (`gather.events_of`).
        dossier: the case, for the words, the sources and the other names of the parties.
    """
    of = _Extract(dossier)
    groups = _grouped(events)
    proposals = [of.proposal(g.what, g) for g in groups if isinstance(g.what, Offered)]
    commitments = [of.commitment(g.what, g) for g in groups if isinstance(g.what, Made)]
    acts = [of.act(g.what, g) for g in groups if isinstance(g.what, Happened)]
    powers = [of.power(g.what, g) for g in groups if isinstance(g.what, Exercised)]
    main = max(proposals, key=lambda entry: len(entry.told), default=None)
    return found(
        Agreement(
            format=1, id=NAME, title=main.what if main else "",
            dates=Dates(duration=main.duration, extension=main.extension) if main else Dates(),
            parties=of.parties(groups), sources=of.sources(groups),
            proposals=tuple(proposals), provisions=tuple(_provisions(proposals)),
            commitments=tuple(commitments), events=(*acts, *powers),
        )
    )  # fmt: skip


def _grouped(events: Iterable[Event]) -> list[_Group]:
    groups: dict[tuple[bytes, Status], _Group] = {}
    for event in events:
        same = msgspec.json.encode(event.what), event.status
        groups.setdefault(same, _Group(event.what, event.status, [])).events.append(event)
    return list(groups.values())


class _Extract:
    """Makes entries of events, with the words of the reports."""

    def __init__(self, dossier: Dossier) -> None:
        self.dossier = dossier
        self.reports: Mapping[str, Report] = {r.report.id: r.report for r in dossier.readings}

    def proposal(self, what: Offered, group: _Group) -> ProposalEntry:
        of = what.proposal
        return ProposalEntry(
            id=of.id, what=of.what, by=of.proposers, to=of.addressees, floated=what.floated, duration=of.duration,
            extension=of.extension, scope=of.scope, start=_written(of.start), answer_by=_written(of.answer_by),
            on_says=of.if_says, provisions=of.provisions,  # type: ignore[arg-type]  # the engine holds the types as plain strings
            replaces=of.replaces, date=_shared(group), told=self.told(group),
        )  # fmt: skip

    def commitment(self, what: Made, group: _Group) -> CommitmentEntry:
        of = what.commitment
        due = of.deadline
        alone = of.debtor[0] if len(of.debtor) == 1 else None
        own = of.consequent == Happens(act=of.says, actor=alone)
        return CommitmentEntry(
            id=of.id, debtor=of.debtor, creditor=of.creditor, does=of.says, kind=of.kind,
            consequent=None if own else entry_of(of.consequent),
            on=entry_of(of.antecedent) if of.antecedent is not None else None, on_says=of.if_says,
            by=due.time.value if isinstance(due, By) else None,
            within=due.duration if isinstance(due, Within) else None,
            from_=entry_of(due.of) if isinstance(due, Within) and due.of is not None else None,
            made=_shared(group), told=self.told(group),
        )  # fmt: skip

    def act(self, what: Happened, group: _Group) -> EventEntry:
        told = self.told(group)
        said = " ".join((told[0].words or "").split())
        return EventEntry(
            id=_name(what.act, group), act=what.act, actor=what.actors, object=what.object, to=what.recipients,
            date=_shared(group), status=group.status, phase=what.phase,
            on=entry_of(what.condition) if what.condition is not None else None, on_says=what.if_says,
            issue=what.issue, says="" if what.says == said else what.says, told=told,
        )  # fmt: skip

    def power(self, what: Exercised, group: _Group) -> EventEntry:
        return EventEntry(
            id=_name(what.power, group), power=what.power, commitment=what.commitment, actor=what.actors,
            new_deadline=_written(what.to), takes_back=what.of, date=_shared(group), status=group.status,
            told=self.told(group),
        )  # fmt: skip

    def told(self, group: _Group) -> tuple[TellingEntry, ...]:
        shared = _shared(group)
        return tuple(self.telling(event, dated=shared is None) for event in group.events)

    def telling(self, event: Event, *, dated: bool) -> TellingEntry:
        first, *more = event.evidence
        report = self.reports[first.report]
        published = on(report.published) if report.published else None
        return TellingEntry(
            source=first.report, span=first.span, words=self.words(first),
            if_span=more[0].span if more else None, date=_written(event.time) if dated else None,
            learnt=None if event.learnt == published else _written(event.learnt),
        )  # fmt: skip

    def words(self, cited: Cited) -> str | None:
        return cited.span.of(self.reports[cited.report].text) if cited.span is not None else cited.words

    def parties(self, groups: Sequence[_Group]) -> tuple[PartyEntry, ...]:
        """Everybody named, the parties of offers and commitments first, with the names that mean nobody else."""
        bound = dict.fromkeys(name for g in groups for name in _bound(g.what))
        named = dict.fromkeys(name for g in groups for name in _named(g.what))
        everybody = list({key(name): name for name in reversed((*bound, *named))}.values())[::-1]
        aliases = {a.name: a.aliases for a in self.dossier.actors}
        bearers = Counter(key(a) for name in everybody for a in {*aliases.get(name, ()), name})
        return tuple(
            PartyEntry(
                name=name, role="party" if name in bound else "other",
                aliases=tuple(a for a in aliases.get(name, ()) if a != name and bearers[key(a)] == 1),
            )
            for name in everybody
        )  # fmt: skip

    def sources(self, groups: Sequence[_Group]) -> tuple[SourceEntry, ...]:
        cited = {c.report for g in groups for event in g.events for c in event.evidence}
        return tuple(
            SourceEntry(
                id=report.id, title=report.title or "", outlet=report.outlet or "",
                published=report.published.isoformat() if report.published else None, url=report.url or "",
            )
            for report in self.reports.values() if report.id in cited
        )  # fmt: skip


def _shared(group: _Group) -> str | None:
    """Return the time that every place tells; None where they tell different ones, or none."""
    times = {_written(event.time) for event in group.events}
    return times.pop() if len(times) == 1 else None


def _written(time: When | None) -> str | None:
    return time.value if time is not None else None


def _name(act: str, group: _Group) -> str:
    return f"{act} {group.events[0].id[:_DIGITS]}"


def _provisions(proposals: Iterable[ProposalEntry]) -> Iterator[ProvisionEntry]:
    """What the reports tell of an offer's provisions: so far, how long it lasts and how it may be extended."""
    seen: set[str] = set()
    for offer in proposals:
        if (offer.duration or offer.extension) and offer.id not in seen:
            seen.add(offer.id)
            telling = offer.told[0]
            yield ProvisionEntry(
                id=f"{offer.id} duration", type="duration_renewal_review",
                text="; ".join(filter(None, (offer.duration, offer.extension))), binds=offer.to,
                source=telling.source, span=telling.span, words=telling.words,
            )  # fmt: skip


# --- who is named ---


def _bound(what: Body) -> Iterator[str]:
    if isinstance(what, Offered):
        yield from (*what.proposal.proposers, *what.proposal.addressees)
    elif isinstance(what, Made):
        yield from (*what.commitment.debtor, *what.commitment.creditor)


def _named(what: Body) -> Iterator[str]:
    if isinstance(what, Made):
        due = what.commitment.deadline
        since = due.of if isinstance(due, Within) else None
        yield from _actors(what.commitment.antecedent, what.commitment.consequent, since)
    elif isinstance(what, Happened):
        yield from (*what.actors, *what.recipients, *_actors(what.condition))
    elif isinstance(what, Exercised):
        yield from what.actors


def _actors(*conditions: Condition | None) -> Iterator[str]:
    for condition in conditions:
        for leaf in leaves(condition):
            asked = leaf.of if isinstance(leaf, AsLongAs | Unless) else leaf
            if isinstance(asked, Happens) and asked.actor is not None:
                yield asked.actor


# --- conditions as they are written ---


def entry_of(condition: Condition) -> ConditionEntry:
    """Return a condition as it is written in a file; what `file.events` reads gives it back."""
    match condition:
        case Happens():
            return _act(condition)
        case AllOf(parts=parts):
            return ConditionEntry(whole=tuple(map(entry_of, parts)))
        case AnyOf(parts=parts):
            return ConditionEntry(either=tuple(map(entry_of, parts)))
        case Reached(time=time):
            return ConditionEntry(reached=time.value)
        case After(of=of, wait=wait):
            return ConditionEntry(after=entry_of(of), wait=wait)
        case AsLongAs(of=of):
            return ConditionEntry(while_=_act(of))
        case Unless(of=of, until=until):
            return ConditionEntry(unless=_act(of), until=_written(until))
        case InState(commitment=other, states=states):
            return ConditionEntry(commitment=other, is_=states)
        case Together(commitment=other):
            return ConditionEntry(with_=other)


def _act(of: Happens) -> ConditionEntry:
    return ConditionEntry(act=of.act, actor=of.actor, object=of.object, by=_written(of.by))
