"""Find who said what in a report: the tagger first, held to the marks, the parse and the cue lexicon.

What the tagger finds comes first, fitted to the quotation marks. What rules know of quotations without a tagged
speaker, and of reported speech that overlaps nothing tagged, is added. Where somebody inside a tagged content is told
to have said part of it ("Doe said that Roe had called it "a trap""), that is an attribution of its own, whose parent is
the outer one: the quotation is Roe's. A quotation that nothing reaches stays without a speaker: scare quotes and titles
are not attributions.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from trucebook.reading.attribution.drafts import Cues, Draft, kind_of
from trucebook.reading.attribution.indirect import indirect, inner
from trucebook.reading.attribution.manner import manner_of, source_kind
from trucebook.reading.attribution.quoted import quoted
from trucebook.reading.attribution.relays import relayed
from trucebook.reading.attribution.tagged import tagged
from trucebook.reading.attribution.works import without_works
from trucebook.reading.cues import find_cues, lexicon
from trucebook.reading.linking import fit, link
from trucebook.reading.model import Abstention, Attribution, Quotation
from trucebook.reading.parse import span_of
from trucebook.reading.prose import mask, paragraphs
from trucebook.reading.speakers import Speakers
from trucebook.reading.tagger import decoded, shipped
from trucebook.span import Span, SpanIndex, subtract, trim

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from trucebook.reading.actors import Actors
    from trucebook.reading.cues import Source
    from trucebook.reading.model import SourceKind
    from trucebook.reading.parse import Parse
    from trucebook.reading.tagger import Scores
    from trucebook.report import Report


@dataclass(frozen=True)
class Attributions:
    """What the attribution module found.

    Attributes:
        attributions: in order of their content.
        quotations: those given, with the id of the attribution that carries each.
        abstentions: quotations without a speaker and speakers that could not be told.
    """

    attributions: tuple[Attribution, ...]
    quotations: tuple[Quotation, ...]
    abstentions: tuple[Abstention, ...]


def scored(report: Report) -> Iterator[Scores]:
    """Compute the tagger over a report that need not be parsed, window by window.

    Raises:
        SettingsError: the installation is damaged.
    """
    prose = mask(report.text, report.furniture)
    return shipped().scores(prose, [p.span for p in paragraphs(prose)])


def find_attributions(
    parse: Parse,
    quotations: Sequence[Quotation],
    actors: Actors,
    conditions: Sequence[Span] = (),
    scores: Iterable[Scores] | None = None,
) -> Attributions:
    """Find who said what in a parsed report.

    Args:
        parse: the parsed report.
        quotations: its quotations, in order.
        actors: its actors and their mentions.
        conditions: words that make something depend on something else.
        scores: what `scored` makes of the report, where that was begun before.
    """
    marked = SpanIndex((q.outer, i) for i, q in enumerate(quotations))
    cues = Cues(c for c in find_cues(parse) if next(marked.touching(c.span), None) is None)
    links = link(map(decoded, scored(parse.report) if scores is None else scores))
    drafts = tagged(parse, quotations, cues, fit(links, quotations, parse.prose), conditions)
    drafts = _reconciled(parse, drafts, quoted(parse, quotations, cues), quotations)
    drafts = without_works(parse, drafts, quotations)
    drafts += indirect(parse, quotations, cues, drafts)
    drafts += inner(parse, cues, drafts)
    drafts = relayed(parse, drafts, quotations)
    drafts.sort(key=lambda d: (d.content[0], d.parent is not None))
    contents = [*(q.outer for q in quotations), *(s for d in drafts for s in d.content)]
    return _Finish(parse, quotations, actors, Speakers(parse, actors, contents)).finish(drafts)


def _reconciled(
    parse: Parse, found: list[Draft], ruled: Sequence[Draft], quotations: Sequence[Quotation]
) -> list[Draft]:
    """Add what the rules know of quotations that the tagger left without a speaker, or gave to the outer of two."""
    claimed = {i: d for d in found for i in d.quotations}
    stands_for: dict[int, Draft] = {}
    by_cue = SpanIndex((d.cue.span, d) for d in found if d.cue)
    for draft in ruled:
        same = next((claimed[i] for i in draft.quotations if i in claimed), None)
        if same is None and draft.cue is not None:
            same = next(by_cue.touching(draft.cue.span), None)
        if same is not None and _stands_inside(draft, same):
            _part(parse, draft, same, quotations)
            same = None
            draft.parent = claimed[draft.quotations[0]]
        stands_for[id(draft)] = same or draft
        if same is None:
            draft.follows = stands_for[id(draft.follows)] if draft.follows else None
            found.append(draft)
            continue
        _take_over(same, [i for i in draft.quotations if i not in claimed], quotations)
    return found


def _stands_inside(draft: Draft, outer: Draft) -> bool:
    """Whether somebody named inside an attribution's content is told to have said the quotation in it."""
    cue = draft.cue
    if cue is None or cue.source is None or cue.source.head.pos_ not in {"NOUN", "PROPN"} or cue.negated or cue.unreal:
        return False
    return all(any(s.covers(place) for s in outer.content) for place in (cue.span, cue.source.span))


