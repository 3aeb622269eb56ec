r"""Fit the model that says whether two statements are of one thing, from judged pairs and from invented events.

    python training/pairs/train.py --texts FOLDER [FOLDER ...] --joint DIR --joint-unseen EVENT [EVENT ...] \
        --without EVENT [EVENT ...] --out FOLDER

`pairs.tsv` beside this file holds the judgements: places in reports, no words of theirs. The encoder in the package has
seen none of these, and of the invented events those that are kept back are taken. The figures come from leaving events
out. How much the network of `tune_joint.py` counts beside the signals is learnt on the events that it has not seen.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from invented import KEPT_BACK, events, verdict
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score
from sklearn.preprocessing import StandardScaler

import trucebook
from trucebook.dossier.actors import merge_actors
from trucebook.dossier.alignment import Thresholds, judged
from trucebook.dossier.features import Weights, statements
from trucebook.dossier.joint import Reader
from trucebook.dossier.pairing import Signals
from trucebook.dossier.vectors import of_statements
from trucebook.dossier.vectors import shipped as shipped_encoder
from trucebook.reading.read import read_report

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from invented import Event
    from numpy.typing import NDArray

    from trucebook.dossier.features import Statement
    from trucebook.reading.model import Reading

# Strength of the ridge: so many signals say nearly the same that weak ridges give some of them the wrong sign.
RIDGE = 0.03
# An invented pair counts so much beside a judged one: there are many more of them, and nobody wrote them as news.
INVENTED = 0.15
# The same where a network's word is weighed, on a quarter of the invented events and few judged ones.
INVENTED_AGAIN = 0.3
# Events are left out in so many groups, put together by chance.
FOLDS = 14
# A judged place is the statement that overlaps it most, by Dice of the characters, from here on.
PLACED = 0.6
PREFIX = "invented-"
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


class Example(NamedTuple):
    """A pair of an event.

    Attributes:
        signals: what speaks for and against its two statements being of one thing.
        one: 1 where they are, else 0.
        texts: the two.
    """

    signals: Signals
    one: int
    texts: tuple[str, str]


def near_pairs(readings: Sequence[Reading]) -> tuple[list[Statement], dict[tuple[int, int], Signals]]:
    """Return the statements of an event, and the signals of those that lie near each other."""
    every = statements(readings, merge_actors(readings).canonical)
    vectors = of_statements(every)
    return every, {(n.first, n.second): of for n, of in judged(every, vectors, Weights(every))}


def examples(readings: Sequence[Reading], rows: Sequence[dict[str, str]]) -> Iterator[Example]:
    """Yield an event's judged pairs."""
    every, near = near_pairs(readings)
    for row in rows:
        one = placed(every, row["report"], int(row["start"]), int(row["end"]))
        other = placed(every, row["report_2"], int(row["start_2"]), int(row["end_2"]))
        if one is None or other is None or row["verdict"] not in VERDICTS:
            continue
        found = near.get((min(one, other), max(one, other)))
        if found is not None:
            yield Example(found, VERDICTS[row["verdict"]], (every[one].text, every[other].text))


def invented_examples(event: Event) -> Iterator[Example]:
    """Yield an invented event's pairs that are surely of one thing or of two."""
    every, near = near_pairs([read_report(r) for r in event.reports])
    for (one, other), found in near.items():
        told = verdict(event, every[one], every[other])
        if told in VERDICTS:
            yield Example(found, VERDICTS[told], (every[one].text, every[other].text))


def fit(x: NDArray[Any], y: NDArray[Any], events: NDArray[Any]) -> tuple[StandardScaler, LogisticRegression]:
    """Return the scaler and the regression."""
    scaler = StandardScaler().fit(x)
    counts = np.where(np.char.startswith(events, PREFIX), INVENTED, 1.0)
    return scaler, LogisticRegression(C=RIDGE, max_iter=5000).fit(scaler.transform(x), y, sample_weight=counts)


def left_out(x: NDArray[Any], y: NDArray[Any], events: NDArray[Any], kept: NDArray[Any]) -> NDArray[Any]:
    """Return each pair's chance by a model that has seen the events that are kept, less its own and some others."""
    out, names = np.zeros(len(y)), np.random.default_rng(0).permutation(sorted(set(events)))
    for fold in range(FOLDS):
        here = np.isin(events, names[fold::FOLDS])
        if here.any():
            scaler, model = fit(x[kept & ~here], y[kept & ~here], events[kept & ~here])
            out[here] = model.predict_proba(scaler.transform(x[here]))[:, 1]
    return out


