from __future__ import annotations

import pytest
from book import S, T, V, does

from trucebook.agreement.model import After, AllOf, AnyOf, AsLongAs, Condition, InState, Together, Unless
from trucebook.agreement.waiting import Waiter, circles

STOP_V, STOP_T, STOP_S = (does(name, "stop") for name in (V, T, S))


def waiter(name: str, who: str, on: Condition | None) -> Waiter:
    return Waiter(id=name, who=(who,), on=on, gives=(does(who, "stop"),))


@pytest.mark.parametrize(
    ("a", "b", "members"),
    [
        pytest.param(STOP_T, STOP_V, ("a", "b"), id="each-waits-for-the-other"),
        pytest.param(STOP_T, None, (), id="one-goes-first"),
        pytest.param(STOP_T, does(V, "pay"), (), id="for-something-else"),
        pytest.param(STOP_T, STOP_S, (), id="for-a-third-who-is-free"),
        pytest.param(STOP_V, None, ("a",), id="for-oneself"),
        pytest.param(AllOf(parts=(STOP_T, does(V, "pay"))), STOP_V, ("a", "b"), id="all-of-with-one-free"),
        pytest.param(AnyOf(parts=(STOP_T, does(V, "pay"))), STOP_V, (), id="any-of-with-one-free"),
        pytest.param(AnyOf(parts=(STOP_T, STOP_T)), STOP_V, ("a", "b"), id="any-of-with-none-free"),
        pytest.param(AsLongAs(of=STOP_T), After(of=STOP_V, wait="P1D"), ("a", "b"), id="as-long-as-and-after"),
        pytest.param(InState(commitment="b"), InState(commitment="a"), ("a", "b"), id="nested-in-each-other"),
        pytest.param(Together(commitment="b"), Together(commitment="a"), (), id="together-nobody-goes-first"),
        pytest.param(Unless(of=STOP_T), STOP_V, (), id="unless-needs-nothing"),
        pytest.param(does(None, "stop"), STOP_V, ("a", "b"), id="anybody-is-one-of-them"),
    ],
)
def test_circles_of_two(a: Condition | None, b: Condition | None, members: tuple[str, ...]) -> None:
    found = circles([waiter("a", V, a), waiter("b", T, b)], lambda _: False)
    assert tuple(name for circle in found for name in circle.members) == members


def test_what_holds_already_is_not_waited_for() -> None:
    assert circles([waiter("a", V, STOP_T), waiter("b", T, STOP_V)], lambda leaf: leaf == STOP_T) == ()


def test_a_circle_of_three_and_one_who_waits_behind_it() -> None:
    behind = Waiter(id="d", who=("Norda",), on=STOP_V, gives=())
    found = circles([waiter("a", V, STOP_T), waiter("b", T, STOP_S), waiter("c", S, STOP_V), behind], lambda _: False)
    assert [(c.members, c.who, c.waits) for c in found] == [
        (("a", "b", "c"), (V, T, S), (("a", "b"), ("b", "c"), ("c", "a")))
    ]


def test_two_circles_are_two() -> None:
    one = [Waiter(id=n, who=(n,), on=does(o, "stop"), gives=(does(n, "stop"),)) for n, o in ("ab", "ba", "cd", "dc")]
    assert [circle.members for circle in circles(one, lambda _: False)] == [("a", "b"), ("c", "d")]
