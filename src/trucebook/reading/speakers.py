"""Speakers: from the words that name a source to the actor they name; one candidate or an abstention."""

from __future__ import annotations

import re
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from trucebook.reading.cues import Source, is_cue, lexicon
from trucebook.reading.gazetteer import find_hits
from trucebook.reading.model import Abstention
from trucebook.reading.names import pronoun_of
from trucebook.reading.parse import span_of
from trucebook.reading.roles import PRONOUNS_OF_OWNERS, held_under, holders, possessions
from trucebook.reading.titles import is_title
from trucebook.span import Span, SpanIndex

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Token

    from trucebook.reading.actors import Actors
    from trucebook.reading.cues import Cue
    from trucebook.reading.model import Mention
    from trucebook.reading.parse import Parse

# The speaker of what several say in a statement of theirs.
JOINT_STATEMENT = "joint statement"
_PERSONAL = frozenset({"he", "she"})
_OWN = {"his": "he", "her": "she"}
# What stands between two names that are joined: "and" and the words of the second one's office.
_AND = re.compile(r",?\s+and\s+((?:[\w.’'-]+\s+){0,7})")
_PRONOUNS = frozenset(
    {
        "he",
        "she",
        "it",
        "they",
        "we",
        "i",
        "you",
        "who",
        "which",
        "that",
        "this",
        "those",
        "these",
        "one",
        "some",
        "others",
        "both",
    }
)
_GOVERNMENT = "government"
_HONORIFIC = re.compile(r"\b(Mr|Mrs|Ms|Miss)\b")
# How many characters back a pronoun's person may be: a long paragraph and the one before it.
_REACH = 1_500
_RECENT = 60
# How many verbs above a name are looked at: what stands deeper in a sentence is no part of its plain sense.
_DEEPEST = 12
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_OBJECTS = frozenset({"dobj", "dative", "pobj"})
_SUBORDINATE = frozenset({"advcl", "relcl", "acl"})
# Prepositions behind which stands whom a source speaks for or belongs to.
_OF_OTHERS = frozenset({"for", "of", "to", "with", "from", "under", "at"})