def report(y: NDArray[Any], chance: NDArray[Any], events: NDArray[Any]) -> None:
    """Print precision and recall by event that has pairs of both kinds, at chances of 0.4 to 0.7."""
    invented = np.char.startswith(events, PREFIX)
    groups = {"judged": ~invented, "invented": invented, **{e: events == e for e in sorted(set(events[~invented]))}}
    for event, here in groups.items():
        if not 0 < y[here].sum() < here.sum():
            continue  # Of pairs of one kind alone there is nothing to rank.
        cells = []
        for least in (0.4, 0.5, 0.6, 0.7):
            said = here & (chance >= least)
            precision, recall = y[said].mean() if said.any() else float("nan"), said[here & (y == 1)].mean()
            cells.append(f"{least}: P {precision:.2f} R {recall:.2f}")
        print(
            f"{event:14} pairs {here.sum():4} AP {average_precision_score(y[here], chance[here]):.3f}  "
            + "  ".join(cells)
        )


def second_look(
    folder: Path, texts: Sequence[tuple[str, str]], first: NDArray[Any], y: NDArray[Any], events: NDArray[Any]
) -> dict[str, float]:
    """Return how much the first chance and the network count together, fitted on pairs that neither has seen."""
    odds = np.log(np.clip(first, 1e-4, 1) / np.clip(1 - first, 1e-4, 1))
    x = np.column_stack([odds, Reader(folder, shipped_encoder()).logits(texts)])
    counts = np.where(np.char.startswith(events, PREFIX), INVENTED_AGAIN, 1.0)
    chance = np.zeros(len(y))
    for event in sorted(set(events)):
        seen = events != event
        model = LogisticRegression().fit(x[seen], y[seen], sample_weight=counts[seen])
        chance[~seen] = model.predict_proba(x[~seen])[:, 1]
    print(f"first look, the {len(y)} pairs that it leaves open of the events kept back")
    report(y, first, events)
    print("both looks")
    report(y, chance, events)
    model = LogisticRegression().fit(x, y, sample_weight=counts)
    weights = [round(float(v), 6) for v in (*model.coef_[0], *model.intercept_)]
    return dict(zip(("first", "joint", "intercept"), weights, strict=True))


def gathered(given: argparse.Namespace) -> Iterator[tuple[Signals, int, tuple[str, str], str]]:
    """Yield the signals, the verdict, the texts and the event of every pair."""
    readings = {r.report.id: r for folder in given.texts for r in trucebook.read(folder)}
    for event, rows in sorted(judgements().items()):
        ids = sorted({row[k] for row in rows for k in ("report", "report_2")} & set(readings))
        yield from ((*x, event) for x in examples([readings[i] for i in ids], rows))
    for invented in events():
        if invented.name in KEPT_BACK:
            yield from ((*x, PREFIX + invented.name) for x in invented_examples(invented))


def main() -> int:
    """Fit and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=Path, nargs="+", required=True)
    parser.add_argument("--joint", type=Path, required=True, help="the network that reads two statements together")
    parser.add_argument("--joint-unseen", nargs="*", default=[], help="judged events that it has not seen")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--without", nargs="*", default=[], help="events that are kept out, to measure on them")
    given = parser.parse_args()
    x, y, texts, of = zip(*gathered(given), strict=True)
    signals, verdicts, names = np.array(x), np.array(y), np.array(of)
    seen = ~np.isin(names, given.without)
    chance = left_out(signals, verdicts, names, seen)
    report(verdicts, chance, names)
    unseen = [PREFIX + name for name in KEPT_BACK] + given.joint_unseen
    again = np.flatnonzero(seen & np.isin(names, unseen) & (chance >= Thresholds().kept))
    second = second_look(given.joint, [texts[i] for i in again], chance[again], verdicts[again], names[again])
    scaler, model = fit(signals[seen], verdicts[seen], names[seen])
    rounded = {
        "signals": list(Signals._fields),
        "means": [round(float(v), 6) for v in scaler.mean_],
        "scales": [round(float(v), 6) for v in scaler.scale_],
        "weights": [round(float(v), 6) for v in model.coef_[0]],
        "intercept": round(float(model.intercept_[0]), 6),
        "second": second,
    }
    given.out.mkdir(parents=True, exist_ok=True)
    data = (json.dumps(rounded, indent=1) + "\n").encode()
    (given.out / "pairs.json").write_bytes(data)
    digests = {"pairs.json": hashlib.sha256(data).hexdigest()}
    (given.out / "digests.json").write_text(json.dumps(digests, indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
