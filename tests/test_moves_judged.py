"""The program that holds raised moves against a reader's verdicts counts them, and fails where one is missing."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import trucebook

if TYPE_CHECKING:
    from types import ModuleType

PROGRAM = Path(__file__).parent.parent / "bench" / "moves_judged.py"


@pytest.fixture(scope="module")
def judged() -> ModuleType:
    spec = importlib.util.spec_from_file_location("moves_judged", PROGRAM)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def written(tmp_path: Path, *rows: tuple[str, ...], judged: ModuleType) -> Path:
    path = tmp_path / "verdicts.tsv"
    path.write_text("\n".join("\t".join(r) for r in (judged.COLUMNS, *rows)) + "\n", encoding="utf-8")
    return path


ACCEPTED = ("a", "0", "7", "accept", "done", "Norway")


def test_the_share_of_right_moves_is_counted(judged: ModuleType, tmp_path: Path) -> None:
    text = "Norway accepted the truce. Sweden rejected the map."
    moves = judged.raised([trucebook.read_text(text, id="a", published="2031-05-07")])
    rows = [(*ACCEPTED, "right", "a yes"), ("a", "27", "34", "refuse", "done", "Sweden", "wrong", "not so")]
    lines, missing = judged.report(moves, judged.verdicts(written(tmp_path, *rows, judged=judged)))
    assert missing == []
    assert lines[0].split() == ["all", "1", "of", "2", "right", "0.500"]


@pytest.mark.parametrize(
    "other", [("refuse", "done", "Norway"), ("accept", "denied", "Norway"), ("accept", "done", "")]
)
def test_a_verdict_on_something_else_is_none(judged: ModuleType, tmp_path: Path, other: tuple[str, ...]) -> None:
    moves = judged.raised([trucebook.read_text("Norway accepted the truce.", id="a", published="2031-05-07")])
    row = ("a", "0", "7", *other, "right", "a yes")
    _, missing = judged.report(moves, judged.verdicts(written(tmp_path, row, judged=judged)))
    assert missing == [judged.Key("a", 0, 7, "accept", "done", "Norway")]


def test_the_program_fails_on_moves_without_a_verdict(
    judged: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in judged.SETS:
        (tmp_path / name).mkdir()
        (tmp_path / name / f"{name}.txt").write_text("Norway accepted the truce in the valley on Monday morning.\n")
    monkeypatch.setattr(sys, "argv", ["moves_judged.py", "--data", str(tmp_path)])
    with pytest.raises(SystemExit, match="1"):
        judged.main()
    assert "no verdict" in capsys.readouterr().out


def test_a_verdict_is_right_or_wrong(judged: ModuleType, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="'maybe' is no verdict"):
        judged.verdicts(written(tmp_path, (*ACCEPTED, "maybe", "?"), judged=judged))


def test_the_verdicts_that_ship_say_why(judged: ModuleType) -> None:
    found = judged.verdicts()
    assert len(found) > 200
    assert set(found.values()) == {"right", "wrong"}
