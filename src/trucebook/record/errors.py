"""What can go wrong with a case."""

from __future__ import annotations

from trucebook.errors import TrucebookError


class CaseError(TrucebookError):
    """A case that cannot be used.

    Args:
        place: the case, as the user named it, without a password.
        reason: what is wrong with it.
        remedy: what the user can do about it.
    """

    def __init__(self, place: str, reason: str, remedy: str) -> None:
        self.place, self.reason, self.remedy = place, reason, remedy
        super().__init__(f"{place}: {reason}; {remedy}")


class JudgementError(TrucebookError):
    """A judgement that cannot be made: of nothing that is there, or of a kind that does not fit."""


class ArchiveError(TrucebookError):
    """An archive of a case that cannot be written or read."""


class AccountError(TrucebookError):
    """An account that cannot be made or found, or a password that will not do."""
