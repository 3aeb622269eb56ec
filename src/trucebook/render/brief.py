"""What a brief says, before it is laid out: its facts, quotations, dates and sources, each with its places."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from trucebook.render.shown import count, line, web_address

if TYPE_CHECKING:
    from trucebook.dossier.model import Cell, Change, Evidence
    from trucebook.render.cards import Play
    from trucebook.render.figures import Figure
    from trucebook.render.lanes import Picture
    from trucebook.report import Refusal, Report


# What differs, in words that take no side.
KINDS = {
    "value": "different numbers",
    "polarity": "whether it is so",
    "time": "different times",
    "place": "different places",
    "actor": "who did it",
    "speaker": "who said it",
    "condition": "on which condition",
    "status": "whether it is done",
    "wording": "the wording",
}
# Why what looks like a dispute is none.
REASONS = {
    "precision": "the same, told more or less exactly",
    "window": "another time or area",
    "later update": "a later count",
    "unit or name": "another unit or name of the same",
    "translation": "another translation",
    "detail or omission": "a detail that one leaves out",
    "another utterance": "two utterances that resemble each other",
}
# How a cue that is not neutral stands to what was said (the stances of `reading.model`).
STANCES = {"distancing": "told with distance", "endorsing": "told as true", "denying": "told as a denial"}
# What a reader must know about the numbers of reports in a brief.
INDEPENDENCE = (
    "Reports that copy one text, tell a thing after one outlet or quote one speaker for it are one origin of it. "
    "Where no sources are named, whether origins are independent of each other is not known."
)


@dataclass(frozen=True, kw_only=True)
class Words:
    """Exact words of reports.

    Attributes:
        text: the words, on one line.
        places: every place where they stand.
        before: the rest of the sentence before them, at the first place.
        after: the rest of the sentence after them, at the first place.
        teller: who is told to have said them, e.g. `according to Ann Doe`; empty where the report itself says them.
    """

    text: str
    places: tuple[Evidence, ...]
    before: str = ""
    after: str = ""
    teller: str = ""

    def teller_beside(self, around: str) -> str:
        """Return the teller, or nothing where the words around that are shown name the teller already.

        Args:
            around: what of the sentence is shown before and after the words.
        """
        _, _, name = self.teller.partition(" to " if self.teller.startswith("according") else " by ")
        return "" if name and name in around else self.teller


@dataclass(frozen=True, kw_only=True)
class Statement:
    """A line of the brief.

    Attributes:
        text: the line.
        exact: whether it was found to be the words of a report, so that it may stand between quotation marks.
        places: where it is said, the place with those words first.
        words: the exact words of the first place, which a line that is not exact is shown with.
        teller: who is told to have said it at the first place; empty where the report itself says it.
    """

    text: str
    exact: bool
    places: tuple[Evidence, ...]
    words: str
    teller: str = ""


@dataclass(frozen=True, kw_only=True)
class Side:
    """One side of a finding.

    Attributes:
        value: what it says, in a few words.
        words: where it is said, equal words together.
        reports: ids of the reports that say it.
    """

    value: str
    words: tuple[Words, ...]
    reports: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Fact:
    """A finding, as the brief shows it.

    Attributes:
        mark: its name in the brief, e.g. `A1` (agreed), `D1` (disputed), `S1` (told by one origin).
        differs: for a dispute, what differs, in words that take no side.
        statement: the fact.
        conditions: the words that make it conditional.
        sides: one where the reports agree, several where they differ.
        reports: ids of the reports that tell it.
        origins: number of independent origins that tell it.
        why: what joined or parted the evidence.
        score: how central it is, and what makes it so.
        independence: what is known of whether the origins are independent of each other, in words.
        verdicts: what people judged of it, the latest first.
    """

    mark: str
    differs: str
    statement: Statement
    conditions: tuple[Words, ...]
    sides: tuple[Side, ...]
    reports: tuple[str, ...]
    origins: int
    why: str
    independence: str = ""
    score: str = ""
    verdicts: tuple[str, ...] = ()

    @property
    def told(self) -> str:
        """How many reports tell it, from how many origins where these are fewer, and what is known of these."""
        reports = count(len(self.reports), "report")
        origins = "" if self.origins == len(self.reports) else f", {count(self.origins, 'origin')}"
        return f"{reports}{origins}{', ' if self.independence else ''}{self.independence}"

    @property
    def about(self) -> str:
        """What the fact is about: its statement, in quotation marks where it is the words of a report."""
        return f"“{self.statement.text}”" if self.statement.exact else self.statement.text

    @property
    def conditional(self) -> str:
        """In how many of the reports the fact is conditional, e.g. `2 of 4 reports`."""
        stated = {place.report for words in self.conditions for place in words.places}
        return f"{len(stated)} of {count(len(stated.union(self.reports)), 'report')}"

    @property
    def alike(self) -> tuple[Evidence, ...]:
        """The places with the same words as the place of the statement."""
        first = self.statement.places[:1]
        return next((w.places for side in self.sides for w in side.words if w.places[:1] == first), first)

    @property
    def others(self) -> tuple[Words, ...]:
        """The other words in which it is told."""
        return tuple(w for side in self.sides for w in side.words if w.places != self.alike)

    @property
    def places(self) -> tuple[Evidence, ...]:
        """Every place, the place of the statement first, and one place of every report before the others."""
        rest = (p for side in self.sides for words in side.words for p in words.places)
        every = tuple(dict.fromkeys((*self.statement.places, *rest)))
        first = {place.report: place for place in reversed(every)}
        return tuple(sorted(every, key=lambda place: first[place.report] is not place))

    @property
    def first_places(self) -> tuple[Evidence, ...]:
        """One place of every report, the place of the statement first."""
        return self.places[: len({place.report for place in self.places})]


@dataclass(frozen=True, kw_only=True)
class Version:
    """One report's version of a quotation.

    Attributes:
        words: the words, at one place.
        speaker: whom this report names, where that is not whom the brief names.
        cue: the words that mark it as said, where they are not neutral ("claimed").
        stance: how that cue stands to what was said.
    """

    words: Words
    speaker: str | None = None
    cue: Words | None = None
    stance: str = ""


@dataclass(frozen=True, kw_only=True)
class Rewording:
    """Versions that differ from the longest one in the same way.

    Attributes:
        changes: the word-level comparison with the longest version.
        versions: the versions.
    """

    changes: tuple[Change, ...]
    versions: tuple[Version, ...]

    @property
    def partial(self) -> bool:
        """Whether they have the words of the longest version and leave some out at an end."""
        ops = [change.op for change in self.changes]
        return ops.count("same") == 1 and all(op in {"same", "dropped"} for op in ops)

    @property
    def places(self) -> tuple[Evidence, ...]:
        """Where they stand."""
        return tuple(place for version in self.versions for place in version.words.places)


@dataclass(frozen=True, kw_only=True)
class Saying:
    """One utterance in all its versions.

    Attributes:
        mark: its name in the brief, e.g. `Q1`.
        longest: the longest version.
        same: versions with the same words.
        reworded: versions with other words, those that differ in the same way together.
    """

    mark: str
    longest: Version
    same: tuple[Version, ...]
    reworded: tuple[Rewording, ...]

    @property
    def versions(self) -> tuple[Version, ...]:
        """Every version, the longest first."""
        return (self.longest, *self.same, *(version for found in self.reworded for version in found.versions))


@dataclass(frozen=True, kw_only=True)
class Voice:
    """A speaker with all that is quoted.

    Attributes:
        name: canonical name; None where no report names one.
        roles: offices the reports give.
        sayings: the quotations, shared ones first.
    """

    name: str | None
    roles: tuple[str, ...]
    sayings: tuple[Saying, ...]


@dataclass(frozen=True, kw_only=True)
class Dated:
    """A line of the timeline.

    Attributes:
        mark: its name in the brief, e.g. `T1`.
        when: TIMEX3 value.
        planned: whether the words place it in the future or hold it possible.
        conditional: whether the words make it depend on something else.
        statement: what happened or is planned.
    """

    mark: str
    when: str
    planned: bool
    conditional: bool
    statement: Statement


@dataclass(frozen=True, kw_only=True)
class Source:
    """A report, as the brief names it.

    Attributes:
        label: its id, or R and a number where the id is long.
        report: the report.
        copies: id of the report it copies.
        warnings: what the reader should know about its reading.
    """

    label: str
    report: Report
    copies: str | None
    warnings: tuple[str, ...] = ()

    @property
    def outlet(self) -> str:
        """Who published it, or that this is not known."""
        return line(self.report.outlet or "") or "outlet unknown"

    @property
    def address(self) -> str | None:
        """Its web address, where it is one that may be followed."""
        return web_address(self.report.url)

    @property
    def published(self) -> str:
        """Day of publication, or that this is not known."""
        return self.report.published.isoformat() if self.report.published else "undated"


@dataclass(frozen=True, kw_only=True)
class Retelling:
    """A report that tells something after an outlet.

    Attributes:
        report: id of the report that tells.
        outlet: after whom.
        origin: id of that outlet's report among those read; None where none is.
        how: how far it goes, in words.
        words: the words that say so; None where none of the text does.
    """

    report: str
    outlet: str
    origin: str | None
    how: str
    words: Words | None


@dataclass(frozen=True, kw_only=True)
class Outline:
    """A brief before it is laid out.

    Attributes:
        as_of: the day it speaks of, as `YYYY-MM-DD`.
        sources: one a report, by the report's id.
        origins: number of reports that copy no other.
        agreed: facts told by two or more independent origins, the most central first.
        disputed: facts that reports tell differently.
        single: facts told by one origin.
        voices: who said what.
        timeline: the earliest first.
        latest: what was last done, the latest first.
        coming: what is planned from the day on, the earliest first.
        coverage: facts with one cell a report, in the order of `sources`.
        refusals: inputs that were not read.
        actors: who is named, places left out, the most often named first.
        lookalikes: what looks like a dispute and is none; `differs` holds the reason.
        retellings: who tells after whom.
        play: the state of play.
        lanes: the moves as a picture; None where no report tells one.
    """

    as_of: str | None
    sources: dict[str, Source]
    origins: int
    agreed: tuple[Fact, ...]
    disputed: tuple[Fact, ...]
    single: tuple[Fact, ...]
    voices: tuple[Voice, ...]
    timeline: tuple[Dated, ...]
    latest: tuple[Dated, ...]
    coming: tuple[Dated, ...]
    coverage: tuple[tuple[Fact, tuple[Cell, ...]], ...]
    refusals: tuple[Refusal, ...]
    play: Play
    lanes: Picture | None = None
    actors: tuple[Figure, ...] = ()
    lookalikes: tuple[Fact, ...] = ()
    retellings: tuple[Retelling, ...] = ()

    def label(self, report: str) -> str:
        """Return the name that the brief gives to the report with this id."""
        return self.sources[report].label
