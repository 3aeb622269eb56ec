"""A dossier as tables, one row a thing, each with the report, the offsets and the words that it leads back to.

What a column holds is said beside it (`Column.says`); docs/tables.md is held to it. `table_files` makes files of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from trucebook.agreement.gather import state_of_play
from trucebook.agreement.when import stamp
from trucebook.render.play import antecedent, phrase
from trucebook.span import hull

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Iterator, Sequence

    from trucebook.agreement.model import Cited
    from trucebook.agreement.proposals import ProposalState
    from trucebook.agreement.state import CommitmentView
    from trucebook.dossier.model import Actor, Dossier, Evidence, Finding
    from trucebook.reading.model import Attribution, Mention, Move, Reading
    from trucebook.span import Span

Kind = Literal["text", "texts", "integer", "number", "boolean", "date", "moment"]
Value = str | list[str] | int | float | bool | None
"""A cell; a date or a moment is a text of ISO 8601. None is no value, and never an empty text."""
Row = list[Value]


class Column(NamedTuple):
    """A column.

    Attributes:
        name: its name.
        kind: what it holds; `texts` is a list of them.
        says: what that is, in words.
        optional: whether a cell may be empty.
    """

    name: str
    kind: Kind
    says: str
    optional: bool = False


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table.

    Attributes:
        name: its name, and that of its file.
        says: what a row is.
        columns: its columns, in order.
        rows: its rows, each with a cell a column.
    """

    name: str
    says: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...] = ()


def _text(name: str, says: str) -> Column:
    return Column(name, "text", says)


def _maybe(name: str, says: str, kind: Kind = "text") -> Column:
    return Column(name, kind, says, optional=True)


def _place(of: str, prefix: str = "") -> tuple[Column, ...]:
    return (
        *((_maybe("report", f"id of the report that has {of}"),) if not prefix else ()),
        _maybe(f"{prefix}start", f"offset of the first code point of {of} in the report's text", "integer"),
        _maybe(f"{prefix}end", "offset just past the last", "integer"),
        _maybe(f"{prefix}words", f"{of}: `text[start:end]`"),
    )


