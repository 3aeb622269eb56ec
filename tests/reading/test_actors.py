from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trucebook.reading.actors import Actors, find_actors, role_holder
from trucebook.reading.parse import Parse, parse
from trucebook.report import Furniture, Report
from trucebook.span import Span


def parsed(text: str, furniture: tuple[Furniture, ...] = ()) -> Parse:
    return parse(Report(id="x", path="x", sha256="0", text=text, furniture=furniture))


def actors(text: str) -> Actors:
    return find_actors(parsed(text))


def named(text: str) -> list[tuple[str, str, str]]:
    """(words, actor, type) of every mention."""
    return [(m.span.of(text), m.actor, m.type) for m in actors(text).mentions]


PERSONS = {
    "bare name behind the full one": (
        "Foreign Minister Ada Marlow arrived on Monday. Marlow said the talks were useful.",
        [("Ada Marlow", "Ada Marlow"), ("Marlow", "Ada Marlow")],
    ),
    "form of address": (
        "Ada Marlow arrived on Monday. Ms. Marlow left a day later.",
        [("Ada Marlow", "Ada Marlow"), ("Ms. Marlow", "Ada Marlow")],
    ),
    "possessive": (
        "Ada Marlow spoke first. Marlow’s answer was short.",
        [("Ada Marlow", "Ada Marlow"), ("Marlow", "Ada Marlow")],
    ),
    "particles": ("Envoy Hugo van der Berg left.", [("Hugo van der Berg", "Hugo van der Berg")]),
    "family name first": (
        "President Park Min-jun spoke. Mr. Park thanked the guests.",
        [("Park Min-jun", "Park Min-jun"), ("Mr. Park", "Park Min-jun")],
    ),
    "a speaker whom nothing else introduces": (
        "Ana Duval replied: “We will sign.” Duval said no more.",
        [("Ana Duval", "Ana Duval"), ("Duval", "Ana Duval")],
    ),
    "inserted words in brackets": (
        "“They said that [shipping magnate Hugo] Brandt would pay for it,” she said.",
        [("Hugo] Brandt", "Hugo Brandt")],
    ),
    "a title is enough for a name that is never given in full": (
        "President Okonjo opened the session.",
        [("Okonjo", "Okonjo")],
    ),
    "a king is not a namesake by the family name": (
        "Olan Harald sent envoys. King Harald received them. King Harald was brief.",
        [("Olan Harald", "Olan Harald"), ("Harald", "King Harald"), ("Harald", "King Harald")],
    ),
    "a king whose own name it is": (
        "King Harald Brandt came. Later King Harald left.",
        [("Harald Brandt", "Harald Brandt"), ("Harald", "Harald Brandt")],
    ),
    "a rank before the name": ("Port spokesman Navy Capt. Olan Davis was there.", [("Olan Davis", "Olan Davis")]),
    "a name that is a title": ("They wrote to Anthony Major.", [("Anthony Major", "Anthony Major")]),
    "two of one name, spelt apart": (
        "Olan Rodrigo came with his stepfather, Andres Rodrígo. Mr. Rodrigo was tired.",
        [("Olan Rodrigo", "Olan Rodrigo"), ("Andres Rodrígo", "Andres Rodrígo"), ("Mr. Rodrigo", "Olan Rodrigo")],
    ),
    "two of one name, told apart by the form of address": (
        "Peter Marlow came with Hillary Marlow. Mrs. Marlow was tired. Mr. Marlow was not.",
        [
            ("Peter Marlow", "Peter Marlow"),
            ("Hillary Marlow", "Hillary Marlow"),
            ("Mrs. Marlow", "Hillary Marlow"),
            ("Mr. Marlow", "Peter Marlow"),
        ],
    ),
    "a preposition before a name": (
        "Michael Marlow spoke. Without Marlow in the race, it changes.",
        [("Michael Marlow", "Michael Marlow"), ("Marlow", "Michael Marlow")],
    ),
    "a form of address that cannot be hers": (
        "Peter Marlow spoke for an hour. Mrs. Marlow was not there.",
        [("Peter Marlow", "Peter Marlow")],
    ),
}


