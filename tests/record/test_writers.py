"""Writers that are killed at any moment, and several at once: nothing acknowledged is lost, nothing is there twice."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path

import pytest

from trucebook.record.case import open_case
from trucebook.record.replay import known_then
from trucebook.record.verify import verify

WRITER = [sys.executable, str(Path(__file__).with_name("writer.py"))]


def start(place: str, who: str, count: int) -> subprocess.Popen[str]:
    return subprocess.Popen([*WRITER, place, who, str(count)], stdout=subprocess.PIPE, text=True)


def test_several_writers_at_once_lose_and_double_nothing(place: str) -> None:
    # They make the case at once, too.
    with ExitStack() as stack:
        writers = [stack.enter_context(start(place, f"w{i}", 6)) for i in range(3)]
        told = [writer.communicate(timeout=120)[0].split() for writer in writers]
    assert [writer.returncode for writer in writers] == [0, 0, 0]
    with open_case(place) as case:
        names = [r.report.id for r in known_then(case).readings]
        assert sorted(names) == sorted({name for some in told for name in some} - {"ready"})
        assert len(names) == 3 * 6 + 6
        assert verify(case).faults == ()


def kill_at_random(place: str, kills: int) -> None:
    """Kill a writer again and again, and see each time that all it told of is there once."""
    chance, acknowledged = random.Random(7), set[str]()  # noqa: S311  no secret
    for i in range(kills):
        with start(place, f"k{i}", 40) as writer:
            assert writer.stdout is not None
            if i % 5:  # else it is killed while it starts, or makes the case
                writer.stdout.readline()
            time.sleep(chance.uniform(0, 0.8))
            writer.kill()
            # A line that was cut off was not told.
            acknowledged |= {line.strip() for line in writer.stdout if line.endswith("\n")} - {"ready"}
        with open_case(place, create=True) as case:
            names = [r.report.id for r in known_then(case).readings]
            texts = [r.report.text for r in known_then(case).readings]
        assert acknowledged <= set(names)
        assert len(set(texts)) == len(texts)
    assert len(acknowledged) > kills // 4  # it was not always killed before it had done anything
    with open_case(place) as case:
        assert verify(case).faults == ()


@pytest.mark.slow
def test_a_writer_that_is_killed_loses_nothing_it_told_of_in_sqlite(tmp_path: Path) -> None:
    kill_at_random(str(tmp_path / "case.truce"), 60)


@pytest.mark.slow
def test_a_writer_that_is_killed_loses_nothing_it_told_of_in_postgresql(postgresql: str) -> None:
    kill_at_random(f"{postgresql}&case=killed", 60)
