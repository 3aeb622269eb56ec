"""Actors of one report: persons, states, organisations and places, each under its fullest name.

Pronouns are not resolved here. What the words leave open is kept as an abstention with its candidates.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import msgspec

from trucebook.reading.bodies import Body, abbreviations, find_bodies, find_governments, form, other_names
from trucebook.reading.gazetteer import find_hits
from trucebook.reading.groups import find_collectives
from trucebook.reading.known import find_known, known_by_name
from trucebook.reading.model import LocalActor, Mention, Office
from trucebook.reading.names import fold
from trucebook.reading.parse import span_of
from trucebook.reading.persons import find_persons, span_of_run
from trucebook.reading.places import located
from trucebook.reading.references import find_references
from trucebook.reading.roles import holder, read_role, roles_of, state_behind_name, tenure
from trucebook.reading.states import find_states, named_words
from trucebook.reading.unlisted import find_unlisted
from trucebook.span import SpanIndex, hull

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from spacy.tokens import Doc, Token

    from trucebook.reading.known import KnownActor
    from trucebook.reading.model import Abstention, ActorType
    from trucebook.reading.namesakes import Person, Run
    from trucebook.reading.parse import Parse
    from trucebook.reading.references import Pair, Reference
    from trucebook.span import Span


# Characters of an abbreviation that may be any.
_LETTER = 1


@dataclass(frozen=True, kw_only=True)
class Actors:
    """The actors of one report.

    Attributes:
        actors: in order of appearance.
        mentions: where they are named or taken up, in order and without overlap.
        pairs: descriptions that take up two of them together ("the two sides").
        abstentions: names and descriptions that were left undecided.
    """

    actors: tuple[LocalActor, ...] = ()
    mentions: tuple[Mention, ...] = ()
    pairs: tuple[Pair, ...] = ()
    abstentions: tuple[Abstention, ...] = ()

    def at(self, offset: int) -> Mention | None:
        """Return the mention that covers a character of the report."""
        return next((m for m in self.mentions if m.span.start <= offset < m.span.end), None)

    def named_in(self, parse: Parse, span: Span) -> Mention | None:
        """Return the mention that a noun phrase is about, or None where it only mentions somebody in passing.

        "Port minister Ada Marlow" is about Ada Marlow, "a spokesman for Ada Marlow" is not.

        Args:
            parse: the report.
            span: a noun phrase.
        """
        tokens = parse.tokens(span)
        if not len(tokens):
            return None
        heads = [
            tokens.root,
            *(c for c in tokens.root.children if c.dep_ == "appos" and span.start <= c.idx < span.end),
        ]
        return next((m for h in heads if (m := self.at(h.idx)) is not None), None)

    def pair_at(self, offset: int) -> Pair | None:
        """Return the description of two actors that covers a character of the report."""
        return next((p for p in self.pairs if p.span.start <= offset < p.span.end), None)

    def named(self, name: str) -> LocalActor:
        """Return the actor of this name.

        Raises:
            KeyError: the report has none.
        """
        for actor in self.actors:
            if actor.name == name:
                return actor
        raise KeyError(name)


@dataclass(frozen=True, order=True)
class _Draft:
    """A mention that may still lose to one that overlaps it; the lower rank wins, then the longer words."""

    rank: int
    length: int
    span: Span
    name: str
    type: ActorType
    form: str


def find_actors(parse: Parse, known: Sequence[KnownActor] = ()) -> Actors:
    """Return the actors that a report names.

    Args:
        parse: the report.
        known: actors that the user told of; they go by the name that the user gives them.
    """
    hits = find_hits(parse.prose)
    reserved = {t.i for h in named_words(parse, hits) for t in parse.tokens(h.span)}
    people = find_persons(parse, reserved)
    offices = _offices(parse.doc, people.persons)
    found = [*_persons(parse.doc, people.persons), *_governments(parse, people.persons)]
    named = {i for d in found for i in (t.i for t in parse.tokens(d.span))}
    found += [_Draft(3, -s.span.length, s.span, s.name, s.type, s.form) for s in find_states(parse, hits)]
    found += _bodies(find_bodies(parse, reserved | named), hits_of=_listed(found))
    found += [_Draft(6, -s.length, s, name, "organisation", f) for s, name, f in find_collectives(parse.doc)]
    found = _with_unlisted(parse.doc, found)
    found = _with_known(parse, _under_one_name(parse, _without_overlap(found)), known)
    offices = _told(offices, known)
    roles = {name: _roles(told) for name, told in offices.items()}
    given = {name: (*roles.get(name, ()), role) for name, role in _given(found, known).items()}
    taken_up = find_references(parse, _mentions(found), roles | given)
    kept = _without_overlap([*found, *(_taken_up(r) for r in taken_up.references)])
    where = SpanIndex((d.span, d) for d in kept)
    abstentions = [a for a in (*people.abstentions, *taken_up.abstentions) if not any(where.touching(a.span))]
    return Actors(
        actors=tuple(_local(parse, kept, offices)),
        mentions=_mentions(kept),
        pairs=taken_up.pairs,
        abstentions=tuple(sorted(abstentions, key=lambda a: a.span)),
    )


def _with_unlisted(doc: Doc, drafts: Sequence[_Draft]) -> list[_Draft]:
    """Make states of the places to which the report itself gives what only states have, wherever it names them."""
    names = {d.name for d in drafts if d.type == "place"} - {d.name for d in drafts if d.type == "person"}
    states = {d.form for d in drafts if d.type == "state"}
    unlisted = frozenset(n for n in find_unlisted(doc, names, states) if not find_hits(n)) if names else frozenset()
    if not unlisted:
        return list(drafts)
    own = [d for d in drafts if d.name not in unlisted or d.type != "place"]
    named = (t for t in doc if t.text in unlisted and t.tag_ in {"NNP", "NNPS"})
    return [*own, *(_Draft(4, -len(t.text), span_of(t), t.text, "state", t.text) for t in named)]


def _with_known(parse: Parse, drafts: Sequence[_Draft], known: Sequence[KnownActor]) -> list[_Draft]:
    """Give the actors that the user told of the user's names, and add those that the reading did not see.

    A known name that is only part of a longer one names somebody else: "Marlow" does not take "Edith Marlow".
    """
    if not known:
        return list(drafts)
    names = known_by_name(known)
    renamed = []
    for draft in drafts:
        actor = names.get(fold(draft.name))
        own = actor is not None and draft.type in {actor.type, "person", "organisation"}
        renamed.append(replace(draft, name=actor.name, type=actor.type) if own and actor is not None else draft)
    standing = SpanIndex((d.span, d) for d in renamed)
    added, gone = [], set()
    for span, actor in find_known(parse.prose, known):
        over = list(standing.touching(span))
        # "In Kalinsk" is the town even where Kalinsk is told to be another name of the state.
        if actor.type == "state" and span.of(parse.prose) != actor.name and located(parse.tokens(span).root):
            continue
        if all(span.covers(d.span) or d.name == actor.name for d in over):
            words = " ".join(span.of(parse.prose).split())
            added.append(_Draft(-1, -span.length, span, actor.name, actor.type, words))
            gone |= {d.span for d in over}
    return sorted([*added, *(d for d in renamed if d.span not in gone)], key=lambda d: d.span)


def _told(offices: Mapping[str, Sequence[Office]], known: Sequence[KnownActor]) -> dict[str, list[Office]]:
    """The offices that the report tells, by the names that the user gives."""
    names = known_by_name(known)
    told: dict[str, list[Office]] = {}
    for name, own in offices.items():
        actor = names.get(fold(name))
        told.setdefault(actor.name if actor is not None else name, []).extend(own)
    return told


def _given(drafts: Iterable[_Draft], known: Sequence[KnownActor]) -> dict[str, str]:
    """The roles that the user gives to persons whom the report names: they tell whom a description means."""
    present = {d.name for d in drafts}
    return {
        a.name: f"{a.state} {a.role}" if a.state else a.role
        for a in known
        if a.type == "person" and a.role and a.name in present
    }


def _under_one_name(parse: Parse, drafts: Sequence[_Draft]) -> list[_Draft]:
    """Give organisations that the report names in two ways one name."""
    first = other_names(parse.prose, [(d.span, d.name, d.type) for d in drafts])
    both = {*first, *first.values()}
    return [replace(d, name=first.get(d.name, d.name), type="organisation") if d.name in both else d for d in drafts]


def _mentions(drafts: Iterable[_Draft]) -> tuple[Mention, ...]:
    return tuple(Mention(span=d.span, actor=d.name, type=d.type) for d in drafts)


def _taken_up(found: Reference) -> _Draft:
    # An office goes before the state inside it: "the US Secretary of State" is a person.
    rank = 2 if found.type == "person" else 5
    return _Draft(rank, -found.span.length, found.span, found.actor, found.type, found.words)


def role_holder(actors: Actors, phrase: str) -> str | None:
    """Return the one person of the report whom a description of an office means ("the US secretary of state"), or None.

    Args:
        actors: of the report.
        phrase: the description, with or without its article.
    """
    found = holder(_bare(phrase), {a.name: a.roles for a in actors.actors if a.type == "person"})
    return found[0] if len(found) == 1 else None


def _bare(phrase: str) -> str:
    first, _, rest = phrase.partition(" ")
    return rest if first.lower() == "the" else phrase


def _persons(doc: Doc, persons: Iterable[Person]) -> Iterator[_Draft]:
    for person in persons:
        for run in person.runs:
            span = span_of_run(doc, run)
            prefix = doc[run.first - 1].text if span.start < doc[run.first].idx else ""
            yield _Draft(1, -span.length, span, person.name, "person", f"{prefix} {run.text}".strip())


def _governments(parse: Parse, persons: Iterable[Person]) -> Iterator[_Draft]:
    families = {n.family for p in persons for n in p.names}
    for tokens, name in find_governments(parse.doc, families):
        yield _Draft(0, -len(tokens.text), span_of(tokens), name, "organisation", form(tokens))


def _listed(drafts: Iterable[_Draft]) -> dict[str, str]:
    """The names of the gazetteer's that the report has, by the forms of other mentions that mean them."""
    listed = [d for d in drafts if d.rank == 3]
    short: dict[str, set[str]] = defaultdict(set)
    for draft in listed:
        if draft.type == "organisation" and " " in draft.form:
            for code in abbreviations(draft.form):
                short[fold(code)].add(draft.name)
    alone = {code: next(iter(names)) for code, names in short.items() if len(names) == 1 and len(code) > _LETTER}
    return alone | {fold(d.name): d.name for d in listed}


