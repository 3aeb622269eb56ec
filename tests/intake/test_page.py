from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trucebook.errors import InputRefusedError
from trucebook.intake.page import has_tags, looks_like_page, read_page

ARTICLE = """<article><h1>Envoys meet in the harbour</h1>
<p>Envoys of both sides met on Monday in the harbour town, and a spokesman said that a truce would hold for ten days.</p>
<p>The other side said nothing at all about the talks, which had lasted well into the night and past the dawn.</p>
</article>"""


def page(head: str = "", body: str = ARTICLE) -> str:
    return (
        f'<!DOCTYPE html><html lang="en"><head>{head}</head><body><nav><a href="/">Home</a></nav>{body}</body></html>'
    )


HEAD = """<title>Envoys meet in the harbour</title>
<meta property="og:site_name" content="The Meridian Post"><meta property="og:title" content="Envoys meet in the harbour">
<meta property="article:published_time" content="2031-04-02T10:00:00Z"><meta name="author" content="Ana Kovar">
<link rel="canonical" href="https://meridian.example/world/harbour">"""


def test_a_page_gives_its_article_and_what_it_says_about_it() -> None:
    read = read_page(page(HEAD), "a.html")
    lines = read.text.split("\n")
    assert any(line.startswith("Envoys of both sides met on Monday") for line in lines)
    assert any(line.startswith("The other side said nothing") for line in lines)
    assert "Home" not in lines
    about = read.about
    assert (about.title, about.outlet, about.author) == ("Envoys meet in the harbour", "The Meridian Post", "Ana Kovar")
    assert (about.published, about.url, about.language) == (
        "2031-04-02T10:00:00Z",
        "https://meridian.example/world/harbour",
        "en",
    )


@pytest.mark.parametrize(
    ("head", "published"),
    [
        ('<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "datePublished": "2031-04-02"}]}</script>', "2031-04-02"),
        ('<meta itemprop="datePublished" content="2031-04-02">', "2031-04-02"),
        ('<meta name="date" content="03/04/2031"><meta name="pubdate" content="2031-04-03">', "2031-04-03"),
        ('<meta name="date" content="03/04/2031">', "03/04/2031"),  # it is for the user to hear that it is no day
        ('<meta property="article:modified_time" content="2031-04-09">', None),
        ('<link rel="canonical" href="https://meridian.example/2031/04/02/harbour">', "2031-04-02"),
        ('<script type="application/ld+json">{"datePublished": </script>', None),
        ('<script type="application/ld+json">' + "[" * 100_000 + "</script>", None),
        ("", None),
    ],
)  # fmt: skip
def test_the_day_is_what_the_page_states(head: str, published: str | None) -> None:
    assert read_page(page(head), "a.html").about.published == published


def test_the_day_of_the_first_time_element_counts_and_no_day_of_the_text() -> None:
    body = ARTICLE.replace("</h1>", '</h1><time datetime="2031-04-02">yesterday</time>')
    assert read_page(page(body=body + '<time datetime="2031-05-05">later</time>'), "a").about.published == "2031-04-02"
    assert read_page(page(body=ARTICLE.replace("Monday", "May 5, 2031")), "a").about.published is None


def test_a_declaration_of_xml_does_no_harm() -> None:
    text = read_page('<?xml version="1.0" encoding="utf-16"?>\n' + page(), "a.xhtml").text
    assert "harbour town" in text


@pytest.mark.parametrize(
    "html",
    ["<html></html>", "<html><body></body></html>", "words with no tag", "<", "<!DOCTYPE html>", "<html><body><script>x</script></body></html>",
     "<div>" * 30_000, "<!--" * 10_000, "<a " * 10_000],
)  # fmt: skip
def test_a_page_with_no_article_is_refused(html: str) -> None:
    with pytest.raises(InputRefusedError, match="no article is found"):
        read_page(html, "a.html")


@pytest.mark.parametrize(
    ("text", "is_page"),
    [
        (" \n<!doctype HTML><html>", True),
        ("<html lang=en>", True),
        ("<?xml version='1.0'?>\n<html>", True),
        ("<!-- saved --><html>", True),
        ("<p>a</p>", False),
        ("Truce holds <html>", False),
    ],
)
def test_a_page_begins_as_one(text: str, is_page: bool) -> None:
    assert looks_like_page(text) is is_page


def test_a_text_with_tags_is_told_from_one_with_angles() -> None:
    assert has_tags("<p>One.</p><p>Two.</p>")
    assert not has_tags("a < b and c > d, <sic> he said, </p>")


TAGS = ["<p>", "</p>", "<div>", "<table><tr><td>", "<script>", "<meta property='og:title' content=", "<time datetime='", "&#0;", "&#xD800;",
        "words of a report ", "<title>", "<!--", "<![CDATA[", "<svg>", "<html lang=", "\x0b", "é", "<base href='//['>", "<a href='http://[x'>"]  # fmt: skip


@given(st.one_of(st.text(max_size=200), st.lists(st.sampled_from(TAGS), max_size=40).map("".join)))
def test_any_markup_is_read_or_refused(html: str) -> None:
    try:
        assert read_page(f"<html><body>{html}", "a").text.strip()
    except InputRefusedError as error:
        assert error.remedy  # noqa: PT017  either outcome is right
