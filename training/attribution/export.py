"""Write a checkpoint as the quantised ONNX model that ships in the package, with its tokeniser and their digests.

    python training/attribution/export.py --checkpoint FILE --encoder DIR --out src/trucebook/models/attribution

Weights are rounded to eight bits ahead of time and activations as they come (dynamic quantisation), which every
processor with ONNX Runtime can do.
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
from model import Shape, Tagger
from onnxruntime.quantization import QuantType, quantize_dynamic
from safetensors.torch import load_file
from tokenizers import Tokenizer

if TYPE_CHECKING:
    from collections.abc import Mapping

INPUTS = ("ids", "sorts", "present")
OUTPUTS = ("tags", "origins", "goals")


def tagger_of(checkpoint: Path) -> Tagger:
    """Return the model of a checkpoint, ready to be used."""
    model = Tagger(Shape())
    model.load_state_dict(load_file(checkpoint))
    return model.eval()


def write_onnx(model: Tagger, path: Path) -> None:
    """Write a model in float32; windows may be of any number and any length."""
    ids = torch.randint(1000, 2000, (2, 24))
    ones = torch.ones_like(ids)
    axes: Mapping[str, Mapping[int, str]] = {name: {0: "windows", 1: "pieces"} for name in (*INPUTS, *OUTPUTS)}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            model,
            (ids, torch.zeros_like(ids), ones),
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
