"""What parts two statements that tell of one thing: a dispute of some kind, or what looks like one and is none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from trucebook.dossier.bases import base, is_polled, leaves_out, sort_of
from trucebook.dossier.features import (
    concept,
    contrast,
    decides,
    deciding_words,
    done_and_to_come,
    is_mutual,
    is_open,
    is_relative,
    is_telling,
    opposite_concepts,
    other_number,
    outright_words,
    placed_words,
    refusing_words,
)
from trucebook.dossier.occasions import elsewhere, on_other_days
from trucebook.dossier.scopes import all_and_part, filled_twice
from trucebook.dossier.values import shown
from trucebook.dossier.wording import content_stems, keys

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from trucebook.dossier.alignment import Pair
    from trucebook.dossier.features import Statement
    from trucebook.dossier.model import FindingKind, Level, LookalikeReason
    from trucebook.reading.model import Quantity, Reading

# "No longer needed" is not negated and says what "not needed any more" says.
_NO_LONGER = re.compile(r"\bno longer\b", re.IGNORECASE)
# "Whether he has the experience" says neither that he has nor that he has not.
_WHETHER = re.compile(
    r"^\W*(?:\w+\s+)?whether\b|\b(?:know|knows|knew|known|ask|asked|see|sure|clear|wonder|wondered)\s+(?:if|whether)\b",
    re.IGNORECASE,
)
# "Fired first", not "the first shot", and not "at first".
_DID_FIRST = re.compile(
    r"(?<!\bthe )(?<!\bat )(?<!\bits )(?<!\btheir )(?<!\bhis )(?<!\bher )(?<!\ba )(?<!['’]s )\bfirst"
    r"(?=\W*$|,|\s+(?:on|in|at|when|and|during|against|with|near|by)\b)",
    re.IGNORECASE,
)
_NEGATED = re.compile(
    r"\b(?:not|never|no|none|nobody|nothing|neither|nor|without|cannot|yet to)\b|n['’]t\b", re.IGNORECASE
)
_TRIED = re.compile(r"\b(?:try|tries|trying|tried|struggl\w+)\s+to\b", re.IGNORECASE)
_FOR_A_WHILE = re.compile(
    r"\b(?:in|for|since)\s+(?:the\s+)?(?:(?:past|last|more|than|at|least|nearly|almost|about|over|\w+)\s+){0,3}"
    r"(?:hours|days|weeks|months|years|decades)\b",
    re.IGNORECASE,
)
# "Will have won six" counts what is won as the other does.
_WILL_HAVE = re.compile(r"\bwill have\b", re.IGNORECASE)
# Heads of what may befall a decision as well as the thing itself, with so many words of matter between the two at most.
_DEFERRING, _CLOSE = frozenset({"delay", "suspend", "extend"}), 3
# "A letter" and "a letter" are two.
_ANY_ONE = re.compile(r"\b(?:a|an|another)\s+(?!few\b|number\b|series\b)", re.IGNORECASE)
# Reports so many days apart may tell of two happenings.
_DAYS_APART = 3
# Modalities in which something is told to be so, or to be coming.
_TOLD = frozenset({"asserted", "planned"})


class Difference(NamedTuple):
    """What parts two statements.

    Attributes:
        kind: what differs.
        values: what the first and the second say, in a few words.
        why: what makes it one, in words.
        lookalike: why it is no dispute; None where it is one.
    """

    kind: FindingKind
    values: tuple[str, str]
    why: str
    lookalike: LookalikeReason | None = None


class Two(NamedTuple):
    """Two statements of one thing with what is known of them.

    Attributes:
        a: the first.
        b: the second.
        pair: how they go together.
        readings: of their reports, by id.
    """

    a: Statement
    b: Statement
    pair: Pair
    readings: Mapping[str, Reading]


def difference(two: Two) -> Difference | None:
    """Return what parts two statements of one thing; None where nothing does, or where they cannot be told apart."""
    if two.pair.signals.question or any(_WHETHER.search(s.text) for s in (two.a, two.b)):
        return None
    return next((found for rule in _RULES if (found := rule(two)) is not None), None)


def level(a: Statement, b: Statement) -> Level:
    """Return whether two reports differ, or two parties that they quote."""
    return "parties" if a.speaker and b.speaker and a.speaker != b.speaker else "reports"


def _polarity(two: Two) -> Difference | None:
    a, b, of = two.a, two.b, two.pair.signals
    if a.clause.negated == b.clause.negated or not {a.clause.modality, b.clause.modality} <= {"asserted"}:
        return None
    if (
        two.pair.chance < _TOLD_OF_ONE
        or of.strangers
        or of.other_doer
        or any(_NO_LONGER.search(s.text) for s in (a, b))
    ):
        return None
    # "Remains unknown" is not negated and says what "has not been found" says: the heads must be one.
    each_holds_both = a.predicate in b.words and b.predicate in a.words and of.plain >= _PLAIN
    if not (of.same_head or each_holds_both):
        return None
    denied, told = (a, b) if a.clause.negated else (b, a)
    # What a quotation mark hides from the parse, or is only tried, is not told to be so; "not in six days" says that it
    # was before.
    if _NEGATED.search(told.text) or _TRIED.search(told.text) or _FOR_A_WHILE.search(denied.text):
        return None
    # "No bus has crossed" denies nothing of the planes that crossed, and who won one vote may not have won another;
    # "voters who had taken part" and "voters who had not" are two groups.
    if of.plain < (_MATTER if of.same_doer else _PLAIN) or all(is_relative(s.clause) for s in (a, b)):
        return None
    values = ("said not to be so", "said to be so") if a.clause.negated else ("said to be so", "said not to be so")
    if _became_so(denied, told, two):
        return Difference(
            "polarity", values, "not yet so when the one was written, so when the other was", "later update"
        )
    return Difference("polarity", values, "one is negated")


def _became_so(denied: Statement, told: Statement, two: Two) -> bool:
    """Whether an earlier report says that a thing was not done, and a later one that it was: that is news."""
    before, after = (two.readings[s.report].report.published for s in (denied, told))
    return before is not None and after is not None and before < after and told.clause.past


# Chance from which a denial is surely of what the other says, and words of matter (in fifths) that they share where the
# head of the one is but a word of the other.
_TOLD_OF_ONE, _PLAIN = 0.31, 0.6
# Chance from which what one of two statements leaves out is shown.
_SURE = 0.65


def _opposite(two: Two) -> Difference | None:
    a, b = two.a, two.b
    if (a.predicate, b.predicate) not in opposite_concepts() or any(_is_undone(s) for s in (a, b)):
        return None
    if not {a.clause.modality, b.clause.modality} <= {"asserted"} or not two.pair.signals.same_doer:
        return None
    return Difference("polarity", (a.predicate, b.predicate), f"{a.predicate} and {b.predicate} exclude each other")


def _is_undone(statement: Statement) -> bool:
    """Whether a statement says that its head was not so; "refused" is negated by itself, "did not refuse" is not."""
    return statement.clause.negated != (statement.predicate in refusing_words())


def _condition(two: Two) -> Difference | None:
    """One waits for something and the other comes at once, or the two wait for different things."""
    a, b = two.a, two.b
    if a.clause.condition and b.clause.condition:
        one, other = (_words_of(s, two) for s in (a, b))
        # What two people each ask for is no contradiction, and reports may each tell a part of what is asked: only of
        # what one person said can the two be held against each other.
        matter = [content_stems(keys(x)) for x in (one, other)]
        if not any(matter) or matter[0] & matter[1] or a.speaker is None or a.speaker != b.speaker:
            return None
        return Difference("condition", (one, other), "each depends on something else")
    if bool(a.clause.condition) == bool(b.clause.condition):
        return None
    bound, free = (a, b) if a.clause.condition else (b, a)
    found = outright_words().search(free.clause.span.of(two.readings[free.report].report.text))
    if free.clause.modality not in {*_TOLD, "possible"} or _has_condition(free, two):
        return None
    if found is None:
        values = (_words_of(bound, two), "no condition told")
        ordered = values if bound is a else values[::-1]
        why = "one names a condition that the other leaves out"
        left_out = _are_sure(two) and not _tells(free, values[0], two)
        return Difference("condition", ordered, why, "detail or omission") if left_out else None
    values = (_words_of(bound, two), found[0].lower())
    ordered = values if bound is a else values[::-1]
    return Difference("condition", ordered, "one depends on something, the other comes at once")


def _tells(statement: Statement, condition: str, two: Two) -> bool:
    """Whether the sentence of a statement holds a condition in other words: half of its words of matter."""
    reading = two.readings[statement.report]
    words = content_stems(keys(condition))
    here = content_stems(keys(reading.sentences[statement.clause.sentence].span.of(reading.report.text)))
    return 2 * len(words & here) >= len(words)


def _are_sure(two: Two) -> bool:
    """Whether it is so sure that two statements are of one thing that what the one leaves out is worth a line."""
    return two.pair.chance >= _SURE and two.pair.signals.same_head > 0 and not two.pair.signals.other_doer


def _words_of(statement: Statement, two: Two) -> str:
    condition = statement.clause.condition
    text = two.readings[statement.report].report.text
    return " ".join(condition.of(text).split()) if condition else ""


def _has_condition(statement: Statement, two: Two) -> bool:
    reading = two.readings[statement.report]
    sentence = reading.sentences[statement.clause.sentence].span
    return any(sentence.covers(c) for c in reading.conditions)


def _status(two: Two) -> Difference | None:
    a, b, of = two.a, two.b, two.pair.signals
    if of.negation or of.other_doer:
        return None
    # What is only weighed ("considers whether to exempt it for good") is not told to be so.
    if is_open(a.words) == is_open(b.words) and (found := contrast(a.words, b.words)):
        return Difference("status", found, f"{found[0]} is not {found[1]}")
    if decides(a) == decides(b) or not of.same_head or a.predicate not in _DEFERRING:
        return None
    if not any(_is_of_decision(s) for s in (a, b)):
        return None
    values = ("the decision", "the thing itself")
    ordered = values if decides(a) else values[::-1]
    return Difference("status", ordered, "one speaks of a decision still to come, the other of the thing itself")


def _is_of_decision(statement: Statement) -> bool:
    """Whether it is the decision that the head befalls: the word stands close behind it."""
    words = [concept(w) for w in statement.clause.words]
    at = words.index(statement.predicate) if statement.predicate in words else len(words)
    return any(w in deciding_words() for w in words[at + 1 : at + 1 + _CLOSE])


def _done(two: Two) -> Difference | None:
    """On one day one tells that a thing was done, and the other that it is still to be done.

    Of two days the one is news of the other; and what two do together they may have done before.
    """
    a, b, of = two.a, two.b, two.pair.signals
    if not done_and_to_come(a, b) or not of.same_doer or of.plain < _DEED or is_mutual(a.predicate):
        return None
    if any(_WILL_HAVE.search(s.text) for s in (a, b)):
        return None
    days = [two.readings[s.report].report.published for s in (a, b)]
    if days[0] is None or days[0] != days[1] or on_other_days(a.occasion, b.occasion):
        return None
    values = ("done", "still to come") if a.clause.past else ("still to come", "done")
    return Difference("status", values, "done in one, still to come in the other")


def _value(two: Two) -> Difference | None:
    """Other numbers of one thing; what grows from one day to the next is a later count and no dispute."""
    found, of = other_number(two.a, two.b), two.pair.signals
    if found is None or of.other_doer or of.strangers or of.negation or of.worlds or of.other_days:
        return None
    if two.pair.chance < _TOLD_OF_ONE or not (of.same_head or of.same_number) or not _is_one_count(two, found):
        return None
    values = (shown(found[0]), shown(found[1]))
    days = [two.readings[s.report].report.published for s in (two.a, two.b)]
    if days[0] and days[1] and days[0] != days[1]:
        return Difference("value", values, "counts of different days", "later update")
    return Difference("value", values, f"{values[0]} and {values[1]} cannot both be true")


def _is_one_count(two: Two, found: tuple[Quantity, Quantity]) -> bool:
    """Whether two numbers count the same: shares of one whole and no poll's, sums of one, no count of others."""
    left_out, bases, sorts = [], [], []
    for statement, quantity in zip((two.a, two.b), found, strict=True):
        reading, at = two.readings[statement.report], statement.clause.sentence
        if quantity.kind == "share" and is_polled(reading, at):
            return False
        left_out.append(leaves_out(quantity, statement.clause.span, reading.report.text))
        sorts.append(sort_of(quantity, reading.report.text) if quantity.of == quantity.counted else frozenset())
        bases.append(base(quantity, reading.sentences[at].span, reading.report.text))
    # "Naval exercises" and "air exercises" are two sorts; one that tells no sort may be either.
    if all(sorts) and not sorts[0] & sorts[1]:
        return False
    named = two.pair.signals.same_doer or any(w.startswith("@") for w in two.pair.shared)
    owned = named or not {q.kind for q in found} & {"share", "money"}
    return bool(not any(left_out) and bases[0] == bases[1] and owned)


