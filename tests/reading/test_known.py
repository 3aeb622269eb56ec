from __future__ import annotations

import pytest

from trucebook.errors import SettingsError
from trucebook.reading.actors import find_actors
from trucebook.reading.known import KnownActor, find_known, known_by_name, parse_known
from trucebook.reading.parse import parse
from trucebook.report import Report


def test_a_file_is_read_with_all_its_fields() -> None:
    (actor,) = parse_known(
        b"actors:\n- name: Ada Marlow\n  type: person\n  aliases: [A. Marlow]\n  role: envoy\n  state: Norway\n"
        b"  side: Norway\n  identifiers: {wikidata: Q42, ours: P-1}\n",
        "a.yaml",
    )
    assert actor == KnownActor(
        name="Ada Marlow",
        type="person",
        aliases=("A. Marlow",),
        role="envoy",
        state="Norway",
        side="Norway",
        identifiers={"wikidata": "Q42", "ours": "P-1"},
    )


GOOD = "actors:\n- name: Ada Marlow\n  type: person\n"
REFUSED: dict[str, tuple[str, tuple[str, ...]]] = {
    "no list": ("Ada Marlow", ("a.yaml", "not a list of actors")),
    "another key": ("people: []", ("not a list of actors",)),
    "empty": ("", ("not a list of actors",)),
    "no YAML": (f"{GOOD}  role: [envoy", ("a.yaml, line", "not YAML")),
    "a tab": (f"{GOOD}\trole: envoy", ("a.yaml, line 4", "not YAML")),
    "unknown field": (f"{GOOD}- name: Ida Holm\n  type: person\n  alias: x", ("line 4, actor 2 (Ida Holm)", "unknown field")),
    "no type": ("actors:\n- name: Ada Marlow", ("line 2, actor 1 (Ada Marlow)", "type")),
    "wrong type": ("actors:\n- name: Ada Marlow\n  type: ship", ("line 2, actor 1 (Ada Marlow)", "ship")),
    "no mapping": ("actors: [Ada Marlow]", ("line 1, actor 1", "object")),
    "a number for a name": ("actors:\n- name: 17\n  type: person", ("line 2, actor 1", "str")),
    "an empty name": ("actors:\n- name: ''\n  type: person", ("line 2, actor 1", "length")),
    "one alias, no list": (f"{GOOD}  aliases: Marlow", ("actor 1 (Ada Marlow)", "array")),
    "no item of Wikidata": (f"{GOOD}  identifiers: {{wikidata: '42'}}", ("Ada Marlow", "'42'", "Q42")),
    "one name of two": (f"{GOOD}- name: Ida Holm\n  type: person\n  aliases: [ada marlow]", ("line 4", "Ida Holm", "line 2")),
    "anchors": ("actors:\n- &a\n  name: Ada Marlow\n  type: person\n- *a", ("anchors",)),
    "an object": ("actors:\n- !!python/object/apply:os.getcwd []", ("not YAML",)),
}  # fmt: skip


@pytest.mark.parametrize(("text", "told"), REFUSED.values(), ids=REFUSED.keys())
def test_what_is_no_file_of_actors_is_refused_by_line_and_entry(text: str, told: tuple[str, ...]) -> None:
    with pytest.raises(SettingsError) as refusal:
        parse_known(text.encode(), "a.yaml")
    assert [part for part in told if part not in str(refusal.value)] == []


def test_other_encodings_and_endless_nesting_are_refused() -> None:
    with pytest.raises(SettingsError, match="UTF-8"):
        parse_known("actors:\n- name: Zoë".encode("latin-1"), "a.yaml")
    with pytest.raises(SettingsError, match="not YAML"):
        parse_known(b"actors: " + b"[" * 20_000, "a.yaml")
    with pytest.raises(SettingsError, match="bytes"):
        parse_known(b"#" * 5_000_000, "a.yaml")


ADA = KnownActor(
    name="Ada Marlow", type="person", aliases=("Marlow", "the Admiral"), role="harbour minister", state="Norway"
)
HALDEN = KnownActor(name="Halden", type="state", aliases=("Norvik",))


def named(text: str, *known: KnownActor) -> list[tuple[str, str, str]]:
    found = find_actors(parse(Report(id="x", path="x", sha256="0", text=text)), known)
    return [(m.span.of(text), m.actor, m.type) for m in found.mentions]


READ: dict[str, tuple[str, tuple[KnownActor, ...], list[tuple[str, str, str]]]] = {
    "an alias that no rule would see": (
        "Later the Admiral left.", (ADA,), [("the Admiral", "Ada Marlow", "person")],
    ),
    "a bare name": ("Marlow has left.", (ADA,), [("Marlow", "Ada Marlow", "person")]),
    "somebody else's longer name": ("Judge Edith Marlow has left.", (ADA,), [("Edith Marlow", "Edith Marlow", "person")]),
    "part of a word": ("The Marlows left.", (ADA,), []),
    "over a line break": ("It was Ada\nMarlow.", (ADA,), [("Ada\nMarlow", "Ada Marlow", "person")]),
    "a state of no gazetteer": ("Halden has answered.", (HALDEN,), [("Halden", "Halden", "state")]),
    "its other name, acting": ("Norvik has answered.", (HALDEN,), [("Norvik", "Halden", "state")]),
    "a role that the user gives": (
        "Ada Marlow arrived. The Norwegian harbour minister left.",
        (ADA,),
        [("Ada Marlow", "Ada Marlow", "person"), ("The Norwegian harbour minister", "Ada Marlow", "person")],
    ),
    "nobody is known": ("The Admiral left.", (), []),
}  # fmt: skip


@pytest.mark.parametrize(("text", "known", "found"), READ.values(), ids=READ.keys())
def test_known_names_take_part_in_reading(
    text: str, known: tuple[KnownActor, ...], found: list[tuple[str, str, str]]
) -> None:
    assert named(text, *known) == found


def test_another_name_of_a_state_can_be_a_place() -> None:
    assert ("Norvik", "Halden", "state") not in named("They met in Norvik.", HALDEN)


def test_a_role_that_is_given_is_not_told_by_the_report() -> None:
    found = find_actors(parse(Report(id="x", path="x", sha256="0", text="Ada Marlow left.")), (ADA,))
    assert [a.roles for a in found.actors] == [()]


def test_names_are_found_as_they_are_written_the_longest_first() -> None:
    text = "Ada Marlow, ADA MARLOW, Marlow"
    assert [(s.of(text), a.name) for s, a in find_known(text, (ADA,))] == [
        ("Ada Marlow", ADA.name),
        ("Marlow", ADA.name),
    ]
    assert list(find_known(text, ())) == []


def test_known_actors_by_name() -> None:
    assert set(known_by_name((ADA, HALDEN))) == {"ada marlow", "marlow", "the admiral", "halden", "norvik"}