def _bodies(bodies: Iterable[Body], hits_of: Mapping[str, str]) -> Iterator[_Draft]:
    for body in bodies:
        name = hits_of.get(fold(body.name), body.name)
        for span, words in body.named():
            # "The U.S. Justice Department" is not the state that its name begins with.
            rank = 2 if not body.place and _begins_with_a_state(words) else 4
            yield _Draft(rank, -span.length, span, name, "place" if body.place else "organisation", words)


def _begins_with_a_state(words: str) -> bool:
    """Whether a state's name or adjective begins a longer name."""
    first = next((h for h in find_hits(words) if h.span.start == 0), None)
    return first is not None and first.kind in {"name", "adjective"} and first.span.end < len(words)


def _offices(doc: Doc, persons: Sequence[Person]) -> dict[str, list[Office]]:
    starts = frozenset(r.first for p in persons for r in p.runs)
    text = doc.text  # spaCy joins it anew every time that it is asked for
    return {
        person.name: list({o.span: o for r in person.runs for o in _offices_at(doc, r, starts, text)}.values())
        for person in persons
    }


def _offices_at(doc: Doc, run: Run, starts: frozenset[int], text: str) -> Iterator[Office]:
    """The offices around one name; that before it goes on behind it in "President Ada Marlow of Norway"."""
    seat = state_behind_name(doc, run.end)
    for span in roles_of(doc, run.first, run.end, starts):
        found = office(span, text)
        if seat is not None and span.end < doc[run.first].idx and not found.states:
            whole = f"{found.words} {' '.join(seat.of(text).split())}"
            states = tuple(sorted(read_role(whole).states))
            found = msgspec.structs.replace(found, words=whole, states=states, span=hull([span, seat]))
        yield found


