"""The words by which a report says that it tells after an outlet, and those that only name one."""

from __future__ import annotations

import datetime

import pytest
from factories import reading

from trucebook.dossier.outlets import Outlets, outlet_words, plain, state_media
from trucebook.dossier.relays import find_relays
from trucebook.report import Furniture
from trucebook.span import Span


def _outlets(text: str, outlet: str | None = None) -> set[str]:
    one = reading("a", text)
    report = one.report.__class__(
        **{f: getattr(one.report, f) for f in one.report.__struct_fields__} | {"outlet": outlet}
    )
    one = one.__class__(**{f: getattr(one, f) for f in one.__struct_fields__} | {"report": report})
    return {r.outlet for r in find_relays([one])}


@pytest.mark.parametrize(
    ("text", "outlet"),
    [
        ("The guns fell silent at noon, Reuters reported.", "Reuters"),
        ("The guns fell silent at noon, according to The New York Times.", "New York Times"),
        ("The New York Times first reported that the guns had fallen silent.", "New York Times"),
        ("The guns fell silent, as first reported by the Marlow Gazette.", "Marlow Gazette"),
        ("A list of the prisoners was obtained by the Marlow Gazette.", "Marlow Gazette"),
        ("“We are ready,” the minister told TASS.", "TASS"),
        ("“We are ready,” she told the Russian state news agency TASS on Monday.", "TASS"),
        ("“We are ready,” he said in an interview with Al Jazeera.", "Al Jazeera"),
        ("“We are ready,” he said in remarks carried by the Kolm newspaper.", "Kolm"),
        ("The guns fell silent, the Kolm Ilbo newspaper reported, citing an official.", "Kolm Ilbo"),
        ("The guns fell silent, news agency Kolm said.", "Kolm"),
        ("The army has withdrawn, Marlow TV said late on Monday.", "Marlow TV"),
        ("Citing two officials, Bloomberg wrote that the army had withdrawn.", "Bloomberg"),
        ("The army has withdrawn, wrote the Marlow Gazette.", "Marlow Gazette"),
        ("The Korean Central News Agency (KCNA), which is run by the state, said that the army had withdrawn.",
         "Korean Central News Agency"),
        ("The army has withdrawn, KCNA said.", "Korean Central News Agency"),
        ("North Korean state media announced that the army had withdrawn.", "state media of North Korea"),
        ("The army has withdrawn, state television reported.", "state television"),
        ("The Times of Israel said that the army had withdrawn.", "Times of Israel"),
        ("Reuters contributed to this report.", "Reuters"),
        ("As Kolm News reported, the army has withdrawn.", "Kolm News"),
        ("A New York Times report said that the army had withdrawn.", "New York Times"),
    ],
)  # fmt: skip
def test_words_that_say_so(text: str, outlet: str) -> None:
    assert _outlets(text) == {outlet}


@pytest.mark.parametrize(
    "text",
    [
        "The minister wrote a letter to the editor of the New York Times.",
        "The New York Times building stood in the dark.",
        "The White House Press Secretary told reporters that the army had withdrawn.",
        "A photograph released by Reuters shows the harbour.",
        "The minister declined to comment on the Bloomberg report.",
        "He told the Post Office that the parcel was late.",
        "It is time that the army withdrew, he told the crowd.",
        "The agency said that the water was safe to drink.",
        "The European press was sceptical.",
        "Marlow TV said in a statement that its building had been hit.",
        "The debate will be aired on CNN on Tuesday.",
        "A poll by the Marlow Gazette was close. The coalition has many names, according to the website.",
        "She told the Northern Council that the army had withdrawn.",
    ],
)
def test_words_that_only_name_an_outlet(text: str) -> None:
    assert _outlets(text) == set()


def test_what_an_outlet_says_of_itself_is_its_own_work() -> None:
    text = "“We are ready,” the minister told the Marlow Gazette."
    assert _outlets(text, "Marlow Gazette") == set()
    assert _outlets(text, "The Marlow Gazette") == set()
    assert _outlets(text, "Harbour Mail") == {"Marlow Gazette"}


