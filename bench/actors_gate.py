"""Hold the actors of a case to the quality they have: figures on reports with a careful reader's list, pinned.

    python bench/actors_gate.py [--data DIR] [--gold DIR] [--update] [--allow-regression]

`bench/actors_gate.json` pins, for each case, three figures of the scorer beside the reports (actors found, precision
and recall of the pairs of names that are one actor's), a digest of reports and gold, and which pairs were found. The
gate prints what was gained and what was lost, pair by pair, and fails where a figure falls. `--update` pins what is
measured now, but refuses to lower a figure without `--allow-regression`.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import itertools
import json
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from trucebook.api import brief
from trucebook.render.contract import brief_object

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"
PINNED = Path(__file__).with_suffix(".json")
# One actor of twenty moves "found" by five points: a figure that falls is a case that is lost, and none is noise. The
# rest is for processors that round the attribution tagger's numbers another way.
TOLERANCE = 0.5
FIGURES = ("found", "pair_precision", "pair_recall_where_both_names_seen")
# Case by case: the gold's file, and the reports that it speaks of.
CASES = {"jeddah": "jeddah", "newswcl50_2": "newswcl50", "newswcl50_6": "newswcl50", "newswcl50_7": "newswcl50"}


class Case(msgspec.Struct, frozen=True):
    """What is pinned of one case.

    Attributes:
        digest: of its reports and gold.
        figures: in per cent, by the scorer's name of each.
        pairs: digests of the pairs of names that were found to be one actor's: which names, the gold alone tells.
    """

    digest: str
    figures: dict[str, float]
    pairs: list[str]


def available(data: Path, gold: Path) -> list[str]:
    """Return the cases whose reports, gold and scorer are there."""
    scorer = gold.parent / "eval" / "score_brief.py"
    there = [c for c, folder in CASES.items() if (data / folder).is_dir() and (gold / f"{c}.json").is_file()]
    return there if scorer.is_file() else []


def reports(case: str, data: Path, gold: Path) -> list[Path]:
    """Return the files of a case's reports."""
    names = json.loads((gold / f"{case}.json").read_text("utf-8"))["reports"]
    return sorted(p for p in (data / CASES[case]).glob("*.txt") if p.stem in names)


def digest(case: str, data: Path, gold: Path) -> str:
    """Return a digest of a case's reports and gold, names included."""
    made = hashlib.sha256((gold / f"{case}.json").read_bytes())
    for path in reports(case, data, gold):
        made.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return made.hexdigest()


def measure(case: str, data: Path = SHARED / "data", gold: Path = SHARED / "gold") -> Case:
    """Read a case and return what would be pinned of it."""
    score = _module(gold.parent / "eval" / "score_brief.py")
    wanted = json.loads((gold / f"{case}.json").read_text("utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        # A folder of the case's own, since a sheet beside the reports speaks of other cases too.
        sheet = data / CASES[case] / "reports.csv"
        files = reports(case, data, gold)
        for path in files:
            (Path(folder) / path.name).write_bytes(path.read_bytes())
        if sheet.is_file():
            own = {p.name for p in files}
            head, *rows = sheet.read_text("utf-8").splitlines(keepends=True)
            kept = [row for row in rows if row.split(",", 1)[0] in own]
            (Path(folder) / "reports.csv").write_text(head + "".join(kept), "utf-8")
        said = json.loads(msgspec.json.encode(brief_object(brief(folder))))
    result = score.score_actors(said, wanted)
    figures = {name: round(100 * result[name], 1) for name in FIGURES}
    return Case(digest(case, data, gold), figures, sorted(map(_key, _pairs(score, said, wanted))))


def pinned() -> dict[str, Case]:
    """Return what is pinned, by case."""
    return msgspec.json.decode(PINNED.read_bytes(), type=dict[str, Case])


def falls(now: Case, before: Case, tolerance: float = TOLERANCE) -> list[str]:
    """Return a line for every figure that is below its floor."""
    return [
        f"{name}: {now.figures[name]} is below {floor}"
        for name, floor in before.figures.items()
        if now.figures[name] < floor - tolerance
    ]


def changes(now: Case, before: Case, names: Mapping[str, str]) -> Iterator[str]:
    """Yield a line for every pair of names that is found now and was not, or was and is not.

    Args:
        now: what is measured.
        before: what is pinned.
        names: the pairs in words, by digest.
    """
    yield from sorted(f"gained {names.get(pair, pair)}" for pair in {*now.pairs} - {*before.pairs})
    yield from sorted(f"lost   {names.get(pair, pair)}" for pair in {*before.pairs} - {*now.pairs})


def words(case: str, gold: Path = SHARED / "gold") -> dict[str, str]:
    """Return every pair of a case's names in words, by digest."""
    score = _module(gold.parent / "eval" / "score_brief.py")
    listed = json.loads((gold / f"{case}.json").read_text("utf-8"))["actors"]
    every = sorted({score.fold(n) for a in listed for n in (a["name"], *a["aliases"])})
    return {_key(pair): pair for pair in (f"{a} = {b}" for a, b in itertools.combinations(every, 2))}


def _key(pair: str) -> str:
    return hashlib.sha256(pair.encode()).hexdigest()[:16]


def _module(path: Path) -> Any:  # noqa: ANN401  a program of the reports, without types
    spec = importlib.util.spec_from_file_location("score_brief", path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _pairs(score: Any, said: Mapping[str, Any], gold: Mapping[str, Any]) -> Iterator[str]:  # noqa: ANN401
    """The gold's names that the brief gives to one actor, two by two."""
    wanted = {score.fold(n) for a in gold["actors"] for n in (a["name"], *a["aliases"])}
    homes: dict[str, set[int]] = defaultdict(set)
    for at, actor in enumerate(said["actors"]):
        for name in {score.fold(n) for n in (actor["name"], *actor["aliases"])} & wanted:
            homes[name].add(at)
    for one, other in itertools.combinations(sorted(homes), 2):
        if homes[one] & homes[other]:
            yield f"{one} = {other}"


def main() -> None:
    """Run the gate."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=SHARED / "data")
    parser.add_argument("--gold", type=Path, default=SHARED / "gold")
    parser.add_argument("--update", action="store_true", help="pin what is measured now")
    parser.add_argument("--allow-regression", action="store_true", help="with --update: even where a figure falls")
    given = parser.parse_args()
    before = pinned() if PINNED.exists() else {}
    found = {case: measure(case, given.data, given.gold) for case in available(given.data, given.gold)}
    lower = []
    for case, now in found.items():
        old = before.get(case, now)
        told = falls(now, old, tolerance=0.0 if given.update else TOLERANCE)
        lower += told
        print(case, *changes(now, old, words(case, given.gold)), *told, sep="\n  ")
        print(*(f"  {n:36} {f:5.1f}  pinned {old.figures.get(n, 0.0):5.1f}" for n, f in now.figures.items()), sep="\n")
    if not found or (lower and not (given.update and given.allow_regression)):
        sys.exit(1)
    if given.update:
        PINNED.write_bytes(msgspec.json.format(msgspec.json.encode(before | found), indent=0) + b"\n")


if __name__ == "__main__":
    main()
