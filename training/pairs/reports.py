"""Gather the reports that `pairs.tsv` names into one folder, as plain texts called by their ids.

    python training/pairs/reports.py FOLDER [FOLDER ...] --out FOLDER

Looked for are `ID.txt`, copied as it is (PolNeAR's `text`), and `ID.tml` (TimeBank, AQUAINT), of which that is taken
which stands in `TEXT`, without tags. Reports that are in none of the folders are named at the end.
"""

from __future__ import annotations

import argparse
import csv
import html
import re
import sys
from pathlib import Path

_TEXT = re.compile(r"<TEXT>(.*?)</TEXT>", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")


def plain(path: Path) -> str:
    """Return the words of a report.

    Raises:
        ValueError: a TimeML file has no `TEXT`.
    """
    text = path.read_bytes().decode("utf-8", errors="replace")
    if path.suffix != ".tml":
        return text
    found = _TEXT.search(text)
    if found is None:
        raise ValueError(f"{path} has no TEXT: is it TimeML?")
    return html.unescape(_TAG.sub("", found[1]))


def named() -> set[str]:
    """Return the ids of the reports that judgements name."""
    with (Path(__file__).parent / "pairs.tsv").open(encoding="utf-8", newline="") as lines:
        return {row[key] for row in csv.DictReader(lines, delimiter="\t") for key in ("report", "report_2")}


def main() -> int:
    """Gather them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    missing = []
    for name in sorted(named()):
        places = (folder / f"{name}{ending}" for folder in given.folders for ending in (".txt", ".tml"))
        path = next((place for place in places if place.is_file()), None)
        if path is None:
            missing.append(name)
        else:
            (given.out / f"{name}.txt").write_bytes(plain(path).encode())
    if missing:
        print(f"not found: {' '.join(missing)}", file=sys.stderr)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
