"""The data of the lexicon of measures."""

from __future__ import annotations

from collections import Counter

import pytest

from trucebook.reading.quantities.words import by_word, measures, persons

LISTS = ["percent", "uncounted", "idioms", "numbered", "persons", "things", "linking", "participles"]


@pytest.mark.parametrize("name", LISTS)
def test_lists_hold_no_word_twice_and_are_lower_case(name: str) -> None:
    words = getattr(measures(), name).words
    assert [w for w, n in Counter(words).items() if n > 1] == []
    assert all(w == w.lower().strip() for w in words)


@pytest.mark.parametrize("kind", ["verbs", "intransitive", "adjectives", "nouns", "tolls"])
def test_a_word_belongs_to_one_measure(kind: str) -> None:
    words = [w for m in measures().measures.values() for w in getattr(m, kind)]
    assert len(words) == len(set(words)) == len(by_word(kind))
    assert all(w == w.lower() for w in words)


def test_killed_and_injured_share_no_word() -> None:
    killed, injured = measures().measures["killed"], measures().measures["injured"]
    assert not (killed.verbs | killed.adjectives | killed.nouns) & (injured.verbs | injured.adjectives | injured.nouns)


def test_people_are_no_things() -> None:
    assert not persons() & set(measures().things.words)
