"""Measure how fast reports are read on one core and in how much memory, against programs that do part of it.

    python bench/read_speed.py [PATH...] [--repeat N] [--rounds N] [--model NAME]

Three readers get the same texts in the same run, each in processes of its own, in turn:

    trucebook   its reading: sentences, quotations and who said them, actors, times, quantities, statements
    spacy       spaCy's pipeline alone, with the same model, in batches as its manual advises
    textacy     spaCy's pipeline and textacy's direct_quotations, where textacy is installed

Of Trucebook's time the table then tells what goes to the encoder of the attribution tagger, to spaCy and to the rest.

What is timed is the reading, in seconds of the processor, so that other programs do not count: texts and model are
loaded and one text has been read before the clock starts. Memory is the most that the process ever held, model
included. The figures are medians over the rounds.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import resource
import statistics
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from unittest import mock

from trucebook.api import intake_settings, take_in
from trucebook.reading import parse, tagger
from trucebook.reading.pipeline import DEFAULT_MODEL, annotate, pipeline
from trucebook.reading.read import ReadingSettings, read_report

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from trucebook.report import Report

EXAMPLES = Path(__file__).parent.parent / "examples" / "velonia"
READERS = ("trucebook", "spacy", "textacy")
# One thread each: what is compared is the work on one core.
_ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS"), "1")


class Found(NamedTuple):
    """What a reader made of the texts.

    Attributes:
        quotations: how many quotations it found a speaker for; None where it looks for none.
        failures: texts that it gave up.
    """

    quotations: int | None
    failures: int


class Figures(NamedTuple):
    """What one round of one reader came to.

    Attributes:
        words: how many it was given.
        seconds: how long the reading took.
        mebibytes: the most memory that its process held.
        quotations: how many it found a speaker for; None where it looks for none.
        failures: texts that it gave up.
        shares: of the seconds, how much went to which part; empty where there are no parts.
    """

    words: int
    seconds: float
    mebibytes: float
    quotations: int | None
    failures: int
    shares: dict[str, float]


def read_with_trucebook(reports: Sequence[Report], model: str) -> Found:
    """Read with trucebook."""
    settings = ReadingSettings(model=model)
    readings = (read_report(report, settings) for report in reports)
    return Found(sum(a.kind != "indirect" and a.speaker is not None for r in readings for a in r.attributions), 0)


def read_with_spacy(reports: Sequence[Report], model: str) -> Found:
    """Parse with spaCy alone."""
    for _ in pipeline(model).pipe(report.text for report in reports):
        pass
    return Found(None, 0)


def read_with_textacy(reports: Sequence[Report], model: str) -> Found:
    """Parse with spaCy and look for quotations with textacy, which gives up a text whose marks do not pair."""
    from textacy.extract.triples import direct_quotations  # noqa: PLC0415  an extra of this comparison alone

    quotations = failures = 0
    for doc in pipeline(model).pipe(report.text for report in reports):
        try:
            quotations += sum(1 for _ in direct_quotations(doc))
        except ValueError:
            failures += 1
    return Found(quotations, failures)


@contextmanager
def timed_parts() -> Iterator[dict[str, float]]:
    """Count the processor's seconds that the encoder and spaCy take while reports are read, each in its thread."""
    seconds = {"encoder": 0.0, "spacy": 0.0}

    def timed(part: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: object, **named: object) -> object:
            start = time.thread_time()
            try:
                return function(*args, **named)
            finally:
                seconds[part] += time.thread_time() - start

        return call

    session = tagger.shipped()._session  # noqa: SLF001  there is no public way to the encoder alone
    with (
        mock.patch.object(session, "run", timed("encoder", session.run)),
        mock.patch.object(parse, "annotate", timed("spacy", annotate)),
    ):
        yield seconds


