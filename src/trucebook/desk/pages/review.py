"""What waits for a person, and each thing that can be judged with its forms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from litestar import Response, get
from litestar.params import FromPath, FromQuery, QueryParameter

from trucebook.desk.asker import asker
from trucebook.desk.decided import waiting
from trucebook.desk.desk import TheDesk
from trucebook.desk.review_views import Kind, QueueView, ThingView
from trucebook.desk.things import thing
from trucebook.desk.web import Asked, PageNumber, Slice, html, sliced, unknown

if TYPE_CHECKING:
    from trucebook.desk.desk import Desk
    from trucebook.desk.review_views import ItemView, JudgementView

Chosen = FromQuery[Literal["", "finding", "quote", "speaker", "actor", "move", "proposal", "commitment"]]
Ident = Annotated[str, QueryParameter(max_length=2000, description="Id of the thing; for an actor its name.")]
# Names that are suggested to who writes one: the most often named.
_NAMES = 500
InReport = Annotated[
    int | None, QueryParameter(ge=1, le=2**62, description="Number of the report, for a speaker or a move.")
]


def _waiting(desk: Desk, kind: str, page: int) -> Slice[ItemView]:
    book = desk.book
    items = waiting(book, desk.decisions.now())
    chosen = [item for item in items if kind in {"", item.kind}]
    # Where the last of a page was judged, the page before it is shown.
    return sliced(chosen, min(page, max(1, -(-len(chosen) // desk.settings.page))), desk.settings.page)


@get("/review", name="review", sync_to_thread=True)
def queue(request: Asked, desk: TheDesk, kind: Chosen = "", page: PageNumber = 1) -> Response[str]:
    """Show what waits for a person."""
    me, of = asker(request), _waiting(desk, kind, page)
    latest = desk.decisions.now().latest(of.items, desk.book.book.review.held)
    return html(
        request,
        "review.html.j2",
        title="Review",
        of=of,
        asked={"kind": kind},
        latest=latest,
        last=_last(desk, me.name),
        me=me,
        beyond=desk.book.book.review.beyond,
        names=_suggested(desk) if me.judges and any(item.kind == "speaker" for item in of.items) else [],
    )


def _suggested(desk: Desk) -> list[str]:
    """Names of actors for who writes one."""
    return list(desk.book.by_name)[:_NAMES]


def _last(desk: Desk, user: str) -> JudgementView | None:
    """What somebody judged last, to take it back."""
    now = desk.decisions.now()
    own = next((d.judgement for d in reversed(now.every) if d.judgement.user == user), None) if user else None
    if own is None or own.act == "undo" or own.id not in now.in_force:
        return None
    return now.shown([own], desk.book)[0]


@get("/review", summary="What waits for a person", sync_to_thread=True)
def queue_twin(desk: TheDesk, kind: Chosen = "", page: PageNumber = 1) -> QueueView:
    """What waits for a person: what much hangs on and is not sure first, with the reason in words."""
    of = _waiting(desk, kind, page)
    beyond = desk.book.book.review.beyond
    return of.view(QueueView, beyond=beyond)


@get("/review/{kind:str}", name="thing", sync_to_thread=True)
def one(
    request: Asked, desk: TheDesk, kind: FromPath[Kind], id: Ident, report: InReport = None  # noqa: A002
) -> Response[str]:  # fmt: skip
    """Show a thing that can be judged, with its forms."""
    it = _thing(desk, kind, id, report)
    names = _suggested(desk) if kind in {"speaker", "actor", "move"} else []
    return html(request, "thing.html.j2", title=f"Judge a {kind}", it=it, me=asker(request), names=names)


@get("/review/{kind:str}", summary="A thing that can be judged", sync_to_thread=True)
def one_twin(desk: TheDesk, kind: FromPath[Kind], id: Ident, report: InReport = None) -> ThingView:  # noqa: A002
    """A thing that can be judged, with the judgements of it."""
    return _thing(desk, kind, id, report)


def _thing(desk: Desk, kind: Kind, ident: str, report: int | None) -> ThingView:
    found = thing(desk, kind, ident, report)
    if found is None:
        raise unknown(kind, ident)
    return found


PAGES = (queue, one)
TWINS = (queue_twin, one_twin)
