"""Vectors of the words of many documents, as spaCy's `Tok2Vec` with its usual layers computes them.

The vectors that the layers begin with depend on a word's letters alone: here they are computed once for each different
word of a batch. Behind them come residual layers over windows of three words (Honnibal's "embed, encode"; the layers
are `thinc.layers.maxout` and `layernorm`), in which spaCy also keeps what training needs. The weights are the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from spacy.tokens import Doc

    Floats = NDArray[np.float32]

_EMBED = ("extract_features", "list2ragged", "with_array", "with_array", "ragged2list")
_UNITS = "maxout>>layernorm>>dropout"
_RESIDUAL = f"residual(expand_window>>{_UNITS})"
# Added to the variance, as `thinc.layers.layernorm` does.
_LEAST_VARIANCE = np.float32(1e-8)
# Words that go through a layer at once: what is computed for them stays in the processor's cache.
_ROWS = 512


@dataclass(frozen=True)
class Units:
    """Units that each take the highest of several sums, which are then scaled to one mean and variance.

    Attributes:
        weights: (inputs, sums times units), the first sum of all units before the second.
        bias: (sums times units).
        scale: by which the scaled units are multiplied, (units).
        shift: what is then added, (units).
    """

    weights: Floats
    bias: Floats
    scale: Floats
    shift: Floats

    @classmethod
    def of(cls, maxout: Any, norm: Any) -> Units:  # noqa: ANN401  thinc's layers are generic
        """Return two layers of thinc's as this."""
        units, sums, inputs = maxout.get_param("W").shape
        weights = maxout.get_param("W").transpose(2, 1, 0).reshape(inputs, sums * units)
        bias = maxout.get_param("b").T.reshape(-1)
        return cls(np.ascontiguousarray(weights), np.array(bias), norm.get_param("G"), norm.get_param("b"))

    def compute(self, inputs: Floats, units: Floats) -> None:
        """Fill `units`, (words, units), for `inputs`, (words, inputs)."""
        width = units.shape[1]
        sums = inputs @ self.weights
        sums += self.bias
        np.maximum(sums[:, :width], sums[:, width : 2 * width], out=units)
        for at in range(2 * width, sums.shape[1], width):
            np.maximum(units, sums[:, at : at + width], out=units)
        units -= units.mean(axis=1, keepdims=True)
        variance = np.einsum("ij,ij->i", units, units) / np.float32(width) + _LEAST_VARIANCE
        units *= (1 / np.sqrt(variance))[:, None]
        units *= self.scale
        units += self.shift


def _units(layer: Any) -> Units | None:  # noqa: ANN401  as above
    """Return the units of a layer that has nothing else; None where it is another."""
    if layer.name != _UNITS:
        return None
    maxout, norm, _ = (node for node in layer.walk(order="dfs_pre") if not node.layers)
    return Units.of(maxout, norm) if maxout.get_dim("nP") > 1 else None


def _windowed(layer: Any) -> Units | None:  # noqa: ANN401  as above
    """Return the units of a residual layer over windows of three words; None where it is another."""
    if layer.name != _RESIDUAL:
        return None
    window, units = layer.layers[0].layers
    return _units(units) if window.attrs["window_size"] == 1 else None


def _through(units: Units, rows: Floats) -> Floats:
    """Return the vectors behind a residual layer, (words, width), for those before it."""
    found = np.empty_like(rows)
    for start in range(0, len(rows), _ROWS):
        end = min(start + _ROWS, len(rows))
        units.compute(_windows(rows, start, end), found[start:end])
    found += rows
    return found


def _windows(rows: Floats, start: int, end: int) -> Floats:
    """Return for each of some rows the row before it, itself and the row behind it; zeros beyond the ends."""
    width = rows.shape[1]
    found = np.zeros((end - start, 3 * width), dtype=rows.dtype)
    first, last = int(start == 0), int(end == len(rows))
    found[first:, :width] = rows[start - 1 + first : end - 1]
    found[:, width : 2 * width] = rows[start:end]
    found[: end - start - last, 2 * width :] = rows[start + 1 : end + 1]
    return found


@dataclass(frozen=True)
class WordVectors:
    """The layers of one `Tok2Vec`.

    Attributes:
        columns: the attributes of a word that its first vector depends on.
        embed: the layer from attributes to vectors of a word by itself.
        first: the units that make its first vector of them.
        layers: the units of the residual layers.
        pad: rows of zeros between documents, so that no layer sees into the next one.
    """

    columns: tuple[str | int, ...]
    embed: Any
    first: Units
    layers: tuple[Units, ...]
    pad: int

    @classmethod
    def of(cls, model: Any) -> WordVectors | None:  # noqa: ANN401  thinc's models are generic
        """Return the layers of a model of spaCy's; None where it has others."""
        if len(model.layers) != 2 or not model.layers[1].name.startswith("with_array("):
            return None
        first, second = model.layers
        if tuple(layer.name.partition("(")[0] for layer in first.layers) != _EMBED:
            return None
        features, _, embed, units, _ = first.layers
        opening, layers = _units(units.layers[0]), [_windowed(layer) for layer in second.layers[0].layers]
        plain = tuple(layer for layer in layers if layer)
        if not opening or not plain or len(plain) < len(layers):
            return None
        return cls(tuple(features.attrs["columns"]), embed.layers[0], opening, plain, second.attrs["pad"])

    def annotate(self, docs: Sequence[Doc]) -> None:
        """Give documents the vectors of their words, for the components that begin with them.

        Args:
            docs: at least one, none of them empty.
        """
        edges = np.cumsum([len(doc) for doc in docs])
        parts: Any = np.split(self.predict(docs), edges[:-1])
        for doc, vectors in zip(docs, parts, strict=True):
            doc.tensor = vectors

    def predict(self, docs: Sequence[Doc]) -> Floats:
        """Return the vectors of all words of documents, one document behind the other, (words, width).

        Args:
            docs: at least one, none of them empty.
        """
        columns = list(self.columns)
        words: Any = np.concatenate([doc.to_array(columns).reshape(len(doc), len(columns)) for doc in docs])
        different, which = np.unique(words, axis=0, return_inverse=True)
        vectors = np.empty((len(different), len(self.first.scale)), dtype=np.float32)
        self.first.compute(self.embed.predict(different), vectors)
        numbers = np.repeat(np.arange(1, len(docs) + 1), [len(doc) for doc in docs])
        places = np.arange(len(words)) + self.pad * numbers
        rows: Floats = np.zeros((len(words) + self.pad * (len(docs) + 1), vectors.shape[1]), dtype=np.float32)
        rows[places] = vectors[which.reshape(-1)]
        for layer in self.layers:
            rows = _through(layer, rows)
        found: Floats = rows[places]
        return found
