"""What a reading made of a report’s words, as notes that stand at these words: one layer a kind of thing found."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from trucebook.dossier.values import shown
from trucebook.render.shown import elide, line
from trucebook.render.when import spoken

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from trucebook.dossier.model import Dossier
    from trucebook.reading.model import Attribution, Clause, Manner, Quantity, Reading, Time, TimeMod
    from trucebook.span import Span

    # From the name that a report knows an actor by to the canonical one.
    Name = Callable[[str], str]

Layer = Literal["said", "actor", "time", "quantity", "condition", "statement"]

# The layers in the order of their switches, with what each is called.
LAYERS: Final[dict[Layer, str]] = {
    "said": "Who says it",
    "actor": "Actors",
    "time": "Times",
    "quantity": "Quantities",
    "condition": "Conditions",
    "statement": "Statements",
}
# The classes of marks and notes in the page, which repeats them thousands of times.
CODES: Final[dict[str, str]] = {
    "said": "u", "teller": "v", "actor": "a", "time": "t", "quantity": "q", "condition": "c", "statement": "p",
}  # fmt: skip
_KINDS: Final = {"direct": "in direct words", "indirect": "in the report’s words", "mixed": "partly in direct words"}
_STANCES: Final = {"distancing": "told with distance", "endorsing": "told as true", "denying": "told as a denial"}
# How a note on what somebody said, thought or did is headed.
MANNERS: Final[dict[Manner, str]] = {"speech": "Said", "attitude": "Held", "act": "Act"}
_STATUSES: Final = {
    "planned": "planned",
    "conditional": "on a condition",
    "possible": "only possible",
    "denied": "denied",
}
# TIMEX3 modifiers in words.
MODS: Final[dict[TimeMod, str]] = {
    "BEFORE": "before", "AFTER": "after", "ON_OR_BEFORE": "at the latest", "ON_OR_AFTER": "at the earliest",
    "LESS_THAN": "less than", "MORE_THAN": "more than", "EQUAL_OR_LESS": "at most", "EQUAL_OR_MORE": "at least",
    "START": "early in", "MID": "in the middle of", "END": "late in", "APPROX": "about",
}  # fmt: skip
# Words of each end of a long passage that a note repeats.
_KEEP: Final = 4


@dataclass(frozen=True, kw_only=True)
class Note:
    """What was made of some words.

    Attributes:
        layer: the kind of thing.
        title: the kind of thing, as the note is headed.
        spans: the words it is of.
        by: of what somebody said, the words that name who and that say so.
        words: these words on one line, a long passage elided; empty where what was made of them begins with them.
        made: what was made of them.
    """

    layer: Layer
    title: str
    spans: tuple[Span, ...]
    words: str
    made: str
    by: tuple[Span, ...] = ()


def notes(reading: Reading, dossier: Dossier) -> tuple[Note, ...]:
    """Return the notes on one report of a dossier, in the order of the layers and of the text.

    Args:
        reading: the report's reading.
        dossier: the case, which knows the actors' canonical names.
    """
    text, named = reading.report.text, _names(reading, dossier)
    speakers = {a.id: _speaker(a, text, named) for a in reading.attributions}
    said = (_said(a, text, speakers[a.id]) for a in reading.attributions)
    return (*said, *(_note(layer, span, made, text) for layer, span, made in _plain(reading, named, speakers)))


def _plain(reading: Reading, named: Name, speakers: dict[str, str]) -> Iterator[tuple[Layer, Span, str]]:
    """The notes of all layers but the first: the layer, the words, what was made of them."""
    yield from (("actor", m.span, f"{named(m.actor)}, {m.type}") for m in reading.mentions)
    yield from (("time", t.span, _time(t)) for t in reading.times)
    yield from (("quantity", q.span, _quantity(q, named, speakers)) for q in reading.quantities)
    yield from (("condition", span, "something depends on this") for span in reading.conditions)
    yield from (("statement", c.span, _statement(c, named, speakers)) for c in reading.clauses)


def _note(layer: Layer, span: Span, made: str, text: str) -> Note:
    words = _words(text, (span,))
    bare = "" if made.startswith(f"{words},") else words
    return Note(layer=layer, title=layer.capitalize(), spans=(span,), words=bare, made=made)


def _speaker(found: Attribution, text: str, named: Name) -> str:
    if found.speaker:
        return named(found.speaker)
    return f"“{_words(text, found.source)}”" if found.source else "somebody not named"


def _names(reading: Reading, dossier: Dossier) -> Name:
    """Return a function from the name that the report knows an actor by to the canonical one, where one alone fits."""
    found: dict[str, set[str]] = defaultdict(set)
    for actor in dossier.actors:
        if not actor.reports or reading.report.id in actor.reports:
            for alias in (actor.name, *actor.aliases):
                found[alias].add(actor.name)
    return lambda name: line(next(iter(found[name])) if len(found.get(name, ())) == 1 else name)


def _words(text: str, spans: Iterable[Span]) -> str:
    return line(elide(" … ".join(span.of(text) for span in spans), _KEEP))


def _said(found: Attribution, text: str, speaker: str) -> Note:
    by = (*(found.source or ()), *(found.cue or ()))
    cue = f"by “{_words(text, found.cue)}”" if found.cue else "no word says so"
    parts = [speaker, _KINDS[found.kind], cue, _STANCES.get(found.stance, "")]
    words, title = _words(text, found.content), MANNERS[found.manner]
    return Note(layer="said", title=title, spans=found.content, words=words, made=_list(parts), by=by)


def _time(found: Time) -> str:
    if found.value is None:
        return "a time without a date to count from"
    words, mod = spoken(found.value), MODS[found.mod] if found.mod else ""
    value = found.value if found.value != words else ""
    return _list([f"{mod} {words}".strip(), value, found.type.lower() if found.type != "DATE" else ""])


def _quantity(found: Quantity, named: Name, speakers: dict[str, str]) -> str:
    of = "" if found.of == "percent" else found.of or ""
    told = found.status is None or found.status == "done"
    happened = found.happened if found.happened != found.of or not told else None
    return _list([
        f"{shown(found)} {of}".strip(),
        f"per {found.per}" if found.per else "",
        f"{happened}{'' if told else f': {_STATUSES[found.status or str()]}'}" if happened else "",
        f"in {named(found.where.place)}" if found.where else "",
        spoken(found.when.value) if found.when else "",
        found.kind if found.kind in {"duration", "measure"} else "",
        f"the count of {speakers[found.attribution]}" if found.attribution in speakers else "",
    ])  # fmt: skip


def _statement(found: Clause, named: Name, speakers: dict[str, str]) -> str:
    return _list([
        line(f"not {found.predicate}" if found.negated else found.predicate),
        found.modality,
        f"by {', '.join(map(named, found.doers))}" if found.doers else "",
        "with a condition" if found.condition else "",
        f"as {speakers[found.attribution]} has it" if found.attribution in speakers else "",
    ])  # fmt: skip


def _list(parts: Iterable[str]) -> str:
    return "; ".join(filter(None, parts))


def marked(every: Iterable[Note]) -> Iterator[tuple[Span, int, str]]:
    """Yield every span that a note is of, with the note's place in the order and the mark that its words get.

    The mark is the layer's name, and `teller` for the words that name who said something.
    """
    for number, note in enumerate(every):
        yield from ((span, number, note.layer) for span in note.spans)
        yield from ((span, number, "teller") for span in note.by)
