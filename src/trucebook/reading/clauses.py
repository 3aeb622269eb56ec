"""Clauses: the statements of the prose, with what decides whether two reports state the same.

A clause is a verb with what hangs on it, less the clauses inside it that state something of their own. Beside its words
stand its negation, its modality and its condition, because "accepts", "would accept" and "accepts if" are three things.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import takewhile
from typing import TYPE_CHECKING

import msgspec

from trucebook.lexicons import load
from trucebook.reading.conditions import is_condition
from trucebook.reading.cues import embedding, is_cue, is_joined
from trucebook.reading.model import Clause
from trucebook.reading.parse import asks, span_of
from trucebook.span import Span, SpanIndex, hull, trim

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from spacy.tokens import Token

    from trucebook.reading.model import Attribution, Mention, Modality
    from trucebook.reading.parse import Parse

    Naming = Callable[[Token], tuple[str, ...]]

# Dependents that state something of their own; the others belong to their head's statement.
_OWN = frozenset({"ccomp", "conj", "advcl", "relcl", "parataxis", "csubj"})
_CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM", "ADV"})
_PRONOUNS = frozenset({"he", "she", "it", "they", "we", "i"})
_OWNERS = {"his": "he", "her": "she", "its": "it", "their": "they", "our": "we", "my": "i"}
_FEWEST_WORDS = 3
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
# What stands with a noun and names it more exactly.
_NAMING = frozenset({"det", "amod", "compound", "nummod", "poss", "nmod"})
_OPENERS = frozenset({"that", "as", "while", "whereas", "although", "though"})
# Closing marks and the marks that they close.
_PAIRS = {")": "(", "”": "“", "’": "‘", '"': '"'}
_MONTHS = frozenset({"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"})
_EDGE_PUNCTUATION = frozenset(",;:.–—-\"“”'‘’()?!")


class Modalities(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file `modality.toml`.

    Attributes:
        possible: auxiliaries of possibility.
        planned: auxiliaries of the future.
        planning: lemmas whose infinitive is still to come.
        denying: lemmas that deny what they govern.
        light: lemmas of verbs that leave what is done to their object ("gave an answer").
    """

    possible: tuple[str, ...]
    planned: tuple[str, ...]
    planning: tuple[str, ...]
    denying: tuple[str, ...]
    light: tuple[str, ...]


@dataclass(frozen=True)
class _Context:
    """What of the report bears on its clauses."""

    prose: str
    actors: Mapping[int, Mention]
    conditions: SpanIndex[Span]
    attributions: SpanIndex[Attribution]
    named: Naming


def _nobody(pronoun: Token) -> tuple[str, ...]:  # noqa: ARG001  the default of a function that names actors
    return ()


def find_clauses(
    parse: Parse,
    attributions: Sequence[Attribution],
    mentions: Sequence[Mention],
    conditions: Sequence[Span],
    named: Naming = _nobody,
) -> tuple[Clause, ...]:
    """Find the clauses of a parsed report, in order; headings are not read as statements.

    Args:
        parse: the parsed report.
        attributions: who said what in it.
        mentions: where it names actors.
        conditions: words that make something depend on something else.
        named: says whom a pronoun takes up; nobody where that is not sure.
    """
    context = _Context(
        parse.prose,
        _by_token(parse, mentions),
        SpanIndex((c, c) for c in conditions),
        SpanIndex((s, a) for a in attributions for s in a.content),
        named,
    )
    clauses = []
    for i, sentence in enumerate(parse.sentences):
        if parse.paragraphs[sentence.paragraph].kind == "heading":
            continue
        heads = (h for h in _heads(parse, sentence.span) if not _only_reports(h) and not _is_awaited(h, context))
        clauses += [c for head in heads if (c := _clause(head, i, context))]
    return tuple(sorted(clauses, key=lambda c: c.span))


def _reach(attribution: Attribution) -> tuple[int, Span]:
    return sum(s.length for s in attribution.content), attribution.content[0]


def _by_token(parse: Parse, mentions: Sequence[Mention]) -> dict[int, Mention]:
    return {token.i: mention for mention in mentions for token in parse.tokens(mention.span)}


