"""Readings made by hand, from a text and the words in it that something was found at."""

from __future__ import annotations

import datetime
import re
from typing import TYPE_CHECKING

from trucebook.reading.model import (
    Attribution,
    Clause,
    Mention,
    Paragraph,
    Quantity,
    Quotation,
    Reading,
    Sentence,
    Time,
)
from trucebook.report import Furniture, Report
from trucebook.span import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

_SENTENCE = re.compile(r"[^\s].*?(?:[.!?][”’\"]?(?=\s+[“A-Z0-9]|$)|$)", re.DOTALL)
_QUOTED = re.compile(r"“([^”]*)”")


def find(text: str, words: str) -> Span:
    """Where `words` stand; `#2` behind them asks for the second place."""
    words, _, nth = words.partition("#")
    at = -1
    for _ in range(int(nth or 1)):
        at = text.index(words, at + 1)
    return Span(at, at + len(words))


def report(name: str, text: str, published: str | None = "2031-05-07", furniture: Sequence[str] = ()) -> Report:
    marks = tuple(Furniture(span=find(text, w), kind="footnote-mark") for w in furniture)
    day = datetime.date.fromisoformat(published) if published else None
    return Report(id=name, path=name, sha256="0", text=text, published=day, furniture=marks)


def reading(
    name: str, text: str, *, published: str | None = "2031-05-07", furniture: Sequence[str] = (), **found: object
) -> Reading:
    """A reading of `text`: one paragraph a line; `found` as the fields of a reading."""
    blocks = [m.span() for m in re.finditer(r"[^\n]+", text)]
    sentences = [
        Sentence(span=Span(start + m.start(), start + m.end()), paragraph=i)
        for i, (start, end) in enumerate(blocks)
        for m in _SENTENCE.finditer(text[start:end])
    ]
    return Reading(
        report=report(name, text, published, furniture),
        paragraphs=tuple(Paragraph(span=Span(*b)) for b in blocks),
        sentences=tuple(sentences),
        **found,  # type: ignore[arg-type]
    )


def quoting(
    name: str, text: str, *speakers: str | None, published: str | None = "2031-05-07", furniture: Sequence[str] = ()
) -> Reading:
    """A reading whose quotations, in order, have these speakers; "" leaves one to nobody, None to somebody unknown."""
    quotations, attributions = [], []
    for i, (match, speaker) in enumerate(zip(_QUOTED.finditer(text), speakers, strict=True)):
        span, ident = Span(*match.span(1)), f"{name}-{i}" if speaker != "" else None
        quotations.append(Quotation(span=span, outer=Span(*match.span()), pieces=(span,), attribution=ident))
        if ident:
            said = Attribution(id=ident, source=None, cue=None, content=(span,), kind="direct", speaker=speaker)
            attributions.append(said)
    return reading(
        name,
        text,
        published=published,
        furniture=furniture,
        quotations=tuple(quotations),
        attributions=tuple(attributions),
    )


def time(text: str, words: str, value: str | None, kind: str = "DATE", mod: str | None = None) -> Time:
    return Time(span=find(text, words), type=kind, value=value, mod=mod)  # type: ignore[arg-type]


def number(
    text: str, words: str, of: str | None, low: float | None, high: float | None = None, bound: str = "exact"
) -> Quantity:
    high = low if bound in {"exact", "about"} and high is None else high
    return Quantity(span=find(text, words), low=low, high=high, of=of, bound=bound)  # type: ignore[arg-type]


def place(text: str, words: str, kind: str = "place") -> Mention:
    return Mention(span=find(text, words), actor=words.partition("#")[0], type=kind)  # type: ignore[arg-type]


def clause(text: str, where: str, **more: object) -> Clause:
    """A clause of the first sentence unless `sentence` says otherwise, with the words of its text as lemmas."""
    span = find(text, where)
    lemmas = tuple(w.lower() for w in re.findall(r"\w{4,}", span.of(text)))
    return Clause(span=span, **{"sentence": 0, "predicate": lemmas[0], "words": lemmas, **more})
