"""Tune the sentence encoder, so that two tellings of one fact lie near each other.

    python training/pairs/tune_encoder.py --texts texts.json --encoder DIR --out src/trucebook/models/sentences \
        --weights upper.pt

It is tuned on the sets of wordings, and on the invented events that `training/pairs/texts.py` writes. The embeddings
and the lower half of the layers stay as they are. The lines of some sets, and the facts of an event, all meet each
other: what tells the same fact is drawn together, everything else is pushed apart, the nearest most (Oord et al.,
"Representation learning with contrastive predictive coding", 2018), beside a logistic loss on each pair, in which what
contradicts a fact is of one thing with it. In the end the tuned weights are mixed with those from before, which keeps
more of what the encoder knew of other texts (Wortsman et al., "Robust fine-tuning of zero-shot models", CVPR 2022).
`--weights` keeps the tuned half for `tune_joint.py`. The program needs the environment of `training/attribution`.
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
from wordings import wordings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from export_encoder import Encoder
    from wordings import Wordings

    # Words, number of the fact, its version, report.
    Told = tuple[str, str, str, str]

SEED, EPOCHS, RATE, WARM = 0, 2, 5e-5, 5
# Word pieces of a text; sets a step; how sharply near misses count.
LONGEST, SETS, SHARPNESS = 96, 12, 20.0
# Share of the tuned weights in what they are mixed to.
TUNED = 0.75
# Weight of the contrast beside the logistic loss, and in the latter of a pair of one thing, of one of two facts of a
# set, and of one of two sets, of which there are by far the most.
CONTRAST, ONE, BESIDE, STRANGE = 0.3, 4.0, 3.0, 0.3


class Lines(NamedTuple):
    """What some lines are to each other, as matrices over all of them, (lines, lines) of booleans.

    Attributes:
        texts: the lines.
        same: two wordings of one fact.
        differs: a wording and what contradicts it.
        beside: two facts of one set or event.
        strange: lines of two sets.
    """

    texts: list[str]
    same: Tensor
    differs: Tensor
    beside: Tensor
    strange: Tensor


def lines_of(some: Sequence[Wordings]) -> Lines:
    """Return what the lines of some sets are to each other."""
    texts, kinds, sets = [], [], []
    for number, one in enumerate(some):
        for kind, lines in enumerate((one.same, [words for _, words in one.against], one.beside)):
            texts += lines
            kinds += [kind] * len(lines)
            sets += [number] * len(lines)
    kind, of = torch.tensor(kinds), torch.tensor(sets)
    a, b, own = kind[:, None], kind[None], of[:, None] == of[None]
    same = own & (a == 0) & (b == 0) & ~torch.eye(len(texts), dtype=torch.bool)
    return Lines(texts, same, own & (a + b == 1), own & ((a == 2) ^ (b == 2)), ~own)


def facts_of(event: Sequence[Told]) -> Lines:
    """Return what the facts of an event are to each other, as the reports tell them; within a report nothing is."""
    texts, facts, versions, reports = (list(column) for column in zip(*event, strict=True))
    fact, version, report = (_equal(column) for column in (facts, versions, reports))
    return Lines(texts, fact & version & ~report, fact & ~version & ~report, ~fact & ~report, torch.zeros_like(fact))


def _equal(column: Sequence[str]) -> Tensor:
    """Which of some values are the same, (values, values)."""
    known = sorted(set(column))
    of = torch.tensor([known.index(x) for x in column])
    return of[:, None] == of[None]


class Head(nn.Module):
    """What makes of a cosine the logit of two texts being of one thing."""

    def __init__(self) -> None:
        super().__init__()
        self.scale = nn.Parameter(torch.tensor(12.0))
        self.bias = nn.Parameter(torch.tensor(-7.0))

    def forward(self, cosine: Tensor) -> Tensor:
        """Map cosines to logits."""
        logits: Tensor = cosine * self.scale + self.bias
        return logits


class Tuner:
    """The encoder's upper layers in training, over texts that the lower ones read once.

    Args:
        model: the encoder.
        tokenizer: file of the tokeniser.
    """

    def __init__(self, model: Encoder, tokenizer: Path) -> None:
        self.model, self.head = model, Head()
        for part in (model.words, model.positions, model.sorts, model.norm, *model.layers[:FROZEN]):
            part.requires_grad_(requires_grad=False)
        self._pieces = Tokenizer.from_file(str(tokenizer))
        self._pieces.no_padding()
        self._pieces.enable_truncation(LONGEST)
        self._known: dict[str, Tensor] = {}

    def _lower(self, text: str) -> Tensor:
        """A text as the frozen layers leave it, (pieces, 384)."""
        if text not in self._known:
            ids, model = self._pieces.encode(text).ids, self.model
            with torch.no_grad():
                places = model.positions(torch.arange(len(ids)))
                x = model.norm(model.words(torch.tensor([ids])) + places[None] + model.sorts.weight[0])
                for layer in model.layers[:FROZEN]:
                    layer.eval()
                    x = layer(x, torch.zeros(1, 1, 1, len(ids)))
            self._known[text] = x[0]
        return self._known[text]

    def vectors(self, texts: Sequence[str]) -> Tensor:
        """Return the vectors of texts, (texts, 384), each of length one."""
        states = [self._lower(t) for t in texts]
        x = nn.utils.rnn.pad_sequence(states, batch_first=True)
        present = torch.arange(x.shape[1])[None] < torch.tensor([len(s) for s in states])[:, None]
        mask = (1.0 - present[:, None, None].to(x.dtype)) * -1e4
        with torch.autocast("cpu", dtype=torch.bfloat16):
            for layer in self.model.layers[FROZEN:]:
                x = layer(x, mask)
        kept = present[:, :, None].to(torch.float32)
        mean = (x.float() * kept).sum(dim=1) / kept.sum(dim=1)
        return functional.normalize(mean, dim=1)

    def loss(self, lines: Lines) -> Tensor:
        """Return the loss of lines that meet each other."""
        vectors = self.vectors(lines.texts)
        cosines = vectors @ vectors.T
        meets = lines.same | lines.beside | lines.strange
        chances = functional.log_softmax((cosines * SHARPNESS).masked_fill(~meets, -1e4), dim=1)
        told = lines.same.any(dim=1)
        contrast = -torch.logsumexp(chances.masked_fill(~lines.same, -1e4), dim=1)[told].mean()
        one, upper = lines.same | lines.differs, torch.triu(meets | lines.differs, 1)
        weights = STRANGE * lines.strange + BESIDE * lines.beside + ONE * one
        logits = self.head(cosines[upper])
        pairs = functional.binary_cross_entropy_with_logits(logits, one[upper].float(), weight=weights[upper])
        return CONTRAST * contrast + pairs


class Data(NamedTuple):
    """What is tuned on.

    Attributes:
        sets: of wordings.
        events: the facts of each invented event.
    """

    sets: Sequence[Wordings]
    events: Sequence[Sequence[Told]]

    @property
    def steps(self) -> int:
        """How many steps an epoch has."""
        return -(-len(self.sets) // SETS) + len(self.events)


def losses(tuner: Tuner, data: Data) -> Iterator[Tensor]:
    """Yield the losses of one epoch, in random order."""
    order = random.sample(list(data.sets), len(data.sets))
    jobs = [lines_of(order[i : i + SETS]) for i in range(0, len(order), SETS)] + [facts_of(e) for e in data.events]
    random.shuffle(jobs)
    yield from map(tuner.loss, jobs)


def tune(tuner: Tuner, data: Data) -> None:
    """Train, the rate rising over the first steps and falling to nothing, and mix with what was before."""
    before = {name: weight.clone() for name, weight in tuner.model.state_dict().items()}
    upper = [p for layer in tuner.model.layers[FROZEN:] for p in layer.parameters()]
    groups = [{"params": upper, "lr": RATE}, {"params": list(tuner.head.parameters()), "lr": 0.01}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    total, step = EPOCHS * data.steps, 0
    tuner.model.train()
    for _ in range(EPOCHS):
        seen = []
        for loss in losses(tuner, data):
            step += 1
            optimizer.param_groups[0]["lr"] = RATE * min(1.0, step / WARM) * (1 - (step - 1) / total)
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(upper, 1.0)
            optimizer.step()
            seen.append(loss.item())
            if step % 50 == 0:
                print(f"step {step} of {total}: loss {sum(seen[-50:]) / len(seen[-50:]):.3f}", flush=True)
    after = tuner.model.state_dict()
    tuner.model.load_state_dict({name: torch.lerp(before[name], after[name], TUNED) for name in before})


def main() -> None:
    """Tune and export."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=Path, required=True)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--weights", type=Path, required=True)
    given = parser.parse_args()
    torch.manual_seed(SEED)
    # One thread: batches are small, and two would wait for each other.
    torch.set_num_threads(1)
    random.seed(SEED)
    tuner = Tuner(encoder_of(given.encoder), given.encoder / "tokenizer.json")
    events = json.loads(given.texts.read_text(encoding="utf-8"))
    tune(tuner, Data([s for s in wordings() if not s.kept_back], list(events.values())))
    torch.save(tuner.model.state_dict(), given.weights)
    export(tuner.model, given.encoder, given.out)


if __name__ == "__main__":
    main()
