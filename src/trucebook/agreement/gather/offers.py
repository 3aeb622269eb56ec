"""Proposals: moves of offering and answering that are about one subject, gathered with the terms the reports give."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from trucebook.agreement.gather.terms import Durations
from trucebook.agreement.gather.threads import threads
from trucebook.agreement.gather.told import AGREEING, ANSWERS, OFFERS, WAITING, moment
from trucebook.agreement.gather.topics import commonest, has_vehicle, is_settled, topic
from trucebook.agreement.model import Proposal
from trucebook.dossier.features import concept

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from trucebook.agreement.gather.told import Told
    from trucebook.agreement.when import When
    from trucebook.reading.model import Clause, Reading
    from trucebook.span import Span

_TELL = OFFERS | ANSWERS
_REFUSING = frozenset({"refuse", "accept_if"})
# Characters of the words by which an offer is called.
_SHORT = 60
_CLAUSE = 90
_ASKED = OFFERS | ANSWERS | WAITING | {"relay"}


# Verbs that say of an offer only that it is to hold ("to declare a truce").
_BEGINNING = frozenset(
    {
        "accept",
        "adopt",
        "agree",
        "conclude",
        "declare",
        "enact",
        "enter",
        "establish",
        "extend",
        "have",
        "hold",
        "implement",
        "initiate",
        "institute",
        "introduce",
        "observe",
        "reach",
        "sign",
    }
)
# Verbs by which something takes effect, the first of them with what follows ("take effect", "enter into force").
_BEGINS = frozenset({"take", "enter", "come", "begin", "start", "commence"})
# What makes what follows a part of what begins ("talks on the truce").
_BETWEEN = frozenset({"about", "after", "before", "for", "in", "of", "on", "over", "to", "under"})
_ARTICLES = frozenset({"a", "an", "the", "its", "this", "that"})


# What one asks of another is not what one offers.
_ASKING = frozenset({"appeal", "appeals", "call", "calls", "demand", "demands", "request", "requests"})
# When it was agreed is not what was.
_DATED = re.compile(r" on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day$")


@dataclass
class Offer:
    """A proposal being gathered.

    Attributes:
        anchor: the concept that all of its moves are about.
        moves: those that offer it, answer it, pass it on or leave it open.
        extension: by report, the words on how it may be extended, with their place.
        durations: by report, how long it is to last.
        starts: by report, when it takes effect.
        scope: what it is limited to, if it is.
        number: which of the offers about its concept it is; the one that is told of most is 0.
    """

    anchor: str
    moves: list[Told] = field(default_factory=list)
    extension: dict[str, tuple[str, Span]] = field(default_factory=dict)
    durations: dict[str, str] = field(default_factory=dict)
    starts: dict[str, When] = field(default_factory=dict)
    scope: frozenset[str] = frozenset()
    number: int = 0

    @property
    def id(self) -> str:
        """What events call it by."""
        return f"{self.anchor} {self.number + 1}" if self.number else self.anchor

    @cached_property
    def what(self) -> str:
        """It in words: the fullest object of an offer or answer that names it and is short."""
        told = [m.object for m in self.moves if m.move.act in _TELL and self.anchor in topic(m.object)]
        words = {_bare(w if _is_to_do(w) or _is_clause(w) else _through(w, self.anchor)) for w in told}
        words = {w for w in words if not has_vehicle(w)} or words
        short = [w for w in words if len(w) <= (_CLAUSE if _is_clause(w) else _SHORT)]
        return max(
            short,
            key=lambda w: (len(w.split()), any(c.isdigit() for c in w), w),
            default=min(words, key=len, default=self.anchor),
        )

    def offered(self) -> Iterator[Told]:
        """Yield the moves that offer it as done; of a deal whose proposer nobody tells, those that agree to it."""
        done = [m for m in self.moves if m.move.status == "done" and m.parties]
        made = [m for m in done if m.move.act in OFFERS]
        agreed = [m for m in done if m.move.act in AGREEING]
        # "Rejected the offer of a raise": it was made, whoever made it.
        yield from made or agreed or (m for m in done if m.move.act in _REFUSING and has_vehicle(m.object))

    def terms(self, told: Told, addressees: Sequence[str]) -> Proposal:
        """Return its terms as the report of one move tells them."""
        extension = self.extension.get(told.report)
        return Proposal(
            id=self.id,
            what=self.what,
            proposers=told.parties if told.move.act in OFFERS else (),
            addressees=tuple(a for a in addressees if told.move.act not in OFFERS or a not in told.parties),
            duration=self.durations.get(told.report),
            extension=extension[0] if extension else None,
            start=self.starts.get(told.report),
            scope=" and ".join(sorted(self.scope)) or None,
            if_says=told.if_says if told.move.act in OFFERS else "",
        )

    def addressees(self) -> tuple[str, ...]:
        """Return whose answer it asks for: to whom it is made or carried, who answers, and who is said not to have."""
        first = self.proposing_side()
        asked: list[str] = []
        for told in self.moves:
            act = told.move.act
            if (not first and (told.is_awaited or _is_to_come(told))) or (act == "refuse" and _is_to_come(told)):
                # Whoever still has to approve a deal, or will vote against it, is not for that a party to it.
                continue
            if act in ANSWERS | WAITING and not told.sides & first:
                asked += told.parties
            if act in OFFERS or act == "relay":
                asked += [r for r in told.recipients if r not in first]
        return tuple(dict.fromkeys(asked))

    def proposing_side(self) -> frozenset[str]:
        """Return who makes it, by most reports, with the state or body they act for."""
        proposers = Counter(m.sides for m in self.offered() if m.move.act in OFFERS)
        return max(proposers, key=lambda side: (proposers[side], sorted(side)), default=frozenset())


def offers(moves: Sequence[Told], readings: Mapping[str, Reading]) -> list[Offer]:
    """Return the proposals of a case, those with most moves first.

    An offer that one report mentions in passing, that nobody answers and that is carried to nobody, is none yet.
    """
    tellings = [m for m in moves if m.move.act in _TELL and m.about]
    counts = commonest(m.about for m in tellings)
    by_anchor: dict[str, list[Told]] = defaultdict(list)
    for told in moves:
        anchor = max(told.about, key=lambda c: counts.get(c, 0), default=None)
        if anchor is not None and told.move.act in _ASKED and anchor in counts and not _is_of_any(told):
            by_anchor[anchor].append(told)
    found = [o for anchor, those in by_anchor.items() for o in _apart(anchor, those, readings)]
    kept = [o for o in found if _stands(o)]
    durations = Durations(readings)
    for offer in kept:
        _find_terms(offer, readings, durations)
    return sorted(kept, key=lambda o: (-len(o.moves), o.id))


def _apart(anchor: str, moves: Sequence[Told], readings: Mapping[str, Reading]) -> Iterator[Offer]:
    """The offers about one subject; the one that is told of most bears the subject's name."""
    for number, thread in enumerate(threads(moves, readings)):
        yield Offer(anchor, thread.moves, scope=thread.terms.scope, number=number)


