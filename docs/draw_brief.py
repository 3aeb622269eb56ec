"""Draw docs/brief.svg, the picture in the README, from the brief of the example reports.

python docs/draw_brief.py
"""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import TYPE_CHECKING

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console
from rich.terminal_theme import MONOKAI
from rich.text import Text

import trucebook
from trucebook.render.terminal import render_terminal

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parent
PICTURE = HERE / "brief.svg"
WIDTH = 110
# The whole brief is too long for a picture: these of its sections, and the lines above the first.
SECTIONS = ("", "WHERE THINGS STAND", "STATE OF PLAY", "WHAT THEY DISPUTE")
_HEADING = re.compile(r"(?P<name>[A-Z][A-Z ]+[A-Z]) ─+")
# The picture fetches nothing: rich's own format names fonts of a web server.
_FORMAT = re.sub(r"@font-face \{\{.*?\}\}", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL)


def sections(brief: Text) -> Iterator[Text]:
    """Yield the lines of the sections that are shown."""
    name = ""
    for line in brief.split("\n", allow_blank=True):
        heading = _HEADING.match(line.plain)
        name = heading["name"] if heading else name
        if name in SECTIONS:
            yield line


def main() -> None:
    """Draw the picture."""
    examples = HERE.parent / "examples"
    dossier = trucebook.brief(examples / "velonia", actors=examples / "actors.yaml")
    brief = Text.from_ansi(render_terminal(dossier, width=WIDTH, color=True))
    console = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True, color_system="truecolor")
    console.print(Text("$ trucebook brief examples/velonia --actors examples/actors.yaml\n", style="bold"))
    for line in sections(brief):
        console.print(line)
    console.save_svg(
        str(PICTURE), title="from the brief of the five example reports", theme=MONOKAI, code_format=_FORMAT,
        unique_id="trucebook",
    )  # fmt: skip


if __name__ == "__main__":
    main()
