from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from book import as_of, steady
from hypothesis import given
from hypothesis import strategies as st

from trucebook.agreement.entries import Agreement, CommitmentEntry, ConditionEntry, EventEntry, ProvisionEntry
from trucebook.agreement.file import AgreementError, events, latest, parse_agreement
from trucebook.agreement.merge import found, merge, place, touched
from trucebook.agreement.model import (
    After,
    AllOf,
    AnyOf,
    AsLongAs,
    By,
    Condition,
    Happens,
    InState,
    Made,
    Offered,
    Reached,
    Together,
    Unless,
    Within,
)
from trucebook.agreement.state import play
from trucebook.agreement.when import stamp, when
from trucebook.agreement.write import write_agreement

EXAMPLE = Path(__file__).parents[2] / "examples" / "velonia.toml"
HEAD = 'format = 1\nid = "x"\n'


def parsed(text: str) -> Agreement:
    return parse_agreement((HEAD + text).encode(), "truce.toml")


def commitment(condition: str = "", more: str = "") -> str:
    depends = f"if = {condition}\n" if condition else ""
    return f'[[commitments]]\nid = "c"\ndebtor = ["V"]\ncreditor = ["T"]\ndoes = "go home"\n{depends}{more}'


def antecedent(text: str) -> Condition | None:
    (told,) = events(parsed(commitment(text)))
    assert isinstance(told.what, Made)
    return told.what.commitment.antecedent


ACT = Happens(act="leave", actor="T", object="the ridge")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{ actor = "T", act = "leave", object = "the ridge" }', ACT),
        ('{ act = "rain" }', Happens(act="rain")),
        ('{ act = "rain", by = 2024-05-10 }', Happens(act="rain", by=when("2024-05-10"))),
        ('{ all = [{ act = "rain" }, { reached = "2024-05" }] }', AllOf(parts=(Happens(act="rain"), Reached(time=when("2024-05"))))),
        ('{ any = [{ act = "rain" }, { act = "snow" }] }', AnyOf(parts=(Happens(act="rain"), Happens(act="snow")))),
        ('{ after = { act = "rain" }, wait = "P2D" }', After(of=Happens(act="rain"), wait="P2D")),
        ('{ while = { act = "rain" } }', AsLongAs(of=Happens(act="rain"))),
        ('{ unless = { act = "rain" }, until = "2024-05-10" }', Unless(of=Happens(act="rain"), until=when("2024-05-10"))),
        ('{ commitment = "d" }', InState(commitment="d")),
        ('{ commitment = "d", is = ["detached", "fulfilled"] }', InState(commitment="d", states=("detached", "fulfilled"))),
        ('{ with = "d" }', Together(commitment="d")),
    ],
)  # fmt: skip
def test_conditions(text: str, expected: Condition) -> None:
    assert antecedent(text) == expected


@pytest.mark.parametrize(
    ("text", "where", "reason"),
    [
        ("id =", "the text", "is no TOML"),
        ("[[commitments]]\nid = 3", "commitments[0].id", "Expected `str`, got `int`"),
        ('[[commitments]]\nid = "c"', "commitments[0]", "missing required field `debtor`"),
        ('[[parties]]\nname = "V"\nrank = 1', "parties[0]", "unknown field `rank`"),
        ('[[provisions]]\nid = "p"\ntype = "peace"', "provisions[0].type", "Invalid enum value 'peace'"),
        ('[dates]\nsigned = "soon"', "dates.signed", "'soon' is no time"),
        ('[dates]\nduration = "30 days"', "dates.duration", "'30 days' is no duration"),
        (commitment("{}"), "commitments[0] (c).if", "is not exactly one condition"),
        (commitment('{ act = "rain", with = "d" }'), "commitments[0] (c).if", "is not exactly one condition"),
        (commitment('{ all = [{ act = "rain" }, {}] }'), "commitments[0] (c).if.all[1]", "is not exactly one condition"),
        (commitment('{ reached = "soon" }'), "commitments[0] (c).if.reached", "'soon' is no time"),
        (commitment('{ after = { act = "rain" } }'), "commitments[0] (c).if", "has `after` and no `wait`"),
        (commitment('{ after = { act = "rain" }, wait = "two" }'), "commitments[0] (c).if.wait", "'two' is no duration"),
        (commitment('{ while = { with = "d" } }'), "commitments[0] (c).if.while", "does not say what is done"),
        (commitment(more='by = "2024-05-10"\nwithin = "P2D"'), "commitments[0] (c)", "has both `by` and `within`"),
        (commitment(more='by = "2024-99"'), "commitments[0] (c).by", "'2024-99' is no time"),
        ('[[events]]\nid = "e"', "events[0] (e)", "needs either `act` or `power`"),
        ('[[events]]\nid = "e"\npower = "suspend"', "events[0] (e)", "has a `power` and no `commitment`"),
        (commitment("{ all = [" * 20 + '{ act = "rain" }' + "] }" * 20), "", "is nested"),
        (commitment("{ all = [" * 9000 + '{ act = "rain" }' + "] }" * 9000), "", "is nested too deeply"),
    ],
)  # fmt: skip
def test_faults_name_file_place_reason_and_remedy(text: str, where: str, reason: str) -> None:
    with pytest.raises(AgreementError) as caught:
        parsed(text)
    assert (caught.value.path, caught.value.place[: len(where)]) == ("truce.toml", where)
    assert reason in caught.value.reason
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("raw", "reason"),
    [(b"\xff\xfe", "is not UTF-8"), (b"", "missing required field"), (b'format = 2\nid = "x"', "Invalid enum value 2")],
)
def test_files_that_are_none(raw: bytes, reason: str) -> None:
    with pytest.raises(AgreementError, match=reason):
        parse_agreement(raw, "truce.toml")


