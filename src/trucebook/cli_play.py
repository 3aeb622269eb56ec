"""The commands about the state of play: where a negotiation stands, agreements as files, and what changed."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import click

from trucebook.cli_inputs import laid_beside, read_agreement, reconciled, snapshot
from trucebook.console import DONE, SOME_REFUSED, deliver, end, see_output, wants_colour
from trucebook.options import Inputs, takes_agreement, takes_inputs

if TYPE_CHECKING:
    from trucebook.comparison.model import Comparison

# Longer lines of prose are hard to read, and shorter ones have no room.
_READABLE, _NARROWEST = 100, 40
# A comparison has two sides.
TWO = 2

_STATE_EXAMPLES = """\b
Examples:
  trucebook state examples/velonia --actors examples/actors.yaml
  trucebook state examples/velonia --actors examples/actors.yaml --what-if "Velonia refuses"
  trucebook state examples/velonia --actors examples/actors.yaml --since 2024-05-13"""
_CHECK_EXAMPLES = "\b\nExample:\n  trucebook agreement check examples/velonia.toml"
_DIFF_EXAMPLES = """\b
Examples:
  trucebook diff examples/velonia/harbour-wire.txt examples/velonia --actors examples/actors.yaml
  trucebook diff talks.truce --as-of 2024-05-14 --as-of 2024-05-15"""
_EXTRACT_EXAMPLES = """\b
Examples:
  trucebook agreement extract examples/velonia --actors examples/actors.yaml -o ledger.toml
  trucebook state examples/velonia --actors examples/actors.yaml --agreement ledger.toml"""
_SHOW_EXAMPLES = """\b
Examples:
  trucebook agreement show examples/velonia.toml --what-if "Tomaria accepts"
  trucebook agreement show examples/velonia.toml --as-of 2024-05-14"""


@click.command(epilog=_STATE_EXAMPLES)
@takes_inputs
@click.option("--as-of", metavar="DATE", help="The day to speak of, to its end.  [default: that of the latest report]")
@click.option("--according-to", "sources", multiple=True, metavar="SOURCE",
              help="Go by the reports of this outlet, or the report with this id, alone; may be repeated.")  # fmt: skip
@click.option("--what-if", "supposed", multiple=True, metavar="TEXT",
              help="Show what would follow, from the conditions alone: 'Tomaria accepts', '30 days pass'; "
                   "may be repeated, one thing after the other.")  # fmt: skip
@click.option("--known-at", metavar="TIME",
              help="Of a case: only what was recorded by this time, like 2025-03-12T18:00.")  # fmt: skip
@click.option("--since", metavar="DATE", help="Show what has changed since the end of this day.")
@takes_agreement
@click.option("--format", "form", type=click.Choice(["terminal", "json"]), default="terminal", show_default=True,
              help="Lines, or one JSON object.")  # fmt: skip
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE",
              help="Write to FILE instead of standard output.")  # fmt: skip
def state(  # noqa: PLR0913, PLR0917  one an option
    inputs: Inputs,
    as_of: str | None,
    sources: tuple[str, ...],
    supposed: tuple[str, ...],
    known_at: str | None,
    since: str | None,
    file: Path | None,
    form: str,
    output: Path | None,
) -> None:
    """Show where a negotiation stands: offers and answers, commitments, whose move it is and what comes next.

    PATH is a report (.txt, .md, .html, .json, .jsonl), a folder of them, or - for standard input; or a case that
    reports were added to.
    """
    from trucebook.agreement.gather import Asked, state_of_case  # noqa: PLC0415  --help loads nothing it does not show
    from trucebook.render.contract import encode  # noqa: PLC0415
    from trucebook.render.play import asked_object  # noqa: PLC0415
    from trucebook.render.play_text import asked_text  # noqa: PLC0415

    see_output(output, inputs.paths)
    dossier, told = reconciled(inputs, as_of=as_of, known_at=known_at)
    asked = Asked(as_of=as_of, according_to=sources or None, supposed=supposed, since=since)
    filed = laid_beside(dossier, file)
    found = state_of_case(dossier, asked, filed.events if filed else None)
    departures = filed.departures if filed else None
    if form == "json":
        deliver(encode(asked_object(found, departures)) + b"\n", output)
    else:
        words = {reading.report.id: reading.report.text for reading in dossier.readings}
        deliver(asked_text(found, departures, words, _columns()).encode("utf-8", "replace"), output)
    told()
    end(dossier.refusals)


@click.group(epilog=_SHOW_EXAMPLES)
def agreement() -> None:
    """Extract, check and show an agreement as a file of its own (TOML; docs/agreement.md explains every field)."""


@agreement.command(name="check", epilog=_CHECK_EXAMPLES)
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@click.option("--format", "form", type=click.Choice(["terminal", "json"]), default="terminal", show_default=True,
              help="Lines, or one JSON array.")  # fmt: skip
def check_agreement(file: Path, form: str) -> None:
    """Say what in an agreement file cannot be, what may go wrong, and what is missing.

    Exit status: 0 where nothing is an error; 1 where something is; 2 where the file cannot be read at all.
    """
    from trucebook.agreement.check import check  # noqa: PLC0415  --help loads nothing it does not show
    from trucebook.render.contract import encode  # noqa: PLC0415
    from trucebook.render.play import problem_object  # noqa: PLC0415
    from trucebook.render.play_text import problem_line  # noqa: PLC0415

    problems = check(read_agreement(file))
    if form == "json":
        deliver(encode([problem_object(problem) for problem in problems]) + b"\n", None)
    else:
        told = [problem_line(problem) for problem in problems] or ["nothing to remark"]
        deliver(("\n".join(told) + "\n").encode("utf-8", "replace"), None)
    failed = any(problem.severity == "error" for problem in problems)
    click.get_current_context().exit(SOME_REFUSED if failed else DONE)


@agreement.command(name="show", epilog=_SHOW_EXAMPLES)
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@click.option("--as-of", metavar="DATE", help="The day to speak of.  [default: the last that the file tells of]")
@click.option(
    "--according-to", "sources", multiple=True, metavar="SOURCE", help="Go by this source alone; may be repeated."
)
@click.option("--what-if", "supposed", multiple=True, metavar="TEXT",
              help="Show what would follow, from the conditions alone: 'Tomaria accepts', '30 days pass'; "
                   "may be repeated, one thing after the other.")  # fmt: skip
@click.option("--format", "form", type=click.Choice(["terminal", "json"]), default="terminal", show_default=True,
              help="Lines, or one JSON object.")  # fmt: skip
def show_agreement(
    file: Path, as_of: str | None, sources: tuple[str, ...], supposed: tuple[str, ...], form: str
) -> None:
    """Show where the offers and commitments of an agreement file stand, whose move it is and what comes next."""
    from trucebook.agreement.file import events, latest  # noqa: PLC0415  --help loads nothing it does not show
    from trucebook.agreement.state import play, told_by  # noqa: PLC0415
    from trucebook.agreement.suppose import suppose  # noqa: PLC0415
    from trucebook.agreement.when import when  # noqa: PLC0415
    from trucebook.render import play as shown  # noqa: PLC0415
    from trucebook.render import play_text as texts  # noqa: PLC0415
    from trucebook.render.contract import encode  # noqa: PLC0415

    written = read_agreement(file)
    told = events(written, str(file))
    moment = when(as_of).closing if as_of is not None else latest(written, str(file))
    if supposed:
        by = told_by(told, sources) if sources else told
        found = suppose(by, moment, supposed)
        value, text = shown.supposed_object(found), texts.supposed_text(found)
    else:
        state = play(told, moment, sources or None)
        value, text = shown.state_object(state), texts.play_text(state, width=_columns())
    deliver(encode(value) + b"\n" if form == "json" else text.encode("utf-8", "replace"), None)


def _columns() -> int:
    return min(_READABLE, max(_NARROWEST, shutil.get_terminal_size((_READABLE, 24)).columns))


@agreement.command(name="extract", epilog=_EXTRACT_EXAMPLES)
@takes_inputs
@click.option("--known-at", metavar="TIME",
              help="Of a case: only what was recorded by this time, like 2025-03-12T18:00.")  # fmt: skip
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE",
              help="Write to FILE; what a person changed in it stays.  [default: standard output]")  # fmt: skip
def extract_agreement(inputs: Inputs, known_at: str | None, output: Path | None) -> None:
    """Write down what reports tell of offers, answers and commitments as an agreement file that you can correct.

    PATH is as for `trucebook state`. Every entry has the words it rests on. Give the corrected file back with
    `trucebook state PATH --agreement FILE`, or bring it up to date with this command.
    """
    from trucebook.agreement.extract import extract  # noqa: PLC0415  --help loads nothing it does not show
    from trucebook.agreement.gather import events_of  # noqa: PLC0415
    from trucebook.agreement.merge import merge  # noqa: PLC0415
    from trucebook.agreement.write import write_agreement  # noqa: PLC0415

    see_output(output, inputs.paths)
    # A file that is none is refused before any work, and before anything could be written over it.
    there = read_agreement(output) if output is not None and str(output) != "-" and output.exists() else None
    dossier, told = reconciled(inputs, as_of=None, known_at=known_at)
    found = extract(events_of(dossier), dossier)
    deliver(write_agreement(merge(there, found) if there else found).encode("utf-8", "replace"), output)
    told()
    end(dossier.refusals)


@click.command(epilog=_DIFF_EXAMPLES)
@takes_inputs
@click.option("--as-of", "days", multiple=True, metavar="DATE",
              help="Of a case: the day to speak of; given twice, the two days that are compared.")  # fmt: skip
@click.option("--format", "form", type=click.Choice(["terminal", "json", "html", "md"]), default="terminal",
              show_default=True, help="How to show what changed.")  # fmt: skip
@click.option("--width", type=click.IntRange(min=40), metavar="COLUMNS",
              help="Width of the terminal output, instead of the terminal's own.")  # fmt: skip
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE",
              help="Write to FILE instead of standard output.")  # fmt: skip
def diff(inputs: Inputs, days: tuple[str, ...], form: str, width: int | None, output: Path | None) -> None:
    """Show what changed between two briefs: answers, commitments, moves, findings and quotations, with the words.

    PATH is given twice, OLD and NEW: each a brief that was kept (trucebook brief --format json), a report or a folder
    of them, a case, or a case as of a day, like talks.truce@2025-03-12. Or it is one case, with --as-of twice.

    What is told no more because its report is not in NEW is kept apart from what a report tells no more although it is
    there with another text: that is a retraction.
    """
    from trucebook.comparison.compare import compare  # noqa: PLC0415  --help loads nothing it does not show

    see_output(output, inputs.paths)
    (old, old_refused), (new, new_refused) = (snapshot(inputs, *side) for side in _sides(inputs.paths, days))
    deliver(_compared(compare(old, new), form, width, color=output is None and wants_colour()), output)
    end((*old_refused, *new_refused))


def _sides(paths: tuple[str, ...], days: tuple[str, ...]) -> tuple[tuple[str, str | None], tuple[str, str | None]]:
    if len(paths) == 1 and len(days) == TWO:
        return (paths[0], days[0]), (paths[0], days[1])
    if len(paths) != TWO or days:
        raise click.UsageError("give OLD and NEW, or one case and --as-of twice")
    return (paths[0], None), (paths[1], None)


def _compared(found: Comparison, form: str, width: int | None, *, color: bool) -> bytes:
    from trucebook.render import comparison as shown  # noqa: PLC0415  --help loads nothing it does not show
    from trucebook.render.contract import encode  # noqa: PLC0415

    if form == "json":
        return encode(shown.comparison_object(found)) + b"\n"
    if form == "html":
        return shown.comparison_html(found).encode("utf-8", "replace")
    if form == "md":
        return shown.comparison_markdown(found).encode("utf-8", "replace")
    return shown.render_comparison(found, width=width or _columns(), color=color).encode("utf-8", "replace")


PLAY_COMMANDS: tuple[click.Command, ...] = (agreement, diff, state)
