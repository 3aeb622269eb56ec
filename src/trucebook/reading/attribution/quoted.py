"""Quotations and who said them, by rules over the marks, the cues and the parse.

A quotation is linked to a cue in this order: a cue right behind it (`"...," Doe said`), a lead-in (`Doe said: "..."`),
a cue whose reported clause holds it (`Doe said it was "..."`, which makes the attribution mixed), the quotation before
it in the same paragraph (`"...," Doe said. "..."`), and, for whole sentences alone, the speaker who ended the paragraph
before.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from trucebook.reading.attribution.drafts import EDGE, Cues, Draft
from trucebook.reading.cues import cue_behind_phrase
from trucebook.reading.reported import reported_clause
from trucebook.span import Span, hull

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Token

    from trucebook.reading.cues import Cue
    from trucebook.reading.model import Quotation
    from trucebook.reading.parse import Parse

_LEAD_IN = re.compile(r"[,:]\s*$")
_ENDS_OPEN = re.compile(r"[,?!…—–-]$")
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


def quoted(parse: Parse, quotations: Sequence[Quotation], cues: Cues) -> list[Draft]:
    """Return the attributions of the quotations for which a rule knows who said them.

    Args:
        parse: the parsed report.
        quotations: its quotations, in order.
        cues: the cues outside them.
    """
    drafts: list[Draft] = []
    by_cue: dict[int, Draft] = {}
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


def _join(draft: Draft, more: Draft, quotation: Quotation) -> None:
    """Add a further quotation to the attribution whose cue carries it too."""
    spans = quotation.pieces if more is draft else more.content
    draft.content.extend(s for s in spans if not any(c.covers(s) for c in draft.content))
    draft.content.sort()
    if more.kind != draft.kind:
        draft.kind = "mixed"


def _paragraph(parse: Parse, at: Span) -> Span:
    found = parse.paragraph_at(at)
    return found.span if found else at


def _behind(parse: Parse, quotation: Quotation, cues: Cues) -> Draft | None:
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
            return Draft(cue, list(quotation.pieces), "direct")
        return None
    return None


def _relayed(parse: Parse, quotation: Quotation, cues: Cues) -> Draft | None:
    """`Doe told Roe that he would "not leave", the palace said`: the words are Doe's, whoever passes them on."""
    start = parse.sentence_before(quotation.outer.start)
    lead = parse.prose[start : quotation.outer.start]
    if lead.rstrip()[-1:] in {"", ",", ":"} or quotation.span.of(parse.prose)[:1].isupper():
        return None
    before = [c for c in cues.between(start, quotation.outer.start) if c.entry.family == "speech"]
    found = _around(parse, quotation, Cues(before)) if before else None
    if found is None or found.cue is None or found.cue.source is None:
        return None
    above = (cues.by_token.get(t.i) for t in found.cue.token.ancestors)
    relays = (c for c in above if c and c.source is not None and c.span.start >= quotation.outer.end)
    return found if next(relays, None) else None


def _phrase_behind(parse: Parse, quotation: Quotation) -> Draft | None:
    """`"...," leader of the caravan Ann Doe said`: a noun phrase and a cue, whatever the parser made of them."""
    if not _ENDS_OPEN.search(quotation.span.of(parse.prose)):
        return None
    end = min(quotation.outer.end + 160, _paragraph(parse, quotation.outer).end)
    rest = [t for t in parse.tokens(Span(quotation.outer.end, end)) if t.idx >= quotation.outer.end and not t.is_space]
    cue = cue_behind_phrase(rest)
    return Draft(cue, list(quotation.pieces), "direct") if cue else None


def _after(parse: Parse, quotation: Quotation, cues: Cues) -> Draft | None:
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
        return Draft(cue, list(quotation.pieces), "direct") if follows and ends else None
    return None


def _before(parse: Parse, quotation: Quotation, cues: Cues) -> Draft | None:
    """`Doe said: "..."` and `Doe told reporters, "..."`: the last cue of the sentence, then a comma or colon."""
    paragraph = _paragraph(parse, quotation.outer)
    lead = parse.prose[paragraph.start : quotation.outer.start]
    if not _LEAD_IN.search(lead):
        return None
    floor = max(parse.sentence_before(quotation.outer.start), paragraph.start)
    for cue in reversed(cues.between(floor, quotation.outer.start)):
        between = parse.prose[cue.span.end : quotation.outer.start]
        if cue.entry.family != "attitude" and len(between.split()) <= 14 and not cue.negated:
            return Draft(cue, list(quotation.pieces), "direct")
        return None
    return None


def _around(parse: Parse, quotation: Quotation, cues: Cues) -> Draft | None:
    """`Doe said it was "..."`: the quotation is part of what a cue reports."""
    # The first sentence of a quotation is the one that hangs on the words before it.
    tokens = parse.tokens(quotation.span)
    if not len(tokens):
        return None
    inside = parse.doc[tokens.start : max(tokens.start + 1, min(tokens.end, tokens[0].sent.end))]
    child: Token = inside.root
    attitude: Draft | None = None
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


def _mixed(parse: Parse, quotation: Quotation, cue: Cue, complement: Token) -> Draft:
    content = reported_clause(parse, cue, complement)
    if content is None or not content.touches(quotation.span) or content.touches(cue.span):
        return Draft(cue, list(quotation.pieces), "direct")
    bare = content.of(parse.prose).strip(EDGE) == quotation.span.of(parse.prose).strip(EDGE)
    if bare:
        return Draft(cue, list(quotation.pieces), "direct")
    return Draft(cue, [hull([content, quotation.outer])], "mixed")


def _carried_on(
    parse: Parse, quotation: Quotation, drafts: Sequence[Draft], quotations: Sequence[Quotation]
) -> Draft | None:
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
    closes = not parse.prose[before.end : earlier.end].strip(EDGE) or _ends_with_cue(parse, last, earlier)
    opens = not parse.prose[paragraph.start : quotation.outer.start].strip()
    if adjacent and opens and closes and not parse.prose[quotation.outer.end : paragraph.end].strip(EDGE):
        return Draft(None, list(quotation.pieces), "direct", follows=last)
    return None


def _ends_with_cue(parse: Parse, draft: Draft, paragraph: Span) -> bool:
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
