from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trucebook.reading.prose import mask, paragraphs
from trucebook.report import Furniture
from trucebook.span import Span


def blocks(text: str) -> list[tuple[str, str]]:
    return [(p.kind, p.span.of(text)) for p in paragraphs(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. \nTwo.\n", [("prose", "One."), ("prose", "Two.")]),
        ("Title of it\n\nOne.\nTwo.\nThree.", [("heading", "Title of it"), ("prose", "One."), ("prose", "Two."), ("prose", "Three.")]),
        ("A first line\nwrapped here.\n\nSecond.\n\nThird.", [("prose", "A first line\nwrapped here."), ("prose", "Second."), ("prose", "Third.")]),
        ("Two sign deal\n          Both did.\n\nSecond.\n\nThird.", [("heading", "Two sign deal"), ("prose", "Both did."), ("prose", "Second."), ("prose", "Third.")]),
        ("", []),
        (" \n\n ", []),
        ("No stop but it goes on for so many words that it can be no heading of any kind", [("prose", "No stop but it goes on for so many words that it can be no heading of any kind")]),
    ],
    ids=["lines", "title", "blocks", "title above a dateline that is blanked out", "empty", "white", "long"],
)  # fmt: skip
def test_paragraphs(text: str, expected: object) -> None:
    assert blocks(text) == expected


def test_a_footnote_mark_becomes_spaces_and_a_block_keeps_its_line_breaks() -> None:
    text = "It held.4 Then\n- Read on\nit broke."
    marked = [Furniture(span=Span(8, 9), kind="footnote-mark"), Furniture(span=Span(15, 24), kind="related-headline")]
    assert mask(text, marked) == "It held.  Then\n         \nit broke."


@given(st.text(max_size=200), st.lists(st.tuples(st.integers(0, 200), st.integers(0, 200)), max_size=4))
def test_masking_keeps_every_offset(text: str, pairs: list[tuple[int, int]]) -> None:
    marked = [Furniture(span=Span(min(p), max(p)), kind="other") for p in pairs if max(p) <= len(text)]
    masked = mask(text, marked)
    assert len(masked) == len(text)
    covered = {i for f in marked for i in range(*f.span)}
    assert all(masked[i] == text[i] for i in range(len(text)) if i not in covered)


@given(st.text(max_size=300))
def test_paragraphs_are_in_order_apart_and_without_white_space_around(text: str) -> None:
    spans = [p.span for p in paragraphs(text)]
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert all(s.of(text) == s.of(text).strip() != "" for s in spans)
