"""Links to the words of reports, as they stand behind every line of a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from trucebook.render.shown import count

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from trucebook.desk.book import OpenBook
    from trucebook.desk.views import Spot

# Places of one report that are linked beside each other.
_PLACES = 4


def place(spot: Spot) -> str:
    """Return the address of the words of a report."""
    return f"/reports/{spot.report}?at={spot.span.start}-{spot.span.end}#at"


def by_report(spots: Iterable[Spot]) -> list[tuple[int, list[Spot]]]:
    """Return places by their reports, in order."""
    found: dict[int, list[Spot]] = {}
    for spot in spots:
        found.setdefault(spot.report, []).append(spot)
    return list(found.items())


def cited(spots: Sequence[Spot], book: OpenBook, most: int = 6) -> Markup:
    """Return the links to places, those of one report together.

    Args:
        spots: the places.
        book: that knows their reports.
        most: reports that are named before they are only counted.
    """
    if not spots:
        return Markup()
    # Pages have hundreds of these: a macro of the template language takes many times as long, and `Markup.format` ten.
    groups = by_report(spots)
    shown = [_cite(_label(book, number), own[:_PLACES]) for number, own in groups[:most]]
    if len(groups) > most:
        shown.append(f'<span class="soft">and {count(len(groups) - most, "report")} more</span>')
    return Markup(f'<span class="cites">{" ".join(shown)}</span>')  # noqa: S704  numbers, and names that are escaped


def _cite(label: tuple[str, str], spots: Sequence[Spot]) -> str:
    told, name = label
    links = (
        f'<a href="{place(spot)}" title="{told}, characters {spot.span.start} to {spot.span.end}">'
        f"{n if n > 1 else name}</a>"
        for n, spot in enumerate(spots, 1)
    )
    return f'<span class="cite">{" ".join(links)}</span>'


def _label(book: OpenBook, number: int) -> tuple[str, str]:
    """What a link to a report tells of it, and how it is named, both escaped."""
    found = book.labels.get(number)
    if found is None:
        it = book.reports[number]
        told, name = escape(f"{it.name}, {it.published or 'undated'}"), escape(it.shown)
        found = book.labels[number] = (str(told), f"<bdi>{name}</bdi>")
    return found
