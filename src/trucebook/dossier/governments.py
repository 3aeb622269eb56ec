"""Governments that are named after their head ("the Marlow administration"): the state, or an actor of their own.

"The Danish government" is Denmark, and so is "the Marlow government" where the reports make Marlow the prime minister
of Denmark. But reports that tell the organs of a state apart, or two of its governments, speak of actors that may say
different things. So a government is the state only where the case gives no sign that they differ.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from rapidfuzz.fuzz import ratio

from trucebook.dossier.model import Merge
from trucebook.reading.bodies import GOVERNMENTS
from trucebook.reading.gazetteer import state_behind
from trucebook.reading.names import fold
from trucebook.reading.roles import HEADS, read_role

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence, Set

    from trucebook.dossier.actors import Cluster


def fold_governments(clusters: Sequence[Cluster]) -> list[Cluster]:
    """Join a government that is named after its head with the state, where the case does not tell the two apart.

    It does where reports name two such governments of the state, where an office of the state acts in them beside its
    government, or where no other state acts: what a government does at home is no act of the state towards others.

    Args:
        clusters: the actors of a case.
    """
    governments: dict[str, list[Cluster]] = defaultdict(list)
    for cluster in clusters:
        state = headed_state(cluster, clusters)
        if state is not None:
            governments[state].append(cluster)
    states = {c.label: c for c in clusters if c.kind == "state"}
    gone: set[int] = set()
    for name, own in governments.items():
        home = states.get(name)
        if home is not None and len(own) == 1 and not _told_apart(name, clusters):
            names = (home.label, own[0].label)
            reason = "its government, named after its head; no report tells the two apart"
            home.absorb(own[0], Merge(names=names, reason=reason, score=ratio(*map(fold, names))))
            gone.add(id(own[0]))
    return [c for c in clusters if id(c) not in gone]


def headed_state(cluster: Cluster, clusters: Iterable[Cluster]) -> str | None:
    """Return the state whose government a cluster is, by the office that the reports give to its head, or None."""
    head, _, kind = cluster.label.partition(" ")
    if cluster.kind != "organisation" or kind not in GOVERNMENTS:
        return None
    heads = [c for c in clusters if c.kind == "person" and any(n.family == fold(head) for n in c.names)]
    states = {s for c in heads for s in _headed(c)}
    return next(iter(states)) if len(heads) == 1 and len(states) == 1 else None


def _headed(person: Cluster) -> Set[str]:
    roles = (read_role(text) for text in dict.fromkeys(role for _, a in person.locals for role in a.roles))
    return {s for r in roles if r.office in HEADS and not r.past for s in r.states}


def _told_apart(state: str, clusters: Iterable[Cluster]) -> bool:
    acts = [c for c in clusters if any(a.acts for _, a in c.locals)]
    offices = [c for c in acts if c.kind == "organisation" and state_behind(c.label) == state]
    others = [c for c in acts if c.kind == "state" and c.label != state]
    return bool(offices) or not others
