"""The differences between two versions of one report."""

from __future__ import annotations

import datetime  # noqa: TC003  msgspec reads the annotation
from typing import Literal

import msgspec

from trucebook.reading.model import Reading  # noqa: TC001  msgspec reads the annotation
from trucebook.span import Span  # noqa: TC001  msgspec reads the annotations

EditOp = Literal["same", "dropped", "added", "changed"]
PassageKind = Literal["reworded", "added", "removed", "moved", "marks"]
ChangeKind = Literal[
    "condition", "negation", "hedge", "limit", "number", "time", "speaker", "stance", "attribution", "quotation", "move"
]
How = Literal["came", "went", "changed"]


class Edit(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of the word-by-word comparison of two passages.

    Attributes:
        op: `same`; `dropped` (in the old version alone), `added` (in the new one alone), `changed`.
        old: its words in the old text; None where it has none there.
        new: its words in the new text; None where it has none there.
    """

    op: EditOp
    old: Span | None
    new: Span | None


class Passage(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence, or a line that is no sentence, that is not as it was.

    Attributes:
        kind: `reworded`, `added`, `removed`; `moved` with its words as they were; `marks` where nothing but
            punctuation, capitals, accents or spelling changed.
        old: where it stood; None for what was added.
        new: where it stands; None for what was removed.
        edits: of a reworded passage, its words in order.
    """

    kind: PassageKind
    old: Span | None
    new: Span | None
    edits: tuple[Edit, ...] = ()


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """What an edit changed in what the report tells.

    Attributes:
        kind: what it is a change of.
        how: whether it came, went or is another now.
        says: the change in words.
        old: the words that carried it; None where it came.
        new: the words that carry it; None where it went.
        stands_out: whether it makes the report say more than it did, or another thing, in a sentence that stayed: a
            condition, a hedge or a source that went, another number or speaker, other words in quotation marks.
    """

    kind: ChangeKind
    how: How
    says: str
    old: Span | None
    new: Span | None
    stands_out: bool = False


class About(msgspec.Struct, frozen=True, kw_only=True):
    """A difference in what is known about a report: its title, author, outlet, address or day of publication.

    Attributes:
        field: which.
        before: what it was; None where it was not known.
        after: what it is.
    """

    field: str
    before: str | None
    after: str | None


class Revision(msgspec.Struct, frozen=True, kw_only=True):
    """The differences between two versions of one report.

    Attributes:
        passages: what is not as it was, in the order of the new text.
        changes: what that changed in what the report tells; what stands out first.
        about: what changed in what is known about the report.
        notices: where the new text says itself that it was corrected or changed, and the old one did not.
        comparable: whether one program read both, so that no change is the reader's.
    """

    passages: tuple[Passage, ...] = ()
    changes: tuple[Change, ...] = ()
    about: tuple[About, ...] = ()
    notices: tuple[Span, ...] = ()
    comparable: bool = True

    @property
    def silent(self) -> bool:
        """Whether something that stands out was changed and the text does not say that it was changed."""
        return not self.notices and any(c.stands_out for c in self.changes)


class Edition(msgspec.Struct, frozen=True, kw_only=True):
    """A version of a report that a case has recorded.

    Attributes:
        number: from 1.
        recorded: when it was recorded.
        maker: digest of what read it.
        reading: what was found in it; its report has the text.
    """

    number: int
    recorded: datetime.datetime
    maker: str
    reading: Reading


class Revised(msgspec.Struct, frozen=True, kw_only=True):
    """Two versions of a report of a case, with their differences.

    Attributes:
        report: the report's id.
        before: the earlier version.
        after: the later one.
        revision: the differences.
    """

    report: str
    before: Edition
    after: Edition
    revision: Revision
