"""Persons of one report and their namesakes: who of them a name without a given name can mean."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from trucebook.reading.names import PersonName, agreement, pronoun_of

if TYPE_CHECKING:
    from collections.abc import Set

# Titles that stand before a given name alone ("Prince Mohammed").
_OF_GIVEN_NAME = frozenset(
    {"king", "queen", "prince", "princess", "pope", "sultan", "emir", "sheikh", "patriarch", "imam", "sister", "saint"}
)
# Titles of those who have only one name: it is never the family name of somebody else.
_CROWNED = frozenset({"king", "queen", "prince", "princess", "pope", "sultan", "emir", "emperor", "patriarch"})
_CALLED = {"mr": "he", "mrs": "she", "ms": "she", "miss": "she"}


@dataclass(frozen=True, kw_only=True)
class Run:
    """A run of tokens that looks like a person's name.

    Attributes:
        first: index of its first token, forms of address left out.
        end: index just past its last token.
        text: the name as written, brackets and line breaks left out.
        name: its parts.
        title: the word before it, in lower case, where that is a title or a form of address.
        person: whether the model takes it for a person.
    """

    first: int
    end: int
    text: str
    name: PersonName
    title: str = ""
    person: bool = False


@dataclass
class Person:
    """A person of the report, while the report is read.

    Attributes:
        names: the parts of every full form.
        runs: where the report names the person.
        forms: full forms with their counts; the bare form where there is no other.
        titles: titles that stand directly before the name somewhere.
    """

    names: list[PersonName] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    forms: Counter[str] = field(default_factory=Counter)
    titles: set[str] = field(default_factory=set)

    @property
    def name(self) -> str:
        """The fullest form: most words, then most frequent, then first in the alphabet."""
        return min(self.forms, key=lambda f: (-len(f.replace("-", " ").split()), -self.forms[f], f))

    def add(self, run: Run, *, full: bool) -> None:
        """Record one more place where the report names the person."""
        self.runs.append(run)
        if full:
            self.forms[run.text] += 1
            if run.name not in self.names:
                self.names.append(run.name)
        if run.title:
            self.titles.add(run.title)


class Families:
    """The persons of a report by family name.

    Attributes:
        persons: all of them, in order of appearance.
        by_family: by folded family name.
    """

    def __init__(self, persons: list[Person]) -> None:
        self.persons = list(persons)
        self.by_family: dict[str, list[Person]] = defaultdict(list)
        for person in persons:
            for family in dict.fromkeys(n.family for n in person.names):
                self.by_family[family].append(person)

    def same(self, run: Run) -> Person | None:
        """Return the one person whose full name agrees with that of `run`."""
        found = [p for p in self.by_family.get(run.name.family, ()) if agrees(p, run)]
        return found[0] if len(found) == 1 else None

    def add_crowned(self, runs: list[Run]) -> Set[int]:
        """Make persons of kings, popes and the like whose one name is the family name of others; return where they are.

        "King Harald" is not Saba Harald, whom nobody calls a king; a later bare "Harald" may be either.
        """
        crowned: dict[str, Person] = {}
        for run in runs:
            others = self.by_family.get(run.name.family, ())
            if run.title not in _CROWNED or not others:
                continue
            if not any(run.title in p.titles for p in others) and not self._by_given(run):
                text = f"{run.title.capitalize()} {run.text}"
                crowned.setdefault(text, Person()).add(replace(run, text=text), full=True)
        for person in crowned.values():
            self.persons.append(person)
            self.by_family[person.names[0].family].append(person)
        return {r.first for p in crowned.values() for r in p.runs}

    def candidates(self, run: Run) -> list[Person]:
        """Return the persons that a bare name can mean: those named in full before it, else all of that name."""
        every = self.by_family.get(run.name.family) or self._by_given(run)
        before = [p for p in every if min(r.first for r in p.runs) <= run.first]
        return before or every

    def _by_given(self, run: Run) -> list[Person]:
        """Persons who have the bare name among their other names ("Prince Harald")."""
        start = 0 if run.title in _OF_GIVEN_NAME else 1
        alike = self._given.get(run.name.family, ())
        return [p for p in alike if any(run.name.family in n.given[start:] for n in p.names)]

    @cached_property
    def _given(self) -> dict[str, list[Person]]:
        """The persons by given name: asked for when every full name is known."""
        found: dict[str, list[Person]] = defaultdict(list)
        for person in self.persons:
            for given in dict.fromkeys(g for n in person.names for g in n.given):
                found[given].append(person)
        return found


def agrees(person: Person, run: Run) -> bool:
    """Return whether a full name can be another form of a person's names."""
    return all(agreement(n, run.name) is not None or _tail(n, run.name) for n in person.names)


def _tail(long: PersonName, short: PersonName) -> bool:
    """Whether the shorter name is the end of the longer one ("García Lorca")."""
    return (
        long.family == short.family
        and long.suffix == short.suffix
        and long.given[1:][-len(short.given) :] == short.given
    )


def may_be(person: Person, title: str) -> bool:
    """Return whether a form of address fits a person, by others that the report uses and by the given name."""
    called = {_CALLED[t] for t in person.titles if t in _CALLED} or {pronoun_of(person.name) or ""} - {""}
    return title not in _CALLED or not called or _CALLED[title] in called
