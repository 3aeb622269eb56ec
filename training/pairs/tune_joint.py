"""Train the network that reads two statements together, and write it as ONNX in eight bits.

    python training/pairs/tune_joint.py --pairs pairs.json --encoder DIR --weights upper.pt \
        --out src/trucebook/models/joint

`pairs.json` is what `training/pairs/texts.py --pairs` writes, `upper.pt` what `tune_encoder.py` does. The lower half
of the encoder reads each statement by itself and stays as it is; the upper half, trained here, reads the pieces of both
at once. What one statement's words make of the other's is weighed by one number a head of attention, so that neither is
the first. The answer is the likeness of the two means, and a linear layer over it. The program needs the environment of
`training/attribution`.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import torch
from export_encoder import LOWER, encoder_of, quantise, write_digests
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from export_encoder import Encoder

    Pair = tuple[str, str, str]

SEED, EPOCHS, RATE, WARM, BATCH = 1, 2, 8e-5, 20, 32
# The numbers of the attention between the two and of the answer are few, and learn so much faster.
FASTER, FAST = 30, 5
# Pieces of a text; weight of a pair of one thing, of which there are fewer; share of the answer that is dropped.
LONGEST, TRUE, DROPPED = 64, 2.5, 0.1
# The attention between the two starts weaker by so much, the answer as the cosine times this and less that.
APART, SCALE, BIAS = -1.0, 11.0, -6.0
SPREAD = 20.0


class Joint(nn.Module):
    """The upper half of an encoder over two statements at once.

    Args:
        encoder: whose upper layers it begins with.
    """

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.layers = encoder.layers[LOWER:]
        self.bias = nn.Parameter(torch.full((len(self.layers), self.layers[0].heads), APART))
        self.drop = nn.Dropout(DROPPED)
        self.had, self.dif = nn.Linear(384, 1, bias=False), nn.Linear(384, 1)
        for weight in (self.had.weight, self.dif.weight):
            nn.init.zeros_(weight)
        nn.init.constant_(self.dif.bias, BIAS)
        self.scale = nn.Parameter(torch.tensor(SCALE))

    def forward(self, states: Tensor, sides: Tensor) -> Tensor:
        """Map the lower half's (pairs, pieces, 384) to logits; `sides` is 0 and 1 for the two, 2 for padding."""
        padding = (sides == 2)[:, None, None].to(states.dtype) * -1e4
        other = (sides[:, :, None] != sides[:, None, :])[:, None].to(states.dtype)
        x = states
        for layer, bias in zip(self.layers, self.bias, strict=True):
            x = layer(x, padding + other * bias[None, :, None, None])
        one, two = (self._mean(x.float(), sides == side) for side in (0, 1))
        product, difference = one * two, (one - two).abs()
        answer = self.had(self.drop(product * SPREAD)) + self.dif(self.drop(difference * SPREAD))
        logits: Tensor = self.scale * product.sum(1) + answer.squeeze(1)
        return logits

    @staticmethod
    def _mean(x: Tensor, of: Tensor) -> Tensor:
        kept = of[:, :, None].to(x.dtype)
        return functional.normalize((x * kept).sum(1) / kept.sum(1), dim=1)


class Batch(NamedTuple):
    """Pairs ready to be read: states (pairs, pieces, 384), sides (pairs, pieces)."""

    states: Tensor
    sides: Tensor


