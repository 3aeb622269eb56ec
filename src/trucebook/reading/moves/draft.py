"""A move being put together, and what of the report bears on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from trucebook.reading.moves.grammar import SUBJECTS, is_verb, own_words, simple_words
from trucebook.reading.parse import span_of
from trucebook.span import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Token

    from trucebook.reading.model import Act, MoveStatus, Time
    from trucebook.reading.moves.dependence import Dependence
    from trucebook.reading.moves.parties import Parties
    from trucebook.reading.parse import Parse
    from trucebook.span import SpanIndex

_EDGES = frozenset(",;:.–—-\"“”'‘’()?!")
_OPENERS = frozenset({"that", "and", "but", "or", "as", "while", "because"})
# The longest words shown for an object.
_LONGEST = 400


@dataclass(frozen=True, kw_only=True)
class Context:
    """What of a report its moves are made from.

    Attributes:
        parse: the parsed report.
        parties: names who acts.
        dependence: finds what acts depend on.
        times: its days and times of day, by place.
        agreements: the first tokens of sentences that say what an agreement has its parties do ("under the deal").
        stages: those of sentences that tell a stage of one ("in the second stage").
    """

    parse: Parse
    parties: Parties
    dependence: Dependence
    times: SpanIndex[Time]
    agreements: frozenset[int] = frozenset()
    stages: frozenset[int] = frozenset()

    def time_of(self, draft: Draft) -> str | None:
        """Return when an act was or will be done: the one day among the words of its verb, or of its noun."""
        for head in draft.dated:
            near = [
                t
                for w in simple_words(head)
                for t in self.times.touching(span_of(w))
                if t.value and t.value[:1].isdigit()
            ]
            # "Since Monday", "until Friday" say how long, not when.
            near = [t for t in near if self._word_before(t.span) not in {"since", "until", "till", "by", "before"}]
            values = tuple(dict.fromkeys(t.value for t in near))
            if values:
                return values[0] if len(values) == 1 else None
        return None

    def _word_before(self, span: Span) -> str:
        first = self.parse.tokens(span)[0]
        return first.nbor(-1).lower_ if first.i > 0 else ""

    def extent(self, words: Sequence[Token]) -> Span | None:
        """Return the characters from the first of some words to the last, without what stands at the edges."""
        kept = [w for w in sorted(words, key=lambda w: w.i) if not w.is_space and w.text not in _EDGES]
        while len(kept) > 1 and kept[0].lower_ in _OPENERS and kept[0].dep_ in {"mark", "cc"}:
            kept.pop(0)
        while len(kept) > 1 and kept[-1].dep_ in {"cc", "mark"}:
            kept.pop()
        return Span(kept[0].idx, span_of(kept[-1]).end) if kept else None

    def object(self, head: Token | None, about: Token | None = None) -> Span | None:
        """Return the words of an object, up to those for what it is about where they stand apart."""
        parts = [w for t in (head, about) if t is not None for w in own_words(t)]
        span = self.extent(parts) if parts else None
        return span if span is None or span.length <= _LONGEST else None

    def around(self, head: Token, *others: Token) -> Span:
        """Return the words of an act: the clause or phrase of a head, with the heads of others.

        What stands before a verb's subject ("On Monday, in Oslo, ...") and the statements inside are left out.
        """
        words = own_words(head)
        if is_verb(head):
            subjects = [c.left_edge.i for c in head.children if c.dep_ in SUBJECTS and c.i < head.i]
            words = [w for w in words if w.i >= min([*subjects, head.i])]
        found = self.extent([*words, *others])
        return found if found is not None else span_of(head)


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A move, before its condition and its time are known.

    Attributes:
        trigger: the word that tells the act.
        top: the verb whose tense decides how it stands.
        act: what is done.
        status: as the words tell it, conditions apart.
        span: its words.
        actors: who does it.
        recipients: to whom.
        object: the words for what.
        plover: class of events where it is not the act's.
        dated: heads among whose words a day is sought, in this order.
        awaited: whether it is what something else waits for, so that no condition is sought for it.
    """

    trigger: Token
    top: Token
    act: Act
    status: MoveStatus
    span: Span
    actors: tuple[str, ...]
    recipients: tuple[str, ...] = ()
    object: Span | None = None
    plover: str | None = None
    dated: tuple[Token, ...] = ()
    awaited: bool = False
