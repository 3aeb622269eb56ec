"""The command line as its users meet it: what goes where, and the exit status."""

from __future__ import annotations

import json
import os
import re
import selectors
import shlex
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest
from click.testing import CliRunner, Result

from trucebook.cli import Size, program
from trucebook.delivery import OutputRefusedError

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parent.parent
VELONIA = ROOT / "examples" / "velonia"
GOOD = "The envoy said on Monday that the talks would go on. “The bridge is open,” Anna Berg said."
TRUCEBOOK = [sys.executable, "-m", "trucebook"]
FORMS = ["terminal", "json", "html", "md"]


def run(*arguments: str | Path, given: bytes | None = None) -> Result:
    return CliRunner().invoke(program, [str(a) for a in arguments], input=given)


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "good.txt"
    path.write_text(GOOD, encoding="utf-8")
    return path


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    path = tmp_path / "empty.txt"
    path.touch()
    return path


@pytest.mark.parametrize("heavy", ["spacy", "trafilatura", "jinja2", "rich", "numpy", "msgspec", "sqlalchemy"])
def test_the_command_line_loads_nothing_heavy(heavy: str) -> None:
    code = f"import sys, trucebook.cli; sys.exit({heavy!r} in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_help_is_quick() -> None:
    def once() -> float:
        start = time.perf_counter()
        subprocess.run([*TRUCEBOOK, "--help"], check=True, capture_output=True)
        return time.perf_counter() - start

    # The best of some runs: what else the machine does is not what is measured.
    assert min(once() for _ in range(5)) < 0.3


@pytest.mark.parametrize("command", [program, *program.commands.values()], ids=lambda c: str(c.name))
def test_the_help_of_every_command_ends_in_an_example(command: click.Command) -> None:
    text = command.get_help(click.Context(command, info_name="trucebook"))
    assert re.search(r"\n  Examples?:(\n    trucebook .+)+\Z", text)


