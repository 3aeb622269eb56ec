"""Review as a person works it, in Chromium: by keyboard, by two people at once, on a phone, and without a script."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from browsing import PATIENCE, Watch, log_in, served, shot
from review_cases import fill

from trucebook.record.accounts import add_account
from trucebook.record.case import open_case
from trucebook.record.judgements import judgements

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page, ViewportSize

pytestmark = pytest.mark.slow

WORDS = "three words together"
PHONE: ViewportSize = {"width": 360, "height": 740}
WIDE: ViewportSize = {"width": 1280, "height": 900}


@pytest.fixture
def place(tmp_path: Path) -> str:
    found = str(tmp_path / "talks.truce")
    with open_case(found, create=True) as case:
        fill(case)
    return found


@pytest.fixture
def address(place: str) -> Iterator[str]:
    with served(place) as found:
        yield found


def acts(place: str) -> list[tuple[str, str, str]]:
    with open_case(place) as case:
        return [(j.act, j.subject.kind, j.value if j.act == "note" else "") for j in judgements(case)]


def focused(page: Page) -> str:
    found = page.evaluate("(document.activeElement.closest('[data-item]') || {}).id || ''")
    return str(found)


def waiting(page: Page) -> list[str]:
    found = page.eval_on_selector_all("[data-item]:not(.done)", "all => all.map(e => e.id)")
    return [str(one) for one in found]


def opened(page: Page, address: str) -> list[str]:
    """The queue, once the book is there."""
    page.goto(f"{address}/review")
    page.wait_for_selector("[data-item]", timeout=PATIENCE * 1000)
    page.wait_for_selector("#keys:not([hidden])")
    return waiting(page)


def told(page: Page, words: str) -> None:
    page.wait_for_function("words => document.getElementById('told').textContent.startsWith(words)", arg=words)


def test_the_queue_is_worked_by_keyboard(chromium: Browser, place: str, address: str) -> None:
    watch = Watch(address)
    with chromium.new_context(viewport=WIDE) as context:
        page = watch.page(context)
        every = opened(page, address)
        shot(page, "review-desk")
        page.keyboard.press("j")
        assert focused(page) == every[0]
        for key, there in (("j", every[1]), ("j", every[2]), ("k", every[1]), ("k", every[0]), ("k", every[0])):
            page.keyboard.press(key)
            assert focused(page) == there
        page.keyboard.press("a")
        told(page, "Accepted: ")
        assert focused(page) == every[1]
        page.keyboard.press("r")
        told(page, "Rejected: ")
        page.keyboard.press("u")
        told(page, "Taken back: ")
        # The list may have come anew in between, without it; then it comes once more.
        page.wait_for_selector(f"[data-item]:not(.done)[id='{every[1]}']")
        page.keyboard.press("?")
        assert page.is_hidden("#keys")
        page.locator(f"[id='{every[1]}']").focus()
        page.keyboard.press("n")
        page.keyboard.type("ask the juror about a and r")
        shot(page, "review-note")
        page.get_by_role("button", name="Keep the note").locator("visible=true").click()
        told(page, "Noted: ")
        page.wait_for_function("id => !document.getElementById(id)", arg=every[0], timeout=PATIENCE * 1000)
        page.locator(f"[id='{every[1]}']").focus()
        page.keyboard.press("o")
        page.wait_for_url("**/review/*")
        assert "ask the juror about a and r" in page.inner_text("main")
        shot(page, "thing-desk")
        watch.see(page)
    watch.clean()
    kinds = [one.split("-")[0] for one in every]
    assert acts(place) == [
        ("accept", kinds[0], ""),
        ("reject", kinds[1], ""),
        ("undo", kinds[1], ""),
        ("note", kinds[1], "ask the juror about a and r"),
    ]


def test_a_speaker_is_named_by_keyboard(chromium: Browser, address: str) -> None:
    watch = Watch(address)
    with chromium.new_context(viewport=WIDE) as context:
        page = watch.page(context)
        page.goto(f"{address}/review?kind=speaker")
        page.wait_for_selector("#keys:not([hidden])", timeout=PATIENCE * 1000)
        page.keyboard.press("j")
        page.keyboard.press("c")
        page.keyboard.type("Olan Thorne")
        page.keyboard.press("Enter")
        told(page, "Corrected: Olan Thorne")
        page.keyboard.press("u")
        told(page, "Taken back: ")
        watch.clean()


def test_two_people_at_once_do_not_judge_past_each_other(chromium: Browser, tmp_path: Path) -> None:
    place = str(tmp_path / "shared.truce")
    with open_case(place, create=True) as case:
        fill(case)
        for name in ("ida", "eve"):
            add_account(case, name, "analyst", WORDS, user="root")
    with served(place) as address, chromium.new_context() as one, chromium.new_context() as other:
        watch = Watch(address)
        ida, eve = watch.page(one), watch.page(other)
        for page, name in ((ida, "ida"), (eve, "eve")):
            log_in(page, address, name, WORDS)
        first = opened(ida, address)[0]
        opened(eve, address)
        # What is new is not shown to Eve while she writes, so that she judges what she saw.
        eve.locator(f"[id='{first}'] input[name=reason]").fill("heard it myself")
        ida.locator(f"[id='{first}']").focus()
        ida.keyboard.press("a")
        told(ida, "Accepted: ")
        eve.locator(f"[id='{first}']").get_by_role("button", name="Reject").click()
        told(eve, "Not done: ")
        assert "ida judged it meanwhile (accept)" in eve.inner_text("#told")
        assert [act for act, _, _ in acts(place)] == ["accept"]
        watch.clean()


def test_it_is_worked_without_a_script_and_on_a_phone(chromium: Browser, place: str, address: str) -> None:
    with chromium.new_context(java_script_enabled=True, viewport=PHONE) as context:
        opened(context.new_page(), address)
    watch = Watch(address)
    with chromium.new_context(java_script_enabled=False, viewport=PHONE) as context:
        page = context.new_page()
        page.set_default_timeout(PATIENCE * 1000)
        page.goto(f"{address}/review")
        shot(page, "review-phone")
        item = page.locator("[data-item]").first
        ident = item.get_attribute("id")
        item.get_by_label("Reason").fill("seen on the phone")
        item.get_by_role("button", name="Accept").click()
        page.wait_for_url("**/review")
        assert page.locator(f"[id='{ident}']").count() == 0
        assert "accepted it, because “seen on the phone”" in page.inner_text(".flash")
        page.get_by_role("button", name="Take back").click()
        # A book that was made meanwhile has it no more; the next one has.
        for _ in range(int(PATIENCE)):
            if page.locator(f"[id='{ident}']").count():
                break
            page.wait_for_timeout(1000)
            page.goto(f"{address}/review")
        assert page.locator(f"[id='{ident}']").count() == 1
        page.goto(f"{address}/review/actor?id=Anna%20Berg")
        shot(page, "actor-phone")
        page.get_by_label("It is the same as").fill("Olan Thorne")
        page.get_by_role("button", name="Merge").click()
        page.wait_for_url("**/review/actor?*")
        assert "took it for the same as Olan Thorne" in page.inner_text("main")
        for name in ("judgements", "log", "changes"):
            page.goto(f"{address}/{name}")
            shot(page, f"{name}-phone")
    assert [act for act, _, _ in acts(place)] == ["accept", "undo", "merge"]
    with chromium.new_context(viewport=PHONE) as context:
        page = watch.page(context)
        for name in ("review", "judgements", "log", "changes", "review/actor?id=Anna%20Berg"):
            page.goto(f"{address}/{name}")
            watch.see(page)
            assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], name
    watch.clean()
