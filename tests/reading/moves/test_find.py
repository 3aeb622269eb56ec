"""Moves of invented sentences: who does what to whom, how it stands, and what is no move."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import trucebook

if TYPE_CHECKING:
    from trucebook.reading.model import Move


def moves(text: str) -> tuple[Move, ...]:
    return trucebook.read_text(text, published="2031-05-07").moves


def told(text: str) -> set[tuple[str, str, str]]:
    return {(m.act, "+".join(m.actors), m.status) for m in moves(text)}


ACTS = {
    "verb": ("Norway accepted the truce.", ("accept", "Norway", "done")),
    "verb with a preposition": ("Norway agreed to the truce.", ("accept", "Norway", "done")),
    "agreed to do": ("Norway agreed to open the crossing.", ("promise", "Norway", "done")),
    "agreed to accept": ("Norway agreed to accept the truce.", ("accept", "Norway", "done")),
    "agreed to lift": ("Norway agreed to resume the talks.", ("resume", "Norway", "planned")),
    "jointly": ("Norway and Sweden agreed to open the crossing.", ("agree", "Norway+Sweden", "done")),
    "particle": ("Norway turned down the proposal.", ("refuse", "Norway", "done")),
    "put forward": ("Norway put forward a plan for the valley.", ("propose", "Norway", "done")),
    "light verb": ("Norway made an offer to Sweden.", ("propose", "Norway", "done")),
    "consent": ("Norway gave its consent to the plan.", ("accept", "Norway", "done")),
    "passive": ("The truce was rejected by Norway on Monday.", ("refuse", "Norway", "done")),
    "noun and owner": ("Norway's proposal for a truce is on the table.", ("propose", "Norway", "done")),
    "noun and by": ("A proposal by Norway is on the table.", ("propose", "Norway", "done")),
    "both": ("Norway and Sweden signed the treaty.", ("sign", "Norway+Sweden", "done")),
    "joined": ("Norway accepted the offer and agreed to leave the valley.", ("promise", "Norway", "done")),
    "adjective": ("The Norwegian delegation rejected the offer.", ("refuse", "Norway", "done")),
    "officials from": ("Officials from Norway rejected the offer.", ("refuse", "Norway", "done")),
    "relative": ("Norway, which rejected the offer, left.", ("refuse", "Norway", "done")),
    "not": ("Norway did not accept the truce.", ("accept", "Norway", "denied")),
    "never": ("Norway never signed the treaty.", ("sign", "Norway", "denied")),
    "future": ("Norway will sign the treaty.", ("sign", "Norway", "planned")),
    "may": ("Norway may sign the treaty.", ("sign", "Norway", "possible")),
    "willing": ("Norway may be willing to sign the treaty.", ("sign", "Norway", "possible")),
    "question": ("Did Norway sign the treaty?", ("sign", "Norway", "possible")),
    "scheduled": ("Norway is scheduled to meet with Sweden.", ("meet", "Norway", "planned")),
    "if": ("Norway accepted the truce on the condition that Sweden leaves.", ("accept_if", "Norway", "done")),
    "would if": ("Norway would accept the truce if Sweden leaves.", ("accept_if", "Norway", "conditional")),
    "promise if": ("Norway promised to lift the blockade if Sweden leaves.", ("promise", "Norway", "conditional")),
    "will not": ("Norway will not accept the truce.", ("refuse", "Norway", "done")),
    "not ruled out": ("Norway has not ruled out a truce.", ("propose", "Norway", "possible")),
    "no answer": ("Norway has yet to respond to the proposal.", ("postpone", "Norway", "done")),
    "no reaction": ("There was no immediate reaction from Norway.", ("postpone", "Norway", "done")),
    "request": ("Norway urged Sweden to accept the truce.", ("request", "Norway", "done")),
    "said of oneself": ("Norway said it would open the crossing.", ("promise", "Norway", "planned")),
    "must": ("Norway said Sweden must leave the valley.", ("demand", "Norway", "done")),
    "attack": ("Norway shelled the harbour.", ("attack", "Norway", "done")),
    "two who said": ("Norway and Sweden said they would resume the talks.", ("resume", "Norway+Sweden", "planned")),
    "officials who said": ("Norwegian officials said Sweden must withdraw.", ("demand", "Norway", "done")),
    "treaty between": ("The treaty between Norway and Sweden is to be signed on Friday.", ("sign", "Norway+Sweden", "planned")),
    "yet to be": ("A deal has yet to be signed.", ("sign", "", "denied")),
    "none reached": ("No agreement was reached.", ("agree", "", "denied")),
    "joined passives": ("A truce was proposed by Norway and accepted by Sweden.", ("accept", "Sweden", "done")),
    "going to": ("Norway is not going to accept the terms.", ("refuse", "Norway", "done")),
    "stopped short": ("Norway stopped short of accepting the plan.", ("accept", "Norway", "denied")),
    "close to": ("Norway was close to accepting the truce.", ("accept", "Norway", "possible")),
    "no intention": ("Norway has no intention of signing the treaty.", ("sign", "Norway", "denied")),
    "denied having": ("Norway denied having offered a truce.", ("propose", "Norway", "denied")),
    "neither nor": ("Norway neither accepted nor rejected the proposal.", ("refuse", "Norway", "denied")),
    "appears": ("Norway appears to have rejected the plan.", ("refuse", "Norway", "possible")),
    "adjective's offer": ("Sweden is weighing a Norwegian offer of a truce.", ("propose", "Norway", "done")),
    "said yes": ("Norway said yes to the truce.", ("accept", "Norway", "done")),
    "came forward": ("Norway came forward with a new proposal.", ("propose", "Norway", "done")),
    "more time": ("Norway said it needed more time to study the offer.", ("postpone", "Norway", "done")),
    "studying": ("Norway is studying the offer.", ("postpone", "Norway", "done")),
    "duties": ("Norway raised tariffs on Swedish steel.", ("order", "Norway", "done")),
    "duties lifted": ("Norway lifted its tariffs on Swedish steel.", ("resume", "Norway", "done")),
    "duties if": ("Norway will impose tariffs if Sweden signs.", ("threaten", "Norway", "conditional")),
    "responsibility": ("Norway's envoy said Sweden holds the responsibility to accept the truce.", ("request", "Norway", "done")),
    "deadline given": ("Norway gave Sweden until Friday to respond.", ("set_deadline", "Norway", "done")),
    "will not release": ("Norway said it would not release the sailors.", ("refuse", "Norway", "done")),
    "offer if": ("Norway offered to drop its duties if Sweden lifts the ban.", ("propose", "Norway", "done")),
    "brokered": ("Norway, which brokered the deal, left.", ("mediate", "Norway", "done")),
    "two presidents": (
        "Norway and Sweden met. The plan is new. It is long. It is dull. The two presidents will sign the treaty.",
        ("sign", "Norway+Sweden", "planned"),
    ),
    "ministry": ("The Norwegian Defence Ministry rejected the offer.", ("refuse", "Norwegian Defence Ministry", "done")),
    "department": ("The U.S. Justice Department rejected the offer.", ("refuse", "U.S. Justice Department", "done")),
    "agency": ("U.S. Customs and Border Protection rejected the offer.", ("refuse", "U.S. Customs and Border Protection", "done")),
    "reply passed on": ("Denmark passed Norway's reply on to Sweden.", ("relay", "Denmark", "done")),
    "apposition": ("Ada Marlow, a former Swedish adviser who rejected the offer, left.", ("refuse", "Ada Marlow", "done")),
    "ahead": ("While he rejected the map, Norwegian President Carl Duval accepted the truce.", ("refuse", "Carl Duval", "done")),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), ACTS.values(), ids=ACTS.keys())
def test_an_act_is_told_with_who_does_it_and_how_it_stands(text: str, expected: tuple[str, str, str]) -> None:
    assert expected in told(text)


NOT_TOLD = {
    "urged to accept": ("Norway urged Sweden to accept the truce.", "accept"),
    "wants another to sign": ("Norway wants Sweden to sign the treaty.", "sign"),
    "demanded that": ("Norway demanded that Sweden withdraw its troops.", "withdraw"),
    "inside a condition": ("Norway will leave if Sweden accepts the truce.", "accept"),
    "purpose": ("Norway met Sweden to sign the treaty.", "sign"),
    "decision put off": ("Norway delayed a decision to suspend the talks.", "suspend"),
    "what a proposal asks": ("Norway proposed that Sweden sign the treaty.", "sign"),
    "ensured": ("Norway worked to ensure that Sweden signs the treaty.", "sign"),
    "whether": ("Norway is debating whether to accept the truce.", "accept"),
    "no answer": ("Norway has yet to respond to the proposal.", "refuse"),
    "a deal spoken of": ("The deal between Norway and Sweden is on the table.", "agree"),
    "tests": ("Norway fired two missiles over the sea in a test.", "attack"),
    "words": ("Ada Marlow attacked the deal.", "attack"),
    "had it": ("Had Norway accepted the plan, the war would have ended.", "accept"),
    "would have": ("Norway would have signed the treaty if Sweden had apologised.", "sign"),
    "supposed": ("A refusal by Norway would end the talks.", "refuse"),
    "those who": ("Those who reject the offer will be left out.", "refuse"),
    "a plan that calls": ("The battle plans call for a landing.", "request"),
    "commitment to": ("Norway's commitment to peace was questioned.", "promise"),
    "an array": ("Norway deployed an array of arguments.", "order"),
    "the notion": ("Norway rejected the notion that it had lost.", "refuse"),
    "see if": ("Norway met Sweden to see if it accepts the truce.", "accept"),
    "guessed": ("Norway predicted it would resume the talks by May.", "promise"),
    "no comment on a suit": ("Norway does not comment on lawsuits.", "postpone"),
    "a kind of people": ("Nobody pays workers who suspend their duties.", "suspend"),
    "standards": ("Norway and Sweden met the standards of the alliance.", "meet"),
    "blamed the weather": ("Norway blamed the weather for the delay.", "accuse"),
    "an appeal to voters": ("Norway's appeal to young voters was noted.", "request"),
    "a book": ("Ada Marlow will discuss her new book.", "meet"),
}


@pytest.mark.parametrize(("text", "act"), NOT_TOLD.values(), ids=NOT_TOLD.keys())
def test_what_is_asked_supposed_or_spoken_of_is_no_act(text: str, act: str) -> None:
    assert [m for m in moves(text) if m.act == act and m.status == "done"] == []
    assert not any(m.act == act and m.actors for m in moves(text) if act not in {"meet", "attack"})


def test_a_heading_is_not_read() -> None:
    assert moves("Norway signs the treaty\n\nThe harbour was calm on Monday morning, and the ferries ran.") == ()


RECIPIENTS = {
    "urged": ("Norway urged Sweden to accept the truce.", "request", ("Sweden",)),
    "wants": ("Norway wants Sweden to sign the treaty.", "request", ("Sweden",)),
    "offered": ("Norway offered a truce to Sweden.", "propose", ("Sweden",)),
    "accused": ("Norway accused Sweden of breaking the truce.", "accuse", ("Sweden",)),
    "met": ("Norway met with Sweden and Denmark.", "meet", ("Sweden", "Denmark")),
    "received": ("Norway received an offer from Sweden.", "propose", ("Norway",)),
    "attacked": ("Norway launched strikes on Swedish ports.", "attack", ("Sweden",)),
    "must": ("Norway said Sweden must leave the valley.", "demand", ("Sweden",)),
    "hope": ("Norway hopes Sweden will sign the treaty.", "request", ("Sweden",)),
    "up to": ("“It is up to Sweden to decide,” Norway said.", "request", ("Sweden",)),
}


@pytest.mark.parametrize(("text", "act", "expected"), RECIPIENTS.values(), ids=RECIPIENTS.keys())
def test_an_act_has_whom_it_is_addressed_to(text: str, act: str, expected: tuple[str, ...]) -> None:
    assert [m.recipients for m in moves(text) if m.act == act] == [expected]


CONDITIONS = {
    "if": ("Norway will sign the treaty if Sweden leaves.", "sign", "if Sweden leaves"),
    "unless": ("Norway threatened to leave the talks unless Sweden signs.", "threaten", "unless Sweden signs"),
    "provided": (
        "This comes as Norway agreed to the truce, provided Sweden leaves.",
        "accept_if",
        "provided Sweden leaves",
    ),
    "in return": (
        "In return for aid, Norway said it would resume the talks.",
        "resume",
        "In return for aid",
    ),
    "contingent": (
        "Norway agreed to resume the talks, contingent on Swedish withdrawal.",
        "resume",
        "contingent on Swedish withdrawal",
    ),
    "taken up": (
        "Norway accepted the truce. But its start depends on Swedish consent.",
        "accept_if",
        "depends on Swedish consent",
    ),
    "until": ("Norway will not sign the treaty until Sweden leaves.", "refuse", "until Sweden leaves"),
    "before": (
        "Norway refused to sign the treaty before Sweden leaves.",
        "refuse",
        "before Sweden leaves",
    ),
    "a day": ("Norway will not sign the treaty before Friday.", "refuse", None),
    "none": ("Norway signed the treaty once again.", "sign", None),
    "of another": ("Norway signed the treaty, and Denmark will leave if Sweden does.", "sign", None),
}


@pytest.mark.parametrize(("text", "act", "expected"), CONDITIONS.values(), ids=CONDITIONS.keys())
def test_what_an_act_depends_on_is_kept_with_its_words(text: str, act: str, expected: str | None) -> None:
    found = [m.condition.of(text) if m.condition else None for m in moves(text) if m.act == act]
    assert found == [expected]


PRONOUNS = {
    "we in a quotation": ("“We accept the truce,” Ada Marlow, Norway's foreign minister, said.", "accept", ["Ada Marlow"]),
    "it of a body": ("Norway said it had rejected the offer.", "refuse", ["Norway"]),
    "two sides joined before": ("Norway and Sweden met on Monday. The two sides agreed on a map.", "agree", ["Norway", "Sweden"]),
    "two sides of three": ("Norway, Sweden and Denmark met. The two sides agreed on a map.", "agree", []),
    "he with a rival": ("Ada Marlow sees Carl Duval as weak because he signed the treaty.", "sign", []),
    "its with a rival": ("Norway fined Sweden after its rejection of the truce.", "refuse", []),
    "they who met": ("Norwegian officials met their Swedish counterparts. They agreed on a map.", "agree", ["Norway", "Sweden"]),
    "she in another's words": ("“She accepted the truce,” Ada Marlow said.", "accept", []),
    "an envoy of a person": ("Norwegian President Ada Marlow spoke. Marlow's envoys rejected the offer.", "refuse", ["Norway"]),
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "acts"),
    [
        (
            "Norway accepted on Tuesday a truce proposed by Denmark if Sweden leaves the ridge.",
            {"accept_if", "propose"},
        ),
        ("Norway accepted a Danish proposal for a truce, on condition that Sweden leaves the ridge.", {"accept_if"}),
    ],
)
def test_a_yes_keeps_the_condition_behind_it_and_the_offer_stands_without(text: str, acts: set[str]) -> None:
    found = {m.act: m.condition.of(text) if m.condition else "" for m in moves(text)}
    assert acts <= set(found)
    assert "Sweden leaves the ridge" in found["accept_if"]
    assert "accept" not in found
    assert found.get("propose", "") == ""


@pytest.mark.parametrize(("text", "act", "expected"), PRONOUNS.values(), ids=PRONOUNS.keys())
def test_who_acts_is_named_where_the_words_settle_it(text: str, act: str, expected: list[str]) -> None:
    found = [list(m.actors) for m in moves(text) if m.act == act]
    assert (found or [[]])[0] == expected


def test_behind_a_person_stands_the_state_of_the_office() -> None:
    (move,) = (m for m in moves("Norwegian Foreign Minister Ada Marlow rejected the offer.") if m.act == "refuse")
    assert (move.actors, move.parties) == (("Ada Marlow",), ("Norway",))


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("The Norwegian Defence Ministry", ("Norway",)),
        ("The U.S. Justice Department", ("United States",)),
        ("The Norwegian Institute for Trade", ("Norwegian Institute for Trade",)),
    ],
)
def test_a_ministry_speaks_for_its_state_and_an_institute_for_itself(body: str, expected: tuple[str, ...]) -> None:
    (move,) = (m for m in moves(f"{body} rejected the offer.") if m.act == "refuse")
    assert move.parties == expected


def test_a_person_without_a_known_office_acts_for_nobody() -> None:
    (move,) = (m for m in moves("Ada Marlow, a novelist, rejected the offer.") if m.act == "refuse")
    assert (move.actors, move.parties) == (("Ada Marlow",), ())


def test_what_a_party_says_another_did_is_its_claim() -> None:
    text = "Sweden said Norway had accepted the truce."
    reading = trucebook.read_text(text, published="2031-05-07")
    (move,) = (m for m in reading.moves if m.act == "accept")
    assert {a.id: a.speaker for a in reading.attributions}[move.attribution or ""] == "Sweden"


def test_a_denial_is_the_deniers_act_and_what_is_denied_is_not_told_as_done() -> None:
    found = told("Norway denied that its troops had attacked the harbour.")
    assert ("deny", "Norway", "done") in found
    assert ("attack", "Norway", "denied") in found


def test_the_day_of_an_act_is_the_one_that_its_words_give() -> None:
    text = "Norway said on Monday that it would sign the treaty on Friday."
    assert [m.time for m in moves(text) if m.act == "sign"] == ["2031-05-09"]


def test_a_day_that_only_bounds_is_no_day_of_the_act() -> None:
    assert [m.time for m in moves("Norway suspended the talks until Friday.") if m.act == "suspend"] == [None]


SIDES = (
    "{a} accepted the truce on Monday if {b} withdraws its guns. {b} rejected the map. {a} urged {b} to sign the treaty. "
    "{b} said it would resume the talks with {a} on Friday. {a} accused {b} of breaking the truce. {b} threatened to leave "
    "the talks unless {a} signs. Officials from {a} met with {b}. {a} has yet to respond to the proposal."
)


@pytest.mark.parametrize(("a", "b"), [("Norway", "Sweden"), ("Russia", "Ukraine"), ("Israel", "Iran")])
def test_exchanging_the_parties_exchanges_the_names_alone(a: str, b: str) -> None:
    def shape(text: str, names: dict[str, str]) -> list[object]:
        return [
            (
                m.act,
                m.status,
                [names[n] for n in m.actors],
                [names[n] for n in m.recipients],
                m.condition is None,
                m.plover,
            )
            for m in moves(text)
        ]

    one = shape(SIDES.format(a=a, b=b), {a: "a", b: "b"})
    assert len(one) >= 9
    assert one == shape(SIDES.format(a=b, b=a), {a: "b", b: "a"})


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.sampled_from(
            ["Norway", "accepted", "the truce", "if", "it", "said", "“", "”", "will", "not", "urged", "Sweden", "to", "sign", ",",
             "by", "the two sides", "of", "its", "offer", "talks", "and", ".", "\n\n", "which", "has yet to", "respond", "there is no"]
        ),
        min_size=8,
        max_size=60,
    )
)  # fmt: skip
def test_every_span_lies_in_the_text_and_holds_words(pieces: list[str]) -> None:
    text = " ".join(pieces) + " The harbour of the town was calm on that morning."
    for move in moves(text):
        spans = [s for s in (move.span, move.trigger, move.object, move.condition) if s is not None]
        assert all(0 <= s.start < s.end <= len(text) and s.of(text).strip() for s in spans)
        assert not set(move.actors) & set(move.recipients)
