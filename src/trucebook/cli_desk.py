"""The command that serves a case as a web application."""

from __future__ import annotations

from typing import Any

import click

from trucebook.console import tell
from trucebook.options import acting_user


@click.command(epilog="\b\nExample:\n  trucebook serve talks.truce")
@click.argument("case", metavar="CASE")
@click.option("--host", default="127.0.0.1", show_default=True, metavar="NAME", help="Address to listen at.")
@click.option("--port", type=click.IntRange(0, 65535), default=8321, show_default=True, metavar="N", help="Port.")
@click.option("--actors", metavar="FILE", help="YAML file of known actors: names, aliases, roles, sides, identifiers.")
@click.option("--origin", metavar="URL", help="Where people find it behind a proxy, like https://desk.example.org.")
@click.option("--new", is_flag=True, help="Make the case where there is none; its reports are added on its pages.")
@click.option("--reread/--no-reread", default=True, show_default=True,
              help="Read again, beside the pages, what an earlier version of the program has read.")  # fmt: skip
def serve(case: str, *, new: bool, **given: Any) -> None:  # noqa: ANN401  each option has a type of its own
    """Serve a case as a web application, for reading and review.

    Needs the extra `desk`: pip install 'trucebook[desk]'. Without accounts it is one person's and listens on this
    machine alone; with accounts, of `trucebook user add`, everybody logs in and it may listen anywhere.
    """
    from trucebook.desk.serving import serve_case  # noqa: PLC0415  --help loads nothing it does not show
    from trucebook.desk.settings import DeskSettings  # noqa: PLC0415

    serve_case(case, DeskSettings(user=acting_user(None), **given), tell, create=new)


COMMANDS: tuple[click.Command, ...] = (serve,)
