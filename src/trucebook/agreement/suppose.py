"""What would follow if something happened: from the conditions that were told alone, as a difference of states.

Nothing is guessed about what anybody would do next. What is supposed is read from a few words by a closed grammar: a
party and what it does ("Tomaria accepts"), or time going by ("30 days pass").
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal

import msgspec

from trucebook.agreement.difference import Change, difference
from trucebook.agreement.facts import key
from trucebook.agreement.model import Cited, Event, Exercised, Happened, Happens
from trucebook.agreement.state import StateOfPlay, play
from trucebook.agreement.turns import ON_THE_TABLE
from trucebook.agreement.when import NEVER, TICK, Moment, When, later
from trucebook.errors import TrucebookError
from trucebook.lexicons import load

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

#: What stands in the place of a report where something is only supposed.
SUPPOSED: Final = "supposed"
_TIME: Final = re.compile(r"(\d{1,4}|an?|one) (hour|day|week|month|year)s? (?:pass(?:es)?|go(?:es)? by|later)")
_ISO: Final = {"hour": "PT{}H", "day": "P{}D", "week": "P{}W", "month": "P{}M", "year": "P{}Y"}


class Verb(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A verb that may be supposed.

    Attributes:
        forms: how it may be written.
        act: the act it stands for.
        on: what it is done to: an open proposal, an offer of one's own, a commitment one has, or one owed to one.
    """

    forms: tuple[str, ...]
    act: str
    on: Literal["offer", "own_offer", "debt", "claim", "consequent"]


