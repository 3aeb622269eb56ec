from __future__ import annotations

import json
from typing import TYPE_CHECKING

import msgspec
import pytest

from trucebook.reading.model import Quantity, Reading
from trucebook.render.contract import brief_bytes, brief_object, reading_line, reading_object
from trucebook.report import Report
from trucebook.span import Span

if TYPE_CHECKING:
    from collections.abc import Callable

    from trucebook.dossier.model import Dossier

READ = ["report", "furniture", "attributions", "mentions", "times", "quantities", "moves"]
BRIEF = ["schema", "trucebook", "as_of", "reports", "actors", "quotes", "findings", "timeline", "state"]
FIELDS = {
    "report": ["id", "path", "sha256", "outlet", "title", "published", "language", "length"],
    "attributions": ["id", "source", "cue", "content", "kind", "speaker", "stance"],
    "mentions": ["span", "actor", "type"],
    "times": ["span", "type", "value", "mod"],
    "quantities": ["span", "low", "high", "of", "approximate"],
}


def test_brief_is_the_golden_one(dossier: Dossier, golden: Callable[[str, str], None]) -> None:
    golden("brief.json", brief_bytes(dossier).decode())


def test_readings_are_the_golden_ones(dossier: Dossier, golden: Callable[[str, str], None]) -> None:
    golden("readings.jsonl", b"".join(map(reading_line, dossier.readings)).decode())


def test_fields_stand_in_the_order_of_the_contract(dossier: Dossier) -> None:
    found = json.loads(reading_line(dossier.readings[0]))
    assert list(found)[: len(READ)] == READ
    assert list(found["report"])[:8] == FIELDS["report"]
    for name in ("attributions", "mentions", "times", "quantities"):
        assert list(found[name][0])[: len(FIELDS[name])] == FIELDS[name], name
    assert list(json.loads(brief_bytes(dossier)))[: len(BRIEF)] == BRIEF


def test_text_and_page_are_not_repeated(dossier: Dossier) -> None:
    assert not {"text", "page"} & set(json.loads(reading_line(dossier.readings[0]))["report"])
    assert b"fuel embargo" not in reading_line(dossier.readings[1])


def test_the_state_of_play_is_in_the_brief(dossier: Dossier) -> None:
    assert reading_object(dossier.readings[0])["not_computed"] == []
    state = json.loads(brief_bytes(dossier))["state"]
    [offer] = state["proposals"]
    assert (offer["proposer"], offer["duration"]) == (["Quillan"], "P30D")
    assert offer["parties"] == {"Kestria": "accepted_if"}
    assert state["whose_move"][0]["actor"] == "Dovania"
    assert {c["debtor"][0] for c in state["commitments"]} == {"Kestria", "Quillan"}


def test_copies_name_their_origin(dossier: Dossier) -> None:
    origins = {r["id"]: r["origin"] for r in json.loads(brief_bytes(dossier))["reports"]}
    assert origins == {"000": None, "001": None, "002": "001", "003": None, "004": None}


def test_coverage_names_the_reports(dossier: Dossier) -> None:
    rows = json.loads(brief_bytes(dossier))["coverage"]
    told = "told_differently"
    assert rows[1] == {
        "finding": "f-there",
        "cells": {"000": "told", "001": told, "002": "absent", "003": told, "004": "absent"},
    }


@pytest.mark.parametrize(("low", "written"), [(3.0, "3"), (2.5, "2.5"), (None, "null"), (float("nan"), "null")])
def test_numbers_are_whole_where_they_are_whole(low: float | None, written: str) -> None:
    report = Report(id="a", path="a", sha256="", text="three")
    line = reading_line(Reading(report=report, quantities=(Quantity(span=Span(0, 5), low=low, high=None, of=None),)))
    assert f'"low":{written},' in line.decode()


def test_readings_are_one_line_each_and_utf_8(hostile: Dossier) -> None:
    line = reading_line(hostile.readings[0])
    assert line.endswith(b"\n")
    assert line.count(b"\n") == 1
    assert "停火协议" in line.decode("utf-8")


def test_a_path_that_is_not_utf_8_is_written_all_the_same() -> None:
    line = reading_line(Reading(report=Report(id="caf\udce9", path="caf\udce9.txt", sha256="", text="")))
    assert msgspec.json.decode(line)["report"]["path"] == "caf?.txt"


def test_bytes_are_the_same_twice(dossier: Dossier) -> None:
    assert brief_bytes(dossier) == brief_bytes(dossier)
    assert json.loads(brief_bytes(dossier)) == json.loads(json.dumps(brief_object(dossier)))
