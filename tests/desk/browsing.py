"""A desk that is served by a process of its own, and Debian's Chromium that looks at it as a person would."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request

PATIENCE = 120.0
"""Seconds for which something is waited for: a process that reads has its models to load, and machines are busy."""
# What hostile texts would do if anything of them ran: it is looked for on every page.
CANARY = "window.ran = (window.ran || 0) + 1"
_SHOTS = os.environ.get("TRUCEBOOK_SHOTS")


@contextmanager
def served(place: str, *options: str) -> Iterator[str]:
    """Serve a case, and return the address of the desk."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "trucebook", "serve", place, "--port", str(port), *options]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
        try:
            _wait_for(address, process)
            yield address
        finally:
            process.terminate()
            _, said = process.communicate(timeout=PATIENCE)
    assert "Traceback" not in said, said


def _wait_for(address: str, process: subprocess.Popen[str]) -> None:
    import httpx  # noqa: PLC0415  a plugin is loaded for every test there is

    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            httpx.get(f"{address}/static/desk.css", timeout=5)
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return
    pytest.fail("the desk did not start")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Chromium, as Debian has it: nothing is fetched."""
    program = shutil.which("chromium")
    if program is None:
        pytest.skip("Chromium is not installed (Debian: apt-get install chromium)")
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    # In the sandbox of a container, and as root, Chromium has none of its own.
    how = {"executable_path": program, "args": ["--no-sandbox", "--disable-gpu"]}
    with sync_api.sync_playwright() as playwright, playwright.chromium.launch(**how) as browser:
        yield browser


@dataclass
class Watch:
    """What happens in a browser that should not.

    Attributes:
        address: of the desk.
        faults: what happened, each in a line.
    """

    address: str
    faults: list[str] = field(default_factory=list)

    def page(self, context: BrowserContext) -> Page:
        """A page that is watched."""
        page = context.new_page()
        page.set_default_timeout(PATIENCE * 1000)
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        page.on("request", self._asked)
        page.on("dialog", self._dialog)
        return page

    def see(self, page: Page) -> None:
        """Look at a page: nothing of a text has run on it."""
        if page.evaluate("window.ran") is not None:
            self.faults.append(f"{page.url}: a script of a text ran")
        marks = "[onerror], [onload], [onclick], [onmouseover], [style]:not([style='']), iframe, object, embed, base"
        strange = page.eval_on_selector_all(marks, "all => all.map(e => e.cloneNode().outerHTML)")
        if strange:
            self.faults.append(f"{page.url}: has markup that is not the desk's: {strange}")
        bad = page.evaluate(
            "[...document.querySelectorAll('a[href]')].map(a => a.protocol).filter(p => !['http:', 'https:'].includes(p))"
        )
        if bad:
            self.faults.append(f"{page.url}: links to {bad}")

    def clean(self) -> None:
        """See that nothing happened that should not."""
        assert self.faults == []

    def _said(self, message: ConsoleMessage) -> None:
        # A page that is not there is told on the console too.
        if message.type in {"error", "warning"} and "Failed to load resource" not in message.text:
            self.faults.append(f"console: {message.text}")

    def _asked(self, request: Request) -> None:
        if not request.url.startswith(self.address + "/"):
            self.faults.append(f"outside: {request.url}")

    def _dialog(self, dialog: object) -> None:
        self.faults.append(f"dialog: {dialog}")


def log_in(page: Page, address: str, name: str, password: str) -> None:
    """Log a person in, as the person would."""
    page.goto(f"{address}/login")
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url(f"{address}/")


def every_page(page: Page, address: str, *first: str) -> Iterator[str]:
    """Open the pages of the desk that links lead to, one of every kind and the first ones, and yield their addresses."""
    seen, ahead, kinds = {"/", *first}, ["/", *first], Counter[str]()
    while ahead:
        path = ahead.pop(0)
        if not _opened(page, address + path):
            continue
        yield path
        for link in page.eval_on_selector_all("a[href]", "links => links.map(a => a.getAttribute('href'))"):
            found = urlsplit(urljoin(address + path, link))
            new = found.path + (f"?{found.query}" if found.query else "")
            if f"{found.scheme}://{found.netloc}" == address and new not in seen and not found.path.startswith("/api"):
                seen.add(new)
                kinds[_kind(new)] += 1
                if kinds[_kind(new)] == 1:
                    ahead.append(new)


def _opened(page: Page, address: str) -> bool:
    from playwright.sync_api import Error  # noqa: PLC0415  it is not installed everywhere

    try:
        return page.goto(address) is not None
    except Error as error:
        # What is taken along as a file is no page.
        if "Download is starting" not in error.message:
            raise
        return False


def _kind(path: str) -> str:
    """What pages of one kind have in common: the beginning of the path, and what is asked for."""
    plain, _, query = path.partition("?")
    room, *rest = plain.strip("/").split("/")
    deep = "".join(("/x" if rest else "", *(f"/{more}" for more in rest[1:])))
    return f"{room}{deep}?{'&'.join(sorted(pair.partition('=')[0] for pair in query.split('&')))}"


def shot(page: Page, name: str) -> None:
    """Keep a picture of a page where somebody wants to look at them (`TRUCEBOOK_SHOTS`)."""
    if _SHOTS:
        page.screenshot(path=f"{_SHOTS}/{name}.png", full_page=True)
