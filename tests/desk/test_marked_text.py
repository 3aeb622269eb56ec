from __future__ import annotations

from html.parser import HTMLParser

from record_stubs import read, report

from trucebook.desk.book import Book, Lines, OpenBook
from trucebook.desk.marked_text import marked_text
from trucebook.desk.views import FindingView, ReportView, Side, Spot, Wording
from trucebook.desk.window import window
from trucebook.record.books import End
from trucebook.render.layers import CODES
from trucebook.span import Span

HOSTILE = "Anna Berg <script>alert(\"x\")</script> of Velonia & others opened the 'bridge' again."


def of(text: str) -> ReportView:
    return ReportView(
        number=1, name="r", version=1, outlet=None, title=None, published=None, url=None, author=None, path="r.txt",
        sha256="0", language="en", length=len(text), copies=None, warnings=(), text=1, reading=1,
    )  # fmt: skip


def finding(text: str, words: str) -> FindingView:
    start = text.index(words)
    spot = Spot(report=1, span=Span(start, start + len(words)))
    return FindingView(
        id="f1", standing="disputed", kind="value", differs="", statement='it is "so" <b>', exact=False, words="", teller="",
        spots=(spot,), sides=(Side(value="", wordings=(Wording(text=words, spots=(spot,)),), reports=(1,)),), reports=(1,),
        origins=1, why="",
    )  # fmt: skip


class Seen(HTMLParser):
    """The words that a reader sees outside notes and signs, and the tags."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.words, self._aside = "", 0
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append((tag, given))
        if self._aside or given.get("class") in {"n", "backs"}:
            self._aside += 1

    def handle_endtag(self, _: str) -> None:
        self._aside -= self._aside > 0

    def handle_data(self, data: str) -> None:
        self.words += data if not self._aside else ""


def seen(text: str, words: str, at: Span | None = None) -> Seen:
    book = OpenBook(
        book=Book(reports=(of(text),), lines=Lines(findings=(finding(text, words),))), end=End(seq=1, hash="h"), made=1
    )
    found = window(book, of(text), read(report("r", text)), 1, at)
    assert found is not None
    lit = f"w-{found.lit.start}-{found.lit.end}" if found.lit else ""
    return Seen(str(marked_text(found.blocks, book, CODES, lit)))


def test_the_words_are_the_report_s_and_none_of_them_is_markup() -> None:
    page = seen(HOSTILE, "<script>")
    assert page.words == HOSTILE
    assert {tag for tag, _ in page.tags} == {"p", "span", "mark", "bdi", "b", "a"}


def test_evidence_is_marked_and_leads_to_its_line() -> None:
    page = seen(HOSTILE, "opened the")
    (link,) = [given for tag, given in page.tags if tag == "a"]
    assert link == {
        "class": "disputed", "href": "/findings/f1", "title": 'Disputed: it is "so" <b>', "aria-label": "Disputed",
    }  # fmt: skip
    assert "mark" in {tag for tag, _ in page.tags}


def test_words_that_an_address_names_are_lit() -> None:
    page = seen(HOSTILE, "opened", Span(HOSTILE.index("again"), HOSTILE.index("again") + 5))
    assert ("span", {"id": "at", "class": "at"}) in page.tags
    assert any((given.get("class") or "").startswith("lit") for tag, given in page.tags if tag == "mark")
