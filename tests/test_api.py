"""The library's front: typed, frozen, silent, and nothing is lost."""

from __future__ import annotations

import dataclasses
import datetime
import subprocess
import sys
from pathlib import Path

import pytest

import trucebook
from trucebook.errors import InputRefusedError, NothingToReadError, SettingsError

VELONIA = Path(__file__).parent.parent / "examples" / "velonia"
TEXT = "The envoy said on Monday that the talks would go on. “The bridge is open,” Anna Berg said."


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "good.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_importing_the_package_loads_nothing() -> None:
    code = "import sys, trucebook; sys.exit(any(m.startswith(('trucebook.', 'msgspec')) for m in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_package_has_a_handful_of_names() -> None:
    assert len(trucebook.__all__) <= 10
    assert sorted(trucebook.__all__) == trucebook.__all__
    assert set(trucebook.__all__) <= set(dir(trucebook))


@pytest.mark.parametrize("name", [*trucebook.__all__, "__version__"])
def test_every_name_can_be_had(name: str) -> None:
    assert getattr(trucebook, name) is not None


def test_another_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'summarise'"):
        trucebook.summarise  # noqa: B018


def test_read_gives_a_sequence_of_readings(good: Path) -> None:
    readings = trucebook.read(good, published="2024-05-15")
    assert len(readings) == 1
    assert readings[0].report.id == "good"
    assert readings[:1] == (readings[0],) == tuple(readings)
    assert readings.refusals == ()


@pytest.mark.parametrize(
    "make",
    [str, Path, lambda p: [p], lambda p: (str(p),), lambda p: iter([p])],
    ids=["str", "Path", "list", "tuple", "iterator"],
)
def test_paths_may_be_given_in_any_way(good: Path, make: object) -> None:
    assert callable(make)
    assert [r.report.id for r in trucebook.read(make(good))] == ["good"]


def test_results_are_frozen(good: Path) -> None:
    readings = trucebook.read(good)
    with pytest.raises(dataclasses.FrozenInstanceError):
        readings.refusals = ()  # type: ignore[misc]
    with pytest.raises(AttributeError):
        readings[0].warnings = ()  # type: ignore[misc]


def test_nothing_is_printed(good: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    trucebook.brief([good, tmp_path / "no-such.txt"])
    assert capfd.readouterr() == ("", "")


def test_what_is_refused_is_kept_with_its_reason(good: Path, tmp_path: Path) -> None:
    missing = tmp_path / "no-such.txt"
    readings = trucebook.read([good, missing])
    assert [r.path for r in readings.refusals] == [str(missing)]
    assert trucebook.reconcile(readings).refusals == readings.refusals
    assert trucebook.brief([good, missing]).refusals == readings.refusals


@pytest.mark.parametrize("call", [trucebook.read, trucebook.brief])
def test_nothing_readable_is_an_error_that_names_each_input(call: object, tmp_path: Path) -> None:
    assert callable(call)
    with pytest.raises(NothingToReadError, match=r"a\.txt: .+\n.*b\.txt: .+\nnothing could be read"):
        call([tmp_path / "a.txt", tmp_path / "b.txt"])


def test_no_readings_cannot_be_reconciled() -> None:
    with pytest.raises(NothingToReadError, match="read at least one report"):
        trucebook.reconcile([])


def test_two_reports_of_one_id_cannot_be_told_apart() -> None:
    with pytest.raises(SettingsError, match="'text': 2 readings have it; give each report an id of its own"):
        trucebook.reconcile([trucebook.read_text(TEXT), trucebook.read_text(TEXT + " It rained.")])


def test_a_brief_is_the_readings_reconciled() -> None:
    assert trucebook.brief(VELONIA) == trucebook.reconcile(trucebook.read(VELONIA))


def test_a_text_in_memory_is_read_as_the_same_text_in_a_file(good: Path) -> None:
    here = trucebook.read_text(TEXT, id="good", published="2024-05-15")
    there = trucebook.read(good, published="2024-05-15")[0]
    assert here.report.text == there.report.text
    assert here.attributions == there.attributions
    assert here.times == there.times


def test_texts_in_memory_make_a_dossier() -> None:
    readings = [trucebook.read_text(TEXT, id=name, outlet=name, published="2024-05-15") for name in ("one", "two")]
    dossier = trucebook.reconcile(readings)
    assert [r.report.id for r in dossier.readings] == ["one", "two"]
    assert dossier.as_of == datetime.date(2024, 5, 15)


@pytest.mark.parametrize(
    "text", ["", " \n ", "Le ministre a déclaré lundi que les pourparlers se poursuivraient demain."]
)
def test_a_text_that_is_no_report_is_refused(text: str) -> None:
    with pytest.raises(InputRefusedError):
        trucebook.read_text(text)


@pytest.mark.parametrize(
    "day", ["2024-05-15", datetime.date(2024, 5, 15), datetime.datetime(2024, 5, 15, 6, 40, tzinfo=datetime.UTC)]
)
def test_a_day_may_be_written_or_a_date(day: str | datetime.date) -> None:
    assert trucebook.read_text(TEXT, published=day).report.published == datetime.date(2024, 5, 15)


@pytest.mark.parametrize("day", ["15 May", "2024-13-01", ""])
def test_what_is_no_day_is_refused(day: str) -> None:
    with pytest.raises(SettingsError, match="not a day; write it like 2025-03-12"):
        trucebook.read_text(TEXT, published=day)
