"""The command line: thin calls to the library, and the one place where errors become an exit status."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from trucebook import cli_cases, cli_desk, cli_users
from trucebook.console import DONE, NOTHING_DONE, SOME_REFUSED, deliver, end, see_output, tell, warn, watched
from trucebook.errors import SettingsError, TrucebookError
from trucebook.giving import deliver_shared, see_shared
from trucebook.options import FORMS, Inputs, Names, Size, takes_inputs, takes_names

if TYPE_CHECKING:
    from collections.abc import Callable

    from trucebook.agreement.entries import Agreement
    from trucebook.api import Readings
    from trucebook.casework import Told
    from trucebook.dossier.model import Dossier

__all__ = ["Size", "main", "program"]

# What a shell reports of a program whose reader has gone: 128 and the number of SIGPIPE.
_READER_GONE = 141
_INTERRUPTED = 130
# Wide enough for two columns side by side where the output is no terminal.
_WIDTH_UNKNOWN = 100


class Program(click.Group):
    """The commands, whose errors are one line on standard error and an exit status, never a traceback."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command that the user named."""
        try:
            return super().invoke(ctx)
        except TrucebookError as error:
            tell(*str(error).splitlines())
            ctx.exit(NOTHING_DONE)
        except BrokenPipeError:
            # Nobody reads on; what Python would flush at exit has nowhere to go.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(_READER_GONE)
        except KeyboardInterrupt:
            # It ends already; a second Ctrl-C would only spoil how.
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            tell("interrupted")
            ctx.exit(_INTERRUPTED)


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

    see_output(output, inputs.paths)
    readings = _read(inputs)
    lines = [reading_line(reading) for reading in readings]
    deliver(b"".join(lines) if form == "jsonl" else b"[" + b",".join(lines) + b"]\n", output)
    warn(readings.warnings, readings)
    end(readings.refusals)


@program.command(epilog=_BRIEF_EXAMPLES)
@takes_inputs
@click.option("--format", "form", type=click.Choice(["terminal", "json", "html", "md", "ftm", *FORMS]),
              default="terminal", show_default=True,
              help="How to show the brief; ftm: its actors as FollowTheMoney entities; to give to others: tables (csv, "
                   "parquet) or W3C Web Annotations.")  # fmt: skip
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE",
              help="Write to FILE instead of standard output; tables to a folder.")  # fmt: skip
@takes_names
@click.option("--width", type=click.IntRange(min=40), metavar="COLUMNS",
              help="Width of the terminal brief, instead of the terminal's own.")  # fmt: skip
@click.option("--lookalikes", is_flag=True,
              help="Also show, in the terminal, what looks like a dispute and is none, with the reason.")  # fmt: skip
@click.option("--as-of", metavar="DATE", help="Of a case: only what was published by this day, like 2025-03-12.")
@click.option("--known-at", metavar="TIME",
              help="Of a case: only what was recorded by this time, like 2025-03-12T18:00.")  # fmt: skip
def brief(
    inputs: Inputs,
    form: str,
    output: Path | None,
    width: int | None,
    *,
    lookalikes: bool,
    names: Names,
    **when: str | None,
) -> None:
    """Read reports of one negotiation and make one sourced brief of them.

    PATH is a report (.txt, .md, .html, .json, .jsonl), a folder of them, or - for standard input. A reports.csv
    (file,outlet,title,published,url) beside the files gives what they lack. Or PATH is a case that reports were added
    to: a file, or a URL like postgresql://host/database.
    """
    see_shared(form, output, inputs.paths)
    if names.given and form not in FORMS:
        raise SettingsError(f"--redact and --keep-name: are about what is given to others ({', '.join(FORMS)})")
    dossier, finish = _reconciled(inputs, of_case=bool(when["as_of"]), **when)
    if form in FORMS:
        deliver_shared(dossier, form, output, names)
        finish()
        return
    deliver(_shown(dossier, form, width, to_file=output is not None, lookalikes=lookalikes), output)
    finish()


@program.command(epilog=_STATE_EXAMPLES)
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
    form: str,
    output: Path | None,
) -> None:
    """Show where a negotiation stands: offers and answers, commitments, whose move it is and what comes next.

    PATH is a report (.txt, .md, .html, .json, .jsonl), a folder of them, or - for standard input; or a case that
    reports were added to.
    """
    from trucebook.agreement.gather import Asked, state_of_case  # noqa: PLC0415  --help loads nothing it does not show
    from trucebook.render.contract import encode  # noqa: PLC0415
    from trucebook.render.play import asked_object, asked_text  # noqa: PLC0415

    see_output(output, inputs.paths)
    dossier, finish = _reconciled(inputs, as_of=as_of, known_at=known_at)
    asked = Asked(as_of=as_of, according_to=sources or None, supposed=supposed, since=since)
    found = state_of_case(dossier, asked)
    result = encode(asked_object(found)) + b"\n" if form == "json" else asked_text(found).encode("utf-8", "replace")
    deliver(result, output)
    finish()


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
    deliver(encode(value) + b"\n" if form == "json" else text.encode("utf-8", "replace"), None)


for _command in (*cli_cases.COMMANDS, *cli_desk.COMMANDS, cli_users.user):
    program.add_command(_command)


def main() -> None:
    """Run the program."""
    program(prog_name="trucebook")


def _reconciled(
    inputs: Inputs, *, as_of: str | None, known_at: str | None, of_case: bool = False
) -> tuple[Dossier, Callable[[], None]]:
    """Return the dossier of what the user named, and what says at the end what there is to know about it.

    Args:
        inputs: what the user named.
        as_of: of a case, only what was published by this day.
        known_at: of a case, only what was recorded by this time.
        of_case: whether the day makes sense of a case alone.
    """
    from trucebook.record.location import is_case  # noqa: PLC0415  --help loads nothing it does not show

    cases = [path for path in inputs.paths if is_case(path)]
    if cases:
        told = _of_case(inputs, cases[0], as_of, known_at)
        return told.dossier, lambda: warn(told.warnings)
    if known_at or of_case:
        raise SettingsError("--as-of and --known-at: are about a case; name one, such as talks.truce")
    from trucebook.api import reconcile  # noqa: PLC0415  as above

    readings = _read(inputs)

    def finish() -> None:
        warn(readings.warnings, readings)
        end(readings.refusals)

    return reconcile(readings, actors=inputs.actors or ()), finish


def _of_case(inputs: Inputs, name: str, as_of: str | None, known_at: str | None) -> Told:
    from trucebook.api import known_actors  # noqa: PLC0415  --help loads nothing it does not show
    from trucebook.casework import brief_of, read_when  # noqa: PLC0415
    from trucebook.record.case import open_case  # noqa: PLC0415

    if len(inputs.paths) > 1:
        raise SettingsError(f"{name}: is a case, and cannot be briefed together with others; name it alone")
    if given := inputs.about_reports:
        raise SettingsError(f"{', '.join(given)}: about reports that are read, and a case is read already; leave out")
    with open_case(name) as case:
        return brief_of(case, read_when(as_of, known_at), actors=known_actors(inputs.actors or ()))


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
    with watched(len(loaded.reports)) as progress:
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
