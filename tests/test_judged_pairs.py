"""The judged pairs that the model of pairs is trained on, and the program that gathers the reports they name."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from programs import load_program

FOLDER = Path(__file__).parent.parent / "training" / "pairs"
reports = load_program(FOLDER / "reports.py")


def _rows() -> list[dict[str, str]]:
    with (FOLDER / "pairs.tsv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t"))


ROWS = _rows()


def _places(row: dict[str, str]) -> tuple[tuple[str, int, int], tuple[str, int, int]]:
    one = (row["report"], int(row["start"]), int(row["end"]))
    other = (row["report_2"], int(row["start_2"]), int(row["end_2"]))
    return min(one, other), max(one, other)


def test_every_verdict_is_one_of_four() -> None:
    assert set(Counter(row["verdict"] for row in ROWS)) == {"same", "differs", "apart", "unsure"}


def test_every_pair_is_of_places_in_two_reports() -> None:
    for row in ROWS:
        (report, start, end), (report_2, start_2, end_2) = _places(row)
        assert report != report_2
        assert 0 <= start < end
        assert 0 <= start_2 < end_2


def test_no_pair_is_judged_twice() -> None:
    assert [pair for pair, count in Counter(map(_places, ROWS)).items() if count > 1] == []


def test_what_shares_a_report_is_one_event() -> None:
    events: dict[str, set[str]] = {}
    for row in ROWS:
        for key in ("report", "report_2"):
            events.setdefault(row[key], set()).add(row["event"])
    assert {report: names for report, names in events.items() if len(names) > 1} == {}


def test_the_readme_counts_them() -> None:
    told = re.search(r"([\d,]+) judged pairs of (\d+) events", (FOLDER / "README.md").read_text(encoding="utf-8"))
    assert told is not None
    assert (int(told[1].replace(",", "")), int(told[2])) == (len(ROWS), len({row["event"] for row in ROWS}))


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        pytest.param("a.txt", "<b> stays.\n", "<b> stays.\n", id="plain"),
        pytest.param(
            "a.tml",
            '<DCT>1998</DCT><TEXT>\nThe <EVENT eid="e1">talks</EVENT> &amp; more.</TEXT><MAKEINSTANCE/>',
            "\nThe talks & more.",
            id="timeml",
        ),
    ],
)
def test_a_report_is_taken_as_plain_words(tmp_path: Path, name: str, content: str, words: str) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    assert reports.plain(tmp_path / name) == words


def test_what_is_no_timeml_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.tml").write_text("words alone", encoding="utf-8")
    with pytest.raises(ValueError, match="has no TEXT"):
        reports.plain(tmp_path / "a.tml")


def test_the_named_reports_are_those_of_the_rows() -> None:
    assert reports.named() == {row[key] for row in ROWS for key in ("report", "report_2")}