def _heads(parse: Parse, sentence: Span) -> Iterator[Token]:
    for token in parse.tokens(sentence):
        if (token.dep_ == "ROOT" and token.pos_ in {"VERB", "AUX"}) or _states(token):
            yield token


def _is_awaited(head: Token, context: _Context) -> bool:
    """`until they say that Norway has agreed`: what is told inside a condition is awaited with it, not told."""
    return any(
        c.covers(span_of(head)) and c.covers(span_of(head.head)) for c in context.conditions.touching(span_of(head))
    )


def _states(token: Token) -> bool:
    """Whether a dependent verb states something of its own; an infinitive ("to end the war") belongs to its head."""
    if token.dep_ not in _OWN or token.pos_ not in {"VERB", "AUX"} or not is_joined(token) or _shares_infinitive(token):
        return False
    return not any(c.dep_ == "aux" and c.lower_ == "to" for c in token.children) and not is_condition(token)


def _shares_infinitive(token: Token) -> bool:
    """`agreed to open the road and withdraw forces`: joined to an infinitive, and as little told as done as that."""
    head = token.head
    bare = token.tag_ == "VB" and not any(c.dep_ in {"aux", "nsubj", "nsubjpass"} for c in token.children)
    if token.dep_ != "conj" or not bare:
        return False
    if head.tag_ != "VB":
        # A bare form cannot be joined to "agreed": it belongs to an infinitive below it.
        return head.tag_ in {"VBD", "VBZ", "VBP"} and head.pos_ == "VERB"
    return any(c.dep_ == "aux" and c.lower_ == "to" for c in head.children) or _shares_infinitive(head)


def _only_reports(head: Token) -> bool:
    """Whether a clause says no more than that somebody said something."""
    return is_cue(head) and any(c.dep_ in {"ccomp", "parataxis"} and _states(c) for c in head.children)


def _own(head: Token) -> list[Token]:
    """The tokens of a clause: its subtree less the clauses that state something of their own."""
    kept, queue = [head], list(head.children)
    while queue:
        token = queue.pop()
        if _states(token):
            continue
        kept.append(token)
        queue.extend(token.children)
    return sorted(kept, key=lambda t: t.i)


def _clause(head: Token, sentence: int, context: _Context) -> Clause | None:
    own = _own(head)
    span = _extent(own, context.prose)
    reach = Span(own[0].idx, own[-1].idx + 1)
    condition = next((c for c in context.conditions.starting(*reach) if _holds(own, c)), None)
    told = [t for t in own if condition is None or not condition.covers(span_of(t))]
    # Of "Doe said that Roe had refused", what Roe did is Doe's to tell; of nested speech the innermost counts.
    attribution = min(context.attributions.touching(span_of(head)), key=_reach, default=None)
    elsewhere = _subject_elsewhere(head, own, attribution, context)
    words = (*elsewhere, *_words(told, context.actors))
    if span is None:
        return None
    span = _inside(span, attribution, head)
    if len(words) + 1 == _FEWEST_WORDS and attribution is not None and (whole := _with_source(head, attribution)):
        # "The move was helpful" says little without who says it.
        span, words = hull([span, whole]), ("@" + (attribution.speaker or ""), *words)
    if len(words) < _FEWEST_WORDS:
        return None
    denied = attribution is not None and attribution.stance == "denying" and not _is_aside(head)
    if attribution is not None and denied:
        # What somebody denies is never shown without the denial.
        span = hull([span, *(attribution.cue or ()), *(attribution.source or ())])
        words = (*_denier(head, context.actors), *words)
    if not denied and embedding(head) == "denied":
        denied, span = True, hull([span, span_of(head.head)])
    return Clause(
        span=span,
        sentence=sentence,
        predicate=(predicate := _predicate(head)),
        words=words,
        doers=_doers(head, elsewhere, context.actors),
        negated=_is_negated(head, own) != denied,
        modality=_modality(head, conditional=condition is not None),
        condition=condition,
        attribution=attribution.id if attribution else None,
        subject=_subject_span(head, own),
        # "Has agreed to suspend" is agreed to, and not suspended.
        past=predicate == head.lemma_.lower() and _is_past(head),
    )


