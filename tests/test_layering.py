"""Imports run one way, and what must be a pure function touches neither a clock nor a network nor a screen."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

SOURCE = Path(__file__).parent.parent / "src"

FOUNDATION = {"span", "report", "errors", "lexicons"}
# What each room may import, itself aside. A room that is not listed here has no place yet: give it one.
ROOMS: dict[str, set[str]] = {
    "span": set(),
    "report": {"span"},
    "errors": set(),
    "lexicons": {"errors"},
    "intake": FOUNDATION,
    "reading": FOUNDATION,
    "dossier": FOUNDATION | {"reading"},
    "agreement": FOUNDATION | {"reading", "dossier"},
    "review": FOUNDATION | {"reading", "dossier", "agreement"},
    "render": FOUNDATION | {"reading", "dossier", "agreement", "comparison"},
    "comparison": {"errors", "span"},
    "engine": FOUNDATION | {"reading"},
    "delivery": {"errors"},
    "record": FOUNDATION | {"reading", "dossier"},
    "api": FOUNDATION | {"intake", "reading", "dossier", "agreement", "engine"},
    "casework": FOUNDATION | {"intake", "reading", "dossier", "agreement", "review", "engine", "record"},
    "console": FOUNDATION | {"reading", "delivery"},
    "desk": FOUNDATION | {"reading", "dossier", "agreement", "review", "render", "record", "api", "casework"},
    "options": set(),
    "cli_desk": {"desk", "console", "options"},
    "cli_users": FOUNDATION | {"record", "console", "options"},
    "giving": FOUNDATION | {"dossier", "render", "console", "delivery", "options"},
    "cli_cases": FOUNDATION
    | {"reading", "dossier", "record", "render", "api", "casework", "console", "options", "delivery", "giving"},
    "cli_inputs": FOUNDATION
    | {
        "reading",
        "dossier",
        "agreement",
        "comparison",
        "engine",
        "render",
        "record",
        "api",
        "casework",
        "console",
        "options",
    },
    "cli_play": FOUNDATION | {"dossier", "agreement", "comparison", "render", "console", "options", "cli_inputs"},
    "cli": FOUNDATION
    | {
        "intake",
        "reading",
        "dossier",
        "agreement",
        "engine",
        "render",
        "record",
        "api",
        "casework",
        "console",
        "options",
        "cli_cases",
        "cli_desk",
        "cli_users",
        "giving",
        "cli_inputs",
        "cli_play",
    },
    "__main__": {"cli"},
    "__init__": FOUNDATION | {"reading", "dossier", "api"},  # the names it hands on
}

PURE = ("reading", "dossier", "agreement", "review", "comparison")
SCREENS = {"click", "rich", "jinja2"}
OUTSIDE = {"trafilatura", "sqlite3", "socket", "ssl", "urllib", "urllib3", "http", "requests", "subprocess", "asyncio"}
CHANCE = {"time", "random", "secrets", "uuid"}
CLOCKS = {"now", "today", "utcnow"}

MODULES = sorted(path.relative_to(SOURCE / "trucebook").as_posix() for path in SOURCE.rglob("*.py"))


def room_of(module: str) -> str:
    return module.removesuffix(".py").split("/")[0]


def imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute, so that a reader sees where a name comes from"
            assert node.module is not None
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names if node.module == "trucebook")


def wrong_way(room: str, tree: ast.AST) -> set[str]:
    """Return the rooms that a module of `room` imports and may not."""
    names = {name.split(".")[1] for name in imports(tree) if name.startswith("trucebook.")}
    return names - ROOMS[room] - {room}


def impure(tree: ast.AST, banned: set[str]) -> set[str]:
    """Return the banned modules that are imported, and the clocks that are asked."""
    asked = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr in CLOCKS}
    return asked | ({name.split(".")[0] for name in imports(tree)} & banned)


@pytest.mark.parametrize("module", MODULES)
def test_imports_run_one_way(module: str) -> None:
    tree = _tree(module)
    assert wrong_way(room_of(module), tree) == set()


@pytest.mark.parametrize("module", [m for m in MODULES if room_of(m) in PURE])
def test_what_reads_and_compares_is_pure(module: str) -> None:
    tree = _tree(module)
    assert impure(tree, SCREENS | OUTSIDE | CHANCE) == set()


@pytest.mark.parametrize("module", [m for m in MODULES if room_of(m) in {"intake", "render", "engine"}])
def test_nothing_goes_out_to_a_network_or_a_database(module: str) -> None:
    tree = _tree(module)
    assert impure(tree, OUTSIDE - {"trafilatura", "urllib"}) == set()
    assert not {name for name in imports(tree) if name.startswith("urllib.request")}


def test_only_the_command_line_speaks_click() -> None:
    users = {m for m in MODULES if "click" in {n.split(".")[0] for n in imports(_tree(m))}}
    assert users == {"cli.py", "cli_cases.py", "cli_desk.py", "cli_play.py", "cli_users.py", "console.py", "options.py"}


@pytest.mark.parametrize(
    ("room", "code", "found"),
    [
        ("reading", "from trucebook.dossier.build import build", {"dossier"}),
        ("dossier", "import trucebook.render.html", {"render"}),
        ("intake", "from trucebook import reading", {"reading"}),
        ("render", "def f():\n    from trucebook.cli import main", {"cli"}),
        ("dossier", "from trucebook.reading.model import Reading", set()),
        ("reading", "from trucebook.reading.parse import parse", set()),
    ],
)
def test_the_rule_sees_what_runs_the_wrong_way(room: str, code: str, found: set[str]) -> None:
    assert wrong_way(room, ast.parse(code)) == found


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("import datetime\nday = datetime.date.today()", {"today"}),
        ("from time import monotonic", {"time"}),
        ("def f():\n    import rich.table", {"rich"}),
        ("import datetime\nday = datetime.date(2024, 5, 15)", set()),
    ],
)
def test_the_rule_sees_what_is_impure(code: str, found: set[str]) -> None:
    assert impure(ast.parse(code), SCREENS | OUTSIDE | CHANCE) == found


def _tree(module: str) -> ast.AST:
    return ast.parse((SOURCE / "trucebook" / module).read_bytes())
