"""The words and signs of the pages, which take no side and need no colour."""

from __future__ import annotations

import datetime
from typing import Final

NAVIGATION: Final = (
    ("/", "State of play"),
    ("/findings", "Findings"),
    ("/proposals", "Proposals"),
    ("/commitments", "Commitments"),
    ("/reports", "Reports"),
    ("/actors", "Actors"),
    ("/quotes", "Quotations"),
    ("/timeline", "Timeline"),
    ("/search", "Search"),
    ("/review", "Review"),
    ("/changes", "What has changed"),
    ("/export", "Export"),
)
"""The pages that every page leads to: address and name."""
STANDINGS: Final = {
    "corroborated": "Agreed",
    "disputed": "Disputed",
    "single": "Told once",
    "lookalike": "Look-alike",
}
"""How findings stand."""
SIGNS: Final = {"corroborated": "=", "disputed": "≠", "single": "1", "lookalike": "≈"}
"""The same as signs, for those who see no colours."""
TYPES: Final = {"person": "person", "organisation": "organisation", "state": "state", "place": "place"}
"""Kinds of actors."""
TENURES: Final = {"now": "", "acting": "acting", "then": "at that time", "former": "no longer", "future": "not yet"}
"""When an office is held."""

THINGS: Final = {
    "finding": "Finding",
    "quote": "Quotation",
    "speaker": "Speaker",
    "actor": "Actor",
    "move": "Move",
    "proposal": "Proposal",
    "commitment": "Commitment",
}
"""What can be judged."""
ACTS: Final = {
    "accept": "accepted it",
    "reject": "rejected it",
    "merge": "took it for the same as",
    "split": "took names from it",
    "correct": "corrected it",
    "note": "noted",
    "undo": "took back",
}
"""What people decide, as it is told."""


def ago(then: datetime.datetime, now: datetime.datetime | None = None) -> str:
    """Return how long ago something was, in words."""
    seconds = int(((now or datetime.datetime.now(tz=datetime.UTC)) - then).total_seconds())
    for unit, length in (("day", 86_400), ("hour", 3_600), ("minute", 60)):
        if seconds >= length:
            many = seconds // length
            return f"{many} {unit}{'' if many == 1 else 's'} ago"
    return "just now"
