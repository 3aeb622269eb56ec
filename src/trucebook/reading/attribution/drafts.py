"""An attribution being put together, and the cues of a report by place."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from trucebook.span import Span, SpanIndex, subtract

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from trucebook.reading.cues import Cue
    from trucebook.reading.model import AttributionKind, Quotation
    from trucebook.reading.parse import Parse

# Punctuation and white space that belong to no words in particular.
EDGE = " \t\n\r,;:.–—-\"“”'‘’"


@dataclass
class Draft:
    """An attribution being put together.

    Attributes:
        cue: the words that mark it as said; None where a quotation goes on from the paragraph before.
        content: what was said, in order.
        kind: by the quotations that are its own.
        quotations: indices of the quotations it carries.
        follows: the attribution that it goes on from.
        parent: the attribution inside whose content it stands.
    """

    cue: Cue | None
    content: list[Span]
    kind: AttributionKind
    quotations: list[int] = field(default_factory=list)
    follows: Draft | None = None
    parent: Draft | None = None


class Cues:
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


def kind_of(parse: Parse, content: Sequence[Span], own: Sequence[Quotation]) -> AttributionKind:
    """Return the kind of an attribution from the quotations that are its own."""
    if not own:
        return "indirect"
    rest = [p.of(parse.prose).strip(EDGE) for s in content for p in subtract(s, [q.outer for q in own])]
    return "mixed" if any(rest) else "direct"
