"""The invented statements in other words that the encoder and the network of pairs are trained on."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from programs import load_program

ROOT = Path(__file__).parent.parent

wordings = load_program(ROOT / "training" / "pairs" / "wordings.py")
SETS = list(wordings.wordings())
# Texts of the corpora and the sentences here have no such run of words in common but by copying.
RUN = 8
WORD = re.compile(r"\w+")


def _lines(of: object) -> list[str]:
    return [*of.same, *(words for _, words in of.against), *of.beside]  # type: ignore[attr-defined]


def test_every_set_tells_one_fact_twice_contradicts_it_and_goes_on() -> None:
    thin = [s.name for s in SETS if len(s.same) < 2 or not s.against or len(s.beside) < 2]
    assert not thin


def test_no_statement_stands_twice() -> None:
    counted = Counter(line for s in SETS for line in _lines(s))
    assert not [line for line, count in counted.items() if count > 1]


def test_every_statement_is_a_sentence_and_not_a_word() -> None:
    lengths = {line: len(WORD.findall(line)) for s in SETS for line in _lines(s)}
    assert not [line for line, length in lengths.items() if not 3 <= length <= 60]


def test_an_eighth_is_kept_back_of_every_file() -> None:
    files = {s.name.rpartition("-")[0] for s in SETS}
    assert {s.name.rpartition("-")[0] for s in SETS if s.kept_back} == files
    assert 0.1 < sum(s.kept_back for s in SETS) / len(SETS) < 0.13


def test_pairs_say_same_against_and_beside() -> None:
    of = wordings.Wordings("x", ("a", "b"), (("value", "c"),), ("d",), kept_back=False)
    assert list(wordings.pairs(of)) == [
        ("a", "b", "same"), ("a", "c", "differs"), ("b", "c", "differs"),
        ("a", "d", "apart"), ("b", "d", "apart"), ("c", "d", "apart"),
    ]  # fmt: skip


@pytest.mark.parametrize("line", ["* The port was shut", "!colour The port was red", "=The port was shut", "= "])
def test_a_line_that_is_none_of_the_three_is_named(line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text(f"# port\n= The harbour was closed\n{line}\n", encoding="utf-8")
    monkeypatch.setattr(wordings, "FOLDER", tmp_path)
    with pytest.raises(ValueError, match=r"a-0: .*begin it with"):
        list(wordings.wordings())


def test_nothing_is_copied_from_the_corpora() -> None:
    data = ROOT.parent / "shared" / "data"
    if not data.is_dir():
        pytest.skip("the corpora are not beside this checkout")
    runs = {run: s.name for s in SETS for line in _lines(s) for run in _runs(line)}
    texts = (p.read_text(encoding="utf-8", errors="replace") for p in data.rglob("*.txt"))
    assert not {runs[run] for text in texts for run in _runs(text) if run in runs}


def _runs(text: str) -> set[tuple[str, ...]]:
    words = [w.lower() for w in WORD.findall(text)]
    return {tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1)}
