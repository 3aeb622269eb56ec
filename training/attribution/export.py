"""Write a checkpoint as the quantised ONNX model that ships in the package, with its tokeniser and their digests.

    python training/attribution/export.py --checkpoint FILE --encoder DIR --out src/trucebook/models/attribution

Weights are rounded to eight bits ahead of time and activations as they come (dynamic quantisation), which every
processor with ONNX Runtime can do. Windows are read one at a time, so that nothing is padded: the mask of the padding
is left out, and attention becomes one operator of ONNX Runtime's own, which saves a tenth of the time.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import tempfile
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

import onnx
import torch
from model import Layer, Tagger, trained
from onnxruntime.quantization import QuantType, quantize_dynamic
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional

if TYPE_CHECKING:
    from collections.abc import Mapping

    from torch import Value
    from torch.onnx._internal.torchscript_exporter.jit_utils import GraphContext

INPUTS = ("ids", "sorts")
OUTPUTS = ("tags", "origins", "goals")


class Attention(torch.autograd.Function):
    """Attention over a whole window, written as the operator `MultiHeadAttention` of ONNX Runtime.

    https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#commicrosoftmultiheadattention
    """

    @staticmethod
    def forward(_: object, query: Tensor, key: Tensor, value: Tensor, heads: int) -> Tensor:
        """Compute it, as the exporter does while it traces."""
        parts = (t.unflatten(-1, (heads, -1)).transpose(1, 2) for t in (query, key, value))
        return functional.scaled_dot_product_attention(*parts).transpose(1, 2).flatten(2)

    @staticmethod
    def symbolic(graph: GraphContext, query: Value, key: Value, value: Value, heads: int) -> Value:
        """Write it."""
        found: Value = graph.op("com.microsoft::MultiHeadAttention", query, key, value, num_heads_i=heads)
        found.setType(query.type())
        return found


class Unpadded(nn.Module):
    """A tagger for windows without padding."""

    def __init__(self, tagger: Tagger) -> None:
        super().__init__()
        self.tagger = tagger

    def forward(self, ids: Tensor, sorts: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Score the pieces of windows, as `Tagger.forward` does."""
        model = self.tagger
        places = torch.arange(ids.shape[1], device=ids.device)
        x = model.norm(model.words(ids) + model.sorts(sorts) + model.positions(places))
        for layer in model.layers:
            x = through(layer, x)
        return model.tag(x), model.origin(x), model.goal(x)


def through(layer: Layer, x: Tensor) -> Tensor:
    """Send the pieces of windows through a layer, as `Layer.forward` does."""
    query, key, value = layer.qkv(x).chunk(3, -1)
    x = layer.norm1(x + layer.out(Attention.apply(query, key, value, layer.heads)))
    inner: Tensor = layer.norm2(x + layer.down(functional.gelu(layer.up(x))))
    return inner


def tagger_of(checkpoint: Path) -> Tagger:
    """Return the model of a checkpoint, ready to be used."""
    return trained(load_file(checkpoint))


def write_onnx(model: Tagger, path: Path) -> None:
    """Write a model in float32; windows may be of any number and any length."""
    ids = torch.randint(1000, 2000, (2, 24))
    axes: Mapping[str, Mapping[int, str]] = {name: {0: "windows", 1: "pieces"} for name in (*INPUTS, *OUTPUTS)}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            Unpadded(model).eval(),
            (ids, torch.zeros_like(ids)),
            str(path),
            input_names=list(INPUTS),
            output_names=list(OUTPUTS),
            dynamic_axes=axes,
            opset_version=17,
            dynamo=False,
        )


def quantise(source: Path, target: Path) -> None:
    """Round the weights to eight bits: products channel by channel, embeddings as a whole."""
    quantize_dynamic(
        source,
        target,
        weight_type=QuantType.QInt8,
        per_channel=True,
        reduce_range=True,  # else products of processors without VNNI overflow
        op_types_to_quantize=["MatMul", "Gather"],
    )
    onnx.checker.check_model(str(target))


def copy_tokenizer(source: Path, target: Path) -> None:
    """Write the encoder's tokeniser without its truncation and padding."""
    tokenizer = Tokenizer.from_file(str(source))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    target.write_text(tokenizer.to_str(pretty=False) + "\n", encoding="utf-8")


def main() -> None:
    """Export."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "tagger.onnx"
        write_onnx(tagger_of(given.checkpoint), whole)
        quantise(whole, given.out / "tagger.onnx")
    copy_tokenizer(given.encoder / "tokenizer.json", given.out / "tokenizer.json")
    digests = {n: hashlib.sha256((given.out / n).read_bytes()).hexdigest() for n in ("tagger.onnx", "tokenizer.json")}
    (given.out / "digests.json").write_text(json.dumps(digests, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
