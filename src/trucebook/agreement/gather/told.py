"""The moves of a case as the ledger takes them: by canonical name, with what they are about."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from trucebook.agreement.gather.topics import ends_fighting, has_vehicle, is_approving, is_settled, refusals, topic
from trucebook.agreement.model import Cited
from trucebook.agreement.when import TimeError, When, on, when
from trucebook.dossier.actors import represented
from trucebook.dossier.moves import Verdicts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

    from trucebook.dossier.model import Actor, Dossier
    from trucebook.reading.model import Move, Reading

# Acts by which something is offered, and by which it is answered.
OFFERS = frozenset({"propose", "counter"})
ANSWERS = frozenset({"accept", "accept_if", "refuse", "counter", "agree", "sign"})
# Of those, by which it is agreed to.
AGREEING = frozenset({"accept", "agree", "sign"})
# Acts that say that there is no answer yet.
WAITING = frozenset({"postpone", "ask_clarification"})
# "A contract that costs jobs", but not "a contract that Oslo proposed".
_ANY = re.compile(r"(?:an?|any)\s", re.IGNORECASE)
_SUCH = re.compile(r"\s+(?:that|which|who)\s(?!.{0,60}\b(?:propos|offer|draft|present|put forward|suggest|submit))")
# Words for putting a thing off, which may be what is agreed on.
_DEFERRING = ("put", "postpon", "delay", "defer", "push")
# Acts of several, and what a deal is about of which nothing is told.
_JOINT = frozenset({"agree", "sign"})
DEAL = "agreement"
_ABOUT_AN_OFFER = OFFERS | ANSWERS | WAITING | {"relay", "welcome", "withdraw"}


@dataclass(frozen=True, kw_only=True)
class Told:
    """A move as a report tells it.

    Attributes:
        report: id of the report.
        move: the move.
        actors: who does it, by canonical names, persons before those for whom they act.
        parties: the states and bodies for which they act; the actors where there are none.
        recipients: to whom it is addressed, by canonical names.
        sides: the states and bodies of whoever does it; who speaks for a state does not answer it.
        about: the concepts of its object; of the offer spoken of before where it only points back ("it").
        object: the words of its object; empty where it has none.
        words: all of its words.
        trigger: the words that tell the act.
        learnt: the day the report was published.
        is_of_any: whether its object is any thing of a kind ("a contract that costs jobs"), none that was offered.
        if_says: the words of its condition; empty where it has none.
        antecedent: the move about the offer to which it points back ("it", "the proposal").
    """

    report: str
    move: Move
    actors: tuple[str, ...]
    parties: tuple[str, ...]
    recipients: tuple[str, ...]
    sides: frozenset[str]
    about: tuple[str, ...]
    object: str
    words: str
    trigger: str
    learnt: When | None
    is_of_any: bool = False
    if_says: str = ""
    antecedent: Told | None = None

    @property
    def evidence(self) -> tuple[Cited, ...]:
        """Where it is told, and its condition behind it."""
        spans = (self.move.span, self.move.condition)
        return tuple(Cited(report=self.report, span=span) for span in spans if span is not None)

    @property
    def time(self) -> When | None:
        """When it was or will be done, by the words of the report."""
        return moment(self.move.time)

    @property
    def happened(self) -> When | None:
        """When it was done; what is told without a time, on the day of publication or the day before.

        That is what news tells as a rule, and it keeps two answers of one day's reports from being put in an order.
        """
        if self.time is not None or self.learnt is None or self.learnt.start is None:
            return self.time
        return When(start=self.learnt.start - datetime.timedelta(days=1), end=self.learnt.end)

    @property
    def is_waiting(self) -> bool:
        """Whether it says that there is no answer yet; who is to put something else off answers nothing by that."""
        deferring = self.trigger.casefold().startswith(_DEFERRING)
        return self.move.act in WAITING and not (deferring and self.move.status != "done")

    @property
    def is_awaited(self) -> bool:
        """Whether it is an approval that is still to be given ("must still be ratified")."""
        awaited = self.move.act == "accept" and self.move.status == "possible"
        # "Signed off" is known by the words, for the trigger is the verb alone.
        return awaited and (is_approving(self.trigger) or "off" in self.words.split())

    def inside(self, other: Told) -> bool:
        """Whether it is told inside the words of another move of the same report."""
        return self.report == other.report and other.move.span.covers(self.move.span) and self is not other


def told_moves(dossier: Dossier) -> list[Told]:
    """Return the moves of all readings as people judged them, in the order of the reports and of their words."""
    names = canonical_names(dossier)
    sides = _sides(dossier.actors)
    acting = {a.name: a.state.value for a in dossier.actors if a.type == "person" and a.state is not None}
    judged = Verdicts(dossier)
    return [
        told
        for reading in dossier.readings
        for told in _pointing_back(list(_of(reading, judged.applied(reading), names, (sides, acting))))
    ]


def _sides(actors: Sequence[Actor]) -> dict[str, str]:
    """Return the state for which a body acts, and the head whose name it bears ("the Marlow administration")."""
    sides = represented(actors)
    heads = {body.partition(" ")[0]: state for body, state in sides.items()}
    last = {a.name: a.name.rpartition(" ")[2] for a in actors if a.type == "person"}
    return sides | {name: heads[family] for name, family in last.items() if family in heads}


def canonical_names(dossier: Dossier) -> Mapping[tuple[str, str], str]:
    """Return the canonical name of each report's actors, by report and the name there."""
    by_alias = {(r, alias): a.name for a in dossier.actors for r in a.reports for alias in (*a.aliases, a.name)}
    local = ((reading.report.id, actor.name) for reading in dossier.readings for actor in reading.actors)
    return {key: by_alias.get(key, key[1]) for key in local}


