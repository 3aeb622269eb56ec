"""What the agreement room speaks of: events with their evidence, conditions, commitments and proposals.

A commitment is C(debtor, creditor, antecedent, consequent) with a deadline where there is one, after Singh ("An
ontology for commitments in multiagent systems", 1999) and Chopra & Singh ("Cupid: commitments in relational algebra",
AAAI 2015), who also nest them: an antecedent may ask for the state of another commitment. That a duty is to *achieve*
something or to *maintain* it is the difference Governatori draws ("Representing business contracts in RuleML", 2005)
and Symboleo keeps (Sharifi et al., RE 2020).

Events are all that goes in. An event says what was told to have happened, when, and by which words; the engine never
looks into the words.
"""

from __future__ import annotations

from typing import Final, Literal

import msgspec

from trucebook.agreement.when import ALWAYS, NEVER, TICK, Moment, When  # msgspec reads `When`
from trucebook.span import Span

Status = Literal["done", "planned", "conditional", "possible", "denied"]
CommitmentStateName = Literal["conditional", "detached", "fulfilled", "expired", "violated_alleged", "violated_found",
                              "released", "terminated", "suspended"]  # fmt: skip
Power = Literal["release", "cancel", "terminate", "suspend", "resume", "extend", "allege", "find", "take_back"]
Phase = Literal["happens", "ends", "ruled_out"]


_NOWHERE: Final = Span(-1, -1)


class Cited(msgspec.Struct, frozen=True, kw_only=True):
    """Where an event is told: opaque to the engine, carried through to every state that it causes.

    Attributes:
        report: id of the report or document.
        span: the words in its text, where they are known by place.
        words: the words themselves, where a person noted them down.
    """

    report: str
    span: Span | None = None
    words: str | None = None


# --- conditions: a small logic, data and never code ---


class Happens(msgspec.Struct, frozen=True, kw_only=True, tag="happens"):
    """That somebody does something.

    Attributes:
        act: what is done: an act of the vocabulary ("accept") or free words ("withdraw its guns").
        actor: who does it; None where anybody may.
        object: what it is done to: the id of a proposal, or free words; None where that does not matter.
        by: after this time it no longer counts.
    """

    act: str
    actor: str | None = None
    object: str | None = None
    by: When | None = None


class AllOf(msgspec.Struct, frozen=True, kw_only=True, tag="all"):
    """That every part holds."""

    parts: tuple[Condition, ...]


class AnyOf(msgspec.Struct, frozen=True, kw_only=True, tag="any"):
    """That one of the parts holds."""

    parts: tuple[Condition, ...]


class Reached(msgspec.Struct, frozen=True, kw_only=True, tag="reached"):
    """That a time has certainly come: a day or less when it begins, what is less exact when it is over."""

    time: When


class After(msgspec.Struct, frozen=True, kw_only=True, tag="after"):
    """That some time has gone by since something held.

    Attributes:
        of: what must have held.
        wait: ISO 8601 duration.
    """

    of: Condition
    wait: str


class AsLongAs(msgspec.Struct, frozen=True, kw_only=True, tag="while"):
    """That something has begun and has not ended; it may begin and end again."""

    of: Happens


class Unless(msgspec.Struct, frozen=True, kw_only=True, tag="unless"):
    """That something has not happened (so far).

    Attributes:
        of: what must not happen.
        until: when this is decided: before it the condition is open, from then on it holds. Without it the condition
            holds until the thing happens.
    """

    of: Happens
    until: When | None = None


class InState(msgspec.Struct, frozen=True, kw_only=True, tag="state"):
    """That another commitment is in one of some states (a nested commitment)."""

    commitment: str
    states: tuple[CommitmentStateName, ...] = ("fulfilled",)


class Together(msgspec.Struct, frozen=True, kw_only=True, tag="together"):
    """That another commitment comes into force at the same time: neither waits for the other to go first.

    Commitments linked by it alone come into force as one. This is the *concurrent condition* of contract law, where
    ordinary antecedents that name each other would wait for ever.
    """

    commitment: str


Condition = Happens | AllOf | AnyOf | Reached | After | AsLongAs | Unless | InState | Together


# --- what is promised and what is offered ---


class By(msgspec.Struct, frozen=True, kw_only=True, tag="by"):
    """A deadline in the calendar; it has passed when all of the time it names has."""

    time: When


class Within(msgspec.Struct, frozen=True, kw_only=True, tag="within"):
    """A deadline counted from an event.

    Attributes:
        duration: ISO 8601.
        of: from when; None: from when the commitment is detached.
    """

    duration: str
    of: Condition | None = None


Deadline = By | Within


