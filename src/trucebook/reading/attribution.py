"""Attributions: who said what, from the quotations, the cues, the parse and, where these are silent, the tagger.

The rules come first, because they take an act ("accepted the truce") for an act. What the tagger finds beside them is
added where a cue of the lexicon stands that is told as done, and somebody is named for it.

By the rules a quotation is linked to a cue in this order: a cue right behind it (`"...," Doe said`), a lead-in
(`Doe said: "..."`), a cue whose reported clause holds it (`Doe said it was "..."`, which makes the attribution mixed),
the quotation before it in the same paragraph (`"...," Doe said. "..."`), and, for whole sentences alone, the speaker
who ended the paragraph before.
A quotation that none of these reaches stays without a speaker: scare quotes and titles are not attributions.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import msgspec

from trucebook.reading.cues import RELATIVE_PRONOUNS, Cue, CueEntry, Source, cue_behind_phrase, find_cues, source_of
from trucebook.reading.linking import fit, link
from trucebook.reading.model import Abstention, Attribution, Quotation
from trucebook.reading.parse import span_of
from trucebook.reading.reported import reported_clause, reported_rest
from trucebook.reading.speakers import Speakers
from trucebook.reading.tagger import shipped
from trucebook.span import Span, SpanIndex, hull, subtract, trim

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from spacy.tokens import Token

    from trucebook.reading.actors import Actors
    from trucebook.reading.linking import Link
    from trucebook.reading.model import AttributionKind
    from trucebook.reading.parse import Parse

_LEAD_IN = re.compile(r"[,:]\s*$")
_ENDS_OPEN = re.compile(r"[,?!…—–-]$")
# Characters below which reported words that the tagger alone found are left out.
_LEAST_SAID = 25
# A quotation of this many words that begins like a sentence can stand without a cue of its own.
_SENTENCE_WORDS = 4
# What a cue's complement can be, seen from the cue; a quotation in the cue's subject is not what was said.
_COMPLEMENTS = frozenset(
    {
        "ccomp",
        "xcomp",
        "dobj",
        "oprd",
        "attr",
        "prep",
        "pcomp",
        "acomp",
        "dative",
        "advcl",
        "conj",
        "npadvmod",
        "dep",
        "pobj",
    }
)
_EDGE = " \t\n\r,;:.–—-\"“”'‘’"


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


@dataclass
class _Draft:
    """An attribution being put together."""

    cue: Cue | None
    content: list[Span]
    kind: AttributionKind
    quotations: list[int] = field(default_factory=list)
    follows: _Draft | None = None


def find_attributions(parse: Parse, quotations: Sequence[Quotation], actors: Actors) -> Attributions:
    """Find who said what in a parsed report.

    Args:
        parse: the parsed report.
        quotations: its quotations, in order.
        actors: its actors and their mentions.
    """
    marked = SpanIndex((q.outer, i) for i, q in enumerate(quotations))
    cues = _Cues(c for c in find_cues(parse) if next(marked.touching(c.span), None) is None)
    drafts = _quoted(parse, quotations, cues)
    drafts += _indirect(parse, quotations, cues, drafts)
    links = link(shipped().tag(parse.prose, [p.span for p in parse.paragraphs]))
    drafts = _beside(drafts, _tagged(parse, quotations, cues, fit(links, quotations, parse.prose)))
    drafts.sort(key=lambda d: d.content[0])
    contents = [*(q.outer for q in quotations), *(s for d in drafts for s in d.content)]
    return _finish(parse, quotations, drafts, Speakers(parse, actors, contents))


class _Cues:
    """The cues outside quotation marks, by place and by token."""

    def __init__(self, cues: Iterable[Cue]) -> None:
        self.every = list(cues)
        self.by_token = {cue.token.i: cue for cue in self.every}
        self._index = SpanIndex((cue.span, cue) for cue in self.every)

    def at(self, span: Span) -> Cue | None:
        """Return the first cue that touches `span`."""
        return min(self._index.touching(span), key=lambda c: c.span, default=None)

    def between(self, start: int, end: int) -> list[Cue]:
        """Return the cues that start in `[start, end)`, in order."""
        return self._index.starting(start, end)


def _tagged(parse: Parse, quotations: Sequence[Quotation], cues: _Cues, links: Sequence[Link]) -> list[_Draft]:
    """The tagger's attributions; none where the outlet says that nothing was said, or does not tell it as said."""
    drafts = []
    marks = SpanIndex((q.span, i) for i, q in enumerate(quotations))
    for found in links:
        known = cues.at(found.cue)
        # A verb that is no cue of the lexicon may be an act ("accepted", "rejected"): acts are not attributions.
        if known is None or known.negated or known.unreal or known.doubtful:
            continue
        marked = sorted({i for s in found.content for i in marks.touching(s)})
        content = [_without_that(parse, s) for s in found.content]
        kind = _kind(parse, content, [quotations[i] for i in marked])
        drafts.append(_Draft(_cue(parse, found, known), content, kind, marked))
    return drafts


