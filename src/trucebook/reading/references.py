"""Whom a definite description takes up: "the president", "Marlow's chief of staff", "the agency", "the two sides".

Each is decided by the report alone, from what was named before it: the offices that the report gives, the states that
the words name, the nearest paragraph in which one candidate alone was named, the place that the report is dated from.
Where that leaves two, the description stays open with both.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from trucebook.reading.cues import is_cue
from trucebook.reading.gazetteer import armed_groups, find_hits, organisations, state_adjective
from trucebook.reading.groups import groups
from trucebook.reading.model import Abstention, Mention
from trucebook.reading.names import fold
from trucebook.reading.roles import (
    HEADS,
    descriptions,
    held_under,
    holders,
    of_states,
    possessions,
    read_role,
    unmarked,
)
from trucebook.reading.titles import same_office, titles
from trucebook.span import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from spacy.tokens import Token

    from trucebook.reading.model import ActorType
    from trucebook.reading.parse import Parse
    from trucebook.reading.roles import Role

    Roles = Mapping[str, Sequence[str]]

# How many mentions back a description may reach, so that one endless paragraph costs no more than a short one.
_REACH = 40
_TWO = 2
_ARTICLES = frozenset({"a", "an", "another"})
# Nouns that, with no other bearer in the report, mean its one armed group.
_OF_FIGHTERS = frozenset({"group", "militia", "movement"})
_WHOSE = frozenset({"his", "her", "whose"})
_KINDS_OF_MEMBERS: dict[str, frozenset[str]] = {
    "state": frozenset({"state"}),
    "person": frozenset({"person"}),
    "party": frozenset({"state", "organisation"}),
    "organisation": frozenset({"organisation"}),
}


@dataclass(frozen=True, kw_only=True)
class Reference:
    """A description with the one actor that it takes up.

    Attributes:
        span: the words.
        words: the words on one line.
        actor: the actor's name in this report.
        type: what the actor is.
    """

    span: Span
    words: str
    actor: str
    type: ActorType


@dataclass(frozen=True, kw_only=True)
class Pair:
    """A description of two actors together ("the two sides").

    Attributes:
        span: the words.
        members: the two actors, by their names in this report, in the order in which they were named.
    """

    span: Span
    members: tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class References:
    """The descriptions of one report.

    Attributes:
        references: those that take up one actor.
        pairs: those that take up two.
        abstentions: those that were left open.
    """

    references: tuple[Reference, ...] = ()
    pairs: tuple[Pair, ...] = ()
    abstentions: tuple[Abstention, ...] = ()


class Scene:
    """Who was named where, for looking back from a place in the report.

    Args:
        parse: the report.
        mentions: its mentions by name, in order and without overlap.
    """

    def __init__(self, parse: Parse, mentions: Sequence[Mention]) -> None:
        self._parse = parse
        self._mentions = mentions
        self._starts = [m.span.start for m in mentions]
        self._named: dict[str, list[int]] | None = None
        # "Danish steel" names Denmark well enough to be one of two countries.
        every = [*mentions, *_adjectives(parse, self)]
        self._with_adjectives = sorted(every, key=lambda m: m.span)
        self._starts_with_adjectives = [m.span.start for m in self._with_adjectives]

    def at(self, offset: int) -> Mention | None:
        """Return the mention that covers a character."""
        place = bisect_left(self._starts, offset + 1) - 1
        found = self._mentions[place] if place >= 0 else None
        return found if found is not None and found.span.end > offset else None

    def last_named(self, actor: str, before: int) -> int:
        """Return where the report last names an actor before a place; -1 where it does not."""
        if self._named is None:
            self._named = defaultdict(list)
            for mention in self._mentions:
                self._named[mention.actor].append(mention.span.start)
        places = self._named.get(actor, [])
        at = bisect_left(places, before)
        return places[at - 1] if at else -1

    def organisations(self, fits: Callable[[str], bool]) -> dict[str, int]:
        """Return where the report first names each organisation that fits."""
        found: dict[str, int] = {}
        for mention in self._mentions:
            if mention.type == "organisation" and fits(mention.actor):
                found.setdefault(mention.actor, mention.span.start)
        return found

    def before(self, offset: int, *, adjectives: bool = False) -> tuple[list[Mention], list[Mention], list[Mention]]:
        """Return the mentions before a place: in its sentence, in the rest of its paragraph, in the one before that.

        Args:
            offset: the place.
            adjectives: whether states count that are named by their adjective alone.
        """
        here = self._parse.paragraph_at(Span(offset, offset + 1))
        paragraph = here.span.start if here else offset
        sentence = max(self._parse.sentence_before(offset + 1), paragraph)
        previous = self._parse.sentence_before(paragraph)
        above = self._parse.paragraph_at(Span(previous, previous + 1)) if previous < paragraph else None
        floor = above.span.start if above else paragraph
        mentions = self._with_adjectives if adjectives else self._mentions
        starts = self._starts_with_adjectives if adjectives else self._starts
        a, b, c, d = (bisect_left(starts, place) for place in (floor, paragraph, sentence, offset))
        return (
            list(mentions[max(c, d - _REACH) : d]),
            list(mentions[max(b, c - _REACH) : c]),
            list(mentions[max(a, b - _REACH) : b]),
        )

    def nearest(self, offset: int, among: Sequence[str]) -> tuple[str, ...]:
        """Return those of some actors who are named in this paragraph before a place, else in the paragraph before."""
        sentence, paragraph, previous = self.before(offset)
        for stretch in ([*sentence, *paragraph], previous):
            found = tuple(dict.fromkeys(m.actor for m in stretch if m.actor in among))
            if found:
                return found
        return ()


def find_references(parse: Parse, mentions: Sequence[Mention], roles: Roles) -> References:
    """Return whom the definite descriptions of a report take up.

    Args:
        parse: the report.
        mentions: its mentions by name, in order and without overlap.
        roles: the phrases of office that it gives to each person.
    """
    scene = Scene(parse, mentions)
    found = [*_offices(parse, scene, roles), *_bodies(parse, scene, mentions), *_organs(parse, scene)]
    return References(
        references=tuple(f for f in found if isinstance(f, Reference)),
        pairs=tuple(_pairs(parse, scene, roles)),
        abstentions=tuple(f for f in found if isinstance(f, Abstention)),
    )


def _adjectives(parse: Parse, scene: Scene) -> Iterator[Mention]:
    for hit in find_hits(parse.prose):
        if hit.kind in {"adjective", "people"} and len(hit.names) == 1 and scene.at(hit.span.start) is None:
            yield Mention(span=hit.span, actor=hit.names[0], type="state")


def dateline(parse: Parse) -> frozenset[str]:
    """Return the states that a report's dateline names ("OSLO, Norway")."""
    words = " ".join(f.span.of(parse.report.text) for f in parse.report.furniture if f.kind == "dateline")
    return frozenset(h.names[0] for h in find_hits(words) if len(h.names) == 1 and h.kind in {"name", "capital"})


