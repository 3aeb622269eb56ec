"""The standard streams: results on standard output, progress and warnings on standard error, and the exit status."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from trucebook.delivery import check_output, write_file, write_stream

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from trucebook.reading.model import Reading
    from trucebook.report import Refusal, Report

    Progress = Callable[[Report], None]

DONE, SOME_REFUSED, NOTHING_DONE = 0, 1, 2
# From so many reports on, comparing them takes long enough to be watched.
_MANY = 20
# How many reports a warning names before it only counts them.
_NAMED = 3


@contextmanager
def watched(total: int) -> Iterator[Progress | None]:
    """Show how many reports have been read, on standard error while a person watches it, and nothing otherwise."""
    with _bar("Reading", total) as advance:
        yield (lambda _report: advance(1)) if advance else None


@contextmanager
def compared(total: int) -> Iterator[Callable[[int], None] | None]:
    """Show how many reports have been compared, as `watched` does; a few are compared at once."""
    with _bar("Comparing", total if total >= _MANY else 0) as advance:
        yield advance


@contextmanager
def _bar(label: str, total: int) -> Iterator[Callable[[int], None] | None]:
    if not total or not sys.stderr or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console  # noqa: PLC0415  --help loads nothing it does not show
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415

    columns = (TextColumn(label), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=total)
        yield lambda done: bar.advance(task, done)


def see_output(output: Path | None, paths: Iterable[str]) -> None:
    """See, before any work is done, that the output can be written and no input is lost to it."""
    if output is not None and str(output) != "-":
        check_output(output, paths)


def deliver(result: bytes, output: Path | None) -> None:
    """Write a result to a file, or to standard output."""
    if output is None or str(output) == "-":
        write_stream(sys.stdout.buffer if sys.stdout else None, result)
    else:
        write_file(output, result)


def warn(warnings: Iterable[str], readings: Iterable[Reading] = ()) -> None:
    """Name on standard error what the reader should know."""
    tell(*(f"warning: {warning}" for warning in warnings))
    concerned: dict[str, list[str]] = {}
    for reading in readings:
        for warning in reading.warnings:
            concerned.setdefault(warning, []).append(reading.report.id)
    tell(*(f"warning: {named(ids)}: {warning}" for warning, ids in concerned.items()))


def end(refusals: Sequence[Refusal]) -> None:
    """Name what was refused, and leave with the status that says it."""
    tell(*(f"refused {r.path}: {r.reason}; {r.remedy}" for r in refusals))
    click.get_current_context().exit(SOME_REFUSED if refusals else DONE)


def named(ids: Sequence[str]) -> str:
    """Return a few names, and how many more there are."""
    more = f" and {len(ids) - _NAMED} more" if len(ids) > _NAMED else ""
    return ", ".join(ids[:_NAMED]) + more


def tell(*lines: str) -> None:
    """Say something on standard error."""
    for line in lines:
        click.echo(f"trucebook: {line}", err=True)


def wants_colour() -> bool:
    """Whether standard output is a terminal whose user wants colours."""
    # https://no-color.org: any value but the empty one asks for no colour.
    return (
        bool(sys.stdout) and sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    )
