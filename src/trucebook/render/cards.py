"""The state of play as cards: whose move it is, the proposals with their answers, the commitments, and what is next."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from trucebook.dossier.model import Evidence
from trucebook.render.play import antecedent
from trucebook.render.shown import clip, count, line
from trucebook.render.standings import ANSWERS, COMMITMENTS, PARTINGS, standing_of, weight
from trucebook.render.when import spoken

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from trucebook.agreement.held import Departure
    from trucebook.agreement.model import Cited
    from trucebook.agreement.plans import Planned
    from trucebook.agreement.proposals import Answer, ProposalState
    from trucebook.agreement.state import CommitmentView, StateOfPlay
    from trucebook.agreement.turns import Turn

_TITLE = 160
_PERIODS = {"D": "day", "W": "week", "M": "month", "Y": "year"}


@dataclass(frozen=True, kw_only=True)
class Row:
    """A line of a card.

    Attributes:
        label: what the line tells ("Norway", "if"); empty where it goes on.
        text: it.
        exact: whether it is the words of a report.
        open: whether it waits for somebody.
        places: where it is told.
    """

    label: str
    text: str
    exact: bool = False
    open: bool = False
    places: tuple[Evidence, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Card:
    """A proposal, a commitment, somebody's turn or a plan.

    Attributes:
        mark: its name in the brief ("P1").
        title: what it is.
        state: where it stands, in words that take no side.
        rows: what there is to say about it.
        places: where it is told.
    """

    mark: str
    title: str
    state: str = ""
    rows: tuple[Row, ...] = ()
    places: tuple[Evidence, ...] = ()

    @property
    def every_place(self) -> tuple[Evidence, ...]:
        """Every place it rests on."""
        return tuple(dict.fromkeys((*self.places, *(p for row in self.rows for p in row.places))))


@dataclass(frozen=True, kw_only=True)
class Conditional:
    """Something that depends on a condition, by some report.

    Attributes:
        mark: of its commitment in the brief.
        who: who would have to do it.
        what: what.
        state: where it stands.
        differs: whether reports tell different conditions, or one tells none.
        triggers: the conditions, each with the reports that tell it.
    """

    mark: str
    who: str
    what: str
    state: str
    differs: bool
    triggers: tuple[Row, ...]


@dataclass(frozen=True, kw_only=True)
class Play:
    """The state of play, ready to be laid out.

    Attributes:
        turns: whose move it is, the plainest basis first.
        proposals: the latest offered first.
        commitments: those with a condition first, then by `standings.weight`.
        coming: what is planned or falls due, the earliest first.
        parting: where an agreement file and the reports part.
        conditions: what depends on a condition, with the condition that each report tells; the commitments again, as a
            table.
    """

    turns: tuple[Card, ...] = field(default=())
    proposals: tuple[Card, ...] = field(default=())
    commitments: tuple[Card, ...] = field(default=())
    coming: tuple[Card, ...] = field(default=())
    parting: tuple[Card, ...] = field(default=())
    conditions: tuple[Conditional, ...] = field(default=())

    @property
    def sections(self) -> tuple[tuple[str, tuple[Card, ...]], ...]:
        """The cards by what they are, in the order in which they are shown; what there is none of is left out."""
        every = (
            ("Whose move", self.turns),
            ("Proposals", self.proposals),
            ("Commitments", self.commitments),
            ("To come", self.coming),
            ("Where the agreement file and the reports part", self.parting),
        )
        return tuple((title, found) for title, found in every if found)

    @property
    def cards(self) -> tuple[Card, ...]:
        """All cards, in the order in which they are shown."""
        return tuple(card for _, found in self.sections for card in found)


def cards(
    play: StateOfPlay,
    words: Mapping[str, str],
    departures: Sequence[Departure] = (),
    shown: Mapping[str, str] | None = None,
) -> Play:
    """Return the cards of a state of play.

    Args:
        play: the state of play.
        words: text of each report, by id, so that every line can show its words.
        departures: where an agreement file and the reports part.
        shown: what reports are called where lines name them, by id; without it, or where it has none, by their ids.
    """
    held = sorted(play.commitments, key=weight)
    # What is owed stands among the commitments; whose move it is follows from an offer or a condition.
    waited = [turn for turn in play.whose_move if any(reason.basis != "owed" for reason in turn.reasons)]
    return Play(
        turns=_cleaned(_turn(f"M{n}", t, words) for n, t in enumerate(waited, 1)),
        proposals=_cleaned(_proposal(f"P{n}", p, words, shown or {}) for n, p in enumerate(play.proposals, 1)),
        commitments=_cleaned(_commitment(f"C{n}", c, words) for n, c in enumerate(held, 1)),
        coming=_cleaned(_planned(f"N{n}", p, words) for n, p in enumerate(_worth_showing(play.next), 1)),
        conditions=tuple(_conditional(f"C{n}", c, words) for n, c in enumerate(held, 1) if _depends(c)),
        parting=_cleaned(_parting(f"F{n}", d) for n, d in enumerate(departures, 1)),
    )


def _cleaned(made: Iterable[Card]) -> tuple[Card, ...]:
    """The cards with every text on one line and without control characters: names come from reports too."""
    return tuple(
        replace(
            card,
            title=_closed(clip(line(card.title), _TITLE)),
            rows=tuple(
                replace(r, label=clip(line(r.label), _TITLE), text=clip(line(r.text), _TITLE)) for r in card.rows
            ),
        )
        for card in made
    )


def _closed(title: str) -> str:
    """A title with the mark at its end that closes the quotation it breaks off in."""
    return title + "”" * (title.count("“") == title.count("”") + 1)


def places_of(cited: Iterable[Cited]) -> tuple[Evidence, ...]:
    """Return the places of evidence that has them."""
    found = (Evidence(report=c.report, span=c.span) for c in cited if c.span is not None)
    return tuple(dict.fromkeys(found))


def _worth_showing(plans: Iterable[Planned]) -> Iterator[Planned]:
    # What is undertaken without a date stands among the commitments already.
    yield from (p for p in plans if p.when is not None)


def _turn(mark: str, turn: Turn, words: Mapping[str, str]) -> Card:
    rows = [_shown(r.evidence, words, label=r.why) for r in turn.reasons if r.basis != "owed"]
    return Card(mark=mark, title=turn.actor, state="contested" if turn.contested else "", rows=tuple(rows))


def _shown(evidence: Sequence[Cited], words: Mapping[str, str], label: str = "") -> Row:
    """A row with the exact words of the first piece of evidence."""
    places = places_of(evidence)
    if not places:
        # Words that a person noted down of a report that is not here.
        noted = next((c.words for c in evidence if c.words), "")
        return Row(label=label, text=clip(line(noted), _TITLE))
    text = clip(line(places[0].span.of(words[places[0].report])), _TITLE)
    return Row(label=label, text=text, exact=not text.endswith("…"), places=places)


def _proposal(mark: str, found: ProposalState, words: Mapping[str, str], shown: Mapping[str, str]) -> Card:
    terms = found.proposal
    by = " and ".join(terms.proposers) or "not told"
    rows = [Row(label="by", text=by, places=places_of(found.evidence))]
    rows += [row for answer in found.answers for row in _answer(answer, words, shown)]
    rows += [_shown(a.evidence, words, label="still to be approved") for a in found.approvals]
    rows += [Row(label="perhaps the same as", text=other) for other in found.perhaps]
    for said in found.differing.get("if_says") or ([terms.if_says] if terms.if_says else ()):
        stated = _with_words(said, places_of(found.evidence), words)
        rows.append(Row(label="offered if", text=said, exact=bool(stated), places=stated or places_of(found.evidence)))
    if terms.duration:
        rows.append(Row(label="lasts", text=_period(terms.duration)))
    rows += [Row(label=name, text=spoken(t.value)) for name, t in (("from", found.starts), ("until", found.ends)) if t]
    if terms.extension:
        rows.append(Row(label="extension", text=terms.extension))
    rows += [
        _differing(name, told) for name, told in found.differing.items() if name in {"proposers", "duration", "start"}
    ]
    rows.append(Row(label="in force", text="yes, by its terms" if found.in_force else "no"))
    return Card(mark=mark, title=terms.what, state=standing_of(found), rows=tuple(rows))


def _differing(name: str, told: Mapping[str, Sequence[str]]) -> Row:
    what = {"proposers": "who proposed it", "duration": "how long", "start": "when it begins"}[name]
    sides = "; ".join(f"{value} ({count(len(reports), 'report')})" for value, reports in told.items())
    return Row(label=f"reports differ on {what}", text=sides)


def _answer(answer: Answer, words: Mapping[str, str], shown: Mapping[str, str]) -> Iterator[Row]:
    waits = answer.answer in {"open", "disputed"}
    places = places_of(answer.evidence)
    yield Row(label=answer.party, text=ANSWERS[answer.answer], open=waits, places=places)
    for condition in answer.if_says:
        met = {True: " (met)", False: " (not met)", None: ""}[answer.condition_met]
        stated = _with_words(condition, places, words)
        yield Row(label=f"if{met}", text=condition, exact=bool(stated), places=stated or places)
    differing = set(answer.per_source.values())
    if len(differing) > 1:
        by_answer = {
            name: [shown.get(r, r) for r, a in answer.per_source.items() if a == name] for name in sorted(differing)
        }
        told = "; ".join(f"{ANSWERS[name]}: {', '.join(reports)}" for name, reports in by_answer.items())
        yield Row(label="by report", text=told)


def _with_words(said: str, places: Iterable[Evidence], words: Mapping[str, str]) -> tuple[Evidence, ...]:
    """The places whose words are `said`."""
    return tuple(p for p in places if line(p.span.of(words[p.report])) == line(said))


def _commitment(mark: str, found: CommitmentView, words: Mapping[str, str]) -> Card:
    of = found.state.commitment
    rows = [_shown(found.state.evidence, words)]
    if of.creditor and set(of.creditor) != set(of.debtor):
        rows.append(Row(label="to", text=" and ".join(of.creditor)))
    conditions = dict.fromkeys(v.commitment.if_says for v in found.versions if v.commitment.if_says)
    for condition in conditions:
        places = places_of(c for v in found.versions if v.commitment.if_says == condition for c in v.evidence)
        stated = _with_words(condition, places, words)
        rows.append(Row(label="if", text=condition, exact=bool(stated), open=True, places=stated or places))
    if found.disputed_condition:
        bare = [v for v in found.versions if not v.commitment.if_says]
        places = places_of(c for v in bare for c in v.evidence)
        rows.append(
            Row(label="reports differ", text="told without a condition" if bare else "other conditions", places=places)
        )
    if found.state.deadline is not None:
        rows.append(Row(label="by", text=spoken(found.state.deadline.value)))
    title = f"{' and '.join(of.debtor)}: {of.says}"
    return Card(
        mark=mark, title=title, state=COMMITMENTS[found.state.state], rows=tuple(rows),
        places=places_of(found.state.evidence),
    )  # fmt: skip


def _depends(found: CommitmentView) -> bool:
    return any(antecedent(version.commitment) for version in found.versions)


def _conditional(mark: str, found: CommitmentView, words: Mapping[str, str]) -> Conditional:
    of = found.state.commitment
    told: dict[str, list[Cited]] = {}
    for version in found.versions:
        told.setdefault(antecedent(version.commitment) or "", []).extend(version.evidence)
    rows = []
    for condition, cited in told.items():
        places = places_of(cited)
        stated = _with_words(condition, places, words)
        # One place a report, where the words of the condition are not to be pointed at.
        each = {place.report: place for place in reversed(places)}
        text = line(condition) or "told without a condition"
        rows.append(Row(label="if", text=text, exact=bool(stated), places=stated or tuple(each.values())[::-1]))
    return Conditional(
        mark=mark, who=line(" and ".join(of.debtor)), what=clip(line(of.says), _TITLE),
        state=COMMITMENTS[found.state.state], differs=found.disputed_condition, triggers=tuple(rows),
    )  # fmt: skip


def _parting(mark: str, found: Departure) -> Card:
    places = places_of(found.evidence)
    rows = []
    if found.kind == "differs":
        told = "; ".join(value or "nothing" for value in found.reports)
        rows.append(Row(label=f"{found.field}, by the file", text=found.file or "nothing"))
        rows.append(Row(label=f"{found.field}, by the reports", text=told, places=places))
    state = PARTINGS[found.kind].removeprefix(": ")
    return Card(mark=mark, title=found.about, state=state, rows=tuple(rows), places=places)


def _planned(mark: str, plan: Planned, words: Mapping[str, str]) -> Card:
    when = spoken(plan.when.value) if plan.when else "no date given"
    who = " and ".join(plan.who)
    return Card(
        mark=mark, title=f"{when} · {who}" if who else when, state="on a condition" if plan.conditional else "",
        rows=(_shown(plan.evidence, words), *_asked(plan, words)), places=places_of(plan.evidence),
    )  # fmt: skip


def _asked(plan: Planned, words: Mapping[str, str]) -> Iterator[Row]:
    """On what a plan depends, in the words of its source."""
    if plan.if_says:
        places = _with_words(plan.if_says, places_of(plan.evidence), words)
        yield Row(label="if", text=plan.if_says, exact=bool(places), open=True, places=places)


def _period(duration: str) -> str:
    """A duration in words, where it is of one unit."""
    number, unit = duration[1:-1], duration[-1:]
    return count(int(number), _PERIODS[unit]) if number.isdigit() and unit in _PERIODS else duration