def test_the_newspaper_is_the_one_named_last() -> None:
    text = "The army has withdrawn, the Marlow Gazette reported. The bridge is mined, the newspaper said. It rained."
    found = find_relays([reading("a", text)])
    claims = [s.of(text) for r in found if r.how == "claims" for s in r.claims]
    assert {r.outlet for r in found} == {"Marlow Gazette"}
    assert any("bridge" in words for words in claims)
    assert not any("rained" in words for words in claims)


def test_the_times_is_the_one_that_the_report_named_in_full() -> None:
    full = "The army has withdrawn, the New York Times reported. The Times said that the bridge was mined."
    assert {r.outlet for r in find_relays([reading("a", full)])} == {"New York Times"}
    assert {r.outlet for r in find_relays([reading("a", "The Times said that the bridge was mined.")])} == {"The Times"}


def test_a_dateline_makes_the_text_the_agencys_and_a_note_on_the_author_does_not() -> None:
    text = "LORN (AP) — The army has withdrawn.\nJane Brandt is a reporter for the Marlow Gazette."
    marks = [Furniture(span=Span(0, 11), kind="dateline"), Furniture(span=Span(36, len(text)), kind="byline")]
    one = reading("a", text)
    one = one.__class__(
        report=one.report.__class__(
            **{f: getattr(one.report, f) for f in one.report.__struct_fields__} | {"furniture": tuple(marks)}
        )
    )
    assert [(r.outlet, r.how) for r in find_relays([one])] == [("Associated Press", "text")]


def test_a_report_is_traced_to_the_last_one_of_the_outlet_that_was_out_by_then() -> None:
    named = [
        ("g1", "Marlow Gazette", 3),
        ("g2", "The Marlow Gazette", 5),
        ("g3", "Marlow Gazette", 9),
        ("a", "Harbour Mail", 6),
    ]
    pile = []
    for name, outlet, day in named:
        one = reading(name, "The army has withdrawn, the Marlow Gazette reported." if name == "a" else "Rain fell.")
        fields = {f: getattr(one.report, f) for f in one.report.__struct_fields__}
        report = one.report.__class__(**fields | {"outlet": outlet, "published": datetime.date(2031, 5, day)})
        pile.append(one.__class__(**{f: getattr(one, f) for f in one.__struct_fields__} | {"report": report}))
    assert {(r.report, r.origin) for r in find_relays(pile)} == {("a", "g2")}


def test_an_outlet_is_known_by_its_site() -> None:
    one = reading("a", "Rain fell.").report
    fields = {f: getattr(one, f) for f in one.__struct_fields__}
    found = [
        Outlets().of(one.__class__(**fields | {"url": url}))
        for url in ("https://www.nytimes.com/x", "https://www.theguardian.com/x", "https://lorn.example/x", None)
    ]
    assert found == ["New York Times", "The Guardian", None, None]


def test_one_states_media_are_known_as_its_own() -> None:
    assert state_media("TASS") == state_media("state television of Russia") == "Russia"
    assert state_media("Reuters") is None
    assert state_media("local media of Russia") is None


def test_a_name_is_that_of_one_outlet() -> None:
    words = outlet_words()
    names = [plain(name) for line in (*words.agencies, *words.outlets) for name in dict.fromkeys(map(plain, line))]
    assert len(names) == len(set(names))
    assert {name for name, _ in words.state_run} <= {line[0] for line in (*words.agencies, *words.outlets)}


@pytest.mark.parametrize(
    "group", ["endings", "nouns", "unnamed", "descriptions", "verbs", "adverbs", "before", "works", "pictures"]
)
def test_no_word_stands_twice(group: str) -> None:
    every = getattr(outlet_words(), group)
    assert len(every) == len(set(every)) > 0
    assert set(outlet_words().loose) <= set(outlet_words().nouns)


def test_a_long_report_full_of_names_is_read_in_time_that_grows_with_it() -> None:
    text = "The army has withdrawn, the Marlow Gazette reported, citing Reuters. " * 3_000
    assert len(find_relays([reading("a", text)])) > 3_000