def office(span: Span, text: str) -> Office:
    """Return what a phrase of office says.

    Args:
        span: where it stands.
        text: the report's prose.
    """
    words = " ".join(span.of(text).split())
    return Office(words=words, span=span, states=tuple(sorted(read_role(words).states)), when=tenure(words))


def _roles(offices: Iterable[Office]) -> tuple[str, ...]:
    """Each office once, in the spelling that is met first and in order of appearance."""
    first: dict[str, str] = {}
    for told in offices:
        first.setdefault(told.words.casefold(), told.words)
    return tuple(first.values())


def _without_overlap(drafts: Iterable[_Draft]) -> list[_Draft]:
    kept: dict[int, _Draft] = {}
    for draft in sorted(drafts):
        if not any(i in kept for i in range(*draft.span)):
            kept.update(dict.fromkeys(range(*draft.span), draft))
    return sorted(dict.fromkeys(kept.values()), key=lambda d: d.span)


def _local(parse: Parse, drafts: Sequence[_Draft], offices: Mapping[str, Sequence[Office]]) -> Iterator[LocalActor]:
    aliases: dict[tuple[ActorType, str], Counter[str]] = {}
    acts = Counter((d.type, d.name) for d in drafts if _acts(parse.tokens(d.span).root))
    where = SpanIndex((d.span, d) for d in drafts)
    for draft in drafts:
        aliases.setdefault((draft.type, draft.name), Counter())[draft.form] += 1
    for (kind, name), forms in aliases.items():
        told = [_belonging(o, name, where) for o in offices.get(name, ())] if kind == "person" else []
        yield LocalActor(
            name=name,
            type=kind,
            aliases=tuple(forms),
            roles=_roles(told),
            offices=tuple(sorted(told, key=lambda o: o.span)),
            acts=acts[kind, name],
        )


def _belonging(told: Office, holder: str, where: SpanIndex[_Draft]) -> Office:
    """An office with the actors that its words name beside the holder."""
    inside = [d for d in where.touching(told.span) if told.span.covers(d.span) and d.type != "place"]
    inside = [d for d in inside if d.name not in {holder, *told.states}]
    return msgspec.structs.replace(told, of=tuple(dict.fromkeys(d.name for d in reversed(inside))))


def _acts(head: Token) -> bool:
    """Whether a name is the subject of what is done, its agent in the passive, or stands behind "according to"."""
    head = head.head if head.dep_ == "appos" else head
    if head.dep_ == "pobj":
        return head.head.dep_ == "agent" or (head.head.lower_ == "to" and head.head.head.lower_ == "according")
    return head.dep_ == "nsubj"
