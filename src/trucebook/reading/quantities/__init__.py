"""Numbers of something: how many, within which bounds, of what."""

from __future__ import annotations

from trucebook.reading.quantities.find import find_quantities

__all__ = ["find_quantities"]
