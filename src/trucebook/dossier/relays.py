"""Who tells after whom: reports, and single claims, that are told after another outlet or an agency.

"The Marlow Gazette reported that ...", "..., according to KCNA", "she told TASS", a dateline or a byline of an agency,
"Reuters contributed to this report". What is so told has that outlet for its origin, however many print it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING

import msgspec

from trucebook.dossier.model import Relay
from trucebook.dossier.outlets import Outlets, outlet_words
from trucebook.span import Span, hull, subtract

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from trucebook.dossier.model import RelayHow
    from trucebook.dossier.outlets import Named
    from trucebook.reading.model import Attribution, Reading

# What a report says after whom in its first sentences it says of the whole; and what it says so often.
_HEAD, _OFTEN = 3, 3
# How much before and behind a name is looked at.
_NEAR = 120
# Code points between who said something and the words that name an outlet, at most; and words that are no claim.
_BESIDE, _FEW = 40, 4
# So many sentences on, the words of one who spoke to an outlet are still what was said to it.
_GOES_ON = 3
_AUTHOR_NOTE = re.compile(r"\b(?:is|are|was|writes|covers|joined|follow)\b", re.IGNORECASE)
_IN_PART = re.compile(
    r"\b(?:contribut|additional|assist|with (?:files|inputs?|information|reporting)|in part)", re.IGNORECASE
)
_STATEMENT = re.compile(r"\s+in\s+an?\s+(?:\w+\s+)?statement\b")
_CONTRIBUTED = re.compile(r"(?: also)? contributed to (?:this|the) ", re.IGNORECASE)


def find_relays(readings: Sequence[Reading]) -> tuple[Relay, ...]:
    """Return what reports tell after outlets, in the order of the readings and of the words.

    What an outlet's own report says of itself ("told the Gazette", in the Gazette) is its own work and none. An outlet
    is traced to its report among those read, where one is: the last that was published by the day of the report that
    tells after it.

    Args:
        readings: one a report.
    """
    outlets = Outlets(r.report for r in readings)
    by: dict[str, list[tuple[datetime.date | None, str]]] = defaultdict(list)
    for reading in readings:
        if own := outlets.of(reading.report):
            by[own].append((reading.report.published, reading.report.id))
    found: list[Relay] = []
    for reading in readings:
        relays = _One(reading, outlets).relays()
        found += [msgspec.structs.replace(r, origin=_origin(reading, by.get(r.outlet, ()))) for r in relays]
    return tuple(found)


def outlets_of(readings: Sequence[Reading]) -> dict[str, str]:
    """Return the outlet of each report that has one, by the report's id, as relays name it."""
    outlets = Outlets(r.report for r in readings)
    return {r.report.id: own for r in readings if (own := outlets.of(r.report))}


def _origin(reading: Reading, reports: Iterable[tuple[datetime.date | None, str]]) -> str | None:
    """The report of an outlet that another one told after: never one that came out later."""
    day = reading.report.published
    earlier = [(d, id_) for d, id_ in reports if d is None or day is None or d <= day]
    dated = sorted((d, id_) for d, id_ in earlier if d is not None)
    if dated:
        return min(id_ for d, id_ in dated if d == dated[-1][0])
    return min((id_ for _, id_ in earlier), default=None)


