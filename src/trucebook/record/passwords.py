"""Passwords: what is asked of them, and the hashes that are kept in their place (Argon2id, RFC 9106)."""

from __future__ import annotations

import unicodedata
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError, VerifyMismatchError

from trucebook.record.errors import AccountError

SHORTEST = 12
"""Characters that a password has at least; no mixture of kinds is asked for (NIST SP 800-63B, 3.1.1)."""
LONGEST = 1024
"""Characters that a password has at most, so that nobody can keep the machine busy with one."""


@cache
def hasher() -> PasswordHasher:
    """Return what hashes, with the library's settings: RFC 9106's for machines with little memory, 64 MiB a hash."""
    return PasswordHasher()


@cache
def _nobody() -> str:
    return hasher().hash("the password of nobody, so that an unknown name takes as long as a known one")


def hashed(password: str, *, name: str) -> str:
    """Return the hash that is kept of a new password.

    Args:
        password: as the person typed it.
        name: the account's, which is no password.

    Raises:
        AccountError: it is too short, too long, or the name.
    """
    if not SHORTEST <= len(password) <= LONGEST:
        raise AccountError(f"{name}: a password has {SHORTEST} to {LONGEST} characters; three or four words make one")
    if password.casefold() in {name.casefold(), name.casefold() * 2}:
        raise AccountError(f"{name}: a password is not the name; three or four words make one")
    return hasher().hash(_same(password))


def fits(kept: str | None, password: str) -> bool:
    """Whether a password is the one that a hash was kept of.

    Args:
        kept: of `hashed`; None for a name that has no account, which takes the same time and fits nothing.
        password: as the person typed it.

    Raises:
        AccountError: the hash cannot be understood.
    """
    try:
        hasher().verify(kept or _nobody(), _same(password[: LONGEST + 1]))
    except VerifyMismatchError:
        return False
    except (InvalidHashError, VerificationError) as error:
        raise AccountError("the kept hash of a password cannot be understood; set the password anew") from error
    return kept is not None


def outdated(kept: str) -> bool:
    """Whether a hash was made with weaker settings than those of today."""
    return hasher().check_needs_rehash(kept)


def rehashed(password: str) -> str:
    """Return a hash of a password that is in use already, with the settings of today."""
    return hasher().hash(_same(password))


def _same(password: str) -> str:
    # One keyboard composes an accent, another does not (NIST SP 800-63B, 3.1.1.2).
    return unicodedata.normalize("NFKC", password)
