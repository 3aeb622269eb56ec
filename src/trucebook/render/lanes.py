"""The moves of a negotiation as a picture: a lane for each party, a column for each day, and a chip for each move.

Nothing is drawn to scale but the order: columns are days, oldest first, and what has no day stands apart, for a place
on an axis would give it one. Moves of one party, day, act and status are one chip, which says how many reports tell
it. Chips stand below each other, so that none can cover another however many there are. Everything the picture shows
stands in its entries, which are shown as a table.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from trucebook.dossier.model import Evidence
from trucebook.render.shown import clip, count, line
from trucebook.render.when import spoken

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from trucebook.agreement.gather.told import Told

# Sizes in pixels of CSS. The letters of a sans-serif type of 12 pixels are about 6.4 wide on average; a little more
# keeps names with many capitals inside their chip, in wide types, too.
_MARGIN: Final = 4
_NAMES: Final = 108
_COLUMN: Final = 112
_HEAD: Final = 40
_CHIP: Final = 20
_GAP: Final = 4
_LETTER: Final = 7.2
# More lanes or columns than these are drawn together, as "others", "earlier" and "later".
_LANES: Final = 6
_PAST: Final = 3
_COMING: Final = 2
_OTHERS: Final = "Others"
# Words of a move that its entry quotes; the others are cited by their places.
_QUOTED: Final = 2
_LONG: Final = 200
#: Before the act of a chip, so that its standing does not hang on how it is drawn.
SIGNS: Final = {"done": "", "planned": "→ ", "conditional": "if: ", "denied": "✗ "}
STANDINGS: Final = {"done": "", "planned": "to come", "conditional": "on a condition", "denied": "told not to be so"}


class Chip(NamedTuple):
    """A move in the picture: its mark, place, what it says, its status, and what it says in full."""

    mark: str
    x: int
    y: int
    width: int
    height: int
    text: str
    status: str
    title: str


class Lane(NamedTuple):
    """A party: its name in lines, and from where to where its lane goes."""

    name: str
    lines: tuple[str, ...]
    y: int
    height: int


class Column(NamedTuple):
    """A day, or what has none: its label in lines, and where it begins."""

    lines: tuple[str, ...]
    x: int


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A chip in words.

    Attributes:
        mark: its name in the brief.
        when: the day, or that none is told.
        who: the party, and behind it who acted for it.
        act: what is done.
        standing: whether it is to come, conditional or denied; empty where it is told as done.
        quoted: some of the words that tell it, with their place.
        places: every place that tells it.
    """

    mark: str
    when: str
    who: str
    act: str
    standing: str
    quoted: tuple[tuple[str, Evidence], ...]
    places: tuple[Evidence, ...]


@dataclass(frozen=True, kw_only=True)
class Picture:
    """The picture, ready to be drawn.

    Attributes:
        width: pixels of CSS that the days take.
        height: the same, of all.
        names: the same, that the names of the lanes take beside the days, which move under a reader's finger.
        lanes: the parties, those with the most moves first.
        columns: the days.
        chips: the moves.
        entries: the moves in words, in the order of the days.
    """

    width: int
    height: int
    names: int
    lanes: tuple[Lane, ...]
    columns: tuple[Column, ...]
    chips: tuple[Chip, ...]
    entries: tuple[Entry, ...]

    @property
    def about(self) -> str:
        """The picture in one sentence."""
        parties = ", ".join(lane.name for lane in self.lanes)
        return f"{count(len(self.entries), 'move')} by {parties}, in columns by day from the oldest; the table has all."


class _Day(NamedTuple):
    """A column: its part of the picture, from left to right; its first day; and its TIMEX3 value."""

    part: int
    start: str
    value: str


# What has no day stands at the edges: done things before the days, and what is to come behind them.
_DAYS, _TO_COME = 2, 3
_UNDATED, _EARLIER, _LATER, _SOME_DAY = _Day(0, "", ""), _Day(1, "", ""), _Day(4, "", ""), _Day(5, "", "")
_LABELS: Final = {
    _EARLIER: "earlier",
    _UNDATED: "done, no day told",
    _LATER: "later",
    _SOME_DAY: "to come, no day told",
}
# Acts whose name is not the shortest word for them: what is drawn has little room.
_ACTS = {"accept_if": "accept, if", "ask_clarification": "ask more"}


class _Key(NamedTuple):
    party: str
    day: _Day
    act: str
    status: str


def lanes(moves: Iterable[Told], as_of: str | None) -> Picture | None:
    """Return the picture of the moves that reports tell; None where they tell none.

    Args:
        moves: by canonical names.
        as_of: the day of the brief, as `YYYY-MM-DD`; what is planned for a later one is to come.
    """
    shown = [told for told in moves if told.parties and told.move.status in SIGNS]
    if not shown:
        return None
    columns = _columns([_day(told, as_of) for told in shown])
    often = Counter(party for told in shown for party in told.parties)
    first = {party: number for number, party in enumerate(often)}
    order = sorted(often, key=lambda party: (-often[party], first[party]))
    kept = order if len(order) <= _LANES else order[: _LANES - 1]
    groups: dict[_Key, list[Told]] = {}
    for told in shown:
        for party in told.parties:
            day = columns[_day(told, as_of)]
            groups.setdefault(_Key(party, day, told.move.act, told.move.status), []).append(told)
    return _drawn(groups, kept, sorted(set(columns.values())))


