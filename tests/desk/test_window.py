from __future__ import annotations

from record_stubs import read, report

from trucebook.desk.book import Book, OpenBook
from trucebook.desk.views import ReportView
from trucebook.desk.window import PART, bounds, window
from trucebook.reading.model import Reading
from trucebook.record.books import End
from trucebook.span import Span

SENTENCE = "Anna Berg of Velonia opened the northern bridge again, and nobody crossed. "


def view(text: str) -> ReportView:
    return ReportView(
        number=1, name="r", version=1, outlet=None, title=None, published=None, url=None, author=None, path="r.txt",
        sha256="0", language="en", length=len(text), copies=None, warnings=(), text=1, reading=1,
    )  # fmt: skip


def book(text: str) -> OpenBook:
    return OpenBook(book=Book(reports=(view(text),)), end=End(seq=1, hash="h"), made=1)


def test_the_parts_of_a_report_are_whole_sentences_and_all_of_it() -> None:
    text = SENTENCE * 1_500
    parts = bounds(read(report("r", text)))
    assert len(parts) > 2
    assert "".join(p.of(text) for p in parts) == text
    assert all(p.of(text).startswith("Anna Berg") for p in parts)
    assert max(p.length for p in parts) < PART + len(SENTENCE)


def test_a_text_without_sentences_is_parted_too() -> None:
    text = "x" * (5 * PART)
    assert max(p.length for p in bounds(Reading(report=report("r", text)))) <= 2 * PART
    assert bounds(read(report("r", ""))) == (Span(0, 0),)


def test_a_part_shows_its_words_and_lights_those_asked_for() -> None:
    text = SENTENCE * 1_500
    reading = read(report("r", text))
    at = Span(text.index("northern", 60_000), text.index("northern", 60_000) + 8)
    found = window(book(text), view(text), reading, 0, at)
    assert found is not None
    assert (found.part, found.text) == (2, found.span.of(text))
    pieces = [p for block in found.blocks for p in block.pieces]
    assert "".join(p.text for p in pieces) == found.text
    assert found.lit is not None
    name = f"w-{found.lit.start}-{found.lit.end}"
    assert "".join(p.text for p in pieces if name in p.inside) == "northern"
    assert {n.layer for n in found.notes} == {"actor", "statement"}


def test_there_is_no_part_beyond_the_last() -> None:
    assert window(book(SENTENCE), view(SENTENCE), read(report("r", SENTENCE)), 2, None) is None
