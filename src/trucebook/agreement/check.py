"""Check an agreement file for what cannot be, what may go wrong, and what is missing.

An *error* makes the file unusable as it stands (a party nobody knows), a *warning* is a thing its writers may not
want (two commitments that wait for each other), a *note* is a question the text leaves open.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final, Literal

import msgspec

from trucebook.agreement.commitments import ledger
from trucebook.agreement.conditions import leaves
from trucebook.agreement.entries import AgreementClass, ProvisionType  # noqa: TC001  msgspec reads them
from trucebook.agreement.facts import key
from trucebook.agreement.file import events
from trucebook.agreement.model import AnyOf, AsLongAs, Exercised, Happens, InState, Made, Together, Unless
from trucebook.agreement.waiting import Waiter, circles
from trucebook.agreement.when import ALWAYS, NEVER, later, when
from trucebook.lexicons import load

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from trucebook.agreement.entries import Agreement
    from trucebook.agreement.model import Commitment, Condition, Event

Severity = Literal["error", "warning", "note"]
_MECHANISMS: Final[frozenset[ProvisionType]] = frozenset({"monitoring", "verification", "joint_commission"})
_LISTS: Final = ("parties", "sources", "proposals", "provisions", "commitments", "events")


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """Something about an agreement file that its writer should see.

    Attributes:
        severity: how bad it is.
        place: where in the file.
        reason: what it is.
        remedy: what can be done about it.
    """

    severity: Severity
    place: str
    reason: str
    remedy: str


class Expected(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A type of provision: what it settles, and the classes of agreement that usually have it."""

    type: ProvisionType
    settles: str
    expected_in: tuple[AgreementClass, ...]


