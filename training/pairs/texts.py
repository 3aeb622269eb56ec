"""Write the words that the sentence encoder is tuned on: those of invented events and those of judged pairs.

    python training/pairs/texts.py --texts FOLDER --without EVENT [EVENT ...] [--half 0|1] > texts.json

An event that is to be measured on is left out of the judged pairs. A half of the events makes an encoder that has not
seen the other half, on which the model of pairs can be fitted.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from invented import events
from train import VERDICTS, half, judgements, placed

import trucebook
from trucebook.dossier.actors import merge_actors
from trucebook.dossier.features import statements


def invented_words() -> dict[str, list[tuple[str, int, str]]]:
    """Return of each invented event its facts: words, number, report."""
    found = {}
    for event in events():
        texts = {r.id: r.text for r in event.reports}
        found[event.name] = [(m.span.of(texts[r]), m.fact, r) for r, marks in event.marks.items() for m in marks]
    return found


def judged_words(folders: list[Path], without: list[str]) -> dict[str, list[tuple[str, str, int]]]:
    """Return of each event its judged pairs: words, words, 1 for one thing and 0 for two."""
    readings = {r.report.id: r for folder in folders for r in trucebook.read(folder)}
    found: dict[str, list[tuple[str, str, int]]] = {}
    for event, rows in sorted(judgements().items()):
        ids = sorted({row[k] for row in rows for k in ("report", "report_2")} & set(readings))
        if event in without or not ids:
            continue
        some = [readings[i] for i in ids]
        every = statements(some, merge_actors(some).canonical)
        found[event] = []
        for row in rows:
            one = placed(every, row["report"], int(row["start"]), int(row["end"]))
            other = placed(every, row["report_2"], int(row["start_2"]), int(row["end_2"]))
            if one is not None and other is not None and row["verdict"] in VERDICTS:
                found[event].append((every[one].text, every[other].text, VERDICTS[row["verdict"]]))
    return found


def main() -> None:
    """Write both as one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=Path, nargs="+", required=True)
    parser.add_argument("--without", nargs="*", default=[])
    parser.add_argument("--half", type=int, choices=(0, 1))
    given = parser.parse_args()
    data: dict[str, dict[str, Any]] = {"invented": invented_words(), "judged": judged_words(given.texts, given.without)}
    if given.half is not None:
        data = {kind: {name: some[name] for name in half(some, given.half)} for kind, some in data.items()}
    json.dump(data, sys.stdout, ensure_ascii=False, indent=1)


if __name__ == "__main__":
    main()
