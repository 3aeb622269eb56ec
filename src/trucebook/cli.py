"""The command line: thin calls to the library, and the one place where errors become an exit status."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from trucebook.delivery import check_output, write_file, write_stream
from trucebook.errors import TrucebookError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from trucebook.agreement.entries import Agreement
    from trucebook.api import Readings
    from trucebook.dossier.model import Dossier
    from trucebook.engine.compute import Progress

DONE, SOME_REFUSED, NOTHING_DONE = 0, 1, 2
# What a shell reports of a program whose reader has gone: 128 and the number of SIGPIPE.
_READER_GONE = 141
_INTERRUPTED = 130
# How many reports a warning names before it only counts them.
_NAMED = 3
# Wide enough for two columns side by side where the output is no terminal.
_WIDTH_UNKNOWN = 100
_UNITS: dict[str, int] = {"": 1, "b": 1} | {
    letter + end: base**power
    for power, letter in enumerate("kmg", start=1)
    for end, base in (("", 1000), ("b", 1000), ("ib", 1024))
}


@dataclass(frozen=True, kw_only=True)
class Inputs:
    """What to read and how, as the user gave it.

    Attributes:
        paths: files and folders; `-` is standard input.
        published: day of publication of every report, as written.
        outlet: who published every report.
        encoding: of every file; None to detect it.
        jobs: number of processes.
        max_bytes: size above which a file is refused; None for the usual limit.
        model: name or path of the English model; None for the usual one.
        actors: file of actors that are known before; None for none.
    """

    paths: tuple[str, ...]
    published: str | None
    outlet: str | None
    encoding: str | None
    jobs: int
    max_bytes: int | None
    model: str | None
    actors: str | None


class Size(click.ParamType[int]):
    """A number of bytes, written like 500k, 20MB or 1000000."""

    name = "size"

    def convert(self, value: str | int, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Return the number of bytes."""
        if isinstance(value, int):
            return value
        digits = value.strip().lower().rstrip("bikmg")
        unit = value.strip().lower()[len(digits) :]
        if not digits.isdecimal() or unit not in _UNITS or not int(digits):
            self.fail(f"{value!r} is not a size; write it like 500k, 20MB or 1000000", param, ctx)
        return int(digits) * _UNITS[unit]


class Program(click.Group):
    """The commands, whose errors are one line on standard error and an exit status, never a traceback."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command that the user named."""
        try:
            return super().invoke(ctx)
        except TrucebookError as error:
            _tell(*str(error).splitlines())
            ctx.exit(NOTHING_DONE)
        except BrokenPipeError:
            # Nobody reads on; what Python would flush at exit has nowhere to go.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(_READER_GONE)
        except KeyboardInterrupt:
            # It ends already; a second Ctrl-C would only spoil how.
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            _tell("interrupted")
            ctx.exit(_INTERRUPTED)