class Speakers:
    """Resolves the sources of one report, in order of appearance.

    Args:
        parse: the parsed report.
        actors: its actors and their mentions.
        contents: what was said in it; nobody named inside is who "he" outside it means.
    """

    def __init__(self, parse: Parse, actors: Actors, contents: Sequence[Span]) -> None:
        self._parse = parse
        self._mentions = SpanIndex((m.span, m) for m in actors.mentions)
        self._contents = SpanIndex((c, c) for c in contents)
        subjects = [m for m in _subjects(parse, actors.mentions) if not self._is_inside(m.span)]
        self._subjects = SpanIndex((m.span, m) for m in subjects if m.type == "person")
        heads = ((m, parse.tokens(m.span).root) for m in subjects)
        self._below = {m.span.start: t.sent.start_char for m, t in heads if _is_below(t)}
        self._bodies = SpanIndex((m.span, m) for m in subjects if m.type in {"state", "organisation"})
        self._spoken: list[tuple[int, str | None]] = []
        self._voices: list[tuple[int, str]] = []
        self._issuers: list[tuple[int, str]] = []
        self._last: tuple[Span, str | None] | None = None
        self._actors = actors
        self._roles = {a.name: a.roles for a in actors.actors if a.type == "person"}
        self._offices: dict[int, str] | None = None
        self._types = {a.name: a.type for a in actors.actors}
        self._persons = {a.name for a in actors.actors if a.type == "person"}
        self._gender = _by_name(actors) | _by_honorific(parse, actors.mentions)

    def _is_inside(self, span: Span) -> bool:
        """Whether words stand inside what somebody is told to have said."""
        return any(c.covers(span) for c in self._contents.touching(span))

    def spoke(self, speaker: str | None, cue: Cue) -> None:
        """Remember who spoke where, so that a later pronoun can mean them.

        A single speaker who could not be told is remembered too: a later "he" must not reach past them. Who speaks
        inside the words of another is not who "he" outside them means.
        """
        if cue.source is None or self._is_inside(cue.source.span):
            return
        head = cue.source.head
        self._last = (cue.source.span, speaker)
        if speaker is not None:
            self._voices.append((cue.source.span.start, speaker))
            if _issues(cue):
                self._issuers.append((cue.source.span.start, speaker))
        unknown = speaker is None and head.tag_ in {"NN", "NNP"} and head.lemma_.lower() not in lexicon().documents
        if unknown or speaker in self._persons:
            self._spoken.append((cue.source.span.start, speaker))

    def resolve(self, cue: Cue) -> tuple[str | None, Abstention | None]:
        """Return the actor that a cue's source names, or None with an abstention that says why."""
        source = cue.source
        if source is None:
            return None, Abstention(span=cue.span, what="speaker", reason="the words name no source")
        if source.head.lower_ in _PERSONAL and all(_is_own(t, source.head) for t in _joined(source.head)):
            return self._pronoun(source)
        if source.head.lower_ == "it":
            return self._it(source)
        if source.head.lower_ == "they":
            return self._they(source)
        if source.head.lower_ in _PRONOUNS:
            return self._abstain(source, f"“{source.head.text}” is not resolved to an actor")
        return self._named(cue, source)

    def _named(self, cue: Cue, source: Source) -> tuple[str | None, Abstention | None]:
        if source.head.lemma_.lower() in lexicon().documents and not _is_title_of(source.head):
            return self._document(source)
        pair = self._actors.pair_at(source.head.idx)
        if pair is not None:
            if _in_a_statement(cue):
                return JOINT_STATEMENT, None
            return self._abstain(source, "the words name two sources together", pair.members)
        named = self._heads(source)
        if len(named) > 1:
            if _in_a_statement(cue):
                return JOINT_STATEMENT, None
            if len(named) <= len(_joined(source.head)) and not self._in_a_row(source):
                return self._abstain(source, "the words name several sources", tuple(named))
            return together(named), None
        if named and self._is_beside_unknown(source):
            return self._abstain(source, "the words name several sources", tuple(named))
        if named:
            return named[0], None
        body = self._spoken_for(source)
        if body is not None:
            return body, None
        return self._under(source) or self._abstain(source, "the words name no actor")

    def _spoken_for(self, source: Source) -> str | None:
        """`A ministry spokesman`, `the government of Norway`: the body for which somebody unnamed speaks."""
        if source.head.lemma_.lower() == _GOVERNMENT:
            return self._governed_from(source.head)
        if source.head.lemma_.lower() not in lexicon().spokespersons:
            return None
        words = Span(source.head.doc[source.head.left_edge.i].idx, source.span.end)
        bodies = {
            m.actor
            for m in self._mentions.touching(words)
            if m.type in {"state", "organisation"} and self._speaks_for(m, source.head)
        }
        return bodies.pop() if len(bodies) == 1 else None

    def _governed_from(self, government: Token) -> str | None:
        """The state of a government that a preposition, a name or an owner tells ("the government in Oslo")."""
        beside = [c for c in government.children if c.dep_ in {"compound", "nmod", "poss"}]
        seats = [c for p in government.children if p.lower_ in {"of", "in"} for c in p.children if c.dep_ == "pobj"]
        named = [m for t in (*beside, *seats) if (m := self._mention_at(t)) is not None]
        told = {m.actor for m in named if m.type == "state"}
        capitals = (h for m in named if m.type == "place" for h in find_hits(m.actor) if h.kind == "capital")
        told |= {n for h in capitals if len(h.names) == 1 for n in h.names}
        return told.pop() if len(told) == 1 else None

    def _speaks_for(self, mention: Mention, spokesperson: Token) -> bool:
        root = self._parse.tokens(mention.span).root
        if root.head == spokesperson and root.dep_ in {"compound", "nmod", "poss", "amod"}:
            return True
        return root.dep_ == "pobj" and root.head.lower_ in {"for", "of"} and root.head.head == spokesperson

    def _under(self, source: Source) -> tuple[str | None, Abstention | None] | None:
        """His chief of staff, its foreign minister: who holds the office under the one whom the pronoun means."""
        owner = next((c for c in source.head.children if c.lower_ in PRONOUNS_OF_OWNERS and c.dep_ == "poss"), None)
        if owner is None:
            return None
        office = self._possessed().get(owner.i, "")
        if not holders(office, self._roles):
            return None
        whose = Source(head=owner, span=span_of(owner))
        name, open_one = self._it(whose) if owner.lower_ == "its" else self._pronoun(whose, remember=False)
        found = held_under(office, self._roles, name, self._types[name]) if name in self._types else ()
        if len(found) == 1:
            return found[0], None
        reason = open_one.reason if open_one is not None else f"nobody is told to be {name}’s {office}"
        return self._abstain(source, reason, found or holders(office, self._roles))

    def _heads(self, source: Source) -> list[str]:
        """Actors named by the head of a source, by what stands in apposition to it, or joined to it by "and"."""
        names: list[str] = []
        for head in [source.head, *_joined(source.head)]:
            beside = [c for c in head.children if c.dep_ == "appos"]
            # "The Farmers' Party daily Dagen": without a comma the last name is what the words before it describe.
            named_last = [c for c in beside if "," not in c.doc[head.i : c.i].text and self._is_body(c, head)]
            tokens = [*named_last, head, *(c for c in beside if c not in named_last)]
            name = next((m.actor for t in tokens if (m := self._mention_at(t))), None)
            if name is None:
                name = self._name_inside(head, source.span)
            if name and name not in names:
                names.append(name)
        return self._in_a_row(source) or names or self._named_first(source)

    def _is_beside_unknown(self, source: Source) -> bool:
        """Whether a proper name stands in the row of a source, of whom the report tells nothing else."""
        several = [source.head, *_joined(source.head)]
        unknown = (t for t in several if t.pos_ == "PROPN" and self._mention_at(t) is None)
        return len(several) > 1 and next(unknown, None) is not None

    def _named_first(self, source: Source) -> list[str]:
        """`Ada Marlow, head of the union, which ...,`: who opens a source, before a comma and all that it tells."""
        first = next(iter(self._mentions.starting(source.span.start, source.span.start + 1)), None)
        apart = first is not None and self._parse.prose[first.span.end : first.span.end + 1] == ","
        return [first.actor] if first is not None and apart and first.type == "person" else []

    def _is_body(self, *tokens: Token) -> bool:
        found = [self._mention_at(t) for t in tokens]
        return all(m is not None and m.type == "organisation" for m in found)

    def _in_a_row(self, source: Source) -> list[str]:
        """Those whom commas and "and" join in a source, an office before each name or not, whatever the parser says."""
        inside = [m for m in self._mentions.starting(source.span.start, source.span.end) if m.type != "place"]
        row = inside[:1]
        for one, other in pairwise(inside):
            between = self._parse.prose[one.span.end : other.span.start]
            last = _AND.fullmatch(between)
            joined = last is not None and (not last.group(1) or is_title(last.group(1).split()[-1]))
            row = [*row, other] if joined or not between.strip(" ").strip(",") else [other]
            # "Duval and Norway's minister": a name is one of the row where nothing of the phrase stands behind it.
            ends = self._parse.prose[other.span.end : source.span.end].lstrip()[:1] in {"", ","}
            if joined and ends and not self._is_owned(source, row[0]):
                return list(dict.fromkeys(m.actor for m in row))
        return []

    def _is_owned(self, source: Source, first: Mention) -> bool:
        """`Aides to Duval and Thorne`, `others, including Duval and Thorne`: whether those named only belong to it."""
        near = self._parse.tokens(Span(source.span.start, first.span.start))
        before = (t for t in near if source.span.start <= t.idx < first.span.start and t.i)
        return any(t.pos_ in {"ADP", "VERB", "PUNCT"} and not is_title(t.nbor(-1).text) for t in before)

    def _name_inside(self, head: Token, within: Span) -> str | None:
        """The one person whose name ends a source that the parser hung on another word."""
        run = head.doc[head.left_edge.i : head.right_edge.i + 1]
        end = min(run.end_char, within.end)
        inside = [m for m in self._mentions.starting(run.start_char, end) if m.type == "person" and m.span.end <= end]
        # "A spokesman for Ann Doe" is not Ann Doe.
        inside = [m for m in inside if not self._governed(m, head)]
        possessors = [m for m in inside if self._parse.prose[m.span.end : m.span.end + 2] in {"'s", "’s"}]
        left = [m for m in inside if m not in possessors]
        ends = len(left) == 1 and not self._parse.prose[left[0].span.end : end].strip(" ,")
        # "A friend of the minister, Ada Marlow, said": of two people either may bear the name.
        apart = ends and "," in self._parse.prose[max(0, left[0].span.start - 2) : left[0].span.start]
        either = apart and any(is_title(t.lemma_) and t.dep_ == "pobj" for t in run)
        return left[0].actor if ends and not either else None

    def _governed(self, mention: Mention, head: Token) -> bool:
        """Whether a preposition below the head of a source governs a name."""
        tokens = [t for t in self._parse.tokens(mention.span) if t.i != head.i]
        tokens += [t.head for t in tokens if t.dep_ == "conj"]
        return any(t.dep_ == "pobj" or (t.dep_ == "poss" and t.head.lower_ in _OF_OTHERS) for t in tokens)

    def _document(self, source: Source) -> tuple[str | None, Abstention | None]:
        words = [t.lower_ for t in source.head.subtree]
        if "joint" in words:
            return JOINT_STATEMENT, None
        owners = _owners(source.head)
        names = list(dict.fromkeys(m.actor for o in owners if (m := self._mention_at(o))))
        names = names or [n for o in owners if (n := self._of_pronoun(o)) is not None]
        names = names or self._issued_before(source.head)
        if len(names) == 1:
            return names[0], None
        return self._abstain(source, "the words do not say who issued it", tuple(names))

    def _issued_before(self, document: Token) -> list[str]:
        """Whose "the statement" is: who issued one in its paragraph or in the one before."""
        described = any(c.dep_ in {"compound", "nmod", "amod", "poss"} for c in document.children)
        if described or document.tag_ == "NNS" or not any(c.lower_ in {"the", "this"} for c in document.children):
            return []
        floor = self._floor(document.idx)
        issued = [n for i, n in self._issuers[-_RECENT:] if floor <= i < document.idx]
        for token in self._parse.tokens(Span(floor, document.idx)):
            if token.lemma_.lower() in lexicon().documents and token.i < document.i:
                issued += [m.actor for o in _owners(token) if (m := self._mention_at(o))]
        return list(dict.fromkeys(issued))

    def _floor(self, at: int) -> int:
        """Where the paragraph starts that stands before the one of an offset."""
        own = self._parse.paragraph_at(Span(at, at + 1))
        if own is None or own.span.start == 0:
            return 0
        before = self._parse.paragraph_at(Span(self._parse.sentence_before(own.span.start), own.span.start))
        return before.span.start if before else own.span.start

    def _possessed(self) -> dict[int, str]:
        """The offices of the report that a pronoun says whose they are, by the pronoun's index."""
        if self._offices is None:
            self._offices = {owner.i: words for _, words, owner in possessions(self._parse.doc)}
        return self._offices

    def _of_pronoun(self, owner: Token) -> str | None:
        """Whose "its statement" or "his letter" is, by whom the pronoun means."""
        whose = Source(head=owner, span=span_of(owner))
        if owner.lower_ == "its":
            return self._it(whose)[0]
        return self._pronoun(whose, remember=False)[0] if owner.lower_ in PRONOUNS_OF_OWNERS else None

    def _mention_at(self, token: Token) -> Mention | None:
        span = span_of(token)
        return next((m for m in self._mentions.touching(span) if m.span.covers(span)), None)

    def _pronoun(self, source: Source, *, remember: bool = True) -> tuple[str | None, Abstention | None]:
        """He and she: who spoke last, or the last person who was the subject of a sentence, whichever is nearer."""
        at = source.span.start
        # They are remembered in the order of what was said: the last of them are the near ones.
        spoken = [(i, n) for i, n in self._spoken[-_RECENT:] if at - _REACH <= i < at]
        subjects: list[tuple[int, str | None]] = [
            (m.span.start, m.actor) for m in self._subjects.starting(at - _REACH, at)
        ]
        candidates = sorted([*spoken, *subjects], key=lambda c: c[0], reverse=True)
        if not candidates:
            return self._abstain(source, "no person is named before it")
        gender = _OWN.get(source.head.lower_, source.head.lower_)
        fitting = [(i, n) for i, n in candidates if n is None or self._gender.get(n, gender) == gender]
        nearest = list(dict.fromkeys(n for _, n in self._foremost(fitting)))
        names = tuple(n for n in nearest if n is not None)
        if nearest and nearest[0] is None:
            return self._abstain(source, "somebody who could not be told speaks right before it", names)
        if not names:
            return self._abstain(source, f"nobody named before it is known as “{gender}”")
        rivals = self._rivals(source.head, names[0], gender)
        if rivals:
            return self._abstain(source, "another person stands in the sentence around it", (names[0], *rivals))
        if remember:
            self._gender[names[0]] = gender
        return names[0], None

    def _foremost(self, nearest: list[tuple[int, str | None]]) -> list[tuple[int, str | None]]:
        """Candidates, the nearest first; who acts in a clause below stands behind whom its sentence is about."""
        floor = self._below.get(nearest[0][0]) if nearest else None
        if floor is None:
            return nearest
        main = [c for c in nearest if c[0] >= floor and c[0] not in self._below]
        return [*main, *(c for c in nearest if c not in main)]

    def _rivals(self, pronoun: Token, name: str, gender: str) -> tuple[str, ...]:
        """`Duval asked Thorne about the night when he claimed ...`: who else a pronoun in a clause below may mean."""
        if not _is_below(pronoun):
            return ()
        before = self._mentions.starting(max(pronoun.sent.start_char, pronoun.idx - _REACH), pronoun.idx)
        people = (m for m in before if m.type == "person")
        acting = (m.actor for m in people if self._parse.tokens(m.span).root.dep_ in _OBJECTS)
        return tuple(dict.fromkeys(n for n in acting if n != name and self._gender.get(n, gender) == gender))

    def _it(self, source: Source) -> tuple[str | None, Abstention | None]:
        """It: the one state or organisation that is a subject in the sentence before, or in this one before it."""
        at = source.span.start
        here = self._parse.sentence_before(at + 1)
        paragraph = self._parse.paragraph_at(source.span)
        # The sentence before and this one, as far as they are in the same paragraph.
        floor = max(paragraph.span.start if paragraph else here, self._parse.sentence_before(here))
        names = tuple(dict.fromkeys(m.actor for m in self._bodies.starting(floor, at)))
        names = names or self._spoke_before(at)
        if len(names) == 1:
            return names[0], None
        return self._abstain(source, "“it” is not the one state or organisation named before it", names)

    def _they(self, source: Source) -> tuple[str | None, Abstention | None]:
        """They: those who spoke last, where the words named several together and no other people since."""
        span, speaker = self._last or (source.span, None)
        near = self._floor(source.span.start) <= span.start
        several = speaker is not None and speaker not in self._types and speaker != JOINT_STATEMENT
        if not near or not several or self._people_between(span.end, source.span.start):
            return self._abstain(source, "“they” is not resolved to an actor")
        return speaker, None

    def _people_between(self, start: int, end: int) -> bool:
        """Whether a plural noun outside what was said does something between two places."""
        tokens = (t for t in self._parse.tokens(Span(start, end)) if start <= t.idx < end)
        plural = (t for t in tokens if t.tag_ in {"NNS", "NNPS"} and t.dep_ in _SUBJECTS)
        return any(not self._is_inside(span_of(t)) for t in plural)

    def _spoke_before(self, at: int) -> tuple[str, ...]:
        """The states and organisations that spoke in the paragraph before, if they alone did."""
        floor = self._floor(at)
        names = tuple(dict.fromkeys(n for i, n in self._voices[-_RECENT:] if floor <= i < at))
        return names if all(self._types.get(n) in {"state", "organisation"} for n in names) else ()

    @staticmethod
    def _abstain(source: Source, reason: str, candidates: tuple[str, ...] = ()) -> tuple[None, Abstention]:
        return None, Abstention(span=source.span, what="speaker", reason=reason, candidates=candidates)