def _is_past(head: Token) -> bool:
    """`Resumed`, `has resumed`, `was signed`; not `was resuming`, and not what was to come then."""
    auxiliaries = [c for c in head.children if c.dep_ in {"aux", "auxpass"}]
    if any(a.tag_ in {"MD", "TO"} for a in auxiliaries):
        return False
    if head.tag_ == "VBN" and auxiliaries:
        return any(a.tag_ == "VBD" or (a.lemma_ == "have" and a.dep_ == "aux") for a in auxiliaries)
    return head.tag_ == "VBD"


def _is_aside(head: Token) -> bool:
    """`denied a link with the attack, in which two people died`: told beside what is denied, and not denied with it."""
    before = head.left_edge.i - 1
    return head.dep_ == "relcl" and before >= 0 and head.doc[before].text == ","


def _with_source(head: Token, attribution: Attribution) -> Span | None:
    """Where the words stand that say whose a few words are; None where that is far off, or all is quoted."""
    parts = [*(attribution.source or ()), *(attribution.cue or ())]
    sentence = Span(head.sent.start_char, head.sent.end_char)
    near = len(attribution.content) == 1 and all(map(sentence.covers, parts))
    if attribution.kind == "direct" or not (attribution.speaker and attribution.source and near):
        return None
    return hull(parts)


def _subject_span(head: Token, own: Sequence[Token]) -> Span | None:
    """Where the subject of a clause stands that has none of its own: an antecedent without what else hangs on it."""
    if head.dep_ == "relcl":
        kept = [head.head, *(c for c in head.head.children if c.dep_ in _NAMING), *_examples(head.head)]
    elif head.dep_ in {"conj", "advcl"} and not any(c.dep_ in _SUBJECTS for c in head.children):
        shared = [c for c in head.head.children if c.dep_ in _SUBJECTS and c not in own]
        kept = [t for s in shared for t in (s, *(c for c in s.children if c.dep_ in _NAMING))]
    else:
        return None
    inside = [t for t in kept if t not in own]
    return Span(min(t.idx for t in inside), max(span_of(t).end for t in inside)) if inside else None


def _inside(span: Span, attribution: Attribution | None, head: Token) -> Span:
    """A clause as far as it was said: what the outlet puts behind it (", a claim ...") is no part of it."""
    said = next((s for s in attribution.content if s.touches(span_of(head))), None) if attribution else None
    if said is None or span.start < said.start or span.end <= said.end + 1:
        return span
    return Span(span.start, said.end)


def _subject_elsewhere(
    head: Token, own: Sequence[Token], attribution: Attribution | None, context: _Context
) -> tuple[str, ...]:
    """Words of a subject outside the clause: an antecedent, a shared subject, or whom "it" or "he" takes up."""
    actors = context.actors
    if head.dep_ == "relcl":
        return tuple(_words(sorted([head.head, *_examples(head.head)], key=lambda t: t.i), actors))
    subjects = [c for c in head.children if c.dep_ in {"nsubj", "nsubjpass"}]
    pronouns = [t.lower_ for s in subjects for t in (s, *s.children) if t.lower_ in _PRONOUNS or t.dep_ == "poss"]
    if pronouns and (found := _speaker_as_subject(_OWNERS.get(pronouns[0], pronouns[0]), attribution, actors)):
        return found
    if pronouns and subjects[0].lower_ in _PRONOUNS - {"we", "i"}:
        return tuple("@" + name for name in context.named(subjects[0]))
    if any(s.lower_ in _PRONOUNS for s in subjects):
        return ()
    if subjects or head.dep_ not in {"conj", "advcl"}:
        return ()
    shared = [c for c in head.head.children if c.dep_ in {"nsubj", "nsubjpass"} and c not in own]
    return tuple(w for s in shared for w in _words(sorted(s.subtree, key=lambda t: t.i), actors))


def _examples(noun: Token) -> list[Token]:
    """`countries such as Norway (that ...)`: the words that name some of what a noun means."""
    found = [c for c in noun.children if c.dep_ == "prep" and (c.lower_ in {"like", "including"} or _is_such(c))]
    return [t for c in found for t in c.subtree]


def _is_such(preposition: Token) -> bool:
    return preposition.lower_ == "as" and preposition.i > 0 and preposition.nbor(-1).lower_ == "such"


