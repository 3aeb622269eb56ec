"""A report's text as HTML: pieces with their marks, the signs of the lines they carry, and notes on each sentence.

A page has hundreds of pieces. Written by the template language each costs a dozen calls, and that was most of the page;
here a piece is a string. All words of reports, notes and findings go through `escape`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from trucebook.desk.wording import SIGNS, STANDINGS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from trucebook.desk.book import OpenBook
    from trucebook.render.anchors import Block, Piece, Run
    from trucebook.render.layers import Note

AT = "at"
"""The line that marks the words which an address names; no id of a line is like it."""
# A style sheet lights so many notes of one sentence each with its own words.
_LIT_APART = 40


def marked_text(blocks: Iterable[Block], book: OpenBook, codes: Mapping[str, str], lit: str = "") -> Markup:
    """Return the paragraphs of a report as HTML.

    Args:
        blocks: the paragraphs, in pieces.
        book: the book, which knows how findings stand.
        codes: the class of each layer's marks and notes.
        lit: anchor of the words that are lit; empty for none.
    """
    writer = _Writer(book, codes, lit)
    return Markup("\n".join(map(writer.block, blocks)))  # noqa: S704  every word in it is escaped


class _Writer:
    def __init__(self, book: OpenBook, codes: Mapping[str, str], lit: str) -> None:
        self._book, self._codes, self._lit = book, codes, lit

    def block(self, it: Block) -> str:
        kind = ' class="heading"' if it.heading else ""
        return f'<p dir="auto"{kind}>{"".join(map(self._run, it.runs))}</p>'

    def _run(self, it: Run) -> str:
        pieces = "".join(map(self._piece, it.pieces))
        if not it.notes:
            return pieces
        notes = " ".join(self._note(note, n) for n, note in enumerate(it.notes, 1))
        return (
            f'<span class="s" tabindex="0" aria-describedby="{it.name}">{pieces}'
            f'<span class="n" id="{it.name}">{notes}</span></span>'
        )

    def _note(self, it: Note, number: int) -> str:
        key = f' data-k="{number}"' if number <= _LIT_APART else ""
        words = f'<bdi class="w">{escape(it.words)}</bdi> ' if it.words else ""
        return f'<bdi class="e {self._codes[it.layer]}"{key}><b>{it.title}</b> {words}{escape(it.made)}</bdi>'

    def _piece(self, it: Piece) -> str:
        written = self._words(it)
        if it.furniture:
            label = f' data-kind="{it.furniture}"' if it.label else ""
            written = f'<span class="furniture"{label}>{written}</span>'
        if self._lit in it.starts:
            written = f'<span id="at" class="at"></span>{written}'
        signs = " ".join(self._signs(it.backs)) if it.backs else ""
        return f'{written}<span class="backs">{signs}</span>' if signs else written

    def _words(self, it: Piece) -> str:
        text = str(escape(it.text))
        if not it.layers and not it.inside:
            return text
        layers = f"l {' '.join(self._codes[layer] for layer in it.layers)}" if it.layers else ""
        notes = f' data-n="{" ".join(map(str, it.notes))}"' if it.notes else ""
        if not it.inside:
            return f'<span class="{layers}"{notes}>{text}</span>'
        how = "lit " if self._lit in it.inside else "quiet " if it.quiet else ""
        return f'<mark class="{how}{layers}"{notes}>{text}</mark>'

    def _signs(self, names: Iterable[str]) -> Iterator[str]:
        """The small links from the end of evidence to the lines that rest on it."""
        for name in names:
            kind, _, ident = name.partition(":")
            if kind == "finding":
                yield self._finding(ident)
            elif kind == "quote":
                yield f'<a href="/quotes/{escape(ident)}" title="Quotation" aria-label="Quotation">”</a>'
            elif name != AT:
                told = kind.capitalize()
                yield f'<a href="/{kind}s/{escape(ident)}" title="{told}" aria-label="{told}">{told[0]}</a>'

    def _finding(self, ident: str) -> str:
        it = self._book.findings[ident]
        how = STANDINGS[it.standing]
        title = escape(f"{how}: {it.statement}")
        address = f"/findings/{escape(ident)}"
        return f'<a class="{it.standing}" href="{address}" title="{title}" aria-label="{how}">{SIGNS[it.standing]}</a>'