def _day(told: Told, as_of: str | None) -> _Day:
    to_come = told.move.status in {"planned", "conditional"}
    if told.time is None:
        return _SOME_DAY if to_come else _UNDATED
    first = told.time.start.date().isoformat() if told.time.start else ""
    coming = to_come and as_of is not None and told.time.closing.date().isoformat() > as_of
    # A part of a day is that day here.
    value = first if told.time.precision in {"day", "hour", "minute"} else told.move.time or told.time.value
    return _Day(_TO_COME if coming else _DAYS, first, value)


def _columns(days: Iterable[_Day]) -> Mapping[_Day, _Day]:
    """Return the column of each day: its own, or that of the earlier or later ones where there are too many."""
    every = sorted(set(days))
    past, coming = ([day for day in every if day.part == part] for part in (_DAYS, _TO_COME))
    earlier = past[:-_PAST] if len(past) > _PAST + 1 else []
    later = coming[_COMING:] if len(coming) > _COMING + 1 else []
    return {day: _EARLIER if day in earlier else _LATER if day in later else day for day in every}


def _drawn(groups: Mapping[_Key, Sequence[Told]], kept: Sequence[str], days: Sequence[_Day]) -> Picture:
    names = [*kept, *([_OTHERS] if any(key.party not in kept for key in groups) else [])]
    cells: dict[tuple[str, _Day], list[_Key]] = {}
    for key in groups:
        cells.setdefault((key.party if key.party in kept else _OTHERS, key.day), []).append(key)
    for keys in cells.values():
        # What most reports tell stands on top.
        keys.sort(key=lambda key: -len({told.report for told in groups[key]}))
    x = {day: number * _COLUMN for number, day in enumerate(days)}
    drawn, chips, y = [], [], _HEAD
    marks = _marks(groups, names)
    for name in names:
        height = _GAP + max(len(cells.get((name, day), ())) for day in days) * (_CHIP + _GAP) + _GAP
        lines = _wrapped(line(name), _NAMES)
        height = max(height, 18 * len(lines) + 2 * _GAP)
        drawn.append(Lane(line(name), lines, y, height))
        for day in days:
            for number, key in enumerate(cells.get((name, day), ())):
                at = y + _GAP + number * (_CHIP + _GAP)
                chips.append(_chip(key, groups[key], marks[key], (x[day], at), by=name == _OTHERS))
        y += height
    return Picture(
        width=len(days) * _COLUMN + _MARGIN, height=y + _MARGIN, names=_NAMES, lanes=tuple(drawn),
        columns=tuple(Column(_wrapped(_label(day), _COLUMN), x[day]) for day in days), chips=tuple(chips),
        entries=tuple(_entry(key, groups[key], mark) for key, mark in marks.items()),
    )  # fmt: skip


def _marks(groups: Iterable[_Key], names: Sequence[str]) -> dict[_Key, str]:
    """Return what each chip is called, by day and lane, which is the order of the table."""
    place = {name: number for number, name in enumerate(names)}
    ordered = sorted(groups, key=lambda key: (key.day, place.get(key.party, len(names)), key.party))
    return {key: f"V{number}" for number, key in enumerate(ordered, 1)}


def _chip(key: _Key, told: Sequence[Told], mark: str, at: tuple[int, int], *, by: bool) -> Chip:
    reports = len({one.report for one in told})
    often = f" ×{reports}" if reports > 1 else ""
    width = _COLUMN - 2 * _GAP
    # In the lane of the others the act comes first: of a long name the beginning says enough.
    said = f"{SIGNS[key.status]}{_act(key.act)}{f': {line(key.party)}' if by else ''}"
    text = clip(said, int((width - 2 * _GAP) / _LETTER) - len(often)) + often
    standing = f" ({STANDINGS[key.status]})" if STANDINGS[key.status] else ""
    title = f"{line(key.party)}: {_act(key.act)}{standing}, {_label(key.day)}, told by {count(reports, 'report')}"
    return Chip(mark, at[0] + _GAP, at[1], width, _CHIP, text, key.status, title)


def _entry(key: _Key, told: Sequence[Told], mark: str) -> Entry:
    places = {Evidence(report=one.report, span=one.move.span): one.words for one in told}
    persons = dict.fromkeys(line(name) for one in told for name in one.actors if name not in one.parties)
    quoted: dict[str, Evidence] = {}
    for place, words in places.items():
        quoted.setdefault(clip(line(words), _LONG), place)
    return Entry(
        mark=mark, when=_label(key.day), who=line(key.party) + (f" ({', '.join(persons)})" if persons else ""),
        act=_act(key.act), standing=STANDINGS[key.status], quoted=tuple(quoted.items())[:_QUOTED], places=tuple(places),
    )  # fmt: skip


def _act(act: str) -> str:
    return _ACTS.get(act, act.replace("_", " "))


def _label(day: _Day) -> str:
    return _LABELS.get(day) or spoken(day.value)


def _wrapped(text: str, width: int) -> tuple[str, ...]:
    """Text in at most two lines of a width in pixels, cut where it is longer."""
    cells = int((width - 2 * _GAP) / _LETTER)
    first, rest = "", text.split()
    while rest and len(f"{first} {rest[0]}".strip()) <= cells:
        first = f"{first} {rest.pop(0)}".strip()
    if not first:
        return (clip(text, cells),)
    return (first, clip(" ".join(rest), cells)) if rest else (first,)
