"""Conditions that several reports name, and what hangs on them."""

from __future__ import annotations

import pytest

from trucebook.api import read_text, reconcile

PUBLISHED = "2031-05-07"
SETTING = "Norway, Iceland and Denmark met in Oslo on Tuesday to speak of a plan for the fishing grounds."


def told(*texts: str) -> list[tuple[str, list[str]]]:
    """The facts that name one condition: the statement, and the words of each place."""
    readings = [read_text(f"{SETTING}\n\n{t}", id=f"r{i}", published=PUBLISHED) for i, t in enumerate(texts)]
    by_id = {r.report.id: r.report.text for r in readings}
    return [
        (f.statement, [e.span.of(by_id[e.report]) for p in f.positions for e in p.evidence])
        for f in reconcile(readings).findings
        if f.standing == "corroborated" and "condition" in f.why
    ]


TRUCE = "Iceland said the truce would begin on Monday, contingent on Norwegian consent to the plan."
SAME = "If Norway consents to the plan, the truce will begin at once."
FUEL = "Denmark agreed to resume its fuel deliveries to Iceland, contingent on Norwegian consent to the plan."


def test_a_condition_is_shown_with_what_hangs_on_it() -> None:
    [(statement, places)] = told(TRUCE, SAME)
    assert statement == SAME.rstrip(".")
    assert all("truce" in words for words in places)


@pytest.mark.parametrize("other", [TRUCE, SAME])
def test_what_other_things_depend_on_is_not_gathered(other: str) -> None:
    assert told(other, FUEL) == []


def test_a_sentence_that_leans_on_another_is_not_the_one_that_is_shown() -> None:
    leaning = "Iceland supports a truce on the coast. However, its start depends on Norwegian consent to the plan."
    [(statement, places)] = told(leaning, SAME)
    assert statement == SAME.rstrip(".")
    assert "However, its start depends on Norwegian consent to the plan" in places
