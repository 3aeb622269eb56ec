from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

import trucebook
from trucebook.errors import InputRefusedError
from trucebook.intake.load import load
from trucebook.intake.settings import IntakeSettings
from trucebook.reading.read import read_report
from trucebook.render.contract import reading_line
from trucebook.span import Span

if TYPE_CHECKING:
    from trucebook.reading.model import Reading

PIECES = [
    "Norway", "Foreign Minister Ana Duval", "he", "said", "that", "“", "”", '"', "‘", "’", ",", ".", ".3", "[4]", "\n", "\n\n", "- ",
    "Read more: The Long War in the North", "KESS, Norway (AP) — ", "By Ana Duval", "on Tuesday", "at least three people were killed",
    "if Sweden agrees", "30-day", "has yet to", "?", "denied", "according to", "a joint statement", "é", "\u200b", "😀", "\u202e", "\x1b[31m",
]  # fmt: skip
texts = st.one_of(st.text(max_size=200), st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join))


def read(text: str) -> Reading | None:
    try:
        return trucebook.read_text(text, published="2031-05-07")
    except InputRefusedError:
        return None


def every_span(value: object) -> list[Span]:
    if isinstance(value, Span):
        return [value]
    if isinstance(value, msgspec.Struct):
        return [s for name in value.__struct_fields__ for s in every_span(getattr(value, name))]
    if isinstance(value, tuple):
        return [s for item in value for s in every_span(item)]
    return []


@settings(max_examples=150, deadline=None)
@given(texts)
def test_every_span_of_any_text_lies_inside_it(text: str) -> None:
    reading = read(text)
    if reading is not None:
        assert reading.report.text == text
        assert all(0 <= s.start <= s.end <= len(text) for s in every_span(reading))


@settings(max_examples=150, deadline=None)
@given(texts)
def test_furniture_and_prose_never_overlap(text: str) -> None:
    reading = read(text)
    if reading is None:
        return
    marked = [f.span for f in reading.furniture]
    blocks = [f.span for f in reading.furniture if f.kind != "footnote-mark"]
    for sentence in reading.sentences:
        assert not any(m.covers(sentence.span) for m in marked)
    found = [m.span for m in reading.mentions] + [t.span for t in reading.times] + [q.span for q in reading.quantities]
    assert not any(m.touches(span) for span in found for m in blocks)
    for attribution in reading.attributions:
        assert not any(m.covers(s) for m in marked for s in attribution.content)


@settings(max_examples=60, deadline=None)
@given(texts)
def test_the_same_text_gives_the_same_bytes(text: str) -> None:
    first, second = read(text), read(text)
    assert (first and reading_line(first)) == (second and reading_line(second))


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(tmp_path_factory: object, data: bytes) -> None:
    folder = tmp_path_factory.mktemp("any")  # type: ignore[attr-defined]
    path = folder / "any.txt"
    path.write_bytes(data)
    loaded = load([str(path)], settings=IntakeSettings())
    assert len(loaded.reports) + len(loaded.refusals) == 1
    for report in loaded.reports:
        assert reading_line(read_report(report))


def test_a_reading_without_a_date_says_what_that_costs() -> None:
    reading = trucebook.read_text("Norway signed the accord on Tuesday.")
    assert [t.value for t in reading.times] == [None]
    assert any("publication date" in w for w in reading.warnings)
    assert not trucebook.read_text("Norway signed the accord on 6 May 2031.").warnings


def test_a_very_long_line_is_read_in_pieces() -> None:
    text = "Norway said the truce would hold and Sweden said it would not. " * 400
    reading = trucebook.read_text(text.strip(), published="2031-05-07")
    assert len(reading.attributions) >= 400
