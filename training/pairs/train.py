"""Fit the model that says whether two statements are of one thing, from pairs judged by a careful reader.

    python training/pairs/train.py --texts FOLDER [FOLDER ...] --out src/trucebook/models/pairs

`pairs.tsv` beside this file holds the judgements: places in reports, no words of theirs. The figures come from leaving
out one event at a time; the shipped model has seen all of them.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score
from sklearn.preprocessing import StandardScaler

import trucebook
from trucebook.dossier.actors import merge_actors
from trucebook.dossier.alignment import judged
from trucebook.dossier.features import Weights, statements
from trucebook.dossier.pairing import Signals
from trucebook.dossier.vectors import of_statements

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from trucebook.dossier.features import Statement
    from trucebook.reading.model import Reading

# Strength of the ridge: so many signals say nearly the same that weak ridges give some of them the wrong sign.
RIDGE = 0.03
# A judged place is the statement that overlaps it most, by Dice of the characters, from here on.
PLACED = 0.6
VERDICTS = {"same": 1, "differs": 1, "apart": 0}


def judgements() -> dict[str, list[dict[str, str]]]:
    """Return the rows of `pairs.tsv` by event."""
    found = defaultdict(list)
    with (Path(__file__).parent / "pairs.tsv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            found[row["event"]].append(row)
    return found


def placed(every: Sequence[Statement], report: str, start: int, end: int) -> int | None:
    """Return the statement at a judged place."""
    best, at = PLACED, None
    for i, s in enumerate(every):
        if s.report == report:
            span = s.clause.span
            dice = 2 * max(0, min(span.end, end) - max(span.start, start)) / (span.length + end - start)
            best, at = (dice, i) if dice >= best else (best, at)
    return at


def examples(readings: Sequence[Reading], rows: Sequence[dict[str, str]]) -> Iterator[tuple[Signals, int]]:
    """Yield the signals of an event's judged pairs with 1 for one thing and 0 for two."""
    canonical = merge_actors(readings).canonical
    every = statements(readings, canonical)
    near = {(n.first, n.second): of for n, of in judged(every, of_statements(every), Weights(every))}
    for row in rows:
        one = placed(every, row["report"], int(row["start"]), int(row["end"]))
        other = placed(every, row["report_2"], int(row["start_2"]), int(row["end_2"]))
        found = near.get((min(one, other), max(one, other))) if one is not None and other is not None else None
        if found is not None and row["verdict"] in VERDICTS:
            yield found, VERDICTS[row["verdict"]]


def fit(x: NDArray[Any], y: NDArray[Any]) -> tuple[StandardScaler, LogisticRegression]:
    """Return the scaler and the regression."""
    scaler = StandardScaler().fit(x)
    return scaler, LogisticRegression(C=RIDGE, max_iter=5000).fit(scaler.transform(x), y)


def left_out(x: NDArray[Any], y: NDArray[Any], events: NDArray[Any]) -> NDArray[Any]:
    """Return each pair's chance by a model that has not seen its event."""
    out = np.zeros(len(y))
    for event in sorted(set(events)):
        scaler, model = fit(x[events != event], y[events != event])
        out[events == event] = model.predict_proba(scaler.transform(x[events == event]))[:, 1]
    return out


def report(y: NDArray[Any], chance: NDArray[Any], events: NDArray[Any]) -> None:
    """Print precision and recall by event, at chances of 0.4 to 0.7."""
    for event in ["all", *sorted(set(events))]:
        here = np.full(len(y), fill_value=True) if event == "all" else events == event
        cells = []
        for least in (0.4, 0.5, 0.6, 0.7):
            said = here & (chance >= least)
            precision, recall = y[said].mean() if said.any() else float("nan"), said[here & (y == 1)].mean()
            cells.append(f"{least}: P {precision:.2f} R {recall:.2f}")
        print(
            f"{event:14} pairs {here.sum():4} AP {average_precision_score(y[here], chance[here]):.3f}  "
            + "  ".join(cells)
        )


def main() -> int:
    """Fit and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=Path, nargs="+", required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--without", nargs="*", default=[], help="events that are kept out, to measure on them")
    given = parser.parse_args()
    readings = {r.report.id: r for folder in given.texts for r in trucebook.read(folder)}
    x, y, events = [], [], []
    for event, rows in sorted(judgements().items()):
        ids = sorted({row[k] for row in rows for k in ("report", "report_2")} & set(readings))
        for found, one in examples([readings[i] for i in ids], rows):
            x.append(found)
            y.append(one)
            events.append(event)
    signals, verdicts, names = np.array(x), np.array(y), np.array(events)
    report(verdicts, left_out(signals, verdicts, names), names)
    seen = ~np.isin(names, given.without)
    scaler, model = fit(signals[seen], verdicts[seen])
    rounded = {
        "signals": list(Signals._fields),
        "means": [round(float(v), 6) for v in scaler.mean_],
        "scales": [round(float(v), 6) for v in scaler.scale_],
        "weights": [round(float(v), 6) for v in model.coef_[0]],
        "intercept": round(float(model.intercept_[0]), 6),
    }
    given.out.mkdir(parents=True, exist_ok=True)
    data = (json.dumps(rounded, indent=1) + "\n").encode()
    (given.out / "pairs.json").write_bytes(data)
    digests = {"pairs.json": hashlib.sha256(data).hexdigest()}
    (given.out / "digests.json").write_text(json.dumps(digests, indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