@pytest.mark.parametrize(("text", "expected"), PERSONS.values(), ids=PERSONS.keys())
def test_persons(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(w, a) for w, a, kind in named(text) if kind == "person"] == expected


NO_PERSON = {
    "a body that speaks": "The Halden Ferry Service said it would wait.",
    "a newspaper": "The report appeared in the Harbour Courier newspaper.",
    "a body behind a title": "The Director General Council met on Monday.",
    "a town": "They met in the village of Marlow on Monday.",
    "a capital": "Kyiv said it would answer on Monday.",
}


@pytest.mark.parametrize("text", NO_PERSON.values(), ids=NO_PERSON.keys())
def test_what_is_no_person(text: str) -> None:
    assert [m for m in named(text) if m[2] == "person"] == []


TWO = "Judge Ada Marlow met Hugo Brandt. Edith Marlow stayed away. {} said nothing."


def test_a_bare_name_of_two_persons_is_left_open_with_both() -> None:
    text = TWO.format("Marlow")
    found = actors(text)
    assert [m.actor for m in found.mentions] == ["Ada Marlow", "Hugo Brandt", "Edith Marlow"]
    (open_one,) = found.abstentions
    assert open_one.span.of(text) == "Marlow"
    assert open_one.candidates == ("Ada Marlow", "Edith Marlow")


def test_a_bare_name_of_a_king_and_another_is_left_open_with_both() -> None:
    (open_one,) = actors("Olan Harald sent envoys. King Harald received them. Harald was brief.").abstentions
    assert open_one.candidates == ("Olan Harald", "King Harald")


def test_a_bare_name_means_the_one_who_was_named_before_it() -> None:
    text = "Judge Ada Marlow spoke. Marlow then left for the airport. Her sister Edith Marlow stayed."
    assert [a for _, a, _ in named(text)] == ["Ada Marlow", "Ada Marlow", "Edith Marlow"]


def test_a_title_tells_two_persons_apart() -> None:
    text = "President Ada Marlow met Judge Edith Marlow. President Marlow thanked her."
    assert [a for _, a, _ in named(text)] == ["Ada Marlow", "Edith Marlow", "Ada Marlow"]


STATES = {
    "name": ("Norway has answered.", [("Norway", "Norway", "state")]),
    "abbreviation": ("The U.S. has answered.", [("U.S.", "United States", "state")]),
    "capital that speaks": ("Oslo said it would wait.", [("Oslo", "Norway", "state")]),
    "capital where something happens": ("They met in Oslo on Monday.", [("Oslo", "Oslo", "place")]),
    "capital that is hit": ("A drone attack on Oslo killed two.", [("Oslo", "Oslo", "place")]),
    "capital that is visited": ("The envoy will travel to Oslo.", [("Oslo", "Oslo", "place")]),
    "capital that is addressed": ("The offer was conveyed to Oslo.", [("Oslo", "Norway", "state")]),
    "capitals as parties": (
        "Ties between Oslo and Stockholm have cooled.",
        [("Oslo", "Norway", "state"), ("Stockholm", "Sweden", "state")],
    ),
    "owner of a stance": ("It depends on Oslo’s willingness to pay.", [("Oslo", "Norway", "state")]),
    "region": ("Two people died in the Oslo region.", [("Oslo", "Oslo", "place")]),
    "people as a party": ("The Danes have accepted.", [("Danes", "Denmark", "state")]),
    "people as people": ("Two Danes were killed.", []),
    "adjective": ("A Danish delegation arrived.", []),
    "government": ("The Danish government has accepted.", [("Danish government", "Denmark", "state")]),
    "another state’s name in a name": ("He moved to New Mexico.", [("New Mexico", "New Mexico", "place")]),
    "seat of a government": ("The Kremlin has not answered.", [("Kremlin", "Russia", "state")]),
    "seat of an office": ("The White House has not answered.", [("White House", "White House", "organisation")]),
}


