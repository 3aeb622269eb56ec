"""People's judgements, as an input of the dossier: what they are, what they were made of, and whether they still hold.

A judgement is made of a thing that the program found: a finding, who said an attribution's words, an actor, and
whatever else has an id and evidence. The program's own output stays as it is beside it.

A judgement holds as long as

1. the source is as it was: the reports that the thing rests on are the same and have the same text, whatever a later
   program makes of them; or
2. the extraction is as it was: the same was found in the same words, though the reports around it were edited or joined
   by others.

Where both have changed it is stale: it is not applied, and the person is asked again. A judgement of an actor is one of
names and holds in later reports too; it asks again where the reports that it was made of have changed and the names are
gone from them. (The rule of OpenSanctions'
reviews: a re-extraction never overwrites accepted work unless both changed.)
"""

from __future__ import annotations

import hashlib
from collections.abc import Set  # of the alias below
from typing import TYPE_CHECKING

from trucebook.dossier.judgement import Anchor, Judged, Subject, plain
from trucebook.dossier.model import Evidence
from trucebook.reading.names import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from trucebook.dossier.judgement import Judgement
    from trucebook.dossier.model import Actor, Dossier
    from trucebook.reading.model import Reading
    from trucebook.span import Span

Named = Set[tuple[str, str]]
"""Words that name actors, each behind the id of its report."""

# The share of a thing's evidence that must be found again for it to be taken for the same thing.
_SAME = 0.5
REPORTS = 20
"""Reports whose words a judgement of an actor keeps: enough to see whether the names are still there."""


def in_force(judgements: Iterable[Judgement]) -> tuple[Judgement, ...]:
    """Return the judgements that nobody has taken back, in the order in which they were made.

    An undo can be undone. Of two verdicts (accept, reject) on one thing, and of two corrections, the later counts.

    Args:
        judgements: all of them, in the order in which they were made.
    """
    every = list(judgements)
    gone: set[str] = set()
    # From the last to the first: whether an undo is itself undone is known by then.
    for judgement in reversed(every):
        if judgement.act == "undo" and judgement.id not in gone:
            gone.add(judgement.value)
    kept = [j for j in every if j.act != "undo" and j.id not in gone]
    last = {_aspect(j): j.id for j in kept}
    return tuple(j for j in kept if last[_aspect(j)] == j.id)


def _aspect(judgement: Judgement) -> tuple[str, ...]:
    """What a judgement decides: the last about it counts."""
    subject = judgement.subject
    match judgement.act:
        case "accept" | "reject":
            return (subject.kind, subject.id, "verdict")
        case "correct":
            return (subject.kind, subject.id, "correct", judgement.part)
        case "merge" | "split":
            return (subject.kind, "names", *sorted({subject.id, *judgement.names}))
        case "note" | "undo":
            return (judgement.id,)


class Things:
    """Things that the program finds now, so that what was judged is found among many at once.

    Args:
        subjects: of any kinds.
    """

    def __init__(self, subjects: Iterable[Subject]) -> None:
        self._by_id: dict[tuple[str, str], Subject] = {}
        self._by_report: dict[tuple[str, str], list[Subject]] = {}
        for subject in subjects:
            self._by_id.setdefault((subject.kind, subject.id), subject)
            for report in dict.fromkeys(a.report for a in subject.anchors):
                self._by_report.setdefault((subject.kind, report), []).append(subject)

    def same(self, subject: Subject) -> Subject | None:
        """Return what a judged thing is now: the one with its id, else the one that rests on the same words."""
        found = self._by_id.get((subject.kind, subject.id))
        if found is not None:
            return found
        near = {s.id: s for a in subject.anchors for s in self._by_report.get((subject.kind, a.report), ())}
        scored = [(_likeness(subject, c), c.found == subject.found, c.id, c) for c in near.values()]
        best = sorted((s for s in scored if s[0] >= _SAME), key=lambda s: (-s[0], not s[1], s[2]))
        # Two things that are as much the same as each other: nobody knows which was meant.
        if len(best) > 1 and best[0][:2] == best[1][:2]:
            return None
        return best[0][3] if best else None


def hold(judgement: Judgement, now: Things | Iterable[Subject], texts: Mapping[str, str]) -> Judged:
    """Return whether a judgement holds, and of what.

    Args:
        judgement: the judgement.
        now: the things of its kind that the program finds.
        texts: SHA-256 of the text of every report that it rests on, by report id.
    """
    subject = judgement.subject
    found = (now if isinstance(now, Things) else Things(now)).same(subject)
    if found is not None:
        holds = found.source == subject.source or found.extraction == subject.extraction
        return Judged(judgement=judgement, target=found.id, hold="holds" if holds else "stale")
    unchanged = all(texts.get(a.report) == a.text for a in subject.anchors)
    return Judged(judgement=judgement, target=None, hold="missing" if unchanged else "stale")


def hold_of_names(judgement: Judgement, target: str | None, named: Named, texts: Mapping[str, str]) -> Judged:
    """Return whether a judgement of an actor holds: it is of names, and holds of reports that come later too.

    It asks again where a report that the names stood in has another text now, and most of the names stand no more where
    they stood.

    Args:
        judgement: the judgement.
        target: the actor that bears the name now; None where no report names it.
        named: the words that name actors now.
        texts: SHA-256 of the text of every report that it rests on, by report id.
    """
    anchors = judgement.subject.anchors
    unchanged = all(texts.get(a.report) == a.text for a in anchors)
    left = sum((a.report, plain(a.words)) in named for a in anchors)
    if unchanged or left >= len(anchors) * _SAME:
        return Judged(judgement=judgement, target=target, hold="holds" if target else "missing")
    return Judged(judgement=judgement, target=target, hold="stale")


