"""A doubt about one thing that was found: how much hangs on it, how unsure it is, and why, in words."""

from __future__ import annotations

from math import prod
from typing import NamedTuple

from trucebook.dossier.model import Evidence  # noqa: TC001  of the fields below


class Reason(NamedTuple):
    """Why a thing is not sure.

    Attributes:
        doubt: how unsure it makes the thing, 0 to 1.
        words: why, for the person who looks at it.
    """

    doubt: float
    words: str


class Doubted(NamedTuple):
    """A thing that is not sure.

    Attributes:
        kind: of what can be judged.
        id: its id; for an actor its name.
        says: it in words of the reports.
        found: what the program made of them.
        importance: how much hangs on it, 0 to 1.
        reasons: why it is not sure; independent of each other.
        evidence: where to look.
    """

    kind: str
    id: str
    says: str
    found: str
    importance: float
    reasons: tuple[Reason, ...]
    evidence: tuple[Evidence, ...]

    @property
    def uncertainty(self) -> float:
        """How unsure it is, by all reasons together, 0 to 1."""
        return 1 - prod(1 - r.doubt for r in self.reasons)


def one_line(words: str, most: int = 200) -> str:
    """Return words on one line, cut behind a word where they are long."""
    line = " ".join(words.split())
    return line if len(line) <= most else line[: most + 1].rpartition(" ")[0] + " …"


def percent(share: float) -> str:
    """Return a share as a person reads it."""
    return f"{share * 100:.0f} %"
