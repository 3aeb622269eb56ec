"""Organisations and places across reports: abbreviations, longer and shorter names, clashing types."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from rapidfuzz.fuzz import ratio

from trucebook.dossier.model import Merge
from trucebook.reading.bodies import abbreviations
from trucebook.reading.gazetteer import state_adjective
from trucebook.reading.names import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from trucebook.dossier.actors import Cluster

# Of two types that as many reports give to one name, the first.
_TIES = ("person", "organisation", "place")
# Shorter names than this have too many namesakes to be joined on part of a name.
_LONG_NAME = 2
_CONTINENTS = {"African": "Africa", "American": "America", "Asian": "Asia", "European": "Europe"}


def merge_bodies(clusters: Sequence[Cluster]) -> list[Cluster]:
    """Join clusters that name one organisation or place; persons and states stay as they are, except where types clash.

    Args:
        clusters: of all types, one a type and spelling.
    """
    return _absorbed(_one_type(clusters))


def _one_type(clusters: Sequence[Cluster]) -> list[Cluster]:
    """Where reports take one name for different things, the type that more reports give it wins."""
    groups: dict[str, list[Cluster]] = defaultdict(list)
    for cluster in clusters:
        groups[_type_key(cluster.label)].append(cluster)
    kept: list[Cluster] = []
    for name, group in groups.items():
        alike = [
            c
            for c in group
            if c.kind in {"organisation", "place"} or (c.kind == "person" and len(name.split()) >= _LONG_NAME)
        ]
        kept += [c for c in group if c not in alike]
        if alike:
            best, *rest = sorted(alike, key=lambda c: (-len(c.locals), _TIES.index(c.kind)))
            for other in rest:
                best.absorb(
                    other,
                    Merge(
                        names=(best.label, other.label),
                        reason=f"one name, taken for {best.kind} and {other.kind}",
                        score=100.0,
                    ),
                )
            kept.append(best)
    return kept


def _type_key(name: str) -> str:
    """Names of three words and more are one name in singular and plural too; shorter ones may be persons' or towns'."""
    stems = _stems(name)
    return " ".join(stems) if len(stems) > _LONG_NAME else fold(name)


def _absorbed(clusters: list[Cluster]) -> list[Cluster]:
    """Give a shorter name to the one longer name of the case that it shortens."""
    bodies = sorted((c for c in clusters if c.kind == "organisation"), key=lambda c: (len(c.label), c.label))
    longer: dict[str, list[tuple[Cluster, str]]] = defaultdict(list)
    for cluster in bodies:
        for key, why in _short_forms(cluster.label):
            longer[key].append((cluster, why))
    gone: set[int] = set()
    for short in bodies:
        found = {
            id(home): (home, why)
            for key in (_with_states(short.label), _key(short.label))
            for home, why in longer[key]
            if home is not short and len(home.label) >= len(short.label)
        }
        home, reason = next(iter(found.values()), (short, ""))
        if len(found) == 1 and id(home) not in gone:
            score = ratio(fold(home.label), fold(short.label))
            home.absorb(short, Merge(names=(home.label, short.label), reason=reason, score=score))
            gone.add(id(short))
    return [c for c in clusters if id(c) not in gone]


def _short_forms(name: str) -> Iterator[tuple[str, str]]:
    """Yield the keys that other names of the organisation may have, each with the reason."""
    stems = _stems(name)
    if " " in name:
        yield from ((a, "an abbreviation and its name") for a in sorted(abbreviations(name)))
    if len(stems) >= _LONG_NAME:
        yield " ".join(stems), "one name in singular and plural"
        if name.islower():
            yield stems[-1], "one party, with and without its description"
    if len(stems) > 1:
        yield _with_states(name), "a place's name and its adjective"
    if len(stems) > _LONG_NAME and state_adjective(name.split(maxsplit=1)[0]):
        yield " ".join(stems[1:]), "with and without the state's name"
    if "of" in stems[_LONG_NAME:]:
        yield " ".join(stems[: stems.index("of", _LONG_NAME)]), "with and without the place's name"


def _with_states(name: str) -> str:
    """The key of a name with adjectives of states and continents turned into names ("Danish Navy", "Denmark Navy")."""
    words = [state_adjective(w) or _CONTINENTS.get(w, w) for w in name.split()]
    return " ".join(_stems(" ".join(words))) if len(words) > 1 else _key(name)


def _key(name: str) -> str:
    return name.replace(".", "") if name.isupper() and " " not in name else " ".join(_stems(name))


def _stems(name: str) -> list[str]:
    return [w.rstrip("s") for w in fold(name).split()]
