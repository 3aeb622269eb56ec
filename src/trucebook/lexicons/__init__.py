"""Word lists and gazetteers as data files, validated when they are loaded and tested as data."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import TypeVar

import msgspec

from trucebook.errors import SettingsError

T = TypeVar("T")


@cache
def load(name: str, shape: type[T]) -> T:
    """Return the data file `name` of this folder, checked against `shape`.

    Args:
        name: file name, e.g. `cues.toml`.
        shape: a msgspec type; unknown fields and wrong types are errors.

    Raises:
        SettingsError: the file does not have that shape.
    """
    raw = (resources.files(__name__) / name).read_bytes()
    try:
        return msgspec.toml.decode(raw, type=shape)
    except msgspec.ValidationError as error:
        raise SettingsError(f"lexicon {name}: {error}; restore the file or mend the entry it names") from error
