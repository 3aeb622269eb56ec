"""The events that the reports of a case tell, ready for the engine."""

from __future__ import annotations

import hashlib
from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING

import msgspec

from trucebook.agreement.gather.deadlines import Deadlines
from trucebook.agreement.gather.dependence import understood
from trucebook.agreement.gather.offers import Offer, offers
from trucebook.agreement.gather.promises import Undertaking, undertakings
from trucebook.agreement.gather.told import OFFERS, WAITING, Told, canonical_names, told_moves
from trucebook.agreement.gather.topics import body, is_approving
from trucebook.agreement.model import By, Cited, Commitment, Event, Happened, Happens, Made, Offered
from trucebook.agreement.proposals import APPROVE, AWAIT
from trucebook.dossier.judging import Rests, Things, hold, resting_on, text_hash
from trucebook.dossier.model import Evidence

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from trucebook.agreement.model import Body, Condition, Deadline, Status
    from trucebook.dossier.judgement import Judged, Subject
    from trucebook.dossier.model import Dossier

# Acts that are said now, whatever they say is to come: "would accept if" is an answer given.
# Characters of an object that tell what a position is about: whole words.
_ISSUE = 60
_PLANS = frozenset({"meet", "mediate"})
# Acts told with the time at which they were done: what is promised on Tuesday is not due on Tuesday.
_UNDERTAKEN = frozenset({"promise", "agree"})
_TWO = 2
_SAID = frozenset({"accept_if", "demand", "request", "postpone", "ask_clarification"})


def events_of(dossier: Dossier) -> list[Event]:
    """Return what the reports tell: offers, answers, commitments and acts, each with the words that tell it.

    What people rejected is not among it: moves, proposals with the answers to them, commitments.
    """
    book = _Book(dossier)
    return [e for e in book.events() if not (isinstance(e.what, Made) and e.what.commitment.id in book.rejected)]


def terms_judged(dossier: Dossier) -> tuple[Judged, ...]:
    """Return the judgements of proposals and commitments that are in force, each with what it is of now."""
    return _Book(dossier).judged if dossier.to_hold else ()


def terms(dossier: Dossier) -> tuple[Subject, ...]:
    """Return the proposals and commitments of a case as they can be judged, those that were rejected too."""
    return _Book(dossier).subjects


