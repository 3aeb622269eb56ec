"""Tag and link the texts of a part of the corpus, and write them as the scorer reads predictions.

python training/attribution/evaluate.py --model src/trucebook/models/attribution --texts DIR/dev/text --out dev.jsonl
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

from trucebook.reading.linking import link
from trucebook.reading.prose import paragraphs
from trucebook.reading.tagger import Tagger


def main() -> None:
    """Evaluate."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--texts", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--reports", type=int, default=0, help="of so many texts only, to try the program")
    given = parser.parse_args()
    tagger = Tagger(given.model)
    words, begun = 0, time.perf_counter()
    with given.out.open("w", encoding="utf-8") as file:
        for path in sorted(given.texts.glob("*.txt"))[: given.reports or None]:
            with path.open(encoding="utf-8", newline="") as text_file:
                text = text_file.read()
            words += len(text.split())
            found = link(tagger.tag(text, [p.span for p in paragraphs(text)]))
            rows = [
                {"content": f.content, "cue": [f.cue], "source": f.source and [f.source], "score": f.score}
                for f in found
            ]
            file.write(json.dumps({"id": path.stem, "attributions": rows}) + "\n")
    seconds = time.perf_counter() - begun
    print(f"{words} words in {seconds:.1f} s: {words / seconds:.0f} words/s")


if __name__ == "__main__":
    main()
