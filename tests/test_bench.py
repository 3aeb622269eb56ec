"""The programs of bench/ run and print what they promise; what they measure is not a test's matter."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.mark.slow
def test_the_speed_of_reading_is_measured() -> None:
    report = ROOT / "examples" / "velonia" / "esme-monitor.txt"
    line = [sys.executable, str(ROOT / "bench" / "read_speed.py"), str(report), "--repeat", "1", "--rounds", "1"]
    done = subprocess.run(line, check=True, capture_output=True, text=True)
    head, columns, *rows = done.stdout.splitlines()
    assert head.startswith("1 texts, each 1 times: 374 words")
    assert columns.split() == ["reader", "words/s", "of", "spacy", "peak", "MiB", "quotations", "texts", "given", "up"]
    figures = {row.split()[0]: row for row in rows}
    assert re.search(r" [1-9][\d,]* .* [1-9]\d* +\d+ +0$", figures["trucebook"])
    assert re.search(r" 100% +[1-9]\d* +- +0$", figures["spacy"])
    found = re.search(r"^of trucebook's time: encoder (\d+)%, spacy (\d+)%, rest (\d+)%$", done.stdout, re.MULTILINE)
    assert found
    shares = [int(share) for share in found.groups()]
    assert min(shares) > 0
    assert 99 <= sum(shares) <= 101


@pytest.mark.slow
def test_the_cost_of_adding_and_searching_is_measured() -> None:
    line = [sys.executable, str(ROOT / "bench" / "record_load.py"), "--reports", "40", "--sample", "5"]
    adding, clock, work, searching = subprocess.run(
        line, check=True, capture_output=True, text=True
    ).stdout.splitlines()
    assert adding == "adding a report, median of 5, in turn:"
    for told, name in ((clock, "on the clock"), (work, "of processor")):
        assert re.fullmatch(rf"  {name}: \d+\.\d ms at 10, \d+\.\d ms at 40, ratio \d+\.\d\d", told)
    assert re.fullmatch(r"search at 40: median \d+ ms, slowest \d+ ms", searching)
