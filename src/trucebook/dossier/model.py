"""What many readings of one case come to: actors, quotations, findings and a timeline, each with its evidence."""

from __future__ import annotations

import datetime  # noqa: TC003  msgspec reads the annotation
from typing import Literal

import msgspec

from trucebook.dossier.judgement import Judged, Judgement  # noqa: TC001  msgspec reads the annotations
from trucebook.reading.model import ActorType, Reading, Tenure  # noqa: TC001  msgspec reads the annotations
from trucebook.reading.times.interval import Precision  # noqa: TC001  msgspec reads the annotation
from trucebook.report import Refusal  # noqa: TC001  msgspec reads the annotation
from trucebook.span import Span  # noqa: TC001  msgspec reads the annotation

Standing = Literal["corroborated", "disputed", "single"]
FindingKind = Literal["value", "polarity", "time", "place", "actor", "speaker", "condition", "status", "wording"]
Cell = Literal["told", "told_differently", "told_by_a_party", "absent"]
Level = Literal["reports", "parties"]
RelayHow = Literal["text", "report", "claims", "part"]
Independence = Literal["one", "named", "unknown"]
LookalikeReason = Literal[
    "precision", "window", "later update", "unit or name", "translation", "detail or omission", "another utterance"
]


class Evidence(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """Exact words at an exact place.

    Attributes:
        report: the report's id.
        span: the words in its text.
    """

    report: str
    span: Span


class Merge(msgspec.Struct, frozen=True, kw_only=True):
    """Why two names were taken for one actor.

    Attributes:
        names: the two names.
        reason: the rule that joined them, in words.
        score: similarity of the names, 0 to 100.
    """

    names: tuple[str, str]
    reason: str
    score: float


class Held(msgspec.Struct, frozen=True, kw_only=True):
    """An office that reports give to a person.

    Attributes:
        words: the phrase, as it is met first.
        when: whether the reports tell of it as held now, as acting, at the time they tell of, formerly or in future.
        states: states that it names.
        of: other actors that it names, by canonical name.
        first_told: the earliest day of publication of a report that tells of it.
        last_told: the latest; neither says when the office began or ended.
        evidence: where it is told.
    """

    words: str
    when: Tenure
    states: tuple[str, ...] = ()
    of: tuple[str, ...] = ()
    first_told: datetime.date | None = None
    last_told: datetime.date | None = None
    evidence: tuple[Evidence, ...] = ()


class Belonging(msgspec.Struct, frozen=True, kw_only=True):
    """Whom an actor belongs to.

    Attributes:
        value: the state, organisation, person or side.
        given: whether the user's file of actors says so, rather than a report.
        evidence: where the reports say so.
    """

    value: str
    given: bool = False
    evidence: tuple[Evidence, ...] = ()


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """What the user's file of actors tells of an actor.

    Attributes:
        role: its office.
        state: its state.
        side: whose side it is on.
        identifiers: its names in other data.
    """

    role: str | None = None
    state: str | None = None
    side: str | None = None
    identifiers: dict[str, str] = {}


class Actor(msgspec.Struct, frozen=True, kw_only=True):
    """One person, state, organisation or place across the reports.

    Attributes:
        name: its canonical name.
        type: what it is.
        aliases: every form that names it in the reports.
        mentions: how often the reports name it.
        roles: offices and descriptions the reports give it.
        reports: ids of the reports that name it.
        merges: why the names of several reports were taken for one actor.
        offices: of a person, the offices with their times and evidence.
        affiliations: whom a person's present offices belong to.
        state: the state that it acts for, where the reports tell of one and no more.
        side: whose side it is on, by the user's file, else the state that it acts for.
        given: what the user's file tells of it.
    """

    name: str
    type: ActorType
    aliases: tuple[str, ...]
    mentions: int
    roles: tuple[str, ...] = ()
    reports: tuple[str, ...] = ()
    merges: tuple[Merge, ...] = ()
    offices: tuple[Held, ...] = ()
    affiliations: tuple[Belonging, ...] = ()
    state: Belonging | None = None
    side: Belonging | None = None
    given: Given | None = None


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of a word-level comparison of a variant with the longest version.

    Attributes:
        op: `same`; `dropped` (in the longest version alone), `added` (in this one alone), `changed`.
        longest: the words of the longest version.
        here: the words of this variant.
    """

    op: Literal["same", "dropped", "added", "changed"]
    longest: str
    here: str


class Variant(msgspec.Struct, frozen=True, kw_only=True):
    """One report's version of a quotation.

    Attributes:
        report: the report's id.
        span: the quoted words.
        speaker: whom this report names, by canonical name.
        attribution: id of the attribution in the report's reading.
        changes: word-level comparison with the first variant, which is the longest; empty for the first.
    """

    report: str
    span: Span
    speaker: str | None = None
    attribution: str | None = None
    changes: tuple[Change, ...] = ()


class Quote(msgspec.Struct, frozen=True, kw_only=True):
    """One utterance, quoted by one report or several.

    Attributes:
        id: a hash of who said what.
        speaker: canonical name of the speaker; None where no report names one.
        same_wording: whether all variants have the same words where they overlap (case, marks and spelling aside).
        variants: the versions, the longest first.
    """

    id: str
    speaker: str | None
    same_wording: bool
    variants: tuple[Variant, ...]


class Position(msgspec.Struct, frozen=True, kw_only=True):
    """One side of a finding.

    Attributes:
        value: what this side says, in a few words.
        evidence: where it is said.
    """

    value: str
    evidence: tuple[Evidence, ...]


class Importance(msgspec.Struct, frozen=True, kw_only=True):
    """What makes a finding central (`dossier.importance`), each part from 0 to 1.

    Attributes:
        origins: independent origins behind it, of those that could be.
        reports: reports that tell it, of those of its event.
        place: how early they tell it.
        actors: how much of what is named is its actors.
        moves: whether it tells an act of the negotiation.
        dispute: whether it is contradicted, and how surely.
    """

    origins: float = 0.0
    reports: float = 0.0
    place: float = 0.0
    actors: float = 0.0
    moves: float = 0.0
    dispute: float = 0.0


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """A fact that the reports tell, tell differently, or one of them tells.

    Attributes:
        id: a hash of its positions.
        standing: corroborated (two or more independent origins), disputed, single.
        kind: for a dispute, what differs.
        statement: the fact in the words of one report.
        origins: number of origins that tell it; copies of one text count once.
        positions: one where the reports agree, several where they differ.
        conditions: words that make the fact conditional in some report ("if Russia agrees").
        strength: how central the fact is, 0 to 1; orders the findings.
        importance: the parts of that.
        why: what joined or parted the evidence, in words.
        level: for a dispute, whether the reports differ, or the parties that they quote.
        confidence: how sure it is that the evidence is of one thing, 0 to 1; None where no model judged it.
        voice: the one person or body that all the reports tell it after; what is said has then one origin.
        sources: the origins behind `origins`, each with the reports that go back to it.
        independence: whether there is but `one` origin, several sources of their own are `named`, or it is `unknown`
            whether one report follows another.
        independence_why: the same in words.
    """

    id: str
    standing: Standing
    kind: FindingKind | None
    statement: str
    origins: int
    positions: tuple[Position, ...]
    conditions: tuple[Evidence, ...] = ()
    strength: float = 0.0
    why: str = ""
    level: Level | None = None
    confidence: float | None = None
    voice: str | None = None
    sources: tuple[Origin, ...] = ()
    independence: Independence = "unknown"
    independence_why: str = ""
    importance: Importance = Importance()


class Lookalike(msgspec.Struct, frozen=True, kw_only=True):
    """What looks like a dispute and is none.

    Attributes:
        id: a hash of its positions.
        kind: what seems to differ.
        reason: why it is no dispute.
        statement: what it is about, in the words of one report.
        positions: what is told here and there.
        why: the reason, in words.
    """

    id: str
    kind: FindingKind
    reason: LookalikeReason
    statement: str
    positions: tuple[Position, ...]
    why: str = ""


class Relay(msgspec.Struct, frozen=True, kw_only=True):
    """A report that tells something after an outlet, and how far.

    Attributes:
        report: the report that tells.
        outlet: after whom: an outlet or an agency; media without a name by the report's words.
        origin: id of that outlet's report among those read; None where none of its reports is.
        how: `text`: the text is that outlet's (a dateline, a byline, an author); `report`: it says so at its head
            or often; `claims`: it says so of `claims` alone; `part`: it says that the outlet contributed, and not what.
        words: the words that say so; None where a field beside the text does (the author).
        claims: what is told after the outlet; empty for a text, and where the words cover none.
    """

    report: str
    outlet: str
    how: RelayHow
    origin: str | None = None
    words: Span | None = None
    claims: tuple[Span, ...] = ()


class Origin(msgspec.Struct, frozen=True, kw_only=True):
    """One origin of a finding, with the reports whose telling goes back to it.

    Attributes:
        name: what it is: an outlet, a speaker, or the id of a report that names no source for it.
        kind: `report` (a report by itself), `outlet` (what is told after one outlet), `speaker` (what one person or
            body said) or `source` (what somebody said whom a report does not name).
        reports: ids of the reports that tell the finding after it, or are it.
        why: what joins them, in words; empty for a report by itself.
        evidence: the words that say so.
    """

    name: str
    kind: Literal["report", "outlet", "speaker", "source"]
    reports: tuple[str, ...]
    why: str = ""
    evidence: tuple[Evidence, ...] = ()


class TimelineEntry(msgspec.Struct, frozen=True, kw_only=True):
    """Something dated.

    Attributes:
        when: TIMEX3 value, no more precise than the words.
        precision: of `when`.
        what: the words of one report.
        evidence: where it is said.
        planned: whether the words place it in the future or hold it possible rather than tell it as done.
        conditional: whether the words make it depend on something else ("if Norway agrees").
    """

    when: str
    precision: Precision
    what: str
    evidence: tuple[Evidence, ...]
    planned: bool = False
    conditional: bool = False


class CoverageRow(msgspec.Struct, frozen=True, kw_only=True):
    """Which reports tell a finding.

    Attributes:
        finding: the finding's id.
        cells: one a report, in the order of the dossier's readings.
    """

    finding: str
    cells: tuple[Cell, ...]


class Dossier(msgspec.Struct, frozen=True, kw_only=True):
    """Many readings of one case, reconciled.

    Attributes:
        as_of: the day it speaks of: the latest publication date; None where no report has one.
        readings: one a report, in the order of the reports' ids.
        copies: id of the report that a report copies, by the copy's id.
        actors: by number of mentions.
        quotes: shared quotations first.
        findings: the most central first.
        timeline: the earliest first.
        coverage: one row a finding that more than one report could tell.
        lookalikes: what looks like a dispute and is none, with the reason.
        refusals: inputs that were not read.
        judged: people's judgements that are in force, with what they are of now.
        to_hold: those of them that are of proposals and commitments, for who finds these to hold against them.
        relays: which report tells what after which outlet.
    """

    as_of: datetime.date | None
    readings: tuple[Reading, ...]
    copies: dict[str, str] = {}
    actors: tuple[Actor, ...] = ()
    quotes: tuple[Quote, ...] = ()
    findings: tuple[Finding, ...] = ()
    timeline: tuple[TimelineEntry, ...] = ()
    coverage: tuple[CoverageRow, ...] = ()
    lookalikes: tuple[Lookalike, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    judged: tuple[Judged, ...] = ()
    to_hold: tuple[Judgement, ...] = ()
    relays: tuple[Relay, ...] = ()

    def judged_on(self, kind: str, ident: str) -> tuple[Judged, ...]:
        """Return the judgements of a thing, the latest first.

        Args:
            kind: what it is (`finding`, `actor`, `quote`, `speaker`, `move`).
            ident: its id; for an actor its name.
        """
        return tuple(j for j in reversed(self.judged) if j.judgement.subject.kind == kind and j.target == ident)

    def reading(self, report: str) -> Reading:
        """Return the reading of the report with this id.

        Raises:
            KeyError: no report has this id.
        """
        for reading in self.readings:
            if reading.report.id == report:
                return reading
        raise KeyError(report)

    def words(self, evidence: Evidence) -> str:
        """Return the exact words that a piece of evidence points to."""
        return evidence.span.of(self.reading(evidence.report).report.text)
