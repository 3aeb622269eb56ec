"""The extent of reported speech: which words of a sentence a cue without quotation marks covers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trucebook.reading.cues import is_cue, lexicon
from trucebook.reading.parse import span_of
from trucebook.span import Span, subtract, trim

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens
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
    run = _with_participle(parse, run, cue)
    span = Span(run.start_char, min(run.end_char, _own_words(complement)))
    holes = [cue.span, *([cue.source.span] if cue.source else [])]
    pieces = [_clean(parse, piece) for piece in subtract(span, holes)]
    best = max((p for p in pieces if p is not None), key=lambda p: p.length, default=None)
    return best if best is not None and len(best.of(parse.prose).split()) > 1 else None


def _with_participle(parse: Parse, run: Tokens, cue: Cue) -> Tokens:
    """`said it has coal | bought in June`: a participle behind what was said, which the parser hung on the cue."""
    behind = parse.doc[run.end] if run.end < len(parse.doc) else None
    if behind is None or behind.tag_ != "VBN" or behind.head != cue.token or run[-1].pos_ not in {"NOUN", "PROPN"}:
        return run
    stop = next(
        (t.i for t in parse.doc[behind.i : behind.right_edge.i + 1] if t.text in _EDGE_PUNCTUATION),
        behind.right_edge.i + 1,
    )
    return parse.doc[run.start : stop]


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
        if after_comma and _passes_judgement(child):
            return start.idx
        if child.i > complement.i and _speaks_again(child):
            return child.idx
    return complement.sent.end_char


def _speaks_again(verb: Token) -> bool:
    """`..., and denied that ...`: a second saying of the same speaker, which the parser hung on what was said."""
    finite = verb.tag_ in {"VBD", "VBZ", "VBP"} and not any(c.dep_ in {"nsubj", "aux"} for c in verb.children)
    return verb.dep_ == "conj" and finite and is_cue(verb) and any(c.dep_ == "ccomp" for c in verb.children)


def _passes_judgement(noun: Token) -> bool:
    """`..., a claim that Kyiv rejected`: what others make of what was said is no part of it."""
    follows = any(c.dep_ in {"relcl", "acl"} for c in noun.children)
    return noun.dep_ in {"appos", "npadvmod", "dep", "attr"} and noun.lemma_.lower() in lexicon().sayings and follows


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
    if tokens and tokens[0].lower_ in {"in", "on"}:
        tokens = _behind_medium(tokens)
    while tokens and (tokens[0].text in _EDGE_PUNCTUATION or _opens_clause(tokens[0])):
        tokens.pop(0)
    while tokens and (tokens[-1].text in _EDGE_PUNCTUATION or tokens[-1].dep_ == "cc"):
        tokens.pop()
    if not tokens:
        return None
    return Span(span_of(tokens[0]).start, span_of(tokens[-1]).end)


def _opens_clause(token: Token) -> bool:
    """Whether a token is the "that" which opens reported speech, whatever the parser made of it."""
    return token.lower_ == "that" and (token.dep_ == "mark" or (token.dep_ == "advmod" and token.tag_ == "IN"))


def _behind_medium(tokens: list[Token]) -> list[Token]:
    """`in a statement | that the gate was shut`: where it was said is no part of what was said."""
    for i, token in enumerate(tokens[:8]):
        opens = token.dep_ == "mark" or tokens[i - 1].lemma_.lower() in lexicon().documents
        if token.lower_ == "that" and i > 1 and tokens[i - 1].pos_ == "NOUN" and opens:
            return tokens[i + 1 :]
    return tokens
