"""Files are read in a process of their own, and a desk or a process that is killed loses none."""

from __future__ import annotations

import os
import signal
import time
from typing import TYPE_CHECKING

import pytest
from record_stubs import BERG

from trucebook.desk import inbox
from trucebook.desk.inbox import Inbox, read_waiting
from trucebook.record.case import Case, open_case
from trucebook.record.uploads import Handed, Stated, Upload, batch_of, hand_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

PATIENCE = 120.0


@pytest.fixture
def talks(tmp_path: Path) -> Iterator[Case]:
    with open_case(str(tmp_path / "talks.truce"), create=True) as case:
        yield case


def handed(case: Case, *texts: str) -> str:
    files = [Handed(name=f"{i}.txt", raw=t.encode(), size=len(t)) for i, t in enumerate(texts)]
    return hand_in(case, files, Stated(), user="ida")


def until(case: Case, batch: str, when: Callable[[tuple[Upload, ...]], bool]) -> tuple[Upload, ...]:
    end = time.monotonic() + PATIENCE
    while not when(found := batch_of(case, batch)):
        assert time.monotonic() < end, found
        time.sleep(0.05)
    return found


def read(found: tuple[Upload, ...]) -> bool:
    return all(u.state == "read" for u in found)


@pytest.mark.slow
def test_what_was_left_from_before_is_read_and_what_comes_then(talks: Case) -> None:
    batch = handed(talks, BERG)
    box = Inbox(talks)
    box.start()
    try:
        assert [c.outcome for c in until(talks, batch, read)[0].told.came] == ["added"]
        batch = handed(talks, BERG, BERG + " It rained.")
        box.look()
        until(talks, batch, read)
    finally:
        box.close()


@pytest.mark.slow
def test_a_process_that_is_killed_at_its_work_loses_nothing(talks: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inbox, "_INTERVAL", 0.2)
    batch = handed(talks, " ".join([BERG] * 200), BERG)
    box = Inbox(talks)
    box.start()
    try:
        until(talks, batch, lambda found: found[0].state == "reading")
        process = box._process  # noqa: SLF001
        assert process is not None
        assert process.pid is not None
        os.kill(process.pid, signal.SIGKILL)
        until(talks, batch, read)
    finally:
        box.close()


def test_a_process_ends_when_nothing_comes(talks: Case) -> None:
    begun = time.monotonic()
    read_waiting(talks.location.name, None, idle=0.2)
    assert time.monotonic() - begun < PATIENCE


def test_a_file_of_actors_that_cannot_be_used_is_told_with_the_file(talks: Case, tmp_path: Path) -> None:
    batch = handed(talks, BERG)
    read_waiting(talks.location.name, str(tmp_path / "none.yaml"), idle=0.1)
    (held,) = batch_of(talks, batch)
    assert held.state == "failed"
    assert "none.yaml" in held.told.why