class _Book:
    """The moves of a case, gathered."""

    judged: tuple[Judged, ...] = ()

    def __init__(self, dossier: Dossier) -> None:
        self.readings = {r.report.id: r for r in dossier.readings}
        self.names = canonical_names(dossier)
        self.moves = told_moves(dossier)
        self.offers = offers(self.moves, self.readings)
        answers = {id(m) for o in self.offers for m in o.moves}
        # "Would accept a cap if Oslo leaves" where nobody offered one: what one would do.
        self.undertakings = undertakings([m for m in self.moves if m.move.act != "accept_if" or id(m) not in answers])
        self.deadlines = Deadlines(self.readings)
        self._agreed = {(m.report, m.move.span): m.time for m in self.moves if m.move.act in _UNDERTAKEN and m.time}
        self._told_otherwise = Counter((m.report, m.move.trigger) for m in self.moves)
        self._offer_of = {id(m): o for o in self.offers for m in o.moves}
        self.rejected: frozenset[str] = frozenset()
        if dossier.to_hold:
            self._judge(dossier)

    @cached_property
    def subjects(self) -> tuple[Subject, ...]:
        """The proposals and commitments as they can be judged, as the program finds them."""
        rests = Rests(self.readings.values())
        commitments: dict[str, list[Event]] = {}
        for event in self.events():
            if isinstance(event.what, Made):
                commitments.setdefault(event.what.commitment.id, []).append(event)
        offered = (_of_offer(offer, rests) for offer in self.offers)
        return (*offered, *(_of_commitment(ident, told, rests) for ident, told in commitments.items()))

    def _judge(self, dossier: Dossier) -> None:
        """Hold people's judgements against what is found, and leave out the offers that they rejected."""
        reports = resting_on(dossier.to_hold)
        texts = {i: text_hash(self.readings[i].report.text) for i in reports & self.readings.keys()}
        now = Things(self.subjects)
        self.judged = tuple(hold(j, now, texts) for j in dossier.to_hold)
        out = [j for j in self.judged if j.judgement.act == "reject" and j.hold == "holds"]
        gone = {j.target for j in out if j.judgement.subject.kind == "proposal"}
        self.rejected = frozenset(j.target for j in out if j.target and j.judgement.subject.kind == "commitment")
        self.offers = [o for o in self.offers if o.id not in gone]
        self._offer_of = {id(m): o for o in self.offers for m in o.moves}

    def events(self) -> Iterator[Event]:
        """Yield the events."""
        for offer in self.offers:
            yield from self._offered(offer)
            yield from self._extension(offer)
        for told in self.moves:
            if told.move.status != "possible" and told.actors and not self._is_no_act_of_its_own(told):
                yield self._happened(told)
            yield from self._approval(told)
            accepted = self._accepted_if(told)
            if accepted is not None:
                yield self._observed(told, accepted)
        for undertaking in self.undertakings:
            yield from self._made(undertaking)

    def _is_told_twice(self, told: Told) -> bool:
        """Whether a promise is only what one says of oneself by an act that is told too ("said it will resume ...")."""
        return told.move.act == "promise" and self._told_otherwise[told.report, told.move.trigger] > 1

    def _is_no_act_of_its_own(self, told: Told) -> bool:
        if told.move.act in WAITING:
            offer = self._offer_of.get(id(told))
            own = offer is not None and bool(told.sides & offer.proposing_side())
            # Who declines to speak of an offer of his own has answered it by making it.
            return own or not told.is_waiting
        return self._is_told_twice(told)

    def _approval(self, told: Told) -> Iterator[Event]:
        """Yield that an offer still needs somebody's approval, with when it is to be given; or that it was given."""
        offer = self._offer_of.get(id(told))
        given = told.move.act == "accept" and told.move.status == "done" and is_approving(told.trigger)
        if offer is None or not (given or told.is_awaited):
            return
        act = APPROVE if given else AWAIT
        what = Happened(act=act, actors=told.parties, object=offer.id, issue=body(told.words) or None, says=told.words)
        yield _event(told, what, "done")
        if told.is_awaited and told.time is not None:
            yield _event(told, msgspec.structs.replace(what, act=APPROVE), "planned")

    def _accepted_if(self, told: Told) -> Offer | None:
        """The offer that a move accepts on a condition."""
        said = told.move.act == "accept_if" and told.move.status in {"done", "conditional", "planned"}
        return self._offer_of.get(id(told)) if said and told.parties else None

    def _observed(self, told: Told, offer: Offer) -> Event:
        """What a conditional yes commits to: to keep to the offer once the condition holds."""
        commitment = Commitment(
            id=f"{offer.id} observed by {' and '.join(told.parties)}",
            debtor=told.parties,
            creditor=tuple(a for a in offer.addressees() if a not in told.parties),
            antecedent=self._condition(told),
            consequent=Happens(act="observe", actor=told.parties[0], object=offer.id),
            kind="maintain",
            says=f"keep to the offer ({offer.what})",
            if_says=told.if_says,
        )
        return _event(told, Made(commitment=commitment), "done")

    def _offered(self, offer: Offer) -> Iterator[Event]:
        asked = offer.addressees()
        for told in offer.offered():
            yield _event(told, Offered(proposal=offer.terms(told, asked)))

    def _happened(self, told: Told) -> Event:
        offer = self._offer_of.get(id(told))
        act = "postpone" if told.move.act in WAITING else told.move.act
        if offer is not None and act in OFFERS:
            act = "propose"
        what = Happened(
            act=act,
            actors=told.parties,
            object=offer.id if offer else told.object or None,
            recipients=told.recipients,
            condition=self._condition(told),
            if_says=told.if_says,
            issue=offer.what if offer else _cut(told.object) or None,
            says=told.words,
        )
        return _event(told, what, "done" if told.move.act in _SAID and told.move.status != "denied" else None)

    def _condition(self, told: Told) -> Condition | None:
        reading = self.readings[told.report]
        return understood(told, self._offer_of.get(id(told)) or self._sole_offer(told), reading, self.names)

    def _sole_offer(self, told: Told) -> Offer | None:
        """The offer that a condition about an acceptance means, where the report tells of one alone."""
        told_of = [o for o in self.offers if any(m.report == told.report for m in o.moves)]
        return told_of[0] if len(told_of) == 1 else None

    def _made(self, undertaking: Undertaking) -> Iterator[Event]:
        consequent = Happens(act=undertaking.act, actor=undertaking.debtor[0], object=undertaking.id)
        for told in undertaking.moves:
            commitment = Commitment(
                id=undertaking.id,
                debtor=undertaking.debtor,
                creditor=undertaking.creditor,
                antecedent=self._condition(told),
                consequent=consequent,
                deadline=self._deadline(told),
                says=undertaking.says,
                if_says=told.if_says,
            )
            yield _event(told, Made(commitment=commitment), "done")

    def _deadline(self, told: Told) -> Deadline | None:
        """By when it is to be done: what the words say, else the day on which it is told to come."""
        said = self.deadlines.of(told, self._agreed.get((told.report, told.move.span)))
        dated = told.time is not None and told.move.act not in _PLANS | _UNDERTAKEN
        return By(time=told.time) if said is None and dated and told.time is not None else said

    def _extension(self, offer: Offer) -> Iterator[Event]:
        """That an offer's term may be extended: what its parties owe each other once they agree on it."""
        parties = offer.addressees()
        if len(parties) < _TWO:
            return
        for report, (words, span) in sorted(offer.extension.items()):
            agreed = Happens(act="agree to extend", object=offer.id)
            commitment = Commitment(
                id=f"{offer.id} extension",
                debtor=parties,
                creditor=parties,
                antecedent=agreed,
                consequent=Happens(act="extend", object=f"{offer.id} extended"),
                says=f"extend the {offer.anchor}",
                if_says=words,
            )
            learnt = next((m.learnt for m in offer.moves if m.report == report), None)
            cited = (Cited(report=report, span=span),)
            yield Event(id=_id(commitment.id, report), what=Made(commitment=commitment), learnt=learnt, evidence=cited)


