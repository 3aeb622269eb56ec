"""The book of a case: all that the pages show of it, made once for each state of the case; and finding things in it."""

from __future__ import annotations

import gc
import hashlib
import zlib
from collections import defaultdict
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import msgspec

from trucebook.desk.review_views import Reviewed
from trucebook.desk.views import (  # noqa: TC001  msgspec reads the annotations
    ActorView,
    CardView,
    DatedView,
    FindingView,
    PositionView,
    QuoteView,
    ReportView,
)
from trucebook.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from trucebook.desk.views import Spot
    from trucebook.record.books import End

K = TypeVar("K")
V = TypeVar("V")
S = TypeVar("S", bound=msgspec.Struct)

FORMAT = 2
"""Of the books that are kept; it rises with every change of what they hold."""
# A book is read far more often than it is written, and only by this program: speed before size.
_LEVEL = 1
# What needs a look first comes first.
_ORDER = ("disputed", "corroborated", "single", "lookalike")


class Book(msgspec.Struct, frozen=True, kw_only=True):
    """What a case comes to.

    Attributes:
        as_of: the day it speaks of, as `YYYY-MM-DD`.
        reports: by their numbers.
        findings: the most central first.
        lookalikes: what looks like a dispute and is none.
        quotes: shared ones first.
        actors: by number of mentions.
        timeline: the earliest first.
        turns: whose move it is.
        proposals: the latest offered first.
        commitments: those that wait for a condition first.
        plans: what is to come.
        positions: who holds which position.
        warnings: what the reader should know.
        review: what waits for a person, and what judgements need.
    """

    as_of: str | None = None
    reports: tuple[ReportView, ...] = ()
    findings: tuple[FindingView, ...] = ()
    lookalikes: tuple[FindingView, ...] = ()
    quotes: tuple[QuoteView, ...] = ()
    actors: tuple[ActorView, ...] = ()
    timeline: tuple[DatedView, ...] = ()
    turns: tuple[CardView, ...] = ()
    proposals: tuple[CardView, ...] = ()
    commitments: tuple[CardView, ...] = ()
    plans: tuple[CardView, ...] = ()
    positions: tuple[PositionView, ...] = ()
    warnings: tuple[str, ...] = ()
    review: Reviewed = Reviewed()


def maker_of_books(actors: str | None = None) -> str:
    """Return what tells books of this program, with this file of actors, from those of others.

    Args:
        actors: file of known actors; None without one.

    Raises:
        SettingsError: the file cannot be read.
    """
    try:
        known = Path(actors).read_bytes() if actors else b""
    except OSError as error:
        raise SettingsError(f"file of actors {actors}: {error.strerror}; give a file that can be read") from error
    told = f"{version('trucebook')} {FORMAT} ".encode() + hashlib.sha256(known).digest()
    return hashlib.sha256(told).hexdigest()[:32]


def pack(book: msgspec.Struct) -> bytes:
    """Return a book, or what it was made of, as it is kept."""
    return zlib.compress(msgspec.json.encode(book), _LEVEL)


def unpack(body: bytes, kind: type[S]) -> S | None:
    """Return what was packed; None where it cannot be understood and has to be made anew.

    Args:
        body: of `pack`.
        kind: what it is: a book, or a dossier.
    """
    # A large book is a million objects without a circle: to look for circles while it grows takes seven times as long.
    collects = gc.isenabled()
    gc.disable()
    try:
        return msgspec.json.decode(zlib.decompress(body), type=kind)
    except (msgspec.MsgspecError, zlib.error):
        return None
    finally:
        if collects:
            gc.enable()


def ident(*parts: str) -> str:
    """Return an id for what has none that could stand in an address: a hash of what it is."""
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


@dataclass(frozen=True, kw_only=True)
class OpenBook:
    """A book in memory, with its indexes.

    Attributes:
        book: the book.
        end: the state of the case that it was made of.
        made: when, in microseconds since 1970.
        reports: by number.
        findings: by id, look-alikes too.
        quotes: by id.
        actors: by id.
        cards: proposals and commitments by id.
        every: findings, disputes first and look-alikes last.
        by_standing: the same by standing.
        in_report: findings by the number of a report that tells them.
        quoted_in: quotations by the number of a report that quotes them.
        said_by: quotations by the speaker's id.
        named_in: actors by the number of a report that names them.
        carded_in: proposals and commitments by the number of a report that tells of them.
        by_name: ids of actors by canonical name.
        by_report_name: reports by their names in the case.
        by_outlet: reports by their outlets.
    """

    book: Book
    end: End
    made: int
    reports: Mapping[int, ReportView] = field(init=False)
    findings: Mapping[str, FindingView] = field(init=False)
    quotes: Mapping[str, QuoteView] = field(init=False)
    actors: Mapping[str, ActorView] = field(init=False)
    cards: Mapping[str, CardView] = field(init=False)
    every: Sequence[FindingView] = field(init=False)
    by_standing: Mapping[str, list[FindingView]] = field(init=False)
    in_report: Mapping[int, list[FindingView]] = field(init=False)
    quoted_in: Mapping[int, list[QuoteView]] = field(init=False)
    said_by: Mapping[str, list[QuoteView]] = field(init=False)
    named_in: Mapping[int, list[ActorView]] = field(init=False)
    carded_in: Mapping[int, list[CardView]] = field(init=False)
    by_name: Mapping[str, str] = field(init=False)
    by_report_name: Mapping[str, ReportView] = field(init=False)
    by_outlet: Mapping[str, list[ReportView]] = field(init=False)

    def __post_init__(self) -> None:
        of = self.book
        every = sorted((*of.findings, *of.lookalikes), key=lambda f: _ORDER.index(f.standing))
        made = {
            "every": every,
            "reports": {r.number: r for r in of.reports},
            "findings": {f.id: f for f in reversed(every)},
            "quotes": {q.id: q for q in of.quotes},
            "actors": {a.id: a for a in of.actors},
            "cards": {c.id: c for c in (*of.proposals, *of.commitments)},
            "by_standing": _by((f.standing, f) for f in every),
            "in_report": _by((number, f) for f in every for number in f.reports),
            "quoted_in": _by((n, q) for q in of.quotes for n in _reports(v.spot for v in q.versions)),
            "said_by": _by((q.actor, q) for q in of.quotes if q.actor),
            "named_in": _by((number, a) for a in of.actors for number in a.reports),
            "carded_in": _by((n, c) for c in (*of.proposals, *of.commitments) for n in _reports(c.spots)),
            "by_name": {a.name: a.id for a in of.actors},
            "by_report_name": {r.name: r for r in of.reports},
            "by_outlet": _by((r.outlet, r) for r in of.reports if r.outlet),
        }
        for name, value in made.items():
            object.__setattr__(self, name, value)


def _reports(spots: Iterable[Spot]) -> Iterable[int]:
    return dict.fromkeys(spot.report for spot in spots)


def _by(pairs: Iterable[tuple[K, V]]) -> dict[K, list[V]]:
    found: dict[K, list[V]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return dict(found)
