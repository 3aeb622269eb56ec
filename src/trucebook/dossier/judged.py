"""A dossier with people's judgements applied: speakers corrected and actors joined before anything is compared."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec

from trucebook.dossier.judging import (
    Things,
    hold,
    hold_of_names,
    in_force,
    names_in,
    resting_on,
    spoken,
    subjects,
    text_hash,
)
from trucebook.dossier.model import Actor, Merge
from trucebook.dossier.moves import told
from trucebook.reading.names import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from trucebook.dossier.actors import Merged
    from trucebook.dossier.judgement import Judged, Judgement
    from trucebook.dossier.model import Dossier
    from trucebook.reading.model import LocalActor, Reading

_CERTAIN = 100.0
_COMPARED = ("finding", "quote")
LATER = frozenset({"proposal", "commitment"})
"""Kinds of things that are found from a dossier, and held by who finds them."""

Key = tuple[str, str]
"""Report id, and an actor's name in that report."""


def speakers_judged(readings: Iterable[Reading], judgements: Sequence[Judgement]) -> tuple[Reading, ...]:
    """Return readings whose attributions have the speakers that people gave them, or none where they rejected one.

    Args:
        readings: as the program made them.
        judgements: all that were made, in their order.
    """
    every = tuple(readings)
    right: dict[str, str | None] = {}
    for judged in _held(judgements, "speaker", every):
        if judged.hold == "holds" and judged.target is not None:
            if judged.judgement.act == "correct":
                right[judged.target] = judged.judgement.value
            elif judged.judgement.act == "reject":
                right.setdefault(judged.target, None)
    return tuple(_spoken(r, right) for r in every) if right else every


def _spoken(reading: Reading, right: Mapping[str, str | None]) -> Reading:
    if not any(a.id in right for a in reading.attributions):
        return reading
    said = (msgspec.structs.replace(a, speaker=right[a.id]) if a.id in right else a for a in reading.attributions)
    return msgspec.structs.replace(reading, attributions=tuple(said))


def actors_judged(merged: Merged, readings: Sequence[Reading], judgements: Sequence[Judgement]) -> Merged:
    """Return the actors of a case as people joined, parted and named them.

    Such a judgement is about names: it holds wherever they stand, in reports that come later too.

    Args:
        merged: the actors as the program found them.
        readings: one a report.
        judgements: all that were made, in their order.
    """
    made = [j for j in in_force(judgements) if j.subject.kind == "actor" and j.act in {"merge", "split", "correct"}]
    if not made:
        return merged
    near = _Near(readings, made)
    decided = [j for j in made if near.of_names(j, None).hold != "stale"]
    canonical, why = dict(merged.canonical), dict[str, list[Merge]]()
    for judgement in decided:
        {"merge": _merge, "split": _split, "correct": _rename}[judgement.act](canonical, judgement, why)
    touched = {k for k, name in canonical.items() if merged.canonical[k] != name or name in why}
    return replace(merged, actors=_actors(merged, readings, canonical, touched, why), canonical=canonical)


def _merge(canonical: dict[Key, str], judgement: Judgement, why: dict[str, list[Merge]]) -> None:
    into = _present(canonical, judgement.subject.id)
    if into is None:
        return
    for name in judgement.names:
        gone = _present(canonical, name)
        if gone is not None and gone != into:
            canonical.update({k: into for k, n in canonical.items() if n == gone})
            why.setdefault(into, []).append(_reason(judgement, into, name))


def _split(canonical: dict[Key, str], judgement: Judgement, why: dict[str, list[Merge]]) -> None:
    home = _present(canonical, judgement.subject.id)
    apart = {fold(n) for n in judgement.names}
    parted = [k for k, n in canonical.items() if n == home and fold(k[1]) in apart]
    # What keeps the canonical name is not parted from itself: then the rest gets a name of its own.
    name = max((k[1] for k in parted), key=lambda n: (len(n), n), default=None)
    if name is None or home is None:
        return
    rest = [k for k, n in canonical.items() if n == home and k not in parted]
    if name == home:
        parted, name = rest, max((k[1] for k in rest), key=lambda n: (len(n), n), default=home)
    canonical.update(dict.fromkeys(parted, name))
    why.setdefault(home, [])
    why.setdefault(name, [])


def _rename(canonical: dict[Key, str], judgement: Judgement, why: dict[str, list[Merge]]) -> None:
    found = _present(canonical, judgement.subject.id)
    if found is not None:
        canonical.update({k: judgement.value for k, n in canonical.items() if n == found})
        why.setdefault(judgement.value, []).extend(why.pop(found, []))


def _present(canonical: Mapping[Key, str], name: str) -> str | None:
    """The canonical name that a name has now: it may have been another's when it was judged."""
    if name in canonical.values():
        return name
    known = Counter(n for (_, local), n in canonical.items() if fold(local) == fold(name))
    return min(known, key=lambda n: (-known[n], n)) if known else None


