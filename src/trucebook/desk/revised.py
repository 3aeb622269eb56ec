"""The versions of a report, each held against the one before it, as its page shows them."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from litestar.exceptions import HTTPException
from litestar.status_codes import HTTP_413_REQUEST_ENTITY_TOO_LARGE

from trucebook.desk.revision_views import (
    AboutView,
    ChangeView,
    EditView,
    PassageView,
    RevisionView,
    VersionsView,
    WordsView,
)
from trucebook.record.editions import editions, name_of
from trucebook.render.shown import line

if TYPE_CHECKING:
    from trucebook.desk.views import ReportView
    from trucebook.dossier.revision.model import About, Change, Edit, Edition, Passage
    from trucebook.record.case import Case
    from trucebook.span import Span

MOST = 20
"""Comparisons of one report that are shown: those of its latest versions."""
LONGEST = 200_000
"""Code points of a text that is compared while somebody waits for the page."""


def versions_of(case: Case, it: ReportView) -> VersionsView:
    """Return the versions of a report with what its outlet changed, the latest first.

    Args:
        case: the case.
        it: the report.

    Raises:
        CaseError: the case cannot be read.
        HTTPException: a text is too long to be compared while somebody waits.
    """
    every = editions(case, name_of(case, it.number) or it.name)
    if any(e.reading.report.length > LONGEST for e in every) and len(every) > 1:
        told = f"report {it.number}: is too long to be compared here; use trucebook versions CASE {it.name}"
        raise HTTPException(status_code=HTTP_413_REQUEST_ENTITY_TOO_LARGE, detail=told)
    latest = every[-MOST - 1 :]
    items = tuple(_revision(one, other) for one, other in pairwise(latest))
    return VersionsView(report=it.number, name=it.name, versions=len(every), items=items[::-1])


def _revision(before: Edition, after: Edition) -> RevisionView:
    from trucebook.dossier.revision.compare import compare  # noqa: PLC0415  a desk starts sooner without

    told = compare(before.reading, after.reading, comparable=before.maker == after.maker)
    return RevisionView(
        before=before.number,
        after=after.number,
        recorded=after.recorded,
        published=after.reading.report.published,
        silent=told.silent,
        comparable=told.comparable,
        notices=tuple(w for span in told.notices if (w := _words(span, after)) is not None),
        about=tuple(map(_about, told.about)),
        changes=tuple(_change(c, before, after) for c in told.changes),
        passages=tuple(_passage(p, before, after) for p in told.passages),
    )


def _about(it: About) -> AboutView:
    return AboutView(
        field=it.field,
        before=None if it.before is None else line(it.before),
        after=None if it.after is None else line(it.after),
    )


def _change(it: Change, before: Edition, after: Edition) -> ChangeView:
    return ChangeView(
        kind=it.kind,
        how=it.how,
        says=line(it.says),
        stands_out=it.stands_out,
        old=_words(it.old, before),
        new=_words(it.new, after),
    )


def _passage(it: Passage, before: Edition, after: Edition) -> PassageView:
    edits = tuple(_edit(e, before, after) for e in it.edits)
    return PassageView(kind=it.kind, old=_words(it.old, before), new=_words(it.new, after), edits=edits)


def _edit(it: Edit, before: Edition, after: Edition) -> EditView:
    return EditView(op=it.op, old=_words(it.old, before), new=_words(it.new, after))


def _words(span: Span | None, of: Edition) -> WordsView | None:
    return None if span is None else WordsView(span=span, words=line(span.of(of.reading.report.text)))
