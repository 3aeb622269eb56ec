"""How often a password may be tried."""

from __future__ import annotations

import pytest

from trucebook.desk.guard import limits
from trucebook.desk.guard.limits import PER_ACCOUNT, PER_ADDRESS, WINDOW, Limits


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_an_account_takes_few_wrong_passwords_from_wherever_they_come() -> None:
    clock = Clock()
    tried = Limits(clock)
    assert [tried.attempt("ida", f"192.0.2.{i}") for i in range(PER_ACCOUNT)] == [0.0] * PER_ACCOUNT
    assert tried.attempt(" IDA ", "192.0.2.99") == WINDOW
    assert tried.attempt("olan", "192.0.2.99") == 0.0
    clock.now += WINDOW
    assert tried.attempt("ida", "192.0.2.99") == 0.0


def test_an_address_takes_more_for_whichever_accounts() -> None:
    tried = Limits(Clock())
    assert {tried.attempt(f"name{i}", "192.0.2.1") for i in range(PER_ADDRESS)} == {0.0}
    assert tried.attempt("another", "192.0.2.1") == WINDOW
    assert tried.attempt("another", "192.0.2.2") == 0.0


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8::1", "2001:db8::ffff:1", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("192.0.2.1", "192.0.2.2", False),
        ("testclient", "testclient", True),
    ],
)
def test_a_network_of_one_household_is_one_address(one: str, other: str, *, same: bool) -> None:
    tried = Limits(Clock())
    for i in range(PER_ADDRESS):
        tried.attempt(f"name{i}", one)
    assert bool(tried.attempt("another", other)) is same


def test_a_right_password_takes_back_what_was_counted() -> None:
    tried = Limits(Clock())
    for _ in range(5 * PER_ADDRESS):
        assert tried.attempt("ida", "192.0.2.1") == 0.0
        tried.succeeded("ida", "192.0.2.1")


def test_who_waits_does_not_wait_the_longer_for_trying() -> None:
    clock = Clock()
    tried = Limits(clock)
    for _ in range(PER_ACCOUNT):
        tried.attempt("ida", "192.0.2.1")
    for _ in range(100):
        clock.now += 1
        tried.attempt("ida", "192.0.2.1")
    assert tried.attempt("ida", "192.0.2.1") == WINDOW - 100


def test_what_is_remembered_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "_MOST", 100)
    tried = Limits(Clock())
    for i in range(1000):
        tried.attempt(f"name{i}" + "x" * 500, f"192.0.2.{i}")
    assert len(tried._tried) <= 100  # noqa: SLF001
