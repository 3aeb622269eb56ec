from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from trucebook.render.shown import block, clip, count, elide, line, web_address


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("a\n b\t\u2028c", "a b c", id="white space collapses"),
        pytest.param("\x1b[31mred\x07", "␛[31mred␇", id="escapes are seen"),
        pytest.param("\x9b2J", "�2J", id="C1 controls"),
        pytest.param("\u202eabc\u2066", "�abc�", id="overrides of direction"),
        pytest.param("caf\udce9", "caf�", id="stray surrogates"),
        pytest.param("naïve שלום 停火 👩\u200d🚒", "naïve שלום 停火 👩\u200d🚒", id="other scripts stay as they are"),
        pytest.param("[red]x[/]", "[red]x[/]", id="markup is text"),
    ],
)
def test_line(text: str, shown: str) -> None:
    assert line(text) == shown


@given(st.text())
def test_nothing_shown_can_steer(text: str) -> None:
    # Cc are controls, Cs surrogates; of Cf the overrides of direction alone can reverse what follows them.
    assert not {unicodedata.category(c) for c in line(text)} & {"Cc", "Cs", "Zl", "Zp"}
    assert {c for c in block(text) if unicodedata.category(c) == "Cc"} <= {"\n", "\t", "\r"}


@given(st.text())
def test_block_keeps_every_offset(text: str) -> None:
    assert len(block(text)) == len(text)


@given(st.text(), st.integers(min_value=0, max_value=60))
def test_clip_fits(text: str, cells: int) -> None:
    shown = line(text)
    assert cell_len(clip(shown, cells)) <= cells or cells == 0
    assert clip(shown, 10_000) == shown


@pytest.mark.parametrize(
    ("words", "keep", "shown"), [("a b c d e f", 2, "a b … e f"), ("a b c d e", 2, "a b c d e"), ("", 2, "")]
)
def test_elide(words: str, keep: int, shown: str) -> None:
    assert elide(words, keep) == shown


def test_count() -> None:
    assert [count(1, "report"), count(2, "report"), count(0, "is a copy", "are copies")] == [
        "1 report", "2 reports", "0 are copies",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("url", "followed"),
    [
        ("https://courier.example/a?b=1&c=%20#d", True),
        ("HTTP://courier.example:8080", True),
        ("https://zeitung.example/über/停火", True),
        ("javascript:alert(1)", False),
        ("https:javascript", False),
        ("data:text/html,x", False),
        ("file:///etc/passwd", False),
        ("https://a.example/>x", False),
        ("https://a.example/ x", False),
        ('https://a.example/"onclick', False),
        (" https://a.example", False),
        ("https://a.example\n", False),
        ("https://user:secret@a.example", False),
        ("", False),
        (None, False),
    ],
)
def test_web_address(url: str | None, followed: bool) -> None:
    assert (web_address(url) == url and url is not None) is followed
