from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trucebook.dossier.model import Evidence
from trucebook.render.anchors import Marks, anchor, blocks, names
from trucebook.render.shown import block
from trucebook.report import Furniture, Report
from trucebook.span import Span


@pytest.mark.parametrize(
    ("ids", "found"),
    [
        (["000", "a.b-c_D"], ["000", "a.b-c_D"]),
        (["000", "dir/a"], ["r1", "r2"]),
        (["a b"], ["r1"]),
        (["停火"], ["r1"]),
        (['x"><script>'], ["r1"]),
        (["r2", "a/b"], ["r1", "r2"]),
        (["a" * 41], ["r1"]),
    ],
)
def test_names(ids: list[str], found: list[str]) -> None:
    assert list(names(ids).values()) == found


def test_overlapping_evidence_is_cut_at_its_bounds() -> None:
    report = Report(
        id="a", path="a", sha256="", text="one two three",
        furniture=(Furniture(span=Span(8, 13), kind="footnote-mark"),),
    )  # fmt: skip
    lines = {Evidence(report="a", span=Span(0, 7)): ["A1"], Evidence(report="a", span=Span(4, 13)): ["Q1", "D1"],
             Evidence(report="b", span=Span(0, 3)): ["D9"]}  # fmt: skip
    (found,) = blocks(report, "a", Marks(lines=lines))
    assert [(p.text, p.starts, p.inside, p.backs, p.furniture, p.label) for p in found.pieces] == [
        ("one ", ("a-0-7",), ("a-0-7",), (), None, False),
        ("two", ("a-4-13",), ("a-0-7", "a-4-13"), ("A1",), None, False),
        (" ", (), ("a-4-13",), (), None, False),
        ("three", (), ("a-4-13",), ("Q1", "D1"), "footnote mark", True),
        ("", (), (), (), None, False),
    ]


SPANS = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)).map(sorted), max_size=6)


@given(text=st.text(alphabet=st.one_of(st.sampled_from(" \n\r.a"), st.characters()), max_size=60), bounds=SPANS)
def test_every_anchor_shows_exactly_its_words(text: str, bounds: list[list[int]]) -> None:
    spans = sorted({Span(min(start, len(text)), min(end, len(text))) for start, end in bounds})
    report = Report(id="a", path="a", sha256="", text=text)
    found = blocks(report, "a", Marks(lines={Evidence(report="a", span=s): ["A1"] for s in spans}))
    pieces = [piece for each in found for piece in each.pieces]
    assert "".join(piece.text for piece in pieces) == block(text)
    assert sorted(name for piece in pieces for name in piece.starts) == sorted(anchor("a", s) for s in spans)
    for span in spans:
        shown = "".join(piece.text for piece in pieces if anchor("a", span) in piece.inside)
        assert shown == block(span.of(text))
