"""Web pages: the text of the article, and what the page says about it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from trucebook.errors import InputRefusedError
from trucebook.intake.dates import read_day
from trucebook.intake.draft import About

if TYPE_CHECKING:
    from collections.abc import Iterator

_HEAD = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,500}?-->\s*){0,3}<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_TAGS = re.compile(r"</(?:p|div|article|section|span|h[1-6]|li)>|<br\s?/?>", re.IGNORECASE)
# An encoding that the markup declares was settled when the bytes were decoded; lxml does not take it beside text.
_XML_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,200}\?>")
# Where pages state the day of publication, the surest first: schema.org, Open Graph (article), Dublin Core, and the
# names that content systems use, as listed in htmldate's settings. Days of modification are not among them.
_META = """
    article:published_time og:article:published_time datepublished date.published article:published og:published_time
    publication_date publicationdate publish-date publish_date published_time parsely-pub-date sailthru.date
    cxenseparse:recs:publishtime dc.date.issued dcterms.issued dcterms.created dc.date.created dc.date dcterms.date
    pubdate originalpublicationdate article.published date
"""
_IN_URL = re.compile(r"/((?:19|20)\d\d)[/-](\d{1,2})[/-](\d{1,2})(?=[/-])")
# What trafilatura, htmldate and lxml are known to raise on broken markup; lxml's errors are of the first and last kind.
_BROKEN = (
    ValueError,
    TypeError,
    AttributeError,
    LookupError,
    AssertionError,
    RecursionError,
    ArithmeticError,
    SyntaxError,
)
# htmldate would take today as the latest day a page can have; a clock may not change what is read.
_DATES = {"extensive_search": False, "original_date": True, "max_date": "9999-12-31"}


class _Element(Protocol):
    """The part of an lxml element that is used here; lxml has no types."""

    text: str | None

    def get(self, name: str) -> str | None: ...
    def iter(self, tag: str) -> Iterator[_Element]: ...


@dataclass(frozen=True, kw_only=True)
class Page:
    """What a web page yields.

    Attributes:
        text: the text of the article, a paragraph a line.
        about: what the page says about it.
    """

    text: str
    about: About


def looks_like_page(text: str) -> bool:
    """Whether a whole document is HTML: it begins as one."""
    return _HEAD.match(text[:4096]) is not None


def has_tags(text: str) -> bool:
    """Whether a text, as a field of a record gives it, is written in HTML."""
    return looks_like_page(text) or sum(1 for _ in _TAGS.finditer(text[:20_000])) >= 2


def read_page(html: str, path: str) -> Page:
    """Return the article of a page and what the page says about it.

    Text, headline, name of the site and author are found by trafilatura. The day of publication is read from what the
    page states for programs (schema.org, meta elements, `time` elements, a whole date in its address) and not searched
    in its text, where any day could stand.

    Args:
        html: the decoded page.
        path: the input as the user named it, for the refusal.

    Raises:
        InputRefusedError: no text of an article is found in it.
    """
    from trafilatura import extract, extract_metadata, load_html  # noqa: PLC0415  loads slowly, and most inputs are text

    declaration = _XML_DECLARATION.match(html)
    html = html[declaration.end() :] if declaration else html
    try:
        tree = load_html(html)
        text = extract(html, output_format="txt", include_comments=False) if tree is not None else None
        if tree is None or not text or not text.strip():
            raise _nothing(path)
        meta = extract_metadata(tree, date_config=dict(_DATES))
    except _BROKEN as error:
        raise _nothing(path) from error
    url = _words(meta.url)
    about = About(
        title=_words(meta.title),
        outlet=_words(meta.sitename),
        author=_words(meta.author),
        published=_published(tree, url),
        url=url,
        language=_words(tree.get("lang")),
    )
    return Page(text=text, about=about)


def _nothing(path: str) -> InputRefusedError:
    return InputRefusedError(
        path, "is a page in which no article is found", "save the article's text as .txt and give that"
    )


def _words(value: object) -> str | None:
    return " ".join(value.split()) or None if isinstance(value, str) else None


def _published(tree: _Element, url: str | None) -> str | None:
    """The first statement of a day that can be read; else the first statement, so that the user is told of it."""
    stated = [*_stated(tree), *_in_url(url)]
    return next((s for s in stated if read_day(s)), stated[0] if stated else None)


def _stated(tree: _Element) -> Iterator[str]:
    for script in tree.iter("script"):
        if (script.get("type") or "").strip().lower() == "application/ld+json":
            yield from _in_json(script.text or "")
    named: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        named.setdefault(name.strip().lower(), (meta.get("content") or "").strip())
    yield from (named[n] for n in _META.split() if named.get(n))
    times = [t for t in tree.iter("time") if t.get("datetime")]
    marked = [t for t in times if t.get("itemprop") == "datePublished" or t.get("pubdate") is not None]
    # Further `time` elements stand beside other articles; the first stands under the headline.
    yield from ((t.get("datetime") or "").strip() for t in (marked or times)[:1])


def _in_json(source: str) -> Iterator[str]:
    """Days of publication in a page's schema.org data, outer objects first."""
    try:
        level: list[object] = [json.loads(source)]
    except (ValueError, RecursionError):
        return
    # Four levels hold every article that the vocabulary can nest (graph, list, page, article).
    for _ in range(4):
        inner: list[object] = []
        for node in level:
            if isinstance(node, dict):
                if isinstance(day := node.get("datePublished"), str) and day.strip():
                    yield day.strip()
                inner.extend(node.values())
            elif isinstance(node, list):
                inner.extend(node)
        level = inner


def _in_url(url: str | None) -> Iterator[str]:
    match = _IN_URL.search(url or "")
    if match:
        yield f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}"