def _reason(judgement: Judgement, into: str, name: str) -> Merge:
    told = f"judged by {judgement.user}" + (f": {judgement.reason}" if judgement.reason else "")
    return Merge(names=(min(into, name), max(into, name)), reason=told, score=_CERTAIN)


def _actors(
    merged: Merged,
    readings: Sequence[Reading],
    canonical: Mapping[Key, str],
    touched: Iterable[Key],
    why: Mapping[str, Sequence[Merge]],
) -> tuple[Actor, ...]:
    """The actors, those that were touched made anew from the readings."""
    anew = {canonical[k] for k in touched} | {merged.canonical[k] for k in touched}
    machine = {a.name: a for a in merged.actors}
    locals_of: dict[str, list[tuple[Reading, LocalActor]]] = {}
    for reading in readings:
        for actor in reading.actors:
            name = canonical.get((reading.report.id, actor.name))
            if name in anew:
                locals_of.setdefault(name, []).append((reading, actor))
    made = [_actor(name, some, machine, merged, why) for name, some in sorted(locals_of.items())]
    kept = [a for a in merged.actors if a.name not in anew]
    return tuple(sorted([*kept, *made], key=lambda a: (-a.mentions, a.name, a.type)))


def _actor(
    name: str,
    some: Sequence[tuple[Reading, LocalActor]],
    machine: Mapping[str, Actor],
    merged: Merged,
    why: Mapping[str, Sequence[Merge]],
) -> Actor:
    forms: Counter[str] = Counter()
    for reading, actor in some:
        said = (m.span.of(reading.report.text) for m in reading.mentions if m.actor == actor.name)
        forms.update(" ".join(words.split()) for words in said)
    names = dict.fromkeys((*(f for _, a in some for f in (*a.aliases, a.name)), name))
    before = [m for r, a in some for m in machine[merged.canonical[r.report.id, a.name]].merges]
    here = {a.name for _, a in some} | {name}
    joins = [m for m in dict.fromkeys(before) if set(m.names) <= here or name not in why]
    base = machine.get(name) or machine[merged.canonical[some[0][0].report.id, some[0][1].name]]
    return msgspec.structs.replace(
        base,
        name=name,
        aliases=tuple(sorted(names, key=lambda f: (-forms[f], f))),
        mentions=sum(forms.values()),
        roles=tuple(sorted({role for _, a in some for role in a.roles})),
        reports=tuple(sorted({r.report.id for r, _ in some})),
        merges=tuple(dict.fromkeys([*joins, *why.get(name, ())])),
    )


def all_judged(dossier: Dossier, machine: Sequence[Reading], judgements: Sequence[Judgement]) -> tuple[Judged, ...]:
    """Return the judgements that are in force, each with what it is of now and whether it still holds.

    Args:
        dossier: the dossier that was made with them.
        machine: the readings as the program made them, by which the judgements of speakers are held.
        judgements: all that were made, in their order.
    """
    made = in_force(judgements)
    near = _Near(machine, made)
    things = Things(
        s for kind in _COMPARED if any(j.subject.kind == kind for j in made) for s in subjects(dossier, kind)
    )
    told_by = {"speaker": Things(spoken(near.of(made, "speaker"))), "move": Things(told(near.of(made, "move")))}
    aliases = {alias: a.name for a in reversed(dossier.actors) for alias in (*a.aliases, a.name)}
    found = []
    for judgement in made:
        kind = judgement.subject.kind
        if kind == "actor":
            named = judgement.value if judgement.act == "correct" else judgement.subject.id
            found.append(near.of_names(judgement, aliases.get(named) or aliases.get(judgement.subject.id)))
        elif kind not in LATER:
            found.append(hold(judgement, told_by.get(kind, things), near.texts))
    return tuple(found)


class _Near:
    """The readings of those reports that judgements rest on."""

    def __init__(self, readings: Iterable[Reading], judgements: Sequence[Judgement]) -> None:
        reports = resting_on(judgements)
        self._readings = [r for r in readings if r.report.id in reports]
        self._names = names_in(self.of(judgements, "actor"))
        self.texts = {r.report.id: text_hash(r.report.text) for r in self._readings}

    def of(self, judgements: Iterable[Judgement], kind: str) -> list[Reading]:
        reports = resting_on(j for j in judgements if j.subject.kind == kind)
        return [r for r in self._readings if r.report.id in reports]

    def of_names(self, judgement: Judgement, target: str | None) -> Judged:
        return hold_of_names(judgement, target, self._names, self.texts)


def _held(judgements: Sequence[Judgement], kind: str, readings: Sequence[Reading]) -> list[Judged]:
    made = [j for j in in_force(judgements) if j.subject.kind == kind]
    near = _Near(readings, made)
    now = Things(spoken(near.of(made, kind)))
    return [hold(j, now, near.texts) for j in made]
