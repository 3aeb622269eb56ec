"""What the pages show and their JSON twins hold: every thing of a case with its exact words, ready to be laid out."""

from __future__ import annotations

import datetime  # noqa: TC003  msgspec reads the annotation
from typing import Literal

import msgspec

from trucebook.dossier.model import Change, FindingKind, Level  # noqa: TC001  msgspec reads the annotations
from trucebook.reading.model import ActorType, Tenure  # noqa: TC001  msgspec reads the annotations
from trucebook.reading.times.interval import Precision  # noqa: TC001  msgspec reads the annotation
from trucebook.span import Span  # noqa: TC001  msgspec reads the annotation

Layer = Literal["said", "actor", "time", "quantity", "condition", "statement"]
Shown = Literal["corroborated", "disputed", "single", "lookalike"]


class Spot(msgspec.Struct, frozen=True, kw_only=True):
    """An exact place.

    Attributes:
        report: the report's number, as in `/reports/17`.
        span: the words in its text.
    """

    report: int
    span: Span


class Wording(msgspec.Struct, frozen=True, kw_only=True):
    """Exact words, with what the sentence says around them.

    Attributes:
        text: the words, on one line.
        before: the rest of the sentence before them, at the first place.
        after: the rest of the sentence after them, at the first place.
        teller: who is told to have said them; empty where the report itself says them.
        spots: every place where they stand.
    """

    text: str
    before: str = ""
    after: str = ""
    teller: str = ""
    spots: tuple[Spot, ...] = ()


class Side(msgspec.Struct, frozen=True, kw_only=True):
    """One side of a finding.

    Attributes:
        value: what it says, in a few words.
        wordings: where it is said, equal words together.
        reports: numbers of the reports that say it.
    """

    value: str
    wordings: tuple[Wording, ...]
    reports: tuple[int, ...]


class FindingView(msgspec.Struct, frozen=True, kw_only=True):
    """A finding, or what only looks like a dispute.

    Attributes:
        id: its id.
        standing: agreed upon, disputed, told once; or a look-alike.
        kind: for a dispute or a look-alike, what differs.
        differs: the same in words; for a look-alike the reason why it is no dispute.
        level: for a dispute, whether the reports differ, or the parties that they quote.
        statement: the fact.
        exact: whether the statement is the words of a report.
        words: the exact words that a statement which is not exact is made of.
        teller: who is told to have said it, at the first place.
        spots: where it is told, the place of the statement first.
        sides: one where the reports agree, several where they differ.
        conditions: words that make it conditional.
        origins: number of origins that tell it.
        reports: numbers of the reports that tell it.
        why: what joined or parted the evidence.
        strength: how central it is, 0 to 1.
        confidence: how sure it is that the evidence is of one thing, 0 to 1.
        voice: the one person or body that all the reports tell it after.
        verdicts: what people had judged of it when the book was made.
    """

    id: str
    standing: Shown
    kind: FindingKind | None
    differs: str
    statement: str
    exact: bool
    words: str
    teller: str
    spots: tuple[Spot, ...]
    sides: tuple[Side, ...]
    reports: tuple[int, ...]
    origins: int
    why: str
    level: Level | None = None
    conditions: tuple[Wording, ...] = ()
    strength: float = 0.0
    confidence: float | None = None
    voice: str | None = None
    verdicts: tuple[str, ...] = ()


class VersionView(msgspec.Struct, frozen=True, kw_only=True):
    """One report's version of a quotation.

    Attributes:
        spot: where it stands.
        text: the words, on one line.
        speaker: whom this report names.
        attribution: id of the attribution in the report's reading.
        changes: word-level comparison with the longest version; empty for that one.
        stance: how the report's cue stands to what was said, where it is not neutral.
        cue: that cue.
        source: where this report names no speaker, its words for who said it; empty where it has none.
    """

    spot: Spot
    text: str
    speaker: str | None = None
    attribution: str | None = None
    changes: tuple[Change, ...] = ()
    stance: str = ""
    cue: str = ""
    source: str = ""


class QuoteView(msgspec.Struct, frozen=True, kw_only=True):
    """One utterance, with its versions.

    Attributes:
        id: its id.
        speaker: who said it; None where no report names one.
        actor: id of the speaker's page; None where there is none.
        same_wording: whether all versions have the same words where they overlap.
        versions: the longest first.
    """

    id: str
    speaker: str | None
    actor: str | None
    same_wording: bool
    versions: tuple[VersionView, ...]