@dataclass(frozen=True)
class _One:
    """One report, with what it tells after whom.

    Attributes:
        reading: of the report.
        outlets: that it may name.
    """

    reading: Reading
    outlets: Outlets

    @cached_property
    def text(self) -> str:
        """The report's text."""
        return self.reading.report.text

    @cached_property
    def own(self) -> str | None:
        """The outlet of the report itself."""
        return self.outlets.of(self.reading.report)

    @cached_property
    def starts(self) -> list[int]:
        """Where the sentences begin."""
        return [s.span.start for s in self.reading.sentences]

    def relays(self) -> list[Relay]:
        """Return what the report tells after whom: of the whole first, then of its claims in order."""
        claims = [r for r in (*self._told(), *self._said()) if r.outlet != self.own]
        every: list[Relay] = []
        reached: dict[str, int] = {}
        for relay in sorted(claims, key=lambda r: (r.words or Span(0, 0), -len(r.claims))):
            start, end = relay.words or Span(0, 0)
            # An attribution to the outlet and the words beside its name are one link.
            if start >= reached.get(relay.outlet, 0):
                every.append(relay)
                reached[relay.outlet] = end
        return [*self._texts(), *self._of_the_whole(every), *every]

    def _relay(self, outlet: str, how: RelayHow, words: Span | None, claims: Iterable[Span] = ()) -> Relay:
        return Relay(
            report=self.reading.report.id, outlet=outlet, how=how, words=words, claims=tuple(sorted(set(claims)))
        )

    # -- the whole

    def _texts(self) -> Iterator[Relay]:
        """Whose text the report is, by its author, its dateline and its bylines."""
        found: dict[str, Relay] = {}
        author = self.reading.report.author or ""
        for named in self.outlets.find(author, [Span(0, len(author))])[0] if author.strip() else ():
            found.setdefault(named.outlet, self._relay(named.outlet, "text", None))
        marks = [f for f in self.reading.furniture if f.kind in {"byline", "dateline"}]
        for mark, names in zip(marks, self.outlets.find(self.text, [f.span for f in marks]), strict=True):
            words = mark.span.of(self.text)
            if mark.kind == "byline" and _AUTHOR_NOTE.search(words):
                continue
            how: RelayHow = "part" if mark.kind == "byline" and _IN_PART.search(words) else "text"
            for named in names:
                found.setdefault(named.outlet, self._relay(named.outlet, how, mark.span))
        return (r for r in found.values() if r.outlet != self.own)

    def _of_the_whole(self, claims: Sequence[Relay]) -> Iterator[Relay]:
        """The outlets that a report tells after at its head, or often."""
        often = Counter(r.outlet for r in claims if r.how == "claims")
        head = self.reading.sentences[:_HEAD][-1:]
        seen: set[str] = set()
        for relay in claims:
            at_head = relay.words is not None and bool(head) and relay.words.start < head[0].span.end
            if relay.how == "claims" and relay.outlet not in seen and (at_head or often[relay.outlet] >= _OFTEN):
                seen.add(relay.outlet)
                yield self._relay(relay.outlet, "report", relay.words)

    # -- the claims

    def _told(self) -> Iterator[Relay]:
        """What is told beside the names of outlets."""
        spans = [s.span for s in self.reading.sentences]
        for at, names in enumerate(self.outlets.find(self.text, spans)):
            for named in names:
                if _CONTRIBUTED.match(self.text, named.span.end, spans[at].end):
                    yield self._relay(named.outlet, "part", named.span)
                elif (words := _says_so(self.text, spans[at], named)) is not None:
                    how: RelayHow = "part" if _IN_PART.search(words.of(self.text)) else "claims"
                    yield self._relay(named.outlet, how, words, self._covered(at, words) if how == "claims" else ())

    def _said(self) -> Iterator[Relay]:
        """What an outlet is told to have said, by a pronoun too."""
        for said in self.reading.attributions:
            if said.manner == "speech" and (outlet := self.outlets.known(said.speaker)) and (marks := _marks(said)):
                yield self._relay(outlet, "claims", marks, said.content)

    def _covered(self, at: int, words: Span) -> Iterator[Span]:
        """The words that are told after an outlet: what its words carry, else the sentence but for others' words."""
        sentence = self.reading.sentences[at].span
        near = [a for a in self._around(at) if a.manner != "act"]
        carried = [a for a in near if (marks := _marks(a)) and _beside(marks, words, sentence) and not _holds(a, words)]
        yield from (c for a in carried for c in a.content)
        for said in carried:
            if said.speaker and self.outlets.known(said.speaker) is None:
                yield from self._goes_on(at, said.speaker)
        if not carried:
            others = [c for a in near if not _holds(a, words) for c in a.content]
            rest = [s for s in subtract(sentence, [*others, words]) if s.length > 1]
            # Where nothing but others' words is left, it is these that are told after the outlet.
            few = sum(len(s.of(self.text).split()) for s in rest) < _FEW
            yield from subtract(sentence, [words]) if few else rest

    def _goes_on(self, at: int, speaker: str) -> Iterator[Span]:
        """What one who spoke to an outlet says in the next sentences, up to where another speaks."""
        for following in range(at + 1, min(at + 1 + _GOES_ON, len(self.starts))):
            said = self._by_sentence.get(following, [])
            if any(a.speaker != speaker for a in said):
                return
            yield from (c for a in said for c in a.content)

    @cached_property
    def _by_sentence(self) -> dict[int, list[Attribution]]:
        found: dict[int, list[Attribution]] = defaultdict(list)
        for said in self.reading.attributions:
            start = (_marks(said) or hull(said.content)).start if said.content else 0
            found[max(0, bisect_right(self.starts, start) - 1)].append(said)
        return found

    def _around(self, at: int) -> list[Attribution]:
        return [a for i in (at - 1, at, at + 1) for a in self._by_sentence.get(i, ())]