TABLES: tuple[Table, ...] = (
    Table(name="reports", says="a report", columns=(
        _text("report", "its id"), _text("path", "the input"), _text("sha256", "of the bytes that it was read from"),
        _maybe("outlet", "who published it"), _maybe("title", "its headline"), _maybe("author", "who signed it"),
        _maybe("published", "day of publication", "date"), _text("language", "ISO 639-1"),
        Column("length", "integer", "code points of its text"), _maybe("url", "where it was found"),
        _maybe("origin", "id of the report that it copies"),
    )),
    Table(name="attributions", says="who said what in one report", columns=(
        _text("attribution", "its id"), *_place("what was said, from its first word to its last"),
        *_place("the words that name who", "source_"), *_place("the words that mark it as said", "cue_"),
        _maybe("speaker", "the actor, by its name in this report"), _text("kind", "direct, indirect, mixed"),
        _text("stance", "neutral, distancing, endorsing, denying"), _text("manner", "speech, attitude, act"),
        _maybe("source_kind", "witness, named, title, unnamed"),
        _maybe("parent", "the attribution inside whose content this one stands"),
    )),
    Table(name="quotations", says="one version of an utterance, in one report", columns=(
        _text("quote", "id of the utterance"), Column("version", "integer", "from 1, the longest"),
        *_place("the quoted words"), _maybe("speaker", "whom this report names"),
        _maybe("attribution", "id of the attribution that carries it"),
        Column("same_wording", "boolean", "whether all versions have the same words where they overlap"),
    )),
    Table(name="actors", says="a person, state, organisation or place", columns=(
        _text("actor", "its canonical name"), _text("type", "person, organisation, state, place"),
        Column("aliases", "texts", "every form that names it"), Column("mentions", "integer", "how many"),
        Column("roles", "texts", "offices and descriptions that reports give it"),
        Column("reports", "texts", "ids of the reports that name it"),
        _maybe("state", "the state that it acts for"), _maybe("side", "whose side it is on"),
        *_place("its first mention"),
    )),
    Table(name="findings", says="a fact that reports agree on, dispute, or one of them tells", columns=(
        _text("finding", "its id"), _text("standing", "corroborated, disputed, single"),
        _maybe("kind", "what differs: value, polarity, time, place, actor, speaker, condition, status, wording"),
        _maybe("level", "reports or parties"), _text("statement", "the fact in the words of a report"),
        Column("origins", "integer", "number of origins that tell it"),
        Column("positions", "integer", "number of its sides"),
        Column("strength", "number", "how central it is, 0 to 1"),
        _maybe("confidence", "how sure it is that the evidence is of one thing, 0 to 1", "number"),
        _maybe("voice", "the one after whom all the reports tell it"),
        _text("why", "what joined or parted the evidence"), *_place("the first of its evidence"),
    )),
    Table(name="positions", says="a piece of evidence of one side of a finding", columns=(
        _text("finding", "id of the finding"), Column("position", "integer", "number of the side, from 1"),
        _text("value", "what this side says"), *_place("the evidence"),
    )),
    Table(name="moves", says="an act of the negotiation, as one report tells it", columns=(
        *_place("its words"), _text("act", "propose, accept_if and so on"),
        *_place("the word that tells it", "trigger_"),
        Column("actors", "texts", "who does it"), Column("parties", "texts", "for which states and bodies"),
        Column("recipients", "texts", "to whom"), *_place("what is offered, asked and so on", "object_"),
        *_place("on what it depends", "condition_"), _text("status", "done, planned, conditional, possible, denied"),
        _maybe("time", "TIMEX3 value"), _maybe("plover", "class of events of PLOVER 0.8"),
        _maybe("attribution", "id of the attribution whose content holds it"),
    )),
    Table(name="proposals", says="an offer", columns=(
        _text("proposal", "its id"), _text("what", "it in words"), _text("state", "where it stands"),
        Column("proposers", "texts", "who offers"), Column("addressees", "texts", "whose answer it asks for"),
        _maybe("duration", "ISO 8601"), _maybe("extension", "how it may be extended"),
        _maybe("scope", "what it covers"),
        Column("in_force", "boolean", "whether everybody has agreed and every condition is met"),
        _maybe("since", "when it was first offered"), *_place("the first words that tell of it"),
    )),
    Table(name="answers", says="the answer of one party to a proposal", columns=(
        _text("proposal", "id of the proposal"), _text("party", "who answers"),
        _text("answer", "what; accepted_if is no yes"),
        Column("conditions", "texts", "on what it depends, in the words of the reports"),
        _maybe("condition_met", "whether that holds; empty where it is not understood", "boolean"),
        _maybe("since", "when it was given"), *_place("the first words that tell of it"),
    )),
    Table(name="commitments", says="who owes what to whom", columns=(
        _text("commitment", "its id"), Column("debtor", "texts", "who owes it"), Column("creditor", "texts", "to whom"),
        _maybe("antecedent", "on what it depends"), _text("consequent", "what is owed"),
        _text("kind", "achieve or maintain"), _maybe("deadline", "by when"), _text("state", "where it stands"),
        _maybe("since", "from when"), Column("contested", "boolean", "whether reports leave it in several states"),
        *_place("the first words that tell of it"),
    )),
    Table(name="judgements", says="what a person decided", columns=(
        _text("judgement", "its id"), _text("kind", "of what: finding, speaker, actor, quote and so on"),
        _maybe("target", "the id or name of the thing now"), _text("hold", "holds, stale, missing"),
        _text("act", "accept, reject, merge, split, correct, note"), _text("value", "the right name, or the note"),
        Column("names", "texts", "names that are one actor's, or not"), _text("user", "who decided"),
        Column("at", "moment", "when"), _text("reason", "why"), *_place("the first words that it rests on"),
    )),
)  # fmt: skip
"""Every table, without rows."""


def tables(dossier: Dossier) -> tuple[Table, ...]:
    """Return a dossier as tables, every table also where it has no rows."""
    every = _Rows(dossier)
    return tuple(
        Table(name=t.name, says=t.says, columns=t.columns, rows=tuple(getattr(every, t.name)())) for t in TABLES
    )


