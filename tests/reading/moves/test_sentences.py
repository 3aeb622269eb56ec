"""A table of invented sentences, each with the moves that a careful reader finds in it and no others."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest

import trucebook

if TYPE_CHECKING:
    from trucebook.reading.model import Move


class Sentence(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A row of the table; its file says what the fields are."""

    text: str
    moves: tuple[str, ...]
    also: tuple[str, ...] = ()


class Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file."""

    sentences: tuple[Sentence, ...]


ROWS = msgspec.toml.decode(Path(__file__).with_name("sentences.toml").read_bytes(), type=Table).sentences


def is_told_by(wanted: str, move: Move) -> bool:
    """Whether a move is the one that a row asks for; "?" behind an act lets it be missing, behind an actor, be joined."""
    acts, actors, statuses = wanted.split(":")
    if move.act not in acts.replace("?", "").split("|") or (statuses and move.status not in statuses.split("|")):
        return False
    return any(_are(who, move) for who in actors.split("|"))


def _are(who: str, move: Move) -> bool:
    if who in {"?", "-", ""}:
        return who == "?" or not move.actors
    if who.endswith("?"):
        return who[:-1] in {*move.actors, *move.parties}
    return set(who.split("+")) in ({*move.actors}, {*move.parties})


@pytest.mark.parametrize("row", ROWS, ids=[r.text[:60] for r in ROWS])
def test_a_sentence_tells_its_moves_and_no_others(row: Sentence) -> None:
    found = trucebook.read_text(row.text, published="2031-05-07").moves
    needed = [m for m in row.moves if "?" not in m.split(":")[0]]
    assert [m for m in needed if not any(is_told_by(m, move) for move in found)] == []
    others = [m for m in found if m.act not in row.also and not any(is_told_by(w, m) for w in row.moves)]
    assert [(m.act, m.actors, m.status) for m in others] == []