def _offices(parse: Parse, scene: Scene, roles: Roles) -> Iterator[Reference | Abstention]:
    states = dateline(parse)
    owned = [(s, read_role(w), o) for s, w, o in possessions(parse.doc)]
    for span, words in descriptions(parse.doc):
        found = tuple(p for p in holders(words, roles) if not _is_another(scene, owned, span, words, roles[p], p))
        if read_role(words).office in titles().shared:
            found = scene.nearest(span.start, found)
        beside = _in_apposition(parse, scene, span)
        if beside is not None:
            found = tuple(p for p in found if p == beside)
        elif len(found) > 1:
            found = _in_context(found, unmarked(words, found, roles), scene.nearest(span.start, found)) or (
                of_states(words, found, roles, states) or found
            )
        if found:
            yield _person(parse, span, found)
    for span, words, owner in possessions(parse.doc):
        whose = scene.at(owner.idx)
        found = held_under(words, roles, whose.actor, whose.type) if whose is not None else ()
        if found:
            yield _person(parse, span, found)


def _is_another(
    scene: Scene, owned: Sequence[tuple[Span, Role, Token]], span: Span, words: str, phrases: Sequence[str], person: str
) -> bool:
    """Whether "Norway's prime minister" was told of since a person of another state was named, or before he ever is.

    "The prime minister" then takes up that one, who may have no name in the report.
    """
    meant, last = read_role(words), scene.last_named(person, span.start)
    own = {s for phrase in phrases for s in read_role(phrase).states}
    for place, role, owner in owned:
        if last < place.start < span.start and role.office == meant.office and not meant.states:
            whose = scene.at(owner.idx)
            if whose is not None and whose.type == "state" and whose.actor not in own:
                return True
    return False


