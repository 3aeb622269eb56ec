from __future__ import annotations

from collections import Counter

import pytest

from trucebook.intake.furniture import find_furniture
from trucebook.intake.phrases import phrases, plain

DATA = phrases()
LISTS = {
    "related.leads": DATA.related.leads,
    "related.verbs": tuple(DATA.related.verbs),
    "related.small": tuple(DATA.related.small),
    "byline.roles": DATA.byline.roles,
    "byline.credits": DATA.byline.credits,
    "byline.agencies": tuple(DATA.byline.agencies),
    "caption.leads": DATA.caption.leads,
    "dateline.not_places": tuple(DATA.dateline.not_places),
    "other.lines": tuple(DATA.other.lines),
    "other.beginnings": DATA.other.beginnings,
}


@pytest.mark.parametrize("name", LISTS)
def test_phrases_are_written_as_they_are_compared_and_once(name: str) -> None:
    assert [p for p in LISTS[name] if p != plain(p)] == []
    assert [p for p, n in Counter(LISTS[name]).items() if n > 1] == []


def test_no_phrase_is_hidden_by_a_shorter_one() -> None:
    beginnings = DATA.other.beginnings
    hidden = [(long, short) for long in beginnings for short in beginnings if long.startswith(short + " ")]
    assert hidden == []


@pytest.mark.parametrize("line", sorted(DATA.other.lines))
def test_every_line_of_the_data_is_found(line: str) -> None:
    assert [f.span.of(line.title()) for f in find_furniture(line.title())] == [line.title()]


@pytest.mark.parametrize("beginning", DATA.other.beginnings)
def test_every_beginning_of_the_data_is_found(beginning: str) -> None:
    line = f"{beginning.capitalize()} the harbour"
    assert [f.span.of(line) for f in find_furniture(line)] == [line]


@pytest.mark.parametrize("lead", DATA.related.leads)
def test_every_lead_is_found(lead: str) -> None:
    text = f"Nobody left.\n{lead.capitalize()}: Why the Harbour Matters\nAll stayed."
    assert [(f.kind, f.span.of(text)) for f in find_furniture(text)] == [("related-headline", text.split("\n")[1])]


@pytest.mark.parametrize("credit", DATA.byline.credits)
def test_every_credit_is_found(credit: str) -> None:
    text = f"Nobody left.\nAll stayed.\n{credit.capitalize()} Ana Kovar"
    assert [(f.kind, f.span.of(text)) for f in find_furniture(text)] == [("byline", text.split("\n")[2])]


@pytest.mark.parametrize("lead", DATA.caption.leads)
def test_every_lead_of_a_caption_is_found(lead: str) -> None:
    text = f"Nobody left.\n{lead.capitalize()}: The harbour at dawn.\nAll stayed."
    assert [(f.kind, f.span.of(text)) for f in find_furniture(text)] == [("caption", text.split("\n")[1])]
