"""Documentation that is out of date fails the build."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import click
import msgspec
import pytest

import trucebook
from trucebook.agreement import entries
from trucebook.agreement.lifecycle import RANK
from trucebook.cli import program
from trucebook.render.contract import brief_object, reading_object

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.glob("*.md"), ROOT / "bench" / "README.md", ROOT / "examples" / "README.md"])
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def text(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


def normal(requirement: str) -> str:
    """Return the name of a requirement as PEP 503 compares it."""
    return re.sub(r"[-_.]+", "-", re.split(r"[\s<>=!~;\[]", requirement, maxsplit=1)[0]).lower()


def test_the_command_line_reference_is_up_to_date() -> None:
    done = subprocess.run(
        [sys.executable, DOCS / "write_cli.py", "--check"], check=False, capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_the_check_of_the_reference_fails_where_it_is_stale(tmp_path: Path) -> None:
    script = tmp_path / "write_cli.py"
    script.write_text(text("docs/write_cli.py"), encoding="utf-8")
    (tmp_path / "cli.md").write_text(text("docs/cli.md").replace("--jobs", "--tasks"), encoding="utf-8")
    done = subprocess.run([sys.executable, script, "--check"], check=False, capture_output=True, text=True)
    assert done.returncode == 1
    assert "out of date; run: make docs" in done.stderr


@pytest.mark.parametrize("name", sorted(program.commands))
def test_every_command_and_option_is_in_the_reference(name: str) -> None:
    page = text("docs/cli.md").split(f"## trucebook {name}\n", maxsplit=1)[1].split("\n## ", maxsplit=1)[0]
    options = [o for p in program.commands[name].params if isinstance(p, click.Option) for o in p.opts]
    assert [o for o in options if o not in page] == []


def blocks() -> list[str]:
    return re.findall(r"^```python\n(.*?)^```$", text("docs/library.md"), re.MULTILINE | re.DOTALL)


@pytest.mark.slow
@pytest.mark.parametrize("number", range(len(blocks())))
def test_the_examples_of_the_library_run(number: int, tmp_path: Path) -> None:
    script = tmp_path / "example.py"
    script.write_text(blocks()[number], encoding="utf-8")
    done = subprocess.run([sys.executable, script], cwd=ROOT, check=False, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("name", trucebook.__all__)
def test_every_public_name_is_in_the_library_page(name: str) -> None:
    assert re.search(rf"`[^`]*\b{name}\b", text("docs/library.md").split("## The names")[1])


def fields(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            if key not in {"cells", "per_source", "parties", "differing"}:  # whose keys are reports, actors, terms
                yield from fields(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from fields(inner)


@pytest.mark.parametrize("form", ["read", "brief"])
def test_every_field_of_the_output_is_documented(form: str) -> None:
    readings = trucebook.read([ROOT / "examples" / "velonia", ROOT / "no-such-report.txt"])
    value = [reading_object(r) for r in readings] if form == "read" else brief_object(trucebook.reconcile(readings))
    documented = set(re.findall(r"`(\w+)`", text("docs/output.md")))
    assert set(fields(value)) - documented == set()


# Extras that nothing which is tested together needs, and that bring much: they are not in constraints.txt.
LARGE = {"bench", "ftm"}


def required() -> list[str]:
    extras = [r for name, extra in PROJECT["optional-dependencies"].items() if name not in LARGE for r in extra]
    return [normal(r) for r in [*PROJECT["dependencies"], *extras]]


@pytest.mark.parametrize(
    "package", [*required(), *(normal(r) for name in sorted(LARGE) for r in PROJECT["optional-dependencies"][name])]
)
def test_every_dependency_has_its_reason(package: str) -> None:
    words = re.findall(r"[\w-]+", text("docs/dependencies.md"))
    assert package in {normal(word) for word in words}


def pins() -> dict[str, str]:
    lines = [line for line in text("constraints.txt").splitlines() if line and not line.startswith("#")]
    return {normal(name): version for name, version in (line.split("==") for line in lines)}


@pytest.mark.parametrize("package", required())
def test_every_dependency_is_pinned(package: str) -> None:
    assert re.fullmatch(r"[\w.]+", pins()[package])


def test_the_constraints_bring_no_torch_and_nothing_for_the_comparison() -> None:
    assert {"torch", "textacy", "scikit-learn", "scipy", "pandas"} & set(pins()) == set()


def links() -> list[tuple[str, str]]:
    return [
        (page.relative_to(ROOT).as_posix(), target)
        for page in PAGES
        for target in re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8"))
        if "://" not in target
    ]


@pytest.mark.parametrize(("page", "target"), links())
def test_every_link_leads_somewhere(page: str, target: str) -> None:
    assert (ROOT / page).parent.joinpath(target).exists()


@pytest.mark.parametrize("page", [p.relative_to(ROOT).as_posix() for p in PAGES])
def test_every_make_target_that_is_named_exists(page: str) -> None:
    targets = set(re.findall(r"^([a-z]+):", text("Makefile"), re.MULTILINE))
    named = set(re.findall(r"(?:^ {4}|`)make ([a-z]+)", text(page), re.MULTILINE))
    assert named - targets == set()


@pytest.mark.parametrize("page", [p.relative_to(ROOT).as_posix() for p in PAGES])
def test_every_command_that_is_shown_exists(page: str) -> None:
    shown = set(re.findall(r"(?:^ {4}(?:\.venv/bin/)?|`)trucebook ([a-z]+)\b", text(page), re.MULTILINE))
    assert shown - set(program.commands) == set()


def agreement_fields() -> list[str]:
    shapes = [
        shape for shape in vars(entries).values() if isinstance(shape, type) and issubclass(shape, msgspec.Struct)
    ]
    names = {name for shape in shapes for name in shape.__struct_encode_fields__}
    choices = [*get_args(entries.ProvisionType), *get_args(entries.ProhibitedAct), *get_args(entries.Role)]
    return sorted({*names, *choices, *RANK})


@pytest.mark.parametrize("name", agreement_fields())
def test_every_field_of_an_agreement_file_is_documented(name: str) -> None:
    assert re.search(rf"`[^`\n]*\b{name}\b[^`\n]*`", text("docs/agreement.md"))
