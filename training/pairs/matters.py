"""Fit how likely two reports are of one event, from the invented events and from reports of other matters.

    python training/pairs/matters.py --others FOLDER [FOLDER ...]

Each report of `--others` stands for an event of its own. Printed are the weights of a logistic regression over the
cosine of what two reports begin by telling and over the names that they share, with pairs of one event and of two
counting the same: the constants at the head of `trucebook/dossier/events.py`. Beside them stands how many pairs of one
event are found where so many of two are taken for one.
"""

from __future__ import annotations

import argparse
from itertools import combinations
from pathlib import Path

import numpy as np
from invented import events
from sklearn.linear_model import LogisticRegression

import trucebook
from trucebook.dossier.actors import merge_actors
from trucebook.dossier.events import counted, matters, shared_names
from trucebook.reading.read import read_report

# Up to here a greater cosine is evidence of one event; above it reports tell of a like kind of thing.
SAME_KIND = 0.7
WRONG = (0.001, 0.003, 0.01, 0.02, 0.05)


def main() -> None:
    """Print the weights and what they find."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--others", type=Path, nargs="+", required=True)
    given = parser.parse_args()
    told = [(event.name, read_report(report)) for event in events() for report in event.reports]
    told += [(r.report.id, r) for folder in given.others for r in trucebook.read(folder)]
    names = [{w for w in counted(r, merge_actors((r,)).canonical) if w.startswith("@")} for _, r in told]
    vectors = matters([r for _, r in told])
    pairs = list(combinations(range(len(told)), 2))
    found = np.array([(min(vectors[i] @ vectors[j], SAME_KIND), shared_names(names[i], names[j])) for i, j in pairs])
    same = np.array([told[i][0] == told[j][0] for i, j in pairs])
    model = LogisticRegression(C=10, class_weight="balanced").fit(found, same)
    print("cosine {:.2f}, names {:.2f}, intercept {:.2f}".format(*model.coef_[0], model.intercept_[0]))
    odds = model.decision_function(found)
    for share in WRONG:
        least = np.quantile(odds[~same], 1 - share)
        print(f"{share:.1%} of two events joined: {(odds[same] > least).mean():.1%} of one, log-odds from {least:.2f}")


if __name__ == "__main__":
    main()
