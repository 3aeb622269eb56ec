"""Sessions: only who has the token is known by it, and no session lasts for ever."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from record_stubs import Clock
from sqlalchemy import select

from trucebook.record.accounts import Account, add_account, authenticated, remove_account, set_password, set_role
from trucebook.record.case import Case, open_case
from trucebook.record.schema import session
from trucebook.record.sessions import IDLE, LONGEST, begin, end, resume

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.usefixtures("quick_passwords")

WORDS = "three words together"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def timed(place: str, clock: Clock) -> Iterator[Case]:
    with open_case(place, create=True, clock=clock) as case:
        yield case


@pytest.fixture
def ida(timed: Case) -> Account:
    add_account(timed, "ida", "reader", WORDS, user="root")
    found = authenticated(timed, "ida", WORDS)
    assert found is not None
    return found


def test_a_token_tells_who_it_is_and_is_not_kept(timed: Case, ida: Account) -> None:
    one, other = begin(timed, ida), begin(timed, ida)
    assert one.token != other.token
    assert len(one.token) >= 43
    found = resume(timed, one.token)
    assert found is not None
    assert found.account == ida
    with timed.reading() as connection:
        assert {one.token, other.token}.isdisjoint(connection.execute(select(session.c.id)).scalars())


@pytest.mark.parametrize("token", ["", "x", "\x00", "' OR 1=1 --", "\ud800", "a" * 100_000])
def test_a_token_of_nobody_is_nobodys(timed: Case, ida: Account, token: str) -> None:
    begin(timed, ida)
    assert resume(timed, token) is None


def test_a_session_ends_when_it_is_not_used(timed: Case, ida: Account, clock: Clock) -> None:
    token = begin(timed, ida).token
    for _ in range(3):
        clock.now += IDLE - 1
        assert resume(timed, token) is not None
    clock.now += IDLE + 1
    assert resume(timed, token) is None


def test_a_page_that_waits_for_news_does_not_keep_a_session_alive(timed: Case, ida: Account, clock: Clock) -> None:
    token = begin(timed, ida).token
    for _ in range(4):
        clock.now += IDLE // 4
        resume(timed, token, seen=False)
    clock.now += 1
    assert resume(timed, token) is None


def test_a_session_ends_however_much_it_is_used(timed: Case, ida: Account, clock: Clock) -> None:
    token, begun = begin(timed, ida).token, clock.now
    while clock.now < begun + LONGEST - IDLE:
        clock.now += IDLE // 2
        assert resume(timed, token) is not None
    clock.now = begun + LONGEST + 1
    assert resume(timed, token) is None


def test_who_logs_out_is_out_and_others_stay(timed: Case, ida: Account) -> None:
    one, other = begin(timed, ida), begin(timed, ida)
    end(timed, one.token)
    end(timed, one.token)
    assert resume(timed, one.token) is None
    assert resume(timed, other.token) is not None


def test_another_password_ends_every_session(timed: Case, ida: Account) -> None:
    tokens = [begin(timed, ida).token for _ in range(3)]
    set_password(timed, "ida", "four other words here", user="ida")
    assert [resume(timed, token) for token in tokens] == [None, None, None]


def test_who_is_removed_is_out_and_another_role_holds_at_once(timed: Case, ida: Account) -> None:
    token = begin(timed, ida).token
    set_role(timed, "ida", "analyst", user="root")
    found = resume(timed, token)
    assert found is not None
    assert found.account.role == "analyst"
    remove_account(timed, "ida", user="root")
    assert resume(timed, token) is None


def test_sessions_that_have_ended_are_forgotten(timed: Case, ida: Account, clock: Clock) -> None:
    begin(timed, ida)
    clock.now += LONGEST + 1
    begin(timed, ida)
    with timed.reading() as connection:
        assert len(connection.execute(select(session.c.id)).all()) == 1
