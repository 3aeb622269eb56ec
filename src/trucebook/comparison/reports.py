"""Which report of one brief is which of the other, and what that makes of something told in one of them alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from trucebook.comparison.model import Cause
    from trucebook.comparison.snapshot import Report


class Reports:
    """The reports of two briefs: one with the same bytes is the same, one with the same name is its new version.

    Args:
        old: of the first brief.
        new: of the second.
    """

    def __init__(self, old: Iterable[Report], new: Iterable[Report]) -> None:
        old, new = list(old), list(new)
        by_text = {report.sha256: report.id for report in new}
        names = {report.id for report in new}
        kept = {report.sha256 for report in old}
        # A name that another text of the first brief goes by now is no new version of this one.
        free = {report.id for report in new if report.sha256 not in kept}
        self._names = {r.id: by_text.get(r.sha256) or (r.id if r.id in names & free else None) for r in old}
        self._same = {r.id for r in old if r.sha256 in by_text}
        self._then = {now: then for then, now in self._names.items() if now is not None}
        self.missing = tuple(r for r in old if self._names[r.id] is None)
        self.added = tuple(r for r in new if r.id not in self._then)
        self.revised = tuple(r for r in new if r.id in self._then and self._then[r.id] not in self._same)

    def renamed(self, report: str) -> str:
        """Return what the second brief calls a report of the first; its own name where it is not there."""
        return self._names.get(report) or report

    def went(self, reports: Iterable[str]) -> tuple[Cause, ...]:
        """Return why something that these reports of the first brief told is in the second no more."""
        return tuple(dict.fromkeys(self._went(report) for report in reports))

    def came(self, reports: Iterable[str]) -> tuple[Cause, ...]:
        """Return why something that these reports of the second brief tell was not in the first."""
        return tuple(dict.fromkeys(self._came(report) for report in reports))

    def _went(self, report: str) -> Cause:
        if report in self._same:
            return "same text"
        return "report not there" if self._names.get(report) is None else "text changed"

    def _came(self, report: str) -> Cause:
        then = self._then.get(report)
        if then is None:
            return "new report"
        return "same text" if then in self._same else "text changed"
