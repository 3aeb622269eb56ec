import pytest
from hypothesis import given
from hypothesis import strategies as st

from trucebook.span import Span, SpanIndex, hull, subtract, trim

spans = st.tuples(st.integers(0, 60), st.integers(0, 60)).map(lambda p: Span(min(p), max(p)))


@pytest.mark.parametrize(
    ("span", "text", "expected"),
    [
        (Span(0, 7), "  a b  ", Span(2, 5)),
        (Span(0, 3), "   ", Span(3, 3)),
        (Span(1, 1), "abc", Span(1, 1)),
        (Span(0, 3), "abc", Span(0, 3)),
    ],
)
def test_trim_takes_white_space_off_both_ends(span: Span, text: str, expected: object) -> None:
    assert trim(span, text) == expected


@given(spans, st.lists(spans, max_size=6))
def test_subtract_and_the_holes_make_up_the_span(span: Span, holes: list[Span]) -> None:
    left = {i for piece in subtract(span, holes) for i in range(*piece)}
    taken = {i for hole in holes for i in range(*hole)}
    assert left == set(range(*span)) - taken


@given(st.lists(spans, min_size=1, max_size=6))
def test_hull_covers_every_span_and_no_more(every: list[Span]) -> None:
    whole = hull(every)
    assert all(whole.covers(s) for s in every)
    assert whole.start in {s.start for s in every}
    assert whole.end in {s.end for s in every}


@given(spans, spans)
def test_spans_touch_where_they_share_a_character(a: Span, b: Span) -> None:
    assert a.touches(b) == (a.overlap(b) > 0) or not (a.length and b.length)
    assert a.overlap(b) == len(set(range(*a)) & set(range(*b)))


@given(st.lists(spans, max_size=12), spans)
def test_an_index_finds_what_touches_a_span_and_nothing_else(every: list[Span], at: Span) -> None:
    index = SpanIndex((s, i) for i, s in enumerate(every))
    assert sorted(index.touching(at)) == [i for i, s in enumerate(every) if s.touches(at)]


@given(st.lists(spans, max_size=12), spans)
def test_an_index_finds_what_starts_in_a_range_in_order(every: list[Span], at: Span) -> None:
    index = SpanIndex((s, s) for s in every)
    assert index.starting(at.start, at.end) == sorted(s for s in every if at.start <= s.start < at.end)
