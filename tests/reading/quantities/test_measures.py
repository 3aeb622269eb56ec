"""The data of the lexicon of measures."""

from __future__ import annotations

from collections import Counter

import pytest

from trucebook.reading.quantities.words import by_word, happening_by_word, kind_of, measures, persons

LISTS = ["percent", "uncounted", "idioms", "numbered", "persons", "things", "linking", "participles", "definite", "parties",
         "nobody", "partly", "bounding", "events", "elsewhere", "locative", "accusing", "losing", "causing", "settled",
         "managing"]  # fmt: skip


@pytest.mark.parametrize("name", LISTS)
def test_lists_hold_no_word_twice_and_are_lower_case(name: str) -> None:
    words = getattr(measures(), name).words
    assert [w for w, n in Counter(words).items() if n > 1] == []
    assert all(w == w.lower().strip() for w in words)


@pytest.mark.parametrize("kind", ["verbs", "intransitive", "adjectives", "nouns", "tolls", "acts"])
def test_a_word_belongs_to_one_measure(kind: str) -> None:
    words = [w for m in measures().measures.values() for w in getattr(m, kind)]
    assert len(words) == len(set(words)) == len(by_word(kind))
    assert all(w == w.lower() for w in words)


def test_killed_and_injured_share_no_word() -> None:
    killed, injured = measures().measures["killed"], measures().measures["injured"]
    assert not (killed.verbs | killed.adjectives | killed.nouns) & (injured.verbs | injured.adjectives | injured.nouns)


def test_people_are_no_things() -> None:
    assert not persons() & set(measures().things.words)


@pytest.mark.parametrize("kind", ["verbs", "nouns", "intransitive"])
def test_a_word_belongs_to_one_happening(kind: str) -> None:
    words = [w for h in measures().happenings.values() for w in getattr(h, kind)]
    assert len(words) == len(set(words)) == len(happening_by_word(kind))
    assert all(w == w.lower() for w in words)


def test_a_verb_is_a_measure_of_people_or_a_happening_of_things() -> None:
    both = by_word("verbs").keys() & happening_by_word("verbs").keys()
    assert all(measures().measures[by_word("verbs")[verb]].persons for verb in both)
    assert not measures().measures.keys() & measures().happenings.keys()


def test_a_noun_is_of_one_kind() -> None:
    kinds = measures().kinds
    assert not kinds.duration & kinds.money | kinds.money & kinds.measure | kinds.duration & kinds.measure
    assert [kind_of(w) for w in ("day", "cent", "mile", "tent")] == ["duration", "money", "measure", "count"]


def test_rates_are_told_by_lower_case_words() -> None:
    words = [*measures().rates.leads, *measures().rates.units]
    assert len(words) == len(set(words))
    assert all(w == w.lower() for w in words)
