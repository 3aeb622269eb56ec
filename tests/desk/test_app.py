from __future__ import annotations

import io
import json
import re
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
from desk_cases import client_of, desk

from trucebook.desk.app import create_app
from trucebook.desk.guard.headers import POLICY
from trucebook.desk.settings import DeskSettings
from trucebook.errors import SettingsError
from trucebook.record.case import open_case

if TYPE_CHECKING:
    from collections.abc import Iterator

    from litestar.testing import TestClient


PAGES = (
    "/",
    "/proposals",
    "/commitments",
    "/findings",
    "/findings?standing=corroborated",
    "/reports",
    "/reports?sort=latest&outlet=The+Quay&q=gaz",
    "/reports/1",
    "/reports/1?at=5-9",
    "/actors",
    "/actors?kind=person&q=berg",
    "/quotes",
    "/quotes?shared=shared",
    "/timeline",
    "/timeline?since=2031&until=2031-05&told=done",
    "/search",
    "/search?q=bridge",
    "/export",
)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient[Any]]:
    # Nothing can be done to a case by reading its pages, so one is enough.
    with desk(tmp_path_factory.mktemp("desk")) as opened:
        yield opened


@pytest.mark.parametrize("page", PAGES)
def test_every_page_is_there_and_safe(client: TestClient[Any], page: str) -> None:
    told = client.get(page)
    assert told.status_code == 200
    assert told.headers["content-security-policy"] == POLICY
    assert told.headers["content-type"] == "text/html; charset=utf-8"
    assert [s.split("?")[0] for s in re.findall(r"<script[^>]*", told.text)] == ['<script src="/static/live.js']
    assert "style=" not in told.text
    # Markup of the desk's own that is escaped once too often is shown to people as it is written.
    assert "&lt;" not in told.text


@pytest.mark.parametrize("page", PAGES)
def test_head_is_answered_without_a_body(client: TestClient[Any], page: str) -> None:
    told = client.head(page)
    assert (told.status_code, told.content) == (200, b"")
    assert told.headers["content-length"] == client.get(page).headers["content-length"]


@pytest.mark.parametrize("page", PAGES)
def test_nothing_can_be_done_by_other_methods(client: TestClient[Any], page: str) -> None:
    assert client.post(page).status_code == 403
    (csrf,) = re.findall(r'name="csrf" value="(\w+)"', client.get("/add").text)
    assert client.post(page, headers={"x-csrf-token": csrf}).status_code == 405


@pytest.mark.parametrize(
    ("page", "named"),
    [
        ("/findings/f0123456789abcdef", "f0123456789abcdef"),
        ("/reports/17", "17"),
        ("/reports/gazette", "gazette"),
        ("/reports/99999999999999999999999999", "9999999999"),
        ("/actors/zz", "zz"),
        ("/quotes/zz", "zz"),
        ("/proposals/zz", "zz"),
        ("/commitments/zz", "zz"),
        ("/reports/1?part=7", "part 7"),
        ("/nowhere/at/all", "/nowhere/at/all"),
        ("/findings?page=9", "page 9"),
    ],
)
def test_what_is_not_there_is_named(client: TestClient[Any], page: str, named: str) -> None:
    told = client.get(page)
    assert told.status_code == 404
    assert named in told.text
    twin = client.get(f"/api{page}")
    assert twin.status_code == 404
    assert named in json.loads(twin.text)["detail"]


def test_the_api_is_described(client: TestClient[Any]) -> None:
    told = client.get("/api/openapi.json").json()
    assert {"/api/state", "/api/findings", "/api/findings/{ident}", "/api/reports"} <= set(told["paths"])


@pytest.mark.parametrize(
    ("name", "begins", "kept"),
    [
        ("brief.html", b"<!doctype", "talks.html"),
        ("brief.md", b"# ", "talks.md"),
        ("brief.json", b"{", "talks.json"),
        ("brief.ftm", b"{", "talks.ftm"),
        ("tables-csv.zip", b"PK", "talks-tables-csv.zip"),
        ("annotations.jsonld", b"{", "talks-annotations.jsonld"),
    ],
)
def test_the_case_can_be_taken_along(client: TestClient[Any], name: str, begins: bytes, kept: str) -> None:
    told = client.get(f"/export/{name}")
    assert told.status_code == 200
    assert told.content.lstrip().startswith(begins)
    assert told.headers["content-disposition"] == f'attachment; filename="{kept}"'
    assert f'href="/export/{name}"' in client.get("/export").text
    assert name in {f["name"] for f in client.get("/api/export").json()["items"]}


@pytest.mark.parametrize("name", ["brief.html", "brief.md", "brief.json", "annotations.jsonld"])
def test_names_are_left_out_of_what_is_taken_along_unless_they_are_asked_for(
    client: TestClient[Any], name: str
) -> None:
    assert "Olan Thorne" in client.get("/findings").text
    assert "Thorne" not in client.get(f"/export/{name}").text
    assert "Olan Thorne" in client.get(f"/export/{name}?names=all").text


def test_tables_hold_no_name_that_was_not_asked_for(client: TestClient[Any]) -> None:
    for names, found in (("", False), ("all", True)):
        told = client.get("/export/tables-csv.zip", params={"names": names}).content
        with zipfile.ZipFile(io.BytesIO(told)) as tables:
            assert any(b"Olan Thorne" in tables.read(name) for name in tables.namelist()) == found


def test_a_case_without_reports_has_pages(place: str) -> None:
    with open_case(place, create=True) as case, client_of(case) as client:
        assert client.get("/").status_code == 200
        assert client.get("/api/findings").json()["total"] == 0


def test_a_desk_is_not_served_to_others_without_accounts(place: str) -> None:
    others = DeskSettings(host="0.0.0.0")  # noqa: S104  this is what is refused
    with open_case(place, create=True) as case, pytest.raises(SettingsError, match="has no accounts"):
        create_app(case, others)


def test_a_report_without_a_headline_is_known_by_how_it_begins(client: TestClient[Any]) -> None:
    reports = client.get("/api/reports").json()["items"]
    assert [r["begins"][:12] for r in reports if r["title"] is None] == [r["begins"][:12] for r in reports] != [""] * 3
    assert f"“<bdi>{reports[0]['begins']}</bdi>”" in client.get("/reports").text
