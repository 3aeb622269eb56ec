"""Write what the sentence encoder and the network are trained on beside the sets of wordings.

    python training/pairs/texts.py > texts.json
    python training/pairs/texts.py --texts FOLDER [FOLDER ...] --without EVENT [EVENT ...] --pairs > pairs.json

The encoder is tuned on the facts of invented events; with `--pairs` every pair is written out for `tune_joint.py`,
those of judged events and of the sets too. Some of each are kept back, so that the model of pairs can be fitted on what
the encoder has not seen, and weighed what the network says; and an event that is to be measured on is left out.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from pathlib import Path

import numpy as np
from invented import KEPT_BACK, events, verdict
from train import VERDICTS, judgements, placed
from wordings import pairs, wordings

import trucebook
from trucebook.dossier.actors import merge_actors
from trucebook.dossier.features import statements
from trucebook.dossier.vectors import of_statements
from trucebook.reading.read import read_report

# Pairs of two things that an invented event brings: the nearest, and some of the others; and that a set brings.
NEAREST, OTHERS, BESIDE = 90, 50, 3

# Words, words, and what they are to each other: `same`, `differs` or `apart`.
Pair = tuple[str, str, str]


def invented_words() -> dict[str, list[tuple[str, str, str, str]]]:
    """Return of each invented event that is not kept back its facts: words, number of the fact, its version, report."""
    found = {}
    for event in (e for e in events() if e.name not in KEPT_BACK):
        texts = {r.id: r.text for r in event.reports}
        marks = [(r, mark) for r, some in event.marks.items() for mark in some]
        found[event.name] = [(m.span.of(texts[r]), str(m.fact), m.version, r) for r, m in marks]
    return found


def judged_words(folders: list[Path], without: list[str]) -> dict[str, list[Pair]]:
    """Return of each event its judged pairs."""
    readings = {r.report.id: r for folder in folders for r in trucebook.read(folder)}
    found: dict[str, list[Pair]] = {}
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
                found[event].append((every[one].text, every[other].text, row["verdict"]))
    return found


def invented_pairs() -> dict[str, list[Pair]]:
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
        found[name] = [(some[i].text, some[j].text, told[i, j]) for i, j in [*one, *apart[:NEAREST], *others]]
    return found


def set_pairs() -> dict[str, list[Pair]]:
    """Return the pairs of each set that is not kept back: all of one fact, one that differs, and some of two facts."""
    chance, found = random.Random(0), {}
    for one in (s for s in wordings() if not s.kept_back):
        of: dict[str, list[Pair]] = {kind: [p for p in pairs(one) if p[2] == kind] for kind in ("differs", "apart")}
        same = [p for p in pairs(one) if p[2] == "same"]
        found[one.name] = same + chance.sample(of["differs"], 1) + chance.sample(of["apart"], BESIDE)
    return found


def main() -> None:
    """Write all as one JSON object, by event."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=Path, nargs="+", default=[])
    parser.add_argument("--without", nargs="*", default=[])
    parser.add_argument("--pairs", action="store_true")
    given = parser.parse_args()
    if given.pairs:
        found = invented_pairs() | judged_words(given.texts, given.without) | set_pairs()
        json.dump(found, sys.stdout, ensure_ascii=False, indent=1)
    else:
        json.dump(invented_words(), sys.stdout, ensure_ascii=False, indent=1)


if __name__ == "__main__":
    main()
