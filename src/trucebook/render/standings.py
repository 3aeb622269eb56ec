"""How offers, answers and commitments are said, in words that take no side, and which of them weigh more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from trucebook.agreement.proposals import ProposalState
    from trucebook.agreement.state import CommitmentView

ANSWERS: Final = {
    "open": "has not answered",
    "accepted": "accepts",
    "accepted_if": "accepts on a condition",
    "refused": "refuses",
    "countered": "answers with another offer",
    "disputed": "is told to have answered in both ways",
}
PROPOSALS: Final = {
    "floated": "floated, nobody stands behind it by name",
    "offered": "on the table",
    "accepted": "accepted by everybody told to have been asked",
    # What nobody is told to have proposed is agreed to, not accepted.
    "agreed": "agreed, as far as is told",
    "accepted_if": "accepted on a condition",
    "refused": "refused",
    "countered": "answered with another offer",
    "withdrawn": "withdrawn",
    "lapsed": "lapsed",
    "superseded": "replaced by another",
    "disputed": "accepted and refused, as sources tell it",
}
COMMITMENTS: Final = {
    "conditional": "waits for its condition",
    "detached": "owed",
    "fulfilled": "done",
    "expired": "can no longer come into force",
    "violated_alleged": "said to be broken",
    "violated_found": "found broken",
    "released": "released",
    "terminated": "ended",
    "suspended": "suspended",
}
#: How an agreement file and the reports part (`held.Departure.kind`), put behind what it is about.
PARTINGS: Final = {
    "differs": "",
    "not_told": ": no report tells it",
    "taken_out": ": is told by the reports, and was taken out of the file",
    "words_gone": ": these words do not stand where the file says",
}


def standing_of(offer: ProposalState) -> str:
    """Return how a proposal stands, in words."""
    return PROPOSALS[offer.called]


def weight(view: CommitmentView) -> tuple[bool, bool, bool, int, str]:
    """Return by what commitments are put in order.

    What waits for a condition comes first, then what reports differ about, what has a day, what more reports tell.
    """
    state = view.state
    waits, contested = state.state == "conditional", view.contested or view.disputed_condition
    return not waits, not contested, state.deadline is None, -len(view.per_source), state.commitment.id
