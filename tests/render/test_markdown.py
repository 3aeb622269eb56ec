from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from trucebook.dossier.model import Dossier
from trucebook.render.markdown import escape, render_markdown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from markdown_it.token import Token

# Blocks that a brief is made of; whatever else the parser finds came out of a report.
BLOCKS = {"heading_open", "paragraph_open", "bullet_list_open", "list_item_open", "inline",
          "table_open", "thead_open", "tbody_open", "tr_open", "th_open", "td_open"}  # fmt: skip
INLINE = {"text", "strong_open", "strong_close", "s_open", "s_close", "text_special", "softbreak"}


def _tokens(markdown: str) -> Iterable[Token]:
    return MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(markdown)


def _flat(markdown: str) -> Iterable[Token]:
    for token in _tokens(markdown):
        yield token
        yield from token.children or ()


def test_brief_is_the_golden_one(dossier: Dossier, golden: Callable[[str, str], None]) -> None:
    golden("brief.md", render_markdown(dossier))


def test_every_footnote_is_cited_and_every_citation_has_one(dossier: Dossier) -> None:
    brief = render_markdown(dossier)
    notes = re.findall(r"^\[\^(\d+)\]: ", brief, flags=re.MULTILINE)
    cited = re.findall(r"\[\^(\d+)\](?!:)", brief)
    assert notes == [str(n) for n in range(1, len(notes) + 1)]
    assert set(notes) == set(cited)


def test_a_footnote_shows_the_words_of_its_place(dossier: Dossier) -> None:
    found = re.findall(
        r"^\[\^\d+\]: (\d+) \(.+?\), characters (\d+)-(\d+): “(.*)”$", render_markdown(dossier), re.MULTILINE
    )
    assert len(found) > 20
    for report, start, end, words in found:
        text = dossier.reading(report).report.text[int(start) : int(end)]
        assert words == escape(text)


def test_a_report_cannot_break_the_structure(hostile: Dossier) -> None:
    _same_structure(render_markdown(hostile))


@pytest.mark.parametrize(
    "text",
    [
        "[x](y)", "![x](y)", "<b>", "`x`", "a|b", "*x*", "_x_", "~~x~~", "&lt;", "\\", "$x$", "{{x}}", "@user",
        "https://evil.example", "www.evil.example", ":bomb:", "<https://evil.example>", "[^1]", "[^1]: x",
    ],
)  # fmt: skip
def test_escape(text: str) -> None:
    inline = [t for t in _flat(f"“{escape(text)}”") if t.type not in {"paragraph_open", "paragraph_close", "inline"}]
    assert {t.type for t in inline} <= {"text", "text_special"}
    assert "".join(t.content for t in inline) == f"“{text}”"
    assert not re.search(r"(?<!\\):/|(?<!\\)@|www\.", escape(text))


def test_an_address_is_a_link_only_where_it_is_one_of_the_web(dossier: Dossier) -> None:
    brief = render_markdown(dossier)
    assert "<https://courier.example/world/truce?id=1&page=2>" in brief
    assert "javascript" not in brief


def test_an_empty_dossier_says_so() -> None:
    assert render_markdown(Dossier(as_of=None, readings=())).count("Nothing found.") == 9


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(text=st.text(alphabet=st.one_of(st.sampled_from("\\`*_[]()<>#|~&!:^$- \n\r1.x"), st.characters()), max_size=120))
def test_any_text_leaves_the_structure(make_hostile: Callable[[str], Dossier], text: str) -> None:
    _same_structure(render_markdown(make_hostile(text)))


def _same_structure(brief: str) -> None:
    tokens = list(_tokens(brief))
    assert {t.type for t in tokens if not t.type.endswith("_close")} <= BLOCKS
    assert [t.tag for t in tokens if t.type == "heading_open"] == [
        "h1",
        *["h2"] * 3,
        "h3",
        *["h2"] * 2,
        "h3",
        *["h2"] * 5,
    ]
    inline = {child.type for token in tokens for child in token.children or ()}
    # `<br>` between the words of one side is the one piece of HTML.
    html = {child.content for token in tokens for child in token.children or () if child.type == "html_inline"}
    assert inline <= INLINE | {"html_inline"}
    assert html <= {"<br>"}
