"""Where and when a counted thing happened, and whose count it is, as far as the words around the number say.

What is not sure stays open: a place or time belongs to a number only where it hangs on the same verb, or on the verb
that this one follows from; two places joined by "and", "elsewhere" and a time that only bounds ("since Sunday") give
none. What was only said at a place or on a day ("officials said on Monday") is outside the words of the attribution.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

import msgspec

from trucebook.reading.cues import is_cue
from trucebook.reading.model import When, Where
from trucebook.reading.parse import span_of
from trucebook.reading.places import place_words
from trucebook.reading.quantities.words import by_word, measures
from trucebook.span import Span, SpanIndex, hull

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from spacy.tokens import Token

    from trucebook.reading.model import Attribution, Mention, Time
    from trucebook.reading.parse import Parse

T = TypeVar("T", "Where", "When")

# Words between a preposition and the name of the place ("in the northern town of Oran", "in its Oran region").
_IN_NAMES: Final = frozenset({"of", "'s", "’s", "its", "their", "his", "her"})
_VERBS: Final = frozenset({"VERB", "AUX"})
_SUBJECT: Final = frozenset({"nsubj", "nsubjpass", "csubj"})
# Clauses that tell the circumstances of the verb above them ("killed when a shell hit the market in Oran").
_CIRCUMSTANCES: Final = frozenset({"when", "after", "as", "while", "where"})
# Steps up the parse; a hostile sentence may have thousands.
_CLIMB: Final = 24
# Words between a preposition and the name behind it ("in the northern Velonian town of Oran").
_BEFORE_NAME: Final = 6
_BEFORE_TIME: Final = 4
# Characters in which a place stands right behind a number ("five in the town of Oslo").
_RIGHT_BEHIND: Final = 24
_JOINED_BEHIND: Final = re.compile(
    r"(?:,[^,.;\n]{1,40},)?(?:,?\s+[A-Z][\w’'-]*){0,6},?\s+and\s+(?:in\s+|near\s+|on\s+|at\s+)?(?:the\s+)?[A-Z]"
)
_JOINED_BEFORE: Final = re.compile(r"[A-Z][\w’'-]*,?\s+and\s+(?:in\s+|near\s+|on\s+|at\s+)?(?:the\s+)?$")


@dataclass(frozen=True)
class Setting:
    """Where, when and according to whom.

    Attributes:
        where: the place.
        when: the time.
        attribution: id of the innermost attribution that holds the number.
    """

    where: Where | None = None
    when: When | None = None
    attribution: str | None = None


class Settings:
    """The places, times and attributions of a report, as candidates for its numbers.

    Args:
        parse: the report's parse.
        times: its time expressions.
        attributions: who said what in it.
        mentions: where it names actors.
    """

    def __init__(
        self, parse: Parse, times: Sequence[Time], attributions: Sequence[Attribution], mentions: Sequence[Mention]
    ) -> None:
        self._parse = parse
        # What somebody accepted or backed is no count of his.
        self._said = SpanIndex((piece, a) for a in attributions if a.manner != "act" for piece in a.content)
        self._places = SpanIndex((p.span, p) for p in _places(parse, mentions))
        self._times = SpanIndex((t.span, t) for t in _times(parse, times))

    def of(self, digits: Span, anchor: Token, *, event: bool) -> Setting:
        """Return where and when that was, and whose count it is.

        Args:
            digits: the number.
            anchor: the word that says what befell the counted, else the counted noun.
            event: whether something befell them; else they may have no time and no place.
        """
        said = min(self._said.touching(digits), key=lambda a: (hull(a.content).length, a.id), default=None)
        inside = [piece for piece in said.content if piece.touches(digits)] if said else []
        sentence = Span(anchor.sent.start_char, anchor.sent.end_char)
        reach = hull([*inside, digits]) if said else sentence
        within = Span(max(sentence.start, reach.start), min(sentence.end, reach.end))
        id_ = said.id if said else None
        if not event:
            places = self._candidates(self._places, within, anchor, event=False)
            return Setting(self._nearest(places, digits), None, id_)
        elsewhere = _is_elsewhere(anchor, digits)
        where = None if elsewhere else self._nearest(self._candidates(self._places, within, anchor), digits)
        when = self._nearest(self._candidates(self._times, within, anchor), digits)
        return Setting(
            where or (None if elsewhere else self._before(self._places, anchor, within)),
            when or self._before(self._times, anchor, within),
            id_,
        )

    def behind(self, digits: Span) -> Where | None:
        """Return the place that stands right behind a number ("five in Oslo")."""
        near = Span(digits.end, digits.end + _RIGHT_BEHIND)
        found = min(self._places.touching(near), key=lambda w: w.span, default=None)
        return found if found is not None and not _is_joined(self._parse.prose, found.span) else None

    def _candidates(
        self, index: SpanIndex[T], within: Span, anchor: Token, *, event: bool = True
    ) -> dict[int, list[T]]:
        """The places, or the times, that hang together with the anchor, by how many clauses part them from it."""
        levels: dict[int, list[T]] = {}
        for found in index.touching(within):
            level = self._level(found.span, anchor, event=event)
            if level is not None and not self._is_of_another(found.span, anchor):
                levels.setdefault(level, []).append(found)
        return levels

    def _is_of_another(self, span: Span, anchor: Token) -> bool:
        """Whether a number that leaves out what the anchor says stands between: "killed 59 on board and 11 in Oran"."""
        name = self._parse.tokens(span)[0]
        between = self._parse.doc[anchor.i + 1 : name.i]
        return any(
            t.like_num and t.nbor(-1).lower_ in {"and", ","} and t.nbor().lower_ in measures().locative.words
            for t in between
        )

    def _nearest(self, levels: Mapping[int, list[T]], digits: Span) -> T | None:
        """The nearest candidate of the nearest clause; None where it is joined to another one."""
        if not levels:
            return None
        nearest = sorted(levels[min(levels)], key=lambda f: (_gap(f.span, digits), f.span))
        return None if _is_joined(self._parse.prose, nearest[0].span) else nearest[0]

    def _level(self, span: Span, anchor: Token, *, event: bool) -> int | None:
        """How many clauses part a candidate from the anchor: 0 where both hang on one verb; None where none joins them.

        Where nothing befell the counted, the candidate must hang on their noun itself ("300 soldiers in Oran").
        """
        name = self._parse.tokens(span)[-1]
        if not event:
            return 0 if anchor.i in _phrase_above(name) else None
        chain = {node.at: node for node in _nodes_above(anchor)}
        for steps, at in _tokens_above(name):
            if at in chain:
                return steps + chain[at].level if span.start < chain[at].before else None
        return None

    def _before(self, index: SpanIndex[T], anchor: Token, within: Span) -> T | None:
        """The one candidate of the sentence before, where the anchor's sentence takes up its event ("The strike")."""
        sentence = anchor.sent
        if any(index.touching(within)) or not _takes_up(anchor) or sentence.start == 0:
            return None
        before = self._parse.doc[sentence.start - 1].sent
        here = self._parse.paragraph_at(span_of(sentence))
        found = list(index.touching(Span(before.start_char, before.end_char)))
        if here is None or not here.span.touches(span_of(before)) or len({_value(f) for f in found}) != 1:
            return None
        return msgspec.structs.replace(found[0], found="before")


