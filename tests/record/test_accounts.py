"""Accounts: names and passwords that will do, the log of their changes, and nothing of them in an archive."""

from __future__ import annotations

import io
from functools import partial
from typing import TYPE_CHECKING

import pytest
from argon2 import PasswordHasher
from record_stubs import BERG, put, report
from sqlalchemy import select

from trucebook.record import passwords
from trucebook.record.accounts import (
    ROLES,
    accounts,
    add_account,
    authenticated,
    has_accounts,
    may,
    name_of,
    remove_account,
    role_of,
    set_password,
    set_role,
)
from trucebook.record.archive import export_case, import_case
from trucebook.record.case import Case, open_case
from trucebook.record.errors import AccountError
from trucebook.record.ledger import entries
from trucebook.record.schema import account
from trucebook.record.verify import verify

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("quick_passwords")

WORDS = "three words together"
OTHER = "four other words here"


def kept(case: Case) -> list[str]:
    with case.reading() as connection:
        return list(connection.execute(select(account.c.password)).scalars())


def test_who_has_an_account_is_known_by_name_and_password(case: Case) -> None:
    assert not has_accounts(case)
    add_account(case, "Ida Holm", "analyst", WORDS, user="root")
    found = authenticated(case, "ida  holm", WORDS)
    assert found is not None
    assert (found.name, found.role, has_accounts(case)) == ("Ida Holm", "analyst", True)


@pytest.mark.parametrize(
    ("name", "password"),
    [("ida", OTHER), ("ida", ""), ("ida", WORDS.upper()), ("ida", WORDS + " "), ("olan", WORDS), ("", WORDS), ("i\x00da", WORDS), ("ida' OR 1=1 --", WORDS), ("ida", "x" * 5000)],
    ids=["wrong", "empty", "case", "space", "unknown", "nameless", "nul", "sql", "huge"],
)  # fmt: skip
def test_who_has_not_is_not(case: Case, name: str, password: str) -> None:
    add_account(case, "ida", "reader", WORDS, user="root")
    assert authenticated(case, name, password) is None


def test_an_unknown_name_is_checked_as_slowly_as_a_known_one(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    add_account(case, "ida", "reader", WORDS, user="root")
    checked: list[str] = []
    check = PasswordHasher.verify

    def watched(self: PasswordHasher, kept: str, password: str) -> bool:
        checked.append(kept)
        return check(self, kept, password)

    monkeypatch.setattr(PasswordHasher, "verify", watched)
    authenticated(case, "ida", OTHER)
    authenticated(case, "nobody", OTHER)
    known, unknown = (h.split("$")[1:4] for h in checked)
    assert known == unknown  # the same function with the same cost


def test_an_accent_typed_on_another_keyboard_is_the_same_password(case: Case) -> None:
    add_account(case, "ida", "reader", "caf\u00e9 caf\u00e9 caf\u00e9", user="root")
    assert authenticated(case, "ida", "cafe\u0301 cafe\u0301 cafe\u0301") is not None


def test_a_weak_hash_is_renewed_when_its_owner_logs_in(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    add_account(case, "ida", "reader", WORDS, user="root")
    (before,) = kept(case)
    stronger = PasswordHasher(time_cost=2, memory_cost=16, parallelism=1)
    monkeypatch.setattr(passwords, "hasher", lambda: stronger)
    assert authenticated(case, "ida", WORDS) is not None
    (after,) = kept(case)
    assert "t=2" in after
    assert "t=2" not in before
    assert authenticated(case, "ida", WORDS) is not None


@pytest.mark.parametrize(
    ("password", "told"),
    [("short", "12 to 1024"), ("", "12 to 1024"), ("x" * 1025, "12 to 1024"), ("Judith Marsh", "not the name")],
    ids=["short", "empty", "long", "the-name"],
)
def test_a_password_that_will_not_do_is_refused(case: Case, password: str, told: str) -> None:
    with pytest.raises(AccountError, match=told):
        add_account(case, "judith marsh", "reader", password, user="root")
    assert accounts(case) == ()


@pytest.mark.parametrize("name", ["Ida Holm", "ida.holm@quay.example", "Jörg", "И. Холм", "伊達", "d'Arc", "x" * 64])
def test_names_of_people_will_do(name: str) -> None:
    assert name_of(f" {name} ") == name


@pytest.mark.parametrize(
    "name",
    ["", " ", "<b>ida</b>", "ida\u202eadi", "ida\x00", "ida\nolan", "x" * 65, "-ida", "javascript:x", "ida\u200b", '"ida"', "a/b"],
    ids=["empty", "blank", "markup", "bidi", "nul", "lines", "long", "option", "colon", "hidden", "quotes", "path"],
)  # fmt: skip
def test_names_that_hide_something_are_refused(name: str) -> None:
    with pytest.raises(AccountError, match="will not do"):
        name_of(name)


def test_two_names_that_look_alike_are_one(case: Case) -> None:
    add_account(case, "Ida Holm", "reader", WORDS, user="root")
    with pytest.raises(AccountError, match="there is an account of that name"):
        add_account(case, "IDA\u00a0HOLM", "editor", WORDS, user="root")


def test_roles_each_may_more_than_the_one_before() -> None:
    assert [[may(role, wanted) for wanted in ROLES] for role in ROLES] == [
        [True, False, False],
        [True, True, False],
        [True, True, True],
    ]
    with pytest.raises(AccountError, match="one of reader, analyst, editor"):
        role_of("admin")


def test_accounts_are_changed_and_removed_by_name(case: Case) -> None:
    add_account(case, "ida", "reader", WORDS, user="root")
    set_role(case, "IDA", "editor", user="root")
    set_password(case, "ida", OTHER, user="root")
    found = authenticated(case, "ida", OTHER)
    assert (found and found.role, authenticated(case, "ida", WORDS)) == ("editor", None)
    remove_account(case, "ida", user="root")
    assert authenticated(case, "ida", OTHER) is None
    changes = (
        partial(remove_account, case, "ida"),
        partial(set_role, case, "ida", "reader"),
        partial(set_password, case, "ida", WORDS),
    )
    for change in changes:
        with pytest.raises(AccountError, match="ida: there is no such account"):
            change(user="root")


def test_the_log_tells_of_accounts_and_the_proof_still_holds(case: Case) -> None:
    put(case, report("one", BERG))
    add_account(case, "ida", "reader", WORDS, user="root")
    set_password(case, "ida", OTHER, user="ida")
    remove_account(case, "ida", user="root")
    with case.reading() as connection:
        told = [(e.user, e.action) for e in entries(connection) if e.subject == "account:ida"]
    assert told == [("root", "account reader"), ("ida", "account password"), ("root", "account removed")]
    assert verify(case).faults == ()


def test_an_archive_has_no_account(case: Case, tmp_path: Path) -> None:
    put(case, report("one", BERG))
    add_account(case, "ida", "editor", WORDS, user="root")
    archive = io.BytesIO()
    export_case(case, archive)
    assert b"argon2" not in archive.getvalue()
    with open_case(str(tmp_path / "copy.truce"), create=True) as copy:
        archive.seek(0)
        import_case(copy, archive, name="archive")
        assert accounts(copy) == ()
        assert verify(copy).faults == ()
