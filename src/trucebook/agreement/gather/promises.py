"""Commitments: what somebody undertakes to do, with what it depends on and by when."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from trucebook.agreement.gather.told import ANSWERS, OFFERS
from trucebook.agreement.gather.topics import alike, topic

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from trucebook.agreement.gather.told import Told

# Acts that undertake what is in their object; acts that, told as to come, are undertaken.
_UNDERTAKE = frozenset({"promise", "agree"})
_TO_COME = frozenset({"resume", "suspend", "withdraw", "relay", "sign", "accept_if"})
# Acts of persons, which are undertaken where somebody says that they will do so, not where they are expected.
_PERSONAL = frozenset({"meet", "mediate"})
# What others expect of somebody is not undertaken.
_EXPECTED = re.compile(r"\b(?:expected|likely|anticipated)\b", re.IGNORECASE)
# "The remaining hostages" are not those that go first.
_OTHERS = re.compile(r"\b(?:remaining|rest|others?|second|final|last|further)\b", re.IGNORECASE)
_DETERMINERS = frozenset({"a", "an", "the", "it", "its", "this", "that", "any"})
_PRONOUNS = frozenset({"i", "we", "he", "she", "it", "they"})
# Characters below which words may be too few to tell what is undertaken, and above which they tell too much.
_TELLING = (20, 140)


class Undertaking(NamedTuple):
    """What one debtor undertakes, as one or several reports tell it.

    Attributes:
        id: what events call it by.
        moves: the moves that tell it.
        act: what is undertaken: the act of the vocabulary.
        debtor: who undertakes it.
    """

    id: str
    moves: tuple[Told, ...]
    act: str
    debtor: tuple[str, ...]

    @property
    def says(self) -> str:
        """It in the words of a report: those which name most of what it is about, and then the shortest."""
        return max(self.moves, key=_telling).words

    @property
    def creditor(self) -> tuple[str, ...]:
        """To whom: who is named as its recipient."""
        return tuple(dict.fromkeys(r for m in self.moves for r in m.recipients if r not in self.debtor))


def undertakings(moves: Sequence[Told]) -> list[Undertaking]:
    """Return what is undertaken, each once: by the same debtor, the same act and the same subject."""
    groups: dict[tuple[tuple[str, ...], str], list[list[Told]]] = defaultdict(list)
    for told in _undertaken(moves):
        debtor = _debtor(told)
        if not debtor:
            continue
        same = groups[debtor, told.move.act]
        home = next((g for g in same if any(_same(told, other) for other in g)), None)
        if home is None:
            same.append([told])
        else:
            home.append(told)
    found = []
    for (debtor, act), lists in groups.items():
        found += [Undertaking(_id(debtor, act, group), tuple(group), act, debtor) for group in lists]
    return found


def _debtor(told: Told) -> tuple[str, ...]:
    return told.actors[:1] if told.move.act in _PERSONAL else told.parties


def _undertaken(moves: Iterable[Told]) -> Iterator[Told]:
    """The moves that undertake something; of "promised to resume aid" the resumption, which is what is promised."""
    by_report: dict[str, list[Told]] = defaultdict(list)
    for told in moves:
        by_report[told.report].append(told)
    for told in moves:
        act, status = told.move.act, told.move.status
        if _EXPECTED.search(told.words):
            continue
        if act == "agree" and status in {"planned", "conditional"}:
            # "Is to be concluded", "agreed to conclude"; nobody concludes a deal alone.
            if len(told.parties) > 1:
                yield told
            continue
        if status not in {"done", "planned", "conditional"} or (act in _TO_COME and status == "done"):
            continue
        if act not in _UNDERTAKE | _TO_COME | _PERSONAL:
            continue
        near = by_report[told.report]
        if act in _UNDERTAKE:
            acted = _TO_COME | _PERSONAL | ANSWERS | OFFERS
            inner = any(m.inside(told) and m.move.act in acted and set(m.actors) & set(told.actors) for m in near)
            if not inner and _is_doing(told):
                yield told
        elif act in _TO_COME or _is_said(told, near):
            yield told


def _is_said(told: Told, near: Iterable[Told]) -> bool:
    """Whether who is to meet says so himself: a promise of his holds the words."""
    own = (m for m in near if m.move.act in _UNDERTAKE and m.move.span.touches(told.move.span))
    return told.move.status != "done" and any(set(m.actors) & set(told.actors) for m in own)


def _is_doing(told: Told) -> bool:
    """Whether what is agreed or promised is to do something, not a thing ("agreed to the plan")."""
    words = [w.strip('[(“"') for w in told.object.casefold().split()]
    to_do = len(words) > 1 and words[0] == "to" and words[1] not in _DETERMINERS
    return to_do or (told.move.act == "promise" and told.move.status in {"planned", "conditional"})


def _same(one: Told, other: Told) -> bool:
    if one.move.act in _PERSONAL:
        return bool(set(one.recipients) & set(other.recipients)) or (one.time is not None and one.time == other.time)
    if bool(_OTHERS.search(one.object)) != bool(_OTHERS.search(other.object)):
        return False
    if alike(one.about, other.about):
        return True
    to_the_same = bool(set(one.recipients) & set(other.recipients))
    return to_the_same and not (one.about and other.about)


def _id(debtor: Sequence[str], act: str, group: Sequence[Told]) -> str:
    subject = next((m.about for m in group if m.about), ()) or next((m.recipients for m in group if m.recipients), ())
    return " ".join((*debtor, act, *subject[:3]))


def _telling(told: Told) -> tuple[bool, bool, bool, int, int, str]:
    """How well a move's words tell what is undertaken; a condition stands apart, and "we" or "he" tells less."""
    words = told.words
    first = words.casefold().split()[0] if words else ""
    pronoun = first.split("’")[0].split("'")[0] in _PRONOUNS
    fits = _TELLING[0] <= len(words) <= _TELLING[1]
    return fits, told.move.condition is None, not pronoun, len(topic(words)), -len(words), words
