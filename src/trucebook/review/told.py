"""Doubts about what the reports tell: findings, quotations, speakers and actors."""

from __future__ import annotations

from collections import defaultdict
from math import log1p
from typing import TYPE_CHECKING

from trucebook.dossier.model import Evidence
from trucebook.review.doubt import Doubted, Reason, one_line, percent
from trucebook.span import SpanIndex

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from trucebook.dossier.model import Actor, Dossier, Finding, Quote
    from trucebook.reading.model import Abstention, Attribution, Reading
    from trucebook.span import Span

# The doubts below are ranks, not measured: which a person should look at first. They are stated once, here.
_REPORTS_DISPUTE, _PARTIES_DISPUTE, _CONDITION_IN_SOME = 0.5, 0.35, 0.5
_SPEAKERS_DIFFER, _SEVERAL_SOURCES, _UNRESOLVED, _NO_NAME = 0.8, 0.7, 0.6, 0.3
_ONE_REPORT = 0.25
# A model that is surer than this that reports tell of one thing is not asked about it.
_SURE = 0.8
# How sure a rule is that two names are one actor's, by its score: below the first, below the second.
_JOINS = ((60.0, 0.5), (90.0, 0.35))
# Reports in which places of an actor's names are looked for.
_LOOKED_AT = 50
# What hangs on a quotation, on the words somebody is said to have said, and on such words that carry a move.
_QUOTED, _SAID, _MOVED = 0.5, 0.25, 0.8


def of_findings(dossier: Dossier) -> Iterator[Doubted]:
    """Yield findings that are disputed, or of which it is not sure that they are of one thing."""
    for finding in dossier.findings:
        reasons = tuple(_of_finding(finding))
        if reasons:
            places = tuple(e for p in finding.positions for e in p.evidence)
            found = f"{finding.standing} {finding.kind or ''}".strip()
            importance = max(0.2, min(1.0, finding.strength))
            yield Doubted("finding", finding.id, one_line(finding.statement), found, importance, reasons, places)


def _of_finding(finding: Finding) -> Iterator[Reason]:
    if finding.standing == "disputed":
        who, doubt = ("parties", _PARTIES_DISPUTE) if finding.level == "parties" else ("reports", _REPORTS_DISPUTE)
        yield Reason(doubt, f"the {who} contradict each other over the {finding.kind}")
    sure = finding.confidence
    if sure is not None and sure < _SURE and finding.standing != "single":
        yield Reason(min(0.95, 2 * (1 - sure)), f"that the reports speak of one thing is {percent(sure)} sure")
    told = {e.report for p in finding.positions for e in p.evidence}
    under = {e.report for e in finding.conditions}
    if finding.kind != "condition" and under and told - under:
        yield Reason(_CONDITION_IN_SOME, f"{len(under & told)} of {len(told)} reports tell it under a condition")


def of_quotes(dossier: Dossier) -> Iterator[Doubted]:
    """Yield quotations for which reports name different speakers."""
    for quote in dossier.quotes:
        names = sorted({v.speaker for v in quote.variants if v.speaker})
        if len(names) > 1:
            reason = Reason(_SPEAKERS_DIFFER, f"reports name different speakers: {'; '.join(names)}")
            yield _doubted_quote(quote, reason, dossier)


def _doubted_quote(quote: Quote, reason: Reason, dossier: Dossier) -> Doubted:
    places = tuple(Evidence(report=v.report, span=v.span) for v in quote.variants)
    importance = min(1.0, 0.4 + 0.1 * len({p.report for p in places}))
    says = one_line(dossier.words(places[0]))
    return Doubted("quote", quote.id, says, quote.speaker or "no speaker", importance, (reason,), places)


