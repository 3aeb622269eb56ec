"""Which report tells which fact, as a table that fits any terminal and any number of reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from trucebook.render.shown import clip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import RenderableType

    from trucebook.dossier.model import Cell
    from trucebook.render.brief import Fact, Outline

# Signs that differ in shape, not in colour alone.
SIGNS: dict[Cell, str] = {"told": "●", "told_differently": "≠", "told_by_a_party": "○", "absent": "·"}
MEANINGS: dict[Cell, str] = {
    "told": "tells it",
    "told_differently": "tells it differently (a, b: which side)",
    "told_by_a_party": "a party does",
    "absent": "does not tell it",
}
_STATEMENT = 24
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def sign(fact: Fact, report: str, cell: Cell) -> str:
    """Return the sign for what a report does with a fact: in a dispute the letter of the side that it tells.

    Args:
        fact: the fact.
        report: id of the report.
        cell: what the report does.
    """
    if cell != "told_differently":
        return SIGNS[cell]
    sides = [letter for letter, side in zip(_LETTERS, fact.sides, strict=False) if report in side.reports]
    return sides[0] if len(sides) == 1 else SIGNS[cell]


def coverage_table(of: Outline, rows: Sequence[tuple[Fact, tuple[Cell, ...]]], width: int) -> RenderableType:
    """Return facts by reports with a legend, at most `width` columns wide.

    With few reports each has a column under its label; with more, a sign each in the order of the sources; with more
    than the line holds, they are counted.
    """
    labels = [s.label for s in of.sources.values()]
    room = width - 2 - 5 - _STATEMENT
    legend = "   ".join(f"{SIGNS[cell]} {MEANINGS[cell]}" for cell in SIGNS)
    if sum(len(label) + 1 for label in labels) <= room:
        table, how = _labelled(of, rows), ""
    elif len(labels) + 1 <= room:
        table, how = _signs(of, rows), "one sign a report, in the order of the sources; "
    else:
        table, how = _counts(rows), "number of reports; "
    return Padding(Group(table, Text(how + legend, style="dim")), (0, 0, 0, 2))


def _grid() -> Table:
    table = Table.grid(padding=(0, 1, 0, 0), expand=True)
    table.add_column(no_wrap=True, style="bold")
    table.add_column(ratio=1, no_wrap=True, overflow="ellipsis")
    return table


def _labelled(of: Outline, rows: Sequence[tuple[Fact, tuple[Cell, ...]]]) -> Table:
    table, labels = _grid(), [s.label for s in of.sources.values()]
    for label in labels:
        table.add_column(justify="center", no_wrap=True, min_width=len(label))
    table.add_row("", "", *(Text(label, style="bold") for label in labels))
    for fact, cells in rows:
        table.add_row(fact.mark, _statement(fact), *map(Text, _row(of, fact, cells)))
    return table


def _row(of: Outline, fact: Fact, cells: Sequence[Cell]) -> list[str]:
    return [sign(fact, report, cell) for report, cell in zip(of.sources, cells, strict=True)]


def _signs(of: Outline, rows: Sequence[tuple[Fact, tuple[Cell, ...]]]) -> Table:
    table = _grid()
    table.add_column(no_wrap=True)
    for fact, cells in rows:
        table.add_row(fact.mark, _statement(fact), Text("".join(_row(of, fact, cells))))
    return table


def _counts(rows: Sequence[tuple[Fact, tuple[Cell, ...]]]) -> Table:
    table = _grid()
    table.add_column(no_wrap=True)
    for fact, cells in rows:
        counted = "  ".join(f"{SIGNS[cell]} {cells.count(cell)}" for cell in SIGNS)
        table.add_row(fact.mark, _statement(fact), Text(counted))
    return table


def _statement(fact: Fact) -> Text:
    # The column cuts it where the line ends; rich need not measure more than a line can hold.
    return Text(clip(fact.about, 400), overflow="ellipsis", no_wrap=True)
