from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from trucebook.dossier.model import Dossier
from trucebook.render.html import render_html
from trucebook.render.shown import block

if TYPE_CHECKING:
    from collections.abc import Callable

VOID = {"meta", "br", "input"}
# Elements that a brief is made of: none of them loads or runs anything.
ELEMENTS = {
    "html",
    "head",
    "meta",
    "title",
    "style",
    "body",
    "a",
    "div",
    "header",
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "time",
    "section",
    "nav",
    "ul",
    "ol",
    "li",
    "main",
    "span",
    "strong",
    "b",
    "bdi",
    "br",
    "del",
    "ins",
    "article",
    "table",
    "caption",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "mark",
    "fieldset",
    "legend",
    "label",
    "input",
    "details",
    "summary",
    "svg",
    "desc",
    "rect",
    "line",
    "text",
}
ATTRIBUTES = {
    "lang",
    "charset",
    "name",
    "content",
    "http-equiv",
    "class",
    "href",
    "id",
    "aria-label",
    "aria-labelledby",
    "aria-hidden",
    "tabindex",
    "title",
    "role",
    "scope",
    "datetime",
    "dir",
    "rel",
    "data-in",
    "data-kind",
    "data-label",
    "data-n",
    "data-k",
    "aria-describedby",
    "type",
    "checked",
    "rowspan",
    "width",
    "height",
    "viewbox",
    "x",
    "y",
    "rx",
    "x1",
    "x2",
    "y1",
    "y2",
}


