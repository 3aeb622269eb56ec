"""Write docs/cli.md, the reference of the command line, from what `--help` says.

python docs/write_cli.py            write it
python docs/write_cli.py --check    fail where it is not up to date
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from trucebook.cli import program

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE = Path(__file__).with_name("cli.md")
_HEAD = """# The command line

This page is written by `make docs` from what the program says of itself; a test fails where it is out of date.
The same from Python: [library.md](library.md). What comes out: [output.md](output.md).
"""


def reference() -> str:
    """Return the page: the help of the program and of every command."""
    parts = [_HEAD]
    for name, text in _helps(program, "trucebook"):
        parts.append(f"## {name}\n\n```text\n{text}\n```\n")
    return "\n".join(parts)


def _helps(command: click.Command, name: str) -> Iterator[tuple[str, str]]:
    # The width is fixed, so that the page does not depend on the terminal it was written from.
    context = click.Context(command, info_name=name, terminal_width=80, **command.context_settings)
    yield name, command.get_help(context)
    if isinstance(command, click.Group):
        for sub in sorted(command.commands):
            yield from _helps(command.commands[sub], f"{name} {sub}")


def main() -> None:
    """Write the page, or with `--check` see that it is up to date."""
    if "--check" not in sys.argv[1:]:
        PAGE.write_text(reference(), encoding="utf-8")
    elif not PAGE.is_file() or PAGE.read_text(encoding="utf-8") != reference():
        sys.exit(f"{PAGE} is out of date; run: make docs")


if __name__ == "__main__":
    main()