def _marks(said: Attribution) -> Span | None:
    spans = (*(said.source or ()), *(said.cue or ()))
    return hull(spans) if spans else None


def _beside(marks: Span, words: Span, sentence: Span) -> bool:
    """Whether who said it and after whom it is told stand together ("he said in an interview with ...")."""
    gap = max(marks.start - words.end, words.start - marks.end)
    return sentence.covers(marks) and gap <= _BESIDE


def _holds(said: Attribution, words: Span) -> bool:
    """Whether words stand inside what somebody said."""
    return any(c.covers(words) for c in said.content)


def _says_so(text: str, sentence: Span, named: Named) -> Span | None:
    """The words by which a sentence says that it tells after an outlet that it names."""
    start = max(sentence.start, named.span.start - _NEAR)
    if before := _before().search(text, start, named.span.start):
        if _picture().search(text, start, before.start("so")):
            return None
        return Span(before.start("so"), named.span.end)
    if after := _after().match(text, named.span.end, min(sentence.end, named.span.end + _NEAR)):
        # What an outlet says of itself in a statement it says as a party.
        party = _STATEMENT.match(text, after.end(), sentence.end) is not None
        return None if party else Span(named.span.start, after.end())
    return None


def _any_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in sorted(words, key=len, reverse=True))


@cache
def _before() -> re.Pattern[str]:
    words = outlet_words()
    between = rf"(?:(?i:{_any_of(words.descriptions)})|[A-ZÀ-Þ][\w-]*(?:[’']s)?)"
    determiner = r"(?:(?:the|a|an|its|his|her|their|this)\s+)?"
    # "…, reported the Gazette": behind a comma or a quotation mark the verb may stand before its subject.
    told = _any_of(v for v in words.verbs if v.endswith(("ed", "aid", "ote", "ys", "ts", "tes")))
    inverted = rf"(?<=[,”\"’'])\s+(?:{told})"
    said = rf"(?<!\w)(?i:{_any_of(words.before)})"
    return re.compile(rf"(?P<so>{said}|{inverted})\s+{determiner}(?:(?:{between}|and)\s+){{0,5}}$")


@cache
def _picture() -> re.Pattern[str]:
    return re.compile(rf"\b(?i:{_any_of(outlet_words().pictures)})\s*(?:\w+\s+){{0,2}}$")


@cache
def _after() -> re.Pattern[str]:
    words = outlet_words()
    noun = rf"(?:\s+(?:{_any_of(words.nouns)}))?"
    aside = r"(?:\s*\([^()]{1,40}\))?(?:\s*[,–—-]\s?[^,;–—]{1,90}[,–—])?"
    when = r"(?:\s+(?:on\s+)?(?:[A-Z][a-z]+day|today|yesterday))?"
    adverbs = rf"(?:\s+(?:{_any_of(words.adverbs)})){{0,3}}"
    works = rf"(?:[’']s?)?\s+(?:[\w-]+\s+)?(?:{_any_of(words.works)})\s+(?:that|said|says|saying|which|on|about|of)\b"
    return re.compile(rf"{noun}{aside}{when}{adverbs}\s+(?:{_any_of(words.verbs)})\b|{works}|:(?=\s)")


def relays_of(relays: Iterable[Relay]) -> Mapping[str, list[Relay]]:
    """Return relays by the report that tells."""
    by: dict[str, list[Relay]] = defaultdict(list)
    for relay in relays:
        by[relay.report].append(relay)
    return by
