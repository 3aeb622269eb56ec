"""The state of play as lines of text: whom the others wait for first, what says little folded. It decides nothing."""

from __future__ import annotations

import textwrap
from collections import Counter
from typing import TYPE_CHECKING, Final

from trucebook.agreement.when import stamp
from trucebook.render.play import antecedent, phrase
from trucebook.render.shown import clip, line
from trucebook.render.standings import ANSWERS, COMMITMENTS, PARTINGS, standing_of, weight

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from trucebook.agreement.check import Problem
    from trucebook.agreement.difference import Change
    from trucebook.agreement.gather import Found
    from trucebook.agreement.held import Departure
    from trucebook.agreement.lifecycle import Flag
    from trucebook.agreement.model import Cited
    from trucebook.agreement.plans import Planned
    from trucebook.agreement.positions import Position
    from trucebook.agreement.proposals import Answer, ProposalState
    from trucebook.agreement.state import CommitmentView, StateOfPlay
    from trucebook.agreement.suppose import Supposed

# Characters of the words that a reason rests on.
_WORDS: Final = 160
_FLAGS: dict[Flag, str] = {
    "no_deadline": "no deadline: time alone cannot show it broken",
    "overdue": "past its deadline, and nothing tells that it was done; that is no finding",
    "late": "done after its deadline",
    "perhaps_late": "perhaps done after its deadline: when is not known exactly",
    "alleged_early": "a violation was alleged before it was due",
    "silent_end": "its term ran out and no violation stands; that is no proof that it was kept",
    "assent_pending": "an extension is proposed that not all parties have agreed to",
}


def play_text(play: StateOfPlay, texts: Mapping[str, str] | None = None, width: int | None = None) -> str:
    """Return a state of play as text, without colour.

    What waits for somebody stands first; what only one report says in passing is counted and not listed, and the JSON
    has all of it.

    Args:
        play: the state of play.
        texts: text of each report, by id, where the reports are at hand: their words stand in quotation marks then.
        width: columns to break lines at; None: a line a fact, however long.
    """
    lines = _Lines(play, texts or {})
    told = [f"{title}\n" + "\n".join(rows) for title, rows in lines.sections() if rows]
    return _broken("\n\n".join([lines.head(), *told]) + "\n", width)


def _broken(text: str, width: int | None) -> str:
    """Text with its long lines broken, what follows a break indented behind where the line began."""
    if width is None:
        return text
    rows: list[str] = []
    for row in text.splitlines():
        indent = " " * (len(row) - len(row.lstrip()))
        rows += textwrap.wrap(
            row, width, subsequent_indent=indent + "  ", break_long_words=False, break_on_hyphens=False
        ) or [""]
    return "\n".join(rows) + "\n"


