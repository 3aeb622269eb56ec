"""From reports to an agreement file and back: the same state of play, and a person's corrections kept."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

import trucebook
from trucebook.agreement.check import check
from trucebook.agreement.entries import Agreement, CommitmentEntry, ConditionEntry
from trucebook.agreement.extract import entry_of, extract
from trucebook.agreement.file import events, parse_agreement
from trucebook.agreement.gather import events_of, state_of_play
from trucebook.agreement.held import filed, held
from trucebook.agreement.merge import merge
from trucebook.agreement.model import (
    After,
    AllOf,
    AnyOf,
    AsLongAs,
    Condition,
    Happens,
    InState,
    Made,
    Reached,
    Together,
    Unless,
)
from trucebook.agreement.state import StateOfPlay, play
from trucebook.agreement.when import when
from trucebook.agreement.write import write_agreement
from trucebook.render.play import state_object

if TYPE_CHECKING:
    from trucebook.dossier.model import Dossier

SHARED = Path(__file__).parents[3] / "shared" / "data"
DAY = "2031-05-07"
TEXTS = (
    (
        "Norway proposed a 60-day truce on Monday. Norway will take the offer to Denmark. The truce could be extended by "
        "mutual consent. Sweden accepted the truce if Denmark withdraws its guns. Norway promised to restore fuel supplies "
        "to Sweden."
    ),
    (
        "Norway offered a 60-day truce. Sweden accepted the truce provided that Denmark opens the port. Denmark has not yet "
        "responded to the proposal. The leaders of Norway and Sweden will meet on Friday."
    ),
    (
        "Norway proposed a truce. Sweden rejected the truce. Norway promised to restore fuel supplies if Denmark accepts "
        "the truce."
    ),
)


def case(*texts: str) -> Dossier:
    return trucebook.reconcile([trucebook.read_text(t, id=f"r{i}", published=DAY) for i, t in enumerate(texts)])


@pytest.fixture(scope="module")
def dossier() -> Dossier:
    return case(*TEXTS)


@pytest.fixture(scope="module")
def found(dossier: Dossier) -> Agreement:
    return extract(events_of(dossier), dossier)


def bare(value: object) -> object:
    """What a state of play says, its places in no order and without the words, which only a file notes down."""
    if isinstance(value, list):
        inner = [bare(one) for one in value]
        places = all(isinstance(one, dict) and set(one) == {"report", "span", "words"} for one in value)
        return sorted({(one["report"], str(one["span"])) for one in value}) if places else inner
    return {name: bare(one) for name, one in value.items()} if isinstance(value, dict) else value


def shown(state: StateOfPlay) -> object:
    return bare(state_object(state))


def read_back(agreement: Agreement) -> Agreement:
    return parse_agreement(write_agreement(agreement).encode(), "ledger.toml")


def test_what_is_extracted_and_read_back_gives_the_same_state_of_play(dossier: Dossier, found: Agreement) -> None:
    state = state_of_play(dossier)
    assert state.proposals
    assert state.commitments
    assert read_back(found) == found
    assert shown(play(events(read_back(found)), state.as_of)) == shown(state)


@pytest.mark.parametrize("report", ["r0", "r1", "r2"])
def test_by_each_report_alone_too(dossier: Dossier, found: Agreement, report: str) -> None:
    state = state_of_play(dossier, according_to=[report])
    assert shown(play(events(read_back(found)), state.as_of, [report])) == shown(state)


@pytest.mark.parametrize("folder", ["jeddah", "newswcl50"])
def test_the_same_of_real_reports(folder: str) -> None:
    paths = sorted((SHARED / folder).glob("00*.txt" if folder == "jeddah" else "2_*.txt"))
    if not paths:
        pytest.skip(f"{folder} is not beside this checkout")
    dossier = trucebook.brief(paths)
    state = state_of_play(dossier)
    agreement = read_back(extract(events_of(dossier), dossier))
    assert shown(play(events(agreement), state.as_of)) == shown(state)
    assert not [problem for problem in check(agreement) if problem.severity == "error"]


def test_every_entry_has_the_words_that_tell_it(dossier: Dossier, found: Agreement) -> None:
    texts = {r.report.id: r.report.text for r in dossier.readings}
    told = [*(e.told for e in found.proposals), *(e.told for e in found.commitments), *(e.told for e in found.events)]
    tellings = [telling for places in told for telling in places]
    assert all(told)
    assert all(t.span is not None and t.words == t.span.of(texts[t.source]) for t in tellings)


def test_nothing_extracted_is_an_error(found: Agreement) -> None:
    assert [problem for problem in check(found) if problem.severity == "error"] == []


def test_exchanging_the_parties_exchanges_their_names_alone() -> None:
    def exchanged(text: str) -> str:
        return re.sub("Sweden|Denmark", lambda m: "Denmark" if m.group() == "Sweden" else "Sweden", text)

    plain, other = case(*TEXTS), case(*map(exchanged, TEXTS))
    as_found = msgspec.to_builtins(extract(events_of(plain), plain))
    as_exchanged = msgspec.to_builtins(extract(events_of(other), other))
    assert names_put_back(as_exchanged, exchanged) == names_put_back(as_found, str)


def names_put_back(value: object, rename: object) -> object:
    """The file with other names, without what hashes or measures them."""
    if isinstance(value, list | tuple):
        return sorted((names_put_back(one, rename) for one in value), key=str)
    if isinstance(value, dict):
        hidden = {"origin", "span", "if_span"} | ({"id"} if "act" in value else set())
        return {name: names_put_back(one, rename) for name, one in value.items() if name not in hidden}
    return rename(value) if isinstance(value, str) and callable(rename) else value


ACTS = st.builds(Happens, act=st.sampled_from(["accept", "go home"]), actor=st.sampled_from([None, "V"]),
                 object=st.sampled_from([None, "truce"]), by=st.sampled_from([None, when("2024-05-20")]))  # fmt: skip
CONDITIONS = st.recursive(
    ACTS
    | st.builds(Reached, time=st.just(when("2024-05")))
    | st.builds(AsLongAs, of=ACTS)
    | st.builds(Unless, of=ACTS, until=st.sampled_from([None, when("2024-W21")]))
    | st.builds(InState, commitment=st.just("d"), states=st.sampled_from([("fulfilled",), ("detached", "fulfilled")]))
    | st.builds(Together, commitment=st.just("d")),
    lambda inner: (
        st.builds(AllOf, parts=st.lists(inner, max_size=3).map(tuple))
        | st.builds(AnyOf, parts=st.lists(inner, max_size=3).map(tuple))
        | st.builds(After, of=inner, wait=st.just("P2D"))
    ),
    max_leaves=4,
)


@given(CONDITIONS)
def test_any_condition_is_written_and_read_back(condition: Condition) -> None:
    entry = CommitmentEntry(id="c", debtor=("V",), does="go home", on=entry_of(condition))
    (told,) = events(read_back(Agreement(format=1, id="x", commitments=(entry,))))
    assert isinstance(told.what, Made)
    assert told.what.commitment.antecedent == condition


# --- what a person corrected ---


def corrected(agreement: Agreement, **terms: object) -> Agreement:
    """The file with every version of its offer changed, as a person would change it."""
    changed = [msgspec.structs.replace(entry, **terms) for entry in agreement.proposals]
    return msgspec.structs.replace(agreement, proposals=tuple(changed))


def test_a_correction_wins_and_what_the_reports_tell_is_said(dossier: Dossier, found: Agreement) -> None:
    beside = filed(dossier, read_back(corrected(found, duration="P90D")))
    state = state_of_play(dossier, events=beside.events)
    assert {offer.proposal.duration for offer in state.proposals} == {"P90D"}
    (parted,) = beside.departures
    assert (parted.kind, parted.place, parted.field) == ("differs", "proposals.ceasefire", "duration")
    assert (parted.file, set(parted.reports)) == ("P90D", {"P60D", ""})
    assert {cited.report for cited in parted.evidence} == {"r0", "r1", "r2"}


def test_a_file_that_nobody_touched_parts_from_nothing(dossier: Dossier, found: Agreement) -> None:
    beside = filed(dossier, found)
    assert beside.departures == ()
    assert shown(state_of_play(dossier, events=beside.events)) == shown(state_of_play(dossier))


def test_a_correction_survives_another_report_and_its_new_versions(found: Agreement) -> None:
    more = case(*TEXTS, "Norway proposed a 20-day truce to Denmark and Finland. Finland accepted the truce.")
    merged = merge(corrected(found, duration="P90D"), extract(events_of(more), more))
    assert {entry.duration for entry in merged.proposals if entry.id == "ceasefire"} == {"P90D"}
    # The truce of another length is another offer, which nobody corrected.
    assert {entry.duration for entry in merged.proposals if entry.id != "ceasefire"} == {"P20D"}
    assert len(merged.events) > len(found.events)


def test_versions_that_nobody_touched_are_replaced_together(found: Agreement) -> None:
    more = case(*TEXTS, "Norway proposed a 20-day truce to Denmark and Finland. Finland accepted the truce.")
    anew = extract(events_of(more), more)
    assert merge(found, anew).proposals == anew.proposals


def test_what_was_taken_out_stays_out_and_is_said(dossier: Dossier, found: Agreement) -> None:
    gone = found.commitments[0]
    kept = tuple(entry for entry in found.commitments if entry.id != gone.id)
    file = msgspec.structs.replace(found, commitments=kept, removed=(f"commitments.{gone.id}",))
    beside = filed(dossier, file)
    assert [parted.kind for parted in beside.departures] == ["taken_out"]
    assert gone.id not in {
        view.state.commitment.id for view in state_of_play(dossier, events=beside.events).commitments
    }


def test_a_party_given_another_name_is_one_party(dossier: Dossier, found: Agreement) -> None:
    renamed = tuple(
        msgspec.structs.replace(p, name="Realm of Sweden", aliases=("Sweden",)) if p.name == "Sweden" else p
        for p in found.parties
    )
    file, _ = held(msgspec.structs.replace(found, parties=renamed), extract(events_of(dossier), dossier))
    assert [p.name for p in file.parties if "Sweden" in p.name] == ["Realm of Sweden"]
    state = state_of_play(dossier, events=events(file))
    assert {answer.party for offer in state.proposals for answer in offer.answers} >= {"Realm of Sweden"}


def test_words_that_do_not_stand_there_are_said_and_never_shown_as_a_place(dossier: Dossier, found: Agreement) -> None:
    first = found.proposals[0]
    told = msgspec.structs.replace(first.told[0], words="Norway proposed nothing of the kind")
    file = msgspec.structs.replace(
        found, proposals=(msgspec.structs.replace(first, told=(told,)), *found.proposals[1:])
    )
    beside = filed(dossier, file)
    assert ("words_gone", "proposals.ceasefire") in {(parted.kind, parted.place) for parted in beside.departures}
    cited = [c for event in beside.events for c in event.evidence if c.words == told.words]
    assert [c.span for c in cited] == [None]


BY_HAND = """
format = 1
id = "desk"
[[parties]]
name = "Norway"
[[parties]]
name = "Sweden"
[[proposals]]
id = "our-truce"
what = "the 30-day truce of the Norwegians"
by = ["Norway"]
to = ["Sweden"]
duration = "P30D"
[[commitments]]
id = "medicine"
debtor = ["Sweden"]
does = "deliver medicine"
[[events]]
id = "no"
act = "refuse"
actor = ["Sweden"]
object = "our-truce"
"""


def test_a_file_by_hand_is_held_against_the_reports_by_what_it_says(dossier: Dossier) -> None:
    beside = filed(dossier, parse_agreement(BY_HAND.encode(), "desk.toml"))
    state = state_of_play(dossier, events=beside.events)
    assert [offer.proposal.id for offer in state.proposals] == ["our-truce"]
    told = {(parted.kind, parted.place, parted.field) for parted in beside.departures}
    assert ("differs", "proposals.our-truce", "duration") in told
    assert ("not_told", "commitments.medicine", "") in told
    # The reports tell of the refusal, too.
    assert not [parted for parted in beside.departures if parted.place == "events.no"]


def test_conditions_keep_what_they_ask_for(found: Agreement) -> None:
    asked = [*(entry.on for entry in found.commitments), *(entry.on for entry in found.events)]
    assert ConditionEntry(act="if Denmark withdraws its guns", actor="Denmark") in asked