def _without_that(parse: Parse, content: Span) -> Span:
    """What was said begins behind the "that" of reported speech."""
    tokens = parse.tokens(content)
    if len(tokens) > 1 and tokens[0].lower_ == "that" and tokens[0].dep_ == "mark" and tokens[0].idx == content.start:
        return Span(tokens[1].idx, content.end)
    return content


def _cue(parse: Parse, found: Link, known: Cue | None) -> Cue:
    token = known.token if known else parse.tokens(found.cue).root
    entry = known.entry if known else CueEntry(lemma=token.lemma_.lower())
    # Where no source was tagged, the parse may know one ("..., she said, adding ...").
    source = known.source if known else source_of(token)
    if found.source is not None:
        source = Source(head=_head(parse, found.source, known), span=found.source)
    elif source is not None and any(source.span.touches(c) for c in found.content):
        source = None
    return Cue(token=token, span=found.cue, entry=entry, source=source)


def _head(parse: Parse, source: Span, known: Cue | None) -> Token:
    """The head of a tagged source: the parse's own where it lies in it, or where the source is a relative pronoun."""
    root: Token = parse.tokens(source).root
    if known is None or known.source is None:
        return root
    better = source.covers(span_of(known.source.head)) or root.lower_ in RELATIVE_PRONOUNS
    return known.source.head if better else root


def _kind(parse: Parse, content: Sequence[Span], marked: Sequence[Quotation]) -> AttributionKind:
    if not marked:
        return "indirect"
    own = [p.of(parse.prose).strip(_EDGE) for s in content for p in subtract(s, [q.outer for q in marked])]
    return "mixed" if any(own) else "direct"


def _beside(ruled: list[_Draft], tagged: Sequence[_Draft]) -> list[_Draft]:
    """The rules' attributions and, where these are silent, the tagger's: what both find is the rules' to delimit."""
    said = SpanIndex((s, s) for d in ruled for s in d.content)
    used = SpanIndex((d.cue.span, d) for d in ruled if d.cue)
    for draft in tagged:
        # Words that nobody is named for, and a word or two ("what", "the report"), tell little and are often wrong.
        if draft.cue is None or draft.cue.source is None or sum(s.length for s in draft.content) < _LEAST_SAID:
            continue
        places = [*draft.content, draft.cue.span]
        if not any(next(said.touching(s), None) for s in places) and not next(used.touching(draft.cue.span), None):
            ruled.append(draft)
    return ruled


def _quoted(parse: Parse, quotations: Sequence[Quotation], cues: _Cues) -> list[_Draft]:
    drafts: list[_Draft] = []
    by_cue: dict[int, _Draft] = {}
    for i, quotation in enumerate(quotations):
        linked = (
            _relayed(parse, quotation, cues)
            or _behind(parse, quotation, cues)
            or _phrase_behind(parse, quotation)
            or _before(parse, quotation, cues)
            or _around(parse, quotation, cues)
            or _after(parse, quotation, cues)
            or _carried_on(parse, quotation, drafts, quotations)
        )
        if linked is None:
            continue
        goes_on = bool(drafts) and linked is drafts[-1]
        same = linked if goes_on else by_cue.get(linked.cue.token.i) if linked.cue else None
        if same is None:
            linked.quotations.append(i)
            drafts.append(linked)
            if linked.cue:
                by_cue[linked.cue.token.i] = linked
        else:
            _join(same, linked, quotation)
            same.quotations.append(i)
    return drafts


