from __future__ import annotations

import itertools
import random

import pytest

from trucebook.dossier.actors import Merged, merge_actors, represented
from trucebook.reading.known import KnownActor
from trucebook.reading.model import ActorType, LocalActor, Mention, Reading
from trucebook.reading.names import fold
from trucebook.report import Report
from trucebook.span import Span


def reading(
    name: str, *actors: tuple[str, ActorType] | str, roles: dict[str, tuple[str, ...]] | None = None
) -> Reading:
    """A reading that names each actor once, by its name; a bare string is a person."""
    named = [(a, "person") if isinstance(a, str) else a for a in actors]
    text, mentions = "", []
    for actor, kind in named:
        mentions.append(Mention(span=Span(len(text), len(text) + len(actor)), actor=actor, type=kind))  # type: ignore[arg-type]
        text += f"{actor} "
    told = roles or {}
    return Reading(
        report=Report(id=name, path=name, sha256="0", text=text),
        actors=tuple(LocalActor(name=a, type=k, aliases=(a,), roles=told.get(a, ())) for a, k in named),  # type: ignore[arg-type]
        mentions=tuple(mentions),
    )


def groups(merged: Merged) -> set[frozenset[str]]:
    return {frozenset(a.aliases) for a in merged.actors}


JOINED = {
    "transliterations": ("Andriy Shevchenko", "Andrii Shevchenko"),
    "short form": ("Mike Harrow", "Michael Harrow"),
    "initials": ("JD Marsh", "J.D. Marsh"),
    "bare family name": ("Ada Marlow", "Marlow"),
    "middle initial": ("Ada Marlow", "Ada B. Marlow"),
}
APART = {
    "given name alone in common": ("Donald Carver", "Donald Cask"),
    "family name alone in common": ("Ada Marlow", "Edith Marlow"),
    "father and son": ("Paul Marlow", "Paul Marlow Jr."),
    "Korean namesakes": ("Park Min-jun", "Park Min-ho"),
    "near namesakes": ("Robert Johnson", "Robert Johnston"),
}


@pytest.mark.parametrize("names", JOINED.values(), ids=JOINED.keys())
def test_one_person_in_two_reports(names: tuple[str, str]) -> None:
    merged = merge_actors([reading("a", names[0]), reading("b", names[1])])
    (actor,) = merged.actors
    assert set(actor.aliases) == set(names)
    assert actor.mentions == 2
    assert actor.reports == ("a", "b")
    # Case, stops and accents make no other name: only two names are joined for a reason.
    assert [set(m.names) for m in actor.merges] == ([set(names)] if fold(names[0]) != fold(names[1]) else [])
    assert {merged.canonical["a", names[0]], merged.canonical["b", names[1]]} == {actor.name}


@pytest.mark.parametrize("names", APART.values(), ids=APART.keys())
def test_two_persons_in_two_reports(names: tuple[str, str]) -> None:
    assert len(merge_actors([reading("a", names[0]), reading("b", names[1])]).actors) == 2


def test_a_bare_name_that_two_persons_of_the_case_have_stays_apart() -> None:
    merged = merge_actors([reading("a", "Ada Marlow"), reading("b", "Edith Marlow"), reading("c", "Marlow")])
    assert groups(merged) == {frozenset({"Ada Marlow"}), frozenset({"Edith Marlow"}), frozenset({"Marlow"})}


def test_an_office_tells_whom_a_bare_name_means() -> None:
    merged = merge_actors([
        reading("a", "Ada Marlow", roles={"Ada Marlow": ("Danish President",)}),
        reading("b", "Edith Marlow", roles={"Edith Marlow": ("judge",)}),
        reading("c", "Marlow", roles={"Marlow": ("President",)}),
    ])  # fmt: skip
    assert merged.canonical["c", "Marlow"] == "Ada Marlow"


