"""What is found in one report, by itself: spans, and beside them what was made of them."""

from __future__ import annotations

from typing import Literal

import msgspec

from trucebook.report import Furniture, Report  # noqa: TC001  msgspec reads the annotations
from trucebook.span import Span  # noqa: TC001  msgspec reads the annotations

ActorType = Literal["person", "organisation", "state", "place"]
AttributionKind = Literal["direct", "indirect", "mixed"]
Stance = Literal["neutral", "distancing", "endorsing", "denying"]
Manner = Literal["speech", "attitude", "act"]
SourceKind = Literal["witness", "named", "title", "unnamed"]
TimeType = Literal["DATE", "TIME", "DURATION", "SET"]
TimeMod = Literal["BEFORE", "AFTER", "ON_OR_BEFORE", "ON_OR_AFTER", "LESS_THAN", "MORE_THAN", "EQUAL_OR_LESS",
                  "EQUAL_OR_MORE", "START", "MID", "END", "APPROX"]  # fmt: skip
Bound = Literal["exact", "at_least", "more_than", "at_most", "less_than", "about", "between"]
Tenure = Literal["now", "acting", "then", "former", "future"]
QuantityKind = Literal["count", "share", "money", "measure", "duration"]
Status = Literal["done", "planned", "conditional", "possible", "denied"]
Reach = Literal["clause", "before"]
Modality = Literal["asserted", "planned", "conditional", "possible", "question"]

Act = Literal["propose", "counter", "accept", "accept_if", "refuse", "demand", "promise", "threaten", "suspend",
              "resume", "withdraw", "reaffirm", "deny", "confirm", "announce", "agree", "sign", "meet", "mediate",
              "relay", "set_deadline", "postpone", "ask_clarification", "accuse", "warn", "request", "order", "welcome",
              "attack"]  # fmt: skip
MoveStatus = Literal["done", "planned", "conditional", "possible", "denied"]


class Paragraph(msgspec.Struct, frozen=True, kw_only=True):
    """A block of the report's prose.

    Attributes:
        span: without the white space around it.
        kind: `heading` for a title or subheading, whose telegraphic words are not read as statements.
    """

    span: Span
    kind: Literal["prose", "heading"] = "prose"