def together(names: Sequence[str]) -> str:
    """Return the name of several who say something together ("Ana Duval and Olan Thorne")."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _is_title_of(document: Token) -> bool:
    """`The Halden Post`: whether a noun for a document ends a name."""
    return document.pos_ == "PROPN" and any(c.dep_ == "compound" and c.pos_ == "PROPN" for c in document.children)


def _issues(cue: Cue) -> bool:
    """Whether a cue tells that its source issued a document: `said in a statement`, `the letter, which read`."""
    documents = lexicon().documents
    media = (c for p in cue.token.children if p.dep_ == "prep" for c in p.children if c.dep_ == "pobj")
    own = cue.source is not None and cue.source.head.lemma_.lower() in documents
    return own or any(c.lemma_.lower() in documents for c in media)


def _owners(document: Token) -> list[Token]:
    """The words that may say who issued a document: "Kim's letter", "a statement by the ministry"."""
    owners = [c for c in document.children if c.dep_ in {"poss", "compound", "nmod", "amod"}]
    by = (p for p in document.children if p.dep_ in {"prep", "agent"} and p.lower_ in {"by", "from"})
    return owners + [c for p in by for c in p.children]


def _subjects(parse: Parse, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """Mentions that are the subject of a verb, stand in apposition to one or own it ("Duval's anger grew")."""
    for mention in mentions:
        root = parse.tokens(mention.span).root
        head = root.head if root.dep_ in {"appos", "compound"} else root
        owned = root.head if root.dep_ == "poss" and not is_title(root.head.lemma_) else root
        subject = next((t for t in (root, head, owned) if t.dep_ in _SUBJECTS), None)
        if subject is not None and not _is_thought(subject):
            yield mention


def _is_below(token: Token) -> bool:
    """Whether a word stands in a clause below the main one ("when Duval left", "the map that Duval drew")."""
    return any(t.dep_ in _SUBORDINATE for t in islice(token.ancestors, _DEEPEST))


def _is_thought(subject: Token) -> bool:
    """`She doubts that Duval can sign`: whether somebody acts only in what another says or thinks, or does not."""
    above = islice(subject.ancestors, _DEEPEST)
    return any(t.dep_ == "ccomp" and is_cue(t.head) for t in above)


def _is_own(token: Token, pronoun: Token) -> bool:
    """`He and his supporters`: people who have no name but by whom the pronoun means."""
    whose = {c.lower_ for c in token.children if c.dep_ == "poss"}
    return token.pos_ == "NOUN" and any(_OWN.get(w) == pronoun.lower_ for w in whose)


def _by_name(actors: Actors) -> dict[str, str]:
    """The pronoun of everybody whose given name or office leaves no doubt of it."""
    people = (a for a in actors.actors if a.type == "person")
    told = {a.name: pronoun_of(a.name) for a in people}
    return {name: pronoun for name, pronoun in told.items() if pronoun is not None}


def _by_honorific(parse: Parse, mentions: Sequence[Mention]) -> dict[str, str]:
    """The pronoun of everybody whom the report calls Mr., Mrs. or Ms."""
    found: dict[str, str] = {}
    for mention in mentions:
        before = parse.prose[max(0, mention.span.start - 6) : mention.span.end]
        match = _HONORIFIC.search(before)
        if match and mention.type == "person":
            found.setdefault(mention.actor, "he" if match.group(1).lower() == "mr" else "she")
    return found


def _joined(head: Token) -> list[Token]:
    found, queue = [], [c for c in head.children if c.dep_ == "conj"]
    while queue:
        token = queue.pop(0)
        found.append(token)
        queue.extend(c for c in token.children if c.dep_ == "conj")
    return found


def _in_a_statement(cue: Cue) -> bool:
    """Whether the cue's sentence tells that it was said in a statement: several sources then speak with one voice."""
    return any(t.lemma_.lower() in lexicon().documents for t in cue.token.sent)