def _join(draft: _Draft, more: _Draft, quotation: Quotation) -> None:
    """Add a further quotation to the attribution whose cue carries it too."""
    spans = quotation.pieces if more is draft else more.content
    draft.content.extend(s for s in spans if not any(c.covers(s) for c in draft.content))
    draft.content.sort()
    if more.kind != draft.kind:
        draft.kind = "mixed"


def _paragraph(parse: Parse, at: Span) -> Span:
    found = parse.paragraph_at(at)
    return found.span if found else at


def _behind(parse: Parse, quotation: Quotation, cues: _Cues) -> _Draft | None:
    """`"...," Doe said` and `"...," said Doe`: source and cue right behind the closing mark."""
    end = quotation.outer.end
    inside, after = quotation.span.of(parse.prose), parse.prose[end : end + 1]
    ends_open = bool(_ENDS_OPEN.search(inside)) or after == "," or not quotation.closed
    paragraph = _paragraph(parse, quotation.outer)
    for cue in cues.between(end, min(end + 200, paragraph.end)):
        first = min(cue.span.start, cue.source.span.start) if cue.source else cue.span.start
        gap = parse.prose[end:first] if end <= first else None
        if gap is None or gap.strip(" ,\n\t\r—–-") or cue.entry.family in {"naming", "attitude"}:
            return None
        # Behind a full stop (`"... war." he said.`) the cue must not open a report of its own.
        if ends_open or not any(c.dep_ in {"ccomp", "xcomp", "dobj"} and c.i > cue.token.i for c in cue.token.children):
            return _Draft(cue, list(quotation.pieces), "direct")
        return None
    return None


def _relayed(parse: Parse, quotation: Quotation, cues: _Cues) -> _Draft | None:
    """`Doe told Roe that he would "not leave", the palace said`: the words are Doe's, whoever passes them on."""
    start = parse.sentence_before(quotation.outer.start)
    lead = parse.prose[start : quotation.outer.start]
    if lead.rstrip()[-1:] in {"", ",", ":"} or quotation.span.of(parse.prose)[:1].isupper():
        return None
    before = [c for c in cues.between(start, quotation.outer.start) if c.entry.family == "speech"]
    found = _around(parse, quotation, _Cues(before)) if before else None
    if found is None or found.cue is None or found.cue.source is None:
        return None
    above = (cues.by_token.get(t.i) for t in found.cue.token.ancestors)
    relays = (c for c in above if c and c.source is not None and c.span.start >= quotation.outer.end)
    return found if next(relays, None) else None


def _phrase_behind(parse: Parse, quotation: Quotation) -> _Draft | None:
    """`"...," leader of the caravan Ann Doe said`: a noun phrase and a cue, whatever the parser made of them."""
    if not _ENDS_OPEN.search(quotation.span.of(parse.prose)):
        return None
    end = min(quotation.outer.end + 160, _paragraph(parse, quotation.outer).end)
    rest = [t for t in parse.tokens(Span(quotation.outer.end, end)) if t.idx >= quotation.outer.end and not t.is_space]
    cue = cue_behind_phrase(rest)
    return _Draft(cue, list(quotation.pieces), "direct") if cue else None


def _after(parse: Parse, quotation: Quotation, cues: _Cues) -> _Draft | None:
    """`..., Doe said. "It will hold."`: a sentence in quotation marks behind a sentence that a cue ends."""
    paragraph = _paragraph(parse, quotation.outer)
    lead = parse.prose[paragraph.start : quotation.outer.start].rstrip()
    if not lead.endswith(".") or not _is_sentence(quotation.span.of(parse.prose)):
        return None
    floor = parse.sentence_before(quotation.outer.start)
    for cue in reversed(cues.between(floor, quotation.outer.start)):
        between = parse.prose[cue.span.end : paragraph.start + len(lead)]
        follows = (
            cue.source is not None and not cue.negated and not cue.unreal and cue.entry.family in {"speech", "quoting"}
        )
        ends = len(between.split()) <= 6 and not any(
            c.dep_ == "ccomp" and c.i > cue.token.i for c in cue.token.children
        )
        return _Draft(cue, list(quotation.pieces), "direct") if follows and ends else None
    return None


