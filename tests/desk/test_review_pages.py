"""Review on the desk: every form and its JSON twin, who may, and what is said when the thing is not as it was seen."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from litestar.exceptions import PermissionDeniedException
from review_cases import (
    EVE,
    IDA,
    RUTH,
    about,
    clients,
    desk,
    desk_of,
    fill,
    items,
    put,
    read,
    readings,
    settle,
    thing,
    words,
)

from trucebook.casework import subject_in
from trucebook.desk.asker import Asker
from trucebook.desk.deciding import decide, take_back
from trucebook.desk.guard.visitors import Visitor
from trucebook.desk.review_views import Undo, Wanted
from trucebook.desk.shelf import Shelf
from trucebook.desk.subjects import Things
from trucebook.record.case import open_case
from trucebook.record.judgements import judgements
from trucebook.record.trail import log_length

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from litestar.testing import TestClient

    from trucebook.desk.book import OpenBook
    from trucebook.record.case import Case

    Client = TestClient[Any]
    Json = dict[str, Any]


@pytest.fixture
def talks(tmp_path: Path) -> Iterator[Case]:
    with open_case(str(tmp_path / "talks.truce"), create=True) as case:
        fill(case)
        yield case


@pytest.fixture
def people(talks: Case) -> Iterator[list[Client]]:
    with clients(talks, IDA, EVE, RUTH, None) as found:
        yield found


def send(client: Client, item: Json, **decision: object) -> Json:
    answer = client.post("/api/judge", json=about(item, **decision))
    assert answer.status_code == 201, answer.text
    made: Json = answer.json()
    return made


def form(client: Client, address: str, **fields: object) -> tuple[int, str]:
    answer = client.post(address, data=fields, follow_redirects=False)
    return answer.status_code, answer.headers.get("location", "")


def waits(client: Client, item: Json) -> bool:
    return (item["kind"], item["id"]) in {(i["kind"], i["id"]) for i in items(client)}


def answers(client: Client) -> dict[str, str]:
    """The rows of the proposal, by whom they are about."""
    settle(client)
    (offer, *_) = client.get("/api/state").json()["proposals"]
    return {row["label"]: row["text"] for row in offer["rows"]}


def move(client: Client, words_of_it: str) -> Json:
    """A move, found by the speakers and moves of the report that tells it."""
    for item in items(client):
        found = [p for p in [item, *thing(client, item)["parts"]] if p["kind"] == "move" and words_of_it in p["says"]]
        for one in found:
            return dict(one)
    raise AssertionError(words_of_it)


# --- what is judged is what the program finds ---


def test_what_a_page_judges_is_what_the_case_finds(talks: Case) -> None:
    with clients(talks, IDA) as (ida,):
        book = ida.get("/api/review").json()["items"]
        keeper = pages_of(ida)
        things = Things(Shelf(talks), keeper)
        some = [(i["kind"], i["id"], i["report"]) for i in book]
        some += [("actor", "Anna Berg", None), ("quote", keeper.lines.quotes[0].id, None)]
        some += [(s.kind, s.id, None) for s in keeper.book.review.terms]
        assert {kind for kind, _, _ in some} == {
            "finding",
            "speaker",
            "move",
            "commitment",
            "proposal",
            "actor",
            "quote",
        }
        for kind, ident, report in some:
            one, other = things.subject(kind, ident, report), subject_in(talks, kind, ident)
            assert one is not None
            assert (one.source, one.extraction, one.found) == (other.source, other.extraction, other.found), kind


def pages_of(client: Client) -> OpenBook:
    return desk_of(client).book


@pytest.mark.parametrize("act", ["accept", "reject"])
@pytest.mark.parametrize("kind", ["finding", "speaker", "move", "commitment"])
def test_a_verdict_takes_a_thing_from_the_queue_and_taking_it_back_returns_it(
    people: list[Client], kind: str, act: str
) -> None:
    ida, eve, *_ = people
    item = items(ida, kind)[0]
    assert form(ida, "/judge", **about(item, act=act, reason="seen", next=f"/review?kind={kind}")) == (
        303,
        f"/review?kind={kind}",
    )
    assert not waits(eve, item)
    (made, *_) = thing(ida, item)["judgements"]
    assert (made["act"], made["user"], made["reason"], made["in_force"]) == (act, "ida", "seen", True)
    settle(ida)
    assert not waits(eve, item)
    assert form(eve, "/undo", id=made["id"], reason="too early", next="/judgements") == (303, "/judgements")
    # What the program does not find while it is rejected is there at once too, in the words it was judged by.
    assert waits(ida, item)
    settle(ida)
    assert waits(ida, item)
    assert [j["act"] for j in thing(ida, item)["judgements"]] == ["undo", act]


def test_what_is_taken_back_at_once_waits_again_before_the_book_is_made_anew(people: list[Client]) -> None:
    ida = people[0]
    item = items(ida)[0]
    made = send(ida, item, act="accept")
    assert not waits(ida, item)
    assert ida.post("/api/undo", json={"id": made["id"]}).status_code == 201
    assert waits(ida, item)


def test_a_note_keeps_a_thing_in_the_queue_and_stands_beside_it(people: list[Client]) -> None:
    ida = people[0]
    item = items(ida, "finding")[0]
    assert form(ida, "/judge", **about(item, act="note", value="ask the port"))[0] == 303
    assert waits(ida, item)
    assert "ida noted: ask the port" in words(ida.get("/review/finding", params={"id": item["id"]}).text)


def test_words_of_nobody_named_stand_under_what_the_report_calls_them(people: list[Client]) -> None:
    ida = people[0]
    assert "“a man at the gate” “The port is shut for good,”" in words(ida.get("/quotes").text)
    item = next(i for i in items(ida, "speaker") if i["says"].startswith("The port is shut"))
    assert "found: nobody whom it could name" in words(ida.get("/review?kind=speaker").text)
    send(ida, item, act="reject", reason="it was the guard")
    settle(ida)
    assert "a man at the gate" not in words(ida.get("/quotes").text)
    send(ida, item, act="correct", value="Olan Thorne")
    settle(ida)
    assert "Olan Thorne “The port is shut for good,”" in words(ida.get("/quotes").text)


def test_a_corrected_speaker_changes_whose_answer_it_is(people: list[Client]) -> None:
    ida = people[0]
    quote = next(q for q in pages_of(ida).lines.quotes if q.speaker == "Anna Berg")
    parts = thing(ida, {"kind": "quote", "id": quote.id, "report": None})["parts"]
    said = next(p for p in parts if p["kind"] == "speaker" and p["found"] == "Anna Berg")
    assert form(ida, "/judge", **about(said, act="correct", value="Olan Thorne", reason="heard it"))[0] == 303
    settle(ida)
    found = thing(ida, said)
    assert (found["judgements"][0]["hold"], found["judgements"][0]["value"]) == ("holds", "Olan Thorne")
    versions = [v for q in pages_of(ida).lines.quotes if "We accept" in q.versions[0].text for v in q.versions]
    assert {v.speaker for v in versions} == {"Olan Thorne"}


def test_a_move_is_corrected_in_each_of_its_parts_and_the_state_of_play_follows(people: list[Client]) -> None:
    ida = people[0]
    yes = next(i for i in items(ida, "move") if i["says"] == "Sweden accepted the truce")
    no = next(i for i in items(ida, "move") if i["says"] == "Sweden rejected the truce")
    made = send(ida, no, act="reject", reason="an old report")
    assert answers(ida)["Sweden"].startswith("accepts")
    assert ida.post("/api/undo", json={"id": made["id"]}).status_code == 201
    assert form(ida, "/judge", **about(yes, act="correct", part="act", value="refuse"))[0] == 303
    assert answers(ida)["Sweden"].startswith("refuses")
    assert form(ida, "/judge", **about(no, act="correct", part="status", value="denied"))[0] == 303
    assert form(ida, "/judge", **about(no, act="correct", part="actor", value="Denmark"))[0] == 303
    made = thing(ida, no)["judgements"]
    assert [(j["part"], j["value"], j["in_force"]) for j in made[:2]] == [
        ("actor", "Denmark", True),
        ("status", "denied", True),
    ]


def test_a_commitment_is_rejected_and_leaves_the_state_of_play(people: list[Client]) -> None:
    ida = people[0]
    item = items(ida, "commitment")[0]
    send(ida, item, act="reject")
    settle(ida)
    assert "resume aid" not in " ".join(c["title"] for c in ida.get("/api/state").json()["commitments"])
    page = ida.get("/review/commitment", params={"id": item["id"]})
    assert (page.status_code, "rejected it" in page.text) == (200, True)


@pytest.mark.parametrize("list_of", ["/findings", "/quotes", "/actors", "/proposals", "/commitments"])
def test_the_page_of_a_thing_leads_to_where_it_is_judged(people: list[Client], list_of: str) -> None:
    ida = people[0]
    page = re.search(rf'href="({list_of}/[^"?#]+)"', ida.get(list_of).text)
    assert page is not None
    there = re.search(r'href="(/review/[^"]+)"', ida.get(page[1]).text)
    assert there is not None
    found = ida.get(html.unescape(there[1]))
    assert (found.status_code, "Judge it" in found.text, 'action="/judge"' in found.text) == (200, True, True)


def test_a_move_is_offered_for_correction_as_it_was_found(people: list[Client]) -> None:
    ida = people[0]
    item = next(i for i in items(ida, "move") if i["says"] == "Sweden rejected the truce")
    page = ida.get("/review/move", params={"id": item["id"], "report": item["report"]}).text
    assert re.findall(r'value="([a-z_]+)" selected', page) == ["refuse", "done"]


def names(client: Client) -> set[str]:
    settle(client)
    return set(pages_of(client).by_name)


def test_two_actors_are_merged_named_and_split_again(people: list[Client]) -> None:
    ida = people[0]
    berg = {"kind": "actor", "id": "Anna Berg", "report": None}
    assert {"Anna Berg", "Olan Thorne"} <= names(ida)
    assert form(ida, "/judge", **about(berg, act="merge", names="Olan Thorne", reason="one office"))[0] == 303
    assert "Olan Thorne" not in names(ida)
    assert "Olan Thorne" in thing(ida, berg)["names"]
    assert form(ida, "/judge", **about(berg, act="split", names=["Olan Thorne"]))[0] == 303
    assert {"Anna Berg", "Olan Thorne"} <= names(ida)
    assert form(ida, "/judge", **about(berg, act="correct", value="Minister Berg"))[0] == 303
    assert "Minister Berg" in names(ida)


# --- who may, and what is refused ---


def test_who_may_not_judge_sees_no_form_and_is_refused(people: list[Client], talks: Case) -> None:
    ida, _, ruth, nobody = people
    item = items(ida)[0]
    made = send(ida, item, act="accept")
    before = log_length(talks)
    for person, status in ((ruth, 403), (nobody, 401)):
        for address in ("/judge", "/undo"):
            answer = person.post(address, data=about(item, act="accept") | {"id": made["id"]}, follow_redirects=False)
            assert answer.status_code == status
        assert person.post("/api/judge", json=about(item, act="accept")).status_code == status
    for page in ("/review", "/judgements", f"/review/{item['kind']}?id={item['id']}"):
        told = ruth.get(page)
        assert told.status_code == 200
        assert 'action="/judge"' not in told.text
        assert 'action="/undo"' not in told.text
    for refused in (RUTH, None):
        visitor = Visitor(name=refused.name, role="reader") if refused else Visitor()
        with pytest.raises(PermissionDeniedException, match="takes an analyst or an editor"):
            decide(desk_of(ida), Asker(visitor=visitor), msgspec.convert(about(item, act="accept"), Wanted))
        with pytest.raises(PermissionDeniedException, match="takes an analyst or an editor"):
            take_back(desk_of(ida), Asker(visitor=visitor), Undo(id=made["id"]))
    assert log_length(talks) == before


def test_a_form_brings_what_shows_that_it_is_the_desks_own(people: list[Client]) -> None:
    ida = people[0]
    csrf = ida.headers.pop("x-csrf-token")
    item = items(ida)[0]
    assert form(ida, "/judge", **about(item, act="accept"))[0] == 403
    page = ida.get("/review").text
    assert page.count(f'name="csrf" value="{csrf}"') >= 2 * len(items(ida))
    assert form(ida, "/judge", csrf=csrf, **about(item, act="accept"))[0] == 303
    made = thing(ida, item)["judgements"][0]
    assert form(ida, "/undo", id=made["id"])[0] == 403
    assert f'value="{csrf}"' in ida.get("/judgements").text
    assert form(ida, "/undo", csrf=csrf, id=made["id"])[0] == 303


GONE = {"kind": "finding", "id": "f0000000000000000"}
FITS = {"kind": "actor", "id": "Anna Berg"}
REFUSED: dict[str, tuple[Json, int, str]] = {
    "a thing that is not there": ({**GONE, "act": "accept"}, 409, "not in the book any more"),
    "a move of another report": ({"kind": "move", "id": "m0", "report": 1, "act": "accept"}, 409, "not in the book any more"),
    "a report that is not there": ({"kind": "speaker", "id": "a0", "report": 99, "act": "accept"}, 409, "not in the book any more"),
    "a speaker without a report": ({"kind": "speaker", "id": "a0", "act": "accept"}, 409, "not in the book any more"),
    "a quotation that is not there": ({"kind": "quote", "id": "q0", "act": "accept"}, 409, "not in the book any more"),
    "a merge with nobody": ({**FITS, "act": "merge"}, 400, "needs the other name"),
    "a correction without a name": ({**FITS, "act": "correct", "value": "  "}, 400, "needs a text"),
    "a reason of a book's length": ({**FITS, "act": "accept", "reason": "x" * 10_001}, 400, "shorten it"),
    "an act that is none": ({**FITS, "act": "bless"}, 400, ""),
    "an undo by the wrong form": ({**FITS, "act": "undo"}, 400, ""),
    "a kind that is none": ({"kind": "mood", "id": "x", "act": "accept"}, 400, ""),
    "nothing at all": ({}, 400, ""),
    "a number that is none": ({**FITS, "act": "accept", "report": "one"}, 400, ""),
}  # fmt: skip


@pytest.mark.parametrize(("fields", "status", "told"), REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_be_judged_is_refused_by_form_and_by_json(
    people: list[Client], talks: Case, fields: Json, status: int, told: str
) -> None:
    ida = people[0]
    page = ida.post("/judge", data=fields, follow_redirects=False)
    assert (page.status_code, told in page.text) == (status, True)
    twin = ida.post("/api/judge", json=fields)
    assert (twin.status_code, told in twin.json()["detail"]) == (status, True)
    assert judgements(talks) == ()


def test_who_did_not_see_that_another_judged_meanwhile_is_told(people: list[Client]) -> None:
    ida, eve, *_ = people
    item = items(ida)[0]
    seen = thing(ida, item)["latest"]
    send(eve, item, act="accept", latest=seen)
    late = ida.post("/api/judge", json=about(item, act="reject", latest=seen))
    assert (late.status_code, "eve judged it meanwhile (accept)" in late.json()["detail"]) == (409, True)
    again = thing(ida, item)
    send(ida, item, act="reject", latest=again["latest"])
    assert [(j["user"], j["in_force"]) for j in thing(eve, item)["judgements"]] == [("ida", True), ("eve", False)]
    settle(ida)
    assert not waits(eve, item)


def test_a_judgement_is_taken_back_once(people: list[Client]) -> None:
    ida, eve, *_ = people
    made = send(ida, items(ida)[0], act="accept")
    assert ida.post("/api/undo", json={"id": made["id"]}).status_code == 201
    late = eve.post("/api/undo", json={"id": made["id"]})
    assert (late.status_code, "taken back already" in late.json()["detail"]) == (409, True)
    assert eve.post("/undo", data={"id": "j0"}, follow_redirects=False).status_code == 409


@pytest.mark.parametrize(
    ("wanted", "given"),
    [
        ("/review?kind=move", "/review?kind=move"),
        ("//evil.example/x", "/review"),
        ("/\\evil.example", "/review"),
        ("https://evil.example", "/review"),
        ("javascript:alert(1)", "/review"),
        ("/x\r\nset-cookie: a=b", "/review"),
        ("review", "/review"),
        ("", "/review"),
    ],
)
def test_a_form_leads_back_to_a_page_of_the_desk_alone(people: list[Client], wanted: str, given: str) -> None:
    ida = people[0]
    assert form(ida, "/judge", **about(items(ida)[0], act="accept", next=wanted)) == (303, given)


HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'&\u202e\x00"


def test_what_people_write_is_text_on_every_page(people: list[Client]) -> None:
    ida, eve, *_ = people
    berg = {"kind": "actor", "id": "Anna Berg", "report": None}
    send(ida, berg, act="note", value=HOSTILE, reason=HOSTILE)
    send(ida, berg, act="correct", value=HOSTILE, reason=HOSTILE)
    settle(ida)
    for page in ("/judgements", "/changes", "/log", "/review", "/review/actor?id=Anna%20Berg", "/"):
        told = eve.get(page)
        assert told.status_code == 200, page
        assert "<script>alert" not in told.text
        assert "<img" not in told.text


# --- what was done ---


def test_judgements_and_the_log_are_listed_in_pages(tmp_path: Path) -> None:
    with desk(tmp_path, IDA, EVE, page=3) as (ida, eve):
        made = [send(ida, item, act="accept") for item in items(ida)]
        assert len(made) == 3
        ida.post("/api/undo", json={"id": made[0]["id"]})
        told = eve.get("/api/judgements").json()
        assert (told["total"], told["pages"], len(told["items"])) == (4, 2, 3)
        assert [j["act"] for j in told["items"]] == ["undo", "accept", "accept"]
        first = eve.get("/api/judgements?page=2").json()["items"][0]
        assert (first["undone"], first["in_force"]) == (True, False)
        assert eve.get("/judgements?page=3").status_code == 404
        log = eve.get("/api/log").json()
        assert [e["action"] for e in log["items"]] == ["undo", "accept", "accept"]
        assert [e["seq"] for e in log["items"]] == list(range(log["total"], log["total"] - 3, -1))
        last = eve.get(f"/api/log?page={log['pages']}").json()["items"]
        assert last[-1]["seq"] == 1
        assert eve.get(f"/log?page={log['pages'] + 1}").status_code == 404


def test_each_person_sees_what_has_changed_since_he_last_looked(people: list[Client], talks: Case) -> None:
    ida, eve, _, nobody = people
    first = eve.get("/api/changes").json()
    assert (first["since"], first["at"], len(first["arrivals"])) == (0, None, 4)
    assert eve.post("/changes", data={"seq": first["end"]}, follow_redirects=False).status_code == 303
    assert eve.get("/api/changes").json()["arrivals"] == []
    assert "Nothing has been recorded since" in eve.get("/changes").text
    assert len(ida.get("/api/changes").json()["arrivals"]) == 4
    item = items(ida, "finding")[0]
    made = send(ida, item, act="accept", reason="both say so")
    put(talks, read("late", "Sweden accepted the truce. Officials said 40 people were killed in the port of Molde."))
    settle(ida)
    told = eve.get("/api/changes").json()
    assert [(a["name"], a["user"], a["version"]) for a in told["arrivals"]] == [("late", "ida", 1)]
    assert [j["id"] for j in told["judgements"]] == [made["id"]]
    assert {"disputed"} <= {f["standing"] for f in told["findings"]}
    assert ida.get("/api/changes").json()["judgements"] == []
    assert nobody.post("/changes", data={"seq": 1}, follow_redirects=False).status_code == 401
    assert eve.post("/api/changes", json={"seq": 10**9}).json()["seq"] == told["end"]
    assert eve.post("/changes", data={"seq": "soon"}, follow_redirects=False).status_code == 400


def test_reading_anew_and_other_versions_are_told_apart(talks: Case) -> None:
    with clients(talks, EVE) as (eve,):
        eve.post("/changes", data={"seq": eve.get("/api/changes").json()["end"]})
        put(talks, readings()[0], program="2")
        put(talks, read("mercury", readings()[1].report.text + " It rained."))
        told = eve.get("/api/changes").json()["arrivals"]
        assert {(a["name"], a["version"], a["again"]) for a in told} == {("gazette", 1, True), ("mercury", 2, False)}
        page = words(eve.get("/changes").text)
        assert re.search(r"gazette “[^”]+” was read anew", page)
        assert re.search(r"mercury “[^”]+” has another version \(2\)", page)


def test_what_asks_again_comes_first_and_can_be_taken_back_where_the_thing_is_gone(talks: Case) -> None:
    with clients(talks, IDA) as (ida,):
        yes = next(i for i in items(ida, "move") if i["says"] == "Sweden accepted the truce")
        made = send(ida, yes, act="reject")
        text = readings()[0].report.text.replace("accepted the truce", "has welcomed the truce")
        put(talks, read("gazette", text))
        settle(ida)
        asks = next(i for i in items(ida) if i["asks"])
        assert (asks["asks"], asks["there"]) == ([made["id"]], False)
        page = ida.get("/review")
        assert "a judgement asks again" in page.text
        shown = ida.get(f"/review/move?id={asks['id']}&report=1")
        assert "does not find it any more" in shown.text
        assert ida.post("/api/judge", json=about(asks, act="accept")).status_code == 409
        assert form(ida, "/undo", id=made["id"])[0] == 303
        settle(ida)
        assert not [i for i in items(ida) if i["asks"]]


def test_twins_are_described(people: list[Client]) -> None:
    paths = people[0].get("/api/openapi.json").json()["paths"]
    assert {
        "/api/review",
        "/api/review/{kind}",
        "/api/judge",
        "/api/undo",
        "/api/judgements",
        "/api/log",
        "/api/changes",
    } <= set(paths)
    assert "post" in paths["/api/judge"]


@pytest.mark.parametrize(
    ("page", "status"),
    [
        ("/review?kind=mood", 400),
        ("/review?page=9", 200),
        ("/review/mood?id=x", 400),
        ("/review/finding?id=f0", 404),
        ("/review/finding", 400),
        ("/review/speaker?id=a0&report=99", 404),
        ("/review/actor?id=%00%ff<script>", 404),
        ("/log?page=0", 400),
    ],
)
def test_addresses_that_lead_nowhere_are_told_so(people: list[Client], page: str, status: int) -> None:
    for address in (page, f"/api{page}"):
        told = people[0].get(address)
        assert told.status_code == status
        assert "<script>" not in told.text or told.headers["content-type"] == "application/json"


def test_looking_changes_nothing(people: list[Client], talks: Case) -> None:
    before = log_length(talks)
    for page in ("/review", "/judgements", "/log", "/changes"):
        assert people[0].get(page).status_code == 200
        assert people[0].head(page).status_code == 200
    assert log_length(talks) == before


def test_the_state_of_play_is_that_of_the_book_that_is_shown(talks: Case) -> None:
    with clients(talks, IDA) as (ida,):
        before = ida.get("/").text
        assert ida.get("/").text == before
        assert pages_of(ida).parts
        put(
            talks, read("late", "Sweden accepted the truce. Officials said 40 people were killed in the port of Molde.")
        )
        settle(ida)
        reports = len(pages_of(ida).book.reports)
        assert f"Reports <b>{reports}</b>" in ida.get("/").text
        assert f"Reports <b>{reports}</b>" not in before
