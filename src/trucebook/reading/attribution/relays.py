"""Relays: somebody passes on the words of somebody else, who is named as quoted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trucebook.reading.attribution.drafts import Draft, kind_of
from trucebook.reading.cues import Cue, CueEntry, lexicon, phrase_source
from trucebook.reading.parse import span_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Token

    from trucebook.reading.model import Quotation
    from trucebook.reading.parse import Parse


def relayed(parse: Parse, drafts: Sequence[Draft], quotations: Sequence[Quotation]) -> list[Draft]:
    """Return the attributions, with those to whom a source quotes; these take over the source's own quotations.

    `"...," the agency said, quoting Doe` and `The agency quoted Doe as saying ...`: the words are Doe's, by way of the
    agency, whose attribution is the parent.

    Args:
        parse: the parsed report.
        drafts: the attributions found before.
        quotations: the report's quotations, in order.
    """
    found = []
    for draft in drafts:
        inner = _quoted_one(draft) if draft.cue is not None and draft.parent is None else None
        if inner is None:
            continue
        own = [quotations[i] for i in draft.quotations]
        kind = kind_of(parse, draft.content, own)
        found.append(Draft(inner, list(draft.content), kind, draft.quotations, parent=draft))
        draft.quotations, draft.kind = [], "indirect"
    # What goes on from the relayed words goes on from whom they are.
    instead = {id(d.parent): d for d in found}
    for draft in drafts:
        if draft.follows is not None and id(draft.follows) in instead:
            draft.follows = instead[id(draft.follows)]
    sources = [d.cue.source.span for d in found if d.cue and d.cue.source]
    return [d for d in drafts if not any(s.covers(c) for s in sources for c in d.content)] + found


def _quoted_one(draft: Draft) -> Cue | None:
    """The cue that names whom the source of an attribution quotes, where there is one outside its content."""
    cue = draft.cue
    if cue is None:
        return None
    writer = _read_out(cue.token)
    if writer is not None and not any(s.touches(writer.span) for s in draft.content):
        return writer
    for verb in _relaying(cue.token):
        person = next((c for c in verb.children if c.dep_ == "dobj" and c.pos_ in {"PROPN", "NOUN", "PRON"}), None)
        source = phrase_source(person) if person is not None else None
        if source is None or any(s.touches(source.span) for s in draft.content):
            continue
        if verb == cue.token and not any(c.dep_ == "prep" and c.lower_ == "as" for c in verb.children):
            continue
        span = span_of(verb)
        if not any(s.touches(span) for s in (source.span, *draft.content)):
            return Cue(token=verb, span=span, entry=CueEntry(lemma="quote", family="quoting"), source=source)
    return None


def _read_out(verb: Token) -> Cue | None:
    """`Doe read from a letter signed by Roe`: the words are those of the letter's writer."""
    if verb.lemma_.lower() != "read":
        return None
    media = [c for p in verb.children if p.lower_ == "from" for c in p.children if c.dep_ == "pobj"]
    for document in (c for c in media if c.lemma_.lower() in lexicon().documents):
        by = (p for c in (document, *document.children) for p in c.children if p.lower_ in {"by", "from"})
        writers = [*(c for c in document.children if c.dep_ == "poss"), *(c for p in by for c in p.children)]
        writer = next((w for w in writers if w.pos_ in {"PROPN", "NOUN"}), None)
        source = phrase_source(writer) if writer is not None else None
        if source is not None and not source.span.touches(span_of(document)):
            entry = CueEntry(lemma="read", family="quoting")
            return Cue(token=document, span=span_of(document), entry=entry, source=source)
    return None


def _relaying(token: Token) -> Iterator[Token]:
    """The verbs by which a source may pass on words: the cue itself, "said, quoting ...", "quoted ... as saying"."""
    near = (token, *(c for c in token.children if c.dep_ in {"advcl", "prep", "dep"}), *list(token.ancestors)[:2])
    yield from (t for t in near if t.pos_ == "VERB" and t.lemma_.lower() in lexicon().relaying)