def _scope(two: Two) -> Difference | None:
    """All of a thing in the one, a part of it in the other."""
    of = two.pair.signals
    if of.other_doer or of.negation or not of.same_head or of.other_days or _days_apart(two) > _DAYS_APART:
        return None
    if on_other_days(two.a.occasion, two.b.occasion) or two.pair.chance < _TOLD_OF_ONE:
        return None
    values = all_and_part(two.a, two.b)
    return Difference("value", values, "one tells of all, the other of a part") if values else None


def _actor(two: Two) -> Difference | None:
    """Two who are each told to have done what only one can have done; who has a rank is told by `ranks`."""
    a, b, of = two.a, two.b, two.pair.signals
    if not of.other_doer or of.negation or not of.same_head or of.other_days or on_other_days(a.occasion, b.occasion):
        return None
    values = (", ".join(sorted(n for _, n in a.doers)), ", ".join(sorted(n for _, n in b.doers)))
    if filled_twice(a, b) and not elsewhere(a.occasion, b.occasion) and _days_apart(two) <= _DAYS_APART:
        return Difference("actor", values, "only one can have had this part in it")
    one, other = ({w for w in s.words if not w.startswith("@")} for s in (a, b))
    if of.plain < _MATTER or not (a.clause.past and b.clause.past) or not (one <= other or other <= one):
        return None
    first = all(_DID_FIRST.search(s.text) for s in (a, b))
    return Difference("actor", values, "only one can have done it first") if first else None


