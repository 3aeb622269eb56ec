"""The book of a case: all that the pages show of it, made once for each state of the case; and finding things in it."""

from __future__ import annotations

import gc
import hashlib
import zlib
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import cached_property
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
from trucebook.errors import SettingsError, TrucebookError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from trucebook.desk.views import Spot
    from trucebook.record.books import End, Kept

K = TypeVar("K")
V = TypeVar("V")
S = TypeVar("S", bound=msgspec.Struct)

FORMAT = 6
"""Of the books that are kept; it rises with every change of what they hold."""
# A book is read far more often than it is written, and only by this program: speed before size.
_LEVEL = 1
# What needs a look first comes first.
_ORDER = ("disputed", "corroborated", "single", "lookalike")


class BookError(TrucebookError):
    """A book that was kept cannot be understood."""


class Lines(msgspec.Struct, frozen=True, kw_only=True):
    """What a book has very many of.

    Attributes:
        findings: the most central first.
        lookalikes: what looks like a dispute and is none.
        quotes: shared ones first.
        timeline: the earliest first.
    """

    findings: tuple[FindingView, ...] = ()
    lookalikes: tuple[FindingView, ...] = ()
    quotes: tuple[QuoteView, ...] = ()
    timeline: tuple[DatedView, ...] = ()

    @property
    def tally(self) -> dict[str, int]:
        """How many there are: findings by their standing, and quotations."""
        return {**Counter(f.standing for f in (*self.findings, *self.lookalikes)), "quotes": len(self.quotes)}


class Book(msgspec.Struct, frozen=True, kw_only=True):
    """What a case comes to.

    Attributes:
        as_of: the day it speaks of, as `YYYY-MM-DD`.
        reports: by their numbers.
        actors: by number of mentions.
        turns: whose move it is.
        proposals: the latest offered first.
        commitments: those that wait for a condition first.
        plans: what is to come.
        positions: who holds which position.
        warnings: what the reader should know.
        review: what waits for a person, and what judgements need.
        lines: findings, quotations and dates.
    """

    as_of: str | None = None
    reports: tuple[ReportView, ...] = ()
    actors: tuple[ActorView, ...] = ()
    turns: tuple[CardView, ...] = ()
    proposals: tuple[CardView, ...] = ()
    commitments: tuple[CardView, ...] = ()
    plans: tuple[CardView, ...] = ()
    positions: tuple[PositionView, ...] = ()
    warnings: tuple[str, ...] = ()
    review: Reviewed = Reviewed()
    lines: Lines = Lines()


class _Packed(msgspec.Struct, frozen=True, kw_only=True):
    """A book as it is kept: what the first page shows can be read without the rest."""

    book: bytes
    lines: bytes
    tally: dict[str, int]


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


def pack(it: msgspec.Struct) -> bytes:
    """Return what a book was made of, as it is kept."""
    return zlib.compress(msgspec.msgpack.encode(it), _LEVEL)


def unpack(body: bytes, kind: type[S]) -> S | None:
    """Return what was packed; None where it cannot be understood and has to be made anew.

    Args:
        body: of `pack`.
        kind: what it is.
    """
    # A large book is a million objects without a circle: to look for circles while it grows takes seven times as long.
    collects = gc.isenabled()
    gc.disable()
    try:
        return msgspec.msgpack.decode(zlib.decompress(body), type=kind)
    except (msgspec.MsgspecError, zlib.error):
        return None
    finally:
        if collects:
            gc.enable()


def pack_book(book: Book) -> bytes:
    """Return a book as it is kept."""
    head = msgspec.structs.replace(book, lines=Lines())
    return msgspec.msgpack.encode(_Packed(book=pack(head), lines=pack(book.lines), tally=book.lines.tally))


def open_book(kept: Kept) -> OpenBook | None:
    """Return a book that was kept; None where it cannot be understood and has to be made anew."""
    try:
        packed = msgspec.msgpack.decode(kept.body, type=_Packed)
    except msgspec.MsgspecError:
        return None
    head = unpack(packed.book, Book)
    if head is None:
        return None
    return OpenBook(book=head, end=kept.end, made=kept.made, tally=packed.tally, packed=packed.lines)


def ident(*parts: str) -> str:
    """Return an id for what has none that could stand in an address: a hash of what it is."""
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


