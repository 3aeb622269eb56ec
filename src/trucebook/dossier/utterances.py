"""Which of the quoted sentences of many reports are one utterance.

Identical sentences of one speaker are one to begin with. Then, the longest first, each either joins the utterance
whose longest version it is most like or starts one of its own (leader clustering). Nothing is joined through a third:
two long utterances never become one because a short quotation would fit both. An inverted index over the words of the
longest versions keeps the comparisons few.
"""

from __future__ import annotations

import datetime  # noqa: TC003  a field of a NamedTuple
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from trucebook.dossier.wording import content_stems, is_content, stem
from trucebook.span import Span  # noqa: TC001  a field of a NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

# Words that everybody's quotations use tell nothing about two of them: longer lists of the index are not followed.
_LONGEST_POSTING = 400
_CANDIDATES = 12
# A word of matter weighs as much as three of grammar.
_WEIGHT = 3
# Sameness of most words; what two translations of one sentence share; what two speakers must share to be one.
_NEAR, _MODERATE, _IDENTICAL = 0.72, 0.45, 0.85
# What a sentence must share with the longest version to be compared with the others, and with how many of them.
_ALIKE, _VERSIONS = 0.6, 4
# Politicians repeat themselves: short or loosely similar words that were printed further apart are two utterances.
_DAYS_APART = 7
# Words of a longer quotation in the sentence around a word or two of it, from which it is one utterance.
_TOLD_AROUND = 3
_FIRST_PERSON = frozenset(["i", "my", "mine", "me", "we", "our", "ours"])
_THIRD_PERSON = frozenset(["he", "his", "him", "she", "her", "hers", "they", "their", "theirs", "them"])


class Piece(NamedTuple):
    """A sentence, or part of one, inside quotation marks.

    Attributes:
        report: the report's id.
        quotation: index of the quotation in the report's reading.
        position: position among the pieces of that quotation.
        span: the words in the report's text.
        keys: the words as they are compared.
        speaker: canonical name of the speaker; None where the report names none.
        attribution: id of the attribution; None for words in quotation marks that nobody is said to have said.
        published: the report's day of publication.
        context: stems of the words of matter around the quotation in its sentence, kept for very short ones.
    """

    report: str
    quotation: int
    position: int
    span: Span
    keys: tuple[str, ...]
    speaker: str | None = None
    attribution: str | None = None
    published: datetime.date | None = None
    context: frozenset[str] = frozenset()

    @property
    def place(self) -> tuple[str, int, int]:
        """Where it stands, which orders pieces and tells them apart."""
        return (self.report, self.quotation, self.position)


class Likeness(NamedTuple):
    """How far two sequences of words are alike.

    Attributes:
        ratio: weight of what they share in order, over the weight of the lighter; 0 to 1.
        words: number of words shared.
        content: number of words of matter shared.
        block: length of the longest unbroken stretch shared, in words.
        block_content: words of matter in it.
        contained: whether the lighter stands whole and unbroken in the other.
        contrast: whether "our" stands where the other has "their", and the like.
    """

    ratio: float
    words: int
    content: int
    block: int
    block_content: int
    contained: bool
    contrast: bool


@dataclass(eq=False)
class _Sentence:
    """All pieces with the same words by the same speaker."""

    speaker: str | None
    stems: tuple[str, ...]
    content: frozenset[str]
    pieces: list[Piece]

    @property
    def weight(self) -> int:
        return sum(_weigh(s) for s in self.stems)

    @property
    def reports(self) -> set[str]:
        return {p.report for p in self.pieces}

    @property
    def quotations(self) -> set[tuple[str, int]]:
        return {(p.report, p.quotation) for p in self.pieces}

    @property
    def attributed(self) -> bool:
        return any(p.attribution for p in self.pieces)


@dataclass(eq=False)
class _Utterance:
    leader: _Sentence
    speakers: set[str]
    members: list[_Sentence] = field(default_factory=list)

    def take(self, sentence: _Sentence) -> None:
        self.members.append(sentence)
        self.speakers |= {sentence.speaker} if sentence.speaker else set()


