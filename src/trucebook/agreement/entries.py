"""What stands in an agreement file: entries as a person writes them, before anything is made of them.

Every field is documented for those who write such files in `docs/agreement.md`.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from trucebook.agreement.model import CommitmentStateName, Phase, Power, Status  # noqa: TC001  msgspec reads them
from trucebook.span import Span  # noqa: TC001  msgspec reads the annotation

FORMAT = 1

Role = Literal["party", "mediator", "guarantor", "monitor", "other"]
AgreementClass = Literal["cessation_of_hostilities", "preliminary", "definitive"]
#: Types of provisions, after the UN DPPA's Guidance on the Mediation of Ceasefires (2022).
ProvisionType = Literal[
    "parties_and_forces_covered", "definitions", "effective_time", "duration_renewal_review", "geographic_scope",
    "prohibited_act", "permitted_act", "separation_of_forces", "withdrawal_or_redeployment", "heavy_weapons",
    "lines_and_zones", "civilian_protection", "humanitarian_access", "freedom_of_movement",
    "prisoner_or_hostage_release", "missing_and_remains", "mine_action", "information_and_propaganda", "monitoring",
    "verification", "complaint_and_incident_procedure", "joint_commission", "dispute_resolution",
    "guarantor_or_enforcement", "security_of_monitors", "ddr_or_cantonment", "link_to_political_talks",
    "termination_or_breach_clause",
]  # fmt: skip
ProhibitedAct = Literal[
    "direct_fire", "indirect_fire", "air_strike", "drone_use", "ground_offensive", "raid_or_arrest_operation",
    "seizing_ground", "forward_movement", "reinforcement_or_resupply", "reconnaissance_or_overflight", "mine_laying",
    "fortification", "heavy_weapon_in_zone", "recruitment", "attack_on_civilians", "attack_on_protected_object",
    "abduction_or_detention", "aid_obstruction", "movement_restriction", "monitor_obstruction", "hostile_propaganda",
    "proxy_action", "naval_or_border_breach", "cyber", "failure_to_release", "failure_to_withdraw",
    "failure_to_report",
]  # fmt: skip


class _Entry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    pass


class ConditionEntry(_Entry, frozen=True, kw_only=True, rename={
    "whole": "all", "either": "any", "while_": "while", "is_": "is", "with_": "with",
}):  # fmt: skip
    """A condition; exactly one of `act`, `all`, `any`, `reached`, `after`, `while`, `unless`, `commitment`, `with`."""

    act: str | None = None
    actor: str | None = None
    object: str | None = None
    by: str | None = None
    whole: tuple[ConditionEntry, ...] | None = None
    either: tuple[ConditionEntry, ...] | None = None
    reached: str | None = None
    after: ConditionEntry | None = None
    wait: str | None = None
    while_: ConditionEntry | None = None
    unless: ConditionEntry | None = None
    until: str | None = None
    commitment: str | None = None
    is_: tuple[CommitmentStateName, ...] = ("fulfilled",)
    with_: str | None = None


class Dates(_Entry, frozen=True, kw_only=True):
    """When the agreement was made and when it holds."""

    proposed: str | None = None
    agreed: str | None = None
    signed: str | None = None
    effective: str | None = None
    ends: str | None = None
    duration: str | None = None
    extension: str | None = None


class PartyEntry(_Entry, frozen=True, kw_only=True):
    """Somebody whom the agreement binds, or who helps it along."""

    name: str
    role: Role = "party"
    aliases: tuple[str, ...] = ()
    note: str = ""
    origin: str | None = None


class SourceEntry(_Entry, frozen=True, kw_only=True):
    """A document or report that the entries rest on."""

    id: str
    title: str = ""
    outlet: str = ""
    published: str | None = None
    url: str = ""
    note: str = ""
    origin: str | None = None


class TellingEntry(_Entry, frozen=True, kw_only=True):
    """One place where a report tells what an entry says."""

    source: str
    span: Span | None = None
    words: str | None = None
    if_span: Span | None = None
    date: str | None = None
    learnt: str | None = None


class ProposalEntry(_Entry, frozen=True, kw_only=True):
    """An offer, with its terms; several of one `id` are what different reports tell of it."""

    id: str
    what: str
    by: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    date: str | None = None
    learnt: str | None = None
    floated: bool = False
    duration: str | None = None
    extension: str | None = None
    scope: str | None = None
    start: str | None = None
    answer_by: str | None = None
    on_says: str = ""
    provisions: tuple[ProvisionType, ...] = ()
    replaces: str | None = None
    source: str | None = None
    span: Span | None = None
    words: str | None = None
    told: tuple[TellingEntry, ...] = ()
    note: str = ""
    origin: str | None = None


class ProvisionEntry(_Entry, frozen=True, kw_only=True):
    """A provision of the text."""

    id: str
    type: ProvisionType
    text: str = ""
    article: str = ""
    binds: tuple[str, ...] = ()
    prohibits: tuple[ProhibitedAct, ...] = ()
    permits: tuple[str, ...] = ()
    place: str = ""
    start: str | None = None
    end: str | None = None
    source: str | None = None
    span: Span | None = None
    words: str | None = None
    note: str = ""
    origin: str | None = None


class CommitmentEntry(_Entry, frozen=True, kw_only=True, rename={"on": "if", "on_says": "if_says", "from_": "from"}):
    """Something that is owed; several of one `id` are what different reports tell of it."""

    id: str
    debtor: tuple[str, ...]
    creditor: tuple[str, ...] = ()
    does: str
    consequent: ConditionEntry | None = None
    on: ConditionEntry | None = None
    on_says: str = ""
    by: str | None = None
    within: str | None = None
    from_: ConditionEntry | None = None
    kind: Literal["achieve", "maintain"] = "achieve"
    made: str | None = None
    learnt: str | None = None
    provision: str | None = None
    source: str | None = None
    span: Span | None = None
    words: str | None = None
    told: tuple[TellingEntry, ...] = ()
    note: str = ""
    origin: str | None = None


class EventEntry(_Entry, frozen=True, kw_only=True, rename={"on": "if", "on_says": "if_says"}):
    """Something that happened; with `power`, something done about a commitment."""

    id: str
    act: str | None = None
    power: Power | None = None
    commitment: str | None = None
    actor: tuple[str, ...] = ()
    object: str | None = None
    to: tuple[str, ...] = ()
    date: str | None = None
    learnt: str | None = None
    status: Status = "done"
    phase: Phase = "happens"
    on: ConditionEntry | None = None
    on_says: str = ""
    issue: str | None = None
    says: str = ""
    new_deadline: str | None = None
    takes_back: str | None = None
    source: str | None = None
    span: Span | None = None
    words: str | None = None
    told: tuple[TellingEntry, ...] = ()
    note: str = ""
    origin: str | None = None


class Agreement(_Entry, frozen=True, kw_only=True, rename={"kind": "class"}):
    """An agreement file."""

    format: Literal[1]
    id: str
    title: str = ""
    word: str = ""
    kind: AgreementClass | None = None
    note: str = ""
    removed: tuple[str, ...] = ()
    dates: Dates = Dates()
    parties: tuple[PartyEntry, ...] = ()
    sources: tuple[SourceEntry, ...] = ()
    proposals: tuple[ProposalEntry, ...] = ()
    provisions: tuple[ProvisionEntry, ...] = ()
    commitments: tuple[CommitmentEntry, ...] = ()
    events: tuple[EventEntry, ...] = ()
