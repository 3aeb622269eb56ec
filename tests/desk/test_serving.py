from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import httpx
from desk_cases import fill

from trucebook.record.case import open_case

if TYPE_CHECKING:
    from pathlib import Path

_PATIENCE = 60.0


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def page(address: str, until: float) -> str:
    while True:
        try:
            return httpx.get(address, timeout=5).text
        except httpx.TransportError:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)


def test_a_case_is_served_with_a_book_made_in_another_process(tmp_path: Path) -> None:
    place, port = str(tmp_path / "talks.truce"), free_port()
    with open_case(place, create=True) as case:
        fill(case)
    command = [sys.executable, "-m", "trucebook", "serve", place, "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as served:
        try:
            until = time.monotonic() + _PATIENCE
            while "northern bridge" not in page(f"http://127.0.0.1:{port}/findings", until):
                assert time.monotonic() < until
                time.sleep(0.2)
        finally:
            served.send_signal(signal.SIGINT)
            said, _ = served.communicate(timeout=_PATIENCE)
    assert "Traceback" not in said
    assert f"at http://127.0.0.1:{port}; end it with Ctrl-C" in said


def test_a_case_that_is_not_there_is_made_where_that_is_asked_for(tmp_path: Path) -> None:
    place, port = tmp_path / "talks.truce", free_port()
    command = [sys.executable, "-m", "trucebook", "serve", str(place), "--port", str(port)]
    refused = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (refused.returncode, place.exists()) == (2, False)
    assert "trucebook serve --new" in refused.stderr
    with subprocess.Popen([*command, "--new"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as served:
        try:
            assert "Add reports" in page(f"http://127.0.0.1:{port}/add", time.monotonic() + _PATIENCE)
        finally:
            served.send_signal(signal.SIGINT)
            served.communicate(timeout=_PATIENCE)
    assert place.exists()
