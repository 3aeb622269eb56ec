"""From a dossier to what its brief says, in the order of the sections.

Every line of a brief is made here, from the words of reports and from templates, so that the terminal, HTML and
Markdown say the same.
"""

from __future__ import annotations

import itertools
from bisect import bisect_right
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from trucebook.agreement.gather import state_of_play
from trucebook.dossier.model import Evidence
from trucebook.render.brief import (
    Dated,
    Fact,
    Outline,
    Rewording,
    Saying,
    Side,
    Source,
    Statement,
    Version,
    Voice,
    Words,
)
from trucebook.render.cards import cards
from trucebook.render.figures import figures
from trucebook.render.shown import line
from trucebook.render.when import start
from trucebook.span import Span, hull

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from trucebook.agreement.state import StateOfPlay
    from trucebook.dossier.judgement import Judged
    from trucebook.dossier.model import Change, Dossier, Finding, Lookalike, Position, Quote, TimelineEntry, Variant
    from trucebook.reading.model import Attribution, Reading

# What differs, in words that take no side.
KINDS = {
    "value": "different numbers",
    "polarity": "whether it is so",
    "time": "different times",
    "place": "different places",
    "actor": "who did it",
    "speaker": "who said it",
    "condition": "on which condition",
    "status": "whether it is done",
    "wording": "the wording",
}
# Why what looks like a dispute is none.
REASONS = {
    "precision": "the same, told more or less exactly",
    "window": "another time or area",
    "later update": "a later count",
    "unit or name": "another unit or name of the same",
    "translation": "another translation",
    "detail or omission": "a detail that one leaves out",
    "another utterance": "two utterances that resemble each other",
}
# How a cue that is not neutral stands to what was said (the stances of `reading.model`).
STANCES = {"distancing": "told with distance", "endorsing": "told as true", "denying": "told as a denial"}
# Longer names are replaced by R1, R2, … so that a path does not fill the line it is the source of.
_LABEL = 12


def outline(dossier: Dossier, play: StateOfPlay | None = None) -> Outline:
    """Return what a brief of `dossier` says, in order, each line with its places.

    Args:
        dossier: the case.
        play: where its negotiation stands; None: as of the dossier's day, by all reports.
    """
    texts = _Texts(dossier.readings)
    as_of = dossier.as_of.isoformat() if dossier.as_of else None
    facts = {standing: _facts(dossier, texts, standing) for standing in ("corroborated", "disputed", "single")}
    timeline = tuple(_dated(entry, number, texts) for number, entry in enumerate(dossier.timeline, 1))
    by_id = {id_: fact for group in facts.values() for id_, fact in group}
    return Outline(
        as_of=as_of,
        sources=_sources(dossier),
        origins=len(dossier.readings) - len(dossier.copies),
        agreed=_shown(facts["corroborated"]),
        disputed=_shown(facts["disputed"]),
        single=_shown(facts["single"]),
        voices=_voices(dossier, texts),
        timeline=timeline,
        latest=tuple(e for e in reversed(timeline) if not e.planned and (not as_of or start(e.when) <= as_of)),
        coming=tuple(e for e in timeline if e.planned and _from(e.when, as_of)),
        coverage=tuple((by_id[row.finding], row.cells) for row in dossier.coverage if row.finding in by_id),
        refusals=dossier.refusals,
        play=cards(play or state_of_play(dossier), {r.report.id: r.report.text for r in dossier.readings}),
        actors=figures(dossier),
        lookalikes=tuple(_alike(x, f"L{number}", texts) for number, x in enumerate(dossier.lookalikes, 1)),
    )


def _from(when: str, as_of: str | None) -> bool:
    # "2025-03" is still to come on 12 March 2025.
    return not as_of or start(when) >= as_of or as_of.startswith(when)


def _sources(dossier: Dossier) -> dict[str, Source]:
    names = [line(r.report.id) for r in dossier.readings]
    usable = all(0 < len(name) <= _LABEL for name in names) and len(set(names)) == len(names)
    return {
        reading.report.id: Source(
            label=name if usable else f"R{number}",
            report=reading.report,
            copies=dossier.copies.get(reading.report.id),
            warnings=tuple(map(line, reading.warnings)),
        )
        for number, (name, reading) in enumerate(zip(names, dossier.readings, strict=True), 1)
    }


_TELLS = {"neutral": "according to", "endorsing": "according to", "distancing": "claimed by", "denying": "denied by"}


@dataclass(frozen=True)
class _Texts:
    """The reports' words and the sentences around them."""

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
        return self.by_id[place.report].report.text

    def words(self, place: Evidence) -> str:
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
        return f"{_TELLS[said.stance]} {_inside(line(who)) or 'somebody not named'}"

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


def _facts(dossier: Dossier, texts: _Texts, standing: str) -> list[tuple[str, Fact]]:
    letter = {"corroborated": "A", "disputed": "D", "single": "S"}[standing]
    chosen = (f for f in dossier.findings if f.standing == standing)
    return [(f.id, _fact(dossier, f, f"{letter}{number}", texts)) for number, f in enumerate(chosen, 1)]