@dataclass(frozen=True, kw_only=True)
class OpenBook:
    """A book in memory, with its indexes; these, and its lines, are made when they are first asked for.

    Attributes:
        book: the book.
        end: the state of the case that it was made of.
        made: when, in microseconds since 1970.
        tally: how many findings there are by their standing, and quotations (`Lines.tally`).
        packed: the lines of the book where they are not unpacked yet.
        parts: parts of pages that are the same for everybody, by their templates, once they are made.
        labels: how links tell of a report and name it, by its number, once they are made (`citing`).
    """

    book: Book
    end: End
    made: int
    tally: Mapping[str, int] = field(default_factory=dict)
    packed: bytes = b""
    parts: dict[str, str] = field(default_factory=dict, compare=False)
    labels: dict[int, tuple[str, str]] = field(default_factory=dict, compare=False)

    def index(self) -> None:
        """Make all indexes, so that no page waits for them."""
        for name, value in vars(type(self)).items():
            if isinstance(value, cached_property):
                getattr(self, name)

    @cached_property
    def lines(self) -> Lines:
        """Findings, quotations and dates.

        Raises:
            BookError: what was kept cannot be understood.
        """
        if not self.packed:
            return self.book.lines
        found = unpack(self.packed, Lines)
        if found is None:
            raise BookError("the book that was kept of this case is damaged; it is made anew, come again soon")
        return found

    @cached_property
    def every(self) -> Sequence[FindingView]:
        """Findings, disputes first and look-alikes last."""
        return [found for name in _ORDER for found in self.by_standing.get(name, ())]

    @cached_property
    def by_standing(self) -> Mapping[str, list[FindingView]]:
        """The same by standing."""
        return _by((f.standing, f) for f in (*self.lines.findings, *self.lines.lookalikes))

    @cached_property
    def reports(self) -> Mapping[int, ReportView]:
        """Reports by number."""
        return {r.number: r for r in self.book.reports}

    @cached_property
    def findings(self) -> Mapping[str, FindingView]:
        """Findings by id, look-alikes too."""
        return {f.id: f for f in reversed(self.every)}

    @cached_property
    def quotes(self) -> Mapping[str, QuoteView]:
        """Quotations by id."""
        return {q.id: q for q in self.lines.quotes}

    @cached_property
    def actors(self) -> Mapping[str, ActorView]:
        """Actors by id."""
        return {a.id: a for a in self.book.actors}

    @cached_property
    def cards(self) -> Mapping[str, CardView]:
        """Proposals and commitments by id."""
        return {c.id: c for c in (*self.book.proposals, *self.book.commitments)}

    @cached_property
    def in_report(self) -> Mapping[int, list[FindingView]]:
        """Findings by the number of a report that tells them."""
        return _by((number, f) for f in self.every for number in f.reports)

    @cached_property
    def quoted_in(self) -> Mapping[int, list[QuoteView]]:
        """Quotations by the number of a report that quotes them."""
        return _by((n, q) for q in self.lines.quotes for n in _reports(v.spot for v in q.versions))

    @cached_property
    def said_by(self) -> Mapping[str, list[QuoteView]]:
        """Quotations by the speaker's id."""
        return _by((q.actor, q) for q in self.lines.quotes if q.actor)

    @cached_property
    def named_in(self) -> Mapping[int, list[ActorView]]:
        """Actors by the number of a report that names them."""
        return _by((number, a) for a in self.book.actors for number in a.reports)

    @cached_property
    def carded_in(self) -> Mapping[int, list[CardView]]:
        """Proposals and commitments by the number of a report that tells of them."""
        return _by((n, c) for c in self.cards.values() for n in _reports(c.spots))

    @cached_property
    def by_name(self) -> Mapping[str, str]:
        """Ids of actors by canonical name."""
        return {a.name: a.id for a in self.book.actors}

    @cached_property
    def called(self) -> Sequence[tuple[str, ActorView]]:
        """Actors with all their names in small letters, to be looked through."""
        return [("\n".join((a.name, *a.aliases)).casefold(), a) for a in self.book.actors]

    @cached_property
    def headed(self) -> Sequence[tuple[str, ReportView]]:
        """Reports with headline, name and outlet in small letters, to be looked through."""
        return [(" ".join(filter(None, (r.title, r.name, r.outlet))).casefold(), r) for r in self.book.reports]

    @cached_property
    def shared(self) -> Sequence[QuoteView]:
        """Quotations that several reports have."""
        return [q for q in self.lines.quotes if several(q)]

    @cached_property
    def differing(self) -> Sequence[QuoteView]:
        """Quotations in different words."""
        return [q for q in self.lines.quotes if not q.same_wording]

    @cached_property
    def by_report_name(self) -> Mapping[str, ReportView]:
        """Reports by their names in the case."""
        return {r.name: r for r in self.book.reports}

    @cached_property
    def by_outlet(self) -> Mapping[str, list[ReportView]]:
        """Reports by their outlets."""
        return _by((r.outlet, r) for r in self.book.reports if r.outlet)


def several(quote: QuoteView) -> bool:
    """Whether several reports have a quotation."""
    return len({v.spot.report for v in quote.versions}) > 1


def _reports(spots: Iterable[Spot]) -> Iterable[int]:
    return dict.fromkeys(spot.report for spot in spots)


def _by(pairs: Iterable[tuple[K, V]]) -> dict[K, list[V]]:
    found: dict[K, list[V]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return dict(found)