def names_in(readings: Iterable[Reading]) -> Named:
    """Return the words by which readings name actors, with the report's id."""
    return {(r.report.id, plain(m.span.of(r.report.text))) for r in readings for m in r.mentions}


def resting_on(judgements: Iterable[Judgement]) -> set[str]:
    """Return the ids of the reports on which judged things rest."""
    return {a.report for j in judgements for a in j.subject.anchors}


def _likeness(subject: Subject, other: Subject) -> float:
    """The share of the words of either that the other rests on too, whichever is the smaller."""
    here = sum(any(_at_one_place(a, b) for b in other.anchors) for a in subject.anchors)
    there = sum(any(_at_one_place(a, b) for a in subject.anchors) for b in other.anchors)
    return min(here / max(1, len(subject.anchors)), there / max(1, len(other.anchors)))


def _at_one_place(one: Anchor, other: Anchor) -> bool:
    if one.report != other.report:
        return False
    if one.text == other.text:
        return one.span.overlap(other.span) * 2 >= max(one.span.length, other.span.length)
    return plain(one.words) == plain(other.words)


def text_hash(text: str) -> str:
    """Return the SHA-256 of a report's text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def subject_of(dossier: Dossier, kind: str, ident: str) -> Subject | None:
    """Return a thing of a dossier as it can be judged; None where there is no such thing.

    Args:
        dossier: the dossier.
        kind: `finding`, `speaker` (of an attribution), `actor` or `quote`; moves are `dossier.moves`' matter, proposals
            and commitments the agreement room's.
        ident: the thing's id; for an actor its canonical name.
    """
    return next((s for s in subjects(dossier, kind) if s.id == ident), None)


def subjects(dossier: Dossier, kind: str) -> Iterable[Subject]:
    """Yield the things of one kind in a dossier, as they can be judged."""
    rests = Rests(dossier.readings)
    match kind:
        case "finding":
            for f in dossier.findings:
                evidence = [e for p in f.positions for e in p.evidence]
                yield rests.evidenced(kind, f.id, evidence, found=f"{f.standing} {f.kind or ''}".strip())
        case "quote":
            for q in dossier.quotes:
                places = [Evidence(report=v.report, span=v.span) for v in q.variants]
                yield rests.evidenced(kind, q.id, places, found=q.speaker or "")
        case "actor":
            yield from named({r.report.id: r for r in dossier.readings}, dossier.actors)
        case "speaker":
            yield from spoken(dossier.readings)
        case _:
            return


class Rests:
    """Makes things with evidence into what can be judged; the hash of a text is taken once.

    Args:
        readings: of the case.
    """

    def __init__(self, readings: Iterable[Reading]) -> None:
        self._text = {r.report.id: r.report.text for r in readings}
        self._hash: dict[str, str] = {}

    def evidenced(self, kind: str, ident: str, evidence: Iterable[Evidence], *, found: str) -> Subject:
        """Return a thing with evidence as it can be judged.

        Args:
            kind: what it is.
            ident: its id.
            evidence: what it rests on.
            found: what was made of that, in a few words.
        """
        anchors = tuple(self._anchor(e.report, e.span) for e in evidence)
        return Subject(kind=kind, id=ident, anchors=anchors, found=found)

    def _anchor(self, report: str, span: Span) -> Anchor:
        text = self._text[report]
        if report not in self._hash:
            self._hash[report] = text_hash(text)
        return Anchor(report=report, text=self._hash[report], span=span, words=span.of(text))


def named(readings: Mapping[str, Reading], actors: Iterable[Actor]) -> Iterable[Subject]:
    """Yield actors as they can be judged, each with the first place of every form of its name in a report.

    Args:
        readings: by report id; of each actor's first `REPORTS` at least.
        actors: those wanted.
    """
    for actor in actors:
        forms = {fold(form) for form in (*actor.aliases, actor.name)}
        first: dict[tuple[str, str], Anchor] = {}
        for reading in (readings[i] for i in actor.reports[:REPORTS]):
            text = text_hash(reading.report.text)
            for mention in (m for m in reading.mentions if fold(m.actor) in forms):
                words = plain(mention.span.of(reading.report.text))
                place = Anchor(report=reading.report.id, text=text, span=mention.span, words=words)
                first.setdefault((reading.report.id, words), place)
        yield Subject(kind="actor", id=actor.name, anchors=tuple(first.values()), found=actor.type)


def spoken(readings: Iterable[Reading]) -> Iterable[Subject]:
    """Yield every attribution's speaker as it can be judged."""
    for reading in readings:
        # The hash of a long text is taken once.
        text = text_hash(reading.report.text)
        for said in reading.attributions:
            places = tuple(
                Anchor(report=reading.report.id, text=text, span=s, words=s.of(reading.report.text))
                for s in said.content
            )
            yield Subject(kind="speaker", id=said.id, anchors=places, found=said.speaker or "")
