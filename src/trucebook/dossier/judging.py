"""People's judgements, as an input of the dossier: what they are, what they were made of, and whether they still hold.

A judgement is made of a thing that the program found: a finding, who said an attribution's words, an actor, and
whatever else has an id and evidence. The program's own output stays as it is beside it.

A judgement holds as long as

1. the source is as it was: the reports that the thing rests on are the same and have the same text, whatever a later
   program makes of them; or
2. the extraction is as it was: the same was found in the same words, though the reports around it were edited or joined
   by others.

Where both have changed it is stale: it is not applied, and the person is asked again. (The rule of OpenSanctions'
reviews: a re-extraction never overwrites accepted work unless both changed.)
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from trucebook.dossier.judgement import Anchor, Judged, Subject, plain
from trucebook.dossier.model import Evidence

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from trucebook.dossier.judgement import Judgement
    from trucebook.dossier.model import Dossier
    from trucebook.reading.model import Reading
    from trucebook.span import Span

# The share of a thing's evidence that must be found again for it to be taken for the same thing.
_SAME = 0.5


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
            return (subject.kind, subject.id, "correct")
        case "merge" | "split":
            return (subject.kind, "names", *sorted({subject.id, *judgement.names}))
        case "note" | "undo":
            return (judgement.id,)


def hold(judgement: Judgement, now: Iterable[Subject], texts: Mapping[str, str]) -> Judged:
    """Return whether a judgement holds, and of what.

    Args:
        judgement: the judgement.
        now: the things of its kind that the program finds.
        texts: SHA-256 of every report's text, by report id.
    """
    subject = judgement.subject
    found = _same(subject, now)
    if found is not None:
        holds = found.source == subject.source or found.extraction == subject.extraction
        return Judged(judgement=judgement, target=found.id, hold="holds" if holds else "stale")
    unchanged = all(texts.get(a.report) == a.text for a in subject.anchors)
    return Judged(judgement=judgement, target=None, hold="missing" if unchanged else "stale")


def _same(subject: Subject, now: Iterable[Subject]) -> Subject | None:
    """The thing that a judged thing is now: the one with its id, else the one that rests on the same words."""
    candidates = [s for s in now if s.kind == subject.kind]
    for candidate in candidates:
        if candidate.id == subject.id:
            return candidate
    scored = [(_likeness(subject, c), c.found == subject.found, c.id, c) for c in candidates if subject.anchors]
    best = sorted((s for s in scored if s[0] >= _SAME), key=lambda s: (-s[0], not s[1], s[2]))
    # Two things that are as much the same as each other: nobody knows which was meant.
    if len(best) > 1 and best[0][:2] == best[1][:2]:
        return None
    return best[0][3] if best else None


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


def anchor(reading: Reading, span: Span) -> Anchor:
    """Return words of a report as something a judgement can rest on."""
    text = reading.report.text
    return Anchor(report=reading.report.id, text=text_hash(text), span=span, words=span.of(text))


def text_hash(text: str) -> str:
    """Return the SHA-256 of a report's text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def subject_of(dossier: Dossier, kind: str, ident: str) -> Subject | None:
    """Return a thing of a dossier as it can be judged; None where there is no such thing.

    Args:
        dossier: the dossier.
        kind: `finding`, `speaker` (of an attribution), `actor` or `quote`.
        ident: the thing's id; for an actor its canonical name.
    """
    return next((s for s in subjects(dossier, kind) if s.id == ident), None)


def subjects(dossier: Dossier, kind: str) -> Iterable[Subject]:
    """Yield the things of one kind in a dossier, as they can be judged."""
    readings = {r.report.id: r for r in dossier.readings}
    match kind:
        case "finding":
            for f in dossier.findings:
                evidence = [e for p in f.positions for e in p.evidence]
                yield evidenced(readings, kind, f.id, evidence, found=f"{f.standing} {f.kind or ''}".strip())
        case "quote":
            for q in dossier.quotes:
                places = [Evidence(report=v.report, span=v.span) for v in q.variants]
                yield evidenced(readings, kind, q.id, places, found=q.speaker or "")
        case "actor":
            for a in dossier.actors:
                yield Subject(kind=kind, id=a.name, found=a.type)
        case "speaker":
            yield from spoken(dossier.readings)
        case _:
            return


def evidenced(
    readings: Mapping[str, Reading], kind: str, ident: str, evidence: Sequence[Evidence], *, found: str
) -> Subject:
    """Return a thing with evidence as it can be judged: for kinds of things that this module does not know.

    Args:
        readings: by report id.
        kind: what it is.
        ident: its id.
        evidence: what it rests on.
        found: what was made of that, in a few words.
    """
    anchors = tuple(anchor(readings[e.report], e.span) for e in evidence)
    return Subject(kind=kind, id=ident, anchors=anchors, found=found)


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
