"""Hold the attributions to the quality they have: figures on PolNeAR's dev part, pinned with what was measured.

    python bench/attribution_gate.py [--corpus DIR] [--scorer FILE] [--update] [--allow-regression]

`bench/attribution_gate.json` pins the figures, a digest of the corpus and the weights, and which attributions of the
corpus were found. The gate prints what was gained and what was lost, case by case, and fails where a figure falls.
`--update` pins what is measured now, but refuses to lower a figure without `--allow-regression`.
"""

from __future__ import annotations

import hashlib
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

import gate
from trucebook.reading.read import read_report
from trucebook.report import Report

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

ROOT = Path(__file__).parent.parent
CORPUS = ROOT.parent / "shared" / "data" / "polnear" / "dev"
SCORER = ROOT.parent / "shared" / "eval" / "score_attribution.py"
PINNED = Path(__file__).with_suffix(".json")
# One attribution more or less of some 2,200 moves a figure by half of a tenth; other processors round the model's
# numbers differently and may flip a few.
TOLERANCE = 0.3
FIGURES = (
    ("all", "e2e_dice50"),
    ("quoted", "e2e_dice50"),
    ("indirect", "e2e_dice50"),
    ("all", "content_dice50"),
    ("all", "triple_dice50"),
)


class Gate(msgspec.Struct, frozen=True):
    """What is pinned.

    Attributes:
        corpus: digest of the texts and annotations.
        weights: digest of the tagger's model.
        figures: F1 in per cent, by "subset metric".
        found: for each report, where the contents begin of the attributions that were found, source and all.
    """

    corpus: str
    weights: str
    figures: dict[str, float]
    found: dict[str, list[int]]


def digest_of_corpus(corpus: Path) -> str:
    """Return a digest of every file of the corpus, names included."""
    return gate.digest_of(sorted(p for folder in ("attributions", "text") for p in (corpus / folder).iterdir()))


def digest_of_weights() -> str:
    """Return the digest of the model that ships."""
    model = resources.files("trucebook") / "models" / "attribution" / "tagger.onnx"
    return hashlib.sha256(model.read_bytes()).hexdigest()


def measure(corpus: Path = CORPUS, scorer: Path = SCORER) -> Gate:
    """Read the corpus and return what would be pinned."""
    score = gate.scorer_at(scorer)
    gold = score.load_gold([str(corpus)])
    said = {name: _attributions(name, text.raw) for name, (text, _) in gold.items()}
    result = score.score(gold, said)
    figures = {f"{subset} {metric}": round(100 * result[subset][metric]["F1"], 1) for subset, metric in FIGURES}
    found = {
        name: sorted(_found(score, text, next(iter(by.values())), said[name])) for name, (text, by) in gold.items()
    }
    return Gate(digest_of_corpus(corpus), digest_of_weights(), figures, found)


def pinned() -> Gate:
    """Return what is pinned."""
    return msgspec.json.decode(PINNED.read_bytes(), type=Gate)


def falls(now: Gate, before: Gate, tolerance: float = TOLERANCE) -> list[str]:
    """Return a line for every figure that is below its floor."""
    return gate.falls(now, before, tolerance)


def changes(now: Gate, before: Gate) -> Iterator[str]:
    """Yield a line for every attribution that is found now and was not, or was and is not."""
    return gate.changes(now, before)


def _attributions(name: str, text: str) -> list[Mapping[str, Any]]:
    digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
    reading = read_report(Report(id=name, path=name, sha256=digest, text=text))
    return [{"content": a.content, "source": a.source, "cue": a.cue} for a in reading.attributions]


def _found(score: Any, text: Any, gold: Sequence[Any], said: Sequence[Any]) -> Iterator[int]:  # noqa: ANN401
    """Where the contents of the attributions begin that were found with their sources."""
    wanted, given = score.items(text, gold), score.items(text, said)
    pairs = [
        ((share, source), g, p)
        for g, a in enumerate(wanted)
        for p, b in enumerate(given)
        if (share := score.dice(a.cw, b.cw)) >= score.DICE_MIN and score.same_or_dice(a.sw, b.sw)
        for source in [score.dice(a.sw, b.sw)]
    ]
    yield from (gold[g]["content"][0][0] for g, _ in score.greedy(pairs))


def main() -> None:
    """Run the gate."""
    given = gate.arguments(__doc__, CORPUS, SCORER)
    now = measure(given.corpus, given.scorer)
    gate.settle(now, pinned() if PINNED.exists() else now, given, PINNED, TOLERANCE)


if __name__ == "__main__":
    main()
