"""What a person's judgement is, and what it is of."""

from __future__ import annotations

import datetime  # noqa: TC003  msgspec reads the annotation
import hashlib
from typing import TYPE_CHECKING, Literal

import msgspec

from trucebook.span import Span  # noqa: TC001  msgspec reads the annotation

if TYPE_CHECKING:
    from collections.abc import Sequence

Act = Literal["accept", "reject", "merge", "split", "correct", "note", "undo"]
Hold = Literal["holds", "stale", "missing"]

PARTS = {"move": ("actor", "act", "status")}
"""What of a thing a correction can be of, the usual first; of other kinds it is of the whole."""

KINDS = ("finding", "speaker", "actor", "quote", "move", "proposal", "commitment")
"""What can be judged: a name for the kind of thing whose id a judgement has."""


class Anchor(msgspec.Struct, frozen=True, kw_only=True):
    """Words that a judged thing rested on.

    Attributes:
        report: the report's id.
        text: SHA-256 of the report's text then.
        span: where the words stood.
        words: the words.
    """

    report: str
    text: str
    span: Span
    words: str


class Subject(msgspec.Struct, frozen=True, kw_only=True):
    """A thing that can be judged, as it was found.

    Attributes:
        kind: what it is, of `KINDS`.
        id: its id, or for an actor its name.
        anchors: the words it rests on.
        found: what was made of them: a speaker's name, a finding's standing and kind.
    """

    kind: str
    id: str
    anchors: tuple[Anchor, ...] = ()
    found: str = ""

    @property
    def source(self) -> str:
        """A hash of the reports it rests on and their texts."""
        return _hash(sorted({f"{a.report}\x1f{a.text}" for a in self.anchors}))

    @property
    def extraction(self) -> str:
        """A hash of what was found, in which words."""
        return _hash([self.found, *sorted({f"{a.report}\x1f{plain(a.words)}" for a in self.anchors})])


class Judgement(msgspec.Struct, frozen=True, kw_only=True):
    """What a person decided about a thing.

    Attributes:
        id: its own id.
        subject: the thing, as it was then.
        act: what was decided. `undo` takes another judgement back.
        value: with `correct` the right name; with `note` the note; with `undo` the other judgement's id.
        names: with `merge` the names that are one actor's, with `split` those that are not the subject's; with
            `correct` of a move's actor the others who make it too.
        part: with `correct` of a move which part of it, of `PARTS`.
        user: who decided.
        at: when, with a time zone.
        reason: why.
    """

    id: str
    subject: Subject
    act: Act
    user: str
    at: datetime.datetime
    value: str = ""
    names: tuple[str, ...] = ()
    part: str = ""
    reason: str = ""


class Judged(msgspec.Struct, frozen=True, kw_only=True):
    """A judgement beside what the program finds now.

    Attributes:
        judgement: the judgement.
        target: id of the thing it is about now; None where the program does not find it any more.
        hold: whether it holds, is stale (asks again), or holds of something that is not found any more.
    """

    judgement: Judgement
    target: str | None
    hold: Hold


def plain(words: str) -> str:
    """Return words as they are compared: with one space for any white space."""
    return " ".join(words.split())


def _hash(parts: Sequence[str]) -> str:
    return hashlib.sha256("\x1e".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]