def of_speakers(dossier: Dossier) -> Iterator[Doubted]:
    """Yield what somebody is said to have said where it was left open who."""
    rests = _resting(dossier)
    for reading in dossier.readings:
        carried = {m.attribution for m in reading.moves if m.attribution}
        left = SpanIndex((a.span, a) for a in reading.abstentions if a.what == "speaker")
        on_words = SpanIndex(rests.get(reading.report.id, ()))
        for said in reading.attributions:
            if said.speaker is None and said.manner == "speech" and said.content:
                on_it = {f.id: f for s in said.content for f in on_words.touching(s)}
                why = _unnamed(said, left)
                yield _of_speaker(said, reading, said.id in carried, list(on_it.values()), why)


def _of_speaker(
    said: Attribution, reading: Reading, carried: bool, on_it: list[Finding], why: Reason  # noqa: FBT001
) -> Doubted:  # fmt: skip
    places = tuple(Evidence(report=reading.report.id, span=s) for s in said.content)
    importance = max(_MOVED if carried else _SAID if said.kind == "indirect" else _QUOTED, _strongest(on_it))
    reasons = [why]
    if all(f.standing == "single" for f in on_it):
        reasons.append(Reason(_ONE_REPORT, "only one report tells it"))
    if any(f.standing == "disputed" for f in on_it):
        reasons.append(Reason(_ONE_REPORT, "a dispute rests on it"))
    if carried:
        reasons.append(Reason(_ONE_REPORT, "it carries a move, which is nobody's until the speaker is known"))
    says = one_line(" … ".join(s.of(reading.report.text) for s in said.content))
    return Doubted("speaker", said.id, says, "no speaker", importance, tuple(reasons), places)


def _unnamed(said: Attribution, abstained: SpanIndex[Abstention]) -> Reason:
    """Why nobody was taken for the speaker."""
    around = (*(said.source or ()), *(said.cue or ()))
    left = [a for s in around for a in abstained.touching(s)]
    if not left:
        return Reason(_NO_NAME, "no speaker is named")
    names = f" ({'; '.join(left[0].candidates)})" if left[0].candidates else ""
    doubt = _SEVERAL_SOURCES if len(left[0].candidates) > 1 else _UNRESOLVED
    unnamed = said.source_kind in {"unnamed", "title"} and not left[0].candidates
    return Reason(_NO_NAME if unnamed else doubt, f"the speaker was left open: {left[0].reason}{names}")


def _resting(dossier: Dossier) -> dict[str, list[tuple[Span, Finding]]]:
    """The words of each report that findings rest on."""
    found: dict[str, list[tuple[Span, Finding]]] = defaultdict(list)
    for finding in dossier.findings:
        for place in (e for p in finding.positions for e in p.evidence):
            found[place.report].append((place.span, finding))
    return found


def _strongest(findings: list[Finding]) -> float:
    return max((min(1.0, f.strength) for f in findings), default=0.0)


def of_actors(dossier: Dossier) -> Iterator[Doubted]:
    """Yield actors some of whose names were joined by a rule that is not sure."""
    most = max((a.mentions for a in dossier.actors), default=0)
    by_report = {r.report.id: r for r in dossier.readings}
    for actor in dossier.actors:
        reasons = tuple(_of_actor(actor))
        if reasons:
            importance = max(0.2, log1p(actor.mentions) / log1p(max(most, 1)))
            places = tuple(_first_named(actor, by_report))
            names = ", ".join(actor.aliases)
            yield Doubted("actor", actor.name, one_line(names), actor.type, min(1.0, importance), reasons, places)


def _of_actor(actor: Actor) -> Iterator[Reason]:
    for merge in actor.merges:
        doubt = next((d for score, d in _JOINS if merge.score < score), None)
        if doubt is not None:
            one, other = merge.names
            yield Reason(doubt, f"“{one}” and “{other}” were taken for one: {merge.reason}")


def _first_named(actor: Actor, readings: Mapping[str, Reading]) -> Iterator[Evidence]:
    """A place for every form of its name."""
    wanted = set(actor.aliases)
    for report in actor.reports[:_LOOKED_AT]:
        reading = readings[report]
        for mention in reading.mentions:
            words = " ".join(mention.span.of(reading.report.text).split())
            if words in wanted:
                wanted.remove(words)
                yield Evidence(report=report, span=mention.span)
        if not wanted:
            return
