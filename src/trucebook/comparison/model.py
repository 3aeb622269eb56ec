"""What changed, as it is told: every difference with what it was, what it is, why it is so, and the words."""

from __future__ import annotations

from typing import Literal

import msgspec

from trucebook.comparison.snapshot import Place, Report  # noqa: TC001  msgspec reads the annotations

Subject = Literal["proposal", "answer", "commitment", "turn", "move", "finding", "quotation"]
Kind = Literal["came", "went", "changed", "reworded"]
#: Why something came, went or changed: with reports that are new or not there any more; in a report whose text is
#: another now; or in the same text, which is read or reconciled otherwise.
Cause = Literal["new report", "report not there", "text changed", "same text"]


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """The words of a place on one side of the comparison."""

    side: Literal["old", "new"]
    place: Place


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that is not as it was.

    Attributes:
        subject: what kind of thing it is.
        kind: it came, went, changed, or is told in other words.
        about: what it is about, in words.
        who: whose it is.
        before: as it was; empty where it was not there.
        after: as it is; empty where it is not there any more.
        causes: why, by the reports that told it.
        told: where it is told, before and now.
    """

    subject: Subject
    kind: Kind
    about: str
    who: tuple[str, ...] = ()
    before: str = ""
    after: str = ""
    causes: tuple[Cause, ...] = ()
    told: tuple[Told, ...] = ()

    @property
    def retracted(self) -> bool:
        """Whether what told it is there in another text, and tells it no more; not where a report is missing, too."""
        return self.kind == "went" and self.causes == ("text changed",)

    @property
    def missing(self) -> bool:
        """Whether it is told no more because its reports are not there any more, and for no other reason."""
        return self.kind == "went" and self.causes == ("report not there",)


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """What changed between two briefs.

    Attributes:
        old: name and day of the first.
        new: name and day of the second.
        added: reports that only the second has.
        missing: reports that only the first has.
        revised: reports that both have, with another text.
        differences: the state of play first, then moves, findings and quotations.
        repeated: how many moves of new reports were told before, by others.
        not_compared: what cannot be compared, with the reason.
    """

    old: tuple[str, str | None]
    new: tuple[str, str | None]
    added: tuple[Report, ...] = ()
    missing: tuple[Report, ...] = ()
    revised: tuple[Report, ...] = ()
    differences: tuple[Difference, ...] = ()
    repeated: int = 0
    not_compared: tuple[str, ...] = ()
