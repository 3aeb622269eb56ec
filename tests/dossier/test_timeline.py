from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from factories import clause, quoting, reading, time
from hypothesis import given, settings
from hypothesis import strategies as st

from trucebook.dossier.timeline import TimeRelations, build_timeline
from trucebook.lexicons import load
from trucebook.reading.model import Quotation
from trucebook.reading.times.interval import precision
from trucebook.span import Span

if TYPE_CHECKING:
    import random

    from trucebook.dossier.model import TimelineEntry
    from trucebook.reading.model import Reading


def dated(text: str, words: str, value: str | None, name: str = "a", **more: str | None) -> Reading:
    return reading(name, text, times=(time(text, words, value, **more),))  # type: ignore[arg-type]


def entries(*readings: Reading) -> list[tuple[str, str, bool]]:
    return [(e.when, e.what, e.planned) for e in build_timeline(readings)]


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("Envoys of both sides signed the paper on Tuesday.", "Tuesday", "2031-05-06"),
        ("On the night of Tuesday, gunboats shelled the port of Kess.", "the night of Tuesday", "2031-05-06TNI"),
        ("The marshal took the river towns in March 2030.", "March 2030", "2030-03"),
        ("Talks on the islands collapsed in 2028 over the price of grain.", "2028", "2028"),
        ("The assembly was dissolved in the spring of 2030 by decree.", "the spring of 2030", "2030-SP"),
        ("The envoy visits the northern capital this week for talks.", "this week", "2031-W19"),
    ],
)
def test_a_time_dates_its_statement(text: str, words: str, value: str) -> None:
    assert [(when, what) for when, what, _ in entries(dated(text, words, value))] == [(value, text)]


@pytest.mark.parametrize(
    ("text", "words", "value", "more"),
    [
        pytest.param("Farmers have held the dam since 2028 with old rifles.", "2028", "2028", {}, id="since"),
        pytest.param(
            "The port was quiet before Tuesday and its gates were open.", "Tuesday", "2031-05-06", {}, id="before"
        ),
        pytest.param(
            "Prior to the Tuesday, the port of Kess was quiet.", "Tuesday", "2031-05-06", {}, id="prior to the"
        ),
        pytest.param(
            "Envoys met earlier in the valley town.", "earlier", "2031-05", {"mod": "BEFORE"}, id="a modifier"
        ),
        pytest.param("Tuesday’s announcement surprised the river towns.", "Tuesday", "2031-05-06", {}, id="possessive"),
        pytest.param("Critics recalled the 2028 annexation of the islands.", "2028", "2028", {}, id="an attribute"),
        pytest.param("Envoys meet there in 2031 more often than ever.", "2031", "2031", {}, id="the report's own year"),
        pytest.param("Exports rose 15 percent from 2028 despite the shelling.", "2028", "2028", {}, id="a comparison"),
        pytest.param("Envoys now expect another round of the talks.", "now", "PRESENT_REF", {}, id="the present"),
        pytest.param(
            "Envoys expect a round lasting three days.", "three days", "P3D", {"kind": "DURATION"}, id="a duration"
        ),
        pytest.param(
            "Envoys meet every Monday in the valley town.", "every Monday", "XXXX-WXX-1", {"kind": "SET"}, id="a set"
        ),
        pytest.param("Envoys met one day in the valley town.", "one day", None, {}, id="no value"),
        pytest.param("Envoys met in the valley on a day no calendar has.", "a day", "2031-02-30", {}, id="no such day"),
        pytest.param("They died on Tuesday.", "Tuesday", "2031-05-06", {}, id="says too little"),
        pytest.param(
            "The gates were handed over by Tuesday without a shot.",
            "Tuesday",
            "2031-05-06",
            {},
            id="a limit that is past",
        ),
    ],
)
def test_a_time_that_dates_nothing(text: str, words: str, value: str | None, more: dict[str, str]) -> None:
    assert entries(dated(text, words, value, **more)) == []


def test_a_limit_still_to_come_is_planned() -> None:
    text = "Gunboats leave the harbour of Kess by Friday under the paper."
    assert entries(dated(text, "Friday", "2031-05-09")) == [("2031-05-09", text, True)]


@pytest.mark.parametrize(
    ("modality", "value", "planned"),
    [
        ("asserted", "2031-05-07", False),
        ("planned", "2031-05-07", True),
        ("conditional", "2031-05", False),
        ("possible", "2031-05-07", True),
        ("asserted", "2031-05-08", True),
        ("planned", "2031-04", False),
    ],
)
def test_planned(modality: str, value: str, *, planned: bool) -> None:
    text = "The envoy lands in the valley capital on that day with the paper."
    made = reading(
        "a", text, times=(time(text, "that day", value),), clauses=(clause(text, text[:-1], modality=modality),)
    )
    assert [p for _, _, p in entries(made)] == [planned]


def test_what_depends_on_something_else_is_marked() -> None:
    text = "The envoy lands in the valley capital on that day with the paper."
    made = reading(
        "a",
        text,
        times=(time(text, "that day", "2031-05"),),
        clauses=(clause(text, text[:-1], modality="conditional"),),
    )
    assert [e.conditional for e in build_timeline([made])] == [True]


def test_a_day_told_from_the_day_of_speaking_dates_nothing() -> None:
    text = "“Today the envoy signed the long paper in the valley,” he said."
    made = reading(
        "a", text, times=(time(text, "Today", "2031-05-07"),),
        quotations=(Quotation(span=Span(1, 53), outer=Span(0, 54), pieces=(Span(1, 53),)),),
        clauses=(clause(text, "the envoy signed the long paper in the valley"),),
    )  # fmt: skip
    assert entries(made) == []


