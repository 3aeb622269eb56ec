"""What can go wrong, under one root; the command line alone turns these into an exit status."""

from __future__ import annotations


class TrucebookError(Exception):
    """Root of every error that Trucebook raises on purpose."""


class InputRefusedError(TrucebookError):
    """An input that cannot be read as a report.

    Args:
        path: the input, as the user named it.
        reason: what is wrong with it.
        remedy: what the user can do about it.
    """

    def __init__(self, path: str, reason: str, remedy: str) -> None:
        self.path, self.reason, self.remedy = path, reason, remedy
        super().__init__(f"{path}: {reason}; {remedy}")


class NothingToReadError(TrucebookError):
    """No input at all could be read."""


class SettingsError(TrucebookError):
    """An option, or a file of settings or data, that cannot be used."""
