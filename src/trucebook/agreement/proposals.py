"""Proposals and the answers to them: who offered what to whom, who said yes, no, or yes if.

"Yes, if" is a counter-offer and never a yes: `accepted_if` stays what it is even when its condition has come to hold
(then `condition_met` says so). No answer is no refusal. Where the latest answers of a party, by different words or
sources, are both a yes and a no and none is certainly later, its answer is `disputed`; where one source tells a
condition and another leaves it out, the condition stays.
"""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

import msgspec

from trucebook.agreement.conditions import Leaf  # noqa: TC001  msgspec reads the annotation
from trucebook.agreement.facts import Facts, key, same
from trucebook.agreement.model import Cited, Happened, Offered, Proposal, reports
from trucebook.agreement.when import Moment, When, later, on, until

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from trucebook.agreement.model import Event

AnswerName = Literal["open", "accepted", "accepted_if", "refused", "countered", "disputed"]
ProposalStateName = Literal["floated", "offered", "accepted", "accepted_if", "refused", "countered", "withdrawn",
"lapsed",
                            "superseded", "disputed"]  # fmt: skip

#: What an act upon a proposal answers.
ANSWERS: Final[Mapping[str, AnswerName]] = {
    "accept": "accepted",
    "agree": "accepted",
    "sign": "accepted",
    "accept_if": "accepted_if",
    "refuse": "refused",
    "counter": "countered",
}
#: Acts that say in so many words that there is no answer yet.
SILENT: Final = frozenset({"withhold_answer", "defer", "postpone", "ask_clarification"})
#: Acts by which an offer is approved by those for whom it was accepted, and by which it is told to wait for that.
APPROVE: Final = "approve"
AWAIT: Final = "await_approval"
# Acts by which who made an offer makes it again.
_AGAIN: Final = frozenset({"reaffirm", "propose"})
# How far apart two names of one offer are told at most, and how different its lengths are; from which day they count.
_NEAR: Final = datetime.timedelta(days=2)
_ALIKE: Final = 0.05
_DAY: Final = on(datetime.date(2030, 1, 1)).first
_NO: Final[tuple[Literal["disputed", "refused", "countered"], ...]] = ("disputed", "refused", "countered")
_YES: Final[frozenset[AnswerName]] = frozenset({"accepted", "accepted_if"})
# Of answers that do not contradict each other, the one that claims least.
_CAREFUL: Final[tuple[AnswerName, ...]] = ("countered", "refused", "accepted_if", "accepted")


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """The answer of one party to a proposal.

    Attributes:
        party: who answers.
        answer: what; `open` where no answer is told of.
        since: when it was given.
        if_says: on what it depends, in the words of the source.
        condition_met: for `accepted_if`, whether its condition has come to hold; None where the condition is not
            understood.
        waits_for: for `accepted_if`, what its condition still waits for.
        per_source: the latest answer that each report tells of.
        evidence: where it is told; for an open answer, where it is said that there is none yet.
    """

    party: str
    answer: AnswerName
    since: Moment | None = None
    if_says: tuple[str, ...] = ()
    condition_met: bool | None = None
    waits_for: tuple[Leaf, ...] = ()
    per_source: dict[str, AnswerName] = {}
    evidence: tuple[Cited, ...] = ()


class Approval(msgspec.Struct, frozen=True, kw_only=True):
    """An approval that is still to be given before an offer, or a deal, is done.

    Attributes:
        who: whose it is, as parties; empty where that is not known.
        body: which body of theirs, in one word; empty where that is not told.
        says: the words that say so.
        evidence: where it is told.
    """

    who: tuple[str, ...] = ()
    body: str = ""
    says: str = ""
    evidence: tuple[Cited, ...] = ()


