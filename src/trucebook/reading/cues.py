"""Cues: the words that mark something as said, thought or written, and the words that name who did so.

The verbs and their stances are data (`lexicons/cues.toml`). Sources are read off the parse: the subject of the cue, an
inherited subject ("Rubio left, adding ..."), the agent of a passive ("described by Kyiv as ..."), the antecedent of a
relative pronoun, or the noun that a participle stands behind ("a statement saying ...").
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

import msgspec

from trucebook.lexicons import load
from trucebook.reading.model import Stance  # noqa: TC001  msgspec reads the annotation
from trucebook.reading.parse import span_of
from trucebook.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from spacy.tokens import Token

    from trucebook.reading.parse import Parse

Family = Literal["speech", "quoting", "naming", "commissive", "attitude"]

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
# A verb without a subject of its own shares that of the verb it hangs on through one of these.
_SHARES_SUBJECT = frozenset({"conj", "advcl", "xcomp", "pcomp", "prep", "dep"})
_PHRASE = frozenset({"DET", "ADJ", "NOUN", "PROPN", "PART", "ADP", "NUM", "PRON"})
# Words that stand for the noun before them.
RELATIVE_PRONOUNS = frozenset({"who", "which", "that"})
_NOBODY = frozenset({"neither", "nobody", "no", "none"})
_POSSIBLE = frozenset({"may", "might", "could"})
# Under these nothing has been said yet, or may never be.
_UNREAL = frozenset({"would", "could", "might", "should", "may", "must", "can", "will", "shall", "'ll", "’ll", "'d"})


class CueEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A cue verb of the lexicon.

    Attributes:
        lemma: of the verb, in lower case.
        family: what it takes: see the head of the file.
        stance: how the outlet stands to what was said when it uses the verb.
    """

    lemma: str
    family: Family = "speech"
    stance: Stance = "neutral"

    @property
    def listed(self) -> bool:
        """Whether it is a cue of the lexicon, rather than a word that the tagger alone takes for one."""
        return self.lemma in _verbs() or tuple(self.lemma.split()) in lexicon().phrases