def test_dates_may_stand_without_quotation_marks() -> None:
    dates = parsed("[dates]\nsigned = 2024-05-18\neffective = 2024-05-20T00:00:00\n").dates
    assert (dates.signed, dates.effective) == ("2024-05-18", "2024-05-20T00:00")


@pytest.mark.parametrize(
    ("more", "deadline"),
    [
        ("", None),
        ('by = "2024-05-25"', By(time=when("2024-05-25"))),
        ('within = "P2D"', Within(duration="P2D")),
        ('within = "P2D"\nfrom = { act = "rain" }', Within(duration="P2D", of=Happens(act="rain"))),
    ],
)
def test_deadlines(more: str, deadline: object) -> None:
    (told,) = events(parsed(commitment(more=more)))
    assert isinstance(told.what, Made)
    assert told.what.commitment.deadline == deadline


@pytest.mark.parametrize(
    ("dates", "made", "day"),
    [
        ('proposed = "2024-05-14"', "", "2024-05-14"),
        ('proposed = "2024-05-14"\nsigned = "2024-05-18"', "", "2024-05-18"),
        ('signed = "2024-05-18"', 'made = "2024-05-19"', "2024-05-19"),
    ],
)
def test_a_commitment_is_made_when_it_says_or_when_the_text_was(dates: str, made: str, day: str) -> None:
    (told,) = events(parsed(f"[dates]\n{dates}\n" + commitment(more=made)))
    assert told.time == when(day)


def test_an_alias_is_the_party() -> None:
    text = '[[parties]]\nname = "Tomaria"\naliases = ["T"]\n' + commitment('{ actor = "T", act = "leave" }')
    (told,) = events(parsed(text))
    assert isinstance(told.what, Made)
    assert told.what.commitment.creditor == ("Tomaria",)
    assert told.what.commitment.antecedent == Happens(act="leave", actor="Tomaria")


def test_the_example() -> None:
    agreement = parse_agreement(EXAMPLE.read_bytes(), EXAMPLE.name)
    assert stamp(latest(agreement)) == "2024-05-15"
    found = play(events(agreement), as_of("2024-05-15"))
    assert {a.party: a.answer for a in found.proposals[0].answers} == {"Velonia": "accepted_if", "Tomaria": "open"}
    assert [turn.actor for turn in found.whose_move] == ["Tomaria"]
    assert {view.state.state for view in found.commitments} == {"conditional"}
    assert [isinstance(e.what, Offered) for e in events(agreement)].count(True) == 1


# --- writing ---