def measure(reader: str, reports: Sequence[Report], model: str) -> Figures:
    """Read all reports with one reader, once, in this process."""
    read = {"trucebook": read_with_trucebook, "spacy": read_with_spacy, "textacy": read_with_textacy}[reader]
    read(reports[:1], model)
    with timed_parts() as parts:
        start = time.process_time()
        found = read(reports, model)
        seconds = time.process_time() - start
    shares = {name: part / seconds for name, part in parts.items()} if reader == "trucebook" else {}
    # Linux counts in KiB, macOS in bytes.
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)
    return Figures(sum(len(report.text.split()) for report in reports), seconds, peak, *found, shares)


def run_apart(reader: str, options: argparse.Namespace) -> Figures:
    """Run one round of one reader in a fresh process on one core."""
    line = [
        sys.executable,
        __file__,
        *map(str, options.paths),
        "--repeat",
        str(options.repeat),
        "--model",
        options.model,
    ]
    done = subprocess.run([*line, "--reader", reader], env=os.environ | _ONE_THREAD, check=True, stdout=subprocess.PIPE)
    return Figures(*json.loads(done.stdout))


def table(rounds: dict[str, list[Figures]]) -> str:
    """Lay the medians out, a line a reader."""
    medians = {
        reader: (
            statistics.median(f.words / f.seconds for f in figures),
            statistics.median(f.mebibytes for f in figures),
        )
        for reader, figures in rounds.items()
    }
    lines = [f"{'reader':<10} {'words/s':>9} {'of spacy':>9} {'peak MiB':>9} {'quotations':>11} {'texts given up':>15}"]
    for reader, (speed, memory) in medians.items():
        last = rounds[reader][-1]
        share = f"{speed / medians['spacy'][0]:.0%}"
        quotations = "-" if last.quotations is None else str(last.quotations)
        lines.append(f"{reader:<10} {speed:>9,.0f} {share:>9} {memory:>9.0f} {quotations:>11} {last.failures:>15}")
    return "\n".join([*lines, *shares(rounds["trucebook"])])


def shares(figures: Sequence[Figures]) -> list[str]:
    """Tell in a line what of the reading's time goes to which part."""
    medians = {name: statistics.median(f.shares[name] for f in figures) for name in figures[0].shares}
    parts = {**medians, "rest": 1 - sum(medians.values())} if medians else {}
    return ["of trucebook's time: " + ", ".join(f"{name} {part:.0%}" for name, part in parts.items())] if parts else []


def arguments() -> argparse.Namespace:
    """Return what the user asks for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("paths", nargs="*", default=[EXAMPLES], help="files or folders of reports (the examples)")
    parser.add_argument("--repeat", type=int, default=10, help="read each text so many times a round (%(default)s)")
    parser.add_argument("--rounds", type=int, default=3, help="rounds, of which the median counts (%(default)s)")
    parser.add_argument("--model", default=DEFAULT_MODEL, help="spaCy package or model folder (%(default)s)")
    parser.add_argument("--reader", choices=READERS, help=argparse.SUPPRESS)
    return parser.parse_args()


def main() -> None:
    """Measure every reader and print the table; as a child, measure one and print its figures."""
    options = arguments()
    reports = take_in([str(path) for path in options.paths], intake_settings(None, None)).reports
    if options.reader:
        if hasattr(os, "sched_setaffinity"):
            os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
        print(json.dumps(measure(options.reader, reports * options.repeat, options.model)))
        return
    readers = [r for r in READERS if r != "textacy" or importlib.util.find_spec("textacy")]
    rounds: dict[str, list[Figures]] = {reader: [] for reader in readers}
    for _ in range(options.rounds):
        for reader in readers:
            rounds[reader].append(run_apart(reader, options))
    words = rounds["spacy"][0].words
    print(f"{len(reports)} texts, each {options.repeat} times: {words:,} words; {options.rounds} rounds; one core")
    print(table(rounds))
    if "textacy" not in readers:
        print("textacy is not installed: pip install 'trucebook[bench]'")


if __name__ == "__main__":
    main()
