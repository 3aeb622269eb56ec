"""Actors across reports: which names of several reports are one actor's, each join with its reason.

Everything is decided on sorted names, so the order of the reports does not matter. A join needs agreement with every
name that is already in the cluster, so no chain of small differences brings two incompatible names together; what
stays open stays apart.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING

import msgspec
from rapidfuzz.distance import OSA
from rapidfuzz.fuzz import ratio

from trucebook.dossier import belonging
from trucebook.dossier.bodies import merge_bodies
from trucebook.dossier.governments import fold_governments
from trucebook.dossier.model import Actor, Evidence, Merge
from trucebook.reading.bodies import GOVERNMENTS
from trucebook.reading.gazetteer import state_adjective, state_behind
from trucebook.reading.known import known_by_name
from trucebook.reading.names import PersonName, agreement, fold, given_agreement, parse_name, sound
from trucebook.reading.roles import Role, read_role
from trucebook.reading.titles import is_body, is_honorific

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from trucebook.reading.known import KnownActor
    from trucebook.reading.model import ActorType, LocalActor, Reading

# An initial or a first letter in common joins two names only where nobody else in the case fits it.
_WEAK = 85.0
# A description of this many actors names none of them.
_SHARED = 2
# One wrong letter in a family name of at least this length is forgiven where both bearers hold the same office of the
# same state.
_LONG_FAMILY = 6
_ONE_LETTER = "one letter apart, the same office of the same state"


@dataclass(frozen=True)
class Merged:
    """The actors of a case.

    Attributes:
        actors: by number of mentions, then by name.
        canonical: canonical name by report id and the actor's name in that report.
    """

    actors: tuple[Actor, ...]
    canonical: dict[tuple[str, str], str]


@dataclass
class Cluster:
    """Local actors taken for one, while they are gathered.

    Attributes:
        kind: person, organisation, state or place.
        locals: the actors with their reports' ids.
        names: the parts of every full name, for persons.
        merges: why they were joined.
        known: what the user told of it.
    """

    kind: ActorType
    locals: list[tuple[str, LocalActor]] = field(default_factory=list)
    names: list[PersonName] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)
    known: KnownActor | None = None

    def absorb(self, other: Cluster, merge: Merge) -> None:
        """Take in everything of another cluster, with the reason."""
        self.known = self.known or other.known
        self.locals += other.locals
        self.names += other.names
        self.merges += [*other.merges, merge]

    @property
    def label(self) -> str:
        """A name to speak of the cluster by: its longest, the first in the alphabet among those."""
        return min((a.name for _, a in self.locals), key=lambda n: (-len(n), n))

    @property
    def reports(self) -> set[str]:
        """Ids of the reports that name it."""
        return {r for r, _ in self.locals}


def merge_actors(readings: Sequence[Reading], known: Sequence[KnownActor] = ()) -> Merged:
    """Return the actors of a case.

    Args:
        readings: one a report, in any order.
        known: actors that the user told of: their names are joined, and two of them never are.
    """
    given = known_by_name(known)
    counts = {r.report.id: _forms(r) for r in readings}
    every = sorted(((r.report.id, a) for r in readings for a in r.actors), key=lambda x: (x[1].type, x[1].name, x[0]))
    clusters = _given_first(_by_name(every), given)
    persons = _merge_persons([c for c in clusters if c.kind == "person"])
    clusters = [*persons, *(c for c in clusters if c.kind != "person")]
    clusters = fold_governments(merge_bodies(clusters))
    named = [(_actor(c, counts), c) for c in clusters]
    canonical = {(r, a.name): actor.name for actor, c in named for r, a in c.locals}
    days = {r.report.id: r.report.published for r in readings}
    places = _first_places(readings, canonical)
    full = belonging.through(_belonging(actor, c, days, canonical, places) for actor, c in named)
    actors = sorted(_without_shared_descriptions(full), key=lambda a: (-a.mentions, a.name, a.type))
    return Merged(tuple(actors), canonical)


def _without_shared_descriptions(actors: Sequence[Actor]) -> Iterator[Actor]:
    """Leave out descriptions that mean several actors of the case: "the president" is then nobody's name."""
    often = Counter(a for actor in actors for a in {fold(alias) for alias in actor.aliases if _describes(alias)})
    for actor in actors:
        kept = tuple(a for a in actor.aliases if often[fold(a)] < _SHARED)
        yield actor if len(kept) == len(actor.aliases) else msgspec.structs.replace(actor, aliases=kept)


