"""Write the words that the sentence encoder is tuned on: those of invented events and those of judged pairs.

    python training/pairs/texts.py --texts FOLDER --without EVENT [EVENT ...] [--half 0|1] > texts.json
    python training/pairs/texts.py --texts FOLDER --without EVENT [EVENT ...] --pairs > pairs.json

An event that is to be measured on is left out of the judged pairs. A half of the events makes an encoder that has not
seen the other half, on which the model of pairs can be fitted. With `--pairs` every pair is written out for
`tune_joint.py`, and some invented events are kept back, to weigh on them what the network says.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from pathlib import Path
from typing import Any

import numpy as np
from invented import KEPT_BACK, TUNED, events, verdict
from train import VERDICTS, half, judgements, placed

import trucebook
from trucebook.dossier.actors import merge_actors
from trucebook.dossier.features import statements
from trucebook.dossier.vectors import of_statements
from trucebook.reading.read import read_report

# Pairs of two things that an invented event brings: the nearest, and some of the others.
NEAREST, OTHERS = 90, 50


def invented_words() -> dict[str, list[tuple[str, int, str]]]:
    """Return of each invented event that the encoder is tuned on its facts: words, number, report."""
    found = {}
    for event in (e for e in events() if e.name in TUNED):
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


def invented_pairs() -> dict[str, list[tuple[str, str, int]]]:
    """Return pairs of each invented event that is not kept back: all that are of one thing, and the nearest others."""
    chance, found = random.Random(0), {}
    every = {event.name: event for event in events()}
    for name in sorted(set(every) - KEPT_BACK):
        readings = [read_report(r) for r in every[name].reports]
        some = statements(readings, merge_actors(readings).canonical)
        vectors = of_statements(some)
        clauses, sentences = vectors.clauses, vectors.sentences
        mixed = clauses @ sentences.T
        near = clauses @ clauses.T + np.maximum(mixed, mixed.T) + sentences @ sentences.T
        places = [(i, j) for i in range(len(some)) for j in range(i + 1, len(some)) if some[i].report != some[j].report]
        told = {(i, j): verdict(every[name], some[i], some[j]) for i, j in places}
        apart = sorted((p for p in places if told[p] == "apart"), key=lambda p: (-float(near[p]), p))
        others = chance.sample(apart[NEAREST:], min(OTHERS, len(apart[NEAREST:])))
        one = [p for p in places if VERDICTS.get(told[p])]
        found[name] = [(some[i].text, some[j].text, VERDICTS[told[i, j]]) for i, j in [*one, *apart[:NEAREST], *others]]
    return found


def main() -> None:
    """Write both as one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=Path, nargs="+", required=True)
    parser.add_argument("--without", nargs="*", default=[])
    parser.add_argument("--half", type=int, choices=(0, 1))
    parser.add_argument("--pairs", action="store_true")
    given = parser.parse_args()
    if given.pairs:
        pairs = invented_pairs() | judged_words(given.texts, given.without)
        json.dump(pairs, sys.stdout, ensure_ascii=False, indent=1)
        return
    data: dict[str, dict[str, Any]] = {"invented": invented_words(), "judged": judged_words(given.texts, given.without)}
    if given.half is not None:
        data = {kind: {name: some[name] for name in half(some, given.half)} for kind, some in data.items()}
    json.dump(data, sys.stdout, ensure_ascii=False, indent=1)


if __name__ == "__main__":
    main()
