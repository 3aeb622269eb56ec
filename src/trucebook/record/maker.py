"""What made a reading: the program, its rules, the models and the settings, so that a change of any is noticed."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import resources
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

import msgspec

from trucebook.reading.read import ReadingSettings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable

# The packages whose numbers decide what is found.
_PACKAGES = ("spacy", "onnxruntime", "tokenizers")
# What reads a report: its code, its words and its weights.
_RULES = ("reading", "lexicons", "models")


class Maker(msgspec.Struct, frozen=True, kw_only=True):
    """What made a reading; two readings of one text by one maker are the same.

    Attributes:
        program: version of Trucebook.
        rules: SHA-256 of the code, word lists and weights that read a report.
        settings: how it was told to read.
        packages: version of every package that has a say, by name.
    """

    program: str
    rules: str
    settings: ReadingSettings
    packages: dict[str, str]

    @property
    def digest(self) -> str:
        """SHA-256 of all of it: the name of this maker."""
        return hashlib.sha256(msgspec.json.encode(self, order="deterministic")).hexdigest()


def maker_of(settings: ReadingSettings | None = None) -> Maker:
    """Return what makes readings here and now."""
    how = settings or ReadingSettings()
    packages = {name: found for name in (*_PACKAGES, how.model) if (found := _version(name))}
    return Maker(program=_version("trucebook") or "unknown", rules=_rules(), settings=how, packages=packages)


def _version(package: str) -> str | None:
    try:
        return version(package)
    except (PackageNotFoundError, ValueError):
        return None


@cache
def _rules() -> str:
    known = hashlib.sha256()
    for room in _RULES:
        for name, file in sorted(_files(resources.files("trucebook") / room, room)):
            known.update(f"{name}\n{hashlib.sha256(file.read_bytes()).hexdigest()}\n".encode())
    return known.hexdigest()


def _files(folder: Traversable, path: str) -> Iterator[tuple[str, Traversable]]:
    for entry in folder.iterdir():
        name = f"{path}/{entry.name}"
        if entry.is_dir():
            yield from _files(entry, name)
        elif not entry.name.endswith((".pyc", ".md")):
            yield name, entry
