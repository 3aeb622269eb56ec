"""Two statements read together: either order, alone or among others; a damaged network says so."""

from __future__ import annotations

import shutil
from dataclasses import replace
from importlib import resources
from typing import TYPE_CHECKING

import pytest

from trucebook import read_text
from trucebook.dossier import vectors
from trucebook.dossier.actors import merge_actors
from trucebook.dossier.alignment import Pair, Thresholds, pairs
from trucebook.dossier.features import Statement, Weights, statements
from trucebook.dossier.joint import Reader, looked_at_again, shipped
from trucebook.dossier.vectors import of_statements
from trucebook.errors import SettingsError

if TYPE_CHECKING:
    from pathlib import Path

ONE = ("Norway's soldiers are to leave the valley by Friday", "The army of Norway will quit the valley this week")
TWO = ("Norway's soldiers are to leave the valley by Friday", "Norway's bakers want a higher price for bread")
REPORTS = (
    "Norway accepted the truce on Monday. The port of Kess was shut for two days, the mayor said.",
    "On Monday Norway agreed to the ceasefire. Kess closed its port for two days, according to its mayor.",
    "Norway said yes to the truce. Bread has become dear in Kess.",
)


def judged() -> tuple[list[Pair], list[Statement]]:
    readings = [read_text(text, id=f"r{i}", published="2031-05-07") for i, text in enumerate(REPORTS)]
    every = statements(readings, merge_actors(readings).canonical)
    return pairs(every, of_statements(every), Weights(every), Thresholds()), every


def test_one_thing_has_better_odds_than_two() -> None:
    one, two = shipped().logits([ONE, TWO])
    assert one > two + 2


def test_the_order_of_the_two_makes_no_difference() -> None:
    assert shipped().logits([ONE]) == shipped().logits([(ONE[1], ONE[0])])


def test_other_pairs_make_no_difference() -> None:
    assert shipped().logits([TWO, ONE, TWO])[1:] == [*shipped().logits([ONE]), *shipped().logits([TWO])]


def test_no_pairs_need_no_network() -> None:
    assert looked_at_again([], []) == []


def test_pairs_keep_their_statements_and_come_by_their_chance() -> None:
    found, every = judged()
    found = [replace(pair, chance=0.5) for pair in found]
    again = looked_at_again(found, every)
    assert sorted((p.first, p.second) for p in again) == sorted((p.first, p.second) for p in found)
    assert [p.chance for p in again] == sorted((p.chance for p in again), reverse=True)
    assert all(0 <= p.chance <= 1 for p in again)
    assert again != found


def test_what_the_first_look_is_sure_of_is_not_looked_at_again() -> None:
    found, every = judged()
    sure = [replace(pair, chance=chance) for pair, chance in zip(found, (0.95, 0.05), strict=False)]
    assert len(sure) == 2
    assert looked_at_again(sure, every) == sure


def test_what_may_contradict_is_looked_at_again_where_it_seems_less_like_one_thing() -> None:
    found, every = judged()
    alike = replace(found[0], chance=0.12)
    opposed = replace(alike, signals=alike.signals._replace(opposed=1.0, same_head=1.0))
    assert looked_at_again([alike], every) == [alike]
    assert looked_at_again([opposed], every) != [opposed]


def test_a_network_that_was_changed_is_not_loaded(tmp_path: Path) -> None:
    with resources.as_file(resources.files("trucebook") / "models" / "joint") as folder:
        shutil.copytree(folder, tmp_path / "joint")
    with (tmp_path / "joint" / "joint.onnx").open("ab") as file:
        file.write(b"\0")
    with pytest.raises(SettingsError, match=r"joint\.onnx"):
        Reader(tmp_path / "joint", vectors.shipped())