def _in_apposition(parse: Parse, scene: Scene, span: Span) -> str | None:
    """The person whose name stands before a description, or behind it, with nothing but a comma between them."""
    before, behind = span.start - 1, span.end
    while before > 0 and parse.prose[before].isspace():
        before -= 1
    if before > 0 and parse.prose[before] == ",":
        found = scene.at(before - 1)
        if found is not None and found.type == "person":
            return found.actor
    found = scene.at(behind + 2) if parse.prose[behind : behind + 2] == ", " else None
    return found.actor if found is not None and found.type == "person" else None


def _in_context(found: Sequence[str], home: str | None, near: Sequence[str]) -> tuple[str, ...]:
    """Decide between several holders of an office that a description leaves open; none where that is a guess.

    The one who was just named is meant, unless another holds the office that the report never marks with a state:
    such an office is the home country's, and the two signs then speak for two persons.
    """
    if home is None:
        return tuple(near) if len(near) == 1 else ()
    return tuple(found) if len(near) == 1 and near[0] != home else (home,)


def _person(parse: Parse, span: Span, found: Sequence[str]) -> Reference | Abstention:
    if len(found) == 1:
        words = " ".join(span.of(parse.prose).split())
        return Reference(span=span, words=words, actor=found[0], type="person")
    reason = f"{len(found)} persons of this report hold such an office"
    return Abstention(span=span, what="actor", reason=reason, candidates=tuple(found))


def _bodies(parse: Parse, scene: Scene, mentions: Sequence[Mention]) -> Iterator[Reference | Abstention]:
    """Organisations that are taken up by the noun that they are ("the agency")."""
    tokens = [t for t in parse.doc if _is_anaphor(t)]
    if not tokens:
        return
    kinds, new = _kinds(parse, mentions), _introduced(tokens)
    for token in tokens:
        owner = _takes_up(token)
        if owner is None:
            continue
        span = Span(owner.idx, token.idx + len(token.text))
        found = _antecedents(scene, token, kinds, new.get(_noun(token), []))
        if not found and _is_of_fighters(token) and not new.get(_noun(token)):
            found = _only_bearer(scene, token, kinds)
        if owner.lower_ in _WHOSE and (len(found) != 1 or not _is_head(scene, owner, found[0])):
            continue
        words = " ".join(span.of(parse.prose).split())
        if len(found) == 1:
            yield Reference(span=span, words=words, actor=found[0], type="organisation")
        elif found:
            reason = f"{len(found)} organisations named before it can be “{words}”"
            yield Abstention(span=span, what="actor", reason=reason, candidates=found)


def _is_anaphor(token: Token) -> bool:
    """Whether a noun can take up an organisation: by what it is, or by those who make it up ("the rebels")."""
    if token.tag_ == "NNS":
        return token.lemma_.lower() in groups().members
    return token.tag_ in {"NN", "NNP"} and token.lower_ in groups().anaphors


def _noun(token: Token) -> str:
    return token.lemma_.lower() if token.tag_ == "NNS" else token.lower_


def _is_of_fighters(token: Token) -> bool:
    return _noun(token) in groups().members or token.lower_ in _OF_FIGHTERS


def _only_bearer(scene: Scene, token: Token, kinds: Mapping[str, set[str]]) -> tuple[str, ...]:
    """The one organisation of the whole report that is an armed group, where it was named before."""
    bearers = scene.organisations(lambda name: bool(kinds[name] & groups().members))
    return tuple(bearers) if len(bearers) == 1 and next(iter(bearers.values())) < token.idx else ()


def _takes_up(token: Token) -> Token | None:
    """The article or pronoun before a noun that may take up a name; None where the words name something else."""
    before = token.nbor(-1) if token.i else token
    whose = token.lower_ == "administration" and before.lower_ in _WHOSE
    if before.lower_ != "the" and not whose:
        return None
    modifies = token.dep_ in {"compound", "nmod", "amod"} and token.head.i > token.i
    described = any((c.dep_ == "prep" and c.lower_ == "of") or c.dep_ == "appos" for c in token.children)
    after = token.nbor(1) if token.i + 1 < len(token.doc) else token
    return None if modifies or described or after.pos_ == "PROPN" else before