def _is_of_any(told: Told) -> bool:
    """`Will not accept a contract that costs jobs`, `refused a request to leave`: no offer that was made."""
    # Who has signed "a truce that begins on Monday" has signed one.
    concluded = told.move.act in {"agree", "sign"} and told.move.status == "done"
    # "Refused a request to let them in" answers a request.
    asked = re.split(r"\b(?:to|for|that|by|from)\b", told.object, maxsplit=1)[0].casefold().split()
    return told.move.act in ANSWERS and ((told.is_of_any and not concluded) or bool(_ASKING & set(asked)))


def _is_to_come(told: Told) -> bool:
    """Whether an answer is only planned or expected; a yes on a condition is given."""
    coming = {"planned", "possible", "conditional"} if told.move.act != "accept_if" else {"possible"}
    return told.move.act in ANSWERS and told.move.status in coming and not told.is_awaited


def _stands(offer: Offer) -> bool:
    side = offer.proposing_side()
    if not side:
        return _is_deal(offer) or any(m.move.act in _REFUSING for m in offer.offered())
    answered = any(m.move.act in ANSWERS | WAITING and m.sides and not m.sides & side for m in offer.moves)
    carried = any(m.move.act == "relay" or (_is_one(m) and set(m.recipients) - side) for m in offer.moves)
    return answered or carried or len({m.report for m in offer.offered()}) > 1


def _is_one(told: Told) -> bool:
    """Whether a move makes an offer, and not several at once ("overtures to Denmark"); "offers" may be a verb."""
    word = told.trigger.casefold()
    several = word != "offers" and word.endswith("s") and has_vehicle(word.removesuffix("s"))
    return told.move.act in OFFERS and not several


def _is_deal(offer: Offer) -> bool:
    """Whether two sides agree to it, by one report or by several: a deal, whoever proposed it."""
    agreeing = list(offer.offered())
    if any(m.move.act in {"agree", "sign"} and is_settled(m.object) for m in agreeing):
        # Nobody reaches an accord alone, though the other side may have no name.
        return True
    joint = any(len(m.sides) > 1 for m in agreeing)
    return joint or (len({m.report for m in agreeing}) > 1 and len({s for m in agreeing for s in m.sides}) > 1)


def _find_terms(offer: Offer, readings: Mapping[str, Reading], durations: Durations) -> None:
    by_report: dict[str, list[Told]] = defaultdict(list)
    for told in offer.moves:
        by_report[told.report].append(told)
    for report, moves in by_report.items():
        lengths = Counter(v for told in moves if told.move.act in _TELL for v in durations.inside(told))
        if lengths:
            offer.durations[report] = max(lengths, key=lambda d: lengths[d])
        if (begins := _finest(list(_beginnings(offer, readings[report])))) is not None:
            offer.starts[report] = begins
        extension = next(_extensions(offer, moves, readings[report]), None)
        if extension is not None:
            offer.extension[report] = extension


