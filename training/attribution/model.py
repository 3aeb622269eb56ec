"""The tagger: a small BERT encoder, a tag for every word and links from content and cue to source and cue."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn
from torch.nn import functional

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True)
class Shape:
    """Sizes of the encoder (those of all-MiniLM-L6-v2) and of the heads."""

    vocabulary: int = 30522
    positions: int = 512
    hidden: int = 384
    inner: int = 1536
    heads: int = 12
    layers: int = 6
    sorts: int = 6
    tags: int = 7
    links: int = 3
    link_size: int = 64
    dropout: float = 0.1


class Layer(nn.Module):
    """One transformer layer of BERT (post-norm)."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.heads = shape.heads
        self.qkv = nn.Linear(shape.hidden, 3 * shape.hidden)
        self.out = nn.Linear(shape.hidden, shape.hidden)
        self.norm1 = nn.LayerNorm(shape.hidden, eps=1e-12)
        self.up = nn.Linear(shape.hidden, shape.inner)
        self.down = nn.Linear(shape.inner, shape.hidden)
        self.norm2 = nn.LayerNorm(shape.hidden, eps=1e-12)
        self.dropout = nn.Dropout(shape.dropout)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """Map (batch, pieces, hidden) to the same shape; `mask` is added to the attention's scores."""
        batch, size, hidden = x.shape
        q, k, v = self.qkv(x).view(batch, size, 3, self.heads, hidden // self.heads).permute(2, 0, 3, 1, 4).unbind(0)
        # Written out: on a processor, in bfloat16, its gradient takes half the time of the fused attention's.
        scores = torch.matmul(q, k.transpose(-1, -2)) * (1 / math.sqrt(hidden // self.heads)) + mask
        seen = torch.matmul(torch.softmax(scores, dim=-1), v)
        x = self.norm1(x + self.dropout(self.out(seen.transpose(1, 2).reshape(batch, size, hidden))))
        inner: Tensor = self.norm2(x + self.dropout(self.down(functional.gelu(self.up(x)))))
        return inner


class Tagger(nn.Module):
    """Encoder and heads.

    The output of `forward` is `(tags, origins, goals)`: the score of each tag a piece (batch, pieces, 7); for each of
    the three links the vector of the piece it starts from (batch, pieces, 3 * 64) and of the piece it leads to. The
    score of a link is the product of the two; the window's first piece stands for "none".
    """

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.words = nn.Embedding(shape.vocabulary, shape.hidden)
        self.positions = nn.Embedding(shape.positions, shape.hidden)
        self.sorts = nn.Embedding(shape.sorts, shape.hidden)
        self.norm = nn.LayerNorm(shape.hidden, eps=1e-12)
        self.dropout = nn.Dropout(shape.dropout)
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.layers))
        self.tag = nn.Linear(shape.hidden, shape.tags)
        self.origin = nn.Linear(shape.hidden, shape.links * shape.link_size)
        self.goal = nn.Linear(shape.hidden, shape.links * shape.link_size)

    def forward(self, ids: Tensor, sorts: Tensor, present: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Score the pieces of windows; `present` is 1 for a piece and 0 for padding."""
        return self.scores(self.encode(ids, sorts, present))

    def scores(self, x: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Score pieces by what the encoder made of them."""
        return self.tag(x), self.origin(x), self.goal(x)

    def encode(self, ids: Tensor, sorts: Tensor, present: Tensor) -> Tensor:
        """Return what the encoder makes of the pieces of windows: (batch, pieces, hidden)."""
        places = torch.arange(ids.shape[1], device=ids.device)
        x = self.dropout(self.norm(self.words(ids) + self.sorts(sorts) + self.positions(places)))
        mask = ((1 - present) * -10000).to(x.dtype)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, mask)
        return x

    def link_scores(self, origins: Tensor, goals: Tensor, present: Tensor) -> Tensor:
        """Return the scores of all links: (batch, links, pieces, pieces)."""
        batch, size, _ = origins.shape
        a, b = (t.view(batch, size, self.shape.links, self.shape.link_size).transpose(1, 2) for t in (origins, goals))
        scores: Tensor = a @ b.transpose(-1, -2) / math.sqrt(self.shape.link_size)
        return scores + ((1 - present) * -10000).to(scores.dtype)[:, None, None, :]


def load_encoder(model: Tagger, weights: Mapping[str, Tensor]) -> None:
    """Fill the encoder with the weights of a BERT model as Hugging Face names them."""
    state = {}
    embeddings = "embeddings."
    state["words.weight"] = weights[embeddings + "word_embeddings.weight"]
    state["positions.weight"] = weights[embeddings + "position_embeddings.weight"]
    # All sorts of word start as what the encoder knows as its first segment.
    state["sorts.weight"] = weights[embeddings + "token_type_embeddings.weight"][:1].repeat(model.shape.sorts, 1)
    for end in ("weight", "bias"):
        state[f"norm.{end}"] = weights[f"{embeddings}LayerNorm.{end}"]
        for n in range(model.shape.layers):
            base = f"encoder.layer.{n}."
            own = [weights[f"{base}attention.self.{part}.{end}"] for part in ("query", "key", "value")]
            state[f"layers.{n}.qkv.{end}"] = torch.cat(own)
            state[f"layers.{n}.out.{end}"] = weights[f"{base}attention.output.dense.{end}"]
            state[f"layers.{n}.norm1.{end}"] = weights[f"{base}attention.output.LayerNorm.{end}"]
            state[f"layers.{n}.up.{end}"] = weights[f"{base}intermediate.dense.{end}"]
            state[f"layers.{n}.down.{end}"] = weights[f"{base}output.dense.{end}"]
            state[f"layers.{n}.norm2.{end}"] = weights[f"{base}output.LayerNorm.{end}"]
    missing, extra = model.load_state_dict(state, strict=False)
    heads = {f"{h}.{e}" for h in ("tag", "origin", "goal") for e in ("weight", "bias")}
    if set(missing) != heads or extra:
        raise ValueError(f"encoder weights do not fit: missing {sorted(set(missing) - heads)}, unknown {extra}")


def trained(weights: Mapping[str, Tensor]) -> Tagger:
    """Return the tagger of a checkpoint, with as many layers as it has."""
    model = Tagger(Shape(layers=len({name.split(".")[1] for name in weights if name.startswith("layers.")})))
    model.load_state_dict(weights)
    return model.eval()


def load_layers(model: Tagger, weights: Mapping[str, Tensor], kept: Sequence[int]) -> None:
    """Fill a tagger of fewer layers with a trained one's weights; of its layers it gets those of these numbers."""
    state = {name: weight for name, weight in weights.items() if not name.startswith("layers.")}
    for own, number in enumerate(kept):
        base = f"layers.{number}."
        state |= {f"layers.{own}.{n.removeprefix(base)}": w for n, w in weights.items() if n.startswith(base)}
    model.load_state_dict(state)