class _Lines:
    """The lines of one state of play."""

    def __init__(self, play: StateOfPlay, texts: Mapping[str, str]) -> None:
        self.play, self.texts = play, texts

    def head(self) -> str:
        by = f", according to {', '.join(self.play.sources)}" if self.play.sources is not None else ""
        return f"As of {stamp(self.play.as_of) or 'no day told'}{by}"

    def sections(self) -> Iterator[tuple[str, list[str]]]:
        yield "Whose move", list(self.turns())
        yield "Proposals", [row for offer in self.play.proposals for row in self.proposal(offer)]
        yield "Commitments", list(self.commitments())
        yield "Waiting for each other", [f"  {', '.join(circle.members)}" for circle in self.play.circles]
        yield "Next", list(self.plans())
        yield "Positions", list(self.positions())

    # --- whose move ---

    def turns(self) -> Iterator[str]:
        owing = []
        for turn in self.play.whose_move:
            reasons = [reason for reason in turn.reasons if reason.basis != "owed"]
            owed = len(turn.reasons) - len(reasons)
            if owed:
                owing.append(f"{turn.actor} ({owed})" if owed > 1 else turn.actor)
            if reasons:
                yield f"  {turn.actor}{' (contested)' if turn.contested else ''}"
                yield from (f"    {reason.why}{_cites(reason.evidence)}" for reason in reasons)
                yield from self.quoted(reasons[0].evidence)
        unnamed = any(not a.who for offer in self.play.proposals for a in offer.approvals)
        if unnamed:
            yield "  Whoever has still to approve what is told below, by no name that is known"
        if owing and not unnamed and not any(r.basis != "owed" for turn in self.play.whose_move for r in turn.reasons):
            yield "  No offer and no condition is told to wait for anybody"
        if owing:
            yield f"  Owing something that is told below: {', '.join(owing)}"

    def quoted(self, evidence: Sequence[Cited]) -> Iterator[str]:
        """Yield the words that a line rests on."""
        for cited in evidence[:1]:
            text = self.texts.get(cited.report)
            words = cited.span.of(text) if text is not None and cited.span is not None else cited.words
            if words:
                yield f"      “{clip(line(words), _WORDS)}” [{cited.report}]"

    # --- proposals ---

    def proposal(self, offer: ProposalState) -> Iterator[str]:
        of = offer.proposal
        force = ", in force by its terms" if offer.in_force else ""
        by = _listed(of.proposers) if of.proposers else "no proposer told"
        yield f"  {of.what or of.id}: {standing_of(offer)}{force} ({by}, {stamp(offer.since) or 'undated'})"
        for name in ("duration", "extension", "scope"):
            if getattr(of, name):
                yield f"    {name}: {getattr(of, name)}"
        conditions = offer.differing.get("if_says") or ({of.if_says: ()} if of.if_says else {})
        for said, reports in conditions.items():
            yield f"    offered if: “{line(said)}”" + (f" [{', '.join(reports)}]" if reports else "")
        yield from (
            f"    {label}: {when.value}" for label, when in (("from", offer.starts), ("until", offer.ends)) if when
        )
        for name in ("proposers", "duration", "start"):
            sides = offer.differing.get(name, {})
            if sides:
                yield f"    reports differ on {name}: " + "; ".join(f"{v} [{', '.join(by)}]" for v, by in sides.items())
        for answer in offer.answers:
            yield from self.answer(answer)
        names = {other.proposal.id: other.proposal.what for other in self.play.proposals}
        for other in offer.perhaps:
            yield f"    perhaps the same as: {names.get(other, other)}"
        for awaited in offer.approvals:
            yield f"    still to be approved: “{line(awaited.says)}”{_cites(awaited.evidence)}"

    def answer(self, answer: Answer) -> Iterator[str]:
        met = {True: " (its condition is met)", False: " (its condition is not met)", None: ""}[answer.condition_met]
        yield f"    {answer.party}: {ANSWERS[answer.answer]}{met}{_cites(answer.evidence)}"
        yield from (f"      if: “{line(said)}”" for said in answer.if_says)
        by_answer: dict[str, list[str]] = {}
        for report, name in answer.per_source.items():
            by_answer.setdefault(name, []).append(report)
        if len(by_answer) > 1:
            sides = (f"{ANSWERS[name]} [{', '.join(by)}]" for name, by in by_answer.items())
            yield f"      by report: {'; '.join(sides)}"

    # --- commitments ---

    def commitments(self) -> Iterator[str]:
        every = sorted(self.play.commitments, key=weight)
        weighty = [view for view in every if not _is_light(view)]
        for view in weighty:
            yield from self.commitment(view)
        light = [view for view in every if _is_light(view)]
        if light:
            yield "  Told by one report, without a condition, a day or to whom:"
        for view in light:
            of = view.state.commitment
            yield f"    {_listed(of.debtor)}: {self.says(view)}{_cites(view.state.evidence)}"
        timeless = sum("no_deadline" in view.state.flags for view in every)
        if timeless:
            some = "None has a deadline" if timeless == len(every) else f"{timeless} of {len(every)} have no deadline"
            yield f"  {some}: time alone cannot show what is not done"

    def says(self, view: CommitmentView) -> str:
        """What is owed: the words of a report between quotation marks, else as it was put together."""
        of = view.state.commitment
        said = line(of.says or phrase(of.consequent))
        cited = (
            c for version in view.versions for c in version.evidence if c.span is not None and c.report in self.texts
        )
        exact = any(said in line(c.span.of(self.texts[c.report])) for c in cited if c.span is not None)
        return f"“{said}”" if exact else said

    def commitment(self, view: CommitmentView) -> Iterator[str]:
        state = view.state
        of = state.commitment
        to = f" to {_listed(of.creditor)}" if of.creditor and set(of.creditor) != set(of.debtor) else ""
        stands = COMMITMENTS[state.state] + (", contested" if view.contested else "")
        told = tuple(cited for version in view.versions for cited in version.evidence)
        yield f"  {_listed(of.debtor)}{to}: {self.says(view)}: {stands}{_cites(told)}"
        if view.disputed_condition:
            yield "    the reports differ on the condition:"
        for depends, cited in _conditions(view):
            cites = _cites(cited) if view.disputed_condition else ""
            indent = "      " if view.disputed_condition else "    "
            yield f"{indent}{f'if: {depends}' if depends else 'without one'}{cites}"
        if state.deadline is not None:
            yield f"    {'by' if of.kind == 'achieve' else 'until'}: {state.deadline.value}"
        yield from (f"    {_FLAGS[flag]}" for flag in state.flags if flag != "no_deadline")
        for step in state.history[1:]:
            yield f"    {stamp(step.at) or 'undated'}: {COMMITMENTS[step.state]}: {step.why}{_cites(step.evidence)}"
        yield from (f"    without effect: {ignored.why}" for ignored in state.ignored)

    # --- what comes next ---

    def plans(self) -> Iterator[str]:
        """Yield what has a time, by its time; of the rest, what does not stand among the commitments already."""
        told = (c for view in self.play.commitments for version in view.versions for c in version.evidence)
        # What has no place cannot be told to be the same.
        owed = {(c.report, c.span) for c in told if c.span is not None}
        timed = [plan for plan in self.play.next if plan.when is not None]
        rest = [
            plan for plan in self.play.next
            if plan.when is None and not any((c.report, c.span) in owed for c in plan.evidence)
        ]  # fmt: skip
        yield from (f"  {plan.when.value if plan.when else ''}: {_planned(plan)}" for plan in timed)
        if rest:
            yield "  No time told:"
        yield from (f"    {_planned(plan)}" for plan in rest)

    # --- positions ---

    def positions(self) -> Iterator[str]:
        """Yield the positions on an offer and those that several reports tell; the others are counted."""
        offers = {offer.proposal.what for offer in self.play.proposals}
        shown = [p for p in self.play.positions if p.issue in offers or _reports_of(p) > 1]
        shown.sort(key=lambda p: (p.issue not in offers, -_reports_of(p)))
        yield from map(_position_line, shown)
        rest = Counter(p.actor for p in self.play.positions if p not in shown)
        if rest:
            yield f"  Not listed, told by one report each (--format json has them): {sum(rest.values())}"