def _before(parse: Parse, quotation: Quotation, cues: _Cues) -> _Draft | None:
    """`Doe said: "..."` and `Doe told reporters, "..."`: the last cue of the sentence, then a comma or colon."""
    paragraph = _paragraph(parse, quotation.outer)
    lead = parse.prose[paragraph.start : quotation.outer.start]
    if not _LEAD_IN.search(lead):
        return None
    floor = max(parse.sentence_before(quotation.outer.start), paragraph.start)
    for cue in reversed(cues.between(floor, quotation.outer.start)):
        between = parse.prose[cue.span.end : quotation.outer.start]
        if cue.entry.family != "attitude" and len(between.split()) <= 14 and not cue.negated:
            return _Draft(cue, list(quotation.pieces), "direct")
        return None
    return None


def _around(parse: Parse, quotation: Quotation, cues: _Cues) -> _Draft | None:
    """`Doe said it was "..."`: the quotation is part of what a cue reports."""
    # The first sentence of a quotation is the one that hangs on the words before it.
    tokens = parse.tokens(quotation.span)
    if not len(tokens):
        return None
    inside = parse.doc[tokens.start : max(tokens.start + 1, min(tokens.end, tokens[0].sent.end))]
    child: Token = inside.root
    attitude: _Draft | None = None
    for ancestor in inside.root.ancestors:
        cue = cues.by_token.get(ancestor.i)
        if cue and child.dep_ in _COMPLEMENTS and not cue.negated and not cue.unreal:
            draft = _mixed(parse, quotation, cue, child)
            if cue.entry.family != "attitude":
                return draft
            # Words are said before they are thought: "said he expects ..." is what somebody said.
            attitude = attitude or draft
        child = ancestor
    return attitude


def _mixed(parse: Parse, quotation: Quotation, cue: Cue, complement: Token) -> _Draft:
    content = reported_clause(parse, cue, complement)
    if content is None or not content.touches(quotation.span) or content.touches(cue.span):
        return _Draft(cue, list(quotation.pieces), "direct")
    bare = content.of(parse.prose).strip(_EDGE) == quotation.span.of(parse.prose).strip(_EDGE)
    if bare:
        return _Draft(cue, list(quotation.pieces), "direct")
    return _Draft(cue, [hull([content, quotation.outer])], "mixed")


def _carried_on(
    parse: Parse, quotation: Quotation, drafts: Sequence[_Draft], quotations: Sequence[Quotation]
) -> _Draft | None:
    """A quoted sentence without a cue: its paragraph's last speaker goes on, or that of the paragraph before."""
    if not drafts or not _is_sentence(quotation.span.of(parse.prose)):
        return None
    last = drafts[-1]
    before = quotations[last.quotations[-1]].outer
    paragraph, earlier = _paragraph(parse, quotation.outer), _paragraph(parse, before)
    if paragraph == earlier:
        # Only words of the attribution itself may stand between: ", Doe said. "
        between = parse.prose[before.end : quotation.outer.start]
        return last if len(between.split()) <= 30 else None
    adjacent = not parse.prose[earlier.end : paragraph.start].strip()
    closes = not parse.prose[before.end : earlier.end].strip(_EDGE) or _ends_with_cue(parse, last, earlier)
    opens = not parse.prose[paragraph.start : quotation.outer.start].strip()
    if adjacent and opens and closes and not parse.prose[quotation.outer.end : paragraph.end].strip(_EDGE):
        return _Draft(None, list(quotation.pieces), "direct", follows=last)
    return None


def _ends_with_cue(parse: Parse, draft: _Draft, paragraph: Span) -> bool:
    """Whether a paragraph ends with the cue of an attribution (`"...," Doe told reporters in Geneva.`)."""
    return (
        draft.cue is not None
        and draft.cue.span.end <= paragraph.end
        and parse.sentence_before(paragraph.end) <= draft.cue.span.start
    )


def _is_sentence(words: str) -> bool:
    return (
        len(words.split()) >= _SENTENCE_WORDS
        and (words[0].isupper() or not words[0].isalpha())
        and words[-1] in ".,?!…"
    )