class Sentence(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence of the prose.

    Attributes:
        span: without the white space around it.
        paragraph: index into the reading's paragraphs.
    """

    span: Span
    paragraph: int


class Quotation(msgspec.Struct, frozen=True, kw_only=True):
    """Words between quotation marks; whether anyone said them is the attributions' matter.

    Attributes:
        span: the words inside the marks; over several paragraphs, from the first word to the last.
        outer: the same with the marks.
        pieces: one span a paragraph where the quotation runs over several, without the repeated opening marks.
        closed: whether a closing mark was found.
        attribution: id of the attribution that carries it.
    """

    span: Span
    outer: Span
    pieces: tuple[Span, ...]
    closed: bool = True
    attribution: str | None = None


class Attribution(msgspec.Struct, frozen=True, kw_only=True):
    """Who said what (PARC 3.0): a source, a cue and a content.

    Attributes:
        id: a hash of who says what in which report.
        source: the words that name who said it.
        cue: the words that mark it as said.
        content: what was said; discontinuous where words of the outlet stand between.
        kind: direct (all in quotation marks), indirect (none), mixed.
        speaker: the actor that the source names, by the name the report knows it by; None where that is not known. Of
            several named together it is their names ("Ana Duval and Olan Thorne").
        stance: how the outlet's cue stands to what was said.
        manner: whether the cue tells that somebody spoke (said, according to), thought (believes, hopes) or acted
            (accepted, backed); an act's content is what it was about, not what was said.
        source_kind: how well the words name the source; None without one, or where it is a pronoun for nobody known.
        parent: id of the attribution inside whose content this one stands ("Doe said that Roe had told him ...").
    """

    id: str
    source: tuple[Span, ...] | None
    cue: tuple[Span, ...] | None
    content: tuple[Span, ...]
    kind: AttributionKind
    speaker: str | None
    stance: Stance = "neutral"
    manner: Manner = "speech"
    source_kind: SourceKind | None = None
    parent: str | None = None


class Mention(msgspec.Struct, frozen=True, kw_only=True):
    """Words that name an actor.

    Attributes:
        span: the words.
        actor: the actor's fullest name in this report.
        type: what it is here; a capital is a state where it acts and a place where things happen.
    """

    span: Span
    actor: str
    type: ActorType


class Office(msgspec.Struct, frozen=True, kw_only=True):
    """An office that a report gives to a person, where it does.

    Attributes:
        words: the phrase, without article and name ("former Danish foreign minister").
        span: its words, with the name where that stands among them ("President Ada Marlow of Norway").
        states: states that it names, as their adjective too.
        of: other actors named inside it ("Halden Watch" in "director of Halden Watch"), by their names in the report.
        when: whether it is held at the time of the report; "then" is the time that the report tells of.
    """

    words: str
    span: Span
    states: tuple[str, ...] = ()
    of: tuple[str, ...] = ()
    when: Tenure = "now"


class LocalActor(msgspec.Struct, frozen=True, kw_only=True):
    """An actor as one report knows it.

    Attributes:
        name: its fullest name in the report; for a state the gazetteer's name.
        type: what it is.
        aliases: every form that names it, in order of appearance.
        roles: offices and descriptions the report gives it ("Kremlin spokesman"), in order of appearance.
        offices: the same with their places, and with what they tell of time and of whom the office belongs to.
        acts: how often it does or says something: is the subject of a verb, or told "according to".
    """

    name: str
    type: ActorType
    aliases: tuple[str, ...]
    roles: tuple[str, ...] = ()
    offices: tuple[Office, ...] = ()
    acts: int = 0


class Time(msgspec.Struct, frozen=True, kw_only=True):
    """A time expression (TIMEX3).

    Attributes:
        span: the words.
        type: DATE, TIME, DURATION or SET.
        value: TIMEX3 value; None where the words cannot be anchored.
        mod: TIMEX3 modifier.
        start: first day of the interval meant (ISO 8601), or its first minute where the words tell the time of day,
            with the offset from UTC where they fix one; None where the interval is open there or not known.
        end: the day, or minute, after its last. The interval is never shorter than what the words may mean.
        zone: the words that name the time zone ("EDT", "Kyiv time").
        anchor: the day (ISO 8601) that the value is counted from, where that is not the day of the report: inside a
            quotation the day on which its words were spoken.
    """

    span: Span
    type: TimeType
    value: str | None
    mod: TimeMod | None = None
    start: str | None = None
    end: str | None = None
    zone: str | None = None
    anchor: str | None = None


class Where(msgspec.Struct, frozen=True, kw_only=True):
    """The place that a quantity holds for.

    Attributes:
        span: the words that name it.
        place: the actor they name, by the name the report knows it by.
        found: in the clause of the number, or in the sentence before.
    """

    span: Span
    place: str
    found: Reach = "clause"


class When(msgspec.Struct, frozen=True, kw_only=True):
    """The time that a quantity holds for.

    Attributes:
        span: the words that name it.
        value: TIMEX3 value of these words.
        found: in the clause of the number, or in the sentence before.
    """

    span: Span
    value: str
    found: Reach = "clause"


class Quantity(msgspec.Struct, frozen=True, kw_only=True):
    """A number of something.

    Attributes:
        span: the words, bound included ("at least three people").
        low: smallest number meant; None where open below. For `more_than` it is the number named, which is excluded.
        high: largest number meant; None where open above. For `less_than` it is the number named, which is excluded.
        of: what is counted or measured: a measure of the lexicon ("killed"), else the noun's lemma ("drone", "USD").
        bound: how the words limit the number.
        approximate: whether the words say that the number is rough.
        kind: whether things are counted, or what else the number is; "three years of war" is a duration and no count.
        counted: lemma of the counted noun, where the words have one ("person" in "three people dead").
        happened: what befell the counted ("killed", "launched"); None where the words around do not tell.
        status: whether that happened, is still to come, depends, is only possible or is denied; None where it is a noun
            that does not tell ("the release of 33 hostages"). `of` is a measure only where it is done.
        per: what the number is per ("day" in "200 trucks a day").
        where: where that was.
        when: when that was.
        attribution: id of the innermost attribution that holds the number: whose count it is. None: the outlet's own.
    """

    span: Span
    low: float | None
    high: float | None
    of: str | None
    bound: Bound = "exact"
    approximate: bool = False
    kind: QuantityKind = "count"
    counted: str | None = None
    happened: str | None = None
    status: Status | None = None
    per: str | None = None
    where: Where | None = None
    when: When | None = None
    attribution: str | None = None


class Clause(msgspec.Struct, frozen=True, kw_only=True):
    """A statement inside a sentence, as material for comparing reports.

    Attributes:
        span: from its first word to its last, without the words of the attribution around it.
        sentence: index into the reading's sentences.
        predicate: lemma of its head.
        words: lemmas of its content words and names of its actors (behind `@`), in order, as they are compared.
        doers: names of the actors that do it: its subject's, or in the passive the agent's.
        negated: whether the words deny it.
        modality: whether the words assert it, plan it, condition it, hold it possible or ask it.
        condition: the words of its condition ("if Russia agrees").
        attribution: id of the attribution whose content holds it; None where the outlet itself says it.
        subject: where its subject stands outside it: the antecedent of "which", or the subject that two verbs share.
        past: whether its head is a verb in the past or the perfect ("has resumed", "was signed").
    """

    span: Span
    sentence: int
    predicate: str
    words: tuple[str, ...]
    doers: tuple[str, ...] = ()
    negated: bool = False
    modality: Modality = "asserted"
    condition: Span | None = None
    attribution: str | None = None
    subject: Span | None = None
    past: bool = False


class Move(msgspec.Struct, frozen=True, kw_only=True):
    """An act in a negotiation, as the words of the report tell it.

    Attributes:
        span: from the first of its words to the last, the subject's and the object's included.
        trigger: the word that tells the act ("accepted", "offer").
        act: what is done; `accept_if` is a counter, never a yes.
        actors: who does it, by the names the report knows them by; empty where the words do not say.
        parties: the states and bodies for which they act: themselves, or those whose office they hold.
        recipients: to whom it is addressed.
        object: the words for what is offered, accepted, demanded and so on.
        condition: the words of what it depends on.
        status: `done` where the words tell it as done; `conditional` where it depends on the condition.
        time: TIMEX3 value of when it was or will be done, by the words around it; None where they do not say.
        plover: class of events (PLOVER 0.8), where it has one.
        attribution: id of the attribution whose content holds it; None where the outlet itself tells it.
    """

    span: Span
    trigger: Span
    act: Act
    actors: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    object: Span | None = None
    condition: Span | None = None
    status: MoveStatus = "done"
    time: str | None = None
    plover: str | None = None
    attribution: str | None = None


class Abstention(msgspec.Struct, frozen=True, kw_only=True):
    """Something seen and not decided, kept with its reason.

    Attributes:
        span: the words in question.
        what: what was left undecided ("speaker", "quotation", "actor").
        reason: why.
        candidates: what it might have been, in order of likelihood.
    """

    span: Span
    what: str
    reason: str
    candidates: tuple[str, ...] = ()


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """All that was found in one report; every tuple is in order of appearance.

    Attributes:
        report: the report it is a reading of.
        paragraphs: blocks of prose.
        sentences: sentences of the prose.
        quotations: words between quotation marks.
        attributions: who said what.
        actors: the people, states, organisations and places that the report names.
        mentions: where it names them.
        times: time expressions.
        quantities: numbers of something.
        conditions: words that make something depend on something else ("if Norway agrees").
        clauses: statements, as material for comparing reports.
        moves: acts in the negotiation.
        abstentions: what was seen and not decided.
        warnings: what the reader should know about this reading.
    """

    report: Report
    paragraphs: tuple[Paragraph, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    actors: tuple[LocalActor, ...] = ()
    mentions: tuple[Mention, ...] = ()
    times: tuple[Time, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    conditions: tuple[Span, ...] = ()
    clauses: tuple[Clause, ...] = ()
    moves: tuple[Move, ...] = ()
    abstentions: tuple[Abstention, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def furniture(self) -> tuple[Furniture, ...]:
        """What of the report's text is not its prose."""
        return self.report.furniture