def _time(two: Two) -> Difference | None:
    a, b, of = two.a, two.b, two.pair.signals
    if not of.other_days or of.negation or of.other_doer or not of.same_head or of.worlds or is_telling(a.predicate):
        return None
    if _are_of_two(two) or (not of.same_doer and (a.doers or b.doers)):
        return None
    if {d.rpartition(" ")[0] for d in a.days} != {d.rpartition(" ")[0] for d in b.days}:
        return None
    values = (", ".join(sorted(a.days)), ", ".join(sorted(b.days)))
    if any(_within(x, y) or _within(y, x) for x in a.days for y in b.days):
        return Difference("time", values, "one time lies within the other", "precision")
    if not all(len(v) >= _DAY for s in (a, b) for v in s.days):
        return None
    return Difference("time", values, "other days")


_DAY = len("2031-05-07")


def _are_of_two(two: Two) -> bool:
    """Whether each names somebody or a place that the other does not, or both tell of any one of a kind, done."""
    names = [{w for w in s.words if w.startswith("@")} for s in (two.a, two.b)]
    if names[0] - names[1] and names[1] - names[0]:
        return True
    return all(s.clause.past and _ANY_ONE.search(s.text) for s in (two.a, two.b))


def _days_apart(two: Two) -> int:
    """How many days lie between the two reports; 0 where that is not known."""
    one, other = (two.readings[s.report].report.published for s in (two.a, two.b))
    return abs((one - other).days) if one and other else 0


