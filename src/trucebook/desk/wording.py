"""The words and signs of the pages, which take no side and need no colour."""

from __future__ import annotations

import datetime
import re
from typing import Final

from trucebook.render.brief import KINDS
from trucebook.render.standings import COMMITMENTS, PROPOSALS

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
_STATES: Final = {"proposal": PROPOSALS, "commitment": COMMITMENTS}
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

DOES: Final = {
    "propose": "proposes",
    "counter": "answers with another offer",
    "accept": "accepts",
    "accept_if": "accepts on a condition",
    "refuse": "refuses",
    "demand": "demands",
    "promise": "promises",
    "threaten": "threatens",
    "suspend": "suspends",
    "resume": "resumes",
    "withdraw": "withdraws",
    "reaffirm": "reaffirms",
    "deny": "denies",
    "confirm": "confirms",
    "announce": "announces",
    "agree": "agrees",
    "sign": "signs",
    "meet": "meets",
    "mediate": "mediates",
    "relay": "passes on",
    "set_deadline": "sets a deadline",
    "postpone": "postpones",
    "ask_clarification": "asks for clarification",
    "accuse": "accuses",
    "warn": "warns",
    "request": "requests",
    "order": "orders",
    "welcome": "welcomes",
    "attack": "attacks",
    "withhold_answer": "withholds an answer",
}
"""Acts, as what somebody does."""
_MOVE = re.compile(r"(?P<who>.+): (?P<act>[a-z_]+) \((?P<status>[a-z]+)(?P<condition>, on a condition)?\)")


def found_in_words(kind: str, found: str) -> str:
    """Return what the program made of a thing, as people say it.

    Args:
        kind: of the thing.
        found: as it is kept beside a judgement: `Velonia: accept_if (done, on a condition)`, `Velonia: detached`.
    """
    if kind == "move" and (parts := _MOVE.fullmatch(found)):
        who, act = parts["who"], parts["act"]
        condition = " on a condition" if parts["condition"] and act != "accept_if" else ""
        return f"{who} {DOES.get(act, act.replace('_', ' '))}{condition} (told as {parts['status']})"
    if kind == "speaker" and found == "no speaker":
        return "nobody whom it could name"
    if kind == "finding":
        standing, _, differs = found.partition(" ")
        return STANDINGS.get(standing, standing).lower() + (f": {KINDS.get(differs, differs)}" if differs else "")
    if kind in _STATES:
        who, mark, state = found.rpartition(": ")
        return who + mark + _STATES[kind].get(state.replace(" ", "_"), state)
    return found


def ago(then: datetime.datetime, now: datetime.datetime | None = None) -> str:
    """Return how long ago something was, in words."""
    seconds = int(((now or datetime.datetime.now(tz=datetime.UTC)) - then).total_seconds())
    for unit, length in (("day", 86_400), ("hour", 3_600), ("minute", 60)):
        if seconds >= length:
            many = seconds // length
            return f"{many} {unit}{'' if many == 1 else 's'} ago"
    return "just now"
