"""What the quality gates share: figures and cases that are pinned, and what became of them.

A gate pins figures, a digest of the corpus they were measured on, and the cases that were right. It tells what was
gained and lost, case by case, and fails where a figure falls.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Pinned(Protocol):
    """What every gate pins.

    Attributes:
        figures: in per cent, by name.
        found: for each report, where the cases begin that were right.
    """

    @property
    def figures(self) -> dict[str, float]:
        """Figures by name."""

    @property
    def found(self) -> dict[str, list[int]]:
        """Cases by report."""


def digest_of(paths: Iterable[Path]) -> str:
    """Return a digest of files, names included, in their order."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def falls(now: Pinned, before: Pinned, tolerance: float) -> list[str]:
    """Return a line for every figure that is below its floor."""
    return [
        f"{name}: {now.figures[name]} is below {floor}"
        for name, floor in before.figures.items()
        if now.figures[name] < floor - tolerance
    ]


def changes(now: Pinned, before: Pinned) -> Iterator[str]:
    """Yield a line for every case that is right now and was not, or was and is not."""
    for name in sorted({*now.found, *before.found}):
        new, old = set(now.found.get(name, ())), set(before.found.get(name, ()))
        yield from (f"gained {name} at {at}" for at in sorted(new - old))
        yield from (f"lost   {name} at {at}" for at in sorted(old - new))


def scorer_at(path: Path) -> Any:  # noqa: ANN401  a program of the corpus, without types
    """Return a corpus's scorer as a module."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def arguments(doc: str | None, corpus: Path, scorer: Path) -> argparse.Namespace:
    """Return what the user asks of a gate."""
    parser = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, default=corpus)
    parser.add_argument("--scorer", type=Path, default=scorer)
    parser.add_argument("--update", action="store_true", help="pin what is measured now")
    parser.add_argument("--allow-regression", action="store_true", help="with --update: even where a figure falls")
    return parser.parse_args()


def settle(now: Pinned, before: Pinned, given: argparse.Namespace, pinned: Path, tolerance: float) -> None:
    """Print what became of the figures, pin them where asked, and exit with 1 where one falls."""
    print(*changes(now, before), sep="\n")
    for name, figure in now.figures.items():
        print(f"{name:24} {figure:5.1f}  pinned {before.figures.get(name, 0.0):5.1f}")
    lower = falls(now, before, 0.0 if given.update else tolerance)
    print(*lower, sep="\n")
    if lower and not (given.update and given.allow_regression):
        sys.exit(1)
    if given.update:
        pinned.write_bytes(msgspec.json.format(msgspec.json.encode(now), indent=0) + b"\n")
