"""How the time of a dossier grows with the number of reports, many events mixed.

    python bench/dossier_growth.py [--sizes 1000 2000 5000 10000] [--texts FOLDER ...] [--jobs 2]

Some reports are invented from a fixed seed: each event has parties, places and numbers of its own, and each of its five
reports tells some of its facts in one of several wordings. Real ones may be mixed in from folders (`--texts`). All are
read once; more of them are made by giving the names in a reading other letters, and its rarer words other forms, so
that each is another event told in the same way. Reading is not measured. Printed are the seconds that the dossier takes
of the processor and by the clock, the exponent of growth (of the processor's) from size to size, and the most memory
that the process has held.
"""

from __future__ import annotations

import argparse
import datetime
import math
import random
import re
import resource
import sys
import time
from collections import Counter
from typing import TYPE_CHECKING

import msgspec

from trucebook.dossier.build import build
from trucebook.engine.compute import compute
from trucebook.intake.load import load
from trucebook.intake.settings import IntakeSettings
from trucebook.reading.model import Reading
from trucebook.reading.read import ReadingSettings
from trucebook.report import Report

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence, Set

_SEED, _REPORTS = 7, 5
# Words that stand in this share of the reports, or in fewer, are an event's own.
_RARE = 0.05
_NAME = re.compile(r"[A-Z][A-Za-z]{2,}")
_SOUNDS = ("ba", "do", "ki", "lu", "me", "no", "pa", "ri", "sa", "te", "va", "zo", "gal", "mor", "ther", "quin")
# Facts in several wordings; {a} and {b} are parties, {p} a place, {m} a person, {n} a number, {d} days.
_FACTS = (
    ("{a} has agreed to a {d}-day truce with {b}.", "{a} accepted a truce of {d} days with {b}."),
    ("{m} of {a} met the envoys of {b} in {p} on Tuesday.", "The envoys of {b} held talks with {m} in {p}."),
    ("At least {n} people were killed in the shelling of {p}.", "Shelling of {p} killed {n} people."),
    ("{b} will open the road to {p} if {a} withdraws its guns.", "{b} opens the road to {p} if {a} withdraws."),
    ("{a} denied that its drones struck the port of {p}.", "Drones of {a} struck the port of {p}, {b} said."),
    ("“We will not leave {p} before the prisoners are free,” {m} said.", "“We will not leave {p},” {m} told us."),
    ("{n} trucks with aid crossed into {p} on Monday.", "A convoy of {n} aid trucks reached {p}."),
    ("{b} rejected the map that {a} had sent to {p}.", "The map of {a} was turned down by {b} in {p}."),
)  # fmt: skip


def name(chance: random.Random) -> str:
    """Return an invented name."""
    return "".join(chance.choices(_SOUNDS, k=3)).capitalize()


def reports(count: int) -> Iterator[Report]:
    """Yield invented reports, those of an event in a row."""
    chance = random.Random(_SEED)
    words: dict[str, object] = {}
    for i in range(count):
        if i % _REPORTS == 0:
            words = {"a": name(chance), "b": name(chance), "p": name(chance), "m": f"{name(chance)} {name(chance)}"}
            words |= {"n": chance.randint(3, 90), "d": chance.choice((10, 20, 30, 60, 90))}
        told = chance.sample(_FACTS, 6)
        text = "\n\n".join(chance.choice(ways).format(**words) for ways in told)
        day = datetime.date(2031, 1, 1) + datetime.timedelta(days=i // _REPORTS % 300)
        yield Report(id=f"{i:06}", path=f"{i:06}", sha256=f"{i:06}", text=text, published=day)


def rare_words(base: Sequence[Reading]) -> frozenset[str]:
    """Return the words that few readings have: two events share the words of war, and not those of one report."""
    spread = Counter(w for r in base for w in {w for c in r.clauses for w in (*c.words, c.predicate)})
    return frozenset(w for w, n in spread.items() if n <= _RARE * len(base) and not w.startswith("@"))


def renamed(reading: Reading, number: int, rare: Set[str]) -> Reading:
    """Return a reading as if of another event: its names in other letters, of the same length, so that spans hold.

    Args:
        reading: a reading.
        number: of the event; 0 gives the reading itself.
        rare: words that are another event's own, too: they are compared with the number behind them.
    """
    if not number:
        return reading
    letters = list("bcdfghklmnprstvwz")
    random.Random(number).shuffle(letters)
    other = dict(zip("bcdfghklmnprstvwz", letters, strict=True))
    other |= {c.upper(): d.upper() for c, d in other.items()}
    tokens = {t for a in reading.actors for t in _NAME.findall(" ".join((a.name, *a.aliases)))}
    new = {t: t[0] + "".join(other.get(c, c) for c in t[1:]) for t in sorted(tokens)}
    raw = msgspec.msgpack.encode(reading).decode("latin-1")
    found = _NAME.sub(lambda m: new.get(m[0], m[0]), raw)
    other_names = msgspec.msgpack.decode(found.encode("latin-1"), type=Reading)
    own = {w: f"{w}{number}" for w in rare}
    clauses = (
        msgspec.structs.replace(
            c, words=tuple(own.get(w, w) for w in c.words), predicate=own.get(c.predicate, c.predicate)
        )
        for c in other_names.clauses
    )
    return msgspec.structs.replace(other_names, clauses=tuple(clauses))


def pile(base: Sequence[Reading], count: int) -> tuple[Reading, ...]:
    """Return so many readings, those of an event close to each other: the base itself, then the base renamed."""
    found, rare = [], rare_words(base)
    for i in range(count):
        one = renamed(base[i % len(base)], i // len(base), rare)
        id_ = f"{i:06}"
        report = msgspec.structs.replace(one.report, id=id_, outlet=f"{one.report.outlet or 'Paper'} {i % 97}")
        found.append(msgspec.structs.replace(one, report=report))
    return tuple(found)


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 2000, 5000, 10_000])
    parser.add_argument("--invented", type=int, default=250, help="invented reports to begin with")
    parser.add_argument("--texts", nargs="*", default=[], help="folders of reports to mix in")
    parser.add_argument("--most", type=int, default=100, help="most reports of each folder")
    parser.add_argument("--jobs", type=int, default=1)
    given = parser.parse_args()
    every = list(reports(given.invented))
    for folder in given.texts:
        every += load([folder], settings=IntakeSettings()).reports[: given.most]
    # Shuffled, so that every size has as many invented and real ones in a hundred as the others.
    random.Random(_SEED).shuffle(every)
    base = compute(tuple(every), ReadingSettings(), jobs=given.jobs)
    print(f"{given.invented} invented reports and {len(every) - given.invented} from folders to begin with", flush=True)
    before: tuple[int, float] | None = None
    for size in sorted(given.sizes):
        some = pile(base, size)
        begun, clock = time.process_time(), time.perf_counter()
        found = build(some)
        spent, waited = time.process_time() - begun, time.perf_counter() - clock
        growth = math.log(spent / before[1]) / math.log(size / before[0]) if before else float("nan")
        held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        told = f"{len(found.findings):6} findings  {held:6.0f} MB"
        print(f"{size:6} reports {spent:8.1f} s ({waited:.1f} s)  grows as n^{growth:.2f}  {told}", flush=True)
        before = (size, spent)
    return 0


if __name__ == "__main__":
    sys.exit(main())
