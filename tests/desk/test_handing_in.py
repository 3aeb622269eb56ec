"""Adding reports on a page: what is taken, what is refused and why, and what became of each."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from desk_cases import client_of
from record_stubs import BERG, read

from trucebook import casework
from trucebook.desk.pages import adding
from trucebook.reading.read import ReadingSettings
from trucebook.record.case import Case, open_case
from trucebook.record.replay import known_then
from trucebook.record.uploads import batch_of, claim, latest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from litestar.testing import TestClient

WORK = casework.Work(settings=ReadingSettings(model="stub"), reader=read)


@pytest.fixture
def talks(tmp_path: Path) -> Iterator[Case]:
    with open_case(str(tmp_path / "talks.truce"), create=True) as case:
        yield case


@pytest.fixture
def client(talks: Case, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient[Any]]:
    # No process reads in the background: the test does, at a moment of its own.
    monkeypatch.setattr("trucebook.desk.inbox.Inbox.start", lambda _: None)
    with client_of(talks) as opened:
        yield opened


def hand_in(client: TestClient[Any], files: list[tuple[str, bytes]], **said: str) -> Any:  # noqa: ANN401
    csrf = re.findall(r'name="csrf" value="(\w+)"', client.get("/add").text)[0]
    parts = [("files", (name, raw)) for name, raw in files] or [("files", ("", b""))]  # as a browser sends none
    return client.post("/add", data={"csrf": csrf, **said}, files=parts, follow_redirects=False)


def read_all(case: Case) -> None:
    while (taken := claim(case)) is not None:
        casework.read_upload(case, *taken, WORK)


def test_files_are_taken_read_and_told_of(client: TestClient[Any], talks: Case) -> None:
    done = hand_in(
        client, [("quay.txt", BERG.encode()), ("a.pdf", b"%PDF-1.7")], outlet="The Quay", published="2031-05-07"
    )
    assert done.status_code == 303
    page = client.get(done.headers["location"]).text
    assert "0 files of 2 done" in page
    twin = client.get(f"/api{done.headers['location']}").json()
    assert ([f["state"] for f in twin["items"]], twin["going"]) == (["waiting", "waiting"], 2)
    assert {f["name"] for f in client.get("/api/add").json()["items"]} == {"quay.txt", "a.pdf"}
    assert page.count("waits") == 2
    read_all(talks)
    page = client.get(done.headers["location"]).text
    assert "All done." in page
    assert re.search(r"added: (<a [^>]*>)?<bdi>quay</bdi>", page)
    assert "is a PDF document" in page
    assert [u.user for u in latest(talks)] == ["", ""] or latest(talks)[0].user


def test_a_text_is_pasted(client: TestClient[Any], talks: Case) -> None:
    done = hand_in(client, [], text=BERG, title="Bridge <open>", url="https://quay.example/1", outlet="The Quay")
    assert done.status_code == 303
    read_all(talks)
    (held,) = batch_of(talks, done.headers["location"].rsplit("/", 1)[1])
    assert (held.name, held.state) == ("Bridge <open>.json", "read")
    (reading,) = known_then(talks).readings
    found = reading.report
    assert (found.text, found.title, found.url, found.outlet) == (
        BERG,
        "Bridge <open>",
        "https://quay.example/1",
        "The Quay",
    )


@pytest.mark.parametrize(
    ("files", "said", "why"),
    [
        ([], {}, "Nothing was handed in"),
        ([], {"text": " \n\t"}, "Nothing was handed in"),
        ([("a.txt", b"x")], {"published": "soon"}, "soon is not a day; write it like 2025-03-12"),
        ([("a.txt", b"x")] * 4, {}, "4 files are more than are taken at once; hand in 3 at most"),
    ],
)
def test_what_cannot_be_taken_is_said_and_the_form_is_kept(
    client: TestClient[Any], talks: Case, monkeypatch: pytest.MonkeyPatch, files: list[tuple[str, bytes]], said: dict[str, str], why: str
) -> None:  # fmt: skip
    monkeypatch.setattr(adding, "MOST_FILES", 3)
    done = hand_in(client, files, outlet="The Quay", **said)
    assert done.status_code == 422
    assert why in done.text
    assert 'value="The Quay"' in done.text
    assert latest(talks) == ()


def test_a_file_that_is_too_large_is_refused_by_name_and_the_rest_is_taken(
    client: TestClient[Any], talks: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(adding, "LARGEST", 1000)
    done = hand_in(client, [("big.txt", b"x" * 1001), ("small.txt", BERG.encode())])
    big, small = batch_of(talks, done.headers["location"].rsplit("/", 1)[1])
    assert (big.state, big.told.why, small.state) == (
        "refused",
        "is larger than 1,000 bytes; split it, or use trucebook add --max-size",
        "waiting",
    )


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", ".._.._etc_passwd"),
        ("a\x00b.txt", "a%00b.txt"),
        ("x" * 500 + ".txt", "x" * 196 + ".txt"),
        ("..\\a.txt", ".._a.txt"),
        ("<img src=x onerror=alert(1)>.txt", "<img src=x onerror=alert(1)>.txt"),
        ("\u202egnp.txt", "\u202egnp.txt"),
    ],
    ids=["path", "nul", "long", "windows", "markup", "bidi"],
)
def test_whatever_a_file_is_called_it_is_told_of(client: TestClient[Any], talks: Case, name: str, kept: str) -> None:
    done = hand_in(client, [(name, BERG.encode())])
    assert done.status_code == 303
    assert latest(talks)[0].name == kept
    page = client.get(done.headers["location"]).text
    assert "<img" not in page
    assert "<bdi>" in page


@pytest.mark.parametrize("batch", ["0123456789abcdef", "x", "0" * 5000, "' OR 1=1"])
def test_what_was_never_handed_in_is_not_there(client: TestClient[Any], batch: str) -> None:
    assert client.get(f"/add/{batch}").status_code == 404


def test_without_the_forms_own_token_nothing_is_taken(client: TestClient[Any], talks: Case) -> None:
    done = client.post("/add", data={"csrf": "0" * 64}, files=[("files", ("a.txt", BERG.encode()))])
    assert (done.status_code, latest(talks)) == (403, ())
