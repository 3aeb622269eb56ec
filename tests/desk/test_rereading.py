from __future__ import annotations

import multiprocessing
from typing import TYPE_CHECKING

import pytest
from record_stubs import BERG, read, report

from trucebook.desk import rereading
from trucebook.desk.rereading import Rereading, read_again
from trucebook.reading.read import ReadingSettings
from trucebook.record.adding import Incoming, add
from trucebook.record.case import Case, open_case
from trucebook.record.maker import Maker, maker_of
from trucebook.record.replay import known_then

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def talks(tmp_path: Path) -> Iterator[Case]:
    """A case that an earlier program has read."""
    earlier = Maker(program="0.0.1", rules="0" * 64, settings=ReadingSettings(), packages={})
    with open_case(str(tmp_path / "talks.truce"), create=True) as case:
        told = report("one", BERG)
        add(case, Incoming(report=told, original=told.text.encode()), read(told), earlier, user="ida")
        yield case


@pytest.mark.slow
def test_what_an_earlier_program_has_read_is_read_again_in_another_process(
    talks: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rereading, "_LATER", 0.0)
    again = Rereading(talks)
    again.start()
    thread = again._thread  # noqa: SLF001
    assert thread is not None
    thread.join(120)
    again.close()
    assert known_then(talks).makers == {maker_of().digest: 1}


def test_a_desk_that_is_closed_at_once_reads_nothing(talks: Case) -> None:
    again = Rereading(talks)
    again.start()
    again.close()
    assert maker_of().digest not in known_then(talks).makers


def test_what_cannot_be_done_is_told(talks: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.nice", lambda _: 0)
    receiver, sender = multiprocessing.Pipe(duplex=False)
    read_again(talks.location.name, str(tmp_path / "none.yaml"), sender)
    assert b"none.yaml" in receiver.recv_bytes()