def _places(parse: Parse, mentions: Sequence[Mention]) -> Iterator[Where]:
    """The names of places behind a preposition that says where; "Moscow said" and "from Moscow" name none."""
    for mention in mentions:
        if mention.type in {"place", "state"} and _has_locative(parse, mention.span):
            yield Where(span=mention.span, place=mention.actor)


def _has_locative(parse: Parse, name: Span) -> bool:
    tokens = parse.tokens(name)
    first, last = tokens[0], tokens[-1]
    whole = place_words().places | place_words().parts
    if (
        last.dep_ in {"compound", "amod", "nmod", "poss"}
        and last.head.i > last.i
        and last.head.lemma_.lower() not in whole
    ):
        # "In the Oran bombing" is not in Oran.
        return False
    for token in reversed(parse.doc[max(first.sent.start, first.i - _BEFORE_NAME) : first.i]):
        if token.lower_ in measures().locative.words:
            return True
        if token.pos_ not in {"DET", "ADJ", "NOUN", "PROPN", "NUM"} and token.lower_ not in _IN_NAMES:
            return False
    return False


def _times(parse: Parse, times: Iterable[Time]) -> Iterator[When]:
    """Dates and clock times with a value; "since Sunday" only bounds, and "now" dates nothing."""
    for time in times:
        if time.value and time.value[0].isdigit() and time.type in {"DATE", "TIME"}:
            first = parse.tokens(time.span)[0]
            # "between February and December 2017": the second end has the first one before it.
            lead = parse.doc[max(first.sent.start, first.i - _BEFORE_TIME) : first.i]
            bounds = [t for t in lead if t.lower_ in measures().bounding.words]
            joined = bool(bounds) and any(t.lower_ in ("and", "to") for t in lead[-2:])
            close = {first.lower_, lead[-1].lower_ if len(lead) else ""}
            if not joined and not close & set(measures().bounding.words):
                yield When(span=time.span, value=time.value)


