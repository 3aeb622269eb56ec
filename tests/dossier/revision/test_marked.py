"""The words of revisions.toml: as data, and as they are found."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from trucebook.dossier.revision.marked import marked, notice, revision_words
from trucebook.dossier.wording import key, keys

LISTS = ("conditions", "negations", "hedges", "limits", "notices")


@pytest.mark.parametrize("name", LISTS)
def test_the_words_are_written_as_they_are_compared(name: str) -> None:
    for words in getattr(revision_words(), name):
        assert " ".join(key(w) for w in words.split()) == words


def test_no_word_stands_twice() -> None:
    words = [w for name in LISTS for w in getattr(revision_words(), name)]
    assert [w for w, often in Counter(words).items() if often > 1] == []


@pytest.mark.parametrize("kind", ["condition", "negation", "hedge", "limit"])
def test_every_word_is_found(kind: str) -> None:
    for words in getattr(revision_words(), f"{kind}s"):
        found = [(m.kind, " ".join(m.words)) for m in marked(["bridge", *words.split(), "mill"])]
        assert found == [(kind, words)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The bridge isn't open.", ["negation isn't"]),
        ("At least nine, and only if Berg agrees", ["limit at least", "condition only if"]),
        ("The mayor may maybe stay on the maypole", ["hedge may", "hedge maybe"]),
        ("Nothing of this is known", ["negation nothing"]),
        ("The notable knot", []),
    ],
)
def test_marked_words(text: str, found: list[str]) -> None:
    assert [f"{m.kind} {' '.join(m.words)}" for m in marked(keys(text))] == found


@pytest.mark.parametrize("words", revision_words().notices)
def test_every_notice_is_seen_at_the_head_of_a_sentence(words: str) -> None:
    assert notice([*words.split(), "mill"])
    assert not notice(["mill"])
    assert re.fullmatch(r"[a-z' ]+", words)