def _beginnings(offer: Offer, reading: Reading) -> Iterator[When]:
    """When the report says that it takes, took or is to take effect ("The truce begins on Monday")."""
    for clause in reading.clauses:
        told = clause.modality in {"asserted", "planned"} or (clause.modality == "possible" and clause.attribution)
        if clause.negated or clause.condition or not told or not _tells_beginning(clause, reading, offer.anchor):
            continue
        times = (t for t in reading.times if t.type in {"DATE", "TIME"} and t.span.touches(clause.span))
        days = [d for t in times if (d := moment(t.value)) is not None]
        if len(days) == 1:
            yield days[0]


def _finest(times: Sequence[When]) -> When | None:
    """The most exact of several times, where it lies within all others; None where they are at odds."""
    finest = min(times, key=lambda t: t.last - t.first, default=None)
    within = finest is not None and all(t.first <= finest.first and finest.last <= t.last for t in times)
    return finest if within else None


def _tells_beginning(clause: Clause, reading: Reading, anchor: str) -> bool:
    """Whether a clause says of the offer itself that it begins, and not of talks on it: it stands before the verb."""
    words = [w for w in clause.words if not w.startswith("@")]
    at = next((i for i, w in enumerate(words) if w in _BEGINS), 0)
    light = words[at : at + 1] != ["take"] or "effect" in words[at:]
    forced = words[at : at + 1] not in (["enter"], ["come"]) or {"force", "effect"} & set(words[at:])
    if not (at > 0 and concept(words[at - 1]) == anchor and light and forced):
        return False
    told = clause.span.of(reading.report.text).split()
    named = next((i for i, w in enumerate(told) if anchor in topic(w)), 0)
    return not any(w.casefold() in _BETWEEN for w in told[:named])


def _extensions(offer: Offer, moves: Sequence[Told], reading: Reading) -> Iterator[tuple[str, Span]]:
    """Statements that something can be extended, in a sentence that speaks of the offer or right behind one.

    Of several offers about one subject it is that one's whose words the sentence, or the one before it, holds.
    """
    spoken = {c.sentence for c in reading.clauses if offer.anchor in _concepts(c)}
    if offer.number:
        spoken &= {i for m in moves for i in _sentences(m, reading)}
    for clause in reading.clauses:
        # "They extended it until Friday" is done, and not how it may be extended.
        done = clause.modality == "asserted" and not clause.condition
        if not done and concept(clause.predicate) == "extend" and {clause.sentence, clause.sentence - 1} & spoken:
            yield " ".join(clause.span.of(reading.report.text).split()), clause.span


def _sentences(told: Told, reading: Reading) -> range:
    """The numbers of the sentences that the words of a move lie in."""
    first = bisect_right(reading.sentences, told.move.span.start, key=lambda s: s.span.start)
    end = bisect_right(reading.sentences, told.move.span.end - 1, key=lambda s: s.span.start)
    return range(max(first - 1, 0), end)


def _concepts(clause: Clause) -> set[str]:
    return {concept(word) for word in clause.words}


def _is_to_do(words: str) -> bool:
    """Whether an object is an act, told whole in few words ("to link the bank with the port")."""
    return words.casefold().startswith("to ") and len(words) <= _SHORT


def _is_clause(words: str) -> bool:
    """Whether an object tells what is to be done to something ("the men be handed over"), in few words."""
    both = words.casefold().startswith(("both ", "all ", "each ", "the two "))
    return (" be " in words or both) and len(words) <= _CLAUSE


def _through(words: str, anchor: str) -> str:
    """The words up to the one that names what the offer is about; what follows is told beside it."""
    parts = words.split()
    end = next((i + 1 for i, part in enumerate(parts) if anchor in topic(part)), len(parts))
    while end < len(parts) and has_vehicle(parts[end]):  # "a pay offer"
        end += 1
    return " ".join(parts[:end]).rstrip(".,;:")


def _bare(words: str) -> str:
    """The object of an offer without its article, and without the offer that holds it ("a proposal for a truce")."""
    for opener in (" for a ", " for an "):
        words = words.split(opener, 1)[-1]
    parts = words.split()
    if words.casefold().startswith("to ") and len(parts) > 1:
        if parts[1].casefold() not in _BEGINNING:
            return " ".join(parts[1:])
        words = " ".join(parts[next((i for i, p in enumerate(parts) if p.casefold() in _ARTICLES), 2) :])
    words = _DATED.sub("", words)
    first, _, rest = words.partition(" ")
    return rest if first.casefold() in _ARTICLES and rest else words
