"""A dossier as tables: every row leads back to its words, and every column is documented."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import trucebook
from trucebook.render.tables import TABLES, Table, tables

if TYPE_CHECKING:
    from trucebook.dossier.model import Dossier

ROOT = Path(__file__).parent.parent.parent
PAGE = (ROOT / "docs" / "tables.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def velonia() -> Dossier:
    return trucebook.brief(ROOT / "examples" / "velonia", actors=ROOT / "examples" / "actors.yaml")


@pytest.fixture(scope="module")
def made(velonia: Dossier) -> dict[str, Table]:
    return {table.name: table for table in tables(velonia)}


@pytest.mark.parametrize("table", TABLES, ids=lambda t: t.name)
def test_every_column_is_documented(table: Table) -> None:
    section = PAGE.split(f"## {table.name}\n", maxsplit=1)[1].split("\n## ", maxsplit=1)[0]
    assert section.startswith(f"\nA row is {table.says}.\n")
    rows = re.findall(r"^\| `(\w+)` .*\| (yes|) ?\| (.*) \|$", section, re.MULTILINE)
    assert rows == [(c.name, "yes" if c.optional else "", c.says) for c in table.columns]


@pytest.mark.parametrize("table", TABLES, ids=lambda t: t.name)
def test_every_row_has_a_cell_a_column_and_leads_back_to_its_words(
    table: Table, made: dict[str, Table], velonia: Dossier
) -> None:
    names = [c.name for c in table.columns]
    for row in made[table.name].rows:
        cells = dict(zip(names, row, strict=True))
        for prefix in [n.removesuffix("words") for n in names if n.endswith("words")]:
            start, end, words = (cells[f"{prefix}{part}"] for part in ("start", "end", "words"))
            if words is not None:
                assert isinstance(start, int)
                assert isinstance(end, int)
                assert velonia.reading(str(cells["report"])).report.text[start:end] == words
        assert [c.name for c in table.columns if cells[c.name] is None and not c.optional] == []


@pytest.mark.parametrize("name", ["reports", "attributions", "quotations", "actors", "findings", "positions", "moves"])
def test_what_the_dossier_has_is_in_its_table(name: str, made: dict[str, Table], velonia: Dossier) -> None:
    counts = {
        "reports": len(velonia.readings),
        "attributions": sum(len(r.attributions) for r in velonia.readings),
        "quotations": sum(len(q.variants) for q in velonia.quotes),
        "actors": len(velonia.actors),
        "findings": len(velonia.findings),
        "positions": sum(len(p.evidence) for f in velonia.findings for p in f.positions),
        "moves": sum(len(r.moves) for r in velonia.readings),
    }
    assert len(made[name].rows) == counts[name] > 0


def test_the_state_of_play_is_in_its_tables(made: dict[str, Table]) -> None:
    assert made["proposals"].rows or made["commitments"].rows
    ids = {row[0] for row in made["proposals"].rows}
    assert {row[0] for row in made["answers"].rows} <= ids