class ProposalState(msgspec.Struct, frozen=True, kw_only=True):
    """Where a proposal stands.

    Attributes:
        proposal: its terms, each as most reports tell it.
        state: its state.
        since: when it was first offered.
        latest: when it was last offered.
        answers: of its addressees, and of others who answered, in the order they are named.
        differing: terms that reports tell differently: by the term's name, each value with its reports.
        in_force: whether everybody asked has agreed, every condition is met and its beginning is reached.
        starts: when it takes, or took, effect.
        ends: when it is over, from its beginning and duration; None where either is not known.
        perhaps: ids of others that may be the same under another name: told by other reports of the same parties and
            days, with no term that parts them.
        approvals: what it still needs the approval of; it is not in force before.
        evidence: where it is offered.
    """

    proposal: Proposal
    state: ProposalStateName
    since: Moment
    latest: Moment
    answers: tuple[Answer, ...] = ()
    differing: dict[str, dict[str, tuple[str, ...]]] = {}
    in_force: bool = False
    starts: When | None = None
    ends: When | None = None
    approvals: tuple[Approval, ...] = ()
    perhaps: tuple[str, ...] = ()
    evidence: tuple[Cited, ...] = ()

    @property
    def called(self) -> str:
        """How its state is called: what nobody is told to have proposed is `agreed` to, not accepted."""
        return "agreed" if self.state == "accepted" and not self.proposal.proposers else self.state

    def answer_of(self, party: str) -> AnswerName | None:
        """Return the answer of a party; None where it is not asked and gave none."""
        return next((answer.answer for answer in self.answers if same(answer.party, party)), None)


class Told(NamedTuple):
    """What bears on proposals, as of a moment.

    Attributes:
        events: everything told by then.
        facts: the facts of it.
        ripe: conditional acceptances whose condition holds, by id of the event.
        waits_for: what the others still wait for, by id of the event.
        moment: as of when.
    """

    events: Sequence[Event]
    facts: Facts
    ripe: Mapping[str, Moment]
    waits_for: Mapping[str, tuple[Leaf, ...]]
    moment: Moment


class Act(NamedTuple):
    """Something done about a proposal, with the event that tells it."""

    event: Event
    what: Happened

    @property
    def name(self) -> str:
        """What is done, as it is compared."""
        return key(self.what.act)

    def by(self, names: Iterable[str]) -> bool:
        """Return whether one of `names` does it."""
        return any(same(actor, name) for actor in self.what.actors for name in names)


def proposals(told: Told) -> tuple[ProposalState, ...]:
    """Return where every proposal stands, the latest offered first."""
    offers: dict[str, list[tuple[Event, Offered]]] = {}
    acts: dict[str, list[Act]] = {}
    for event in sorted(told.events, key=lambda e: e.order):
        what = event.what
        if event.status != "done" or event.at > told.moment:
            continue
        if isinstance(what, Offered):
            offers.setdefault(key(what.proposal.id), []).append((event, what))
        elif isinstance(what, Happened) and what.object is not None:
            acts.setdefault(key(what.object), []).append(Act(event, what))
    replaced = _replaced(offers.values())
    apart = [_proposal(made, acts.get(name, []), replaced.get(name), told) for name, made in offers.items()]
    states = [msgspec.structs.replace(s, perhaps=_perhaps(s, apart)) for s in apart]
    return tuple(sorted(sorted(states, key=lambda s: s.proposal.id), key=lambda s: s.latest, reverse=True))


def _perhaps(one: ProposalState, every: Iterable[ProposalState]) -> tuple[str, ...]:
    """Return which others may be the same as one: where nothing shows it, they stay apart, and it is said."""
    return tuple(o.proposal.id for o in every if o is not one and _may_be_one(one, o))


def _may_be_one(one: ProposalState, other: ProposalState) -> bool:
    parties = [{*map(key, s.proposal.proposers), *(key(a.party) for a in s.answers)} for s in (one, other)]
    told = [{c.report for c in (*s.evidence, *(c for a in s.answers for c in a.evidence))} for s in (one, other)]
    lengths = [s.proposal.duration for s in (one, other) if s.proposal.duration]
    scopes = {s.proposal.scope for s in (one, other)}
    near = abs(one.since - other.since) <= _NEAR and len(scopes) == 1 and _is_one_length(lengths)
    # A report that tells of both tells them apart.
    return near and parties[0] == parties[1] and len(parties[0]) > 1 and not told[0] & told[1]


def _is_one_length(durations: Iterable[object]) -> bool:
    """Whether lengths are told as one: "three weeks" and "21 days", "a month" and "30 days", which is about one."""
    told = [d for d in durations if isinstance(d, str)]
    days = [(later(_DAY, d) - _DAY).total_seconds() for d in told]
    # Of months and years nobody counts the days.
    about = _ALIKE if any({"M", "Y"} & set(d.partition("T")[0]) for d in told) else 0.0
    return not days or max(days) - min(days) <= about * max(days)