def test_offices_of_two_states_keep_a_bare_name_apart() -> None:
    merged = merge_actors([
        reading("a", "Ada Marlow", roles={"Ada Marlow": ("Danish President",)}),
        reading("b", "Marlow", roles={"Marlow": ("Swedish envoy",)}),
    ])  # fmt: skip
    assert len(merged.actors) == 2


def test_an_initial_that_fits_two_persons_joins_neither() -> None:
    merged = merge_actors([reading("a", "Ada Marlow"), reading("b", "Anna Marlow"), reading("c", "A. Marlow")])
    assert len(merged.actors) == 3


def test_what_one_report_tells_apart_is_never_joined() -> None:
    merged = merge_actors([reading("a", "Mike Harrow", "Michael Harrow"), reading("b", "Mike Harrow")])
    assert groups(merged) == {frozenset({"Mike Harrow"}), frozenset({"Michael Harrow"})}


def test_a_wrong_letter_is_forgiven_to_the_holder_of_the_same_office_alone() -> None:
    office = ("Danish Foreign Minister",)
    one = reading("a", "Ada Holmgren", roles={"Ada Holmgren": office})
    same = reading("b", "Ada Holmgran", roles={"Ada Holmgran": office})
    other = reading("b", "Ada Holmgran", roles={"Ada Holmgran": ("Swedish Foreign Minister",)})
    assert len(merge_actors([one, same]).actors) == 1
    assert len(merge_actors([one, other]).actors) == 2


def test_the_most_frequent_full_form_is_the_name() -> None:
    merged = merge_actors([reading("a", "Michael Harrow"), reading("b", "Mike Harrow"), reading("c", "Mike Harrow")])
    assert [a.name for a in merged.actors] == ["Mike Harrow"]


BODIES: dict[str, tuple[str, str, int]] = {
    "abbreviation": ("Halden Fisheries Council", "HFC", 1),
    "with and without the state": ("Danish Fisheries Agency", "Fisheries Agency", 1),
    "with and without the place": ("Workers’ Party of Halden", "Workers' Party", 1),
    "singular and plural": ("Fisher Sin Fronteras", "Fishers Sin Fronteras", 1),
    "two states’ ministries": ("Danish Foreign Ministry", "Swedish Foreign Ministry", 2),
    "two banks": ("Bank of Halden", "Bank", 2),
}


@pytest.mark.parametrize(("one", "other", "count"), BODIES.values(), ids=BODIES.keys())
def test_organisations(one: str, other: str, count: int) -> None:
    merged = merge_actors([reading("a", (one, "organisation")), reading("b", (other, "organisation"))])
    assert len(merged.actors) == count


def test_a_short_name_of_two_organisations_joins_neither() -> None:
    names = ("Workers Party of Halden", "Workers Party of Norvik", "Workers Party")
    merged = merge_actors([reading(str(i), (n, "organisation")) for i, n in enumerate(names)])
    assert len(merged.actors) == 3


def test_a_capital_as_a_place_is_not_the_state() -> None:
    merged = merge_actors([reading("a", ("Norway", "state"), ("Oslo", "place")), reading("b", ("Norway", "state"))])
    assert [(a.name, a.type, a.mentions) for a in merged.actors] == [("Norway", "state", 2), ("Oslo", "place", 1)]


def test_for_which_state_an_organisation_acts() -> None:
    merged = merge_actors([
        reading(
            "a", "Ada Marlow", ("Marlow administration", "organisation"), ("White House", "organisation"),
            ("Swedish Foreign Ministry", "organisation"), ("Halden Fisheries Council", "organisation"),
            roles={"Ada Marlow": ("Danish President",)},
        ),
    ])  # fmt: skip
    assert represented(merged.actors) == {
        "Marlow administration": "Denmark", "White House": "United States", "Swedish Foreign Ministry": "Sweden",
    }  # fmt: skip