def _of(
    reading: Reading,
    moves: Iterable[Move],
    names: Mapping[tuple[str, str], str],
    behind: tuple[Mapping[str, str], Mapping[str, str]],
) -> Iterator[Told]:
    """The moves of a report; `behind` has the states of bodies, and those of persons, by what all reports tell."""
    sides, acting = behind
    report, text = reading.report.id, reading.report.text
    actors = {a.name for a in reading.actors} | {alias for a in reading.actors for alias in a.aliases}
    published = on(reading.report.published) if reading.report.published else None
    for move in moves:
        named = _named(move.actors, report, names)
        parties = _named(move.parties, report, names)
        words = " ".join(move.object.of(text).split()) if move.object else ""
        yield Told(
            report=report,
            move=move,
            actors=tuple(dict.fromkeys((*named, *parties))),
            parties=parties or tuple(dict.fromkeys(acting.get(n, n) for n in named)),
            recipients=_named(move.recipients, report, names),
            sides=frozenset(sides.get(n, n) for n in (*(acting.get(n, n) for n in named), *parties)),
            about=_about(words, actors),
            object=words,
            words=" ".join(move.span.of(text).split()),
            trigger=" ".join(move.trigger.of(text).split()) if move.trigger else "",
            learnt=published,
            is_of_any=bool(move.object and _ANY.match(words) and _SUCH.match(text, move.object.end)),
            if_says=" ".join(move.condition.of(text).split()) if move.condition else "",
        )


def _about(words: str, actors: Set[str]) -> tuple[str, ...]:
    """What an object is about; of "to drop its duties" the duties, where that says anything."""
    if ends_fighting(words):
        # "To halt the fighting": a truce, told by its verb.
        return topic(words, actors)
    to, _, rest = words.partition(" ")
    _, _, things = rest.partition(" ")
    return (topic(things, actors) if to.casefold() == "to" else ()) or topic(words, actors)


def _named(found: Iterable[str], report: str, names: Mapping[tuple[str, str], str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names.get((report, name), name) for name in found))


def _pointing_back(moves: Sequence[Told]) -> Iterator[Told]:
    """What points back ("accepted it", "the proposal") is about what the offer before it is about.

    "The deal" points back to what is agreed or offered as a deal, and an answer to an offer that was made before it.
    """
    offered: Told | None = None
    agreed: Told | None = None
    for move in moves:
        # "Reached a deal", of which no more is told.
        bare = move.move.act in _JOINT and not move.about and agreed is None and is_settled(move.object)
        told = replace(move, about=(DEAL,)) if bare else move
        last = agreed if is_settled(told.object) else offered
        offer = told.move.act in _ABOUT_AN_OFFER
        # "Several clauses had not been agreed" is nothing that "the deal" could mean.
        told_of = told.move.status != "denied" or told.move.act not in AGREEING
        if offer and told_of and told.about and (told.move.act in OFFERS | ANSWERS or has_vehicle(told.object)):
            offered = told
            # "Agreed to set up a working group" is part of a deal, and no other one that "the deal" could mean.
            part = agreed is not None and told.object.casefold().startswith("to ")
            agreed = told if (told.move.act in ANSWERS and not part) or is_settled(told.object) else agreed
        back = offer and not told.about and _answers(told) and last is not None and not _is_older(told, last)
        yield replace(told, about=last.about, antecedent=last) if back and last is not None else told


def _answers(told: Told) -> bool:
    """Whether a move without an object answers by its verb: who "would not sit down" refuses something else."""
    if told.object or told.move.act != "refuse":
        return True
    return any(word.startswith(refusals()) for word in told.trigger.casefold().split())


def _is_older(told: Told, offer: Told) -> bool:
    """Whether a move was certainly done before an offer was made, and so cannot answer it."""
    before = told.time is not None and offer.happened is not None and told.time.before(offer.happened)
    return told.move.act in ANSWERS and offer.move.act in OFFERS and before


def moment(value: str | None) -> When | None:
    """Return the time of a TIMEX3 value; None where it names no interval of the calendar."""
    if value is None or value.startswith("P"):
        return None
    try:
        return when(value)
    except TimeError:  # a value that names no interval of the calendar ("FUTURE_REF", "2024-SP")
        return None
