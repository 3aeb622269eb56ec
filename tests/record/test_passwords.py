"""Passwords are kept as hashes that are slow to guess from."""

from __future__ import annotations

from trucebook.record.passwords import fits, hashed, outdated

WORDS = "three words together"


def test_a_password_is_kept_as_a_slow_hash_of_its_own() -> None:
    one, other = hashed(WORDS, name="ida"), hashed(WORDS, name="ida")
    assert one.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert one != other
    assert (fits(one, WORDS), fits(other, WORDS), fits(one, WORDS.upper()), fits(None, WORDS)) == (
        True,
        True,
        False,
        False,
    )
    assert not outdated(one)
