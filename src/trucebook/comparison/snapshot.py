"""A brief as it is compared with another: what its JSON says, and no more.

Both a brief that was kept as a file and one that is made now are read from the same JSON, so that they compare alike.
Fields that later versions add are passed over; what an earlier version did not write yet is known to be missing, and
is not taken for nothing.
"""

from __future__ import annotations

from typing import Final

import msgspec

from trucebook.errors import TrucebookError
from trucebook.span import Span  # noqa: TC001  msgspec reads the annotations

#: The version of the contract that is understood.
SCHEMA: Final = 1


class SnapshotError(TrucebookError):
    """A file that is no brief, or none that can be compared.

    Args:
        name: the file, as the user named it.
        reason: what is wrong with it.
    """

    def __init__(self, name: str, reason: str) -> None:
        self.name, self.reason = name, reason
        super().__init__(f"{name}: {reason}; give a brief of trucebook brief --format json, reports, or a case")


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """A report: `id`, `sha256` of its bytes, `outlet` and day of publication."""

    id: str
    sha256: str
    outlet: str | None = None
    published: str | None = None


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Where something is told, with its words where the brief has them."""

    report: str
    span: Span | None = None
    words: str | None = None


class Move(msgspec.Struct, frozen=True, kw_only=True):
    """A move as a report tells it."""

    report: str
    span: Span
    words: str
    actor: tuple[str, ...]
    act: str
    status: str
    recipient: tuple[str, ...] = ()
    condition: str | None = None


class Variant(msgspec.Struct, frozen=True, kw_only=True):
    """A quotation as a report gives it."""

    report: str
    span: Span
    speaker: str | None = None
    words: str | None = None


class Quote(msgspec.Struct, frozen=True, kw_only=True):
    """A quotation in all its versions, the longest first."""

    id: str
    speaker: str | None
    variants: tuple[Variant, ...]


class Side(msgspec.Struct, frozen=True, kw_only=True):
    """One side of a finding."""

    value: str
    evidence: tuple[Place, ...]


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """A finding with its sides."""

    id: str
    standing: str
    statement: str
    origins: int
    positions: tuple[Side, ...]
    kind: str | None = None
    conditions: tuple[Place, ...] = ()

    @property
    def places(self) -> tuple[Place, ...]:
        """Every place of every side."""
        return tuple(place for side in self.positions for place in side.evidence)


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """The answer of a party to a proposal."""

    party: str
    answer: str
    conditions: tuple[str, ...] = ()
    evidence: tuple[Place, ...] = ()


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    """A proposal with its answers."""

    id: str
    what: str
    state: str
    proposer: tuple[str, ...] = ()
    answers: tuple[Answer, ...] = ()
    duration: str | None = None
    extension: str | None = None
    in_force: bool = False
    evidence: tuple[Place, ...] = ()


class Commitment(msgspec.Struct, frozen=True, kw_only=True):
    """A commitment and its state."""

    id: str
    debtor: tuple[str, ...]
    consequent: str
    state: str
    antecedent: str | None = None
    deadline: str | None = None
    evidence: tuple[Place, ...] = ()


class Reason(msgspec.Struct, frozen=True, kw_only=True):
    """Why somebody is to act: by an open answer, a condition, or because it is owed."""

    basis: str


class Turn(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody whose move it is, and why, the plainest reason first."""

    actor: str
    why: str
    reasons: tuple[Reason, ...] = ()
    evidence: tuple[Place, ...] = ()


class State(msgspec.Struct, frozen=True, kw_only=True):
    """The state of play."""

    proposals: tuple[Proposal, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    whose_move: tuple[Turn, ...] = ()


class Snapshot(msgspec.Struct, frozen=True, kw_only=True):
    """A brief.

    Attributes:
        schema: version of the contract.
        as_of: the day it speaks of.
        reports: what it is drawn from.
        quotes: the quotations.
        findings: what the reports agree on, dispute, or tell alone.
        state: where the negotiation stands.
        moves: what the reports tell as done, planned or denied; None where the brief was written without them.
    """

    schema: int
    as_of: str | None
    reports: tuple[Report, ...]
    quotes: tuple[Quote, ...]
    findings: tuple[Finding, ...]
    state: State
    moves: tuple[Move, ...] | None = None


def parse_snapshot(raw: bytes, name: str) -> Snapshot:
    """Return a brief from its JSON.

    Args:
        raw: the bytes of the file.
        name: the file, for messages.

    Raises:
        SnapshotError: it is no brief, or one of a version that is not understood.
    """
    try:
        found = msgspec.json.decode(raw, type=Snapshot)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise SnapshotError(name, f"is no brief: {error}") from error
    if found.schema != SCHEMA:
        raise SnapshotError(name, f"is a brief of schema {found.schema}, and this program knows {SCHEMA}")
    return found
