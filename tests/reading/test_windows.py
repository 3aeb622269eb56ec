from importlib import resources
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from trucebook.reading.windows import WINDOW, WORD_SORTS, Window, windows, words_of
from trucebook.span import Span

ENDS = (101, 102)


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    model = resources.files("trucebook") / "models" / "attribution" / "tokenizer.json"
    return Tokenizer.from_buffer(model.read_bytes())


def cut(tokenizer: Tokenizer, *paragraphs: str) -> tuple[str, list[Window]]:
    text = "\n".join(paragraphs)
    spans, at = [], 0
    for paragraph in paragraphs:
        spans.append(Span(at, at + len(paragraph)))
        at += len(paragraph) + 1
    words = [words_of(tokenizer, text, s) for s in spans]
    return text, list(windows([w for w in words if w.spans], ENDS))


def test_words_keep_their_places_and_their_sorts(tokenizer: Tokenizer) -> None:
    text = "Duval said: “The UN left, twice.” He left."
    words = words_of(tokenizer, text, Span(0, len(text)))
    assert [s.of(text) for s in words.spans][:6] == ["Duval", "said", ":", "“", "The", "UN"]
    sorts = dict(zip([s.of(text) for s in words.spans], words.sorts, strict=True))
    assert [sorts[w] for w in ("Duval", "said", "The", "UN", "left", "He")] == [1, 0, 4, 5, 0, 1]
    assert set(words.sorts) <= set(range(WORD_SORTS))


def test_paragraphs_share_a_window_until_it_is_full(tokenizer: Tokenizer) -> None:
    short = "The army left the valley."
    _, found = cut(tokenizer, *[short] * 100)
    assert len(found) > 1
    assert [len(w.starts) for w in found[:-1]] == [(WINDOW - 1) // 7] * (len(found) - 1)
    assert all(w.ids[0] == ENDS[0] and w.ids[-1] == ENDS[1] for w in found)


def test_a_long_paragraph_is_cut_behind_a_stop(tokenizer: Tokenizer) -> None:
    text, found = cut(tokenizer, " ".join(["The army left the valley."] * 100))
    assert len(found) > 1
    assert all(w.spans[-1].of(text) == "." for w in found)


@pytest.mark.parametrize(
    "text",
    ["", " ", "army " * 1000, "x" * 3000, "\ud800 said", "e\u0301tat " * 300, ". " * 700],
    ids=["empty", "blank", "no stops", "one word", "half a pair", "combining", "stops"],
)
def test_any_text_is_cut_into_windows_that_fit(tokenizer: Tokenizer, text: str) -> None:
    _, found = cut(tokenizer, text)
    assert all(len(w.ids) == len(w.sorts) <= WINDOW for w in found)
    assert sum(len(w.spans) for w in found) == len(words_of(tokenizer, text, Span(0, len(text))).spans)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.text(alphabet=st.sampled_from('aB .“”"’é1'), max_size=600), min_size=1, max_size=6))
def test_every_word_is_read_once_and_in_order(paragraphs: list[str]) -> None:
    model = resources.files("trucebook") / "models" / "attribution" / "tokenizer.json"
    text, found = cut(Tokenizer.from_buffer(model.read_bytes()), *paragraphs)
    spans = [s for w in found for s in w.spans]
    assert spans == sorted(spans)
    assert all(s.of(text).strip() for s in spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))