def _replaced(offers: Iterable[Sequence[tuple[Event, Offered]]]) -> dict[str, Moment]:
    """Return when each proposal was first replaced by another, by its id."""
    replacing = [(event.at, offer.proposal.replaces) for made in offers for event, offer in made]
    found: dict[str, Moment] = {}
    for at, replaced in sorted((at, of) for at, of in replacing if of is not None):
        found.setdefault(key(replaced), at)
    return found


def _proposal(
    offers: Sequence[tuple[Event, Offered]], acts: Sequence[Act], replaced: Moment | None, told: Told
) -> ProposalState:
    terms, differing = _terms(offers)
    valid = [act for act in acts if not told.facts.contested(act.event, told.moment)]
    answers = tuple(_answer(party, acts, told) for party in _parties(terms, acts))
    latest = max([offers[-1][0].at, *(a.event.at for a in valid if a.name in _AGAIN and a.by(terms.proposers))])
    # Who never agreed to a deal of others may reject it and changes nothing in it.
    counted = answers if terms.proposers else [a for a in answers if _ever_agreed(a, acts)] or answers
    name = _closed(terms, valid, latest, replaced) or _state(terms, counted, told.moment)
    if name == "offered" and all(offer.floated for _, offer in offers):
        name = "floated"
    starts = _starts(terms, valid)
    ends = _ends(terms, starts)
    awaited = _approvals(valid)
    running = name in _YES and not awaited and _agreed(counted) and _running(starts, ends, told.moment)
    return ProposalState(
        proposal=terms, state=name, since=offers[0][0].at, latest=latest, answers=answers, differing=differing,
        in_force=running, starts=starts, ends=ends, approvals=awaited,
        evidence=tuple(cited for event, _ in offers for cited in event.evidence),
    )  # fmt: skip


def _ever_agreed(answer: Answer, acts: Sequence[Act]) -> bool:
    return any(act.by((answer.party,)) and ANSWERS.get(act.name) in _YES for act in acts)


def _approvals(acts: Sequence[Act]) -> tuple[Approval, ...]:
    """Return the approvals that are told to be awaited and not told to have been given later, each once."""
    given = [act for act in acts if act.name == APPROVE]
    by_whom: dict[tuple[tuple[str, ...], str], list[Act]] = {}
    for act in acts:
        if act.name == AWAIT and not any(_gives(other, act) for other in given):
            by_whom.setdefault((act.what.actors, act.what.issue or ""), []).append(act)
    return tuple(_approval(who, body, those) for (who, body), those in by_whom.items())


def _approval(who: tuple[str, ...], body: str, told: Sequence[Act]) -> Approval:
    cited = tuple(c for act in told for c in act.event.evidence)
    return Approval(who=who, body=body, says=told[0].what.says, evidence=cited)


def _gives(given: Act, awaited: Act) -> bool:
    """Whether an approval is the one that was awaited: later, by the same party, and by no other body of it."""
    ours, theirs = given.what.issue, awaited.what.issue
    same_body = ours is None or theirs is None or ours == theirs
    whose = not awaited.what.actors or not given.what.actors or given.by(awaited.what.actors)
    return same_body and whose and awaited.event.span.before(given.event.span)


def _closed(terms: Proposal, acts: Sequence[Act], latest: Moment, replaced: Moment | None) -> ProposalStateName | None:
    """Return how the offer came off the table after it was last made; None where it is on it."""
    if any(act.name == "withdraw" and act.by(terms.proposers) and act.event.at >= latest for act in acts):
        return "withdrawn"
    return "superseded" if replaced is not None and replaced >= latest else None


def _state(terms: Proposal, answers: Sequence[Answer], now: Moment) -> ProposalStateName:
    names = {answer.answer for answer in answers}
    if terms.answer_by is not None and now >= terms.answer_by.last and not names <= _YES:
        return "lapsed"
    for name in _NO:
        if name in names:
            return name
    if not names or "open" in names:
        return "offered"
    return "accepted_if" if "accepted_if" in names else "accepted"


# --- the terms, as most reports tell them ---


