"""The reports' words with the sentences around them, and who is told to have said them."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from trucebook.render.brief import Statement, Words
from trucebook.render.shown import line
from trucebook.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from trucebook.dossier.model import Evidence
    from trucebook.reading.model import Attribution, Reading

_TELLS = {"neutral": "according to", "endorsing": "according to", "distancing": "claimed by", "denying": "denied by"}


@dataclass(frozen=True)
class Texts:
    """The reports' words and the sentences around them.

    Attributes:
        readings: one a report.
        by_id: the same by the report's id.
        starts: where the sentences of each begin.
        said: the attributions, by the ids of their report and their own.
    """

    readings: Sequence[Reading]
    by_id: dict[str, Reading] = field(init=False)
    starts: dict[str, list[int]] = field(init=False)
    said: dict[tuple[str, str], Attribution] = field(init=False)

    def __post_init__(self) -> None:
        every = self.readings
        object.__setattr__(self, "by_id", {r.report.id: r for r in every})
        object.__setattr__(self, "starts", {r.report.id: [s.span.start for s in r.sentences] for r in every})
        object.__setattr__(self, "said", {(r.report.id, a.id): a for r in every for a in r.attributions})

    def text(self, place: Evidence) -> str:
        """Return the text of the report that holds the words."""
        return self.by_id[place.report].report.text

    def words(self, place: Evidence) -> str:
        """Return the words, on one line."""
        return line(place.span.of(self.text(place)))

    def sentence(self, place: Evidence) -> Span | None:
        """Return the sentence that holds the words."""
        sentences = self.by_id[place.report].sentences
        at = bisect_right(self.starts[place.report], place.span.start) - 1
        return sentences[at].span if at >= 0 and sentences[at].span.covers(place.span) else None

    def around(self, place: Evidence) -> tuple[str, str]:
        """Return what the sentence says before and after the words, with the spaces that part them."""
        sentence, text = self.sentence(place), self.text(place)
        if sentence is None:
            return "", ""
        before, after = text[sentence.start : place.span.start], text[place.span.end : sentence.end]
        return line(before) + " " * before[-1:].isspace(), " " * after[:1].isspace() + line(after)

    def grouped(self, places: Iterable[Evidence]) -> tuple[Words, ...]:
        """Return the words of `places`, equal words together, in order."""
        groups: dict[tuple[str, str], list[Evidence]] = {}
        for place in dict.fromkeys(places):
            groups.setdefault((self.words(place), self.teller(place)), []).append(place)
        return tuple(self._words(text, found) for (text, _), found in groups.items())

    def teller(self, place: Evidence) -> str:
        """Return who is told to have said the words, in the report's own words where no actor is known."""
        reading = self.by_id[place.report]
        over = [a for a in reading.attributions if a.manner != "act" and any(s.covers(place.span) for s in a.content)]
        if not over:
            return ""
        said = min(over, key=lambda a: sum(s.length for s in a.content))
        source = " ".join(line(s.of(reading.report.text)) for s in said.source or ())
        # A document has no name: its words in the report ("a joint statement") say which it is.
        who = source if said.speaker == "joint statement" and source else said.speaker or source
        if said.stance == "denying" and self._is_aside(place):
            return ""
        return f"{_TELLS[said.stance]} {_inside(line(who)) or 'somebody not named'}"

    def _is_aside(self, place: Evidence) -> bool:
        """Whether words inside what somebody denies are told beside it ("the attack, in which two people died")."""
        last = Span(place.span.end - 1, place.span.end)
        over = [c for c in self.by_id[place.report].clauses if c.span.covers(last)]
        return bool(over) and not min(over, key=lambda c: c.span.length).negated

    def _words(self, text: str, places: Sequence[Evidence]) -> Words:
        before, after = self.around(places[0])
        return Words(text=text, places=tuple(places), before=before, after=after, teller=self.teller(places[0]))

    def statement(self, text: str, places: Sequence[Evidence]) -> Statement:
        """Return `text` as a line, with the place whose words or sentence hold it first."""
        wanted = line(text)
        for place in places if wanted else ():
            if wanted in self.words(place) or wanted in line((self.sentence(place) or place.span).of(self.text(place))):
                rest = (p for p in places if p != place)
                teller = self.teller(place)
                return Statement(text=wanted, exact=True, places=(place, *rest), words=self.words(place), teller=teller)
        words = self.words(places[0]) if places else ""
        teller = self.teller(places[0]) if places else ""
        return Statement(text=wanted, exact=False, places=tuple(places), words=words, teller=teller)


def _inside(words: str) -> str:
    """Return words as they stand inside a sentence: an article that began one loses its capital."""
    first, _, rest = words.partition(" ")
    return f"{first.lower()} {rest}" if rest and first in {"The", "A", "An"} else words