class Lower:
    """The lower half of the encoder, which reads each text once.

    Args:
        encoder: the encoder.
        tokenizer: file of its tokeniser.
    """

    def __init__(self, encoder: Encoder, tokenizer: Path) -> None:
        self._encoder, self._layers = encoder.eval(), list(encoder.layers[:LOWER])
        self._pieces = Tokenizer.from_file(str(tokenizer))
        self._pieces.no_padding()
        self._pieces.enable_truncation(LONGEST)
        self._known: dict[str, Tensor] = {}

    def of(self, text: str) -> Tensor:
        """Return what it makes of a text, (pieces, 384)."""
        if text not in self._known:
            ids, model = self._pieces.encode(text).ids, self._encoder
            row, places = torch.tensor([ids]), torch.arange(len(ids))
            with torch.no_grad():
                x = model.norm(model.words(row) + model.positions(places)[None] + model.sorts.weight[0])
                for layer in self._layers:
                    layer.eval()
                    x = layer(x, torch.zeros(1, 1, 1, len(ids)))
            self._known[text] = x[0]
        return self._known[text]

    def batch(self, pairs: Sequence[Pair]) -> Batch:
        """Return pairs ready to be read."""
        both = [(self.of(a), self.of(b)) for a, b, _ in pairs]
        states = [torch.cat(of) for of in both]
        sides = [torch.cat([torch.zeros(len(a)), torch.ones(len(b))]).long() for a, b in both]
        pad = nn.utils.rnn.pad_sequence
        return Batch(pad(states, batch_first=True), pad(sides, batch_first=True, padding_value=2))


def batches(pairs: Sequence[Pair]) -> Iterator[Sequence[Pair]]:
    """Yield the batches of one epoch: at random, of pairs about as long as each other."""
    order = random.sample(list(pairs), len(pairs))
    for start in range(0, len(order), BATCH * 8):
        some = sorted(order[start : start + BATCH * 8], key=lambda p: len(p[0]) + len(p[1]))
        cut = [some[i : i + BATCH] for i in range(0, len(some), BATCH)]
        yield from random.sample(cut, len(cut))


def train(model: Joint, lower: Lower, pairs: Sequence[Pair]) -> None:
    """Train, the rate rising over the first steps and falling to nothing."""
    groups = [
        {"params": list(model.layers.parameters()), "lr": RATE},
        {"params": [model.bias, model.scale], "lr": RATE * FASTER},
        {"params": [*model.had.parameters(), *model.dif.parameters()], "lr": RATE * FAST},
    ]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    rates = [group["lr"] for group in optimizer.param_groups]
    total, step = EPOCHS * -(-len(pairs) // BATCH), 0
    model.train()
    for _ in range(EPOCHS):
        seen = []
        for some in batches(pairs):
            step += 1
            for group, rate in zip(optimizer.param_groups, rates, strict=True):
                group["lr"] = rate * min(1.0, step / WARM) * max(0.0, 1 - (step - 1) / total)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                logits = model(*lower.batch(some))
            truth = torch.tensor([float(verdict != "apart") for _, _, verdict in some])
            loss = functional.binary_cross_entropy_with_logits(logits.float(), truth, pos_weight=torch.tensor(TRUE))
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            seen.append(loss.item())
            if step % 50 == 0:
                print(f"step {step} of {total}: loss {sum(seen[-50:]) / len(seen[-50:]):.3f}", flush=True)


def export(model: Joint, out: Path) -> None:
    """Write the network in eight bits, for one pair at a time, and its digest."""
    out.mkdir(parents=True, exist_ok=True)
    states, sides = torch.randn(1, 24, 384), torch.tensor([[0] * 10 + [1] * 14])
    axes: Mapping[str, Mapping[int, str]] = {"states": {1: "pieces"}, "sides": {1: "pieces"}}
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        exact = Path(folder) / "exact.onnx"
        torch.onnx.export(
            model.eval(),
            (states, sides),
            str(exact),
            input_names=["states", "sides"],
            output_names=["logits"],
            dynamic_axes=axes,
            opset_version=17,
            dynamo=False,
        )
        quantise(exact, out / "joint.onnx")
    write_digests(out, ("joint.onnx",))


def main() -> None:
    """Train and export."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=Path, required=True)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    torch.manual_seed(SEED)
    torch.set_num_threads(1)
    random.seed(SEED)
    events: dict[str, list[Pair]] = json.loads(given.pairs.read_text(encoding="utf-8"))
    encoder = encoder_of(given.encoder)
    encoder.load_state_dict(torch.load(given.weights))
    lower, model = Lower(encoder, given.encoder / "tokenizer.json"), Joint(encoder)
    train(model, lower, [pair for _, pairs in sorted(events.items()) for pair in pairs])
    export(model, given.out)


if __name__ == "__main__":
    main()
