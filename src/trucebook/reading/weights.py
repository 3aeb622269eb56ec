"""Trained weights that come with the package: read, checked against their digests, and loaded to be computed with."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from trucebook.errors import SettingsError

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from tokenizers import Tokenizer

# ONNX Runtime's operator for a sum and its normalisation takes four times as long on a processor as the two by
# themselves, which is a twelfth of an encoder's time.
_SLOWER_FUSIONS = ["SkipLayerNormFusion"]


def checked(folder: Traversable, name: str) -> bytes:
    """Return a file of a model's folder, which must be the one that the folder's `digests.json` names.

    Raises:
        SettingsError: it is missing or another one.
    """
    try:
        digests: dict[str, str] = json.loads((folder / "digests.json").read_bytes())
        found = (folder / name).read_bytes()
    except OSError as error:
        raise SettingsError(
            f"{folder.name} model {folder}: cannot be read ({error}); install trucebook anew"
        ) from error
    if hashlib.sha256(found).hexdigest() != digests.get(name):
        raise SettingsError(
            f"{folder.name} model {folder}: {name} is not the file that was shipped; install trucebook anew"
        )
    return found


def session(model: bytes, threads: int = 1) -> Any:  # noqa: ANN401  onnxruntime has no types
    """Return what computes an ONNX model, the same on every run.

    Args:
        model: the file's bytes.
        threads: how many it computes with: one as a rule, as many readings are spread over processes instead.
    """
    import onnxruntime  # noqa: PLC0415  loading takes a while: never for --help

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.use_deterministic_compute = True
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(
        model, options, providers=["CPUExecutionProvider"], disabled_optimizers=_SLOWER_FUSIONS
    )


def tokenizer_of(vocabulary: bytes) -> Tokenizer:
    """Return a tokeniser from the bytes of its `tokenizer.json`."""
    from tokenizers import Tokenizer  # noqa: PLC0415  as above

    found: Tokenizer = Tokenizer.from_buffer(vocabulary)
    return found


def piece_id(tokenizer: Tokenizer, piece: str) -> int:
    """Return the id of a word piece that the model cannot do without.

    Raises:
        SettingsError: the tokeniser lacks it.
    """
    found = tokenizer.token_to_id(piece)
    if found is None:
        raise SettingsError(f"the model's tokeniser lacks {piece}; install trucebook anew")
    return found
