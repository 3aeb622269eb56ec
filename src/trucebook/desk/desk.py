"""What every page can ask: the case, the settings, and the book that is shown now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from litestar.di import NamedDependency

from trucebook.desk.keeper import Keeper
from trucebook.desk.shelf import Shelf

if TYPE_CHECKING:
    from trucebook.desk.book import OpenBook
    from trucebook.desk.settings import DeskSettings
    from trucebook.record.case import Case


class Desk:
    """What every page can ask.

    Args:
        case: the case.
        settings: of the desk.

    Raises:
        CaseError: the case cannot be read.
        SettingsError: a file that the settings name cannot be used.
    """

    def __init__(self, case: Case, settings: DeskSettings) -> None:
        self.case, self.settings = case, settings
        self.keeper = Keeper(case, settings)
        self.shelf = Shelf(case)

    @property
    def book(self) -> OpenBook:
        """The book that is shown now: ask once in a request, since a new one may come at any time."""
        return self.keeper.book

    @property
    def name(self) -> str:
        """What the case is called on its pages."""
        place = self.case.location
        return place.file.stem if place.file is not None else place.schema or place.shown


TheDesk = NamedDependency[Desk]
"""What a handler asks for, under the name `desk`."""