def test_the_order_of_the_reports_does_not_matter() -> None:
    names = ["Ada Marlow", "A. Marlow", "Marlow", "Mike Harrow", "Michael Harrow", "Harrow", "JD Marsh", "James Marsh",
             "J. Marsh", "Andriy Shevchenko", "Andrii Shevchenko"]  # fmt: skip
    pairs = [*itertools.combinations(names, 2)]
    readings = [reading(str(i), *pair, (f"Halden Council {i % 3}", "organisation")) for i, pair in enumerate(pairs)]
    first = merge_actors(readings)
    for seed in range(5):
        shuffled = readings[:]
        random.Random(seed).shuffle(shuffled)  # noqa: S311  an order, not a secret
        again = merge_actors(shuffled)
        assert again == first


def test_every_local_actor_has_a_canonical_name() -> None:
    readings = [reading("a", "Ada Marlow", ("Norway", "state")), reading("b", "Marlow", ("Oslo", "place"))]
    merged = merge_actors(readings)
    assert set(merged.canonical) == {(r.report.id, a.name) for r in readings for a in r.actors}
    assert set(merged.canonical.values()) == {a.name for a in merged.actors}


def test_no_reports_have_no_actors() -> None:
    assert merge_actors([]) == Merged((), {})


GOVERNMENTS: dict[str, tuple[dict[str, int], dict[str, tuple[str, ...]], bool]] = {
    # Names of organisations with how often each acts; roles of the persons; whether the government is the state.
    "the state's only voice": ({"Marlow government": 1}, {"Ada Marlow": ("Danish Prime Minister",)}, True),
    "two governments of one state": (
        {"Marlow government": 1, "Brandt government": 1},
        {"Ada Marlow": ("Danish Prime Minister",), "Hugo Brandt": ("Danish Prime Minister",)},
        False,
    ),
    "a head of no state that is told": ({"Marlow government": 1}, {"Ada Marlow": ("Prime Minister",)}, False),
    "a head no longer": ({"Marlow government": 1}, {"Ada Marlow": ("former Danish Prime Minister",)}, False),
    "a head of two states": (
        {"Marlow government": 1},
        {"Ada Marlow": ("Danish Prime Minister", "Swedish Prime Minister")},
        False,
    ),
    "no head of government": ({"Marlow government": 1}, {"Ada Marlow": ("Danish judge",)}, False),
}  # fmt: skip


def dealing(bodies: dict[str, int], roles: dict[str, tuple[str, ...]], others: int = 1) -> Merged:
    """A case of Denmark, which acts, and another state, with some organisations and persons."""
    named: list[tuple[str, ActorType, int]] = [("Denmark", "state", 1), ("Sweden", "state", others)]
    named += [(name, "organisation", acts) for name, acts in bodies.items()]
    named += [(name, "person", 1) for name in roles]
    actors = tuple(LocalActor(name=n, type=k, aliases=(n,), roles=roles.get(n, ()), acts=a) for n, k, a in named)
    return merge_actors([Reading(report=Report(id="a", path="a", sha256="0", text=""), actors=actors)])


@pytest.mark.parametrize(("bodies", "roles", "folded"), GOVERNMENTS.values(), ids=GOVERNMENTS.keys())
def test_when_a_government_named_after_its_head_is_the_state(
    bodies: dict[str, int], roles: dict[str, tuple[str, ...]], folded: bool
) -> None:
    merged = dealing(bodies, roles)
    assert (merged.canonical["a", "Marlow government"] == "Denmark") is folded
    if folded:
        (merge,) = next(a for a in merged.actors if a.name == "Denmark").merges
        assert set(merge.names) == {"Denmark", "Marlow government"}


def test_a_government_is_no_state_where_nobody_else_is_dealt_with() -> None:
    merged = dealing({"Marlow government": 1}, {"Ada Marlow": ("Danish Prime Minister",)}, others=0)
    assert merged.canonical["a", "Marlow government"] == "Marlow government"


