"""The words of moves: acts, the frames of verbs and nouns, and what other words make of them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Literal

import msgspec

from trucebook.lexicons import load
from trucebook.reading.model import Act  # noqa: TC001  msgspec reads the annotations

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


Governed = Literal["done", "planned", "possible", "denied"]


class ActEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An act and its class of events.

    Attributes:
        name: the act.
        plover: PLOVER's class of it where it is told as done.
        to_come: its class while it is planned, conditional or possible, where that is another.
        undone: its class where it is denied, where that is another.
    """

    name: Act
    plover: str | None = None
    to_come: str | None = None
    undone: str | None = None


class VerbFrame(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What verbs tell: their act, and where they have its object and its recipient.

    Attributes:
        act: the act.
        lemmas: of the verbs.
        particle: a word that must stand with the verb ("forward").
        object: relations in which the object stands, the first that is there counts.
        recipient: the same for the recipient.
        needs: one of these must hold, if there are any; see the file's comments.
        plover: class of these verbs where it is not the act's.
    """

    act: Act
    lemmas: tuple[str, ...]
    particle: str | None = None
    object: tuple[str, ...] = ()
    recipient: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    plover: str | None = None


class NounFrame(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What nouns tell.

    Attributes:
        act: the act.
        lemmas: of the nouns.
        actor: relations in which the noun's own words name who acts.
        object: relations of its object.
        recipient: relations of its recipient.
        needs: as for verbs.
        stands: whether naming it says that it was made.
        light: the light verbs it goes with, where not all.
        plover: class of these nouns where it is not the act's.
    """

    act: Act
    lemmas: tuple[str, ...]
    actor: tuple[str, ...]
    object: tuple[str, ...] = ()
    recipient: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    stands: bool = False
    light: tuple[str, ...] = ()
    plover: str | None = None


class Governors(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What words make of the infinitive, gerund or noun below them; see the file's comments.

    Attributes:
        done: it is done as the governor is.
        planned: it is to come.
        possible: it may come.
        nouns: those of them that are nouns.
        denied: it is not so.
    """

    done: tuple[str, ...]
    planned: tuple[str, ...]
    possible: tuple[str, ...]
    nouns: tuple[str, ...]
    denied: tuple[str, ...]


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Other words that decide what is a move and how it stands; the file says what each list is.

    Attributes:
        light: verbs whose subject does what their object names.
        receiving: verbs whose subject is the addressee of what their object names.
        future: auxiliaries of the future.
        would: auxiliaries of the conditional.
        possible: auxiliaries that leave it open.
        obliging: those of them that oblige.
        doubtful: adverbs and adjectives that leave it open.
        coming: adjectives that put it in the future.
        never: adverbs that deny it.
        stative: verbs that tell no act in the future tense.
        wishing: verbs whose clause is asked for or wished.
        tidings: nouns whose clause is told.
        harmful: verbs that tell harm in the future tense.
        informing: verbs and nouns of telling more.
        telling: verbs of saying what one makes of something.
        early: adjectives for what cannot be said yet.
        settled: nouns for what is agreed, as something that binds.
        terms: nouns for parts of it, which stand before it.
        inquiries: nouns of what reporters ask.
        wrongs: verbs of breaking a rule or an agreement.
        lawless: adverbs of that.
        naming: verbs of calling something something.
        charges: what it is an accusation to call something.
        vengeful: what it is a threat to promise.
        binding: what is broken.
        answers: nouns of answers.
        answering: verbs of answering.
        groups: nouns of those who act for whom their modifiers name.
        offices: offices whose holder speaks for a state or body.
        pairs: nouns behind "the two".
        matters: things that are negotiated.
        forums: what is left and quitted.
        given: what is granted on request.
        stopped: pauses.
        claims: things said.
        weapons: what is fired or launched.
        penalties: what states put on each other's goods, money and people.
        guessing: verbs of guessing what will be.
        organs: last words of the names of what speaks for the state named first.
        yielding: verbs of giving in; whoever will not do so refuses.
        acting: of the things that are negotiated, those who act.
        troops: who is sent and pulled back.
        messages: what is carried from one to another.
        offered: what is studied before it is answered.
        unweighed: what is offered, promised and accepted without anything being negotiated.
        private: of the groups, those that do not act for the state whose adjective they bear.
        approving: verbs of giving the yes that a deal still needs.
        approvals: nouns of it.
        awaiting: verbs whose object is still to be given.
        unmarked: offices that are left without their state, with it.
    """

    light: tuple[str, ...]
    receiving: tuple[str, ...]
    future: tuple[str, ...]
    would: tuple[str, ...]
    possible: tuple[str, ...]
    obliging: tuple[str, ...]
    doubtful: tuple[str, ...]
    coming: tuple[str, ...]
    never: tuple[str, ...]
    stative: tuple[str, ...]
    wishing: tuple[str, ...]
    tidings: tuple[str, ...]
    harmful: tuple[str, ...]
    informing: tuple[str, ...]
    telling: tuple[str, ...]
    early: tuple[str, ...]
    settled: tuple[str, ...]
    terms: tuple[str, ...]
    inquiries: tuple[str, ...]
    wrongs: tuple[str, ...]
    lawless: tuple[str, ...]
    naming: tuple[str, ...]
    charges: tuple[str, ...]
    vengeful: tuple[str, ...]
    binding: tuple[str, ...]
    answers: tuple[str, ...]
    answering: tuple[str, ...]
    groups: tuple[str, ...]
    offices: tuple[str, ...]
    pairs: tuple[str, ...]
    matters: tuple[str, ...]
    forums: tuple[str, ...]
    given: tuple[str, ...]
    stopped: tuple[str, ...]
    claims: tuple[str, ...]
    weapons: tuple[str, ...]
    penalties: tuple[str, ...]
    guessing: tuple[str, ...]
    organs: tuple[str, ...]
    yielding: tuple[str, ...]
    acting: tuple[str, ...]
    troops: tuple[str, ...]
    messages: tuple[str, ...]
    offered: tuple[str, ...]
    unweighed: tuple[str, ...]
    private: tuple[str, ...]
    approving: tuple[str, ...]
    approvals: tuple[str, ...]
    awaiting: tuple[str, ...]
    unmarked: tuple[tuple[str, str], ...]


class MoveLexicon(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file `moves.toml`.

    Attributes:
        acts: the acts.
        verbs: frames of verbs, in the order in which they are tried.
        nouns: frames of nouns, in the order in which they are tried.
        governors: what words make of what they govern.
        words: other lists.
    """

    acts: tuple[ActEntry, ...]
    verbs: tuple[VerbFrame, ...]
    nouns: tuple[NounFrame, ...]
    governors: Governors
    words: Words


@cache
def lexicon() -> MoveLexicon:
    """Return the lexicon of moves."""
    found: MoveLexicon = load("moves.toml", MoveLexicon)
    return found


@cache
def verb_frames() -> Mapping[str, Sequence[VerbFrame]]:
    """Return the frames of each verb, by lemma."""
    lemmas = dict.fromkeys(lemma for frame in lexicon().verbs for lemma in frame.lemmas)
    return {lemma: [f for f in lexicon().verbs if lemma in f.lemmas] for lemma in lemmas}


@cache
def noun_frames() -> Mapping[str, Sequence[NounFrame]]:
    """Return the frames of each noun, by lemma."""
    lemmas = dict.fromkeys(lemma for frame in lexicon().nouns for lemma in frame.lemmas)
    return {lemma: [f for f in lexicon().nouns if lemma in f.lemmas] for lemma in lemmas}


@cache
def words(name: str) -> frozenset[str]:
    """Return a list of the lexicon's `words` as a set."""
    found: tuple[str, ...] = getattr(lexicon().words, name)
    return frozenset(found)


@cache
def governing() -> Mapping[str, Governed]:
    """Return what each governor makes of what it governs, by lemma: `done`, `planned`, `possible` or `denied`."""
    found = lexicon().governors
    every: dict[Governed, tuple[str, ...]] = {
        "denied": found.denied,
        "possible": found.possible,
        "planned": found.planned,
        "done": found.done,
    }
    return {lemma: name for name, lemmas in every.items() for lemma in lemmas}


@cache
def plover_of(act: Act, status: str, own: str | None = None) -> str | None:
    """Return the PLOVER class of an act that stands so.

    Args:
        act: the act.
        status: how it stands.
        own: the class that its frame names instead of the act's.
    """
    entry = next(e for e in lexicon().acts if e.name == act)
    if status == "denied":
        return entry.undone or own or entry.plover
    if status == "done":
        return own or entry.plover
    return entry.to_come or own or entry.plover
