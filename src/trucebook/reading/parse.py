"""The linguistic parse that the modules of this folder read: one spaCy document over the report's whole prose."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, cast

from trucebook.reading.model import Paragraph, Sentence
from trucebook.reading.pipeline import DEFAULT_MODEL, annotate, pipeline
from trucebook.reading.prose import mask, paragraphs
from trucebook.span import Span, trim

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.language import Language
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Tokens

    from trucebook.report import Report

# spaCy's parser and entity recogniser need memory in proportion to the length of one text; longer pieces are cut.
_PIECE = 5_000
_LINE_STOP = re.compile(r"[.!?…][\"'”’)\]]*\s*\n")
# A stop, then a word that opens sentences in news prose: the parser passes over many behind a closing quotation mark.
_STOP_AND_OPENER = re.compile(
    r"[.!?…][\"'”’)\]]*[^\S\n]+(?=(?:But|And|Yet|However|He|She|It|They|We|This|These|The|In|At|Asked) )"
    r"|\bon X\.[^\S\n]+(?=[A-Z])"
)


@dataclass(frozen=True, kw_only=True)
class Parse:
    """A report's prose, parsed; token offsets (`token.idx`) are offsets into the report's text.

    Attributes:
        report: the report.
        prose: its text with the furniture blanked out, at the same length.
        paragraphs: the blocks of the prose.
        doc: spaCy's document over `prose`; `doc.text == prose`.
        sentences: the sentences of the prose.
    """

    report: Report
    prose: str
    paragraphs: tuple[Paragraph, ...]
    doc: Doc
    sentences: tuple[Sentence, ...]

    def tokens(self, span: Span) -> Tokens:
        """Return the tokens that lie at least partly inside `span`."""
        return self.doc[self._at(span.start) : self._at(span.end - 1) + 1 if span.length else self._at(span.start)]

    def paragraph_at(self, span: Span) -> Paragraph | None:
        """Return the paragraph that holds the start of `span`, or None between paragraphs."""
        at = bisect_right(self.paragraphs, span.start, key=lambda p: p.span.start) - 1
        return self.paragraphs[at] if at >= 0 and self.paragraphs[at].span.touches(span) else None

    def is_in_heading(self, span: Span) -> bool:
        """Return whether a heading holds the start of `span`."""
        paragraph = self.paragraph_at(span)
        return paragraph is not None and paragraph.kind == "heading"

    def sentence_before(self, offset: int) -> int:
        """Return where the sentence starts whose words stand before an offset; 0 before the first."""
        at = bisect_left(self.sentences, offset, key=lambda s: s.span.start) - 1
        return self.sentences[at].span.start if at >= 0 else 0

    def _at(self, offset: int) -> int:
        """Index of the token that holds a character."""
        return max(0, bisect_right(self._starts, offset) - 1)

    @cached_property
    def _starts(self) -> list[int]:
        return [token.idx for token in self.doc]


def span_of(tokens: Token | Tokens) -> Span:
    """Return the characters that a token, or a run of tokens, covers."""
    # Not by its class: spaCy is not loaded before a report is parsed, and this is asked thousands of times a report.
    start: int | None = getattr(tokens, "idx", None)
    if start is not None:
        return Span(start, start + len(tokens))
    run = cast("Tokens", tokens)
    return Span(run.start_char, run.end_char)


def asks(sentence: Tokens) -> bool:
    """Return whether a sentence ends as a question, whatever closes behind the mark."""
    for i in range(len(sentence) - 1, -1, -1):
        words: str = sentence[i].text.strip(" \n\"'”’)")
        if words:
            return words.endswith("?")
    return False


def parse(report: Report, model: str = DEFAULT_MODEL) -> Parse:
    """Parse the prose of a report, paragraph by paragraph, into one document.

    Raises:
        SettingsError: the model cannot be loaded.
    """
    nlp = pipeline(model)
    from spacy.tokens import Doc  # noqa: PLC0415  loaded with the pipeline

    prose = mask(report.text, report.furniture)
    blocks = paragraphs(prose)
    docs = [_tokenized(nlp, prose[s.start : s.end]) for s in _pieces(prose, blocks)]
    annotate(docs, model)
    doc = Doc.from_docs(docs, ensure_whitespace=False) if docs else nlp.make_doc("")
    return Parse(
        report=report, prose=prose, paragraphs=blocks, doc=doc, sentences=tuple(_sentences(doc, prose, blocks))
    )


def _pieces(prose: str, blocks: Sequence[Paragraph]) -> Iterator[Span]:
    """Cut the prose into contiguous pieces: a paragraph with the white space behind it, or part of a very long one."""
    edges = [0, *(b.span.start for b in blocks[1:]), len(prose)]
    for start, end in pairwise(edges):
        at = start
        while end - at > _PIECE:
            cut = max(prose.rfind(". ", at, at + _PIECE) + 1, prose.rfind(" ", at + _PIECE // 2, at + _PIECE))
            cut = cut if cut > at else at + _PIECE
            yield Span(at, cut)
            at = cut
        if end > at:
            yield Span(at, end)


def _tokenized(nlp: Language, text: str) -> Doc:
    doc = nlp.make_doc(text)
    starts = {m.end() for pattern in (_LINE_STOP, _STOP_AND_OPENER) for m in pattern.finditer(text)}
    for token in doc:
        # A stop at the end of a line ends a sentence, whatever the parser makes of the words around it.
        if token.idx in starts and not token.is_space:
            token.is_sent_start = True
    return doc


def _sentences(doc: Doc, prose: str, blocks: Sequence[Paragraph]) -> Iterator[Sentence]:
    at = 0
    for tokens in doc.sents:
        span = trim(Span(tokens.start_char, tokens.end_char), prose)
        if not span.length:
            continue
        while at + 1 < len(blocks) and blocks[at + 1].span.start <= span.start:
            at += 1
        yield Sentence(span=span, paragraph=at)
