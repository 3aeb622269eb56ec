"""What each page of the desk holds, and its JSON twin: things of `views`, and what was asked for."""

from __future__ import annotations

from typing import Literal

import msgspec

from trucebook.desk.views import (  # noqa: TC001  msgspec reads the annotations
    ActorView,
    CardView,
    DatedView,
    FindingView,
    Layer,
    PositionView,
    QuoteView,
    ReportView,
)
from trucebook.span import Span  # noqa: TC001  msgspec reads the annotations


class StateView(msgspec.Struct, frozen=True, kw_only=True):
    """Where a negotiation stands.

    Attributes:
        as_of: the day it speaks of.
        turns: whose move it is.
        proposals: the latest offered first.
        commitments: those that wait for a condition first.
        plans: what is to come.
        positions: who holds which position.
    """

    as_of: str | None
    turns: tuple[CardView, ...]
    proposals: tuple[CardView, ...]
    commitments: tuple[CardView, ...]
    plans: tuple[CardView, ...]
    positions: tuple[PositionView, ...]


class FindingsView(msgspec.Struct, frozen=True, kw_only=True):
    """A page of findings.

    Attributes:
        items: the findings.
        page: number of the page.
        pages: how many there are.
        total: findings on all of them.
    """

    items: tuple[FindingView, ...]
    page: int
    pages: int
    total: int


class ReportsView(msgspec.Struct, frozen=True, kw_only=True):
    """A page of reports.

    Attributes:
        items: the reports.
        page: number of the page.
        pages: how many there are.
        total: reports on all of them.
    """

    items: tuple[ReportView, ...]
    page: int
    pages: int
    total: int


class NoteView(msgspec.Struct, frozen=True, kw_only=True):
    """What was made of some words of a report.

    Attributes:
        layer: the kind of thing.
        title: as it is headed.
        spans: the words in the text of the report.
        by: of what somebody said, the words that name who and that say so.
        made: what was made of them.
    """

    layer: Layer
    title: str
    spans: tuple[Span, ...]
    by: tuple[Span, ...]
    made: str


class LineView(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the book that rests on words of a report.

    Attributes:
        kind: what it is.
        id: its id.
        span: the words in the text of the report.
    """

    kind: Literal["finding", "quote", "proposal", "commitment"]
    id: str
    span: Span


class ReportTextView(msgspec.Struct, frozen=True, kw_only=True):
    """A part of a report, with what was made of its words.

    Attributes:
        report: the report.
        part: number of the part, from 1.
        parts: how many there are; a report of ordinary length has one.
        span: which part of the text it is.
        text: its words, untouched.
        notes: what was made of them; spans are of the whole text.
        lines: the lines of the book that rest on them.
    """

    report: ReportView
    part: int
    parts: int
    span: Span
    text: str
    notes: tuple[NoteView, ...]
    lines: tuple[LineView, ...]


class HitView(msgspec.Struct, frozen=True, kw_only=True):
    """A passage where what was searched for stands.

    Attributes:
        report: the report's number; None where the text came after the book.
        name: the report's name in the case.
        span: the passage in its text.
        words: the words of the passage, code point for code point.
        marks: the words that were asked for, in the report's text.
    """

    report: int | None
    name: str
    span: Span
    words: str
    marks: tuple[Span, ...]


class SearchView(msgspec.Struct, frozen=True, kw_only=True):
    """A page of hits.

    Attributes:
        items: the passages, the best first.
        page: number of the page.
        more: whether there are further ones.
    """

    items: tuple[HitView, ...]
    page: int
    more: bool


class ActorsView(msgspec.Struct, frozen=True, kw_only=True):
    """A page of actors.

    Attributes:
        items: the actors.
        page: number of the page.
        pages: how many there are.
        total: actors on all of them.
    """

    items: tuple[ActorView, ...]
    page: int
    pages: int
    total: int


class QuotesView(msgspec.Struct, frozen=True, kw_only=True):
    """A page of quotations.

    Attributes:
        items: the quotations.
        page: number of the page.
        pages: how many there are.
        total: quotations on all of them.
    """

    items: tuple[QuoteView, ...]
    page: int
    pages: int
    total: int


class TimelineView(msgspec.Struct, frozen=True, kw_only=True):
    """A page of dated lines.

    Attributes:
        items: the dated lines.
        page: number of the page.
        pages: how many there are.
        total: dated lines on all of them.
    """

    items: tuple[DatedView, ...]
    page: int
    pages: int
    total: int


class CardsView(msgspec.Struct, frozen=True, kw_only=True):
    """A page of cards.

    Attributes:
        items: the cards.
        page: number of the page.
        pages: how many there are.
        total: cards on all of them.
    """

    items: tuple[CardView, ...]
    page: int
    pages: int
    total: int
