"""Titles of works between quotation marks: what is sung, played or written is a name, and nobody's words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from trucebook.reading.cues import lexicon
from trucebook.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from trucebook.reading.attribution.drafts import Draft
    from trucebook.reading.model import Quotation
    from trucebook.reading.parse import Parse

# Words up to this length keep their small letter inside a title ("From Here to the Sea").
_SMALL = 4
# With such a subject, words that are sung may be meant as well as named ("We Shall Stay").
_SOMEBODY = re.compile(r"(?:I|We|You|He|She|It|They)\b")
# How far back the word that governs a title may stand: `performed the song “...”`.
_REACH = 40


def without_works(parse: Parse, drafts: Iterable[Draft], quotations: Sequence[Quotation]) -> list[Draft]:
    """Return the attributions less those of titles of works (`started singing “The Long Road Home”`).

    A title is in title case and stands right behind a word of `works` of the cue lexicon, with neither a comma nor a
    colon between them; behind other words the same may be a slogan, which is said.

    Args:
        parse: the parsed report.
        drafts: attributions of quotations.
        quotations: the report's quotations, in order.
    """
    kept: list[Draft] = []
    gone: set[int] = set()
    for draft in drafts:
        titles = draft.kind == "direct" and all(_is_title(parse, quotations[i]) for i in draft.quotations)
        if (titles and draft.quotations) or id(draft.follows) in gone:
            gone.add(id(draft))
        else:
            kept.append(draft)
    return kept


def _is_title(parse: Parse, quotation: Quotation) -> bool:
    words = re.findall(r"[^\W\d_][\w’'-]*", quotation.span.of(parse.prose))
    if not words or not (words[0][0].isupper() and words[-1][0].isupper()):
        return False
    if (
        _SOMEBODY.match(words[0])
        or any(w[0].islower() and len(w) > _SMALL for w in words)
        or all(w.isupper() for w in words)
    ):
        return False
    start = quotation.outer.start
    before = [t for t in parse.tokens(Span(max(0, start - _REACH), start)) if t.idx < start and not t.is_space]
    return bool(before) and before[-1].lemma_.lower() in lexicon().works and before[-1].is_alpha