def _predicate(head: Token) -> str:
    """What a clause is about: through "agreed to accept" the infinitive, through "gave an answer" the object.

    A copula gives way to its noun or adjective, and "took place" to its subject.
    """
    at = head
    for _ in range(4):
        below = [c for c in at.children if c.dep_ in {"xcomp", "acomp"} and c.i > at.i]
        infinitive = next((c for c in below if c.dep_ == "acomp" or any(a.lower_ == "to" for a in c.children)), None)
        if infinitive is not None:
            at = infinitive
            continue
        thing = next((c for c in at.children if c.dep_ in {"dobj", "attr"} and c.i > at.i), None)
        if at.lemma_.lower() not in _modalities().light or thing is None or thing.pos_ not in {"NOUN", "PROPN"}:
            break
        if thing.lower_ == "place":
            thing = next((c for c in at.children if c.dep_ == "nsubj"), thing)
        at = thing
        break
    return at.lemma_.lower()


def _denier(head: Token, actors: Mapping[int, Mention]) -> tuple[str, ...]:
    """Who denies what a clause says, and that it is denied: two denials by one ministry are one fact."""
    verb = next((t for t in head.ancestors if is_cue(t)), None)
    if verb is None:
        return ()
    subjects = [c for c in verb.children if c.dep_ == "nsubj"]
    named = [w for s in subjects for w in _words(sorted(s.subtree, key=lambda t: t.i), actors)]
    return (*named, verb.lemma_.lower())


def _doers(head: Token, elsewhere: Sequence[str], actors: Mapping[int, Mention]) -> tuple[str, ...]:
    """Who does what a clause tells: in the passive the agent, else the subject, which may stand elsewhere."""
    agents = [c for by in head.children if by.dep_ == "agent" for c in by.children]
    passive = any(c.dep_ in {"nsubjpass", "auxpass"} for c in head.children)
    subjects = agents if passive else [c for c in head.children if c.dep_ == "nsubj"]
    named = [m.actor for s in subjects for t in s.subtree if (m := actors.get(t.i))]
    if not named and not passive:
        named = [w[1:] for w in takewhile(lambda w: w.startswith("@"), elsewhere)]
    return tuple(dict.fromkeys(named))


def _speaker_as_subject(
    pronoun: str, attribution: Attribution | None, actors: Mapping[int, Mention]
) -> tuple[str, ...]:
    """`Doe said he ...`, `Moscow said it ...`: the speaker, where the pronoun can mean one; "it" may mean nothing."""
    if attribution is None or attribution.speaker is None or pronoun in {"they", "we"}:
        return ()
    # "I" outside quotation marks is nobody in particular.
    if pronoun == "i" and attribution.kind == "indirect":
        return ()
    if pronoun not in _PRONOUNS:
        return ()
    person = any(m.actor == attribution.speaker and m.type == "person" for m in actors.values())
    return ("@" + attribution.speaker,) if person == (pronoun in {"he", "she", "i"}) else ()


def _extent(own: Sequence[Token], prose: str) -> Span | None:
    """From a clause's first word to its last, without the punctuation around it."""
    solid = [t for t in own if not t.is_space and t.text not in _EDGE_PUNCTUATION]
    if not solid:
        return None
    # Words that the parser hung on the clause from far away would make it swallow its neighbours.
    first, last = solid[0].i, solid[-1].i
    if last - first + 1 > 2 * len(own) + 12:
        return None
    # "That" and "while" may go; "if" may not.
    while len(solid) > 1 and (solid[0].dep_ == "cc" or (solid[0].lower_ in _OPENERS and solid[0].dep_ == "mark")):
        solid.pop(0)
    while len(solid) > 1 and (solid[-1].dep_ in {"cc", "mark", "det"} or solid[-1].pos_ == "CCONJ"):
        solid.pop()
    return _closed(trim(Span(span_of(solid[0]).start, span_of(solid[-1]).end), prose), prose)


def _closed(span: Span, prose: str) -> Span:
    """With the closing mark right behind the words where they hold the opening one: `the Northern League (NL|)`."""
    behind, words = prose[span.end : span.end + 1], span.of(prose)
    opened = words.count(_PAIRS[behind]) if behind in _PAIRS else 0
    if behind == _PAIRS.get(behind):
        return Span(span.start, span.end + 1) if opened % 2 else span
    return Span(span.start, span.end + 1) if opened > words.count(behind) else span


