"""Reads many reports of one negotiation and keeps its book.

    import trucebook

    dossier = trucebook.brief("reports/")
    for finding in dossier.findings:
        print(finding.standing, finding.statement)

Nothing is loaded until a name of this package is used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from trucebook.api import Readings, brief, read, read_text, reconcile
    from trucebook.dossier.model import Dossier
    from trucebook.errors import TrucebookError
    from trucebook.reading.model import Reading
    from trucebook.report import Refusal, Report

__all__ = [
    "Dossier",
    "Reading",
    "Readings",
    "Refusal",
    "Report",
    "TrucebookError",
    "brief",
    "read",
    "read_text",
    "reconcile",
]

_HOMES = {
    "Dossier": "trucebook.dossier.model",
    "Reading": "trucebook.reading.model",
    "Readings": "trucebook.api",
    "Refusal": "trucebook.report",
    "Report": "trucebook.report",
    "TrucebookError": "trucebook.errors",
    "brief": "trucebook.api",
    "read": "trucebook.api",
    "read_text": "trucebook.api",
    "reconcile": "trucebook.api",
}


def __getattr__(name: str) -> object:
    """Import a public name when it is first used; `__version__` is the installed version."""
    if name == "__version__":
        from importlib.metadata import version  # noqa: PLC0415  takes a tenth of the time of --help

        return version("trucebook")
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
