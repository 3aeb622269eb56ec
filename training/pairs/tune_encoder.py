"""Tune the sentence encoder on invented events and judged pairs, so that two tellings of one fact lie near each other.

    python training/pairs/tune_encoder.py --texts texts.json --encoder DIR --out src/trucebook/models/sentences

`texts.json` is what `training/pairs/texts.py` writes. The embeddings and the lower half of the layers stay as they are.
Of an invented event every statement meets all those of the other reports: what tells the same fact is drawn together,
everything else is pushed apart, the nearest most (Oord et al., "Representation learning with contrastive predictive
coding", 2018), beside a logistic loss on each pair. The program needs the environment of `training/attribution`.
"""

from __future__ import annotations

import argparse
import json
import random
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import torch
from export_encoder import LOWER as FROZEN
from export_encoder import encoder_of, export
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from export_encoder import Encoder

SEED, EPOCHS, RATE, WARM = 0, 2, 5e-5, 5
# Word pieces of a text; judged pairs a step; how sharply near misses count.
LONGEST, PAIRS, SHARPNESS = 96, 48, 20.0
# Weight of the contrast beside the logistic loss, and of a true pair in the latter: there are far fewer of them.
CONTRAST, TRUE = 0.3, 4.0


class Lower(NamedTuple):
    """A text as the frozen layers leave it, (pieces, 384)."""

    states: Tensor


class Head(nn.Module):
    """What makes of a cosine the logit of two texts telling one fact."""

    def __init__(self) -> None:
        super().__init__()
        self.scale = nn.Parameter(torch.tensor(12.0))
        self.bias = nn.Parameter(torch.tensor(-7.0))

    def forward(self, cosine: Tensor) -> Tensor:
        """Map cosines to logits."""
        logits: Tensor = cosine * self.scale + self.bias
        return logits


class Tuner:
    """The encoder's upper layers in training, over texts that the lower ones have read once.

    Args:
        model: the encoder.
        texts: every text that is trained on.
        tokenizer: file of the tokeniser.
    """

    def __init__(self, model: Encoder, texts: Sequence[str], tokenizer: Path) -> None:
        self.model, self.head = model, Head()
        for part in (model.words, model.positions, model.sorts, model.norm, *model.layers[:FROZEN]):
            part.requires_grad_(requires_grad=False)
        pieces = Tokenizer.from_file(str(tokenizer))
        pieces.no_padding()
        pieces.enable_truncation(LONGEST)
        self._known = {text: self._lower(pieces.encode(text).ids) for text in sorted(set(texts))}

    def _lower(self, ids: Sequence[int]) -> Lower:
        model, row = self.model, torch.tensor([ids])
        with torch.no_grad():
            x = model.norm(model.words(row) + model.positions(torch.arange(len(ids)))[None] + model.sorts.weight[0])
            for layer in model.layers[:FROZEN]:
                x = layer(x, torch.zeros(1, 1, 1, len(ids)))
        return Lower(x[0])

    def vectors(self, texts: Sequence[str]) -> Tensor:
        """Return the vectors of texts, (texts, 384), each of length one."""
        states = [self._known[t].states for t in texts]
        x = nn.utils.rnn.pad_sequence(states, batch_first=True)
        present = torch.arange(x.shape[1])[None] < torch.tensor([len(s) for s in states])[:, None]
        mask = (1.0 - present[:, None, None].to(x.dtype)) * -1e4
        with torch.autocast("cpu", dtype=torch.bfloat16):
            for layer in self.model.layers[FROZEN:]:
                x = layer(x, mask)
        kept = present[:, :, None].to(torch.float32)
        mean = (x.float() * kept).sum(dim=1) / kept.sum(dim=1)
        return functional.normalize(mean, dim=1)

    def event_loss(self, event: Sequence[tuple[str, int, str]]) -> Tensor:
        """Return the loss of an invented event: (words, number of the fact, report) each."""
        found = self.vectors([words for words, _, _ in event])
        cosines = found @ found.T
        facts = torch.tensor([fact for _, fact, _ in event])
        names = sorted({report for _, _, report in event})
        of = torch.tensor([names.index(report) for _, _, report in event])
        other = of[:, None] != of[None]
        one = (facts[:, None] == facts[None]) & other
        chances = functional.log_softmax((cosines * SHARPNESS).masked_fill(~other, -1e4), dim=1)
        contrast = -torch.logsumexp(chances.masked_fill(~one, -1e4), dim=1)[one.any(dim=1)].mean()
        upper = torch.triu(other, 1)
        logits, truth = self.head(cosines[upper]), one[upper].float()
        pairs = functional.binary_cross_entropy_with_logits(logits, truth, pos_weight=torch.tensor(TRUE))
        return CONTRAST * contrast + pairs

    def judged_loss(self, pairs: Sequence[tuple[str, str, int]]) -> Tensor:
        """Return the loss of judged pairs: (words, words, 1 for one thing)."""
        some = random.sample(list(pairs), min(PAIRS, len(pairs)))
        cosines = (self.vectors([a for a, _, _ in some]) * self.vectors([b for _, b, _ in some])).sum(dim=1)
        truth = torch.tensor([float(x) for _, _, x in some])
        return functional.binary_cross_entropy_with_logits(self.head(cosines), truth)


def losses(tuner: Tuner, data: Mapping[str, Mapping[str, list[tuple[str, int, str]]]]) -> Iterator[Tensor]:
    """Yield the losses of one epoch, events in random order."""
    jobs = [(kind, name) for kind in ("invented", "judged") for name in sorted(data[kind])]
    random.shuffle(jobs)
    for kind, name in jobs:
        yield tuner.event_loss(data[kind][name]) if kind == "invented" else tuner.judged_loss(data[kind][name])  # type: ignore[arg-type]


def tune(tuner: Tuner, data: Mapping[str, Mapping[str, list[tuple[str, int, str]]]]) -> None:
    """Train, the rate rising over the first steps and falling to nothing."""
    upper = [p for layer in tuner.model.layers[FROZEN:] for p in layer.parameters()]
    groups = [{"params": upper, "lr": RATE}, {"params": list(tuner.head.parameters()), "lr": 0.01}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    total, step = EPOCHS * sum(len(data[kind]) for kind in data), 0
    tuner.model.train()
    for _ in range(EPOCHS):
        seen = []
        for loss in losses(tuner, data):
            step += 1
            groups[0]["lr"] = optimizer.param_groups[0]["lr"] = RATE * min(1.0, step / WARM) * (1 - (step - 1) / total)
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(upper, 1.0)
            optimizer.step()
            seen.append(loss.item())
            if step % 10 == 0:
                print(f"step {step} of {total}: loss {sum(seen) / len(seen):.3f}", flush=True)


def main() -> None:
    """Tune and export."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=Path, required=True)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    torch.manual_seed(SEED)
    # One thread: batches are small, and two would wait for each other.
    torch.set_num_threads(1)
    random.seed(SEED)
    data = json.loads(given.texts.read_text(encoding="utf-8"))
    texts = [words for event in data["invented"].values() for words, _, _ in event]
    texts += [words for pairs in data["judged"].values() for a, b, _ in pairs for words in (a, b)]
    tuner = Tuner(encoder_of(given.encoder), texts, given.encoder / "tokenizer.json")
    tune(tuner, data)
    export(tuner.model, given.encoder, given.out)


if __name__ == "__main__":
    main()
