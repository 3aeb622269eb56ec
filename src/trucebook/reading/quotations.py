"""Quotations: words between quotation marks, found from the marks alone.

The marks decide, not the grammar: curly and straight double marks, guillemets, TeX-style pairs and single marks. A
quotation that runs over several paragraphs repeats its opening mark at the head of each (the convention of English
newspapers). A mark that is never matched costs its own quotation at most: what stands behind it is read as if the mark
were not there, and the mark is kept as an abstention with its reason.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from trucebook.reading.model import Abstention, Paragraph, Quotation
from trucebook.span import Span, SpanIndex, subtract, trim

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Side = Literal["open", "close", "either"]
Step = Literal["skip", "nest", "unnest", "restart", "close"]

_MARK = re.compile(r"[“”„‟«»\"]|``|''")
_SIDES: dict[str, Side] = {"“": "open", "„": "open", "‟": "open", "«": "open", "``": "open", "”": "close", "»": "close"}
_FAMILIES = {'"': "straight", "``": "tex", "''": "tex", "«": "angle", "»": "angle"}
_BEFORE_OPENING = re.compile(r"[\s(\[{—–\-/…‘']")
_AFTER_CLOSING = re.compile(r"[\s)\]}—–\-/….,;:!?’']")
# Before a mark that is never closed: a comma, a colon or a finished sentence; the paragraph's rest is the quotation.
_LEADS_IN = re.compile(r"(?:\w[,:]|^|[.!?][\"”’')]*)\s*$")
_SINGLE = re.compile(r"[‘’']")
# Elisions and decades that begin with an apostrophe and open nothing ('em, 'twas, '90s).
_ELISION = re.compile(r"[‘’'](?:em|tis|twas|til|cause|n|bout|round|cos|\d\ds?)\b", re.IGNORECASE)
_PLURAL_POSSESSIVE = re.compile(r"s[’']\s+[a-z]")


# Single marks close within their paragraph and soon: looking on would match an apostrophe far away.
_LONGEST_SINGLE = 1_500


@dataclass(frozen=True)
class _Mark:
    span: Span
    side: Side
    family: str


@dataclass
class _Found:
    quotations: list[Quotation] = field(default_factory=list)
    abstentions: list[Abstention] = field(default_factory=list)


def find_quotations(
    prose: str, paragraphs: Sequence[Paragraph]
) -> tuple[tuple[Quotation, ...], tuple[Abstention, ...]]:
    """Find the quotations of a masked text.

    Args:
        prose: the report's text with its furniture blanked out.
        paragraphs: its paragraphs, in order.

    Returns:
        The quotations in order, without overlap (a quotation inside another belongs to the outer one), and an
        abstention for every mark that could not be matched.
    """
    found = _Found()
    _double(prose, paragraphs, found)
    taken = SpanIndex((q.outer, q.outer) for q in found.quotations)
    for paragraph in paragraphs:
        for free in subtract(paragraph.span, taken.touching(paragraph.span)):
            found.quotations.extend(_single(prose, free))
    return tuple(sorted(found.quotations, key=lambda q: q.span)), tuple(sorted(found.abstentions, key=lambda a: a.span))


def _marks(prose: str, span: Span) -> list[_Mark]:
    """Double marks of a paragraph, each with the side its surroundings or its shape tell."""
    marks = []
    for match in _MARK.finditer(prose, span.start, span.end):
        mark = Span(*match.span())
        side = _SIDES.get(match.group())
        if side is None:
            side = _side(prose, mark, span)
        marks.append(_Mark(mark, side, _FAMILIES.get(match.group(), "curly")))
    return marks


def _side(prose: str, mark: Span, within: Span) -> Side:
    """The side of a straight mark, from the characters around it."""
    before = prose[mark.start - 1] if mark.start > within.start else " "
    after = prose[mark.end] if mark.end < within.end else " "
    opens, closes = bool(_BEFORE_OPENING.match(before)), bool(_AFTER_CLOSING.match(after))
    if opens and not closes:
        return "open"
    if closes and not opens:
        return "close"
    return "either"


def _double(prose: str, paragraphs: Sequence[Paragraph], found: _Found) -> None:
    """Match double marks paragraph by paragraph, going on where the next one repeats the opening mark."""
    carried: list[Span] = []
    opening: _Mark | None = None
    for i, paragraph in enumerate(paragraphs):
        marks = _marks(prose, paragraph.span)
        if carried and marks:
            marks = marks[1:]  # the repeated opening mark
        start = _after_marks(prose, paragraph.span.start) if carried else None
        left = _match(prose, marks, start, opening, carried, found)
        if left is None:
            carried, opening = [], None
            continue
        mark, inner = left
        goes_on = i + 1 < len(paragraphs) and _repeats(prose, paragraphs[i + 1].span)
        if goes_on and (carried or _opens_speech(prose, mark.span, paragraph.span)):
            carried = [*carried, Span(inner, paragraph.span.end)]
            opening = mark
            continue
        _unclosed(prose, mark.span, inner, carried, paragraph.span, found)
        carried, opening = [], None


def _match(
    prose: str, marks: Sequence[_Mark], start: int | None, opening: _Mark | None, carried: list[Span], found: _Found
) -> tuple[_Mark, int] | None:
    """Match the marks of one paragraph; returns the opening mark and first character of what it leaves open."""
    inner, nested, rest = start, 0, _Rest(marks)
    for i, mark in enumerate(marks):
        if inner is None or opening is None:
            if mark.side == "close":
                if not _is_inch(prose, mark.span):
                    found.abstentions.append(_odd(mark.span, "a closing mark that nothing opens"))
                continue
            opening, inner, nested = mark, mark.span.end, 0
            continue
        step = rest.inside(opening, i, nested)
        if step == "nest":
            nested += 1
        elif step == "unnest":
            nested -= 1
        elif step == "restart":
            found.abstentions.append(_odd(opening.span, "an opening mark that nothing closes"))
            opening, inner, carried[:] = mark, mark.span.end, []
        elif step == "close":
            _close(prose, opening.span, [*carried, Span(inner, mark.span.start)], mark.span.end, found)
            opening, inner, carried[:] = None, None, []
    return None if inner is None or opening is None else (opening, inner)


class _Rest:
    """What the marks of a paragraph mean inside a quotation, seen from each of them to the paragraph's end.

    Counted once from the end, so that a paragraph of many marks costs no more than their number.
    """

    def __init__(self, marks: Sequence[_Mark]) -> None:
        self._marks = marks
        self._balance, self._closers = [0], [0]
        self._families: list[frozenset[str]] = [frozenset()]
        for mark in reversed(marks):
            self._balance.append(self._balance[-1] + {"open": 1, "close": -1, "either": 0}[mark.side])
            self._closers.append(self._closers[-1] + (mark.side != "open"))
            self._families.append(self._families[-1] | {mark.family})
        for counts in (self._balance, self._closers, self._families):
            counts.reverse()

    def inside(self, opening: _Mark, at: int, nested: int) -> Step:
        """What mark `at` means inside a quotation that `opening` opened."""
        mark = self._marks[at]
        if mark.family != opening.family and opening.family in self._families[at]:
            return "skip"  # marks of another shape inside a quotation are a quotation in it
        if mark.side != "open":
            return "unnest" if nested else "close"
        if not self._closers[at + 1]:
            return "close"  # a closing mark that slipped behind the space: nothing else could close
        if mark.family in {"curly", "angle"} and nested + 1 + self._balance[at] <= 0:
            return "nest"  # as many closing marks follow: a quotation inside a quotation
        return "restart"


def _close(prose: str, opening: Span, pieces: list[Span], end: int, found: _Found) -> None:
    kept = tuple(p for p in (trim(p, prose) for p in pieces) if p.length)
    if kept:
        span = Span(kept[0].start, kept[-1].end)
        found.quotations.append(Quotation(span=span, outer=Span(opening.start, end), pieces=kept))


def _unclosed(prose: str, mark: Span, inner: int, carried: list[Span], paragraph: Span, found: _Found) -> None:
    """A quotation that its paragraph leaves open: kept to the paragraph's end where a lead-in shows that it is one."""
    if carried or _opens_speech(prose, mark, paragraph):
        pieces = [*carried, Span(inner, paragraph.end)]
        kept = tuple(p for p in (trim(p, prose) for p in pieces) if p.length)
        if kept:
            span = Span(kept[0].start, kept[-1].end)
            outer = Span(mark.start, paragraph.end)
            found.quotations.append(Quotation(span=span, outer=outer, pieces=kept, closed=False))
    found.abstentions.append(_odd(mark, "an opening mark that nothing closes"))


