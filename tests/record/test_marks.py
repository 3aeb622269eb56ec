from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trucebook.record.marks import Marks, like
from trucebook.record.passages import fold
from trucebook.span import Span

ASKED = ["sign", "signed", "Signé", "a", "état", "brid", "bridge", "assi", "ss", "kg", "\u212ag"]


@pytest.mark.parametrize(
    ("asked", "marked"),
    [
        ("signing", ["signed", "Signé"]),
        ("bridges", ["bridge"]),
        ("cease", []),
        ("in", ["in"]),
    ],
)
def test_words_are_marked_in_any_form(asked: str, marked: list[str]) -> None:
    text = "They signed in the shade of a bridge. Signé; inside, ceasefire."
    assert [m.of("..." + text) for m in Marks([asked]).places(text, 3)] == marked


@given(
    st.lists(st.sampled_from(ASKED), min_size=1),
    st.text(alphabet=st.sampled_from("abdegiknrstSIGN\u00e9\u00df\u017f\u0130\u212a\u0301'’ -_2."), max_size=60),
)
def test_what_is_marked_is_every_word_that_is_like_what_was_asked(asked: list[str], text: str) -> None:
    wanted = re.findall(r"\w+", fold(" ".join(asked)))
    every = [Span(*m.span()) for m in re.finditer(r"\w+", text) if like(m.group(), wanted)]
    assert Marks(wanted).places(text, 0) == tuple(every)
