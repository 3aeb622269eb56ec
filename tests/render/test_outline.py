from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from trucebook.dossier.model import Actor, Dossier, Evidence, Finding, Position, TimelineEntry
from trucebook.reading.model import Attribution, Reading, Sentence
from trucebook.render.brief import Words
from trucebook.render.outline import outline
from trucebook.report import Report
from trucebook.span import Span

if TYPE_CHECKING:
    from collections.abc import Callable


def test_every_line_has_a_place(dossier: Dossier) -> None:
    of = outline(dossier)
    facts = (*of.agreed, *of.disputed, *of.single)
    assert [fact.mark for fact in facts] == ["A1", "A2", "D1", "D2", "D3", "S1"]
    assert all(fact.places and all(words.places for side in fact.sides for words in side.words) for fact in facts)
    assert all(version.words.places for v in of.voices for saying in v.sayings for version in saying.versions)
    assert all(entry.statement.places for entry in of.timeline)


def test_a_statement_is_quoted_only_where_it_is_found(dossier: Dossier) -> None:
    exact = {fact.mark: fact.statement.exact for fact in (*outline(dossier).agreed, *outline(dossier).disputed)}
    assert exact == {"A1": True, "A2": True, "D1": True, "D2": False, "D3": False}


def test_a_statement_out_of_the_sentence_around_its_evidence_is_exact() -> None:
    reading = _reading("a", "The bridge, which is old, is open.")
    found = _finding("The bridge, which is old", Span(26, 33))
    assert outline(Dossier(as_of=None, readings=(reading,), findings=(found,))).single[0].statement.exact is False
    # What is a sentence is the reading's matter.
    reading = Reading(report=reading.report, sentences=(Sentence(span=Span(0, 34), paragraph=0),))
    assert outline(Dossier(as_of=None, readings=(reading,), findings=(found,))).single[0].statement.exact is True


@pytest.mark.parametrize(
    ("teller", "around", "beside"),
    [
        ("according to port officials", "and six were hurt, according to port officials.", ""),
        ("claimed by Ana Roe", "Ana Roe claimed that", ""),
        ("according to port officials", "and six were hurt", "according to port officials"),
        ("denied by Ana Roe", "", "denied by Ana Roe"),
        ("", "and six were hurt", ""),
    ],
)
def test_a_teller_is_not_named_twice(teller: str, around: str, beside: str) -> None:
    assert Words(text="three dead", places=(), teller=teller).teller_beside(around) == beside


def test_the_first_places_are_one_a_report(dossier: Dossier) -> None:
    fact = outline(dossier).agreed[0]
    assert {place.report for place in fact.first_places} == set(fact.reports)
    assert len(fact.first_places) == len(fact.reports) <= len(fact.places)
    assert fact.first_places[0] == fact.statement.places[0]


def test_a_speaker_is_not_named_again_behind_each_quotation(dossier: Dossier) -> None:
    voices = [v for v in outline(dossier).voices if v.name]
    assert voices
    assert {s.longest.words.teller for v in voices for s in v.sayings} == {""}


@pytest.mark.parametrize(
    ("source", "teller"),
    [
        ("The defence minister", "according to the defence minister"),
        ("A joint statement", "according to a joint statement"),
        ("The", "according to The"),
        ("Theo Lund", "according to Theo Lund"),
    ],
)
def test_an_article_that_began_a_sentence_loses_its_capital(source: str, teller: str) -> None:
    text = f"{source} said it is open."
    said = Span(text.index("it"), len(text) - 1)
    report = Report(id="a", path="a", sha256="0" * 64, text=text)
    attribution = Attribution(
        id="1", source=(Span(0, len(source)),), cue=None, content=(said,), kind="indirect", speaker=None
    )
    reading = Reading(report=report, attributions=(attribution,))
    of = outline(Dossier(as_of=None, readings=(reading,), findings=(_finding("it is open", said),)))
    assert of.single[0].statement.teller == teller


def test_equal_words_stand_together(dossier: Dossier) -> None:
    five = outline(dossier).disputed[1].sides[1]
    assert [(words.text, len(words.places)) for words in five.words] == [
        ("left five people dead", 2), ("Five people died", 1),
    ]  # fmt: skip
    assert five.words[0].before == "The shelling of the Lorn ferry on Monday night "
    assert five.words[0].after == ", rescue workers said."


def test_reworded_quotations_are_parted_from_partial_ones(dossier: Dossier) -> None:
    guns = outline(dossier).voices[0].sayings[0]
    assert [(found.partial, len(found.versions)) for found in guns.reworded] == [(False, 2), (True, 1)]
    assert guns.same == ()


def test_conditions_say_in_how_many_reports(dossier: Dossier) -> None:
    assert [fact.conditional for fact in outline(dossier).agreed] == ["2 of 4 reports", "2 of 2 reports"]


def test_roles_that_are_one_office_stand_once(dossier: Dossier) -> None:
    assert outline(dossier).voices[0].roles == ("Foreign Minister",)


def test_speakers_not_named_come_last(dossier: Dossier) -> None:
    assert [voice.name for voice in outline(dossier).voices] == ["Ilse Marrow", "Teodor Brandt", None]


def test_a_cue_that_is_not_neutral_is_kept(dossier: Dossier) -> None:
    said = outline(dossier).voices[1].sayings[0].longest
    assert said.cue is not None
    assert (said.stance, said.cue.text) == ("told with distance", "insisted")


def test_origins_leave_copies_out(dossier: Dossier) -> None:
    assert outline(dossier).origins == 4


def test_long_ids_give_way_to_numbers(dossier: Dossier, crowded: Callable[[int], Dossier]) -> None:
    assert [s.label for s in outline(dossier).sources.values()] == ["000", "001", "002", "003", "004"]
    assert [s.label for s in outline(crowded(3)).sources.values()] == ["R1", "R2", "R3"]


@pytest.mark.parametrize(
    ("when", "planned", "latest", "coming"),
    [
        ("2031-05-13", False, True, False),
        ("2031-05-15", False, False, False),
        ("2031-05-15", True, False, True),
        ("2031-05-13", True, False, False),
        ("2031-05", True, False, True),
        ("2031-W20", True, False, False),
        ("2031-W21", True, False, True),
        ("2031-W20", False, True, False),
    ],
)
def test_latest_and_coming(dossier: Dossier, when: str, planned: bool, latest: bool, coming: bool) -> None:
    entry = TimelineEntry(when=when, precision="day", what="", evidence=(), planned=planned)
    of = outline(Dossier(as_of=dossier.as_of, readings=dossier.readings, timeline=(entry,)))
    assert (bool(of.latest), bool(of.coming)) == (latest, coming)


def test_an_empty_dossier_has_an_outline() -> None:
    of = outline(Dossier(as_of=None, readings=(), actors=(Actor(name="A", type="state", aliases=(), mentions=0),)))
    assert (of.sources, of.origins, of.agreed, of.coverage) == ({}, 0, (), ())


def _reading(name: str, text: str) -> Reading:
    return Reading(report=Report(id=name, path=name, sha256="", text=text))


def _finding(statement: str, span: Span) -> Finding:
    place = Evidence(report="a", span=span)
    return Finding(
        id="f", standing="single", kind=None, statement=statement, origins=1,
        positions=(Position(value="", evidence=(place,)),),
    )  # fmt: skip
