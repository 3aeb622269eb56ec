"""Results reach a file whole or not at all, and never at the cost of an input."""

from __future__ import annotations

import io
import os
import stat
from pathlib import Path

import pytest

from trucebook.delivery import OutputRefusedError, check_output, write_file, write_stream


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    (folder / "more").mkdir(parents=True)
    (folder / "a.txt").write_text("The envoy spoke.")
    return folder


@pytest.mark.parametrize(
    ("output", "inputs", "reason"),
    [
        ("reports", ["other"], "is a folder; name a file in it"),
        ("nowhere/brief.html", ["reports"], "folder does not exist; create"),
        ("reports/a.txt", ["reports/a.txt"], "is one of the inputs; write to another file"),
        ("reports/more/../a.txt", ["reports/a.txt"], "is one of the inputs"),
        ("reports/brief.html", ["reports"], "lies in the input folder reports, .* write it outside"),
        ("reports/more/brief.html", ["-", "reports"], "lies in the input folder"),
    ],
)
def test_a_place_that_costs_something_is_refused(
    reports: Path, monkeypatch: pytest.MonkeyPatch, output: str, inputs: list[str], reason: str
) -> None:
    monkeypatch.chdir(reports.parent)
    with pytest.raises(OutputRefusedError, match=reason) as caught:
        check_output(Path(output), inputs)
    assert caught.value.path == output


@pytest.mark.parametrize(
    ("output", "inputs"),
    [
        ("brief.html", ["reports"]),
        ("reports/brief.html", ["reports/a.txt"]),
        ("brief.html", ["-"]),
        ("brief.html", ["no-such-report.txt"]),
        ("reports-2.html", ["reports"]),
    ],
)
def test_a_harmless_place_is_taken(
    reports: Path, monkeypatch: pytest.MonkeyPatch, output: str, inputs: list[str]
) -> None:
    monkeypatch.chdir(reports.parent)
    check_output(Path(output), inputs)


def test_a_link_to_an_input_is_seen_through(reports: Path) -> None:
    link = reports.parent / "link.txt"
    link.symlink_to(reports / "a.txt")
    with pytest.raises(OutputRefusedError, match="one of the inputs"):
        check_output(link, [str(reports / "a.txt")])


def test_a_new_file_has_the_rights_that_the_user_gives_new_files(tmp_path: Path) -> None:
    target = tmp_path / "brief.json"
    before = os.umask(0o027)
    try:
        write_file(target, b"{}")
    finally:
        os.umask(before)
    assert target.read_bytes() == b"{}"
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


def test_a_file_is_replaced_with_its_rights_and_through_its_link(tmp_path: Path) -> None:
    target, link = tmp_path / "brief.json", tmp_path / "latest.json"
    target.write_bytes(b"old")
    target.chmod(0o600)
    link.symlink_to(target)
    write_file(link, b"new")
    assert target.read_bytes() == b"new"
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert link.is_symlink()


def test_what_was_there_stays_when_writing_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "brief.json"
    target.write_bytes(b"old")

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputRefusedError, match="No space left on device; choose a place"):
        write_file(target, b"new")
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.skipif(not Path("/dev/null").is_char_device(), reason="no null device")
def test_a_device_is_written_to_and_not_replaced() -> None:
    write_file(Path("/dev/null"), b"result")
    assert Path("/dev/null").is_char_device()


def test_a_stream_is_flushed() -> None:
    raw = io.BytesIO()
    stream = io.BufferedWriter(raw)
    write_stream(stream, b"result")
    assert raw.getvalue() == b"result"


def test_a_process_without_standard_output_is_told_so() -> None:
    with pytest.raises(OutputRefusedError, match="standard output: is closed; write to a file with -o"):
        write_stream(None, b"result")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device")
def test_a_full_disk_behind_standard_output_is_told_once() -> None:
    with Path("/dev/full").open("wb") as stream:
        with pytest.raises(OutputRefusedError, match="standard output: No space left"):
            write_stream(stream, b"result")
        stream.flush()  # as Python does at exit; what could not be written is not tried again
