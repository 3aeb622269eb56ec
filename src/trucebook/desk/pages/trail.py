"""What was decided, what was recorded, and what has changed since a person last looked."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from litestar import Response, get
from litestar.exceptions import NotFoundException

from trucebook.desk.asker import asker
from trucebook.desk.desk import TheDesk
from trucebook.desk.review_views import ChangesView, JudgementsView, JudgementView, LogView
from trucebook.desk.web import Asked, PageNumber, html, sliced
from trucebook.record.trail import arrived_since, log_length, log_page
from trucebook.record.visits import seen_by
from trucebook.render.shown import count

if TYPE_CHECKING:
    from trucebook.desk.desk import Desk
    from trucebook.desk.views import FindingView
    from trucebook.record.trail import Arrival

_NAMED = 50
"""Findings that are named one by one among what has changed."""


@get("/judgements", name="judgements", sync_to_thread=True)
def judgements(request: Asked, desk: TheDesk, page: PageNumber = 1) -> Response[str]:
    """Show what people decided."""
    return html(request, "judgements.html.j2", title="Judgements", of=_judgements(desk, page), me=asker(request))


@get("/judgements", summary="Judgements", sync_to_thread=True)
def judgements_twin(desk: TheDesk, page: PageNumber = 1) -> JudgementsView:
    """What people decided, the latest first, those that were taken back and the undos too."""
    return _judgements(desk, page)


def _judgements(desk: Desk, page: int) -> JudgementsView:
    now = desk.decisions.now()
    of = sliced(now.every[::-1], page, desk.settings.page)
    items = now.shown((d.judgement for d in of.items), desk.book)
    return JudgementsView(items=items, page=of.page, pages=of.pages, total=of.total)


@get("/log", name="log", sync_to_thread=True)
def log(request: Asked, desk: TheDesk, page: PageNumber = 1) -> Response[str]:
    """Show the audit log."""
    return html(request, "log.html.j2", title="Log", of=_log(desk, page))


@get("/log", summary="Audit log", sync_to_thread=True)
def log_twin(desk: TheDesk, page: PageNumber = 1) -> LogView:
    """What was recorded when and by whom, the latest first, with the hash of each entry."""
    return _log(desk, page)


def _log(desk: Desk, page: int) -> LogView:
    size, total = desk.settings.page, log_length(desk.case)
    pages = max(1, math.ceil(total / size))
    if page > pages:
        raise NotFoundException(f"page {page}: the list has {count(pages, 'page')}; see page 1")
    items = log_page(desk.case, total - (page - 1) * size + 1, size)
    return LogView(items=items, page=page, pages=pages, total=total)


@get("/changes", name="changes", sync_to_thread=True)
def changes(request: Asked, desk: TheDesk) -> Response[str]:
    """Show what has changed since the person last looked."""
    me = asker(request)
    return html(request, "changes.html.j2", title="What has changed", it=_changes(desk, me.name), me=me)


@get("/changes", summary="What has changed", sync_to_thread=True)
def changes_twin(request: Asked, desk: TheDesk) -> ChangesView:
    """What has changed since you last noted that you had looked."""
    return _changes(desk, asker(request).name)


def _changes(desk: Desk, user: str) -> ChangesView:
    end = log_length(desk.case)
    seen = seen_by(desk.case, user)
    arrivals = arrived_since(desk.case, seen.seq)
    findings = _told_by(desk, arrivals)
    return ChangesView(
        since=seen.seq,
        at=seen.at,
        end=end,
        arrivals=arrivals,
        judgements=_of_others(desk, seen.seq, user),
        findings=tuple(findings[:_NAMED]),
        more=max(0, len(findings) - _NAMED),
    )


def _of_others(desk: Desk, since: int, user: str) -> tuple[JudgementView, ...]:
    now = desk.decisions.now()
    new = (d.judgement for d in reversed(now.every) if d.seq > since and d.judgement.user != user)
    return now.shown(list(new)[:200], desk.book)


def _told_by(desk: Desk, arrivals: tuple[Arrival, ...]) -> list[FindingView]:
    """What reports that came or changed agree on with others or dispute; what one alone tells is left out."""
    book = desk.book
    numbers = dict.fromkeys(a.number for a in arrivals)
    found = {f.id: f for n in numbers for f in book.in_report.get(n, ()) if f.standing in {"disputed", "corroborated"}}
    return sorted(found.values(), key=lambda f: (f.standing != "disputed", -f.strength, f.id))


PAGES = (judgements, log, changes)
TWINS = (judgements_twin, log_twin, changes_twin)
