from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest
from factories import number, place, reading, time
from hypothesis import given, settings
from hypothesis import strategies as st

from trucebook.dossier.units import Scopes
from trucebook.dossier.values import number_findings, shown
from trucebook.lexicons import load
from trucebook.reading.model import Quantity, Reading, When, Where
from trucebook.span import Span

if TYPE_CHECKING:
    from trucebook.dossier.model import Finding


def raid(
    name: str,
    text: str,
    *numbers: tuple[object, ...],
    where: str = "Kess",
    published: str = "2031-05-07",
    day: tuple[str, str] | None = None,
) -> Reading:
    return reading(
        name,
        text,
        published=published,
        quantities=tuple(number(text, *n) for n in numbers),  # type: ignore[arg-type]
        mentions=(place(text, where),) if where in text else (),
        times=(time(text, *day),) if day else (),
    )


THREE = raid(
    "a",
    "A drone raid on Kess shook the port at night. The raid left three people dead, said the mayor.",
    ("three people dead", "killed", 3),
)
AT_LEAST = raid(
    "b",
    "At least three people were killed when drones struck a depot in the Kess region.",
    ("At least three people", "killed", 3, None, "at_least"),
)
TWO = raid(
    "c",
    "Hours before, a raid by drones killed two and wounded more than a dozen in Kess.",
    ("killed two", "killed", 2),
    ("more than a dozen", "injured", 12, None, "more_than"),
)
INJURED = raid("d", "The raid by drones injured 18 in Kess.", ("injured 18", "injured", 18))


def told(of: Reading, **more: object) -> Reading:
    """A reading whose first number is known to hold for a place, a time, ..."""
    first, *others = of.quantities
    return msgspec.structs.replace(of, quantities=(msgspec.structs.replace(first, **more), *others))


def sides(findings: tuple[Finding, ...]) -> list[tuple[str, list[tuple[str, list[str]]]]]:
    return [(f.standing, [(p.value, [e.report for e in p.evidence]) for p in f.positions]) for f in findings]


def test_differing_numbers_of_one_event_are_one_dispute_with_its_sides() -> None:
    found = number_findings([THREE, AT_LEAST, TWO])
    assert sides(found) == [("disputed", [("2", ["c"]), ("3 / at least 3", ["a", "b"])])]
    assert found[0].kind == "value"
    assert found[0].origins == 3
    assert "Kess" in found[0].why
    assert [e.span.of(TWO.report.text) for p in found[0].positions for e in p.evidence if e.report == "c"] == [
        "killed two"
    ]


def test_numbers_that_differ_in_precision_alone_agree() -> None:
    found = number_findings([TWO, INJURED])
    assert sides(found) == [("corroborated", [("18", ["c", "d"])])]
    assert found[0].kind is None
    assert "precision" in found[0].why


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(
            raid("x", "The raid by drones killed five in Torr.", ("killed five", "killed", 5), where="Torr"),
            id="another place",
        ),
        pytest.param(
            raid("x", "After the raid by drones police detained five in Kess.", ("detained five", "detained", 5)),
            id="another measure",
        ),
        pytest.param(
            raid("x", "The raid by drones killed five elsewhere in the region.", ("killed five", "killed", 5)),
            id="elsewhere",
        ),
        pytest.param(raid("x", "A drone raid killed a further five in Kess.", ("five", "killed", 5)), id="a part"),
        pytest.param(raid("x", "Drone raids killed five in total in Kess.", ("five", "killed", 5)), id="a sum"),
        pytest.param(
            raid("x", "The raid by drones killed five of the guards in Kess.", ("killed five", "killed", 5)),
            id="some of them",
        ),
        pytest.param(
            raid("x", "The raid by drones killed five in Kess.", ("killed five", "killed", 5), published="2031-05-12"),
            id="a later report",
        ),
        pytest.param(
            raid("x", "A crush at a ferry killed five in Kess.", ("killed five", "killed", 5)), id="another event"
        ),
        pytest.param(raid("x", "The strike killed five.", ("killed five", "killed", 5)), id="no place and too little"),
        pytest.param(
            raid("x", "The raid by drones lasted five hours in Kess.", ("five hours", "hour", 5)), id="a duration"
        ),
        pytest.param(
            raid("x", "The raid by drones killed five in Kess.", ("killed five", None, 5)), id="nothing counted"
        ),
    ],
)
def test_no_dispute(other: Reading) -> None:
    assert number_findings([TWO, other]) == ()


def test_raids_of_two_days_are_no_dispute() -> None:
    text = "The raid by drones killed {} in Kess on {}."
    first = raid("a", text.format("two", "Monday"), ("killed two", "killed", 2), day=("Monday", "2031-05-05"))
    second = raid("b", text.format("five", "Friday"), ("killed five", "killed", 5), day=("Friday", "2031-05-02"))
    assert number_findings([first, second]) == ()
    same = raid("b", text.format("five", "Monday"), ("killed five", "killed", 5), day=("Monday", "2031-05-05"))
    assert [f.standing for f in number_findings([first, same])] == ["disputed"]


def test_copies_are_one_origin() -> None:
    copy = raid("z", AT_LEAST.report.text, ("At least three people", "killed", 3, None, "at_least"))
    assert number_findings([AT_LEAST, copy], copies={"z": "b"}) == ()
    assert [f.origins for f in number_findings([AT_LEAST, copy, TWO], copies={"z": "b"})] == [2]


