"""The desk as people use it, in Chromium: logging in, adding, seeing what others do; and nothing of a hostile text runs."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import msgspec
import pytest
from browsing import CANARY, PATIENCE, Watch, every_page, log_in, served, shot
from desk_cases import fill
from record_stubs import BERG, THORNE, put, report

from trucebook import casework
from trucebook.desk.making import make
from trucebook.record import judgements
from trucebook.record.accounts import ROLES, add_account
from trucebook.record.case import open_case
from trucebook.record.uploads import Handed, Stated, hand_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from trucebook.record.case import Case

pytestmark = pytest.mark.slow

WORDS = "three words together"
NEW = "“The ferry sails again on Thursday,” Anna Berg of Velonia said on Monday. Olan Thorne of Sundria welcomed it."
HOSTILE = (
    f"<script>{CANARY}</script>",
    f"<img src=x onerror='{CANARY}'>",
    f"\"><svg onload=\"{CANARY}\">",
    f"javascript:{CANARY}",
    f"'; {CANARY}; '",
    f"{{{{ {CANARY} }}}}",
    f"</title></textarea></style><script src=http://outside.example/x.js>{CANARY}</script>",
    "<iframe src=http://outside.example/></iframe><meta http-equiv=refresh content='0;url=http://outside.example/'>",
    "\u202eetavirp\u202c \u2066gnp.exe\u2069 \u200b\u200e\x01\x1b[31m",
    "<base href=http://outside.example/><link rel=stylesheet href=http://outside.example/x.css>",
)  # fmt: skip


def hostile(case: Case) -> None:
    """Fill every field there is with what would run if it could."""
    fill(case)
    for i, bad in enumerate(HOSTILE):
        text = f"{BERG} {bad} {THORNE}\n\n“{bad}, and so on,” Anna Berg said."
        for version in (f"{bad} {text} It may be {bad}.", text) if i % 2 == 0 else (text,):
            told = report(f"{bad}{i}", version, url=bad if i % 2 else f"http://a.example/{bad}")
            put(case, msgspec.structs.replace(told, outlet=bad, title=bad, author=bad), user=bad)
        subject = casework.subject_in(case, "actor", "Anna Berg")
        judgements.judge(case, subject, judgements.Decision(act="note", value=bad, reason=bad), user=bad)
        hand_in(case, [Handed(name=bad, raw=b"", size=1, why=bad)], Stated(), user=bad)
    deep = "<div>" * 2_000 + f"<p>{BERG} {THORNE} {NEW}</p><script>{CANARY}</script>"
    wide = f"<html><body><article><p onclick='{CANARY}'>{' '.join([BERG, THORNE, NEW] * 40)}</p></article><a href='javascript:{CANARY}'>go</a>"
    for name, text in (
        ("deep.html", deep),
        ("wide.html", wide),
        ("cut.html", wide[: len(wide) // 2] + "<scr"),
        ("nul.html", "\x00<script>"),
    ):
        hand_in(case, [Handed(name=name, raw=text.encode(), size=len(text))], Stated(), user="ida")


@dataclass
class Crawled:
    """What was seen on every page.

    Attributes:
        watch: what happened that should not.
        paths: the pages.
        wide: those that are wider than a phone.
    """

    watch: Watch
    paths: list[str] = field(default_factory=list)
    wide: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """A desk where a person of each role has an account: the case and the address."""
    place = str(tmp_path_factory.mktemp("desk") / "talks.truce")
    with open_case(place, create=True) as case:
        fill(case)
        for text in (f"{BERG} It may rain.", f"{BERG} It will rain."):
            put(case, report("weather", text, url="https://quay.example/weather"))
        for role in ROLES:
            add_account(case, role, role, WORDS, user="root")
        make(case)  # so that the first page that is opened has a book
    with served(place) as address:
        yield place, address


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The desk of one person whose case is full of hostile texts, once all of it is read."""
    place = str(tmp_path_factory.mktemp("desk") / "talks.truce")
    with open_case(place, create=True) as case:
        hostile(case)
    with served(place) as address:
        yield address


def someone(chromium: Browser, address: str, name: str) -> tuple[Page, Watch]:
    """The browser of a person who is logged in."""
    watch = Watch(address)
    page = watch.page(chromium.new_context())
    log_in(page, address, name, WORDS)
    return page, watch