def _part(parse: Parse, draft: Draft, outer: Draft, quotations: Sequence[Quotation]) -> None:
    """Give the quotations of the inner attribution to it alone."""
    outer.quotations = [i for i in outer.quotations if i not in draft.quotations]
    outer.kind = kind_of(parse, outer.content, [quotations[i] for i in outer.quotations])


def _take_over(same: Draft, more: Sequence[int], quotations: Sequence[Quotation]) -> None:
    for i in more:
        pieces = [p for p in quotations[i].pieces if not any(p.touches(s) for s in same.content)]
        same.content = sorted([*same.content, *pieces])
        same.quotations.append(i)
        same.kind = "mixed" if same.kind == "indirect" else same.kind


@dataclass
class _Finish:
    """Turns drafts into attributions, speakers told, in order of appearance."""

    parse: Parse
    quotations: Sequence[Quotation]
    actors: Actors
    speakers: Speakers

    def __post_init__(self) -> None:
        """Index what is asked for each attribution."""
        self._persons = {a.name for a in self.actors.actors if a.type == "person"}
        self._mentions = SpanIndex((m.span, m) for m in self.actors.mentions)

    def finish(self, drafts: Sequence[Draft]) -> Attributions:
        """Return the attributions, the quotations they carry and what could not be told."""
        marked, abstentions = list(self.quotations), []
        done: dict[int, Attribution] = {}
        for draft in drafts:
            speaker, abstention = self._speaker(draft, done)
            parent = done.get(id(draft.parent))
            found = done[id(draft)] = self._attribution(draft, speaker, parent.id if parent else None)
            if draft.cue is not None:
                self.speakers.spoke(speaker, draft.cue)
            if abstention:
                abstentions.append(abstention)
            for i in draft.quotations:
                marked[i] = msgspec.structs.replace(marked[i], attribution=found.id)
        abstentions += [
            Abstention(span=q.span, what="quotation", reason="no cue says that anybody said it")
            for q in marked
            if not q.attribution
        ]
        return Attributions(tuple(_distinct(done.values())), tuple(marked), tuple(abstentions))

    def _speaker(self, draft: Draft, done: dict[int, Attribution]) -> tuple[str | None, Abstention | None]:
        if draft.follows is not None:
            before = done.get(id(draft.follows))
            return (before.speaker if before else None), None
        return self.speakers.resolve(draft.cue) if draft.cue is not None else (None, None)

    def _attribution(self, draft: Draft, speaker: str | None, parent: str | None) -> Attribution:
        cue, prose = draft.cue, self.parse.prose
        content = tuple(trim(s, prose) for s in draft.content)
        source = None
        if cue and cue.source:
            holes = [cue.span, *content]
            source = tuple(t for t in (trim(s, prose) for s in subtract(cue.source.span, holes)) if t.length) or None
        said = " ".join(s.of(prose) for s in content)
        key = "\x1f".join([self.parse.report.sha256, speaker or "", said, str(content[0].start)])
        return Attribution(
            id="a" + hashlib.blake2s(key.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest(),
            source=source,
            cue=(cue.span,) if cue else None,
            content=content,
            kind=draft.kind,
            speaker=speaker,
            stance=cue.entry.stance if cue else "neutral",
            manner=manner_of(draft, self.parse),
            source_kind=self._source_kind(cue.source, speaker) if cue and cue.source else None,
            parent=parent,
        )

    def _source_kind(self, source: Source, speaker: str | None) -> SourceKind | None:
        head = span_of(source.head)
        by_name = (
            source.head.lemma_.lower() in lexicon().documents
            or speaker in self._persons
            or any(m.span.covers(head) for m in self._mentions.touching(head))
        )
        return source_kind(source, speaker, by_name=by_name)


def _distinct(attributions: Iterable[Attribution]) -> list[Attribution]:
    return list({a.id: a for a in attributions}.values())
