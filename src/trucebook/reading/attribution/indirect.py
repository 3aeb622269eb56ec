"""Reported speech without quotation marks, by rules over the cues and the parse."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from trucebook.reading.attribution.drafts import Draft
from trucebook.reading.reported import reported_clause, reported_rest
from trucebook.span import Span, SpanIndex

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trucebook.reading.attribution.drafts import Cues
    from trucebook.reading.cues import Cue
    from trucebook.reading.model import Quotation
    from trucebook.reading.parse import Parse


def indirect(parse: Parse, quotations: Sequence[Quotation], cues: Cues, drafts: Sequence[Draft]) -> list[Draft]:
    """Return the reported speech that no attribution covers yet, the outermost cue of a sentence first.

    Args:
        parse: the parsed report.
        quotations: its quotations, in order.
        cues: the cues outside them.
        drafts: the attributions found before.
    """
    used = {d.cue.token.i for d in drafts if d.cue}
    taken = SpanIndex((s, s) for d in drafts for s in d.content)
    marks = SpanIndex((q.outer, i) for i, q in enumerate(quotations))
    found: list[Draft] = []
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
        found.append(Draft(cue, content, "mixed" if touched else "indirect", sorted(touched)))
    return found


def inner(parse: Parse, cues: Cues, drafts: Sequence[Draft]) -> list[Draft]:
    """Return the reported speech inside the reported speech of others ("Doe said that Roe had told him ...").

    Args:
        parse: the parsed report.
        cues: the cues outside quotation marks.
        drafts: the attributions found before; those inside their contents get them as parents.
    """
    used = SpanIndex((d.cue.span, d) for d in drafts if d.cue)
    contents = SpanIndex((s, (s, d)) for d in drafts for s in d.content)
    found = []
    for cue in cues.every:
        outer = next((d for s, d in contents.touching(cue.span) if s.covers(cue.span)), None)
        if outer is None or not _names_another(cue) or next(used.touching(cue.span), None) is not None:
            continue
        around = [s for s in outer.content if s.covers(cue.span)]
        content = [s for s in _reported(parse, cue) if any(a.covers(s) for a in around)]
        if content:
            found.append(Draft(cue, content, "indirect", parent=outer))
    return found


def _names_another(cue: Cue) -> bool:
    """Whether a cue tells of speech as done, by somebody named by a noun: "he" may be the outer speaker himself."""
    told = not (cue.negated or cue.unreal or cue.doubtful) and cue.entry.family == "speech"
    return told and cue.source is not None and cue.source.head.pos_ in {"NOUN", "PROPN"}


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