def _shown(facts: Iterable[tuple[str, Fact]]) -> tuple[Fact, ...]:
    return tuple(fact for _, fact in facts)


def _alike(found: Lookalike, mark: str, texts: _Texts) -> Fact:
    """What looks like a dispute, with the reason why it is none in the place of what differs."""
    places = list(dict.fromkeys(e for p in found.positions for e in p.evidence))
    return Fact(
        mark=mark,
        differs=REASONS[found.reason],
        statement=texts.statement(found.statement, places),
        conditions=(),
        sides=_sides(found.positions, texts),
        reports=_reports(places),
        origins=len(_reports(places)),
        why=line(found.why),
    )


def _sides(positions: Iterable[Position], texts: _Texts) -> tuple[Side, ...]:
    return tuple(
        Side(value=line(p.value), words=texts.grouped(p.evidence), reports=_reports(p.evidence)) for p in positions
    )


def _differs(finding: Finding) -> str:
    """What differs, and that it is the parties who do, where reports quote them."""
    if finding.kind is None:
        return ""
    return KINDS[finding.kind] + (": the parties differ" if finding.level == "parties" else "")


def _fact(dossier: Dossier, finding: Finding, mark: str, texts: _Texts) -> Fact:
    places = list(dict.fromkeys(e for p in finding.positions for e in p.evidence))
    return Fact(
        mark=mark,
        differs=_differs(finding),
        statement=texts.statement(finding.statement, places),
        conditions=texts.grouped(finding.conditions),
        sides=_sides(finding.positions, texts),
        reports=_reports(places),
        origins=finding.origins,
        why=line(finding.why),
        verdicts=tuple(_verdict(j) for j in dossier.judged_on("finding", finding.id)),
    )


_VERDICTS = {"accept": "accepted", "reject": "REJECTED", "correct": "corrected", "note": "noted"}


def _verdict(judged: Judged) -> str:
    """Who judged what, and why: beside what the program found, which stays as it is."""
    made = judged.judgement
    said = ": ".join(filter(None, (_VERDICTS.get(made.act, made.act), made.value)))
    reason = f" ({made.reason})" if made.reason else ""
    asks = "; source and extraction have changed since: judge again" if judged.hold == "stale" else ""
    return line(f"{said}, by {made.user}{reason}{asks}")


def _reports(places: Iterable[Evidence]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(place.report for place in places))


def _dated(entry: TimelineEntry, number: int, texts: _Texts) -> Dated:
    statement = texts.statement(entry.what, entry.evidence)
    mark, when = f"T{number}", entry.when
    return Dated(mark=mark, when=when, planned=entry.planned, conditional=entry.conditional, statement=statement)


def _voices(dossier: Dossier, texts: _Texts) -> tuple[Voice, ...]:
    roles = {actor.name: _once(actor.roles) for actor in dossier.actors}
    groups: dict[str | None, list[Quote]] = {}
    for quote in dossier.quotes:
        groups.setdefault(quote.speaker, []).append(quote)
    unnamed = groups.pop(None, [])
    numbers = itertools.count(1)
    return tuple(
        Voice(
            name=name and line(name),
            roles=roles.get(name or "", ()),
            sayings=tuple(_saying(quote, f"Q{next(numbers)}", texts) for quote in quotes),
        )
        for name, quotes in [*groups.items(), *([(None, unnamed)] if unnamed else [])]
    )


def _once(roles: Iterable[str]) -> tuple[str, ...]:
    # "Foreign Minister" and "the foreign minister" are one office.
    shown = (line(role) for role in roles)
    return tuple({role.casefold().removeprefix("the "): role for role in reversed(list(shown))}.values())[::-1]


def _saying(quote: Quote, mark: str, texts: _Texts) -> Saying:
    longest, *others = quote.variants
    groups: dict[tuple[Change, ...], list[Version]] = {}
    for variant in others:
        changes = variant.changes if any(c.op != "same" for c in variant.changes) else ()
        groups.setdefault(changes, []).append(_version(variant, quote.speaker, texts))
    return Saying(
        mark=mark,
        longest=_version(longest, quote.speaker, texts),
        same=tuple(groups.pop((), ())),
        reworded=tuple(Rewording(changes=c, versions=tuple(versions)) for c, versions in groups.items()),
    )


def _version(variant: Variant, speaker: str | None, texts: _Texts) -> Version:
    place = Evidence(report=variant.report, span=variant.span)
    said = texts.said.get((variant.report, variant.attribution or ""))
    cue = _cue(variant.report, said)
    words = texts.grouped([place])[0]
    return Version(
        # The lines of a speaker stand under the name, which is not said again behind each.
        words=replace(words, teller="") if variant.speaker else words,
        speaker=line(variant.speaker) if variant.speaker and variant.speaker != speaker else None,
        cue=texts.grouped([cue])[0] if cue else None,
        stance=STANCES[said.stance] if cue and said else "",
    )


def _cue(report: str, said: Attribution | None) -> Evidence | None:
    if said is None or said.stance == "neutral" or not said.cue:
        return None
    covered = hull(said.cue)
    return Evidence(report=report, span=Span(*covered))
