"""The commands about a case, as their users meet them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from trucebook.cli import program

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "The envoy said on Monday that the talks would go on. “The bridge is open for trucks,” Anna Berg said."


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(program, [str(a) for a in arguments])


@pytest.fixture
def talks(tmp_path: Path) -> Path:
    """A case with one report."""
    (tmp_path / "quay.txt").write_text(TEXT, encoding="utf-8")
    done = run("add", tmp_path / "talks.truce", tmp_path / "quay.txt", "--published", "2031-05-07", "--user", "ida")
    assert (done.exit_code, done.stdout) == (0, "added quay\n")
    return tmp_path / "talks.truce"


def test_adding_again_says_unchanged_and_an_edit_says_changed(talks: Path) -> None:
    file = talks.with_name("quay.txt")
    assert run("add", talks, file, "--published", "2031-05-07").stdout == "unchanged quay\n"
    file.write_text(TEXT + " It rained.", encoding="utf-8")
    assert run("add", talks, file, "--published", "2031-05-07").stdout == "changed quay (version 2)\n"


def test_a_case_is_briefed_like_its_reports(talks: Path) -> None:
    kept = json.loads(run("brief", talks, "--format", "json").stdout)
    read = json.loads(run("brief", talks.with_name("quay.txt"), "--published", "2031-05-07", "--format", "json").stdout)
    assert kept == read


def test_what_was_refused_is_named_and_the_rest_is_added(talks: Path) -> None:
    empty = talks.with_name("empty.txt")
    empty.touch()
    done = run("add", talks, empty, talks.with_name("quay.txt"), "--published", "2031-05-07")
    assert (done.exit_code, done.stdout) == (1, "unchanged quay\n")
    assert "empty.txt: is empty" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["brief", "{case}", "{case}"], "cannot be briefed together with others"),
        (["brief", "{case}", "--outlet", "The Quay"], "--outlet: about reports that are read"),
        (["brief", "{report}", "--known-at", "2031-05-07T10:00"], "are about a case"),
        (["brief", "{case}", "--as-of", "soon"], "not a day"),
        (["brief", "{case}", "--known-at", "2001-05-07T10:00"], "no report was there by then"),
        (["brief", "{report}.truce"], "does not exist"),
        (["verify", "{report}"], "is no case: it is not an SQLite file"),
        (["add", "{report}", "{report}"], "is no case: it is not an SQLite file"),
        (["verify", "mysql://host/db"], "is a URL of no known kind"),
        (["judge", "{case}", "actor", "Nobody", "accept"], "there is none in"),
        (["versions", "{case}", "nobody"], "has no report 'nobody'"),
        (["undo", "{case}", "j0"], "there is none of this id"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_status_2(talks: Path, arguments: list[str], told: str) -> None:
    done = run(
        *(a.replace("{case}", str(talks)).replace("{report}", str(talks.with_name("quay.txt"))) for a in arguments)
    )
    assert (done.exit_code, done.stdout) == (2, "")
    assert told in done.stderr
    assert done.stderr.count("\n") == 1


def test_verify_tells_the_end_of_the_log(talks: Path) -> None:
    done = run("verify", talks)
    assert done.exit_code == 0
    assert done.stdout.startswith("as it was recorded: ")
    end = done.stdout.split("end of the log: ")[1].strip()
    assert run("log", talks).stdout.splitlines()[-1].endswith(end)
    assert run("verify", talks, "--since", end).exit_code == 0
    assert run("verify", talks, "--since", "0" * 63 + "1").exit_code == 2


def test_a_judgement_is_made_shown_and_undone(talks: Path) -> None:
    done = run(
        "judge", talks, "actor", "Anna Berg", "note", "--value", "the minister", "--user", "ida", "--reason", "sure"
    )
    assert done.exit_code == 0
    ident = done.stdout.split()[0]
    assert "ida: actor Anna Berg: note the minister (sure)" in run("judgements", talks).stdout
    assert [j["id"] for j in json.loads(run("brief", talks, "--format", "json").stdout)["judgements"]] == [ident]
    assert run("undo", talks, ident, "--user", "eve").exit_code == 0
    assert json.loads(run("brief", talks, "--format", "json").stdout)["judgements"] == []
    assert run("judgements", talks).stdout.count("\n") == 2


def test_what_waits_for_a_person_is_listed_until_it_is_judged(talks: Path) -> None:
    file = talks.with_name("gate.txt")
    file.write_text("“The bridge is shut to lorries,” said a man at the gate.", encoding="utf-8")
    run("add", talks, file, "--published", "2031-05-07")
    done = run("review", talks, "--kind", "speaker", "--limit", "1")
    kind, ident = done.stdout.split(":")[0].split()
    assert (done.exit_code, kind) == (0, "speaker")
    assert "The bridge is shut to lorries" in done.stdout
    assert "1 of 2 things that wait" in done.stderr
    assert "the speaker was left open: " in done.stdout
    assert run("judge", talks, kind, ident, "accept", "--reason", "nobody is named").exit_code == 0
    after = run("review", talks, "--kind", "speaker")
    assert ident not in after.stdout
    assert "1 of 1 things that wait" in after.stderr


def test_versions_show_what_an_outlet_changed(talks: Path) -> None:
    assert run("versions", talks).stdout == "no report has more than one version\n"
    assert run("versions", talks, "quay").stdout == "there is one version\n"
    talks.with_name("quay.txt").write_text(TEXT.replace("is open for", "may be shut to"), encoding="utf-8")
    run("add", talks, talks.with_name("quay.txt"), "--published", "2031-05-08")
    short = run("versions", talks).stdout
    assert "quay: version 1 -> 2" in short
    assert "! words in quotation marks are others now [" in short
    whole = run("versions", talks, "quay").stdout
    assert "“The bridge [-is open for-] {+may be shut to+} trucks,” Anna Berg said." in " ".join(whole.split())
    assert "published: 2031-05-07 -> 2031-05-08" in whole
    assert max(map(len, whole.splitlines())) <= 80
    (told,) = json.loads(run("versions", talks, "quay", "--format", "json").stdout)
    (changed,) = [e for p in told["passages"] for e in p["edits"] if e["op"] == "changed"]
    assert (changed["old"]["words"], changed["new"]["words"]) == ("is open for", "may be shut to")
    assert TEXT[slice(*changed["old"]["span"])] == "is open for"
    assert (told["silent"], told["before"]["version"], told["after"]["version"]) == (True, 1, 2)


def test_versions_that_nobody_knew_of_yet_are_left_out(talks: Path) -> None:
    talks.with_name("quay.txt").write_text(TEXT + " It rained.", encoding="utf-8")
    run("add", talks, talks.with_name("quay.txt"), "--published", "2031-05-07")
    assert "quay: version 1 -> 2" in run("versions", talks).stdout
    early = run("versions", talks, "--known-at", "2001-05-07T10:00").stdout
    assert early == "no report has more than one version\n"


@pytest.mark.parametrize(
    ("words", "hits"), [("bridges", 1), ('"bridge is open"', 1), ("bridge -truck", 0), ('x" OR 1', 0)]
)
def test_search_prints_passages_with_their_place(talks: Path, words: str, hits: int) -> None:
    lines = run("search", talks, words).stdout.splitlines()
    assert len(lines) == hits
    assert all(line.startswith("quay 0-") and "Anna Berg" in line for line in lines)


def test_a_case_is_exported_and_imported(talks: Path, tmp_path: Path) -> None:
    archive, copy = tmp_path / "talks.zip", tmp_path / "copy.truce"
    assert run("export", talks, "-o", archive).exit_code == 0
    assert run("import", archive, copy).exit_code == 0
    assert run("verify", copy).stdout == run("verify", talks).stdout
    assert run("brief", copy).stdout == run("brief", talks).stdout
    assert run("export", talks, "-o", talks).exit_code == 2
    gone = run("import", tmp_path / "none.zip", tmp_path / "other.truce")
    assert (gone.exit_code, (tmp_path / "other.truce").exists()) == (2, False)
    assert "none.zip: cannot be read" in gone.stderr


def test_a_case_is_given_to_others_without_names(talks: Path, tmp_path: Path) -> None:
    assert run("judge", talks, "actor", "Anna Berg", "note", "--value", "ask her", "--user", "ida moen").exit_code == 0
    done = run("export", talks, "--format", "csv", "-o", tmp_path / "tables")
    assert (done.exit_code, done.stdout) == (0, "")
    assert "left out: the names of 1 private person and 1 analyst; --with-names gives them too" in done.stderr
    told = "".join(file.read_text(encoding="utf-8-sig") for file in (tmp_path / "tables").iterdir())
    assert "[name withheld 1]" in told
    assert "Berg" not in told
    assert "moen" not in told
    assert run("export", talks, "--format", "annotations", "-o", tmp_path / "a.json").exit_code == 0
    assert "Berg" not in (tmp_path / "a.json").read_text(encoding="utf-8")
    kept = run("export", talks, "--format", "annotations", "-o", tmp_path / "a.json", "--keep-name", "Anna Berg")
    assert "0 private persons and 1 analyst" in kept.stderr
    assert "Berg" in (tmp_path / "a.json").read_text(encoding="utf-8")


def test_names_are_given_where_they_are_asked_for(talks: Path, tmp_path: Path) -> None:
    done = run("export", talks, "--format", "csv", "-o", tmp_path, "--with-names")
    assert "with the names of private persons" in done.stderr
    assert "Anna Berg" in (tmp_path / "actors.csv").read_text(encoding="utf-8-sig")
    told = run("brief", talks, "--format", "annotations", "--with-names").stdout
    assert json.loads(told)["type"] == "AnnotationCollection"
    assert "Anna Berg" in told


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["export", "{case}", "--format", "csv", "-o", "{case}"], "is a file; name a folder for the tables"),
        (["brief", "{case}", "--format", "csv"], "name a folder for them with -o"),
        (["export", "{case}", "-o", "{case}.zip", "--redact"], "the archive is complete"),
        (["brief", "{case}", "--redact"], "are about what is given to others"),
        (["export", "{case}", "--format", "csv", "-o", "{case}/none/tables"], "tables: its folder does not exist"),
    ],
)
def test_what_cannot_be_given_is_one_line_and_status_2(talks: Path, arguments: list[str], told: str) -> None:
    done = run(*(a.replace("{case}", str(talks)) for a in arguments))
    assert (done.exit_code, done.stdout) == (2, "")
    assert told in done.stderr
    assert done.stderr.count("\n") == 1


def test_tables_of_reports_that_no_case_keeps(talks: Path, tmp_path: Path) -> None:
    report = talks.with_name("quay.txt")
    assert run("brief", report, "--format", "parquet", "-o", tmp_path / "t", "--published", "2031-05-07").exit_code == 0
    assert {file.name for file in (tmp_path / "t").iterdir()} >= {"reports.parquet", "findings.parquet"}
