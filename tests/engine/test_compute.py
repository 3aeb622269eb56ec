"""The engine by itself, with toy readers in the place of the real one."""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import time
from pathlib import Path

import msgspec
import pytest

from trucebook.engine.compute import WorkerLostError, compute
from trucebook.errors import SettingsError
from trucebook.reading.model import Reading
from trucebook.reading.read import ReadingSettings
from trucebook.report import Report

SETTINGS = ReadingSettings()


def reports(*texts: str) -> list[Report]:
    return [Report(id=f"r{i}", path=f"r{i}.txt", sha256="0", text=text) for i, text in enumerate(texts)]


def count_words(report: Report, _settings: ReadingSettings) -> Reading:
    return Reading(report=report, warnings=(f"{len(report.text.split())} words",))


def tell_process(report: Report, _settings: ReadingSettings) -> Reading:
    return Reading(report=report, warnings=(str(os.getpid()),))


def wait_for_another(report: Report, _settings: ReadingSettings) -> Reading:
    """Give up a report only when another process has one too: however busy the machine, one alone cannot take all."""
    folder = Path(report.text)
    (folder / str(os.getpid())).touch()
    until = time.monotonic() + 60
    while len(list(folder.iterdir())) < 2 and time.monotonic() < until:
        time.sleep(0.01)
    return Reading(report=report, warnings=(str(os.getpid()),))


def die_on_poison(report: Report, _settings: ReadingSettings) -> Reading:
    if report.text == "poison":
        os._exit(9)
    return Reading(report=report)


def refuse_model(_report: Report, settings: ReadingSettings) -> Reading:
    raise SettingsError(f"English model {settings.model}: cannot be loaded")


def test_no_reports_give_no_readings() -> None:
    assert compute([], SETTINGS, jobs=4, reader=count_words) == ()


@pytest.mark.parametrize("jobs", [1, 2, 3, 9])
def test_readings_come_in_the_order_of_the_reports(jobs: int) -> None:
    pile = reports("a", "a much longer text than the others", "b c", "")
    found = compute(pile, SETTINGS, jobs=jobs, reader=count_words)
    assert [r.report.id for r in found] == ["r0", "r1", "r2", "r3"]
    assert [r.warnings for r in found] == [("1 words",), ("7 words",), ("2 words",), ("0 words",)]


def test_several_jobs_are_several_processes_and_one_job_is_this_one(tmp_path: Path) -> None:
    pile = reports(*[str(tmp_path)] * 6)
    assert {r.warnings for r in compute(pile, SETTINGS, reader=tell_process)} == {(str(os.getpid()),)}
    elsewhere = {r.warnings for r in compute(pile, SETTINGS, jobs=2, reader=wait_for_another)}
    assert len(elsewhere) == 2
    assert (str(os.getpid()),) not in elsewhere


@pytest.mark.parametrize("jobs", [1, 2])
def test_progress_is_told_once_a_report(jobs: int) -> None:
    told: list[str] = []
    compute(reports(*"abc"), SETTINGS, jobs=jobs, progress=lambda r: told.append(r.id), reader=count_words)
    assert sorted(told) == ["r0", "r1", "r2"]


@pytest.mark.parametrize("jobs", [0, -1])
def test_fewer_than_one_job_is_refused(jobs: int) -> None:
    with pytest.raises(SettingsError, match="give 1 or more"):
        compute(reports("a"), SETTINGS, jobs=jobs, reader=count_words)


def test_a_dead_worker_is_an_error_that_names_the_unread_reports() -> None:
    with pytest.raises(WorkerLostError, match=r"worker process died .*r1.*fewer jobs") as caught:
        compute(reports("a", "poison", "b"), SETTINGS, jobs=2, reader=die_on_poison)
    assert "r1" in caught.value.unread


def test_many_unread_reports_are_counted_and_not_listed() -> None:
    message = str(WorkerLostError([f"r{i}" for i in range(12)]))
    assert "r4 and 7 more" in message
    assert "r5" not in message


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_error_of_the_reader_reaches_the_caller_as_itself(jobs: int) -> None:
    with pytest.raises(SettingsError, match="model no-such: cannot be loaded"):
        compute(reports("a", "b"), ReadingSettings(model="no-such"), jobs=jobs, reader=refuse_model)


def test_settings_and_readings_survive_the_way_to_a_worker_and_back() -> None:
    reading = count_words(reports("a")[0], SETTINGS)
    assert pickle.loads(pickle.dumps(SETTINGS)) == SETTINGS  # noqa: S301  our own bytes
    assert pickle.loads(pickle.dumps(reading)) == reading  # noqa: S301


@pytest.mark.slow
def test_the_real_reader_gives_the_same_bytes_for_any_number_of_jobs() -> None:
    pile = reports(
        "Anna Berg said on Monday that “the bridge is open.” Three people were hurt.",
        "The envoy denied that talks had failed.",
        "",
    )
    one, two = (msgspec.json.encode(compute(pile, SETTINGS, jobs=jobs)) for jobs in (1, 2))
    assert one == two


_WAIT = """
import pathlib, signal, sys, time
from trucebook.reading.model import Reading
def slow(report, settings):
    pathlib.Path(sys.argv[1], report.id).touch()
    time.sleep(60)
    return Reading(report=report)
if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a job in the background is born deaf to it
    from trucebook.engine.compute import compute
    from trucebook.reading.read import ReadingSettings
    from trucebook.report import Report
    pile = [Report(id=f"r{i}", path="", sha256="", text="") for i in range(40)]
    try:
        compute(pile, ReadingSettings(), jobs=2, reader=slow)
    except KeyboardInterrupt:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        sys.exit(130)
"""


@pytest.mark.skipif(os.name == "nt", reason="process groups of POSIX")
@pytest.mark.parametrize("begun_before", [1, 2])  # with 1 the other worker is still starting
@pytest.mark.parametrize("interrupts", [1, 3])  # an impatient user presses Ctrl-C again while the pool is ended
def test_an_interrupt_ends_the_pool_quickly_and_quietly(tmp_path: Path, begun_before: int, interrupts: int) -> None:
    script = tmp_path / "wait.py"
    script.write_text(_WAIT)
    begun = tmp_path / "begun"
    begun.mkdir()
    process = subprocess.Popen([sys.executable, script, begun], stderr=subprocess.PIPE, start_new_session=True)
    deadline = time.monotonic() + 60
    while len(list(begun.iterdir())) < begun_before and time.monotonic() < deadline:
        time.sleep(0.05)
    for _ in range(interrupts):
        os.killpg(process.pid, signal.SIGINT)  # what a terminal does on Ctrl-C: every process of the group gets it
        time.sleep(0.01)
    _, errors = process.communicate(timeout=20)
    assert process.returncode == 130
    assert errors == b""
    assert len(list(begun.iterdir())) < 10
