"""Which numbers of two reports are of one thing; on invented sentences, read whole."""

from __future__ import annotations

import pytest

from trucebook.api import read_text, reconcile

CONTEXT = "Mediators from Iceland have shuttled between Oslo and Stockholm for weeks."


def standings(one: str, other: str) -> set[str]:
    """How the findings stand that tell of numbers, or of statements that hold one."""
    texts = (f"{CONTEXT}\n\n{one}\n", f"{other}\n\n{CONTEXT}\n")
    readings = [read_text(t, id=name, published="2031-05-07") for name, t in zip("ab", texts, strict=True)]
    found = [f for f in reconcile(readings).findings if "shuttled" not in f.statement]
    return {f.standing for f in found if f.standing != "single"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "Sweden demanded that the 12,450 Norwegian soldiers stationed in Lapland withdraw.",
            "There are 12,450 Norwegian soldiers in Lapland.",
        ),
        ("Sweden wants Norway to pull out its 12,450 soldiers in Lapland.", "Norway keeps 12,450 soldiers in Lapland."),
        ("The northern fund holds $3.47 billion.", "Norway will draw on the northern fund of $3.47 billion."),
    ],
    ids=["in a demand", "to pull out", "a sum"],
)
def test_a_telling_figure_is_one_fact_whatever_stands_beside_it(one: str, other: str) -> None:
    assert standings(one, other) == {"corroborated"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("There are 12,450 Norwegian soldiers in Lapland.", "There are 12,450 Norwegian soldiers in Jutland."),
        ("There are 12,450 Norwegian soldiers in Lapland.", "There are not 12,450 Norwegian soldiers in Lapland."),
        (
            "There were 12,450 Norwegian soldiers in Lapland in 2016.",
            "There were 12,450 Norwegian soldiers in Lapland in 2024.",
        ),
        ("Norway launched 214 drones at Bodo.", "Norway shot down 214 drones over Bodo."),
        ("Norway has 12,450 soldiers.", "A concert in Rome drew 12,450 soldiers."),
    ],
    ids=["another place", "denied", "another year", "another fate", "another matter"],
)
def test_a_telling_figure_of_something_else_is_no_fact(one: str, other: str) -> None:
    assert "corroborated" not in standings(one, other)


YEAR = "Norway has moved fast."


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            f"{YEAR} In total, the country fired 23 missiles during 16 tests between February and December 2030.",
            "Norway showed its range in a sprint of over 20 missile tests last year.",
        ),
        (
            "Norway held 12 naval exercises in 2030.",
            "In 2030 Norway went through a series of 17 naval exercises.",
        ),
    ],
    ids=["a sort told beside it", "a sort of its own"],
)
def test_counts_of_happenings_of_one_side_in_one_year_are_held_against_each_other(one: str, other: str) -> None:
    assert standings(one, other) == {"disputed"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Norway held 12 naval exercises in 2030.", "Sweden held 17 naval exercises in 2030."),
        ("Norway held 12 naval exercises in 2030.", "Norway held 17 naval exercises in 2029."),
        ("Norway held 12 naval exercises in 2030.", "Norway held 17 ski races in 2030."),
        ("Norway held 12 naval exercises in 2030.", "Norway held 17 air exercises in 2030."),
        ("Norway held 12 naval exercises in 2030.", "Norway held at least 10 naval exercises in 2030."),
        ("Norway held 12 naval exercises in 2030.", "Norway held 5 other naval exercises in 2030."),
        ("Norway held 12 naval exercises in 2030.", "Norway plans to hold 17 naval exercises in May 2031."),
    ],
    ids=["another side", "another year", "another thing", "another sort", "a bound that holds", "others", "to come"],
)
def test_counts_of_other_happenings_are_not(one: str, other: str) -> None:
    assert "disputed" not in standings(one, other)
