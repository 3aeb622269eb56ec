"""What kind of event an attribution tells, and how well its source is named."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import msgspec

from trucebook.lexicons import load
from trucebook.reading.cues import lexicon
from trucebook.reading.parse import span_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Token

    from trucebook.reading.attribution.drafts import Draft
    from trucebook.reading.cues import Source
    from trucebook.reading.model import Manner, SourceKind
    from trucebook.reading.parse import Parse
    from trucebook.span import Span

# A sentence is added, and a room to a house.
_OF_THINGS = frozenset({"add", "maintain"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "expl", "csubj"})


class SourceWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file `sources.toml`.

    Attributes:
        witnesses: nouns for those who tell what they saw for the outlet itself.
        offices: nouns of an office that one person holds: with "the" or an owner they tell who it is without a name.
        own: words by which an outlet speaks of its own people.
        indefinite: words before a noun that leave open who it is.
    """

    witnesses: tuple[str, ...]
    offices: tuple[str, ...]
    own: tuple[str, ...]
    indefinite: tuple[str, ...]


@cache
def source_words() -> SourceWords:
    """Return the words that tell kinds of sources apart."""
    found: SourceWords = load("sources.toml", SourceWords)
    return found


def manner_of(draft: Draft, parse: Parse) -> Manner:
    """Return whether somebody spoke, thought or acted.

    The types are those of the Penn Discourse Treebank's attributions (Prasad et al. 2007): communication; propositional
    attitude and factive; control, to which acts without words belong here. A cue of speech whose content is no clause
    ("rejected the plan", "asked to leave") tells an act.
    """
    cue = draft.cue
    if cue is None or draft.kind == "direct":
        return "speech"  # a quotation has been said, whatever the verb ("..., he laughed")
    if cue.unreal:
        return "act"  # nothing has been said yet
    if cue.entry.family in {"commissive", "attitude"}:
        return "attitude" if cue.entry.family == "attitude" else "speech"
    if (cue.entry.lemma in lexicon().telling and cue.entry.lemma not in _OF_THINGS) or " " in cue.entry.lemma:
        return "speech"
    says = cue.entry.listed or _is_saying(cue.token)
    return "speech" if says and (draft.quotations or _has_clause(draft, parse)) else "act"


def _is_saying(token: Token) -> bool:
    """Whether a cue is a noun for what was said ("her claim that ...")."""
    nouns = {*lexicon().sayings, *lexicon().documents}
    return token.pos_ in {"NOUN", "PROPN"} and token.lemma_.lower() in nouns


def _has_clause(draft: Draft, parse: Parse) -> bool:
    """Whether a content holds a verb with its subject; those of relative clauses are not what was said."""
    return any(
        t.dep_ in _SUBJECTS and t.head.dep_ not in {"relcl", "acl"} and _within(t.head, draft.content)
        for span in draft.content
        for t in parse.tokens(span)
    )


def _within(token: Token, content: Sequence[Span]) -> bool:
    return any(s.covers(span_of(token)) for s in content)


def source_kind(source: Source, speaker: str | None, *, by_name: bool) -> SourceKind | None:
    """Return how well the words name a source; None where they are a pronoun that means nobody known.

    Args:
        source: the words that name who said it.
        speaker: the actor they name, where that is known.
        by_name: whether that actor is a person, or the head of the words is part of its name or a document of its.
    """
    words, head = source_words(), source.head
    before = {t.lower_ for t in head.doc[head.left_edge.i : head.i]}
    if head.lemma_.lower() in words.witnesses and (before & set(words.own)):
        return "witness"
    if speaker is not None and (by_name or head.pos_ in {"PROPN", "PRON"}):
        return "named"
    if head.pos_ == "PRON":
        return None
    if head.pos_ == "PROPN":
        return "named"
    plural = head.tag_ in {"NNS", "NNPS"}
    if plural or before & set(words.indefinite) or head.left_edge == head:
        return "unnamed"
    return "title" if head.lemma_.lower() in words.offices else "unnamed"