def _antecedents(scene: Scene, token: Token, kinds: Mapping[str, set[str]], new: Sequence[int]) -> tuple[str, ...]:
    noun = _noun(token)
    for stretch in scene.before(token.idx):
        fitting = [m for m in stretch if m.type == "organisation" and noun in kinds[m.actor]]
        if fitting:
            # "An agency" of which nothing more is told stands between: it may be the one that is meant.
            between = bisect_left(new, fitting[-1].span.end) < bisect_left(new, token.idx)
            return () if between else tuple(dict.fromkeys(m.actor for m in fitting))
    return ()


def _organs(parse: Parse, scene: Scene) -> Iterator[Reference]:
    """States that are taken up by what they have one of ("the government"), where the report gives it to one alone."""
    tokens = [t for t in parse.doc if t.lower_ in groups().organs or (t.lower_ == "forces" and _is_compound(t))]
    owned: dict[str, set[str]] = defaultdict(set)
    for token in tokens:
        owned[token.lower_].update(_owners(scene, token))
    for token in tokens:
        article = _article(token)
        if article is not None and len(owned[token.lower_]) == 1 and scene.at(token.idx) is None:
            span = Span(article.idx, token.idx + len(token.text))
            words = " ".join(span.of(parse.prose).split())
            yield Reference(span=span, words=words, actor=next(iter(owned[token.lower_])), type="state")


def _is_compound(forces: Token) -> bool:
    """Whether a word is the second one of "armed forces"."""
    return forces.lower_ == "forces" and forces.i > 0 and forces.nbor(-1).lower_ == "armed"


def _article(organ: Token) -> Token | None:
    """The article of an organ that nothing else describes."""
    if not _is_compound(organ):
        return _takes_up(organ)
    before = organ.nbor(-2) if organ.i > 1 else organ
    return before if before.lower_ == "the" else None


def _owners(scene: Scene, organ: Token) -> Iterator[str]:
    """The states to which a report gives an organ ("Denmark's army", "the Danish army", "the army of Denmark")."""
    near = [c for c in organ.children if c.dep_ in {"poss", "amod", "compound", "nmod"}]
    near += [c for p in organ.children if p.dep_ == "prep" and p.lower_ == "of" for c in p.children]
    for token in near:
        named = scene.at(token.idx)
        if named is not None and named.type == "state":
            yield named.actor
        elif (state := state_adjective(token.text)) is not None:
            yield state


def _is_head(scene: Scene, owner: Token, government: str) -> bool:
    """Whether the person after whom a government is named is named right before "his administration"."""
    stretches = scene.before(owner.idx)
    people = [m.actor for stretch in (stretches[2], stretches[1], stretches[0]) for m in stretch if m.type == "person"]
    return bool(people) and fold(government).split()[0] in fold(people[-1]).split()


def _kinds(parse: Parse, mentions: Sequence[Mention]) -> Mapping[str, set[str]]:
    """The nouns that each organisation can be taken up by: its own words, the gazetteer's, what the report calls it."""
    kinds: dict[str, set[str]] = defaultdict(set)
    for body in organisations():
        kinds[body.name].update(body.kinds)
    for body in armed_groups():
        kinds[body.name] |= groups().members
    for mention in mentions:
        if mention.type == "organisation":
            called = set(_called(parse, mention))
            # Whoever is called rebels is called guerrillas or militants, too.
            own = set(fold(mention.actor).split())
            members = groups().members if called & groups().members or own & groups().armed else ()
            unions = ("union",) if own & groups().unions else ()
            kinds[mention.actor].update(own, called, members, unions)
    return kinds