def _is_light(view: CommitmentView) -> bool:
    state = view.state
    bare = state.state == "detached" and state.deadline is None and len(state.history) == 1 and not state.ignored
    return (
        bare
        and len(view.per_source) == 1
        and not state.commitment.creditor
        and not any(c for c, _ in _conditions(view))
    )


def _conditions(view: CommitmentView) -> list[tuple[str, list[Cited]]]:
    """The conditions that reports tell, each with its places; an empty one for those that tell none."""
    told: dict[str, list[Cited]] = {}
    for version in view.versions:
        depends = antecedent(version.commitment) or ""
        if depends or view.disputed_condition:
            said = f"“{line(depends)}”" if version.commitment.if_says else line(depends)
            told.setdefault(said if depends else "", []).extend(version.evidence)
    return list(told.items())


def _planned(plan: Planned) -> str:
    who = f"{', '.join(plan.who)}: " if plan.who else ""
    said = f"“{line(plan.what)}”" if plan.kind == "planned" else line(plan.what)
    depends = f", if: “{line(plan.if_says)}”" if plan.if_says else ", on a condition" if plan.conditional else ""
    return f"{who}{said}{depends}{_cites(plan.evidence)}"


def _reports_of(position: Position) -> int:
    cited = (*position.evidence, *(c for stance in position.earlier for c in stance.evidence))
    return len({c.report for c in cited})