@pytest.mark.parametrize(("acts", "folded"), [(0, True), (1, False)], ids=["a place of meetings", "it speaks"])
def test_a_government_is_no_state_where_an_office_of_the_state_acts_beside_it(acts: int, folded: bool) -> None:
    roles = {"Ada Marlow": ("U.S. President",)}
    bodies = {"Marlow administration": 1, "White House": acts}
    named = [
        ("United States", "state", 1),
        ("Sweden", "state", 1),
        *((n, "organisation", a) for n, a in bodies.items()),
    ]
    actors = tuple(
        LocalActor(name=n, type=k, aliases=(n,), roles=roles.get(n, ()), acts=a)  # type: ignore[arg-type]
        for n, k, a in [*named, ("Ada Marlow", "person", 1)]
    )
    merged = merge_actors([Reading(report=Report(id="a", path="a", sha256="0", text=""), actors=actors)])
    assert (merged.canonical["a", "Marlow administration"] == "United States") is folded


MORE_BODIES: dict[str, tuple[tuple[str, ActorType], tuple[str, ActorType], int]] = {
    "taken for a person in one report": (
        ("Fisher Sin Fronteras", "organisation"), ("Fishers Sin Fronteras", "person"), 1,
    ),
    "a state's name for its adjective": (
        ("Danish Fisheries Council", "organisation"), ("Denmark Fisheries Council", "organisation"), 1,
    ),
    "a continent's name for its adjective": (
        ("European Fisheries Council", "organisation"), ("Europe Fisheries Council", "organisation"), 1,
    ),
    "a party with and without its description": (
        ("island rebels", "organisation"), ("rebels", "organisation"), 1,
    ),
    "two parties": (("island rebels", "organisation"), ("mountain rebels", "organisation"), 2),
}  # fmt: skip


@pytest.mark.parametrize(("one", "other", "count"), MORE_BODIES.values(), ids=MORE_BODIES.keys())
def test_organisations_of_several_kinds(one: tuple[str, ActorType], other: tuple[str, ActorType], count: int) -> None:
    assert len(merge_actors([reading("a", one), reading("b", other)]).actors) == count


def test_a_description_of_two_actors_is_no_name_of_either() -> None:
    def one(report: str, name: str) -> Reading:
        actor = LocalActor(name=name, type="person", aliases=(name, "The president"))
        return Reading(report=Report(id=report, path=report, sha256="0", text=""), actors=(actor,))

    apart = merge_actors([one("a", "Ada Marlow"), one("b", "Hugo Brandt")])
    assert groups(apart) == {frozenset({"Ada Marlow"}), frozenset({"Hugo Brandt"})}
    assert groups(merge_actors([one("a", "Ada Marlow"), one("b", "Ada Marlow")])) == {
        frozenset({"Ada Marlow", "The president"})
    }


KNOWN = (
    KnownActor(name="Ada Marlow", type="person", aliases=("The Admiral", "Ada Holmgren")),
    KnownActor(name="Mike Harrow", type="person"),
    KnownActor(name="Michael Harrow", type="person"),
    KnownActor(name="Halden", type="state", aliases=("Norvik",)),
)


def test_names_that_the_user_gives_one_actor_are_joined_and_say_so() -> None:
    merged = merge_actors([reading("a", "Ada Holmgren"), reading("b", "Ada Marlow")], KNOWN)
    (actor,) = merged.actors
    assert actor.name == "Ada Marlow"
    assert [(set(m.names), m.reason) for m in actor.merges] == [
        ({"Ada Holmgren", "Ada Marlow"}, "given in the file of actors")
    ]
    assert len(merge_actors([reading("a", "Ada Holmgren"), reading("b", "Ada Marlow")]).actors) == 2


def test_two_actors_of_the_users_are_never_one() -> None:
    readings = [reading("a", "Mike Harrow"), reading("b", "Michael Harrow")]
    assert len(merge_actors(readings, KNOWN).actors) == 2
    assert len(merge_actors(readings).actors) == 1


def test_the_place_that_another_name_of_a_state_is_stays_a_place() -> None:
    merged = merge_actors([reading("a", ("Norvik", "place")), reading("b", ("Halden", "state"))], KNOWN)
    assert {(a.name, a.type) for a in merged.actors} == {("Norvik", "place"), ("Halden", "state")}
