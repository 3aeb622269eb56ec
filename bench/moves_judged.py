"""Hold the moves of the gold reports against the verdicts of a reader, and print how many are true to their words.

    python bench/moves_judged.py [--data DIR] [--missing]

`bench/moves_verdicts.tsv` has a line for every move that was raised when it was judged: the report, where the move and
the word that tells it begin, its act, status and actors, and whether act, actors and status are true to the words
(`right`, `wrong`), with a reason. A move that was judged under another act, status or actor is not judged: the program
names every move without a verdict and fails. Verdicts whose move is no longer raised are counted and do no harm.
"""

from __future__ import annotations

import argparse
import csv
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import trucebook

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from trucebook.reading.model import Reading

ROOT = Path(__file__).parent.parent
DATA = ROOT.parent / "shared" / "data"
SETS = ("jeddah", "newswcl50")
VERDICTS = Path(__file__).with_name("moves_verdicts.tsv")
COLUMNS = ("report", "start", "trigger", "act", "status", "actors", "verdict", "reason")


class Key(NamedTuple):
    """What a verdict is about: where a move is told, and what it says."""

    report: str
    start: int
    trigger: int
    act: str
    status: str
    actors: str


def raised(readings: Iterable[Reading]) -> dict[Key, str]:
    """Return the moves of readings with their words."""
    return {
        Key(r.report.id, m.span.start, m.trigger.start, m.act, m.status, "; ".join(m.actors)): m.span.of(r.report.text)
        for r in readings
        for m in r.moves
    }


def verdicts(path: Path = VERDICTS) -> dict[Key, str]:
    """Return the verdicts of a file.

    Raises:
        ValueError: a line has another verdict than `right` and `wrong`.
    """
    found: dict[Key, str] = {}
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            if row["verdict"] not in {"right", "wrong"}:
                raise ValueError(f"{path.name}: {row['verdict']!r} is no verdict; write right or wrong")
            key = Key(row["report"], int(row["start"]), int(row["trigger"]), row["act"], row["status"], row["actors"])
            found[key] = row["verdict"]
    return found


def report(moves: Mapping[Key, str], judged: Mapping[Key, str]) -> tuple[list[str], list[Key]]:
    """Return the lines to print, and the moves without a verdict.

    Args:
        moves: those raised, with their words.
        judged: the verdicts.
    """
    missing = sorted(k for k in moves if k not in judged)
    lines = [_line("all", [judged[k] for k in moves if k in judged])]
    acts = sorted({k.act for k in moves})
    lines += [_line(act, [judged[k] for k in moves if k in judged and k.act == act]) for act in acts]
    stale = sum(k not in moves for k in judged)
    return [*lines, f"{len(missing)} without a verdict, {stale} verdicts on moves that are no longer raised"], missing


def _line(name: str, found: Sequence[str]) -> str:
    right = found.count("right")
    share = f"{right / len(found):.3f}" if found else "-"
    return f"{name:20} {right:4} of {len(found):4} right  {share}"


def main() -> None:
    """Read the reports and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA, help="folder that has the sets of reports")
    parser.add_argument("--missing", action="store_true", help="print moves without a verdict as lines to be judged")
    given = parser.parse_args()
    moves = raised(trucebook.read([given.data / name for name in SETS]))
    lines, missing = report(moves, verdicts())
    print(*lines, sep="\n")
    for key in missing:
        print(*key, "?" if given.missing else "no verdict", " ".join(moves[key].split()), sep="\t")
    if missing:
        sys.exit(1)


if __name__ == "__main__":
    main()
