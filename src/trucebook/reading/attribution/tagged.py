"""The tagger's attributions, with what the parse and the cue lexicon know of their cues and sources."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice, takewhile
from typing import TYPE_CHECKING

from trucebook.reading.attribution.drafts import Draft, kind_of
from trucebook.reading.cues import RELATIVE_PRONOUNS, Cue, CueEntry, Source, is_asked, lexicon, source_of
from trucebook.reading.parse import span_of
from trucebook.span import Span, SpanIndex, hull, subtract

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Token

    from trucebook.reading.attribution.drafts import Cues
    from trucebook.reading.linking import Link
    from trucebook.reading.model import Quotation
    from trucebook.reading.parse import Parse

# A sentence without end may hang on one noun: so many of its words are looked at.
_LONGEST_SOURCE = 200
_COMMAS = " \t\r\n,;:"


def tagged(
    parse: Parse, quotations: Sequence[Quotation], cues: Cues, links: Sequence[Link], conditions: Sequence[Span]
) -> list[Draft]:
    """Return what the tagger found, less what the words around it show to be none.

    A cue that the parse shows to be negated or only held possible is none. What has neither quotation marks nor a
    source, or is a single word, is more often wrong than right.

    Args:
        parse: the parsed report.
        quotations: its quotations, in order.
        cues: the cues of the lexicon outside them.
        links: as tagged, fitted to the quotation marks.
        conditions: words that make something depend on something else; what was said keeps its own.
    """
    drafts = []
    marks = SpanIndex((q.span, i) for i, q in enumerate(quotations))
    following = SpanIndex((c, c) for c in conditions)
    for found in _each_by_its_cue(parse, cues, links):
        known = cues.at(found.cue)
        marked = sorted({i for s in found.content for i in marks.touching(s)})
        unsaid = known is not None and (known.negated or known.doubtful or _is_taking(known))
        if unsaid or not (marked or _tells(parse, found, known)):
            continue
        pieces = (_without_that(parse, s) for s in _behind_source(found, known))
        content = [
            p for s in pieces if (p := s if next(marks.touching(s), None) is not None else _stripped(parse, s)).length
        ]
        content = _without_names(parse, content)
        if not content:
            continue
        cue = _cue(parse, found, known)
        content = _joined(parse, [*content, *_condition(parse, cue, content[-1], following)])
        kind = kind_of(parse, content, [quotations[i] for i in marked])
        drafts.append(Draft(cue, content, kind, marked))
    return drafts


def _is_taking(cue: Cue) -> bool:
    """`A blast that claimed the lives of four`, `claimed the nomination`: nothing is said."""
    return cue.entry.lemma == "claim" and any(
        c.dep_ == "dobj" and c.lemma_.lower() in lexicon().taken for c in cue.token.children
    )


def _each_by_its_cue(parse: Parse, cues: Cues, links: Sequence[Link]) -> Iterator[Link]:
    """Part a link where another cue stands between its contents and governs one: `said ..., and denied ...`."""
    for found in links:
        own: list[Span] = []
        for content in found.content:
            cue = _governor(parse, content, cues) if own else None
            if cue is not None and own[-1].end <= cue.span.start and _turns(cue, found):
                yield replace(found, content=(content,), cue=cue.span)
            else:
                own.append(content)
        yield replace(found, content=tuple(own))


def _turns(cue: Cue, found: Link) -> bool:
    """Whether a cue outside a link denies what is behind it, tells it as unsaid, or has a source of its own."""
    if any(s.touches(cue.span) for s in (found.cue, *found.content)):
        return False
    own = cue.source is not None and found.source is not None and not cue.source.span.touches(found.source)
    return own or cue.entry.stance == "denying" or cue.negated or cue.unreal or cue.doubtful


def _governor(parse: Parse, content: Span, cues: Cues) -> Cue | None:
    """The nearest cue above the words of a content, by the parse."""
    for above in parse.tokens(content).root.ancestors:
        if above.i in cues.by_token:
            return cues.by_token[above.i]
    return None


def _behind_source(found: Link, known: Cue | None) -> list[Span]:
    """What was said, less a name that still belongs to the source (`according to the spokesman, Ann Doe, ...`)."""
    whole = _whole_source(found, known)
    if whole is None:
        return list(found.content)
    return [part for s in found.content for part in subtract(s, [whole.span])]


def _whole_source(found: Link, known: Cue | None) -> Source | None:
    """The parse's source where it holds the tagged one and the name behind it, which was left out."""
    source = known.source if known is not None else None
    if known is None or source is None or found.source is None:
        return None
    if not source.span.covers(found.source) or source.span == found.source:
        return None
    words = islice(source.head.subtree, _LONGEST_SOURCE)
    behind = [t for t in words if t.idx >= found.source.end and t.is_alpha]
    named_behind = any(t == source.head or t.dep_ == "appos" for t in behind) and all(t.pos_ == "PROPN" for t in behind)
    return source if named_behind or " " in known.entry.lemma or _is_below(source.head, found.source) else None


