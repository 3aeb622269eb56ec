from __future__ import annotations

import pytest

from trucebook.intake.plain import front_matter, markup

FRONT = '---\ntitle: "Truce holds"\ndate: 2031-04-02\nsource: The Meridian Post\n---\n\nThe guns fell silent.\n'


@pytest.mark.parametrize(
    "case",
    [
        "«#» Truce holds\n\nNobody left.",
        "«##» Truce holds« ##»\n",
        "It «**»holds«**», «*»they«*» said.",
        "It «__»holds«__», «_»they«_» said.",
        "The «[»text«](https://harbour.example/a)» is out.",
        'The «[»text«](https://harbour.example/a "The text")» is out.',
        "«![The harbour](harbour.jpg)»\n",
        "«>» He spoke at noon.",
        "Nobody left.\n\n«***»\n\nAll stayed.",
        "«```»\nx\n«```»\n",
        "See «<https://harbour.example/a>» for it.",
        '«[1]: https://harbour.example/a "The text"»\n',
    ],
)
def test_markup_is_found_around_the_words(case: str) -> None:
    text = case.replace("«", "").replace("»", "")
    shown = text
    for item in reversed(markup(text)):
        shown = f"{shown[: item.span.start]}«{item.span.of(text)}»{shown[item.span.end :]}"
    assert shown == case


@pytest.mark.parametrize(
    "text",
    [
        "2 * 3 * 4 = 24",
        "He swore: f***, and went.",
        "a_name_with_bars and *one star",
        "“We want lasting [peace],” he said (again).",
        "#1 of five, and a hash#tag",
        "- Both sides stop firing.\n- Nobody moves.",
        "No markup --- at all.",
    ],
)
def test_what_only_looks_like_markup_is_left(text: str) -> None:
    assert markup(text) == ()


def test_a_front_matter_is_markup_and_says_what_it_says() -> None:
    assert [f.span.of(FRONT) for f in markup(FRONT)] == [FRONT.split("\n\n", maxsplit=1)[0]]
    assert front_matter(FRONT) == {"title": "Truce holds", "date": "2031-04-02", "source": "The Meridian Post"}


@pytest.mark.parametrize("text", ["", "Truce holds\n---\nNobody left.\n---\n", "---\nnever closed: yes\n"])
def test_without_a_front_matter_nothing_is_said(text: str) -> None:
    assert front_matter(text) == {}
