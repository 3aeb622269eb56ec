"""The command line: thin calls to the library, and the one place where errors become an exit status."""

from __future__ import annotations

import gc
import os
import shutil
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from trucebook import cli_cases, cli_desk, cli_play, cli_users
from trucebook.cli_inputs import laid_beside, read_inputs, reconciled
from trucebook.console import NOTHING_DONE, deliver, end, see_output, tell, wants_colour, warn
from trucebook.errors import SettingsError, TrucebookError
from trucebook.giving import deliver_shared, see_shared
from trucebook.options import (
    FORMS,
    Inputs,
    Layout,
    Names,
    Size,
    takes_agreement,
    takes_inputs,
    takes_layout,
    takes_names,
)

if TYPE_CHECKING:
    from trucebook.agreement.held import Filed
    from trucebook.dossier.model import Dossier

__all__ = ["Size", "main", "program"]

# What a shell reports of a program whose reader has gone: 128 and the number of SIGPIPE.
_READER_GONE = 141
_INTERRUPTED = 130
# New objects between two searches for garbage, and searches of one generation before the next. With Python's own
# numbers (700, 10, 10) they take a twentieth of a short run, and hardly anything here is garbage.
_COLLECTIONS = (20_000, 20, 20)
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
    readings = read_inputs(inputs)
    lines = [reading_line(reading) for reading in readings]
    deliver(b"".join(lines) if form == "jsonl" else b"[" + b",".join(lines) + b"]\n", output)
    warn(readings.warnings, readings)
    end(readings.refusals)


@program.command(epilog=_BRIEF_EXAMPLES)
@takes_inputs
@takes_layout
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE",
              help="Write to FILE instead of standard output; tables to a folder.")  # fmt: skip
@takes_names
@click.option("--as-of", metavar="DATE", help="Of a case: only what was published by this day, like 2025-03-12.")
@click.option("--known-at", metavar="TIME",
              help="Of a case: only what was recorded by this time, like 2025-03-12T18:00.")  # fmt: skip
@takes_agreement
def brief(
    inputs: Inputs, layout: Layout, output: Path | None, file: Path | None, *, names: Names, **when: str | None
) -> None:
    """Read reports of one negotiation and make one sourced brief of them.

    PATH is a report (.txt, .md, .html, .json, .jsonl), a folder of them, or - for standard input. A reports.csv
    (file,outlet,title,published,url) beside the files gives what they lack. Or PATH is a case that reports were added
    to: a file, or a URL like postgresql://host/database.
    """
    see_shared(layout.form, output, inputs.paths)
    if names.given and layout.form not in FORMS:
        raise SettingsError(f"--redact and --keep-name: are about what is given to others ({', '.join(FORMS)})")
    dossier, told = reconciled(inputs, of_case=bool(when["as_of"]), **when)
    if layout.form in FORMS:
        deliver_shared(dossier, layout.form, output, names)
    else:
        deliver(_shown(dossier, laid_beside(dossier, file), layout, to_file=output is not None), output)
    told()
    end(dossier.refusals)


for _command in (*cli_cases.COMMANDS, *cli_play.PLAY_COMMANDS, *cli_desk.COMMANDS, cli_users.user):
    program.add_command(_command)


def main() -> None:
    """Run the program."""
    gc.set_threshold(*_COLLECTIONS)
    program(prog_name="trucebook")


def _shown(every: Dossier, filed: Filed | None, layout: Layout, *, to_file: bool) -> bytes:
    """Return the brief in the form asked for, in UTF-8; of a file name that is none, `?` stands for the odd bytes."""
    from trucebook.dossier.importance import central  # noqa: PLC0415  --help loads nothing it does not show

    dossier, form = central(every, layout.least_strength, layout.least_origins), layout.form
    if form == "json":
        from trucebook.render.contract import brief_bytes  # noqa: PLC0415  each form loads its own renderer

        return brief_bytes(dossier, filed=filed)
    if form == "html":
        from trucebook.render.html import render_html  # noqa: PLC0415

        return render_html(dossier, filed).encode("utf-8", "replace")
    if form == "md":
        from trucebook.render.markdown import render_markdown  # noqa: PLC0415

        return render_markdown(dossier, filed).encode("utf-8", "replace")
    if form == "ftm":
        from trucebook.render.ftm import render_ftm  # noqa: PLC0415

        return render_ftm(dossier)
    from trucebook.render.terminal import render_terminal  # noqa: PLC0415

    columns = layout.width or shutil.get_terminal_size((_WIDTH_UNKNOWN, 24)).columns
    color = not to_file and wants_colour()
    shown = render_terminal(
        dossier, width=columns, color=color, lookalikes=layout.lookalikes, scores=layout.scores, filed=filed
    )
    return shown.encode("utf-8", "replace")