def _indirect(parse: Parse, quotations: Sequence[Quotation], cues: _Cues, drafts: Sequence[_Draft]) -> list[_Draft]:
    """Reported speech without quotation marks, the outermost cue of a sentence first."""
    used = {d.cue.token.i for d in drafts if d.cue}
    taken = SpanIndex((s, s) for d in drafts for s in d.content)
    marks = SpanIndex((q.outer, i) for i, q in enumerate(quotations))
    found: list[_Draft] = []
    said_in: dict[int, list[Span]] = defaultdict(list)
    for cue in cues.every:
        if cue.token.i in used or cue.negated or cue.unreal or cue.source is None or _in_heading(parse, cue):
            continue
        content = _reported(parse, cue)
        if not content or any(next(taken.touching(s), None) for s in content):
            continue
        touched = {i: s for s in content for i in marks.touching(s)}
        if any(not s.covers(quotations[i].outer) for i, s in touched.items()):
            continue
        sentence = cue.token.sent.start
        if any(s.touches(cue.span) for s in said_in[sentence]):
            continue  # inside what somebody else is reported to have said
        said_in[sentence] += content
        found.append(_Draft(cue, content, "mixed" if touched else "indirect", sorted(touched)))
    return found


def _in_heading(parse: Parse, cue: Cue) -> bool:
    """Whether a cue stands in a heading, whose telegraphic words the parser cannot take apart."""
    paragraph = parse.paragraph_at(cue.span)
    return paragraph is not None and paragraph.kind == "heading"


def _reported(parse: Parse, cue: Cue) -> list[Span]:
    if cue.entry.family in {"quoting", "naming"}:
        return []
    if " " in cue.entry.lemma:
        return reported_rest(parse, cue)
    kinds = {"ccomp", "xcomp"} if cue.entry.family == "commissive" else {"ccomp"}
    for child in cue.token.children:
        # "Leaders meet; Doe, others vow action": before a pledge stands what the parser could not place.
        if child.dep_ in kinds and (cue.entry.family == "speech" or child.i > cue.token.i):
            clause = reported_clause(parse, cue, child)
            return [clause] if clause else []
    return reported_rest(parse, cue) if cue.token.dep_ == "parataxis" and cue.entry.family == "speech" else []


def _finish(
    parse: Parse, quotations: Sequence[Quotation], drafts: Sequence[_Draft], speakers: Speakers
) -> Attributions:
    marked, attributions, abstentions = list(quotations), [], []
    names: dict[int, str | None] = {}
    for draft in drafts:
        if draft.follows is not None:
            speaker, abstention = names.get(id(draft.follows)), None
        elif draft.cue is not None:
            speaker, abstention = speakers.resolve(draft.cue)
        names[id(draft)] = speaker
        found = _attribution(parse, draft, speaker)
        attributions.append(found)
        if draft.cue is not None:
            speakers.spoke(speaker, draft.cue)
        if abstention:
            abstentions.append(abstention)
        for i in draft.quotations:
            marked[i] = msgspec.structs.replace(marked[i], attribution=found.id)
    abstentions += [
        Abstention(span=q.span, what="quotation", reason="no cue says that anybody said it")
        for q in marked
        if not q.attribution
    ]
    return Attributions(tuple(_distinct(attributions)), tuple(marked), tuple(abstentions))


def _attribution(parse: Parse, draft: _Draft, speaker: str | None) -> Attribution:
    cue = draft.cue
    content = tuple(trim(s, parse.prose) for s in draft.content)
    source = None
    if cue and cue.source:
        holes = [cue.span, *content]
        source = tuple(t for t in (trim(s, parse.prose) for s in subtract(cue.source.span, holes)) if t.length) or None
    said = " ".join(s.of(parse.prose) for s in content)
    key = "\x1f".join([parse.report.sha256, speaker or "", said, str(content[0].start)])
    return Attribution(
        id="a" + hashlib.blake2s(key.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest(),
        source=source,
        cue=(cue.span,) if cue else None,
        content=content,
        kind=draft.kind,
        speaker=speaker,
        stance=cue.entry.stance if cue else "neutral",
    )


def _distinct(attributions: Iterable[Attribution]) -> list[Attribution]:
    return list({a.id: a for a in attributions}.values())
