"""Which condition a move depends on ("if Norway agrees", "in return for aid")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trucebook.reading.moves.grammar import is_verb
from trucebook.reading.parse import span_of
from trucebook.span import SpanIndex

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Token

    from trucebook.reading.parse import Parse
    from trucebook.span import Span

# Between a verb and a condition inside what it takes: "threatened to leave unless ...".
_INSIDE = frozenset(
    {"xcomp", "ccomp", "acl", "dobj", "prep", "pobj", "pcomp", "advcl", "acomp", "attr", "oprd", "dative"}
)


class Dependence:
    """Finds the condition of an act.

    Args:
        parse: the parsed report.
        conditions: the words that make something depend on something else, in order.
    """

    def __init__(self, parse: Parse, conditions: Sequence[Span]) -> None:
        self._parse = parse
        self._conditions = SpanIndex((c, c) for c in conditions)

    def inside(self, token: Token) -> bool:
        """Return whether a token is one of a condition's own words."""
        return next(self._conditions.touching(span_of(token)), None) is not None

    def of(self, trigger: Token, top: Token) -> Span | None:
        """Return the condition of an act, or None.

        Args:
            trigger: the word that tells the act.
            top: the verb whose tense decides how it stands.
        """
        sentence = trigger.sent
        here = self._conditions.starting(sentence.start_char, sentence.end_char)
        return next((c for c in here if self._holds(trigger, top, c)), None)

    def _holds(self, trigger: Token, top: Token, condition: Span) -> bool:
        if condition.touches(span_of(trigger)):
            return False
        anchor = self._anchor(condition)
        if anchor is None:
            return False
        if anchor.i in {trigger.i, top.i} or self._reaches(anchor, trigger):
            return True
        # Set before what was said ("In return for aid, Oslo said it would ..."), it belongs to what was said.
        return condition.start < top.idx and top.dep_ == "ccomp" and anchor.i == top.head.i

    def _anchor(self, condition: Span) -> Token | None:
        """The verb, or the noun, outside a condition on which it hangs."""
        inside = self._parse.tokens(condition)
        outside = (t for t in inside.root.ancestors if not condition.touches(span_of(t)))
        return next((t for t in outside if is_verb(t) or t.pos_ in {"NOUN", "PROPN", "ADJ"}), None)

    @staticmethod
    def _reaches(anchor: Token, trigger: Token) -> bool:
        """Whether the word that a condition hangs on is part of what an act is about."""
        at = anchor
        while at.i != trigger.i:
            if at.dep_ not in _INSIDE or at.head.i == at.i:
                return False
            at = at.head
        return True
