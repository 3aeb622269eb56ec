"""From a dossier to what its brief says, in the order of the sections.

Every line of a brief is made here, from the words of reports and from templates, so that the terminal, HTML and
Markdown say the same.
"""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec

from trucebook.agreement.gather import state_of_play
from trucebook.agreement.gather.told import told_moves
from trucebook.dossier.model import Evidence
from trucebook.render.brief import (
    KINDS,
    REASONS,
    STANCES,
    Dated,
    Fact,
    Outline,
    Retelling,
    Rewording,
    Saying,
    Side,
    Source,
    Version,
    Voice,
)
from trucebook.render.cards import cards
from trucebook.render.figures import figures
from trucebook.render.lanes import lanes
from trucebook.render.shown import count, line
from trucebook.render.texts import Texts
from trucebook.render.when import start
from trucebook.span import Span, hull

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from trucebook.agreement.held import Filed
    from trucebook.agreement.state import StateOfPlay
    from trucebook.dossier.judgement import Judged
    from trucebook.dossier.model import (
        Change,
        Dossier,
        Finding,
        Lookalike,
        Position,
        Quote,
        Relay,
        TimelineEntry,
        Variant,
    )
    from trucebook.reading.model import Attribution

# So many sources of a finding are named in its line.
_NAMED = 3
# Longer names are replaced by R1, R2, … so that a path does not fill the line it is the source of.
_LABEL = 12


def outline(dossier: Dossier, play: StateOfPlay | None = None, filed: Filed | None = None) -> Outline:
    """Return what a brief of `dossier` says, in order, each line with its places.

    Args:
        dossier: the case.
        play: where its negotiation stands; None: as of the dossier's day, by all reports.
        filed: the case with an agreement file laid beside it.
    """
    texts = Texts(dossier.readings)
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
        play=cards(
            play or state_of_play(dossier, events=filed.events if filed else None),
            {r.report.id: r.report.text for r in dossier.readings},
            filed.departures if filed else (),
        ),
        lanes=lanes(told_moves(dossier), as_of),
        actors=figures(dossier),
        lookalikes=tuple(_alike(x, f"L{number}", texts) for number, x in enumerate(dossier.lookalikes, 1)),
        retellings=tuple(_retellings(dossier, texts)),
    )


# How far a report tells after an outlet.
_HOW = {"text": "its text", "report": "the report as a whole", "part": "in part, and not said which"}


def _retellings(dossier: Dossier, texts: Texts) -> Iterator[Retelling]:
    """One line a report and an outlet: how far the one tells after the other, with the first words that say so."""
    groups: dict[tuple[str, str], list[Relay]] = {}
    for relay in dossier.relays:
        groups.setdefault((relay.report, relay.outlet), []).append(relay)
    for (report, outlet), relays in groups.items():
        places = [Evidence(report=report, span=r.words) for r in relays if r.words]
        claims = sum(r.how == "claims" for r in relays)
        ways = [_HOW[r.how] for r in relays if r.how != "claims"]
        ways += [count(claims, "passage")] if claims else []
        yield Retelling(
            report=report,
            outlet=line(outlet),
            origin=relays[0].origin,
            how=", ".join(dict.fromkeys(ways)),
            words=replace(texts.grouped(places[:1])[0], teller="") if places else None,
        )


def _score(finding: Finding) -> str:
    """How central a finding is, with its parts; nothing where it was not weighed."""
    parts = msgspec.structs.asdict(finding.importance)
    told = ", ".join(f"{name} {value:.2f}" for name, value in parts.items() if value)
    return f"strength {finding.strength:.2f}: {told}" if told else ""


def _independence(finding: Finding) -> str:
    """What is known of whether the origins of a finding are independent, where several reports tell it."""
    if finding.independence == "one":
        return finding.sources[0].why if finding.sources and len(finding.sources[0].reports) > 1 else ""
    named = [s.name for s in finding.sources if s.why and s.kind != "report"]
    if finding.independence == "named":
        return f"sources named: {' and '.join(named[:_NAMED])}{' and others' if len(named) > _NAMED else ''}"
    return ""


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


def _facts(dossier: Dossier, texts: Texts, standing: str) -> list[tuple[str, Fact]]:
    letter = {"corroborated": "A", "disputed": "D", "single": "S"}[standing]
    chosen = (f for f in dossier.findings if f.standing == standing)
    return [(f.id, _fact(dossier, f, f"{letter}{number}", texts)) for number, f in enumerate(chosen, 1)]


def _shown(facts: Iterable[tuple[str, Fact]]) -> tuple[Fact, ...]:
    return tuple(fact for _, fact in facts)


def _alike(found: Lookalike, mark: str, texts: Texts) -> Fact:
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


def _sides(positions: Iterable[Position], texts: Texts) -> tuple[Side, ...]:
    return tuple(
        Side(value=line(p.value), words=texts.grouped(p.evidence), reports=_reports(p.evidence)) for p in positions
    )


def _differs(finding: Finding) -> str:
    """What differs, and that it is the parties who do, where reports quote them."""
    if finding.kind is None:
        return ""
    return KINDS[finding.kind] + (": the parties differ" if finding.level == "parties" else "")


def _fact(dossier: Dossier, finding: Finding, mark: str, texts: Texts) -> Fact:
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
        verdicts=tuple(verdict(j) for j in dossier.judged_on("finding", finding.id)),
        independence=line(_independence(finding)),
        score=_score(finding),
    )


_VERDICTS = {"accept": "accepted", "reject": "REJECTED", "correct": "corrected", "note": "noted"}


def verdict(judged: Judged) -> str:
    """Return who judged what, and why: beside what the program found, which stays as it is."""
    made = judged.judgement
    said = ": ".join(filter(None, (_VERDICTS.get(made.act, made.act), made.value)))
    reason = f" ({made.reason})" if made.reason else ""
    asks = "; source and extraction have changed since: judge again" if judged.hold == "stale" else ""
    return line(f"{said}, by {made.user}{reason}{asks}")


def _reports(places: Iterable[Evidence]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(place.report for place in places))


def _dated(entry: TimelineEntry, number: int, texts: Texts) -> Dated:
    statement = texts.statement(entry.what, entry.evidence)
    mark, when = f"T{number}", entry.when
    return Dated(mark=mark, when=when, planned=entry.planned, conditional=entry.conditional, statement=statement)


def _voices(dossier: Dossier, texts: Texts) -> tuple[Voice, ...]:
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


def _saying(quote: Quote, mark: str, texts: Texts) -> Saying:
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


def _version(variant: Variant, speaker: str | None, texts: Texts) -> Version:
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