@pytest.mark.parametrize(("text", "expected"), STATES.values(), ids=STATES.keys())
def test_states(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert named(text) == expected


PAIRS = [("Norway", "Oslo", "Sweden", "Stockholm"), ("Egypt", "Cairo", "Israel", "Jerusalem"),
         ("India", "New Delhi", "Pakistan", "Islamabad"), ("Russia", "Moscow", "Ukraine", "Kyiv")]  # fmt: skip


@pytest.mark.parametrize("states", PAIRS, ids=[f"{p[0]} and {p[2]}" for p in PAIRS])
def test_the_same_rules_hold_for_every_party(states: tuple[str, str, str, str]) -> None:
    for one, capital, other, other_capital in (states, states[2:] + states[:2]):
        text = f"{one} and {other} met on Monday. {capital} said it would wait. Shells fell in {other_capital}."
        assert [(a, k) for _, a, k in named(text)] == [
            (one, "state"), (other, "state"), (one, "state"), (other_capital, "place"),
        ]  # fmt: skip


def test_a_half_is_named_by_its_compass_point_where_the_report_names_it() -> None:
    text = "North Korea has answered. The North wants more time."
    assert ("The North", "North Korea", "state") in named(text)
    assert ("The North", "North Korea", "state") not in named("The storm came from abroad. The North wants more time.")


def test_organisations_and_their_abbreviations_are_one() -> None:
    text = "The European Union will pay. The Halden Fisheries Council (HFC) agreed. The EU and the HFC will meet."
    found = {a.name: a.aliases for a in actors(text).actors}
    assert found["European Union"] == ("European Union", "EU")
    assert found["Halden Fisheries Council"] == ("Halden Fisheries Council", "HFC")


def test_an_armed_group_and_its_abbreviation_are_one() -> None:
    found = {a.name: a.aliases for a in actors("The Rapid Support Forces (RSF) left. The RSF will be back.").actors}
    assert found["Rapid Support Forces"] == ("Rapid Support Forces", "RSF")


def test_a_body_whose_name_begins_with_a_state_is_not_the_state() -> None:
    text = "The United States Harbour Alliance denied it. The Norwegian Defence Ministry did not."
    assert [a for _, a, _ in named(text)] == ["United States Harbour Alliance", "Norwegian Defence Ministry"]


def test_capitals_that_nobody_calls_a_group_name_none() -> None:
    text = "The GDP rose. XYZ rebels, as they say, left. The XYZ will be back."
    assert [a for _, a, kind in named(text) if kind == "organisation"] == ["XYZ", "XYZ"]


def test_a_government_named_after_its_head_is_no_mention_of_the_head() -> None:
    text = "President Ada Marlow spoke. The Marlow administration will wait."
    assert ("Marlow administration", "Marlow administration", "organisation") in named(text)
    assert [w for w, a, _ in named(text) if a == "Ada Marlow"] == ["Ada Marlow"]


ROLES = {
    "before the name": ("Danish Foreign Minister Ada Marlow spoke.", "Danish Foreign Minister"),
    "with of": ("US Secretary of State Ada Marlow spoke.", "US Secretary of State"),
    "behind the name": ("Ada Marlow, the Danish security adviser, spoke.", "Danish security adviser"),
    "head of": ("Ada Marlow, head of the harbour agency, spoke.", "head of the harbour agency"),
    "before a comma": ("The defence minister, Ada Marlow, spoke.", "defence minister"),
    "former": ("Former President Ada Marlow spoke.", "Former President"),
    "its state behind the name": ("President Ada Marlow of Norway spoke.", "President of Norway"),
    "another's name behind it": ("President Ada Marlow of Halden Steel spoke.", "President"),
}


@pytest.mark.parametrize(("text", "role"), ROLES.values(), ids=ROLES.keys())
def test_roles_are_learnt(text: str, role: str) -> None:
    assert actors(text).named("Ada Marlow").roles == (role,)


def test_no_role_is_taken_from_the_next_in_a_list() -> None:
    text = "Denmark sent Ada Marlow, Foreign Minister Hugo Brandt and Defence Minister Ivar Lund."
    assert {a.name: a.roles for a in actors(text).actors if a.type == "person"}["Ada Marlow"] == ()


DESCRIBED = {
    "one holder": ("Danish Foreign Minister Ada Marlow spoke. The foreign minister left.", "Ada Marlow"),
    "with its state": ("Danish Foreign Minister Ada Marlow spoke. The Danish foreign minister left.", "Ada Marlow"),
    "of another state": ("Danish Foreign Minister Ada Marlow spoke. The Swedish foreign minister left.", None),
    "of another office": ("Danish Foreign Minister Ada Marlow spoke. The defence minister left.", None),
    "no longer held": ("Former President Ada Marlow spoke. The president left.", None),
    "two holders": ("Danish President Ada Marlow met Swedish President Hugo Brandt. The president left.", None),
    "the unmarked one": ("President Ada Marlow met Swedish President Hugo Brandt. The president left.", "Ada Marlow"),
}


@pytest.mark.parametrize(("text", "holder"), DESCRIBED.values(), ids=DESCRIBED.keys())
def test_a_description_stands_for_its_one_holder(text: str, holder: str | None) -> None:
    last = [m for m in actors(text).mentions if m.type == "person" and m.span.of(text).startswith("The ")]
    assert [m.actor for m in last] == ([holder] if holder else [])


def test_a_description_of_two_is_kept_open() -> None:
    found = actors(DESCRIBED["two holders"][0])
    assert [a.candidates for a in found.abstentions] == [("Ada Marlow", "Hugo Brandt")]
    assert role_holder(found, "the Swedish president") == "Hugo Brandt"
    assert role_holder(found, "the president") is None


SOURCES = {
    "the name itself": ("Ada Marlow", "Ada Marlow"),
    "behind a title": ("Harbour minister Ada Marlow", "Ada Marlow"),
    "in passing": ("A spokesman for Ada Marlow", None),
    "a state’s people": ("Norway’s officials", None),
}


@pytest.mark.parametrize(("phrase", "actor"), SOURCES.values(), ids=SOURCES.keys())
def test_whom_a_phrase_is_about(phrase: str, actor: str | None) -> None:
    parse_ = parsed(f"{phrase} said on Monday that the talks were over.")
    mention = find_actors(parse_).named_in(parse_, Span(0, len(phrase)))
    assert (mention.actor if mention else None) == actor


def test_nothing_is_found_in_furniture() -> None:
    text = "Norway has answered.\nSweden and Ada Marlow: what we know\nDenmark waits."
    start = text.index("Sweden")
    furniture = (Furniture(span=Span(start, text.index("\nDenmark")), kind="related-headline"),)
    assert [m.actor for m in find_actors(parsed(text, furniture)).mentions] == ["Norway", "Denmark"]


WORDS = st.sampled_from(
    [
        "Ada",
        "Marlow",
        "Mr.",
        "President",
        "Kyiv",
        "the",
        "Danes",
        "U.S.",
        "EU",
        "(",
        ")",
        ",",
        ".",
        "’s",
        "-",
        "[",
        "]",
        "“",
        "”",
        "Kim",
        "Jong-un",
        "said",
        "government",
        "van",
        "der",
        "of",
        "\n",
        "New",
        "York",
        "NATO",
        "34",
        "é",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, max_size=25))
def test_mentions_lie_in_the_text_in_order_apart_and_every_actor_is_named(words: list[str]) -> None:
    text = " ".join(words)
    found = actors(text)
    spans = [m.span for m in found.mentions]
    assert all(0 <= s.start < s.end <= len(text) for s in spans)
    assert all(a.end <= b.start for a, b in itertools.pairwise(spans))
    assert {(m.actor, m.type) for m in found.mentions} == {(a.name, a.type) for a in found.actors}
    assert found == actors(text)
