"""The state of play in the book: its cards with what happened to each, and the positions over time."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from trucebook.agreement.state import StateOfPlay
from trucebook.agreement.when import stamp
from trucebook.desk.book import ident
from trucebook.desk.views import CardView, PositionView, RowView, StanceView, StepView
from trucebook.desk.wording import DOES
from trucebook.render.cards import Play, cards, places_of
from trucebook.render.shown import clip, line
from trucebook.render.standings import ANSWERS, COMMITMENTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from trucebook.agreement.model import Cited
    from trucebook.agreement.plans import Planned
    from trucebook.agreement.proposals import ProposalState
    from trucebook.agreement.state import CommitmentView
    from trucebook.agreement.turns import Turn
    from trucebook.agreement.when import Moment
    from trucebook.desk.views import Spot
    from trucebook.dossier.model import Evidence
    from trucebook.render.cards import Card

    Spots = Callable[[Iterable[Evidence]], tuple[Spot, ...]]

_WORDS = 300


@dataclass(frozen=True)
class Cards:
    """Lays out a state of play.

    Attributes:
        play: the state of play.
        words: text of each report, by its name.
        numbers: number of each report, by its name.
        spots: from places to where the pages find them.
        shown: what each report is called on the pages, by its name.
    """

    play: StateOfPlay
    words: Mapping[str, str]
    numbers: Mapping[str, int]
    spots: Spots
    shown: Mapping[str, str] = field(default_factory=dict)

    def turns(self) -> tuple[CardView, ...]:
        """Return whose move it is."""
        return tuple(view for turn in self.play.whose_move for view in self._turn(turn))

    def proposals(self) -> tuple[CardView, ...]:
        """Return the proposals, the latest offered first."""
        return tuple(map(self._proposal, self.play.proposals))

    def commitments(self) -> tuple[CardView, ...]:
        """Return the commitments, those that wait for a condition first."""
        held = sorted(self.play.commitments, key=lambda c: (c.state.state != "conditional", c.state.commitment.id))
        return tuple(map(self._commitment, held))

    def plans(self) -> tuple[CardView, ...]:
        """Return what is to come and has a time, the earliest first."""
        return tuple(view for p in self.play.next if p.when is not None for view in self._plan(p))

    def positions(self) -> tuple[PositionView, ...]:
        """Return who holds which position on which issue, with those before it."""
        return tuple(
            PositionView(
                actor=line(p.actor),
                issue=clip(line(p.issue), _WORDS),
                stances=(
                    self._stance(p.stance, p.since, p.evidence),
                    *(self._stance(s.stance, s.since, s.evidence) for s in p.earlier),
                ),
            )
            for p in self.play.positions
        )

    def _stance(self, stance: str, since: Moment, evidence: Sequence[Cited]) -> StanceView:
        said = DOES.get(stance, stance.replace("_", " "))
        return StanceView(stance=said, since=stamp(since) or "", words=self._said(evidence), spots=self._at(evidence))

    def _turn(self, turn: Turn) -> Iterator[CardView]:
        """The card of a turn, if it has one: what is owed stands among the commitments."""
        for card in self._cards(whose_move=(turn,)).turns:
            yield self._view(card, "turn", ident("turn", turn.actor), "contested" if turn.contested else "")

    def _proposal(self, found: ProposalState) -> CardView:
        card = self._cards(proposals=(found,)).proposals[0]
        offered = self._step(found.since, "offered", "", found.evidence)
        answered = [
            self._step(a.since, f"{line(a.party)} {ANSWERS[a.answer]}", "; ".join(a.if_says), a.evidence)
            for a in found.answers
            if a.answer != "open"
        ]
        told: dict[str, str] = {}
        for party, report, answer in ((a.party, r, said) for a in found.answers for r, said in a.per_source.items()):
            before = f"{told[report]}; " if report in told else ""
            told[report] = f"{before}{line(party)} {ANSWERS[answer]}"
        return self._view(
            card,
            "proposal",
            ident("proposal", found.proposal.id),
            found.called,
            (offered, *sorted(answered, key=lambda s: s.at)),
            told,
        )

    def _commitment(self, found: CommitmentView) -> CardView:
        card = self._cards(commitments=(found,)).commitments[0]
        steps = [self._step(s.at, COMMITMENTS[s.state], line(s.why), s.evidence) for s in found.state.history]
        told = {report: COMMITMENTS[state] for report, state in found.per_source.items()}
        id_ = ident("commitment", found.state.commitment.id)
        return self._view(card, "commitment", id_, found.state.state, tuple(steps), told)

    def _plan(self, plan: Planned) -> Iterator[CardView]:
        """The card of what is to come, if it says enough to have one."""
        for card in self._cards(next=(plan,)).coming:
            yield self._view(card, "plan", ident("plan", card.title, plan.what), plan.kind)

    def _cards(self, **only: object) -> Play:
        """The cards of one thing alone, so that which is which needs no counting."""
        return cards(StateOfPlay(as_of=self.play.as_of, **only), self.words, shown=self.shown)  # type: ignore[arg-type]

    def _view(
        self,
        card: Card,
        kind: str,
        id_: str,
        name: str = "",
        history: tuple[StepView, ...] = (),
        told: Mapping[str, str] | None = None,
    ) -> CardView:
        rows = (
            RowView(label=r.label, text=r.text, exact=r.exact, open=r.open, spots=self.spots(r.places))
            for r in card.rows
        )
        return CardView(
            id=id_,
            kind=kind,  # type: ignore[arg-type]
            title=card.title,
            state=card.state,
            name=name,
            rows=tuple(rows),
            spots=self.spots(card.every_place),
            history=history,
            by_report={str(self.numbers[r]): said for r, said in (told or {}).items() if r in self.numbers},
        )

    def _step(self, at: Moment | None, state: str, why: str, evidence: Sequence[Cited]) -> StepView:
        when = (stamp(at) or "") if at is not None else ""
        return StepView(at=when, state=state, why=why, words=self._said(evidence), spots=self._at(evidence))

    def _at(self, evidence: Iterable[Cited]) -> tuple[Spot, ...]:
        return self.spots(places_of(evidence))

    def _said(self, evidence: Iterable[Cited]) -> str:
        places = places_of(evidence)
        return clip(line(places[0].span.of(self.words[places[0].report])), _WORDS) if places else ""