class Verbs(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file `suppositions.toml`."""

    verbs: tuple[Verb, ...]


class SuppositionError(TrucebookError):
    """Words that suppose nothing that can be followed up.

    Args:
        words: as they were given.
        reason: what is wrong with them.
        remedy: what can be supposed.
    """

    def __init__(self, words: str, reason: str, remedy: str) -> None:
        self.words, self.reason, self.remedy = words, reason, remedy
        super().__init__(f"cannot suppose {words!r}: {reason}; {remedy}")


class Supposed(msgspec.Struct, frozen=True, kw_only=True):
    """What would follow.

    Attributes:
        what: what is supposed, in the words it was given in.
        before: the state of play as it is.
        after: as it would be.
        changes: what would be different.
    """

    what: tuple[str, ...]
    before: StateOfPlay
    after: StateOfPlay
    changes: tuple[Change, ...]


def suppose(events: Sequence[Event], as_of: Moment, words: Iterable[str]) -> Supposed:
    """Return what would follow if some things happened, one after the other.

    Args:
        events: what is told.
        as_of: the moment from which they are supposed to happen.
        words: what is supposed, each like `Tomaria accepts`, `Tomaria refuses` or `30 days pass`.

    Raises:
        SuppositionError: some words suppose nothing that can be followed up.
    """
    before = after = play(events, as_of)
    told, now, said = list(events), as_of, tuple(words)
    for number, each in enumerate(said):
        passed = _passes(each)
        if passed is not None:
            now = later(now, passed)
        else:
            # Later than all that is told of the day: else nobody could say which of two answers came last.
            now = min(now, NEVER - TICK - TICK) + TICK
            told += _events(each, after, now, number)
        after = play(told, now)
    return Supposed(what=said, before=before, after=after, changes=difference(before, after))


def _passes(words: str) -> str | None:
    found = _TIME.fullmatch(key(words))
    if found is None:
        return None
    return _ISO[found[2]].format(found[1] if found[1].isdecimal() else 1)


def _events(words: str, state: StateOfPlay, now: Moment, number: int) -> list[Event]:
    actor, verb, rest = _parsed(words, _names(state))
    made = list(_bodies(actor, verb, rest, state))
    if not made:
        raise SuppositionError(words, f"there is nothing of {actor} that this could be about", _remedy(state))
    cited = (Cited(report=SUPPOSED, words=words),)
    then = When(start=now, end=now + TICK)
    return [
        Event(id=f"supposed:{number}:{place}", what=body, time=then, learnt=then, evidence=cited)
        for place, body in enumerate(made)
    ]


def _parsed(words: str, names: Sequence[str]) -> tuple[str, Verb, str]:
    """Return who does what to what; the longest name and the longest verb count."""
    said = key(words)
    for name in sorted(names, key=len, reverse=True):
        if not said.startswith(f"{key(name)} "):
            continue
        rest = said[len(key(name)) + 1 :]
        verbs = [(form, verb) for verb in load("suppositions.toml", Verbs).verbs for form in verb.forms]
        for form, verb in sorted(verbs, key=lambda pair: len(pair[0]), reverse=True):
            if rest == form or rest.startswith(f"{form} "):
                return name, verb, rest[len(form) + 1 :]
        raise SuppositionError(words, f"{rest!r} is no act that is known", _known_verbs())
    raise SuppositionError(words, "it begins with nobody who is a party here", f"the parties are {', '.join(names)}")


def _bodies(actor: str, verb: Verb, rest: str, state: StateOfPlay) -> Iterator[Happened | Exercised]:
    if verb.on in {"offer", "own_offer"}:
        yield from _on_offers(actor, verb, state)
    elif verb.on == "consequent":
        yield from _performed(actor, rest, state)
    else:
        yield from _on_commitments(actor, verb, rest, state)


def _on_offers(actor: str, verb: Verb, state: StateOfPlay) -> Iterator[Happened]:
    """Yield the act upon the latest offer on the table that the actor is asked about, or has made."""
    for offer in state.proposals:
        asked = {key(answer.party) for answer in offer.answers}
        concerned = asked if verb.on == "offer" else {*map(key, offer.proposal.proposers)}
        if offer.state in ON_THE_TABLE | {"accepted", "refused"} and key(actor) in concerned:
            yield Happened(act=verb.act, actors=(actor,), object=offer.proposal.id)
            return


def _on_commitments(actor: str, verb: Verb, rest: str, state: StateOfPlay) -> Iterator[Exercised]:
    for view in state.commitments:
        of = view.state.commitment
        side = of.debtor if verb.on == "debt" else of.creditor
        if key(actor) in map(key, side) and (not rest or rest in {key(of.id), key(of.says)}):
            yield Exercised(power=verb.act, commitment=of.id, actors=(actor,))  # type: ignore[arg-type]  # checked by a test of the file


def _performed(actor: str, rest: str, state: StateOfPlay) -> Iterator[Happened]:
    """Yield what the actor owes, or what a condition waits for him to do; all of it, or what `rest` names."""
    waited = [(view.state.commitment, leaf) for view in state.commitments for leaf in view.state.waits_for]
    seen: set[tuple[str, str]] = set()
    for of, leaf in waited:
        if not isinstance(leaf, Happens) or leaf.actor is None or key(leaf.actor) != key(actor):
            continue
        named = not rest or rest in {
            key(of.id),
            key(of.says),
            key(leaf.object or ""),
            key(f"{leaf.act} {leaf.object or ''}"),
        }
        if named and (leaf.act, leaf.object or "") not in seen:
            seen.add((leaf.act, leaf.object or ""))
            yield Happened(act=leaf.act, actors=(actor,), object=leaf.object)


def _names(state: StateOfPlay) -> tuple[str, ...]:
    """Return everybody who is named in the state of play."""
    names = [
        name for offer in state.proposals for name in (*offer.proposal.proposers, *(a.party for a in offer.answers))
    ]
    names += [name for view in state.commitments for name in sorted(view.state.commitment.parties)]
    names += [
        leaf.actor for v in state.commitments for leaf in v.state.waits_for if isinstance(leaf, Happens) and leaf.actor
    ]
    return tuple(dict.fromkeys(names))


def _known_verbs() -> str:
    verbs = load("suppositions.toml", Verbs).verbs
    return f"say one of: {', '.join(verb.forms[0] for verb in verbs)}, or that some days pass"


def _remedy(state: StateOfPlay) -> str:
    offers = [offer.proposal.what or offer.proposal.id for offer in state.proposals]
    return f"the offers known are: {'; '.join(offers) or 'none'}"
