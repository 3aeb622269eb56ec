"""A case with offers and answers for the tests of review, read once, and people who ask its desk."""

from __future__ import annotations

import re
import time
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import msgspec
from litestar.testing import TestClient
from record_stubs import maker
from sqlalchemy import insert

import trucebook
from trucebook.desk.app import create_app
from trucebook.desk.guard.guard import Guard
from trucebook.desk.guard.policy import policy_for
from trucebook.desk.guard.visitors import csrf_of
from trucebook.desk.settings import DeskSettings
from trucebook.record.accounts import accounts
from trucebook.record.adding import Incoming, add
from trucebook.record.books import end_of
from trucebook.record.case import open_case
from trucebook.record.schema import account
from trucebook.record.sessions import begin

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from litestar.types import ASGIApp

    from trucebook.desk.desk import Desk
    from trucebook.reading.model import Reading
    from trucebook.record.case import Case

OFFER = "Norway proposed a 60-day truce on Monday. Norway will take the offer to Denmark."
TEXTS = {
    "gazette": f"{OFFER} Sweden accepted the truce. Anna Berg and A. Berg of Denmark waited. Officials said 30 people were killed in the port of Molde.",
    "mercury": "Sweden rejected the truce. Officials said 40 people were killed in the port of Molde. “The port is shut for good,” said a man at the gate.",
    "herald": "Norway will resume aid to Sweden if Sweden signs the truce. “We accept the truce,” Anna Berg, the Danish foreign minister, said.",
    "courier": "Norway will resume aid to Sweden. “We accept the truce,” the Danish foreign minister, Olan Thorne, said.",
}  # fmt: skip


@dataclass(frozen=True)
class Person:
    """Somebody with an account."""

    name: str
    role: str


IDA, EVE, RUTH = Person("ida", "analyst"), Person("eve", "editor"), Person("ruth", "reader")


@cache
def readings() -> tuple[Reading, ...]:
    return tuple(read(name, text) for name, text in TEXTS.items())


def read(name: str, text: str) -> Reading:
    """A reading of a report that stands at an address of its own: another text there is another version of it."""
    found = trucebook.read_text(text, id=name, published="2031-05-07")
    report = msgspec.structs.replace(found.report, url=f"https://{name}.example/1")
    return msgspec.structs.replace(found, report=report)


def put(case: Case, reading: Reading, program: str = "1") -> None:
    add(
        case,
        Incoming(report=reading.report, original=reading.report.text.encode()),
        reading,
        maker(program),
        user="ida",
    )


def fill(case: Case, *, most: int = 99) -> None:
    for reading in readings()[:most]:
        put(case, reading)


def _session(case: Case, person: Person) -> str:
    """Log somebody in whose password nobody knows: to hash one takes longer than a test."""
    with case.unlogged() as connection:
        row = {"name": person.name, "key": person.name, "role": person.role, "password": "none", "made": case.clock()}
        connection.execute(insert(account).values(**row))
    owner = next(a for a in accounts(case) if a.name == person.name)
    return begin(case, owner).token


@contextmanager
def clients(case: Case, *people: Person | None, page: int = 25) -> Iterator[list[TestClient[Any]]]:
    """One desk, and a client of it for each person; None is somebody who is not logged in."""
    tokens = [_session(case, person) if person else "" for person in people]
    app = create_app(case, DeskSettings(apart=False, page=page))
    name = Guard(app, case, policy_for(case, "127.0.0.1", user="")).cookies.session  # type: ignore[arg-type]
    # The first is entered, so that the desk starts and ends; the others ask the same desk.
    with TestClient(app):
        yield [_client(app, name, token) for token in tokens]


def _client(app: ASGIApp, name: str, token: str) -> TestClient[Any]:
    found = TestClient(app, base_url="http://127.0.0.1")
    if token:
        found.cookies.set(name, token)
        found.headers["x-csrf-token"] = csrf_of(token)
    return found


@contextmanager
def desk(folder: Path, *people: Person | None, page: int = 25) -> Iterator[list[TestClient[Any]]]:
    with open_case(f"{folder}/talks.truce", create=True) as case:
        fill(case)
        with clients(case, *people, page=page) as found:
            yield found


def items(client: TestClient[Any], kind: str = "") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get("/api/review", params={"kind": kind}).json()["items"]
    return found


def thing(client: TestClient[Any], item: dict[str, Any]) -> dict[str, Any]:
    asked = {"id": item["id"]} | ({"report": item["report"]} if item["report"] else {})
    found: dict[str, Any] = client.get(f"/api/review/{item['kind']}", params=asked).json()
    return found


def about(item: dict[str, Any], **decision: object) -> dict[str, Any]:
    """The fields of a form or of JSON that judges a thing."""
    fields = {"kind": item["kind"], "id": item["id"], **decision}
    return fields | ({"report": item["report"]} if item["report"] else {})


def desk_of(client: TestClient[Any]) -> Desk:
    """The desk that a client asks."""
    app: Any = client.app
    while not hasattr(app, "state"):
        inner = [c.cell_contents for c in getattr(app, "__closure__", None) or ()]
        app = next(v for v in (getattr(app, "_app", None), *inner) if callable(v))
    found: Desk = app.state["desk"]
    return found


def settle(client: TestClient[Any]) -> None:
    """Wait until the book of the desk is of the case as it is."""
    desk, until = desk_of(client), time.monotonic() + 60
    desk.keeper.look()
    while desk.keeper.end != end_of(desk.case) or not desk.keeper.freshness.current:
        assert time.monotonic() < until, desk.keeper.freshness
        time.sleep(0.01)


def words(page: str) -> str:
    """The words of a page, without its markup."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())
