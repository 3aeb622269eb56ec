from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any

import pytest
from desk_cases import client_of
from record_stubs import BERG, THORNE, put, report

from trucebook.desk import revised

if TYPE_CHECKING:
    from collections.abc import Iterator

    from litestar.testing import TestClient

    from trucebook.record.case import Case

FIRST = f"{BERG} The port may open on Friday <b>& again</b>. Nobody was told."
SECOND = f"{BERG} The port will open on Friday <b>& again</b>. {THORNE}"


@pytest.fixture
def client(case: Case) -> Iterator[TestClient[Any]]:
    put(case, report("gazette", FIRST, url="https://quay.example/1"))
    put(case, report("mercury", THORNE, url="https://quay.example/2"))
    put(case, report("gazette", SECOND, url="https://quay.example/1"))
    with client_of(case) as opened:
        yield opened


def test_what_an_outlet_changed_is_shown_in_the_words_of_both_versions(client: TestClient[Any]) -> None:
    page = client.get("/reports/1/versions").text
    assert "<b>&" not in page
    assert [html.unescape(w) for w in re.findall(r"<del>(.*?)</del>", page)] == ["may", "Nobody was told."]
    assert "will" in re.findall(r"<ins>(.*?)</ins>", page)
    assert 'href="/reports/1/versions"' in client.get("/reports/1").text
    assert 'href="/reports/1/versions"' in client.get("/reports").text


def test_its_twin_has_the_places_of_the_words(client: TestClient[Any]) -> None:
    told = client.get("/api/reports/1/versions").json()
    (one,) = told["items"]
    assert (told["report"], told["versions"], one["before"], one["after"]) == (1, 2, 1, 2)
    for passage in one["passages"]:
        for text, words in ((FIRST, passage["old"]), (SECOND, passage["new"])):
            assert words is None or text[slice(*words["span"])] == words["words"]
    assert {p["kind"] for p in one["passages"]} >= {"reworded"}


def test_a_report_of_one_version_and_one_that_is_not_there(client: TestClient[Any]) -> None:
    assert "one version of this report" in client.get("/reports/2/versions").text
    assert client.get("/api/reports/2/versions").json()["items"] == []
    assert client.get("/reports/17/versions").status_code == 404


def test_a_text_that_is_too_long_is_left_to_the_command_line(
    client: TestClient[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(revised, "LONGEST", 20)
    told = client.get("/api/reports/1/versions")
    assert (told.status_code, "trucebook versions CASE gazette" in told.json()["detail"]) == (413, True)
    assert client.get("/reports/2/versions").status_code == 200