class _Rows:
    """The rows of every table; a method a table, of its name."""

    def __init__(self, dossier: Dossier) -> None:
        self._dossier = dossier
        self._readings = {r.report.id: r for r in dossier.readings}
        self._state = state_of_play(dossier)

    def reports(self) -> Iterator[Row]:
        for reading in self._dossier.readings:
            r = reading.report
            origin = self._dossier.copies.get(r.id)
            yield [r.id, r.path, r.sha256, r.outlet, r.title, r.author, _day(r.published), r.language, r.length, r.url,
                   origin]  # fmt: skip

    def attributions(self) -> Iterator[Row]:
        for reading in self._dossier.readings:
            yield from (_attribution(reading, found) for found in reading.attributions)

    def quotations(self) -> Iterator[Row]:
        for quote in self._dossier.quotes:
            for number, variant in enumerate(quote.variants, start=1):
                place = self._at(variant.report, variant.span)
                yield [quote.id, number, *place, variant.speaker, variant.attribution, quote.same_wording]

    def actors(self) -> Iterator[Row]:
        first = self._first_mentions()
        for actor in self._dossier.actors:
            side: Row = [b.value if b else None for b in (actor.state, actor.side)]
            named: Row = [list(actor.aliases), actor.mentions, list(actor.roles), list(actor.reports)]
            yield [actor.name, actor.type, *named, *side, *self._first_of(actor, first)]

    def findings(self) -> Iterator[Row]:
        for f in self._dossier.findings:
            about: Row = [f.id, f.standing, f.kind, f.level, f.statement, f.origins, len(f.positions), f.strength]
            yield [*about, f.confidence, f.voice, f.why, *self._first_evidence(f)]

    def positions(self) -> Iterator[Row]:
        for finding in self._dossier.findings:
            for number, position in enumerate(finding.positions, start=1):
                for e in position.evidence:
                    yield [finding.id, number, position.value, *self._at(e.report, e.span)]

    def moves(self) -> Iterator[Row]:
        for reading in self._dossier.readings:
            yield from (_move(reading, found) for found in reading.moves)

    def proposals(self) -> Iterator[Row]:
        yield from (self._proposal(offer) for offer in self._state.proposals)

    def answers(self) -> Iterator[Row]:
        for offer in self._state.proposals:
            for a in offer.answers:
                since = stamp(a.since) if a.since else None
                told: Row = [offer.proposal.id, a.party, a.answer, list(a.if_says), a.condition_met, since or None]
                yield [*told, *self._cited(a.evidence)]

    def commitments(self) -> Iterator[Row]:
        yield from (self._commitment(view) for view in self._state.commitments)

    def judgements(self) -> Iterator[Row]:
        for judged in self._dossier.judged:
            j = judged.judgement
            anchor = next(iter(j.subject.anchors), None)
            place: Row = [anchor.report, *anchor.span, anchor.words] if anchor else [None] * 4
            made: Row = [j.id, j.subject.kind, judged.target, judged.hold, j.act, j.value, list(j.names), j.user]
            yield [*made, j.at.isoformat(), j.reason, *place]

    def _proposal(self, offer: ProposalState) -> Row:
        of = offer.proposal
        who: Row = [list(of.proposers), list(of.addressees)]
        terms: Row = [of.duration, of.extension, of.scope, offer.in_force, stamp(offer.since) or None]
        return [of.id, of.what, offer.state, *who, *terms, *self._cited(offer.evidence)]

    def _commitment(self, view: CommitmentView) -> Row:
        state = view.state
        of = state.commitment
        owed: Row = [antecedent(of), of.says or phrase(of.consequent), of.kind]
        stands: Row = [state.deadline.value if state.deadline else None, state.state, stamp(state.since) or None]
        return [of.id, list(of.debtor), list(of.creditor), *owed, *stands, view.contested, *self._cited(state.evidence)]

    def _at(self, report: str, span: Span) -> Row:
        return [report, *_span(self._readings[report], span)]

    def _cited(self, cited: Sequence[Cited]) -> Row:
        for one in cited:
            if one.span is not None and one.report in self._readings:
                return self._at(one.report, one.span)
        return [cited[0].report, None, None, cited[0].words] if cited else [None] * 4

    def _first_evidence(self, finding: Finding) -> Row:
        every: list[Evidence] = [e for p in finding.positions for e in p.evidence]
        return self._at(every[0].report, every[0].span) if every else [None] * 4

    def _first_mentions(self) -> dict[tuple[str, str], Mention]:
        found: dict[tuple[str, str], Mention] = {}
        for reading in self._dossier.readings:
            for mention in reading.mentions:
                found.setdefault((reading.report.id, mention.actor), mention)
        return found

    def _first_of(self, actor: Actor, first: dict[tuple[str, str], Mention]) -> Row:
        for report in actor.reports:
            for name in (actor.name, *actor.aliases):
                if (report, name) in first:
                    return self._at(report, first[report, name].span)
        return [None] * 4


def _attribution(reading: Reading, found: Attribution) -> Row:
    places = [
        *_span(reading, hull(found.content)),
        *_hull(reading, found.source),
        *_hull(reading, found.cue),
    ]
    told: Row = [found.speaker, found.kind, found.stance, found.manner, found.source_kind, found.parent]
    return [found.id, reading.report.id, *places, *told]


def _move(reading: Reading, found: Move) -> Row:
    who: Row = [list(found.actors), list(found.parties), list(found.recipients)]
    what = [*_span(reading, found.object), *_span(reading, found.condition)]
    words = [reading.report.id, *_span(reading, found.span), found.act, *_span(reading, found.trigger)]
    return [*words, *who, *what, found.status, found.time, found.plover, found.attribution]


def _hull(reading: Reading, spans: Iterable[Span] | None) -> Row:
    return _span(reading, hull(spans) if spans else None)


def _span(reading: Reading, span: Span | None) -> Row:
    return [None, None, None] if span is None else [span.start, span.end, span.of(reading.report.text)]


def _day(day: datetime.date | None) -> str | None:
    return day.isoformat() if day else None
