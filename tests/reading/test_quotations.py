import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trucebook.reading.model import Abstention, Quotation
from trucebook.reading.prose import paragraphs
from trucebook.reading.quotations import find_quotations


def found(text: str) -> tuple[tuple[Quotation, ...], tuple[Abstention, ...]]:
    return find_quotations(text, paragraphs(text))


def words(text: str) -> list[str]:
    return [q.span.of(text) for q in found(text)[0]]


CASES = {
    "curly": ("“We agreed,” he said. “It holds.”", ["We agreed,", "It holds."]),
    "straight": ('"We agreed," he said. "It holds."', ["We agreed,", "It holds."]),
    "guillemets": ("«We agreed», he said.", ["We agreed"]),
    "tex": ("``We agreed,'' he said.", ["We agreed,"]),
    "fragment": ("She called it “a step” and left.", ["a step"]),
    "brackets stay": ("“We agreed to [the plan],” he said.", ["We agreed to [the plan],"]),
    "nested single": ("“She said ‘never’ to me,” he said.", ["She said ‘never’ to me,"]),
    "nested curly": ("“She said “never” to me,” he said.", ["She said “never” to me,"]),
    "curly inside straight": ('"The so-called “plan” is dead," he said.', ["The so-called “plan” is dead,"]),
    "mixed pair": ('“We agreed," he said.', ["We agreed,"]),
    "single": ("‘We agreed,’ he said.", ["We agreed,"]),
    "straight single": ("'We don't agree,' he said.", ["We don't agree,"]),
    "apostrophes are no marks": ("The parties' aides didn't meet in the '90s.", []),
    "possessive inside single": ("‘The parties’ aides met,’ he said.", ["The parties’ aides met,"]),
    "elision": ("’Twas late and ‘em all left.", []),
    "inches": ("The 6'2\" envoy left. “No,” he said.", ["No,"]),
    "empty": ("He said “” and left.", []),
    "dash before": ("Their motto—“no retreat”—was old.", ["no retreat"]),
    "closing mark behind a space": ('"They must stop, "he wrote.', ["They must stop,"]),
    "lines of one paragraph": ('One.\n\n"It will hold.\nIt must hold."\n\nTwo.', ["It will hold.\nIt must hold."]),
}


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES.keys())
def test_quotations(text: str, expected: object) -> None:
    assert words(text) == expected


def test_a_quotation_over_paragraphs_is_one_and_knows_its_pieces() -> None:
    text = "“We agreed.\n“We signed.\n“We went home,” he said.\nNobody else spoke."
    quotations, abstentions = found(text)
    assert [q.span.of(text) for q in quotations] == ["We agreed.\n“We signed.\n“We went home,"]
    assert [p.of(text) for p in quotations[0].pieces] == ["We agreed.", "We signed.", "We went home,"]
    assert not abstentions


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He said: “We agreed. All of it.\nShe left. “No,” she said.", ["We agreed. All of it.", "No,"]),
        ('We are ready, "Doe said on Monday.\n\nShe said, "No."', ["No."]),
        ("An odd ” stands here. “Yes,” he said.", ["Yes,"]),
        ("An odd “ stands here.\n“Yes,” he said.\nThen more.", ["Yes,"]),
    ],
    ids=["led in", "slipped mark", "odd closing", "odd opening"],
)
def test_an_odd_mark_does_not_cost_the_rest_and_is_kept(text: str, expected: object) -> None:
    assert words(text) == expected
    assert [a.what for a in found(text)[1]] == ["quotation"]


@given(st.text(alphabet="ab .,!\n“”\"'‘’«»`6s", max_size=120))
def test_quotations_of_any_text_lie_in_it_in_order_and_apart(text: str) -> None:
    quotations, abstentions = found(text)
    assert all(a.outer.end <= b.outer.start for a, b in pairwise(quotations))
    for q in quotations:
        assert 0 <= q.outer.start <= q.span.start < q.span.end <= q.outer.end <= len(text)
        assert q.pieces[0].start == q.span.start
        assert q.pieces[-1].end == q.span.end
        assert all(p.of(text).strip() for p in q.pieces)
    assert all(0 <= a.span.start < a.span.end <= len(text) for a in abstentions)


@pytest.mark.parametrize("mark", ['"', "“", "'", "‘a ", "’", '"a ', "“a” "])
def test_many_marks_take_no_more_than_their_share_of_time(mark: str) -> None:
    text = "He said " + mark * 20_000
    started = time.perf_counter()
    found(text)
    assert time.perf_counter() - started < 5