def _called(parse: Parse, mention: Mention) -> Iterator[str]:
    """Nouns in apposition to a name ("Halden Watch, a private group", "the private group Halden Watch")."""
    tokens = parse.tokens(mention.span)
    root = tokens.root
    beside = [c for c in root.children if c.dep_ == "appos"]
    beside += [root.head] if root.dep_ == "appos" else []
    beside += [t for t in root.children if t.dep_ == "compound" and t.i < tokens.start]
    if root.dep_ == "nsubj" and root.head.lemma_ == "be":
        beside += [c for c in root.head.children if c.dep_ == "attr"]
    if root.dep_ in {"compound", "nmod"} and root.head.i > root.i:  # "Red Dawn rebels", "the Red Dawn guerrilla group"
        beside += [root.head, *(c for c in root.head.children if c.dep_ in {"compound", "amod"})]
    yield from (t.lower_ for t in beside if t.lower_ in groups().anaphors)
    yield from (t.lemma_.lower() for t in beside if t.lemma_.lower() in groups().members)


def _introduced(tokens: Sequence[Token]) -> Mapping[str, list[int]]:
    """Where the report brings in a new bearer of a noun ("an agency"), by the noun, in order."""
    places: dict[str, list[int]] = defaultdict(list)
    for token in tokens:
        # "Halden Watch, a network" and "Halden Watch is a network" bring in nobody beside Halden Watch.
        if (
            token.dep_ not in {"appos", "attr"}
            and token.tag_ != "NNS"
            and any(c.lower_ in _ARTICLES for c in token.children)
        ):
            places[_noun(token)].append(token.idx)
    return places


def _pairs(parse: Parse, scene: Scene, roles: Roles) -> Iterator[Pair]:
    for token in parse.doc:
        kind = _members(token)
        if kind is not None:
            left = token.left_edge
            among = frozenset(p for p in roles if _leads(roles[p], token.lemma_.lower())) if kind == "person" else None
            two = _two(scene, left.idx, _KINDS_OF_MEMBERS[kind], among)
            # "Sides" are of a fight or a deal: whoever else is named before them may be neither.
            if two is not None and (kind != "party" or (_joined(parse, two, left.idx) and not _only_say(parse, two))):
                span = Span(left.idx, token.idx + len(token.text))
                yield Pair(span=span, members=(two[0].actor, two[1].actor))


def _joined(parse: Parse, two: tuple[Mention, Mention], offset: int) -> bool:
    """Whether two names stand in the sentence of a place, or are joined by "and" or "with" before it."""
    between = parse.prose[two[0].span.end : two[1].span.start]
    return two[0].span.start >= parse.sentence_before(offset + 1) or between.strip() in {"and", "with", "and the"}


def _only_say(parse: Parse, two: tuple[Mention, Mention]) -> bool:
    """Whether two say something together, as those do who bring the sides of a fight to a table."""
    root = parse.tokens(two[0].span).root
    return root.dep_ == "nsubj" and root.head.i > parse.tokens(two[1].span).start and is_cue(root.head)


def _leads(phrases: Sequence[str], noun: str) -> bool:
    """Whether somebody's office is the one that a pair shares; "leaders" are all who lead a state or a government."""
    offices = [r.office for r in map(read_role, phrases) if r.office and not r.past]
    return any(o in HEADS if noun == "leader" else o.endswith(same_office(noun)) for o in offices)


def _members(token: Token) -> str | None:
    """What the members of a pair are: None where the words speak of no pair."""
    if token.tag_ != "NNS":
        return None
    before = {c.lower_ for c in token.children if c.i < token.i}
    definite = "both" in before or ("two" in before and before & {"the", "these", "those"})
    plain = not any(c.dep_ in {"prep", "appos", "relcl"} for c in token.children if c.i > token.i)
    if not definite or not plain:
        return None
    return next((kind for kind, nouns in groups().pairs.items() if token.lemma_.lower() in nouns), None)


def _two(
    scene: Scene, offset: int, kinds: frozenset[str], among: frozenset[str] | None
) -> tuple[Mention, Mention] | None:
    """The two actors who were named last before a place, where they were named beside each other and with no third."""
    for stretch in scene.before(offset, adjectives="state" in kinds):
        # The last mention of each: what joins them is told last.
        last = {m.actor: m for m in stretch if m.type in kinds and (among is None or m.actor in among)}
        if last:
            two = sorted(last.values(), key=lambda m: m.span)
            return (two[0], two[1]) if len(two) == _TWO else None
    return None
