"""From a dossier to the book that the pages show: the lines of the brief, each with its id, words and places."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import msgspec

from trucebook.agreement.gather import state_of_play
from trucebook.desk.book import Book, Lines, ident
from trucebook.desk.laying_play import Cards
from trucebook.desk.laying_review import review
from trucebook.desk.views import (
    ActorView,
    BelongingView,
    DatedView,
    FindingView,
    JoinView,
    OfficeView,
    QuoteView,
    ReportView,
    Side,
    Spot,
    VersionView,
    Wording,
)
from trucebook.dossier.model import Evidence
from trucebook.render.brief import KINDS, REASONS, STANCES
from trucebook.render.outline import verdict
from trucebook.render.shown import clip, line
from trucebook.render.texts import Texts
from trucebook.render.when import start

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from trucebook.desk.views import Shown
    from trucebook.dossier.model import (
        Actor,
        Belonging,
        Dossier,
        Finding,
        Held,
        Lookalike,
        Position,
        Quote,
        TimelineEntry,
        Variant,
    )
    from trucebook.reading.model import Attribution, Reading
    from trucebook.record.replay import Key
    from trucebook.render.brief import Words

# Of the first sentence of a report without a headline, so much is shown.
_BEGINS = 90


def lay(dossier: Dossier, keys: Iterable[Key], warnings: Iterable[str] = ()) -> Book:
    """Return the book of a case.

    Args:
        dossier: what the case comes to, with its readings.
        keys: where these stand in the record.
        warnings: what the reader should know about it.
    """
    return _Layer(dossier, {key.name: key for key in keys}).book(tuple(warnings))


@dataclass(frozen=True)
class _Layer:
    dossier: Dossier
    keys: dict[str, Key]
    texts: Texts = field(init=False)
    actor_ids: dict[str, str] = field(init=False)
    rejected: frozenset[str | None] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "texts", Texts(self.dossier.readings))
        speakers = (j for j in self.dossier.judged if j.judgement.subject.kind == "speaker")
        object.__setattr__(self, "rejected", frozenset(j.target for j in speakers if j.judgement.act == "reject"))
        object.__setattr__(self, "actor_ids", {a.name: ident("actor", a.name) for a in self.dossier.actors})

    def book(self, warnings: tuple[str, ...]) -> Book:
        of = self.dossier
        words = {r.report.id: r.report.text for r in of.readings}
        numbers = {name: k.report for name, k in self.keys.items()}
        state = state_of_play(of)
        shown = {r.report.id: line(r.report.outlet) for r in of.readings if r.report.outlet}
        play = Cards(state, words, numbers, self.spots, shown)
        return Book(
            as_of=of.as_of.isoformat() if of.as_of else None,
            reports=tuple(sorted(map(self._report, of.readings), key=lambda r: r.number)),
            actors=tuple(map(self._actor, of.actors)),
            turns=play.turns(),
            proposals=play.proposals(),
            commitments=play.commitments(),
            plans=play.plans(),
            positions=play.positions(),
            warnings=warnings,
            review=review(of, state, numbers, self._wordings),
            lines=Lines(
                findings=tuple(map(self._finding, of.findings)),
                lookalikes=tuple(map(self._lookalike, of.lookalikes)),
                quotes=tuple(map(self._quote, of.quotes)),
                timeline=tuple(map(self._dated, of.timeline)),
            ),
        )

    def spots(self, places: Iterable[Evidence]) -> tuple[Spot, ...]:
        return tuple(Spot(report=self.keys[p.report].report, span=p.span) for p in dict.fromkeys(places))

    def _numbers(self, places: Iterable[Evidence]) -> tuple[int, ...]:
        return tuple(dict.fromkeys(self.keys[p.report].report for p in places))

    def _report(self, reading: Reading) -> ReportView:
        told, key = reading.report, self.keys[reading.report.id]
        copied = self.dossier.copies.get(told.id)
        return ReportView(
            number=key.report,
            name=line(told.id),
            version=key.number,
            outlet=line(told.outlet) if told.outlet else None,
            title=line(told.title) if told.title else None,
            begins="" if told.title else _first_words(reading),
            published=told.published,
            url=told.url and line(told.url),
            author=told.author and line(told.author),
            path=line(told.path),
            sha256=told.sha256,
            language=told.language,
            length=told.length,
            copies=self.keys[copied].report if copied else None,
            warnings=tuple(map(line, reading.warnings)),
            text=key.version,
            reading=key.reading,
        )

    def _finding(self, found: Finding) -> FindingView:
        differs = "" if found.kind is None else KINDS[found.kind]
        parties = ": the parties differ" if found.level == "parties" else ""
        return msgspec.structs.replace(
            self._told(found, found.standing, differs + parties),
            level=found.level,
            conditions=self._wordings(widest(found.conditions)),
            origins=found.origins,
            strength=found.strength,
            confidence=found.confidence,
            voice=found.voice and line(found.voice),
            verdicts=tuple(verdict(j) for j in self.dossier.judged_on("finding", found.id)),
        )

    def _lookalike(self, found: Lookalike) -> FindingView:
        return self._told(found, "lookalike", REASONS[found.reason])

    def _told(self, found: Finding | Lookalike, standing: Shown, differs: str) -> FindingView:
        places = [e for p in found.positions for e in p.evidence]
        said = self.texts.statement(found.statement, list(dict.fromkeys(places)))
        reports = self._numbers(places)
        return FindingView(
            id=found.id,
            standing=standing,
            kind=found.kind,
            differs=differs,
            statement=said.text,
            exact=said.exact,
            words=said.words,
            teller=said.teller,
            spots=self.spots(said.places),
            sides=tuple(map(self._side, found.positions)),
            reports=reports,
            origins=len(reports),
            why=line(found.why),
        )

    def _side(self, position: Position) -> Side:
        wordings = self._wordings(position.evidence)
        return Side(value=line(position.value), wordings=wordings, reports=self._numbers(position.evidence))

    def _wordings(self, places: Iterable[Evidence]) -> tuple[Wording, ...]:
        return tuple(map(self._wording, self.texts.grouped(places)))

    def _wording(self, words: Words) -> Wording:
        spots = self.spots(words.places)
        return Wording(text=words.text, before=words.before, after=words.after, teller=words.teller, spots=spots)

    def _quote(self, found: Quote) -> QuoteView:
        return QuoteView(
            id=found.id,
            speaker=found.speaker and line(found.speaker),
            actor=self.actor_ids.get(found.speaker or ""),
            same_wording=found.same_wording,
            versions=tuple(map(self._version, found.variants)),
        )

    def _version(self, found: Variant) -> VersionView:
        place = Evidence(report=found.report, span=found.span)
        said = self.texts.said.get((found.report, found.attribution or ""))
        told = said is not None and said.stance != "neutral"
        text = self.texts.text(place)
        return VersionView(
            spot=self.spots([place])[0],
            text=self.texts.words(place),
            speaker=found.speaker and line(found.speaker),
            attribution=found.attribution,
            changes=found.changes,
            stance=STANCES[said.stance] if said is not None and told else "",
            cue=line(" ".join(s.of(text) for s in said.cue or ())) if said is not None and told else "",
            source=self._source(said, text) if said is not None and not found.speaker else "",
        )

    def _source(self, said: Attribution, text: str) -> str:
        """The report's words for who said something; none where a person judged that they do not tell it."""
        return "" if said.id in self.rejected else line(" … ".join(s.of(text) for s in said.source or ()))

    def _dated(self, found: TimelineEntry) -> DatedView:
        said = self.texts.statement(found.what, found.evidence)
        return DatedView(
            when=found.when,
            start=start(found.when),
            precision=found.precision,
            what=said.text,
            exact=said.exact,
            words=said.words,
            teller=said.teller,
            planned=found.planned,
            conditional=found.conditional,
            spots=self.spots(said.places),
        )

    def _actor(self, found: Actor) -> ActorView:
        given = found.given.identifiers if found.given is not None else {}
        return ActorView(
            id=self.actor_ids[found.name],
            name=line(found.name),
            type=found.type,
            aliases=tuple(line(a) for a in found.aliases if a != found.name),
            mentions=found.mentions,
            reports=tuple(self.keys[name].report for name in found.reports),
            roles=tuple(map(line, found.roles)),
            offices=tuple(map(self._office, found.offices)),
            affiliations=tuple(map(self._belonging, found.affiliations)),
            state=self._belonging(found.state) if found.state is not None else None,
            side=self._belonging(found.side) if found.side is not None else None,
            joins=tuple(
                JoinView(names=(line(m.names[0]), line(m.names[1])), reason=line(m.reason), score=round(m.score))
                for m in found.merges
            ),
            identifiers={line(key): line(value) for key, value in given.items()},
        )

    def _office(self, found: Held) -> OfficeView:
        return OfficeView(
            words=line(found.words),
            when=found.when,
            first_told=found.first_told,
            last_told=found.last_told,
            spots=self.spots(found.evidence),
        )

    def _belonging(self, found: Belonging) -> BelongingView:
        return BelongingView(value=line(found.value), given=found.given, spots=self.spots(found.evidence))


def widest(places: Sequence[Evidence]) -> list[Evidence]:
    """Return places without those that lie in another: "only if Sundria agrees", and not "if Sundria agrees" besides.

    Args:
        places: in any order.
    """
    return [
        p
        for p in places
        if not any(o.report == p.report and o.span != p.span and o.span.covers(p.span) for o in places)
    ]


def _first_words(reading: Reading) -> str:
    """How a report begins, by which people know one that has no headline."""
    text = reading.report.text
    return clip(line(reading.sentences[0].span.of(text)), _BEGINS) if reading.sentences else ""
