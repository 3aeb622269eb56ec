"""Which condition a move depends on ("if Norway agrees", "in return for aid")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trucebook.reading.conditions import condition_words
from trucebook.reading.cues import is_cue
from trucebook.reading.moves.grammar import is_verb
from trucebook.reading.parse import span_of
from trucebook.span import SpanIndex

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Span as Tokens
    from spacy.tokens import Token

    from trucebook.reading.parse import Parse
    from trucebook.span import Span

# Between a verb and a condition inside what it takes: "threatened to leave unless ...".
_INSIDE = frozenset(
    {"xcomp", "ccomp", "acl", "dobj", "prep", "pobj", "pcomp", "advcl", "acomp", "attr", "oprd", "dative"}
)
_BESIDE = frozenset({"as", "because", "since", "while"})


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

    def taken_up(self, trigger: Token) -> Span | None:
        """Return the condition of the next sentence that takes an act up ("But its start depends on Oslo's consent").

        Args:
            trigger: the word that tells the act.
        """
        sentence = trigger.sent
        if sentence.end >= len(self._parse.doc) or "\n\n" in self._parse.doc[sentence.end - 1].text_with_ws:
            return None
        behind = self._parse.doc[sentence.end].sent
        first = behind[:3].text.lower().replace(",", "").split()
        leaning = condition_words().leaning
        if not first or not ({first[0], " ".join(first[:2])} & set(leaning)):
            return None
        here = self._conditions.starting(behind.start_char, behind.end_char)
        return next((c for c in here if self._rules(c, behind)), None)

    def right_behind(self, act: Span) -> Span | None:
        """Return the condition that stands right behind the words of an act, whatever the parser hung it on.

        `Accepted the truce proposed by Oslo if Bern leaves`: a reader takes it for the acceptance's, and a yes must not
        lose its "if" to a participle.

        Args:
            act: the words of the act, or of what it is about.
        """
        for condition in self._conditions.starting(act.end, act.end + 3):
            if not self._parse.prose[act.end : condition.start].strip(" ,") and self._says_something(condition):
                return condition
        return None

    def _rules(self, condition: Span, sentence: Tokens) -> bool:
        """Whether a condition is what its sentence says: its main verb, or right behind that."""
        words = self._parse.tokens(condition)
        root = sentence.root
        return condition.touches(span_of(root)) or (words.root.head.i == root.i and root.lemma_ == "be")

    def _holds(self, trigger: Token, top: Token, condition: Span) -> bool:
        if condition.touches(span_of(trigger)) or not self._says_something(condition):
            return False
        anchor = self._anchor(condition)
        if anchor is None:
            return False
        if anchor.i in {trigger.i, top.i} or self._reaches(anchor, trigger):
            return True
        if self._trails(anchor, trigger, condition) or self._is_said(anchor, trigger, condition):
            return True
        # Set before what was said ("In return for aid, Oslo said it would ..."), it belongs to what was said.
        return condition.start < top.idx and top.dep_ == "ccomp" and anchor.i == top.head.i

    def _says_something(self, condition: Span) -> bool:
        """Whether a condition has a verb or a noun: "once again" and "if necessary" have none."""
        return any(is_verb(t) or t.pos_ in {"NOUN", "PROPN", "PRON"} for t in self._parse.tokens(condition)[1:])

    def _anchor(self, condition: Span) -> Token | None:
        """The verb, or the noun, outside a condition on which it hangs."""
        inside = self._parse.tokens(condition)
        outside = (t for t in inside.root.ancestors if not condition.touches(span_of(t)))
        return next((t for t in outside if is_verb(t) or t.pos_ in {"NOUN", "PROPN", "ADJ"}), None)

    @staticmethod
    def _trails(anchor: Token, trigger: Token, condition: Span) -> bool:
        """`This comes as Oslo agreed to a truce, provided that ...`: the parser hung it on the main verb."""
        beside = trigger.dep_ == "advcl" and trigger.head.i == anchor.i and condition.start > trigger.idx
        return beside and any(c.dep_ == "mark" and c.lower_ in _BESIDE for c in trigger.children)

    @staticmethod
    def _is_said(anchor: Token, trigger: Token, condition: Span) -> bool:
        """`Said it would sign once the war is over`: hung on "said", it belongs to what is said right before it."""
        said = trigger.dep_ == "ccomp" and trigger.head.i == anchor.i and trigger.i > anchor.i
        return said and condition.start > trigger.idx and is_cue(anchor)

    @staticmethod
    def _reaches(anchor: Token, trigger: Token) -> bool:
        """Whether the word that a condition hangs on is part of what an act is about."""
        at = anchor
        # "Would free the soldiers it holds if Oslo leaves": what is so already depends on nothing.
        beside = anchor.dep_ == "relcl" and _is_modal(trigger) and not _is_modal(anchor)
        while at.i != trigger.i:
            if (at.dep_ not in _INSIDE and not (beside and at.i == anchor.i)) or at.head.i == at.i:
                return False
            # "Threatened over a rule that firms pay in return for entry": that is a condition of the rule's.
            if at.dep_ in {"acl", "ccomp"} and not is_verb(at.head) and at.head.i != trigger.i:
                return False
            at = at.head
        return True


def _is_modal(verb: Token) -> bool:
    return any(c.dep_ == "aux" and c.tag_ == "MD" for c in verb.children)