def _words(tokens: Sequence[Token], actors: Mapping[int, Mention]) -> Iterator[str]:
    """Lemmas of content words in lower case, and `@` with an actor's name once for each mention."""
    done: set[Span] = set()
    for token in tokens:
        mention = actors.get(token.i)
        if mention:
            if mention.span not in done:
                yield "@" + mention.actor
            done.add(mention.span)
        elif _is_day(token):
            continue
        elif (
            token.pos_ in _CONTENT
            and (not token.is_stop or token.pos_ in {"NUM", "VERB", "NOUN"})
            and not token.is_punct
            and any(c.isalnum() for c in token.text)
        ):
            yield token.lemma_.lower()


def _is_day(token: Token) -> bool:
    """`24` in "November 24" and "24 November": when it was, not what."""
    if not (token.text.isdigit() and token.like_num):
        return False
    near = token.doc[max(0, token.i - 1) : token.i + 2]
    return any(t.ent_type_ == "DATE" and t.text[:3] in _MONTHS for t in near)


def _is_negated(head: Token, own: Sequence[Token]) -> bool:
    denying = _modalities().denying
    if any(c.dep_ == "neg" or c.lower_ in {"never", "neither", "nor"} for c in head.children):
        # Who did not reject a thing has not denied it.
        return head.lemma_.lower() not in denying
    if head.lemma_.lower() in denying or _has_yet_to(head):
        return True
    # "No agreement was signed", "gave no answer": the determiner of a subject or an object.
    near = [c for c in head.children if c.dep_ in {"nsubj", "nsubjpass", "dobj", "attr", "expl"} and c in own]
    return any(d.lower_ in {"no", "neither"} for c in near for d in c.children)


def _has_yet_to(head: Token) -> bool:
    """`has yet to answer`: not so far."""
    infinitives = [c for c in (head, *head.children) if any(a.lower_ == "to" and a.dep_ == "aux" for a in c.children)]
    return any(t.i > 0 and t.doc[t.i - 1].lower_ == "yet" for i in infinitives for t in i.children if t.lower_ == "to")


def _modality(head: Token, *, conditional: bool) -> Modality:
    if conditional:
        return "conditional"
    if asks(head.sent):
        return "question"
    told = embedding(head)
    if told == "open":
        return "question"
    if _denies_reason(head):
        return "possible"
    if told == "wished":
        return "planned"
    auxiliaries = _auxiliaries(head)
    lexicon = _modalities()
    if auxiliaries & set(lexicon.possible):
        return "possible"
    if auxiliaries & set(lexicon.planned):
        return "planned"
    infinitive = any(c.dep_ == "xcomp" and any(a.lower_ == "to" for a in c.children) for c in head.children)
    return "planned" if infinitive and head.lemma_.lower() in lexicon.planning else "asserted"


def _denies_reason(head: Token) -> bool:
    """`did not sign because it trusts them`: what is denied may be the reason alone."""
    children = list(head.children)
    reasons = [c for c in children if c.dep_ == "advcl" and any(m.lower_ == "because" for m in c.children)]
    apart = any(r.left_edge.i > 0 and head.doc[r.left_edge.i - 1].text == "," for r in reasons)
    return bool(reasons) and not apart and any(c.dep_ == "neg" for c in children)


def _auxiliaries(head: Token) -> set[str]:
    """The auxiliaries of a verb; one joined to another without a subject of its own shares those of the first."""
    own = {c.lower_ for c in head.children if c.dep_ == "aux"}
    alone = head.dep_ == "conj" and not own and not any(c.dep_ in {"nsubj", "nsubjpass"} for c in head.children)
    return _auxiliaries(head.head) if alone and head.tag_ in {"VB", "VBN"} else own


@cache
def _modalities() -> Modalities:
    found: Modalities = load("modality.toml", Modalities)
    return found


def _holds(own: Sequence[Token], condition: Span) -> bool:
    """Whether a condition begins among the tokens of a clause, behind its first word or with it."""
    return any(condition.start == span_of(t).start for t in own)