def likeness(a: Sequence[str], b: Sequence[str]) -> Likeness:
    """Compare two sequences of stems by the stretches they share in order.

    Stretches of grammar alone ("of the") count only from three words on: they are found between any two sentences.
    """
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    blocks = [a[m.a : m.a + m.size] for m in matcher.get_matching_blocks() if m.size]
    counts = [(len(x), sum(map(is_content, x))) for x in blocks]
    good = [(n, c) for n, c in counts if c or n >= 3]
    weight = sum(n - c + _WEIGHT * c for n, c in good)
    lighter = min(sum(map(_weigh, a)), sum(map(_weigh, b)))
    longest = max(good, default=(0, 0))
    return Likeness(
        ratio=weight / lighter if lighter else 0.0,
        words=sum(n for n, _ in good),
        content=sum(c for _, c in good),
        block=longest[0],
        block_content=longest[1],
        contained=0 < longest[0] == min(len(a), len(b)),
        contrast=any(_contrast(a[i:k], b[j:m]) for tag, i, k, j, m in matcher.get_opcodes() if tag == "replace"),
    )


def group(pieces: Iterable[Piece], printed: Collection[tuple[str, str]] = frozenset()) -> list[list[Piece]]:
    """Return the pieces, one list an utterance, each in order of place; lists in order of their first piece.

    Pieces without an attribution are in the result only where they repeat an utterance that has one.

    Args:
        pieces: in any order.
        printed: pairs of neighbouring stems that the outlets write in their own words. A quotation of two or three
            words joins a longer one only where it is not made of these alone.
    """
    utterances: list[_Utterance] = []
    postings: dict[str, list[int]] = defaultdict(list)
    for sentence in _sentences(pieces):
        home = _home(sentence, utterances, postings, printed)
        if home is not None:
            home.take(sentence)
        elif sentence.attributed:
            for word in sentence.content:
                postings[word].append(len(utterances))
            utterances.append(_Utterance(sentence, {sentence.speaker} if sentence.speaker else set()))
    found = [sorted(p for s in (u.leader, *u.members) for p in s.pieces) for u in utterances]
    return sorted(found, key=lambda some: some[0].place)


def _sentences(pieces: Iterable[Piece]) -> list[_Sentence]:
    """The distinct sentences, the heaviest first; one word of matter never makes two sentences one."""
    by: dict[tuple[object, ...], _Sentence] = {}
    for piece in sorted(pieces, key=lambda p: p.place):
        stems = tuple(map(stem, piece.keys))
        content = content_stems(piece.keys)
        tiny = len(content) < 2
        ident = (piece.speaker, piece.keys, piece.attribution is None, *(piece.place if tiny else ()))
        by.setdefault(ident, _Sentence(piece.speaker, stems, content, [])).pieces.append(piece)
    return sorted(
        by.values(),
        key=lambda s: (not s.attributed, -s.weight, s.stems, s.speaker is None, s.speaker or "", s.pieces[0].place),
    )


def _home(
    sentence: _Sentence,
    utterances: Sequence[_Utterance],
    postings: dict[str, list[int]],
    printed: Collection[tuple[str, str]],
) -> _Utterance | None:
    """The utterance that a sentence belongs to; None where it fits none, or fits those of two people equally."""
    scored = [(score, u) for u in _candidates(sentence, utterances, postings) if (score := _fit(sentence, u, printed))]
    if not scored:
        return None
    best = max(score for score, _ in scored)
    if sentence.speaker is None and len(set.union(*(u.speakers for _, u in scored))) > 1:
        return None
    return next(u for score, u in scored if score == best)


def _candidates(
    sentence: _Sentence, utterances: Sequence[_Utterance], postings: dict[str, list[int]]
) -> Iterator[_Utterance]:
    shared = Counter(
        at
        for word in sentence.content
        if len(postings.get(word, ())) <= _LONGEST_POSTING
        for at in postings.get(word, ())
    )
    least = min(2, len(sentence.content))
    ranked = sorted((-n, at) for at, n in shared.items() if n >= least)
    for _, at in ranked[:_CANDIDATES]:
        yield utterances[at]


def _fit(sentence: _Sentence, utterance: _Utterance, printed: Collection[tuple[str, str]]) -> float:
    """How well a sentence fits an utterance; 0 where it does not belong to it.

    It may fit one of the other versions better than the longest, but has to resemble that one too.
    """
    if utterance.leader.quotations & sentence.quotations:
        return 0.0
    resembles = likeness(utterance.leader.stems, sentence.stems).ratio >= _ALIKE
    for version in (utterance.leader, *(utterance.members[:_VERSIONS] if resembles else ())):
        if score := _fit_version(sentence, version, utterance, printed):
            return score
    return 0.0


