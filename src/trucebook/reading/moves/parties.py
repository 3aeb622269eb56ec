"""Who a noun phrase names, as the one who acts or is addressed, and for whom a person acts.

Where the words do not say, nobody is named: a pronoun counts where an attribution or the sentence settles it.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from trucebook.reading.cues import is_cue
from trucebook.reading.gazetteer import armed_groups, state_adjective
from trucebook.reading.groups import groups
from trucebook.reading.moves.grammar import OWNERS, SUBJECTS, doers, first_of, is_verb, joined
from trucebook.reading.moves.lexicon import words
from trucebook.reading.moves.represented import ADMINISTRATIONS, parties_of, unlisted
from trucebook.reading.parse import span_of
from trucebook.reading.places import acts
from trucebook.reading.speakers import JOINT_STATEMENT
from trucebook.reading.titles import is_title
from trucebook.reading.unlisted import is_adjective_of
from trucebook.span import SpanIndex

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from spacy.tokens import Token

    from trucebook.reading.model import Attribution, LocalActor, Mention
    from trucebook.reading.parse import Parse
    from trucebook.reading.references import Pair

_FIRST = frozenset({"we", "i", "our", "us", "my", "me", "ours"})
_PERSONAL = frozenset({"he", "she", "his", "her", "him"})
_NEUTER = frozenset({"it", "its"})
_PLURAL = frozenset({"they", "their", "them"})
_RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})
_WITH_A_NAME = frozenset({"appos", "compound", "nmod"})
_BELONGING = frozenset({"of", "from", "for"})
_TWO = frozenset({"two", "both", "2"})
_MEETING = frozenset({"meet", "talk", "negotiate", "speak", "confer"})
_HOME = frozenset({"country", "nation", "government"})
# How many sentences before it a "he" may take up.
_SENTENCES = 2
# What the tagger calls peoples, parties and bodies; where in the sentence they act.
_GROUPS = frozenset({"NORP", "ORG", "GPE"})
_ACTING = frozenset({"nsubj", "nsubjpass", "dative", "dobj", "pobj", "nmod"})
# The most names that one noun phrase gives.
_MOST = 12


class Parties:
    """Names who acts in one report.

    Args:
        parse: the parsed report.
        mentions: where it names actors.
        actors: its actors, with their offices.
        attributions: who said what in it.
        pairs: its descriptions of two actors together.
    """

    def __init__(
        self,
        parse: Parse,
        mentions: Sequence[Mention],
        actors: Sequence[LocalActor],
        attributions: Sequence[Attribution],
        pairs: Sequence[Pair] = (),
    ) -> None:
        self._parse = parse
        self._pairs = SpanIndex((p.span, p) for p in pairs)
        self._at = {t.i: m for m in mentions for t in parse.tokens(m.span)}
        self._kinds = {a.name: a.type for a in actors}
        self._contents = SpanIndex((s, a) for a in attributions for s in a.content)
        self._sources = SpanIndex((s, a) for a in attributions for s in a.source or ())
        self._party = parties_of(actors)
        self._last: dict[str, list[str]] = {}
        for actor in actors:
            # "The army" is a state's, though rebels call themselves one.
            rebels = actor.name in _armed() or bool(set(actor.name.lower().split()) & groups().armed)
            if actor.type == "organisation" and " " in actor.name and not rebels:
                self._last.setdefault(actor.name.split()[-1].lower(), []).append(actor.name)
        unions = groups().unions | {"union"}
        bodies = [a.name for a in actors if a.type == "organisation" and " " in a.name]
        self._unions = [n for n in bodies if n.split()[-1].lower() in unions]
        self._states = [a.name for a in actors if a.type == "state"]
        self._unlisted = unlisted(actors)
        self._named_sources: dict[str, tuple[str, ...]] = {}
        self._pairs_joined: list[tuple[int, frozenset[str]]] | None = None
        self._party |= self._apposed(parse, mentions)

    def _apposed(self, parse: Parse, mentions: Sequence[Mention]) -> dict[str, str]:
        """Parties of persons whose office stands behind their name with whom they serve ("Ek, the king's envoy")."""
        found: dict[str, str] = {}
        for mention in mentions:
            if mention.type != "person" or mention.actor in self._party:
                continue
            root = parse.tokens(mention.span).root
            beside = [c for c in root.children if c.dep_ in _WITH_A_NAME]
            # "Oslo's acting premier, Ada Ek".
            beside += [root.head] if root.dep_ == "appos" else []
            offices = [c for c in beside if c.lemma_.lower() in words("offices")]
            served = {p for c in offices for p in self.behind(self.owners(c) or self._of_front(c))}
            if len(served) == 1:
                found[mention.actor] = next(iter(served))
        return found

    def _of_front(self, office: Token) -> tuple[str, ...]:
        """`The party would leave, its leader Tom Ek said`: whom the clause that is said begins with."""
        name = office.head
        own = [c for t in (office, name) for c in t.children if c.dep_ == "poss" and c.lower_ in _NEUTER | _PLURAL]
        said = name.head if name.dep_ == "nsubj" and is_verb(name.head) else None
        clause = next((c for c in said.children if c.dep_ == "ccomp" and c.i < name.i), None) if said else None
        subject = next((c for c in clause.children if c.dep_ in SUBJECTS), None) if clause is not None else None
        return self.named(subject, 3) if own and subject is not None else ()

    def carrier(self, token: Token) -> Attribution | None:
        """Return the attribution whose content holds a token, the innermost of several."""
        found = self._contents.touching(span_of(token))
        return min(found, key=lambda a: sum(s.length for s in a.content), default=None)

    def kind(self, name: str) -> str | None:
        """Return what kind of actor bears a name."""
        return self._kinds.get(name)

    def mention(self, token: Token) -> Mention | None:
        """Return the mention that a token is part of."""
        return self._at.get(token.i)

    def behind(self, names: Iterable[str]) -> tuple[str, ...]:
        """Return the states and bodies for which actors act; a person whose office is not known acts for nobody."""
        found = (self._party.get(n) if self._kinds.get(n) == "person" else self._party.get(n, n) for n in names)
        return tuple(dict.fromkeys(n for n in found if n))

    def same_side(self, one: Iterable[str], other: Iterable[str]) -> bool:
        """Return whether two groups of actors share an actor or a party."""
        one, other = tuple(one), tuple(other)
        return bool({*one, *self.behind(one)} & {*other, *self.behind(other)})

    def speaker(self, token: Token) -> tuple[str, ...]:
        """Return who says the words at a token: the speaker, or those whom the words for a speaker name together."""
        said = self.carrier(token)
        if said is None:
            return ()
        return (said.speaker,) if said.speaker in self._kinds else self._source_of(said)

    def _source_of(self, said: Attribution) -> tuple[str, ...]:
        """Whom the words for a speaker name ("Oslo and Bern", "Danish officials"); a pronoun names nobody here."""
        if not said.source or said.speaker == JOINT_STATEMENT:
            return ()
        if said.id not in self._named_sources:
            tokens = self._parse.tokens(said.source[0])
            head = tokens.root if len(tokens) else None
            self._named_sources[said.id] = () if head is None or head.pos_ == "PRON" else self.named(head)
        return self._named_sources[said.id]

    def doers(self, verb: Token) -> tuple[str, ...]:
        """Return who does what a verb tells."""
        return self.all_of(doers(verb))

    def between(self, noun: Token) -> tuple[str, ...]:
        """Return the several actors between whom a thing is ("the treaty between Oslo and Bern"), or none."""
        found = tuple(n for p in noun.children if p.lower_ == "between" for c in p.children for n in self.named(c))
        return found if len(set(found)) > 1 else ()

    def is_done_by_a_thing(self, verb: Token) -> bool:
        """Return whether who does what a verb tells is a thing ("the threat helped"), as far as its noun shows."""
        heads = doers(verb)
        return bool(heads) and all(self._is_thing(h) for h in heads)

    def _is_thing(self, head: Token) -> bool:
        if head.tag_ in {"WDT", "WP"} and head.lower_ != "who":
            head = next((t.head for t in head.ancestors if t.dep_ == "relcl"), head)
        several = next((t for t in joined(head) if t.i != head.i), None)
        if head.tag_ == "NNS" and head.lemma_.lower() in words("matters") - words("acting"):
            # "The plans call for ...".
            return several is None and head.i not in self._at
        if head.tag_ != "NN" or several is not None or head.ent_type_ or head.i in self._at:
            return False
        return head.lemma_.lower() not in words("groups") | words("pairs") and not is_title(head.text)

    def all_of(self, heads: Iterable[Token]) -> tuple[str, ...]:
        """Return whom several noun phrases name."""
        return tuple(dict.fromkeys(n for h in heads for n in self.named(h)))

    def named(self, head: Token, depth: int = 0) -> tuple[str, ...]:
        """Return whom a noun phrase names, those joined to its head included.

        Args:
            head: the head of the phrase.
            depth: how many phrases lie around it; the function's own matter.
        """
        if depth > 4:
            return ()
        # "Mr. Ek and President Li": the parser may hang the first on the second.
        before = [c for c in head.children if c.dep_ == "nmod" and any(x.dep_ == "cc" for x in c.children)]
        found = [n for t in (*before, *joined(head)) for n in self._one(t, depth)]
        return tuple(dict.fromkeys(found))[:_MOST]

    def _one(self, head: Token, depth: int) -> tuple[str, ...]:
        mention = self._at.get(head.i)
        if mention is not None:
            # A place that does something stands for those who act from there ("Zubra rejected the plan").
            return () if mention.type == "place" and not self._is_acting(head) else (mention.actor,)
        if head.lower_ in _RELATIVE and head.pos_ != "DET":
            return self._antecedent(head, depth)
        if head.pos_ == "PRON":
            return self._pronoun(head, depth)
        over = self._at.get(head.head.i) if head.dep_ == "appos" else None
        if over is not None and over.type == "person":
            # "Ada Ek, an adviser of the king who backed the deal".
            return (over.actor,)
        apposed = [m.actor for c in head.children if c.dep_ == "appos" and (m := self._at.get(c.i)) is not None]
        if apposed:
            return (apposed[0],)
        lemma = head.lemma_.lower()
        pair = lemma in words("pairs") or head.tag_ == "NNPS"
        if any(c.lower_ in _TWO for c in head.children):
            taken_up = next(self._pairs.touching(span_of(head)), None)
            if taken_up is not None:
                return taken_up.members
            if pair:
                return self._two(head)
            if lemma in words("offices"):
                # "The two presidents" of two states.
                return self._only_two(head)
        owners = self.owners(head, depth) if lemma in words("groups") else ()
        if lemma not in ADMINISTRATIONS and any(self._kinds.get(n) == "person" for n in owners):
            # What the king's envoys do the king does not; his party does.
            owners = tuple(n for n in owners if self._kinds.get(n) != "person") or self.behind(owners)
        return self._body_of(owners, lemma) or owners or self._short(head) or self._by_words(head)

    @staticmethod
    def _is_acting(head: Token) -> bool:
        return first_of(head).dep_ in SUBJECTS | {"pobj"} and acts(head)

    def _by_words(self, head: Token) -> tuple[str, ...]:
        """`The Greens`: a party that no list has, by the one body whose name it shortens, else by its own words."""
        plural = head.tag_ == "NNPS" or (head.tag_ == "NNP" and head.ent_type_ == "NORP" and head.text.endswith("s"))
        if not plural or head.ent_type_ not in _GROUPS or first_of(head).dep_ not in _ACTING:
            return ()
        words_of = [c for c in head.lefts if c.dep_ in {"compound", "amod", "nmod"} and c.text[:1].isupper()]
        name = " ".join(t.text for t in (*words_of, head))
        short = name.removesuffix("s")
        bodies = [n for n, kind in self._kinds.items() if kind == "organisation" and _is_short_for(short, n)]
        return (bodies[0],) if len(bodies) == 1 else (name,)

    def _body_of(self, owners: tuple[str, ...], lemma: str) -> tuple[str, ...]:
        """`His administration`: the body that the report knows by the owner's name, where it knows one."""
        if len(owners) != 1 or lemma not in ADMINISTRATIONS:
            return ()
        name = f"{owners[0].split()[-1]} {lemma}"
        return (name,) if name in self._kinds else ()

    def _short(self, head: Token) -> tuple[str, ...]:
        """`The administration`: the one body of the report whose name ends so; `the country`: the speaker's."""
        if {c.lower_ for c in head.children if c.dep_ in OWNERS | {"det"}} != {"the"}:
            return ()
        bodies = self._last.get(head.lower_, ())
        if len(bodies) == 1:
            return (bodies[0],)
        if head.lower_ not in _HOME:
            return ()
        return tuple(n for n in self.behind(self.speaker(head)) if self._kinds.get(n, "state") == "state")

    def owners(self, head: Token, depth: int = 0) -> tuple[str, ...]:
        """Return whom the words around a noun name: "US officials", "a delegation from Oslo", "its troops"."""
        near = [c for c in head.children if c.dep_ in OWNERS]
        found = [n for c in near for n in self._modifier(c, depth)]
        if not found and head.lemma_.lower() in words("groups"):
            behind = [p for p in head.children if p.dep_ == "prep" and p.lower_ in _BELONGING]
            found = [n for p in behind for c in p.children if c.dep_ == "pobj" for n in self.named(c, depth + 1)]
        return tuple(dict.fromkeys(found))

    def _modifier(self, token: Token, depth: int) -> Iterator[str]:
        for one in joined(token):
            mention = self._at.get(one.i)
            if mention is not None and (mention.type != "place" or one.dep_ == "poss"):
                yield mention.actor
            elif one.dep_ != "poss" and (state := self._state_of(one.text)) is not None:
                if first_of(one).head.lemma_.lower() not in words("private"):
                    yield state
            elif one.lower_ == "whose":
                yield from self._antecedent(one, depth)
            elif one.dep_ == "poss" and one.pos_ == "PRON":
                yield from self._pronoun(one, depth)
            elif one.lower_ == "union" and len(self._unions) == 1:
                # "Union leaders", where the report names one union.
                yield self._unions[0]
            elif one.dep_ == "poss":
                yield from self._one(one, depth + 1)
            elif mention is None and one.dep_ in {"compound", "nmod", "amod"} and one.lemma_.lower() in words("groups"):
                yield from self.owners(one, depth + 1)

    def is_of_state(self, adjective: Token) -> bool:
        """Return whether an adjective is a state's ("Danish")."""
        return self._state_of(adjective.text) is not None

    def _state_of(self, adjective: str) -> str | None:
        """The state of an adjective, by the gazetteer, else by the names of the report's own states."""
        found = state_adjective(adjective)
        return found or next((n for n in self._unlisted if is_adjective_of(adjective, n)), None)

    def _antecedent(self, pronoun: Token, depth: int) -> tuple[str, ...]:
        """Whom a relative pronoun stands for."""
        verb = next((t for t in pronoun.ancestors if t.dep_ == "relcl"), None)
        return self.named(verb.head, depth + 1) if verb is not None else ()

    def _pronoun(self, pronoun: Token, depth: int) -> tuple[str, ...]:
        source = next(self._sources.touching(span_of(pronoun)), None)
        if source is not None and source.speaker is not None and source.speaker in self._kinds:
            return () if self._is_doubtful(pronoun, source.speaker) else (source.speaker,)
        said = self.carrier(pronoun)
        if pronoun.dep_ == "poss" and pronoun.lower_ not in _FIRST and self._is_near_another(pronoun):
            return ()
        if pronoun.lower_ in _FIRST:
            return self.speaker(pronoun) if said is not None and said.kind != "indirect" else ()
        one = said.speaker if said is not None and said.kind != "direct" and said.speaker in self._kinds else None
        if one and self._means(pronoun, (one,)):
            return () if self._is_doubtful(pronoun, one) else (one,)
        if (
            pronoun.lower_ in _PLURAL
            and said is not None
            and said.kind != "direct"
            and (those := self._source_of(said))
        ):
            return those
        if pronoun.lower_ in _PLURAL and (people := self._people_before(pronoun)):
            return people
        ahead = self._subject_ahead(pronoun, depth)
        if ahead is not None:
            return ahead
        found = self._subject_before(pronoun, depth)
        if said is not None and said.kind == "direct" and said.speaker in found:
            # Whoever speaks says "I" and "we".
            return ()
        return found or (self._who_met(pronoun, depth) if pronoun.lower_ in _PLURAL else ())

    def _is_doubtful(self, pronoun: Token, speaker: str) -> bool:
        """`No answer came from Oslo, but it said ...`: another body is named in the sentence, the speaker is not."""
        if pronoun.lower_ not in _NEUTER:
            return False
        near = [self._at[i].actor for i in range(pronoun.sent.start, pronoun.i) if i in self._at]
        bodies = [n for n in near if self._kinds.get(n) in {"state", "organisation"}]
        return bool(bodies) and speaker not in bodies

    def _is_near_another(self, owner: Token) -> bool:
        """`Oslo fined firms of Bergen for its ...`: somebody is named behind the subject whom "its" can mean too."""
        verb = next((t for t in owner.ancestors if is_verb(t) and any(c.dep_ in SUBJECTS for c in t.children)), None)
        if verb is None:
            return False
        near = (self._at[i] for i in range(verb.i, owner.i) if i in self._at)
        return any(m.type != "place" and self._means(owner, (m.actor,)) for m in near)

    def _means(self, pronoun: Token, names: tuple[str, ...]) -> bool:
        """Whether a pronoun can mean actors, by their number and kind."""
        kinds = {self._kinds.get(n) for n in names}
        if pronoun.lower_ in _PLURAL:
            return len(names) > 1
        if len(names) != 1:
            return False
        return (
            kinds == {"person"} if pronoun.lower_ in _PERSONAL else pronoun.lower_ in _NEUTER and "person" not in kinds
        )

    def _subject_before(self, pronoun: Token, depth: int) -> tuple[str, ...]:
        """Whom the nearest subject before a pronoun names: of the verbs around it, else of the sentence before."""
        for verb in self._verbs_before(pronoun):
            heads = [c for c in verb.children if c.dep_ in SUBJECTS and c.i < pronoun.i and c.pos_ != "PRON"]
            names = tuple(n for h in heads for n in self.named(h, depth + 1))
            if heads and not names and pronoun.lower_ in _NEUTER and verb in pronoun.ancestors:
                # "The alliance said it ...": whoever that is, it is nobody named before.
                return ()
            if heads and names:
                clear = self._means(pronoun, names) and not self._is_rivalled(pronoun, heads[-1], names)
                return names if clear else ()
        return ()

    def _who_met(self, pronoun: Token, depth: int) -> tuple[str, ...]:
        """`Oslo met Bern. They agreed ...`: the two who met in the sentence before."""
        start = pronoun.sent.start
        if start == 0 or "\n" in pronoun.doc[start - 1].text:
            return ()
        verb = pronoun.doc[start - 1].sent.root
        if verb.lemma_.lower() not in _MEETING:
            return ()
        ones = [c for c in verb.children if c.dep_ == "nsubj"]
        others = [c for c in verb.children if c.dep_ == "dobj"]
        others += [c for p in verb.children if p.lower_ == "with" for c in p.children]
        sides = [tuple(dict.fromkeys(n for h in those for n in self.named(h, depth + 1))) for those in (ones, others)]
        return sides[0] + sides[1] if all(len(s) == 1 for s in sides) and sides[0] != sides[1] else ()

    def _subject_ahead(self, pronoun: Token, depth: int) -> tuple[str, ...] | None:
        """`While he rejected the map, Mr. Ek ...`: the subject behind it; None where no such clause comes first."""
        verb = pronoun.head
        if pronoun.dep_ != "nsubj" or verb.dep_ != "advcl" or verb.i > verb.head.i:
            return None
        subject = next((c for c in verb.head.children if c.dep_ == "nsubj" and c.i > verb.i), None)
        if subject is None or subject.pos_ == "PRON":
            return None
        names = self.named(subject, depth + 1)
        return names if self._means(pronoun, names) else ()

    def _is_rivalled(self, pronoun: Token, subject: Token, names: tuple[str, ...]) -> bool:
        """`Ek views Li as weak because he ...`: behind the subject somebody else is named whom the pronoun can mean."""
        end = min(pronoun.i, subject.sent.end)
        others = {self._at[i].actor for i in range(subject.i + 1, end) if i in self._at and self._at[i].type != "place"}
        return any(self._means(pronoun, (n,)) for n in others - set(names))

    @staticmethod
    def _verbs_before(pronoun: Token) -> Iterator[Token]:
        """Verbs whose subject a pronoun can take up, the nearest first."""
        yield from (t for t in pronoun.ancestors if is_verb(t))
        start = pronoun.sent.start
        for _ in range(_SENTENCES if pronoun.lower_ in _PERSONAL else 1):
            # Only a person is taken up over the end of a paragraph.
            if start == 0 or (pronoun.lower_ not in _PERSONAL and "\n" in pronoun.doc[start - 1].text):
                return
            sentence = pronoun.doc[start - 1].sent
            start = sentence.start
            yield sentence.root
            yield from (t for t in sentence.root.children if t.dep_ == "ccomp" and is_verb(t))

    def _people_before(self, pronoun: Token) -> tuple[str, ...]:
        """`The Norwegians said they ...`: the one people that this sentence and the one before it name."""
        floor = pronoun.doc[pronoun.sent.start - 1].sent.start if pronoun.sent.start > 0 else 0
        near = [self._at[i] for i in range(floor, pronoun.i) if i in self._at and pronoun.doc[i].tag_ == "NNPS"]
        found = tuple(dict.fromkeys(m.actor for m in near if m.type == "state" and m.span.length < len(m.actor) + 3))
        return found if len(found) == 1 and "States" not in found[0] else ()

    def _two(self, head: Token) -> tuple[str, ...]:
        """`The two sides`: the one pair that this sentence or the two before it join; of leaders the two persons."""
        # "The two Koreas".
        alike = tuple(n for n in self._states if n.split()[-1] == head.text.removesuffix("s"))
        if len(alike) == 2:
            return alike
        floor = head.sent.start
        for _ in range(_SENTENCES):
            floor = head.doc[floor - 1].sent.start if floor > 0 else floor
        near = [i for i in range(floor, head.i) if i in self._at]
        if head.lemma_.lower() == "leader":
            found = tuple(dict.fromkeys(self._at[i].actor for i in near if self._at[i].type == "person"))
        else:
            told = {frozenset(p): not _is_saying(head.doc[i]) for i in near if (p := self._joined_to(head.doc[i]))}
            # Who says something together may be those who bring the sides together: then nobody else may be meant.
            found = tuple(sorted(next(iter(told)))) if len(told) == 1 and all(told.values()) else ()
        return found if len(found) == 2 else self._only_two(head)

    def _only_two(self, head: Token) -> tuple[str, ...]:
        """The one pair that the report joins anywhere before, or the one that it tells to agree."""
        if self._pairs_joined is None:
            joined_to = ((i, self._joined_to(head.doc[i])) for i in sorted(self._at))
            self._pairs_joined = [(i, frozenset(p)) for i, p in joined_to if p is not None]
        told = [(i, p) for i, p in self._pairs_joined if i < head.i]
        agreed = {p for i, p in told if _agrees(head.doc[i])}
        before = agreed if len(agreed) == 1 else {p for _, p in told}
        return tuple(sorted(next(iter(before)))) if len(before) == 1 else ()

    def _joined_to(self, token: Token) -> tuple[str, str] | None:
        """Two states or bodies that "and" joins, by name or by what they have ("Oslo's army and the rebels")."""
        other = self._at.get(token.i)
        if token.dep_ != "conj" or other is None or other.type in {"person", "place"}:
            return None
        one = self._at.get(token.head.i)
        names = (one.actor,) if one is not None else self.owners(token.head)
        if len(names) != 1 or names[0] == other.actor or self._kinds.get(names[0]) in {"person", "place", None}:
            return None
        return names[0], other.actor


def _is_saying(joined: Token) -> bool:
    """Whether the last of several joined names is a subject of what is said."""
    first = first_of(joined)
    return first.dep_ == "nsubj" and is_cue(first.head)


def _agrees(joined: Token) -> bool:
    """Whether the last of several joined names is a subject of what is agreed."""
    first = first_of(joined)
    return first.dep_ == "nsubj" and first.head.lemma_ in {"agree", "sign", "reach", "strike", "conclude"}


def _is_short_for(short: str, body: str) -> bool:
    """Whether "Green" is the "Green Party", "Social Democrat" the "Social Democratic Party" or "Social Democrat"."""
    return body == short or body.startswith((f"{short} ", f"{short}ic"))


@cache
def _armed() -> frozenset[str]:
    return frozenset(g.name for g in armed_groups())