def _describes(alias: str) -> bool:
    return alias.islower() or alias.partition(" ")[0].lower() in {"the", "his", "her", "its", "whose"}


def _given_first(clusters: Sequence[Cluster], given: Mapping[str, KnownActor]) -> list[Cluster]:
    """Join the clusters whose names the user gives to one actor."""
    kept: list[Cluster] = []
    homes: dict[str, Cluster] = {}
    for cluster in clusters:
        told = given.get(fold(cluster.label))
        # The place of a state's other name stays a place.
        cluster.known = told if told is not None and cluster.kind in {told.type, "person", "organisation"} else None
        home = homes.get(cluster.known.name) if cluster.known is not None else None
        if cluster.known is not None and home is not None:
            names = (home.label, cluster.label)
            home.absorb(cluster, Merge(names=names, reason="given in the file of actors", score=100.0))
            continue
        kept.append(cluster)
        if cluster.known is not None:
            cluster.kind = cluster.known.type
            homes[cluster.known.name] = cluster
    return kept


def _merge_persons(clusters: Sequence[Cluster]) -> list[Cluster]:
    full = [c for c in clusters if c.names and c.names[0].full]
    bare = [c for c in clusters if not (c.names and c.names[0].full)]
    full = _joined(full, _same_sounding(full))
    full = _joined(full, _misspelt(full))
    return [*full, *_placed(bare, full)]


def _by_name(actors: Iterable[tuple[str, LocalActor]]) -> list[Cluster]:
    """One cluster a type and spelling, accents and case aside."""
    clusters: dict[tuple[str, str], Cluster] = {}
    for report, actor in actors:
        cluster = clusters.setdefault((actor.type, fold(actor.name)), Cluster(actor.type))
        cluster.locals.append((report, actor))
        name = parse_name(actor.name) if actor.type == "person" else None
        if name is not None and name not in cluster.names:
            cluster.names.append(name)
    return list(clusters.values())


def _same_sounding(clusters: Sequence[Cluster]) -> Iterator[tuple[float, str, int, int]]:
    """Pairs of clusters whose names agree, with score and reason; only bearers of one family name are compared."""
    blocks: dict[str, list[int]] = defaultdict(list)
    for at, cluster in enumerate(clusters):
        for family in {sound(n.family) for n in cluster.names}:
            blocks[family].append(at)
    for block in blocks.values():
        for one, other in combinations(block, 2):
            score = _agreement(clusters[one], clusters[other])
            if score is not None and (score > _WEAK or not _rivals(clusters, block, one, other)):
                yield score, _REASONS[min(k for k in _REASONS if score <= k)], one, other


_REASONS = {
    85.0: "an initial and its name",
    95.0: "a short form or another spelling of one name",
    100.0: "spellings of one name",
}


def _misspelt(clusters: Sequence[Cluster]) -> Iterator[tuple[float, str, int, int]]:
    """Pairs whose given names agree and whose family names are one letter apart, held together by office and state."""
    blocks: dict[tuple[str, frozenset[str], str], list[int]] = defaultdict(list)
    for at, cluster in enumerate(clusters):
        for role in _roles(cluster):
            if role.office and role.states and not role.past:
                blocks[role.office, role.states, cluster.names[0].family[:1]].append(at)
    for block in blocks.values():
        for one, other in combinations(dict.fromkeys(block), 2):
            a, b = clusters[one].names[0], clusters[other].names[0]
            given = given_agreement(a.given, b.given)
            near = (
                min(len(a.family), len(b.family)) >= _LONG_FAMILY
                and OSA.distance(a.family, b.family) == 1
                and a.suffix == b.suffix
            )
            # The feminine form of a Slavic family name is another person's.
            if near and given is not None and given > _WEAK and not _feminine(a.family, b.family):
                yield ratio(a.family, b.family), _ONE_LETTER, one, other


