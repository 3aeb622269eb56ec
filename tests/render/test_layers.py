from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import msgspec
import pytest

from trucebook.dossier.model import Actor, Dossier
from trucebook.reading.model import (
    Attribution,
    Clause,
    Manner,
    Mention,
    Quantity,
    Reading,
    Sentence,
    Time,
    TimeMod,
    When,
    Where,
)
from trucebook.render.anchors import Marks, blocks
from trucebook.render.html import render_html
from trucebook.render.layers import CODES, LAYERS, MANNERS, MODS, Layer, Note, marked, notes
from trucebook.report import Report
from trucebook.span import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

TEXT = "Marrow claimed on Monday that at least three guards died in Lorn if Kestria was right."
REPORT = Report(id="a", path="a", sha256="0", text=TEXT)


def at(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


SAID = Attribution(id="m", source=(at("Marrow"),), cue=(at("claimed"),), content=(at("at least three guards died in Lorn"),),
                   kind="indirect", speaker="Marrow", stance="distancing")  # fmt: skip
KILLED = Quantity(span=at("at least three guards died"), low=3, high=None, of="killed", bound="at_least", counted="guard",
                  happened="killed", status="done", where=Where(span=at("Lorn"), place="Lorn"),
                  when=When(span=at("Monday"), value="2031-05-12"), attribution="m")  # fmt: skip
READING = Reading(
    report=REPORT,
    attributions=(SAID,),
    mentions=(Mention(span=at("Marrow"), actor="Marrow", type="person"), Mention(span=at("Lorn"), actor="Lorn", type="place")),
    times=(Time(span=at("Monday"), type="DATE", value="2031-05-12"),),
    quantities=(KILLED,),
    conditions=(at("if Kestria was right"),),
    clauses=(Clause(span=at("at least three guards died in Lorn"), sentence=0, predicate="die", words=("guard",), attribution="m"),),
)  # fmt: skip
CASE = Dossier(
    as_of=None, readings=(READING,),
    actors=(Actor(name="Ilse Marrow", type="person", aliases=("Marrow",), mentions=1, reports=("a",)),),
)  # fmt: skip


def told(reading: Reading = READING) -> list[tuple[str, str, str]]:
    return [(n.title, n.words, n.made) for n in notes(reading, CASE)]


def test_every_layer_says_what_was_made_of_its_words() -> None:
    assert told() == [
        ("Said", "at least three guards died in Lorn", "Ilse Marrow; in the report’s words; by “claimed”; told with distance"),
        ("Actor", "Marrow", "Ilse Marrow, person"),
        ("Actor", "", "Lorn, place"),
        ("Time", "Monday", "Mon 12 May 2031; 2031-05-12"),
        ("Quantity", "at least three guards died", "at least 3 killed; in Lorn; Mon 12 May 2031; the count of Ilse Marrow"),
        ("Condition", "if Kestria was right", "something depends on this"),
        ("Statement", "at least three guards died in Lorn", "die; asserted; as Ilse Marrow has it"),
    ]  # fmt: skip


QUANTITIES = [
    (Quantity(span=at("three guards"), low=3, high=3, of="guard", counted="guard", happened="killed", status="possible"),
     "3 guard; killed: only possible"),
    (Quantity(span=at("three guards"), low=3, high=3, of="guard", happened="released"), "3 guard; released"),
    (Quantity(span=at("three guards"), low=3, high=3, of="day", kind="duration"), "3 day; duration"),
    (Quantity(span=at("three guards"), low=3, high=3, of="truck", per="day"), "3 truck; per day"),
    (Quantity(span=at("three guards"), low=3, high=3, of="percent", kind="share"), "3 percent"),
]  # fmt: skip


@pytest.mark.parametrize(("quantity", "made"), QUANTITIES, ids=[q[1] for q in QUANTITIES])
def test_a_quantity_is_told_with_what_is_not_sure_about_it(quantity: Quantity, made: str) -> None:
    only = Reading(report=REPORT, quantities=(quantity,))
    assert told(only) == [("Quantity", "three guards", made)]


def test_what_is_not_known_is_said_to_be_unknown() -> None:
    nobody = msgspec.structs.replace(SAID, speaker=None, stance="neutral", manner="attitude")
    unknown = msgspec.structs.replace(SAID, id="n", speaker=None, source=None, cue=None, stance="denying")
    lost = Time(span=at("Monday"), type="DATE", value=None)
    found = told(Reading(report=REPORT, attributions=(nobody, unknown), times=(lost,)))
    assert [(title, made) for title, _, made in found] == [
        ("Held", "“Marrow”; in the report’s words; by “claimed”"),
        ("Said", "somebody not named; in the report’s words; no word says so; told as a denial"),
        ("Time", "a time without a date to count from"),
    ]


def test_two_actors_of_one_name_keep_the_name_that_the_report_gives() -> None:
    other = Actor(name="Otto Marrow", type="person", aliases=("Marrow",), mentions=1, reports=("a",))
    both = msgspec.structs.replace(CASE, actors=(*CASE.actors, other))
    assert next(n.made for n in notes(READING, both) if n.layer == "actor") == "Marrow, person"


def test_source_and_cue_are_marked_apart_from_what_was_said() -> None:
    marks = {TEXT[s.start : s.end]: mark for s, number, mark in marked(notes(READING, CASE)) if number == 0}
    assert marks == {"Marrow": "teller", "claimed": "teller", "at least three guards died in Lorn": "said"}


def test_everything_that_a_reading_may_say_has_words() -> None:
    assert set(MANNERS) == set(get_args(Manner))
    assert set(MODS) == set(get_args(TimeMod))
    assert set(LAYERS) == set(get_args(Layer)) == set(CODES) - {"teller"}
    assert len(set(CODES.values())) == len(CODES)


def cut(every: Sequence[Note], sentences: Sequence[Span]) -> list[tuple[str, tuple[str, ...], list[str]]]:
    (found,) = blocks(REPORT, "a", Marks(lines={}, sentences=sentences, notes=every))
    return [
        (p.text, p.layers, [run.notes[n - 1].title for n in p.notes])
        for run in found.runs
        for p in run.pieces
        if p.text
    ]


def test_every_word_knows_its_notes_where_layers_overlap() -> None:
    pieces = cut(notes(READING, CASE), [Span(0, len(TEXT))])
    assert "".join(text for text, _, _ in pieces) == TEXT
    assert ("Lorn", ("actor", "said", "statement"), ["Said", "Actor", "Statement"]) in pieces
    assert ("Marrow", ("actor", "teller"), ["Said", "Actor"]) in pieces
    assert (
        "at least three guards died",
        ("quantity", "said", "statement"),
        ["Said", "Quantity", "Statement"],
    ) in pieces
    assert (" on ", (), []) in pieces


def test_a_sentence_has_the_notes_of_its_own_words_alone() -> None:
    half = at("Marrow claimed on Monday")
    (found,) = blocks(
        REPORT, "a", Marks(lines={}, sentences=[half, Span(half.end, len(TEXT))], notes=notes(READING, CASE))
    )
    assert [[n.title for n in run.notes] for run in found.runs if run.notes] == [
        ["Said", "Actor", "Time"],
        ["Said", "Actor", "Quantity", "Condition", "Statement"],
    ]


def test_the_page_shows_the_notes_without_a_script_and_each_layer_has_its_switch() -> None:
    html = render_html(CASE)
    assert "<script" not in html
    assert (
        '<bdi class="w">at least three guards died</bdi> at least 3 killed; in Lorn' not in html
    )  # no sentence, no notes
    whole = msgspec.structs.replace(READING, sentences=(Sentence(span=Span(0, len(TEXT)), paragraph=0),))
    html = render_html(msgspec.structs.replace(CASE, readings=(whole,)))
    assert '<span class="s" tabindex="0" aria-describedby="note:a-0">' in html
    assert '<bdi class="w">at least three guards died</bdi> at least 3 killed; in Lorn' in html
    for layer in LAYERS:
        assert f'<input type="checkbox" id="show-{layer}"' in html
        assert f":root:has(#show-{layer}:not(:checked))" in html