class Commitment(msgspec.Struct, frozen=True, kw_only=True):
    """C(debtor, creditor, antecedent, consequent), with a deadline where there is one.

    Attributes:
        id: what events call it by; sources that tell of one commitment in different terms use one id.
        debtor: who owes it; several owe it jointly.
        creditor: to whom; the same names as `debtor` where they owe it to each other.
        consequent: what is owed.
        antecedent: on what it depends; None: on nothing.
        deadline: by when, or for `maintain` until when.
        kind: `achieve` (it has to happen by the deadline) or `maintain` (it has to hold until the deadline).
        says: the consequent in words.
        if_says: the antecedent in words.
    """

    id: str
    debtor: tuple[str, ...]
    creditor: tuple[str, ...]
    consequent: Condition
    antecedent: Condition | None = None
    deadline: Deadline | None = None
    kind: Literal["achieve", "maintain"] = "achieve"
    says: str = ""
    if_says: str = ""

    @property
    def parties(self) -> frozenset[str]:
        """Everybody bound or owed."""
        return frozenset((*self.debtor, *self.creditor))


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    """The terms of an offer, as one source tells them.

    Attributes:
        id: what events call it by.
        what: it in words.
        proposers: who offers.
        addressees: whose answer it asks for.
        duration: ISO 8601, of what is offered.
        extension: how it may be extended, in words.
        scope: what or where it covers, in words.
        start: when it is to take effect.
        answer_by: by when an answer is asked for; it lapses then.
        if_says: on what it depends, in the words of the source.
        provisions: types of provisions it has (see `trucebook.agreement.provisions`).
        replaces: id of the proposal in whose place it is put.
    """

    id: str
    what: str
    proposers: tuple[str, ...] = ()
    addressees: tuple[str, ...] = ()
    duration: str | None = None
    extension: str | None = None
    scope: str | None = None
    start: When | None = None
    answer_by: When | None = None
    if_says: str = ""
    provisions: tuple[str, ...] = ()
    replaces: str | None = None


# --- events ---


class Made(msgspec.Struct, frozen=True, kw_only=True, tag="made"):
    """A commitment comes into being."""

    commitment: Commitment


class Offered(msgspec.Struct, frozen=True, kw_only=True, tag="offered"):
    """A proposal is made.

    Attributes:
        proposal: what is offered.
        floated: whether nobody stands behind it by name.
    """

    proposal: Proposal
    floated: bool = False


class Happened(msgspec.Struct, frozen=True, kw_only=True, tag="happened"):
    """Somebody does something: a move of the vocabulary, or any other act that a condition may ask for.

    Attributes:
        act: as in `Happens`.
        actors: who does it, each of them; empty where nobody is named.
        object: as in `Happens`.
        recipients: towards whom.
        phase: it happens; or, of something that goes on, it ends; or it is made known that it will not happen.
        condition: for an acceptance, on what it depends, where that is understood.
        if_says: the same in the words of the source.
        instead: for a counter-offer, the id of the proposal put in its place.
        issue: what it is about, for the positions of the parties; None: its object.
        says: it in words.
    """

    act: str
    actors: tuple[str, ...] = ()
    object: str | None = None
    recipients: tuple[str, ...] = ()
    phase: Phase = "happens"
    condition: Condition | None = None
    if_says: str = ""
    instead: str | None = None
    issue: str | None = None
    says: str = ""


class Exercised(msgspec.Struct, frozen=True, kw_only=True, tag="exercised"):
    """Somebody does something about a commitment itself (the *powers* of Symboleo).

    Attributes:
        power: `release` by the creditor; `cancel` by the debtor while nothing is owed yet; `terminate` with the
            agreement; `suspend`, `resume`; `extend` the deadline to `to`, by all parties; `allege` a violation;
            `find` one, as a mechanism with that task; `take_back` the allegation or finding `of`.
        commitment: id of the commitment.
        actors: who does it.
        to: for `extend`, the new deadline.
        of: for `take_back`, id of the event that is taken back; None: everything the actors alleged or found.
    """

    power: Power
    commitment: str
    actors: tuple[str, ...] = ()
    to: When | None = None
    of: str | None = None


Body = Made | Offered | Happened | Exercised


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that sources tell.

    Attributes:
        id: a name of its own, best a hash of who says what.
        what: what is told.
        time: when it happened; None where no source says.
        learnt: when it became known, by the date of publication.
        status: as of the moves: only what is `done` happened; `planned` is what comes next; `denied` speaks against
            the same told as done by others.
        evidence: where it is told.
    """

    id: str
    what: Body
    time: When | None = None
    learnt: When | None = None
    status: Status = "done"
    evidence: tuple[Cited, ...] = ()

    @property
    def at(self) -> Moment:
        """The last moment at which it can have happened: what is told as done was done by the time it was told."""
        ends = [time.closing for time in (self.time, self.learnt) if time is not None]
        return min(ends, default=ALWAYS)

    @property
    def order(self) -> tuple[Moment, tuple[tuple[str, Span], ...], str]:
        """By what events are put in order: when they happened, then where they are told, for ids may be hashes."""
        places = tuple((cited.report, cited.span or _NOWHERE) for cited in self.evidence)
        return self.at, places, self.id

    @property
    def span(self) -> When:
        """The interval it lies in; what is told without a time stands for the time it was told at."""
        told = self.time or self.learnt
        end = ALWAYS if self.at == ALWAYS else min(self.at, NEVER - TICK) + TICK
        return When(start=min(told.first, self.at) if told else None, end=end)


def reports(event: Event) -> frozenset[str]:
    """Return the ids of the reports that tell an event."""
    return frozenset(cited.report for cited in event.evidence)
