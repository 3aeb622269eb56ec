"""The state of play at the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from trucebook.dossier.model import Evidence
    from trucebook.render.cards import Card, Play, Row

    Cite = Callable[[Sequence[Evidence]], Text]

# Cards of a kind that a list shows before it says how many more there are.
_TURNS = 3


def play_items(play: Play, cite: Cite, limit: int | None) -> Iterator[tuple[str, list[Text]]]:
    """Yield the state of play as items: the mark of each, and its lines.

    Args:
        play: the state of play.
        cite: gives the places of evidence as text.
        limit: cards of a kind that are shown; None for all.
    """
    for title, found in play.sections:
        most = _TURNS if found is play.turns else limit
        shown = found if limit is None else found[:most]
        if shown:
            yield "", [Text(title, style="bold underline")]
        for card in shown:
            yield card.mark, list(_lines(card, cite))
        if len(shown) < len(found):
            yield "", [Text(f"… and {len(found) - len(shown)} more, see trucebook state", style="dim")]


def _lines(card: Card, cite: Cite) -> Iterator[Text]:
    head = Text(card.title, style="bold")
    if card.state:
        head.append(f" · {card.state}", style="not bold yellow" if "condition" in card.state else "not bold")
    yield head
    yield from (_row(row, cite) for row in card.rows)


def _row(row: Row, cite: Cite) -> Text:
    text = Text(f"{row.label}: " if row.label and row.text else row.label, style="bold yellow" if row.open else "dim")
    text.append(f"“{row.text}”" if row.exact else row.text, style="not bold not dim")
    return text.append(" ").append_text(cite(row.places)) if row.places else text
