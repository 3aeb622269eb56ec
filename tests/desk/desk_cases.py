"""A small case of invented reports for the tests of the desk, and a client that asks its pages."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from litestar.testing import TestClient
from record_stubs import BERG, QUOTED, THORNE, put, report

from trucebook.desk.app import create_app
from trucebook.desk.settings import DeskSettings
from trucebook.record.case import open_case

if TYPE_CHECKING:
    from collections.abc import Coroutine, Iterator

    from trucebook.record.case import Case

Answer = TypeVar("Answer")

TEXTS = {
    "gazette": f"{BERG}\n\n{QUOTED}\n",
    "mercury": f"{BERG}\n\n{THORNE}\n\n{QUOTED}\n",
    "herald": f"{THORNE}\n\nNobody at the northern bridge had heard of it.\n",
}


def fill(case: Case) -> None:
    """Put the reports into a case."""
    for name, text in TEXTS.items():
        put(case, report(name, text))


@contextmanager
def client_of(case: Case, **settings: object) -> Iterator[TestClient[Any]]:
    """A client of a desk whose book is there."""
    app = create_app(case, DeskSettings(apart=False, **settings))  # type: ignore[arg-type]
    with TestClient(app, base_url="http://127.0.0.1") as client:
        yield client


@contextmanager
def desk(folder: object) -> Iterator[TestClient[Any]]:
    """A client of a desk with the small case, in a file."""
    with open_case(f"{folder}/talks.truce", create=True) as case:
        fill(case)
        with client_of(case) as client:
            yield client


def run_apart(asking: Coroutine[Any, Any, Answer]) -> Answer:
    """Run what waits in a thread of its own: a browser that a test drives leaves its loop running in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, asking).result()
