"""What the pages of review show and their JSON twins hold."""

from __future__ import annotations

import datetime  # noqa: TC003  msgspec reads the annotation
from typing import Literal

import msgspec

from trucebook.desk.views import FindingView, Wording  # noqa: TC001  msgspec reads the annotations
from trucebook.dossier.judgement import Act, Hold, Subject  # noqa: TC001  msgspec reads the annotations
from trucebook.record.trail import Arrival, Entry  # noqa: TC001  msgspec reads the annotations

Kind = Literal["finding", "quote", "speaker", "actor", "move", "proposal", "commitment"]

OF_A_REPORT = frozenset({"speaker", "move"})
"""Kinds of things that are known by their report and an id in it."""


class ItemView(msgspec.Struct, frozen=True, kw_only=True):
    """Something that waits for a person.

    Attributes:
        kind: what it is.
        id: its id; for an actor its name.
        report: number of the report that tells it, for a speaker or a move; they are known by report and id.
        says: it in words of the reports.
        found: what the program made of them.
        why: why it waits, the weightiest reason first.
        importance: how much hangs on it, 0 to 1; a rank.
        uncertainty: how unsure it is, 0 to 1; a rank.
        wordings: where to look.
        asks: ids of judgements of it that ask again.
        there: whether the program still finds it.
    """

    kind: Kind
    id: str
    report: int | None
    says: str
    found: str
    why: tuple[str, ...]
    importance: float
    uncertainty: float
    wordings: tuple[Wording, ...] = ()
    asks: tuple[str, ...] = ()
    there: bool = True


class HeldView(msgspec.Struct, frozen=True, kw_only=True):
    """How a judgement stands to what the program finds.

    Attributes:
        kind: of what it is.
        target: id of the thing it is about now; None where the program does not find it any more.
        hold: whether it holds, is stale (asks again), or holds of something that is not found any more.
    """

    kind: str
    target: str | None
    hold: Hold


class Reviewed(msgspec.Struct, frozen=True, kw_only=True):
    """What a book holds for review.

    Attributes:
        queue: what waits for a person, what most needs one first.
        beyond: things of less weight that are not in it.
        settled: what would wait too if nobody had judged it.
        held: how judgements stand to what is found, by the judgement's id.
        terms: proposals and commitments as they can be judged.
    """

    queue: tuple[ItemView, ...] = ()
    beyond: int = 0
    settled: tuple[ItemView, ...] = ()
    held: dict[str, HeldView] = {}
    terms: tuple[Subject, ...] = ()


class JudgementView(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody decided.

    Attributes:
        id: its own id.
        kind: of what it is.
        target: id of the thing; as it was judged, where the book does not know it yet.
        report: number of the report that tells it, for a speaker or a move.
        says: the words it was judged by.
        found: what the program had made of them.
        act: what was decided.
        value: the right name, the note, or the judgement that an undo takes back.
        names: other names.
        part: of a move, what of it was corrected.
        user: who decided.
        at: when.
        reason: why.
        in_force: whether nobody has taken it back, and no later one takes its place.
        undone: whether somebody has taken it back.
        hold: whether it holds; None where that is not known yet.
    """

    id: str
    kind: str
    target: str
    report: int | None
    says: str
    found: str
    act: Act
    value: str
    names: tuple[str, ...]
    part: str
    user: str
    at: datetime.datetime
    reason: str
    in_force: bool
    undone: bool
    hold: Hold | None


class ThingView(msgspec.Struct, frozen=True, kw_only=True):
    """A thing that can be judged, with what was judged of it.

    Attributes:
        item: the thing; `why` says why it waits, where it does.
        judgements: of it, the latest first.
        latest: id of the latest, for who wants to see that nobody judged it meanwhile; empty for none.
        names: other names of an actor, which can be split from it.
        parts: speakers and moves in it or beside it, which are judged by themselves.
    """

    item: ItemView
    judgements: tuple[JudgementView, ...]
    latest: str
    names: tuple[str, ...] = ()
    parts: tuple[ItemView, ...] = ()


class QueueView(msgspec.Struct, frozen=True, kw_only=True):
    """A page of what waits for a person.

    Attributes:
        items: what waits.
        page: number of the page.
        pages: how many there are.
        total: things on all of them.
        beyond: things of less weight that are not listed.
    """

    items: tuple[ItemView, ...]
    page: int
    pages: int
    total: int
    beyond: int


class JudgementsView(msgspec.Struct, frozen=True, kw_only=True):
    """A page of judgements, the latest first.

    Attributes:
        items: the judgements.
        page: number of the page.
        pages: how many there are.
        total: judgements on all of them.
    """

    items: tuple[JudgementView, ...]
    page: int
    pages: int
    total: int


class LogView(msgspec.Struct, frozen=True, kw_only=True):
    """A page of the audit log, the latest entry first.

    Attributes:
        items: the entries.
        page: number of the page.
        pages: how many there are.
        total: entries on all of them.
    """

    items: tuple[Entry, ...]
    page: int
    pages: int
    total: int


class ChangesView(msgspec.Struct, frozen=True, kw_only=True):
    """What has changed since a person last looked.

    Attributes:
        since: number of the entry of the log up to which the person has looked; 0 where he never has.
        at: when that was.
        end: number of the last entry now.
        arrivals: reports that were added, changed or read anew.
        judgements: what others decided.
        findings: findings that the added and changed reports tell, disputes first.
        more: how many findings more there are.
    """

    since: int
    at: datetime.datetime | None
    end: int
    arrivals: tuple[Arrival, ...]
    judgements: tuple[JudgementView, ...]
    findings: tuple[FindingView, ...]
    more: int


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody wants to have recorded of a thing.

    Attributes:
        kind: what it is.
        id: its id; for an actor its name.
        act: what is decided.
        report: number of the report, for a speaker or a move.
        value: with `correct` the right name, with `note` the note.
        names: with `merge` the other names of the actor, with `split` those that are somebody else's; with `correct` of
            a move's actor others who make it too.
        part: with `correct` of a move which part: `actor` (where nothing is given), `act` or `status`.
        reason: why.
        latest: id of the latest judgement of it that was seen, empty for none: where there is a later one, nothing is
            recorded. Without it that is not looked at.
    """

    kind: Kind
    id: str
    act: Literal["accept", "reject", "merge", "split", "correct", "note"]
    report: int | None = None
    value: str = ""
    names: tuple[str, ...] = ()
    part: str = ""
    reason: str = ""
    latest: str | None = None


class Undo(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody wants to have taken back.

    Attributes:
        id: of the judgement.
        reason: why.
    """

    id: str
    reason: str = ""


class SeenView(msgspec.Struct, frozen=True, kw_only=True):
    """Up to where somebody has looked.

    Attributes:
        seq: number of the last entry of the log.
    """

    seq: int
