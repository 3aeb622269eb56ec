"""The day of publication that the head of a report tells."""

from __future__ import annotations

import datetime

import pytest

from trucebook.intake.load import from_text

BODY = "\n\nThe guns fell silent at noon, the harbour master said, and nobody was hurt in the town on 1 May 2030."
DAY = datetime.date(2031, 1, 15)


@pytest.mark.parametrize(
    "head",
    {
        "a line of its own": "Truce holds\nJanuary 15, 2031",
        "the British way": "Truce holds\n15 January 2031",
        "a label": "Truce holds\nPublished on Wednesday, January 15, 2031 at 10:30 a.m. GMT",
        "a label beside an update": "Truce holds\nPublished: 2031-01-15\nUpdated: 2031-01-17",
        "an update alone": "Truce holds\nLast updated January 15, 2031",
        "behind the author": "Truce holds\nBy Ada Marlow | January 15, 2031",
        "a dateline": "Truce holds\n\nPORT VESTA, Jan. 15, 2031 — The envoys met again.",
        "a line of its own before a dateline": "Truce holds\nJan. 15, 2031\n\nPORT VESTA, Jan. 14, 2031 — They met.",
    }.values(),
)
def test_the_head_tells_the_day(head: str) -> None:
    assert from_text(head + BODY).published == DAY


@pytest.mark.parametrize(
    "head",
    {
        "a day that is told of": "Truce of January 15, 2031 holds, both sides say",
        "no year": "Truce holds\n\nPORT VESTA, Jan. 15 — The envoys met again.",
        "two days": "Truce holds\nJanuary 15, 2031\nJanuary 16, 2031",
        "no day of the calendar": "Truce holds\nFebruary 31, 2031",
        "how long ago": "Truce holds\n3 hours ago",
    }.values(),
)
def test_what_does_not_tell_one_day_tells_none(head: str) -> None:
    assert from_text(head + BODY).published is None


def test_what_is_known_from_outside_comes_first() -> None:
    known = datetime.date(2031, 1, 14)
    assert from_text("Truce holds\nJanuary 15, 2031" + BODY, published=known).published == known