class Guidance(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file `provisions.toml`."""

    provisions: tuple[Expected, ...]


def check(agreement: Agreement) -> tuple[Problem, ...]:
    """Return what is wrong with an agreement file, what may go wrong, and what is missing, in this order.

    Raises:
        AgreementError: a time, a duration or a condition cannot be read at all.
    """
    told = events(agreement)
    promised = [(f"commitments.{e.what.commitment.id}", e.what.commitment) for e in told if isinstance(e.what, Made)]
    found = [
        *_twice(agreement),
        *_unknown_names(agreement),
        *_unknown_references(agreement, told, [commitment for _, commitment in promised]),
        *_dates(agreement),
        *_hopeless(told),
        *_waiting(told),
        *(problem for place, of in promised for problem in _commitment(place, of)),
        *_missing(agreement),
    ]
    ranks = {"error": 0, "warning": 1, "note": 2}
    return tuple(sorted(dict.fromkeys(found), key=lambda problem: ranks[problem.severity]))


# --- names and references ---


def _twice(agreement: Agreement) -> Iterator[Problem]:
    for name in _LISTS:
        # What reports tell of one thing in different terms has one name, and each version its places.
        entries = [(_called(e), bool(getattr(e, "told", ()))) for e in getattr(agreement, name)]
        alone = {called for called, told in entries if not told}
        ids = Counter(called for called, _ in entries if called in alone)
        for twice in (one for one, count in ids.items() if count > 1):
            yield Problem(
                severity="error", place=name, reason=f"{twice!r} stands there twice", remedy="give each its own name"
            )


def _called(entry: object) -> str:
    return key(str(getattr(entry, "id", getattr(entry, "name", ""))))


def _unknown_names(agreement: Agreement) -> Iterator[Problem]:
    known = {key(name) for party in agreement.parties for name in (party.name, *party.aliases)}
    for place, name in _named(agreement):
        if key(name) not in known:
            yield Problem(
                severity="error",
                place=place,
                reason=f"nobody is called {name!r}",
                remedy="add it to [[parties]], or mend it",
            )


def _named(agreement: Agreement) -> Iterator[tuple[str, str]]:
    for commitment in agreement.commitments:
        yield from ((f"commitments.{commitment.id}", name) for name in (*commitment.debtor, *commitment.creditor))
    for offer in agreement.proposals:
        yield from ((f"proposals.{offer.id}", name) for name in (*offer.by, *offer.to))
    for provision in agreement.provisions:
        yield from ((f"provisions.{provision.id}", name) for name in provision.binds)
    for event in agreement.events:
        yield from ((f"events.{event.id}", name) for name in (*event.actor, *event.to))
    for told in events(agreement):
        if isinstance(told.what, Made):
            of = told.what.commitment
            for asked in _asked(of.antecedent, of.consequent):
                if asked.actor is not None:
                    yield f"commitments.{of.id}", asked.actor


def _asked(*conditions: Condition | None) -> Iterator[Happens]:
    for condition in conditions:
        for leaf in leaves(condition):
            if isinstance(leaf, Happens):
                yield leaf
            elif isinstance(leaf, AsLongAs | Unless):
                yield leaf.of


def _unknown_references(
    agreement: Agreement, told: Sequence[Event], promised: Sequence[Commitment]
) -> Iterator[Problem]:
    known = {key(of.id) for of in promised}
    sources, provisions = {s.id for s in agreement.sources}, {p.id for p in agreement.provisions}
    for event in told:
        if isinstance(event.what, Exercised) and key(event.what.commitment) not in known:
            yield _dangling(event.id.replace(":", "s."), "commitment", event.what.commitment)
    for of in promised:
        for leaf in leaves(of.antecedent):
            if isinstance(leaf, InState | Together) and key(leaf.commitment) not in known:
                yield _dangling(f"commitments.{of.id}", "commitment", leaf.commitment)
    for name in ("proposals", "provisions", "commitments", "events"):
        for entry in getattr(agreement, name):
            cited = dict.fromkeys((entry.source, *(telling.source for telling in getattr(entry, "told", ()))))
            for source in (one for one in cited if one is not None and one not in sources):
                yield _dangling(f"{name}.{entry.id}", "source", source)
    for commitment in agreement.commitments:
        if commitment.provision is not None and commitment.provision not in provisions:
            yield _dangling(f"commitments.{commitment.id}", "provision", commitment.provision)


def _dangling(place: str, kind: str, name: str) -> Problem:
    return Problem(
        severity="error", place=place, reason=f"there is no {kind} {name!r}", remedy=f"add the {kind}, or mend the name"
    )


# --- times ---


def _dates(agreement: Agreement) -> Iterator[Problem]:
    of = agreement.dates
    order = [(name, getattr(of, name)) for name in ("proposed", "agreed", "signed", "effective", "ends")]
    given = [(name, when(value)) for name, value in order if value is not None]
    for number, (name, time) in enumerate(given):
        for earlier, before in given[:number]:
            if time.before(before):
                severity: Severity = "error" if name == "ends" else "warning"
                reason = f"{name} ({time.value}) lies before {earlier} ({before.value})"
                yield Problem(
                    severity=severity, place=f"dates.{name}", reason=reason, remedy="see which of the two is right"
                )
    if of.effective is not None and of.duration is not None and of.ends is not None:
        start, end = when(of.effective), when(of.ends)
        reckoned = later(start.begun, of.duration)
        if start.begun not in {ALWAYS, NEVER} and not end.first <= reckoned <= end.last:
            reason = f"{of.duration} from {start.value} does not end at {end.value}"
            yield Problem(
                severity="warning", place="dates.ends", reason=reason, remedy="see which of the three is right"
            )


# --- commitments ---


def _commitment(place: str, of: Commitment) -> Iterator[Problem]:
    if of.deadline is None:
        reason = "has no deadline, so that time alone can never show it broken"
        remedy = "give it `by` or `within`" if of.kind == "achieve" else "say until when, with `by` or `within`"
        yield Problem(severity="warning", place=place, reason=reason, remedy=remedy)
    if not of.creditor:
        yield Problem(severity="note", place=place, reason="is owed to nobody by name", remedy="name a `creditor`")
    debtors = {key(name) for name in of.debtor}
    others = [
        asked.actor for asked in _asked(of.consequent) if asked.actor is not None and key(asked.actor) not in debtors
    ]
    if others:
        reason = f"is to be done by {', '.join(others)}, who does not owe it"
        yield Problem(severity="warning", place=place, reason=reason, remedy="see who the debtor is")


def _hopeless(told: Sequence[Event]) -> Iterator[Problem]:
    """Tell of commitments whose condition cannot hold from the day they are made, or waits for what nobody can do."""
    made = [event for event in told if isinstance(event.what, Made)]
    for state in ledger(made, max((event.at for event in made), default=ALWAYS)).commitments:
        place = f"commitments.{state.commitment.id}"
        if state.state == "expired":
            yield Problem(
                severity="error", place=place, reason="its condition cannot hold: its time is over before it is made",
                remedy="see the times in its condition",
            )  # fmt: skip
        if any(isinstance(part, AnyOf) and not part.parts for part in _parts(state.commitment.antecedent)):
            yield Problem(severity="error", place=place, reason="any of nothing never holds", remedy="fill `any`")


def _parts(condition: Condition | None) -> Iterator[Condition]:
    if condition is None:
        return
    yield condition
    for part in getattr(condition, "parts", ()):
        yield from _parts(part)


def _waiting(told: Sequence[Event]) -> Iterator[Problem]:
    waiters = [
        Waiter(id=of.id, who=of.debtor, on=of.antecedent, gives=tuple(_asked(of.consequent)))
        for of in (event.what.commitment for event in told if isinstance(event.what, Made))
        if of.antecedent is not None
    ]
    for circle in circles(waiters, lambda _: False):
        names = ", ".join(circle.members)
        alone = len(circle.members) == 1
        reason = "waits for itself" if alone else f"{names} wait for each other, so that none can go first"
        remedy = (
            "mend its condition"
            if alone
            else "say `with` where they are to come into force together, or let one go first"
        )
        yield Problem(severity="warning", place=f"commitments.{circle.members[0]}", reason=reason, remedy=remedy)


# --- what is missing ---


def _missing(agreement: Agreement) -> Iterator[Problem]:
    there = {provision.type for provision in agreement.provisions}
    if agreement.kind is None:
        yield Problem(severity="note", place="class", reason="is not given", remedy="say what kind of ceasefire it is")
    elif agreement.kind != "cessation_of_hostilities" and not there & _MECHANISMS:
        reason = f"is {agreement.kind}, and nothing watches over it: no {', '.join(sorted(_MECHANISMS))}"
        yield Problem(
            severity="warning", place="class", reason=reason, remedy="see whether it is a cessation_of_hostilities"
        )
    for expected in load("provisions.toml", Guidance).provisions:
        if (
            agreement.kind in expected.expected_in
            and expected.type not in there
            and not _said_in_dates(expected.type, agreement)
        ):
            reason = f"nothing says {expected.settles} ({expected.type})"
            yield Problem(
                severity="note", place="provisions", reason=reason, remedy="add it, or leave it open knowingly"
            )
    for provision in agreement.provisions:
        if provision.type == "prohibited_act" and not provision.prohibits:
            reason = "forbids something and does not say what"
            yield Problem(
                severity="note", place=f"provisions.{provision.id}", reason=reason, remedy="list it in `prohibits`"
            )


def _said_in_dates(kind: ProvisionType, agreement: Agreement) -> bool:
    of = agreement.dates
    said = {"effective_time": of.effective, "duration_renewal_review": of.duration or of.ends}
    return said.get(kind) is not None