def examples() -> list[str]:
    """Every example of the help but that of `serve`, which does not end by itself: tests/desk/test_serving.py runs it."""
    epilogs = [command.epilog or "" for command in (program, *program.commands.values())]
    return re.findall(r"^  (trucebook (?!serve).+)$", "\n".join(epilogs), re.MULTILINE)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the examples, a case of them and its archive."""
    place = tmp_path_factory.mktemp("desk")
    shutil.copytree(ROOT / "examples", place / "examples")
    for line in ("add talks.truce examples/velonia", "export talks.truce -o talks.zip"):
        subprocess.run([*TRUCEBOOK, *line.split()], cwd=place, check=True, capture_output=True)
    return place


# An id of something in a case, in the help: no case has it.
PLACEHOLDER = re.compile(r"\b[a-z]0123456789ab\w*")


@pytest.mark.slow
@pytest.mark.parametrize("line", sorted(set(examples())))
def test_the_examples_of_the_help_run(line: str, desk: Path, tmp_path: Path) -> None:
    shutil.copytree(desk, tmp_path / "desk")
    told, password = line.replace("trucebook", shlex.join(TRUCEBOOK), 1), b"three words together\n"
    done = subprocess.run(told, shell=True, input=password, cwd=tmp_path / "desk", check=False, capture_output=True)  # noqa: S602  our own line
    if found := PLACEHOLDER.search(line):
        assert done.returncode == 2
        assert (
            f"'{found[0]}': there is none" in done.stderr.decode() or "there is none of this id" in done.stderr.decode()
        )
    elif line.startswith("trucebook add "):  # which is in the case already
        assert done.returncode == 0
    else:
        told_beside = re.compile(rb"trucebook: (left out: the names of|\d+ of \d+ things that wait)[^\n]*\n")
        assert (done.returncode, told_beside.sub(b"", done.stderr)) == (0, b"")


def test_the_version_is_told() -> None:
    assert re.fullmatch(r"trucebook \d+\.\d+\.\d+\S*\n", run("--version").stdout)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "Commands:"),
        (["read"], "Missing argument 'PATH...'"),
        (["brief"], "Missing argument 'PATH...'"),
        (["write", "x.txt"], "No such command 'write'"),
        (["brief", "x.txt", "--format", "pdf"], "'pdf' is not one of"),
        (["brief", "x.txt", "--jobs", "0"], "0 is not in the range x>=1"),
        (["brief", "x.txt", "--width", "10"], "10 is not in the range x>=40"),
        (["read", "x.txt", "--max-size", "big"], "'big' is not a size; write it like 500k"),
        (["read", "x.txt", "--max-size", "0"], "'0' is not a size"),
        (["read", "x.txt", "--published", "yesterday"], "published 'yesterday': not a day; write it like"),
        (["read", "x.txt", "--encoding", "klingon"], "'klingon' is not known"),
        (["read", "no-such.txt"], "no-such.txt: "),
    ],
)
def test_wrong_usage_is_told_and_ends_with_2(arguments: list[str], told: str) -> None:
    done = run(*arguments)
    assert done.exit_code == 2
    assert told in done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("written", "size"),
    [("1000", 1000), ("7b", 7), ("500k", 500_000), ("20MB", 20_000_000), ("1g", 10**9), ("20MiB", 20 * 2**20)],
)
def test_sizes(written: str, size: int) -> None:
    assert Size().convert(written, None, None) == size


@pytest.mark.parametrize("written", ["", "k", "1.5M", "-1", "10 %", "1ib", "1bk", "²k"])
def test_what_is_no_size(written: str) -> None:
    with pytest.raises(click.BadParameter, match="is not a size"):
        Size().convert(written, None, None)


@pytest.mark.parametrize("command", ["read", "brief"])
def test_all_read_ends_with_0_and_silence(command: str, good: Path) -> None:
    done = run(command, good, "--published", "2024-05-15")
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout


@pytest.mark.parametrize("command", ["read", "brief"])
def test_some_refused_ends_with_1_and_names_each_with_reason_and_remedy(
    command: str, good: Path, empty: Path, tmp_path: Path
) -> None:
    done = run(command, good, empty, tmp_path / "no-such.txt", "--published", "2024-05-15")
    assert done.exit_code == 1
    assert done.stdout
    lines = done.stderr.splitlines()
    assert len(lines) == 2
    for name in (empty, tmp_path / "no-such.txt"):
        assert any(re.match(rf"trucebook: refused {re.escape(str(name))}: .+; .+", line) for line in lines)


@pytest.mark.parametrize("command", ["read", "brief"])
def test_nothing_read_ends_with_2_and_says_why(command: str, empty: Path) -> None:
    done = run(command, empty)
    assert (done.exit_code, done.stdout) == (2, "")
    assert re.match(rf"trucebook: {re.escape(str(empty))}: .+; .+\ntrucebook: nothing could be read\n\Z", done.stderr)


def test_a_model_that_is_not_there_is_one_line_and_2(good: Path) -> None:
    done = run("read", good, "--model", "xx_no_such_model")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "xx_no_such_model" in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_file_over_the_limit_is_refused(good: Path) -> None:
    done = run("read", good, "--max-size", "10")
    assert done.exit_code == 2
    assert "good.txt" in done.stderr


def test_readings_are_one_object_a_line_or_one_array(good: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text("The minister denied that the talks had failed.")
    lines = [json.loads(line) for line in run("read", good, other).stdout.splitlines()]
    assert [line["report"]["id"] for line in lines] == ["good", "other"]
    assert json.loads(run("read", good, other, "--format", "json").stdout) == lines


def test_outlet_and_day_of_publication_reach_the_reports(good: Path) -> None:
    done = run("read", good, "--outlet", "Harbour Wire", "--published", "2024-05-15")
    report = json.loads(done.stdout)["report"]
    assert (report["outlet"], report["published"]) == ("Harbour Wire", "2024-05-15")


def test_what_many_reports_lack_is_one_warning(tmp_path: Path) -> None:
    for name in "abcde":
        (tmp_path / f"{name}.txt").write_text(f"Envoy {name.upper()} said on Monday that the talks would go on.")
    done = run("read", tmp_path)
    assert done.exit_code == 0
    assert re.fullmatch(r"trucebook: warning: a, b, c and 2 more: no publication date.*--published\n", done.stderr)


def test_standard_input_is_read() -> None:
    done = run("read", "-", given=GOOD.encode())
    assert json.loads(done.stdout)["report"]["path"] == "-"


@pytest.mark.parametrize("form", FORMS)
def test_a_file_gets_what_standard_output_gets(form: str, good: Path, tmp_path: Path) -> None:
    target = tmp_path / "out" / f"brief.{form}"
    target.parent.mkdir()
    shown = run("brief", good, "--format", form, "--width", "100")
    written = run("brief", good, "--format", form, "--width", "100", "-o", target)
    assert (written.exit_code, written.stdout) == (shown.exit_code, "")
    assert target.read_bytes() == shown.stdout_bytes
    assert len(shown.stdout_bytes) > 100


def test_an_input_is_not_overwritten_and_nothing_is_read_before_that_is_said(good: Path) -> None:
    done = run("brief", good, "-o", good)
    assert (done.exit_code, done.stdout) == (2, "")
    assert (
        done.stderr == f"trucebook: {OutputRefusedError(str(good), 'is one of the inputs', 'write to another file')}\n"
    )
    assert good.read_text(encoding="utf-8") == GOOD


@pytest.mark.parametrize("width", [80, 160])
def test_the_terminal_brief_keeps_its_width_and_has_no_colours_off_a_terminal(width: int) -> None:
    from rich.cells import cell_len  # noqa: PLC0415  loaded by the brief anyway

    done = run("brief", VELONIA, "--width", str(width))
    assert done.exit_code == 0
    assert "\x1b" not in done.stdout
    assert max(map(cell_len, done.stdout.splitlines())) <= width


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMS)
def test_the_bytes_do_not_depend_on_the_number_of_jobs(form: str) -> None:
    one, two = (run("brief", VELONIA, "--format", form, "--jobs", jobs).stdout_bytes for jobs in ("1", "2"))
    assert one == two


@pytest.mark.slow
def test_the_bytes_do_not_depend_on_the_hash_seed() -> None:
    def once(seed: str) -> bytes:
        line = [*TRUCEBOOK, "brief", str(VELONIA), "--format", "json"]
        return subprocess.run(line, env=os.environ | {"PYTHONHASHSEED": seed}, check=True, capture_output=True).stdout

    assert once("1") == once("2")


@pytest.mark.skipif(os.name == "nt", reason="pipes of POSIX")
def test_a_reader_who_has_gone_is_no_error(good: Path) -> None:
    process = subprocess.Popen([*TRUCEBOOK, "read", good], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    with process.stderr as errors:
        assert errors.read() == b""
    assert process.wait() == 141


@pytest.fixture
def on_a_terminal() -> Callable[..., tuple[str, str]]:
    """Run a command with a pseudo-terminal for both outputs; returns what was shown on each."""
    pty = pytest.importorskip("pty", reason="no pseudo-terminals here")

    def run_there(*arguments: str | Path, **more: str) -> tuple[str, str]:
        ends = [pty.openpty() for _ in range(2)]
        environment = {k: v for k, v in os.environ.items() if k != "NO_COLOR"} | {"TERM": "xterm-256color"} | more
        line = [*TRUCEBOOK, *map(str, arguments)]
        process = subprocess.Popen(line, stdout=ends[0][1], stderr=ends[1][1], env=environment)
        for _, child in ends:
            os.close(child)
        shown = tuple(_drain([parent for parent, _ in ends]))
        assert process.wait() == 0
        return shown[0], shown[1]

    return run_there


def _drain(ends: list[int]) -> list[str]:
    shown = dict.fromkeys(ends, b"")
    with selectors.DefaultSelector() as waiting:
        for end in ends:
            waiting.register(end, selectors.EVENT_READ)
        while waiting.get_map():
            for key, _ in waiting.select():
                try:
                    piece = os.read(key.fd, 65536)
                except OSError:  # how Linux says that the other end is closed
                    piece = b""
                shown[key.fd] += piece
                if not piece:
                    waiting.unregister(key.fd)
                    os.close(key.fd)
    return [shown[end].decode() for end in ends]


def test_a_terminal_gets_colours_and_a_progress_bar(on_a_terminal: Callable[..., tuple[str, str]], good: Path) -> None:
    output, errors = on_a_terminal("brief", good, "--published", "2024-05-15", COLUMNS="100")
    assert "\x1b[" in output
    assert "Reading" in errors
    assert "1/1" in errors


def test_no_color_is_respected(on_a_terminal: Callable[..., tuple[str, str]], good: Path) -> None:
    output, _ = on_a_terminal("brief", good, "--published", "2024-05-15", NO_COLOR="1")
    assert output
    assert "\x1b" not in output


@pytest.mark.skipif(os.name != "posix", reason="closes a stream as a shell does")
@pytest.mark.parametrize(
    ("line", "status", "told"),
    [
        ("{program} read - <&-", 2, "-: is not there: this process has no standard input"),
        ("{program} read {good} >&-", 2, "standard output: is closed; write to a file with -o"),
        ("{program} read {good} > /dev/full", 2, "standard output: No space left on device"),
    ],
    ids=["no input", "no output", "full disk"],
)
def test_streams_that_cannot_be_used_are_one_line(line: str, status: int, told: str, good: Path) -> None:
    command = line.format(program=shlex.join([sys.executable, "-m", "trucebook"]), good=shlex.quote(str(good)))
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False)
    assert done.returncode == status
    assert told in done.stderr
    assert "Traceback" not in done.stderr
