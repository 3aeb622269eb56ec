"""A brief as one HTML file that works offline and without a script: every line opens its report at the exact words."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

import jinja2

from trucebook.render.anchors import Marks, anchor, blocks, names
from trucebook.render.brief import INDEPENDENCE
from trucebook.render.coverage import MEANINGS, SIGNS, sign
from trucebook.render.layers import CODES, LAYERS, notes
from trucebook.render.outline import outline
from trucebook.render.shown import count, line
from trucebook.render.when import day, machine, spoken

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from trucebook.agreement.held import Filed
    from trucebook.dossier.model import Dossier, Evidence
    from trucebook.render.anchors import Block
    from trucebook.render.brief import Fact, Outline, Version


# A sentence with more notes shows all of those beyond, whichever word the pointer is over.
_NOTES = 40


def render_html(dossier: Dossier, filed: Filed | None = None) -> str:
    """Return a brief as one self-contained HTML file, the full text of every report included."""
    of = outline(dossier, filed=filed)
    named = names(of.sources)
    carried = _carried(of)
    # Most of a text is told by one origin alone; what several tell, or dispute, or is quoted, stands out.
    single = {fact.mark for fact in of.single}
    texts = {}
    for reading in dossier.readings:
        found, sentences = notes(reading, dossier), [s.span for s in reading.sentences]
        marks = Marks(lines=carried, quiet=single, sentences=sentences, notes=found)
        texts[reading.report.id] = blocks(reading.report, named[reading.report.id], marks)
    return (
        templates()
        .get_template("brief.html.j2")
        .render(
            of=of,
            texts=texts,
            split=_split(texts),
            most=_most(texts),
            names=named,
            anchors={e: _anchor(named, e) for e in carried},
        )
    )


def _anchor(named: Mapping[str, str], place: Evidence) -> str:
    return anchor(named[place.report], place.span)


@cache
def templates() -> jinja2.Environment:
    """Return the templates, which escape what is put into them."""
    made = jinja2.Environment(
        loader=jinja2.ChoiceLoader([jinja2.PackageLoader("trucebook.render", f) for f in ("templates", "styles")]),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters.update(line=line, spoken=spoken, machine=machine, day=day, numbered=_numbered)
    made.globals.update(signs=SIGNS, sign=sign, meanings=MEANINGS, count=count, independence=INDEPENDENCE)
    made.globals.update(layers=LAYERS, codes=CODES)
    return made


def _carried(of: Outline) -> dict[Evidence, list[str]]:
    """Return the lines of the brief that each piece of evidence carries, by their names in the brief."""
    lines: dict[Evidence, list[str]] = {}
    for mark, places in _lines(of):
        for place in places:
            lines.setdefault(place, []).append(mark)
    for move in of.lanes.entries if of.lanes else ():
        # The place is reached from the picture; a mark behind every act would bury the text.
        for place in move.places:
            lines.setdefault(place, [])
    return lines


def _lines(of: Outline) -> Iterable[tuple[str, Iterable[Evidence]]]:
    for fact in (*of.agreed, *of.disputed, *of.lookalikes, *of.single):
        yield fact.mark, _places(fact)
    for voice in of.voices:
        for saying in voice.sayings:
            versions = saying.versions
            yield saying.mark, [place for version in versions for place in _said(version)]
    for entry in of.timeline:
        yield entry.mark, entry.statement.places
    for card in of.play.cards:
        yield card.mark, card.every_place
    for found in of.play.conditions:
        yield found.mark, [place for row in found.triggers for place in row.places]
    for at, retelling in enumerate(of.retellings, 1):
        yield f"O{at}", retelling.words.places if retelling.words else ()
    for actor in of.actors:
        yield actor.mark, [place for duty in actor.duties for place in duty.places]


def _places(fact: Fact) -> Iterable[Evidence]:
    return dict.fromkeys((*fact.places, *(place for words in fact.conditions for place in words.places)))


def _said(version: Version) -> Iterable[Evidence]:
    return (*version.words.places, *(version.cue.places if version.cue else ()))


def _split(texts: Mapping[str, Iterable[Block]]) -> list[str]:
    """Return the anchors whose words lie in several pieces, which a style sheet has to light up together."""
    every = (piece for found in texts.values() for block in found for piece in block.pieces)
    return sorted(
        name for name, number in Counter(name for piece in every for name in piece.inside).items() if number > 1
    )


def _most(texts: Mapping[str, Iterable[Block]]) -> int:
    """Return how many notes a sentence has at most, as far as a style sheet can afford to know a word's own ones."""
    runs = (run for found in texts.values() for block in found for run in block.runs)
    return min(_NOTES, max((len(run.notes) for run in runs), default=0))


def _numbered(places: Iterable[Evidence]) -> Iterator[tuple[Evidence, int]]:
    """Yield places report by report, in order, each with which place of its report it is, from 1."""
    found: dict[str, list[Evidence]] = {}
    for place in places:
        found.setdefault(place.report, []).append(place)
    for own in found.values():
        yield from zip(own, range(1, len(own) + 1), strict=True)
