"""How many independent origins stand behind a finding, and which.

Ten reports with one wire story, five that tell after a sixth, and all that quote one spokesman are one origin. What is
not told to come from elsewhere counts for itself, but that it is independent is then not known, and said to be so.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

import msgspec

from trucebook.dossier.model import Evidence, Origin
from trucebook.dossier.outlets import state_media
from trucebook.dossier.relays import outlets_of, relays_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from trucebook.dossier.model import Finding, Independence, Relay
    from trucebook.reading.model import Attribution, Reading
    from trucebook.span import Span

Kind = Literal["report", "outlet", "speaker", "source"]

# Disputes over how a thing was told: that all tell of one speaker is what they are about.
_OF_WORDING = frozenset({"wording", "speaker"})
# What a report tells in so many of its first sentences it tells after the outlet that it names there.
_HEAD = 6
_SEVERAL = 2


class _Node(NamedTuple):
    """Something that telling goes back to."""

    kind: Kind
    name: str
    within: str = ""  # a source without a name is that of one report alone


class _Link(NamedTuple):
    """Why evidence goes back to a node."""

    node: _Node
    words: Evidence | None = None


@dataclass(frozen=True)
class Trail:
    """What is known of where the words of reports come from.

    Attributes:
        readings: by report id.
        relays: which report tells what after which outlet.
        copies: id of the report that a report copies, by the copy's id.
        canonical: (report id, the actor's name there) to the actor's canonical name.
    """

    readings: Mapping[str, Reading]
    relays: Sequence[Relay]
    copies: Mapping[str, str]
    canonical: Mapping[tuple[str, str], str]

    @cached_property
    def by_report(self) -> Mapping[str, list[Relay]]:
        """The relays of each report."""
        return relays_of(self.relays)

    @cached_property
    def outlets(self) -> Mapping[str, str]:
        """The outlet of each report."""
        return outlets_of(list(self.readings.values()))

    @cached_property
    def speeches(self) -> Mapping[str, list[Attribution]]:
        """What is said in each report, by report id."""
        told = {id_: [a for a in r.attributions if a.manner != "act"] for id_, r in self.readings.items()}
        return {id_: some for id_, some in told.items() if some}

    def trace(self, finding: Finding) -> Finding:
        """Return a finding with its origins counted, named and explained."""
        places = list(dict.fromkeys(e for p in finding.positions for e in p.evidence))
        links = _sourced({e: self._links(e, by_speaker=finding.kind not in _OF_WORDING) for e in places})
        joined = _Joined(link.node for some in links.values() for link in some)
        for some in links.values():
            joined.join(link.node for link in some)
        self._follow(links, joined)
        _keep_together(links, joined)
        sources = tuple(self._origins(links, joined))
        independence, why = _independence(sources)
        return msgspec.structs.replace(
            finding, origins=len(sources), sources=sources, independence=independence, independence_why=why
        )

    # -- what each piece of evidence goes back to

    def _links(self, place: Evidence, *, by_speaker: bool) -> list[_Link]:
        found = [_Link(_outlet(r.outlet), _words(r)) for r in self._after(place)]
        said = self._speech(place) if by_speaker else None
        if said and (said.speaker or (said.source and not found)):
            found.append(self._spoken(said, place.report))
        return found or [self._own(place.report)]

    def _spoken(self, said: Attribution, report: str) -> _Link:
        words = (said.source or said.cue or said.content)[0]
        place = Evidence(report=report, span=words)
        if said.speaker:
            return _Link(_Node("speaker", self.canonical.get((report, said.speaker), said.speaker)), place)
        own = self._own(report).node
        return _Link(_Node("source", " ".join(words.of(self.readings[report].report.text).split()), own.name), place)

    def _after(self, place: Evidence) -> Iterator[Relay]:
        for relay in self.by_report.get(place.report, ()):
            if relay.how == "claims" and _mostly(relay.claims, place.span):
                yield relay

    def _speech(self, place: Evidence) -> Attribution | None:
        over = [a for a in self.speeches.get(place.report, ()) if _mostly(a.content, place.span)]
        return min(over, key=lambda a: sum(s.length for s in a.content), default=None)

    def _own(self, report: str) -> _Link:
        """Whose text a report is: the one that it copies, the agency's, its outlet's, or its own."""
        report = self.copies.get(report, report)
        text = next((r for r in self.by_report.get(report, ()) if r.how == "text"), None)
        if text:
            return _Link(_outlet(text.outlet), _words(text))
        own = self.outlets.get(report)
        return _Link(_outlet(own) if own else _Node("report", report))

    # -- what follows from telling after somebody

    def _follow(self, links: Mapping[Evidence, Sequence[_Link]], joined: _Joined) -> None:
        """Join what is told after an outlet with that outlet's own telling, and what a retelling report leaves open."""
        reports = _Reports()
        for place, some in links.items():
            reports.own[self._own(place.report).node].add(place.report)
            for link in some:
                reports.linked[link.node].add(place.report)
        for place, some in links.items():
            own = self._own(place.report)
            if some == [own]:
                self._follow_whole(place, own, joined, reports)
            # Somebody's words in an outlet's report are that outlet's to whoever tells after it.
            elif own.node.kind == "outlet" and _others(reports.linked[own.node], place.report):
                joined.join([own.node, *(link.node for link in some)])

    def _follow_whole(self, place: Evidence, own: _Link, joined: _Joined, reports: _Reports) -> None:
        """Join what a report tells in its own name with the outlet after which it says that it tells."""
        for relay in self.by_report.get(place.report, ()):
            node = _outlet(relay.outlet)
            told, linked = (_others(some[node], place.report) for some in (reports.own, reports.linked))
            whole = relay.how == "report" and (told or (linked and self._at_head(place)))
            if whole or (relay.how == "part" and (told or linked)):
                joined.follow(own.node, place.report, _Link(node, _words(relay)))

    def _at_head(self, place: Evidence) -> bool:
        head = self.readings[place.report].sentences[:_HEAD]
        return bool(head) and place.span.start < head[-1].span.end

    # -- what comes of it

    def _origins(self, links: Mapping[Evidence, Sequence[_Link]], joined: _Joined) -> Iterator[Origin]:
        groups: dict[_Node, list[tuple[str, _Link]]] = defaultdict(list)
        for place, some in links.items():
            for link in some:
                groups[joined.root(link.node)].append((place.report, link))
        for root, told in groups.items():
            members = [*told, *joined.told.get(root, [])]
            reports = tuple(dict.fromkeys(report for report, _ in members))
            named = _named(members)
            yield Origin(
                name=named.name,
                kind=named.kind,
                reports=reports,
                why=_why(named, members),
                evidence=tuple(dict.fromkeys(link.words for _, link in members if link.words)),
            )


class _Reports:
    """Which reports are an outlet's own, and which go back to a node."""

    def __init__(self) -> None:
        self.own: dict[_Node, set[str]] = defaultdict(set)
        self.linked: dict[_Node, set[str]] = defaultdict(set)


def _others(reports: Collection[str], report: str) -> bool:
    return len(reports) > (report in reports)


def _keep_together(links: Mapping[Evidence, Sequence[_Link]], joined: _Joined) -> None:
    """Make one what one report alone tells after several: it is one report that tells it."""
    reports: dict[_Node, set[str]] = defaultdict(set)
    for place, some in links.items():
        for link in some:
            reports[joined.root(link.node)].add(place.report)
    alone: dict[str, list[_Node]] = defaultdict(list)
    for node, tellers in reports.items():
        if len(tellers) == 1:
            alone[next(iter(tellers))].append(node)
    for nodes in alone.values():
        joined.join(nodes)


def _sourced(links: Mapping[Evidence, list[_Link]]) -> Mapping[Evidence, list[_Link]]:
    """Leave out what a report tells in its own name where it also tells from whom it has it."""
    named = {e.report for e, some in links.items() if any(link.words for link in some)}
    return {e: some for e, some in links.items() if any(link.words for link in some) or e.report not in named}


class _Joined:
    """Nodes that are one origin (union-find).

    Args:
        nodes: to begin with, each by itself; nodes of one state's media are one.
    """

    def __init__(self, nodes: Iterable[_Node]) -> None:
        self._parent: dict[_Node, _Node] = {}
        self.told: dict[_Node, list[tuple[str, _Link]]] = defaultdict(list)
        by_state: dict[str, _Node] = {}
        for node in nodes:
            state = state_media(node.name) if node.kind == "outlet" else None
            if state:
                self.join([node, by_state.setdefault(state, node)])

    def root(self, node: _Node) -> _Node:
        """Return the node that stands for all that a node is one with."""
        while (above := self._parent.setdefault(node, node)) != node:
            self._parent[node] = self._parent[above]
            node = above
        return node

    def join(self, nodes: Iterable[_Node]) -> None:
        """Make nodes one."""
        first, *rest = sorted({self.root(n) for n in nodes})
        for node in rest:
            self._parent[node] = first
            self.told[first] += self.told.pop(node, [])

    def follow(self, node: _Node, report: str, link: _Link) -> None:
        """Make a node one with that of a link, by which a report says so of all that it tells."""
        self.join([node, link.node])
        self.told[self.root(node)].append((report, link))


def _outlet(name: str) -> _Node:
    return _Node("outlet", name)


def _words(relay: Relay) -> Evidence | None:
    return Evidence(report=relay.report, span=relay.words) if relay.words else None


def _mostly(over: Iterable[Span], span: Span) -> bool:
    return 2 * sum(s.overlap(span) for s in over) >= max(1, span.length)


def _named(members: Sequence[tuple[str, _Link]]) -> _Node:
    """The node by which an origin goes: the one that most reports go back to, an outlet before a speaker."""
    reports: dict[_Node, set[str]] = defaultdict(set)
    told: set[_Node] = set()
    for report, link in members:
        reports[link.node].add(report)
        told |= {link.node} if link.words else set()
    order = {"outlet": 0, "speaker": 1, "source": 2, "report": 3}
    return min(reports, key=lambda n: (n not in told, -len(reports[n]), order[n.kind], n.name))


def _why(named: _Node, members: Sequence[tuple[str, _Link]]) -> str:
    """What joins the reports of an origin, in words."""
    nodes = {link.node for _, link in members}
    voices = sorted(
        {n.name for n in nodes if n.kind in {"speaker", "source"}} - {n.name for n in nodes if n.kind == "outlet"}
    )
    after = sorted({link.node.name for _, link in members if link.node.kind == "outlet" and link.words} - {named.name})
    first = [named.name] if named.kind == "outlet" and any(n == named and w for _, (n, w) in members) else []
    told = [f"told after {', '.join([*first, *after][:3])}"] if first or after else []
    words = [f"the words of {' and '.join(voices[:2])}"] if voices else []
    one = ["one text"] if not told and not words and len({report for report, _ in members}) > 1 else []
    return ", ".join([*words, *told] if named.kind == "speaker" else [*told, *words, *one])


def _independence(sources: Sequence[Origin]) -> tuple[Independence, str]:
    if len(sources) < _SEVERAL:
        reports = sources[0].reports if sources else ()
        why = sources[0].why if sources else ""
        return "one", f"{len(reports)} reports, one origin: {why}" if len(reports) >= _SEVERAL else why
    named = [s.name for s in sources if s.why and s.kind != "report"]
    rest = "where the reports have it from is not told, so that one may follow another"
    if len(named) < _SEVERAL:
        return "unknown", rest if not named else f"one source is named ({named[0]}); else {rest}"
    told = f"the reports name different sources ({'; '.join(named[:4])})"
    others = len(sources) - len(named)
    return "named", told if not others else f"{told}; of the others it is not told where they have it from"


def trace(findings: Iterable[Finding], trail: Trail) -> list[Finding]:
    """Return findings with their origins counted, named and explained."""
    return [trail.trace(finding) for finding in findings]
