"""What looks like a dispute and is none, and what is no look-alike either."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from factories import number, place, quoting, reading, time

from trucebook.api import read_text
from trucebook.dossier.alike import number_lookalikes, utterance_lookalikes
from trucebook.dossier.build import build as brief_of
from trucebook.dossier.quotes import group_quotes
from trucebook.dossier.values import grouped

if TYPE_CHECKING:
    from trucebook.reading.model import Reading


def raid(name: str, text: str, words: str, low: int, **more: str) -> Reading:
    bound, published = more.get("bound", "exact"), more.get("published", "2031-05-07")
    return reading(
        name,
        text,
        published=published,
        quantities=(number(text, words, "killed", low, None if bound != "exact" else low, bound),),
        mentions=tuple(place(text, p) for p in ("Kess", "Torr") if p in text),
        times=(time(text, *more["day"].split("=")),) if "day" in more else (),
    )


FIVE = raid("a", "A drone raid on the port killed five sailors in Kess.", "killed five", 5)
NUMBERS = {
    "more and less exact": (
        raid("b", "A drone raid on the port killed more than three in Kess.", "killed more", 3, bound="more_than"),
        ["precision"],
    ),
    "another place": (raid("b", "A drone raid on the port killed nine sailors in Torr.", "killed nine", 9), ["window"]),
    "days later": (
        raid("b", "A drone raid on the port killed nine in Kess.", "killed nine", 9, published="2031-05-17"),
        ["later update"],
    ),
    "another number of the same": (raid("b", "A drone raid on the port killed nine in Kess.", "killed nine", 9), []),
    "the same number": (raid("b", "A drone raid on the port killed five in Kess.", "killed five", 5), []),
    "another matter": (raid("b", "In Torr a flood after heavy rain killed nine.", "killed nine", 9), []),
}


@pytest.mark.parametrize(("other", "reasons"), NUMBERS.values(), ids=NUMBERS.keys())
def test_numbers_that_differ_without_contradiction_have_a_reason(other: Reading, reasons: list[str]) -> None:
    found = number_lookalikes(grouped([FIVE, other], {}), {})
    assert [x.reason for x in found] == reasons
    assert all({e.report for p in x.positions for e in p.evidence} == {"a", "b"} and x.why for x in found)


def test_a_copy_is_no_lookalike_of_what_it_copies() -> None:
    other, reasons = NUMBERS["more and less exact"]
    assert reasons
    assert not number_lookalikes(grouped([FIVE, other], {}), {"b": "a"})


FLOORS = {"one floor far below the other": ("73", 0), "about one floor": ("48", 1)}


@pytest.mark.parametrize(("least", "agreed"), FLOORS.values(), ids=FLOORS.keys())
def test_two_that_name_the_least_agree_only_where_it_is_about_the_same(least: str, agreed: int) -> None:
    texts = [f"At least {n} sailors were killed in a Danish raid on the port of Kess." for n in ("46", least)]
    found = brief_of([read_text(t, id=f"r{i}", published="2031-05-07") for i, t in enumerate(texts)])
    assert sum(f.standing == "corroborated" for f in found.findings) == agreed
    assert not any(f.standing == "disputed" for f in found.findings)


ACRES = "The fire burned 300 acres of old forest around the northern harbour on Monday."
UNITS = {
    "the same in another unit": (
        "Fire burned 120 hectares of old forest around the northern harbour.",
        ["unit or name"],
    ),
    "another size in another unit": ("Fire burned 300 hectares of old forest around the northern harbour.", []),
    "another matter": ("Denmark bought 120 hectares of meadow beside an airfield in the south.", []),
}


@pytest.mark.parametrize(("other", "reasons"), UNITS.values(), ids=UNITS.keys())
def test_one_size_in_two_units_is_a_lookalike_with_both(other: str, reasons: list[str]) -> None:
    readings = [read_text(t, id=f"r{i}", published="2031-05-07") for i, t in enumerate((ACRES, other))]
    found = number_lookalikes(grouped(readings, {}), {})
    assert [x.reason for x in found] == reasons
    assert all({p.value for p in x.positions} == {"300 acre", "120 hectare"} for x in found)


UTTERANCES = {
    "two that resemble each other": (
        "“The law must close Torr and its harbour to any freighter that is foreign,” Anna Berg said.",
        1,
    ),
    "another matter": ("“Taxes on bread and butter were never my idea,” Anna Berg said.", 0),
}


@pytest.mark.parametrize(("text", "count"), UTTERANCES.values(), ids=UTTERANCES.keys())
def test_two_utterances_of_one_speaker_that_resemble_each_other_are_told_apart(text: str, count: int) -> None:
    first = "“Every foreign freighter has the right to leave the harbour of Torr before the law takes force,” Anna Berg said."
    readings = [quoting("a", first, "Anna Berg"), quoting("b", text, "Anna Berg")]
    found = utterance_lookalikes(group_quotes(readings, {}), {r.report.id: r for r in readings}, {})
    assert len(found) == count
    assert all(x.reason == "another utterance" and len(x.positions) == 2 for x in found)