def _of_offer(offer: Offer, rests: Rests) -> Subject:
    places = [Evidence(report=m.report, span=m.move.span) for m in offer.offered()]
    side = " and ".join(sorted({p for m in offer.offered() for p in m.parties}))
    return rests.evidenced("proposal", offer.id, places, found=f"{side}: {offer.what}")


def _of_commitment(ident: str, told: Sequence[Event], rests: Rests) -> Subject:
    made = [e.what.commitment for e in told if isinstance(e.what, Made)]
    places = dict.fromkeys(
        Evidence(report=c.report, span=c.span) for e in told for c in e.evidence if c.span is not None
    )
    condition = ", on a condition" if any(m.if_says for m in made) else ""
    return rests.evidenced("commitment", ident, places, found=" and ".join(made[0].debtor) + condition)


def _event(told: Told, what: Body, status: Status | None = None) -> Event:
    stands = status or told.move.status
    time = told.happened if stands in {"done", "denied"} else told.time
    return Event(
        id=_id(type(what).__name__, told.report, str(told.move.span), _act_of(what, told)),
        what=what,
        # When something is undertaken is not when it is to be done.
        time=None if isinstance(what, Made) else time,
        learnt=told.learnt,
        status=stands,
        evidence=told.evidence,
    )


def _act_of(what: Body, told: Told) -> str:
    """By what the events of one move are told apart."""
    return what.act if isinstance(what, Happened) and what.act in {APPROVE, AWAIT} else told.move.act


def _id(*parts: str) -> str:
    return "e" + hashlib.blake2s("\x1f".join(parts).encode(), digest_size=8).hexdigest()


def _cut(words: str) -> str:
    """Words, those left out that would make them longer than a position's issue."""
    return words if len(words) <= _ISSUE else f"{words[: _ISSUE + 1].rpartition(' ')[0] or words[:_ISSUE]} …"