def settled(page: Page, address: str) -> None:
    """Wait until what was handed in is read and the book is of the case as it is."""
    page.goto(f"{address}/add")
    until = time.monotonic() + PATIENCE
    while page.evaluate("/waits|is being read/.test(document.body.innerText) || !!document.querySelector('p.older')"):
        assert time.monotonic() < until
        page.wait_for_timeout(500)


def test_what_one_adds_another_sees_without_loading_the_page_again(
    chromium: Browser, shared: tuple[str, str], tmp_path: Path
) -> None:
    _, address = shared
    reader, watch = someone(chromium, address, "reader")
    analyst, other = someone(chromium, address, "analyst")
    reader.goto(f"{address}/reports")
    reader.evaluate("window.loaded = 'once'")
    file = tmp_path / "ferry.txt"
    file.write_text(NEW, encoding="utf-8")
    analyst.goto(address)
    analyst.get_by_role("link", name="Add reports").click()
    analyst.get_by_label("Texts, Markdown").set_input_files([file, _pdf(tmp_path)])
    analyst.get_by_label("Outlet").fill("The Ferryman")
    shot(analyst, "add")
    analyst.get_by_role("button", name="Add", exact=True).click()
    analyst.get_by_text("All done.").wait_for()
    analyst.get_by_text("is a PDF document").wait_for()
    shot(analyst, "batch")
    reader.get_by_text("The Ferryman").wait_for()
    assert reader.evaluate("window.loaded") == "once"
    shot(reader, "reports")
    for page, watched in ((reader, watch), (analyst, other)):
        watched.see(page)
        watched.clean()
        page.context.close()


def _pdf(folder: Path) -> Path:
    file = folder / "minutes.pdf"
    file.write_bytes(b"%PDF-1.7\n")
    return file


def test_what_one_judges_another_sees(chromium: Browser, shared: tuple[str, str]) -> None:
    place, address = shared
    page, watch = someone(chromium, address, "reader")
    page.goto(f"{address}/findings")
    page.get_by_role("link", name="Open").first.click()
    page.evaluate("window.loaded = 'once'")
    ident = page.url.rsplit("/", 1)[1]
    with open_case(place) as case:
        decision = judgements.Decision(act="note", value="seen at the quay", reason="")
        judgements.judge(case, casework.subject_in(case, "finding", ident), decision, user="olan")
    page.get_by_text("seen at the quay").wait_for()
    assert page.evaluate("window.loaded") == "once"
    watch.clean()
    page.context.close()


def test_who_is_writing_is_asked_before_the_page_changes(chromium: Browser, shared: tuple[str, str]) -> None:
    place, address = shared
    page, watch = someone(chromium, address, "analyst")
    page.goto(f"{address}/add")
    page.get_by_label("Headline").fill("half a headl")
    with open_case(place) as case:
        put(case, report("news", f"{BERG} Again."))
    page.get_by_text("There is something new.").wait_for()
    assert page.get_by_label("Headline").input_value() == "half a headl"
    page.get_by_role("button", name="Show it").click()
    page.get_by_text("There is something new.").wait_for(state="detached")
    watch.clean()
    page.context.close()


def test_a_reader_cannot_add_and_who_logs_out_is_out(chromium: Browser, shared: tuple[str, str]) -> None:
    _, address = shared
    page, watch = someone(chromium, address, "reader")
    assert page.get_by_role("link", name="Add reports").count() == 0
    answer = page.goto(f"{address}/add")
    assert answer is not None
    assert answer.status == 403
    page.get_by_text("Your account may not do this").wait_for()
    page.goto(address)
    page.get_by_role("button", name="Log out").click()
    page.wait_for_url(f"{address}/login")
    page.goto(f"{address}/findings")
    assert page.url == f"{address}/login?next=%2Ffindings"
    shot(page, "login")
    watch.clean()
    page.context.close()