def test_one_report_does_not_contradict_itself() -> None:
    text = "A raid by drones killed two in Kess. A second raid by drones killed five in Kess."
    assert number_findings([raid("a", text, ("killed two", "killed", 2), ("killed five", "killed", 5))]) == ()


def tariff(name: str, text: str, *numbers: tuple[str, float]) -> Reading:
    return reading(name, text, quantities=tuple(number(text, w, "percent", n) for w, n in numbers))


def test_numbers_side_by_side_are_told_apart_and_corroborated_each() -> None:
    pile = [
        tariff(
            "a",
            "The north laid duties of 25 percent on timber and 10 percent on imported grain.",
            ("25 percent", 25),
            ("10 percent", 10),
        ),
        tariff(
            "b",
            "Timber will face duties of 25 percent, imported grain 10 percent.",
            ("25 percent", 25),
            ("10 percent", 10),
        ),
        tariff("c", "He defended the 25 percent duties on timber.", ("25 percent", 25)),
    ]
    assert sorted(sides(number_findings(pile))) == [
        ("corroborated", [("10 percent", ["a", "b"])]),
        ("corroborated", [("25 percent", ["a", "b", "c"])]),
    ]


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        pytest.param(
            "Some 28,500 troops guard the valley.",
            "The 28,500 troops will stay in the valley.",
            True,
            id="an odd number needs little",
        ),
        pytest.param(
            "Some 40 trucks crossed the bridge.", "Drivers of 40 trucks slept.", False, id="a round one needs more"
        ),
        pytest.param(
            "The two sides met at the bridge of the valley.",
            "The two sides met at the bridge of the valley.",
            False,
            id="two sides count nothing",
        ),
    ],
)
def test_equal_numbers(one: str, other: str, *, found: bool) -> None:
    what = {"28,500 troops": ("troop", 28500.0), "40 trucks": ("truck", 40.0), "two sides": ("side", 2.0)}
    words = next(w for w in what if w in one)
    pile = [reading(n, t, quantities=(number(t, words, *what[words]),)) for n, t in [("a", one), ("b", other)]]
    assert [f.standing for f in number_findings(pile)] == (["corroborated"] if found else [])


@pytest.mark.parametrize(
    ("low", "high", "bound", "of", "expected"),
    [
        (3, 3, "exact", "killed", "3"),
        (3, None, "at_least", "killed", "at least 3"),
        (12, None, "more_than", "injured", "more than 12"),
        (None, 5, "at_most", "killed", "at most 5"),
        (150, 200, "between", "migrant", "150 to 200"),
        (150, 150, "about", "migrant", "about 150"),
        (28500, 28500, "exact", "troop", "28,500"),
        (2.5, 2.5, "exact", "percent", "2.5 percent"),
        (7.7e9, 7.7e9, "exact", "USD", "7,700,000,000"),
        (0, 0, "exact", "killed", "0"),
    ],
)
def test_shown(low: float | None, high: float | None, bound: str, of: str, expected: str) -> None:
    assert shown(Quantity(span=Span(0, 1), low=low, high=high, of=of, bound=bound)) == expected  # type: ignore[arg-type]


@settings(max_examples=40, deadline=None)
@given(st.permutations([THREE, AT_LEAST, TWO, INJURED]))
def test_the_order_of_the_readings_does_not_matter(pile: list[Reading]) -> None:
    found = number_findings(pile)
    assert found == number_findings([THREE, AT_LEAST, TWO, INJURED])
    assert len({f.id for f in found}) == len(found) == 2


def test_scopes_are_in_lower_case_and_told_once() -> None:
    scopes = load("scopes.toml", Scopes)
    lists = [scopes.whole, scopes.part, scopes.past]
    every = [w for some in lists for w in some]
    assert len(set(every)) == len(every)
    assert all(w == w.casefold() and w for w in [*every, *scopes.apart, *scopes.kinds_of_place])
    assert len(set(scopes.apart)) == len(scopes.apart)
    assert len(set(scopes.kinds_of_place)) == len(scopes.kinds_of_place)


FIVE = raid("x", "The raid by drones killed five in Kess.", ("killed five", "killed", 5))
PARTED = {
    "the number's own place": {"where": Where(span=Span(0, 3), place="Torr")},
    "the number's own day": {"when": When(span=Span(0, 3), value="2031-05-02")},
    "a rate": {"per": "day"},
    "planned and done": {"status": "planned", "happened": "killed"},
    "something else befell them": {"status": "done", "happened": "wounded"},
}


@pytest.mark.parametrize("more", PARTED.values(), ids=PARTED)
def test_what_the_reading_knows_of_a_number_keeps_it_from_a_dispute(more: dict[str, object]) -> None:
    known = {"status": "done", "happened": "killed", "when": When(span=Span(0, 3), value="2031-05-07")}
    assert [f.standing for f in number_findings([told(TWO, **known), told(FIVE, **known)])] == ["disputed"]
    assert number_findings([told(TWO, **known), told(FIVE, **known | more)]) == ()


def test_the_place_of_the_number_goes_before_one_that_stands_near() -> None:
    near = raid("x", "The raid by drones, told of in Kess, killed five.", ("killed five", "killed", 5))
    assert [f.standing for f in number_findings([TWO, near])] == ["disputed"]
    assert number_findings([TWO, told(near, where=Where(span=Span(0, 3), place="Torr"))]) == ()
