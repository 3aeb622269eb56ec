from __future__ import annotations

import itertools
import re
from collections import Counter

import pytest

from trucebook.lexicons import load
from trucebook.reading.gazetteer import State, find_hits, organisations, state_behind, states
from trucebook.reading.groups import groups
from trucebook.reading.names import FamilyNames, GivenNames, Nicknames, fold
from trucebook.reading.places import place_words
from trucebook.reading.titles import titles

# Words that two states share by right; what they mean is settled by the report, or left open.
SHARED = {"Congolese", "Korean", "Turkmen"}


def test_every_state_stands_once() -> None:
    names = [s.name for s in states()]
    codes = [s.iso for s in states() if s.iso]
    assert len(names) == len(set(names)) >= 195
    assert len(codes) == len(set(codes))
    assert all(re.fullmatch(r"[A-Z]{2}", c) for c in codes)


def test_every_word_of_a_state_leads_to_it_alone() -> None:
    owners: dict[str, set[str]] = {}
    for s in states():
        for word in (s.name, *s.aliases, *s.adjectives, *s.people, *s.capitals, *s.metonyms):
            owners.setdefault(word, set()).add(s.name)
    assert {w for w, names in owners.items() if len(names) > 1} <= SHARED


@pytest.mark.parametrize("state", states(), ids=lambda s: s.name)
def test_every_entry_is_reached(state: State) -> None:
    for word in (state.name, *state.aliases, *state.adjectives, *state.people, *state.capitals, *state.metonyms):
        hits = find_hits(f"x {word}, y")
        assert any(state.name in h.names and h.span.length == len(word) for h in hits), word
    assert set(state.ambiguous) <= {
        state.name,
        *state.aliases,
        *state.adjectives,
        *state.people,
        *state.capitals,
        *state.metonyms,
    }
    listed = [*state.aliases, *state.capitals, *state.metonyms, *state.people]
    assert not [w for w, n in Counter(listed).items() if n > 1]


def test_sovereigns_and_disputed_ones_are_described_alike() -> None:
    by_name = {s.name: s for s in states()}
    for name in ("Palestine", "Taiwan", "Kosovo", "Israel", "China", "Serbia"):
        assert by_name[name].adjectives
        assert by_name[name].capitals


def test_organisations_stand_once_and_their_states_exist() -> None:
    words = [w for o in organisations() for w in (o.name, *o.aliases)]
    assert not [w for w, n in Counter(words).items() if n > 1]
    assert {o.state for o in organisations() if o.state} <= {s.iso for s in states()}
    assert not set(words) & {w for s in states() for w in (s.name, *s.aliases, *s.capitals, *s.metonyms)}
    for o in organisations():
        for word in (o.name, *o.aliases):
            assert [h.names for h in find_hits(word)] == [(o.name,)], word


@pytest.mark.parametrize(
    ("name", "state"), [("White House", "United States"), ("Downing Street", "United Kingdom"), ("NATO", None)]
)
def test_offices_of_states(name: str, state: str | None) -> None:
    assert state_behind(name) == state


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("the US, which", ["United States"]),
        ("let us go", []),
        ("USER", []),
        ("U.S.-Danish talks", ["United States", "Denmark"]),
        ("South\nKorea", ["South Korea"]),
        ("Papua New Guinea", ["Papua New Guinea"]),
        ("a turkey dinner", []),
    ],
    ids=str,
)
def test_what_is_found(text: str, found: list[str]) -> None:
    assert [n for h in find_hits(text) for n in h.names] == found


def test_nicknames_are_folded_and_have_a_partner() -> None:
    groups = load("nicknames.toml", Nicknames).groups
    words = list(itertools.chain.from_iterable(groups))
    assert all(w == fold(w) and " " not in w for w in words)
    assert all(len(set(g)) == len(g) >= 2 for g in groups)
    assert not [g for g, n in Counter(frozenset(g) for g in groups).items() if n > 1]


def test_family_names_are_folded_and_the_exceptions_are_among_them() -> None:
    file = load("family_names.toml", FamilyNames)
    assert all(w == fold(w) for w in (*file.family_first, *file.particles, *file.suffixes))
    assert file.western_given <= file.family_first


def test_given_names_are_folded_and_of_men_or_of_women() -> None:
    file = load("given_names.toml", GivenNames)
    assert all(w == fold(w) and " " not in w for w in (*file.he, *file.she))
    assert not file.he & file.she


def test_short_forms_of_a_given_name_do_not_contradict_it() -> None:
    file = load("given_names.toml", GivenNames)
    groups = load("nicknames.toml", Nicknames).groups
    assert not [g for g in groups if file.he & set(g) and file.she & set(g)]


def test_titles_are_lower_case_and_subsets_hold() -> None:
    file = titles()
    words = (*file.titles, *file.honorifics, *file.offices, *file.former, *file.plurals, *file.bodies, *file.strong)
    assert all(w == w.lower().strip(" .") for w in words)
    assert file.strong <= file.titles
    assert file.abbreviated <= file.titles
    assert file.shared <= file.offices
    assert not file.former & file.titles
    same = list(itertools.chain.from_iterable(file.same))
    assert len(same) == len(set(same))


def test_words_about_places_are_lower_case_and_do_not_contradict() -> None:
    words = place_words()
    every = (words.party_prepositions, words.binding, words.motion, words.done_to_places, words.parts, words.places)
    assert all(w == w.lower().strip() for group in every for w in group)
    assert not words.binding & words.motion


def test_nouns_of_groups_are_lower_case_and_singular() -> None:
    every = [
        *groups().collectives,
        *groups().anaphors,
        *groups().members,
        *(n for nouns in groups().pairs.values() for n in nouns),
    ]
    assert not [n for n in every if n != n.lower() or n.endswith("s")]
    assert not groups().members & groups().anaphors
    assert not groups().organs & groups().anaphors
    assert all(n == n.lower() for n in groups().organs)
    assert set(groups().pairs) == {"state", "person", "party", "organisation"}
    pairs = Counter(n for nouns in groups().pairs.values() for n in nouns)
    assert not [n for n, often in pairs.items() if often > 1]


def test_what_a_loose_name_means_is_told_once() -> None:
    names = {o.name for o in organisations()}
    loose = [o for o in organisations() if o.loose]
    assert loose
    assert all(set(o.wider) <= names for o in loose)
    assert not [o.name for o in organisations() if o.wider and not o.loose]
    assert all(kind in groups().anaphors for o in organisations() for kind in o.kinds)