def takes_inputs(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the arguments and options that say what to read; it gets them as one `Inputs`."""

    @click.argument("paths", nargs=-1, required=True, metavar="PATH...")
    @click.option("--published", metavar="DATE",
                  help="Day of publication of every report, like 2025-03-12, whatever the files say.")  # fmt: skip
    @click.option("--outlet", metavar="NAME", help="Who published every report, whatever the files say.")
    @click.option("--encoding", metavar="NAME", help="Encoding of every file, like cp1252, instead of detecting it.")
    @click.option("--jobs", type=click.IntRange(min=1), default=1, show_default=True, metavar="N",
                  help="Number of processes; the result is the same for any number.")  # fmt: skip
    @click.option("--max-size", "max_bytes", type=Size(), metavar="SIZE",
                  help="Refuse files larger than this, like 500k.  [default: 20MiB]")  # fmt: skip
    @click.option(
        "--model", metavar="NAME", help="Another English model: a spaCy package, or the path of a model folder."
    )
    @click.option("--actors", metavar="FILE",
                  help="YAML file of known actors: names, aliases, roles, sides, identifiers.")  # fmt: skip
    @wraps(command)
    def with_inputs(**given: Any) -> None:  # noqa: ANN401  click hands every option over by name
        command(Inputs(**{name: given.pop(name) for name in Inputs.__dataclass_fields__}), **given)

    return with_inputs


# `\b` keeps click from wrapping what follows.
_EXAMPLES = "\b\nExample:\n  trucebook brief examples/velonia"
_READ_EXAMPLES = """\b
Examples:
  trucebook read examples/velonia > readings.jsonl
  trucebook read - --published 2024-05-15 < examples/velonia/valley-courier.txt"""
_BRIEF_EXAMPLES = """\b
Examples:
  trucebook brief examples/velonia
  trucebook brief examples/velonia --format html -o brief.html"""

_STATE_EXAMPLES = """\b
Examples:
  trucebook state examples/velonia --actors examples/actors.yaml
  trucebook state examples/velonia --actors examples/actors.yaml --what-if "Velonia refuses"
  trucebook state examples/velonia --actors examples/actors.yaml --since 2024-05-13"""
_CHECK_EXAMPLES = "\b\nExample:\n  trucebook agreement check examples/velonia.toml"
_SHOW_EXAMPLES = """\b
Examples:
  trucebook agreement show examples/velonia.toml --what-if "Tomaria accepts"
  trucebook agreement show examples/velonia.toml --as-of 2024-05-14"""


@click.group(
    cls=Program, epilog=_EXAMPLES, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(package_name="trucebook", message="trucebook %(version)s")
def program() -> None:
    """Read many reports of one negotiation and keep its book.

    Who said what, what the reports agree on, what they dispute: every line can be traced to the exact words it
    came from.

    Exit status: 0 done; 1 done, but some input was refused (each is named on standard error with its reason);
    2 wrong usage, or nothing could be read.
    """


@program.command(epilog=_READ_EXAMPLES)
@takes_inputs
@click.option("--format", "form", type=click.Choice(["jsonl", "json"]), default="jsonl", show_default=True,
              help="One JSON object a line, or one JSON array.")  # fmt: skip
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE",
              help="Write to FILE instead of standard output.")  # fmt: skip
def read(inputs: Inputs, form: str, output: Path | None) -> None:
    """Read reports, each by itself, and print what was found in each.

    PATH is a report (.txt, .md, .html, .json, .jsonl), a folder of them, or - for standard input. A reports.csv
    (file,outlet,title,published,url) beside the files gives what they lack.
    """
    from trucebook.render.contract import reading_line  # noqa: PLC0415  --help loads nothing it does not show

    _see_output(output, inputs)
    readings = _read(inputs)
    lines = [reading_line(reading) for reading in readings]
    _deliver(b"".join(lines) if form == "jsonl" else b"[" + b",".join(lines) + b"]\n", output)
    _end(readings)


@program.command(epilog=_BRIEF_EXAMPLES)
@takes_inputs
@click.option("--format", "form", type=click.Choice(["terminal", "json", "html", "md", "ftm"]), default="terminal",
              show_default=True, help="How to show the brief; ftm: its actors as FollowTheMoney entities.")  # fmt: skip
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE",
              help="Write to FILE instead of standard output.")  # fmt: skip
@click.option("--width", type=click.IntRange(min=40), metavar="COLUMNS",
              help="Width of the terminal brief, instead of the terminal's own.")  # fmt: skip
@click.option("--lookalikes", is_flag=True,
              help="Also show, in the terminal, what looks like a dispute and is none, with the reason.")  # fmt: skip
def brief(inputs: Inputs, form: str, output: Path | None, width: int | None, *, lookalikes: bool) -> None:
    """Read reports of one negotiation and make one sourced brief of them.

    PATH is a report (.txt, .md, .html, .json, .jsonl), a folder of them, or - for standard input. A reports.csv
    (file,outlet,title,published,url) beside the files gives what they lack.
    """
    from trucebook.api import reconcile  # noqa: PLC0415  --help loads nothing it does not show

    _see_output(output, inputs)
    readings = _read(inputs)
    dossier = reconcile(readings, actors=inputs.actors or ())
    _deliver(_shown(dossier, form, width, to_file=output is not None, lookalikes=lookalikes), output)
    _end(readings)


@program.command(epilog=_STATE_EXAMPLES)
@takes_inputs
@click.option("--as-of", metavar="DATE", help="The day to speak of, to its end.  [default: that of the latest report]")
@click.option("--according-to", "sources", multiple=True, metavar="SOURCE",
              help="Go by the reports of this outlet, or the report with this id, alone; may be repeated.")  # fmt: skip
@click.option("--what-if", "supposed", multiple=True, metavar="TEXT",
              help="Show what would follow, from the conditions alone: 'Tomaria accepts', '30 days pass'; "
                   "may be repeated, one thing after the other.")  # fmt: skip
@click.option("--since", metavar="DATE", help="Show what has changed since the end of this day.")
@click.option("--format", "form", type=click.Choice(["terminal", "json"]), default="terminal", show_default=True,
              help="Lines, or one JSON object.")  # fmt: skip
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE",
              help="Write to FILE instead of standard output.")  # fmt: skip
def state(  # noqa: PLR0913, PLR0917  one an option
    inputs: Inputs,
    as_of: str | None,
    sources: tuple[str, ...],
    supposed: tuple[str, ...],
    since: str | None,
    form: str,
    output: Path | None,
) -> None:
    """Show where a negotiation stands: offers and answers, commitments, whose move it is and what comes next.

    PATH is a report (.txt, .md, .html, .json, .jsonl), a folder of them, or - for standard input.
    """
    from trucebook.agreement.gather import Asked, state_of_case  # noqa: PLC0415  --help loads nothing it does not show
    from trucebook.api import reconcile  # noqa: PLC0415
    from trucebook.render.contract import encode  # noqa: PLC0415
    from trucebook.render.play import asked_object, asked_text  # noqa: PLC0415

    _see_output(output, inputs)
    readings = _read(inputs)
    asked = Asked(as_of=as_of, according_to=sources or None, supposed=supposed, since=since)
    found = state_of_case(reconcile(readings, actors=inputs.actors or ()), asked)
    result = encode(asked_object(found)) + b"\n" if form == "json" else asked_text(found).encode("utf-8", "replace")
    _deliver(result, output)
    _end(readings)


@program.group(epilog=_SHOW_EXAMPLES)
def agreement() -> None:
    """Check and show an agreement that is written by hand (TOML; docs/agreement.md explains every field)."""


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
    from trucebook.render.play import problem_line, problem_object  # noqa: PLC0415

    problems = check(_agreement(file))
    if form == "json":
        _deliver(encode([problem_object(problem) for problem in problems]) + b"\n", None)
    else:
        told = [problem_line(problem) for problem in problems] or ["nothing to remark"]
        _deliver(("\n".join(told) + "\n").encode("utf-8", "replace"), None)
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
    from trucebook.render.contract import encode  # noqa: PLC0415

    written = _agreement(file)
    told = events(written, str(file))
    moment = when(as_of).closing if as_of is not None else latest(written, str(file))
    if supposed:
        by = told_by(told, sources) if sources else told
        found = suppose(by, moment, supposed)
        value, text = shown.supposed_object(found), shown.supposed_text(found)
    else:
        state = play(told, moment, sources or None)
        value, text = shown.state_object(state), shown.play_text(state)
    _deliver(encode(value) + b"\n" if form == "json" else text.encode("utf-8", "replace"), None)


def main() -> None:
    """Run the program."""
    program(prog_name="trucebook")


def _read(inputs: Inputs) -> Readings:
    from trucebook import api  # noqa: PLC0415  --help loads nothing it does not show
    from trucebook.engine.compute import compute  # noqa: PLC0415
    from trucebook.reading.pipeline import DEFAULT_MODEL  # noqa: PLC0415
    from trucebook.reading.read import ReadingSettings  # noqa: PLC0415

    settings = api.intake_settings(inputs.published, inputs.outlet, inputs.max_bytes, inputs.encoding)
    # A process may be started without standard streams; the intake then refuses `-` by name.
    loaded = api.take_in(inputs.paths, settings, stdin=sys.stdin.buffer if sys.stdin else None)
    known = api.known_actors(inputs.actors or ())
    how = ReadingSettings(model=inputs.model or DEFAULT_MODEL, actors=known)
    with _watched(len(loaded.reports)) as progress:
        readings = compute(loaded.reports, how, jobs=inputs.jobs, progress=progress)
    return api.Readings(readings=readings, refusals=loaded.refusals, warnings=loaded.warnings)


def _agreement(path: Path) -> Agreement:
    from trucebook.agreement.file import AgreementError, parse_agreement  # noqa: PLC0415  --help loads nothing it does not show

    try:
        raw = path.read_bytes()
    except OSError as error:
        raise AgreementError(
            str(path), "the file", error.strerror or str(error), "name a file that can be read"
        ) from error
    return parse_agreement(raw, str(path))


@contextmanager
def _watched(total: int) -> Iterator[Progress | None]:
    """Show a progress bar on standard error while a person watches it, and none otherwise."""
    if not sys.stderr or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console  # noqa: PLC0415  --help loads nothing it does not show
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415

    columns = (TextColumn("Reading"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=total)
        yield lambda _report: bar.advance(task)


def _shown(dossier: Dossier, form: str, width: int | None, *, to_file: bool, lookalikes: bool) -> bytes:
    """Return the brief in the form asked for, in UTF-8; of a file name that is none, `?` stands for the odd bytes."""
    if form == "json":
        from trucebook.render.contract import brief_bytes  # noqa: PLC0415  each form loads its own renderer

        return brief_bytes(dossier)
    if form == "html":
        from trucebook.render.html import render_html  # noqa: PLC0415

        return render_html(dossier).encode("utf-8", "replace")
    if form == "md":
        from trucebook.render.markdown import render_markdown  # noqa: PLC0415

        return render_markdown(dossier).encode("utf-8", "replace")
    if form == "ftm":
        from trucebook.render.ftm import render_ftm  # noqa: PLC0415

        return render_ftm(dossier)
    from trucebook.render.terminal import render_terminal  # noqa: PLC0415

    columns = width or shutil.get_terminal_size((_WIDTH_UNKNOWN, 24)).columns
    shown = render_terminal(dossier, width=columns, color=not to_file and _wants_colour(), lookalikes=lookalikes)
    return shown.encode("utf-8", "replace")


def _wants_colour() -> bool:
    # https://no-color.org: any value but the empty one asks for no colour.
    return (
        bool(sys.stdout) and sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    )


def _see_output(output: Path | None, inputs: Inputs) -> None:
    if output is not None and str(output) != "-":
        check_output(output, inputs.paths)


def _deliver(result: bytes, output: Path | None) -> None:
    if output is None or str(output) == "-":
        write_stream(sys.stdout.buffer if sys.stdout else None, result)
    else:
        write_file(output, result)


def _end(readings: Readings) -> None:
    """Name on standard error what the reader should know, and leave with the status that says it."""
    _tell(*(f"warning: {warning}" for warning in readings.warnings))
    concerned: dict[str, list[str]] = {}
    for reading in readings:
        for warning in reading.warnings:
            concerned.setdefault(warning, []).append(reading.report.id)
    _tell(*(f"warning: {_named(ids)}: {warning}" for warning, ids in concerned.items()))
    _tell(*(f"refused {r.path}: {r.reason}; {r.remedy}" for r in readings.refusals))
    click.get_current_context().exit(SOME_REFUSED if readings.refusals else DONE)


def _named(ids: list[str]) -> str:
    more = f" and {len(ids) - _NAMED} more" if len(ids) > _NAMED else ""
    return ", ".join(ids[:_NAMED]) + more


def _tell(*lines: str) -> None:
    for line in lines:
        click.echo(f"trucebook: {line}", err=True)
