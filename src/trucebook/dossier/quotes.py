"""Quotations across reports: what one report prints whole and another cuts or words differently, side by side."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from trucebook.dossier.model import Quote, Variant
from trucebook.dossier.utterances import Piece, group
from trucebook.dossier.wording import changes, content_stems, keys, same_keys, stem
from trucebook.reading.prose import mask
from trucebook.span import Span, subtract, trim

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from trucebook.reading.model import Attribution, Quotation, Reading

# Longer quotations speak for themselves: only of shorter ones are the words around kept.
_FEW_WORDS = 3


class _Run(NamedTuple):
    """Pieces of one quotation that follow each other."""

    report: str
    quotation: int
    first: int
    last: int
    span: Span
    speaker: str | None
    attribution: str | None


def group_quotes(readings: Iterable[Reading], canonical: Mapping[tuple[str, str], str]) -> tuple[Quote, ...]:
    """Return every quotation of the reports, those that are one utterance as one quote.

    Quotations are compared sentence by sentence, because a long one may share only one sentence with another report;
    sentences that the same reports print in a row are put together again.

    Args:
        readings: in any order.
        canonical: canonical name of an actor, by report id and the name that the report knows it by.

    Returns:
        Quotes printed by more reports first, then the longer, then in order of place.
    """
    by_report = {r.report.id: r for r in sorted(readings, key=lambda r: r.report.id)}
    prose = {i: mask(r.report.text, r.report.furniture) for i, r in by_report.items()}
    pieces = [p for i, r in by_report.items() for p in _pieces(r, prose[i], canonical)]
    printed = _printed(by_report.values(), prose) if pieces else frozenset()
    runs = _in_a_row([_runs(some) for some in group(pieces, printed)])
    quotes = sorted((_quote(r, prose) for r in runs), key=lambda q: _order(q, prose))
    return tuple(_distinct(quotes))


def _pieces(reading: Reading, prose: str, canonical: Mapping[tuple[str, str], str]) -> Iterator[Piece]:
    """The sentences inside quotation marks, with whom the report names for them."""
    said = {a.id: a for a in reading.attributions if a.kind != "indirect"}
    starts = [s.span.start for s in reading.sentences]
    for at, quotation in enumerate(reading.quotations):
        if _inside_another(reading.quotations, at):
            continue
        attribution = said.get(quotation.attribution or "")
        speaker = _speaker(reading.report.id, attribution, canonical)
        for i, span in enumerate(_cut(quotation, starts, prose)):
            yield Piece(
                report=reading.report.id,
                quotation=at,
                position=i,
                span=span,
                keys=keys(span.of(prose)),
                speaker=speaker,
                attribution=attribution.id if attribution else None,
                published=reading.report.published,
                context=_context(quotation, reading, starts, prose),
            )


def _speaker(report: str, attribution: Attribution | None, canonical: Mapping[tuple[str, str], str]) -> str | None:
    if attribution is None or attribution.speaker is None:
        return None
    return canonical.get((report, attribution.speaker), attribution.speaker)


def _inside_another(quotations: Sequence[Quotation], at: int) -> bool:
    """Whether a quotation stands inside the one before it; what it quotes is compared with the whole."""
    return any(q.span.covers(quotations[at].outer) and q is not quotations[at] for q in quotations[max(0, at - 4) : at])


def _cut(quotation: Quotation, starts: Sequence[int], prose: str) -> list[Span]:
    """Cut a quotation where its sentences end; what has no word of matter stays with what stands before it."""
    cut: list[Span] = []
    for block in quotation.pieces or (quotation.span,):
        first = max(0, bisect_right(starts, block.start) - 1)
        edges = [s for s in starts[first + 1 : bisect_right(starts, block.end - 1)] if s > block.start]
        for start, end in pairwise([block.start, *edges, block.end]):
            span = trim(Span(start, end), prose)
            if cut and not content_stems(keys(span.of(prose))):
                cut[-1] = Span(cut[-1].start, max(cut[-1].end, span.end))
            elif keys(span.of(prose)):
                cut.append(span)
    return cut


def _context(quotation: Quotation, reading: Reading, starts: Sequence[int], prose: str) -> frozenset[str]:
    if len(quotation.span.of(prose).split()) > _FEW_WORDS or not starts:
        return frozenset()
    sentence = reading.sentences[max(0, bisect_right(starts, quotation.span.start) - 1)].span
    around = " ".join(s.of(prose) for s in subtract(sentence, [q.outer for q in reading.quotations]))
    return content_stems(keys(around))


def _printed(readings: Iterable[Reading], prose: Mapping[str, str]) -> frozenset[tuple[str, str]]:
    """Pairs of neighbouring stems that the outlets write in their own words, outside quotation marks."""
    found: set[tuple[str, str]] = set()
    for reading in readings:
        text = prose[reading.report.id]
        for span in subtract(Span(0, len(text)), [q.outer for q in reading.quotations]):
            found.update(pairwise(map(stem, keys(span.of(text)))))
    return frozenset(found)


def _runs(pieces: Sequence[Piece]) -> list[_Run]:
    """Put together the pieces of one utterance that follow each other in one quotation."""
    runs: list[_Run] = []
    for p in pieces:
        last = runs[-1] if runs else None
        if last and (last.report, last.quotation, last.last + 1) == p.place:
            runs[-1] = last._replace(last=p.position, span=Span(last.span.start, p.span.end))
        else:
            runs.append(_Run(p.report, p.quotation, p.position, p.position, p.span, p.speaker, p.attribution))
    return runs


def _in_a_row(groups: Sequence[list[_Run]]) -> list[list[_Run]]:
    """Join utterances that follow each other wherever they are printed."""
    at = {(r.report, r.quotation, r.first): i for i, runs in enumerate(groups) for r in runs}
    follower = {i: f for i, runs in enumerate(groups) if (f := _follower(runs, at, groups)) is not None}
    joined = []
    for head in sorted(set(range(len(groups))) - set(follower.values())):
        runs, i = groups[head], head
        while i in follower:
            i = follower[i]
            runs = [
                a._replace(last=b.last, span=Span(a.span.start, b.span.end))
                for a, b in zip(runs, groups[i], strict=True)
            ]
        joined.append(runs)
    return joined


def _follower(runs: Sequence[_Run], at: Mapping[tuple[str, int, int], int], groups: Sequence[list[_Run]]) -> int | None:
    """The utterance that follows each of these runs and stands nowhere else; both lists are in order of place."""
    next_ones = {at.get((r.report, r.quotation, r.last + 1)) for r in runs}
    only = next_ones.pop()
    return only if not next_ones and only is not None and len(groups[only]) == len(runs) else None


def _quote(runs: Sequence[_Run], prose: Mapping[str, str]) -> Quote:
    said = {r: keys(r.span.of(prose[r.report])) for r in runs}
    ordered = sorted(runs, key=lambda r: (-len(said[r]), r.report, r.span))
    first = ordered[0]
    speaker = _named(ordered)
    return Quote(
        id=_ident(speaker or "", " ".join(said[first])),
        speaker=speaker,
        same_wording=all(same_keys(said[first], said[r]) for r in ordered[1:]),
        variants=tuple(_variant(r, first, prose) for r in ordered),
    )


def _variant(run: _Run, first: _Run, prose: Mapping[str, str]) -> Variant:
    differences = () if run is first else changes(_words(first, prose), _words(run, prose))
    return Variant(
        report=run.report, span=run.span, speaker=run.speaker, attribution=run.attribution, changes=differences
    )


def _words(run: _Run, prose: Mapping[str, str]) -> str:
    return run.span.of(prose[run.report])


def _named(ordered: Sequence[_Run]) -> str | None:
    """The speaker that most reports name; among equals the one of the longest version."""
    names = Counter(name for name, _ in dict.fromkeys((r.speaker, r.report) for r in ordered if r.speaker))
    return max(names, key=lambda n: names[n]) if names else None


def _order(quote: Quote, prose: Mapping[str, str]) -> tuple[int, int, str, Span]:
    first = quote.variants[0]
    length = len(first.span.of(prose[first.report]).split())
    return (-len({v.report for v in quote.variants}), -length, first.report, first.span)


def _distinct(quotes: Iterable[Quote]) -> Iterator[Quote]:
    """Words of one speaker that were not taken for one utterance are told apart by where they stand."""
    seen: set[str] = set()
    for quote in quotes:
        first = quote.variants[0]
        ident = quote.id if quote.id not in seen else _ident(quote.id, f"{first.report}:{first.span.start}")
        seen.add(ident)
        yield (
            quote
            if ident == quote.id
            else Quote(id=ident, speaker=quote.speaker, same_wording=quote.same_wording, variants=quote.variants)
        )


def _ident(*parts: str) -> str:
    """A short hash for naming; nothing secret hangs on it."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:12]