def _opens_speech(prose: str, mark: Span, paragraph: Span) -> bool:
    """Whether a lead-in or the head of the paragraph, and a word right behind it, make an opening mark of a mark."""
    spaced = mark.end < paragraph.end and not prose[mark.end].isspace()
    # The words before it are looked at no further back than a lead-in can reach.
    lead = prose[max(paragraph.start, mark.start - 40) : mark.start]
    return spaced and bool(_LEADS_IN.search(lead)) and not _glued(prose, mark)


def _glued(prose: str, mark: Span) -> bool:
    """Whether a comma before the mark and a capital behind it show a closing mark that slipped (`talks, "Doe said`)."""
    return (
        prose[max(0, mark.start - 40) : mark.start].rstrip().endswith(",") and prose[mark.end : mark.end + 1].isupper()
    )


def _odd(mark: Span, reason: str) -> Abstention:
    return Abstention(span=mark, what="quotation", reason=reason)


def _is_inch(prose: str, mark: Span) -> bool:
    return mark.start > 0 and prose[mark.start - 1].isdigit()


def _repeats(prose: str, paragraph: Span) -> bool:
    return _MARK.match(prose, paragraph.start) is not None


def _after_marks(prose: str, at: int) -> int:
    match = _MARK.match(prose, at)
    return match.end() if match else at