@pytest.mark.parametrize("more", [{"negated": True}, {"modality": "question"}])
def test_what_is_denied_or_asked_is_no_event(more: dict[str, object]) -> None:
    text = "The envoy did not land in the valley capital on Tuesday."
    made = reading("a", text, times=(time(text, "Tuesday", "2031-05-06"),), clauses=(clause(text, text[:-1], **more),))
    assert entries(made) == []


@pytest.mark.parametrize(
    ("words", "what"),
    [
        ("because gunboats shelled the port of Kess on Tuesday", "gunboats shelled the port of Kess on Tuesday"),
        ("who had left the port of Kess on Tuesday", None),
        ("left on Tuesday", None),
    ],
)
def test_what_is_a_clause_that_can_stand_by_itself_else_the_sentence(words: str, what: str | None) -> None:
    text = f"The river towns were silent, {words}, said a mayor."
    made = reading(
        "a",
        text,
        times=(time(text, "Tuesday", "2031-05-06"),),
        clauses=(clause(text, words, words=("shell", "leave", "port")),),
    )
    (entry,) = build_timeline([made])
    assert entry.what == (what or text)
    assert entry.evidence[0].span.of(text) == entry.what


def test_that_somebody_was_quoted_on_a_day_is_no_event() -> None:
    text = "“The gates of the port will stay shut for as long as we say so,” Marr said on Tuesday."
    quoted = quoting("a", text, "Ila Marr")
    assert (
        entries(
            type(quoted)(
                report=quoted.report,
                sentences=quoted.sentences,
                quotations=quoted.quotations,
                times=(time(text, "Tuesday", "2031-05-06"),),
            )
        )
        == []
    )


def told(name: str, text: str, value: str = "2031-05-06") -> Reading:
    return dated(text, "Tuesday", value, name)


def test_one_event_of_several_reports_is_one_entry() -> None:
    pile = [
        told("b", "On Tuesday, southern envoys signed a pause of three weeks in the valley hotel after nine hours."),
        told("a", "Southern envoys signed the pause of three weeks on Tuesday."),
        told("c", "Gunboats of the north shelled the port of Kess on Tuesday."),
    ]
    found = build_timeline(pile)
    assert [[e.report for e in entry.evidence] for entry in found] == [["a", "b"], ["c"]]
    assert found[0].what == "Southern envoys signed the pause of three weeks on Tuesday."


def test_the_same_of_another_day_is_another_entry() -> None:
    text = "Gunboats of the north shelled the port of Kess on Tuesday."
    assert len(build_timeline([told("a", text), told("b", text, "2031-04-29")])) == 2


def test_names_are_compared_by_their_canonical_form() -> None:
    text = "Sybil met Marr on Tuesday there."
    first = reading(
        "a",
        text,
        times=(time(text, "Tuesday", "2031-05-06"),),
        clauses=(clause(text, text[:-1], words=("meet", "port", "@Marr", "@Ila")),),
    )
    second = reading(
        "b",
        text,
        times=(time(text, "Tuesday", "2031-05-06"),),
        clauses=(clause(text, text[:-1], words=("meet", "talk", "@Marr", "@Ilah")),),
    )
    assert len(build_timeline([first, second])) == 2
    assert len(build_timeline([first, second], {("b", "Ilah"): "Ila"})) == 1


VALUES = [
    "2030",
    "2030-SP",
    "2030-Q4",
    "2031-05",
    "2031-W19",
    "2031-05-05",
    "2031-05-06",
    "2031-05-06T09:30",
    "2031-05-06TNI",
    "2028",
]


def test_order_is_that_of_time_the_coarser_first() -> None:
    pile = [
        dated("Envoys of both sides met again in that time.", "that time", v, name=str(i)) for i, v in enumerate(VALUES)
    ]
    assert [e.when for e in build_timeline(pile)] == [
        "2028",
        "2030",
        "2030-SP",
        "2030-Q4",
        "2031-05",
        "2031-W19",
        "2031-05-05",
        "2031-05-06",
        "2031-05-06T09:30",
        "2031-05-06TNI",
    ]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(VALUES), st.sampled_from(["met", "met again", "signed a paper", "shelled a port"])),
        max_size=7,
    ),
    st.randoms(),
)
def test_any_pile(pile: list[tuple[str, str]], chance: random.Random) -> None:
    readings = [
        dated(f"Envoys of the south {what} in that time in the valley.", "that time", v, name=str(i))
        for i, (v, what) in enumerate(pile)
    ]
    found = build_timeline(readings)
    shuffled = list(readings)
    chance.shuffle(shuffled)
    assert build_timeline(shuffled) == found, "the order of the readings does not matter"
    assert {(e.report, e.span) for entry in found for e in entry.evidence} == {
        (r.report.id, r.sentences[0].span) for r in readings
    }
    assert all(_is_as_precise(e) for e in found)


def _is_as_precise(entry: TimelineEntry) -> bool:
    return entry.when in VALUES and entry.precision == precision(entry.when)


def test_the_words_of_relation_are_in_lower_case_and_told_once() -> None:
    relations = load("time_relations.toml", TimeRelations)
    before = [*relations.edges, *relations.limits]
    assert len(set(before)) == len(before)
    assert all(w == w.casefold() and w for w in [*before, *relations.conjunctions, *relations.relatives])
    assert not relations.conjunctions & relations.relatives