def _feminine(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return long == f"{short}a"


def _joined(clusters: list[Cluster], pairs: Iterable[tuple[float, str, int, int]]) -> list[Cluster]:
    """Join pairs, the surest first, unless two of their names contradict each other or one report tells them apart."""
    home = list(range(len(clusters)))
    for score, reason, one, other in sorted(pairs, key=lambda p: (-p[0], clusters[p[2]].label, clusters[p[3]].label)):
        into, gone = _root(home, one), _root(home, other)
        a, b = clusters[into], clusters[gone]
        agreed = reason is _ONE_LETTER or _agreement(a, b) is not None
        if into != gone and agreed and not a.reports & b.reports and not (a.known and b.known):
            names = (clusters[one].label, clusters[other].label)
            a.absorb(b, Merge(names=(min(names), max(names)), reason=reason, score=score))
            home[gone] = into
    return [c for i, c in enumerate(clusters) if home[i] == i]


def _root(home: Sequence[int], at: int) -> int:
    while home[at] != at:
        at = home[at]
    return at


def _agreement(one: Cluster, other: Cluster) -> float | None:
    scores = [agreement(a, b) for a in one.names for b in other.names]
    return None if any(s is None for s in scores) else min((s for s in scores if s is not None), default=None)


def _rivals(clusters: Sequence[Cluster], block: Sequence[int], one: int, other: int) -> bool:
    """Whether a third name fits one of two weakly agreeing names but not the other."""
    thirds = [clusters[i] for i in block if i not in {one, other}]
    return any((_agreement(t, clusters[one]) is None) != (_agreement(t, clusters[other]) is None) for t in thirds)


def _placed(bare: Sequence[Cluster], full: Sequence[Cluster]) -> list[Cluster]:
    """Give bare family names to the one person of the case who has that name; return the clusters that are left."""
    by_family: dict[str, list[Cluster]] = defaultdict(list)
    for cluster in full:
        for family in {sound(n.family) for n in cluster.names}:
            by_family[family].append(cluster)
    left: dict[str, Cluster] = {}
    for cluster in bare:
        for report, actor in cluster.locals:
            single = Cluster("person", [(report, actor)])
            home = _home(single, by_family.get(sound(fold(actor.name).split()[-1]), []))
            if home is None:
                left.setdefault(fold(actor.name), Cluster("person")).locals.append((report, actor))
            else:
                home.absorb(
                    single,
                    Merge(
                        names=(home.label, actor.name),
                        reason="the only bearer of this family name in the case",
                        score=_WEAK,
                    ),
                )
    return list(left.values())


def _home(single: Cluster, candidates: Sequence[Cluster]) -> Cluster | None:
    fitting = [c for c in candidates if not (c.reports & single.reports) and not _contradict(single, c)]
    if len(candidates) > 1:
        # Two bearers of the name in the case: only an office in common tells which of them is meant.
        fitting = [c for c in fitting if _share_office(single, c)]
    return fitting[0] if len(fitting) == 1 else None


def _contradict(one: Cluster, other: Cluster) -> bool:
    """Whether two sets of roles name different states and none in common."""
    a = {s for r in _roles(one) for s in r.states}
    b = {s for r in _roles(other) for s in r.states}
    return bool(a and b and not a & b)


def _share_office(one: Cluster, other: Cluster) -> bool:
    a = {(r.office, r.past) for r in _roles(one) if r.office}
    return any((r.office, r.past) in a for r in _roles(other))


def _roles(cluster: Cluster) -> list[Role]:
    return [read_role(text) for text in dict.fromkeys(role for _, a in cluster.locals for role in a.roles)]


def _forms(reading: Reading) -> Mapping[str, Counter[str]]:
    """How often a report uses each form of each actor."""
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    for mention in reading.mentions:
        forms[mention.actor][" ".join(mention.span.of(reading.report.text).split())] += 1
    return forms


def _actor(cluster: Cluster, counts: Mapping[str, Mapping[str, Counter[str]]]) -> Actor:
    forms: Counter[str] = Counter()
    for report, actor in cluster.locals:
        forms.update(counts[report].get(actor.name, Counter()))
    spelt = Counter(_plain(f) for f in forms.elements())
    # A state's government that was joined with it gives the state no name.
    own = {a.name for _, a in cluster.locals if a.type == cluster.kind}
    names = sorted(own, key=lambda n: (len(n.split()) < 2, -spelt[n], -len(n), n))
    aliases = dict.fromkeys(
        alias for _, a in sorted(cluster.locals, key=lambda x: x[0]) for alias in (*a.aliases, a.name)
    )
    roles = dict.fromkeys(role for _, a in sorted(cluster.locals, key=lambda x: x[0]) for role in a.roles)
    return Actor(
        name=cluster.known.name if cluster.known is not None else names[0],
        type=cluster.kind,
        aliases=tuple(sorted(aliases, key=lambda f: (-forms[f], f))),
        mentions=sum(forms.values()),
        roles=tuple(sorted(roles)),
        reports=tuple(sorted(cluster.reports)),
        merges=tuple(sorted(dict.fromkeys(cluster.merges), key=lambda m: (m.names, m.reason))),
    )


def _first_places(readings: Iterable[Reading], canonical: Mapping[tuple[str, str], str]) -> dict[str, Evidence]:
    """Where each actor is named first."""
    found: dict[str, Evidence] = {}
    for reading in sorted(readings, key=lambda r: r.report.id):
        for mention in reading.mentions:
            name = canonical.get((reading.report.id, mention.actor), mention.actor)
            found.setdefault(name, Evidence(report=reading.report.id, span=mention.span))
    return found


def _belonging(
    actor: Actor,
    cluster: Cluster,
    days: Mapping[str, datetime.date | None],
    canonical: Mapping[tuple[str, str], str],
    places: Mapping[str, Evidence],
) -> Actor:
    """The actor with what is told of it beside its names."""
    if actor.type == "person":
        offices, names = belonging.held(cluster.locals, days, canonical), {}
    else:
        offices, names = (), {actor.name: places[actor.name]} if actor.name in places else {}
    own = belonging.state(offices, names if actor.type == "organisation" else {})
    return msgspec.structs.replace(
        actor,
        offices=offices,
        affiliations=belonging.affiliations(offices),
        state=own,
        side=belonging.side(cluster.known, own),
        given=belonging.given(cluster.known),
    )


def _plain(alias: str) -> str:
    first, _, rest = alias.partition(" ")
    return rest if rest and is_honorific(first) else alias


def represented(actors: Iterable[Actor]) -> dict[str, str]:
    """Return the state that an organisation acts for, by the organisation's name, where that is known.

    An office of the gazetteer acts for its state, a government for the state of the head that it is named after, and a
    body for the state whose adjective begins its name. The organisations stay actors of their own: two governments of
    one state may say different things.

    Args:
        actors: of a case.
    """
    every = list(actors)
    heads = {n.family: a for a in every if a.type == "person" and (n := parse_name(a.name)) is not None}
    found: dict[str, str] = {}
    for actor in every:
        state = _represents(actor.name, heads) if actor.type == "organisation" else None
        if state is not None:
            found[actor.name] = state
    return found


def _represents(name: str, heads: Mapping[str, Actor]) -> str | None:
    first, _, rest = name.partition(" ")
    if rest in GOVERNMENTS:
        head = heads.get(fold(first))
        states = {s for text in (head.roles if head else ()) for s in read_role(text).states}
        return next(iter(states)) if len(states) == 1 else None
    return state_behind(name) or (state_adjective(first) if is_body(name.rsplit(maxsplit=1)[-1]) else None)