def _single(prose: str, free: Span) -> Iterator[Quotation]:
    """Quotations in single marks, in a stretch without double ones; apostrophes and possessives are no marks."""
    at = free.start
    for match in _SINGLE.finditer(prose, free.start, free.end):
        start = match.start()
        if start < at or not _opens_single(prose, start, free):
            continue
        end = _closing_single(prose, start + 1, min(free.end, start + _LONGEST_SINGLE))
        if end is None:
            continue
        inner = trim(Span(start + 1, end), prose)
        if inner.length:
            yield Quotation(span=inner, outer=Span(start, end + 1), pieces=(inner,))
            at = end + 1


def _opens_single(prose: str, at: int, free: Span) -> bool:
    if prose[at] == "’" or _ELISION.match(prose, at):
        return False
    before = prose[at - 1] if at > free.start else " "
    after = prose[at + 1 : at + 2]
    return bool(re.match(r"[\s(\[—–\-:]", before)) and (after.isalnum() or after in {"[", "…", "$", "£", "€"})


def _closing_single(prose: str, start: int, end: int) -> int | None:
    """Offset of the closing mark: one behind punctuation if there is one, else the first that is no possessive."""
    candidates = [
        m.start()
        for m in re.finditer(r"[’'](?!\w)", prose[start:end])
        if m.start() > 0 and not prose[start + m.start() - 1].isspace()
    ]
    plain = None
    for at in (start + c for c in candidates):
        if prose[at - 1] in ".,!?…":
            return at
        if plain is None and not _PLURAL_POSSESSIVE.match(prose, at - 1):
            plain = at
            # Beyond the end of this sentence no comma or stop before a mark can belong to it.
            rest = prose[at + 1 : end]
            if (
                not re.search(r"[.,!?…][’'](?!\w)", rest)
                or re.match(r"\s*[.;:!?]", rest)
                or "‘" in rest
                or " '" in rest
            ):
                return at
    return plain
