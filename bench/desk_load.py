"""Measure how soon the desk starts and how soon its pages come, on a large case with many readers at once.

    python bench/desk_load.py [--case PLACE] [--reports N] [--readers N] [--seconds N]

The case has invented reports (those of record_load.py) with a stub's reading, and an invented book in the numbers that
books of real reports have: 10 findings, 5 quotations, 2 dates and 25 mentions a report. A case that was filled so
before is used as it is. The desk runs as users run it, in a process of its own; the readers ask one page after the
other without a pause, each a random one. Times on the clock are worth what the machine has to do besides; the
processor's time is the desk's alone: what PostgreSQL's own processes take is not in it.
"""

from __future__ import annotations

import argparse
import http.client
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from itertools import chain, pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from record_load import _MAKER, _VOCABULARY, report
from trucebook.desk.book import ident, maker_of_books, open_book, pack, pack_book
from trucebook.desk.laying import lay
from trucebook.desk.views import CardView, PositionView, RowView, Spot, StanceView, StepView
from trucebook.dossier.model import (
    Actor,
    Change,
    Dossier,
    Evidence,
    Finding,
    Position,
    Quote,
    TimelineEntry,
    Variant,
)
from trucebook.reading.model import (
    Attribution,
    Clause,
    LocalActor,
    Mention,
    Paragraph,
    Quantity,
    Reading,
    Sentence,
    Time,
)
from trucebook.record.adding import Incoming, add
from trucebook.record.books import Kept, end_of, keep_book, kept_book
from trucebook.record.case import open_case
from trucebook.record.replay import known_then
from trucebook.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from trucebook.desk.book import Book
    from trucebook.record.case import Case
    from trucebook.record.replay import Known
    from trucebook.report import Report

_NAMES = [f"{a.capitalize()} {b.capitalize()}" for a in _VOCABULARY[40:90] for b in _VOCABULARY[100:130]]
_EACH = 30
_DAYS = [f"2031-{month:02}-{day:02}" for month in range(1, 13) for day in range(1, 29)]


def read(told: Report) -> Reading:
    """Return a reading with as much in it as that of a news report of this length has, found by counting alone."""
    bounds = [0, *(i + 1 for i, c in enumerate(told.text) if c == ".")]
    spans = [Span(a + (told.text[a] == " "), b) for a, b in pairwise(bounds) if b - a > 20]
    chance = random.Random(told.id)
    words = [Span(s.start, s.start + 8) for s in spans]
    return Reading(
        report=told,
        paragraphs=(Paragraph(span=Span(0, told.length)),),
        sentences=tuple(Sentence(span=s, paragraph=0) for s in spans),
        clauses=tuple(Clause(span=s, sentence=i, predicate="be", words=("be",)) for i, s in enumerate(spans)),
        attributions=tuple(
            Attribution(id=f"{told.id}-{i}", source=(words[i],), cue=None, content=(s,), kind="indirect",
                        speaker=chance.choice(_NAMES))
            for i, s in enumerate(spans) if i % 2
        ),
        actors=tuple(LocalActor(name=n, type="person", aliases=(n,)) for n in chance.sample(_NAMES, 8)),
        mentions=tuple(Mention(span=w, actor=chance.choice(_NAMES), type="person") for w in words),
        times=tuple(Time(span=w, type="DATE", value=chance.choice(_DAYS)) for w in words[::4]),
        quantities=tuple(Quantity(span=w, low=3, high=3, of="killed") for w in words[1::4]),
    )  # fmt: skip


