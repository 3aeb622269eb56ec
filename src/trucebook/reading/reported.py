"""The extent of reported speech: which words of a sentence a cue without quotation marks covers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trucebook.reading.parse import span_of
from trucebook.span import Span, subtract, trim

if TYPE_CHECKING:
    from spacy.tokens import Token

    from trucebook.reading.cues import Cue
    from trucebook.reading.parse import Parse

_EDGE_PUNCTUATION = frozenset(",;:.–—-")


def reported_clause(parse: Parse, cue: Cue, complement: Token) -> Span | None:
    """Return the span of the clause that is a cue's complement, without its "that".

    Args:
        parse: the parsed report.
        cue: the cue.
        complement: head of the clause, a child of the cue or of something below it.

    Returns:
        The clause from its first word to its last, clear of the cue and of its source; None where nothing is left.
    """
    run = parse.doc[complement.left_edge.i : complement.right_edge.i + 1]
    span = Span(run.start_char, min(run.end_char, _own_words(complement)))
    holes = [cue.span, *([cue.source.span] if cue.source else [])]
    pieces = [_clean(parse, piece) for piece in subtract(span, holes)]
    best = max((p for p in pieces if p is not None), key=lambda p: p.length, default=None)
    return best if best is not None and len(best.of(parse.prose).split()) > 1 else None


def _own_words(complement: Token) -> int:
    """Where the outlet's own words begin behind a reported clause, if they do; else far behind it.

    ", signalling that ..." may be what the outlet makes of it, and so may ", but ..." with a subject of its own and no
    "that": what is not surely reported is left out.
    """
    for child in sorted([complement, *complement.subtree], key=lambda t: t.i):
        start = child.left_edge
        after_comma = start.i > complement.i and start.i > 0 and child.doc[start.i - 1].text == ","
        if child.i > complement.i and child.dep_ == "advcl" and child.tag_ == "VBG" and after_comma and start == child:
            return start.idx
        if child.dep_ == "conj" and child.head == complement and _has_subject(child) and _stands_apart(child):
            return start.idx
    return len(complement.doc.text)


def _has_subject(clause: Token) -> bool:
    marks = {c.lower_ for c in clause.children if c.dep_ == "mark"}
    return "that" not in marks and any(c.dep_ in {"nsubj", "nsubjpass"} for c in clause.children)


def _stands_apart(clause: Token) -> bool:
    """Whether a comma and a conjunction stand before a joined clause."""
    at = clause.left_edge.i
    before = [t.lower_ for t in clause.doc[max(0, at - 2) : at]]
    return len(before) == 2 and before[0] == "," and before[1] in {"but", "and", "while", "though"}


def reported_rest(parse: Parse, cue: Cue) -> list[Span]:
    """Return what is left of a cue's sentence without the cue and its source ("..., according to Doe")."""
    sentence = cue.token.sent
    holes = [cue.span, *([cue.source.span] if cue.source else [])]
    if cue.token.dep_ == "parataxis":
        run = parse.doc[cue.token.left_edge.i : cue.token.right_edge.i + 1]
        holes = [Span(run.start_char, run.end_char)]
    pieces = (_clean(parse, p) for p in subtract(Span(sentence.start_char, sentence.end_char), holes))
    return [p for p in pieces if p is not None and len(p.of(parse.prose).split()) > 1]


def _clean(parse: Parse, span: Span) -> Span | None:
    """Take punctuation and a leading "that" off the two ends of a piece."""
    span = trim(span, parse.prose)
    tokens = [t for t in parse.tokens(span) if not t.is_space] if span.length else []
    while tokens and (tokens[0].text in _EDGE_PUNCTUATION or (tokens[0].lower_ == "that" and tokens[0].dep_ == "mark")):
        tokens.pop(0)
    while tokens and tokens[-1].text in _EDGE_PUNCTUATION:
        tokens.pop()
    if not tokens:
        return None
    return Span(span_of(tokens[0]).start, span_of(tokens[-1]).end)
