"""Write the sentence encoder as the quantised ONNX model that ships in the package, with its tokeniser and digests.

    python training/pairs/export_encoder.py --encoder DIR --out src/trucebook/models/sentences

The encoder is all-MiniLM-L6-v2 as it is: nothing is trained here. The graph ends in the mean of the word pieces'
vectors, of length one, so that the product of two is their cosine. Weights are rounded to eight bits ahead of time and
activations as they come (dynamic quantisation). It is cut in two where `tune_joint.py` begins.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import tempfile
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

import onnx
import onnx.utils
import torch
from safetensors.torch import load_file
from torch import Tensor, nn

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "attribution"))
from export import copy_tokenizer, quantise
from model import Layer, Shape

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

INPUTS = ("ids", "present")
# Layers of the lower half, which nothing is trained in; the name that the exporter gives to what comes out of them.
LOWER = 3
STATES = f"/layers.{LOWER - 1}/norm2/LayerNormalization_output_0"
FILES = ("lower.onnx", "upper.onnx", "tokenizer.json")
# all-MiniLM-L6-v2's names for the parts of a layer.
PARTS = {
    "out": "attention.output.dense",
    "norm1": "attention.output.LayerNorm",
    "up": "intermediate.dense",
    "down": "output.dense",
    "norm2": "output.LayerNorm",
}


class Encoder(nn.Module):
    """The encoder and the mean of its last layer."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.words = nn.Embedding(shape.vocabulary, shape.hidden)
        self.positions = nn.Embedding(shape.positions, shape.hidden)
        self.sorts = nn.Embedding(2, shape.hidden)
        self.norm = nn.LayerNorm(shape.hidden, eps=1e-12)
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.layers))

    def forward(self, ids: Tensor, present: Tensor) -> Tensor:
        """Map (texts, pieces) to (texts, hidden), each of length one."""
        places = torch.arange(ids.shape[1])
        x = self.norm(self.words(ids) + self.positions(places)[None] + self.sorts.weight[0])
        mask = (1.0 - present[:, None, None].to(x.dtype)) * -1e4
        for layer in self.layers:
            x = layer(x, mask)
        kept = present[:, :, None].to(x.dtype)
        mean = (x * kept).sum(dim=1) / kept.sum(dim=1)
        return nn.functional.normalize(mean, dim=1)


def encoder_of(folder: Path) -> Encoder:
    """Return the encoder with the weights of a folder of Sentence-Transformers."""
    given = {k.removeprefix("bert."): v for k, v in load_file(folder / "model.safetensors").items()}
    state = {
        "words.weight": given["embeddings.word_embeddings.weight"],
        "positions.weight": given["embeddings.position_embeddings.weight"],
        "sorts.weight": given["embeddings.token_type_embeddings.weight"],
        **{f"norm.{p}": given[f"embeddings.LayerNorm.{p}"] for p in ("weight", "bias")},
    }
    for n in range(Shape().layers):
        for kind in ("weight", "bias"):
            of = [given[f"encoder.layer.{n}.attention.self.{x}.{kind}"] for x in ("query", "key", "value")]
            state[f"layers.{n}.qkv.{kind}"] = torch.cat(of)
            for name, theirs in PARTS.items():
                state[f"layers.{n}.{name}.{kind}"] = given[f"encoder.layer.{n}.{theirs}.{kind}"]
    model = Encoder(Shape())
    model.load_state_dict(state)
    return model.eval()


def write_onnx(model: Encoder, path: Path) -> None:
    """Write the encoder in float32, for any number of texts of any length."""
    ids = torch.randint(1000, 2000, (2, 24))
    axes: Mapping[str, Mapping[int, str]] = {
        "ids": {0: "n", 1: "pieces"},
        "present": {0: "n", 1: "pieces"},
        "vectors": {0: "n"},
    }
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            model,
            (ids, torch.ones_like(ids)),
            str(path),
            input_names=list(INPUTS),
            output_names=["vectors"],
            dynamic_axes=axes,
            opset_version=17,
            dynamo=False,
        )


def cut(whole: Path, folder: Path) -> None:
    """Write the lower and the upper half of an encoder, which hand over the vectors of the pieces as `states`."""
    model = onnx.load(whole)
    halves = {"lower.onnx": (["ids", "present"], [STATES]), "upper.onnx": ([STATES, "present"], ["vectors"])}
    for name, (inputs, outputs) in halves.items():
        part = onnx.utils.Extractor(model).extract_model(inputs, outputs)
        for node in part.graph.node:
            node.input[:] = ["states" if i == STATES else i for i in node.input]
            node.output[:] = ["states" if o == STATES else o for o in node.output]
        for end in (*part.graph.input, *part.graph.output):
            end.name = "states" if end.name == STATES else end.name
        onnx.checker.check_model(part)
        onnx.save(part, folder / name)


def export(model: Encoder, encoder: Path, out: Path) -> None:
    """Write an encoder in eight bits, its tokeniser and their digests."""
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        exact, whole = Path(folder) / "exact.onnx", Path(folder) / "whole.onnx"
        write_onnx(model.eval(), exact)
        quantise(exact, whole)
        cut(whole, out)
    copy_tokenizer(encoder / "tokenizer.json", out / "tokenizer.json")
    write_digests(out, FILES)


def write_digests(folder: Path, names: Sequence[str]) -> None:
    """Write the SHA-256 of files, which are checked when they are loaded."""
    digests = {n: hashlib.sha256((folder / n).read_bytes()).hexdigest() for n in names}
    (folder / "digests.json").write_text(json.dumps(digests, indent=2) + "\n", encoding="utf-8")


def main() -> None:
    """Export."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    export(encoder_of(given.encoder), given.encoder, given.out)


if __name__ == "__main__":
    main()