def dossier_of(readings: Sequence[Reading]) -> Dossier:
    """Return an invented dossier of real size: what it says means nothing."""
    chance = random.Random(1)
    ids = [r.report.id for r in readings]
    of = {r.report.id: r for r in readings}

    def place(report: str) -> Evidence:
        return Evidence(report=report, span=chance.choice(of[report].sentences).span)

    def sides(number: int, each: int) -> tuple[Position, ...]:
        some = (tuple(place(x) for x in chance.choices(ids, k=each)) for _ in range(number))
        return tuple(Position(value=f"{n + 2}", evidence=e) for n, e in enumerate(some))

    def finding(number: int, standing: str, positions: tuple[Position, ...]) -> Finding:
        first = positions[0].evidence[0]
        return Finding(
            id=f"f{number:015x}", standing=standing, kind="value" if standing == "disputed" else None,  # type: ignore[arg-type]
            statement=first.span.of(of[first.report].report.text), origins=sum(len(p.evidence) for p in positions),
            positions=positions, strength=0.5, why="invented",
        )  # fmt: skip

    many = len(ids)
    kinds = [("disputed", 2, 2)] * (many // 20) + [("corroborated", 1, 3)] * (many // 2) + [("single", 1, 1)] * 9 * many
    findings = tuple(finding(n, standing, sides(a, b)) for n, (standing, a, b) in enumerate(kinds))
    named = defaultdict(list)
    for reading in readings:
        for name in dict.fromkeys(m.actor for m in reading.mentions):
            named[name].append(reading.report.id)
    return Dossier(
        as_of=None,
        readings=tuple(readings),
        actors=tuple(
            Actor(name=n, type="person", aliases=(n,), mentions=2 * len(r), reports=tuple(r))
            for n, r in sorted(named.items(), key=lambda item: -len(item[1]))
        ),
        quotes=tuple(_quote(n, [place(x) for x in chance.choices(ids, k=1 + (n % 5 == 0))]) for n in range(5 * many)),
        findings=findings,
        timeline=tuple(
            TimelineEntry(when=day, precision="day", what="", evidence=(place(chance.choice(ids)),))
            for day in sorted(chance.choices(_DAYS, k=2 * many))
        ),
    )


def _quote(number: int, places: Sequence[Evidence]) -> Quote:
    changes = (Change(op="same", longest="these words", here="these words"), Change(op="dropped", longest="x", here=""))
    variants = tuple(
        Variant(report=p.report, span=p.span, speaker=_NAMES[number % 300], changes=changes if i else ())
        for i, p in enumerate(places)
    )
    return Quote(id=f"q{number:015x}", speaker=_NAMES[number % 300], same_wording=len(places) < 2, variants=variants)


def with_play(book: Book) -> Book:
    """Return a book with offers, commitments and positions, of which the stub's readings have none."""
    chance = random.Random(2)
    some = [Spot(report=chance.choice(book.reports).number, span=Span(0, 9)) for _ in range(400)]

    def card(kind: str, number: int) -> CardView:
        rows = tuple(
            RowView(label="by", text="these words", exact=True, open=False, spots=tuple(chance.choices(some, k=3)))
            for _ in range(5)
        )
        step = StepView(at="2031-05-07", state="offered", why="", words="these words", spots=rows[0].spots)
        id_ = ident(kind, str(number))
        return CardView(id=id_, kind=kind, title=f"{kind} {number}", state="on the table", name="offered", rows=rows,  # type: ignore[arg-type]
                        spots=rows[0].spots, history=(step,) * 3)  # fmt: skip

    stance = StanceView(stance="accept", since="2031-05-07", words="these words", spots=tuple(some[:2]))
    return msgspec.structs.replace(
        book,
        turns=tuple(card("turn", n) for n in range(8)),
        proposals=tuple(card("proposal", n) for n in range(60)),
        commitments=tuple(card("commitment", n) for n in range(400)),
        plans=tuple(card("plan", n) for n in range(30)),
        positions=tuple(
            PositionView(actor=_NAMES[n % 50], issue=f"issue {n}", stances=(stance,) * 3) for n in range(2_000)
        ),
    )


def book_of(case: Case, count: int) -> Book:
    """Return the book of a case, which is filled where it is new."""
    kept = kept_book(case, maker_of_books())
    book = open_book(kept) if kept is not None else None
    return msgspec.structs.replace(book.book, lines=book.lines) if book is not None else fill(case, count)


def fill(case: Case, count: int) -> Book:
    """Fill a case, and give it its book."""
    chance = random.Random(0)
    for number in range(count):
        made = report(number, chance)
        add(case, Incoming(report=made, original=made.text.encode()), read(made), _MAKER, user="bench")
    then: Known = known_then(case)
    dossier = dossier_of(sorted(then.readings, key=lambda r: r.report.id))
    book = with_play(lay(dossier, then.keys))
    bare = msgspec.structs.replace(dossier, readings=())
    kept = Kept(end=end_of(case), made=time.time_ns() // 1000, body=pack_book(book), dossier=pack(bare))
    keep_book(case, maker_of_books(), kept)
    of = book.lines
    sizes = {"findings": of.findings, "quotations": of.quotes, "dates": of.timeline, "actors": book.actors}
    listed = ", ".join(f"{len(some):,} {name}" for name, some in sizes.items())
    print(f"the book: {listed}; {len(kept.body) / 2**20:.1f} MiB", flush=True)
    return book


def pages_of(book: Book) -> dict[str, list[str]]:
    """Return addresses of every kind of page."""
    chance, some, many = random.Random(3), range(300), max(1, len(book.reports) // 25)
    standings = ("corroborated", "disputed", "single")
    words = ["no17", *_VOCABULARY[:10], *_VOCABULARY[100:110], f"%22{_VOCABULARY[0]}+{_VOCABULARY[1]}%22"]
    deep = max(1, many // 20)  # a reader turns few pages
    return {
        "state of play": ["/"],
        "findings": [f"/findings?standing={chance.choice(standings)}&page={chance.randint(1, deep)}" for _ in some],
        "finding": [f"/findings/{chance.choice(book.lines.findings).id}" for _ in some],
        "reports": ["/reports?q=r7&sort=latest", *(f"/reports?page={chance.randint(1, many)}" for _ in some)],
        "report": [f"/reports/{chance.choice(book.reports).number}?at=20-40" for _ in range(2_000)],
        "actors": ["/actors", "/actors?q=ba", "/actors?kind=person"],
        "actor": [f"/actors/{chance.choice(book.actors).id}" for _ in some],
        "quotations": [
            "/quotes?shared=shared",
            "/quotes?shared=differing",
            *(f"/quotes?page={n}" for n in range(1, 10)),
        ],
        "quotation": [f"/quotes/{chance.choice(book.lines.quotes).id}" for _ in some],
        "timeline": ["/timeline", "/timeline?since=2031-03&until=2031-04", "/timeline?told=done"],
        "commitments": ["/commitments", "/proposals", "/commitments?standing=offered&page=2"],
        "as JSON": [f"/api/{page}" for n in range(1, 10) for page in (f"findings?page={n}", f"reports/{n}")],
        "search": [f"/search?q={word}" for word in words],
    }


def served(place: str, port: int) -> tuple[subprocess.Popen[bytes], float, float]:
    """Start the desk; return it, and the seconds until its first page was there, on the clock and of processor."""
    begun = time.perf_counter()
    desk = subprocess.Popen([sys.executable, "-m", "trucebook", "serve", place, "--port", str(port)])
    while True:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
            connection.request("GET", "/")
            if connection.getresponse().status == http.HTTPStatus.OK:
                return desk, time.perf_counter() - begun, processor(desk.pid)
        except OSError:
            if desk.poll() is not None:
                sys.exit("the desk ended before it answered")
        time.sleep(0.01)


def asked(port: int, pages: dict[str, list[str]], readers: int, seconds: float) -> dict[str, list[float]]:
    """Return how long pages took, by their kinds."""
    times: dict[str, list[float]] = defaultdict(list)
    until = time.monotonic() + seconds

    def one(number: int) -> None:
        chance = random.Random(number)
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        while time.monotonic() < until:
            kind = chance.choice(list(pages))
            page = chance.choice(pages[kind])
            start = time.perf_counter()
            connection.request("GET", page)
            answer = connection.getresponse()
            answer.read()
            times[kind].append(time.perf_counter() - start)
            if answer.status != http.HTTPStatus.OK:
                print(f"{page}: {answer.status}", file=sys.stderr)

    threads = [threading.Thread(target=one, args=(n,)) for n in range(readers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times


def processor(pid: int) -> float:
    """Return the seconds of processor that a process has used (clock_getcpuclockid(3), as Linux makes it)."""
    return time.clock_gettime((~pid << 3) | 2)


def taken(pid: int, port: int, pages: dict[str, list[str]]) -> dict[str, float]:
    """Return the seconds of processor that a page of each kind takes the desk, asked for one by one."""
    connection, found = http.client.HTTPConnection("127.0.0.1", port, timeout=60), {}
    for kind, some in pages.items():
        before = processor(pid)
        chosen = random.Random(4).choices(some, k=_EACH)
        for page in chosen:
            connection.request("GET", page)
            connection.getresponse().read()
        found[kind] = (processor(pid) - before) / _EACH
    return found


def rows(times: dict[str, list[float]]) -> Iterator[str]:
    """Yield a row for each kind of page, and one for all."""
    yield f"{'page':<18} {'asked':>6} {'median ms':>10} {'p95 ms':>8} {'slowest ms':>11}"
    for kind, some in (*times.items(), ("all", list(chain.from_iterable(times.values())))):
        ordered = sorted(some)
        told = (statistics.median(ordered), ordered[int(len(ordered) * 0.95)], ordered[-1])
        yield f"{kind:<18} {len(some):>6} {told[0] * 1000:>10.0f} {told[1] * 1000:>8.0f} {told[2] * 1000:>11.0f}"


def main() -> None:
    """Fill a case, serve it, and print what its pages took."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--case", help="a file or a URL of PostgreSQL, new or filled so; without it one that is removed"
    )
    parser.add_argument("--reports", type=int, default=10_000)
    parser.add_argument("--readers", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--port", type=int, default=8399)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = given.case or str(Path(folder, "b.truce"))
        with open_case(place, create=True) as case:
            pages = pages_of(book_of(case, given.reports))
        desk, start, work = served(place, given.port)
        try:
            print(f"started in {start:.2f} s, {work:.2f} s of processor", flush=True)
            each = taken(desk.pid, given.port, pages)
            alone = asked(given.port, pages, 1, given.seconds / 3)
            before = processor(desk.pid)
            times = asked(given.port, pages, given.readers, given.seconds)
            used = processor(desk.pid) - before
        finally:
            desk.terminate()
            desk.wait()
    print("one reader:", *rows(alone), sep="\n")
    print(f"{given.readers} readers at once:", *rows(times), sep="\n")
    total = sum(map(len, times.values()))
    print(f"{total} pages, {used / total * 1000:.1f} ms of processor each; asked for one by one:")
    print(*(f"{kind:<18} {seconds * 1000:>6.1f} ms" for kind, seconds in each.items()), sep="\n")


if __name__ == "__main__":
    main()
