"""The moves of readings as they can be judged, and as people judged them.

A move is known by the report that tells it, its act and its words; not by who makes it, which is corrected the most.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple, get_args

import msgspec

from trucebook.dossier.judgement import Anchor, Subject, plain
from trucebook.dossier.judging import text_hash
from trucebook.reading.model import Act, MoveStatus
from trucebook.reading.moves.lexicon import plover_of
from trucebook.reading.names import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from trucebook.dossier.judgement import Judgement
    from trucebook.dossier.model import Actor, Dossier
    from trucebook.reading.model import Attribution, Move, Reading

_FIRST_PERSON = frozenset({"i", "we"})
_NOBODY = "nobody named"


class Identified(NamedTuple):
    """A move with the id that judgements of it bear.

    Attributes:
        id: a hash of the report, the act and the words.
        move: the move.
    """

    id: str
    move: Move


def identified(reading: Reading) -> tuple[Identified, ...]:
    """Return the moves of a reading with their ids; the same words told twice are told apart by their order."""
    seen: dict[str, int] = {}
    found = []
    for move in reading.moves:
        ident = _ident(reading.report.id, move.act, plain(move.span.of(reading.report.text)))
        seen[ident] = seen.get(ident, 0) + 1
        found.append(Identified(ident if seen[ident] == 1 else _ident(ident, str(seen[ident])), move))
    return tuple(found)


def told(readings: Iterable[Reading]) -> Iterator[Subject]:
    """Yield every move as it can be judged."""
    for reading in readings:
        text = text_hash(reading.report.text)
        for ident, move in identified(reading):
            words = move.span.of(reading.report.text)
            place = Anchor(report=reading.report.id, text=text, span=move.span, words=words)
            yield Subject(kind="move", id=ident, anchors=(place,), found=in_words(move))


def in_words(move: Move) -> str:
    """Return who does what, and how it stands, as it is kept beside a judgement."""
    condition = ", on a condition" if move.condition else ""
    return f"{' and '.join(move.actors) or _NOBODY}: {move.act} ({move.status}{condition})"


class Acting:
    """Who the actors of a case are, and for whom they act.

    Args:
        actors: of the case.
    """

    def __init__(self, actors: Iterable[Actor]) -> None:
        every = list(actors)
        self._of = {fold(alias): a for a in reversed(every) for alias in a.aliases}
        self._of |= {fold(a.name): a for a in every}

    def named(self, names: Iterable[str]) -> tuple[str, ...]:
        """Return actors by their canonical names; who is no actor of the case keeps the name that he was given."""
        found = ((self._of[fold(n)].name if fold(n) in self._of else n) for n in names)
        return tuple(dict.fromkeys(found))

    def behind(self, names: Iterable[str]) -> tuple[str, ...]:
        """Return the states and bodies for which actors act; a person whose state is not told acts for nobody."""
        return tuple(dict.fromkeys(p for name in names for p in self._party(name)))

    def _party(self, name: str) -> tuple[str, ...]:
        actor = self._of.get(fold(name))
        if actor is None or actor.type != "person":
            return () if actor is None else (actor.name,)
        return (actor.state.value,) if actor.state else ()


class Verdicts:
    """What people decided of the moves of a case, as far as it holds.

    Args:
        dossier: the case.
    """

    def __init__(self, dossier: Dossier) -> None:
        held = [j for j in dossier.judged if j.judgement.subject.kind == "move" and j.hold == "holds" and j.target]
        self._reports = {a.report for j in held for a in j.judgement.subject.anchors}
        self._acting = Acting(dossier.actors) if held else Acting(())
        self._of: dict[str, list[Judgement]] = {}
        for judged in held:
            self._of.setdefault(judged.target or "", []).append(judged.judgement)

    def applied(self, reading: Reading) -> tuple[Move, ...]:
        """Return the moves of a reading that nobody rejected, as people corrected them."""
        if reading.report.id not in self._reports:
            return reading.moves
        return tuple(
            self._corrected(move, self._of.get(ident, ()))
            for ident, move in identified(reading)
            if not any(j.act == "reject" for j in self._of.get(ident, ()))
        )

    def _corrected(self, move: Move, judgements: Iterable[Judgement]) -> Move:
        for judgement in judgements:
            if judgement.act == "correct":
                move = _with(move, judgement, self._acting)
        return move


def _with(move: Move, judgement: Judgement, acting: Acting) -> Move:
    """A move with one of its parts as a person corrected it."""
    value = judgement.value
    match judgement.part:
        case "act" if value in get_args(Act):
            return msgspec.structs.replace(move, act=value, plover=plover_of(value, move.status))
        case "status" if value in get_args(MoveStatus):
            return msgspec.structs.replace(move, status=value, plover=plover_of(move.act, value))
        case "actor" | "":
            return _done_by(move, acting.named((value, *judgement.names)), acting)
        case _:
            return move


def _done_by(move: Move, actors: Sequence[str], acting: Acting) -> Move:
    recipients = tuple(r for r in move.recipients if r not in actors)
    return msgspec.structs.replace(move, actors=tuple(actors), parties=acting.behind(actors), recipients=recipients)


def with_speakers(
    readings: Sequence[Reading], machine: Sequence[Reading], actors: Sequence[Actor]
) -> tuple[Reading, ...]:
    """Return readings whose moves are made by whom people named as speakers.

    A move is a speaker's where it is made by saying so (the cue is the word that tells it), and where it lies in what
    is said and its words name nobody else: "we accept", or an "it" that was taken for the speaker. What somebody says
    of another stays the other's.

    Args:
        readings: with the speakers that people gave them.
        machine: the same as the program made them.
        actors: of the case.
    """
    acting = Acting(actors) if any(r is not m for r, m in zip(readings, machine, strict=True)) else Acting(())
    return tuple(r if r is m else _spoken(r, m, acting) for r, m in zip(readings, machine, strict=True))


def _spoken(reading: Reading, machine: Reading, acting: Acting) -> Reading:
    before = {a.id: a.speaker for a in machine.attributions}
    changed = [a for a in reading.attributions if a.speaker != before[a.id]]
    moves = reading.moves
    for said in changed:
        moves = tuple(_by_speaker(m, said, before[said.id], reading, acting) for m in moves)
    return msgspec.structs.replace(reading, moves=moves)


def _by_speaker(move: Move, said: Attribution, before: str | None, reading: Reading, acting: Acting) -> Move:
    """A move made by whom a person named, where it was made by whom the program took for the speaker."""
    by_saying = any(move.trigger.touches(cue) for cue in said.cue or ())
    carried = move.attribution == said.id and not _named(move, before, reading)
    if not (by_saying or carried) or not _is_of(move, before, reading):
        return move
    now = acting.named([said.speaker] if said.speaker else [])
    actors = dict.fromkeys(n for a in move.actors or ("",) for n in (now if a in {before, ""} else (a,)))
    return _done_by(move, tuple(actors), acting)


def _is_of(move: Move, before: str | None, reading: Reading) -> bool:
    """Whether a move was taken for the speaker's: by name, or as nobody's where the first person tells it."""
    if before is not None:
        return before in move.actors
    first = move.span.of(reading.report.text).split(maxsplit=1)
    return not move.actors and bool(first) and first[0].casefold().partition("’")[0] in _FIRST_PERSON


def _named(move: Move, name: str | None, reading: Reading) -> bool:
    """Whether the words of a move name somebody."""
    return any(m.actor == name and move.span.covers(m.span) for m in reading.mentions)


def _ident(*parts: str) -> str:
    """A short hash for naming; nothing secret hangs on it."""
    return "m" + hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:12]