def _weekday(two: Two) -> Difference | None:
    """Two days of the week for what happens once: two may meet on Monday and again on Thursday."""
    a, b, of = two.a, two.b, two.pair.signals
    if not on_other_days(a.occasion, b.occasion) or not _is_one_happening(two) or of.other_days:
        return None
    if is_mutual(a.predicate) or is_telling(a.predicate) or _are_of_two(two) or _days_apart(two) > _DAYS_APART:
        return None
    values = (", ".join(sorted(a.occasion.weekdays)), ", ".join(sorted(b.occasion.weekdays)))
    return Difference("time", values, "other days")


def _place(two: Two) -> Difference | None:
    """Two places of what is at one place at a time, unless they are two days' doings."""
    a, b, of = two.a, two.b, two.pair.signals
    if not elsewhere(a.occasion, b.occasion) or not _is_one_happening(two) or a.predicate not in placed_words():
        return None
    if of.other_days or bool(a.occasion.weekdays) != bool(b.occasion.weekdays):
        return None
    if on_other_days(a.occasion, b.occasion) or _days_apart(two) > _DAYS_APART:
        return None
    values = (", ".join(sorted(a.occasion.places)), ", ".join(sorted(b.occasion.places)))
    return Difference("place", values, "one thing at two places")


def _is_one_happening(two: Two) -> bool:
    """Whether two statements tell of one doing by the same, both of them as done or both as to come."""
    a, b, of = two.a, two.b, two.pair.signals
    told = {a.clause.modality, b.clause.modality} <= _TOLD and a.clause.modality == b.clause.modality
    alike = told and a.clause.past == b.clause.past and of.same_head
    # Names that differ may be those of the places alone.
    return bool(alike and of.plain >= _MATTER and not (of.negation or of.other_doer))


# Words of matter, in fifths, that two statements of one happening share; and that what is done and what is to come do.
_MATTER, _DEED = 0.4, 0.6


def _within(fine: str, coarse: str) -> bool:
    return fine.startswith(coarse)


_RULES: tuple[Callable[[Two], Difference | None], ...] = (
    _polarity,
    _opposite,
    _condition,
    _status,
    _done,
    _value,
    _scope,
    _actor,
    _time,
    _weekday,
    _place,
)