def _position_line(position: Position) -> str:
    """What somebody holds, and what else is told of it: reports of one day have no order among each other."""
    other = {s.stance: s.since for s in reversed(position.earlier) if s.stance != position.stance}
    also = ", ".join(f"{_said(stance)} ({stamp(since) or 'undated'})" for stance, since in other.items())
    told = f"{_said(position.stance)} ({stamp(position.since) or 'undated'})" + (f"; told too: {also}" if also else "")
    return f"  {position.actor} on {line(position.issue)}: {told}{_cites(position.evidence)}"


def supposed_text(supposed: Supposed) -> str:
    """Return what would follow as text."""
    lines = [_change_line(change) for change in supposed.changes]
    head = f"If {', then '.join(supposed.what)}: by the conditions that were told"
    return "\n".join([head, *(lines or ["  nothing would change"])]) + "\n"


def asked_text(
    found: Found,
    departures: Sequence[Departure] | None = None,
    texts: Mapping[str, str] | None = None,
    width: int | None = None,
) -> str:
    """Return what was asked of a case as text: what would follow, else what has changed, else the whole state.

    Args:
        found: what was asked.
        departures: where an agreement file and the reports part, which is said first; None where there is no file.
        texts: text of each report, by id.
        width: columns to break lines at; None: a line a fact, however long.
    """
    parted = f"{_departures_text(departures)}\n" if departures is not None else ""
    return _broken(parted + _asked_text(found, texts), width)


def _departures_text(departures: Sequence[Departure]) -> str:
    lines: list[str] = []
    for number, departure in enumerate(departures):
        again = number > 0 and departures[number - 1].place == departure.place
        lines += list(_departure_lines(departure))[1 if again else 0 :]
    return "\n".join(["Where the agreement file and the reports part", *(lines or ["  nowhere"])]) + "\n"


def _departure_lines(departure: Departure) -> Iterator[str]:
    yield f"  {departure.about} ({departure.place}){PARTINGS[departure.kind]}"
    if departure.kind == "differs":
        yield f"    {departure.field}: {departure.file or 'nothing'}, by the file"
        told = "; ".join(value or "nothing" for value in departure.reports)
        yield f"    {departure.field}: {told}, by the reports{_cites(departure.evidence)}"


def _asked_text(found: Found, texts: Mapping[str, str] | None) -> str:
    if found.supposed is not None:
        return supposed_text(found.supposed)
    if found.changes is not None:
        lines = [_change_line(change) for change in found.changes]
        return "\n".join(["What has changed", *(lines or ["  nothing"])]) + "\n"
    return play_text(found.state, texts)


def problem_line(problem: Problem) -> str:
    """Return a problem of an agreement file as one line."""
    return f"{problem.severity}: {problem.place}: {problem.reason}; {problem.remedy}"


def _change_line(change: Change) -> str:
    if change.subject == "turn":
        return f"  {change.about}'s move: {change.after}" if change.after else f"  no longer {change.about}'s move"
    who = f"{', '.join(change.who)}: " if change.who else ""
    why = f" ({change.why})" if change.why else ""
    before, after = (_said(state) if state is not None else "none" for state in (change.before, change.after))
    return f"  {who}{change.about}: {before} -> {after}{why}"


def _said(name: str) -> str:
    words = {"accepted_if": "accepted on a condition", "accept_if": "accept on a condition"}
    return words.get(name, name).replace("accepted_if,", "accepted on a condition,").replace("_", " ")


def _listed(names: Sequence[str]) -> str:
    return " and ".join(names) or "nobody named"


def _cites(cited: Iterable[Cited]) -> str:
    names = list(dict.fromkeys(c.report for c in cited))
    return f" [{', '.join(names)}]" if names else ""
