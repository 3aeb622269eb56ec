"""The commands about the state of play, from the outside: what is printed, written and returned."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from trucebook.cli import program

EXAMPLES = Path(__file__).parent.parent / "examples"
REPORTS = [str(EXAMPLES / "velonia"), "--actors", str(EXAMPLES / "actors.yaml")]


def run(*arguments: object) -> Result:
    return CliRunner().invoke(program, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def extracted(tmp_path_factory: pytest.TempPathFactory) -> str:
    file = tmp_path_factory.mktemp("extracted") / "ledger.toml"
    assert run("agreement", "extract", *REPORTS, "-o", file).exit_code == 0
    return file.read_text(encoding="utf-8")


@pytest.fixture
def ledger(extracted: str, tmp_path: Path) -> Path:
    file = tmp_path / "ledger.toml"
    file.write_text(extracted, encoding="utf-8")
    return file


def correct(ledger: Path) -> None:
    ledger.write_text(ledger.read_text(encoding="utf-8").replace('"P21D"', '"P14D"'), encoding="utf-8")


def told_in(result: Result) -> list[str]:
    """The words below the heading: the file has no texts to quote from, and without the marks lines break elsewhere."""
    below = result.output.splitlines()[2:]
    return " ".join(below).translate({ord("“"): None, ord("”"): None}).split()


def test_what_is_extracted_passes_the_check_and_shows_what_the_reports_tell(ledger: Path) -> None:
    assert run("agreement", "check", ledger).exit_code == 0
    shown, told = run("agreement", "show", ledger), run("state", *REPORTS)
    assert told_in(shown) == told_in(told)


def test_extracting_again_keeps_the_correction_and_every_place(ledger: Path) -> None:
    correct(ledger)
    before = ledger.read_text(encoding="utf-8")
    assert run("agreement", "extract", *REPORTS, "-o", ledger).exit_code == 0
    assert tomllib.loads(ledger.read_text(encoding="utf-8"))["proposals"] == tomllib.loads(before)["proposals"]


def test_a_file_that_is_no_agreement_is_not_written_over(tmp_path: Path) -> None:
    file = tmp_path / "diary.toml"
    file.write_text("dear = 'diary'", encoding="utf-8")
    result = run("agreement", "extract", *REPORTS, "-o", file)
    assert (result.exit_code, file.read_text(encoding="utf-8")) == (2, "dear = 'diary'")


def test_the_state_goes_by_the_corrected_file_and_says_where_it_parts(ledger: Path) -> None:
    correct(ledger)
    found = json.loads(run("state", *REPORTS, "--agreement", ledger, "--format", "json").output)
    assert [offer["duration"] for offer in found["state"]["proposals"]] == ["P14D"]
    (parted,) = found["departures"]
    assert (parted["field"], parted["file"], parted["reports"]) == ("duration", "P14D", ["P21D"])
    text = run("state", *REPORTS, "--agreement", ledger).output
    assert "duration: P21D, by the reports [daily-sentinel, esme-monitor, harbour-wire, northern-lantern]" in " ".join(
        text.split()
    )


@pytest.mark.parametrize("form", ["terminal", "html", "md", "json"])
def test_every_brief_goes_by_the_corrected_file(form: str, ledger: Path) -> None:
    correct(ledger)
    shown = run("brief", *REPORTS, "--agreement", ledger, "--format", form).output
    told = "P14D" if form == "json" else "Where the agreement file and the reports part"
    assert told in shown
    assert "P21D" in shown


# --- what changed ---


def kept(tmp_path: Path, name: str, *paths: object) -> Path:
    file = tmp_path / name
    assert run("brief", *paths, "--format", "json", "-o", file).exit_code == 0
    return file


def test_a_kept_brief_compares_as_the_reports_it_is_of(tmp_path: Path) -> None:
    one, every = EXAMPLES / "velonia" / "harbour-wire.txt", EXAMPLES / "velonia"
    old, new = kept(tmp_path, "old.json", one), kept(tmp_path, "new.json", every)
    by_files = json.loads(run("diff", old, new, "--format", "json").output)
    by_reports = json.loads(run("diff", one, every, "--format", "json").output)
    assert by_files["differences"] == by_reports["differences"] != []
    assert {r["id"] for r in by_files["added"]} == {
        "daily-sentinel",
        "esme-monitor",
        "northern-lantern",
        "valley-courier",
    }
    assert run("diff", new, new).output.splitlines()[-1] == "Nothing changed."


def test_two_days_of_a_case(tmp_path: Path) -> None:
    case = tmp_path / "talks.truce"
    assert run("add", case, EXAMPLES / "velonia").exit_code == 0
    by_days = run("diff", case, "--as-of", "2024-05-14", "--as-of", "2024-05-15")
    by_names = run("diff", f"{case}@2024-05-14", f"{case}@2024-05-15")
    assert by_days.output == by_names.output
    assert "Only in the second: " in by_days.output


@pytest.mark.parametrize("arguments", [["a"], ["a", "b", "c"], ["a", "b", "--as-of", "2024-05-14"]])
def test_a_comparison_has_two_sides(arguments: list[str]) -> None:
    result = run("diff", *arguments)
    assert result.exit_code == 2
    assert "OLD and NEW" in result.output