class _Node(NamedTuple):
    """A word that what tells where and when may hang on.

    Attributes:
        at: its index.
        level: the number of clauses that part it from the anchor.
        before: offset before which what hangs on it must stand.
    """

    at: int
    level: int
    before: int


def _nodes_above(anchor: Token) -> Iterator[_Node]:
    """The words that what tells where and when may hang on.

    The anchor's verb, those above it as long as they tell of one event, and the noun that a relative clause belongs to
    ("the attack in Oran that killed three").
    """
    level, token, before = 0, anchor, anchor.sent.end_char
    for _ in range(_CLIMB):
        if token.pos_ in _VERBS:
            yield _Node(token.i, level, before)
            level += 1
            if token.dep_ in {"relcl", "acl"}:
                yield from (_Node(at, level, before) for at in _phrase_above(token.head))
                return
            if not _follows_from(token):
                return
            if _has_subject(token):
                # "In Oran three died and five were hurt" is all in Oran, "three died in Oran and five were hurt" not.
                before = token.head.idx
        elif token.i == anchor.i:
            yield _Node(token.i, level, before)
        if token.head.i == token.i:
            return
        token = token.head


def _has_subject(verb: Token) -> bool:
    return verb.dep_ == "conj" and any(c.dep_ in _SUBJECT for c in verb.children)


def _tokens_above(name: Token) -> Iterator[tuple[int, int]]:
    """The words that a place or time hangs on, up to where its own event ends, with the number of clauses between."""
    level, token = 0, name
    for _ in range(_CLIMB):
        yield level, token.i
        if token.head.i == token.i or (token.pos_ in _VERBS and not _follows_from(token)):
            return
        level += token.pos_ in _VERBS
        token = token.head


def _phrase_above(token: Token) -> Iterator[int]:
    """Indices of a token and of those above it, up to the first verb or to what it is only joined to."""
    for _ in range(_CLIMB):
        yield token.i
        if token.head.i == token.i or token.head.pos_ in _VERBS or token.dep_ == "conj":
            return
        token = token.head


def _follows_from(verb: Token) -> bool:
    """Whether a verb and the one above it tell of one event: "hit a market in Oran, killing three", "when it hit"."""
    if is_cue(verb.head) and verb.dep_ in {"ccomp", "xcomp", "parataxis", "advcl"}:
        return False
    if verb.dep_ == "advcl":
        marks = {c.lower_ for c in verb.children if c.dep_ in {"mark", "advmod"}}
        return bool(marks & _CIRCUMSTANCES) or verb.tag_ in {"VBG", "VBN"}
    if verb.dep_ == "conj":
        # "three were killed and 18 were injured in Oran"
        return (_is_measure(verb) and _is_measure(verb.head)) or not _has_subject(verb)
    return verb.dep_ in {"xcomp", "pcomp", "aux", "auxpass"}


def _is_measure(verb: Token) -> bool:
    return verb.lemma_ in by_word("verbs") or verb.lemma_ in by_word("intransitive")


def _is_elsewhere(anchor: Token, digits: Span) -> bool:
    """Whether the words from a number to the next one say that it holds for what was not named."""
    behind = [t for t in anchor.sent if t.idx >= digits.end]
    stop = next((t.idx for t in behind if t.like_num), anchor.sent.end_char)
    words = anchor.sent.text[max(0, digits.end - anchor.sent.start_char) : stop - anchor.sent.start_char].lower()
    return any(word in words for word in measures().elsewhere.words)


def _gap(span: Span, digits: Span) -> int:
    return max(span.start - digits.end, digits.start - span.end)


def _is_joined(prose: str, span: Span) -> bool:
    """Whether a place, or a time, is one of several that the number is of together ("in Oran and Beld")."""
    return bool(
        _JOINED_BEHIND.match(prose, span.end) or _JOINED_BEFORE.search(prose, max(0, span.start - 60), span.start)
    )


def _takes_up(anchor: Token) -> bool:
    """Whether the verb's subject is the event told before: "The strike left three dead", "It killed three"."""
    verb = anchor
    for _ in range(_CLIMB):
        if verb.pos_ in _VERBS or verb.head.i == verb.i:
            break
        verb = verb.head
    subject = next((c for c in verb.children if c.dep_ in _SUBJECT), None)
    if subject is None or subject.lower_ == "it":
        return subject is not None
    return any(c.lower_ in {"the", "this", "that"} for c in subject.children) and subject.lemma_.lower() in _events()


@cache
def _events() -> frozenset[str]:
    return frozenset(measures().events.words)


def _value(found: Where | When) -> str:
    return found.place if isinstance(found, Where) else found.value
