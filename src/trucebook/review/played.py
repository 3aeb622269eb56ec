"""Doubts about the state of play: moves on which an answer rests, proposals and commitments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trucebook.dossier.model import Evidence
from trucebook.dossier.moves import Verdicts, identified, in_words
from trucebook.review.doubt import Doubted, Reason, one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from trucebook.agreement.model import Cited
    from trucebook.agreement.proposals import Answer, ProposalState
    from trucebook.agreement.state import CommitmentView, StateOfPlay
    from trucebook.dossier.model import Dossier
    from trucebook.reading.model import Act, Move, Reading
    from trucebook.span import Span

# Ranks, as those of what is told.
_DIFFERING, _ANSWERS_DISPUTED, _ONE_TELLING, _NOBODY = 0.6, 0.8, 0.45, 0.6
_CONDITION_LEFT_OUT, _CONTESTED, _SOURCES_DIFFER = 0.8, 0.6, 0.4
_PROPOSAL, _COMMITMENT = 1.0, 0.8
# What hangs on a move by its act; the acts that decide, those that bind or press, and the rest.
_DECIDES: frozenset[Act] = frozenset(
    {"accept", "accept_if", "refuse", "agree", "sign", "propose", "counter", "withdraw"}
)
_BINDS: frozenset[Act] = frozenset({"promise", "demand", "suspend", "resume", "threaten", "set_deadline", "reaffirm"})
_ANSWERED = frozenset({"accepted", "accepted_if", "refused", "countered"})
# States of commitments whose names are terms of the field.
_TOLD_AS = {
    "conditional": "on a condition",
    "detached": "owed",
    "violated_alleged": "said to be broken",
    "violated_found": "found broken",
}


def of_moves(dossier: Dossier, play: StateOfPlay) -> Iterator[Doubted]:
    """Yield moves that are nobody's, and those on which an answer to a proposal rests that is told once or disputed."""
    rests = _answers(play)
    verdicts = Verdicts(dossier)
    for reading in dossier.readings:
        silent = {a.id for a in reading.attributions if a.speaker is None}
        kept = {(m.span, m.trigger) for m in verdicts.applied(reading)}
        for ident, move in identified(reading):
            reasons = list(rests.get((reading.report.id, move.span), ())) if (move.span, move.trigger) in kept else []
            # Where the speaker is open, he is what is asked for.
            if not move.actors and move.act in _DECIDES and move.attribution not in silent:
                reasons.append(Reason(_NOBODY, "nobody is named as who does it"))
            if reasons:
                yield _of_move(ident, move, reading, reasons)


def _of_move(ident: str, move: Move, reading: Reading, reasons: Iterable[Reason]) -> Doubted:
    importance = 0.9 if move.act in _DECIDES else 0.6 if move.act in _BINDS else 0.3
    spans = (move.span, *((move.condition,) if move.condition else ()))
    places = tuple(Evidence(report=reading.report.id, span=s) for s in spans)
    says = one_line(move.span.of(reading.report.text))
    return Doubted("move", ident, says, in_words(move), importance, tuple(dict.fromkeys(reasons)), places)


def _answers(play: StateOfPlay) -> dict[tuple[str, Span], list[Reason]]:
    """Why the moves that answer a proposal are not sure, by the place that tells them."""
    found: dict[tuple[str, Span], list[Reason]] = {}
    for offer in play.proposals:
        for answer in offer.answers:
            reason = _of_answer(answer, offer)
            places = [(c.report, c.span) for c in answer.evidence if c.span is not None] if reason else []
            for place in places:
                found.setdefault(place, []).append(reason)  # type: ignore[arg-type]
    return found


def _of_answer(answer: Answer, offer: ProposalState) -> Reason | None:
    what = f"of {answer.party} to the {offer.proposal.what}"
    if answer.answer == "disputed":
        return Reason(_ANSWERS_DISPUTED, f"reports contradict each other on the answer {what}")
    if answer.answer in _ANSWERED and len(answer.per_source) == 1:
        return Reason(_ONE_TELLING, f"the answer {what} ({answer.answer.replace('_', ' ')}) rests on one report")
    return None


def of_proposals(play: StateOfPlay) -> Iterator[Doubted]:
    """Yield proposals whose terms reports tell differently."""
    for offer in play.proposals:
        reasons = tuple(
            Reason(_DIFFERING, f"reports tell its {term} differently: {'; '.join(f'“{v}”' for v in sorted(values))}")
            for term, values in sorted(offer.differing.items())
        )
        if reasons:
            of = offer.proposal
            found = f"{' and '.join(of.proposers) or 'nobody named'}: {offer.called.replace('_', ' ')}"
            yield Doubted("proposal", of.id, one_line(of.what), found, _PROPOSAL, reasons, _places(offer.evidence))


def of_commitments(play: StateOfPlay) -> Iterator[Doubted]:
    """Yield commitments whose condition or state the reports do not agree on."""
    for view in play.commitments:
        reasons = tuple(_of_commitment(view))
        if reasons:
            of = view.state.commitment
            found = f"{' and '.join(of.debtor)}: {view.state.state.replace('_', ' ')}"
            says = one_line(f"{of.says}, {of.if_says}" if of.if_says else of.says)
            places = _places(c for v in view.versions for c in v.evidence)
            yield Doubted("commitment", of.id, says, found, _COMMITMENT, reasons, places)


def _of_commitment(view: CommitmentView) -> Iterator[Reason]:
    if view.disputed_condition:
        yield Reason(_CONDITION_LEFT_OUT, "reports tell different conditions, or one tells none")
    if view.contested:
        yield Reason(_CONTESTED, "what it depends on is told and denied, or its versions stand differently")
    states = sorted({_TOLD_AS.get(s, s.replace("_", " ")) for s in view.per_source.values()})
    if len(states) > 1:
        yield Reason(_SOURCES_DIFFER, f"by what each report alone tells it is {' or '.join(states)}")


def _places(cited: Iterable[Cited]) -> tuple[Evidence, ...]:
    return tuple(dict.fromkeys(Evidence(report=c.report, span=c.span) for c in cited if c.span is not None))
