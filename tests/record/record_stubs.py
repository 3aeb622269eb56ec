"""Reports made by hand and a reader that is quick: for tests of the record alone, which does not care how well it reads."""

from __future__ import annotations

import datetime
import hashlib
import re
from typing import TYPE_CHECKING

from trucebook.reading.model import Attribution, Clause, LocalActor, Mention, Paragraph, Quotation, Reading, Sentence
from trucebook.reading.read import ReadingSettings
from trucebook.record.adding import Added, Incoming, add
from trucebook.record.maker import Maker
from trucebook.report import Report
from trucebook.span import Span

if TYPE_CHECKING:
    from trucebook.record.case import Case

NAMES = ("Anna Berg", "A. Berg", "Olan Thorne", "Velonia", "Sundria")
_NAME = re.compile("|".join(NAMES))
_SENTENCE = re.compile(r"[^\s.!?”][^.!?”]*[.!?”]+")
_SAID = re.compile(r"“([^”]+)” (" + "|".join(NAMES) + r") said")

BERG = "Anna Berg of Velonia opened the northern bridge for forty trucks of grain on Monday."
THORNE = "Olan Thorne of Sundria withdrew the second brigade from the ridge before midnight."
QUOTED = "“The bridge stays open until the harvest is home,” Anna Berg said."


def maker(program: str = "1") -> Maker:
    return Maker(program=program, rules="0" * 64, settings=ReadingSettings(model="stub"), packages={})


def report(name: str, text: str, *, day: str | None = "2031-05-07", url: str | None = None) -> Report:
    published = datetime.date.fromisoformat(day) if day else None
    sha = hashlib.sha256(text.encode()).hexdigest()
    return Report(id=name, path=f"{name}.txt", sha256=sha, text=text, published=published, url=url, outlet="The Quay")


def read(told: Report, settings: ReadingSettings | None = None) -> Reading:  # noqa: ARG001  as `read_report`
    text = told.text
    sentences = tuple(Sentence(span=Span(*m.span()), paragraph=0) for m in _SENTENCE.finditer(text))
    mentions = tuple(Mention(span=Span(*m.span()), actor=m.group(), type="person") for m in _NAME.finditer(text))
    names = dict.fromkeys(m.actor for m in mentions)
    said = list(_SAID.finditer(text))
    return Reading(
        report=told,
        paragraphs=(Paragraph(span=Span(0, len(text))),) if text else (),
        sentences=sentences,
        quotations=tuple(
            Quotation(span=Span(*m.span(1)), outer=Span(m.start(1) - 1, m.end(1) + 1), pieces=(Span(*m.span(1)),), attribution=f"{told.id}-{i}")
            for i, m in enumerate(said)
        ),
        attributions=tuple(
            Attribution(id=f"{told.id}-{i}", source=(Span(*m.span(2)),), cue=None, content=(Span(*m.span(1)),), kind="direct", speaker=m.group(2))
            for i, m in enumerate(said)
        ),
        actors=tuple(LocalActor(name=n, type="person", aliases=(n,)) for n in names),
        mentions=mentions,
        clauses=tuple(_clause(text, i, s.span) for i, s in enumerate(sentences)),
    )  # fmt: skip


def _clause(text: str, at: int, span: Span) -> Clause:
    words = [w.lower() for w in re.findall(r"\w{4,}", span.of(text))]
    doers = tuple(dict.fromkeys(m.group() for m in _NAME.finditer(span.of(text))))
    return Clause(
        span=span,
        sentence=at,
        predicate=words[0] if words else "be",
        words=(*words, *(f"@{d}" for d in doers)),
        doers=doers,
    )


def put(case: Case, told: Report, *, program: str = "1", user: str = "ida") -> Added:
    """Add a report with the stub's reading of it."""
    return add(case, Incoming(report=told, original=told.text.encode()), read(told), maker(program), user=user)


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = 1_000_000_000

    def __call__(self) -> int:
        return self.now