def _fit_version(
    sentence: _Sentence, version: _Sentence, utterance: _Utterance, printed: Collection[tuple[str, str]]
) -> float:
    if version.quotations & sentence.quotations:
        return 0.0
    like = likeness(version.stems, sentence.stems)
    one = sentence.speaker in utterance.speakers
    fits = _same_speaker(sentence, version, like, printed) if one else _other_speaker(sentence, utterance, like)
    return like.ratio + like.words / 1000 if fits and not like.contrast else 0.0


def _other_speaker(sentence: _Sentence, utterance: _Utterance, like: Likeness) -> bool:
    """An unnamed speaker, or two names for one: a text and who read it out, or a dispute over who said it."""
    if sentence.speaker is None or not utterance.speakers:
        loosely = (
            like.ratio >= _NEAR and like.words >= 8 and like.content >= 4 and _near_in_time(sentence, utterance.leader)
        )
        few = sentence.stems == utterance.leader.stems and like.words >= 3 and like.content >= 2
        few = few and _near_in_time(sentence, utterance.leader)
        return loosely or few or (like.ratio >= _IDENTICAL and like.words >= 4 and like.content >= 2)
    return like.ratio >= _IDENTICAL and like.words >= 10 and like.content >= 5


def _same_speaker(sentence: _Sentence, leader: _Sentence, like: Likeness, printed: Collection[tuple[str, str]]) -> bool:
    if not _one_report_apart(sentence, leader):
        return like.contained and (like.content >= 3 or _is_rare(sentence.stems, printed))
    if like.ratio >= _NEAR and like.content >= 2 and like.words >= 8:
        return True
    if not _near_in_time(sentence, leader):
        return False
    if like.contained and like.words <= 4:
        return _short(sentence, leader, like, printed)
    if like.ratio >= _NEAR and (like.contained or like.content >= 3 or (like.content == 2 and like.words >= 4)):
        return True
    return like.ratio >= _MODERATE and like.content >= 3 and like.block >= 4 and like.block_content >= 2


def _short(sentence: _Sentence, leader: _Sentence, like: Likeness, printed: Collection[tuple[str, str]]) -> bool:
    """Up to four words that another report prints too, alone or in a longer quotation."""
    if like.content >= 3 or (like.content == 2 and (like.words == 4 or _is_rare(sentence.stems, printed))):
        return True
    if sentence.stems == leader.stems:
        return _same_context(sentence, leader)
    # One word of matter in a longer quotation, of which the sentence around it tells the rest.
    return len(sentence.pieces[0].context & leader.content) >= _TOLD_AROUND


def _one_report_apart(a: _Sentence, b: _Sentence) -> bool:
    """Whether at least one of the two stands in a report that has not the other.

    One report prints the same words twice, in a headline and below it, but seldom two translations.
    """
    return bool(a.reports ^ b.reports)


def _near_in_time(a: _Sentence, b: _Sentence) -> bool:
    days = [[p.published for p in s.pieces if p.published] for s in (a, b)]
    return not all(days) or any(abs((x - y).days) <= _DAYS_APART for x in days[0] for y in days[1])


def _is_rare(stems: Sequence[str], printed: Collection[tuple[str, str]]) -> bool:
    return len(stems) > 1 and any(pair not in printed for pair in pairwise(stems))


def _same_context(a: _Sentence, b: _Sentence) -> bool:
    """Whether two quotations of a word or two stand in sentences that speak of the same."""
    name = content_stems((a.speaker or "").casefold().split())
    here, there = a.pieces[0].context - name, b.pieces[0].context - name
    shared = len(here & there)
    return shared >= 2 and shared >= 0.3 * min(len(here), len(there))


def _contrast(a: Sequence[str], b: Sequence[str]) -> bool:
    first, third = _FIRST_PERSON, _THIRD_PERSON
    one = not first.isdisjoint(a) and not third.isdisjoint(b) and third.isdisjoint(a) and first.isdisjoint(b)
    other = not first.isdisjoint(b) and not third.isdisjoint(a) and third.isdisjoint(b) and first.isdisjoint(a)
    return one or other


def _weigh(word: str) -> int:
    return _WEIGHT if is_content(word) else 1