def _terms(offers: Sequence[tuple[Event, Offered]]) -> tuple[Proposal, dict[str, dict[str, tuple[str, ...]]]]:
    chosen: dict[str, object] = {}
    differing: dict[str, dict[str, tuple[str, ...]]] = {}
    for name in Proposal.__struct_fields__:
        by_value: dict[object, list[str]] = {}
        for event, offer in offers:
            value = getattr(offer.proposal, name)
            if value not in {None, (), ""}:
                by_value.setdefault(value, []).extend(sorted(reports(event)) or [event.id])
        if by_value:
            # Nobody's silence speaks against a term; of values told, the one of most reports, then the one told
            # first.
            chosen[name] = max(by_value, key=lambda value: len(set(by_value[value])))
        if len(by_value) > 1 and name not in {"id", "what"} and not (name == "duration" and _is_one_length(by_value)):
            differing[name] = {_shown(value): tuple(sorted(set(by))) for value, by in by_value.items()}
    return msgspec.convert({"id": "", "what": "", **chosen}, Proposal, from_attributes=True), differing


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return value.value if isinstance(value, When) else str(value)


def _starts(terms: Proposal, acts: Sequence[Act]) -> When | None:
    effect = [act.event.time or act.event.span for act in acts if act.name == "take_effect"]
    return effect[0] if effect else terms.start


def _ends(terms: Proposal, starts: When | None) -> When | None:
    if starts is None or terms.duration is None or starts.start is None:
        return None
    return until(later(starts.begun, terms.duration))


def _running(starts: When | None, ends: When | None, now: Moment) -> bool:
    """Whether it has begun and is not over; agreed is not done, so what has no beginning is not in force."""
    return starts is not None and now >= starts.begun and (ends is None or now < ends.last)


# --- the answers ---


def _parties(terms: Proposal, acts: Sequence[Act]) -> tuple[str, ...]:
    """Return whose answers count: the addressees, then others who answered, but not who made the offer."""
    names = list(terms.addressees)
    for act in acts:
        if act.name in ANSWERS:
            names += [a for a in act.what.actors if not any(same(a, n) for n in (*names, *terms.proposers))]
    return tuple(names)


def _answer(party: str, acts: Sequence[Act], told: Told) -> Answer:
    theirs = [act for act in acts if act.by((party,)) and act.what.phase == "happens"]
    given = [act for act in theirs if act.name in ANSWERS]
    standing = [act for act in given if not told.facts.contested(act.event, told.moment)]
    latest = _latest([act for act in standing if not _taken_back(act, theirs)])
    name = _agreeing({ANSWERS[act.name] for act in latest})
    if name == "open" and len(standing) < len(given):
        name, latest = "disputed", given
    said = latest or _latest([act for act in theirs if act.name in SILENT])
    conditional = [act for act in latest if act.name == "accept_if"] if name == "accepted_if" else []
    return Answer(
        party=party, answer=name, since=min((act.event.at for act in latest), default=None),
        if_says=tuple(dict.fromkeys(act.what.if_says for act in conditional if act.what.if_says)),
        condition_met=_met(conditional, told.ripe),
        waits_for=tuple(dict.fromkeys(leaf for act in conditional for leaf in told.waits_for.get(act.event.id, ()))),
        per_source=_per_source(given), evidence=tuple(cited for act in said for cited in act.event.evidence),
    )  # fmt: skip


def _latest(acts: Sequence[Act]) -> list[Act]:
    """Return the acts that no other is certainly later than."""
    return [act for act in acts if not any(act.event.span.before(other.event.span) for other in acts)]


def _taken_back(answer: Act, theirs: Sequence[Act]) -> bool:
    return any(act.name == "withdraw" and answer.event.span.before(act.event.span) for act in theirs)


def _agreeing(names: set[AnswerName]) -> AnswerName:
    if not names:
        return "open"
    if "disputed" in names or (names & _YES and names - _YES):
        return "disputed"
    return next(name for name in _CAREFUL if name in names)


def _met(conditional: Sequence[Act], ripe: Mapping[str, Moment]) -> bool | None:
    """Return whether every condition put is met; None where none is put or one of them is not understood."""
    if not conditional or any(act.what.condition is None for act in conditional):
        return None
    return all(act.event.id in ripe for act in conditional)


def _agreed(answers: Sequence[Answer]) -> bool:
    return bool(answers) and all(a.answer == "accepted" or a.condition_met is True for a in answers)


def _per_source(given: Sequence[Act]) -> dict[str, AnswerName]:
    sources = sorted({report for act in given for report in reports(act.event)})
    by_source = {source: _latest([act for act in given if source in reports(act.event)]) for source in sources}
    return {source: _agreeing({ANSWERS[act.name] for act in latest}) for source, latest in by_source.items()}
