"""Moves: from the words that tell an act to who did it, to whom, about what, under which condition."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from trucebook.reading.model import Move
from trucebook.reading.moves.approvals import of_approval
from trucebook.reading.moves.dependence import Dependence
from trucebook.reading.moves.draft import Context, Draft
from trucebook.reading.moves.grammar import is_verb
from trucebook.reading.moves.lexicon import plover_of
from trucebook.reading.moves.nouns import of_noun
from trucebook.reading.moves.obligations import agreements, of_agreement, stages
from trucebook.reading.moves.parties import Parties
from trucebook.reading.moves.said import of_speaker
from trucebook.reading.moves.verbs import of_verb
from trucebook.reading.parse import span_of
from trucebook.span import SpanIndex

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Token

    from trucebook.reading.actors import Actors
    from trucebook.reading.model import Act, Attribution, MoveStatus, Time
    from trucebook.reading.parse import Parse
    from trucebook.span import Span
# A yes, which must not lose the condition that stands right behind what it is about.
_ASSENTS = frozenset({"accept", "agree", "sign"})
# Acts that are done by saying so, whatever what they offer depends on.
_MADE = frozenset({"propose", "counter"})
# Acts that the next sentence can make depend on something ("But it depends on ...").
_TAKEN_UP = frozenset({"accept", "agree", "promise", "resume", "suspend", "withdraw", "sign"})


def find_moves(
    parse: Parse,
    attributions: Sequence[Attribution],
    actors: Actors,
    conditions: Sequence[Span],
    times: Sequence[Time],
) -> tuple[Move, ...]:
    """Find the moves that a report tells, in order; headings are not read.

    Args:
        parse: the parsed report.
        attributions: who said what in it.
        actors: its actors and their mentions.
        conditions: words that make something depend on something else.
        times: its time expressions.
    """
    context = Context(
        parse=parse,
        parties=Parties(parse, actors.mentions, actors.actors, attributions, actors.pairs),
        dependence=Dependence(parse, conditions),
        times=SpanIndex((t.span, t) for t in times if t.type in {"DATE", "TIME"}),
        agreements=agreements(parse.doc),
        stages=stages(parse.doc),
    )
    drafts: dict[tuple[int, str], Draft] = {}
    for draft in _drafts(context):
        drafts.setdefault((draft.trigger.i, draft.act), draft)
    moves = _apart([_move(d, context) for d in drafts.values()])
    return tuple(sorted(moves, key=lambda m: (m.span, m.trigger, m.act)))


def _apart(moves: Sequence[Move]) -> Iterator[Move]:
    """A condition of the yes to an offer is not the offer's too: `accepted a truce proposed by Oslo if Bern leaves`."""
    taken = {m.condition for m in moves if m.act == "accept_if"}
    for move in moves:
        if move.act == "propose" and move.condition is not None and move.condition in taken:
            yield msgspec.structs.replace(move, condition=None, status="done")
        else:
            yield move


def _drafts(context: Context) -> Iterator[Draft]:
    for sentence in context.parse.sentences:
        if context.parse.paragraphs[sentence.paragraph].kind == "heading":
            continue
        for token in context.parse.tokens(sentence.span):
            yield from _at(token, context)


def _at(token: Token, context: Context) -> Iterator[Draft]:
    if token.pos_ in {"VERB", "AUX"}:
        awaited = list(of_approval(token, context))
        yield from awaited or of_verb(token, context)
        yield from of_speaker(token, context)
        yield from of_agreement(token, context)
    elif token.pos_ == "NOUN":
        yield from of_approval(token, context)
        yield from of_noun(token, context)


def _condition(draft: Draft, context: Context) -> Span | None:
    if draft.awaited:
        return None
    condition = context.dependence.of(draft.trigger, draft.top)
    if condition is None and draft.act in _ASSENTS:
        places = (draft.object, draft.span) if draft.object else (draft.span,)
        condition = next((c for p in places if (c := context.dependence.right_behind(p)) is not None), None)
    if condition is None and draft.act in _TAKEN_UP and draft.status != "denied" and is_verb(draft.trigger):
        condition = context.dependence.taken_up(draft.trigger)
    return condition


def _move(draft: Draft, context: Context) -> Move:
    condition = _condition(draft, context)
    act, status = _under_condition(draft, condition)
    said = context.parties.carrier(draft.trigger)
    return Move(
        span=draft.span,
        trigger=span_of(draft.trigger),
        act=act,
        actors=draft.actors,
        parties=context.parties.behind(draft.actors),
        recipients=tuple(n for n in draft.recipients if n not in draft.actors),
        object=draft.object,
        condition=condition,
        status=status,
        time=context.time_of(draft),
        plover=plover_of(act, status, draft.plover),
        attribution=said.id if said is not None else None,
    )


def _under_condition(draft: Draft, condition: Span | None) -> tuple[Act, MoveStatus]:
    """`Yes, if` is a counter, never a yes; and nothing that depends on something is told as done."""
    act, status = draft.act, draft.status
    if condition is None or status == "denied":
        return act, status
    if act in {"accept", "accept_if"}:
        return "accept_if", status if status == "done" else "conditional"
    if act in _MADE and status == "done":
        # "Offered to leave if ...": the offer is made, whatever it hangs on.
        return act, status
    # "Will impose duties if ...".
    return "threaten" if draft.plover == "SANCTION" and status == "planned" else act, "conditional"
