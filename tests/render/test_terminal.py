from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from trucebook.dossier.model import Dossier, Lookalike, Position
from trucebook.render.terminal import render_terminal

if TYPE_CHECKING:
    from collections.abc import Callable

SGR = re.compile(r"\x1b\[[0-9;]*m")
SECTIONS = ["WHERE THINGS STAND", "STATE OF PLAY", "WHO SAID WHAT", "WHAT THE REPORTS AGREE ON", "WHAT THEY DISPUTE",
            "TOLD BY ONE REPORT ONLY", "TIMELINE", "COVERAGE", "SOURCES"]  # fmt: skip


@pytest.mark.parametrize("width", [80, 160])
def test_brief_is_the_golden_one(dossier: Dossier, golden: Callable[[str, str], None], width: int) -> None:
    golden(f"brief-{width}.txt", render_terminal(dossier, width=width, color=False))


@pytest.mark.parametrize("width", [1, 40, 60, 80, 100, 160, 240])
def test_no_line_is_longer_than_the_terminal(
    dossier: Dossier, hostile: Dossier, crowded: Callable[[int], Dossier], width: int
) -> None:
    for each in (dossier, hostile, crowded(30), crowded(120)):
        brief = render_terminal(each, width=width)
        assert max(map(cell_len, brief.splitlines())) <= max(40, width)


def test_sections_stand_in_order(dossier: Dossier) -> None:
    brief = render_terminal(dossier, width=80)
    places = [brief.index(f"\n{title} ─") for title in SECTIONS]
    assert places == sorted(places)


def test_colours_carry_no_meaning(dossier: Dossier) -> None:
    coloured = render_terminal(dossier, width=80, color=True)
    assert "\x1b[" in coloured
    stripped = [row.rstrip() for row in SGR.sub("", coloured).splitlines()]
    assert stripped == render_terminal(dossier, width=80, color=False).splitlines()


def test_a_report_cannot_steer_the_terminal(hostile: Dossier) -> None:
    plain = render_terminal(hostile, width=80)
    assert {c for c in plain if unicodedata.category(c) == "Cc"} == {"\n"}
    assert not set(plain) & {"\u202e", "\u2066", "\u2067"}
    coloured = render_terminal(hostile, width=80, color=True)
    assert "\x1b" not in SGR.sub("", coloured)
    assert "\x1b]" not in coloured


def test_markup_is_text(hostile: Dossier) -> None:
    plain = render_terminal(hostile, width=160)
    assert "[bold red]markup[/]" in plain
    assert ":bomb:" in plain


def test_long_lists_say_how_much_is_left_out(dossier: Dossier) -> None:
    many = Dossier(
        as_of=None, readings=dossier.readings, findings=dossier.findings[:1] * 30, quotes=dossier.quotes[:1] * 30
    )
    brief = render_terminal(many, width=80, limit=3)
    assert "… and 27 more facts, see --format html" in brief
    assert "… and 27 more quotations, see --format html" in brief
    assert "see --format" not in render_terminal(many, width=80, limit=None)


def test_every_item_of_every_section_names_its_place(dossier: Dossier) -> None:
    """Between two item marks there is always a place such as [000:1-2] or a list of reports."""
    brief = render_terminal(dossier, width=160)
    body = brief[brief.index("WHERE THINGS STAND") : brief.index("COVERAGE")]
    items = re.split(r"\n  (?:●|▸|[ADQST]\d+) ", body)[1:]
    assert items
    assert all(re.search(r"\[\d{3}(:\d+-\d+|\])", item) for item in items)


def test_an_empty_dossier_says_so() -> None:
    brief = render_terminal(Dossier(as_of=None, readings=()), width=80)
    assert brief.startswith("Trucebook brief · undated\n0 reports")
    assert brief.count("Nothing found.") == len(SECTIONS)


def test_the_environment_changes_nothing(dossier: Dossier, monkeypatch: pytest.MonkeyPatch) -> None:
    before = render_terminal(dossier, width=80)
    for name, value in (("COLUMNS", "33"), ("FORCE_COLOR", "1"), ("TERM", "dumb"), ("JUPYTER_COLUMNS", "20")):
        monkeypatch.setenv(name, value)
    assert render_terminal(dossier, width=80) == before
    assert max(map(cell_len, render_terminal(dossier, width=None).splitlines())) == 40


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(text=st.text(max_size=200), width=st.integers(min_value=40, max_value=170))
def test_any_text_fits(make_hostile: Callable[[str], Dossier], text: str, width: int) -> None:
    brief = render_terminal(make_hostile(text), width=width)
    assert max(map(cell_len, brief.split("\n"))) <= width
    assert {c for c in brief if unicodedata.category(c) in {"Cc", "Zl", "Zp"}} == {"\n"}


def test_what_only_looks_like_a_dispute_is_shown_on_demand_with_the_reason(dossier: Dossier) -> None:
    evidence = dossier.findings[0].positions[0].evidence
    sides = tuple(
        Position(value=value, evidence=(place,)) for value, place in zip(("12", "a dozen"), evidence, strict=False)
    )
    found = Lookalike(id="l", kind="value", reason="precision", statement="", positions=sides, why="")
    with_one = msgspec.structs.replace(dossier, lookalikes=(found,))
    asked = render_terminal(with_one, width=80, lookalikes=True)
    assert "L1 the same, told more or less exactly" in asked
    assert "WHAT LOOKS LIKE A DISPUTE AND IS NONE" in asked
    assert "L1" not in render_terminal(with_one, width=80)
    assert "LOOKS LIKE A DISPUTE" in render_terminal(dossier, width=80, lookalikes=True)


def test_it_is_said_that_the_parties_differ_and_not_the_reports(dossier: Dossier) -> None:
    first = next(f for f in dossier.findings if f.standing == "disputed")
    parties = msgspec.structs.replace(first, level="parties")
    others = tuple(parties if f is first else f for f in dossier.findings)
    shown = render_terminal(msgspec.structs.replace(dossier, findings=others), width=80)
    assert "the parties differ" in shown
    assert "the parties differ" not in render_terminal(dossier, width=80)
