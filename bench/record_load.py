"""Measure what adding and searching cost in a small case and in a large one.

    python bench/record_load.py [--case PLACE] [--reports N]

The reading is a stub that finds the sentences, so that the store alone is measured: a real reading takes many times as
long and would hide it. Texts are invented words in the frequencies of English (Zipf), 400 a report, all different.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import re
import statistics
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from trucebook.reading.model import Clause, Paragraph, Reading, Sentence
from trucebook.reading.read import ReadingSettings
from trucebook.record.adding import Incoming, add
from trucebook.record.case import open_case
from trucebook.record.maker import Maker
from trucebook.record.search import search
from trucebook.report import Report
from trucebook.span import Span

if TYPE_CHECKING:
    from trucebook.record.case import Case

_MAKER = Maker(program="stub", rules="0" * 64, settings=ReadingSettings(model="stub"), packages={})
_WORDS = 400
# Additions to one case before the other has its turn.
_IN_TURN = 10
_VOCABULARY = [
    f"{a}{b}{c}" for a in "bdfgklmnprst" for b in ("a", "e", "io", "ou") for c in ("rn", "l", "sta", "m", "ven")
]
_WEIGHTS = [1 / rank for rank in range(1, len(_VOCABULARY) + 1)]
_SENTENCE = re.compile(r"[^.]+\.")


def report(number: int, chance: random.Random) -> Report:
    """Return an invented report."""
    words = chance.choices(_VOCABULARY, _WEIGHTS, k=_WORDS)
    words[7::20] = [w + "." for w in words[7::20]]
    text = " ".join(words) + f" no{number}."
    sha = hashlib.sha256(text.encode()).hexdigest()
    return Report(id=f"r{number}", path=f"r{number}.txt", sha256=sha, text=text, url=f"https://quay.example/{number}")


def read(told: Report) -> Reading:
    """Return the sentences of a report, each as a clause."""
    spans = [Span(*m.span()) for m in _SENTENCE.finditer(told.text)]
    return Reading(
        report=told,
        paragraphs=(Paragraph(span=Span(0, told.length)),),
        sentences=tuple(Sentence(span=s, paragraph=0) for s in spans),
        clauses=tuple(
            Clause(span=s, sentence=i, predicate="be", words=tuple(s.of(told.text).split()))
            for i, s in enumerate(spans)
        ),
    )


def fill(case: Case, first: int, count: int) -> list[tuple[float, float]]:
    """Add reports, and return the seconds that each took, on the clock and of this process's processor."""
    chance, times = random.Random(first), []
    for number in range(first, first + count):
        told = report(number, chance)
        found = read(told)
        start, work = time.perf_counter(), time.process_time()
        add(case, Incoming(report=told, original=told.text.encode()), found, _MAKER, user="bench")
        times.append((time.perf_counter() - start, time.process_time() - work))
    return times


def searched(case: Case) -> list[float]:
    """Return the seconds that searches took: for rare words, common ones and a phrase."""
    times = []
    for asked in ["no17", *_VOCABULARY[:10], *_VOCABULARY[100:110], f'"{_VOCABULARY[0]} {_VOCABULARY[1]}"'] * 3:
        start = time.perf_counter()
        search(case, asked)
        times.append(time.perf_counter() - start)
    return times


def compared(small: Case, large: Case, first: int, sample: int) -> list[list[float]]:
    """Return the median seconds of an addition to either case, in turn: what else the machine does meets both alike."""
    both: tuple[list[tuple[float, float]], ...] = ([], [])
    for number in range(first, first + sample, _IN_TURN):
        for case, times in zip((small, large), both, strict=True):
            times.extend(fill(case, number, _IN_TURN))
    return [[statistics.median(some) for some in zip(*times, strict=True)] for times in both]


def main() -> None:
    """Fill a small case and a large one, and print what adding costs in either, and what searches cost."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--case", help="a new case: a file, or a URL of PostgreSQL; without it a file that is removed")
    parser.add_argument("--reports", type=int, default=10_000, help="how many the large case has")
    parser.add_argument("--sample", type=int, default=200, help="how many additions are measured in either case")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = given.case or str(Path(folder, "b.truce"))
        with open_case(place, create=True) as large, open_case(f"{place}_small", create=True) as small:
            few = min(100, given.reports // 4)
            fill(large, 0, given.reports)
            fill(small, 0, few)
            medians = compared(small, large, given.reports, given.sample)
            times = sorted(searched(large))
    print(f"adding a report, median of {given.sample}, in turn:")
    # The clock counts what the disk and other programs take as well; the processor's time is this process's alone.
    for told, early, late in zip(("on the clock", "of processor"), *medians, strict=True):
        found = f"{early * 1000:.1f} ms at {few}, {late * 1000:.1f} ms at {given.reports}"
        print(f"  {told}: {found}, ratio {late / early:.2f}")
    print(
        f"search at {given.reports}: median {statistics.median(times) * 1000:.0f} ms, slowest {times[-1] * 1000:.0f} ms"
    )


if __name__ == "__main__":
    main()