def test_accounts_are_made_on_a_page(chromium: Browser, shared: tuple[str, str]) -> None:
    _, address = shared
    page, watch = someone(chromium, address, "editor")
    page.get_by_role("link", name="Accounts").click()
    form = page.locator("form").last
    form.get_by_label("Name").fill("Judith Marsh")
    form.get_by_label("Role").select_option("analyst")
    form.get_by_label("Password").fill(WORDS)
    form.get_by_role("button").click()
    page.get_by_text("Judith Marsh").first.wait_for()
    shot(page, "accounts")
    judith, other = someone(chromium, address, "judith marsh")
    page.goto(f"{address}/accounts")
    row = page.locator(".accounts > li", has_text="Judith Marsh")
    row.get_by_text("Password, removal").click()
    row.get_by_role("button", name="Remove the account").click()
    page.get_by_text("Judith Marsh").first.wait_for(state="detached")
    judith.goto(f"{address}/findings")
    assert "/login" in judith.url
    for watched in (watch, other):
        watched.clean()
    judith.context.close()
    page.context.close()


def test_without_a_script_one_logs_in_reads_and_adds(chromium: Browser, shared: tuple[str, str]) -> None:
    _, address = shared
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.set_default_timeout(PATIENCE * 1000)
    log_in(page, address, "analyst", WORDS)
    for path in ("/", "/findings", "/reports", "/reports/1"):
        answer = page.goto(address + path)
        assert answer is not None
        assert answer.ok
    assert page.get_by_role("heading", level=1).count() == 1
    page.goto(f"{address}/add")
    page.get_by_label("Words of the report").fill(f"{THORNE} Nobody was told.")
    page.get_by_label("Headline").fill("The ridge")
    page.get_by_role("button", name="Add", exact=True).click()
    page.wait_for_url("**/add/*")
    page.get_by_text("All done.").wait_for()  # the page asks again by itself
    brief = context.request.get(f"{address}/export/brief.html", timeout=PATIENCE * 1000)
    assert (brief.status, "northern bridge" in brief.text()) == (200, True)
    context.close()


@pytest.fixture(scope="module")
def crawled(chromium: Browser, attacked: str) -> Crawled:
    """What is seen on a phone on every page of the case full of hostile texts; to open them all takes long."""
    context = chromium.new_context(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    watch = Watch(attacked)
    page = watch.page(context)
    settled(page, attacked)
    found = Crawled(watch)
    for number, path in enumerate(every_page(page, attacked, *(f"/reports/{n + 4}" for n in range(len(HOSTILE))))):
        found.paths.append(path)
        watch.see(page)
        shot(page, f"phone-{number}")
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            found.wide.append(path)
    context.close()
    return found


def test_nothing_of_a_hostile_text_runs_on_any_page(crawled: Crawled) -> None:
    assert {"/", "/findings", "/reports", "/add"} <= set(crawled.paths)
    assert any(p.endswith("/versions") for p in crawled.paths)
    assert sum(p.startswith("/reports/") for p in crawled.paths) >= len(HOSTILE)
    crawled.watch.clean()


def test_no_page_is_wider_than_a_phone(crawled: Crawled) -> None:
    assert crawled.wide == []


def test_no_page_has_a_serious_fault_for_who_does_not_see_well(chromium: Browser, shared: tuple[str, str]) -> None:
    axe = pytest.importorskip(
        "axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed"
    ).Axe()
    _, address = shared
    context = chromium.new_context()
    watch = Watch(address)
    page = watch.page(context)
    page.goto(f"{address}/login")
    faults = _faults(axe, page)
    log_in(page, address, "editor", WORDS)
    for number, path in enumerate(every_page(page, address)):
        faults += [f"{path}: {fault}" for fault in _faults(axe, page)]
        shot(page, f"light-{number}")
        page.emulate_media(color_scheme="dark")
        # By night a page has other colours and nothing else.
        faults += [f"{path}, dark: {fault}" for fault in _faults(axe, page, "color-contrast")]
        shot(page, f"dark-{number}")
        page.emulate_media(color_scheme="light")
    assert faults == []
    watch.clean()
    context.close()


def _faults(axe: object, page: Page, *rules: str) -> list[str]:
    """The serious faults that axe-core finds (its rules for WCAG 2.2, level AA; or some of them)."""
    chosen = {"runOnly": list(rules)} if rules else None
    found = axe.run(page, options=chosen).response["violations"]  # type: ignore[attr-defined]
    serious = [v for v in found if v["impact"] in {"serious", "critical"}]
    return [f"{v['id']}: {v['help']}: {v['nodes'][0]['html'][:200]}" for v in serious]


def test_one_gets_to_the_page_by_keyboard(chromium: Browser, shared: tuple[str, str]) -> None:
    _, address = shared
    page, watch = someone(chromium, address, "reader")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the page"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    watch.clean()
    page.context.close()
