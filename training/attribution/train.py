"""Train the attribution tagger and write a checkpoint after every epoch.

    python training/attribution/train.py --corpus ../shared/data/polnear --encoder DIR --out DIR

`--encoder` is a folder with all-MiniLM-L6-v2's `model.safetensors` and `tokenizer.json`. One thread, a fixed seed; the
products are taken in bfloat16 over master weights in float32.
"""

from __future__ import annotations

import argparse
import random
import time
from pathlib import Path
from typing import TYPE_CHECKING

import torch
from model import Shape, Tagger, load_encoder, load_layers, trained
from prepare import IGNORED, Example, examples, read_corpus
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# Words of cues and sources are few; their loss weighs more. In the order of the tags.
TAG_WEIGHTS = (1.0, 1.5, 1.0, 2.0, 2.0, 2.0, 2.0)
LINK_WEIGHT = 0.3
# With a teacher: what it weighs that the student's tags are the teacher's, and what the encoder makes of the words.
TEACHER_TAGS = 1.0
TEACHER_WORDS = 1.0


def collate(batch: Sequence[Example]) -> tuple[Tensor, ...]:
    """Pad windows to one length: ids, sorts, present, tags, links."""
    size = -(-max(len(e.ids) for e in batch) // 8) * 8
    pad = [size - len(e.ids) for e in batch]
    ids = torch.tensor([e.ids + [0] * p for e, p in zip(batch, pad, strict=True)])
    sorts = torch.tensor([e.sorts + [0] * p for e, p in zip(batch, pad, strict=True)])
    present = torch.tensor([[1] * len(e.ids) + [0] * p for e, p in zip(batch, pad, strict=True)])
    tags = torch.tensor([e.tags + [IGNORED] * p for e, p in zip(batch, pad, strict=True)])
    links = torch.tensor([[row + [IGNORED] * p for row in e.links] for e, p in zip(batch, pad, strict=True)])
    return ids, sorts, present, tags, links


def batches(found: Sequence[Example], size: int, chance: random.Random) -> Iterator[list[Example]]:
    """Yield batches of windows of like length, in random order, each of about `size` word pieces."""
    ordered = sorted(found, key=lambda e: (len(e.ids) // 16, chance.random()))
    groups: list[list[Example]] = [[]]
    for example in ordered:
        if (len(groups[-1]) + 1) * len(example.ids) > size and groups[-1]:
            groups.append([])
        groups[-1].append(example)
    chance.shuffle(groups)
    yield from groups


def loss_of(
    model: Tagger, batch: Sequence[Example], weights: Tensor, teacher: Tagger | None
) -> tuple[Tensor, float, float]:
    """Return the loss of a batch, and its two parts (tags, links) as numbers."""
    ids, sorts, present, tags, links = collate(batch)
    found = model.encode(ids, sorts, present)
    scores, origins, goals = model.scores(found)
    tag_loss = functional.cross_entropy(
        scores.float().flatten(0, 1), tags.flatten(), weight=weights, ignore_index=IGNORED
    )
    arcs = model.link_scores(origins, goals, present)
    chosen = links != IGNORED
    link_loss = functional.cross_entropy(arcs[chosen].float(), links[chosen]) if chosen.any() else tag_loss * 0
    loss = tag_loss + LINK_WEIGHT * link_loss
    if teacher is not None:
        with torch.no_grad():
            known = teacher.encode(ids, sorts, present)
        loss = loss + apart(found, known, scores, teacher.tag(known), (present.bool(), tags != IGNORED))
    return loss, tag_loss.item(), link_loss.item()


def apart(found: Tensor, known: Tensor, scores: Tensor, wanted: Tensor, where: tuple[Tensor, Tensor]) -> Tensor:
    """Return how far a student is from its teacher, in what they make of the pieces and in the tags of the words.

    Hinton, Vinyals and Dean, "Distilling the Knowledge in a Neural Network", 2015; for the encoder's last layer as in
    Jiao et al., "TinyBERT", 2020.
    """
    pieces, words = where
    tags = functional.kl_div(
        functional.log_softmax(scores[words].float(), -1),
        functional.log_softmax(wanted[words].detach().float(), -1),
        reduction="batchmean",
        log_target=True,
    )
    encoder = functional.mse_loss(found[pieces].float(), known[pieces].float())
    return TEACHER_TAGS * tags + TEACHER_WORDS * encoder


class Master:
    """AdamW over float32 copies of a bfloat16 model's weights."""

    def __init__(self, model: Tagger, rate: float, head_rate: float) -> None:
        self.pairs = [(p, p.detach().float().clone().requires_grad_()) for p in model.parameters()]
        names = [n for n, _ in model.named_parameters()]
        heads = [
            m
            for n, (_, m) in zip(names, self.pairs, strict=True)
            if n.split(".")[0] in {"tag", "origin", "goal", "sorts"}
        ]
        kept = {id(m) for m in heads}
        body = [m for _, m in self.pairs if id(m) not in kept]
        self.adam = torch.optim.AdamW(
            [{"params": body, "lr": rate}, {"params": heads, "lr": head_rate}],
            weight_decay=0.01,
            betas=(0.9, 0.98),
            fused=True,
        )
        self.rates = (rate, head_rate)

    def step(self, scale: float) -> None:
        """Take one step at a share of the full rates."""
        for own, master in self.pairs:
            master.grad = None if own.grad is None else own.grad.float()
            own.grad = None
        torch.nn.utils.clip_grad_norm_([m for _, m in self.pairs if m.grad is not None], 1.0)
        for group, rate in zip(self.adam.param_groups, self.rates, strict=True):
            group["lr"] = rate * scale
        self.adam.step()
        with torch.no_grad():
            for own, master in self.pairs:
                if own.requires_grad:
                    own.copy_(master)


def schedule(step: int, total: int) -> float:
    """Share of the full rate: up over the first 6 %, then down to nothing in a straight line."""
    warm = max(1, int(0.06 * total))
    return step / warm if step < warm else max(0.0, (total - step) / (total - warm))


def options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--batch", type=int, default=2048, help="word pieces a step")
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--head-rate", type=float, default=1e-3)
    parser.add_argument("--seed", type=int, default=20)
    parser.add_argument("--init", type=Path, help="a checkpoint to go on from, with new moments and a new schedule")
    parser.add_argument("--stop-after", type=int, default=0, help="stop after so many epochs of the schedule")
    parser.add_argument(
        "--freeze", type=int, default=0, help="leave the embeddings and so many lower layers as they are"
    )
    parser.add_argument("--reports", type=int, default=0, help="learn from so many reports only, to try the program")
    parser.add_argument("--total", type=int, default=0, help="end the schedule after so many steps")
    parser.add_argument("--teacher", type=Path, help="a checkpoint of more layers, of which a student is made")
    parser.add_argument("--layers", type=lambda s: tuple(map(int, s.split(","))), help="the teacher's layers it keeps")
    return parser.parse_args()


def load(given: argparse.Namespace) -> Tagger:
    """Return the model to begin with; what is to stay as it is asks for no gradient."""
    model = Tagger(Shape(layers=len(given.layers)) if given.layers else Shape())
    if given.teacher and not given.init:
        load_layers(model, load_file(given.teacher), given.layers)
    elif given.init:
        model.load_state_dict(load_file(given.init))
    else:
        load_encoder(model, load_file(given.encoder / "model.safetensors"))
    frozen = ("words.", "positions.", *(f"layers.{n}." for n in range(given.freeze)))
    for name, weight in model.named_parameters() if given.freeze else ():
        weight.requires_grad_(not name.startswith(frozen))
    return model


def teacher_of(given: argparse.Namespace) -> Tagger | None:
    """Return the model to learn from, if there is one."""
    if not given.teacher:
        return None
    return trained(load_file(given.teacher)).requires_grad_(requires_grad=False).bfloat16()


def plan(given: argparse.Namespace) -> list[list[list[Example]]]:
    """Return the batches of every epoch."""
    tokenizer = Tokenizer.from_file(str(given.encoder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    ends = (tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]"))
    corpus = read_corpus(given.corpus / "train", tokenizer, given.reports or None)
    chance = random.Random(given.seed)
    return [list(batches(list(examples(corpus, ends, chance)), given.batch, chance)) for _ in range(given.epochs)]


def save(model: Tagger, master: Master, path: Path) -> None:
    """Write the master weights."""
    names = [name for name, _ in model.named_parameters()]
    save_file({n: m.detach().contiguous() for n, (_, m) in zip(names, master.pairs, strict=True)}, path)


def main() -> None:
    """Train."""
    given = options()
    torch.set_num_threads(1)
    torch.manual_seed(given.seed)
    given.out.mkdir(parents=True, exist_ok=True)
    epochs = plan(given)
    model, teacher = load(given), teacher_of(given)
    master = Master(model, given.rate, given.head_rate)
    model.bfloat16().train()
    weights = torch.tensor(TAG_WEIGHTS)
    total, step, begun = given.total or sum(map(len, epochs)), 0, time.time()
    print(f"{total} steps, {vars(given)}", flush=True)
    for epoch, groups in enumerate(epochs, 1):
        sums = [0.0, 0.0, 0.0]
        for batch in groups:
            loss, tag_loss, link_loss = loss_of(model, batch, weights, teacher)
            loss.backward()  # type: ignore[no-untyped-call]
            step += 1
            master.step(schedule(step, total))
            sums = [sums[0] + 1, sums[1] + tag_loss, sums[2] + link_loss]
            if step % 50 == 0 or step == total:
                means = f"tags {sums[1] / sums[0]:.4f} links {sums[2] / sums[0]:.4f}"
                print(f"step {step}/{total} epoch {epoch} {means} {time.time() - begun:.0f} s", flush=True)
            if step == total:
                break
        save(model, master, given.out / f"epoch{epoch}.safetensors")
        if step == total or epoch == given.stop_after:
            return


if __name__ == "__main__":
    main()