def _is_below(head: Token, tagged: Span) -> bool:
    """`Aides to Doe and | Roe`: whether the tagger took only whom the people who speak belong to."""
    words = islice(head.subtree, _LONGEST_SOURCE)
    tagged_to = next((t for t in words if tagged.covers(span_of(t)) and t.head.idx < tagged.start), head)
    above = takewhile(lambda t: t.i != head.i, (tagged_to, *tagged_to.ancestors))
    return head.idx < tagged.start and any(t.dep_ == "pobj" for t in above)


def _tells(parse: Parse, found: Link, known: Cue | None) -> bool:
    """Whether reported words without quotation marks are more than a word, and somebody's; none in a heading."""
    one_word = sum(len(s.of(parse.prose).split()) for s in found.content) < 2
    token = known.token if known else parse.tokens(found.cue).root
    paragraph = parse.paragraph_at(found.cue)
    heading = paragraph is not None and paragraph.kind == "heading"
    return not (one_word or heading or token.pos_ == "AUX") and _source(parse, found, known, token) is not None


def _without_that(parse: Parse, content: Span) -> Span:
    """What was said begins behind the "that" of reported speech."""
    tokens = parse.tokens(content)
    if len(tokens) > 1 and tokens[0].lower_ == "that" and tokens[0].dep_ == "mark" and tokens[0].idx == content.start:
        return Span(tokens[1].idx, content.end)
    return content


def _without_names(parse: Parse, content: list[Span]) -> list[Span]:
    """What was said, less a bare name that stands apart from it: who is spoken to or of in the sentence around."""
    apart = [s for s in content if any(t.pos_ != "PROPN" for t in parse.tokens(s) if t.is_alpha)]
    return apart or content


def _stripped(parse: Parse, content: Span) -> Span:
    """A content without the commas at its ends."""
    words = content.of(parse.prose)
    left = len(words) - len(words.lstrip(_COMMAS))
    return Span(content.start + left, content.start + max(left, len(words.rstrip(_COMMAS))))


def _joined(parse: Parse, content: list[Span]) -> list[Span]:
    """Contents with nothing but space between them are one."""
    joined = content[:1]
    for span in content[1:]:
        if not parse.prose[joined[-1].end : span.start].strip(" "):
            joined[-1] = hull([joined[-1], span])
        else:
            joined.append(span)
    return joined


def _condition(parse: Parse, cue: Cue, content: Span, conditions: SpanIndex[Span]) -> list[Span]:
    """The condition behind a content that hangs on it or on its cue: "yes, if" must never be shown as "yes"."""
    end = parse.tokens(content)[-1].sent.end_char
    for behind in conditions.starting(content.end, end):
        # Of "if they sign" the verb hangs on what was said; of "unless" likewise.
        above = next((t for t in parse.tokens(behind)[0].ancestors if not behind.touches(span_of(t))), None)
        if above is not None and (content.covers(span_of(above)) or above == cue.token):
            clear = not any(behind.touches(s) for s in (cue.span, *([cue.source.span] if cue.source else [])))
            return [behind] if clear else []
    return []


def _cue(parse: Parse, found: Link, known: Cue | None) -> Cue:
    token = known.token if known else parse.tokens(found.cue).root
    entry = known.entry if known else CueEntry(lemma=token.lemma_.lower())
    source = _source(parse, found, known, token)
    return Cue(token=token, span=found.cue, entry=entry, source=source, unreal=known is not None and known.unreal)


def _source(parse: Parse, found: Link, known: Cue | None, token: Token) -> Source | None:
    whole = _whole_source(found, known)
    if whole is not None:
        return whole
    if known is not None and known.source is not None and _is_apart(parse, found):
        return known.source
    if found.source is not None:
        head = _head(parse, found.source, known)
        return None if _is_told(head, token) else Source(head=head, span=found.source)
    # Where no source was tagged, the parse may know one ("..., she said, adding ...").
    source = known.source if known else source_of(token)
    return None if source is None or any(source.span.touches(c) for c in found.content) else source


def _is_apart(parse: Parse, found: Link) -> bool:
    """Whether a tagged source stands in another paragraph than its cue: the subject that the cue has is nearer."""
    return found.source is not None and parse.paragraph_at(found.source) != parse.paragraph_at(found.cue)


def _is_told(head: Token, cue: Token) -> bool:
    """`They were told that ...`, `asked whether ..., he said`: who is told or asked something is not who says it."""
    passive = head.dep_ == "nsubjpass" and head.head == cue and cue.lemma_.lower() in lexicon().addressing
    return passive or is_asked(cue)


def _head(parse: Parse, source: Span, known: Cue | None) -> Token:
    """The head of a tagged source: the parse's own where it lies in it, or where the source is a relative pronoun."""
    root: Token = parse.tokens(source).root
    if known is None or known.source is None:
        return root
    better = source.covers(span_of(known.source.head)) or root.lower_ in RELATIVE_PRONOUNS
    return known.source.head if better else root
