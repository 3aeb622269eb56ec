"""Cases in both databases: every test that asks for a `place` runs on SQLite and on PostgreSQL."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trucebook.record.case import Case

_NUMBER = count()


def _programs() -> Path | None:
    """The folder with the server's programs; Debian keeps them off the path."""
    found = shutil.which("initdb")
    if found:
        return Path(found).parent
    return max(Path("/usr/lib/postgresql").glob("*/bin"), default=None, key=lambda p: int(p.parent.name))


def _server_user() -> str | None:
    """Who runs the server, which refuses to be root."""
    if os.geteuid():
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            continue
    return None


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The URL of a server of our own, on a socket in a folder of its own."""
    programs = _programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed (Debian: apt-get install postgresql)")
    pytest.importorskip("psycopg", reason="psycopg is not installed (trucebook[postgresql])")
    user = _server_user()
    if os.geteuid() == 0 and user is None:
        pytest.skip("PostgreSQL refuses to be run by root, and there is no other user to run it")
    folder = Path(tempfile.mkdtemp(prefix="trucebook-pg-"))
    if user:
        shutil.chown(folder, user)
    run = ["setpriv", f"--reuid={user}", "--regid", str(pwd.getpwnam(user).pw_gid), "--clear-groups"] if user else []

    def call(program: str, *arguments: str) -> None:
        subprocess.run([*run, str(programs / program), *arguments], check=True, cwd=folder, capture_output=True)

    try:
        call(
            "initdb", "-D", f"{folder}/data", "-A", "trust", "-U", "trucebook", "-E", "UTF8", "--no-locale", "--no-sync"
        )
        settings = f"-c listen_addresses='' -c fsync=off -c max_connections=40 -k {folder}"
        call("pg_ctl", "-w", "-D", f"{folder}/data", "-l", f"{folder}/log", "-o", settings, "start")
        try:
            yield f"postgresql://trucebook@/postgres?host={folder}"
        finally:
            call("pg_ctl", "-w", "-D", f"{folder}/data", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a case can be made that no other test has."""
    return new_place(request, tmp_path)


def new_place(request: pytest.FixtureRequest, folder: Path) -> str:
    number = next(_NUMBER)
    if request.param == "sqlite":
        return str(folder / f"case{number}.truce")
    return f"{request.getfixturevalue('postgresql')}&case=case{number}_{os.getpid()}"


@pytest.fixture
def case(place: str) -> Iterator[Case]:
    from trucebook.record.case import open_case  # noqa: PLC0415  a plugin is loaded for every test there is

    with open_case(place, create=True) as opened:
        yield opened


@pytest.fixture
def quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords hashed weakly, where a test is not about their strength."""
    from argon2 import PasswordHasher  # noqa: PLC0415  a plugin is loaded for every test there is

    from trucebook.record import passwords  # noqa: PLC0415

    weak = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    nobody = weak.hash("nobody")
    monkeypatch.setattr(passwords, "hasher", lambda: weak)
    monkeypatch.setattr(passwords, "_nobody", lambda: nobody)
