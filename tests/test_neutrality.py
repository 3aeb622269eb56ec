"""The same rules for every party: with the names of the parties exchanged, everything else stays the same."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

import trucebook
from trucebook.dossier.build import build

if TYPE_CHECKING:
    from collections.abc import Callable

    from trucebook.reading.model import Reading

# What the statistical models make of a sentence may depend on the names in it; these they read alike for all of them,
# so that what differs would be the rules' doing.
TEXTS = (
    (
        "{a} accepted the truce if {b} withdraws its guns from the valley. {b} rejected the map. "
        "The foreign ministry of {b} denied that its forces had shelled the market. “We will not leave,” {a} said. "
        "At least three people were killed in {a}. {a} accused {b} of breaking the truce."
    ),
    (
        "{a} agreed to the truce if {b} pulls its guns out of the valley. {b} did not reject the map. "
        "{b} said that two people were killed in {a}. {b} might resume the talks with {a} on Friday."
    ),
)
PAIRS = [("Russia", "Ukraine"), ("Israel", "Iran"), ("India", "Pakistan"), ("Norway", "Sweden"), ("China", "Japan")]


def exchanged(a: str, b: str) -> Callable[[str], str]:
    return lambda text: re.sub(f"{a}|{b}", lambda m: b if m.group() == a else a, text)


def readings(a: str, b: str) -> list[Reading]:
    return [trucebook.read_text(t.format(a=a, b=b), id=f"r{i}", published="2031-05-07") for i, t in enumerate(TEXTS)]


def shape(found: list[Reading], rename: Callable[[str], str]) -> list[object]:
    """All that the readings and their dossier say, with the words of each place and the names exchanged."""
    rows: list[object] = []
    for reading in found:
        text = reading.report.text
        said = reading.attributions
        rows += [(a.kind, a.stance, rename(a.speaker or ""), [rename(s.of(text)) for s in a.content]) for a in said]
        rows += [(rename(c.span.of(text)), c.negated, c.modality, c.condition is None) for c in reading.clauses]
        rows += [(rename(m.actor), m.type, rename(m.span.of(text))) for m in reading.mentions]
    dossier = build(found)
    for f in sorted(dossier.findings, key=lambda f: rename(f.statement)):
        sides = [sorted(rename(dossier.words(e)) for e in p.evidence) for p in f.positions]
        rows.append((f.standing, f.kind, sides, [rename(dossier.words(c)) for c in f.conditions]))
    return rows


@pytest.mark.parametrize(("a", "b"), PAIRS)
def test_exchanging_the_parties_changes_nothing_but_their_names(a: str, b: str) -> None:
    assert shape(readings(a, b), str) == shape(readings(b, a), exchanged(a, b))


def test_the_shape_is_not_empty_and_tells_parties_apart() -> None:
    rows = shape(readings("Norway", "Sweden"), str)
    assert len(rows) > 20
    assert rows != shape(readings("Norway", "Sweden"), exchanged("Norway", "Sweden"))
