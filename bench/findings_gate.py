"""Hold the findings to the quality they have: four events in which a careful reader has marked facts and disputes.

    python bench/findings_gate.py [--update] [--allow-regression]

`bench/findings_gate.json` pins the figures. The gate prints what is measured beside what is pinned and fails where a
figure falls. `--update` pins what is measured now, but refuses to lower a figure without `--allow-regression`. The
texts and the marks stand beside the checkout and are no part of it.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import math
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import trucebook
from trucebook.render.contract import brief_object

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"
SCORER = SHARED / "eval" / "score_brief.py"
PINNED = Path(__file__).with_suffix(".json")
# Events by name: the folder of the texts, and how the names of its files begin.
EVENTS = {
    "jeddah": ("jeddah", ""),
    "newswcl50_2": ("newswcl50", "2_"),
    "newswcl50_6": ("newswcl50", "6_"),
    "newswcl50_7": ("newswcl50", "7_"),
}
# One fact of fifteen, found or missed, is less than this; other processors may flip one near the edge.
TOLERANCE = 0.07
FIGURES = (
    ("facts", "recall"),
    ("shared_quotes", "recall"),
    ("shared_quotes", "same_wording_right"),
    ("disputes", "recall_clear_not_wording"),
    ("disputes", "precision"),
)


def scorer() -> Any:  # noqa: ANN401  a module of its own
    """Return the scorer's module."""
    spec = importlib.util.spec_from_file_location("score_brief", SCORER)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(SCORER)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def brief(event: str) -> dict[str, Any]:
    """Return the brief of an event's reports as the scorer reads it."""
    folder, prefix = EVENTS[event]
    with tempfile.TemporaryDirectory() as chosen:
        for path in sorted((SHARED / "data" / folder).glob(f"{prefix}*.txt")):
            shutil.copy(path, chosen)
        rows = (SHARED / "data" / folder / "reports.csv").read_text("utf-8").splitlines(keepends=True)
        kept = [rows[0], *(row for row in rows[1:] if row.startswith(prefix))]
        (Path(chosen) / "reports.csv").write_text("".join(kept), "utf-8")
        found: dict[str, Any] = brief_object(trucebook.brief(chosen))
        return found


def measured() -> Iterator[tuple[str, dict[str, float]]]:
    """Yield each event's figures; one that cannot be computed (nothing raised) is left out."""
    scoring = scorer()
    for event in EVENTS:
        gold, found = json.loads((SHARED / "gold" / f"{event}.json").read_text("utf-8")), brief(event)
        parts = {
            "facts": scoring.score_facts(found, gold),
            "shared_quotes": scoring.score_shared(found, gold),
            "disputes": scoring.score_disputes(found, gold),
        }
        figures = {f"{part} {name}": round(parts[part][name], 3) for part, name in FIGURES}
        yield event, {name: value for name, value in figures.items() if not math.isnan(value)}


def pinned() -> dict[str, dict[str, float]]:
    """Return what is pinned."""
    found: dict[str, dict[str, float]] = json.loads(PINNED.read_text("utf-8"))
    return found


def fallen(before: dict[str, dict[str, float]], now: dict[str, dict[str, float]]) -> list[str]:
    """Return the figures that fell, in words."""
    return [
        f"{event} {name}: {now[event].get(name, 0.0)} is less than {floor}"
        for event, figures in before.items()
        for name, floor in figures.items()
        if now[event].get(name, 0.0) < floor - TOLERANCE
    ]


def main() -> int:
    """Measure, compare, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--update", action="store_true", help="pin what is measured now")
    parser.add_argument("--allow-regression", action="store_true", help="pin it though a figure falls")
    given = parser.parse_args()
    now = dict(measured())
    before = pinned() if PINNED.is_file() else {}
    for event, figures in now.items():
        print(
            event,
            *(f"{name} {value} ({before.get(event, {}).get(name, '-')})" for name, value in figures.items()),
            sep="\n  ",
        )
    lost = fallen(before, now)
    print(*lost, sep="\n")
    if given.update and (given.allow_regression or not lost):
        PINNED.write_text(json.dumps(now, indent=1) + "\n", "utf-8")
        return 0
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main())
