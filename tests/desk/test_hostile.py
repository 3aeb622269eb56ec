"""Whatever a report or an address holds, it is shown as words and never as markup, and nothing fails."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import msgspec
import pytest
from desk_cases import client_of, fill
from record_stubs import put, report

from trucebook.record.case import open_case

if TYPE_CHECKING:
    from collections.abc import Iterator

    from litestar.testing import TestClient

MARKUP = "</p></script><script>alert(1)</script><img src=x onerror=alert(2)><style>*{}</style>\"'--><!--"
LINKS = (
    "/",
    "/findings",
    "/reports",
    "/actors",
    "/quotes",
    "/timeline",
    "/search?q=bridge",
    "/proposals",
    "/commitments",
)
# What an address may hold: percent-encoded NUL, halves of characters, what is no UTF-8, and much of anything.
ODD = [
    "%00",
    "%ED%A0%80",
    "%FF%FE",
    "%0A%0D",
    "..%2F..%2Fetc",
    "%25s",
    "'%20OR%201=1--",
    "a" * 3000,
    "9" * 400,
    "-1",
    "1e9",
    "٣",
    "%F0%9F%95%8A",
]


class Tags(HTMLParser):
    """Collects the elements of a page, and the attributes that would run something."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.handlers: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # The desk's own scripts come from its own files.
        own = tag == "script" and str(dict(attrs).get("src")).startswith("/static/")
        self.names |= set() if own else {tag}
        self.handlers += [name for name, _ in attrs if name.startswith("on") or name == "style"]
        self.links += [value or "" for name, value in attrs if name in {"href", "src", "action"}]


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient[Any]]:
    with open_case(str(tmp_path_factory.mktemp("hostile") / "talks.truce"), create=True) as case:
        fill(case)
        told = report(f"{MARKUP}\n1", f"{MARKUP} Anna Berg said.\n\n“{MARKUP}” Anna Berg said.\n")
        said = {"title": MARKUP, "outlet": MARKUP, "author": MARKUP, "path": MARKUP, "url": "javascript:alert(3)"}
        put(case, msgspec.structs.replace(told, **said))
        for text in (f"{MARKUP} Anna Berg may come. {MARKUP}", f"Anna Berg will come, {MARKUP}. {MARKUP}"):
            put(case, msgspec.structs.replace(report("edited", text, url="https://q.example/1"), title=text))
        with client_of(case) as opened:
            yield opened


def pages(client: TestClient[Any]) -> list[str]:
    """Every page that the lists lead to, and the lists."""
    found = list(LINKS)
    for page in LINKS:
        tags = Tags()
        tags.feed(client.get(page).text)
        found += [
            link.partition("#")[0] for link in tags.links if link.startswith("/") and not link.startswith("/static")
        ]
    return sorted({f for f in found if not f.startswith(("/export", "/api"))})


def test_no_page_has_markup_of_a_report(client: TestClient[Any]) -> None:
    every = pages(client)
    assert len(every) > len(LINKS)
    for page in every:
        told = client.get(page)
        tags = Tags()
        tags.feed(told.text)
        assert told.status_code == 200, page
        assert not tags.names & {"script", "img", "style", "iframe", "object"}, page
        assert tags.handlers == [], page
        assert not [link for link in tags.links if link.lower().startswith("javascript:")], page


@pytest.mark.parametrize("odd", ODD, ids=lambda o: o[:12])
@pytest.mark.parametrize(
    "page", ["/findings/{}", "/reports/{}", "/actors/{}", "/quotes/{}", "/proposals/{}", "/export/{}", "/{}"]
)
def test_odd_ids_are_not_there(client: TestClient[Any], page: str, odd: str) -> None:
    for prefix in ("", "/api"):
        assert client.get(prefix + page.format(odd)).status_code in {400, 404}


@pytest.mark.parametrize("odd", ODD, ids=lambda o: o[:12])
@pytest.mark.parametrize(
    "page",
    [
        "/search?q={}",
        "/findings?standing={}",
        "/findings?report={}",
        "/findings?page={}",
        "/reports?q={}&sort={}",
        "/reports?outlet={}",
        "/reports/1?at={}",
        "/reports/1?part={}",
        "/actors?q={}",
        "/quotes?speaker={}",
        "/timeline?since={}&until={}",
        "/commitments?standing={}",
        "/?{}={}",
    ],
)
def test_odd_queries_are_answered(client: TestClient[Any], page: str, odd: str) -> None:
    for prefix in ("", "/api"):
        assert client.get(prefix + page.replace("{}", odd)).status_code in {200, 400, 404}


ASKED = ["\x00", "“", '"', '"" -', "-", "NEAR(a b)", "a AND", "*", "a:b", "()", "'; DROP TABLE audit; --"]


def test_any_words_are_searched_as_words(place: str) -> None:
    with open_case(place, create=True) as case:
        fill(case)
        with client_of(case) as opened:
            told = {asked: opened.get(f"/api/search?q={quote(asked)}").status_code for asked in ASKED}
    assert told == dict.fromkeys(ASKED, 200)
