"""What the page of a report's versions shows and its JSON twin holds: what its outlet changed, in the exact words."""

from __future__ import annotations

import datetime  # noqa: TC003  msgspec reads the annotation

import msgspec

from trucebook.dossier.revision.model import (  # noqa: TC001  msgspec reads the annotations
    ChangeKind,
    EditOp,
    How,
    PassageKind,
)
from trucebook.span import Span  # noqa: TC001  msgspec reads the annotations


class WordsView(msgspec.Struct, frozen=True, kw_only=True):
    """Words of one version.

    Attributes:
        span: where they stand in its text.
        words: they, on one line.
    """

    span: Span
    words: str


class EditView(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of two sentences that are compared word by word.

    Attributes:
        op: `same`; `dropped` (in the earlier one alone), `added` (in the later one alone), `changed`.
        old: the words of the earlier one.
        new: the words of the later one.
    """

    op: EditOp
    old: WordsView | None
    new: WordsView | None


class PassageView(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence that is not as it was.

    Attributes:
        kind: `reworded`, `added`, `removed`, `moved`, or `marks` where only punctuation, capitals or spelling changed.
        old: it in the earlier version.
        new: it in the later one.
        edits: of a reworded one, its words in order.
    """

    kind: PassageKind
    old: WordsView | None
    new: WordsView | None
    edits: tuple[EditView, ...]


class ChangeView(msgspec.Struct, frozen=True, kw_only=True):
    """What the edit changed in what the report tells.

    Attributes:
        kind: what it is a change of.
        how: whether it came, went or is another now.
        says: the change in words.
        stands_out: whether it makes the report say more than it did, or another thing.
        old: the words that carried it.
        new: the words that carry it.
    """

    kind: ChangeKind
    how: How
    says: str
    stands_out: bool
    old: WordsView | None
    new: WordsView | None


class AboutView(msgspec.Struct, frozen=True, kw_only=True):
    """A difference in what is known about a report.

    Attributes:
        field: which: its title, author, outlet, address or day of publication.
        before: what it was.
        after: what it is.
    """

    field: str
    before: str | None
    after: str | None


class RevisionView(msgspec.Struct, frozen=True, kw_only=True):
    """Two versions of a report, with their differences.

    Attributes:
        before: number of the earlier version.
        after: number of the later one.
        recorded: when the later one was recorded.
        published: its day of publication.
        silent: whether something that stands out was changed, and the text does not say that it was changed.
        comparable: whether one program read both, so that no change is the reader's.
        notices: where the later text says that it was corrected or changed.
        about: what changed in what is known about the report.
        changes: what the edit changed in what the report tells, what stands out first.
        passages: the sentences that are not as they were.
    """

    before: int
    after: int
    recorded: datetime.datetime
    published: datetime.date | None
    silent: bool
    comparable: bool
    notices: tuple[WordsView, ...]
    about: tuple[AboutView, ...]
    changes: tuple[ChangeView, ...]
    passages: tuple[PassageView, ...]


class VersionsView(msgspec.Struct, frozen=True, kw_only=True):
    """The versions of a report, each held against the one before it, the latest first.

    Attributes:
        report: number of the report.
        name: its name in the case.
        versions: how many there are.
        items: the comparisons, one fewer than there are versions, and of the latest alone where there are very many.
    """

    report: int
    name: str
    versions: int
    items: tuple[RevisionView, ...]
