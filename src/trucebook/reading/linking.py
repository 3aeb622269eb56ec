"""Links: from the tagger's spans to attributions, each with at most one cue and one source."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from trucebook.span import Span, SpanIndex, hull, subtract, trim

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from trucebook.reading.model import Quotation
    from trucebook.reading.tagger import Tags

# A content goes with a cue that is likelier for it than all else together.
_LIKELY = math.log(0.5)
# Share of a quotation that a link must have tagged to have all of it.
_OWNED = 1 / 3
_WORD = re.compile(r"\w")


@dataclass(frozen=True)
class Link:
    """An attribution as the tagger sees it.

    Attributes:
        content: what was said, in order; several spans where words of the outlet stand between.
        cue: the words that mark it as said.
        source: the words that name who said it.
        score: the least of the mean probabilities of its contents and its cue, from 0 to 1.
    """

    content: tuple[Span, ...]
    cue: Span
    source: Span | None
    score: float


def link(windows: Iterable[Tags]) -> tuple[Link, ...]:
    """Return the attributions of a report, in order of their contents."""
    return tuple(sorted((found for tags in windows for found in _of_window(tags)), key=lambda f: f.content[0]))


def _of_window(tags: Tags) -> Iterator[Link]:
    by_cue: dict[int, list[int]] = {}
    for content, scores in tags.links["content", "cue"].items():
        cue = _best(scores)
        if cue is not None and scores[cue] >= _LIKELY:
            by_cue.setdefault(cue, []).append(content)
    for cue, contents in by_cue.items():
        source = _source(tags, cue, contents)
        yield Link(
            content=tuple(tags.spans[i].span for i in contents),
            cue=tags.spans[cue].span,
            source=None if source is None else tags.spans[source].span,
            score=min(tags.spans[i].score for i in (*contents, cue)),
        )


def _source(tags: Tags, cue: int, contents: Sequence[int]) -> int | None:
    """The source that contents and cue lead to together; all contents weigh as much as the cue."""
    total: dict[int | None, float] = {}
    rows = [(tags.links["content", "source"][c], 1 / len(contents)) for c in contents]
    rows.append((tags.links["cue", "source"][cue], 1.0))
    for row, weight in rows:
        for goal, score in row.items():
            total[goal] = total.get(goal, 0.0) + weight * score
    return _best(total)


def _best(scores: dict[int | None, float]) -> int | None:
    # The first of equals, so that nothing hangs on the order of a set.
    return max(scores, key=lambda goal: scores[goal])


def fit(links: Sequence[Link], quotations: Sequence[Quotation], prose: str) -> tuple[Link, ...]:
    """Return the links with the boundaries that the quotation marks give them.

    A content that begins or ends inside a quotation takes all of it; of several links that claim one quotation it
    belongs to the one that has most of it, and what was tagged inside it is part of what was said.

    Args:
        links: as tagged.
        quotations: the report's quotations, in order.
        prose: the report's prose.
    """
    by_content = SpanIndex((c, n) for n, found in enumerate(links) for c in found.content)
    owned = [(q, _owner(links, q, by_content)) for q in quotations]
    own: dict[int | None, list[Quotation]] = defaultdict(list)
    for quotation, owner in owned:
        own[owner].append(quotation)
    claimed = SpanIndex((q.outer, (q.outer, owner)) for q, owner in owned if owner is not None)
    fitted = []
    for n, found in enumerate(links):
        reach = hull([*_said_by(found), *found.content, *(q.outer for q in own[n])])
        others = [outer for outer, owner in claimed.touching(reach) if owner != n]
        if any(_inside(found, q) for q in others):
            continue
        content = _fitted(found, own[n], others, prose)
        if content:
            fitted.append(replace(found, content=content))
    return tuple(sorted(fitted, key=lambda f: f.content[0]))


def _owner(links: Sequence[Link], quotation: Quotation, by_content: SpanIndex[int]) -> int | None:
    """The link that has most of a quotation and speaks from outside it; only one whose content touches it can."""
    shares = [
        (sum(c.overlap(quotation.span) for c in links[n].content), -n)
        for n in set(by_content.touching(quotation.span))
        if not _inside(links[n], quotation.outer)
    ]
    most, n = max(shares, default=(0, 0))
    return -n if most >= _OWNED * quotation.span.length else None


def _said_by(found: Link) -> list[Span]:
    """The words of a link that are not its content."""
    return [found.cue, *([found.source] if found.source else [])]


def _inside(found: Link, outer: Span) -> bool:
    """Whether a link speaks from inside a quotation."""
    return any(s.touches(outer) for s in _said_by(found))


def _fitted(found: Link, own: Sequence[Quotation], others: Sequence[Span], prose: str) -> tuple[Span, ...]:
    spans: list[Span] = []
    for content in found.content:
        whole = hull([content, *(q.outer for q in own if q.outer.touches(content))])
        spans += subtract(whole, others)
    pieces = [p for s in spans for p in subtract(s, _said_by(found))]
    bare = [_bare(p, own) for p in _merged(pieces)]
    kept = [p for piece in bare for p in piece]
    return tuple(p for p in (trim(p, prose) for p in kept) if _WORD.search(p.of(prose)))


def _merged(spans: Sequence[Span]) -> list[Span]:
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = hull([merged[-1], span])
        else:
            merged.append(span)
    return merged


def _bare(span: Span, own: Sequence[Quotation]) -> Sequence[Span]:
    """A quotation that is the whole of a span gives it up to its pieces, without the marks."""
    for quotation in own:
        if quotation.outer.covers(span):
            return quotation.pieces
    return (span,)