class CueLexicon(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file `cues.toml`.

    Attributes:
        verbs: the cue verbs.
        phrases: prepositional cues that name the source behind them ("according to").
        documents: nouns that speak for whoever issued them ("statement").
        sayings: nouns by which an outlet takes up what was said ("a claim that Kyiv rejected").
        spokespersons: nouns for those who speak for a body.
        telling: verbs whose object is always words, whatever the parser makes of it.
        addressing: verbs whose passive has the hearer for its subject ("they were told that ...").
        relaying: verbs by which somebody passes on the words of their object ("quoting the minister").
        imagining: verbs whose clause tells what nobody did ("imagined that she said"); lemmas.
        works: verbs and nouns behind which words in title case are the name of a work (`singing “The Long Road Home”`).
        taken: nouns of what is "claimed" by being taken, as lives are by a blast, without a word; lemmas.
    """

    verbs: tuple[CueEntry, ...]
    phrases: tuple[tuple[str, ...], ...]
    documents: tuple[str, ...]
    sayings: tuple[str, ...]
    spokespersons: tuple[str, ...]
    telling: tuple[str, ...]
    addressing: tuple[str, ...]
    relaying: tuple[str, ...]
    imagining: tuple[str, ...]
    works: tuple[str, ...]
    taken: tuple[str, ...]


@dataclass(frozen=True)
class Source:
    """The words that name who said something.

    Attributes:
        head: their head word.
        span: all of them.
    """

    head: Token
    span: Span


@dataclass(frozen=True)
class Cue:
    """A cue in a report.

    Attributes:
        token: its head word; for a phrase the preposition that governs the source.
        span: its words.
        entry: its entry in the lexicon.
        source: who it says spoke; None where the words do not tell.
        negated: whether the outlet says that this was *not* said.
        unreal: whether it is asked, supposed, planned or demanded rather than told as said.
        doubtful: whether it is only held possible or made a condition ("may say", "if she says").
    """

    token: Token
    span: Span
    entry: CueEntry
    source: Source | None
    negated: bool = False
    unreal: bool = False
    doubtful: bool = False


def lexicon() -> CueLexicon:
    """Return the cue lexicon."""
    found: CueLexicon = load("cues.toml", CueLexicon)
    return found


@cache
def _verbs() -> Mapping[str, CueEntry]:
    return {entry.lemma: entry for entry in lexicon().verbs}


def is_cue(token: Token) -> bool:
    """Whether a token is a verb of the cue lexicon."""
    return token.pos_ in {"VERB", "AUX"} and token.lemma_.lower() in _verbs()


def embedding(clause: Token) -> Literal["denied", "open", "wished"] | None:
    """Return how the verb that a clause is the content of keeps it from being told as so, if it does.

    Args:
        clause: head of a clause.

    Returns:
        `denied` ("denied that ..."), `open` ("did not say that ...", "asked whether ..."), `wished` ("hope that ...").
    """
    if clause.dep_ != "ccomp" or not is_cue(clause.head):
        return None
    verb, entry = clause.head, _verbs()[clause.head.lemma_.lower()]
    if any(c.dep_ == "mark" and c.lower_ in {"whether", "if"} for c in clause.children):
        return "open"
    if any(c.dep_ == "neg" or c.lower_ == "never" for c in verb.children) or _unreal(verb):
        return "open"
    if entry.stance == "denying":
        return "denied"
    return "wished" if entry.lemma in {"hope", "hop", "expect", "fear", "doubt", "wonder", "worry"} else None


def find_cues(parse: Parse) -> Iterator[Cue]:
    """Yield the cues of a parsed report, in order; those inside quotations too."""
    phrases = {p[0]: p for p in lexicon().phrases}
    for token in parse.doc:
        if is_cue(token):
            yield _verb_cue(token, _verbs()[token.lemma_.lower()])
        elif token.lower_ in phrases:
            yield from _phrase_cue(token, phrases[token.lower_])


def cue_behind_phrase(tokens: Sequence[Token]) -> Cue | None:
    """Return the cue that ends a noun phrase at the head of `tokens`, by the words alone.

    For the place right behind a quotation, where the parser often goes astray: a noun phrase of at most
    fourteen tokens, then a verb of the lexicon, even one that was taken for a noun ("the statement read").
    """
    phrase: list[Token] = []
    for token in tokens[:15]:
        entry = _verbs().get(token.lemma_.lower()) or _verbs().get(token.lower_)
        if entry and phrase and entry.family in {"speech", "quoting"} and phrase[-1].pos_ in {"PROPN", "NOUN", "PRON"}:
            head = next((t for t in reversed(phrase) if t.pos_ in {"PROPN", "NOUN", "PRON"}), phrase[-1])
            run = token.doc[phrase[0].i : phrase[-1].i + 1]
            return Cue(
                token=token, span=span_of(token), entry=entry, source=Source(head, Span(run.start_char, run.end_char))
            )
        if token.pos_ not in _PHRASE and token.text != ",":
            return None
        phrase.append(token)
    return None


def _verb_cue(token: Token, entry: CueEntry) -> Cue:
    children = list(token.children)
    negated = any(c.dep_ == "neg" or c.lower_ == "never" for c in children)
    negated = negated or (entry.family != "attitude" and _is_neither(token))
    return Cue(
        token=token,
        span=span_of(token),
        entry=entry,
        source=_source_of(token),
        negated=negated,
        unreal=_unreal(token),
        doubtful=_doubtful(token),
    )


def _is_neither(verb: Token) -> bool:
    """`Neither Doe nor Roe said`, `no minister said`: whether the subject denies the verb."""
    subject = _subject(verb)
    if subject is None:
        return False
    return subject.lower_ in _NOBODY or any(c.lower_ in _NOBODY and c.i < subject.i for c in subject.children)


def _doubtful(verb: Token) -> bool:
    """Whether a modal of possibility or a condition leaves open if anything was said."""
    return any(
        (c.dep_ == "aux" and c.lower_ in _POSSIBLE) or (c.dep_ == "mark" and c.lower_ in {"if", "unless", "whether"})
        for c in verb.children
    )


def _unreal(verb: Token) -> bool:
    """Whether a modal, a condition, a question or an infinitive of purpose keeps the saying from being told as done."""
    children = list(verb.children)
    if verb.dep_ == "ccomp" and verb.head.lemma_.lower() in lexicon().imagining:
        return True
    if verb.tag_ == "VB" and not any(c.dep_ == "aux" and c.lemma_ == "do" for c in children):
        return True  # "asked that the council declare ...", "had the ministry announce ..."
    if any(c.dep_ == "aux" and (c.lower_ in _UNREAL or c.lower_ == "to") for c in children):
        return True
    if (
        verb.tag_ in {"VBN"}
        and not any(c.dep_ in {"aux", "auxpass"} for c in children)
        and verb.dep_ in {"acl", "amod"}
    ):
        return not any(c.dep_ == "agent" for c in children)
    return any(c.dep_ == "mark" and c.lower_ in {"if", "unless", "whether"} for c in children)


def _phrase_cue(token: Token, words: tuple[str, ...]) -> Iterator[Cue]:
    run = token.doc[token.i : token.i + len(words)]
    if tuple(t.lower_ for t in run) != words:
        return
    last = run[-1]
    for governed in (c for t in run for c in t.children if c.dep_ in {"pobj", "pcomp"} and c.i > last.i):
        source = _with_name_behind(phrase_source(governed))
        yield Cue(token=token, span=span_of(run), entry=CueEntry(lemma=" ".join(words)), source=source)
        return


def _with_name_behind(source: Source | None) -> Source | None:
    """`According to the ministry's spokesman, Ann Doe, the gate ...`: a name between commas is the source's."""
    # "According to press reports, Ada Marlow, the mayor, ..." names whom the reports tell of.
    if source is None or source.head.pos_ != "NOUN" or source.head.lemma_.lower() in lexicon().documents:
        return source
    doc, sentence = source.head.doc, source.head.sent
    behind = [t for t in sentence if t.idx >= source.span.end]
    if not behind or behind[0].text != ",":
        return source
    name = list(itertools.takewhile(lambda t: t.pos_ == "PROPN" or t.tag_ == "HYPH", behind[1:]))
    closes = behind[len(name) + 1 : len(name) + 2]
    if len(name) < 2 or not closes or closes[0].text not in {",", "."}:
        return source
    return Source(name[-1], Span(source.span.start, doc[name[-1].i : name[-1].i + 1].end_char))


def source_of(cue: Token) -> Source | None:
    """Return the source of a cue, which need not be in the lexicon.

    Of a verb it is the subject, also through the verbs whose subject it shares; of a noun who has it ("her claim").
    """
    if cue.pos_ in {"NOUN", "PROPN"}:
        owner = next((c for c in cue.children if c.dep_ == "poss"), None)
        return phrase_source(owner) if owner is not None else None
    return _source_of(cue) if cue.pos_ in {"VERB", "AUX"} else None


def _source_of(verb: Token) -> Source | None:
    """The source of a cue verb, through the verbs whose subject it shares."""
    at = verb
    if is_asked(verb):
        return None
    quoted = _quoted_as_saying(verb)
    if quoted is not None:
        return phrase_source(quoted)
    for _ in range(4):
        agent = _agent(at)
        if agent is not None:
            return phrase_source(agent)
        subject = _subject(at)
        if subject is not None:
            if subject.dep_ != "nsubjpass" or _quoted_passive(at):
                return phrase_source(_antecedent(subject, at))
            if at is verb or at.dep_ != "ccomp":
                return None
            # "He added that a call was not ruled out, stating ...": who states is who added.
            at = at.head
            continue
        if at.dep_ == "acl":
            return _participle(at)
        if at.dep_ not in _SHARES_SUBJECT or not is_joined(at):
            return _inverted(verb)
        if _is_anybodys(at):
            return None
        at = at.head
    return None


def is_asked(verb: Token) -> bool:
    """Whether a verb of telling stands as a bare participle: `Asked whether ..., she said` names a hearer."""
    # At the head of a sentence the parser takes a participle for the past tense.
    participle = verb.tag_ == "VBN" or (verb.tag_ == "VBD" and bool(verb.is_sent_start))
    bare = participle and verb.dep_ == "advcl" and not any(c.dep_ in {"aux", *_SUBJECTS} for c in verb.children)
    return verb.lemma_.lower() in lexicon().addressing and (bare or _is_between_commas(verb))


def _is_between_commas(verb: Token) -> bool:
    """`Doe, told that the gate was shut, said ...`: Doe is the hearer, whatever the parser makes of the participle."""
    if not verb.i or verb.nbor(-1).text != "," or verb.tag_ not in {"VBN", "VBD"} or _has_auxiliary(verb):
        return False
    finite = (
        t for t in (verb.head, verb.head.head, *verb.children) if t.i > verb.i and t.tag_ in {"VBD", "VBZ", "VBP"}
    )
    return any(
        is_cue(t) and t.nbor(-1).text == "," and not any(_is_own_subject(c, verb) for c in t.children) for t in finite
    )


def _has_auxiliary(verb: Token) -> bool:
    return any(c.dep_ in {"aux", "auxpass"} for c in verb.children)


def _is_own_subject(token: Token, verb: Token) -> bool:
    return token.dep_ in _SUBJECTS and token.i > verb.i


def _quoted_as_saying(verb: Token) -> Token | None:
    """`The agency quoted Doe as saying ...`: Doe, the object of who passes it on."""
    above = verb.head.head if verb.dep_ == "pcomp" and verb.head.lower_ == "as" else verb
    if above.lemma_.lower() not in lexicon().relaying or _subject(above) is None or above is verb:
        return None
    return next((c for c in above.children if c.dep_ == "dobj"), None)


def _is_anybodys(verb: Token) -> bool:
    """`Doe said the ministry met, and denied ...`: Doe may have denied or the ministry; after "he met" he has."""
    if verb.dep_ != "conj" or verb.head.dep_ != "ccomp" or not is_cue(verb.head.head):
        return False
    subject = _subject(verb.head)
    return subject is not None and subject.lower_ not in {"he", "she", "they"}


def is_joined(verb: Token) -> bool:
    """Whether the words bear out that a verb is joined to the one it hangs on: a conjunction stands before it.

    The parser hangs on the main verb, as if joined to it, much that is not: a reduced participle ("women held in the
    north"), or a verb whose own subject it did not see ("after the head of the mission, Ann Doe, told them").
    """
    if verb.dep_ != "conj" or any(c.dep_ in _SUBJECTS for c in verb.children):
        return True
    at = verb.i - 1
    while at > verb.sent.start and (verb.doc[at].pos_ in {"ADV", "AUX", "PART"} or verb.doc[at].is_space):
        at -= 1
    if verb.doc[at].text != ",":
        return verb.doc[at].pos_ == "CCONJ" or verb.doc[at].text in {"/", "–", "—", "-", ";"}
    # "Left, returned and signed": the comma of a list, which a conjunction ends.
    return any(c.dep_ == "conj" and c.i > verb.i for c in (*verb.children, *verb.head.children))


def _participle(verb: Token) -> Source | None:
    """`a statement saying ...`: the noun before a participle; behind a comma the subject of the main verb."""
    comma = verb.i > 0 and verb.doc[verb.i - 1].text == ","
    if not comma:
        return phrase_source(verb.head)
    main = next((t for t in verb.head.ancestors if t.pos_ in {"VERB", "AUX"} and _subject(t)), None)
    subject = _subject(main) if main is not None else None
    return phrase_source(_antecedent(subject, main)) if subject is not None and main is not None else None


def _subject(verb: Token) -> Token | None:
    subjects = [c for c in verb.children if c.dep_ in _SUBJECTS]
    return subjects[0] if subjects else None


def _agent(verb: Token) -> Token | None:
    for by in (c for c in verb.children if c.dep_ == "agent"):
        return next((c for c in by.children if c.dep_ == "pobj"), None)
    return None


def _quoted_passive(verb: Token) -> bool:
    """`was quoted as saying`: the subject of the passive is the speaker."""
    return verb.lemma_ in {"quote", "cite"}


def _antecedent(subject: Token, verb: Token) -> Token:
    if subject.lower_ in RELATIVE_PRONOUNS and verb.dep_ == "relcl":
        return verb.head
    return subject


def _inverted(verb: Token) -> Source | None:
    """`..., said the minister`: the noun right behind the verb, where the parser took it for an object."""
    if verb.i + 1 >= len(verb.doc) or verb.sent.end <= verb.i + 1:
        return None
    head = verb.doc[verb.i + 1]
    if verb.lemma_.lower() == "tell" or head.lower_ in {"him", "them", "me", "us"}:
        return None
    # Up to the head of the noun phrase that begins behind the verb, never into the next verb's clause.
    while head.head.i > head.i and head.head.left_edge.i == verb.i + 1 and head.head.pos_ not in {"VERB", "AUX"}:
        head = head.head
    if head.dep_ in _SUBJECTS and head.head != verb and _runs_on(head):
        return None
    return phrase_source(head) if head.pos_ in {"PROPN", "NOUN", "PRON"} and head.dep_ != "dative" else None


def _runs_on(subject: Token) -> bool:
    """`said the minister left`: whether a subject's own verb follows it without a stop between."""
    between = subject.doc[subject.i + 1 : subject.head.i]
    return subject.head.i > subject.i and not any(t.is_punct for t in between)


def phrase_source(head: Token) -> Source | None:
    """Return the noun phrase of a head, without relative clauses and whatever else runs on behind it."""
    if head.pos_ not in {"NOUN", "PROPN", "PRON", "ADJ", "NUM", "DET"}:
        return None
    keep = [head]
    for child in head.children:
        if child.dep_ not in {"relcl", "acl", "advcl", "punct", "parataxis", "ccomp"} and not _is_medium(child):
            keep.extend(child.subtree)
    first, last = min(t.i for t in keep), max(t.i for t in keep)
    while last > head.i and (head.doc[last].is_punct or head.doc[last].is_space):
        last -= 1
    while first < head.i and (head.doc[first].is_punct or head.doc[first].is_space):
        first += 1
    run = head.doc[first : last + 1]
    return Source(head=head, span=Span(run.start_char, run.end_char))


def _is_medium(child: Token) -> bool:
    """`Doe in a statement said`: where it was said is no part of who said it."""
    return (
        child.dep_ == "prep"
        and child.lower_ in {"in", "on"}
        and any(c.dep_ == "pobj" for c in child.children)
        and any(
            c.lemma_.lower() in {*lexicon().documents, "interview", "speech", "television", "x", "twitter"}
            for c in child.children
        )
    )
