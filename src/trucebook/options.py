"""The arguments and options that commands share: what to read, and how."""

from __future__ import annotations

import getpass
import os
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Callable

SHOWN = ("terminal", "json", "html", "md", "ftm")
"""The forms in which a brief can be shown."""
FORMS = ("csv", "parquet", "annotations")
"""The forms in which a case is given to others."""
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

    @property
    def about_reports(self) -> list[str]:
        """The options that the user gave about how reports are read."""
        given = {
            "--published": self.published,
            "--outlet": self.outlet,
            "--encoding": self.encoding,
            "--max-size": self.max_bytes,
            "--model": self.model,
        }
        return [name for name, value in given.items() if value is not None]


@dataclass(frozen=True, kw_only=True)
class Names:
    """Which names are given to others, as the user said.

    Attributes:
        redact: whether the names of private persons and of analysts are left out.
        keep: persons who are public though no report gives them an office.
        given: whether the user said anything about it.
    """

    redact: bool
    keep: tuple[str, ...]
    given: bool


@dataclass(frozen=True, kw_only=True)
class Layout:
    """How a brief is shown, as the user gave it.

    Attributes:
        form: one of `SHOWN` or of `FORMS`.
        width: columns of the terminal; None for the terminal's own.
        lookalikes: whether the terminal shows what looks like a dispute and is none.
        scores: whether the terminal shows what makes each finding central.
        least_strength: of a finding, 0 to 1.
        least_origins: of a finding.
    """

    form: str
    width: int | None
    lookalikes: bool
    scores: bool
    least_strength: float
    least_origins: int


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


def takes_names(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that say which names are given to others; it gets them as one `Names`."""

    @click.option("--redact/--with-names", default=None,
                  help="Leave out the names of private persons and of analysts (default), or give them.")  # fmt: skip
    @click.option("--keep-name", "keep", multiple=True, metavar="NAME",
                  help="A person who is public though no report gives an office; may be repeated.")  # fmt: skip
    @wraps(command)
    def with_names(*first: Inputs, redact: bool | None, keep: tuple[str, ...], **given: Any) -> None:  # noqa: ANN401
        said = redact is not None or bool(keep)
        command(*first, names=Names(redact=redact is not False, keep=keep, given=said), **given)

    return with_names


def takes_agreement(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the option of an agreement file that is laid beside the reports; it gets it as `file`."""
    return click.option("--agreement", "file", type=click.Path(path_type=Path), metavar="FILE",
                        help="An agreement file, extracted and corrected or written by hand: it wins over the reports, "
                             "and where they part is said.")(command)  # fmt: skip


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


def takes_user(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the option that says who does what it does."""
    help_ = "Who does it, for the audit log.  [default: who is logged in]"
    return click.option("--user", metavar="NAME", help=help_)(command)


def acting_user(given: str | None) -> str:
    """Return who does it: as given, or the machine's user; empty for a process of a user without a name."""
    if given is not None:
        return given
    try:
        return os.environ.get("TRUCEBOOK_USER") or getpass.getuser()
    except (OSError, KeyError):
        return ""


def takes_layout(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that say how a brief is shown; it gets them as one `Layout`."""

    @click.option("--format", "form", type=click.Choice([*SHOWN, *FORMS]), default="terminal", show_default=True,
                  help="How to show the brief; ftm: its actors as FollowTheMoney entities; to give to others: "
                       "tables (csv, parquet) or W3C Web Annotations.")  # fmt: skip
    @click.option("--width", type=click.IntRange(min=40), metavar="COLUMNS",
                  help="Width of the terminal brief, instead of the terminal's own.")  # fmt: skip
    @click.option("--lookalikes", is_flag=True,
                  help="Also show, in the terminal, what looks like a dispute and is none, and why.")  # fmt: skip
    @click.option("--scores", is_flag=True, help="Also show, in the terminal, what makes each finding central.")
    @click.option("--least-strength", type=click.FloatRange(0, 1), default=0.0, show_default=True, metavar="SCORE",
                  help="Leave out findings that are less central than this, from 0 to 1.")  # fmt: skip
    @click.option("--least-origins", type=click.IntRange(min=1), default=1, show_default=True, metavar="N",
                  help="Leave out findings with fewer independent origins.")  # fmt: skip
    @wraps(command)
    def with_layout(*args: Any, **given: Any) -> None:  # noqa: ANN401  click hands every option over by name
        layout = Layout(**{name: given.pop(name) for name in Layout.__dataclass_fields__})
        command(*args, layout=layout, **given)

    return with_layout