class DatedView(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the timeline.

    Attributes:
        when: TIMEX3 value.
        start: its first day as `YYYY-MM-DD`.
        precision: of `when`.
        what: it.
        exact: whether that is the words of a report.
        words: the exact words that a line which is not exact is made of.
        teller: who is told to have said it.
        planned: whether the words place it in the future or hold it possible.
        conditional: whether the words make it depend on something else.
        spots: where it is told.
    """

    when: str
    start: str
    precision: Precision
    what: str
    exact: bool
    words: str
    teller: str
    planned: bool
    conditional: bool
    spots: tuple[Spot, ...]


class OfficeView(msgspec.Struct, frozen=True, kw_only=True):
    """An office of an actor.

    Attributes:
        words: the reports' words.
        when: when it is held.
        first_told: the earliest day of publication of a report that tells of it.
        last_told: the latest.
        spots: where it is told.
    """

    words: str
    when: Tenure
    first_told: datetime.date | None
    last_told: datetime.date | None
    spots: tuple[Spot, ...]


class BelongingView(msgspec.Struct, frozen=True, kw_only=True):
    """Whom an actor belongs to.

    Attributes:
        value: the state, body or side.
        given: whether the user's file of actors says so, rather than a report.
        spots: where the reports say so.
    """

    value: str
    given: bool
    spots: tuple[Spot, ...]


class JoinView(msgspec.Struct, frozen=True, kw_only=True):
    """Why two names were taken for one actor's.

    Attributes:
        names: the two names.
        reason: why, in words.
        score: likeness of the names, 0 to 100.
    """

    names: tuple[str, str]
    reason: str
    score: int


class ActorView(msgspec.Struct, frozen=True, kw_only=True):
    """An actor.

    Attributes:
        id: of its page.
        name: its canonical name.
        type: what it is.
        aliases: the other forms that name it.
        mentions: how often the reports name it.
        reports: numbers of the reports that name it.
        roles: what reports call it.
        offices: its offices.
        affiliations: whom its present offices belong to.
        state: the state it acts for.
        side: whose side it is on.
        joins: why its names were taken for one actor's.
        identifiers: its names in other data.
    """

    id: str
    name: str
    type: ActorType
    aliases: tuple[str, ...]
    mentions: int
    reports: tuple[int, ...]
    roles: tuple[str, ...] = ()
    offices: tuple[OfficeView, ...] = ()
    affiliations: tuple[BelongingView, ...] = ()
    state: BelongingView | None = None
    side: BelongingView | None = None
    joins: tuple[JoinView, ...] = ()
    identifiers: dict[str, str] = {}


class ReportView(msgspec.Struct, frozen=True, kw_only=True):
    """A report, without its text.

    Attributes:
        number: of its page.
        name: its name in the case.
        version: which of its versions this is.
        outlet: who published it.
        title: its headline.
        begins: how its text begins, where it has no headline.
        published: day of publication.
        url: where it was found.
        author: who signed it.
        path: the input as the user named it.
        sha256: of the bytes it was read from.
        language: ISO 639-1 code.
        length: number of code points.
        copies: number of the report that it copies.
        warnings: what the reader should know about its reading.
        text: key of the text in the record.
        reading: key of the reading in the record.
    """

    number: int
    name: str
    version: int
    outlet: str | None
    title: str | None
    published: datetime.date | None
    url: str | None
    author: str | None
    path: str
    sha256: str
    language: str
    length: int
    copies: int | None
    warnings: tuple[str, ...]
    text: int
    reading: int
    begins: str = ""

    @property
    def shown(self) -> str:
        """Who published it, else its name."""
        return self.outlet or self.name


class RowView(msgspec.Struct, frozen=True, kw_only=True):
    """A line of a card.

    Attributes:
        label: what the line tells.
        text: it.
        exact: whether it is the words of a report.
        open: whether it waits for somebody.
        spots: where it is told.
    """

    label: str
    text: str
    exact: bool
    open: bool
    spots: tuple[Spot, ...]


class StepView(msgspec.Struct, frozen=True, kw_only=True):
    """Something that happened to a proposal or a commitment.

    Attributes:
        at: when; empty where that is not known.
        state: what it came to, in words that take no side.
        why: what made it so, in words.
        words: the words of the first place.
        spots: where it is told.
    """

    at: str
    state: str
    why: str
    words: str
    spots: tuple[Spot, ...]


class CardView(msgspec.Struct, frozen=True, kw_only=True):
    """A proposal, a commitment, somebody's turn or a plan.

    Attributes:
        id: of its page.
        kind: what it is.
        title: it in words.
        state: where it stands, in words that take no side.
        name: the name of that state; empty where it has none.
        rows: what there is to say about it.
        spots: where it is told.
        history: what happened to it, the earliest first.
        by_report: where it stands by what each report alone tells, by the report's number.
    """

    id: str
    kind: Literal["turn", "proposal", "commitment", "plan"]
    title: str
    state: str
    name: str
    rows: tuple[RowView, ...]
    spots: tuple[Spot, ...]
    history: tuple[StepView, ...] = ()
    by_report: dict[str, str] = {}


class StanceView(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody did about an issue.

    Attributes:
        stance: the act, in words.
        since: when; empty where that is not known.
        words: the words of the first place.
        spots: where it is told.
    """

    stance: str
    since: str
    words: str
    spots: tuple[Spot, ...]


class PositionView(msgspec.Struct, frozen=True, kw_only=True):
    """Who holds which position on which issue.

    Attributes:
        actor: who.
        issue: on what.
        stances: what was done about it, the latest first.
    """

    actor: str
    issue: str
    stances: tuple[StanceView, ...]
