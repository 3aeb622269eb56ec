"""A dossier from readings: actors merged, quotations grouped, facts found, dates put in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from trucebook.dossier.actors import merge_actors
from trucebook.dossier.alike import number_lookalikes, utterance_lookalikes
from trucebook.dossier.copies import find_copies
from trucebook.dossier.events import events
from trucebook.dossier.features import words_of
from trucebook.dossier.findings import Facts, coverage, find_facts
from trucebook.dossier.importance import Scale
from trucebook.dossier.judged import LATER, actors_judged, all_judged, speakers_judged
from trucebook.dossier.judging import in_force
from trucebook.dossier.model import Dossier
from trucebook.dossier.moves import with_speakers
from trucebook.dossier.origins import Trail, trace
from trucebook.dossier.quotes import group_quotes
from trucebook.dossier.rank_disputes import rank_findings
from trucebook.dossier.relays import find_relays
from trucebook.dossier.timeline import build_timeline
from trucebook.dossier.values import findings_of, grouped
from trucebook.dossier.vectors import of_words
from trucebook.dossier.versions import quote_disputes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from trucebook.dossier.judgement import Judgement
    from trucebook.dossier.model import Evidence, Finding, Lookalike
    from trucebook.reading.known import KnownActor
    from trucebook.reading.model import Reading
    from trucebook.report import Refusal

    Progress = Callable[[int], None]


def _beyond(facts: Iterable[Finding], numbers: Iterable[Finding]) -> Iterator[Finding]:
    """The findings of numbers that say more than the facts: a number inside an agreed fact is agreed with it."""
    facts = list(facts)
    agreed = [f for f in facts if f.standing == "corroborated"]
    for finding in numbers:
        places = [e for p in finding.positions for e in p.evidence]
        inside = any(all(_covered(e, fact) for e in places) for fact in agreed)
        if (finding.standing != "corroborated" or not inside) and not any(_same_dispute(finding, f) for f in facts):
            yield finding


def _is_disputed(fact: Finding, numbers: Iterable[Finding]) -> bool:
    """Whether the number that a fact tells is disputed: it is then told by the dispute over all such numbers alone."""
    if fact.standing != "corroborated" and fact.kind != "value":
        return False
    sides = [[e for p in n.positions for e in p.evidence] for n in numbers if n.standing == "disputed"]
    return any(len({e.report for e in places if _covered(e, fact)}) > 1 for places in sides)


def _is_of_rank(fact: Finding, ranks: Iterable[Finding]) -> bool:
    """Whether a fact or a dispute is what a dispute over a rank tells: who has it is no fact that reports agree on."""
    if fact.standing == "single" or (fact.standing == "disputed" and fact.kind not in {"actor", "value"}):
        return False
    places = [e for p in fact.positions for e in p.evidence]
    sides = [[e for p in r.positions for e in p.evidence] for r in ranks]
    return any(len({e.report for e in side if any(_is_mostly(e, x) for x in places)}) > 1 for side in sides)


def _is_mostly(place: Evidence, other: Evidence) -> bool:
    """Whether two places are mostly the same words."""
    shared = place.span.overlap(other.span) if place.report == other.report else 0
    return 2 * shared > max(place.span.length, other.span.length)


def _same_dispute(number: Finding, fact: Finding) -> bool:
    """Whether a dispute over a number is the dispute over a fact that holds it."""
    if {number.kind, fact.kind} != {"value"}:
        return False
    return all(_covered(e, fact) for p in number.positions for e in p.evidence)


def _covered(place: Evidence, fact: Finding) -> bool:
    return any(e.report == place.report and e.span.covers(place.span) for p in fact.positions for e in p.evidence)


def _of_events(
    groups: Sequence[Sequence[Reading]],
    canonical: Mapping[tuple[str, str], str],
    copies: Mapping[str, str],
    progress: Progress | None,
) -> Facts:
    """The findings of all events."""
    readings = [r for group in groups for r in group]
    words = of_words(words_of(readings, canonical)) if len(readings) > 1 else None
    findings: list[Finding] = []
    lookalikes: list[Lookalike] = []
    for group in groups:
        facts = find_facts(group, canonical, copies, words=words)
        counted = grouped(group, canonical)
        of_numbers = findings_of(counted, copies, {r.report.id for r in group})
        numbers = tuple(_beyond(facts.findings, of_numbers))
        ranks = rank_findings(group, canonical, copies)
        findings += [
            *(f for f in facts.findings if not _is_disputed(f, numbers) and not _is_of_rank(f, ranks)),
            *numbers,
            *ranks,
        ]
        lookalikes += [*facts.lookalikes, *number_lookalikes(counted, copies)]
        if progress:
            progress(len(group))
    return Facts(tuple(findings), tuple(lookalikes))


def build(
    readings: Iterable[Reading],
    refusals: Iterable[Refusal] = (),
    *,
    known: Sequence[KnownActor] = (),
    judgements: Sequence[Judgement] = (),
    progress: Progress | None = None,
) -> Dossier:
    """Reconcile the readings of one case; the order in which they are given makes no difference.

    Args:
        readings: one a report, with distinct report ids.
        refusals: inputs that were not read, to be shown beside.
        known: actors that the user told of.
        judgements: what people decided, all of it, in the order in which they did.
        progress: called with the number of reports whose findings have been found since the last call.
    """
    machine = tuple(sorted(readings, key=lambda r: r.report.id))
    ordered = speakers_judged(machine, judgements)
    merged = actors_judged(merge_actors(ordered, known), ordered, judgements)
    ordered = with_speakers(ordered, machine, merged.actors)
    copies = find_copies(ordered)
    groups = events(ordered, merged.canonical)
    found = _of_events(groups, merged.canonical, copies, progress)
    quotes = group_quotes(ordered, merged.canonical)
    by_id = {r.report.id: r for r in ordered}
    over_words = quote_disputes(quotes, by_id, copies)
    relays = find_relays(ordered)
    traced = trace([*found.findings, *over_words], Trail(by_id, relays, copies, merged.canonical))
    scale = Scale(groups, copies, merged.canonical)
    findings = tuple(sorted(map(scale.weigh, traced), key=lambda f: (-f.strength, f.id)))
    days = [r.report.published for r in ordered if r.report.published]
    dossier = Dossier(
        as_of=max(days, default=None),
        readings=ordered,
        copies=copies,
        actors=merged.actors,
        quotes=quotes,
        findings=findings,
        timeline=build_timeline(ordered, merged.canonical),
        coverage=coverage(ordered, findings),
        lookalikes=(*found.lookalikes, *utterance_lookalikes(quotes, by_id, copies)),
        refusals=tuple(refusals),
        relays=relays,
    )
    to_hold = tuple(j for j in in_force(judgements) if j.subject.kind in LATER)
    return msgspec.structs.replace(dossier, judged=all_judged(dossier, machine, judgements), to_hold=to_hold)
