"""Hold the times to the quality they have: value F1 on TimeBank and AQUAINT, pinned with what was measured.

    python bench/times_gate.py [--corpus DIR] [--scorer FILE] [--update] [--allow-regression]

`bench/times_gate.json` pins the figures, a digest of the corpora, and which times were found with the right value. The
gate prints what was gained and what was lost, case by case, and fails where a figure falls. `--update` pins what is
measured now, but refuses to lower a figure without `--allow-regression`. The first line is the speed of the times
alone, without the parse, on one core.
"""

from __future__ import annotations

import datetime
import hashlib
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

import gate
from trucebook.intake.furniture import find_furniture
from trucebook.reading.parse import parse
from trucebook.reading.times import find_times
from trucebook.report import Report

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from trucebook.reading.model import Time
    from trucebook.reading.parse import Parse

ROOT = Path(__file__).parent.parent
CORPUS = ROOT.parent / "shared" / "data" / "timebank"
SCORER = ROOT.parent / "shared" / "eval" / "score_times.py"
PINNED = Path(__file__).with_suffix(".json")
PARTS = ("TimeBank", "AQUAINT")
MEASURES = ("value", "type", "relaxed")
# One time more or less of AQUAINT's 579 moves a figure by nearly two tenths; other processors round the model's numbers
# differently and may flip a few.
TOLERANCE = 0.5


class Gate(msgspec.Struct, frozen=True):
    """What is pinned.

    Attributes:
        corpus: digest of the annotated texts.
        figures: F1 in per cent, by "part measure".
        found: for each text, where the times begin that were found with the right value.
    """

    corpus: str
    figures: dict[str, float]
    found: dict[str, list[int]]


def digest_of_corpus(corpus: Path) -> str:
    """Return a digest of every annotated text, names included."""
    return gate.digest_of(p for part in PARTS for p in sorted((corpus / part).glob("*.tml")))


def measure(corpus: Path = CORPUS, scorer: Path = SCORER) -> Gate:
    """Read the corpora and return what would be pinned."""
    score = gate.scorer_at(scorer)
    figures: dict[str, float] = {}
    found: dict[str, list[int]] = {}
    for part in PARTS:
        gold = score.read_gold(str(corpus / part))
        said = {name: _times(find_times(_parsed(name, text))) for name, text in gold.items()}
        total = score.total(score.count_doc(text["times"], said[name]) for name, text in gold.items())
        figures |= {f"{part} {m}": round(100 * score.prf(total, m)[2], 1) for m in MEASURES}
        found |= {name: sorted(_right(score, text["times"], said[name])) for name, text in gold.items()}
    return Gate(digest_of_corpus(corpus), figures, found)


def pinned() -> Gate:
    """Return what is pinned."""
    return msgspec.json.decode(PINNED.read_bytes(), type=Gate)


def falls(now: Gate, before: Gate, tolerance: float = TOLERANCE) -> list[str]:
    """Return a line for every figure that is below its floor."""
    return gate.falls(now, before, tolerance)


def speed(corpus: Path = CORPUS, scorer: Path = SCORER, *, texts: int = 60, rounds: int = 5) -> float:
    """Return how many words a second the times alone take: the best of some rounds over texts parsed before."""
    gold = gate.scorer_at(scorer).read_gold(str(corpus / PARTS[0]))
    parses = [_parsed(name, gold[name]) for name in list(gold)[:texts]]
    words = sum(len(p.prose.split()) for p in parses)
    return words / min(_seconds(parses) for _ in range(rounds))


def _seconds(parses: Sequence[Parse]) -> float:
    start = time.process_time()
    for one in parses:
        find_times(one)
    return time.process_time() - start


def _parsed(name: str, text: Mapping[str, Any]) -> Parse:
    """Parse a text as intake hands it on: datelines and other furniture are marked."""
    words = text["text"]
    digest = hashlib.sha256(words.encode("utf-8")).hexdigest()
    published = datetime.date.fromisoformat(text["dct"][:10])
    report = Report(id=name, path=name, sha256=digest, text=words, published=published, furniture=find_furniture(words))
    return parse(report)


def _times(found: Sequence[Time]) -> list[dict[str, object]]:
    return [{"span": list(t.span), "type": t.type, "value": t.value or ""} for t in found]


def _right(score: Any, gold: Sequence[Any], said: Sequence[Any]) -> Iterator[int]:  # noqa: ANN401
    for g, p in score.align(gold, said):
        if gold[g]["value"] == said[p]["value"]:
            yield gold[g]["span"][0]


def main() -> None:
    """Run the gate."""
    given = gate.arguments(__doc__, CORPUS, SCORER)
    now = measure(given.corpus, given.scorer)
    print(f"times alone: {speed(given.corpus, given.scorer):,.0f} words a second")
    gate.settle(now, pinned() if PINNED.exists() else now, given, PINNED, TOLERANCE)


if __name__ == "__main__":
    main()