words = st.text(min_size=1, max_size=12).filter(lambda text: not any("\ud800" <= c <= "\udfff" for c in text))
acts = st.builds(ConditionEntry, act=words, actor=st.one_of(st.none(), words), object=st.one_of(st.none(), words))
conditions = st.recursive(
    acts,
    lambda inner: st.one_of(
        st.builds(ConditionEntry, whole=st.lists(inner, max_size=3).map(tuple)),
        st.builds(ConditionEntry, either=st.lists(inner, min_size=1, max_size=3).map(tuple)),
        st.builds(ConditionEntry, after=inner, wait=st.just("P3D")),
        st.builds(ConditionEntry, while_=acts),
        st.builds(ConditionEntry, with_=words),
        st.builds(ConditionEntry, commitment=words, is_=st.just(("detached", "fulfilled"))),
    ),
    max_leaves=5,
)
agreements = st.builds(
    Agreement, format=st.just(1), id=words, title=words, word=words,
    commitments=st.lists(
        st.builds(
            CommitmentEntry, id=words, debtor=st.lists(words, max_size=2).map(tuple), does=words,
            on=st.one_of(st.none(), conditions), by=st.one_of(st.none(), st.just("2024-05-20")), note=words,
            span=st.one_of(st.none(), st.just((3, 9))), kind=st.sampled_from(["achieve", "maintain"]),
        ),
        max_size=3,
    ).map(tuple),
    provisions=st.lists(st.builds(ProvisionEntry, id=words, type=st.just("monitoring"), text=words), max_size=2).map(tuple),
    events=st.lists(st.builds(EventEntry, id=words, act=words, says=words, on=st.one_of(st.none(), conditions)), max_size=2).map(tuple),
    removed=st.lists(words, max_size=2).map(tuple),
)  # fmt: skip


@steady
@given(agreements)
def test_what_is_written_reads_back(agreement: Agreement) -> None:
    assert parse_agreement(write_agreement(agreement).encode(), "x") == agreement


def test_the_example_reads_back_and_keeps_its_notes() -> None:
    agreement = parse_agreement(EXAMPLE.read_bytes(), EXAMPLE.name)
    assert parse_agreement(write_agreement(agreement).encode(), "x") == agreement
    assert "That both fall silent together" in write_agreement(agreement)


# --- a person corrects what a program found ---

LISTS = CommitmentEntry(id="lists", debtor=("V",), does="hand over the lists")
GUNS = CommitmentEntry(id="guns", debtor=("T",), does="withdraw the guns")


def agreed(*commitments: CommitmentEntry, **more: object) -> Agreement:
    return Agreement(format=1, id="x", commitments=commitments, **more)  # type: ignore[arg-type]


def changed(agreement: Agreement, **how: object) -> Agreement:
    first, *rest = agreement.commitments
    return msgspec.structs.replace(agreement, commitments=(msgspec.structs.replace(first, **how), *rest))


def test_a_correction_survives() -> None:
    corrected = changed(found(agreed(LISTS, GUNS)), debtor=("T",))
    merged = merge(corrected, agreed(msgspec.structs.replace(LISTS, by="2024-05-20"), GUNS))
    assert merged.commitments == corrected.commitments


def test_what_was_not_touched_follows_the_reports() -> None:
    merged = merge(found(agreed(LISTS, GUNS)), agreed(msgspec.structs.replace(LISTS, by="2024-05-20"), GUNS))
    assert [c.by for c in merged.commitments] == ["2024-05-20", None]
    assert not any(touched(c) for c in merged.commitments)


def test_what_a_person_wrote_stays() -> None:
    assert merge(agreed(LISTS), agreed(msgspec.structs.replace(LISTS, by="2024-05-20"))).commitments == (LISTS,)


def test_what_is_found_for_the_first_time_is_added_and_what_is_found_no_longer_stays() -> None:
    assert [c.id for c in merge(found(agreed(LISTS)), agreed(GUNS)).commitments] == ["lists", "guns"]


def test_what_was_removed_does_not_come_back() -> None:
    assert place("commitments", GUNS) == "commitments.guns"
    assert [
        c.id for c in merge(found(agreed(LISTS, removed=("commitments.guns",))), agreed(LISTS, GUNS)).commitments
    ] == ["lists"]
    assert [c.id for c in merge(agreed(GUNS, removed=("commitments.guns",)), agreed()).commitments] == ["guns"]


def test_to_merge_twice_is_to_merge_once_and_survives_the_file() -> None:
    corrected, anew = (
        changed(found(agreed(LISTS, GUNS)), debtor=("T",)),
        agreed(LISTS, msgspec.structs.replace(GUNS, by="2024-05-20")),
    )
    once = merge(corrected, anew)
    assert merge(once, anew) == once
    through_file = parse_agreement(write_agreement(corrected).encode(), "x")
    assert merge(through_file, anew) == once


def test_the_head_is_the_persons_where_given() -> None:
    merged = merge(agreed(title="Ours"), agreed(title="Theirs", word="truce"))
    assert (merged.title, merged.word) == ("Ours", "truce")