class Page(HTMLParser):
    """Reads a page strictly: elements must be closed in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.ids: Counter[str] = Counter()
        # text of every anchor, and of the marks that lie in it, without the links back
        self.marks: dict[str, str] = {}
        self.inside: list[str] = []
        self.shown: list[str] = []
        self.headings: list[int] = []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        assert len(found) == len(attrs), (tag, attrs)
        self.elements.append((tag, found))
        self.ids.update([found["id"]] if "id" in found else [])
        if tag == "mark":
            self.inside = found.get("data-in", "").split()
        if tag in {"h1", "h2", "h3", "h4"}:
            self.headings.append(int(tag[1]))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag
        if tag == "mark":
            self.inside = []

    def handle_data(self, data: str) -> None:
        if self.open[-1:] != ["style"]:
            self.shown.append(data)
        for name in self.inside:
            self.marks[name] = self.marks.get(name, "") + data


def _values(page: Page, name: str) -> list[str]:
    return [attrs[name] for _, attrs in page.elements if name in attrs]


def test_brief_is_the_golden_one(dossier: Dossier, golden: Callable[[str, str], None]) -> None:
    golden("brief.html", render_html(dossier))


def test_page_is_well_formed_and_every_link_has_its_place(
    dossier: Dossier, hostile: Dossier, crowded: Callable[[int], Dossier]
) -> None:
    for each in (dossier, hostile, crowded(25), Dossier(as_of=None, readings=())):
        _check(Page(render_html(each)))


def _check(page: Page) -> None:
    assert {tag for tag, _ in page.elements} <= ELEMENTS
    assert {name for _, attrs in page.elements for name in attrs} <= ATTRIBUTES
    assert [name for name, number in page.ids.items() if number > 1] == []
    inner = [href for href in _values(page, "href") if href.startswith("#")]
    assert {href[1:] for href in inner} <= set(page.ids)
    assert {name for value in _values(page, "aria-labelledby") for name in value.split()} <= set(page.ids)
    outer = [attrs for _, attrs in page.elements if not attrs.get("href", "#").startswith("#")]
    assert all(re.match(r"https?://", attrs["href"]) and "noopener" in attrs["rel"] for attrs in outer)


def test_nothing_is_loaded_and_nothing_runs(dossier: Dossier, hostile: Dossier) -> None:
    for each in (dossier, hostile):
        page = Page(html := render_html(each))
        policy = next(a["content"] for _, a in page.elements if a.get("http-equiv") == "Content-Security-Policy")
        assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'")
        assert not {tag for tag, _ in page.elements} & {
            "script",
            "img",
            "link",
            "iframe",
            "object",
            "form",
            "use",
            "image",
            "foreignobject",
        }
        style = html[html.index("<style>") : html.index("</style>")]
        assert not re.search(r"url\(|@import|@font-face|expression", style)


def test_every_anchor_shows_exactly_its_words(dossier: Dossier) -> None:
    page = Page(render_html(dossier))
    places = {f"{e.report}-{e.span.start}-{e.span.end}": dossier.words(e)
              for f in dossier.findings for p in f.positions for e in (*p.evidence, *f.conditions)}  # fmt: skip
    places |= {f"{v.report}-{v.span.start}-{v.span.end}": v.span.of(dossier.reading(v.report).report.text)
               for q in dossier.quotes for v in q.variants}  # fmt: skip
    assert {name: page.marks[name] for name in places} == places
    assert set(places) <= set(page.ids)


def test_overlapping_evidence_lights_up_as_a_whole(dossier: Dossier) -> None:
    html = render_html(dossier)
    lit = re.findall(r':root:has\(\[id="([^"]+)"\]:target\) \[data-in~="([^"]+)"\]', html)
    # the quotation of 003 is cut where the words of the dispute end
    assert ("003-178-240", "003-178-240") in lit
    assert all(first == second for first, second in lit)


def test_every_line_links_to_words_and_back(dossier: Dossier) -> None:
    page = Page(render_html(dossier))
    linked = {href[1:] for href in _values(page, "href") if href.startswith("#")}
    assert set(page.marks) <= linked
    assert {"A1", "A2", "D1", "D2", "D3", "S1", "Q1", "Q2", "Q3", "T1", "T4"} <= linked & set(page.ids)


def test_the_whole_text_of_every_report_is_in_the_page(dossier: Dossier) -> None:
    html = render_html(dossier)
    bare = re.sub(r'<span class="(?:backs|n)".*?</span>', "", html)
    shown = "".join(Page(bare).shown)
    for reading in dossier.readings:
        for text in reading.report.text.split("\n"):
            assert text in shown


def test_headings_go_down_one_step_at_a_time(dossier: Dossier) -> None:
    levels = Page(render_html(dossier)).headings
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_a_screen_reader_finds_its_way(dossier: Dossier) -> None:
    page = Page(render_html(dossier))
    tags = Counter(tag for tag, _ in page.elements)
    assert (tags["main"], tags["nav"], tags["header"], tags["caption"]) == (1, 1, 1, 1)
    assert page.elements[0] == ("html", {"lang": "en"})
    assert next(a for t, a in page.elements if t == "a") == {"class": "skip", "href": "#brief"}
    assert all("scope" in attrs for tag, attrs in page.elements if tag == "th")
    signs = [attrs for tag, attrs in page.elements if tag == "b" and attrs.get("class") in {"told", "absent"}]
    assert signs
    assert all(attrs["aria-hidden"] == "true" for attrs in signs)


def test_changed_words_are_told_in_words_too(dossier: Dossier) -> None:
    html = render_html(dossier)
    assert '<del><span class="unseen">left out: </span><span aria-hidden="true">−</span>thirty</del>' in html
    assert '<ins><span class="unseen">added: </span><span aria-hidden="true">+</span>30</ins>' in html


def test_furniture_is_marked_and_kept(dossier: Dossier) -> None:
    html = render_html(dossier)
    assert '<span class="furniture" data-kind="dateline">PORT HALDEN —</span>' in html
    assert '<span class="furniture" data-kind="footnote mark">4</span>' in html


def test_addresses_that_run_something_are_text(dossier: Dossier) -> None:
    html = render_html(dossier)
    assert 'href="https://courier.example/world/truce?id=1&amp;page=2"' in html
    assert "javascript:alert(document.domain)</bdi>" in html
    assert 'href="javascript' not in html


def test_a_report_cannot_write_html(hostile: Dossier) -> None:
    html = render_html(hostile)
    assert "<script" not in html
    assert "onerror=alert(1)&gt;" in html
    assert "{{ 7*7 }}" in html
    assert "\x1b" not in html
    assert "\u202e" not in html


INK = [("ink", "paper"), ("soft", "paper"), ("soft", "raised"), ("link", "paper"), ("link", "raised"), ("ink", "mark"),
       ("lit-ink", "lit"), ("open", "paper"), ("cond", "cond-bg"), ("ink", "cond-bg"), ("no", "no-bg"),
       ("yes", "paper"), ("soft", "no-bg"), ("soft", "mark"), ("soft", "cond-bg"), ("link", "cond-bg"),
       ("ink", "condition"), ("ink", "faint")]  # fmt: skip


def _luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("front", "back"), INK)
def test_text_stands_out_enough(dossier: Dossier, scheme: int, front: str, back: str) -> None:
    """WCAG 2.2 AA asks for 4.5 : 1."""
    assert _contrast(dossier, scheme, front, back) >= 4.5


def _contrast(dossier: Dossier, scheme: int, front: str, back: str) -> float:
    blocks = re.findall(r":root \{(.*?)\}", render_html(dossier), re.DOTALL)
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", blocks[scheme]))
    light, dark = sorted((_luminance(colours[front]), _luminance(colours[back])), reverse=True)
    return (light + 0.05) / (dark + 0.05)


LINES = [
    (layer, back)
    for layer in ("said", "actor", "time", "quantity", "statement")
    for back in ("raised", "mark", "faint")
]


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("front", "back"), LINES)
def test_the_lines_of_layers_can_be_seen(dossier: Dossier, scheme: int, front: str, back: str) -> None:
    """WCAG 2.2 AA asks for 3 : 1 where something is no text."""
    assert _contrast(dossier, scheme, front, back) >= 3


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(text=st.text(alphabet=st.one_of(st.sampled_from("<>&\"' \n\r=/a1"), st.characters()), max_size=120))
def test_any_text_is_shown_and_not_obeyed(make_hostile: Callable[[str], Dossier], text: str) -> None:
    dossier = make_hostile(text)
    page = Page(render_html(dossier))
    _check(page)
    place = dossier.findings[0].positions[0].evidence[0]
    words = block(dossier.words(place))
    assert page.marks.get(f"000-{place.span.start}-{place.span.end}", "") == words


def test_places_of_one_report_stand_together_and_are_numbered(dossier: Dossier) -> None:
    page = render_html(dossier)
    found = re.findall(r'<a class="cite( again)?" href="#[^"]+" title="[^"]*">(.*?)</a>', page)
    again = [words for mark, words in found if mark]
    assert again
    assert all(re.search(r'<span class="which">[^<]+</span><span class="nth"> \d+</span>', words) for words in again)
    for row in re.findall(r'<span class="cites">(.*?)</span>\n', page):
        reports = re.findall(r'<span class="unseen">report </span>(?:<span class="which">)?([^<]+)<', row)
        assert [r for r, n in zip(reports, [None, *reports], strict=False) if r != n] == list(dict.fromkeys(reports))
